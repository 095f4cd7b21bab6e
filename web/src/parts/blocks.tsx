// The blocks of the first screens: alerts, duty, changes, people. Each says what is there, or why nothing is.
import { useState } from 'preact/hooks';
import { alerts, feed, fresh, isAlert, know, loadFeed, markRead, people } from '../app/feed.ts';
import { now } from '../app/clock.ts';
import { useLoad, useSend } from '../app/load.ts';
import { api } from '../app/api.ts';
import { readDuty } from '../app/duty.ts';
import { keepNumbersOf } from '../app/numbers.ts';
import { mayReport, municipalityName, session } from '../app/session.ts';
import { dot, language, t, word } from '../app/words.ts';
import type { AlertLine, DutyLine, DutyNowAnswer, FeedItem, PatientLine, PatientListAnswer } from '../model.ts';
import { distinctMatters } from '../lib/matters.ts';
import { absolute, clockTime, dayOf, parseTime, shortDate } from '../lib/time.ts';
import { Chip, Empty, NewsLine, Refusal, Section, Skeleton, Tel, When, Who } from './basic.tsx';

export function AlertRow({ alert }: { alert: AlertLine }) {
  const state = alert.state === 'searching' ? 'alarm' : alert.state === 'accepted' ? 'good' : 'plain';
  return (
    <li class={alert.waits_for_me ? 'row row-alarm' : 'row'}>
      <a class="row-link" href={`/alerts/${alert.alert_id}`}>
        <Who name={alert.patient_name} kana={alert.patient_kana} birth={alert.birth_date} municipality={alert.municipality} />
        <span class="row-text">
          {alert.exercise && <Chip>{t('alert.exercise_mark')}</Chip>} {alert.class !== 'e1' && `${word('alert_class', alert.class)}${dot()}`}
          {word('condition_tag', alert.tag)}
          {dot()}
          {word('urgency', alert.urgency)}
        </span>
        <span class="row-note">
          <When at={alert.reported_at} /> {t('alert.by', { name: alert.reported_by })}
        </span>
        <span class="row-state">
          <Chip kind={state}>{word('alert_state', alert.state)}</Chip>
          {alert.accepted_by && (
            <span>
              {alert.accepted_by}
              {alert.arrival_at && ` ${t('alert.arrives', { time: clockTime(parseTime(alert.arrival_at)) })}`}
            </span>
          )}
          {alert.overdue && !alert.arrived_at && <span class="late">{word('timeline_kind', 'overdue')}</span>}
          {alert.state === 'searching' && alert.next_at && <span>{t('alert.next_at', { time: clockTime(parseTime(alert.next_at)) })}</span>}
          {alert.waits_for_me && <span class="row-do">{t('alert.answer_now')}</span>}
        </span>
      </a>
    </li>
  );
}

export function OpenAlerts({ always }: { always?: boolean }) {
  const list = alerts.value;
  if (!list)
    return (
      <Section title={t('day.alerts')}>
        <Skeleton lines={2} />
      </Section>
    );
  if (list.length === 0 && !always) return null;
  return (
    <Section title={t('day.alerts')}>
      {list.length === 0 ? (
        <p class="all-calm">{t('day.no_alerts')}</p>
      ) : (
        <ul class="rows">
          {[...list]
            .sort((one, other) => Number(other.waits_for_me) - Number(one.waits_for_me))
            .map((alert) => (
              <AlertRow key={alert.alert_id} alert={alert} />
            ))}
        </ul>
      )}
    </Section>
  );
}

// "18:00–翌8:30"
export function band(line: DutyLine): string {
  const from = parseTime(line.from);
  const to = parseTime(line.to);
  const overnight = dayOf(from) !== dayOf(to);
  const end =
    overnight && to - from <= 86_400_000
      ? t('duty.next_day', { time: clockTime(to) })
      : overnight
        ? `${shortDate(to, language.value)} ${clockTime(to)}`
        : clockTime(to);
  return `${clockTime(from)}–${end}`;
}

// The rotation's name with its municipality, which is not said twice.
export function rotationTitle(line: Pick<DutyLine, 'rotation' | 'municipality'>): string {
  const place = municipalityName(line.municipality);
  return line.rotation.includes(place) ? line.rotation : `${place} ${line.rotation}`;
}

export function DutySentence({ line, tonight }: { line: DutyLine; tonight?: boolean }) {
  const when = t(tonight ? 'duty.tonight' : 'duty.now', { band: band(line) });
  if (line.gap || !line.name) {
    return (
      <p class="duty-sentence">
        <span class="duty-band">{when}</span> <span class="gap">{t('duty.gap')}</span>
      </p>
    );
  }
  return (
    <p class={tonight ? 'duty-sentence duty-later' : 'duty-sentence'}>
      <span class="duty-band">{when}</span>{' '}
      <strong>
        {line.office} {t('duty.doctor', { name: line.name })}
      </strong>{' '}
      <Tel number={line.phone} />
    </p>
  );
}

// An old copy says so before anything else, and whom to call: meanwhile no report arrives.
export function DutyCopy({ duty, again }: { duty: DutyNowAnswer | undefined; again: () => void }) {
  if (!duty?.stale) return null;
  // One centre may be the last resort of several municipalities.
  const desks = (duty.last_resorts ?? []).filter((desk, at, all) => all.findIndex((one) => one.phone === desk.phone) === at);
  return (
    <div class="hint" role="status">
      <p>
        <strong>{t('duty.stale')}</strong> {t('duty.stale_at')} <When at={duty.as_of} />
      </p>
      <p>{t('duty.stale_call')}</p>
      <ul class="numbers">
        {desks.map((desk) => (
          <li key={desk.municipality}>
            <Tel number={desk.phone} name={desk.name} big />
          </li>
        ))}
      </ul>
      <button type="button" class="button quiet small" onClick={again}>
        {t('again')}
      </button>
    </div>
  );
}

export function DutyNow({ municipality, all }: { municipality?: string; all?: boolean }) {
  const duty = useLoad(`duty-${municipality ?? 'all'}`, () => readDuty({ municipality }));
  const lines = (duty.data?.now ?? []).filter((line) => all || !municipality || line.municipality === municipality);
  return (
    <Section
      title={t('day.duty')}
      aside={
        session.value && (
          <a class="link" href="/duty">
            {t('duty.table')}
          </a>
        )
      }>
      {!duty.data && !duty.problem && <Skeleton lines={1} />}
      <Refusal problem={duty.problem} again={() => void duty.again()} />
      <DutyCopy duty={duty.data} again={() => void duty.again()} />
      {duty.data && lines.length === 0 && <p class="gap">{t('duty.none')}</p>}
      {lines.map((line) => (
        <div key={line.rotation_id} class="duty-line">
          {(all || lines.length > 1) && <h3>{rotationTitle(line)}</h3>}
          <DutySentence line={line} />
        </div>
      ))}
    </Section>
  );
}

// For a doctor: am I on duty now, or when next?
export function MyDuty() {
  const duty = useLoad('duty-mine', () => readDuty({ days: 31 }));
  const mine = (lines: readonly DutyLine[] | undefined) => (lines ?? []).find((line) => line.person_id === session.value?.person_id);
  const current = mine(duty.data?.now);
  const coming = mine((duty.data?.coming ?? []).filter((line) => parseTime(line.from) > now.value));
  if (!duty.data)
    return (
      <Section title={t('day.my_duty')}>
        {duty.problem ? <Refusal problem={duty.problem} again={() => void duty.again()} /> : <Skeleton lines={1} />}
      </Section>
    );
  return (
    <Section
      title={t('day.my_duty')}
      aside={
        <a class="link" href="/duty">
          {t('duty.table')}
        </a>
      }>
      <DutyCopy duty={duty.data} again={() => void duty.again()} />
      <p class="duty-sentence">
        {current ? (
          <strong>{t('duty.me_now', { rotation: current.rotation, until: absolute(parseTime(current.to), now.value, language.value) })}</strong>
        ) : (
          t('duty.me_not_now')
        )}{' '}
        {coming ? t('duty.me_next', { from: absolute(parseTime(coming.from), now.value, language.value), band: band(coming) }) : t('duty.me_none')}
      </p>
    </Section>
  );
}

export function noticeText(item: FeedItem): string {
  const section = item.section ? word('sheet_section', item.section) : '';
  if (!section) return word('feed_kind', item.kind);
  if (item.kind === 'sheet_updated') return t('feed.updated', { section });
  return t('feed.section', { section, text: word('feed_kind', item.kind) });
}

// Notices about one's work rather than about somebody in care.
const PLACES: Readonly<Partial<Record<FeedItem['kind'], string>>> = {
  shift_changed: '/duty/shifts',
  swap_asked: '/duty/shifts',
  roster_gap: '/duty',
  weekly_report: '/duty/figures',
  daily_summary: '/duty',
  contact_unreachable: '/settings/contacts',
  fax_waiting: '/fax',
  fax_overdue: '/fax',
  fax_answered: '/fax',
  fax_confirmed: '/fax',
  fax_given: '/fax',
  announcement: '/announcements',
  announcement_reminder: '/announcements',
  facility_reported: '/facility-reports',
  facility_corrected: '/facility-reports',
  facility_right: '/facility-reports',
  emergency_unreviewed: '/break-glass',
  agreement_ending: '/agreements',
  emergency_access: '/break-glass', // of officers, who are not told whose record it was
};
// About somebody in care whom the reader may know, and not about the sheet.
const PARTS: Readonly<Partial<Record<FeedItem['kind'], string>>> = {
  night_visit: 'night',
  night_visit_unread: 'night',
  emergency_access: 'ledger',
  emergency_unreviewed: 'ledger',
  doctors_changed: 'chain',
};

function addressOf(item: FeedItem): string {
  if (item.alert_id) return `/alerts/${item.alert_id}`;
  if (PARTS[item.kind] && item.patient_name) return `/patients/${item.patient_id}/${PARTS[item.kind]}`;
  if (PLACES[item.kind]) return PLACES[item.kind]!;
  if (item.patient_id) return `/patients/${item.patient_id}${item.section ? `?section=${item.section}` : ''}`;
  return '/settings'; // what is about nobody in care is about oneself
}

function Notice({ item }: { item: FeedItem }) {
  return (
    <li>
      <a href={addressOf(item)}>{noticeText(item)}</a>{' '}
      <span class="soft">
        {item.by_name && t('feed.by', { name: item.by_name })} <When at={item.at} />
      </span>
    </li>
  );
}

interface Bundle {
  key: string;
  name: string;
  patient?: string;
  items: FeedItem[];
  urgent: boolean;
}

// By person, urgent ones first, then the newest.
export function bundled(items: readonly FeedItem[]): Bundle[] {
  const bundles = new Map<string, Bundle>();
  for (const item of items) {
    const key = item.patient_id ?? '';
    const bundle = bundles.get(key) ?? { key, name: item.patient_name ?? '', patient: item.patient_id, items: [], urgent: false };
    bundle.items.push(item);
    bundle.urgent ||= item.urgent || item.kind === 'transport_result';
    bundle.name ||= item.patient_name ?? '';
    bundles.set(key, bundle);
  }
  return [...bundles.values()].sort((one, other) => Number(other.urgent) - Number(one.urgent));
}

export function Known({ id, name }: { id: string; name: string }) {
  const line = people.value.get(id);
  return (
    <Who name={line?.name ?? (name || t('patient.someone'))} kana={line?.name_kana} birth={line?.birth_date} municipality={line?.municipality} />
  );
}

const FEW = 8;

export function Changes() {
  const [all, setAll] = useState(false);
  const sending = useSend();
  const answer = feed.value;
  const coming = fresh.value.filter((item) => !isAlert(item));
  const unread = (answer?.items ?? []).filter((item) => !item.read && item.by !== session.value?.person_id);
  const bundles = bundled(unread);
  return (
    <Section
      title={t('day.changes')}
      aside={
        unread.length > 0 && (
          <button type="button" class="button quiet small" disabled={sending.busy} onClick={() => void sending.send(markRead)}>
            {t('feed.all_read')}
          </button>
        )
      }>
      {coming.length > 0 && <NewsLine text={t('feed.fresh', { count: coming.length })} onLook={() => void loadFeed()} />}
      <Refusal problem={sending.problem} />
      {!answer && <Skeleton />}
      {answer && bundles.length === 0 && (
        <Empty title={t('feed.none')}>
          <p>{t('feed.none_hint')}</p>
        </Empty>
      )}
      <ul class="rows">
        {bundles.slice(0, all ? undefined : FEW).map((bundle) => (
          <PersonNews key={bundle.key} bundle={bundle} />
        ))}
      </ul>
      {!all && bundles.length > FEW && (
        <button type="button" class="button quiet wide" onClick={() => setAll(true)}>
          {t('feed.more_people', { count: bundles.length - FEW })}
        </button>
      )}
    </Section>
  );
}

function PersonNews({ bundle }: { bundle: Bundle }) {
  const matters = distinctMatters(bundle.items);
  return (
    <li class="row row-pad person-news">
      <h3>
        {bundle.patient ? (
          <a href={`/patients/${bundle.patient}`}>
            <Known id={bundle.patient} name={bundle.name} />
          </a>
        ) : (
          t('feed.other')
        )}
        <Chip kind="new">{t('patient.unread', { count: matters.length })}</Chip>
      </h3>
      <ul class="matters">
        {matters.slice(0, 3).map((item) => (
          <Notice key={item.position} item={item} />
        ))}
      </ul>
      {matters.length > 3 && <p class="soft">{t('feed.more', { count: matters.length - 3 })}</p>}
    </li>
  );
}

export function PatientRow({ patient }: { patient: PatientLine }) {
  return (
    <li class="row">
      <a class="row-link" href={`/patients/${patient.patient_id}`}>
        <Who name={patient.name} kana={patient.name_kana} birth={patient.birth_date} municipality={patient.municipality} care={patient.care_level} />
        <span class="row-note">
          {t('patient.changed')} <When at={patient.changed_at} />
        </span>
        <span class="row-state">
          {patient.unread > 0 && <Chip kind="new">{t('patient.unread', { count: patient.unread })}</Chip>}
          {patient.place !== 'home' && <Chip>{word('place_kind', patient.place)}</Chip>}
          {patient.terminal_phase && <Chip>{t('patient.terminal')}</Chip>}
        </span>
      </a>
    </li>
  );
}

export function MyPatients({ limit = 8 }: { limit?: number }) {
  const list = useLoad(`mine-${feed.value?.stream ?? ''}`, async () => {
    const answer = await api<PatientListAnswer>('/patients', { query: { mine: true, limit: 50 } });
    know(answer.patients);
    if (mayReport.value) void keepNumbersOf(answer.patients.filter((line) => line.phones_known !== false).slice(0, 40));
    return answer;
  });
  return (
    <Section
      title={t('day.patients')}
      aside={
        <a class="link" href="/patients">
          {t('patient.all', { count: list.data?.count ?? 0 })}
        </a>
      }>
      {!list.data && !list.problem && <Skeleton />}
      <Refusal problem={list.problem} again={() => void list.again()} />
      {list.data?.patients.length === 0 && (
        <Empty title={t('patient.none')}>
          <p>{t('patient.none_hint')}</p>
        </Empty>
      )}
      <ul class="rows">
        {list.data?.patients.slice(0, limit).map((patient) => (
          <PatientRow key={patient.patient_id} patient={patient} />
        ))}
      </ul>
    </Section>
  );
}
