// Two nights over HTTP, as the issue tells them.  An incident from the fire service: the doctor on duty declines, the deputy accepts with an arrival, the crew writes the
// result, the care manager reads it.  An expected death at home, with 119 called anyway: the order agreed for dying, the recorded wish with its date, no call after the
// telephone answer.  And an exercise, in which nobody real is called.
import crypto from 'node:crypto';
import { MINUTE, Stream, clock, is, number, ok, officeOf, personOf, region, scenario, session, sql, until } from './lib.mjs';
import { Partner } from './ems_partner.mjs';
import { patientOf } from '../../deploy/demo/people.mjs';

const tag = crypto.randomBytes(3).toString('hex');
const keyOf = (person_id) => region.accounts.find((account) => account.person_id === person_id)?.key;
const people = {}, streams = {};
const person = async (key) => (people[key] ??= await session(key));
const stream = async (key) => (streams[key] ??= await Stream.open(await person(key)));
const received = async () => (await fetch(`${region.simulator}/received.json`)).json();
const managerOf = (n) => `manager-${patientOf(n).town}-${1 + n % 2}`, nurseOf = (n) => `nurse-${patientOf(n).town}-${1 + n % 2}`;
const view = (who, alert_id) => who.must('GET', `/alerts/${alert_id}`);
const wire = ({ name_kana, birth_date, phone, address }) => ({ caller: { phone, relation: 'family' }, person: { name_kana, dob: birth_date }, place: { address } });
const digits = (text) => String(text ?? '').replace(/\D/g, '');

async function consentToEms(n) {
  const manager = await person(managerOf(n));
  await manager.must('POST', `/patients/${patientOf(n).patient_id}/consents`, { consent_id: crypto.randomUUID(), scope: 'ems', giver: 'person', method: 'written', from: '2026-04-01' });
}

// Station and attending doctor at once, then the deputy, on any day; the product's own version of the order comes back from a question.
const every = ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear', 'local'], row = (position, target, fields) => ({ position, day_classes: every, from_minute: 0, to_minute: 1440, target, ...fields });
const doctorOf = (n, k = 0) => `doctor-${patientOf(n).town}-${1 + (n + k) % 3}`;
const setOrder = (manager, n, more = {}) => manager.must('PUT', `/patients/${patientOf(n).patient_id}/chain`, { ...more, rows: [row(1, 'office', { office_id: officeOf(`station-${patientOf(n).town}`).office_id }),
  row(1, 'person', { person_id: personOf(doctorOf(n)).person_id }), row(2, 'person', { person_id: personOf(doctorOf(n, 1)).person_id })] });

// The alert that began for that person on somebody's screen.
const askedOn = async (key, patient_id, ms) => (await stream(key)).wait((event) => event.kind === 'alert_asked' && event.patient_id === patient_id, ms);

// ---- the first night ---------------------------------------------------------------------------------------------------------------------------------
async function incident(partner) {
  const n = 12, patient = patientOf(n), manager = await person(managerOf(n));
  await consentToEms(n);
  await setOrder(manager, n);
  const before = await manager.must('GET', `/patients/${patient.patient_id}/on-call?tag=breathing&reporter=dispatch`), doctors = before.targets.filter(({ person_id }) => keyOf(person_id)?.startsWith('doctor'));
  ok(doctors.length >= 2, 'two doctors can be asked tonight', before.targets);
  const first = keyOf(doctors[0].person_id), deputy = keyOf(doctors[1].person_id);
  const [his, hers] = [await stream(managerOf(n)), await stream(first), await stream(deputy)];      // open before anything happens
  const number_of = `${tag}-1`, message = partner.message('report', { incident: number_of, event: 'dispatch', complaint: '医師の要請', age: 86, ...wire(patient), crew: { unit: 'みずき救急1', callback: '09900000119' } });
  const sent = await partner.send(message);
  ok(sent.status === 200 && sent.ms < 1000, 'EMS-01: dispatch has its receipt within a second', sent);
  const again = await partner.send(message);
  is([again.status, again.text], [sent.status, sent.text], 'EMS-11: the same message again has the same receipt');
  const call = await hers.wait((event) => event.kind === 'alert_asked' && event.patient_id === patient.patient_id, 4000);
  const alert_id = call?.data.alert_id, reply = await partner.reply(number_of, (one) => one.contacts?.length > 0, 3000);
  const took = (what) => number(`select coalesce (max (round (1000 * extract (epoch from ${what} - i.received_at))), 99999)::int from dispatch.incident i where i.number = '${number_of}'`);
  const asked_ms = took(`(select min (t.asked_at) from notify.alert_try t where t.alert_id = i.alert_id)`), reply_ms = took('(select min (r.made_at) from dispatch.reply r where r.incident_id = i.incident_id)');
  ok(call && asked_ms <= 3000, 'EMS-02: the doctor on duty is asked within three seconds of the incident', asked_ms);
  ok(reply && reply_ms <= 2000, 'EMS-03: the reply with contacts is there within two seconds, whoever answers or not', reply_ms);
  const listed = reply.document.contacts;
  is(listed.at(-1).phone && digits(listed.at(-1).phone), digits(officeOf('centre').duty_phone), 'EMS-05: the last resort stands last');
  const wanted = before.targets.filter(({ target }) => target !== 'last_resort').map(({ phone }) => digits(phone));
  is(listed.slice(0, -1).map(({ phone }) => digits(phone)), wanted, 'EMS-05: the contacts are what the resolver says at that moment, in its order');
  ok(reply.document.match?.result === 'unique', 'U-25: the person is found by telephone, name and birth date', reply.document.match);
  is(number(`select count(*) from notify.alert where patient_id = '${patient.patient_id}' and ended_at is null`), 1, 'EMS-11: one incident, one alert');

  is((await people[first].ask('POST', `/alerts/${alert_id}/answer`, { answer: 'cannot', decline: 'in_consultation' })).status, 200, 'the doctor on duty cannot');
  ok(await askedOn(deputy, patient.patient_id, 2000), 'N-40: the deputy is asked within two seconds');
  const arrival_at = new Date(Date.now() + 30 * 60000).toISOString(), from = Date.now();
  is((await people[deputy].ask('POST', `/alerts/${alert_id}/answer`, { answer: 'visit', arrival_at })).status, 200, 'the deputy accepts with an arrival');
  const update = await partner.reply(number_of, (one) => one.contacts?.some(({ state }) => state === 'accepted'), 3000);
  ok(update && Date.now() - from < 2000, 'EMS-04: dispatch knows within two seconds', update?.document.contacts);
  is(update?.document.contacts.find(({ state }) => state === 'accepted')?.eta, 'le45m', 'EMS-04: …with the bucket of 45 minutes');
  ok(update?.document.contacts.some(({ state }) => state === 'declined'), 'EMS-04: …and who declined');

  ok((await view(manager, alert_id)).timeline.some(({ kind }) => kind === 'declined'), 'N-63: the course tells who declined, while it matters');
  const desk = await person('dispatch-1'), { incidents } = await desk.must('GET', '/dispatch/incidents'), own = incidents.find((one) => one.number === number_of);
  ok(own, 'the desk’s list shows the incident', incidents);
  const result = { outcome: 'transported', hospital_name: '架空中央病院', hospital_phone: '0990-70-0001', arrived_at: new Date().toISOString(), family_joined: true, handed_to: '救急外来 医師' };
  is((await desk.ask('POST', `/dispatch/incidents/${own.incident_id}/result`, result)).status, 200, 'EMS-13: the crew writes the result');
  const told = await his.wait((event) => event.kind === 'transport_result' && event.patient_id === patient.patient_id, 10000);
  ok(told, 'EMS-13: the care manager is told within ten seconds');
  const head = await until(async () => { const one = await manager.must('GET', `/patients/${patient.patient_id}`); return one.place === 'hospital' ? one : null; });
  ok(head?.place === 'hospital' && JSON.stringify(head).includes('架空中央病院'), 'U-26: …and reads in the morning where the person is', head);
  const course = await until(async () => { const one = await view(manager, alert_id); return one.timeline.some(({ kind }) => kind === 'transport_result') ? one : null; });
  ok(['asked', 'accepted', 'transport_result'].every((kind) => course?.timeline.some((line) => line.kind === kind)), 'N-63: the course tells all of it: asked, accepted, taken to hospital', course?.timeline.map(({ kind }) => kind));
  ok(course && !course.timeline.some(({ kind }) => kind === 'declined') && !course.tries.some(({ state }) => state === 'declined'), '…and after its end not who declined', course?.tries);
  is(number(`select count(*) from notify.alert_line where alert_id = '${alert_id}' and kind = 7`), 1, '…which the audit has');
}

// ---- the second night --------------------------------------------------------------------------------------------------------------------------------
async function expectedDeath(partner) {
  const n = 7, patient = patientOf(n), id = patient.patient_id, manager = await person(managerOf(n)), doctor = doctorOf(n);
  await consentToEms(n);
  const head = await manager.must('GET', `/patients/${id}`);
  ok(head.terminal_phase, '看取り: the team has agreed on it', head);
  await (await person(doctor)).must('POST', `/patients/${id}/wish-documents`, { document_id: crypto.randomUUID(), kind: 'order', written_on: '2026-10-02', issuer: 'attending_doctor', direction: 'comfort', assumed_condition: '老衰', paper_at: '冷蔵庫のキット' });
  await setOrder(manager, n, { terminal: true });
  const order = await manager.must('GET', `/patients/${id}/on-call?reporter=dispatch`);
  is([order.terminal, order.targets[0].position === order.targets[1].position], [true, true], '看取り: its own order: station and attending doctor at once');
  const hers = await stream(doctor), number_of = `${tag}-2`;
  const sent = await partner.send(partner.message('report', { incident: number_of, event: 'dispatch', complaint: 'CPA疑い', ...wire(patient), crew: { unit: 'みずき救急2', callback: '09900000120' } }));
  is(sent.status, 200, '119 is called anyway');
  const call = await hers.wait((event) => event.kind === 'alert_asked' && event.patient_id === id, 4000);
  ok(call, '看取り: the attending doctor is asked');
  const reply = await partner.reply(number_of, (one) => one.acp && one.contacts?.length > 0, 4000), acp = reply?.document.acp;
  ok(acp?.status && JSON.stringify(acp).includes('2026-10-02'), 'EMS-09: the reply carries the recorded wish and its date', acp);
  ok(JSON.stringify(acp ?? {}).includes('救急隊は通常の手順を開始し、医師に直接確認すること'), 'EMS-09: …and the sentence that the crew begins and asks the doctor', acp);
  ok(!/comfort|行わない|しないこと|中止/.test(JSON.stringify(reply?.document ?? {})), 'EMS-09: …and never an instruction to withhold', acp);
  ok(reply?.document.contacts.some(({ phone }) => digits(phone) === digits(personOf(doctor).phone) || digits(phone) === digits(officeOf(`clinic-${patient.town}-${1 + n % 3}`).duty_phone)), '…and the doctor who can be reached now', reply?.document.contacts);
  is((await people[doctor].ask('POST', `/alerts/${call?.data.alert_id}/answer`, { answer: 'by_telephone', text: '訪問して確認する' })).status, 200, 'the doctor answers by telephone');
  const calls = () => number(`select count(*) from notify.delivery where alert_id = '${call?.data.alert_id}' and kind = 4`), then = calls();
  clock(50 * MINUTE);
  await until(() => false, 1500);
  is(calls(), then, '看取り: nobody is called again after a telephone answer');
  clock(0);
  const desk = await person('dispatch-1'), { incidents } = await desk.must('GET', '/dispatch/incidents'), own = incidents.find((one) => one.number === number_of);
  is((await desk.ask('POST', `/dispatch/incidents/${own.incident_id}/result`, { outcome: 'handed_to_doctor', handed_to: '在宅主治医' })).status, 200, 'EMS-13: 医師引継 is a result');
  ok(await (await stream(managerOf(n))).wait((event) => event.kind === 'transport_result' && event.patient_id === id, 10000), '…and the care manager has it');
  const open = sql(`select alert_id from notify.alert where patient_id = '${id}' and ended_at is null`);
  if (open) is((await people[doctor].ask('POST', `/alerts/${open}/end`, { outcome: '在宅主治医が看取った' })).status, 200, 'the doctor ends it');
}

// ---- an exercise ---------------------------------------------------------------------------------------------------------------------------------------
async function exercise(partner) {
  const n = 14, patient = patientOf(n), number_of = `${tag}-3`, before = (await received()).length;
  await consentToEms(n);
  const calls = number(`select count(*) from notify.delivery where alert_id in (select alert_id from notify.alert where patient_id = '${patient.patient_id}')`);
  const sent = await partner.send({ ...partner.message('report', { incident: number_of, event: 'dispatch', complaint: '呼吸困難', ...wire(patient), crew: { unit: 'みずき救急3' } }), status: 'exercise' });
  is(sent.status, 200, 'EMS-16: an exercise is taken');
  const reply = await partner.reply(number_of, () => true, 3000);
  ok(reply && reply.document.status !== 'actual', 'EMS-16: …and answered as one', reply?.document.status);
  await until(() => false, 1500);
  const outside = (await received()).slice(before).filter((one) => JSON.stringify(one).includes(personOf(`doctor-${patient.town}-1`).phone) || JSON.stringify(one).includes(personOf(nurseOf(n)).phone));
  is(outside.filter((one) => !JSON.stringify(one).includes('訓練')), [], 'EMS-16, N-64: nobody real is called');
  ok(calls === number(`select count(*) from notify.delivery d join notify.alert a using (alert_id) where a.patient_id = '${patient.patient_id}' and a.exercise is not true`), 'EMS-16: …nor queued');
}

await scenario(async () => {
  const partner = await Partner.make(await person('admin-1'), `架空広域消防本部 ${tag}`);
  try {
    await incident(partner);
    await expectedDeath(partner);
    await exercise(partner);
  } finally {
    clock(0);
    for (const one of Object.values(streams)) one.close();
    await partner.leave();
  }
});
