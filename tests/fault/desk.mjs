// desk.mjs - a fire organisation at work: its messages come in, desk and crew look people up, a call-taker helps, an administrator keeps partners.
//
// People of incidents are nobody else's in the load, so that each incident makes an alert of its own: it joins no other (N-03).  An incident's
// number is the marker of its report; the messages that follow it carry markers as their ids.
import crypto from 'node:crypto';
import { municipalities, officeOf, patientOf } from '../../deploy/demo/people.mjs';
import { nobody } from './logins.mjs';
import { hex, sleep } from './region.mjs';

const PATIENCE_MS = 60000, region = 'renkei.mizuki', towns = municipalities.map(({ code }) => code);
const stamp = () => new Date().toISOString().replace(/\.\d+Z/, '+00:00');
const across = { across: true };                               // a fire organisation works for several municipalities

// One message of spec §4.5; only an Ack counts as done.
async function tell(load, partner, kind, fields, call) {
  const id = call.marker ?? `m-${hex(8)}`, message = { v: 1, type: kind === 'result' ? 'ems.result' : 'ems.incident', id, sender: partner.sender, to: [region], kind, status: 'actual', sent: stamp(), ...fields };
  const { answer, record } = await load.send(nobody, 'incident_receive', 'POST', '/dispatch/messages', { ...call, raw: Buffer.from(JSON.stringify(message)),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${partner.key}` } });
  Object.assign(record, { told: kind, incident: fields.incident, sender: partner.sender });
  if (record.outcome === 'done' && answer.kind !== 'ack') Object.assign(record, { outcome: 'refused', refusal: JSON.stringify(answer).slice(0, 300) });
  return record.outcome === 'done';
}

const report = (load, partner, number, fields, expected) => tell(load, partner, 'report', { incident: number, event: 'dispatch', complaint: '呼吸困難', crew: { unit: '救急1', callback: '0990-00-0119' }, ...fields },
  { marker: number, table: 'incident', ...expected });
const later = (load, partner, kind, number, fields, events) => tell(load, partner, kind, { incident: number, ...fields }, { marker: `m-${hex(8)}`, table: 'incident_message', events });

async function poll(load, ask, ms = PATIENCE_MS) {
  for (const end = Date.now() + ms; Date.now() < end && !load.stopping; await sleep(300)) {
    const found = await ask();
    if (found) return found;
  }
  return null;
}

// The desk's line of an incident, once its person is found.
const onDesk = (load, desk, number) => poll(load, async () => {
  const { answer } = await load.send(desk, 'incident_list', 'GET', '/dispatch/incidents?limit=20', across);
  return answer.incidents?.find((one) => one.number === number && one.match === 'found');
});

// The desk looks the person up and prints the sheet.
async function lookUp(load, person, words, ground) {
  const lookup_id = crypto.randomUUID();
  const { answer } = await load.send(person, 'lookup_find', 'POST', '/dispatch/lookups', { ...across, body: { lookup_id, ...words }, marker: lookup_id, table: 'lookup' }), [candidate] = answer.candidates ?? [];
  if (!candidate || load.stopping) return;
  const opened = await load.send(person, 'lookup_open', 'POST', `/dispatch/lookups/${lookup_id}/record`, { ...across, body: { patient_id: candidate.patient_id, ground } });
  if (opened.status === 200 && ground !== 'telephone' && !load.stopping) await load.send(person, 'incident_sheet', 'GET', `/dispatch/lookups/${lookup_id}/sheet`, across);
}

// The last resort with a crew on the telephone.
async function telephone(load, partner_id, number, patient) {
  const taker = load.people['centre-1'], call_id = crypto.randomUUID();
  await lookUp(load, taker, { by_telephone: true, partner_id, number, unit: '救急1', phone: patient.phone, name_kana: patient.name_kana, birth_date: patient.birth_date }, 'telephone');
  await load.send(taker, 'call_record', 'PUT', `/dispatch/calls/${call_id}`, { ...across, body: { patient_id: patient.patient_id, route: 'duty_doctor', note: '試験', called_at: new Date().toISOString() }, marker: call_id, table: 'telephone_call' });
}

// From the report to the crew's result; of four one is cancelled, and one ends by the partner's own result.
export async function incidentWorker(load, patient, k) {
  const { dispatch } = load.region, desk = load.people['dispatch-1'], crew = load.people['crew-1'], { n } = patient;
  for (let turn = k; !load.stopping; turn++) {
    const number = `m-${hex(8)}`, person = patientOf(n);
    if (!await report(load, dispatch, number, { caller: { phone: person.phone }, person: { name_kana: person.name_kana, dob: person.birth_date } }, { patient: patient.patient_id })) continue;
    const line = await onDesk(load, desk, number);
    if (!line) continue;
    const path = `/dispatch/incidents/${line.incident_id}`;
    await load.send(desk, 'incident_view', 'GET', path, across);
    await lookUp(load, desk, { incident_id: line.incident_id }, 'unique_match');
    if (turn % 2) await load.send(crew, 'incident_raise', 'POST', `${path}/raise`, { ...across, body: {}, events: ['incident_changed'] });
    else await later(load, dispatch, 'update', number, { complaint: '意識障害', crew: { unit: '救急2' } }, ['incident_changed']);
    if (turn % 4 === 0) await load.send(crew, 'incident_in_hand', 'POST', `${path}/in-hand`, { ...across, body: {}, events: ['incident_changed'] });
    if (turn % 4 === 3) await telephone(load, dispatch.partner_id, number, person);
    if (turn % 4 === 1) await later(load, dispatch, 'cancel', number, {}, ['incident_changed']);
    else if (turn % 4 === 2) await later(load, dispatch, 'result', number, { result: { outcome: 'transported', hospital: '試験病院' } });
    else await load.send(crew, 'crew_result_put', 'POST', `${path}/result`, { ...across, body: { outcome: 'transported', hospital_name: '試験病院' } });
    await poll(load, async () => (await load.send(desk, 'incident_view', 'GET', path, across)).answer.alert_state === 'ended', 15000);
  }
}

// A key is shown once: one whose answer was lost is left, and another made.
async function makeKey(load, partner_id) {
  while (!load.stopping) {
    const key_id = crypto.randomUUID();
    const { answer } = await load.send(load.people['admin-1'], 'partner_key_add', 'POST', `/dispatch/partners/${partner_id}/keys`, { ...across, once: true, body: { key_id, name: '試験' } });
    if (answer.key) return { key: answer.key, key_id };
  }
  return {};
}

const putPartner = (load, partner_id, fields) => load.send(load.people['admin-1'], 'partner_put', 'PUT', `/dispatch/partners/${partner_id}`, { ...across, body: { name: '試験消防本部', region, municipalities: towns,
  senders: [`fd.${partner_id.slice(0, 8)}`], formats: ['json'], break_glass: false, reply_format: 'json', enabled: true, ...fields } });

// A partner that fetches its replies.  Its callers are nobody we know, so nobody is called.
export async function fetchingWorker(load) {
  const partner_id = crypto.randomUUID();
  await putPartner(load, partner_id);
  const partner = { ...await makeKey(load, partner_id), sender: `fd.${partner_id.slice(0, 8)}` }, headers = { authorization: `Bearer ${partner.key}` };
  const fetchReplies = (words = '') => load.send(nobody, 'replies', 'GET', `/dispatch/replies${words}`, { ...across, headers });
  while (!load.stopping) {
    const number = `m-${hex(8)}`;
    if (!await report(load, partner, number, { caller: { phone: `0990-77-${crypto.randomInt(1000, 9999)}` } }, { patient: null })) continue;
    const page = await poll(load, async () => { const { answer } = await fetchReplies(); return answer.replies?.some((one) => one.incident === number) && answer.replies; });
    if (page) await fetchReplies(`?from=${Math.min(...page.map((one) => one.number))}&after=${Math.max(...page.map((one) => one.number))}`);
    await load.send(nobody, 'support_file', 'GET', '/dispatch/support?delta=true&limit=50', { ...across, headers });
    await later(load, partner, 'cancel', number, {}, ['incident_changed']);
  }
}

// The administrator: a partner of its own is set up, cut off and let in; the scheme's newest version, which the desk confirms.
export async function partnerWorker(load) {
  const admin = load.people['admin-1'], desk = load.people['dispatch-1'], partner_id = crypto.randomUUID(), { dispatch } = load.region, base = `/dispatch/partners/${partner_id}`;
  for (let turn = 0; !load.stopping; turn++) {
    await putPartner(load, partner_id, { name: `試験消防 ${turn}` });
    const { key_id } = await makeKey(load, partner_id);
    await load.send(admin, 'partner_rules_put', 'PUT', `${base}/rules`, { ...across, body: { rules: [{ complaint: 'fever', terminal: false, response: 'single_call', approved_by: '試験医師会', approved_on: '2026-04-01' }] } });
    for (const enabled of [false, true]) await load.send(admin, 'partner_cut', 'POST', `${base}/cut`, { ...across, body: { enabled, reason: '試験' } });
    if (key_id) await load.send(admin, 'partner_key_revoke', 'DELETE', `${base}/keys/${key_id}`, across);
    await load.send(admin, 'partner_view', 'GET', base, across);
    await load.send(admin, 'outline_put', 'POST', `/dispatch/partners/${dispatch.partner_id}/outlines`, { ...across, body: { title: '試験', text: '救急隊は通常の手順を開始し、医師に直接確認してください。', valid_from: '2026-04-01' } });
    const { answer } = await load.send(desk, 'outline_list', 'GET', '/dispatch/outlines', across), newest = Math.max(...(answer.outlines ?? []).map((one) => one.number));
    if (newest > 0) await load.send(desk, 'outline_receive', 'POST', `/dispatch/partners/${dispatch.partner_id}/outlines/${newest}/receipt`, { ...across, body: {} });
    await load.send(desk, 'support_export', 'GET', '/dispatch/export?limit=50', across);
    await sleep(500);
  }
}

// A record opened without consent, told at once to whoever answers for it; every second one is reviewed, the others escalate (operating.mjs).
export async function breakGlassWorker(load, patient) {
  const admin = load.people['admin-1'], crew = load.people['crew-1'], { dispatch } = load.region, { n, municipality } = patient, { phone, name_kana, birth_date } = patientOf(n);
  const officer = load.people[`officer-${patientOf(n).town}`];
  await load.send(admin, 'break_glass_allow', 'PUT', `/municipalities/${municipality}/break-glass`, { body: { allowed: true } });
  await putPartner(load, dispatch.partner_id, { name: 'みずき広域消防本部', office_id: officeOf('fire').office_id, senders: [dispatch.sender], formats: ['json', 'cap'], break_glass: true, webhook_url: `${load.region.simulator}/webhook` });
  for (let turn = 0; !load.stopping; turn++) {
    const lookup_id = crypto.randomUUID(), keys = { phone, name_kana, birth_date };
    await load.send(crew, 'lookup_find', 'POST', '/dispatch/lookups', { ...across, body: { lookup_id, ...keys }, marker: lookup_id, table: 'lookup' });
    await load.send(crew, 'lookup_open', 'POST', `/dispatch/lookups/${lookup_id}/record`, { ...across, body: { ...keys, ground: 'break_glass', unit: '救急1', reason: '意識がなく、家族もいない' } });
    const { answer } = await load.send(officer, 'break_glass_list', 'GET', '/break-glass'), open = answer.lines?.find((one) => !one.reviewed_at);
    if (open && turn % 2 === 0) await load.send(officer, 'break_glass_review', 'POST', `/break-glass/${open.break_id}/review`, { body: { outcome: '妥当', justified: true } });
    await sleep(1000);
  }
}

// Something quick all the time, so that one sees when dispatch answers.
export async function deskWorker(load) {
  for (; !load.stopping; await sleep(100)) await load.send(load.people['dispatch-1'], 'partner_list', 'GET', '/dispatch/partners', across);
}
