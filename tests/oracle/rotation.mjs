// rotation.mjs - who has the turn in a rotation, after the specification alone.
//
// rotation: { id, municipality, kind, advance, anchor: 'YYYY-MM-DD', handoff_minute, day_classes, weekdays, weeks, from_minute, to_minute, members }
// A turn begins at the handoff of its first day and ends at the next handoff, half open; when_active, with the
// covered days: whole days are counted, and only those.  A shift is one covered day's band, cut where the turn passes on within it; it belongs to the day it starts.
import { MINUTE, dateOf, dayAt, dayOf, instantOf, weekdayOf } from './calendar.mjs';

const monthOf = (day) => { const [year, month] = dateOf(day).split('-').map(Number); return year * 12 + month - 1; };
const firstOf = (month) => Date.UTC(Math.floor(month / 12), month % 12, 1) / 86400000;
const daysIn = (month) => firstOf(month + 1) - firstOf(month);
const dayOfMonth = (day) => Number(dateOf(day).slice(8));

// The handoff day in a month: the same date, or the month's last day where it has no such date.
const monthly = (month, wanted) => firstOf(month) + Math.min(wanted, daysIn(month)) - 1;

// The nth such weekday of a month; the last one where the month has no fifth.
function nthWeekday(month, n, weekday) {
  const first = firstOf(month), to = (weekday - weekdayOf(first) + 7) % 7, day = first + to + (n - 1) * 7;
  return day < firstOf(month + 1) ? day : day - 7;
}

// The number of the turn a day falls into, the anchor's being 0, and its first day.
export function turnOf({ kind, anchor }, day) {
  const from = dayOf(anchor);
  if (kind === 'daily') return { number: day - from, first: day };
  if (kind === 'weekly') { const number = Math.floor((day - from) / 7); return { number, first: from + number * 7 }; }
  const n = Math.ceil(dayOfMonth(from) / 7), weekday = weekdayOf(from);
  const handoff = (month) => (kind === 'monthly' ? monthly(month, dayOfMonth(from)) : nthWeekday(month, n, weekday));
  const month = monthOf(day), own = day >= handoff(month) ? month : month - 1;
  return { number: own - monthOf(from), first: handoff(own), next: handoff(own + 1) };
}

const firstDay = (rotation, number) => {
  const from = dayOf(rotation.anchor);
  if (rotation.kind === 'daily') return from + number;
  if (rotation.kind === 'weekly') return from + number * 7;
  const month = monthOf(from) + number, n = Math.ceil(dayOfMonth(from) / 7);
  return rotation.kind === 'monthly' ? monthly(month, dayOfMonth(from)) : nthWeekday(month, n, weekdayOf(from));
};

const modulo = (a, n) => ((a % n) + n) % n;

// The member whose turn a day is.  when_active: a turn in which no day is covered does not count, so nobody is passed over on a day off.
export function memberOn(rotation, day, covers) {
  const { number } = turnOf(rotation, day), { members } = rotation;
  if (!members.length || number < 0) return null;             // before the anchor it is nobody's turn
  if (rotation.advance === 'every_handoff') return members[modulo(number, members.length)];
  const active = (turn) => {
    for (let d = firstDay(rotation, turn); d < firstDay(rotation, turn + 1); d++) if (covers(d)) return true;
    return false;
  };
  let count = 0;
  for (let turn = 0; turn < number; turn++) count += active(turn) ? 1 : 0;
  return members[modulo(count, members.length)];
}

// Which days a rotation covers: a class of day, a day of the week, and which such day of the month (1 to 4; 5 is the last).
export function coveredDays(rotation, classOf) {
  const week = (day) => {
    const n = Math.ceil(dayOfMonth(day) / 7);
    return rotation.weeks.includes(n) || (rotation.weeks.includes(5) && dayOfMonth(day) + 7 > daysIn(monthOf(day)));
  };
  return (day) => rotation.day_classes.includes(classOf(day)) && (!rotation.weekdays?.length || rotation.weekdays.includes(weekdayOf(day))) && (!rotation.weeks?.length || week(day));
}

// The shift an instant falls into: { day, from, to, member }, or null between shifts.
export function shiftAt(rotation, instant, covers) {
  const today = dayAt(instant);
  for (const day of [today, today - 1]) {
    const from = instantOf(day, rotation.from_minute), to = instantOf(day, rotation.to_minute);
    if (!covers(day) || instant < from || instant >= to) continue;
    if (rotation.advance === 'when_active') return { day, from, to, member: memberOn(rotation, day, covers) };
    const turn = dayAt(instant - rotation.handoff_minute * MINUTE), begin = instantOf(turn, rotation.handoff_minute), end = instantOf(turn + 1, rotation.handoff_minute);
    return { day, from: Math.max(from, begin), to: Math.min(to, end), member: memberOn(rotation, turn, covers) };
  }
  return null;
}
