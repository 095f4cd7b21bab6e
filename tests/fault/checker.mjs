// checker.mjs - the invariants of security-and-reliability.md §4.1, judged from the recordings alone (recordings.mjs).  No I/O.
//
//   I1  an acknowledged command is in the log; every event of the log reached everybody who hears it, every notice everybody with an open page
//   I2  every effect comes from an event or a command that is there; refused commands leave nothing
//   I3  effects exactly once: notices per event and person, rows per command, each position of a feed with one content
//   I4  per subject the versions are 1, 2, 3 … in the log, and were applied in that order
//   I5  every alert was told to somebody and is on its way to the next one until a person takes it
//   I6  nobody was shown anything of another municipality
//   I7  every successful reading stands in the ledger
//   I9  what Redis holds cannot change an answer: it is the table the database says it should be, or not believed
//   I13 every command has a definite outcome, also those whose first outcome was unknown
import { isKept, namesOf, serviceOf } from './catalogue.mjs';
import { rowsOfFile } from './imports.mjs';
import { sectionNames } from './load.mjs';

const kinds = { sheet_updated: 1, sheet_read: 2, emergency: 3, alert_asked: 4, team_joined: 9, consent_changed: 10, patient_changed: 11, password_changed: 12, session_ended: 13, emergency_access: 19, night_visit: 21, announcement: 33, doctor_asked: 35, emergency_unreviewed: 37, facility_reported: 39, facility_corrected: 40, facility_right: 41 };
const toKeepers = new Set([kinds.emergency_access, kinds.emergency_unreviewed]);
const line_kinds = { reported: 1, asked: 2, accepted: 6, ended: 11 };
const reply_states = { waiting: 1, sent: 2 }, LIFE_WITHOUT_CONSENT = 4;        // ems_ground break_glass
const delivery_states = { pending: 1, sending: 2, delivered: 3, failed: 4 };
const alert_states = { searching: 1, accepted: 2, ended: 3 };
const LATE_US = 5e6;
const marking = ['section_version', 'patient_head', 'place', 'patient', 'consent', 'care_team_member', 'designated_hospital', 'wish_document', 'card', 'night_entrust', 'night_visit', 'absence', 'alert', 'alert_entry', 'alert_line', 'alert_answer_draft', 'session', 'passkey', 'account', 'import',
  'incident', 'incident_message', 'lookup', 'telephone_call', 'fax', 'fax_in_event', 'duty_change', 'swap', 'duty_table', 'closure', 'last_resort_call', 'announcement', 'contact_route_call', 'terminal', 'survey'];
const feedKinds = namesOf('feed_kind');
const ledgered = { sheet: 'one', patient: 'one', section_history: 'one', section_changes: 'one', ledger: 'one', resolve: 'one', alert: 'one', patient_list: 'shown', alert_list: 'shown', feed: 'shown' };

class Findings {
  constructor() { this.list = []; this.figures = {}; }
  add(invariant, what, detail) { this.list.push({ invariant, what, detail }); }
  count(name, number) { this.figures[name] = (this.figures[name] ?? 0) + number; }
  of(invariant) { return this.list.filter((finding) => finding.invariant === invariant); }
}

function groupBy(list, key) {
  const groups = new Map();
  for (const item of list) {
    const name = key(item);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(item);
  }
  return groups;
}

// ---- commands ------------------------------------------------------------------------------------------------------------------------

// marker → how many rows of that table say it.
function indexMarkers(database) {
  const found = new Map();
  for (const table of marking)
    for (const row of database[table]) {
      const words = new Set(JSON.stringify(row).match(/m-[0-9a-f]{16}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []);
      for (const word of words) found.set(`${table} ${word}`, (found.get(`${table} ${word}`) ?? 0) + 1);
    }
  return found;
}

function checkCommands({ client, database }, findings) {
  // Somebody without a log-in is known by the address they send from, which the test does not ask for.
  const kept = new Set(database.idempotency.flatMap((row) => [`${row.service} ${row.actor} ${row.command} ${row.key}`, `${row.service}  ${row.command} ${row.key}`]));
  const traced = groupBy(database.events.filter((event) => event.trace), (event) => event.trace);
  const markers = indexMarkers(database);
  for (const record of client.filter((one) => one.kind === 'command')) {
    const name = `${record.message} ${record.trace?.slice(3, 11) ?? record.service}`, done = record.outcome === 'done', events = traced.get(record.trace) ?? [];
    findings.count('commands', 1);
    findings.count('acknowledged', done ? 1 : 0);
    findings.count('once unknown', record.attempts.length > 1 ? 1 : 0);
    findings.count('spent', record.outcome === 'spent' ? 1 : 0);
    if (record.outcome === 'unresolved') findings.add('I13', 'unresolved', name);
    if (record.outcome === 'refused') findings.add('I13', 'a command that nothing speaks against was refused', `${name} ${record.sender ?? ''} after ${record.attempts.length} attempts: ${record.refusal}`);
    if (record.status === 500) findings.add('I13', 'internal error', name);
    if (isKept(record.message) && !record.operator && record.outcome !== 'spent' && done !== kept.has(`${serviceOf(record.message)} ${record.person} ${record.message} ${record.key}`))
      findings.add(done ? 'I1' : 'I2', done ? 'acknowledged, but not there' : 'not acknowledged, but there', name);
    for (const type of record.events ?? []) {
      const count = events.filter((event) => event.name === type).length;
      if (done && count === 0) findings.add('I1', 'acknowledged, but its event is lost', `${name}: ${type}`);
      if (count > 1) findings.add('I3', 'one command, several events', `${name}: ${count} × ${type}`);
      if (record.outcome === 'refused' && count) findings.add('I2', 'refused, but its event is there', `${name}: ${type}`);
    }
    if (!record.marker) continue;
    const rows = markers.get(`${record.table} ${record.marker}`) ?? 0;
    if (done && rows === 0) findings.add('I1', 'acknowledged, but its row is lost', `${name} in ${record.table}`);
    if (rows > 1) findings.add('I3', 'one command, several rows', `${name}: ${rows} in ${record.table}`);
    if (record.outcome === 'refused' && rows) findings.add('I2', 'not acknowledged, but its row is there', `${name} in ${record.table}`);
  }
}

// Sessions, files and what the operator did, each by its own row.
function checkOthers({ client, database }, findings) {
  const sessions = new Map(database.session.map((row) => [row.session_id, row])), imports = new Map(database.import.map((row) => [row.import_id, row]));
  const kept = new Set(client.filter((record) => ['facility_items_put', 'facility_hours_put', 'facility_consent_put', 'facility_confirm', 'facility_area_put', 'facility_review_put', 'proof_answer', 'facility_proof_put', 'letter_answer', 'letter_type', 'item_waiting_settle'].includes(record.message)).map((record) => record.trace));
  const chosen = new Map(), events = groupBy(database.events.filter((event) => event.name === 'facility_changed' && !kept.has(event.trace)), (event) => event.subject);
  for (const record of client.filter((one) => ['done', 'spent'].includes(one.outcome))) {
    if (record.message === 'office_choose') chosen.set(record.session, record.office);
    if (['logout', 'session_end'].includes(record.message) && !sessions.get(record.session)?.ended) findings.add('I1', 'ended, but the session is open', `${record.message} ${record.session}`);
    if (record.event_id && !database.released.some((row) => row.event_id === record.event_id && row.state === 'skipped')) findings.add('I1', 'left out, but still waiting', record.event_id);
    if (!record.imported) continue;
    const { import_id, kind } = record.imported, rows = database.facility.filter((row) => row.service === kind), told = rows.map((row) => events.get(row.facility_id)?.length ?? 0);
    if (imports.get(import_id)?.state !== 'done') findings.add('I1', 'an import was not finished', `${import_id}: ${imports.get(import_id)?.state}`);
    if (rows.length !== rowsOfFile) findings.add(rows.length < rowsOfFile ? 'I1' : 'I3', 'rows of an import', `${import_id}: ${rows.length}`);
    if (told.some((count) => count !== 1)) findings.add(told.some((count) => count < 1) ? 'I1' : 'I3', 'events of an import', `${import_id}: ${told}`);
  }
  for (const [session, office] of chosen)
    if (sessions.get(session)?.office_id !== office) findings.add('I1', 'an office was chosen, but not kept', session);
}

// Every version of an order of doctors comes from a command that was acknowledged.
function checkChains({ client, database, baseline }, findings) {
  const put = groupBy(client.filter((record) => record.message === 'chain_put' && record.outcome === 'done'), (record) => record.path.split('/')[2]);
  for (const [patient, rows] of groupBy(database.chains, (row) => row.patient_id)) {
    const made = rows.length - (baseline.chains[patient] ?? 0), wanted = put.get(patient)?.length ?? 0;
    if (made !== wanted) findings.add(made < wanted ? 'I1' : 'I3', 'versions of an order of doctors', `${made} for ${wanted} commands`);
  }
}

function checkPhantoms({ client, database, baseline }, findings) {
  const sent = new Set(client.map((record) => record.trace)), old = new Set(baseline.events);
  for (const event of database.events)
    if (event.trace && !old.has(event.id) && !sent.has(event.trace)) findings.add('I2', 'an event nobody asked for', `${event.name} ${event.id}`);
  const written = new Set(database.events.filter((event) => event.name === 'sheet_updated').map((event) => `${event.payload.patient_id} ${event.payload.section} ${event.payload.version} ${event.payload.by}`));
  for (const row of database.section_version)
    if (!written.has(`${row.patient_id} ${row.section} ${row.version} ${row.written_by}`) && !written.has(`${row.patient_id} ${sectionNames[row.section]} ${row.version} ${row.written_by}`))
      findings.add('I2', 'a version without an event', `${row.patient_id} ${row.section} ${row.version}`);
}

// ---- events --------------------------------------------------------------------------------------------------------------------------

function checkLog({ database }, findings) {
  const heads = new Map(database.subjects.map((row) => [`${row.source} ${row.subject}`, row.version]));
  findings.count('events', database.events.length);
  for (const [subject, events] of groupBy(database.events, (event) => `${event.source} ${event.subject}`)) {
    const versions = events.map((event) => event.version).sort((a, b) => a - b);
    if (versions.some((version, i) => version !== i + 1)) findings.add('I4', 'gap or repetition in the log', `${subject}: ${versions.join(' ')}`.slice(0, 160));
    if (versions.at(-1) !== heads.get(subject)) findings.add('I4', 'the log does not end at the version of its subject', `${subject}: ${versions.at(-1)}, ${heads.get(subject)}`);
  }
  const pairs = groupBy(database.events.filter((event) => event.name === 'sheet_updated'), (event) => `${event.subject} ${event.payload.section}`);
  for (const [section, events] of pairs) {
    const inOrder = events.sort((a, b) => a.version - b.version).map((event) => event.payload.version);
    if (inOrder.some((version, i) => version !== i + 1)) findings.add('I4', 'versions of a section are not in the order of the log', `${section}: ${inOrder.join(' ')}`.slice(0, 160));
  }
}

function checkHearing({ database, heard }, findings) {
  const positions = new Map(database.positions.map((row) => [`${row.hearer} ${row.source} ${row.subject}`, row.version]));
  const inbox = groupBy(database.inbox, (row) => `${row.hearer} ${row.event_id}`);
  const known = new Set(database.events.map((event) => event.id));
  for (const event of database.events)
    for (const hearer of heard[event.name] ?? []) {
      const position = positions.get(`${hearer} ${event.source} ${event.subject}`) ?? 0, times = inbox.get(`${hearer} ${event.id}`)?.length ?? 0;
      findings.count('hearings', 1);
      if (position < event.version) findings.add('I1', `not heard by ${hearer}`, `${event.name} ${event.subject} ${event.version} > ${position}`);
      else if (times === 0) findings.add('I1', `passed over by ${hearer}`, `${event.name} ${event.subject} ${event.version}`);
    }
  for (const row of database.inbox)
    if (!known.has(row.event_id)) findings.add('I2', 'heard what is not in the log', `${row.hearer} ${row.event_id}`);
  for (const row of database.quarantine) findings.add('I1', 'in quarantine', `${row.hearer} ${row.subject}: ${row.reason}`);
}

// What notify knows of a person's authenticators is what registry holds: the one-time code and the passkeys.
function checkAuthenticators({ database }, findings) {
  const passkeys = groupBy(database.passkey, (row) => row.person_id), kept = new Map(database.authenticators.map((row) => [row.person_id, row.registered]));
  for (const { person_id } of database.account) {
    const wanted = 1 + (passkeys.get(person_id)?.length ?? 0);
    findings.count('accounts', 1);
    if (kept.get(person_id) !== wanted) findings.add('I1', 'another number of authenticators is known', `${person_id}: ${kept.get(person_id)} of ${wanted}`);
  }
}

// The days sharing keeps for entrusted visits are the local closures of notify.
function checkClosures({ database }, findings) {
  const said = ({ first_day, last_day, removed }) => `${first_day} – ${last_day}${removed ? ', taken back' : ''}`;
  const kept = new Map(database.kept_closure.map((row) => [row.closure_id, said(row)]));
  for (const row of database.closure) {
    findings.count('closures', 1);
    if (kept.get(row.closure_id) !== said(row)) findings.add('I1', 'another closure is known', `${row.closure_id}: ${kept.get(row.closure_id)}, not ${said(row)}`);
  }
}

// ---- notices -------------------------------------------------------------------------------------------------------------------------

const reported = { corrected: 'facility_corrected', right: 'facility_right', 1: 'facility_corrected', 2: 'facility_right' };

// Who must find a notice of this event in the feed, and how it reads.
function noticesOf(event, team, nightly) {
  const { payload } = event, members = (but) => (team.get(event.subject) ?? []).filter((person) => person !== but);
  const notice = (person, kind, by, section, version) => [person, kind, event.subject, section ?? '', version ?? '', by ?? '', event.at].join(' ');
  const section = typeof payload.section === 'string' ? sectionNames.indexOf(payload.section) : payload.section;
  switch (event.name) {
    case 'sheet_updated': return members(payload.by).map((person) => notice(person, kinds.sheet_updated, payload.by, section, payload.version));
    case 'sheet_read': return payload.by === payload.writer ? [] : [notice(payload.writer, kinds.sheet_read, payload.by, section, payload.version)];
    case 'consent_changed': return members(event.actor).map((person) => notice(person, kinds.consent_changed, event.actor));
    case 'patient_changed': return members(payload.by).map((person) => notice(person, kinds.patient_changed, payload.by));
    case 'care_team_changed': return payload.joined ? [notice(payload.joined, kinds.team_joined, event.actor)] : [];
    case 'night_visit_reported': return (team.get(event.subject) ?? []).filter((person) => nightly.has(`${event.subject} ${person}`)).map((person) => notice(person, kinds.night_visit, payload.by));
    case 'account_changed': return [[event.subject, kinds[payload.change], '', '', '', payload.by ?? '', event.at].join(' ')];
    case 'facility_reported': return payload.people.map((person) => [person, kinds[reported[payload.outcome] ?? 'facility_reported'], '', '', '', payload.by ?? '', event.at].join(' '));
    default: return [];
  }
}

// Notices that follow from the hour or from the roster, not from another service's event; and from paper.
const ofTheClock = new Set(Object.entries(namesOf('feed_kind')).filter(([, name]) => ['shift_changed', 'swap_asked', 'roster_gap', 'contact_unreachable', 'weekly_report',
  'daily_summary', 'engine_trouble', 'fax_waiting', 'fax_overdue', 'doctors_changed', 'announcement', 'announcement_reminder', 'agreement_ending'].includes(name)).map(([number]) => Number(number)));

function checkFeeds({ database, baseline }, findings) {
  const old = new Set(baseline.events), team = new Map(), expected = new Map(), events = new Map();
  const nightly = new Set(database.night_readers.map((row) => `${row.patient_id} ${row.person_id}`));
  for (const { patient_id, person_id } of database.team) team.set(patient_id, [...team.get(patient_id) ?? [], person_id]);
  for (const event of database.events.filter((one) => one.source !== 'notify' && !old.has(one.id)))
    for (const notice of noticesOf(event, team, nightly)) {
      expected.set(notice, (expected.get(notice) ?? 0) + 1);
      events.set(notice, event);
    }
  const rows = database.feed.filter((row) => row.position > (baseline.feed[row.person_id] ?? 0) && !row.alert_id);
  const actual = groupBy(rows, (row) => [row.person_id, row.kind, row.patient_id, row.section ?? '', row.version ?? '', row.by_person ?? '', row.at].join(' '));
  findings.count('notices', rows.length);
  for (const [notice, wanted] of expected) {
    const found = actual.get(notice)?.length ?? 0;
    if (found < wanted) findings.add('I1', 'a notice is lost', notice);
    if (found > wanted) findings.add('I3', 'a notice came twice', notice);
  }
  for (const [notice, same] of actual) {
    if (toKeepers.has(same[0].kind)) continue;
    if (ofTheClock.has(same[0].kind)) same.length > 1 && findings.add('I3', 'a notice came twice', notice);
    else if (!expected.has(notice)) findings.add('I2', 'a notice of nothing', notice);
  }
  checkFeedOrder(rows, expected, events, findings);
  checkAnnounced(database, baseline, findings);
  checkPositions(database, findings);
}

// Institutions are told by a job in portions: whoever worked in one that was told has a notice, and nobody more of them than institutions told.
function checkAnnounced({ announced, feed }, baseline, findings) {
  const notices = groupBy(feed.filter((row) => row.kind === kinds.announcement), (row) => row.person_id);
  for (const { person_id, most } of announced) {
    const found = notices.get(person_id)?.length ?? 0;
    if (!found && person_id in baseline.feed) findings.add('I1', 'an announcement is lost', person_id);    // who came later need not have one
    if (found > most) findings.add('I3', 'an announcement came twice', `${person_id}: ${found} of ${most}`);
  }
}

// In each feed the notices about one person stand in the order of that person's events.
// A person reads what happened to one subject in the order in which it happened.
function checkFeedOrder(rows, expected, events, findings) {
  for (const [person, notices] of groupBy(rows, (row) => row.person_id)) {
    const last = new Map();
    for (const row of notices.sort((a, b) => a.position - b.position)) {
      const notice = [row.person_id, row.kind, row.patient_id, row.section ?? '', row.version ?? '', row.by_person ?? '', row.at].join(' ');
      if (expected.get(notice) !== 1) continue;               // two of the same moment cannot be told apart
      const { subject, version } = events.get(notice);
      if (version < last.get(subject)) findings.add('I4', 'applied in another order', `${person} ${subject}: ${version} after ${last.get(subject)}`);
      last.set(subject, version);
    }
  }
}

function checkPositions({ feed, feed_head }, findings) {
  const heads = new Map(feed_head.map((row) => [row.person_id, row.position]));
  for (const [person, rows] of groupBy(feed, (row) => row.person_id)) {
    const positions = rows.map((row) => row.position).sort((a, b) => a - b);
    if (positions.some((position, i) => position !== i + 1) || positions.at(-1) !== heads.get(person))
      findings.add('I3', 'positions of a feed are not 1, 2, 3 …', `${person}: ${positions.length} rows, head ${heads.get(person)}`);
  }
}

// ---- live streams --------------------------------------------------------------------------------------------------------------------

const micros = (time) => { const [, whole, fraction = '', zone] = /^(.*?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(time); return Date.parse(whole + zone) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6)); };
const textOf = (...parts) => parts.map((part) => part ?? '').join(' ');
const textOfNotice = (notice) => textOf(notice.kind, micros(notice.at), notice.urgent, notice.patient_id, notice.alert_id, notice.section, notice.version, notice.by);
const textOfRow = (row) => textOf(feedKinds[row.kind], row.at, row.urgent, row.patient_id, row.alert_id, row.section ? sectionNames[row.section] : '', row.version, row.by_person);

// One connection, from the position its reader had; returns the position it has then.  A resync says: load the page again, positions are left out.
function followStream(connection, from, judge) {
  let last = from, announced = false;
  for (const { id, notice, resync, ended } of connection.entries) {
    if (ended) judge.add('I1', 'a stream was ended, the session is open', connection.person);
    if (resync) { announced = true; judge.count('resyncs', 1); }
    if (!notice) continue;
    const [incarnation, position] = id.split('-').map(Number), at = `${connection.person} ${last} → ${position}, connected by ${connection.by}=${connection.after}`;
    judge.count('notices by stream', 1);
    if (position !== notice.position || incarnation !== judge.incarnation) judge.add('I3', 'a notice under another position', `${id}: ${notice.position}`);
    if (position <= last) judge.add('I3', 'a position came again', at);
    if (position > last + 1 && announced) judge.count('positions left out by a resync', position - last - 1);
    else if (position > last + 1) judge.add('I1', 'a gap in a stream that was not announced', at);
    judge.content(connection.person, position, notice);
    last = position;
    announced = false;
  }
  return { last, announced };
}

function checkStreams({ streams, database, awaited }, findings) {
  const feed = new Map(database.feed.map((row) => [`${row.person_id} ${row.position}`, row])), seen = new Map();
  const judge = { incarnation: database.incarnation, count: (...words) => findings.count(...words), add: (...words) => findings.add(...words),
    content(person, position, notice) {
      const key = `${person} ${position}`, text = JSON.stringify({ ...notice, read: undefined }), row = feed.get(key);
      if (seen.has(key) && seen.get(key) !== text) findings.add('I3', 'one position, two contents', `${key}: ${seen.get(key)} and ${text}`);
      if (!row) findings.add('I2', 'a notice in a stream that is not in the feed', `${key}: ${text}`);
      else if (textOfRow(row) !== textOfNotice(notice)) findings.add('I3', 'a notice reads otherwise in the stream', `${key}: ${textOfNotice(notice)} for ${textOfRow(row)}`);
      seen.set(key, text);
    } };
  for (const [person, connections] of groupBy(streams.filter((one) => one.status === 200), (one) => one.person)) {
    let last = Number(connections[0].after.split('-')[1]), announced = false;
    findings.count('readers', 1);
    findings.count('connections', connections.length);
    for (const connection of connections) ({ last, announced } = followStream(connection, last, judge));
    if (!announced && last < (awaited[person] ?? 0)) findings.add('I1', 'the end of a feed never came', `${person}: ${last} of ${awaited[person]}`);
  }
  if ((findings.figures['positions left out by a resync'] ?? 0) > (findings.figures['notices by stream'] ?? 0)) findings.add('I1', 'most notices were left out by resyncs', `${findings.figures['positions left out by a resync']}`);
  for (const { person, status } of streams) if (![200, 503].includes(status)) findings.add('I1', 'a reader was turned away', `${person}: ${status}`);
}

// ---- alerts --------------------------------------------------------------------------------------------------------------------------

function checkAlerts(recordings, findings) {
  const { database } = recordings, sent_out = new Set(database.incident_entry.map((entry) => entry.alert_id)), of = (table) => groupBy(database[table], (row) => row.alert_id);
  const lines = of('alert_line'), tries = of('alert_try'), deliveries = of('delivery'), feeds = of('feed');
  findings.count('alerts', database.alert.length);
  for (const alert of database.alert) {
    const course = lines.get(alert.alert_id) ?? [], asked = (tries.get(alert.alert_id) ?? []).filter((row) => row.asked), sent = deliveries.get(alert.alert_id) ?? [];
    const notices = (feeds.get(alert.alert_id) ?? []).filter((row) => [kinds.emergency, kinds.alert_asked, kinds.doctor_asked].includes(row.kind));
    if (course.filter((line) => line.kind === line_kinds.reported).length !== 1) findings.add('I3', 'not reported exactly once', alert.alert_id);
    if (!asked.length) findings.add('I5', 'nobody was asked', alert.alert_id);
    for (const row of asked)
      if (!(row.person_id ? notices.some((notice) => notice.kind === kinds.alert_asked && notice.person_id === row.person_id) : sent.length))
        findings.add('I5', 'asked in the book only', `${alert.alert_id} ${row.person_id ?? row.office_id}`);
    if (alert.state === alert_states.searching && (!alert.next_action_at || alert.next_action_at < database.now - LATE_US))
      findings.add('I5', 'open, overdue and nobody wakes up', `${alert.alert_id}: ${alert.next_action_at ? `${(database.now - alert.next_action_at) / 1e6} s late` : 'no next action'}`);
    if (alert.state === alert_states.accepted && !(alert.accepted_by && course.some((line) => line.kind === line_kinds.accepted))) findings.add('I5', 'taken by nobody', alert.alert_id);
    if (alert.state === alert_states.ended && !((alert.ended_by || sent_out.has(alert.alert_id)) && course.filter((line) => line.kind === line_kinds.ended).length === 1)) findings.add('I5', 'ended by nobody', alert.alert_id);
    for (const [row, same] of groupBy(notices, (notice) => `${notice.kind} ${notice.person_id} ${notice.at}`))
      if (same.length > 1) findings.add('I3', 'one call, several notices', `${alert.alert_id} ${row}`);
    for (const [step, same] of groupBy(asked, (row) => `${row.position} ${row.target} ${row.person_id ?? row.office_id}`))
      if (same.length > 1) findings.add('I3', 'asked twice in one step', `${alert.alert_id} ${step}`);
  }
}

function checkPartners({ database, partner }, findings) {
  const received = groupBy(partner.filter((row) => row.id), (row) => row.id.replace(/^<|@.*$/g, ''));
  const times = [];
  for (const row of database.delivery) {
    const arrivals = received.get(row.delivery_id) ?? [];
    if (row.state === delivery_states.delivered && !arrivals.length) findings.add('I5', 'sent in the book only', `${row.delivery_id} kind ${row.kind}`);
    if ([delivery_states.pending, delivery_states.sending].includes(row.state)) findings.add('I5', 'still not sent though the partner accepts all', `${row.delivery_id} kind ${row.kind}, ${row.attempts} attempts`);
    if (row.state === delivery_states.failed) findings.add('I5', 'a message failed though the partner accepts all', `${row.delivery_id} kind ${row.kind}`);
    if (arrivals.length) times.push((Date.parse(arrivals[0].at) - row.created_at / 1000) / 1000);
    findings.count('messages out', arrivals.length ? 1 : 0);
    findings.count('repeated to the outside', Math.max(0, arrivals.length - 1));
  }
  for (const row of partner) if (row.channel === 'webhook' && !row.verified) findings.add('I2', 'a signature that does not fit', row.id);
  times.sort((a, b) => a - b);
  if (times.length) findings.figures['seconds to the partner p50/p99/max'] = [0.5, 0.99, 1].map((q) => times[Math.min(times.length - 1, Math.floor(q * times.length))].toFixed(2)).join(' / ');
}

// ---- incidents -----------------------------------------------------------------------------------------------------------------------

// Each accepted report is one incident, announced once; for a person who is known it is in one alert, its own or one that is open (N-03); its replies leave.
function checkIncidents({ client, database, partner }, findings) {
  const incidents = new Map(database.incident.map((row) => [row.number, row])), alerts = new Set(database.alert.map((row) => row.alert_id)), replies = groupBy(database.reply, (row) => row.incident_id);
  const entries = groupBy(database.incident_entry, (row) => row.incident_id), arrived = groupBy(partner.filter((row) => row.id), (row) => row.id);
  const opened = groupBy(database.events.filter((event) => event.name === 'incident_opened'), (event) => event.subject);
  for (const record of client.filter((one) => one.told === 'report' && one.outcome === 'done')) {
    const incident = incidents.get(record.incident), name = record.incident, { incident_id } = incident ?? {};
    if (!incident) continue;                                  // its marker is missing already
    findings.count('incidents', 1);
    const times = opened.get(incident_id)?.length ?? 0, told = entries.get(incident_id)?.length ?? 0, wanted = record.patient ? 1 : 0;
    if (times !== 1) findings.add(times ? 'I3' : 'I1', 'an incident not announced exactly once', `${name}: ${times}`);
    if ((incident.patient_id ?? null) !== record.patient) findings.add('I2', 'an incident of another person', name);
    if (told !== wanted) findings.add(told < wanted ? 'I1' : 'I3', 'an incident is not in exactly one alert', `${name}: ${told} for ${wanted}`);
    if (entries.get(incident_id)?.some((entry) => !alerts.has(entry.alert_id))) findings.add('I1', 'an incident without its alert', name);
    if (!replies.has(incident_id)) findings.add('I1', 'an incident without a reply', name);
  }
  for (const reply of database.reply.filter((row) => row.pushed)) {
    const times = arrived.get(reply.reply_id)?.length ?? 0;
    findings.count('replies out', times ? 1 : 0);
    findings.count('replies repeated', Math.max(0, times - 1));
    if (reply.state === reply_states.waiting) findings.add('I5', 'a reply still not sent though the partner accepts all', reply.reply_id);
    if (reply.state === reply_states.sent && !times) findings.add('I5', 'a reply sent in the book only', reply.reply_id);
  }
}

// Of each of these events the care manager and whoever answers for the municipality's data have one notice of this kind, and nobody else has.
function checkToldToKeepers({ database, baseline }, findings, events, kind, what) {
  const told = groupBy(database.feed.filter((row) => row.kind === kind && row.position > (baseline.feed[row.person_id] ?? 0)), (row) => `${row.patient_id} ${row.person_id}`);
  for (const [patient, same] of groupBy(events, (event) => event.payload.patient_id)) {
    const people = new Set([...database.manager.filter((row) => row.patient_id === patient), ...database.keeper.filter((row) => row.located_in === same[0].municipality)].map((row) => row.person_id));
    for (const person of people) {
      const times = told.get(`${patient} ${person}`)?.length ?? 0;
      if (times !== same.length) findings.add(times < same.length ? 'I1' : 'I3', `${what} not told exactly once`, `${person}: ${times} of ${same.length}`);
      told.delete(`${patient} ${person}`);
    }
  }
  findings.count(what, events.length);
  for (const [who] of told) findings.add('I6', `${what} told to somebody else`, who);
}

// Openings without consent, and those that wait for their review, are told; every release is in both ledgers.
function checkReleases({ client, database, baseline }, findings) {
  const old = new Set(baseline.events), since = database.events.filter((event) => !old.has(event.id));
  const opened = since.filter((event) => event.name === 'ems_record_released' && [LIFE_WITHOUT_CONSENT, 'break_glass'].includes(event.payload.ground));
  checkToldToKeepers({ database, baseline }, findings, opened, kinds.emergency_access, 'openings without consent');
  checkToldToKeepers({ database, baseline }, findings, since.filter((event) => event.name === 'break_glass_unreviewed'), kinds.emergency_unreviewed, 'openings not reviewed');
  const ledger = groupBy(database.ledger.filter((row) => row.trace), (row) => row.trace);
  for (const record of client.filter((one) => one.message === 'lookup_open' && one.outcome === 'done'))
    for (const service of ['sharing', 'dispatch'])
      if (!ledger.get(record.trace)?.some((row) => row.service === service)) findings.add('I7', 'released without a line in the ledger', `${service} ${record.trace.slice(3, 11)} ${record.path} ${JSON.stringify(record.attempts)}`);
}

// ---- reading, and the cache ------------------------------------------------------------------------------------------------------------

function checkReading({ client, database }, findings) {
  const ledger = groupBy(database.ledger.filter((row) => row.trace), (row) => row.trace), home = new Map(database.patient.map((row) => [row.patient_id, row.municipality]));
  for (const record of client.filter((one) => one.outcome === 'done')) {
    if (record.nameless?.length) findings.count(`notices read without a name (${[...new Set(record.nameless)]})`, record.nameless.length);
    for (const patient of record.shown ?? [])
      if (home.get(patient) && home.get(patient) !== record.municipality) findings.add('I6', 'shown to another municipality', `${record.message} ${patient}`);
    const wanted = record.kind === 'query' && (ledgered[record.message] === 'one' ? [] : ledgered[record.message] === 'shown' && record.shown.length ? record.shown : null);
    if (!wanted) continue;
    const rows = ledger.get(record.trace) ?? [], seen = new Set(rows.flatMap((row) => row.subjects));
    findings.count('readings', 1);
    if (!rows.some((row) => row.message === record.message && row.person === record.person) || wanted.some((patient) => !seen.has(patient)))
      findings.add('I7', 'read without a line in the ledger', `${record.message} ${record.trace.slice(3, 11)}`);
  }
  const inTeam = new Set(database.team.map((row) => `${row.patient_id} ${row.person_id}`));
  for (const row of database.feed)
    if (row.patient_id && !row.alert_id && !toKeepers.has(row.kind) && !inTeam.has(`${row.patient_id} ${row.person_id}`)) findings.add('I6', 'a notice to somebody outside the team', `${row.person_id} ${row.patient_id}`);
}

// A file laid down stands once, under its name.
function checkPapers({ database }, findings) {
  for (const [name, rows] of groupBy(database.fax_in, (row) => row.file_name)) if (rows.length > 1) findings.add('I3', 'a FAX came twice', name);
  findings.count('FAX that came in', database.fax_in.length);
}

function checkCache({ database, cache }, findings) {
  const held = new Map(cache.map((row) => [row.rotation_id, row]));
  for (const row of database.rotation) {
    const value = held.get(row.rotation_id);
    if (row.table_version !== row.version) findings.add('I9', 'the table of a rotation was not made again', `${row.rotation_id}: ${row.table_version} of ${row.version}`);
    else if (value?.version && (value.version !== row.version || value.digest !== row.digest))
      findings.add('I9', 'Redis holds another table', `${row.rotation_id}: version ${value.version} of ${row.version}`);
  }
}

export function check(recordings) {
  const findings = new Findings();
  for (const part of [checkCommands, checkOthers, checkChains, checkPhantoms, checkLog, checkHearing, checkAuthenticators, checkClosures, checkFeeds, checkStreams, checkAlerts, checkIncidents, checkReleases, checkPartners, checkReading, checkPapers, checkCache]) part(recordings, findings);
  return findings;
}

export const invariants = {
  I1: 'nothing is lost: what was acknowledged is in the log and reached everybody who hears it',
  I2: 'every effect comes from a command and its event',
  I3: 'every effect is there exactly once',
  I4: 'per subject the versions are 1, 2, 3 … and were applied in that order',
  I5: 'every alert was told to somebody and goes on until a person takes it',
  I6: 'nobody was shown anything of another municipality',
  I7: 'every reading stands in the ledger',
  I9: 'what Redis holds is what the database says it should',
  I13: 'every unknown outcome was resolved with the same key to one effect',
};
