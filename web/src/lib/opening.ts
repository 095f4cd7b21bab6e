// Opening hours as they are typed in, a line for each day, and as they are kept.
import type { HoursSlot, HoursView } from '../model.ts';
import { bandOf, clockOf } from './roster.ts';

export const HOLIDAY = 8;
export const EVERY_WEEK = 31;
export const SLOTS_A_DAY = 4;

// same: a holiday like any other such weekday.
export type DayState = 'unknown' | 'open' | 'untimed' | 'closed' | 'same';
export interface SlotDraft {
  from: string;
  to: string;
  // Bit n - 1: in the nth week of the month.
  weeks: number;
}
export interface DayDraft {
  state: DayState;
  slots: SlotDraft[];
}

export const freshSlot = (): SlotDraft => ({ from: '09:00', to: '12:00', weeks: EVERY_WEEK });

const maskOf = (weeks: readonly number[] | undefined): number => (weeks?.length ? weeks.reduce((mask, week) => mask | (1 << (week - 1)), 0) : EVERY_WEEK);
export const weeksOf = (mask: number): number[] => [1, 2, 3, 4, 5].filter((week) => mask & (1 << (week - 1)));

// The eight days of what is kept; nothing kept: nothing known.
export function draftsOf(view: HoursView | undefined): DayDraft[] {
  return Array.from({ length: HOLIDAY }, (_, at) => {
    const day = at + 1;
    const slots = (view?.slots ?? []).filter((slot) => slot.day === day);
    if (view?.closed.includes(day)) return { state: 'closed', slots: [] };
    if (day === HOLIDAY && view?.holidays_as_weekdays) return { state: 'same', slots: [] };
    const drafts = slots.map((slot) => ({ from: slot.to_minute ? clockOf(slot.from_minute!) : '', to: slot.to_minute ? clockOf(slot.to_minute) : '', weeks: maskOf(slot.weeks) }));
    return { state: drafts.length === 0 ? 'unknown' : drafts.some((slot) => slot.to) ? 'open' : 'untimed', slots: drafts };
  });
}

function slotOf(day: number, { from, to, weeks }: SlotDraft, timed: boolean): HoursSlot | undefined {
  const band = timed ? bandOf(from, to) : {};
  return band && { day, ...(weeks !== EVERY_WEEK && { weeks: weeksOf(weeks) }), ...band };
}

// As kept; undefined while a time is missing.
export function hoursOfDrafts(days: readonly DayDraft[]): { slots: HoursSlot[]; closed: number[]; holidays_as_weekdays: boolean } | undefined {
  const slots = days.flatMap(({ state, slots }, at) => (state === 'open' || state === 'untimed' ? slots.map((slot) => slotOf(at + 1, slot, state === 'open')) : []));
  if (slots.some((slot) => !slot)) return undefined;
  return {
    slots: slots as HoursSlot[],
    closed: days.flatMap(({ state }, at) => (state === 'closed' ? [at + 1] : [])),
    holidays_as_weekdays: days[HOLIDAY - 1]!.state === 'same',
  };
}

// Tuesday to Friday as Monday is.
export const weekLikeMonday = (days: readonly DayDraft[]): DayDraft[] =>
  days.map((day, at) => (at >= 1 && at <= 4 ? { state: days[0]!.state, slots: days[0]!.slots.map((slot) => ({ ...slot })) } : day));
