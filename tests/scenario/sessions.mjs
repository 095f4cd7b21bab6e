// Sessions (S-01, S-04, S-05, S-07, S-08): whatever ends one ends it at the next request and closes its live streams within a second; idle lock and its
// lifetime by the decision clock; a code works once; log-in tells nobody who exists.
import crypto from 'node:crypto';
import { Api, BASE, HOUR, MINUTE, Person, Stream, clock, freshSession, is, number, officeOf, ok, scenario, session, sleep, sql, totp, until } from './lib.mjs';

const anyone = new Api(BASE);
const key = (result) => `${result.status} ${result.answer?.key ?? ''}`.trim();

// An invented person with a membership and an account, made by the administrator.
async function employ(admin, name, office, roles) {
  const id = crypto.randomUUID(), account = { login: `${name}-${id.slice(0, 8)}`, password: `mizuki-${crypto.randomBytes(9).toString('base64url')}`, totp_secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' };
  await admin.must('PUT', `/people/${id}`, { name: `試験 ${name}`, name_kana: 'シケン' });
  await admin.must('PUT', `/people/${id}/memberships/${officeOf(office).office_id}`, { roles });
  await admin.must('PUT', `/people/${id}/account`, account);
  return { id, office: officeOf(office).office_id, account };
}

async function logIn(account) {
  const person = new Person('admin-1');
  person.account = account;
  await person.login(account);
  return person;
}

const nextCode = () => sleep(30500 - (Date.now() % 30000));

// The stream of `person` closes within a second of `end`, and nothing is answered any more.
async function endsAtOnce(name, person, end) {
  const stream = await Stream.open(person);
  await sleep(200);
  const from = Date.now();
  await end();
  const took = await Promise.race([stream.closed.then(() => stream.closedAt - from), sleep(3000).then(() => 'still open')]);
  ok(took < 1000, `${name}: the open stream closes within a second`, took);
  is(key(await person.get('/patients')), '401 log_in_first', `${name}: the next request is refused`);
  is((await fetch(`${BASE}/api/v1/stream`, { headers: { cookie: person.cookie } })).status, 401, `${name}: no new stream`);
}

// ---- log-in -------------------------------------------------------------------------------------------------------------------------------------
async function throttling(known, other) {
  const wrong = (login) => anyone.send('POST', '/login', { login, password: 'certainly-not-this-one' });
  const tries = [];
  for (let i = 0; i < 6; i++) tries.push(await wrong(known.login));
  ok(tries.slice(0, 5).every(({ status }) => status === 200), 'a wrong password is not told at the first step', tries.map(key));
  is(key(tries[5]), '429 login_blocked', 'S-08: the sixth attempt in a row has to wait');
  ok(/[0-9]+分/.test(tries[5].answer.title), '…and is told for how many minutes', tries[5].answer);
  is(key(await anyone.send('POST', '/login', { login: known.login, password: known.password })), '429 login_blocked', '…even with the right password');
  is((await anyone.send('POST', '/login', { login: other.login, password: other.password })).status, 200, '…while another account from the same source goes on');
}

async function sameForUnknown(known) {
  const shape = ({ status, answer }) => [status, ...Object.entries(answer).map(([name, value]) => [name, Array.isArray(value) ? value.length : String(value).length])];
  const times = { known: [], unknown: [] };
  let last = {};
  for (let i = 0; i < 4; i++)
    for (const [who, login] of [['known', known.login], ['unknown', `nobody-${crypto.randomUUID().slice(0, 8)}`]]) {
      const from = performance.now();
      last[who] = await anyone.send('POST', '/login', { login, password: 'certainly-not-this-one' });
      times[who].push(performance.now() - from);
    }
  is(shape(last.known), shape(last.unknown), 'S-08: the first step answers a known and an unknown name alike');
  const second = {};
  for (const who of ['known', 'unknown']) second[who] = await anyone.send('POST', '/login/totp', { ticket: last[who].answer.ticket, code: '123456' });
  const plain = ({ status, answer }) => ({ status, ...answer, traceId: '' });
  is(plain(second.known), plain(second.unknown), '…so does the second');
  const least = (list) => Math.min(...list);
  ok(Math.abs(least(times.known) - least(times.unknown)) < 60, '…in the same time', times);
}

async function codes(person) {
  const { login, password, totp_secret } = person.account, code = totp(totp_secret);
  const start = async () => (await anyone.must('POST', '/login', { login, password })).ticket;
  const ticket = await start();
  const first = await anyone.send('POST', '/login/totp', { ticket, code });
  is(first.status, 200, 'a code opens a session');
  is(key(await anyone.send('POST', '/login/totp', { ticket, code })), '401 login_wrong', 'S-01: a ticket works once');
  is(key(await anyone.send('POST', '/login/totp', { ticket: await start(), code })), '401 login_wrong', 'S-01: a code works once');
  is(key(await anyone.send('POST', '/login/totp', { ticket: await start(), code: totp(totp_secret, Date.now() + 90000) })), '401 login_wrong', 'S-01: a code of later is none');
  is(key(await anyone.send('POST', '/login/totp', { ticket: 'x'.repeat(43), code })), '401 login_wrong', 'S-01: the second factor alone opens nothing');
}

// ---- ends ---------------------------------------------------------------------------------------------------------------------------------------
async function twoDevices(account, first) {
  const second = await logIn(account);
  const { sessions } = await second.must('GET', '/sessions');
  is(sessions.length, 2, 'S-04: both sessions are listed');
  is(sessions.map((one) => one.current), [true, false], 'S-04: newest first, the asker’s own is marked');
  const other = sessions.find((one) => !one.current);
  const stranger = await session('nurse-2-1');
  is(key(await stranger.ask('DELETE', `/sessions/${other.session_id}`)), '404 not_for_you', 'S-04: nobody ends another person’s session');
  await endsAtOnce('S-04: ended from another device', first, () => second.must('DELETE', `/sessions/${other.session_id}`));
  is((await second.get('/patients')).status, 200, '…the other device goes on');
}

// A desk's terminal: invited, registered at the device by the code; the device's cookie says later which it is, and opens nothing by itself.
async function terminal(admin, [first, second, third]) {
  const path = `/offices/${first.office}/terminals/${crypto.randomUUID()}`, { code } = await admin.must('PUT', path, { name: '指令台 1番' });
  const desk = await logIn(first.account);
  is(key(await desk.ask('POST', '/terminal', { code: '2222222222' })), '400 terminal_code_wrong', 'a code that nobody gave registers nothing');
  const { status, headers, text } = await desk.ask('POST', '/terminal', { code: `${code.slice(0, 5)} ${code.slice(5)}`.toLowerCase() });
  const cookie = headers.get('set-cookie') ?? '', pair = cookie.split(';')[0], token = pair.split('=')[1];
  ok(status === 200 && /^(__Host-)?renkei-terminal=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict(; Secure)?; Max-Age=34560000$/.test(cookie), 'S-07: a registered terminal has a lasting cookie of its own, hidden from the page', cookie);
  ok(!text.includes(token), '…which the answer does not show', text);
  is(key(await desk.ask('POST', '/terminal', { code })), '400 terminal_code_wrong', '…and the code works once');
  const at = async (account, jar) => {
    const person = Object.assign(new Person('admin-1'), { account, cookie: jar });
    is(key(await person.get('/terminal')), '401 log_in_first', 'the cookie of a terminal alone is nobody');
    await person.login(account);
    return person;
  };
  const there = await at(second.account, pair), forged = await at(third.account, pair.replace(token, crypto.randomBytes(32).toString('base64url')));
  is((await there.must('GET', '/terminal')).name, '指令台 1番', 'S-07: the next person there is at that terminal');
  is((await forged.must('GET', '/terminal')).name, undefined, 'a forged cookie is no terminal');
  return { there, forged, revoke: () => admin.must('DELETE', path) };
}

async function idle(person, desks) {
  clock(14 * MINUTE);
  is((await until(async () => { const one = await person.get('/patients'); return one.status === 200 ? one : null; })).status, 200, 'S-07: in use after 14 minutes');
  clock(30 * MINUTE);
  await sleep(1200);
  for (const [method, path, body] of [['GET', '/patients'], ['GET', '/feed'], ['GET', '/alerts'], ['GET', '/sessions'], ['POST', '/feed/read', { position: 1 }]])
    is(key(await person.ask(method, path, body)), '401 session_locked', `S-07: after 15 idle minutes ${method} ${path} is locked`);
  is((await fetch(`${BASE}/api/v1/stream`, { headers: { cookie: person.cookie } })).status, 401, 'S-07: …and so is the stream');
  is((await person.get('/session')).status, 200, 'S-07: …but the page can ask who is to unlock it');
  is((await desks.there.get('/duty')).status, 200, 'S-07: the dispatch desk at its terminal does not lock');
  is(key(await desks.forged.get('/duty')), '401 session_locked', 'S-07: …elsewhere, and with a forged cookie, it does');
  const ticket = async () => (await person.must('POST', '/session/unlock')).ticket;
  is(key(await person.ask('PUT', '/session/unlock', { ticket: await ticket(), code: '000000' })), '401 login_wrong', 'S-07: a wrong code does not unlock');
  is(key(await person.get('/patients')), '401 session_locked', '…it stays locked');
  const code = totp(person.account.totp_secret);
  is((await person.ask('PUT', '/session/unlock', { ticket: await ticket(), code })).status, 200, 'S-07: a code unlocks');
  is((await person.get('/patients')).status, 200, '…and work goes on');
  clock(0);
  await sleep(1200);
  await desks.revoke();
  clock(50 * MINUTE);
  await sleep(1200);
  is(key(await desks.there.get('/duty')), '401 session_locked', 'S-07: at a terminal that was revoked the open session locks like any other');
}

async function lifetime(person) {
  const minutes = [];
  for (let at = 40; at < 12 * 60 - 5; at += 14) minutes.push(at);
  for (const at of minutes) { clock(at * MINUTE); sql(`update registry.session set seen_at = guard.now () where person_id = '${person.id}' and ended_at is null`); }
  await sleep(1200);
  is((await person.get('/patients')).status, 200, 'S-07: in use until shortly before 12 hours');
  clock(12 * HOUR + MINUTE);
  await sleep(1200);
  is(key(await person.get('/patients')), '401 log_in_first', 'S-07: after 12 hours a session is over, used or not');
}

await scenario(async () => {
  const admin = await session('admin-1');
  sql('delete from registry.login_throttle');
  const staff = await Promise.all(['devices', 'idle', 'leaving', 'leaver', 'replaced', 'wrong', 'other'].map((name) => employ(admin, name, 'station-3', ['visiting_nurse'])));
  const [devices, idler, leaving, leaver, replaced, wrong, other] = staff;
  const desk = await Promise.all(['desk-1', 'desk-2', 'desk-3'].map((name) => employ(admin, name, 'station-3', ['dispatch_desk'])));
  const people = {};
  for (const [name, one] of Object.entries({ devices, idler, leaving, leaver, replaced })) people[name] = await logIn(one.account);

  await endsAtOnce('log-out', people.leaving, async () => {
    const { status, headers } = await people.leaving.ask('POST', '/logout');
    ok(status === 200 && /Max-Age=0/.test(headers.get('set-cookie') ?? ''), 'log-out takes the cookie away', { status, cookie: headers.get('set-cookie') });
  });
  await endsAtOnce('S-05: a membership has ended', people.leaver, () => admin.must('DELETE', `/people/${leaver.id}/memberships/${leaver.office}`));
  await endsAtOnce('an account gets another password', people.replaced, () => admin.must('PUT', `/people/${replaced.id}/account`, { ...replaced.account, password: 'mizuki-another-password-1' }));
  await codes(Object.assign(new Person('admin-1'), { account: other.account }));
  await sameForUnknown(wrong.account);
  sql('delete from registry.login_throttle');
  await throttling(wrong.account, other.account);
  sql('delete from registry.login_throttle');
  ok(number("select count(*) from registry.login_log where event = 'refused' and reason = 'password'") >= 5 && number("select count(*) from registry.login_log where event = 'blocked'") >= 1, 'log-ins that failed stand in the log');

  await nextCode();
  await twoDevices(devices.account, people.devices);
  try {
    await idle(people.idler, await terminal(admin, desk));
    await lifetime(Object.assign(people.idler, { id: idler.id }));
  } finally {
    clock(0);
    sql('delete from registry.login_throttle');
  }
});
