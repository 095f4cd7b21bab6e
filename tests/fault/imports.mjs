// imports.mjs - a curator who sends files, looks at what they would change, and has them written.
import crypto from 'node:crypto';
import { nobody } from './logins.mjs';
import { sleep } from './region.mjs';

const ROWS = 3, PATIENCE_MS = 60000, hex = (bytes) => crypto.randomBytes(bytes).toString('hex');
export const rowsOfFile = ROWS;

async function upload(load, person, raw) {
  const { status, answer } = await load.send(person, 'upload_begin', 'POST', '/uploads', { body: { name: 'facilities.csv', size: raw.length } });
  if (status !== 200) return null;
  await load.send(person, 'upload_part', 'PUT', `/uploads/${answer.upload_id}`, { raw });
  const end = await load.send(person, 'upload_finish', 'POST', `/uploads/${answer.upload_id}/finish`, { body: { sha256: crypto.createHash('sha256').update(raw).digest('hex') } });
  return end.status === 200 ? answer.upload_id : null;
}

// Whether the import got there.
async function wait(load, person, id, wanted) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(150)) {
    const { answer } = await load.send(person, 'import_report', 'GET', `/imports/${id}`);
    if (answer.state === wanted) return true;
    if (['refused', 'failed'].includes(answer.state)) return false;
  }
  return false;
}

// Somebody at home looks for it; nobody is logged in.
async function asResident(load, kind, facility) {
  await load.send(nobody, 'public_region', 'GET', '/public/region');
  await load.send(nobody, 'public_facility_search', 'GET', `/public/facilities?services=${kind}`);
  await load.send(nobody, 'public_facility', 'GET', `/public/facilities/${facility}`);
}

// What is known of it differs, and the registrar settles that.
async function differs(load, person, facility) {
  await load.send(person, 'facility_report_put', 'POST', `/facilities/${facility}/reports`, { body: { what: `電話番号 ${hex(6)}` }, events: ['facility_reported'] });
  const { answer } = await load.send(person, 'facility_report_list', 'GET', '/facility-reports?mine=true&limit=1'), report = answer.reports?.[0];
  if (report) await load.send(person, 'facility_report_settle', 'POST', `/facility-reports/${report.report_id}/settle`, { body: { outcome: 'right' }, events: ['facility_reported'] });
}

// The office looks at what residents will see of it, by its link and, asked again, in the page.
async function proof(load, person, facility) {
  const send = () => load.send(person, 'facility_proofs_put', 'POST', '/facility-proofs', { body: { facilities: [facility] } });
  await send();
  const { answer } = await load.send(person, 'facility_proof', 'GET', `/facilities/${facility}/proof`);
  if (answer.token) {
    await load.send(nobody, 'proof_open', 'GET', `/proofs/${answer.token}`);
    await load.send(nobody, 'proof_answer', 'POST', `/proofs/${answer.token}`, { body: { given_by: '試験 花子' }, once: true, events: ['facility_changed'] });
  }
  await load.send(person, 'facility_proof_put', 'POST', `/facilities/${facility}/proof`, { body: { given_by: '試験 花子' }, events: ['facility_changed'] });
}

// What is known of one of the offices is written down, allowed to be shown, confirmed.
async function keepRecord(load, person, kind) {
  const { answer } = await load.send(person, 'facility_search', 'GET', `/facilities?limit=1&service=${kind}`), facility = answer.facilities?.[0]?.facility_id;
  if (!facility || load.stopping) return;
  const send = (message, path, body) => load.send(person, message, 'POST', `/facilities/${facility}/${path}`, { body, events: ['facility_changed'] });
  await send('facility_items_put', 'items', { items: [{ item: 'hours', answer: 'yes', text: '平日 9時から17時' }], source: 'survey' });
  await send('facility_hours_put', 'hours', { purpose: 'service', slots: [{ day: 1, from_minute: 540, to_minute: 1020 }], closed: [7, 8], source: 'survey' });
  await send('facility_consent_put', 'consent', { items: ['hours'], audiences: ['professionals'], given_by: '試験 花子', given_on: '2026-01-15' });
  await send('facility_confirm', 'confirm', {});
  await load.send(person, 'facility_past', 'GET', `/facilities/${facility}/past`);
  await load.send(person, 'facility_review_list', 'GET', `/facility-reviews?service=${kind}`);
  await load.send(person, 'facility_review_put', 'POST', '/facility-reviews', { body: { facilities: [facility], reviewed: true }, events: ['facility_changed'] });
  await asResident(load, kind, facility);
  await differs(load, person, facility);
  await proof(load, person, facility);
}

// What leaves the registry as lists.
async function takeLists(load, person, kind) {
  const { answer } = await load.send(person, 'facility_search', 'GET', `/facilities?limit=1&service=${kind}`), facility = answer.facilities?.[0]?.facility_id;
  const lists = [['facility_export', `/facilities.csv?service=${kind}`], ['facility_paper', `/facilities.pdf?municipality=011011&audience=residents&service=${kind}`],
    ['open_data', '/open-data/011011/care.csv'], ['fhir_metadata', '/fhir/metadata'], ['fhir_search', '/fhir/Organization?_count=1'], ['fhir_read', `/fhir/Organization/${facility}`]];
  for (const [message, path] of lists) if (!load.stopping) await load.send(person, message, 'GET', path);
}

// A 日常生活圏域 is drawn, and an office of the municipality is said to lie in it.
async function placeOffice(load, person) {
  const area = crypto.randomUUID(), municipality = '990019', { answer } = await load.send(person, 'facility_search', 'GET', `/facilities?limit=1&municipality=${municipality}`);
  await load.send(person, 'medical_areas_put', 'POST', '/areas/medical', { body: { areas: [{ area: '9901', name: '試験', municipality }] } });
  await load.send(person, 'care_area_put', 'PUT', `/areas/care/${area}`, { body: { municipality, name: area, towns: ['試験町'] }, events: ['care_area_changed'] });
  await load.send(person, 'area_list', 'GET', '/areas');
  await load.send(person, 'boundary_put', 'PUT', `/boundaries/${municipality}`, { body: { name: '試験', edition: '2026-01-01', credit: '試験', rings: [3],
    points: [139100000, 30000000, 139200000, 30000000, 139100000, 30100000] } });
  await load.send(person, 'boundary_list', 'GET', '/boundaries');
  if (!answer.facilities?.[0] || load.stopping) return;
  await load.send(person, 'facility_area_put', 'PUT', `/facilities/${answer.facilities[0].facility_id}/area`, { body: { care_area_id: area }, events: ['facility_changed'] });
}

// Each file is of a kind of service of its own, so that no other file seems to leave its offices out.
export async function importWorker(load) {
  const person = load.people['admin-1'];
  while (!load.stopping) {
    const kind = `m-${hex(8)}`, rows = Array.from({ length: ROWS }, (_, k) => `011011,${hex(5).toUpperCase()},試験事業所${k + 1},${kind}`);
    const upload_id = await upload(load, person, Buffer.from(`都道府県コード又は市町村コード,事業所番号,事業所名,サービスの種類\n${rows.join('\n')}\n`));
    if (!upload_id) continue;
    const { status, answer } = await load.send(person, 'import_check', 'POST', '/imports', { body: { upload_id, profile: 'kaigo-jigyosho', force: true }, marker: upload_id, table: 'import' });
    if (status !== 200 || !await wait(load, person, answer.import_id, 'checked')) continue;
    await load.send(person, 'import_run', 'POST', `/imports/${answer.import_id}/run`, { body: {}, imported: { import_id: answer.import_id, kind } });
    if (await wait(load, person, answer.import_id, 'done')) await keepRecord(load, person, kind);
    if (!load.stopping) await takeLists(load, person, kind);
    await load.send(person, 'import_list', 'GET', '/imports');
    await load.send(person, 'import_profile_list', 'GET', '/import-profiles');
    await load.send(person, 'import_refused', 'GET', `/imports/${answer.import_id}/refused.csv`);
    await placeOffice(load, person);
  }
}

// Files that are only sent, some of them in two parts.
export async function uploadWorker(load) {
  const person = load.people['admin-1'];
  for (let turn = 0; !load.stopping; turn++) {
    await upload(load, person, Buffer.from(`事業所番号,名称\n${hex(turn % 5 ? 400 : 150_000)}\n`));
    await load.send(person, 'session_list', 'GET', '/sessions');
    await load.send(person, 'office_session_list', 'GET', '/office/sessions');
    await load.send(load.people['liaison-1'], 'hospital_patients', 'GET', '/hospital/patients');
    const { answer } = await load.send(person, 'office_list', 'GET', '/offices?limit=5');
    if (answer.offices?.[0]) await load.send(person, 'office_people', 'GET', `/offices/${answer.offices[0].office_id}/people`);
    await sleep(100);
  }
}
