// engines.mjs - two processes of notify on one database: one killed, one standing still with a call in its hands, then both.
//
// The second one has a folder of sockets of its own, in which the other services' sockets are links: gateway and dispatch reach the first one
// only, jobs and the sender run in both, and what dispatch announces both hear.
import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { patientOf, personOf } from '../../deploy/demo/people.mjs';
import { freshSession } from '../scenario/lib.mjs';
import { incidentOf, tellIncident } from './incidents.mjs';
import { arrived, asRegion, ok, say, sleep, until } from './region.mjs';

const STEP_S = 10, TAKES_OVER_S = 10, ALARM_S = 30, STANDS_S = process.env.LONG ? 120 : 8, CLAIM_S = 30;
const days = ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear', 'local'];

function startSecond(region) {
  const folder = path.join(region.run, 'two'), [program, ...words] = [...asRegion, path.join(region.data, 'app/bin/renkei-notify'), `--config=${path.join(region.data, 'renkei.conf')}`, `--run-dir=${folder}`];
  region.as('mkdir', '-m', '0700', folder);
  for (const service of ['registry', 'sharing', 'dispatch'])
    for (const socket of [`${service}.sock`, `${service}.bell.sock`]) region.as('ln', '-s', path.join('..', socket), path.join(folder, socket));
  const log = fs.openSync(path.join(region.data, 'log/notify-two.log'), 'a');
  return spawn(program, words, { stdio: ['ignore', log, log] });
}

const report = (nurse, patient, id) => nurse.ask('POST', '/emergencies', { alert_id: id, patient_id: patient.patient_id, urgency: 'urgent', tag: 'breathing', observed_at: new Date().toISOString() });
const calls = (region, alert) => region.rows(`select d.delivery_id, d.state, d.attempts, d.possible_duplicate from notify.delivery d where d.alert_id = '${alert}' and d.kind = 4 order by d.created_at`);
const stepOf = (region, alert) => Number(region.sql(`select coalesce ((select step from notify.alert where alert_id = '${alert}'), 0)`));
const holder = (region) => Number(region.sql("select split_part (holder, ':', 2) from notify.lease where name = 'job:alert_engine'"));
const behave = (region, wanted) => fetch(`${region.description.simulator}/behave`, { method: 'POST', body: JSON.stringify(wanted) });
const alarms = async (region) => (await (await fetch(`${region.description.simulator}/watch.json`)).json()).alarms.map((one) => one.what);
const times = async (work) => { const began = Date.now(); return [await work(), (Date.now() - began) / 1000]; };

// Nobody is asked twice in one step, and no step is left out.
function isInOrder(region, alert) {
  const rows = region.rows(`select position, count(*) as times from notify.alert_try where alert_id = '${alert}' and asked_at is not null group by 1 order by 1`);
  return rows.every((row, n) => row.times === 1 && row.position === n + 1) && region.sql(`select max (n) from (select count(*) as n from notify.alert_line where alert_id = '${alert}' and kind = 2 group by name) x`) === '1';
}

// N-10 in short: what it takes from the answer to the report to the first hand-over; `make bench` judges it, here only what is lost.
async function handedOver(region, people) {
  const ids = [];
  for (let n = 0; n < 20; n++) {
    const { patient, nurse } = people[n % people.length], id = crypto.randomUUID();
    if ((await report(nurse, patient, id)).status === 200) ids.push(id);
    await nurse.ask('POST', `/alerts/${id}/end`, { outcome: '試験' });
  }
  const list = ids.map((id) => `'${id}'`).join(','), asked = `select a.received_at, (select min (t.handed_at) from notify.delivery d join notify.delivery_attempt t using (delivery_id) where d.alert_id = a.alert_id) as handed from notify.alert a where a.alert_id in (${list})`;
  const isThere = () => region.sql(`select count(*) from (${asked}) x where handed is null`) === '0';
  ok(ids.length === 20 && await until(isThere, 30), 'N-10 every report that was accepted is handed to an adapter', `${ids.length} accepted`);
  const round = Number(region.sql('explain (analyze, summary, format json) select 1').match(/"Execution Time": ([\d.]+)/)?.[1] ?? 1);
  say(`N-10 accepted to handed over, p50 / p99: ${region.sql(`select string_agg (round (extract (epoch from p) * 1000)::text, ' / ') from unnest ((select percentile_cont (array[0.5, 0.99]) within group (order by handed - received_at) from (${asked}) x)) p`)} ms; the emptiest statement takes ${round.toFixed(2)} ms here`);
}

// The first one is killed and does not come back: an open alert goes on, and what dispatch announces is heard.
async function killed(region, second, { patient, nurse }, other) {
  const id = crypto.randomUUID(), keep = Number(fs.readFileSync(path.join(region.run, 'notify.keep'), 'utf8'));
  ok((await report(nurse, patient, id)).status === 200 && stepOf(region, id) === 1, 'an alert is open, its first step is asked');
  ok(holder(region) === region.pid('notify'), 'N-07 of two processes the first holds the engine');
  process.kill(keep, 'SIGSTOP');
  region.kill('notify');
  const killedAt = Date.now(), incident = incidentOf(region, patientOf(other.n)), told = await tellIncident(region, incident);
  ok(told.kind === 'ack', 'dispatch accepts an incident while the first process is dead', told);
  const alertOf = () => region.sql(`select coalesce ((select e.alert_id::text from notify.alert_entry e join notify.incident i using (incident_id) where i.number = '${incident.number}'), '')`);
  const [taken, seconds] = await times(() => until(() => holder(region) === second.pid, 20));
  ok(taken && seconds <= TAKES_OVER_S, `N-07 the other holds the engine within ${TAKES_OVER_S} s`, seconds);
  ok(await until(() => stepOf(region, id) >= 2, STEP_S + TAKES_OVER_S), 'N-07 ...and asks the next doctor', `${(Date.now() - killedAt) / 1000} s`);
  ok(await until(() => alertOf() !== '', TAKES_OVER_S), 'N-07 ...hears the incident and opens its alert', `${(Date.now() - killedAt) / 1000} s`);
  ok(await until(() => calls(region, alertOf()).some((row) => row.state !== 1), TAKES_OVER_S), 'N-07 ...and calls', calls(region, alertOf()));
  say(`engine taken over after ${seconds.toFixed(1)} s`);
  process.kill(keep, 'SIGCONT');
  ok(await until(async () => region.pid('notify') && (await nurse.get(`/alerts/${id}`)).status === 200, 30), 'the first process is back');
  ok(isInOrder(region, id), 'N-07 identical to one engine: every step once, none left out');
  for (const alert of [id, alertOf()]) await nurse.ask('POST', `/alerts/${alert}/end`, { outcome: '試験' });
}

// A call is in the hands of the first process when it stands still; the other one makes it again, and says so.
async function standsStill(region, second, { patient, nurse }) {
  const id = crypto.randomUUID(), came = () => { const ids = new Set(calls(region, id).map((call) => call.delivery_id)); return arrived(region).filter((row) => ids.has(row.id)); };
  const allCame = () => { const there = new Set(came().map((row) => row.id)); return calls(region, id).every((call) => call.state === 5 || there.has(call.delivery_id)); };
  await behave(region, { voice: { mood: 'late', seconds: 3, receipts: 'none' } });
  process.kill(second.pid, 'SIGSTOP');
  ok((await report(nurse, patient, id)).status === 200, 'a report is accepted');
  ok(await until(() => calls(region, id).some((row) => row.state === 2), 10), 'its call is in the hands of the first process', calls(region, id));
  const pid = region.kill('notify', 'SIGSTOP');
  process.kill(second.pid, 'SIGCONT');
  await behave(region, { voice: { mood: 'accept', receipts: 'none' } });
  const stoodAt = Date.now();
  ok(await until(() => stepOf(region, id) >= 2, STEP_S + TAKES_OVER_S), 'N-07 the holder stands still: the other one asks the next doctor');
  if (!process.env.LONG) region.sql(`update notify.delivery set claimed_until = guard.real_now () where alert_id = '${id}' and state = 2`);          // half a minute has passed
  ok(await until(() => calls(region, id).some((row) => row.possible_duplicate && [3, 7].includes(row.state)), CLAIM_S + 10), '...and makes the call again that nobody finished', calls(region, id));
  while (Date.now() - stoodAt < STANDS_S * 1000) await sleep(200);
  process.kill(pid, 'SIGCONT');
  await sleep(1500);
  const repeated = came().filter((row) => row.repeated);
  ok(await until(allCame, 30), 'N-07 no call is lost', calls(region, id));
  ok(repeated.length >= 1 && repeated.every((row) => row.possible_duplicate), 'N-07 every call that came twice says that it may', repeated);
  say(`stood still for ${((Date.now() - stoodAt) / 1000).toFixed(0)} s; calls ${calls(region, id).length}, came twice ${repeated.length}, all marked`);
  ok(isInOrder(region, id), '...and when it wakes up it does nothing again');
  await nurse.ask('POST', `/alerts/${id}/end`, { outcome: '試験' });
}

// Nobody runs the engine: the second pair of eyes sees it, and tells by its own way.
async function alarmed(region, second, { patient, nurse }) {
  ok(!(await alarms(region)).length, 'N-60 all was well as long as one engine ran: no alarm', await alarms(region));
  process.kill(second.pid, 'SIGSTOP');
  const pid = region.kill('notify', 'SIGSTOP'), id = crypto.randomUUID();
  const [told, seconds] = await times(() => until(async () => (await alarms(region)).some((what) => what.includes('engine')), ALARM_S + 10));
  ok(told && seconds <= ALARM_S, `N-60 the engine stands still: renkei-watch raises its alarm within ${ALARM_S} s`, seconds);
  say(`alarm after ${seconds.toFixed(1)} s`);
  const refused = await report(nurse, patient, id);
  ok([503, 504].includes(refused.status), 'N-04 a report is not accepted meanwhile', refused.text);
  for (const one of [pid, second.pid]) process.kill(one, 'SIGCONT');
  ok(await until(async () => (await alarms(region)).at(-1) === 'well', 30), 'N-60 ...and tells when all is well again', await alarms(region));
  ok(await until(async () => (await report(nurse, patient, id)).status === 200, 20), 'N-04 the same report, sent again, is accepted');
  await nurse.ask('POST', `/alerts/${id}/end`, { outcome: '試験' });
}

export async function engines(region) {
  const nurse = await freshSession('nurse-1-1'), group = region.description.patients.map((patient, n) => ({ patient, nurse, n })).filter(({ patient }) => patient.consented && patient.nurse === 'nurse-1-1');
  for (const { patient: { patient_id } } of group)
    await nurse.must('PUT', `/patients/${patient_id}/chain`, { rows: [1, 2, 3].map((k) => ({ position: k, day_classes: days, from_minute: 0, to_minute: 1440, target: 'person', person_id: personOf(`doctor-1-${k}`).person_id, delay_seconds: STEP_S })) });
  await handedOver(region, group);
  const second = startSecond(region);
  try {
    ok(await until(() => fs.existsSync(path.join(region.run, 'two/notify.sock')), 60), 'a second process of notify runs');
    await sleep(2000);
    await killed(region, second, group[0], group[1]);
    await standsStill(region, second, group[0]);
    await alarmed(region, second, group[0]);
  } finally {
    process.kill(second.pid, 'SIGCONT');
    second.kill('SIGTERM');
    region.kill('notify', 'SIGCONT');
    await behave(region, { voice: { mood: 'accept', receipts: 'once' } });
  }
  ok(await until(() => second.exitCode !== null || second.signalCode, 15) && second.exitCode === 0, 'the second process ends when told', second.exitCode, second.signalCode);
}
