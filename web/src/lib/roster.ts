// Rules of the roster's pages, without page or network: the month as a table, hours as people write them, what "tonight" is.
// A night belongs to the day it starts; days and clocks are Japan's.
import type { DutyLine } from '../model.ts';
import { clockTime, dateAt, dayOf, parseTime } from './time.ts';

const DAY = 86_400_000;

export interface Column {
  rotation_id: string;
  rotation: string;
  municipality: string;
}

export interface DayRow {
  date: string;
  // One cell per column: the lines that start on that day, in order.
  cells: readonly (readonly DutyLine[])[];
}

export interface MonthTable {
  columns: readonly Column[];
  rows: readonly DayRow[];
}

// Each line once, by start: the line running now and the coming ones may name the same shift.
export function distinctLines(lines: readonly DutyLine[]): DutyLine[] {
  const seen = new Set<string>();
  return [...lines]
    .sort((one, other) => parseTime(one.from) - parseTime(other.from))
    .filter((line) => {
      const key = `${line.rotation_id} ${line.from}`;
      return !seen.has(key) && Boolean(seen.add(key));
    });
}

export function columnsOf(lines: readonly DutyLine[]): Column[] {
  const columns = new Map<string, Column>();
  for (const { rotation_id, rotation, municipality } of lines)
    if (!columns.has(rotation_id)) columns.set(rotation_id, { rotation_id, rotation, municipality });
  return [...columns.values()].sort(
    (one, other) => one.municipality.localeCompare(other.municipality) || one.rotation.localeCompare(other.rotation, 'ja'),
  );
}

// Days as rows, rotations as columns; every day of the span has a row, also one on which nothing starts.
export function monthTable(lines: readonly DutyLine[], from: string, days: number): MonthTable {
  const columns = columnsOf(lines);
  const shifts = distinctLines(lines);
  const rows = Array.from({ length: days }, (_, at) => {
    const date = addDays(from, at);
    return {
      date,
      cells: columns.map((column) => shifts.filter((line) => line.rotation_id === column.rotation_id && dayOf(parseTime(line.from)) === date)),
    };
  });
  return { columns, rows };
}

export const addDays = (date: string, days: number): string => dayOf(dateAt(date) + days * DAY);
export const firstOfMonth = (date: string): string => `${date.slice(0, 7)}-01`;

export function nextMonth(date: string, by = 1): string {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + by;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}

export function daysOfMonth(date: string): number {
  return Math.round((dateAt(nextMonth(date)) - dateAt(firstOfMonth(date))) / DAY);
}

// The shift that begins next this evening or covers it, if it is not the one running: what one asks for in the afternoon.
export function tonight(now: readonly DutyLine[], coming: readonly DutyLine[], rotation: string, at: number): DutyLine | undefined {
  const evening = dateAt(dayOf(at)) + 20 * 3_600_000;
  const covers = (line: DutyLine) => line.rotation_id === rotation && parseTime(line.from) <= evening && parseTime(line.to) > evening;
  if (now.some(covers)) return undefined;
  return coming.find(covers);
}

// "8:30" → 510, "26:00" → 1560 (two at night of the next day); undefined when it is no time of that kind.
export function minutesOf(text: string): number | undefined {
  const match = /^(\d{1,2})[:：](\d{2})$/.exec(text.normalize('NFKC').trim());
  if (!match) return undefined;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) < 60 && minutes <= 2880 ? minutes : undefined;
}

// 510 → "08:30", for an input of the browser; of a time after midnight the clock alone.
export function clockOf(minutes: number): string {
  const within = minutes % 1440;
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
}

// Two clock inputs as a band: an end not after its start is the next day's.
export function bandOf(from: string, to: string): { from_minute: number; to_minute: number } | undefined {
  const start = minutesOf(from);
  const end = minutesOf(to);
  if (start === undefined || end === undefined || start >= 1440) return undefined;
  return { from_minute: start, to_minute: end <= start ? end + 1440 : end };
}

// "18:00–翌8:30"
export function bandText(from: number, to: number, nextDay: (time: string) => string): string {
  const plain = (minutes: number) => clockOf(minutes).replace(/^0/, '');
  return `${plain(from)}–${to > 1440 ? nextDay(plain(to)) : to === 1440 ? '24:00' : plain(to)}`;
}

// An instant in Japan from a date and a clock input; undefined while one of them is missing.
export function instantOf(date: string, clock: string): number | undefined {
  const minutes = minutesOf(clock);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || minutes === undefined || Number.isNaN(dateAt(date))) return undefined;
  return dateAt(date) + minutes * 60_000;
}

// The two halves of an instant, for inputs.
export const dateOf = (at: number): string => dayOf(at);
export const inputClock = (at: number): string => clockTime(at).padStart(5, '0');

// Two dates as a short note says them: "8/13–8/15", of one day "8/13".
export const shortDays = (first: string, last: string): string =>
  [...new Set([first, last])].map((day) => `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`).join('–');
