// truth.mjs - the truth table of the specification (§3.2) as one world with its rows, and what each row expects.
import { at } from './calendar.mjs';

const every = ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear', 'local'];
const off = ['saturday', 'sunday', 'national', 'yearend', 'newyear'];
const night = { from_minute: 1080, to_minute: 1950 }, whole = { from_minute: 0, to_minute: 1440 };
const person = (position, id, more) => ({ position, target: 'person', id, ...more });

// A world in which nothing is special.
export const base = { municipality: '990019', team_consent: true, consented_rotations: ['r1', 'r2', 'r3', 'R'], emergency_nursing: false, attending_office: null, last_resort: 'z', offices: { p1: 'c1', p2: 'c1', p3: 'c2', p4: 'c3', p5: 'c3', p6: 'c4' }, closures: [], rotations: [],
  rows: [], absences: [], overrides: [], swaps: [], unreachable: [], left: [], terminal: false, terminal_rows: false, attending: null, deputies: [], stations: [] };

export const world = {
  ...base, last_resort: 'Z',
  rotations: [{ id: 'R', municipality: '990019', kind: 'daily', advance: 'every_handoff', anchor: '2026-01-01', handoff_minute: 510, day_classes: off, from_minute: 510, to_minute: 1950, members: ['R0', 'R1', 'R2', 'R3', 'R4'] }],
  rows: [
    person(1, 'A', { day_classes: ['weekday'], from_minute: 510, to_minute: 1080 }),
    { position: 1, target: 'office', id: 'N', day_classes: every, ...whole },
    person(1, 'B', { day_classes: ['weekday'], weekdays: [1, 3, 5], ...night }),
    person(1, 'C', { day_classes: ['weekday'], weekdays: [2, 4], ...night }),
    { position: 1, target: 'rotation', id: 'R', day_classes: every, ...whole },
    person(2, 'C', { day_classes: every, ...whole, tags: ['circulation'] }),
  ],
};

// The member of R on a date: the turn passes every day.
const r = (date) => `R${(((at(`${date} 00:00`) - at('2026-01-01 00:00')) / 86400e6) % 5)}`;
const row = (time, expected, more = {}) => ({ name: `${time} ${more.tag ?? ''}${more.without ? ` without ${more.without}` : ''}`.trim(), at: at(time), tag: more.tag ?? null, without: more.without, expected });

export const table = [
  row('2026-09-18 10:00', ['A+N', 'Z']),
  row('2026-09-18 10:00', ['A+N', 'C', 'Z'], { tag: 'circulation' }),
  row('2026-09-22 10:00', [`N+${r('2026-09-22')}`, 'Z']),
  row('2026-05-06 21:00', [`N+${r('2026-05-06')}`, 'Z']),
  row('2026-05-07 02:00', [`N+${r('2026-05-06')}`, 'Z']),
  row('2026-09-19 07:00', ['B+N', 'Z']),
  row('2026-09-19 09:00', [`N+${r('2026-09-19')}`, 'Z']),
  row('2026-12-28 17:59', ['A+N', 'Z']),
  row('2026-12-28 18:00', ['B+N', 'Z']),
  row('2026-12-29 08:29', ['B+N', 'Z']),
  row('2026-12-29 08:30', [`N+${r('2026-12-29')}`, 'Z']),
  row('2027-01-03 23:59', [`N+${r('2027-01-03')}`, 'Z']),
  row('2027-01-04 08:29', [`N+${r('2027-01-03')}`, 'Z']),
  row('2027-01-04 08:30', ['A+N', 'Z']),
  row('2026-09-16 20:00', ['N+Z'], { without: 'B' }),         // no doctor: the last resort at once, not after somebody's delay
];
