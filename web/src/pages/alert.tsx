// The page of one emergency: what, who, where, since when; plan and wishes; who is asked and what became of it; my answer; the course.
import { useEffect, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { countSeconds, now } from '../app/clock.ts';
import { loadAlerts } from '../app/feed.ts';
import { hear, onResync } from '../app/live.ts';
import { useLoad, useSend, type Loaded } from '../app/load.ts';
import { dot, t, word } from '../app/words.ts';
import type { AlertTry, AlertView, SheetAnswer } from '../model.ts';
import { distinct, type Phone } from '../lib/phones.ts';
import { lateMinutes } from '../lib/report.ts';
import { clockTime, minutesSince, parseTime } from '../lib/time.ts';
import { Chip, Choice, Refusal, Section, Skeleton, Tel, Text, Title, When, Who, type ChipKind } from '../parts/basic.tsx';
import { Arrived, HandOver, Hospital, Raise, Reports, TelephoneRecord } from '../parts/alert_acts.tsx';
import { Answers, Prepare, Prepared } from '../parts/answers.tsx';
import { Entries } from '../parts/entries.tsx';
import { Fold } from '../parts/form.tsx';
import { FirstCall } from './report.tsx';

// While people are being asked the page reads again by itself, should a notice be lost.
const LOOK_AGAIN = 10_000;

function useAlert(id: string): Loaded<AlertView> {
  const alert = useLoad(`alert-${id}`, () => api<AlertView>(`/alerts/${id}`, { ahead: true }));
  useEffect(
    () =>
      hear((item) => {
        if (item.alert_id === id) void alert.again();
      }),
    [id],
  );
  useEffect(() => onResync(() => void alert.again()), [id]);
  useEffect(() => {
    if (alert.data?.alert.state === 'ended') return undefined;
    const timer = setInterval(() => void alert.again(), LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [id, alert.data?.alert.state]);
  useEffect(() => {
    if (alert.data?.my_answer_due) void api(`/alerts/${id}/seen`, { method: 'POST', ahead: true }).catch(() => undefined);
  }, [id, alert.data?.my_answer_due]);
  return alert;
}

export default function AlertPage({ id }: { id: string }) {
  const alert = useAlert(id);
  useEffect(countSeconds, []);
  if (!alert.data)
    return <div class="page">{alert.problem ? <Refusal problem={alert.problem} again={() => void alert.again()} /> : <Skeleton lines={8} />}</div>;
  const view = alert.data;
  const changed = (fresh: AlertView) => {
    alert.set(fresh);
    void loadAlerts().catch(() => undefined);
  };
  return (
    <div class="page">
      <Head view={view} />
      <Prepared view={view} onChanged={changed} />
      {view.my_answer_due && <Answers id={id} onChanged={changed} />}
      {view.may_hand_over && !view.my_answer_due && <OtherAnswer id={id} onChanged={changed} />}
      <Prepare view={view} onChanged={changed} />
      <Raise view={view} onChanged={changed} />
      <Arrived view={view} onChanged={changed} />
      <StillNobody view={view} />
      <div class="two two-wide">
        <div>
          <Tries view={view} />
          <TelephoneRecord view={view} onChanged={changed} />
          <HandOver view={view} onChanged={changed} />
          <Reports view={view} />
          <Course view={view} />
          {view.may_end && view.alert.state !== 'ended' && <End id={id} onChanged={changed} />}
        </div>
        <aside>
          <Hospital view={view} onChanged={changed} />
          <Plan patient={view.alert.patient_id} />
        </aside>
      </div>
    </div>
  );
}

function Head({ view }: { view: AlertView }) {
  const { alert } = view;
  const late = lateMinutes(parseTime(alert.reported_at), parseTime(view.received_at));
  const open = alert.state !== 'ended';
  return (
    <header class={open ? 'alert-head alert-open' : 'alert-head'}>
      {alert.exercise && <p class="exercise">{t('alert.exercise')}</p>}
      <Title text={`${word('alert_class', alert.class)} ${alert.patient_name}`}>
        <span class="alert-what">{word('condition_tag', alert.tag)}</span>
        <span class="alert-urgency">
          {alert.class !== 'e1' && `${word('alert_class', alert.class)}${dot()}`}
          {word('urgency', alert.urgency)}
        </span>
      </Title>
      <p class="alert-who">
        <Who name={alert.patient_name} kana={alert.patient_kana} birth={alert.birth_date} municipality={alert.municipality} />{' '}
        <a href={`/patients/${alert.patient_id}`}>{t('alert.record')}</a>
      </p>
      {view.happened && <p class="alert-happened">{view.happened}</p>}
      <dl class="facts">
        <div class="fact">
          <dt>{t('alert.state')}</dt>
          <dd>
            <Chip kind={alert.state === 'searching' ? 'alarm' : alert.state === 'accepted' ? 'good' : 'plain'}>
              {word('alert_state', alert.state)}
            </Chip>
            {alert.accepted_by && (
              <strong>
                {' '}
                {alert.accepted_by}
                {alert.arrival_at && ` ${t('alert.arrives', { time: clockTime(parseTime(alert.arrival_at)) })}`}
              </strong>
            )}
            {alert.arrived_at && (
              <span class="fact-line">
                {word('timeline_kind', 'arrived')} <When at={alert.arrived_at} />
              </span>
            )}
            {alert.in_hand_at && (
              <span class="fact-line">
                {word('timeline_kind', 'in_hand')} <When at={alert.in_hand_at} />
              </span>
            )}
            {alert.overdue && !alert.arrived_at && <span class="fact-line late">{word('timeline_kind', 'overdue')}</span>}
          </dd>
        </div>
        <div class="fact">
          <dt>{t('alert.reported')}</dt>
          <dd>
            <When at={alert.reported_at} /> {t('alert.by', { name: alert.reported_by })} <Tel number={view.callback} />
            {late > 0 && <span class="fact-line late">{t('alert.late', { minutes: late })}</span>}
          </dd>
        </div>
        <div class="fact">
          <dt>{t('alert.where')}</dt>
          <dd>
            {view.place ? word('place_kind', view.place) : t('alert.where_unknown')} {view.place_name}{' '}
            <Tel number={view.place_phone ?? view.patient_phone} />
          </dd>
        </div>
        {view.terminal_phase && (
          <div class="fact fact-strong">
            <dt>{t('patient.terminal')}</dt>
            <dd>
              {t('alert.terminal')} <Tel number={view.terminal_first_phone} />
            </dd>
          </div>
        )}
        {view.outcome && (
          <div class="fact fact-wide">
            <dt>{t('alert.outcome')}</dt>
            <dd>{view.outcome}</dd>
          </div>
        )}
      </dl>
      {view.chain_note && <p class="hint">{view.chain_note}</p>}
    </header>
  );
}

// Whom the reporter can call: those asked or planned, and the last resort; each number once.
function numbersOf(view: AlertView): Phone[] {
  const people = view.tries
    .filter((one) => one.state !== 'declined')
    .slice(0, 4)
    .map((one) => ({ name: one.name, phone: one.phone ?? '', reason: one.reason }));
  return distinct([
    ...people,
    { name: view.last_resort_name ?? '', phone: view.last_resort_phone ?? '', reason: word('target_kind', 'last_resort') },
  ]);
}

// Until somebody accepts, the reporter sees how long it takes, who is next, and whom to call oneself.
function StillNobody({ view }: { view: AlertView }) {
  // A change of condition waits for the doctor's hours; nobody is late yet.
  if (view.alert.state !== 'searching' || view.alert.class === 'e2') return null;
  const next = view.alert.next_at ? t('alert.nobody_next', { time: clockTime(parseTime(view.alert.next_at)) }) : '';
  return (
    <div class="still-nobody">
      <p role="status" aria-live="off">
        {t('alert.nobody', { minutes: minutesSince(parseTime(view.alert.reported_at), now.value), next })}
      </p>
      {view.reporter_is_me && (
        <>
          <FirstCall terminal={view.terminal_phase} first={view.terminal_first_phone} />
          <ul class="numbers">
            {numbersOf(view).map((one) => (
              <li key={one.phone}>
                <Tel number={one.phone} name={one.name} big />
                <span class="soft">{one.reason}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

// Whoever has it comes later than announced, cannot any more, or wants an ambulance after all; who recorded for him heard wrong.
function OtherAnswer({ id, onChanged }: { id: string; onChanged: (view: AlertView) => void }) {
  const [times, setTimes] = useState(0);
  const change = (view: AlertView) => {
    setTimes(times + 1);
    onChanged(view);
  };
  return (
    <div id="other-answer">
      <Fold key={times} title={t('answer.change')}>
        <p class="help">{t('answer.change_note')}</p>
        <Answers id={id} onChanged={change} />
      </Fold>
    </div>
  );
}

const TRY_KIND: Readonly<Record<AlertTry['state'], ChipKind>> = {
  planned: 'plain',
  asked: 'wait',
  seen: 'wait',
  accepted: 'good',
  declined: 'plain',
  no_answer: 'plain',
  skipped: 'plain',
  called_off: 'plain',
};

function tryText(one: AlertTry): string {
  const at = (time: string | undefined) => (time ? clockTime(parseTime(time)) : '');
  switch (one.state) {
    case 'accepted':
      return [
        at(one.answered_at),
        one.answer && word('alert_answer_kind', one.answer),
        one.arrival_at && t('alert.arrives', { time: at(one.arrival_at) }),
      ]
        .filter(Boolean)
        .join(' ');
    case 'declined':
      return [at(one.answered_at), one.decline && word('decline_reason', one.decline)].filter(Boolean).join(' ');
    case 'seen':
      return at(one.seen_at);
    case 'asked':
      return at(one.asked_at);
    case 'planned':
      return one.due_at ? t('alert.due', { time: at(one.due_at) }) : '';
    default:
      return at(one.asked_at);
  }
}

function Tries({ view }: { view: AlertView }) {
  return (
    <Section title={t('alert.tries')}>
      <ol class="tries">
        {view.tries.map((one) => (
          <li key={`${one.position}-${one.name}`} class={`try try-${one.state}`}>
            <span class="try-number">{one.position || '–'}</span>
            <span class="try-who">
              <strong>{one.name}</strong> {one.office && <span class="soft">{one.office}</span>} <Tel number={one.phone} />
              <span class="soft try-reason">{one.reason}</span>
            </span>
            <span class="try-state">
              <Chip kind={TRY_KIND[one.state]}>{word('try_state', one.state)}</Chip> {tryText(one)}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Course({ view }: { view: AlertView }) {
  return (
    <Section title={t('alert.course')}>
      <ol class="course">
        {view.timeline.map((line, at) => (
          <li key={at}>
            <span class="course-time">{clockTime(parseTime(line.at))}</span>
            <span>
              <strong>{word('timeline_kind', line.kind)}</strong> {line.name} {line.text && <span class="course-text">{line.text}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

// What was agreed for this very situation, if the reader may see it.
function Plan({ patient }: { patient: string }) {
  const sheet = useLoad(`plan-${patient}`, () => api<SheetAnswer>(`/patients/${patient}/sheet`));
  if (sheet.problem)
    return (
      <Section title={t('alert.plan')}>
        <p class="soft">{t(sheet.problem.status === 404 ? 'alert.plan_closed' : 'alert.plan_away')}</p>
      </Section>
    );
  if (!sheet.data)
    return (
      <Section title={t('alert.plan')}>
        <Skeleton />
      </Section>
    );
  return (
    <Section title={t('alert.plan')}>
      {(['sudden_change', 'wishes'] as const).map((name) => {
        const view = sheet.data!.sections.find((one) => one.section === name);
        return (
          <div class="card" key={name}>
            <h3>{word('sheet_section', name)}</h3>
            {view?.written_at && (
              <p class="written">
                {view.written_by_name} <When at={view.written_at} />
              </p>
            )}
            {view?.hidden ? <p class="hint">{t('sheet.hidden')}</p> : <Entries section={name} entries={view?.entries ?? []} />}
          </div>
        );
      })}
    </Section>
  );
}

const OUTCOMES = ['home', 'hospital', 'phone', 'died'] as const;

function End({ id, onChanged }: { id: string; onChanged: (view: AlertView) => void }) {
  const [kind, setKind] = useState<string | undefined>(undefined);
  const [text, setText] = useState('');
  const sending = useSend();
  const outcome = [kind && t(`outcome.${kind as (typeof OUTCOMES)[number]}`), text.trim()].filter(Boolean).join('。');
  return (
    <Section title={t('end.title')}>
      <details class="before">
        <summary>{t('end.open')}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void sending.send(async () => onChanged(await api<AlertView>(`/alerts/${id}/end`, { method: 'POST', body: { outcome } })));
          }}>
          <Choice
            legend={t('end.how')}
            name="outcome"
            value={kind}
            options={OUTCOMES.map((value) => ({ value, text: t(`outcome.${value}`) }))}
            onChange={setKind}
          />
          <Text label={t('end.words')} optional value={text} rows={2} maxLength={120} onInput={setText} />
          <Refusal problem={sending.problem} />
          <button class="button wide" disabled={sending.busy || !outcome}>
            {t('end.send')}
          </button>
        </form>
      </details>
    </Section>
  );
}
