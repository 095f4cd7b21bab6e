// Who is open, now or at a day and time, and who has free places; those of whom it is not known stand apart, folded.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad } from '../app/load.ts';
import { t } from '../app/words.ts';
import { clockTime, dayOf } from '../lib/time.ts';
import type { FacilityLine, FacilitySearchAnswer } from '../model.ts';
import { Day, Empty, Input, Refusal, Skeleton } from './basic.tsx';
import { Select, Ticks } from './choices.tsx';

export interface WhenWanted {
  // "", "now", or "2026-11-24T19:30".
  open_at: string;
  // "", or "true".
  free: string;
}

export const asksWhen = ({ open_at, free }: WhenWanted): boolean => open_at !== '' || free !== '';

export function OpenFilter({ value, onChange }: { value: WhenWanted; onChange: (part: Partial<WhenWanted>) => void }) {
  const kind = value.open_at === '' || value.open_at === 'now' ? value.open_at : 'at';
  const [day = '', clock = ''] = kind === 'at' ? value.open_at.split('T') : [];
  const choose = (wanted: string) => onChange({ open_at: wanted === 'at' ? `${dayOf(Date.now())}T${clockTime(Date.now()).padStart(5, '0')}` : wanted });
  // While one of the two is being typed the other stays.
  const set = (part: { day?: string; clock?: string }) => onChange({ open_at: `${part.day ?? day}T${part.clock ?? clock}` });
  return (
    <div class="pair">
      <Select
        label={t('when.open')}
        value={kind}
        none={t('when.any')}
        options={[
          { value: 'now', text: t('when.now') },
          { value: 'at', text: t('when.at') },
        ]}
        onChange={choose}
      />
      {kind === 'at' && <Input label={t('when.day')} type="date" value={day} onInput={(day) => day && set({ day })} />}
      {kind === 'at' && <Input label={t('when.clock')} type="time" value={clock} onInput={(clock) => clock && set({ clock })} />}
      <Ticks legend={t('when.places')} values={value.free ? ['free'] : []} options={[{ value: 'free', text: t('when.free') }]} onChange={(on) => onChange({ free: on.length > 0 ? 'true' : '' })} />
    </div>
  );
}

// What stands beside a facility in the list.
export function WhenNote({ one }: { one: FacilityLine }) {
  return (
    <>
      {one.hours && (
        <span class="fact-line">
          {t('when.hours')} {one.hours}
        </span>
      )}
      {one.places && (
        <span class="fact-line">
          {one.places === '0' ? t('places.none') : t('places.so_many', { count: one.places })} {one.places_on && <Day date={one.places_on} />}
        </span>
      )}
    </>
  );
}

interface UnsureProps {
  query: Readonly<Record<string, string>>;
  row: (one: FacilityLine) => preact.ComponentChild;
}

// The second group, read when somebody opens it.
export function Unsure({ query, row }: UnsureProps) {
  const [shown, setShown] = useState(false);
  return (
    <details class="before" onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{t('when.unsure')}</summary>
      {shown && <UnsureList key={JSON.stringify(query)} query={query} row={row} />}
    </details>
  );
}

const MOST = 100;

function UnsureList({ query, row }: UnsureProps) {
  const found = useLoad(`unsure-${JSON.stringify(query)}`, () => api<FacilitySearchAnswer>('/facilities', { query: { ...query, unsure: true, limit: MOST } }));
  if (!found.data) return found.problem ? <Refusal problem={found.problem} again={() => void found.again()} /> : <Skeleton />;
  if (found.data.facilities.length === 0) return <Empty title={t('when.all_known')} />;
  return (
    <>
      <p class="help">{t('when.unsure_help')}</p>
      <p class="count">{found.data.count > MOST ? t('when.first', { count: MOST }) : t('count', { count: found.data.count })}</p>
      <ul class="rows">{found.data.facilities.map(row)}</ul>
    </>
  );
}
