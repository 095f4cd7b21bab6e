// Visits at night done for another doctor (往診代行): tonight's list for who is on duty, the morning's reports for the person's own doctor.
import { api } from '../app/api.ts';
import { feed } from '../app/feed.ts';
import { useLoad, useSend } from '../app/load.ts';
import { language, listed, t, word } from '../app/words.ts';
import type { NightDutyAnswer, NightDutyLine, NightEntrustView, NightReportLine, NightReportsAnswer, NightVisitView } from '../model.ts';
import { shortDays } from '../lib/roster.ts';
import { clockTime, parseTime, shortDate } from '../lib/time.ts';
import { Chip, Refusal, Section, Tel, When, Who } from './basic.tsx';

// "11月21日（土）18:00 – 11月22日（日）8:30"
export const nightSpan = (from: string, to: string): string =>
  [from, to].map((at) => `${shortDate(parseTime(at), language.value)} ${clockTime(parseTime(at))}`).join(' – ');

// The present or next duty; with the local closures that are part of it: "… お盆休み（8/13–8/15）を含む"
export function dutyWords({ window_from, window_to, closures }: NightEntrustView): string | undefined {
  if (!window_from || !window_to) return undefined;
  const closed = listed((closures ?? []).map((one) => t('night.closed_days', { name: one.name, days: shortDays(one.first_day, one.last_day) })));
  return [nightSpan(window_from, window_to), closed && t('night.closed', { closed })].filter(Boolean).join(' ');
}

export const bandWords = (entrust: NightEntrustView): string => listed(entrust.bands.map((band) => word('night_band', band)));

export function DoctorContact({ entrust }: { entrust: NightEntrustView }) {
  return (
    <span class="row-note">
      {entrust.entrusted_by_name}・
      {entrust.call_doctor ? (
        <>
          {t('night.may_call')} <Tel number={entrust.doctor_phone} />
        </>
      ) : (
        t('night.no_call')
      )}
    </span>
  );
}

// Nothing stands here outside the duty, and for whom nothing is entrusted.
export function NightDuty() {
  const list = useLoad('night-duty', () => api<NightDutyAnswer>('/night-visits/duty'));
  if (!list.problem && !list.data?.people.length) return null;
  return (
    <Section title={t('night.duty')} note={t('night.duty_note')}>
      <Refusal problem={list.problem} again={() => void list.again()} />
      <ul class="rows">
        {list.data?.people.map((line) => (
          <Entrusted key={line.entrust.entrust_id} line={line} />
        ))}
      </ul>
    </Section>
  );
}

function Entrusted({ line }: { line: NightDutyLine }) {
  const { entrust } = line;
  return (
    <li class="row row-pad">
      <a href={`/patients/${line.patient_id}`}>
        <Who name={line.name} kana={line.name_kana} birth={line.birth_date} />
      </a>
      <span class="row-state">
        {line.terminal_phase && <Chip>{t('patient.terminal')}</Chip>}
        {line.reports > 0 && <Chip kind="good">{t('night.reported')}</Chip>}
      </span>
      <span class="row-text">{entrust.request}</span>
      <DoctorContact entrust={entrust} />
      <span class="row-note">
        {line.address} <Tel number={line.phone} />
      </span>
      <span class="row-note">{dutyWords(entrust)}</span>
      <span class="buttons">
        <a class="button" href={`/patients/${line.patient_id}/night-report?entrust=${entrust.entrust_id}`}>
          {t('night.write')}
        </a>
      </span>
    </li>
  );
}

export function VisitFacts({ visit }: { visit: NightVisitView }) {
  const rows: [string, string | undefined][] = [
    [t('night.doctor_today'), visit.doctor_today],
    [t('night.found'), visit.found],
    [t('night.done'), visit.done],
    [t('night.drugs'), visit.drugs],
    [t('night.told_family'), visit.told_family],
    [t('night.transported'), visit.transported ? (visit.transported_to ?? t('night.transported_yes')) : undefined],
  ];
  return (
    <dl class="visit-facts">
      {rows.map(
        ([name, text]) =>
          text && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

export function VisitHead({ visit }: { visit: NightVisitView }) {
  return (
    <span class="row-note">
      {nightSpan(visit.visited_at, visit.left_at)}・{visit.office} {visit.by_name}
    </span>
  );
}

export function ReadMark({ patient, visit, again }: { patient: string; visit: NightVisitView; again: () => Promise<void> }) {
  const sending = useSend();
  const read = () =>
    sending.send(async () => {
      await api(`/patients/${patient}/night-visits/${visit.visit_id}/read`, { method: 'POST' });
      await again();
    });
  return (
    <>
      <Refusal problem={sending.problem} />
      <span class="buttons">
        <button type="button" class="button" disabled={sending.busy} onClick={() => void read()}>
          {t('night.read')}
        </button>
      </span>
    </>
  );
}

// The morning's list: what nobody has read stands open, the rest folded.
export function NightReports() {
  const list = useLoad(`night-reports-${feed.value?.stream ?? ''}`, () => api<NightReportsAnswer>('/night-visits/reports'));
  const reports = list.data?.reports ?? [];
  if (!list.problem && reports.length === 0) return null;
  const waiting = reports.filter((line) => line.waiting);
  const read = reports.filter((line) => !line.waiting);
  return (
    <Section title={t('night.reports')}>
      <Refusal problem={list.problem} again={() => void list.again()} />
      {list.data && waiting.length === 0 && <p class="all-calm">{t('night.all_read')}</p>}
      <ul class="rows">
        {waiting.map((line) => (
          <Report key={line.visit.visit_id} line={line} again={list.again} />
        ))}
      </ul>
      {read.length > 0 && (
        <details class="before">
          <summary>{t('night.read_ones', { count: read.length })}</summary>
          <ul class="rows">
            {read.map((line) => (
              <Report key={line.visit.visit_id} line={line} again={list.again} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function Report({ line, again }: { line: NightReportLine; again: () => Promise<void> }) {
  return (
    <li class={line.waiting ? 'row row-pad row-asked' : 'row row-pad'}>
      <a href={`/patients/${line.patient_id}/night`}>
        <Who name={line.name} />
      </a>
      <span class="row-state">
        {line.waiting && <Chip kind="new">{t('night.unread')}</Chip>}
        {line.visit.transported && <Chip kind="wait">{t('night.transported')}</Chip>}
        {line.visit.corrects && <Chip>{t('night.correction')}</Chip>}
      </span>
      <VisitHead visit={line.visit} />
      <VisitFacts visit={line.visit} />
      {line.waiting ? (
        <ReadMark patient={line.patient_id} visit={line.visit} again={again} />
      ) : (
        <span class="row-note">
          {t('night.read_by', { name: line.visit.read_by_name ?? '' })} <When at={line.visit.read_at} />
        </span>
      )}
    </li>
  );
}
