// The one door over a whole region: every kind of refusal as problem+json in both languages, versions and conflicts, keys, pages of lists, files in
// parts, and a service that is silent – told as unknown, never as failed, and resolved by the same key (design §3).
import crypto from 'node:crypto';
import fs from 'node:fs';
import { BASE, Person, RUN, is, number, ok, region, scenario, session, sleep, sql, until } from './lib.mjs';

const people = {};
const uuid = () => crypto.randomUUID();
const patient = (more = {}) => ({ patient_id: uuid(), name: '試験 窓口', name_kana: 'シケン マドグチ', birth_date: '1940-01-02', municipality: '990019', ...more });
const sheetOf = (id) => `/patients/${id}/sheet/condition`;
const entries = (text) => ({ entries: [{ item: 'condition_now', text }] });

// ---- refusals ---------------------------------------------------------------------------------------------------------------------------------
const shape = ['type', 'title', 'status', 'key', 'traceId'];

// The same refusal in both languages: a document of RFC 9457 whose parts agree with each other and with the head.
async function refusal(name, status, key, ask) {
  const ja = await ask({ 'accept-language': 'ja' }), en = await ask({ 'accept-language': 'en-US,en;q=0.9' });
  const good = [ja, en].every((got) => got.status === status && got.headers.get('content-type') === 'application/problem+json' && shape.every((part) => got.answer?.[part] !== undefined)
    && got.answer.status === status && got.answer.key === key && got.answer.type.endsWith(`/${key}`) && got.headers.get('cache-control') === 'no-store');
  ok(good, `${status} ${key}: ${name}`, { ja: [ja.status, ja.text], en: [en.status, en.text] });
  ok(/[぀-鿿]/.test(ja.answer?.title ?? '') && /^[\x20-\x7e]+$/.test(en.answer?.title ?? '') && !/[{}]/.test((ja.answer?.title ?? '{') + (en.answer?.title ?? '{')),
    '…in Japanese and in English, with nothing left to fill in', [ja.answer?.title, en.answer?.title]);
  is([ja.answer?.traceId, en.answer?.traceId], [ja.trace, en.trace], '…under the caller’s own trace');
  return ja;
}

async function refusals() {
  const { nurse, manager, admin } = people, known = region.patients[0].patient_id, nobody = new Person('nurse-1-1');
  const on = (who, method, path, body, more = {}) => (headers) => who.ask(method, path, body, { ...more, ...headers });

  await refusal('a body that is no JSON', 400, 'malformed', on(manager, 'POST', '/patients', '{'));
  const fields = await refusal('a form with holes', 400, 'field_missing', on(manager, 'POST', '/patients', { name: 'x' }));
  ok(fields.answer.errors?.length >= 1 && fields.answer.errors.every(({ pointer, key, title }) => pointer.startsWith('/') && key && title), '…each hole by its pointer, with words of its own', fields.answer.errors);
  await refusal('a field there is not', 400, 'field_unknown', on(manager, 'POST', '/patients', patient({ nonsense: 1 })));
  await refusal('nobody', 401, 'log_in_first', on(nobody, 'GET', '/patients'));
  await refusal('a wrong log-in', 401, 'login_wrong', on(nobody, 'POST', '/login/totp', { ticket: crypto.randomBytes(32).toString('base64url'), code: '000000' }));
  await refusal('not for this role', 403, 'not_for_role', on(nurse, 'PUT', '/municipalities/990019', { prefecture: '北海道', name: 'x' }));
  await refusal('a page of another site', 403, 'not_for_role', on(manager, 'POST', '/patients', patient(), { origin: 'https://evil.example' }));
  await refusal('an address there is not', 404, 'no_such_message', on(manager, 'GET', '/nothing'));
  await refusal('a person there is not', 404, 'not_for_you', on(manager, 'GET', `/patients/${uuid()}`));
  const method = await refusal('a method there is not', 405, 'no_such_message', on(manager, 'DELETE', '/patients'));
  is((method.headers.get('allow') ?? '').split(', ').sort(), ['GET', 'POST'], '…with those there are');
  await refusal('a conflict', 409, 'import_not_checked', await refusedImport(admin));
  await refusal('a body of more than 1 MiB', 413, 'too_large', on(manager, 'POST', '/patients', JSON.stringify(patient({ address: 'x'.repeat(1050000) }))));
  await refusal('another kind of body', 415, 'malformed', on(manager, 'POST', '/patients', '<a/>', { 'content-type': 'text/xml' }));
  await refusal('a key used for something else', 422, 'key_reused', await usedKey(manager));
  await refusal('no version', 428, 'version_missing', on(nurse, 'PUT', sheetOf(known), entries('x')));
  const name = `nobody-${uuid()}`;
  for (let i = 0; i < 5; i++) await nobody.ask('POST', '/login', { login: name, password: 'wrong horse battery' });
  const blocked = await refusal('too many attempts', 429, 'login_blocked', on(nobody, 'POST', '/login', { login: name, password: 'wrong horse battery' }));
  ok(Number(blocked.headers.get('retry-after')) >= 60 && /\d+分後/.test(blocked.answer.title), '…and when to come again', [blocked.headers.get('retry-after'), blocked.answer.title]);
}

async function refusedImport(admin) {
  const { upload_id } = await admin.must('POST', '/uploads', { name: 'x.csv', size: 4 });
  await fetch(`${BASE}/api/v1/uploads/${upload_id}`, { method: 'PUT', body: 'x\n1\n', headers: { cookie: admin.cookie, 'renkei-client': 'test', 'content-type': 'application/octet-stream' } });
  await admin.must('POST', `/uploads/${upload_id}/finish`, {});
  const { import_id } = await admin.must('POST', '/imports', { upload_id, profile: 'kaigo-jigyosho' });
  await until(async () => (await admin.get(`/imports/${import_id}`)).answer.state === 'refused', 20000);
  return (headers) => admin.ask('POST', `/imports/${import_id}/run`, {}, headers);
}

async function usedKey(manager) {
  const key = uuid();
  await manager.ask('POST', '/patients', patient(), { 'idempotency-key': key });
  return (headers) => manager.ask('POST', '/patients', patient(), { ...headers, 'idempotency-key': key });
}

// ---- versions -----------------------------------------------------------------------------------------------------------------------------------
async function versions() {
  const { nurse, manager } = people, person = patient();
  await nurse.must('POST', '/patients', person);
  const put = (who, match, text) => who.ask('PUT', sheetOf(person.patient_id), entries(text), { 'if-match': match });
  const first = await put(nurse, '"0"', '一つ目');
  ok(first.status === 200 && first.etag === '"1"', 'an empty section becomes version 1, and says so in the ETag', [first.status, first.etag]);
  const second = await put(nurse, first.etag, '二つ目');
  ok(second.status === 200 && second.etag === '"2"', 'the ETag is what the next change names', [second.status, second.etag]);
  const late = await put(nurse, first.etag, '遅れた変更');
  ok(late.status === 412 && late.answer.key === 'moved_on', 'who names an older one is told', [late.status, late.answer]);
  is([late.answer.conflict?.current?.version, late.answer.conflict?.current?.entries?.[0]?.text, late.answer.conflict?.base?.[0]?.text], [2, '二つ目', '一つ目'],
    '…with what is current and what it began from');
  ok(late.etag === null, '…and no ETag of a change that was not made');
  for (const match of ['"1", "2"', '*', '"2', '']) is((await put(nurse, match, 'x')).status, 400, `If-Match: ${match || 'nothing'} names no version`);
  is((await put(nurse, 'W/"2"', '三つ目')).etag, '"3"', 'a weak mark, as proxies make of it, is the same version');
  is(number(`select count(*) from sharing.section_version where patient_id = '${person.patient_id}' and section = (select section from sharing.section_version where patient_id = '${person.patient_id}' limit 1)`), 3,
    'three changes are kept, no refused one');
  is((await put(manager, '"3"', 'x')).status, 404, 'who may not see the person learns no version');
  const both = await Promise.all([put(nurse, '"3"', '甲'), put(nurse, '"3"', '乙')]);
  is(both.map(({ status }) => status).sort(), [200, 412], 'of two at once one is told');
}

// ---- pages of lists -------------------------------------------------------------------------------------------------------------------------------
async function pages() {
  const { manager } = people;
  for (const [path, list, id] of [['/people', 'people', 'membership_id'], ['/patients', 'patients', 'patient_id']]) {
    const whole = (await manager.must('GET', `${path}?limit=200`))[list].map((line) => line[id]), seen = [];
    let after = '', rounds = 0;
    do {
      const page = await manager.must('GET', `${path}?limit=3${after && `&after=${encodeURIComponent(after)}`}`);
      ok(page[list].length <= 3, `${path}: a page holds no more than was asked for`);
      seen.push(...page[list].map((line) => line[id]));
      after = page.next ?? '';
    } while (after && ++rounds < 100);
    is([...seen].sort(), [...whole].sort(), `${path}: pages together are the whole, each line once`);
    ok(rounds > 0, `${path}: it took more than one`);
    for (const [limit, status] of [['0', 200], ['-1', 200], ['201', 200], ['x', 400], ['1.5', 400], ['9'.repeat(30), 400]])
      is((await manager.get(`${path}?limit=${limit}`)).status, status, `${path}: limit=${limit.slice(0, 5)}`);
    for (const after of ["'--", '%00', 'x'.repeat(300), uuid() + 'x'])
      ok((await manager.get(`${path}?after=${encodeURIComponent(after).replace('%2500', '%00')}`)).status === 400, `${path}: a page key that is none is refused`, after.slice(0, 10));
  }
}

// ---- files ----------------------------------------------------------------------------------------------------------------------------------------
async function files() {
  const { admin } = people;
  const put = (id, body, more = {}) => fetch(`${BASE}/api/v1/uploads/${id}`, { method: 'PUT', body, headers: { cookie: admin.cookie, 'renkei-client': 'test', 'content-type': 'application/octet-stream', ...more }, duplex: 'half' });
  for (const size of [1, 262143, 262144, 262145, 2 * 262144]) {
    const bytes = crypto.randomBytes(size), sha256 = crypto.createHash('sha256').update(bytes).digest('hex');
    const { upload_id } = await admin.must('POST', '/uploads', { name: 'x.csv', size });
    is((await put(upload_id, bytes)).status, 200, `a file of ${size} bytes is taken`);
    is((await admin.ask('POST', `/uploads/${upload_id}/finish`, { sha256 })).status, 200, '…whole');
    is(sql(`select string_agg (length (bytes)::text, ',' order by start) from registry.upload_part where upload_id = '${upload_id}'`),
      Array.from({ length: Math.ceil(size / 262144) }, (_, i) => Math.min(262144, size - i * 262144)).join(','), '…in parts of at most 256 KiB');
    is([(await put(upload_id, bytes)).status, number(`select count(*) from registry.upload_part where upload_id = '${upload_id}'`)], [409, Math.ceil(size / 262144)], '…and then closed');
  }
  const bytes = crypto.randomBytes(600000), { upload_id } = await admin.must('POST', '/uploads', { name: 'x.csv', size: bytes.length });
  const stream = new ReadableStream({ start(to) { for (let at = 0; at < bytes.length; at += 70001) to.enqueue(bytes.subarray(at, at + 70001)); to.close(); } });
  is((await put(upload_id, stream)).status, 200, 'a body without a length is taken in the same parts');
  is((await put(upload_id, bytes)).status, 200, '…and may be sent again before it is finished');
  is((await admin.ask('POST', `/uploads/${upload_id}/finish`, { sha256: crypto.createHash('sha256').update('other').digest('hex') })).answer.key, 'file_shape', 'another digest than was announced is refused');
  is((await admin.ask('POST', `/uploads/${upload_id}/finish`, {})).status, 200, '…without one it is finished');
}

// ---- a silent service -----------------------------------------------------------------------------------------------------------------------------
async function silence() {
  const { nurse, manager } = people, pid = Number(fs.readFileSync(`${RUN}/sharing.pid`, 'utf8')), key = uuid(), body = patient();
  const send = (headers = {}) => nurse.ask('POST', '/patients', body, { 'idempotency-key': key, ...headers });
  const rows = () => number(`select count(*) from sharing.patient where patient_id = '${body.patient_id}'`);
  let unknown, query;
  process.kill(pid, 'SIGSTOP');
  try {
    const sent = send(), asked = manager.get('/patients');
    await sleep(300);
    const began = Date.now(), ready = await fetch(`${BASE}/readyz`);
    is([ready.status, (await ready.json()).services.filter((one) => !one.ready).map((one) => one.service)], [503, ['sharing']], 'a silent service is named by /readyz');
    ok(Date.now() - began < 3000, '…within a moment');
    is((await fetch(`${BASE}/livez`)).status, 200, '…while the gateway itself is alive');
    is((await manager.get('/session')).status, 200, '…and others answer as ever');
    [unknown, query] = await Promise.all([sent, asked]);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  is([unknown.status, unknown.answer.key, unknown.headers.get('retry-after')], [504, 'outcome_unknown', '2'], 'a command nobody answered is unknown, not failed');
  is([query.status, query.answer.key], [503, 'try_later'], '…a question that nobody answered may be asked again');
  const again = await until(async () => { const got = await send(); return got.status === 200 ? got : null; }, 20000, 500);
  ok(again, 'the same key resolves it');
  is(rows(), 1, '…and it was done once');
  const replayed = await send();
  ok(replayed.status === 200 && replayed.text === again?.text && replayed.headers.get('idempotency-replayed') === 'true', '…the same answer however often it is asked', replayed.text);
  ok(await until(async () => (await fetch(`${BASE}/readyz`)).status === 200, 20000, 300), 'the region is well again');
}

await scenario(async () => {
  [people.manager, people.nurse, people.admin] = [await session('manager-1-1'), await session('nurse-1-1'), await session('admin-1')];
  await refusals();
  await versions();
  await pages();
  await files();
  await silence();
});
