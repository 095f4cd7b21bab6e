// duty.mjs - PostgreSQL stopped: whoever was logged in still reads who has duty, marked as a copy with its time; an emergency report is refused at
// once, in clear words, with the last resort's telephone; nothing else is answered; afterwards everything is as before, and nothing was recorded.
import crypto from 'node:crypto';
import { freshSession } from '../scenario/lib.mjs';
import { patientOf } from '../../deploy/demo/people.mjs';
import { incidentOf, tellIncident } from './incidents.mjs';
import { ok, say, sleep, until } from './region.mjs';

let region;
const key = ({ status, answer }) => `${status} ${answer?.key ?? answer?.type?.split('/').pop() ?? ''}`.trim();
const isThere = () => { try { return region.sql('select 1') === '1'; } catch { return false; } };
const isCopy = ({ status, answer }) => status === 200 && answer.stale === true;

async function copyIsThere(nurse) {
  const { status, answer } = await nurse.get('/duty?days=31');
  ok(status === 200 && answer.stale === false && !answer.last_resorts?.length, 'with PostgreSQL there the duty is not marked', answer?.stale);
  await sleep(11000);                                          // the copy is made every ten seconds
  return answer;
}

const report = (patient, id) => ({ alert_id: id, patient_id: patient.patient_id, urgency: 'life_threatening', tag: 'consciousness', observed_at: new Date().toISOString() });

async function whileAway(nurse, stranger, leaver, before, patient, id, incident) {
  const began = Date.now(), duty = await nurse.get('/duty?days=31');
  ok(isCopy(duty), 'PostgreSQL stopped: the duty is answered from the last copy and marked', duty.text.slice(0, 300));
  ok(Date.now() - began < 2000, '...at once', Date.now() - began);
  const { answer } = duty, now = Date.now(), lines = (list) => JSON.stringify(list.map((line) => [line.rotation_id, line.person_id, line.phone]));
  ok(Date.parse(answer.as_of) <= now && Date.parse(answer.as_of) > now - 120e3, '...with the time of the copy', answer.as_of);
  ok(answer.now.length > 0 && lines(answer.now) === lines(before.now), '...with the same people as before', answer.now);
  ok(answer.last_resorts.length > 0 && answer.last_resorts.every((desk) => desk.name && desk.phone), '...and with whom to call', answer.last_resorts);
  const desk = answer.last_resorts.find((one) => one.municipality === patient.municipality);
  const sent = await nurse.ask('POST', '/emergencies', report(patient, id));
  ok(key(sent) === '503 alarm_away', 'N-04 PostgreSQL stopped: an emergency report is refused', key(sent));
  ok(JSON.stringify(sent.answer).includes(desk.phone) && JSON.stringify(sent.answer).includes(desk.name), '...with the name and the telephone of the last resort', sent.text);
  const told = await tellIncident(region, incident);
  ok(told.status === 503, 'N-04 PostgreSQL stopped: an incident is refused, never accepted', told);
  const english = await nurse.ask('POST', '/emergencies', report(patient, id), { 'accept-language': 'en' });
  ok(/cannot be taken now/.test(english.text) && english.text.includes(desk.phone), '...in the reader\'s language', english.text);
  for (const path of [`/patients/${patient.patient_id}`, '/patients', '/alerts', '/feed', '/session', '/facilities', '/sessions', `/patients/${patient.patient_id}/on-call`])
    ok((await nurse.get(path)).status === 503, `PostgreSQL stopped: ${path.replace(/[0-9a-f-]{36}/, '…')} is not answered`);
  ok(key(await stranger.get('/duty')) === '503 try_later', 'a token nobody has looked up before reads nothing', key(await stranger.get('/duty')));
  ok(key(await leaver.get('/duty')) === '503 try_later', 'neither does a session that was ended before', key(await leaver.get('/duty')));
  ok((await fetch(`${region.base}/api/v1/duty`)).status === 401, 'nor somebody without a session');
}

async function afterwards(nurse, patient, id, incident) {
  region.postgres('start');
  ok(await until(async () => { const duty = await nurse.get('/duty'); return duty.status === 200 && duty.answer.stale === false; }, 30), 'PostgreSQL started: the duty is fresh again by itself');
  ok(region.sql(`select count(*) from notify.alert where alert_id = '${id}'`) === '0', 'nothing of the refused report was recorded');
  ok(await until(async () => (await nurse.ask('POST', '/emergencies', report(patient, id))).status === 200, 20), 'N-04 the same report, sent again, is accepted');
  ok(region.sql(`select count(*) from notify.alert where alert_id = '${id}'`) === '1', '...once');
  const entries = () => region.sql(`select count(*) from notify.alert_entry e join dispatch.incident i using (incident_id) where i.number = '${incident.number}'`);
  ok(region.sql(`select count(*) from dispatch.incident where number = '${incident.number}'`) === '0', 'N-04 nothing of the refused incident was recorded');
  ok(await until(async () => (await tellIncident(region, incident)).kind === 'ack', 20), 'N-04 the same incident, sent again, is accepted');
  ok(await until(() => entries() === '1', 20), '...and is in one alert', entries());
}

export async function databaseStopped(of) {
  region = of;
  const patient = region.description.patients.find((one) => one.consented), incident = incidentOf(region, patientOf(2));
  const nurse = await freshSession(patient.nurse), leaver = await freshSession('doctor-2-1'), stranger = Object.assign(Object.create(nurse), { cookie: `renkei=${crypto.randomBytes(32).toString('base64url')}` });
  const before = await copyIsThere(nurse);
  const cookie = leaver.cookie;
  await leaver.must('GET', '/duty');
  await leaver.must('POST', '/logout');
  leaver.cookie = cookie;
  region.postgres('-m', 'fast', 'stop');
  say('PostgreSQL is stopped');
  try {
    await whileAway(nurse, stranger, leaver, before, patient, crypto.randomUUID(), incident);
    const later = crypto.randomUUID();
    await sleep(3000);
    ok(isCopy(await nurse.get('/duty')), 'some seconds later the copy is still answered');
    await afterwards(nurse, patient, later, incident);
  } finally {
    if (!isThere()) region.postgres('start');
  }
}
