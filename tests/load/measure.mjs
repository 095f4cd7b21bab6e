// measure.mjs - what the points of the benchmark share: the table of figures, a quiet machine, the programs beside this file.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export const short = Boolean(process.env.SHORT), rounds = short ? 1 : Number(process.env.ROUNDS) || 3;
const patience = Number(process.env.PATIENCE ?? (short ? 3 : 60)) * 1000;
export const results = new Map();
export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function note(name, value) {
  results.set(name, [...(results.get(name) ?? []), value]);
}

// A figure that has a goal: at most so much, in the figure's own unit.  probe: what the machine itself took in this run, in the same unit.
const goals = new Map();
export function judge(name, value, most, probe) {
  note(name, value);
  goals.set(name, { most, probes: [...(goals.get(name)?.probes ?? []), ...(probe > 0 ? [probe] : [])] });
}

// Runs one of the bench's own programs and reads what it prints.
export const programs = (work) => (program, ...args) => new Promise((resolve) => execFile(path.join(work, program), args.map(String), { maxBuffer: 1 << 24 }, (error, out, err) => {
  if (err) process.stderr.write(err);
  resolve(out ? JSON.parse(out) : {});
}));

// ---- a quiet machine ----------------------------------------------------------------------------------------------------------------
function cpu() {
  const [user, nice, system, idle, io, ...rest] = fs.readFileSync('/proc/stat', 'utf8').split('\n')[0].trim().split(/\s+/).slice(1).map(Number);
  return { idle: idle + io, all: user + nice + system + idle + io + rest.slice(0, 3).reduce((a, b) => a + b, 0) };
}

export async function quiet() {
  let share = 0;
  for (const end = Date.now() + patience; Date.now() < end;) {
    const before = cpu();
    await wait(500);
    const after = cpu();
    share = (after.idle - before.idle) / (after.all - before.all);
    if (share >= 0.85) break;
  }
  note('idle before a point, %', share * 100);
}

export async function point(name, work_) {
  await quiet();
  return work_(name);
}

// ---- the table ------------------------------------------------------------------------------------------------------------------------
const number = (x) => (Math.abs(x) >= 100 ? x.toFixed(0) : x.toFixed(Math.abs(x) < 1 ? 3 : 2));
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
const spread = (values) => `${number(middle(values))}${values.length > 1 ? ` (${number(Math.min(...values))}–${number(Math.max(...values))})` : ''}`;

function printGoals() {
  if (!goals.size) return;
  console.log(`\n${'goal'.padEnd(72)} at most  median (min–max)  ÷ goal  ÷ probe`);
  for (const [name, { most, probes }] of goals) {
    const values = results.get(name), value = middle(values);
    console.log(`${name.padEnd(72)} ${number(most)}  ${spread(values)}  ${most ? number(value / most) : '–'}  ${probes.length ? number(value / middle(probes)) : '–'}  ${value <= most ? 'ok' : 'missed'}`);
  }
}

export function print() {
  console.log(`\n${'figure'.padEnd(72)} median (min–max)`);
  for (const [name, values] of results) console.log(`${name.padEnd(72)} ${spread(values)}`);
  printGoals();
  if (Math.min(...(results.get('idle before a point, %') ?? [100])) < 85) console.log('\nThe machine was not idle: others worked on it.  Absolute times mean nothing; ratios little.');
}
