// The four answers of whoever was asked; the same four prepared by a clinic's proxy, and what the doctor finds of it.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { now } from '../app/clock.ts';
import { useSend } from '../app/load.ts';
import { t, word, type Key } from '../app/words.ts';
import type { AlertAnswerKind, AlertDraft, AlertView, DeclineReason } from '../model.ts';
import { enumValues } from '../model.ts';
import { clockTime, nextClock, parseTime, toWire } from '../lib/time.ts';
import type { ActProps } from './alert_acts.tsx';
import { Input, Refusal, Section, Text, When } from './basic.tsx';

const ARRIVALS = [30, 60, 120] as const;

interface AnswerBody {
  answer: AlertAnswerKind;
  arrival_at?: string;
  decline?: DeclineReason;
  text?: string;
}

// What the buttons say: an answer is given, or prepared for the doctor.
interface Words {
  take: Key;
  clock: Key;
  why: Key;
}
const GIVE: Words = { take: 'answer.take', clock: 'answer.clock_send', why: 'answer.why' };
const PREPARE: Words = { take: 'prepared.keep', clock: 'prepared.clock_keep', why: 'prepared.why' };

// Four large answers; the first three take the emergency over. Nothing is sent by the first touch.
export function Answers({ id, onChanged }: { id: string; onChanged: (view: AlertView) => void }) {
  const sending = useSend();
  const [key] = useState(() => crypto.randomUUID());
  const answer = (body: AnswerBody) =>
    sending.send(async () =>
      onChanged(await api<AlertView>(`/alerts/${id}/answer`, { method: 'POST', body, key: `${key}-${body.answer}`, ahead: true })),
    );
  return (
    <section class="answers" aria-labelledby="answers-title">
      <h2 id="answers-title">{t('answer.title')}</h2>
      <Four label={t('answer.title')} words={GIVE} busy={sending.busy} onAnswer={(body) => void answer(body)} />
      <Refusal problem={sending.problem} />
    </section>
  );
}

function Four({ label, words, busy, onAnswer }: { label: string; words: Words; busy: boolean; onAnswer: (body: AnswerBody) => void }) {
  const [kind, setKind] = useState<AlertAnswerKind | undefined>(undefined);
  return (
    <>
      <div class="answer-buttons" role="group" aria-label={label}>
        {enumValues<AlertAnswerKind>('alert_answer_kind').map((value) => (
          <button
            key={value}
            type="button"
            class={value === 'cannot' ? 'answer answer-cannot' : 'answer'}
            aria-pressed={kind === value}
            onClick={() => setKind(value)}>
            {word('alert_answer_kind', value)}
          </button>
        ))}
      </div>
      <div aria-live="polite">
        {(kind === 'by_telephone' || kind === 'ambulance') && (
          <SureAnswer kind={kind} words={words} busy={busy} onSend={(text) => onAnswer({ answer: kind, ...(text ? { text } : {}) })} />
        )}
        {kind === 'visit' && <Arrival words={words} busy={busy} onSend={(at) => onAnswer({ answer: 'visit', arrival_at: toWire(at) })} />}
        {kind === 'cannot' && (
          <div class="answer-more">
            <p>{t(words.why)}</p>
            <div class="answer-buttons">
              {enumValues<DeclineReason>('decline_reason').map((decline) => (
                <button
                  key={decline}
                  type="button"
                  class="button quiet"
                  disabled={busy}
                  onClick={() => onAnswer({ answer: 'cannot', decline })}>
                  {word('decline_reason', decline)}
                </button>
              ))}
            </div>
          </div>
        )}
      </div>
    </>
  );
}

function SureAnswer({ kind, words, busy, onSend }: { kind: AlertAnswerKind; words: Words; busy: boolean; onSend: (text: string) => void }) {
  const [text, setText] = useState('');
  return (
    <form
      class="answer-more"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(text.trim());
      }}>
      <Text label={t('answer.words')} help={t('answer.words_help')} optional value={text} rows={2} maxLength={130} onInput={setText} />
      <button class="button wide" disabled={busy}>
        {t(words.take, { answer: word('alert_answer_kind', kind) })}
      </button>
    </form>
  );
}

function Arrival({ words, busy, onSend }: { words: Words; busy: boolean; onSend: (at: number) => void }) {
  const [clock, setClock] = useState('');
  const [wrong, setWrong] = useState(false);
  const exact = () => {
    const at = nextClock(clock, Date.now());
    if (at) onSend(at);
    else setWrong(true);
  };
  return (
    <div class="answer-more">
      <p>{t('answer.when')}</p>
      <div class="answer-buttons">
        {ARRIVALS.map((minutes) => (
          <button key={minutes} type="button" class="button" disabled={busy} onClick={() => onSend(Date.now() + minutes * 60_000)}>
            {minutes < 60 ? t('answer.minutes', { minutes }) : t('answer.hours', { hours: minutes / 60 })}（{clockTime(now.value + minutes * 60_000)}
            ）
          </button>
        ))}
      </div>
      <form
        class="pair pair-end"
        onSubmit={(event) => {
          event.preventDefault();
          exact();
        }}>
        <Input label={t('answer.clock')} type="time" required value={clock} error={wrong ? t('answer.clock_wrong') : undefined} onInput={setClock} />
        <button class="button quiet" disabled={busy}>
          {t(words.clock)}
        </button>
      </form>
    </div>
  );
}

// ---- prepared by the clinic's proxy ---------------------------------------------------------------------------------------------------

// "往診する 14:30 到着予定"
function Draft({ draft }: { draft: AlertDraft }) {
  return (
    <>
      <p class="draft-answer">
        <strong>{word('alert_answer_kind', draft.answer)}</strong>{' '}
        {draft.arrival_at && t('alert.arrives', { time: clockTime(parseTime(draft.arrival_at)) })} {word('decline_reason', draft.decline)}
      </p>
      {draft.text && <p class="draft-text">{draft.text}</p>}
      <p class="soft">
        {t('prepared.by', { name: draft.drafted_by ?? '' })} {draft.drafted_at && <When at={draft.drafted_at} />}
      </p>
    </>
  );
}

// What the doctor finds: one button gives this very answer; the four below give another.
export function Prepared(props: ActProps) {
  const draft = (props.view.drafts ?? []).find((one) => !one.may_draft && one.answer);
  return draft ? <PreparedFor key={draft.drafted_at} draft={draft} {...props} /> : null;
}

function PreparedFor({ view, draft, onChanged }: ActProps & { draft: AlertDraft }) {
  const sending = useSend();
  const [key] = useState(() => crypto.randomUUID());
  const late = Boolean(draft.arrival_at) && parseTime(draft.arrival_at!) <= now.value;
  const body = { answer: draft.answer, arrival_at: draft.arrival_at, decline: draft.decline, text: draft.text };
  const give = () =>
    sending.send(async () => onChanged(await api<AlertView>(`/alerts/${view.alert.alert_id}/answer`, { method: 'POST', body, key, ahead: true })));
  return (
    <section class="draft" aria-labelledby="draft-title">
      <h2 id="draft-title">{t('prepared.title')}</h2>
      <Draft draft={draft} />
      {late ? (
        <p class="late">{t('prepared.late')}</p>
      ) : (
        <button type="button" class="button wide huge" disabled={sending.busy} onClick={() => void give()}>
          {t('prepared.give')}
        </button>
      )}
      <p class="help">{t(view.my_answer_due ? 'prepared.or' : 'prepared.not_yet')}</p>
      <Refusal problem={sending.problem} />
    </section>
  );
}

// The proxy's side: a place for each doctor of the clinic who was asked and has not answered.
export function Prepare({ view, onChanged }: ActProps) {
  return (
    <>
      {(view.drafts ?? [])
        .filter((one) => one.may_draft)
        .map((one) => (
          <PrepareFor key={one.person_id} view={view} draft={one} onChanged={onChanged} />
        ))}
    </>
  );
}

function PrepareFor({ view, draft, onChanged }: ActProps & { draft: AlertDraft }) {
  const sending = useSend();
  const prepare = (answer: AnswerBody) =>
    sending.send(async () =>
      onChanged(await api<AlertView>(`/alerts/${view.alert.alert_id}/draft`, { method: 'POST', body: { person_id: draft.person_id, ...answer } })),
    );
  const title = t('prepared.for', { name: draft.name });
  const four = <Four key={draft.drafted_at} label={title} words={PREPARE} busy={sending.busy} onAnswer={(body) => void prepare(body)} />;
  return (
    <Section title={title} note={t('prepared.note')}>
      {draft.answer && (
        <div class="draft" role="status">
          <Draft draft={draft} />
          <p class="help">{t('prepared.waits')}</p>
        </div>
      )}
      {draft.answer ? (
        <details class="before">
          <summary>{t('prepared.again')}</summary>
          {four}
        </details>
      ) : (
        four
      )}
      <Refusal problem={sending.problem} />
    </Section>
  );
}
