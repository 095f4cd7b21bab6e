// Visits at night done for the person's doctor (往診代行): entrusting and taking back, the reports; and the form of who has visited.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { go } from '../app/route.ts';
import { session } from '../app/session.ts';
import { t, word } from '../app/words.ts';
import {
  enumValues,
  type ColleagueListAnswer,
  type NightBand,
  type NightEntrustView,
  type NightVisitsAnswer,
  type NightVisitView,
  type PatientAnswer,
} from '../model.ts';
import { dateOf, inputClock, instantOf } from '../lib/roster.ts';
import { toWire } from '../lib/time.ts';
import { Chip, Choice, Empty, Input, Refusal, Section, Skeleton, Text, Title, When, Who } from '../parts/basic.tsx';
import { Ask } from '../parts/form.tsx';
import { SpanInputs, spanTimes, Ticks, type Span } from '../parts/choices.tsx';
import { bandWords, DoctorContact, dutyWords, nightSpan, ReadMark, VisitFacts, VisitHead } from '../parts/night_blocks.tsx';

const Person = ({ id, patient }: { id: string; patient: PatientAnswer }) => (
  <p>
    <a href={`/patients/${id}`}>
      <Who name={patient.name} kana={patient.name_kana} birth={patient.birth_date} municipality={patient.municipality} />
    </a>
  </p>
);

export default function NightPage({ id }: { id: string }) {
  const patient = useLoad(`patient-${id}`, () => api<PatientAnswer>(`/patients/${id}`));
  const night = useLoad(`night-${id}`, () => api<NightVisitsAnswer>(`/patients/${id}/night-visits`));
  const current = night.data?.entrusts.filter(inForce) ?? [];
  const past = night.data?.entrusts.filter((one) => !inForce(one)) ?? [];
  return (
    <div class="page narrow">
      <Title text={t('night.title')} />
      {patient.data && <Person id={id} patient={patient.data} />}
      {!night.data && (night.problem ? <Refusal problem={night.problem} again={() => void night.again()} /> : <Skeleton lines={6} />)}
      {night.data && (
        <>
          <Section title={t('night.now')}>
            {current.length === 0 && <p class="soft">{t('night.none')}</p>}
            <ul class="rows">
              {current.map((one) => (
                <Entrust key={one.entrust_id} id={id} one={one} may={night.data!.may_entrust} again={night.again} />
              ))}
            </ul>
            {past.length > 0 && (
              <details class="before">
                <summary>{t('night.past', { count: past.length })}</summary>
                <ul class="rows">
                  {past.map((one) => (
                    <Entrust key={one.entrust_id} id={id} one={one} may={false} again={night.again} />
                  ))}
                </ul>
              </details>
            )}
          </Section>
          {night.data.may_entrust && <NewEntrust id={id} last={night.data.entrusts[0]} again={night.again} />}
          <Visits id={id} answer={night.data} again={night.again} />
        </>
      )}
    </div>
  );
}

const inForce = (one: NightEntrustView): boolean => !one.ended_at && Date.parse(one.until) > Date.now();

function Entrust({ id, one, may, again }: { id: string; one: NightEntrustView; may: boolean; again: () => Promise<void> }) {
  const end = async () => {
    await api(`/patients/${id}/night-entrusts/${one.entrust_id}/end`, { method: 'POST' });
    await again();
  };
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>{one.office}</strong> {one.ended_at && <Chip>{t('night.ended')}</Chip>}
      </span>
      <span class="row-text">
        {nightSpan(one.from, one.until)}・{bandWords(one)}
      </span>
      <span class="row-text">{one.request}</span>
      <DoctorContact entrust={one} />
      {one.window_to && <span class="row-note">{t('night.window', { span: dutyWords(one) ?? '' })}</span>}
      {may && <Ask title={t('night.end')} sure={t('night.end_sure')} label={t('night.end_do')} onDo={end} />}
    </li>
  );
}

interface Office {
  office_id: string;
  office: string;
}

// An office where doctors or nurses are, by its name or somebody's there.
function OfficePick({ value, onPick }: { value: Office | undefined; onPick: (office: Office | undefined) => void }) {
  const [text, setText] = useState('');
  const wanted = text.trim();
  const people = useLoad(wanted && !value ? `visitors-${wanted}` : undefined, () =>
    api<ColleagueListAnswer>('/people', { query: { text: wanted, limit: 50 } }),
  );
  const found = new Map<string, string>();
  for (const one of people.data?.people ?? [])
    if (one.roles.some((role) => role === 'doctor' || role === 'visiting_nurse')) found.set(one.office_id, one.office ?? '');
  if (value)
    return (
      <div class="picked">
        <p>
          <span class="soft">{t('night.office')}</span>
          <strong class="fact-line">{value.office}</strong>
        </p>
        <button type="button" class="button quiet small" onClick={() => onPick(undefined)}>
          {t('night.other_office')}
        </button>
      </div>
    );
  return (
    <>
      <Input label={t('night.office')} help={t('night.office_help')} type="search" value={text} onInput={setText} />
      {wanted && !people.data && !people.problem && <Skeleton lines={2} />}
      <Refusal problem={people.problem} />
      {people.data && found.size === 0 && <Empty title={t('night.no_office')} />}
      {found.size > 0 && (
        <Choice
          legend={t('night.offices')}
          name="night-office"
          value={undefined}
          options={[...found].map(([value, text]) => ({ value, text }))}
          onChange={(id) => onPick({ office_id: id, office: found.get(id) ?? '' })}
        />
      )}
    </>
  );
}

const WEEK = 7 * 86_400_000;

function NewEntrust({ id, last, again }: { id: string; last: NightEntrustView | undefined; again: () => Promise<void> }) {
  const [office, setOffice] = useState<Office | undefined>(last && { office_id: last.office_id, office: last.office ?? '' });
  const [span, setSpan] = useState<Span>({
    from_date: dateOf(Date.now()),
    from_clock: '18:00',
    to_date: dateOf(Date.now() + WEEK),
    to_clock: '08:30',
  });
  const [bands, setBands] = useState<string[]>(last?.bands ? [...last.bands] : ['night', 'holiday']);
  const [request, setRequest] = useState(last?.request ?? '');
  const [call, setCall] = useState<string>(last ? String(last.call_doctor) : 'true');
  const [phone, setPhone] = useState(last?.doctor_phone ?? '');
  const [done, setDone] = useState(false);
  const sending = useSend();
  const { from, to } = spanTimes(span);
  const send = async () => {
    if (!office || from === undefined || to === undefined) return;
    const body = { entrust_id: crypto.randomUUID(), office_id: office.office_id, from: toWire(from), until: toWire(to), bands, request,
      call_doctor: call === 'true', ...(call === 'true' ? { doctor_phone: phone } : {}) };
    setDone(
      await sending.send(async () => {
        await api(`/patients/${id}/night-entrusts`, { method: 'POST', body });
        await again();
      }),
    );
  };
  return (
    <Section title={t('night.entrust')} note={t('night.entrust_note')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}>
        <OfficePick value={office} onPick={setOffice} />
        <SpanInputs value={span} onChange={setSpan} />
        <Ticks
          legend={t('night.bands')}
          values={bands}
          options={enumValues<NightBand>('night_band').map((value) => ({ value, text: word('night_band', value) }))}
          onChange={setBands}
        />
        <Text label={t('night.request')} help={t('night.request_help')} value={request} onInput={setRequest} maxLength={500} />
        <Choice
          legend={t('night.call')}
          name="night-call"
          value={call}
          options={[
            { value: 'true', text: t('night.may_call') },
            { value: 'false', text: t('night.no_call') },
          ]}
          onChange={setCall}
        />
        {call === 'true' && <Input label={t('night.phone')} type="tel" autocomplete="tel" value={phone} onInput={setPhone} />}
        <Refusal problem={sending.problem} />
        <button class="button wide" disabled={!office || bands.length === 0 || !request.trim() || sending.busy}>
          {t('night.entrust_do')}
        </button>
        <p role="status">{done && t('night.entrusted')}</p>
      </form>
    </Section>
  );
}

function Visits({ id, answer, again }: { id: string; answer: NightVisitsAnswer; again: () => Promise<void> }) {
  const present = answer.visits.filter((visit) => !visit.corrected_by);
  const before = answer.visits.filter((visit) => visit.corrected_by);
  return (
    <Section title={t('night.visits')}>
      {present.length === 0 && <p class="soft">{t('night.no_visits')}</p>}
      <ul class="rows">
        {present.map((visit) => (
          <Visit key={visit.visit_id} id={id} visit={visit} answer={answer} again={again} />
        ))}
      </ul>
      {before.length > 0 && (
        <details class="before">
          <summary>{t('night.corrected', { count: before.length })}</summary>
          <ul class="rows">
            {before.map((visit) => (
              <li key={visit.visit_id} class="row row-pad">
                <VisitHead visit={visit} />
                <VisitFacts visit={visit} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function Visit({ id, visit, answer, again }: { id: string; visit: NightVisitView; answer: NightVisitsAnswer; again: () => Promise<void> }) {
  return (
    <li class="row row-pad">
      <span class="row-state">
        {visit.transported && <Chip kind="wait">{t('night.transported')}</Chip>}
        {visit.corrects && <Chip>{t('night.correction')}</Chip>}
        {!visit.read_at && <Chip kind="new">{t('night.unread')}</Chip>}
      </span>
      <VisitHead visit={visit} />
      <VisitFacts visit={visit} />
      {visit.read_at && (
        <span class="row-note">
          {t('night.read_by', { name: visit.read_by_name ?? '' })} <When at={visit.read_at} />
        </span>
      )}
      {answer.may_entrust && !visit.read_at && <ReadMark patient={id} visit={visit} again={again} />}
      {visit.office_id === session.value?.office_id && (
        <a class="link" href={`/patients/${id}/night-report?corrects=${visit.visit_id}`}>
          {t('night.correct')}
        </a>
      )}
    </li>
  );
}

// ---- the report ------------------------------------------------------------------------------------------------------------------------

interface Words {
  found: string;
  done: string;
  drugs: string;
  told_family: string;
  doctor_today: string;
}

// Arrived and left are filled in: half an hour ago and now, or as in the report that is corrected.
export function NightReportPage({ id, entrust, corrects, alert }: { id: string; entrust?: string; corrects?: string; alert?: string }) {
  const patient = useLoad(`patient-${id}`, () => api<PatientAnswer>(`/patients/${id}`));
  const before = useLoad(corrects && `night-${id}`, () => api<NightVisitsAnswer>(`/patients/${id}/night-visits`));
  const old = before.data?.visits.find((visit) => visit.visit_id === corrects);
  return (
    <div class="page narrow">
      <Title text={t(corrects ? 'night.correct' : 'night.report')} />
      {patient.data && <Person id={id} patient={patient.data} />}
      {corrects && !old ? (
        <Refusal problem={before.problem} again={() => void before.again()} />
      ) : (
        <ReportForm id={id} entrust={entrust} alert={alert} old={old} />
      )}
    </div>
  );
}

function ReportForm({ id, entrust, alert, old }: { id: string; entrust?: string; alert?: string; old: NightVisitView | undefined }) {
  const [visit] = useState(crypto.randomUUID());
  const arrived = old ? Date.parse(old.visited_at) : Date.now() - 30 * 60_000;
  const left = old ? Date.parse(old.left_at) : Date.now();
  const [span, setSpan] = useState<Span>({ from_date: dateOf(arrived), from_clock: inputClock(arrived), to_date: dateOf(left), to_clock: inputClock(left) });
  const [words, setWords] = useState<Words>({ found: old?.found ?? '', done: old?.done ?? '', drugs: old?.drugs ?? '', told_family: old?.told_family ?? '',
    doctor_today: old?.doctor_today ?? '' });
  const [transported, setTransported] = useState(String(old?.transported ?? false));
  const [to, setTo] = useState(old?.transported_to ?? '');
  const [sent, setSent] = useState(false);
  const sending = useSend();
  const send = async () => {
    const from = instantOf(span.from_date, span.from_clock);
    const until = instantOf(span.to_date, span.to_clock);
    if (from === undefined || until === undefined) return;
    const said = Object.fromEntries(Object.entries(words).filter(([, text]) => text.trim()));
    const body = { visit_id: visit, ...(old ? { corrects: old.visit_id, entrust_id: old.entrust_id, alert_id: old.alert_id } : { entrust_id: entrust, alert_id: alert }),
      visited_at: toWire(from), left_at: toWire(until), ...said, transported: transported === 'true',
      ...(transported === 'true' && to.trim() ? { transported_to: to } : {}) };
    setSent(await sending.send(() => api(`/patients/${id}/night-visits`, { method: 'POST', body })));
  };
  if (sent)
    return (
      <Section title={t('night.sent')}>
        <p class="all-calm">{t('night.sent_note')}</p>
        <button type="button" class="button wide" onClick={() => go('/')}>
          {t('nav.day')}
        </button>
      </Section>
    );
  const text = (name: keyof Words, optional: boolean, rows: number) => (
    <Text
      label={t(`night.${name}`)}
      optional={optional}
      rows={rows}
      value={words[name]}
      maxLength={name === 'found' || name === 'done' ? 1000 : 500}
      onInput={(value) => setWords({ ...words, [name]: value })}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}>
      <div class="pair">
        <Input label={t('night.from_date')} type="date" required value={span.from_date} onInput={(from_date) => setSpan({ ...span, from_date })} />
        <Input label={t('night.from_clock')} type="time" required value={span.from_clock} onInput={(from_clock) => setSpan({ ...span, from_clock })} />
      </div>
      <div class="pair">
        <Input label={t('night.to_date')} type="date" required value={span.to_date} onInput={(to_date) => setSpan({ ...span, to_date })} />
        <Input label={t('night.to_clock')} type="time" required value={span.to_clock} onInput={(to_clock) => setSpan({ ...span, to_clock })} />
      </div>
      {text('found', false, 3)}
      {text('done', false, 3)}
      {text('drugs', true, 2)}
      {text('told_family', true, 2)}
      {text('doctor_today', true, 2)}
      <Choice
        legend={t('night.transported_ask')}
        name="night-transported"
        value={transported}
        options={[
          { value: 'false', text: t('night.transported_no') },
          { value: 'true', text: t('night.transported_yes') },
        ]}
        onChange={setTransported}
      />
      {transported === 'true' && <Input label={t('night.transported_to')} optional value={to} onInput={setTo} />}
      <Refusal problem={sending.problem} kept={t('night.kept')} />
      <button class="button wide" disabled={!words.found.trim() || !words.done.trim() || sending.busy}>
        {t('night.send')}
      </button>
    </form>
  );
}
