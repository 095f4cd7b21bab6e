// oncall.mjs - the points of on-call, alerts and dispatch against a running region whose voice adapter is handover.c, and their table.  Started by tests/load/bench.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { officeOf } from '../../deploy/demo/people.mjs';
import { note, point, print, programs, rounds, short, wait } from './measure.mjs';
import { registerPeople, logIn } from './people.mjs';
import { Database } from './probe.mjs';

const work = process.argv[2], { DATA, RUN, PORT } = process.env, SINK = Number(PORT) + 5, TOWN = '990019', only = new Set(process.env.ONLY.split(' '));
const region = JSON.parse(fs.readFileSync(path.join(DATA, 'region.json'), 'utf8')), database = new Database(DATA, RUN, work), own = programs(work);
const account = (key) => region.accounts.find((one) => one.key === key);
const RATE = 100, people = short ? 100 : 300, INFORMED = short ? 200 : 1300, LIMIT = 50, QUEUED = short ? 2000 : 20000;
const file = (name, lines) => { fs.writeFileSync(path.join(work, name), `${lines.join('\n')}\n`); return path.join(work, name); };
const rank = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))];

// Alerts of a round are ended before the next: a second report would join the first.
async function endAlerts(nurse) {
  const open = database.psql('select alert_id from notify.alert where ended_at is null').split('\n').filter(Boolean), waiting = [...open];
  await Promise.all(Array.from({ length: 8 }, async () => { for (let id; (id = waiting.shift());) await nurse.send('POST', `/alerts/${id}/end`, { outcome: '測定' }); }));
  await wait(1000);
}

// Information to people who do not exist, by SMS: what a busy morning leaves in the queue.
const inform = (count) => database.psql(`insert into notify.delivery (municipality, delivery_id, asks, kind, address, text, state, next_at, created_at, lane)
  select '${TOWN}', gen_random_uuid (), false, 5, '0990-9' || lpad ((n / 10000)::text, 1, '0') || '-' || lpad ((n % 10000)::text, 4, '0'), '負荷試験のお知らせ', 1, guard.now (), guard.now (), 4
    from generate_series (1, ${count}) n`);
const waiting = () => Number(database.psql('select count(*) from notify.delivery where state = 1'));
const discard = () => database.psql('update notify.delivery set state = 3, done_at = guard.now () where state = 1');

// ---- from accepted to handed over -------------------------------------------------------------------------------------------------------------------
async function handOver(nurse, ids) {
  const answer = await point('hand-over', () => own('handover', PORT, nurse.cookie, ids, SINK, RATE, people / RATE));
  note(`${RATE} emergencies/s: accepted to first hand-over p50, ms`, answer.accepted_p50 / 1000);
  note(`${RATE} emergencies/s: accepted to first hand-over p99, ms (≤ 200)`, answer.accepted_p99 / 1000);
  note(`${RATE} emergencies/s: the same from the scheduled moment p99, ms`, answer.scheduled_p99 / 1000);
  note(`${RATE} emergencies/s: not handed over, refused`, answer.reports - answer.handed + answer.refused);
  await endAlerts(nurse);
}

async function behindInformation(nurse, ids) {
  discard();
  inform(QUEUED);
  const answer = await point('behind', () => own('handover', PORT, nurse.cookie, ids, SINK, 5, 1));
  note(`behind ${QUEUED} queued messages: accepted to first hand-over p99, ms (≤ 500)`, answer.accepted_p99 / 1000);
  note(`behind ${QUEUED} queued messages: still waiting afterwards`, waiting());
  discard();
  await endAlerts(nurse);
}

async function atTheLimit() {
  discard();
  await wait(500);
  const provider = own('handover', PORT, '-', '-', SINK, LIMIT, INFORMED / LIMIT * 2 + 10, INFORMED);
  await wait(300);
  inform(INFORMED);
  const answer = await provider, wanted = INFORMED / LIMIT * 1e6;
  note(`${INFORMED} recipients, the adapter takes ${LIMIT}/s: time ÷ the adapter's own limit (≤ 1.05)`, answer.first_to_last / wanted);
  note(`${INFORMED} recipients: not handed over`, INFORMED - answer.messages);
}

// ---- who is on call -------------------------------------------------------------------------------------------------------------------------------------
async function resolves(reader, ids, label) {
  const paths = file('paths', ids.map((id) => `/patients/${id}/on-call`)), plain = file('plain', ['/municipalities']), duty = file('duty', [`/duty?municipality=${TOWN}`]);
  const nothing = await point('plain', () => own('gets', PORT, reader.cookie, plain, short ? 1 : 5)), order = await own('gets', PORT, reader.cookie, paths, short ? 1 : 5), now = await own('gets', PORT, reader.cookie, duty, short ? 1 : 5);
  note(`GET of a small list (the way there and back) p99, ms, ${label}`, nothing.p99 / 1000);
  note(`a person's order of doctors, p99, ms, ${label}`, order.p99 / 1000);
  note(`who is on duty now, p99, ms, ${label}`, now.p99 / 1000);
  note(`resolve: p99 above a small list's, ms, ${label} (≤ ${label === 'with Redis' ? 1 : 10})`, Math.max(0, order.p99 - nothing.p99) / 1000);
}

function stopRedis() {
  for (const name of ['redis.keep', 'redis.pid']) try { process.kill(Number(fs.readFileSync(path.join(RUN, name), 'utf8')), 'SIGTERM'); } catch { /* gone */ }
  return wait(500);
}

// ---- dispatch -------------------------------------------------------------------------------------------------------------------------------------------
// A fire organisation that fetches its replies, every 20 ms, and confirms what it has.
async function dispatchPartner(admin) {
  const partner_id = crypto.randomUUID(), came = new Map();
  await admin.must('PUT', `/dispatch/partners/${partner_id}`, { name: '負荷試験消防本部', office_id: officeOf('fire').office_id, region: 'renkei.bench', municipalities: [TOWN], senders: ['fd.bench'], formats: ['json'], break_glass: false,
    reply_format: 'json', enabled: true });
  const { key } = await admin.must('POST', `/dispatch/partners/${partner_id}/keys`, { key_id: crypto.randomUUID(), name: '測定' });
  let kept = '';
  const fetchOnce = async () => {
    const { replies: list = [] } = await (await fetch(`http://127.0.0.1:${PORT}/api/v1/dispatch/replies${kept}`, { headers: { authorization: `Bearer ${key}` } })).json(), numbers = list.map(({ number }) => number);
    for (const { incident, body } of list) if (!came.has(incident) && JSON.parse(body).contacts?.length) came.set(incident, performance.now());
    kept = numbers.length ? `?from=${Math.min(...numbers)}&after=${Math.max(...numbers)}` : '';
  };
  const follow = async () => { for (;;) { await fetchOnce().catch(() => {}); await wait(20); } };
  follow();
  return { key, came };
}

async function replies({ key, came }, patients, round) {
  const sent = new Map(), acks = [], every = 200;
  let refused = 0;
  for (const [n, patient] of patients.entries()) {
    const number = `bench-${round}-${n}`, from = performance.now(), now = new Date().toISOString().replace(/\.\d+Z/, '+00:00');
    sent.set(number, from);
    const { status } = await fetch(`http://127.0.0.1:${PORT}/api/v1/dispatch/messages`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify({ v: 1, type: 'ems.incident', id: number,
      sender: 'fd.bench', to: ['renkei.bench'], kind: 'report', status: 'actual', sent: now, incident: number, event: 'dispatch', complaint: '医師の要請', caller: { phone: patient.phone }, person: { name_kana: patient.kana, dob: patient.birth } }) });
    refused += status === 200 ? 0 : 1;
    acks.push(performance.now() - from);
    await wait(Math.max(0, every - (performance.now() - from)));
  }
  for (const end = Date.now() + 5000; came.size < sent.size && Date.now() < end;) await wait(20);
  const times = [...sent].filter(([number]) => came.has(number)).map(([number, from]) => came.get(number) - from);
  note('EMS: incident to technical receipt p99, ms (≤ 1000)', rank(acks, 0.99));
  note('EMS: incident to reply with contacts p50, ms', rank(times, 0.5));
  note('EMS: incident to reply with contacts p99, ms (≤ 500)', rank(times, 0.99));
  note('EMS: without a reply, refused', sent.size - times.length + refused);
}

const [reader, nurse, admin] = await Promise.all(['manager-1-1', 'nurse-1-1', 'admin-1'].map((key) => logIn(region.base, account(key))));
const ids = await registerPeople(reader, people), idFile = file('ids', ids);

async function oncallRound() {
  await handOver(nurse, idFile);
  await behindInformation(nurse, idFile);
  await resolves(reader, ids, 'with Redis');
}

async function emsRounds() {
  const partner = await dispatchPartner(admin), known = ids.slice(0, short ? 10 : 60).map((id, n) => ({ id, phone: `0990-77-${String(1000 + n)}`, kana: `フカ シケン${String.fromCharCode(0x30a2 + n)}`, birth: `19${30 + n % 30}-0${1 + n % 9}-1${n % 10}` }));
  for (const { id, phone, kana, birth } of known) {
    const { etag } = await reader.send('GET', `/patients/${id}`);
    await reader.must('PUT', `/patients/${id}/head`, { name: '負荷 試験', name_kana: kana, birth_date: birth, sex: 'female', phone, terminal_phase: false, lives_alone: false }, { headers: { 'if-match': etag } });
    await reader.must('POST', `/patients/${id}/consents`, { consent_id: crypto.randomUUID(), scope: 'ems', giver: 'person', method: 'written', from: '2026-04-01' });
  }
  await wait(3000);
  for (let n = 0; n < rounds; n++) {
    await replies(partner, known, n);
    await endAlerts(nurse);
  }
}

if (only.has('oncall')) for (let n = 0; n < rounds; n++) await oncallRound();
if (only.has('ems')) await emsRounds();
if (only.has('oncall')) {
  await atTheLimit();
  await stopRedis();
  for (let n = 0; n < rounds; n++) await resolves(reader, ids, 'without Redis');
}
print();
process.exit(0);
