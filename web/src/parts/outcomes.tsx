// How emergencies ended while one was away: first in a care manager's morning, until read.
import { feed, markRead } from '../app/feed.ts';
import { useSend } from '../app/load.ts';
import { listed, t, word } from '../app/words.ts';
import type { AlertOutcome } from '../model.ts';
import { Refusal, Section, When } from './basic.tsx';
import { Known } from './blocks.tsx';

export function Outcomes() {
  const sending = useSend();
  const outcomes = feed.value?.outcomes ?? [];
  if (outcomes.length === 0) return null;
  return (
    <Section
      title={t('outcome.title')}
      note={t('outcome.note')}
      aside={
        <button type="button" class="button quiet small" disabled={sending.busy} onClick={() => void sending.send(markRead)}>
          {t('feed.all_read')}
        </button>
      }>
      <Refusal problem={sending.problem} />
      <ul class="rows">
        {outcomes.map((one) => (
          <Outcome key={one.alert_id} one={one} />
        ))}
      </ul>
    </Section>
  );
}

function Outcome({ one }: { one: AlertOutcome }) {
  const came = one.taken_by ? listed([one.taken_by, one.answer ? word('alert_answer_kind', one.answer) : ''].filter(Boolean)) : t('outcome.nobody');
  return (
    <li class="row row-pad">
      <a class="row-text" href={`/alerts/${one.alert_id}`}>
        <Known id={one.patient_id} name={one.patient_name} />
      </a>
      <span>
        {word('condition_tag', one.tag)} <When at={one.reported_at} />–<When at={one.ended_at} />
      </span>
      <span>
        {t('outcome.came', { who: came })} {one.arrived_at && <When at={one.arrived_at} />}
      </span>
      {one.outcome && <strong>{one.outcome}</strong>}
    </li>
  );
}
