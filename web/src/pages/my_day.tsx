// The first screen of every role: is there something I must do now? Order of blocks: screens.md, "First screens by role".
import { api } from '../app/api.ts';
import { now } from '../app/clock.ts';
import { useLoad } from '../app/load.ts';
import { has, mayImport, mayReport, session } from '../app/session.ts';
import { dot, language, t, word, listed, type Key } from '../app/words.ts';
import { countDrafts } from '../lib/drafts.ts';
import { fullDate } from '../lib/time.ts';
import type { ImportListAnswer, Role, UpkeepAnswer } from '../model.ts';
import { Chip, Refusal, Section, Skeleton, Title, Waiting, When } from '../parts/basic.tsx';
import { Changes, DutyNow, MyDuty, MyPatients, OpenAlerts } from '../parts/blocks.tsx';
import { Gaps } from '../parts/gaps.tsx';
import { NightDuty, NightReports } from '../parts/night_blocks.tsx';
import { Outcomes } from '../parts/outcomes.tsx';

export default function MyDayPage() {
  return (
    <div class="page">
      <div class="day-head">
        <Title text={t('day.title')} />
        <p class="soft">
          {fullDate(now.value, language.value)}
          {dot()}
          {session.value?.name}（{listed(session.value?.roles.map((role) => word('role', role)) ?? [])}）
        </p>
      </div>
      <Blocks />
      <Ways />
    </div>
  );
}

function Blocks() {
  if (has('doctor'))
    return (
      <Two
        first={
          <>
            <NightDuty />
            <NightReports />
            <MyDuty />
            <OpenAlerts always />
            <Changes />
          </>
        }
        second={
          <>
            <MyPatients />
            <DutyHere />
          </>
        }
      />
    );
  if (has('care_manager', 'support_centre'))
    return (
      <Two
        first={
          <>
            <Outcomes />
            <OpenAlerts always />
            <Changes />
          </>
        }
        second={
          <>
            <MyPatients />
            <DutyHere />
          </>
        }
      />
    );
  if (mayReport.value)
    return (
      <Two
        first={
          <>
            <ReportTile />
            <OpenAlerts />
            {has('visiting_nurse') && <NightDuty />}
            <MyPatients />
          </>
        }
        second={
          <>
            <Unsaved />
            <Changes />
            <DutyHere />
          </>
        }
      />
    );
  if (has('rota_office'))
    return (
      <Two
        first={
          <>
            <Gaps few={10} />
            <Changes />
          </>
        }
        second={<DutyNow all />}
      />
    );
  if (has('administrator', 'operator'))
    return (
      <>
        <Health />
        <Imports />
      </>
    );
  if (mayImport.value)
    return (
      <Two
        first={
          <>
            <Gaps few={10} />
            <Upkeep />
            <Imports />
          </>
        }
        second={<DutyNow all />}
      />
    );
  return (
    <Two
      first={
        <>
          <OpenAlerts always />
          <Changes />
        </>
      }
      second={<DutyNow all />}
    />
  );
}

// Whoever works in an institution of the region.
const STAFF: readonly Role[] = [
  ...(['visiting_nurse', 'helper', 'care_manager', 'doctor', 'clinic_proxy', 'rota_office', 'pharmacist', 'dentist', 'therapist'] as const),
  ...(['service_manager', 'support_centre', 'hospital_liaison', 'hospital_night_desk', 'consultation_desk', 'municipal_officer', 'administrator', 'operator'] as const),
];

// Places of work that do not stand in the menu, for whom they concern.
const WAYS: readonly (readonly [string, Key, readonly Role[]])[] = [
  ['/alerts', 'board.title', ['care_manager', 'doctor', 'clinic_proxy', 'visiting_nurse', 'service_manager', 'support_centre', 'last_resort', 'administrator', 'operator']],
  ['/announcements', 'announce.title', STAFF],
  ['/duty/shifts', 'shifts.title', ['doctor', 'visiting_nurse']],
  ['/duty/arrange', 'arrange.title', ['rota_office', 'administrator', 'operator']],
  ['/duty/figures', 'figures.title', ['doctor', 'clinic_proxy', 'rota_office', 'municipal_officer', 'administrator', 'operator']],
  ['/fax', 'fax.title', ['care_manager', 'service_manager', 'clinic_proxy', 'visiting_nurse']],
  ['/drills', 'drill.title', ['rota_office', 'municipal_officer', 'administrator', 'operator']],
  ['/hospital', 'registered.title', ['hospital_liaison', 'hospital_night_desk']],
  ['/offices', 'office.title', ['municipal_officer', 'administrator', 'operator']],
  ['/region', 'region.title', ['municipal_officer', 'administrator', 'operator']],
  ['/support-desks', 'support.title', STAFF],
  ['/summary', 'summary.title', ['municipal_officer', 'prefecture', 'support_centre', 'consultation_desk', 'administrator', 'operator']],
  ['/last-resort', 'resort.title', ['municipal_officer', 'rota_office', 'administrator', 'operator']],
  ['/break-glass', 'review.title', ['municipal_officer', 'administrator', 'operator']],
  ['/partners', 'partner.title', ['municipal_officer', 'administrator', 'operator']],
  ['/deliveries', 'delivery.title', ['administrator', 'operator']],
];

function Ways() {
  const mine = WAYS.filter(([, , roles]) => has(...roles));
  if (mine.length === 0) return null;
  return (
    <Section title={t('day.ways')}>
      <ul class="ways">
        {mine.map(([to, key]) => (
          <li key={to}>
            <a class="button quiet" href={to}>
              {t(key)}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const Two = ({ first, second }: { first: preact.ComponentChildren; second: preact.ComponentChildren }) => (
  <div class="two">
    <div>{first}</div>
    <div>{second}</div>
  </div>
);
const DutyHere = () => <DutyNow municipality={session.value?.municipality} />;

function ReportTile() {
  return (
    <a class="report-tile" href="/report">
      <span class="report-tile-verb">{t('report.verb')}</span>
      <span>{t('report.tile_note')}</span>
    </a>
  );
}

function Unsaved() {
  const count = countDrafts(session.value?.person_id ?? '');
  if (count === 0) return null;
  return (
    <Section title={t('draft.title')}>
      <p>{t('draft.count', { count })}</p>
    </Section>
  );
}

// Records that have to be confirmed, and changes that wait for the officer.
function Upkeep() {
  const upkeep = useLoad('upkeep', () => api<UpkeepAnswer>('/upkeep'));
  const overdue = upkeep.data?.counts.reduce((sum, one) => sum + one.overdue, 0) ?? 0;
  return (
    <Section
      title={t('upkeep.title')}
      aside={
        <a class="link" href="/upkeep">
          {t('upkeep.go')}
        </a>
      }>
      <Waiting of={upkeep} lines={2} />
      {upkeep.data && <p>{t('upkeep.today', { overdue, waiting: upkeep.data.waiting.length })}</p>}
    </Section>
  );
}

function Imports() {
  const list = useLoad('imports', () => api<ImportListAnswer>('/imports'));
  return (
    <Section
      title={t('import.title')}
      aside={
        <a class="link" href="/imports">
          {t('import.go')}
        </a>
      }>
      {!list.data && !list.problem && <Skeleton lines={2} />}
      <Refusal problem={list.problem} again={() => void list.again()} />
      {list.data?.imports.length === 0 && <p class="soft">{t('import.none')}</p>}
      <ul class="rows rows-tight">
        {list.data?.imports.slice(0, 4).map((one) => (
          <li class="row" key={one.import_id}>
            <a class="row-link" href={`/imports/${one.import_id}`}>
              <span class="row-text">{one.file}</span>
              <span class="row-note">
                <When at={one.started_at} /> {one.started_by}
              </span>
              <span class="row-state">
                <Chip>{word('import_state', one.state)}</Chip>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface Readiness {
  services?: readonly { service: string; ready: boolean; missing: readonly string[] }[];
}

// For the administrator: does everything run?
function Health() {
  const health = useLoad('ready', async () => {
    const answer = await fetch('/readyz', { cache: 'no-store' });
    return { ok: answer.ok, services: ((await answer.json()) as Readiness).services ?? [] };
  });
  return (
    <Section title={t('admin.health')}>
      {!health.data && !health.problem && <Skeleton lines={1} />}
      <Refusal problem={health.problem} again={() => void health.again()} />
      {health.data && <p class={health.data.ok ? 'all-calm' : 'hint'}>{t(health.data.ok ? 'admin.well' : 'admin.not_well')}</p>}
      <ul class="rows">
        {health.data?.services.map((one) => (
          <li class="row row-pad title-row" key={one.service}>
            <span>
              <strong>{one.service}</strong> <span class="soft">{one.missing.join(', ')}</span>
            </span>
            <Chip kind={one.ready ? 'good' : 'wait'}>{t(one.ready ? 'admin.ready' : 'admin.not_ready')}</Chip>
          </li>
        ))}
      </ul>
    </Section>
  );
}
