// planted.mjs - is the checker worth anything?  A short load without faults is found sound; then each of these bugs is planted into a copy of the
// recordings, and the checker must name the invariant it breaks.
import os from 'node:os';
import fs from 'node:fs';
import path from 'node:path';
import { check } from './checker.mjs';
import { Load } from './load.mjs';
import { baselineOf, collect, headsOf, settle } from './recordings.mjs';
import { Region, done, ok, say, sleep, until } from './region.mjs';
import { Streams } from './streams.mjs';

function take(list, row) {
  if (!list.includes(row)) throw new Error('nothing to take away');
  list.splice(list.indexOf(row), 1);
}
const ofMessage = (copy, message) => copy.client.find((record) => record.message === message && record.outcome === 'done');
const sheetUpdate = (copy) => { const old = new Set(copy.baseline.events); return copy.database.events.find((event) => event.name === 'sheet_updated' && !old.has(event.id)); };
const incidentOf = (copy) => copy.database.incident.find((row) => copy.client.some((record) => record.patient && record.incident === row.number && record.outcome === 'done'));
const noticeOf = (copy, event) => copy.database.feed.find((row) => row.patient_id === event.subject && row.kind === 1 && row.version === event.payload.version && row.by_person === event.payload.by && row.at === event.at);

// Two neighbouring notices about one person in one feed, from different events.
function neighbours(copy) {
  const rows = copy.database.feed.filter((row) => row.kind === 1 && row.position > (copy.baseline.feed[row.person_id] ?? 0)).sort((a, b) => a.position - b.position);
  for (const row of rows) {
    const next = rows.find((other) => other.person_id === row.person_id && other.patient_id === row.patient_id && other.position > row.position && other.at !== row.at);
    if (next) return [row, next];
  }
  throw new Error('no two notices to exchange');
}

// A connection that brought three notices one after the other, the middle one's place, and whose page it was.
function inStream(copy) {
  for (const { entries, person } of copy.streams)
    for (let at = 1; at + 1 < entries.length; at++)
      if (entries.slice(at - 1, at + 2).every((entry) => entry.notice)) return { entries, at, person };
  throw new Error('no stream with three notices');
}

const bugs = [
  { name: 'a lost event: committed, in the log, but a subscriber never applied it', breaks: 'I1', plant(copy) {
    const event = sheetUpdate(copy), { database } = copy;
    take(database.inbox, database.inbox.find((row) => row.event_id === event.id));
    take(database.feed, noticeOf(copy, event));
  } },
  { name: 'a lost event: missing in the log', breaks: 'I4', plant(copy) {
    take(copy.database.events, sheetUpdate(copy));
  } },
  { name: 'a doubled event: applied twice', breaks: 'I3', plant(copy) {
    const row = noticeOf(copy, sheetUpdate(copy)), head = copy.database.feed_head.find((one) => one.person_id === row.person_id);
    copy.database.feed.push({ ...row, position: ++head.position });
  } },
  { name: 'a reordered event: applied after its successor', breaks: 'I4', plant(copy) {
    const [first, second] = neighbours(copy);
    [first.position, second.position] = [second.position, first.position];
  } },
  { name: 'a skipped ledger row', breaks: 'I7', plant(copy) {
    const { trace } = ofMessage(copy, 'sheet');
    take(copy.database.ledger, copy.database.ledger.find((row) => row.trace === trace));
  } },
  { name: 'a foreign row: a person of another municipality got a notice', breaks: 'I6', plant(copy) {
    const row = noticeOf(copy, sheetUpdate(copy)), inTeam = new Set(copy.database.team.filter((one) => one.patient_id === row.patient_id).map((one) => one.person_id));
    const stranger = copy.database.feed_head.find((one) => !inTeam.has(one.person_id));
    copy.database.feed.push({ ...row, person_id: stranger.person_id, position: ++stranger.position });
  } },
  { name: 'a foreign row: an answer showed a person of another municipality', breaks: 'I6', plant(copy) {
    const record = ofMessage(copy, 'patient_list');
    record.shown.push(copy.database.patient.find((row) => row.municipality !== record.municipality).patient_id);
  } },
  { name: 'stale Redis: yesterday\'s shift table under the present version', breaks: 'I9', plant(copy) {
    copy.cache.find((row) => row.version > 0).digest = '0'.repeat(64);
  } },
  { name: 'a lost wake-up: an open alert is overdue', breaks: 'I5', plant(copy) {
    Object.assign(copy.database.alert[0], { state: 1, next_action_at: copy.database.now - 60e6 });
  } },
  { name: 'a lost wake-up: an open alert has no next step', breaks: 'I5', plant(copy) {
    Object.assign(copy.database.alert[0], { state: 1, next_action_at: null });
  } },
  { name: 'answered before commit: acknowledged, then rolled back', breaks: 'I1', plant(copy) {
    const record = ofMessage(copy, 'consent_record'), { database } = copy;
    take(database.idempotency, database.idempotency.find((row) => row.key === record.key));
    take(database.consent, database.consent.find((row) => row.consent_id === record.marker));
    const event = database.events.find((one) => one.trace === record.trace);
    take(database.events, event);
    for (const later of database.events) if (later.subject === event.subject && later.version > event.version) later.version--;
    database.subjects.find((row) => row.subject === event.subject && row.source === 'sharing').version--;
  } },
  { name: 'a command that ran twice: the retry did not find its key', breaks: 'I3', plant(copy) {
    const record = ofMessage(copy, 'place_set'), row = copy.database.place.find((one) => one.name === record.marker);
    copy.database.place.push({ ...row, version: row.version + 1000 });
  } },
  { name: 'a lost position: a notice never came to an open page', breaks: 'I1', plant(copy) {
    const { entries, at } = inStream(copy);
    entries.splice(at, 1);
  } },
  { name: 'a lost position: whoever came back began one too late', breaks: 'I1', plant(copy) {
    const connection = copy.streams.find((one) => one.entries[0]?.notice && one !== copy.streams.find((other) => other.person === one.person));
    connection.entries.shift();
  } },
  { name: 'a doubled position: a notice came again to an open page', breaks: 'I3', plant(copy) {
    const { entries, at } = inStream(copy);
    entries.splice(at, 0, structuredClone(entries[at]));
  } },
  { name: 'one position with two contents: pushed before it was committed, then taken by another notice', breaks: 'I3', plant(copy) {
    const { entries, at } = inStream(copy);
    entries[at].notice = { ...entries[at - 1].notice, position: entries[at].notice.position };
  } },
  { name: 'a notice pushed before its commit, which then failed', breaks: 'I2', plant(copy) {
    const { entries, at, person } = inStream(copy);
    take(copy.database.feed, copy.database.feed.find((row) => row.person_id === person && row.position === entries[at].notice.position));
  } },
  { name: 'an open page that hears nothing any more', breaks: 'I1', plant(copy) {
    const isLast = (person) => (entry) => entry.notice?.position === copy.awaited[person], { person } = copy.streams.find((one) => one.entries.some(isLast(one.person)));
    for (const connection of copy.streams.filter((one) => one.person === person))
      connection.entries = connection.entries.filter((entry) => !(entry.notice?.position >= copy.awaited[person]));
  } },
  { name: 'streams that tell everybody to load the page again, all the time', breaks: 'I1', plant(copy) {
    for (const connection of copy.streams) connection.entries = connection.entries.flatMap((entry, at) => (at % 3 ? [{ resync: true }] : [{ resync: true }, entry]));
  } },
  { name: 'a message to a partner that never left', breaks: 'I5', plant(copy) {
    copy.database.delivery[0].state = 1;
  } },
  { name: 'a session that a log-out left open', breaks: 'I1', plant(copy) {
    copy.database.session.find((row) => row.session_id === ofMessage(copy, 'logout').session).ended = false;
  } },
  { name: 'a passkey that nobody was told of', breaks: 'I1', plant(copy) {
    copy.database.authenticators.find((row) => row.registered > 1).registered--;
  } },
  { name: 'a closure that nobody was told is taken back', breaks: 'I1', plant(copy) {
    copy.database.kept_closure.find((row) => row.removed).removed = false;
  } },
  { name: 'an opening whose missing review nobody was told of', breaks: 'I1', plant(copy) {
    copy.database.feed = copy.database.feed.filter((row) => row.kind !== 37);
  } },
  { name: 'an office that was chosen and forgotten', breaks: 'I1', plant(copy) {
    copy.database.session.find((row) => row.session_id === ofMessage(copy, 'office_choose').session).office_id = null;
  } },
  { name: 'an event the operator left out, waiting again', breaks: 'I1', plant(copy) {
    copy.database.released.find((row) => row.event_id === ofMessage(copy, 'quarantine_release').event_id).state = 'waiting';
  } },
  { name: 'a ticket that opened two sessions', breaks: 'I3', plant(copy) {
    const row = copy.database.session.find((one) => one.session_id && copy.client.some((record) => record.marker && record.marker === one.device));
    copy.database.session.push({ ...row, session_id: '00000000-0000-8000-8000-000000000000' });
  } },
  { name: 'an import that forgot a row', breaks: 'I1', plant(copy) {
    const { imported } = ofMessage(copy, 'import_run');
    take(copy.database.facility, copy.database.facility.find((row) => row.service === imported.kind));
  } },
  { name: 'an incident whose alert nobody opened', breaks: 'I1', plant(copy) {
    const { incident_id } = incidentOf(copy);
    copy.database.incident_entry = copy.database.incident_entry.filter((row) => row.incident_id !== incident_id);
  } },
  { name: 'an incident that opened two alerts', breaks: 'I3', plant(copy) {
    const { incident_entry } = copy.database, row = incident_entry.find((one) => one.incident_id === incidentOf(copy).incident_id);
    incident_entry.push({ ...row, alert_id: '00000000-0000-8000-8000-000000000000' });
  } },
  { name: 'an incident that was answered with nothing', breaks: 'I1', plant(copy) {
    const { incident_id } = incidentOf(copy);
    copy.database.reply = copy.database.reply.filter((row) => row.incident_id !== incident_id);
  } },
  { name: 'a reply to the fire service that never left', breaks: 'I5', plant(copy) {
    copy.database.reply.find((row) => row.pushed).state = 1;
  } },
  { name: 'an opening without consent that nobody was told of', breaks: 'I1', plant(copy) {
    copy.database.feed.splice(copy.database.feed.findIndex((row) => row.kind === 19), 1);
  } },
  { name: 'a record released without a line in the ledger', breaks: 'I7', plant(copy) {
    const { trace } = ofMessage(copy, 'lookup_open');
    copy.database.ledger = copy.database.ledger.filter((row) => row.trace !== trace || row.service !== 'dispatch');
  } },
  { name: 'an unknown outcome that nobody resolved', breaks: 'I13', plant(copy) {
    ofMessage(copy, 'emergency_report').outcome = 'unresolved';
  } },
];

// What the bugs are planted into must have happened.
const needed = ['sheet', 'patient_list', 'consent_record', 'place_set', 'emergency_report', 'logout', 'office_choose', 'quarantine_release', 'import_run', 'closure_remove', 'lookup_open', 'crew_result_put', 'break_glass_review'];

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'renkei-planted-')), region = new Region(process.env), load = new Load(region.description, path.join(folder, 'client.jsonl'));
  await load.open();
  const baseline = baselineOf(region);
  const streams = new Streams(region.base, Object.values(load.people).filter((person) => /^(nurse|manager|doctor)-/.test(person.key)));
  await streams.open();
  load.start({ webhookSecret: region.secret('dispatch-webhook'), region });
  await sleep(4000);
  await until(() => needed.every((message) => load.log.some((record) => record.message === message && record.outcome === 'done')), 90);
  await until(() => region.sql('select count (*) from notify.feed where kind = 37') !== '0', 60);
  await load.finish();
  ok(await settle(region), 'a short load settles');
  await streams.finish(headsOf(region));
  const recordings = await collect(region, load, baseline, streams), sound = check(recordings);
  fs.rmSync(folder, { recursive: true });
  ok(!sound.list.length, 'the recordings of a region without faults are found sound', sound.list);
  say(Object.entries(sound.figures).map(([name, figure]) => `${name} ${figure}`).join(', '));
  for (const { name, breaks, plant } of bugs) {
    const copy = structuredClone(recordings);
    plant(copy);
    const found = check(copy);
    ok(found.of(breaks).length > 0, `caught: ${name} (${breaks})`, `found: ${JSON.stringify(found.list.slice(0, 5))}`);
  }
  done();
}
main().catch((error) => { console.log(`Bail out! ${error.stack}`); process.exit(1); });
