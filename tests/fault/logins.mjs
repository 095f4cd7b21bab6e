// logins.mjs - people who log in and out all day: by one-time code and by passkey, on two devices, for two offices, locked after idling.
//
// What works once (ticket, code, a session's end) may be refused when it is sent again after an unknown outcome: its record is then 'spent',
// and the person starts anew, as anybody would.  Each log-in names a device of its own, by which its session is found in the database.
import crypto from 'node:crypto';
import { totp } from '../../deploy/demo/api.mjs';
import { Passkey } from '../../deploy/demo/passkey.mjs';
import { officeOf } from '../../deploy/demo/people.mjs';
import { hex, sleep } from './region.mjs';

const STEP_MS = 30000, PASSKEYS_MOST = 15, REMEMBERED_MS = 1300;        // gateway remembers a session for a second
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
export const nobody = { person_id: '', municipality: '', api: { cookie: '' } };

// A person with two offices and an account, made by the administrator.
async function employ(load) {
  const admin = load.people['admin-1'], id = crypto.randomUUID(), offices = ['help-1', 'pharmacy-1'].map((key) => officeOf(key).office_id);
  const account = { login: `m-${hex(8)}`, password: `mizuki-${hex(9)}`, totp_secret: Array.from(crypto.randomBytes(32), (byte) => alphabet[byte & 31]).join('') };
  await load.send(admin, 'person_put', 'PUT', `/people/${id}`, { body: { name: '試験 夜勤', name_kana: 'シケン ヤキン', email: `${account.login}@example.invalid` }, events: ['contact_point_changed'] });
  for (const office of offices) await load.send(admin, 'membership_put', 'PUT', `/people/${id}/memberships/${office}`, { body: { roles: ['helper'] }, events: ['membership_changed'] });
  await load.send(admin, 'account_put', 'PUT', `/people/${id}/account`, { body: account, marker: account.login, table: 'account', events: ['authenticators_changed'] });
  return { person_id: id, municipality: officeOf('help-1').municipality, offices, account, step: 0, passkeys: [] };
}

// A code works once: waits for the next one when this one is used; null when the load ends first.
async function nextCode(load, person) {
  while (Math.floor(Date.now() / STEP_MS) <= person.step) {
    if (load.stopping) return null;
    await sleep(200);
  }
  person.step = Math.floor(Date.now() / STEP_MS);
  return totp(person.account.totp_secret, person.step * STEP_MS);
}

async function logIn(load, person) {
  const { login, password } = person.account, device = `m-${hex(8)}`, works = { once: true, device, marker: device, table: 'session' };
  const byCode = !person.passkeys.length || Math.floor(Date.now() / STEP_MS) > person.step;
  const alone = !byCode && crypto.randomInt(2);                                   // by the passkey alone, without name and password
  const { status, answer } = alone ? await load.send(nobody, 'login_passkey_start', 'POST', '/login/passkey/start', { body: {} })
    : await load.send(nobody, 'login_start', 'POST', '/login', { body: { login, password } });
  const code = byCode && await nextCode(load, person), passkey = person.passkeys.at(-1);
  if (status !== 200 || code === null) return null;
  const opened = byCode ? await load.send(nobody, 'login_totp', 'POST', '/login/totp', { ...works, body: { ticket: answer.ticket, code } })
    : await load.send(nobody, 'login_passkey', 'POST', '/login/passkey', { ...works, body: { ticket: answer.ticket, assertion: passkey.assert(answer.challenge) } });
  return opened.status === 200 ? { ...person, api: { cookie: opened.cookie }, session_id: opened.answer.session_id } : null;
}

async function registerPasskey(load, person, session) {
  const passkey = new Passkey(load.region.base), label = `m-${hex(8)}`;
  const { status, answer } = await load.send(session, 'passkey_register_start', 'POST', '/passkeys/challenge', { body: {} });
  if (status !== 200) return;
  const made = await load.send(session, 'passkey_register', 'POST', '/passkeys', { once: true, marker: label, table: 'passkey', events: ['authenticators_changed'], body: { ticket: answer.ticket, label, ...passkey.create(answer.challenge) } });
  if (made.status === 200) person.passkeys.push(passkey);
}

// The old one is good no more, so the person goes on with the new one only when it is in force.
async function changePassword(load, person, session) {
  const wanted = `mizuki-${hex(9)}`;
  const { status } = await load.send(session, 'password_change', 'PUT', '/password', { body: { password: person.account.password, new_password: wanted }, events: ['account_changed'] });
  if (status === 200) person.account.password = wanted;
}

// Not used for a day, as far as the database knows.
async function lockAndUnlock(load, person, session, region) {
  if (!await region.later(`update registry.session set seen_at = seen_at - interval '1 day' where session_id = '${session.session_id}'`)) return;
  await sleep(REMEMBERED_MS);
  const { status, answer } = await load.send(session, 'session_unlock_start', 'POST', '/session/unlock', { body: {} });
  if (status !== 200) return;
  await load.send(session, 'session_unlock', 'PUT', '/session/unlock', { once: true, body: { ticket: answer.ticket, assertion: person.passkeys.at(-1).assert(answer.challenge) } });
}

// All of the load comes from one address, and what kills leave half done would soon block it and its names.
export async function patienceWorker(load, region) {
  for (; !load.stopping; await sleep(2000)) await region.later('update registry.login_throttle set attempts = 0, blocked_until = null where attempts > 0');
}

export async function loginWorker(load, region) {
  let person = await employ(load);
  for (let turn = 0; !load.stopping; turn++) {
    const first = await logIn(load, person);
    if (!first) continue;
    await registerPasskey(load, person, first);
    await load.send(first, 'session_now', 'GET', '/session');
    const office = person.offices[turn % 2];
    await load.send(first, 'office_choose', 'POST', '/session/office', { body: { office_id: office }, session: first.session_id, office });
    if (person.passkeys.length) await lockAndUnlock(load, person, first, region);
    await changePassword(load, person, first);
    const second = await logIn(load, person);
    if (second) await load.send(first, 'session_end', 'DELETE', `/sessions/${second.session_id}`, { session: second.session_id });
    await load.send(first, 'logout', 'POST', '/logout', { once: true, body: {}, session: first.session_id });
    if (person.passkeys.length === PASSKEYS_MOST) person = await employ(load);
  }
}
