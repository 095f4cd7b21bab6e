// measure.mjs - what the points of the benchmark share: the table of figures, a quiet machine, the programs beside this file.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export const short = Boolean(process.env.SHORT), rounds = short ? 1 : Math.max(3, Number(process.env.ROUNDS));
export const results = new Map();
export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function note(name, value) {
  results.set(name, [...(results.get(name) ?? []), value]);
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
  for (const end = Date.now() + (short ? 3000 : 60000); Date.now() < end;) {
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
export function print() {
  const number = (x) => (Math.abs(x) >= 100 ? x.toFixed(0) : x.toFixed(2));
  console.log(`\n${'figure'.padEnd(72)} median (min–max)`);
  for (const [name, values] of results) {
    const sorted = [...values].sort((a, b) => a - b), median = sorted[Math.floor((sorted.length - 1) / 2)];
    console.log(`${name.padEnd(72)} ${number(median)}${sorted.length > 1 ? ` (${number(sorted[0])}–${number(sorted.at(-1))})` : ''}`);
  }
  if (Math.min(...(results.get('idle before a point, %') ?? [100])) < 85) console.log('\nThe machine was not idle: others worked on it.  Absolute times mean nothing; ratios little.');
}
