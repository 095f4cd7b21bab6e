// oracle.mjs - the resolver compared with an oracle in another language, written from the specification only.  TAP on standard output.
//   CASES=12000  how many generated cases     SEED=20261231  other cases
import { at, dateOf, dayAt, dayOf, instantOf } from './calendar.mjs';
import { cases } from './cases.mjs';
import { ask, wanted } from './product.mjs';
import { onDuty } from './resolve.mjs';
import { base, table, world as truth } from './truth.mjs';

const CASES = Number(process.env.CASES ?? 12000), SEED = Number(process.env.SEED ?? 20261231);
let count = 0, failed = 0;

function ok(good, name, notes = []) {
  console.log(`${good ? '' : 'not '}ok ${++count} - ${name}`);
  if (!good) for (const note of notes.slice(0, 5)) console.log(`# ${JSON.stringify(note).slice(0, 4000)}`);
  failed += good ? 0 : 1;
}

// Asks the product every case and names those in which it says something else than the oracle.
function same(name, list, note = '') {
  const answers = ask(list);
  const wrong = list.map((one, n) => ({ ...one, wanted: wanted(one), got: answers[n] })).filter((one) => JSON.stringify(one.wanted) !== JSON.stringify(one.got));
  ok(wrong.length === 0 && answers.length === list.length, `${name} (${list.length} cases${note})`, [`${wrong.length} differ`, ...wrong]);
  return answers;
}
const one = (world, instant, condition = {}) => ({ world: { ...base, ...world }, at: typeof instant === 'string' ? at(instant) : instant, condition: { tag: null, reporter: null, ...condition } });
const everyDay = (from, to, make) => Array.from({ length: dayOf(to) - dayOf(from) + 1 }, (_, n) => make(dayOf(from) + n));
const people = (answer) => answer.filter((target) => target.id !== 'z').map((target) => target.id);

// ---- N-20: the table of the specification ------------------------------------------------------------------------------------------------------
function truthTable() {
  const list = table.map((row) => ({ ...one({ ...truth, absences: row.without ? [{ person: row.without, from: row.at - 1000, to: row.at + 1000 }] : [] }, row.at, { tag: row.tag }), row }));
  const words = (answer) => [...new Set(answer.map(({ step }) => step))].map((step) => answer.filter((target) => target.step === step).map(({ id }) => id).sort().join('+'));
  const answers = ask(list);
  list.forEach(({ row }, n) => ok(JSON.stringify(words(answers[n])) === JSON.stringify(row.expected), `N-20: ${row.name}: ${row.expected.join(', then ')}`, [{ got: answers[n] }]));
  same('N-20: the oracle reads the table as the product does', list);
}

// ---- N-21: every day ----------------------------------------------------------------------------------------------------------------------------
function calendar() {
  const classes = ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear', 'local'];
  const rows = classes.map((name, n) => ({ position: n + 1, day_classes: [name], from_minute: 0, to_minute: 1440, target: 'person', id: name }));
  const list = everyDay('2019-01-01', '2030-12-31', (day) => one({ rows }, instantOf(day, 720))), answers = same('N-21: every day 2019 to 2030 has the class of the npm list, of 12/29–12/31 and 1/2–1/3', list);
  const kinds = answers.map((answer) => people(answer)[0]), of = (day) => kinds[dayOf(day) - dayOf('2019-01-01')], number = (kind) => kinds.filter((one_) => one_ === kind).length;
  ok(of('2026-05-06') === 'national' && of('2026-09-22') === 'national' && of('2027-03-22') === 'national', 'N-21: 振替休日 and 国民の休日 of 2026 and 2027');
  ok(number('yearend') === 36 && number('newyear') === 23, 'N-21: every year three days of year end and two of new year; only 2023-01-02 is a holiday instead', [number('yearend'), number('newyear')]);
}

// ---- N-22, N-23: nights and handoffs ---------------------------------------------------------------------------------------------------------------
const off = ['saturday', 'sunday', 'national', 'yearend', 'newyear'], all = ['weekday', ...off, 'local'];
const whole = { day_classes: all, from_minute: 0, to_minute: 1440 };
const rotation = (more) => ({ id: 'r1', municipality: '990019', kind: 'daily', advance: 'every_handoff', anchor: '2026-01-01', handoff_minute: 510, day_classes: all, from_minute: 510, to_minute: 1950, members: ['p1', 'p2', 'p3', 'p4', 'p5'], ...more });
const duty = (more) => ({ rotations: [rotation(more)], rows: [{ position: 1, target: 'rotation', id: 'r1', ...whole }] });

function nights() {
  const rows = [{ position: 1, day_classes: ['weekday'], from_minute: 1080, to_minute: 1950, target: 'person', id: 'p1' }, { position: 2, day_classes: off, from_minute: 510, to_minute: 1950, target: 'person', id: 'p2' }];
  const list = everyDay('2026-12-25', '2027-01-06', (day) => [0, 509, 510, 1079, 1080, 1439].map((minute) => one({ rows }, instantOf(day, minute)))).flat();
  const answers = same('N-22: nights over 年末年始 belong to the day they start', list);
  const who = (time) => people(answers[list.findIndex((one_) => one_.at === at(time))]).join();
  ok(who('2026-12-28 18:00') === 'p1' && who('2026-12-29 08:29') === 'p1' && who('2026-12-29 08:30') === 'p2', 'N-22: the night of 12-28 lasts to 08:30 of 12-29, which then is a day off');
}

function handoffs() {
  const edges = everyDay('2026-01-02', '2026-12-31', (day) => [-1000, 0, 1000].map((off_) => one(duty(), instantOf(day, 510) + off_))).flat(), answers = same('N-23: a handoff is half open, all through a year', edges);
  ok(answers.every((answer) => people(answer).length === 1), 'N-23: every instant has exactly one answer');
  ok(edges.every((_, n) => n % 3 !== 0 || (people(answers[n])[0] !== people(answers[n + 1])[0] && people(answers[n + 1])[0] === people(answers[n + 2])[0])), 'N-23: at 08:29:59.999 the old one, at 08:30:00.000 the new one');
}

// ---- N-24, N-25: sequences -------------------------------------------------------------------------------------------------------------------------
// Who is on duty at noon, day by day, as one letter each; '-' is nobody.
function sequence(more, from, to) {
  const list = everyDay(from, to, (day) => one(duty(more), instantOf(day, 720))), answers = ask(list);
  const mine = list.map((one_) => onDuty(one_.world, one_.world.rotations[0], one_.at) ?? '-');
  const letters = answers.map((answer) => people(answer)[0] ?? '-');
  ok(JSON.stringify(mine) === JSON.stringify(letters), `N-24: ${more.kind ?? 'daily'}, ${more.advance}, ${from} to ${to}: product and oracle agree`, [{ mine, letters }]);
  return letters.map((id) => id.replace('p', '')).join('');
}

function sequences() {
  const is = (more, from, to, expected) => { const got = sequence(more, from, to); ok(got === expected, `N-24: ${more.kind ?? 'daily'}, ${more.advance}: ${from} to ${to} is ${expected}`, [got]); };
  const days = { day_classes: off, members: ['p1', 'p2', 'p3'] };
  // Golden Week 2026: Wed 4/29; Sat 5/2; Sun 5/3 to Wed 5/6.  Nobody loses the turn over working days when only days on duty count.
  is({ ...days, advance: 'when_active', anchor: '2026-04-29' }, '2026-04-29', '2026-05-10', '1--23123--12');
  is({ ...days, advance: 'every_handoff', anchor: '2026-04-29' }, '2026-04-29', '2026-05-10', '1--12312--23');
  // 年末年始 2026: Sat 12/26, Sun 12/27, Tue 12/29 to Sun 1/3.
  is({ ...days, advance: 'when_active', anchor: '2026-12-26' }, '2026-12-26', '2027-01-10', '12-312312-----31');
  is({ ...days, advance: 'every_handoff', anchor: '2026-12-26' }, '2026-12-26', '2027-01-10', '12-123123-----31');
  is({ advance: 'every_handoff', kind: 'weekly', anchor: '2026-12-28', members: ['p1', 'p2', 'p3'] }, '2026-12-28', '2027-01-17', '111111122222223333333');
}

function months() {
  const handoffDays = (more, from, to) => {
    const list = everyDay(from, to, (day) => one(duty({ members: ['p1', 'p2', 'p3', 'p4', 'p5'], advance: 'every_handoff', ...more }), instantOf(day, 720))), answers = same(`N-25: ${more.kind} from ${more.anchor}: every day to ${to}`, list);
    return list.map((one_, n) => ({ day: dateOf(dayAt(one_.at)), who: people(answers[n])[0], before: n ? people(answers[n - 1])[0] : null })).filter(({ who, before }) => before && who !== before).map(({ day }) => day);
  };
  const lastDays = (n) => (day) => { const [y, m] = day.split('-').map(Number); return Number(day.slice(8)) === Math.min(n, new Date(Date.UTC(y, m, 0)).getUTCDate()); };
  for (const n of [29, 30, 31]) {
    const days = handoffDays({ kind: 'monthly', anchor: `2026-01-${n}` }, '2026-01-29', '2028-12-31'), own = days.filter((day) => day > `2026-01-${n}`);
    ok(own.length === 35 && own.every(lastDays(n)), `N-25: monthly on the ${n}th: one handoff in each month, on its last day where it is too short`, [own]);
  }
  for (const [n, anchor] of [[1, '2026-01-06'], [2, '2026-01-10'], [3, '2026-01-21'], [4, '2026-01-25'], [5, '2026-01-30']]) {
    const own = handoffDays({ kind: 'nth_weekday', anchor }, anchor, '2028-12-31');
    ok(own.length === 35 && new Set(own.map((day) => day.slice(0, 7))).size === 35, `N-25: 第${n} weekday of ${anchor}: no month skipped, none doubled`, [own]);
  }
}

// ---- N-26, N-27, N-30 -------------------------------------------------------------------------------------------------------------------------------
function changes() {
  const from = at('2026-11-24 08:30'), to = at('2026-11-25 08:30'), middle = at('2026-11-24 20:00');
  const rows = [{ position: 1, target: 'rotation', id: 'r1', ...whole }, { position: 2, target: 'person', id: 'p6', ...whole }];
  const own = onDuty({ ...base, ...duty() }, rotation(), middle), next = onDuty({ ...base, ...duty() }, rotation(), to), other = ['p1', 'p2', 'p3', 'p4', 'p5'].find((id) => id !== own && id !== next);
  const check = (name, more, expected, instant = middle) => {
    const [answer] = same(name, [one({ ...duty(), rows, ...more }, instant)]);
    ok(JSON.stringify(people(answer)) === JSON.stringify(expected), `${name}: ${expected.join(', then ')}`, [answer]);
  };
  const override = (more) => ({ overrides: [{ rotation: 'r1', from, to, remove: null, add: null, ...more }] });
  const swap = (more) => ({ swaps: [{ asker: own, taker: next, given: { rotation: 'r1', from, to }, back: { rotation: 'r1', from: to, to: to + (to - from) }, accepted: true, ...more }] });
  check('N-26: who is away is passed over', { absences: [{ person: own, from, to }] }, ['p6']);
  check('N-26: an absence ends as it says, half open', { absences: [{ person: own, from, to: middle }] }, [own, 'p6']);
  check('N-26: 代診 of who is on duty', override({ remove: own, add: other }), [other, 'p6']);
  check('N-26: 代診 of who is on duty and away', { ...override({ remove: own, add: other }), absences: [{ person: own, from, to }] }, [other, 'p6']);
  check('N-26: 代診 of somebody who is not on duty does nothing', override({ remove: next, add: other }), [own, 'p6']);
  check('N-26: 代診 that begins when another ends', { overrides: [{ rotation: 'r1', from, to: middle, remove: null, add: other }, { rotation: 'r1', from: middle, to, remove: null, add: next }] }, [next, 'p6']);
  check('N-26: …and just before', { overrides: [{ rotation: 'r1', from, to: middle, remove: null, add: other }, { rotation: 'r1', from: middle, to, remove: null, add: next }] }, [other, 'p6'], middle - 1000);
  check('N-27: a swap both have agreed to', swap(), [next, 'p6']);
  check('N-27: …and the shift given in return', swap(), [own, 'p6'], to + 3600e6);
  check('N-27: a swap that is only asked for does nothing', swap({ accepted: false }), [own, 'p6']);
  check('N-27: a swap over a shift that is not the asker’s any more does nothing', { ...swap(), rotations: [rotation({ anchor: '2026-01-02' })] }, [onDuty({ ...base, ...duty() }, rotation({ anchor: '2026-01-02' }), middle), 'p6']);
  check('N-28: 代診 of who has taken the shift by a swap counts', { ...swap(), ...override({ remove: next, add: other }) }, [other, 'p6']);
  check('N-28: …and so does one of whoever it is', { ...swap(), ...override({ add: other }) }, [other, 'p6']);
  check('N-26: 代診 of who has given the shift away does nothing', { ...swap(), ...override({ remove: own, add: other }) }, [next, 'p6']);
  check('N-30: nobody who can be reached: only the last resort', { unreachable: ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'] }, []);
  check('N-30: no order of doctors: only the last resort', { rows: [] }, []);
  check('N-30: no consent: the order is not used, the doctor’s office is called', { team_consent: false, attending_office: 'o1' }, ['o1']);
  check('N-30: …nor is there such an office: only the last resort', { team_consent: false }, []);
}

function generated() {
  const list = [...cases(SEED, CASES)], answers = same(`N-20: generated cases of seed ${SEED}`, list);
  ok(answers.every((answer) => answer.at(-1)?.target === 'last_resort'), 'N-30: no case exists that calls nobody: the last resort is always there, and last');
}

truthTable();
calendar();
nights();
handoffs();
sequences();
months();
changes();
generated();
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
