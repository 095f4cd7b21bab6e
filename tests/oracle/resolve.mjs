// resolve.mjs - the order of people for one person, one instant and one condition, after the specification alone (spec §3.1, §3.2, practice 03):
// rows that match in order → who has the turn → swaps, overrides, absences → reachable → each once → who reports → the last resort, always and last.
//
// Nothing here reads a clock, a file or the product's sources.
import { classOf as classInJapan, dateOf, dayAt, instantOf, weekdayOf } from './calendar.mjs';
import { coveredDays, shiftAt } from './rotation.mjs';

const STANDARD_DELAY = 180, STATION_ALONE = 180;
const within = (instant, { from, to }) => from <= instant && instant < to;

// ---- days ------------------------------------------------------------------------------------------------------------------------------------
// A local closure turns a working day or a Saturday of that municipality or office into `local`; a day off stays what it is.
export function classFor(world, day, municipality, office) {
  const own = classInJapan(day);
  if (!world.closures.length || (own !== 'weekday' && own !== 'saturday')) return own;
  const date = dateOf(day);
  const closed = (one) => one.first <= date && date <= one.last && (one.municipality ? one.municipality === municipality : one.office === office);
  return world.closures.some(closed) ? 'local' : own;
}

const officeOfRow = (world, row) => (row.target === 'person' ? row.office ?? world.offices[row.id] : row.target === 'rotation' ? null : row.id);

// A row holds when its band of today or of the day before runs at that instant, and that day is one of its days.
function holds(world, row, instant) {
  const today = dayAt(instant);
  return [today, today - 1].some((day) => instantOf(day, row.from_minute) <= instant && instant < instantOf(day, row.to_minute)
    && row.day_classes.includes(classFor(world, day, world.municipality, officeOfRow(world, row))) && (!row.weekdays?.length || row.weekdays.includes(weekdayOf(day))));
}

// ---- rotations ---------------------------------------------------------------------------------------------------------------------------------
// The plan: a monthly table's shift on the days it was set for, else the rule's.
export function plannedShift(world, rotation, instant) {
  const table = (rotation.table ?? []).find((one) => within(instant, one));
  if (table) return { from: table.from, to: table.to, member: table.person };
  const shift = shiftAt(rotation, instant, coveredDays(rotation, (day) => classFor(world, day, rotation.municipality, null)));
  const set = shift && (rotation.table_days ?? []).some(({ first, last }) => first <= dateOf(shift.day) && dateOf(shift.day) <= last);
  return set ? null : shift;
}

const away = (world, person, instant) => world.absences.some((one) => one.person === person && within(instant, one));

// Whose shift it is after the swaps, in the order in which they were entered: each hands what it covers from one party to the other, if it is still that one's.
function afterSwaps(world, rotation, instant) {
  let person = plannedShift(world, rotation, instant)?.member ?? null;
  for (const { accepted, asker, taker, given, back } of world.swaps) {
    const covers = (part) => accepted && part?.rotation === rotation.id && within(instant, part);
    if (covers(given) && person === asker) person = taker;
    else if (covers(back) && person === taker) person = asker;
  }
  return person;
}

// 代診 of a rotation, or of a person wherever he would be asked; without `remove` for whoever it is, also where nobody is; without `add` nobody instead.
const byOverride = (world, rotation, instant, person) => world.overrides.find((one) => within(instant, one) && (one.rotation === rotation || one.rotation == null)
  && (one.remove == null ? one.rotation != null : one.remove === person));

// The one who is asked at that instant for a rotation, or for a person by name; null is nobody.
function holder(world, rotation, instant, name) {
  const before = rotation ? plannedShift(world, rotation, instant)?.member ?? null : name, planned = rotation ? afterSwaps(world, rotation, instant) : name;
  const override = byOverride(world, rotation?.id ?? null, instant, planned);
  if (override) return override.add ?? null;
  return planned === null || (planned === before && away(world, planned, instant)) ? null : planned;
}

// Who is on duty in a rotation, or null.
export const onDuty = (world, rotation, instant) => holder(world, rotation, instant);

// ---- the order -----------------------------------------------------------------------------------------------------------------------------------
// Whom a row means at that instant, or null: { target, id, key }, the key being what cannot be asked twice.
function meant(world, row, instant) {
  if (row.target === 'person') return { target: 'person', id: holder(world, null, instant, row.id) };
  if (row.target !== 'rotation') return { target: row.target, id: row.id };
  const rotation = world.rotations.find((one) => one.id === row.id);
  return { target: 'rotation', id: rotation && world.consented_rotations.includes(rotation.id) ? onDuty(world, rotation, instant) : null };
}

// The steps of some rows: those that hold, in order, without whoever cannot be asked, each once.
function stepsOf(world, rows, instant, tag) {
  const matching = rows.filter((row) => holds(world, row, instant) && (!row.tags?.length || row.tags.includes(tag))).map((row, order) => ({ row, order }));
  const steps = new Map(), asked = new Set();
  for (const { row } of matching.sort((a, b) => a.row.position - b.row.position || a.order - b.order)) {
    const { target, id } = meant(world, row, instant);
    if (id == null || world.left.includes(id) || world.unreachable.includes(id) || asked.has(id)) continue;
    asked.add(id);
    steps.set(row.position, [...(steps.get(row.position) ?? []), { target, id, delay: row.delay_seconds ?? STANDARD_DELAY }]);
  }
  return [...steps.values()];
}

const isDoctor = ({ target }) => target === 'person' || target === 'rotation', isStation = ({ target }) => target === 'office';
const without = (steps, which) => steps.map((step) => step.filter((one) => !which(one))).filter((step) => step.length);

// Where 緊急時訪問看護 is agreed and family, a helper or other staff report: the station alone first, the doctors three minutes later (practice 03).
function stationFirst(steps) {
  const stations = steps.flat().filter(isStation), others = without(steps, isStation);
  return stations.length && others.flat().some(isDoctor) ? [stations.map((one) => ({ ...one, delay: STATION_ALONE })), ...others] : steps;
}

// The first doctor is asked at once by a nurse where 緊急時訪問看護 is agreed (practice 03); for dispatch the first station is, too (§3.3, E0).
function atOnce(steps, alsoStation) {
  const firstOf = (which) => steps.find((step) => step.some(which))?.filter(which) ?? [], now = [...firstOf(isDoctor), ...(alsoStation ? firstOf(isStation) : [])];
  const [first = [], ...others] = steps.map((step) => step.filter((one) => !now.includes(one)));
  return steps.length ? [[...first, ...now], ...others].filter((step) => step.length) : steps;
}

// Who reports decides who is called first; the order agreed for dying is not changed by it.
function byReporter(world, reporter, steps) {
  if (reporter === 'dispatch') return atOnce(steps, true);
  if (!world.emergency_nursing) return steps;
  if (reporter === 'nurse') return atOnce(steps, false);
  return reporter === 'family' || reporter === 'staff' ? stationFirst(steps) : steps;
}

const every = { day_classes: ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear', 'local'], from_minute: 0, to_minute: 1440 };
const officeRows = (position, ids) => ids.map((id) => ({ position, target: 'office', id, ...every }));
const bringsStation = (steps) => steps.flat().some(isStation);

// 看取り without an order made for it: the stations of the usual order and the attending doctor at once, then the deputies.
function dyingRows(world, stations) {
  const person = (position, id) => ({ position, target: 'person', id, ...every });
  return [...stations.map((row) => ({ ...row, position: 1 })), ...(world.attending ? [person(1, world.attending)] : []), ...world.deputies.map((id) => person(2, id))];
}

function dyingSteps(world, instant, tag) {
  const usual = world.rows.filter(({ target }) => target === 'office').sort((a, b) => a.position - b.position), steps = stepsOf(world, dyingRows(world, usual), instant, tag);
  return bringsStation(steps) ? steps : stepsOf(world, dyingRows(world, officeRows(1, world.stations)), instant, tag);
}

// Whom the rows name at this instant; for dispatch the care team's stations stand behind them where the rows bring none (EMS-02: doctor and nurse).
function usualSteps(world, instant, tag, reporter) {
  const steps = stepsOf(world, world.rows, instant, tag);
  return reporter !== 'dispatch' || world.terminal || bringsStation(steps) ? steps : [...steps, ...stepsOf(world, officeRows(1, world.stations.filter((id) => !steps.flat().some((one) => one.id === id))), instant, tag)];
}

// Where the order cannot be used: the attending doctor's office, whose main line people can ring whether or not the region has tried it.
const practice = ({ attending_office }) => (attending_office ? [[{ target: 'office', id: attending_office, delay: STANDARD_DELAY }]] : []);

// [{ step, target, id, delay }] – equal steps are asked at once.  The last resort stands last, whatever the world holds; with no doctor left everybody is
// asked at once, for nobody is worth waiting for.
export function resolve(world, instant, { tag, reporter }) {
  const dying = world.terminal && !world.terminal_rows, usable = world.team_consent && (world.rows.length > 0 || (world.terminal && (world.attending || world.deputies.length > 0)));
  let steps = !usable ? practice(world) : dying ? dyingSteps(world, instant, tag ?? 'other') : usualSteps(world, instant, tag ?? 'other', reporter);
  if (usable && !world.terminal) steps = byReporter(world, reporter, steps);
  const doctor = steps.flat().some(isDoctor), order = steps.flatMap((step, n) => step.map((one) => ({ step: doctor ? n + 1 : 1, ...one })));
  return [...order, { step: doctor ? steps.length + 1 : 1, target: 'last_resort', id: world.last_resort }];
}
