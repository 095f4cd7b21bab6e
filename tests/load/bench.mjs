// bench.mjs - the points of the benchmark against a running region, and the table.  Started by tests/load/bench.
import fs from 'node:fs';
import path from 'node:path';
import { registerPeople, logIn, targetsOf } from './people.mjs';
import { note, point, print, programs, quiet, results, rounds, short, wait } from './measure.mjs';
import { Database, probeScripts, grow, spread } from './probe.mjs';

const work = process.argv[2], { DATA, RUN, PORT } = process.env;
const only = new Set(process.env.ONLY.split(' '));
const seconds = short ? 2 : 10, people = short ? 40 : 300, rate = 1000;
const region = JSON.parse(fs.readFileSync(path.join(DATA, 'region.json'), 'utf8'));
const database = new Database(DATA, RUN, work);
const own = programs(work);

// ---- points ---------------------------------------------------------------------------------------------------------------------------
const files = { targets: path.join(work, 'targets'), ids: path.join(work, 'ids') };
let writer, reader, doctor, alarms = 0;
const load = (connections, perSecond, time) => own('load', PORT, writer.cookie, reader.cookie, files.targets, connections, perSecond, time);

function noteLoad(name, answer) {
  for (const [key, label] of [['post_p50', 'POST p50'], ['post_p99', 'POST p99'], ['push_p50', 'push p50'], ['push_p99', 'push p99']]) note(`${name}: ${label}, ms`, answer[key] / 1000);
  note(`${name}: answered/s`, answer.per_second);
  note(`${name}: lost`, answer.lost);
  note(`${name}: resyncs, refused`, answer.resyncs + answer.failed);
}

async function pathRound(scripts) {
  const t1 = await point('probe', () => database.pgbench(scripts.sheet, 'renkei_sharing', 32, seconds));
  const t2 = await point('probe', () => database.pgbench(scripts.notice, 'renkei_notify_engine', 1, seconds));
  const both = 1 / (1 / t1.tps + 1 / t2.tps);
  note('probe: sheet transaction, 32 clients, 1/s', t1.tps);
  note('probe: notice transaction, 1 client (they follow each other), 1/s', t2.tps);
  for (const connections of [64, 256]) {
    const answer = await point('closed', () => load(connections, 0, seconds));
    noteLoad(`closed loop, ${connections} connections`, answer);
    note(`P: ${connections} connections ÷ sheet transaction`, answer.per_second / t1.tps);
    note(`P3: ${connections} connections ÷ both one by one`, answer.per_second / both);
  }
  for (const perSecond of [200, rate]) noteLoad(`${perSecond}/s`, await point('open', () => load(64, perSecond, seconds)));
}
async function emergencyRound() {
  const time = short ? 3 : seconds;
  const alone = await point('alarm', () => own('alarms', PORT, writer.cookie, doctor.cookie, files.ids, 4, time, alarms));
  alarms += alone.reports;
  await quiet();
  const [under] = await Promise.all([own('alarms', PORT, writer.cookie, doctor.cookie, files.ids, 4, time, alarms), load(64, rate, time)]);
  alarms += under.reports;
  note('emergency alone: report to doctor p50, ms', alone.p50 / 1000);
  note('emergency alone: report to doctor p99, ms', alone.p99 / 1000);
  note(`emergency under ${rate}/s: p50, ms`, under.p50 / 1000);
  note(`emergency under ${rate}/s: p99, ms`, under.p99 / 1000);
  note('emergency: not seen', alone.reports + under.reports - alone.seen - under.seen);
}
async function foreignRound() {
  const undisturbed = await point('foreign', () => load(64, 200, 5));
  await quiet();
  const held = database.hold(6);
  await wait(500);
  const disturbed = await load(64, 200, 5);
  await held;
  note('foreign write transaction held: push p99 ÷ undisturbed', disturbed.push_p99 / undisturbed.push_p99);
  note('foreign write transaction held: lost', disturbed.lost);
}
async function lagRound() {
  const answer = await point('lag', () => load(64, rate, short ? 5 : 60));
  note(`${short ? 5 : 60} s of ${rate}/s: push p50 last ÷ first quarter`, answer.last_quarter / answer.first_quarter);
  note(`${short ? 5 : 60} s of ${rate}/s: lost`, answer.lost);
}
async function idleRound() {
  const count = short ? 1000 : 10000;
  const answer = await own('idle', PORT, reader.cookie, count, fs.readFileSync(path.join(RUN, 'gateway.pid'), 'utf8').trim());
  note(`${count} idle streams: gateway grows by, MiB`, answer.kib / 1024);
  note(`${count} idle streams: not opened`, count - answer.opened);
}
async function growthRound(scripts) {
  const size = short ? { sheets: 2000, events: 20000 } : { sheets: 100000, events: 1000000 };
  const time = short ? 2 : 5, few = await database.pgbench(scripts.sheet, 'renkei_sharing', 4, time), read = await database.pgbench(scripts.read, 'renkei_sharing', 4, time);
  await spread(database, scripts, 100);
  const many = await database.pgbench(scripts.spread, 'renkei_sharing', 16, time), one = await database.pgbench(scripts.sheet, 'renkei_sharing', 16, time);
  await grow(database, size);
  const after = await database.pgbench(scripts.sheet, 'renkei_sharing', 4, time), readAfter = await database.pgbench(scripts.read, 'renkei_sharing', 4, time);
  note(`G1: write with ${size.sheets} sheets, ${size.events} events ÷ with few (latency)`, after.latency / few.latency);
  note('G2: read of a sheet, the same (latency)', readAfter.latency / read.latency);
  note('G3: 100 municipalities ÷ 1 (throughput)', many.tps / one.tps);
}

// ---- rounds ----------------------------------------------------------------------------------------------------------------------------
async function stall() {
  for (let tries = 0; tries < (short ? 1 : 5); tries++) {
    const { longest } = await own('probes', 'stall');
    if (longest <= 10000 || tries === (short ? 0 : 4)) {
      note('stall probe: longest gap, ms (a round is repeated above 10)', longest / 1000);
      return longest <= 10000;
    }
  }
  return false;
}
async function round(scripts) {
  await stall();
  const disk = await own('probes', 'fdatasync', work);
  note('probe: fdatasync p50, ms', disk.p50 / 1000);
  note('probe: fdatasync p99, ms', disk.p99 / 1000);
  if (only.has('path')) await pathRound(scripts);
  if (only.has('emergency')) await emergencyRound();
  if (only.has('foreign')) await foreignRound();
}

const account = (key) => region.accounts.find((one) => one.key === key);
[reader, writer, doctor] = await Promise.all(['manager-1-1', 'nurse-1-1', 'doctor-1-1'].map((key) => logIn(region.base, account(key))));
const ids = await registerPeople(reader, people);
fs.writeFileSync(files.ids, `${ids.join('\n')}\n`);
fs.writeFileSync(files.targets, targetsOf(ids));
const scripts = await probeScripts(database, work, await registerPeople(reader, short ? 16 : 100), account('nurse-1-1'));
// A person's very first notice is told as a resync, since there was no position to go on from: it is not measured.
if (only.has('emergency')) alarms = (await own('alarms', PORT, writer.cookie, doctor.cookie, files.ids, 10, 0.05, 0)).reports;
for (let n = 0; n < rounds; n++) {
  const before = new Map([...results].map(([name, values]) => [name, [...values]]));
  await round(scripts);
  if (!(await stall()) && !short && n >= 0 && !round.repeated) {
    round.repeated = true;                                     // what stole time during the round may have stolen it from a point: once more
    results.clear();
    for (const [name, values] of before) results.set(name, values);
    n--;
  } else round.repeated = false;
}
if (only.has('lag')) await lagRound();
if (only.has('idle')) await idleRound();
if (only.has('growth')) await growthRound(scripts);
print();
