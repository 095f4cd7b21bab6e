// The frame: region and desk on top, the way to every page, the bars that must never be missed, and the page itself.
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { signal } from '@preact/signals';
import { countDrafts } from '../lib/drafts.ts';
import type { Key } from '../i18n/ja.ts';
import { Day, When, Refusal, Skeleton, Tel } from '../parts/basic.tsx';
import { DutyNow, Known } from '../parts/blocks.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { LoginPage } from '../pages/login.tsx';
import { Lock } from '../pages/lock.tsx';
import ReportChoosePage, { ReportPage, Unreached } from '../pages/report.tsx';
import { Problem } from '../lib/problem.ts';
import { lockedOut, online } from './api.ts';
import { ring, shared } from './device.ts';
import { calling, startFeed, waiting } from './feed.ts';
import { stopLive } from './live.ts';
import { go, matchPath, path } from './route.ts';
import { giveUp, resumeReports, sendings } from './sender.ts';
import { forgetPerson, has, lastRegion, loadSession, logOut, mayImport, mayReport, seesPatients, session } from './session.ts';
import { language, loadWords, t } from './words.ts';

type Params = Record<string, string>;
type Page = FunctionComponent<any>;
type Loader = () => Promise<Page>;

const page =
  (load: () => Promise<unknown>, pick = 'default'): Loader =>
  async () =>
    ((await load()) as Record<string, Page>)[pick]!;

const patientMore = (what: string): [string, Loader, Params] => [`/patients/:id/${what}`, page(() => import('../pages/patient_more.tsx')), { what }];

// Opened out of a message, by somebody who is not logged in.
const REPLY = '/r/:token', LETTER = '/l/:token', PROOF = '/p/:token';

const ROUTES: readonly [string, Loader, Params?][] = [
  ['/', page(() => import('../pages/my_day.tsx'))],
  ['/welcome', page(() => import('../pages/welcome.tsx'))],
  ['/patients', page(() => import('../pages/patients.tsx'))],
  ['/patients/new', page(() => import('../pages/register.tsx'))],
  ['/patients/:id', page(() => import('../pages/patient.tsx'))],
  ['/patients/:id/history/:section', page(() => import('../pages/history.tsx'))],
  ['/patients/:id/report', async () => ReportPage],
  ...['consents', 'place', 'team', 'order', 'head', 'ledger', 'papers'].map(patientMore),
  ['/patients/:id/night', page(() => import('../pages/night.tsx'))],
  ['/patients/:id/night-report', page(() => import('../pages/night.tsx'), 'NightReportPage')],
  ['/report', async () => ReportChoosePage],
  ['/patients/:id/chain', page(() => import('../pages/chain.tsx'))],
  ['/alerts', page(() => import('../pages/alerts.tsx'))],
  ['/alerts/:id', page(() => import('../pages/alert.tsx'))],
  ['/duty', page(() => import('../pages/duty.tsx'))],
  ['/duty/shifts', page(() => import('../pages/shifts.tsx'))],
  ['/duty/figures', page(() => import('../pages/figures.tsx'))],
  ['/duty/arrange', page(() => import('../pages/arrange.tsx'))],
  ['/duty/arrange/override', page(() => import('../pages/arrange.tsx'), 'OverridePage')],
  ['/duty/arrange/closures', page(() => import('../pages/arrange.tsx'), 'ClosuresPage')],
  ['/duty/arrange/rotation', page(() => import('../pages/rotation.tsx'))],
  ['/duty/arrange/table', page(() => import('../pages/duty_table.tsx'))],
  [PROOF, page(() => import('../pages/proof.tsx'))],
  ['/reviews', page(() => import('../pages/reviews.tsx'))],
  ['/facility-reports', page(() => import('../pages/facility_reports.tsx'))],
  ['/services', page(() => import('../pages/services.tsx'))],
  ['/services/:id', page(() => import('../pages/services.tsx'), 'ServicePage')],
  [REPLY, page(() => import('../pages/reply.tsx'))],
  [LETTER, page(() => import('../pages/letter.tsx'))],
  ['/deliveries', page(() => import('../pages/deliveries.tsx'))],
  ['/break-glass', page(() => import('../pages/break_glass.tsx'))],
  ['/hospital', page(() => import('../pages/hospital_patients.tsx'))],
  ['/offices', page(() => import('../pages/offices.tsx'))],
  ['/offices/:id', page(() => import('../pages/offices.tsx'), 'OfficePage')],
  ['/region', page(() => import('../pages/region.tsx'))],
  ['/agreements', page(() => import('../pages/region.tsx'))],
  ['/support-desks', page(() => import('../pages/support_desks.tsx'))],
  ['/summary', page(() => import('../pages/summary.tsx'))],
  ['/last-resort', page(() => import('../pages/last_resort.tsx'))],
  ['/announcements', page(() => import('../pages/announcements.tsx'))],
  ['/announcements/:id', page(() => import('../pages/announcements.tsx'), 'AnnouncementPage')],
  ['/partners', page(() => import('../pages/partners.tsx'))],
  ['/partners/:id', page(() => import('../pages/partners.tsx'), 'PartnerPage')],
  ['/drills', page(() => import('../pages/drills.tsx'))],
  ['/fax', page(() => import('../pages/fax.tsx'))],
  ['/fax/send', page(() => import('../pages/fax_send.tsx'))],
  ['/desk', page(() => import('../pages/desk.tsx'))],
  ['/crew', page(() => import('../pages/incident.tsx'), 'CrewPage')],
  ['/incidents/:id', page(() => import('../pages/incident.tsx'))],
  ['/calls', page(() => import('../pages/calls.tsx'))],
  ['/calls/ambulance', page(() => import('../pages/calls.tsx'), 'AmbulanceCallPage')],
  ['/facilities', page(() => import('../pages/facilities.tsx'))],
  ['/facilities/:id', page(() => import('../pages/facilities.tsx'), 'FacilityPage')],
  ['/upkeep', page(() => import('../pages/upkeep.tsx'))],
  ['/surveys', page(() => import('../pages/surveys.tsx'))],
  ['/surveys/:id', page(() => import('../pages/surveys.tsx'), 'SurveyPage')],
  ['/letter-codes', page(() => import('../pages/letter.tsx'), 'LetterCodePage')],
  ['/areas', page(() => import('../pages/areas.tsx'))],
  ['/imports', page(() => import('../pages/imports.tsx'))],
  ['/imports/:id', page(() => import('../pages/imports.tsx'), 'ImportPage')],
  ['/settings', page(() => import('../pages/settings.tsx'))],
  ['/settings/contacts', page(() => import('../pages/contacts.tsx'))],
  ['/settings/password', page(() => import('../pages/password.tsx'))],
  ['/settings/office', page(() => import('../pages/office_sessions.tsx'))],
];

// Whose first screen is a place of work of its own: a desk, a tablet, a telephone.
// Who logs in for the first time begins with the password; every other page, and the report of a sudden change, is open all the same.
const homeOf = (): string => (session.value?.course_due ? '/welcome' : has('dispatch_desk') ? '/desk' : has('ambulance_crew') ? '/crew' : has('last_resort') ? '/calls' : '/');

function routeOf(address: string): { load: Loader; params: Params } | undefined {
  const url = new URL(address, location.origin);
  const pathname = url.pathname === '/' ? homeOf() : url.pathname;
  for (const [pattern, load, fixed] of ROUTES) {
    const params = matchPath(pattern, pathname);
    if (params) return { load, params: { ...Object.fromEntries(url.searchParams), ...params, ...fixed } };
  }
  return undefined;
}

const loaded = new Map<Loader, Page>();

function Current() {
  const route = routeOf(path.value);
  const [, redraw] = useState(0);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const load = async () => {
    if (!route || loaded.has(route.load)) return;
    setProblem(undefined);
    try {
      loaded.set(route.load, await route.load());
      redraw((count) => count + 1);
    } catch {
      setProblem(new Problem(0, 'page_missing', ''));
    }
  };
  useEffect(() => void load(), [path.value]);
  if (!route)
    return (
      <div class="page">
        <h1>{t('page.missing')}</h1>
        <p>
          <a href="/">{t('nav.day')}</a>
        </p>
      </div>
    );
  const Shown = loaded.get(route.load);
  if (!Shown) return <div class="page">{problem ? <Refusal problem={problem} again={() => void load()} /> : <Skeleton lines={8} />}</div>;
  return <Shown key={new URL(path.value, location.origin).pathname} {...route.params} />;
}

// Whoever works in a joint office sees for whom, and by what right.
function Acting() {
  const here = session.value;
  const mandate = here?.mandates?.find((one) => one.office_id === here.office_id && one.municipality === here.municipality);
  if (!mandate) return null;
  return (
    <a class="acting" href="/settings">
      <strong>{t('mandate.acting', { name: mandate.municipality_name })}</strong> <span>{t('mandate.by', { given_by: mandate.given_by })}</span>
      <span>
        <Day date={mandate.from} />〜{mandate.to && <Day date={mandate.to} />}
      </span>
    </a>
  );
}

function Header() {
  const region = session.value ?? lastRegion();
  return (
    <header class="top">
      <a class="skip" href="#main">
        {t('skip')}
      </a>
      <div class="top-inner">
        <a class="region" href="/">
          <span class="region-name">{region.region ?? t('app.region_unknown')}</span>
          <span class="product">Renkei 連携</span>
        </a>
        <Acting />
        {region.desk_phone && (
          <p class="desk-phone">
            <span>{t('app.desk')}</span> <Tel number={region.desk_phone} />
          </p>
        )}
        {session.value && (shared.value || has('dispatch_desk', 'last_resort')) && (
          <button type="button" class="button quiet small" onClick={() => void logOut()}>
            {t('shift.take')}
          </button>
        )}
        <button
          type="button"
          class="link language"
          lang={language.value === 'ja' ? 'en' : 'ja'}
          onClick={() => void loadWords(language.value === 'ja' ? 'en' : 'ja')}>
          {language.value === 'ja' ? 'English' : '日本語'}
        </button>
      </div>
    </header>
  );
}

function Nav() {
  const links: [string, Key, boolean][] = [
    ['/', 'nav.day', true],
    ['/patients', 'nav.patients', seesPatients.value],
    ['/duty', 'nav.duty', true],
    ['/facilities', 'nav.facilities', true],
    ['/imports', 'nav.imports', mayImport.value],
    ['/settings', 'nav.settings', true],
  ];
  const here = new URL(path.value, location.origin).pathname;
  const patient = /^\/patients\/[^/]+/.exec(here)?.[0];
  return (
    <nav class="nav" aria-label={t('nav.label')}>
      <div class="nav-inner">
        {links
          .filter(([, , shown]) => shown)
          .map(([to, key]) => (
            <a key={to} href={to} aria-current={here === to || (to !== '/' && here.startsWith(`${to}/`)) ? 'page' : undefined}>
              {t(key)}
            </a>
          ))}
        {mayReport.value && !here.endsWith('/report') && (
          <a class="nav-report" href={patient ? `${patient}/report` : '/report'}>
            {t('nav.report')}
          </a>
        )}
      </div>
    </nav>
  );
}

// What must never be missed: no connection, reports nobody has, emergencies waiting for an answer.
function Bars() {
  const unreached = sendings.value.filter((one) => one.stage.name === 'unreached');
  const drafts = online.value ? 0 : countDrafts(session.value?.person_id ?? '');
  const here = new URL(path.value, location.origin).pathname;
  return (
    <div class="bars" role="region" aria-label={t('bar.region')}>
      {!online.value && (
        <p class="bar bar-offline" role="status">
          {t('bar.offline')} {drafts > 0 && t('bar.drafts', { count: drafts })}
        </p>
      )}
      {unreached.map((one) => (
        <button
          key={one.report.alert_id}
          type="button"
          class="bar bar-alarm"
          onClick={() => (small.value = small.value.filter((id) => id !== one.report.alert_id))}>
          {t('bar.unreached', { name: one.report.patient_name })} <When at={one.report.observed_at} />
        </button>
      ))}
      {waiting.value
        .filter((one) => here !== `/alerts/${one.alert_id}`)
        .map((one) => (
          <a key={one.alert_id} class="bar bar-alarm" href={`/alerts/${one.alert_id}`}>
            {t('bar.waiting', { name: one.patient_name })} <When at={one.reported_at} />
          </a>
        ))}
    </div>
  );
}

// Reports whose full screen has been made small.
const small = signal<readonly string[]>([]);

function Unsent() {
  const shown = sendings.value.find((one) => one.stage.name === 'unreached' && !small.value.includes(one.report.alert_id));
  if (!shown) return null;
  const refused = shown.stage.name === 'unreached' && shown.stage.refused && !shown.login;
  return (
    <Unreached sending={shown} onSmall={() => (refused ? giveUp(shown.report.alert_id) : (small.value = [...small.value, shown.report.alert_id]))} />
  );
}

// An emergency takes the screen, with sound where it is not switched off.
function Calling() {
  const item = calling.value;
  useEffect(() => {
    if (item) ring();
  }, [item?.position]);
  if (!item || path.value === `/alerts/${item.alert_id}`) return null;
  const close = () => (calling.value = undefined);
  const open = () => {
    close();
    go(`/alerts/${item.alert_id}`);
  };
  return (
    <Dialog title={t(item.kind === 'alert_asked' ? 'call.asked' : 'call.reported')} alarm onClose={close}>
      <p class="call-who">
        <Known id={item.patient_id ?? ''} name={item.patient_name ?? ''} />
      </p>
      <p>
        {item.by_name && t('feed.by', { name: item.by_name })} <When at={item.at} />
      </p>
      <button type="button" class="button alarm wide huge" onClick={open}>
        {t('call.open')}
      </button>
      <button type="button" class="button quiet wide" onClick={close}>
        {t('call.later')}
      </button>
    </Dialog>
  );
}

// For residents: a frame of its own, nobody is logged in and nobody is asked to.
const isOfResidents = (address: string): boolean => /^\/services(?=$|[/?])/.test(address);

function useSessionStart(wanted: boolean): [boolean, Problem | undefined, () => void] {
  const [started, setStarted] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const start = async () => {
    setProblem(undefined);
    try {
      await loadSession();
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) setProblem(error instanceof Problem ? error : new Problem(0, 'bug', ''));
      else if (error.key === 'session_locked') lockedOut.value = 'locked';
    }
    setStarted(true);
  };
  useEffect(() => void (wanted && !started && start()), [wanted]);
  return [started, problem, () => void start()];
}

export function App() {
  const residents = isOfResidents(path.value);
  const [started, problem, again] = useSessionStart(!residents);
  const person = session.value?.person_id;
  useEffect(() => {
    if (!person) return undefined;
    void startFeed();
    resumeReports();
    return stopLive;
  }, [person, session.value?.office_id]);
  useEffect(() => {
    if (lockedOut.value === 'gone' && session.value) forgetPerson();
    if (session.value?.strength === 'locked') lockedOut.value = 'locked';
  }, [lockedOut.value, session.value]);
  const here = new URL(path.value, location.origin).pathname;
  if (residents) return <Current />;
  if (!started)
    return (
      <div class="page">
        <Skeleton lines={8} />
      </div>
    );
  return (
    <>
      <Header />
      {session.value && <Nav />}
      {session.value && <Bars />}
      <main id="main" tabIndex={-1} class={has('dispatch_desk') ? 'main-desk' : undefined}>
        {session.value ? (
          <Current />
        ) : problem ? (
          <div class="page">
            <Refusal problem={problem} again={again} />
            <DutyNow all />
          </div>
        ) : lockedOut.value === 'locked' ? null : matchPath(REPLY, here) || matchPath(LETTER, here) || matchPath(PROOF, here) ? (
          <Current />
        ) : (
          <LoginPage />
        )}
      </main>
      {session.value && <Unsent />}
      {session.value && <Calling />}
      {lockedOut.value === 'locked' && <Lock onOpen={again} />}
    </>
  );
}
