// The duty table as this device last read it, for the time nobody answers: reckoned for the present, always marked with its own time.
import type { DutyLine, DutyNowAnswer } from '../model.ts';
import { dropFrom, keep, kept, keysFrom } from './store.ts';
import { parseTime } from './time.ts';

export interface DutyQuery {
  municipality?: string;
  days?: number;
}

const START = 'duty.';
const key = ({ municipality, days }: DutyQuery) => `${START}${municipality || 'all'}.${days ?? 0}`;
const placeOf = (name: string) => name.slice(START.length).split('.')[0];

// Who has duty at that moment, out of a table made earlier: nobody is named whose hours are over.
export function atPresent(answer: DutyNowAnswer, at: number): DutyNowAnswer {
  const lines: DutyLine[] = [...answer.now, ...answer.coming].filter((line) => parseTime(line.to) > at);
  return { ...answer, stale: true, now: lines.filter((line) => parseTime(line.from) <= at), coming: lines.filter((line) => parseTime(line.from) > at) };
}

export const keepDuty = (query: DutyQuery, answer: DutyNowAnswer): void => keep(key(query), answer);
export const dropDuty = (): void => dropFrom(START);

// The copy of the same question, else the newest one that holds that municipality; asked for all, whatever there is.
export function keptDuty(query: DutyQuery, at: number): DutyNowAnswer | undefined {
  const same = kept<DutyNowAnswer>(key(query));
  if (same) return atPresent(same, at);
  const [newest] = keysFrom(START)
    .filter((name) => !query.municipality || placeOf(name) === 'all' || placeOf(name) === query.municipality)
    .map((name) => kept<DutyNowAnswer>(name))
    .filter((answer): answer is DutyNowAnswer => Boolean(answer))
    .sort((one, other) => parseTime(other.as_of) - parseTime(one.as_of));
  if (!newest) return undefined;
  const present = atPresent(newest, at);
  const here = (line: DutyLine) => !query.municipality || line.municipality === query.municipality;
  return { ...present, now: present.now.filter(here), coming: present.coming.filter(here) };
}
