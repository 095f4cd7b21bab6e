// seed.mjs - fills a demo region over its own HTTP interface: municipalities, offices, people with accounts, rotations, last resort,
// 200 invented patients with teams, consents, orders of doctors and sheets.  Everything has a name-made id: running it twice is harmless.
//
//   node seed.mjs BASE DATA_DIR SIMULATOR_BASE
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Api, uuidOf } from './api.mjs';
import { Passkey } from './passkey.mjs';
import { municipalities, offices, people, officeOf, personOf, patientOf, pick, digits } from './people.mjs';
import { sectionsOf } from './sheets.mjs';
import { fillFreePlaces, fillRecord, fillUpkeep, importFacilities } from './facilities.mjs';
import { fillPlaces } from './places.mjs';
import { fillRegion } from './region.mjs';
import { openOffices } from './staffing.mjs';
import { showToResidents } from './residents.mjs';

const [base, dataDir, simulator] = process.argv.slice(2);
const secrets = path.join(dataDir, 'secrets');
const PATIENTS = Number(process.env.DEMO_PATIENTS ?? 200);
const operatorAccount = JSON.parse(fs.readFileSync(path.join(secrets, 'first-operator.json'), 'utf8'));
const today = new Date().toISOString().slice(0, 10);
const allDays = ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear', 'local'];

// Passwords and one-time secrets of the demo accounts are made once per region and kept.
function demoAccounts() {
  const file = path.join(secrets, 'demo-accounts.json');
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8'));
  const base32 = (bytes) => [...bytes].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte & 31]).join('');
  const accounts = Object.fromEntries(people.map((person) => [person.key, {
    login: person.key, password: `mizuki-${crypto.randomBytes(9).toString('base64url')}`, totp_secret: base32(crypto.randomBytes(32)) }]));
  fs.writeFileSync(file, JSON.stringify(accounts), { mode: 0o600 });
  return accounts;
}

// Other services hear of a new team or membership a moment later: what needs it is asked again for a while.
async function soon(work) {
  for (let attempt = 0; ; attempt++) {
    try { return await work(); } catch (error) {
      if (attempt === 60 || !/ (403|404) |second_authenticator/.test(error.message)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

async function inParallel(list, work, width = 6) {
  const waiting = [...list];
  await Promise.all(Array.from({ length: width }, async () => {
    for (let item; (item = waiting.shift()) !== undefined;) await work(item);
  }));
}

async function fillRegistry(api, accounts) {
  for (const { code, ...rest } of municipalities) await api.must('PUT', `/municipalities/${code}`, rest);
  for (const { key, office_id, ...rest } of offices) await api.must('PUT', `/offices/${office_id}`, rest);
  await inParallel(people, async ({ key, person_id, name, name_kana, email, phone, office, roles }) => {
    await api.must('PUT', `/people/${person_id}`, { name, name_kana, email, phone });
    await api.must('PUT', `/people/${person_id}/memberships/${office.office_id}`, { roles });
    await api.must('PUT', `/people/${person_id}/account`, accounts[key]);
  });
}

// Nobody enters a rotation without a second authenticator. The key of a demo doctor's telephone is in nobody's hand: the code opens the account.
async function fillPasskeys(accounts) {
  const apis = {};
  await inParallel(people.filter(({ key }) => key.startsWith('doctor-')), async ({ key }) => {
    const api = apis[key] = await logIn(accounts, key);
    if ((await api.must('GET', '/session')).has_passkey) return;
    const { ticket, challenge } = await api.must('POST', '/passkeys/challenge', {});
    await api.must('POST', '/passkeys', { ticket, label: 'デモの携帯電話', ...new Passkey(base).create(challenge) });
  });
  return apis;
}

async function fillDuty(api) {
  const centre = officeOf('centre');
  for (const [i, { code, name }] of municipalities.entries()) {
    const doctors = [1, 2, 3].map((k) => personOf(`doctor-${i + 1}-${k}`));
    await soon(() => api.must('PUT', `/rotations/${uuidOf(`rotation ${code}`)}`, { name: `${name} 往診当番`, municipality: code, kind: 'daily', advance: 'every_handoff', anchor: '2026-04-01',
      handoff_minute: 510, day_classes: allDays, from_minute: 510, to_minute: 1950, members: doctors.map((d) => d.person_id), office_ids: doctors.map((d) => d.office.office_id) }));
    await soon(() => api.must('PUT', `/municipalities/${code}/last-resort`, { office_id: centre.office_id, name: centre.name, phone: centre.duty_phone }));
    await api.must('PUT', `/municipalities/${code}/last-resort/tests/${uuidOf(`desk call ${code}`)}`, { answered: true }, { allow: [409] });
    await api.must('PUT', `/webhooks/${uuidOf(`webhook ${code}`)}`, { municipality: code, name: 'みずき広域消防本部（シミュレーター）', url: `${simulator}/webhook`,
      secret: fs.readFileSync(path.join(secrets, 'dispatch-webhook'), 'utf8').trim(), enabled: true });
  }
}

// The fire organisation: how it writes, what it may see, and its key, which is shown once and kept beside the other secrets.
async function fillDispatch(api) {
  const partner = uuidOf('partner fire'), file = path.join(secrets, 'dispatch-partner.json');
  await api.must('PUT', `/dispatch/partners/${partner}`, { name: 'みずき広域消防本部', office_id: officeOf('fire').office_id, region: 'renkei.mizuki', municipalities: municipalities.map(({ code }) => code),
    senders: ['fd.mizuki'], formats: ['json', 'cap', 'mail'], break_glass: false, enabled: true, webhook_url: `${simulator}/webhook`,
    webhook_secret: fs.readFileSync(path.join(secrets, 'dispatch-webhook'), 'utf8').trim(),
    mail_template: 'sender:=fd.mizuki\nto:=renkei.mizuki\nincident=事案番号\nsent=指令時刻\ncalled_at=覚知時刻\ncomplaint=事故種別\naddress=発生場所\ncaller_phone=通報者電話\nname=傷病者氏名\nunit=出動隊\n' });
  if (fs.existsSync(file)) return;
  const { key } = await api.must('POST', `/dispatch/partners/${partner}/keys`, { key_id: uuidOf(`key ${Date.now()}`), name: '指令台' });
  fs.writeFileSync(file, JSON.stringify({ partner_id: partner, key, sender: 'fd.mizuki', region: 'renkei.mizuki' }), { mode: 0o600 });
  await api.must('POST', `/dispatch/partners/${partner}/outlines`, { title: '在宅医療と救急の連携の取決め', valid_from: '2026-04-01',
    text: '登録のある方の出動は、当番医と訪問看護へ同時に知らせます。救急隊は通常の手順を開始し、医師に直接確認してください。' });
}

async function logIn(accounts, key) {
  const api = new Api(base);
  await api.login(accounts[key]);
  return api;
}

// The care manager registers the person, records the consents, seats the team and writes the first sheet; the nurse adds what she sees.
async function fillPatient(n, managers, nurses, doctorOf) {
  const patient = patientOf(n), { town } = patient, id = patient.patient_id;
  const manager = managers[`manager-${town}-${1 + n % 2}`], nurse = nurses[`nurse-${town}-${1 + n % 2}`];
  const { n: _, town: __, ...record } = patient;
  await soon(() => manager.must('POST', '/patients', record, { allow: [409] }));
  const seat = (kind, key) => soon(() => manager.must('POST', `/patients/${id}/team`, { member_id: uuidOf(`seat ${n} ${kind}`), seat: kind, person_id: personOf(key).person_id,
    office_id: personOf(key).office.office_id }, { allow: [409] }));
  await seat('care_manager', `manager-${town}-${1 + n % 2}`);
  await seat('attending_doctor', `doctor-${town}-${1 + n % 3}`);
  await seat('visiting_nursing', `nurse-${town}-${1 + n % 2}`);
  await seat('home_help', `helper-${town}`);
  await seat('pharmacy', `pharmacist-${town}`);
  await seat('deputy_doctor', `doctor-${town}-${1 + (n + 1) % 3}`);
  if (n % 20 === 19) return;                                  // some have not consented yet: only the recorder's office sees them
  const consent = (scope, extra = {}) => manager.must('POST', `/patients/${id}/consents`, { consent_id: uuidOf(`consent ${n} ${scope}`), scope, giver: 'person', method: 'written',
    from: '2026-04-01', ...extra }, { allow: [409] });
  await consent('team');
  await consent('duty_doctors', { rotation_id: uuidOf(`rotation ${patient.municipality}`) });
  await consent('last_resort');
  await fillHead(manager, patient);
  await fillPapers(n, manager, consent, doctorOf);
  await soon(() => manager.must('PUT', `/patients/${id}/chain`, { rows: [
    { position: 1, day_classes: ['weekday'], from_minute: 510, to_minute: 1080, target: 'person', person_id: personOf(`doctor-${town}-${1 + n % 3}`).person_id, delay_seconds: 180 },
    { position: 2, day_classes: allDays, from_minute: 0, to_minute: 1440, target: 'rotation', rotation_id: uuidOf(`rotation ${patient.municipality}`), delay_seconds: 180 }] }));
  for (const { section, entries, by } of sectionsOf(patient))
    await soon(() => (by === 'nurse' ? nurse : manager).must('PUT', `/patients/${id}/sheet/${section}`, { entries }, { headers: { 'if-match': '"0"' }, allow: [412] }));
}

// Most may be told to the fire service; some have a hospital, a paper and a card. A phase is begun by the attending doctor.
async function fillPapers(n, manager, consent, doctorOf) {
  const { patient_id: id, town } = patientOf(n), base = `/patients/${id}`, phone = officeOf(`station-${town}`).duty_phone;
  if (n % 5 !== 4) await consent('ems');
  if (n % 25 === 7) {
    const doctor = await doctorOf(`doctor-${town}-${1 + n % 3}`);
    await soon(() => doctor.must('PUT', `${base}/terminal-phase`, { terminal_phase: true, since: '2026-04-01', terminal_first_phone: phone }));
    await manager.must('POST', `${base}/wish-documents`, { document_id: uuidOf(`wish ${n}`), kind: 'order', written_on: '2026-04-01', issuer: 'attending_doctor', direction: 'comfort',
      assumed_condition: '病気の終末期', paper_at: '冷蔵庫の救急キット' }, { allow: [409] });
  }
  if (n % 3 === 1) {
    const hospital = uuidOf(`hospital ${n}`);
    await manager.must('POST', `${base}/designated-hospital`, { designation_id: hospital, facility: 'みずき中央病院（デモ）', phone: '0990-50-0001', night_phone: '0990-50-0002', parallel_notice: n % 2 === 1 }, { allow: [409] });
    await manager.must('POST', `${base}/designated-hospital/${hospital}/answer`, { confirmed: true, answered_by_name: '地域連携室' }, { allow: [409] });
  }
  if (n === 40 || n === 44) await entrustNights(await doctorOf(`doctor-${town}-${1 + n % 3}`), base, n);
  if (n % 4 === 1) await manager.must('POST', `${base}/cards`, { card_id: uuidOf(`card ${n}`) }, { allow: [409] });
}

// Two people's doctors entrust nights and holidays to the hub (往診代行).
async function entrustNights(doctor, base, n) {
  const at = (days) => new Date(Date.now() + days * 86400e3).toISOString();
  await soon(() => doctor.must('POST', `${base}/night-entrusts`, { entrust_id: uuidOf(`entrust ${n}`), office_id: officeOf('hub').office_id, from: at(0), until: at(60), bands: ['night', 'holiday'],
    request: '呼吸が苦しいときは往診をお願いします。本人は自宅で過ごしたいと希望しています。薬は枕元の箱にあります。', call_doctor: n === 40, ...(n === 40 ? { doctor_phone: '0990-20-9001' } : {}) }, { allow: [409] }));
}

// A pharmacy's number is being tested, and a FAX without a code has come in: it waits in the station's queue.
async function fillFax(nurse) {
  const folder = path.join(dataDir, 'fax-in', officeOf('station-1').office_id), number = '0990-70-0001';
  await soon(() => nurse.must('PUT', `/fax/numbers/${officeOf('pharmacy-1').office_id}`, { number }));
  fs.mkdirSync(folder, { recursive: true });
  const page = fs.readFileSync(new URL('fax.png', import.meta.url)).toString('base64');
  fs.writeFileSync(path.join(folder, '.demo.eml'), `From: fax@example.invalid\nSubject: FAX ${number}\nMIME-Version: 1.0\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n${page}\n`);
  fs.renameSync(path.join(folder, '.demo.eml'), path.join(folder, 'demo.eml'));
}

// The first town has told its pharmacies and home helps how an emergency goes; the pharmacy has confirmed it.
async function fillAnnouncement(accounts) {
  const officer = await logIn(accounts, 'officer-1'), pharmacist = await logIn(accounts, 'pharmacist-1'), path = `/announcements/${uuidOf('announcement 1')}`;
  await soon(() => officer.must('PUT', path, { kind: 'scheme_outline', title: '急変時の連絡の仕組みが始まります', municipalities: [personOf('officer-1').office.municipality], readers: ['pharmacy', 'home_care'],
    text: '在宅で療養する方が急変したときは、連携の「急変を報告」から知らせてください。当番の医師と訪問看護へ同時に連絡が届きます。\nつながらないときは、在宅医療コンタクトセンターみずきへお電話ください。' }, { allow: [409] }));
  await soon(() => pharmacist.must('POST', `${path}/receipt`));
}

async function fillHead(api, patient) {
  const { status, answer, etag } = await api.send('GET', `/patients/${patient.patient_id}`);
  if (status !== 200) throw new Error(`head of ${patient.n}: ${status} ${JSON.stringify(answer)}`);
  if (answer.nursing_phone) return;
  const { n, town } = patient;
  await api.must('PUT', `/patients/${patient.patient_id}/head`, { name: patient.name, name_kana: patient.name_kana, birth_date: patient.birth_date, sex: patient.sex, care_level: patient.care_level,
    address: patient.address, phone: patient.phone, allergies: pick(['なし', 'ペニシリン', 'そば', '造影剤'], n), told_person: pick(['told', 'partly', 'not_told', 'told'], n), told_family: 'told',
    contacts: [{ name: `${patient.name.split(' ')[0]} ${pick(['明美', '剛', '洋子', '修'], n)}`, relation: pick(['長女', '長男', '次女', '妻'], n), phone: `0990-60-${digits(1000 + n, 4)}` }],
    nursing_phone: officeOf(`station-${town}`).duty_phone, terminal_phase: answer.terminal_phase,
    lives_alone: n % 4 === 1 }, { headers: { 'if-match': etag } });
}

async function main() {
  const accounts = demoAccounts(), operator = new Api(base);
  const started = Date.now();
  await operator.login(operatorAccount);
  await fillRegistry(operator, accounts);
  await importFacilities(operator);
  await fillPlaces(operator);
  await fillRegion(operator);
  const head = await logIn(accounts, 'head-1');
  await fillRecord(head);
  await fillFreePlaces(operator, today);
  const officer = await logIn(accounts, 'officer-1');
  await openOffices({ head, officer });
  await fillUpkeep(officer);
  await showToResidents(officer, head, await logIn(accounts, 'nurse-1-1'));
  const managers = {}, nurses = {}, doctors = await fillPasskeys(accounts);
  await fillDuty(operator);
  await fillDispatch(operator);
  for (const { key } of people) {
    if (key.startsWith('manager-')) managers[key] = await logIn(accounts, key);
    if (key.startsWith('nurse-')) nurses[key] = await logIn(accounts, key);
  }
  await inParallel(Array.from({ length: PATIENTS }, (_, n) => n), (n) => fillPatient(n, managers, nurses, (key) => doctors[key]));
  await fillFax(nurses['nurse-1-1']);
  await fillAnnouncement(accounts);
  const region = { base, simulator, operator: operatorAccount, dispatch: JSON.parse(fs.readFileSync(path.join(secrets, 'dispatch-partner.json'), 'utf8')),
    accounts: people.map(({ key, name, office, roles, person_id }) => ({ key, ...accounts[key], role: roles[0], name, office: office.name, municipality: office.municipality, person_id })),
    patients: Array.from({ length: Math.min(PATIENTS, 12) }, (_, n) => n).map((n) => { const p = patientOf(n); return { patient_id: p.patient_id, name: p.name, municipality: p.municipality,
      nurse: `nurse-${p.town}-${1 + n % 2}`, manager: `manager-${p.town}-${1 + n % 2}`, doctor: `doctor-${p.town}-${1 + n % 3}`, consented: n % 20 !== 19 }; }) };
  fs.writeFileSync(path.join(dataDir, 'region.json'), JSON.stringify(region, null, 1), { mode: 0o600 });
  fs.writeFileSync(path.join(dataDir, 'demo.json'), JSON.stringify({ accounts: region.accounts.map(({ person_id, ...account }) => account) }), { mode: 0o600 });
  fs.writeFileSync(path.join(dataDir, 'seeded'), `${today}\n`);
  console.log(`demo region filled: ${municipalities.length} municipalities, ${people.length} people, ${PATIENTS} patients in ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

main().catch((error) => { console.error(error.message); process.exit(1); });
