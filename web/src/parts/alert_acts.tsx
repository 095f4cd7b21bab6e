// What somebody may do in a running alert beside the own answer: record a telephone answer, say arrived or in hand, ask the hospital,
// offer it to somebody else, raise it. Each shows only to whom the service allows it.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { now } from '../app/clock.ts';
import { useSend } from '../app/load.ts';
import { language, t, word } from '../app/words.ts';
import { enumValues, type AlertAnswerKind, type AlertTry, type AlertView, type DeclineReason, type HospitalRefusal, type MembershipView } from '../model.ts';
import { answerers } from '../lib/course.ts';
import { absolute, clockTime, nextClock, parseTime, toWire } from '../lib/time.ts';
import { Choice, Input, Refusal, Section, Tel, Text, When } from './basic.tsx';
import { PersonPick } from './choices.tsx';

export interface ActProps {
  view: AlertView;
  onChanged: (view: AlertView) => void;
}

function useAct({ view, onChanged }: ActProps) {
  const sending = useSend();
  const [key] = useState(() => crypto.randomUUID() as string);
  const act = (what: string, body: object = {}) =>
    sending.send(async () =>
      onChanged(
        await api<AlertView>(`/alerts/${view.alert.alert_id}/${what}`, { method: 'POST', body, key: `${key}-${what}-${view.version}`, ahead: true }),
      ),
    );
  return { busy: sending.busy, problem: sending.problem, act };
}

// A change of condition waits for the doctor's hours: when it will be read, and the way to call now.
export function Raise(props: ActProps) {
  const { view } = props;
  const { busy, problem, act } = useAct(props);
  const { alert } = view;
  if (alert.state === 'ended' || (!view.may_raise && !alert.reading_at)) return null;
  return (
    <div class="raise">
      {alert.reading_at && <p class="raise-when">{t('raise.reading', { at: absolute(parseTime(alert.reading_at), now.value, language.value) })}</p>}
      {view.may_raise && (
        <>
          <p>{t('raise.hurry')}</p>
          <button type="button" class="button alarm wide huge" disabled={busy} onClick={() => void act('raise')}>
            {t('raise.do')}
          </button>
        </>
      )}
      <Refusal problem={problem} />
    </div>
  );
}

// 到着・対応中: stops the clock against the announced arrival.
export function Arrived(props: ActProps) {
  const { view } = props;
  const { busy, problem, act } = useAct(props);
  const { alert } = view;
  if (!view.may_arrive || alert.state !== 'accepted') return null;
  return (
    <section class="act" aria-labelledby="arrived-title">
      <h2 id="arrived-title">{t('arrive.title')}</h2>
      {view.deadline_at && !alert.arrived_at && !alert.in_hand_at && (
        <p class={alert.overdue ? 'late' : 'soft'}>
          {t(alert.overdue ? 'arrive.overdue' : 'arrive.deadline', { time: clockTime(parseTime(view.deadline_at)) })}
        </p>
      )}
      <div class="answer-buttons">
        {!alert.arrived_at && (
          <button type="button" class="button huge" disabled={busy} onClick={() => void act('arrived')}>
            {t('arrive.arrived')}
          </button>
        )}
        {!alert.in_hand_at && (
          <button type="button" class="button quiet huge" disabled={busy} onClick={() => void act('in-hand')}>
            {t('arrive.in_hand')}
          </button>
        )}
      </div>
      <Refusal problem={problem} />
    </section>
  );
}

const ARRIVALS = [30, 60, 120] as const;

// An answer heard on the telephone: who answered, what; the record says who wrote it down, and the doctor is told.
export function TelephoneRecord(props: ActProps) {
  const { view } = props;
  const { busy, problem, act } = useAct(props);
  const [who, setWho] = useState('');
  const [name, setName] = useState('');
  const [answer, setAnswer] = useState<AlertAnswerKind | undefined>(undefined);
  const [clock, setClock] = useState('');
  const [minutes, setMinutes] = useState<number | undefined>(undefined);
  const [decline, setDecline] = useState<DeclineReason>('other');
  const [text, setText] = useState('');
  if (!view.may_record || view.alert.state === 'ended') return null;
  const people = answerers(view.tries);
  const chosen = people.find((one) => one.key === who)?.asked;
  const at = clock ? nextClock(clock, Date.now()) : minutes === undefined ? undefined : Date.now() + minutes * 60_000;
  const ready = chosen && answer && (chosen.person_id || name.trim()) && (answer !== 'visit' || at);
  const send = () => {
    if (!ready) return;
    void act('telephone', {
      ...(chosen.person_id ? { person_id: chosen.person_id } : { name: name.trim(), ...officeOf(chosen) }),
      answer,
      ...(answer === 'visit' && at ? { arrival_at: toWire(at) } : {}),
      ...(answer === 'cannot' ? { decline } : {}),
      ...(text.trim() ? { text: text.trim() } : {}),
    });
  };
  return (
    <Section title={t('record.title')} note={t('record.note')}>
      <details class="before">
        <summary>{t('record.open')}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}>
          <Choice
            legend={t('record.who')}
            name="answerer"
            value={who}
            options={people.map((one) => ({ value: one.key, text: one.asked.office ? `${one.asked.name}（${one.asked.office}）` : one.asked.name }))}
            onChange={setWho}
          />
          {chosen && !chosen.person_id && (
            <Input label={t('record.name')} help={t('record.name_help')} required maxLength={40} value={name} onInput={setName} />
          )}
          <Choice
            legend={t('record.answer')}
            name="told"
            value={answer}
            options={enumValues<AlertAnswerKind>('alert_answer_kind').map((value) => ({ value, text: word('alert_answer_kind', value) }))}
            onChange={(value) => setAnswer(value as AlertAnswerKind)}
          />
          {answer === 'visit' && (
            <>
              <Choice
                legend={t('answer.when')}
                name="arrives"
                value={clock ? undefined : minutes?.toString()}
                options={ARRIVALS.map((value) => ({
                  value: String(value),
                  text: value < 60 ? t('answer.minutes', { minutes: value }) : t('answer.hours', { hours: value / 60 }),
                }))}
                onChange={(value) => (setMinutes(Number(value)), setClock(''))}
              />
              <Input label={t('answer.clock')} type="time" value={clock} onInput={setClock} />
            </>
          )}
          {answer === 'cannot' && (
            <Choice
              legend={t('record.why')}
              name="why"
              value={decline}
              options={enumValues<DeclineReason>('decline_reason').map((value) => ({ value, text: word('decline_reason', value) }))}
              onChange={(value) => setDecline(value as DeclineReason)}
            />
          )}
          <Text label={t('answer.words')} optional rows={2} maxLength={130} value={text} onInput={setText} />
          <Refusal problem={problem} />
          <button class="button wide" disabled={busy || !ready}>
            {t('record.send')}
          </button>
        </form>
      </details>
    </Section>
  );
}

const officeOf = (one: AlertTry & { office_id?: string }): { office_id?: string } => (one.office_id ? { office_id: one.office_id } : {});

// The designated hospital: its numbers, whether it was asked, what it said.
export function Hospital(props: ActProps) {
  const { view } = props;
  const { busy, problem, act } = useAct(props);
  const [refusing, setRefusing] = useState(false);
  if (!view.hospital_name) return null;
  const open = view.alert.state !== 'ended';
  return (
    <Section title={t('hospital.title')}>
      <div class="card">
        <p>
          <strong>{view.hospital_name}</strong> <Tel number={view.hospital_phone} />
        </p>
        {view.hospital_asked_at && (
          <p>
            {t('hospital.asked')} <When at={view.hospital_asked_at} />
          </p>
        )}
        {view.hospital_answer && (
          <p class="hospital-answer">
            {t('hospital.answer')} <strong>{word('hospital_answer', view.hospital_answer)}</strong>{' '}
            {view.hospital_refusal && word('hospital_refusal', view.hospital_refusal)}
          </p>
        )}
        {open && view.hospital_answer && view.hospital_answer !== 'accept' && <NextStep view={view} />}
        {open && view.may_ask_hospital && (
          <button type="button" class="button wide" disabled={busy} onClick={() => void act('hospital')}>
            {t('hospital.ask')}
          </button>
        )}
        {open && view.may_answer_hospital && (
          <>
            <p class="help">{t('hospital.record_note')}</p>
            <div class="answer-buttons">
              <button type="button" class="button" disabled={busy} onClick={() => void act('hospital-answer', { answer: 'accept' })}>
                {word('hospital_answer', 'accept')}
              </button>
              <button type="button" class="button quiet" aria-expanded={refusing} disabled={busy} onClick={() => setRefusing(!refusing)}>
                {word('hospital_answer', 'decline')}
              </button>
              <button type="button" class="button quiet" disabled={busy} onClick={() => void act('hospital-answer', { answer: 'none' })}>
                {word('hospital_answer', 'none')}
              </button>
            </div>
            {refusing && (
              <div class="answer-buttons">
                {enumValues<HospitalRefusal>('hospital_refusal').map((refusal) => (
                  <button
                    key={refusal}
                    type="button"
                    class="button quiet"
                    disabled={busy}
                    onClick={() => void act('hospital-answer', { answer: 'decline', refusal })}>
                    {word('hospital_refusal', refusal)}
                  </button>
                ))}
              </div>
            )}
          </>
        )}
        <Refusal problem={problem} />
      </div>
    </Section>
  );
}

// The hospital cannot, or says nothing: what was agreed comes next, and an ambulance is one touch away (U-21).
function NextStep({ view }: { view: AlertView }) {
  return (
    <div class="hint">
      <p>{t(view.may_hand_over ? 'hospital.next_mine' : 'hospital.next')}</p>
      {view.may_hand_over && (
        <p>
          <a href="#other-answer">{t('answer.change')}</a>
        </p>
      )}
      <Tel number="119" name={t('report.call_119')} big />
    </div>
  );
}

// Whoever holds it stays responsible until the other one accepts.
export function HandOver(props: ActProps) {
  const { view } = props;
  const { busy, problem, act } = useAct(props);
  const [person, setPerson] = useState<MembershipView | undefined>(undefined);
  if (!view.may_hand_over || view.alert.state !== 'accepted') return null;
  return (
    <Section title={t('hand.title')} note={t('hand.note')}>
      <details class="before">
        <summary>{t('hand.open')}</summary>
        <button type="button" class="button quiet wide" disabled={busy} onClick={() => void act('hand-over')}>
          {t('hand.duty')}
        </button>
        <PersonPick legend={t('hand.whom')} role="doctor" value={person} onPick={setPerson} />
        {person && (
          <button type="button" class="button wide" disabled={busy} onClick={() => void act('hand-over', { person_id: person.person_id })}>
            {t('hand.to', { name: person.name })}
          </button>
        )}
        <Refusal problem={problem} />
      </details>
    </Section>
  );
}

// Everything that was reported about this emergency, an ambulance's number and call-back among it.
export function Reports({ view }: { view: AlertView }) {
  const entries = view.entries ?? [];
  if (entries.length < 2 && !entries.some((one) => one.incident)) return null;
  return (
    <Section title={t('entries.title')}>
      <ul class="rows">
        {entries.map((one) => (
          <li key={one.entry_id} class="row row-pad">
            <span class="row-text">
              <strong>{word('alert_class', one.class)}</strong> {one.reported_by} <When at={one.at} />
            </span>
            {one.incident && (
              <span class="row-text">
                {one.unit} {one.number && <span class="soft">{t('entries.number', { number: one.number })}</span>}{' '}
                {one.crew_phone && <Tel number={one.crew_phone} name={t('entries.crew')} />}
              </span>
            )}
            {one.happened && <span class="row-note">{one.happened}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
