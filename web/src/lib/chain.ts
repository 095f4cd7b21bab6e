// Rules of the chain editor: rows in the order people think of them, and as the service keeps them.
import type { ChainRow, ConditionTag, DayClass, TargetKind } from '../model.ts';
import { bandOf, clockOf } from './roster.ts';

export interface Draft {
  // Only of this page.
  key: string;
  // Asked together with the row before.
  together: boolean;
  day_classes: DayClass[];
  weekdays: number[];
  from: string;
  to: string;
  tags: ConditionTag[];
  target: TargetKind;
  id: string;
  // Name of the target, for reading.
  name: string;
  delay_seconds: number;
}

const STANDARD_DELAY = 180;
export const WORKDAYS: readonly DayClass[] = ['weekday'];
export const DELAYS: readonly number[] = [30, 60, 180, 300, 600, 1800];

export const emptyDraft = (key: string, days: readonly DayClass[]): Draft => ({
  key,
  together: false,
  day_classes: [...days],
  weekdays: [],
  from: '00:00',
  to: '00:00',
  tags: [],
  target: 'person',
  id: '',
  name: '',
  delay_seconds: STANDARD_DELAY,
});

const idOf = (row: ChainRow): string => row.person_id ?? row.rotation_id ?? row.office_id ?? '';

// As kept → as edited; rows of one position belong together.
export function draftsOf(rows: readonly ChainRow[], nameOf: (row: ChainRow) => string): Draft[] {
  return [...rows]
    .sort((one, other) => one.position - other.position)
    .map((row, at, all) => ({
      key: `row-${at}`,
      together: at > 0 && all[at - 1]!.position === row.position,
      day_classes: [...row.day_classes],
      weekdays: [...(row.weekdays ?? [])],
      from: clockOf(row.from_minute),
      to: clockOf(row.to_minute),
      tags: [...(row.tags ?? [])],
      target: row.target,
      id: idOf(row),
      name: nameOf(row),
      delay_seconds: row.delay_seconds ?? STANDARD_DELAY,
    }));
}

const targetOf = (draft: Draft): Partial<ChainRow> => {
  if (draft.target === 'person') return { person_id: draft.id };
  if (draft.target === 'rotation') return { rotation_id: draft.id };
  return draft.id ? { office_id: draft.id } : {};
};

// What is missing before a row says something: its target, a day, its hours.
export function lacks(draft: Draft): 'target' | 'days' | 'hours' | undefined {
  if (!draft.id && draft.target !== 'last_resort') return 'target';
  if (draft.day_classes.length === 0) return 'days';
  return bandOf(draft.from, draft.to) ? undefined : 'hours';
}

// As edited → as kept; positions count from 1, rows asked together share one.
export function rowsOf(drafts: readonly Draft[]): ChainRow[] {
  let position = 0;
  return drafts.map((draft, at) => {
    if (at === 0 || !draft.together) position++;
    return {
      position,
      day_classes: [...draft.day_classes],
      ...(draft.weekdays.length > 0 && draft.weekdays.length < 7 ? { weekdays: [...draft.weekdays] } : {}),
      ...bandOf(draft.from, draft.to)!,
      ...(draft.tags.length > 0 ? { tags: [...draft.tags] } : {}),
      target: draft.target,
      ...targetOf(draft),
      delay_seconds: draft.delay_seconds,
    };
  });
}

// One place up or down; the first row is never "together with the one before".
export function moved(drafts: readonly Draft[], at: number, by: -1 | 1): Draft[] {
  const to = at + by;
  if (to < 0 || to >= drafts.length) return [...drafts];
  const result = [...drafts];
  [result[at], result[to]] = [result[to]!, result[at]!];
  return result.map((draft, place) => (place === 0 && draft.together ? { ...draft, together: false } : draft));
}
