// Bad input (security §5 as far as HTTP/JSON goes): whatever is not as declared is refused with a pointer and writes nothing; requests from foreign pages are
// refused; repeated ones count once; addresses and methods that do not exist do not exist.  Raw HTTP framing is http_framing.t's.
import crypto from 'node:crypto';
import net from 'node:net';
import { BASE, is, number, ok, region, scenario, session, uuidOf } from './lib.mjs';

const people = {};
const uuid = () => crypto.randomUUID();
const written = () => number(`select (select count(*) from registry.event_log) + (select count(*) from sharing.event_log) + (select count(*) from notify.event_log)
  + (select count(*) from sharing.patient) + (select count(*) from sharing.section_version) + (select count(*) from notify.alert) + (select count(*) from registry.person)
  + (select count(*) from registry.idempotency) + (select count(*) from sharing.idempotency) + (select count(*) from notify.idempotency)`);

// ---- what is sent ---------------------------------------------------------------------------------------------------------------------------
const patient = () => ({ patient_id: uuid(), name: '試験 太郎', name_kana: 'シケン タロウ', birth_date: '1930-01-02', municipality: '990019' });
const emergency = () => ({ alert_id: uuid(), patient_id: region.patients[0].patient_id, urgency: 'urgent', tag: 'fall', observed_at: new Date().toISOString() });
const person = () => ({ name: '試験 太郎', name_kana: 'シケン タロウ' });
const entries = () => ({ entries: [{ item: 'condition_now', text: '変わりなし' }] });
const targets = [
  { name: 'patient_register', by: 'manager', method: 'POST', path: () => '/patients', body: patient, text: 'name', most: 120 },
  { name: 'emergency_report', by: 'nurse', method: 'POST', path: () => '/emergencies', body: emergency, text: 'happened', most: 1000 },
  { name: 'person_put', by: 'admin', method: 'PUT', path: () => `/people/${uuid()}`, body: person, text: 'name', most: 120 },
  { name: 'sheet_section_update', by: 'nurse', method: 'PUT', path: () => `/patients/${region.patients[0].patient_id}/sheet/condition`, body: entries, headers: { 'if-match': '"1"' }, pointer: '/entries/0/text',
    set: (body, value) => { body.entries[0].text = value; return body; }, most: 2000 },
];
const setText = (target, value) => (target.set ? target.set(target.body(), value) : { ...target.body(), [target.text]: value });
const pointerOf = (target) => target.pointer ?? `/${target.text}`;
const raw = (target, json) => JSON.stringify(setText(target, 'HERE')).replace('"HERE"', json);
const whole = (target, change) => change(JSON.stringify(target.body()));

// [name, body as text, error key, pointer or null for any]
function corpus(target) {
  const p = pointerOf(target), broken = (name, body, key = 'malformed') => [name, body, key, null];
  return [
    broken('nothing but a brace', '{'), broken('half of it', whole(target, (text) => text.slice(0, -3))), broken('a comma too many', whole(target, (text) => text.replace(/}$/, ',}'))),
    broken('single quotes', whole(target, (text) => text.replaceAll('"', "'"))), broken('a comment', whole(target, (text) => `/* x */${text}`)), broken('two of them', whole(target, (text) => text + text)),
    broken('something behind', whole(target, (text) => `${text} x`)), broken('a byte order mark', whole(target, (text) => `\ufeff${text}`)), broken('words', 'undefined'), broken('NaN', raw(target, 'NaN')),
    broken('a list', whole(target, (text) => `[${text}]`), null), broken('null', 'null', null), broken('a number', '7', null), broken('a text', '"x"', null),
    broken('100,000 brackets', '['.repeat(100000), null), broken('100,000 deep', raw(target, '['.repeat(100000) + ']'.repeat(100000)), null), broken('deep maps', raw(target, '{"a":'.repeat(50) + '1' + '}'.repeat(50)), null),
    ['the same key twice', whole(target, (text) => text.replace(/}$/, `,${Object.keys(target.body()).slice(0, 1).map((key) => `${JSON.stringify(key)}:${JSON.stringify(target.body()[key])}`)}}`)), 'field_twice', null],
    ['an unknown member', whole(target, (text) => text.replace(/}$/, ',"role":"operator"}')), 'field_unknown', '/role'],
    ['__proto__', whole(target, (text) => text.replace(/}$/, ',"__proto__":{"admin":true}}')), 'field_unknown', '/__proto__'],
    ['a number for a text', raw(target, '12'), 'field_wrong_type', p], ['a map for a text', raw(target, '{}'), null, p], ['a list for a text', raw(target, '["x"]'), null, p], ['true for a text', raw(target, 'true'), 'field_wrong_type', p],
    ['1e400', raw(target, '1e400'), null, null], ['a number of 400 digits', raw(target, '9'.repeat(400)), null, null],
    ['too long', raw(target, JSON.stringify('あ'.repeat(target.most))), 'field_too_long', p], ['NUL', raw(target, '"a\\u0000b"'), null, null], ['a lonely surrogate', raw(target, '"a\\ud800b"'), null, null],
    ['surrogates the wrong way round', raw(target, '"\\udc00\\ud800"'), null, null], ['a bad escape', raw(target, '"\\x41"'), 'malformed', null], ['a control character', raw(target, '"a\u0001b"'), null, null],
    ['nothing', '', null, null],
  ];
}

async function bodies(target) {
  const who = people[target.by], before = written();
  for (const [name, body, key, pointer] of corpus(target)) {
    const { status, answer, text } = await who.ask(target.method, target.path(), body, target.headers);
    const named = answer?.errors?.map((one) => one.pointer) ?? [];
    ok(status === 400 && (!key || answer.key === key || answer.errors?.some((one) => one.key === key)) && (!pointer || named.includes(pointer)), `${target.name}: ${name} is refused${pointer ? ` and ${pointer} named` : ''}`,
      { status, text: text.slice(0, 300) });
  }
  for (const [name, bytes] of [['overlong UTF-8', [0xc0, 0xaf]], ['half a character', [0xe3, 0x81]], ['a surrogate in UTF-8', [0xed, 0xa0, 0x80]], ['Shift_JIS', [0x83, 0x65]], ['above U+10FFFF', [0xf4, 0x90, 0x80, 0x80]]]) {
    const [head, tail] = raw(target, '"HERE"').split('HERE');
    const response = await fetch(`${BASE}/api/v1${target.path()}`, { method: target.method, body: Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from(tail)]),
      headers: { cookie: who.cookie, 'renkei-client': 'test', 'content-type': 'application/json', 'idempotency-key': uuid(), ...target.headers } });
    is(response.status, 400, `${target.name}: ${name} is refused`);
  }
  for (const required of Object.keys(target.body())) {
    const body = target.body();
    delete body[required];
    const { status, answer } = await who.ask(target.method, target.path(), body, target.headers);
    ok(status === 400 && answer.errors?.some((one) => one.pointer === `/${required}` && one.key === 'field_missing'), `${target.name}: without ${required} it is refused and /${required} named`, answer);
  }
  is(written(), before, `${target.name}: nothing of it was written`);
}

async function values() {
  const who = people.manager, before = written();
  const wrong = { patient_id: ['', 'x', '00000000-0000-0000-0000-00000000000g', '{00000000-0000-4000-8000-000000000000}', 7, null], birth_date: ['2024-02-30', '1930-1-2', '令和6年4月1日', 'R6.4.1', '0000-01-01', '2024-13-01', '2024-02-29T00:00:00Z', ''],
    sex: ['both', 1, ''], care_level: ['care_6'], name: [null] };
  for (const [field, list] of Object.entries(wrong))
    for (const value of list) {
      const { status, answer } = await who.ask('POST', '/patients', { ...patient(), [field]: value });
      ok(status === 400 && answer.errors?.some((one) => one.pointer === `/${field}`), `patient_register: ${field} ${JSON.stringify(value)} is refused and named`, { status, answer });
    }
  for (const at of ['yesterday', '2026-01-01', '2026-01-01T25:00:00Z', '2026-01-01T00:00:00', '2026-01-01T00:00:00+99:00', 0, 1e300]) {
    const { status, answer } = await people.nurse.ask('POST', '/emergencies', { ...emergency(), observed_at: at });
    ok(status === 400 && answer.errors?.some((one) => one.pointer === '/observed_at'), `emergency_report: observed_at ${JSON.stringify(at)} is refused and named`, { status, answer });
  }
  const many = { entries: Array.from({ length: 200 }, () => ({ item: 'condition_now' })) };
  is((await people.nurse.ask('PUT', targets[3].path(), many, { 'if-match': '"1"' })).answer.errors?.[0]?.pointer, '/entries', 'sheet_section_update: 200 entries are refused and the list named');
  for (const [path, status] of [['/patients/x', 400], ['/patients?limit=abc', 400], ['/patients?limit=99999999999999999999', 400], ['/patients?nonsense=1', 400], ['/patients?text=%00', 400], ['/patients?text=%ff', 400], ['/patients?limit=1&limit=2', 400],
    ['/patients?after=%27%3B--', null], [`/patients?text=${encodeURIComponent("' or 1=1 --")}`, 200], [`/patients/${uuid()}/sheet/nonsense/versions`, 400]]) {
    const got = await who.get(path);
    ok(status ? got.status === status : got.status < 500, `GET ${path} answers ${status ?? 'without an error of ours'}`, { status: got.status, text: got.text.slice(0, 200) });
  }
  is(written(), before, 'wrong values: nothing was written');
}

// ---- where it comes from ------------------------------------------------------------------------------------------------------------------------
async function foreignPages() {
  const before = written();
  const host = new URL(BASE).host;
  const send = (headers) => fetch(`${BASE}/api/v1/patients`, { method: 'POST', body: JSON.stringify(patient()),
    headers: { cookie: people.manager.cookie, 'content-type': 'application/json', 'idempotency-key': uuid(), 'renkei-client': 'test', ...headers } }).then((response) => response.status);
  const without = await fetch(`${BASE}/api/v1/patients`, { method: 'POST', body: JSON.stringify(patient()), headers: { cookie: people.manager.cookie, 'content-type': 'application/json', 'idempotency-key': uuid() } });
  is(without.status, 403, 'CSRF: without Renkei-Client a command is refused');
  for (const origin of ['https://evil.example', 'null', `http://${host}.evil.example`, `http://evil.example/${host}`, `http://user@${host}`]) is(await send({ origin }), 403, `CSRF: Origin ${origin.replace(host, 'HOST')} is refused`);
  for (const site of ['cross-site', 'same-site', 'none']) is(await send({ 'sec-fetch-site': site }), 403, `CSRF: Sec-Fetch-Site ${site} is refused`);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp']) is(await send({ 'content-type': type }), 415, `CSRF: Content-Type ${type} is refused`);
  const preflight = await fetch(`${BASE}/api/v1/patients`, { method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'renkei-client' } });
  ok(!preflight.headers.get('access-control-allow-origin'), 'CSRF: no page of another origin is let in by CORS', preflight.status);
  is(written(), before, 'CSRF: nothing was written');
  const page = await fetch(`${BASE}/`);
  ok(/default-src 'none'/.test(page.headers.get('content-security-policy') ?? '') && !/unsafe|\*|https?:/.test(page.headers.get('content-security-policy')), 'the pages load nothing from elsewhere', page.headers.get('content-security-policy'));
  is([page.headers.get('x-content-type-options'), (await people.manager.get('/session')).headers.get('cache-control')], ['nosniff', 'no-store'], 'types are not guessed, answers not kept');
}

// ---- again and again ----------------------------------------------------------------------------------------------------------------------------
async function repeated() {
  const key = uuid(), body = patient(), first = await people.manager.ask('POST', '/patients', body, { 'idempotency-key': key });
  is(first.status, 200, 'a command with a key is done');
  const again = await people.manager.ask('POST', '/patients', body, { 'idempotency-key': key });
  ok(again.status === 200 && again.text === first.text && again.headers.get('idempotency-replayed') === 'true', 'the same key and body: the same answer, said to be repeated', again.text);
  is(number(`select count(*) from sharing.patient where patient_id = '${body.patient_id}'`), 1, '…and done once');
  const other = await people.manager.ask('POST', '/patients', { ...body, name: '別 の人' }, { 'idempotency-key': key });
  is([other.status, other.answer.key], [422, 'key_reused'], 'the same key with another body is refused');
  const stranger = await people.nurse.ask('POST', '/patients', { ...patient() }, { 'idempotency-key': key });
  is(stranger.status, 200, 'the same key of another person is another key');
  const together = uuid(), same = patient();
  const answers = await Promise.all(Array.from({ length: 8 }, () => people.manager.ask('POST', '/patients', same, { 'idempotency-key': together })));
  ok(answers.every(({ status }) => status === 200 || status === 409) && answers.some(({ status }) => status === 200), 'eight at once: answered alike or told that it runs', answers.map(({ status }) => status));
  is(number(`select count(*) from sharing.patient where patient_id = '${same.patient_id}'`), 1, '…done once');
  for (const [name, headers] of [['none', null], ['an empty one', ''], ['one of 300 characters', 'x'.repeat(300)], ['one with blanks', 'a b']]) {
    const all = { cookie: people.manager.cookie, 'renkei-client': 'test', 'content-type': 'application/json', ...(headers === null ? {} : { 'idempotency-key': headers }) };
    const response = await fetch(`${BASE}/api/v1/patients`, { method: 'POST', headers: all, body: JSON.stringify(patient()) });
    is([response.status, (await response.json()).key], [400, 'key_missing'], `Idempotency-Key: ${name} is refused`);
  }
}

async function versions() {
  const path = targets[3].path();
  const without = await people.nurse.ask('PUT', path, entries());
  is([without.status, without.answer.key], [428, 'version_missing'], 'without If-Match a shared section is not changed');
  for (const value of ['x', '""', '-1', '1.5', '*', '"99999999999999999999"']) {
    const { status } = await people.nurse.ask('PUT', path, entries(), { 'if-match': value });
    ok(status === 400 || status === 412, `If-Match: ${value} is refused`, status);
  }
}

async function addresses() {
  const get = (path, method = 'GET') => fetch(`${BASE}${path}`, { method, headers: { cookie: people.manager.cookie, 'renkei-client': 'test', 'idempotency-key': uuid() } });
  for (const path of ['/api/v1/nothing', '/api/v1/', '/api/v2/patients', '/api/v1/patients/', '/api/v1//patients', '/api/v1/PATIENTS', '/api/v1/patients/x/y/z/w', '/api/v1/events', '/api/v1/quarantine', '/nothing.html', '/assets/etc/passwd.txt',
    '/api/v1/patients%2f', '/api/v1/patients;x=1', '/index.html%00.js', '/assets/../../renkei.conf']) {
    const response = await get(path), text = await response.text();
    ok([400, 404].includes(response.status) && !/root:|database =/.test(text), `GET ${path} is not there`, response.status);
  }
  for (const [method, path, allow] of [['DELETE', '/api/v1/patients', 'GET'], ['PUT', '/api/v1/login', 'POST'], ['PATCH', '/api/v1/patients', 'GET'], ['POST', `/api/v1/patients/${uuid()}/sheet`, 'GET']]) {
    const response = await get(path, method);
    ok(response.status === 405 && response.headers.get('allow')?.includes(allow), `${method} ${path.replace(/[0-9a-f-]{36}/, '{id}')} answers 405 and says what is allowed`, [response.status, response.headers.get('allow')]);
    is((await response.json()).status, 405, '…in the answer’s own words too');
  }
}

// A client that does not clean up its addresses: nothing outside the pages' folder is read.
async function outside() {
  for (const path of ['/../../../../etc/passwd', '/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd', '/assets/..%2f..%2f..%2fetc/passwd', '/..\\..\\etc\\passwd', '//etc/passwd', '/assets/%252e%252e/etc/passwd']) {
    const text = await new Promise((done) => {
      const socket = net.connect(Number(new URL(BASE).port), '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: ${new URL(BASE).host}\r\nConnection: close\r\n\r\n`));
      let all = '';
      socket.on('data', (part) => { all += part; });
      socket.on('close', () => done(all));
      socket.on('error', () => done(all));
    });
    ok(/^HTTP\/1\.1 (4\d\d|200)/.test(text) && !text.includes('root:'), `GET ${path} reads no file outside the pages`, text.slice(0, 200));
  }
}

async function tooLarge() {
  const before = written();
  const big = await people.manager.ask('POST', '/patients', JSON.stringify({ ...patient(), name: 'x'.repeat(1100000) })).catch((error) => ({ status: String(error.cause ?? error) }));
  ok([400, 413].includes(big.status), 'a body of more than 1 MiB is refused', big.status);
  for (const size of [0, -1, 64 * 1024 * 1024 + 1, 2 ** 40]) {
    const { status, answer } = await people.admin.ask('POST', '/uploads', { name: 'x.csv', size });
    ok(status === 400, `an upload of ${size} bytes is refused at its beginning`, answer);
  }
  const { upload_id } = await people.admin.must('POST', '/uploads', { name: 'x.csv', size: 10 });
  const put = (bytes, type = 'application/octet-stream') => fetch(`${BASE}/api/v1/uploads/${upload_id}`, { method: 'PUT', body: bytes, headers: { cookie: people.admin.cookie, 'renkei-client': 'test', 'content-type': type } });
  is((await put(Buffer.alloc(11))).status, 400, 'more bytes than announced are refused');
  is((await put(Buffer.alloc(10), 'application/json')).status, 415, 'an upload as JSON is refused');
  const short = await people.admin.ask('POST', `/uploads/${upload_id}/finish`, {});
  ok(short.status >= 400 && short.status < 500, 'an upload that is not whole is not finished', short.answer);
  const other = await session('officer-2');
  is((await fetch(`${BASE}/api/v1/uploads/${upload_id}`, { method: 'PUT', body: Buffer.alloc(10), headers: { cookie: other.cookie, 'renkei-client': 'test', 'content-type': 'application/octet-stream' } })).status, 404, "another person's upload is not there");
  ok(written() - before <= 2, 'nothing else was written');
}

await scenario(async () => {
  people.manager = await session('manager-1-1');
  people.nurse = await session('nurse-1-1');
  people.admin = await session('admin-1');
  ok(uuidOf('patient 0') === region.patients[0].patient_id, 'the demo person is there');
  for (const target of targets) await bodies(target);
  await values();
  await foreignPages();
  await repeated();
  await versions();
  await addresses();
  await outside();
  await tooLarge();
  is((await fetch(`${BASE}/readyz`)).status, 200, 'the region is well after all of it');
});
