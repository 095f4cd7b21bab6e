// The one-time link out of a message: nobody is logged in, nobody's data shows, one of four answers is given. Nothing is sent by the first touch.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { t, word } from '../app/words.ts';
import { enumValues, type AlertAnswerKind, type DeclineReason, type ReplyLinkAnswer, type ReplyTaken } from '../model.ts';
import { Choice, Refusal, Skeleton, Tel, Title, When } from '../parts/basic.tsx';

const ARRIVALS = [30, 60, 120] as const;

export default function ReplyPage({ token }: { token: string }) {
  const link = useLoad(`reply-${token}`, () => api<ReplyLinkAnswer>(`/replies/${token}`, { quiet401: true }));
  const [taken, setTaken] = useState<ReplyTaken | undefined>(undefined);
  if (!link.data)
    return (
      <div class="page narrow">
        <Title text={t('reply.title')} />
        {link.problem ? <Refusal problem={link.problem} again={() => void link.again()} /> : <Skeleton lines={6} />}
      </div>
    );
  const { data } = link;
  return (
    <div class="page narrow">
      {data.drill && <p class="exercise">{t('alert.exercise_mark')}</p>}
      <Title text={`${t('reply.title')} ${data.number}`} />
      <p class="reply-what">{word('urgency', data.urgency)}</p>
      <p>
        {data.place} <When at={data.reported_at} /> {data.office}
      </p>
      <Tel number={data.callback} name={t('reply.callback')} big />
      {data.for_name && <p class="soft">{t('reply.for', { name: data.for_name })}</p>}
      {taken ? (
        <p class={taken.taken ? 'arrived' : 'hint'} role="status">
          {taken.words}
        </p>
      ) : data.answered || data.state === 'ended' ? (
        <p class="hint">{t(data.state === 'ended' ? 'reply.ended' : 'reply.used')}</p>
      ) : (
        <Answer token={token} link={data} onTaken={setTaken} />
      )}
      <p class="soft">{t('reply.no_data')}</p>
    </div>
  );
}

function Answer({ token, link, onTaken }: { token: string; link: ReplyLinkAnswer; onTaken: (taken: ReplyTaken) => void }) {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<AlertAnswerKind | undefined>(undefined);
  const sending = useSend();
  const send = (body: { answer: AlertAnswerKind; minutes?: number; decline?: DeclineReason }) =>
    sending.send(async () =>
      onTaken(
        await api<ReplyTaken>(`/replies/${token}`, { method: 'POST', body: { ...body, ...(name ? { name: Number(name) } : {}) }, ahead: true, quiet401: true }),
      ),
    );
  const named = link.names.length === 0 || name;
  return (
    <section class="answers" aria-label={t('answer.title')}>
      {link.names.length > 0 && (
        <Choice
          legend={t('reply.who')}
          name="who"
          value={name}
          options={link.names.map((text, at) => ({ value: String(at + 1), text }))}
          onChange={setName}
        />
      )}
      <div class="answer-buttons">
        {enumValues<AlertAnswerKind>('alert_answer_kind').map((value) => (
          <button
            key={value}
            type="button"
            class={value === 'cannot' ? 'answer answer-cannot' : 'answer'}
            aria-pressed={kind === value}
            disabled={sending.busy || !named}
            onClick={() => setKind(value)}>
            {word('alert_answer_kind', value)}
          </button>
        ))}
      </div>
      {(kind === 'by_telephone' || kind === 'ambulance') && (
        <button type="button" class="button wide huge" disabled={sending.busy} onClick={() => void send({ answer: kind })}>
          {t('answer.take', { answer: word('alert_answer_kind', kind) })}
        </button>
      )}
      {kind === 'visit' && (
        <div class="answer-buttons">
          {ARRIVALS.map((minutes) => (
            <button key={minutes} type="button" class="button huge" disabled={sending.busy} onClick={() => void send({ answer: 'visit', minutes })}>
              {minutes < 60 ? t('answer.minutes', { minutes }) : t('answer.hours', { hours: minutes / 60 })}
            </button>
          ))}
        </div>
      )}
      {kind === 'cannot' && (
        <div class="answer-buttons">
          {enumValues<DeclineReason>('decline_reason').map((decline) => (
            <button key={decline} type="button" class="button quiet huge" disabled={sending.busy} onClick={() => void send({ answer: 'cannot', decline })}>
              {word('decline_reason', decline)}
            </button>
          ))}
        </div>
      )}
      <Refusal problem={sending.problem} />
    </section>
  );
}
