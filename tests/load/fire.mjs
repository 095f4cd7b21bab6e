// fire.mjs - the points of dispatch against a running region: an incident's reply, and the desk's look-up among 20,000 people.  Started by tests/load/bench.
import crypto from 'node:crypto';
import { officeOf } from '../../deploy/demo/people.mjs';
import { judge, note, point, print, rounds, short, wait } from './measure.mjs';
import { registerPeople, logIn } from './people.mjs';
import { PORT, TOWN, account, database, endAlerts, only, rank, region } from './standing.mjs';

const [reader, nurse, admin, desk] = await Promise.all(['manager-1-1', 'nurse-1-1', 'admin-1', 'dispatch-1'].map((key) => logIn(region.base, account(key))));

// A page's small list: the way there and back through gateway, mesh and service.
async function thereAndBack() {
  const times = [];
  for (let n = 0; n < (short ? 20 : 100); n++) {
    const from = performance.now();
    await reader.must('GET', '/municipalities');
    times.push(performance.now() - from);
  }
  return rank(times, 0.99);
}

// ---- incident and reply (EMS-03) ------------------------------------------------------------------------------------------------------------------------
// A fire organisation that fetches its replies, every 20 ms, and confirms what it has.
async function dispatchPartner() {
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
  const sent = new Map(), acks = [], every = 200, probe = await thereAndBack(), begun = performance.now();
  let refused = 0;
  await Promise.all(patients.map(async (patient, n) => {
    const number = `bench-${round}-${n}`, at = begun + n * every;
    await wait(Math.max(0, at - performance.now()));
    const now = new Date().toISOString().replace(/\.\d+Z/, '+00:00');
    sent.set(number, at);
    const { status } = await fetch(`http://127.0.0.1:${PORT}/api/v1/dispatch/messages`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify({ v: 1, type: 'ems.incident', id: number,
      sender: 'fd.bench', to: ['renkei.bench'], kind: 'report', status: 'actual', sent: now, incident: number, event: 'dispatch', complaint: '医師の要請', caller: { phone: patient.phone }, person: { name_kana: patient.kana, dob: patient.birth } }) });
    refused += status === 200 ? 0 : 1;
    acks.push(performance.now() - at);
  }));
  for (const end = Date.now() + 5000; [...sent.keys()].some((number) => !came.has(number)) && Date.now() < end;) await wait(20);
  const times = [...sent].filter(([number]) => came.has(number)).map(([number, at]) => came.get(number) - at);
  judge('EMS: incident to technical receipt p99, ms', rank(acks, 0.99), 1000, probe);
  note('EMS: incident to reply with contacts p50, ms', rank(times, 0.5));
  judge('EMS: incident to reply with contacts p99, ms', rank(times, 0.99) ?? Infinity, 500, probe);
  judge('EMS: without a reply, refused', sent.size - times.length + refused, 0);
}

async function emsRounds() {
  const ids = await registerPeople(reader, short ? 10 : 60), partner = await dispatchPartner();
  const known = ids.map((id, n) => ({ id, phone: `0990-77-${String(1000 + n)}`, kana: `フカ シケン${String.fromCharCode(0x30a2 + n)}`, birth: `19${30 + n % 30}-0${1 + n % 9}-1${n % 10}` }));
  for (const { id, phone, kana, birth } of known) {
    const { etag } = await reader.send('GET', `/patients/${id}`);
    await reader.must('PUT', `/patients/${id}/head`, { name: '負荷 試験', name_kana: kana, birth_date: birth, sex: 'female', phone, terminal_phase: false, lives_alone: false }, { headers: { 'if-match': etag } });
    await reader.must('POST', `/patients/${id}/consents`, { consent_id: crypto.randomUUID(), scope: 'ems', giver: 'person', method: 'written', from: '2026-04-01' });
  }
  await wait(3000);
  for (let n = 0; n < rounds; n++) {
    await point('ems', () => replies(partner, known, n));
    await endAlerts(nurse);
  }
}

// ---- the desk looks somebody up (EMS-06) ----------------------------------------------------------------------------------------------------------------
const registered = short ? 2000 : 20000, sameName = registered / 50;
const phoneOf = (n) => `01${String(n).padStart(8, '0')}`, bornOf = (n) => new Date(Date.UTC(1930, 0, 1 + n % 9000)).toISOString().slice(0, 10);

// As lookup_bench.c: everybody's names, telephones and addresses follow from the number; three in four have consented.
function register(person, office) {
  database.psql(`set search_path = sharing, guard; set session_replication_role = replica;
    create temporary table many as select i, md5 ('bench ' || i)::uuid as id from generate_series (1, ${registered}) i;
    insert into patient (municipality, patient_id, recorder_office, recorded_by, registered_at, head_version, changed_at, search_rules)
      select '${TOWN}', id, '${office}', '${person}', guard.now (), 1, guard.now (), 1 from many;
    insert into patient_head (municipality, patient_id, version, name, name_kana, folded, birth_date, address, phone, written_by, written_office, written_at)
      select '${TOWN}', id, 1, '見本' || i % ${sameName}, 'ミホン', '見本', date '1930-01-01' + i % 9000, 'みずき市青葉' || i || '-2-3', '01' || lpad (i::text, 8, '0'), '${person}', '${office}', guard.now () from many;
    insert into consent (municipality, patient_id, consent_id, scope, giver, method, from_date, recorded_by, recorded_office, recorded_at, in_force)
      select '${TOWN}', id, gen_random_uuid (), s, 1, 1, '2020-01-01', '${person}', '${office}', guard.now (), true from many, unnest (array[1, 2, 3, 4]) s where s <> 3 or i % 4 <> 0;
    insert into ems_key select '${TOWN}', k.kind, k.key, m.id from many m cross join lateral (values (1, upper (substr (md5 ('card ' || m.i), 1, 16))), (2, '01' || lpad (m.i::text, 8, '0')),
      (3, 'ミホン' || m.i || '|' || (date '1930-01-01' + m.i % 9000)), (4, '青葉' || m.i || '-2-3'), (5, '見本' || m.i % ${sameName}), (5, 'ミホン' || m.i)) k (kind, key);
    analyze`);
}

const questions = [
  ['telephone', (n) => ({ phone: phoneOf(n) }), 1], ['kana and birth date', (n) => ({ name_kana: `みほん ${n}`, birth_date: bornOf(n) }), 1],
  ['address', (n) => ({ address: `みずき市大字青葉${n}丁目２番３号` }), 1], ['card', (n) => ({ card: crypto.createHash('md5').update(`card ${n}`).digest('hex').slice(0, 16).toUpperCase() }), 1],
  ['a common name', (n) => ({ name: `見本${n % sameName}` }), 20], ['somebody unknown', (n) => ({ phone: phoneOf(n + 90000000) }), 0],
];

async function lookOnce(fields, at, most) {
  const { status, answer } = await desk.send('POST', '/dispatch/lookups', { lookup_id: crypto.randomUUID(), ...fields }), took = performance.now() - at;
  return { took, wrong: status !== 200 || answer.missing.length > 0 || answer.candidates.length > 20 || answer.candidates.length > most || (most > 0 && answer.candidates.length === 0) };
}

async function lookRound() {
  const perSecond = 20, count = short ? 60 : 600, probe = await thereAndBack(), begun = performance.now(), took = questions.map(() => []);
  let wrong = 0;
  await Promise.all(Array.from({ length: count }, async (_, n) => {
    const kind = n % questions.length, at = begun + n * 1000 / perSecond, person = 1 + (n * 7919 * 4) % (registered - 4);
    await wait(Math.max(0, at - performance.now()));
    const one = await lookOnce(questions[kind][1](person % 4 === 0 ? person + 1 : person), at, questions[kind][2]);
    took[kind].push(one.took);
    wrong += one.wrong ? 1 : 0;
  }));
  questions.forEach(([name], kind) => note(`EMS-06: look-up by ${name} p99, ms`, rank(took[kind], 0.99)));
  judge(`EMS-06: look-up of the desk among ${registered} people p95, ms`, rank(took.flat(), 0.95), 300, probe);
  judge(`EMS-06: look-up of the desk among ${registered} people p99, ms`, rank(took.flat(), 0.99), 1000, probe);
  judge('EMS-06: wrong or missing answers', wrong, 0);
}

if (only.has('ems')) await emsRounds();
if (only.has('desk')) {
  const { person_id, office_id } = account('manager-1-1');
  register(person_id, office_id ?? officeOf('fire').office_id);
  for (let n = 0; n < rounds; n++) await point('desk', lookRound);
}
print();
process.exit(0);
