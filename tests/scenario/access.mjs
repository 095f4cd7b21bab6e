// Nobody gets in (S-20, S-23, S-27, PR-11): every HTTP route of the API's own description, as everybody who may not see a certain person; the same at
// database level as the services' roles without a where clause; every successful read has its ledger row, every refusal its denial.
import crypto from 'node:crypto';
import { BASE, Person, freshSession, is, number, officeOf, ok, personOf, region, scenario, session, sql, sqlAs, until } from './lib.mjs';

const api = await (await fetch(`${BASE}/api/v1/openapi.json`)).json();
const routes = Object.entries(api.paths).flatMap(([path, methods]) => Object.entries(methods).filter(([, route]) => route.operationId)
  .map(([method, route]) => ({ path, method: method.toUpperCase(), ...route })));

// ---- a person nobody but the recorder's office may see, and one with a team --------------------------------------------------------------
const tag = crypto.randomBytes(3).toString('hex');
const canary = { name: `鳴海沢 ${tag}`, name_kana: `ナルミザワ ${tag}`, address: `みずき市秘密町 ${tag}`, phone: `0990-77-${String(crypto.randomInt(1e4)).padStart(4, '0')}`, text: `誰にも見せない所見 ${tag}`, happened: `誰にも見せない急変 ${tag}` };
const words = Object.values(canary);
const leaks = (text) => words.some((word) => text.includes(word));

async function register(by, withConsent, seats) {
  const patient_id = crypto.randomUUID();
  await by.must('POST', '/patients', { patient_id, name: canary.name, name_kana: canary.name_kana, birth_date: '1934-05-06', municipality: '990019', address: canary.address, phone: canary.phone });
  for (const [seat, key] of Object.entries(seats))
    await by.must('POST', `/patients/${patient_id}/team`, { member_id: crypto.randomUUID(), seat, person_id: personOf(key).person_id, office_id: personOf(key).office.office_id });
  const consents = withConsent ? ['team', 'last_resort'] : [];
  for (const scope of consents)
    await by.must('POST', `/patients/${patient_id}/consents`, { consent_id: crypto.randomUUID(), scope, giver: 'person', method: 'written', from: '2026-04-01' });
  await by.must('PUT', `/patients/${patient_id}/sheet/condition`, { entries: [{ item: 'condition_now', text: canary.text }] }, { headers: { 'if-match': '"0"' } });
  return patient_id;
}

// ---- requests made from the description -----------------------------------------------------------------------------------------------------
const schemaOf = (schema) => (schema.$ref ? api.components.schemas[schema.$ref.split('/').pop()] : schema);

// The least body that is well-formed, so that a refusal is one of rights; ids are taken from `ids`, else random.
function sample(given, name, ids) {
  const schema = schemaOf(given);
  if (schema.type === 'object') return Object.fromEntries((schema.required ?? []).map((key) => [key, sample(schema.properties[key], key, ids)]));
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'array') return [sample(schema.items, name, ids)];
  if (schema.format === 'uuid') return ids[name] ?? crypto.randomUUID();
  if (schema.format === 'date') return '2026-04-01';
  if (schema.format === 'date-time') return new Date().toISOString();
  if (schema.type === 'integer' || schema.type === 'number') return 1;
  if (schema.type === 'boolean') return false;
  if (name === 'municipality' || name === 'code') return '990019';
  return name === 'phone' ? '0990-00-0001' : 'x';
}

function requestOf(route, ids) {
  const parameters = (route.parameters ?? []).map((parameter) => (parameter.$ref ? api.components.parameters[parameter.$ref.split('/').pop()] : parameter));
  let path = route.path.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? sample(parameters.find((parameter) => parameter.name === name).schema, name, ids));
  const query = parameters.filter((parameter) => parameter.in === 'query' && parameter.required).map((parameter) => `${parameter.name}=${sample(parameter.schema, parameter.name, ids)}`);
  if (query.length) path += `?${query.join('&')}`;
  const body = route.requestBody?.content?.['application/json'];
  const headers = parameters.some((parameter) => /if.match/i.test(parameter.name)) ? { 'if-match': '"1"' } : {};
  return [route.method, path, body ? sample(body.schema, '', ids) : undefined, headers];
}

const bodyNames = (route) => { const body = route.requestBody?.content?.['application/json']; return body ? Object.keys(schemaOf(body.schema).properties ?? {}) : []; };
const isAbout = (route) => /\{(patient_id|alert_id)\}/.test(route.path) || (route.method === 'POST' && bodyNames(route).includes('patient_id') && route.operationId !== 'patient_register');
const comparable = (text) => text.replace(/"(traceId|instance|time|at)":"[^"]*"/g, '"$1":""');

// What an emergency needs is open to a seat without consent, and to a colleague of an office in the team (docs: services/notify, standing_to).
const alarm = ['emergency_report', 'resolve', 'chain_put'], course = ['alert', 'alert_answer', 'alert_seen', 'alert_end', 'alert_arrived',
  'alert_in_hand', 'alert_raise', 'alert_record_answer', 'alert_hand_over', 'alert_ask_hospital', 'alert_hospital_answer', 'emergency_report', 'resolve'];

// Opened by a secret in the address, to nobody in particular: an unknown one is not found.
const bySecret = ['calendar_feed', 'reply_link', 'reply_by_link', 'letter_open', 'letter_answer', 'proof_open', 'proof_answer'];

// Open to everybody: what residents may see of facilities (handler tests test_exports and test_public: nothing else is in there).
const open = ['open_data', 'fhir_metadata', 'fhir_read', 'fhir_search', 'public_desks', 'public_facility', 'public_facility_search', 'public_region'];

// Everything about one person, as somebody who may not: forbidden and unknown are answered alike, nothing shows.
async function differential(who, person, ids, skip = []) {
  const differing = [], leaking = [], got = [];
  for (const route of routes.filter((one) => isAbout(one) && !skip.includes(one.operationId))) {
    const unknown = Object.fromEntries(Object.keys(ids).map((name) => [name, crypto.randomUUID()]));
    const forbidden = await person.ask(...requestOf(route, ids)), nobody = await person.ask(...requestOf(route, unknown));
    got.push(forbidden);
    if (forbidden.status !== nobody.status || comparable(forbidden.text) !== comparable(nobody.text)) differing.push([route.operationId, forbidden.status, forbidden.text.slice(0, 200), nobody.status, nobody.text.slice(0, 200)]);
    if (leaks(forbidden.text) || forbidden.status < 400) leaking.push([route.operationId, forbidden.status, forbidden.text.slice(0, 200)]);
  }
  ok(differing.length === 0, `${who}: unknown and forbidden are answered alike on ${got.length} routes`, differing);
  ok(leaking.length === 0, `${who}: no route shows or takes anything`, leaking);
  return got;
}

// Lists and the rest of what can be read without an id.
async function lists(who, person) {
  const bad = [];
  for (const route of routes.filter((one) => one.method === 'GET' && !one.path.includes('{'))) {
    for (const path of route.operationId === 'patient_list' ? [`/patients`, `/patients?text=${encodeURIComponent('鳴海沢')}`, '/patients?mine=true'] : [route.path]) {
      const { status, text } = await person.get(path);
      if (leaks(text) || status >= 500) bad.push([path, status, text.slice(0, 200)]);
    }
  }
  ok(bad.length === 0, `${who}: no list shows the person`, bad);
}

// ---- the tests ----------------------------------------------------------------------------------------------------------------------------------
async function nobodyLoggedIn(ids) {
  const person = new Person('nurse-1-1'), bad = [];
  for (const route of routes.filter((one) => !/^\/login/.test(one.path) && ![...bySecret, ...open].includes(one.operationId))) {
    const { status, text } = await person.ask(...requestOf(route, ids));
    if (status !== 401 || leaks(text)) bad.push([route.operationId, status, text.slice(0, 200)]);
  }
  is(bad, [], 'nobody logged in: every route but log-in answers 401');
  is((await fetch(`${BASE}/api/v1/stream`)).status, 401, 'nobody logged in: no live stream');
  person.cookie = `renkei-session=${crypto.randomBytes(32).toString('base64url')}`;
  is((await person.get('/patients')).status, 401, 'an invented session is none');
}

async function denials(who, got) {
  const refused = got.filter(({ status }) => status === 404).map(({ trace }) => trace);
  const list = refused.map((trace) => `'%${trace}%'`).join(',') || "''";
  const found = await until(() => number(`select count(distinct x.t) from unnest (array[${list}]) x (t) where exists (select from sharing.denial d where d.trace like x.t)
    or exists (select from notify.denial d where d.trace like x.t)`) === refused.length);
  ok(found, `${who}: all ${refused.length} refusals of a service stand in its denials`, found);
}

async function database(unconsented, consented) {
  const tables = ['patient', 'patient_head', 'care_team_member', 'consent', 'section_version', 'access', 'patient_bigram'];
  const seen = (key, ids) => Object.fromEntries(tables.map((table) => [table, Number(sqlAs('renkei_sharing', key,
    `select count(*) from ${table} where patient_id in (${ids.map((id) => `'${id}'`).join(',')})`))]));
  const nothing = Object.fromEntries(tables.map((table) => [table, 0]));
  is(seen('nurse-1-1', [unconsented]), nothing, 'S-23 database: without consent another office sees no row, though it has a seat');
  is(seen('helper-1', [unconsented]), nothing, 'S-23 database: …nor does any other');
  ok(seen('manager-1-2', [unconsented]).patient === 1, "S-23 database: the recorder's office sees it");
  is(seen('nurse-2-1', [unconsented, consented]), nothing, "S-20 database: another municipality's office sees neither");
  is(seen(null, [unconsented, consented]), nothing, 'S-20 database: without a context nobody is seen');
  for (const [role, table] of [['renkei_sharing', 'patient'], ['renkei_sharing', 'section_version'], ['renkei_sharing', 'patient_head'], ['renkei_notify', 'alert'], ['renkei_notify', 'alert_line'], ['renkei_notify', 'alert_try'],
    ['renkei_notify', 'delivery']]) {
    let towns;
    try { towns = sqlAs(role, 'nurse-2-1', `select coalesce (string_agg (distinct municipality, ',' order by municipality), '') from ${table}`); } catch (error) { towns = /permission denied/.test(String(error.stderr)) ? '' : String(error.stderr); }
    ok(['', '990027'].includes(towns), `S-20 database: ${role} for another municipality, no where clause: only its own rows of ${table}`, towns);
  }
  const tries = { 'a forged context': `select set_config ('renkei.context', 'v1|x|y|990019|990019|care|9999999999999999|${'0'.repeat(64)}', true); select count(*) from sharing.patient`,
    'signing one': "select guard.sign ('v1')", 'the key': 'select * from guard.context_key', 'the mark of a checked one': "select setval ('guard.entered', 0)",
    'the rule of the mark': "select guard.mark_of ('v1')", 'another schema': 'select count(*) from registry.account', 'truncate': 'truncate sharing.patient',
    'switching row security off': 'set local row_security = off; select count(*) from sharing.patient' };
  for (const [name, text] of Object.entries(tries)) {
    let answer;
    try { answer = sqlAs('renkei_sharing', null, text).split('\n').pop(); } catch { answer = 'refused'; }
    ok(['refused', '0'].includes(answer), `S-20 database: ${name} gives renkei_sharing nothing`, answer);
  }
}

// Every read that shows somebody leaves one row naming that person.
async function ledger(person, patient, alert) {
  const reads = { sharing: [`/patients/${patient}`, `/patients/${patient}/sheet`, `/patients/${patient}/sheet/condition/versions`, `/patients/${patient}/sheet/condition/changes?from_version=0`, '/patients?limit=200', `/patients?text=${encodeURIComponent('鳴海沢')}`],
    notify: [`/alerts/${alert}`, '/alerts', '/feed'] };
  for (const [service, paths] of Object.entries(reads))
    for (const path of paths) {
      const { status, trace, text } = await person.get(path);
      const rows = sql(`select count(*), bool_or ('${patient}' = any (subjects)), bool_or (person = '${personOf(person.key).person_id}' and ground <> '' and items <> '') from ${service}.ledger where trace like '%${trace}%'`);
      ok(status === 200 && (rows === '1|t|t' || (!text.includes(patient) && /^[01]\|/.test(rows))), `S-27: GET ${path.replace(patient, '{patient}').replace(alert, '{alert}')} has one ledger row naming the person`, { status, rows });
    }
}

async function prefecture(admin, ids) {
  const person_id = personOf('admin-1').person_id, made = crypto.randomUUID(), login = `pref-${tag}`;
  const account = { login, password: `mizuki-${crypto.randomBytes(9).toString('base64url')}`, totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' };
  await admin.must('PUT', `/people/${made}`, { name: '県庁 職員', name_kana: 'ケンチョウ ショクイン' });
  await admin.must('PUT', `/people/${made}/memberships/${officeOf('town-1').office_id}`, { roles: ['prefecture'] });
  await admin.must('PUT', `/people/${made}/account`, account);
  const person = new Person('admin-1');
  person.cookie = '';
  await person.login(account);
  const got = await differential('prefecture', person, ids);
  await lists('prefecture', person);
  await denials('prefecture (PR-11)', got);
  const { trace, status } = await person.get(`/patients/${ids.patient_id}`);
  ok(status >= 400 && await until(() => number(`select count(*) from sharing.denial where trace like '%${trace}%' and person = '${made}'`) === 1), 'PR-11: a prefecture’s request for a person is refused and logged under its name', status);
  ok(person_id !== made, 'PR-11: the account is its own');
}

await scenario(async () => {
  const people = {};
  for (const key of ['manager-1-1', 'manager-1-2', 'nurse-1-1', 'nurse-1-2', 'nurse-2-1', 'helper-1', 'officer-1', 'admin-1']) people[key] = await session(key);
  const manager = people['manager-1-1'], seats = { care_manager: 'manager-1-1', visiting_nursing: 'nurse-1-1', home_help: 'helper-1' };
  const unconsented = await register(manager, false, seats), consented = await register(manager, true, seats);
  const alert_id = crypto.randomUUID();
  await until(async () => (await people['nurse-1-1'].get(`/patients/${consented}`)).status === 200);
  const reported = await until(async () => { const answer = await people['nurse-1-1'].ask('POST', '/emergencies', { alert_id, patient_id: consented, urgency: 'urgent', tag: 'fall', happened: canary.happened, observed_at: new Date().toISOString(), callback: '0990-00-0178' }); return answer.status === 200 ? answer : null; });
  ok(reported, 'an alert of the person is open');
  const ids = { patient_id: consented, alert_id }, secret = { patient_id: unconsented };

  await nobodyLoggedIn(ids);
  for (const [who, key] of [["another municipality's nurse", 'nurse-2-1'], ['a municipal officer', 'officer-1'], ['an administrator', 'admin-1']]) {
    const got = await differential(who, people[key], ids);
    await lists(who, people[key]);
    await denials(who, got);
  }
  await denials('a colleague without a seat', await differential('a colleague without a seat', people['nurse-1-2'], ids, course));
  ok(!leaks((await people['nurse-1-2'].get('/patients')).text), 'a colleague without a seat: the list of people does not show the person');
  for (const [who, key] of [['S-23 without consent: the nurse with a seat', 'nurse-1-1'], ['S-23 without consent: the helper with a seat', 'helper-1'], ["S-23 without consent: another municipality's nurse", 'nurse-2-1'], ['S-23 without consent: a municipal officer', 'officer-1']]) {
    const got = await differential(who, people[key], secret, /seat/.test(who) ? alarm : []);
    await denials(who, got);
  }
  for (const key of ['manager-1-1', 'manager-1-2'])
    ok((await people[key].get(`/patients/${unconsented}`)).status === 200, "S-23: the recorder's office sees who has not consented");
  for (const key of ['manager-1-1', 'nurse-1-1', 'helper-1'])
    ok((await people[key].get(`/patients/${consented}/sheet`)).text.includes(canary.text), 'who has a seat sees who has consented');
  await database(unconsented, consented);
  ok(await until(async () => leaks((await people['helper-1'].get('/feed')).text)), 'a team member’s feed names who has consented');
  await ledger(people['nurse-1-1'], consented, alert_id);
  await prefecture(people['admin-1'], ids);

  const consent = (await manager.must('GET', `/patients/${consented}`)).consents.find((one) => one.scope === 'team');
  await manager.must('POST', `/patients/${consented}/consents/${consent.consent_id}/withdraw`);
  is((await people['nurse-1-1'].get(`/patients/${consented}`)).status, 404, 'S-25: a withdrawn consent closes the record at once');
  is(sqlAs('renkei_sharing', 'nurse-1-1', `select count(*) from patient where patient_id = '${consented}'`), '0', 'S-25: …also at database level');
  ok(await until(async () => !leaks((await people['helper-1'].get('/feed')).text)), 'S-25: …and the name is gone from a team member’s feed within 5 s');
  ok(await until(async () => !leaks((await people['helper-1'].get('/alerts')).text)), 'S-25: …and from the list of alerts');
  is((await people['nurse-1-1'].ask('POST', `/alerts/${alert_id}/end`, { outcome: '試験を終了' })).status, 200, 'the reporter can still end the alert');
});
