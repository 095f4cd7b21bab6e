// Who would be asked, in which order, why: the resolver's answer as people read it.
import { t } from '../app/words.ts';
import type { ResolveAnswer } from '../model.ts';
import { Tel } from './basic.tsx';

export const delayText = (seconds: number): string =>
  seconds < 60 || seconds % 60 ? t('order.delay_seconds', { seconds }) : t('order.delay', { minutes: seconds / 60 });

export function OrderOf({ answer }: { answer: ResolveAnswer }) {
  return (
    <>
      {answer.chain_note && <p class="hint">{answer.chain_note}</p>}
      {answer.calendar_unsettled && <p class="hint">{t('order.unsettled')}</p>}
      <ol class="tries">
        {answer.targets.map((target, at) => (
          <li class="try" key={at}>
            <span class="try-number">{target.position}</span>
            <span class="try-who">
              <strong>{target.name}</strong> <Tel number={target.phone} />
              <span class="soft try-reason">{target.reason}</span>
            </span>
            <span class="try-state soft">{target.delay_seconds > 0 && delayText(target.delay_seconds)}</span>
          </li>
        ))}
      </ol>
      {(answer.skipped ?? []).length > 0 && (
        <details class="before">
          <summary>{t('order.skipped', { count: answer.skipped!.length })}</summary>
          <ul class="plain-list">
            {answer.skipped!.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
