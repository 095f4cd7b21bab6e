// product.mjs - the product's resolver, asked through BUILD/tests/oracle/resolve_cases: a world in its words, its answer in the oracle's.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolve } from './resolve.mjs';

const build = path.resolve(fileURLToPath(new URL('../../', import.meta.url)), process.env.BUILD ?? 'build'), program = path.join(build, 'tests/oracle/resolve_cases');
const ms = (instant) => Math.round(instant / 1000);
const span = ({ from, to }) => ({ from: ms(from), to: ms(to) });

// An accepted swap is two changes, one for each shift; what is not accepted is none.
function changesOf(world) {
  const swap = ({ asker, taker, given, back }, n) => [{ id: `s${n}a`, kind: 'swap', rotation: given.rotation, ...span(given), remove: asker, add: taker },
    ...(back ? [{ id: `s${n}b`, kind: 'swap', rotation: back.rotation, ...span(back), remove: taker, add: asker }] : [])];
  const table = ({ id, table: shifts }) => (shifts ?? []).map((one, n) => ({ id: `t${id}${n}`, kind: 'table', rotation: id, ...span(one), remove: null, add: one.person }));
  return [...world.rotations.flatMap(table), ...world.swaps.filter(({ accepted }) => accepted).flatMap(swap), ...world.overrides.map((one, n) => ({ id: `o${n}`, kind: 'override', rotation: one.rotation, ...span(one), remove: one.remove, add: one.add }))];
}

export function line({ world, at, condition }, id) {
  const { municipality, closures, team_consent, consented_rotations, attending_office } = world;
  return JSON.stringify({ id, instant: ms(at), ...(condition.tag ? { tag: condition.tag } : {}), ...(condition.reporter ? { reporter: condition.reporter } : {}), municipality, closures, team_consent, consented_rotations, attending_office,
    terminal: world.terminal, stations: world.stations,
    ...(world.attending ? { attending: { person: world.attending, office: world.offices[world.attending] } } : {}), deputies: world.deputies.map((person) => ({ person, office: world.offices[person] })),
    chain: { rows: world.rows, emergency_nursing: world.emergency_nursing, terminal: world.terminal_rows }, changes: changesOf(world), absences: world.absences.map((one) => ({ person: one.person, ...span(one) })),
    rotations: world.rotations.map(({ table: _, ...one }) => ({ ...one, members: one.members.map((person) => ({ person, office: world.offices[person] })) })),
    people: Object.keys(world.offices).map((person) => ({ id: person, name: person, office: world.offices[person], left: world.left.includes(person), unreachable: world.unreachable.includes(person) })),
    offices: world.unreachable.filter((one) => !world.offices[one]).map((one) => ({ id: one, name: one, unreachable: true })), last_resort: { office: world.last_resort, name: '夜間連絡センター' } });
}

// The product's positions may have holes: what counts is who is asked at once, and in which order.
function inSteps(order) {
  const positions = [...new Set(order.map(({ position }) => position))];
  return order.map(({ position, target, id, delay_seconds }) => ({ step: positions.indexOf(position) + 1, target, id, ...(target === 'last_resort' ? {} : { delay: delay_seconds }) }));
}
// Who is asked at once is a set.
const sorted = (order) => [...order].sort((a, b) => a.step - b.step || (a.id < b.id ? -1 : 1));

// The product's answers to cases, in their order.
export function ask(list) {
  const input = list.map((one, n) => line(one, n)).join('\n');
  const out = execFileSync(program, { input: `${input}\n`, maxBuffer: 1 << 28, encoding: 'utf8' }).trim().split('\n').map((text) => JSON.parse(text));
  return out.map((answer) => (answer.order ? sorted(inSteps(answer.order)) : answer));
}

// What the oracle says.
export const wanted = ({ world, at, condition }) => sorted(resolve(world, at, condition));
