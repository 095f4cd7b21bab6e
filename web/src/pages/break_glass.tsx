// Openings of a record without consent: what was opened by which crew, when, why; each is reviewed once. Nobody's name stands here.
// Operators, who are told but do not judge, read it without reasons.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { municipalities, session } from '../app/session.ts';
import { t } from '../app/words.ts';
import type { BreakGlassLine, BreakGlassListAnswer } from '../model.ts';
import { Chip, Choice, Empty, Section, Text, Title, Waiting, When } from '../parts/basic.tsx';
import { Ask, Fold, Form } from '../parts/form.tsx';

export default function BreakGlassPage() {
  const [after, setAfter] = useState<readonly string[]>([]);
  const list = useLoad(`glass-${after.length}`, () => api<BreakGlassListAnswer>('/break-glass', { query: { after: after[after.length - 1] } }));
  const lines = list.data?.lines ?? [];
  const open = lines.filter((one) => !one.reviewed_at);
  const done = lines.filter((one) => one.reviewed_at);
  const judge = list.data?.may_review ?? false;
  const allow = async () => {
    await api(`/municipalities/${session.value?.municipality}/break-glass`, { method: 'PUT', body: { allowed: !list.data?.allowed } });
    await list.again();
  };
  return (
    <div class="page narrow">
      <Title text={t('review.title')} />
      <p class="help">{t(judge || !list.data ? 'review.note' : 'review.note_told')}</p>
      <Waiting of={list} lines={6} />
      {list.data && (
        <>
          <Section title={t('review.open', { count: open.length })}>
            {open.length === 0 && <Empty title={t('review.none')} />}
            <ul class="rows">
              {open.map((one) => (
                <Line key={one.break_id} one={one} again={judge ? list.again : undefined} />
              ))}
            </ul>
          </Section>
          {done.length > 0 && (
            <Section title={t('review.done')}>
              <ul class="rows">
                {done.map((one) => (
                  <Line key={one.break_id} one={one} again={judge ? list.again : undefined} />
                ))}
              </ul>
            </Section>
          )}
          <div class="buttons">
            {after.length > 0 && (
              <button type="button" class="button quiet" onClick={() => setAfter(after.slice(0, -1))}>
                {t('newer')}
              </button>
            )}
            {list.data.next && (
              <button type="button" class="button quiet" onClick={() => setAfter([...after, list.data!.next!])}>
                {t('older')}
              </button>
            )}
          </div>
          {municipalities.value.has(session.value?.municipality ?? '') && (
            <Section title={t('review.rule')}>
              <p>{t(list.data.allowed ? 'review.allowed' : 'review.forbidden', { name: session.value?.municipality_name ?? '' })}</p>
              {judge && (
                <Ask
                  key={String(list.data.allowed)}
                  title={t(list.data.allowed ? 'review.forbid' : 'review.allow')}
                  sure={t(list.data.allowed ? 'review.forbid_sure' : 'review.allow_sure')}
                  label={t(list.data.allowed ? 'review.forbid_do' : 'review.allow_do')}
                  onDo={allow}
                />
              )}
            </Section>
          )}
        </>
      )}
    </div>
  );
}

const isLate = (one: BreakGlassLine): boolean => Date.now() - Date.parse(one.at) >= 24 * 3_600_000;

function Line({ one, again }: { one: BreakGlassLine; again: (() => Promise<void>) | undefined }) {
  const judged = one.justified === undefined ? 'review.reviewed' : one.justified ? 'review.right' : 'review.wrong';
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>
          {one.partner} {one.unit}
        </strong>{' '}
        <Chip kind={!one.reviewed_at ? 'wait' : one.justified === false ? 'new' : 'good'}>{t(one.reviewed_at ? judged : isLate(one) ? 'review.late' : 'review.waiting')}</Chip>
      </span>
      <span>{one.reason ? t('papers.reason', { reason: one.reason }) : t('review.ground')}</span>
      <span class="row-note">
        {t('review.opened')} <When at={one.at} /> {t('review.until')} <When at={one.until} />
      </span>
      {one.incident_id && (
        <span class="row-note">
          {t('review.incident', { number: one.incident_id.slice(0, 8) })}
        </span>
      )}
      {one.reviewed_at && (
        <>
          {one.outcome && <span>{one.outcome}</span>}
          <span class="row-note">
            {t('review.reviewed')} <When at={one.reviewed_at} /> {one.reviewed_by_name}
          </span>
        </>
      )}
      {!one.reviewed_at && again && <Review one={one} again={again} />}
    </li>
  );
}

function Review({ one, again }: { one: BreakGlassLine; again: () => Promise<void> }) {
  const [justified, setJustified] = useState('');
  const [outcome, setOutcome] = useState('');
  const sending = useSend();
  const send = () =>
    sending.send(async () => {
      await api(`/break-glass/${one.break_id}/review`, { method: 'POST', body: { justified: justified === 'yes', outcome: outcome.trim() } });
      await again();
    });
  return (
    <Fold title={t('review.do')} of={`${one.partner} ${one.unit}`}>
      <Form sending={sending} label={t('review.send')} onSend={send} disabled={!justified || !outcome.trim()}>
        <Choice
          legend={t('review.which')}
          name={`review-${one.break_id}`}
          at="/justified"
          value={justified}
          options={[
            { value: 'yes', text: t('review.right') },
            { value: 'no', text: t('review.wrong') },
          ]}
          onChange={setJustified}
        />
        <Text label={t('review.outcome')} help={t('review.outcome_help')} at="/outcome" required rows={2} maxLength={130} value={outcome} onInput={setOutcome} />
      </Form>
    </Fold>
  );
}
