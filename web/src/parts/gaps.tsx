// What the roster lacks in the coming year, in words, with the way to fill it.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad } from '../app/load.ts';
import { now } from '../app/clock.ts';
import { has, mayArrange, municipalityName } from '../app/session.ts';
import { language, listed, t, word } from '../app/words.ts';
import { groupGaps } from '../lib/gaps.ts';
import { fullDate, parseTime } from '../lib/time.ts';
import type { GapListAnswer, RosterGap } from '../model.ts';
import { Chip, Refusal, Section, Skeleton } from './basic.tsx';
import { spanText } from './span.ts';

function fillAddress(gap: RosterGap): string {
  const query = new URLSearchParams({ rotation: gap.rotation_id ?? '', from: gap.from, to: gap.to });
  if (gap.person_id) query.set('remove', gap.person_id);
  return `/duty/arrange/override?${query}`;
}

export function Gaps({ few }: { few?: number }) {
  const [all, setAll] = useState(false);
  const gaps = useLoad('gap-list', () => api<GapListAnswer>('/gaps'));
  const groups = groupGaps(gaps.data?.gaps ?? []);
  const shown = all || !few ? groups : groups.slice(0, few);
  return (
    <Section title={t('gaps.title')} note={t('gaps.note')}>
      {!gaps.data && (gaps.problem ? <Refusal problem={gaps.problem} again={() => void gaps.again()} /> : <Skeleton lines={3} />)}
      {gaps.data?.gaps.length === 0 && gaps.data.checked_at && <p class="all-calm">{t('gaps.none')}</p>}
      {gaps.data && !gaps.data.checked_at && <p class="hint">{t('gaps.not_checked')}</p>}
      <ul class="rows">
        {shown.map(({ gap, more }, at) => (
          <GapRow key={at} gap={gap} more={more} />
        ))}
      </ul>
      {few && !all && groups.length > few && (
        <button type="button" class="button quiet wide" onClick={() => setAll(true)}>
          {t('gaps.all', { count: groups.length })}
        </button>
      )}
      {gaps.data?.more && (all || !few) && <p class="soft">{t('gaps.more')}</p>}
    </Section>
  );
}

const DAY = 86_400_000;

// An agreement is said by its last day, not by the stretch without one.
const ends = (gap: RosterGap): string =>
  t(parseTime(gap.from) > now.value ? 'gaps.scheme_ends' : 'gaps.scheme_ended', { date: fullDate(parseTime(gap.from) - DAY, language.value) });

function GapRow({ gap, more }: { gap: RosterGap; more: number }) {
  const scheme = gap.kind === 'scheme';
  const desk = gap.kind === 'desk' || gap.kind === 'desk_call';
  const people = gap.people === undefined ? '' : t('gaps.people', { count: gap.people });
  // Too few doctors and the last resort are no matter of hours.
  const what = scheme ? gap.office : desk ? municipalityName(gap.municipality) : (gap.kind === 'few_doctors' && people) || spanText(gap.from, gap.to);
  const facts = [desk ? '' : municipalityName(gap.municipality), gap.rotation ?? '', gap.name ?? '', (!scheme && gap.office) || '', what === people ? '' : people];
  const fillable = mayArrange.value && gap.rotation_id && gap.kind !== 'calendar';
  return (
    <li class="row row-pad gap-row">
      <span class="row-text">
        <span class="gap">{scheme ? ends(gap) : word('gap_kind', gap.kind)}</span> {gap.soon && <Chip kind="wait">{t('gaps.soon')}</Chip>}{' '}
        {gap.yearend && <Chip>{t('gaps.yearend')}</Chip>}
      </span>
      <span class="row-text">
        <strong>{what}</strong> {more > 0 && t('gaps.also', { count: more })}
      </span>
      <span class="row-note">{listed(facts.filter(Boolean))}</span>
      <span class="row-note">
        {fillable && (
          <a class="button quiet small" href={fillAddress(gap)}>
            {t('gaps.fill')}
          </a>
        )}
        {desk && has('municipal_officer', 'administrator', 'operator', 'rota_office') && (
          <a class="button quiet small" href="/last-resort">
            {t('resort.title')}
          </a>
        )}
        {gap.patient_id && (
          <a class="button quiet small" href={`/patients/${gap.patient_id}/chain`}>
            {t('gaps.chain')}
          </a>
        )}
      </span>
    </li>
  );
}
