// What happens when something around an emergency fails: notify stands still while an incident comes in; Redis is empty, holds yesterday's tables, or is away.
// And one answer everywhere: the resolver, the month of the rotation and the reply to dispatch name the same person.
import crypto from 'node:crypto';
import fs from 'node:fs';
import { execFileSync } from 'node:child_process';
import { RUN, Stream, is, number, ok, personOf, region, scenario, session, sleep, until, uuidOf } from './lib.mjs';
import { Partner } from './ems_partner.mjs';
import { patientOf } from '../../deploy/demo/people.mjs';

const tag = crypto.randomBytes(3).toString('hex'), TOWN = '990019', ROTATION = uuidOf(`rotation ${TOWN}`);
const keyOf = (person_id) => region.accounts.find((account) => account.person_id === person_id)?.key;
const people = {};
const person = async (key) => (people[key] ??= await session(key));
const pid = (name) => Number(fs.readFileSync(`${RUN}/${name}.pid`, 'utf8'));
const asOwner = process.getuid() === 0 ? ['setpriv', '--reuid=renkei', '--regid=renkei', '--init-groups'] : [];
const redis = (...words) => { const [command, ...rest] = [...asOwner, 'redis-cli', '-s', `${RUN}/redis.sock`, ...words]; return execFileSync(command, rest, { encoding: 'utf8', cwd: '/' }).trim(); };

// ---- EMS-23 -------------------------------------------------------------------------------------------------------------------------------------------
async function notifyStops(partner) {
  const n = 15, patient = patientOf(n), manager = await person(`manager-${patient.town}-${1 + n % 2}`);
  await manager.must('POST', `/patients/${patient.patient_id}/consents`, { consent_id: crypto.randomUUID(), scope: 'ems', giver: 'person', method: 'written', from: '2026-04-01' });
  const { targets } = await manager.must('GET', `/patients/${patient.patient_id}/on-call?reporter=dispatch`), doctor = keyOf(targets.find(({ person_id }) => keyOf(person_id)?.startsWith('doctor')).person_id);
  const his = await Stream.open(await person(doctor)), stopped = pid('notify'), number_of = `${tag}-9`;
  process.kill(stopped, 'SIGSTOP');
  let sent;
  try {
    sent = await partner.send(partner.message('report', { incident: number_of, event: 'dispatch', complaint: '医師の要請', caller: { phone: patient.phone }, person: { name_kana: patient.name_kana, dob: patient.birth_date } }));
  } finally {
    process.kill(stopped, 'SIGCONT');
  }
  is([sent.status, number(`select count(*) from dispatch.incident where number = '${number_of}'`)], [200, 1], 'EMS-23: while notify stands still an incident is accepted, because it is stored');
  ok(await his.wait((event) => event.kind === 'alert_asked' && event.patient_id === patient.patient_id, 10000), 'EMS-23: when notify is back the doctor is asked');
  await until(() => false, 700);
  is(his.events.filter(({ data }) => data.kind === 'alert_asked' && data.patient_id === patient.patient_id).length, 1, 'EMS-23: …once');
  his.close();
}

// ---- N-33 ----------------------------------------------------------------------------------------------------------------------------------------------
const now = async (who, patient_id) => {
  const duty = (await who.must('GET', `/duty?municipality=${TOWN}`)).now.find(({ rotation_id }) => rotation_id === ROTATION);
  const order = (await who.must('GET', `/patients/${patient_id}/on-call`)).targets.filter(({ target }) => target !== 'last_resort').map(({ person_id, office_id }) => person_id ?? office_id);
  return { duty: duty?.person_id, order };
};

async function redisLies() {
  const rota = await person('rota-1'), patient = region.patients.find((one) => one.municipality === TOWN && one.consented), manager = await person(patient.manager), before = await now(manager, patient.patient_id);
  redis('flushall');
  is(await now(manager, patient.patient_id), before, 'U-06, N-33: Redis emptied: the same answers');
  await sleep(1200);
  redis('eval', "for _, k in ipairs (redis.call ('keys', '*')) do redis.call ('copy', k, 'kept:' .. k, 'replace') end", '0');
  const other = ['doctor-1-1', 'doctor-1-2', 'doctor-1-3'].find((key) => personOf(key).person_id !== before.duty), override_id = crypto.randomUUID(), from = Date.now();
  await rota.must('POST', '/overrides', { override_id, rotation_id: ROTATION, from: new Date(from - 60000).toISOString(), to: new Date(from + 3600000).toISOString(), add: personOf(other).person_id, reason: '発熱のため代診' });
  const changed = await until(async () => { const one = await now(manager, patient.patient_id); return one.duty === personOf(other).person_id ? one : null; }, 2000, 20);
  ok(changed && Date.now() - from < 1500, 'N-28, N-33: 代診 is in force within a second', Date.now() - from);
  redis('eval', "for _, k in ipairs (redis.call ('keys', 'kept:*')) do redis.call ('copy', k, k:sub (6), 'replace') end", '0');
  is(await now(manager, patient.patient_id), changed, 'N-33: Redis holding yesterday’s tables: no wrong answer');
  const stopped = pid('redis');
  process.kill(stopped, 'SIGSTOP');
  try {
    is(await now(manager, patient.patient_id), changed, 'N-33: Redis standing still: the same answers');
  } finally {
    process.kill(stopped, 'SIGCONT');
  }
  await rota.must('DELETE', `/overrides/${override_id}`);
  ok(await until(async () => (await now(manager, patient.patient_id)).duty === before.duty, 2000, 20), 'N-33: 代診 taken back: the first answer again');
}

// ---- N-32 ----------------------------------------------------------------------------------------------------------------------------------------------
async function oneAnswer() {
  const rota = await person('rota-1'), patient = patientOf(20), manager = await person('manager-1-1');
  const every = ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear', 'local'];
  await manager.must('PUT', `/patients/${patient.patient_id}/chain`, { rows: [{ position: 1, day_classes: every, from_minute: 0, to_minute: 1440, target: 'rotation', rotation_id: ROTATION }] });
  const { lines } = await rota.must('GET', `/rotations/${ROTATION}/months/2026-12`), inMonth = lines.filter(({ from }) => from >= '2026-11-30T15:00');
  const ms = (text) => new Date(text).getTime(), at = (time) => lines.find(({ from, to }) => ms(from) <= time && time < ms(to))?.person_id ?? null;
  let state = 20261201;
  const random = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 4294967296;
  const first = ms('2026-12-01T08:30:00+09:00'), last = ms('2027-01-01T00:00:00+09:00');
  const times = [...inMonth.flatMap(({ from }) => [ms(from) - 1000, ms(from) + 1000]).filter((time) => time >= first && time < last), ...Array.from({ length: 500 }, () => first + Math.floor(random() * (last - first) / 60000) * 60000)];
  const wrong = [];
  const ask = async (time) => {
    const { targets } = await manager.must('GET', `/patients/${patient.patient_id}/on-call?at=${encodeURIComponent(new Date(time).toISOString())}`), duty = targets.find(({ target }) => target === 'rotation');
    if (duty && duty.person_id !== at(time)) wrong.push({ time: new Date(time).toISOString(), duty: duty.person_id, month: at(time) });
    return Boolean(duty);
  };
  const waiting = [...times];
  let compared = 0;
  await Promise.all(Array.from({ length: 8 }, async () => { for (let time; (time = waiting.shift()) !== undefined;) if (await ask(time)) compared++; }));
  is(wrong, [], `N-32: over HTTP the resolver and the month of December 2026 name the same person at every shift’s edge ±1 s and at 500 random minutes (${compared} of ${times.length} compared)`);
  is(compared, times.length, 'N-32: …and at each of them somebody is on duty');
}

await scenario(async () => {
  const partner = await Partner.make(await person('admin-1'), `架空広域消防本部 ${tag}`);
  await notifyStops(partner);
  await redisLies();
  await oneAnswer();
  await partner.leave();
});
