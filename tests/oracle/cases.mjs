// cases.mjs - worlds and instants from a seed: small worlds in which everything meets, and instants at the edges where answers change.
import { CLASSES, DAY, MINUTE, dateOf, dayOf, instantOf } from './calendar.mjs';
import { generator } from './random.mjs';
import { plannedShift } from './resolve.mjs';

const TAGS = ['breathing', 'consciousness', 'fever', 'pain', 'bleeding', 'fall', 'circulation', 'digestion', 'device', 'terminal', 'other'];
const REPORTERS = [null, 'family', 'nurse', 'doctor', 'dispatch', 'staff'];
// Where calendars are hard: 年末年始, Golden Week, 国民の休日 between holidays, substitute holidays, ends of months, a leap day.
const HARD = ['2025-12-28', '2026-12-28', '2027-01-03', '2026-05-03', '2026-05-06', '2026-09-20', '2026-09-22', '2027-03-21', '2026-02-28', '2028-02-28', '2026-01-31', '2026-04-30', '2026-08-13'];
const BANDS = [[510, 1080], [1080, 1950], [510, 1950], [0, 1440], [540, 1020], [1020, 1980], [1320, 1740], [0, 480], [1440 - 1, 2880 - 1]];

const people = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'], offices = ['o1', 'o2', 'o3'], towns = ['990019', '990027'];
const clinics = { p1: 'c1', p2: 'c1', p3: 'c2', p4: 'c3', p5: 'c3', p6: 'c4' };

function classes(random) {
  const kind = random.below(8);
  if (kind >= 5 || kind === 0) return [...CLASSES];
  if (kind === 1) return ['weekday'];
  if (kind === 2) return ['saturday', 'sunday', 'national', 'yearend', 'newyear'];
  const some = random.some(CLASSES, 0.5);
  return some.length ? some : ['weekday'];
}

function rotation(random, id, day) {
  const [from_minute, to_minute] = random.pick(BANDS.slice(0, 7)), kind = random.pick(['daily', 'weekly', 'monthly', 'nth_weekday']);
  const anchorDay = random.chance(0.3) ? dayOf(random.pick(['2025-10-31', '2025-12-30', '2026-01-29', '2025-11-30', '2026-01-31'])) : day - random.below(200);
  const more = { ...(random.chance(0.2) ? { weekdays: random.some([1, 2, 3, 4, 5, 6, 7], 0.7) } : {}), ...(random.chance(0.1) ? { weeks: random.some([1, 2, 3, 4, 5], 0.6) } : {}) };
  return { id, municipality: random.chance(0.8) ? towns[0] : towns[1], kind, ...more, advance: random.pick(['every_handoff', 'when_active']), anchor: dateOf(anchorDay), handoff_minute: random.chance(0.7) ? from_minute % 1440 : random.pick([0, 510, 540, 1020, 1080, 1320]), day_classes: classes(random), from_minute, to_minute,
    members: random.shuffled(people).slice(0, random.between(1, 5)) };
}

function row(random, rotations) {
  const [from_minute, to_minute] = random.chance(0.8) ? random.pick(BANDS) : [random.below(1440), 0];
  const one = { position: random.between(1, 5), day_classes: classes(random), from_minute, to_minute: to_minute || from_minute + random.between(1, 1440) };
  if (random.chance(0.2)) one.weekdays = random.some([1, 2, 3, 4, 5, 6, 7], 0.6);
  if (random.chance(0.2)) one.tags = random.some(TAGS, 0.3);
  if (one.weekdays?.length === 0) delete one.weekdays;
  if (one.tags?.length === 0) delete one.tags;
  if (random.chance(0.4)) one.delay_seconds = random.pick([10, 60, 90, 180, 300, 1800]);
  const kind = random.unit();
  if (kind < 0.35 || !rotations.length) return { ...one, target: 'person', id: random.pick(people) };
  if (kind < 0.8) return { ...one, target: 'rotation', id: random.pick(rotations).id };
  return { ...one, target: random.chance(0.85) ? 'office' : 'hospital', id: random.pick(offices) };
}

// A monthly table over some days: its own people, and days on which it names nobody.
function table(random, of, day) {
  const first = day + random.between(-3, 2), days = random.between(1, 4), shifts = [];
  for (let d = first; d < first + days; d++) if (random.chance(0.75)) shifts.push({ from: instantOf(d, of.from_minute), to: instantOf(d, of.to_minute), person: random.pick(people) });
  Object.assign(of, { table_days: [{ first: dateOf(first), last: dateOf(first + days - 1) }], table: shifts });
}

// Shifts of a rotation that begin in the days around, as they stand in the base plan.
function shiftsOf(world, rotation_, day) {
  const found = [];
  for (let d = day - 3; d <= day + 3; d++) {
    const shift = plannedShift(world, rotation_, instantOf(d, rotation_.from_minute));
    if (shift?.member && shift.from === instantOf(d, rotation_.from_minute)) found.push({ rotation: rotation_.id, from: shift.from, to: shift.to, person: shift.member });
  }
  return found;
}

const span = (random, day) => {
  const from = instantOf(day + random.between(-2, 1), random.pick([0, 510, 510, 1080, random.below(1440)]));
  return { from, to: from + random.pick([60, 600, 870, 1440, 2880]) * MINUTE };
};

function overridesOf(random, world, day) {
  const list = [];
  for (let n = random.below(4); n > 0; n--) {
    const of = random.pick(world.rotations), shifts = shiftsOf(world, of, day), shift = shifts.length && random.chance(0.7) ? random.pick(shifts) : null;
    const last = list.filter((one) => one.rotation === of.id).at(-1);
    const { from, to } = shift ?? (last && random.chance(0.5) ? { from: last.to, to: last.to + 720 * MINUTE } : span(random, day));
    const remove = random.chance(0.6) && shift ? shift.person : random.chance(0.5) ? random.pick(people) : null, ofPerson = remove !== null && random.chance(0.25);
    const add = random.chance(0.85) ? random.pick(people.filter((one) => one !== remove)) : null;
    const one = { rotation: ofPerson ? null : of.id, from, to, remove, add };
    if (list.every((other) => to <= other.from || other.to <= from || (other.rotation !== one.rotation && other.rotation !== null && one.rotation !== null))) list.push(one);
  }
  return list;
}

// Shifts given away, in return for one or for nothing, whole or in part; some not agreed on, some over a shift that was moved or is another's.
function swapsOf(random, world, day) {
  const list = [], taken = [];
  const part = ({ rotation: of, from, to }) => (random.chance(0.8) ? { rotation: of, from, to } : { rotation: of, from: from + 60 * MINUTE, to: random.chance(0.5) ? to : to - 60 * MINUTE });
  for (let n = random.below(4); n > 0; n--) {
    const given = random.pick([null, ...shiftsOf(world, random.pick(world.rotations), day)]), back = random.pick([null, ...shiftsOf(world, random.pick(world.rotations), day)]);
    if (!given || given.person === back?.person || (back && back.rotation === given.rotation && back.from === given.from)) continue;
    const passed = taken.find((one) => one.given.rotation === given.rotation && one.given.from === given.from);
    const asker = passed && random.chance(0.7) ? passed.taker : random.chance(0.9) ? given.person : random.pick(people), taker = back?.person ?? random.pick(people.filter((one) => one !== asker)), whole = part(given);
    if (asker === taker) continue;
    const moved = random.chance(0.1) ? { from: whole.from + 90 * MINUTE, to: whole.to + 90 * MINUTE } : {};
    taken.push({ given, taker });
    list.push({ asker, taker, given: { ...whole, ...moved }, back: back && part(back), accepted: random.chance(0.75) });
  }
  return list;
}

function worldOf(random, day) {
  const world = { municipality: towns[0], team_consent: random.chance(0.94), emergency_nursing: random.chance(0.4), attending_office: null, last_resort: 'z', offices: clinics, closures: [],
    rotations: [], rows: [], absences: [], overrides: [], swaps: [], unreachable: random.some([...people, ...offices, 'c1'], 0.08), left: random.some(people, 0.03), terminal: random.chance(0.12), terminal_rows: false, attending: random.chance(0.85) ? 'p1' : null, deputies: random.shuffled(people.slice(1)).slice(0, random.below(3)),
    stations: random.shuffled(offices).slice(0, random.below(3)) };

  if (world.attending) world.attending_office = 'c1';
  for (let n = random.below(4); n > 0; n--) {
    const first = day + random.between(-3, 1), last = first + random.below(4), of = random.chance(0.5) ? { municipality: random.pick(towns) } : { office: random.pick([...offices, 'c1', 'c2', 'c3']) };
    world.closures.push({ ...of, first: dateOf(first), last: dateOf(last) });
  }
  for (let n = random.between(1, 3); n > 0; n--) {
    world.rotations.push(rotation(random, `r${n}`, day));
    if (random.chance(0.15)) table(random, world.rotations.at(-1), day);
  }
  world.consented_rotations = world.rotations.map(({ id }) => id).filter(() => random.chance(0.92));
  for (let n = random.chance(0.04) ? 0 : random.between(2, 10); n > 0; n--) world.rows.push(row(random, world.rotations));
  world.terminal_rows = world.terminal && world.rows.length > 0 && random.chance(0.5);
  for (let n = random.below(4); n > 0; n--) world.absences.push({ person: random.pick(people), ...span(random, day) });
  world.overrides = overridesOf(random, world, day);
  world.swaps = swapsOf(random, world, day);
  return world;
}

// Every edge of the world near the day, and between them.
function instantsOf(random, world, day, count) {
  const edges = [];
  for (const { from_minute, to_minute } of [...world.rows, ...world.rotations]) for (const d of [day - 1, day]) edges.push(instantOf(d, from_minute), instantOf(d, to_minute));
  for (const one of [...world.absences, ...world.overrides, ...world.swaps.flatMap(({ given, back }) => (back ? [given, back] : [given]))]) edges.push(one.from, one.to);
  edges.push(instantOf(day), instantOf(day + 1));
  const changes = [...world.overrides, ...world.swaps.flatMap(({ given, back }) => (back ? [given, back] : [given]))];
  const inside = ({ from, to }) => from + random.below((to - from) / 1000) * 1000;
  return Array.from({ length: count }, () => {
    const kind = random.unit();
    if (kind < 0.45) return random.pick(edges) + random.pick([0, 0, -1000, 1000]);
    return kind < 0.75 && changes.length ? inside(random.pick(changes)) : instantOf(day) + random.below(DAY / 1000) * 1000;
  });
}

// { world, at, condition } …; each world is asked several times.
export function* cases(seed, count, perWorld = 6) {
  const random = generator(seed);
  for (let made = 0; made < count;) {
    const day = random.chance(0.6) ? dayOf(random.pick(HARD)) + random.between(-2, 6) : dayOf('2026-01-01') + random.below(900), world = worldOf(random, day);
    for (const at of instantsOf(random, world, day, Math.min(perWorld, count - made))) {
      yield { number: ++made, world, at, condition: { tag: random.chance(0.5) ? random.pick(TAGS) : null, reporter: random.pick(REPORTERS) } };
    }
  }
}
