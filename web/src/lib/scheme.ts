// Rules of an office's hours in the scheme of attending and deputy doctors: which period holds, and bands as they are edited and kept.
import type { ConditionTag, DayClass, SchemeBand, SchemePartView } from '../model.ts';
import { addDays, bandOf, clockOf } from './roster.ts';

export type PartState = 'now' | 'soon_over' | 'later' | 'over' | 'withdrawn';
const SOON_DAYS = 30;

// Days compare as texts.
export function partState(part: SchemePartView, today: string): PartState {
  if (part.withdrawn) return 'withdrawn';
  if (part.from > today) return 'later';
  if (part.until === undefined || part.until > addDays(today, SOON_DAYS)) return 'now';
  return part.until < today ? 'over' : 'soon_over';
}

export const isPast = (state: PartState): boolean => state === 'over' || state === 'withdrawn';

export interface BandDraft {
  // Only of this page.
  key: string;
  day_classes: DayClass[];
  weekdays: number[];
  from: string;
  to: string;
  tags: ConditionTag[];
}

export const emptyBand = (key: string): BandDraft => ({ key, day_classes: ['weekday'], weekdays: [], from: '09:00', to: '18:00', tags: [] });

export const draftOf = (band: SchemeBand, key: string): BandDraft => ({
  key,
  day_classes: [...band.day_classes],
  weekdays: [...(band.weekdays ?? [])],
  from: clockOf(band.from_minute),
  to: clockOf(band.to_minute),
  tags: [...(band.tags ?? [])],
});

// As kept; undefined while something is missing. All weekdays, like none, mean every one.
export function bandsOf(drafts: readonly BandDraft[]): SchemeBand[] | undefined {
  const bands = drafts.map((draft) => {
    const hours = bandOf(draft.from, draft.to);
    if (!hours || draft.day_classes.length === 0) return undefined;
    return {
      day_classes: draft.day_classes,
      ...hours,
      ...(draft.weekdays.length > 0 && draft.weekdays.length < 7 ? { weekdays: draft.weekdays } : {}),
      ...(draft.tags.length > 0 ? { tags: draft.tags } : {}),
    };
  });
  return bands.length > 0 && bands.every(Boolean) ? (bands as SchemeBand[]) : undefined;
}
