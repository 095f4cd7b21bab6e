// dispatch.mjs - an incident over HTTP, as a fire organisation would send it: Ack, the people on duty, the desk's look-up, the crew's result.
import crypto from 'node:crypto';
import { patientOf } from '../../deploy/demo/people.mjs';
import { BASE, is, number, ok, region, scenario, session, sql, until } from './lib.mjs';

const { key, partner_id } = region.dispatch, person = patientOf(0), name = `S-${Date.now()}`;
const stamp = () => `${new Date(Date.now() + 9 * 3600e3).toISOString().slice(0, 19)}+09:00`;

async function send(body, type, bearer = key) {
  const began = Date.now();
  const response = await fetch(`${BASE}/api/v1/dispatch/messages`, { method: 'POST', body, headers: { 'content-type': type, authorization: `Bearer ${bearer}` } });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text(), ms: Date.now() - began };
}

const message = (id, rest) => JSON.stringify({ v: 1, type: 'ems.incident', id, sender: 'fd.mizuki', to: ['renkei.mizuki'], kind: 'report', status: 'actual', sent: stamp(), incident: name, ...rest });
const report = message(`${name}-1`, { complaint: 'CPA疑い', caller: { phone: person.phone }, person: { name_kana: person.name_kana, dob: person.birth_date }, crew: { unit: '救急1', callback: '0990-00-0119' } });

const reply = () => sql(`select convert_from (r.body, 'UTF8') from dispatch.reply r join dispatch.incident i using (incident_id) where i.number = '${name}' order by r.number desc limit 1`);

async function incoming() {
  const [first, twin] = await Promise.all([send(report, 'application/json'), send(report, 'application/json')]);
  ok([first, twin].some((one) => one.status === 200 && JSON.parse(one.text).kind === 'ack'), 'EMS-01: a report is acknowledged', { first, twin });
  const again = await send(report, 'application/json'), third = await send(report, 'application/json');
  is(again.text, third.text, 'EMS-11: the same bytes get the same Ack over HTTP too');
  is(number(`select count(*) from dispatch.incident where number = '${name}'`), 1, '...two at once make one incident');
  is((await send(report, 'application/json', 'renkei_0')).status, 401, 'V-04: a key nobody made is refused');
  const hostile = await send('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'application/cap+xml');
  ok(hostile.status === 200 && hostile.type.startsWith('application/cap+xml') && hostile.text.includes('<msgType>Error</msgType>') && !hostile.text.includes('root:'), 'EMS-14: an entity is answered with a CAP Error', hostile);
  is((await send(Buffer.alloc(262145, 32), 'application/json')).status, 413, 'V-01: a byte over 256 KiB stays outside');
}

async function answered() {
  const said = await until(() => { const text = reply(); return text.includes('"contacts":[{') && text; }, 5000);
  const answer = JSON.parse(said || '{}');
  is(answer.match?.result, 'unique', 'EMS-03: the reply says who it is');
  ok(answer.contacts?.length >= 2 && answer.contacts.at(-1).state === 'always' && answer.contacts.every((one) => one.phone), 'EMS-05: ...whom to call, the last resort last', answer.contacts);
  ok(await until(() => number(`select count(*) from notify.alert where patient_id = '${person.patient_id}' and state = 1`) === 1), 'EMS-02: ...and the alert is open');
}

async function lookedUp() {
  const desk = await session('dispatch-1'), lookup = crypto.randomUUID();
  const { answer: { incidents } } = await desk.get('/dispatch/incidents');
  const incident = incidents.find((one) => one.number === name).incident_id;
  const found = await desk.ask('POST', '/dispatch/lookups', { lookup_id: lookup, incident_id: incident });
  is(found.answer.candidates?.[0]?.patient_id, person.patient_id, 'EMS-06: the desk finds the person by what the incident says', found.text);
  const denied = await desk.ask('POST', `/dispatch/lookups/${lookup}/record`, { patient_id: crypto.randomUUID(), ground: 'unique_match' });
  is(denied.status, 404, 'EMS-07: ...and nobody else');
  const record = await desk.ask('POST', `/dispatch/lookups/${lookup}/record`, { patient_id: person.patient_id, ground: 'unique_match' });
  ok(record.answer.record?.acp?.note === '救急隊は通常の手順を開始し、医師に直接確認すること', 'EMS-09: ...with the fixed sentence', record.text);
  const sheet = await fetch(`${BASE}/api/v1/dispatch/lookups/${lookup}/sheet`, { headers: { cookie: desk.cookie } });
  ok(sheet.headers.get('content-type') === 'application/pdf' && (await sheet.text()).startsWith('%PDF-'), 'EMS-21: ...and on paper');
  const file = await fetch(`${BASE}/api/v1/dispatch/export?encoding=cp932`, { headers: { cookie: desk.cookie } });
  ok(new TextDecoder('shift_jis').decode(await file.arrayBuffer()).includes(person.phone), 'EMS-20: the export holds who has agreed');
  return incident;
}

async function ended(incident) {
  const crew = await session('crew-1');
  is((await crew.ask('POST', `/dispatch/incidents/${incident}/result`, { outcome: 'transported', hospital_name: 'みずき病院' })).status, 200, 'EMS-13: the crew says how it ended');
  ok(await until(() => number(`select count(*) from notify.feed where kind = 15 and patient_id = '${person.patient_id}'`) > 0, 10000), 'EMS-13: ...and the team hears it');
  const admin = await session('admin-1'), cut = (enabled) => admin.ask('POST', `/dispatch/partners/${partner_id}/cut`, { enabled, reason: '試験' });
  is((await cut(false)).status, 200, 'a partner is cut off in one command');
  is((await send(report, 'application/json')).status, 401, '...at once');
  is((await cut(true)).status, 200, '...and let in again');
}

scenario(async () => {
  await incoming();
  await answered();
  await ended(await lookedUp());
});
