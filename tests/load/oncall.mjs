// oncall.mjs - the points of on-call and alerts against a running region whose voice adapter is handover.c, and their table.  Started by tests/load/bench.
import fs from 'node:fs';
import path from 'node:path';
import { uuidOf } from '../../deploy/demo/api.mjs';
import { personOf } from '../../deploy/demo/people.mjs';
import { judge, note, point, print, quiet, rounds, short, wait } from './measure.mjs';
import { registerPeople, logIn } from './people.mjs';
import { signed } from './probe.mjs';
import { DATA, PORT, RUN, TOWN, account, database, endAlerts, file, only, own, region } from './standing.mjs';

const SINK = Number(PORT) + 5, RATE = 100, people = short && !only.has('pace') ? 100 : 600, INFORMED = short ? 200 : 1300, LIMIT = 50, QUEUED = short ? 2000 : 20000;

// Information to people who do not exist, by SMS: what a busy morning leaves in the queue.
const inform = (count) => database.psql(`insert into notify.delivery (municipality, delivery_id, asks, kind, address, text, state, next_at, created_at, lane)
  select '${TOWN}', gen_random_uuid (), false, 5, '0990-9' || lpad ((n / 10000)::text, 1, '0') || '-' || lpad ((n % 10000)::text, 4, '0'), '負荷試験のお知らせ', 1, guard.now (), guard.now (), 4
    from generate_series (1, ${count}) n`);
const waiting = () => Number(database.psql('select count(*) from notify.delivery where state = 1'));
const discard = () => database.psql('update notify.delivery set state = 3, done_at = guard.now () where state = 1');

// ---- from accepted to handed over -------------------------------------------------------------------------------------------------------------------
const reports = (nurse, ids, perSecond, seconds) => own('handover', PORT, nurse.cookie, ids, SINK, perSecond, seconds);
const lost = (answer) => answer.reports - answer.handed + answer.refused;

// One at a time, with nothing waiting: what a hand-over costs this machine now.
async function alone(nurse, ids) {
  const answer = await point('alone', () => reports(nurse, ids, 5, short ? 2 : 5));
  note('one emergency at a time: accepted to first hand-over p50, ms', answer.accepted_p50 / 1000);
  await endAlerts(nurse);
  return answer.accepted_p50 / 1000;
}

async function handOver(nurse, ids) {
  const probe = await alone(nurse, ids), answer = await point('hand-over', () => reports(nurse, ids, RATE, people / RATE));
  note(`${RATE} emergencies/s: accepted to first hand-over p50, ms`, answer.accepted_p50 / 1000);
  judge(`${RATE} emergencies/s: accepted to first hand-over p99, ms`, answer.accepted_p99 / 1000, 200, probe);
  note(`${RATE} emergencies/s: the same from the scheduled moment p99, ms`, answer.scheduled_p99 / 1000);
  judge(`${RATE} emergencies/s: not handed over, refused`, lost(answer), 0);
  await endAlerts(nurse);
}

async function behindInformation(nurse, ids) {
  discard();
  const probe = await alone(nurse, ids);
  await wait(500);
  inform(QUEUED);
  const answer = await reports(nurse, ids, 5, 2), left = waiting();
  judge(`E0 behind ${QUEUED} queued messages: accepted to first hand-over, longest, ms`, answer.accepted_max / 1000, 500, probe);
  note(`E0 behind ${QUEUED} queued messages: from the scheduled moment p99, ms`, answer.scheduled_p99 / 1000);
  note(`E0 behind ${QUEUED} queued messages: still waiting afterwards`, left);
  judge(`E0 behind ${QUEUED} queued messages: not handed over, refused`, lost(answer), 0);
  discard();
  await endAlerts(nurse);
}

async function atTheLimit() {
  discard();
  await wait(500);
  await quiet();
  const provider = own('handover', PORT, '-', '-', SINK, LIMIT, INFORMED / LIMIT * 2 + 10, INFORMED);
  await wait(300);
  inform(INFORMED);
  const answer = await provider, wanted = INFORMED / LIMIT * 1e6;
  judge(`${INFORMED} recipients, the adapter takes ${LIMIT}/s: time ÷ the adapter's own limit`, answer.first_to_last / wanted, 1.05);
  judge(`${INFORMED} recipients: not handed over`, INFORMED - answer.messages, 0);
  discard();
}

// N-10: what a bad night brings, for ten minutes.  Whoever was reached ends the alert; the same person's next report opens another.
async function steady(nurse, ids) {
  const seconds = short ? 60 : 600, probe = await alone(nurse, ids);
  const count = () => database.psql('select (select count(*) from notify.alert_entry) - (select count(*) from notify.alert)'), before = count();
  let going = true;
  const ending = (async () => { while (going) { await endAlerts(nurse, 5); await wait(1000); } })();
  const answer = await point('steady', () => reports(nurse, ids, 10, seconds));
  going = false;
  await ending;
  note(`N-10: ${seconds} s of 10 events/s: p50, ms`, answer.accepted_p50 / 1000);
  judge(`N-10: ${seconds} s of 10 events/s: accepted to first attempt at an adapter p99, ms`, answer.accepted_p99 / 1000, 2000, probe);
  judge('N-10: the longest, ms', answer.accepted_max / 1000, 5000, probe);
  const joined = count() - before;                             // the end of the same person's alert came too late: nobody is called anew
  note('N-10: reports that joined an open alert', joined);
  judge('N-10: not handed over, refused', lost(answer) - joined, 0);
  await endAlerts(nurse);
}

// ---- who is on call -------------------------------------------------------------------------------------------------------------------------------------
const everyDay = ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear'];

// The attending doctor by day, the rotation at any hour.
const giveChain = (manager, id) => manager.must('PUT', `/patients/${id}/chain`, { rows: [
  { position: 1, day_classes: ['weekday'], from_minute: 510, to_minute: 1080, target: 'person', person_id: personOf('doctor-1-1').person_id, delay_seconds: 180 },
  { position: 2, day_classes: everyDay, from_minute: 0, to_minute: 1440, target: 'rotation', rotation_id: uuidOf(`rotation ${TOWN}`), delay_seconds: 180 }] });

async function resolves(ids, redis, label) {
  const { person_id } = account('manager-1-1'), { office_id } = personOf('manager-1-1').office, secret = fs.readFileSync(path.join(DATA, 'secrets', 'renkei_notify.password'), 'utf8').trim();
  const answer = await point('resolve', () => own('resolve', RUN, path.join(DATA, 'keys'), `host=${RUN} dbname=renkei user=renkei_notify password=${secret}`, redis,
    signed(database, person_id, office_id, TOWN), person_id, office_id, TOWN, ids, short ? 2 : 10, 200));
  const most = redis === '-' ? 10 : 1;
  note(`a small query of notify through the mesh p50, ms, ${label}`, answer.there_p50 / 1000);
  note(`a small query of notify through the mesh p99, ms, ${label}`, answer.there_p99 / 1000);
  note(`query resolve through the mesh p50, ms, ${label}`, answer.mesh_p50 / 1000);
  judge(`query resolve through the mesh p99, ms, ${label}`, answer.mesh_p99 / 1000, most, answer.there_p99 / 1000);
  note(`loading and resolve() in an open transaction p50, ms, ${label}`, answer.load_p50 / 1000);
  judge(`loading and resolve() in an open transaction p99, ms, ${label}`, answer.load_p99 / 1000, most);
  judge(`resolve() alone p99, ms, ${label}`, answer.pure_p99 / 1000, most);
  judge(`resolve: without an answer, ${label}`, answer.failed ?? 1, 0);
}

function stopRedis() {
  for (const name of ['redis.keep', 'redis.pid']) try { process.kill(Number(fs.readFileSync(path.join(RUN, name), 'utf8')), 'SIGTERM'); } catch { /* gone */ }
  return wait(1500);
}

const [reader, nurse] = await Promise.all(['manager-1-1', 'nurse-1-1'].map((key) => logIn(region.base, account(key))));
const ids = await registerPeople(reader, people), idFile = file('ids', ids);
if (only.has('resolve')) for (const id of ids.slice(0, 100)) await giveChain(reader, id);
const known = file('known', ids.slice(0, 100));
database.psql('analyze');                                      // as autovacuum has done in a region that has stood for some minutes

for (let n = 0; n < rounds; n++) {
  if (only.has('handover')) await handOver(nurse, idFile);
  if (only.has('behind')) await behindInformation(nurse, idFile);
  if (only.has('resolve')) await resolves(known, path.join(RUN, 'redis.sock'), 'with Redis');
  if (only.has('limit')) await atTheLimit();
}
if (only.has('pace')) await steady(nurse, idFile);
if (only.has('resolve')) {
  await stopRedis();
  for (let n = 0; n < rounds; n++) await resolves(known, '-', 'without Redis');
}
print();
process.exit(0);
