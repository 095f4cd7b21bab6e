// One's own account and one's office (S-03, S-04): a manager ends the sessions of the own office's people and of nobody else, a changed password ends
// every other session; their live streams close within a second, and the person is told.
import crypto from 'node:crypto';
import { BASE, Person, Stream, is, number, officeOf, ok, scenario, session, sleep } from './lib.mjs';

const key = (result) => `${result.status} ${result.answer?.key ?? ''}`.trim();

async function employ(admin, name, office, roles) {
  const id = crypto.randomUUID(), account = { login: `${name}-${id.slice(0, 8)}`, password: `mizuki-${crypto.randomBytes(9).toString('base64url')}`, totp_secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' };
  await admin.must('PUT', `/people/${id}`, { name: `試験 ${name}`, name_kana: 'シケン', email: `${account.login}@example.invalid` });
  await admin.must('PUT', `/people/${id}/memberships/${officeOf(office).office_id}`, { roles });
  await admin.must('PUT', `/people/${id}/account`, account);
  return { id, account };
}

async function logIn({ account }) {
  const person = new Person('admin-1');
  person.account = account;
  await person.login(account);
  return person;
}

// The stream of `person` closes within a second of `end`, and nothing is answered any more.
async function endsAtOnce(name, person, end) {
  const stream = await Stream.open(person);
  await sleep(200);
  const from = Date.now();
  await end();
  const took = await Promise.race([stream.closed.then(() => stream.closedAt - from), sleep(3000).then(() => 'still open')]);
  ok(took < 1000, `${name}: the open stream closes within a second`, took);
  is(key(await person.get('/patients')), '401 log_in_first', `${name}: the next request is refused`);
}

async function byManager(manager, nurse, stranger) {
  const { sessions } = await manager.must('GET', '/office/sessions');
  const found = sessions.find((one) => one.person_id === nurse.id), own = sessions.find((one) => one.current);
  ok(found && own, 'S-04: a manager sees where the own office\'s people are logged in', sessions);
  ok(!sessions.some((one) => one.person_id === stranger.id), '…and nobody of another office');
  const elsewhere = (await stranger.person.must('GET', '/sessions')).sessions[0].session_id;
  const foreign = await manager.ask('DELETE', `/sessions/${elsewhere}`), unknown = await manager.ask('DELETE', `/sessions/${crypto.randomUUID()}`);
  const plain = ({ status, answer }) => ({ status, ...answer, traceId: '' });
  is(plain(foreign), plain(unknown), 'S-04: a session of another office and one that does not exist look alike');
  is(key(foreign), '404 not_for_you', '…both are not there');
  is(key(await nurse.person.get('/office/sessions')), '403 not_for_role', '…a nurse is shown no list');
  is((await stranger.person.get('/patients')).status, 200, '…and the other office\'s session goes on');
  await endsAtOnce('S-04: ended by the manager', nurse.person, () => manager.must('DELETE', `/sessions/${found.session_id}`));
  is((await manager.get('/patients')).status, 200, '…the manager\'s own goes on');
  is(number(`select count(*) from registry.login_log where event = 'ended' and reason = 'manager' and session_id = '${found.session_id}'`), 1, '…it stands in the log, with who did it');
}

async function byPassword(nurse) {
  const here = await logIn(nurse), stream = await Stream.open(here), fresh = `mizuki-${crypto.randomBytes(12).toString('base64url')}`;
  await endsAtOnce('S-03: a changed password, on another device', nurse.person, () => here.must('PUT', '/password', { password: nurse.account.password, new_password: fresh }));
  is((await here.get('/patients')).status, 200, '…this device goes on');
  const told = await stream.wait((item) => item.kind === 'password_changed');
  ok(told, '…and is told within seconds', stream.events);
  stream.close();
  is(number(`select count(*) from notify.delivery where person_id = '${nurse.id}' and kind = 2 and alert_id is null and subject like '%パスワード%'`), 1, '…as well as by e-mail');
  is(key(await here.ask('PUT', '/password', { password: nurse.account.password, new_password: `${fresh}-2` })), '400 password_wrong', 'the old password changes nothing any more');
  is(key(await here.ask('PUT', '/password', { password: fresh, new_password: 'mizuki' })), '400 password_weak', 'S-03: a short one is refused');
  is((await fetch(`${BASE}/api/v1/password`, { method: 'PUT', body: '{}', headers: { 'content-type': 'application/json', 'renkei-client': 'test' } })).status, 401, 'nobody without a session');
}

await scenario(async () => {
  const admin = await session('admin-1');
  const [boss, lost, changing, other] = await Promise.all([employ(admin, 'boss', 'station-3', ['service_manager']), employ(admin, 'lost', 'station-3', ['visiting_nurse']),
    employ(admin, 'changing', 'station-3', ['visiting_nurse']), employ(admin, 'other', 'station-2', ['visiting_nurse'])]);
  const manager = await logIn(boss);
  await byManager(manager, { ...lost, person: await logIn(lost) }, { ...other, person: await logIn(other) });
  const first = await logIn(changing);
  await sleep(30500 - (Date.now() % 30000));                   // a code works once
  await byPassword({ ...changing, person: first });
});
