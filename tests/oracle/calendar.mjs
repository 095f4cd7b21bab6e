// calendar.mjs - days of Japan after the specification: the class of a date, and instants as minutes of a date.  Holidays come from an npm package
// (@holiday-jp/holiday_jp), which knows nothing of the product's own rules; year end and new year are added as practice has them.
//
// A day is a number: days since 1970-01-01 in Japan.  An instant is microseconds since 1970 in UTC.  Japan is nine hours ahead, the year round.
import { createRequire } from 'node:module';

const list = createRequire(import.meta.url)('@holiday-jp/holiday_jp').holidays;

export const MINUTE = 60e6, DAY_MINUTES = 1440, DAY = DAY_MINUTES * MINUTE, JST = 9 * 60 * MINUTE;
export const CLASSES = ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear', 'local'];

export const dayOf = (text) => Date.parse(`${text}T00:00:00Z`) / 86400000;
export const dateOf = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
export const dayAt = (instant) => Math.floor((instant + JST) / DAY);
// The instant so many minutes after a day's midnight in Japan.
export const instantOf = (day, minute = 0) => day * DAY - JST + minute * MINUTE;
export const at = (text) => Date.parse(`${text.replace(' ', 'T')}+09:00`) * 1000;
// 1 Monday … 7 Sunday; 1970-01-01 was a Thursday.
export const weekdayOf = (day) => ((((day + 3) % 7) + 7) % 7) + 1;

export const holidayName = (day) => list[dateOf(day)]?.name ?? null;

const known = new Map();

export function classOf(day) {
  if (!known.has(day)) known.set(day, classOfNew(day));
  return known.get(day);
}

function classOfNew(day) {
  const date = dateOf(day).slice(5);
  if (list[dateOf(day)]) return 'national';
  if (date >= '12-29') return 'yearend';
  if (date === '01-02' || date === '01-03') return 'newyear';
  return { 6: 'saturday', 7: 'sunday' }[weekdayOf(day)] ?? 'weekday';
}
