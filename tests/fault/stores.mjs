// stores.mjs - the stores fail: PostgreSQL is stopped in the middle of things, Redis is away, slow, empty and lying, registry and sharing are
// away, and in the end everything is killed at once with an alert open.
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { personOf, municipalities } from '../../deploy/demo/people.mjs';
import { uuidOf } from '../../deploy/demo/api.mjs';
import { check, invariants } from './checker.mjs';
import { Load, reported } from './load.mjs';
import { baselineOf, collect, settle } from './recordings.mjs';
import { Region, done, ok, say, sleep, until } from './region.mjs';

const region = new Region(process.env), folder = fs.mkdtempSync(path.join(os.tmpdir(), 'renkei-stores-')), load = new Load(region.description, path.join(folder, 'client.jsonl'));
const programs = ['registry', 'sharing', 'notify', 'dispatch', 'gateway', 'simulator', 'redis'];
const work = { webhookSecret: region.secret('dispatch-webhook') };

async function judge(baseline, when) {
  const findings = check(await collect(region, load, baseline));
  say(`${when}: ${Object.entries(findings.figures).map(([name, figure]) => `${name} ${figure}`).join(', ')}`);
  for (const [id, name] of Object.entries(invariants)) ok(!findings.of(id).length, `${when}: ${id} ${name}`, findings.of(id));
}

// ---- PostgreSQL ------------------------------------------------------------------------------------------------------------------------

async function postgresRestarts(baseline) {
  load.start(work);
  await sleep(3000);
  for (let round = 0; round < 2; round++) {
    region.postgres('-m', 'immediate', 'stop');
    await sleep(700);
    region.postgres('start');
    const began = Date.now();
    ok(await until(() => ['registry', 'sharing', 'notify', 'dispatch'].every((service) => (load.answered[service] ?? 0) > began), 30), 'every service answers again after PostgreSQL was stopped at once and started');
    say(`answering again after ${((Date.now() - began) / 1000).toFixed(1)} s`);
    await sleep(2000);
  }
  await load.finish();
  ok(await settle(region), 'everything is heard, sent and planned afterwards');
  await judge(baseline, 'PostgreSQL restarted');
}

// ---- Redis -----------------------------------------------------------------------------------------------------------------------------

const town = municipalities[0], rotation = uuidOf(`rotation ${town.code}`), key = `notify:shifts:${rotation}`;
const instants = ['2026-12-01T12:00:00+09:00', '2026-12-02T02:30:00+09:00', '2026-12-05T20:00:00+09:00', '2026-12-31T23:59:00+09:00', '2027-01-11T08:29:00+09:00'];

async function resolved() {
  const patient = load.patients.find((one) => one.municipality === town.code), answers = [];
  for (const at of instants) {
    const { status, answer } = await load.send(load.member(patient, 'nurse'), 'resolve', 'GET', `/patients/${patient.patient_id}/on-call?at=${encodeURIComponent(at)}`);
    answers.push(status === 200 ? answer : status);
  }
  return JSON.stringify(answers);
}

// The region's rotation with its doctors in this order; nothing else decides these answers.
async function setRotation(order) {
  const doctors = order.map((k) => personOf(`doctor-1-${k}`));
  const { status } = await load.send(load.people['admin-1'], 'rotation_put', 'PUT', `/rotations/${rotation}`, { body: { name: `${town.name} 往診当番`, municipality: town.code, kind: 'daily', advance: 'every_handoff',
    anchor: '2026-04-01', handoff_minute: 510, day_classes: ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear'], from_minute: 510, to_minute: 1950,
    members: doctors.map((d) => d.person_id), office_ids: doctors.map((d) => d.office.office_id) } });
  if (status !== 200) throw new Error(`rotation_put ${status}`);
  await settle(region);
}

async function followRotation() {
  const patient = load.patients.find((one) => one.municipality === town.code);
  await load.send(load.member(patient, 'nurse'), 'chain_put', 'PUT', `/patients/${patient.patient_id}/chain`, { body: { rows: [{ position: 1, day_classes: ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear'],
    from_minute: 0, to_minute: 1440, target: 'rotation', rotation_id: rotation, delay_seconds: 60 }] } });
}

const cached = () => region.redis('GET', key).subarray(0, -1);
const plant = (bytes) => spawnSync('redis-cli', ['-s', path.join(region.run, 'redis.sock'), '-x', 'SET', key], { input: bytes });

async function redisLies() {
  await followRotation();
  await setRotation([1, 2, 3]);
  const yesterday = cached(), before = await resolved();
  await setRotation([3, 2, 1]);                               // whose turn it is keeps it: another beginning would change nothing
  const today = cached(), wanted = await resolved();
  ok(!before.includes('503') && /rotation/.test(before) && wanted !== before, 'the order of the rotation decides who is on call', before.slice(0, 300), wanted.slice(0, 300));
  ok(yesterday.length > 100 && today.length > 100 && !today.equals(yesterday), 'Redis holds the shift table of the rotation as it is now');
  const lies = { 'yesterday\'s table': yesterday, 'yesterday\'s table under today\'s version': Buffer.concat([today.subarray(0, 8), yesterday.subarray(8)]),
    'a table of the future': Buffer.concat([Buffer.from('00000000000fffff', 'hex'), yesterday.subarray(8)]), 'half a table': today.subarray(0, today.length / 2),
    'noise': crypto.randomBytes(3000), 'nothing in it': Buffer.alloc(0) };
  for (const [name, bytes] of Object.entries(lies)) {
    plant(bytes);
    ok(await resolved() === wanted, `Redis holding ${name} changes no answer`);
  }
  region.redis('DEL', key); region.redis('LPUSH', key, 'a', 'list');
  ok(await resolved() === wanted, 'Redis holding a list changes no answer');
  region.redis('FLUSHALL');
  ok(await resolved() === wanted, 'Redis flushed changes no answer');
  region.kill('redis', 'SIGSTOP');
  const began = Date.now();
  ok(await resolved() === wanted, 'Redis that does not answer changes no answer');
  ok(Date.now() - began < 3000, '...and costs little time', `${Date.now() - began} ms`);
  region.kill('redis', 'SIGCONT');
  region.kill('redis');
  ok(await resolved() === wanted, 'Redis killed changes no answer');
  ok(await until(() => { try { return cached().equals(today); } catch { return false; } }, 60), 'the table is written again by itself');
}

// ---- registry, sharing and Redis away ----------------------------------------------------------------------------------------------------

// People for whom nobody of the load reports anything: their alerts join no other (N-03).
let aside;

async function stopProgram(program) {
  const keeper = Number(fs.readFileSync(path.join(region.run, `${program}.keep`), 'utf8'));
  process.kill(keeper, 'SIGKILL');
  region.kill(program);
  return until(() => !region.pid(program), 5);
}

const report = (patient, id, tag) => load.send(load.member(patient, 'nurse'), 'emergency_report', 'POST', '/emergencies', { marker: id, table: 'alert_entry', events: reported,
  body: { alert_id: id, patient_id: patient.patient_id, urgency: 'life_threatening', tag, happened: '反応が鈍い', observed_at: new Date().toISOString() } });

async function emergencyAlone() {
  const patient = aside[0], id = crypto.randomUUID(), words = `m-${crypto.randomBytes(8).toString('hex')}`;
  for (const program of ['registry', 'sharing', 'redis']) ok(await stopProgram(program), `${program} is stopped`);
  await sleep(1500);                                          // what gateway remembers of sessions is forgotten
  const { status, answer } = await report(patient, id, 'consciousness');
  ok(status === 200 && answer.asked.length > 0, 'a nurse who is logged in reports an emergency without registry, sharing and Redis', answer);
  const doctor = Object.values(load.people).find((person) => person.person_id === answer.asked?.find((row) => row.state === 'asked')?.person_id);
  const accepted = doctor && await load.send(doctor, 'alert_answer', 'POST', `/alerts/${id}/answer`, { body: { answer: 'visit', arrival_at: new Date(Date.now() + 1200e3).toISOString(), text: words }, marker: words, table: 'alert_line' });
  ok(accepted?.status === 200, 'the doctor on call accepts with an arrival time', accepted?.answer);
  const seen = await load.send(load.member(patient, 'nurse'), 'alert', 'GET', `/alerts/${id}`);
  ok(seen.status === 200 && JSON.stringify(seen.answer).includes(words), 'the nurse sees it');
  const again = region.control('start');
  ok(again.status === 0, 'the region comes back', again.stderr?.split('\n').slice(-5));
  ok(await until(() => region.sql(`select count (*) from sharing.emergency_mark where alert_id = '${id}'`) === '1', 20), 'sharing hears of it afterwards');
}

// ---- everything killed -------------------------------------------------------------------------------------------------------------------

// Every process of this region: keepers first, so that nothing comes back.
function killEverything() {
  const read = (name) => { try { return Number(fs.readFileSync(name, 'utf8').split('\n')[0]); } catch { return 0; } };
  const postmaster = read(path.join(region.data, 'postgres/postmaster.pid'));
  const children = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => { try { return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1] === String(postmaster); } catch { return false; } }).map(Number);
  const pids = [...programs.map((name) => read(path.join(region.run, `${name}.keep`))), ...programs.map((name) => region.pid(name)), postmaster, ...children].filter(Boolean);
  for (const pid of pids) try { process.kill(pid, 'SIGKILL'); } catch { /* gone already */ }
  return pids.length;
}

async function everythingKilled() {
  const patient = aside[1], id = crypto.randomUUID(), rows = (query) => region.sql(query.replace('$1', `'${id}'`));
  load.start(work);
  await sleep(2500);
  await load.send(load.member(patient, 'nurse'), 'chain_put', 'PUT', `/patients/${patient.patient_id}/chain`, { body: { rows: [1, 2].map((k) => ({ position: k,
    day_classes: ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear'], from_minute: 0, to_minute: 1440, target: 'person', person_id: personOf(`doctor-2-${k}`).person_id, delay_seconds: 15 })) } });
  const { status } = await report(patient, id, 'fall');
  const step = Number(rows('select step from notify.alert where alert_id = $1'));
  ok(status === 200 && step === 1, 'an alert is open, its first step is asked', `status ${status}, step ${step}`);
  say(`${load.inFlight.size} under way, ${killEverything()} processes killed`);
  await sleep(500);
  const began = Date.now(), again = region.control('start');
  ok(again.status === 0, 'the region starts again', again.stdout?.split('\n').slice(-8), again.stderr?.split('\n').slice(-5));
  say(`answers after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  ok(await until(() => Number(rows('select step from notify.alert where alert_id = $1')) > step, 40), 'the open alert goes on to the next step');
  ok(Number(rows('select count (*) from notify.alert_try where alert_id = $1 and asked_at is not null')) >= 2, '...and the next doctor is asked');
  await load.finish();
}

async function main() {
  await load.open();
  aside = municipalities.slice(0, 2).map(({ code }) => load.patients.findLast((one) => one.municipality === code));
  load.patients = load.patients.filter((one) => !aside.includes(one));
  const baseline = baselineOf(region);
  await postgresRestarts(baseline);
  await redisLies();
  await emergencyAlone();
  await everythingKilled();
  ok(await settle(region), 'everything is heard, sent and planned in the end');
  await judge(baseline, 'after everything');
  fs.rmSync(folder, { recursive: true });
  done();
}
main().catch((error) => { console.log(`Bail out! ${error.stack}`); process.exit(1); });
