// courses.mjs - alerts that go their whole way: the hospital is asked, somebody else takes over, arrival; an answer by telephone; a change of
// condition that becomes a sudden change; an answer by one-time link.  Their person is nobody else's in the load.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { reported } from './load.mjs';
import { nobody } from './logins.mjs';
import { hex, sleep } from './region.mjs';

const PATIENCE_MS = 30000;

async function report(load, patient, urgency) {
  const id = crypto.randomUUID();
  return { id, ...await load.send(load.member(patient, 'nurse'), 'emergency_report', 'POST', '/emergencies', { marker: id, table: 'alert_entry', events: reported,
    body: { alert_id: id, patient_id: patient.patient_id, urgency, tag: 'breathing', happened: '息が苦しい', observed_at: new Date().toISOString() } }) };
}

// Whoever holds the alert asks the hospital, hands over, and the other one goes there.
async function wholeWay(load, patient, id, holder) {
  const nurse = load.member(patient, 'nurse'), other = Object.values(load.people).find((person) => person.role === 'doctor' && person.municipality === patient.municipality && person !== holder);
  const step = (person, message, word, call = {}) => load.send(person, message, 'POST', `/alerts/${id}/${word}`, { body: {}, ...call });
  const said = `m-${hex(8)}`, came = `m-${hex(8)}`;
  await step(holder, 'alert_answer', 'answer', { body: { answer: 'visit', arrival_at: new Date(Date.now() + 1800e3).toISOString(), text: came }, marker: came, table: 'alert_line' });
  await step(holder, 'alert_ask_hospital', 'hospital');
  await step(nurse, 'alert_hospital_answer', 'hospital-answer', { body: { answer: 'accept', text: said }, marker: said, table: 'alert_line' });
  await step(holder, 'alert_hand_over', 'hand-over', { body: { person_id: other.person_id }, events: ['alert_person_asked'] });
  await step(other, 'alert_answer', 'answer', { body: { answer: 'by_telephone' } });
  await step(other, 'alert_arrived', 'arrived');
  await step(other, 'alert_in_hand', 'in-hand');
}

// The link as the person who is asked finds it in the message (link_token.h).
async function tokenFor(load, region, id, person_id) {
  const key = fs.readFileSync(path.join(region.data, 'secrets/link.key'));
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end && !load.stopping; await sleep(500)) {
    const [row] = await region.laterRows(`select reply_id from notify.reply_code where alert_id = '${id}' and person_id = '${person_id}' and link_used_at is null`);
    if (!row) continue;
    const bytes = Buffer.from(row.reply_id.replaceAll('-', ''), 'hex');
    return Buffer.concat([bytes, crypto.createHmac('sha256', key).update('reply:').update(bytes).digest().subarray(0, 16)]).toString('base64url');
  }
  return null;
}

async function byLink(load, region, id, doctor) {
  const token = await tokenFor(load, region, id, doctor.person_id);
  if (!token) return;
  await load.send(nobody, 'reply_link', 'GET', `/replies/${token}`);
  const { answer, record } = await load.send(nobody, 'reply_by_link', 'POST', `/replies/${token}`, { body: { answer: 'by_telephone' } });
  if (record.outcome === 'done' && !answer.taken && record.attempts.length === 1) Object.assign(record, { outcome: 'refused', refusal: answer.words });
}

// What a provider tells of a message nobody knows changes nothing.
async function callBack(load, region) {
  const body = JSON.stringify({ call: { id: `m-${hex(8)}` }, status: 'completed', sequence: 1 }), seconds = Math.floor(Date.now() / 1000);
  const mac = crypto.createHmac('sha256', region.secret('provider-callback')).update(`${seconds}.${body}`).digest('hex');
  await load.send(nobody, 'provider_callback', 'POST', '/providers/simulator/callback', { raw: Buffer.from(body), headers: { 'content-type': 'application/json', authorization: `Bearer ${seconds}.${mac}` } });
}

// The proxy of the doctor's clinic prepares an answer; the doctor gives another, or this one is never given.
async function prepared(load, id, doctor) {
  const proxy = load.people[doctor.key.replace('doctor', 'proxy')], words = `m-${hex(8)}`;
  if (proxy?.role === 'clinic_proxy')
    await load.send(proxy, 'alert_answer_draft', 'POST', `/alerts/${id}/draft`, { body: { person_id: doctor.person_id, answer: 'by_telephone', text: words }, marker: words, table: 'alert_answer_draft' });
}

async function oneCourse(load, patient, turn, region) {
  const nurse = load.member(patient, 'nurse'), outcome = `m-${hex(8)}`, way = turn % (region ? 4 : 3), { status, answer, id } = await report(load, patient, way === 2 ? 'today' : 'urgent');
  if (status !== 200 || answer.joined) return;
  const asked = answer.asked.find((row) => row.state === 'asked' && row.person_id), doctor = Object.values(load.people).find((person) => person.person_id === asked?.person_id);
  if (doctor && way !== 2) await prepared(load, id, doctor);
  if (way === 2) await load.send(nurse, 'alert_raise', 'POST', `/alerts/${id}/raise`, { body: { text: outcome } });
  else if (doctor && way === 1) await load.send(nurse, 'alert_record_answer', 'POST', `/alerts/${id}/telephone`, { body: { person_id: doctor.person_id, answer: 'by_telephone' } });
  else if (doctor && way === 3) await byLink(load, region, id, doctor);
  else if (doctor) await wholeWay(load, patient, id, doctor);
  await load.send(nurse, 'alert_end', 'POST', `/alerts/${id}/end`, { body: { outcome }, marker: outcome, table: 'alert', events: ['alert_ended'] });
}

export async function courseWorker(load, patient, region) {
  for (let turn = 0; !load.stopping; turn++) {
    await oneCourse(load, patient, turn, region);
    if (region) await callBack(load, region);
  }
}
