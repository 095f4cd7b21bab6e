// recordings.mjs - the recordings the checker judges: what people sent and were answered (load.mjs), what came to open pages (streams.mjs), what
// partners received (the simulator's received.jsonl), and the database and cache as they stand.
import crypto from 'node:crypto';
import { events as declared, heardBy, services } from './catalogue.mjs';
import { decode } from './msgpack.mjs';
import { arrived, say, until } from './region.mjs';

const hearers = ['sharing', 'notify', 'dispatch'];

// Where the feeds and logs stand before the load: what is older was made by the demo's seed.
export function baselineOf(region) {
  return { feed: headsOf(region),
    events: region.rows(services.map((s) => `select id from ${s}.event_log`).join(' union all ')).map((row) => row.id),
    chains: Object.fromEntries(region.rows('select patient_id, max (version) as version from notify.chain group by 1').map((row) => [row.patient_id, row.version])) };
}

function cacheOf(region, rotations) {
  return rotations.map(({ rotation_id }) => {
    const value = region.redis('GET', `notify:shifts:${rotation_id}`)?.subarray(0, -1) ?? Buffer.alloc(0);
    return value.length < 8 ? { rotation_id, version: 0 } : { rotation_id, version: Number(value.readBigUInt64BE(0)), digest: crypto.createHash('sha256').update(value.subarray(8)).digest('hex') };
  });
}

// All tables at one moment, in one transaction.
function databaseOf(region) {
  const queries = [], later = (query, make) => { queries.push(query); return make ?? ((rows) => rows); };
  const union = (names) => (query, make) => later(names.map((s) => query.replaceAll('$S', s)).join(' union all '), make);
  const each = union(services), hearing = union(hearers), one = later;
  const tables = tablesOf(each, hearing, one);
  const answers = region.sql(`begin isolation level repeatable read; ${queries.map((query) => `select coalesce (jsonb_agg (to_jsonb (x)), '[]') from (${query}) x;`).join('\n')} commit;`).split('\n');
  return Object.fromEntries(Object.entries(tables).map(([name, make], i) => [name, make(JSON.parse(answers[i]))]));
}

function tablesOf(each, hearing, one) {
  return {
    now: one('select guard.to_us (guard.now ()) as now', (rows) => rows[0].now),
    events: each("select '$S' as source, subject, version, id, incarnation, xid::text, seq, type, municipality, actor, guard.to_us (at) as at, trace, encode (payload, 'hex') as payload from $S.event_log",
      (rows) => rows.map((event) => ({ ...event, name: event.type.split('.')[3], payload: decode(Buffer.from(event.payload, 'hex')) }))),
    subjects: each("select '$S' as source, id as subject, version from $S.subject"),
    positions: hearing("select '$S' as hearer, source, subject, version from $S.hearing_position"),
    inbox: hearing("select '$S' as hearer, source, event_id from $S.inbox"),
    quarantine: hearing("select '$S' as hearer, source, subject, reason from $S.quarantine where state in ('waiting', 'retry')"),
    released: each("select event_id, state from $S.quarantine where source = 'load'"),
    idempotency: each("select '$S' as service, actor, command, key from $S.idempotency"),
    ledger: each("select '$S' as service, person, message, subjects, trace from $S.ledger"),
    patient: one('select municipality, patient_id from sharing.patient'),
    section_version: one('select patient_id, section, version, written_by, content from sharing.section_version'),
    // a head that a doctor wrote to begin or end a phase repeats the words of the one before
    patient_head: one('select patient_id, version, contact_caution from sharing.patient_head h where not exists (select from sharing.terminal_phase t where t.patient_id = h.patient_id and t.head_version = h.version)'),
    designated_hospital: one('select patient_id, designation_id from sharing.designated_hospital'),
    wish_document: one('select patient_id, document_id from sharing.wish_document'),
    card: one('select patient_id, card_id from sharing.card'),
    night_entrust: one('select patient_id, entrust_id from sharing.night_entrust'),
    night_visit: one('select patient_id, visit_id from sharing.night_visit'),
    place: one('select patient_id, version, name from sharing.place'),
    consent: one('select patient_id, consent_id, withdrawn_at from sharing.consent'),
    care_team_member: one('select patient_id, member_id, person_id, ended_at from sharing.care_team_member'),
    team: one('select distinct patient_id, person_id from notify.team_seat'),
    night_readers: one('select distinct patient_id, person_id from notify.team_seat where seat in (1, 2, 4)'),       // attending, deputy, visiting nurse
    manager: one('select distinct patient_id, person_id from notify.team_seat where seat = 3'),
    keeper: one('select distinct person_id, located_in from notify.membership where roles & 6422528 <> 0'),
    session: one('select session_id, person_id, office_id, device, ended_at is not null as ended from registry.session'),
    passkey: one('select person_id, label from registry.passkey'),
    account: one('select person_id, login from registry.account'),
    authenticators: one('select person_id, registered from notify.authenticators'),
    import: one('select import_id, upload_id, state from registry.import'),
    facility: one("select facility_id, service from registry.facility where service like 'm-%'"),
    incarnation: one('select max (number) as number from guard.incarnation', (rows) => rows[0].number),
    feed: one('select person_id, position, kind, urgent, guard.to_us (at) as at, patient_id, alert_id, section, version, by_person from notify.feed'),
    feed_head: one('select person_id, position from notify.feed_head'),
    alert: one('select alert_id, patient_id, state, step, reported_by, accepted_by, ended_by, outcome, guard.to_us (received_at) as received_at, guard.to_us (next_action_at) as next_action_at from notify.alert'),
    alert_entry: one('select entry_id, reported_by, happened from notify.alert_entry'),
    incident_entry: one('select incident_id, alert_id from notify.alert_entry where incident_id is not null'),
    alert_try: one('select alert_id, position, target, person_id, office_id, state, asked_at is not null as asked from notify.alert_try'),
    alert_line: one('select alert_id, line, kind, person_id, text, guard.to_us (at) as at from notify.alert_line'),
    alert_answer_draft: one('select alert_id, person_id, drafted_by, text from notify.alert_answer_draft'),
    delivery: one('select delivery_id, alert_id, kind, state, person_id, subscription_id, attempts, guard.to_us (created_at) as created_at, guard.to_us (done_at) as done_at, guard.to_us (next_at) as next_at from notify.delivery'),
    incident: one('select incident_id, number, alert_id, opened, patient_id from dispatch.incident'),
    incident_message: one('select id, kind from dispatch.incident_message'),
    reply: one('select reply_id, incident_id, r.state, p.webhook_url is not null as pushed from dispatch.reply r join dispatch.partner p using (partner_id)'),
    lookup: one('select lookup_id from dispatch.lookup'),
    telephone_call: one('select call_id from dispatch.telephone_call'),
    fax: one('select fax_id, delivery_id from notify.fax'),
    fax_in: one('select file_name from notify.fax_in'),
    fax_in_event: one('select fax_in_id, state from notify.fax_in_event where person_id is not null'),
    duty_change: one('select change_id from notify.duty_change'),
    swap: one('select swap_id from notify.swap'),
    duty_table: one('select table_id from notify.duty_table'),
    last_resort_call: one('select test_id from notify.last_resort_call'),
    announcement: one('select announcement_id from notify.announcement'),
    announced: one('select m.person_id, count(*)::int as most'
      + ' from notify.announcement_office o join notify.membership m using (office_id) where o.told_at is not null and m.roles <> 0 group by 1'),
    terminal: one('select terminal_id from registry.terminal'),
    survey: one('select survey_id from registry.survey'),
    contact_route_call: one('select test_id from notify.contact_route_call'),
    closure: one('select closure_id, first_day, last_day, removed_at is not null as removed from notify.closure'),
    kept_closure: one('select closure_id, first_day, last_day, removed from sharing.closure'),
    absence: one('select absence_id, removed_at from notify.absence'),
    chains: one('select patient_id, version from notify.chain'),
    rotation: one("select r.rotation_id, r.version, t.version as table_version, encode (t.digest, 'hex') as digest from notify.rotation r left join notify.shift_table t using (rotation_id)"),
  };
}

// Everything heard, everything sent (a message in the hands of a sender that died is free again after half a minute), the cache written.
export async function settle(region, seconds = 90) {
  // What a hearer does not hear moves its version only when something it hears comes after.
  const typesFor = (h) => Object.keys(declared).filter((name) => heardBy(name).includes(h)).map((name) => `'%.${name}.v%'`).join(', ');
  const behind = hearers.flatMap((h) => services.filter((s) => s !== h).map((s) =>
    `select count (*) from ${s}.event_log e join ${h}.hearing_position p on p.source = '${s}' and p.subject = e.subject where e.version > p.version and e.type like any (array[${typesFor (h)}])`));
  const open = {
    'events not heard': behind.map((query) => `(${query})`).join(' + '),
    'announcements not told': '(select count (*) from notify.announcement_office where told_at is null and way <> 3)',      // by hand: nobody to tell
    'messages not sent': '(select count (*) from notify.delivery where state in (1, 2))',
    'replies not sent': '(select count(*) from dispatch.reply r join dispatch.partner p using (partner_id) where r.state = 1 and p.webhook_url is not null)',
    'incidents not opened': '(select count(*) from dispatch.incident where state = 2 and not opened)',
    'steps that are due': "(select count (*) from notify.alert where next_action_at < guard.now () - interval '3 seconds')",
    'projections not filled': hearers.map((h) => `(select count (*) from ${h}.hearing_cursor where not filled)`).join(' + '),
    'imports under way': "(select count (*) from registry.import where phase not in ('wait', 'end'))",
    'shift tables not made': '(select count (*) from notify.rotation r left join notify.shift_table t using (rotation_id) where t.version is distinct from r.version)' };
  let left;
  const isSettled = () => { left = region.sql(`select ${Object.values(open).join(', ')}`).split('|'); return left.every((count) => count === '0'); };
  const settled = await until(isSettled, seconds);
  if (!settled) say(`not settled after ${seconds} s: ${Object.keys(open).map((name, i) => `${left[i]} ${name}`).filter((text) => !text.startsWith('0 ')).join(', ')}`);
  return settled;
}

// How far each feed goes.
export function headsOf(region) { return Object.fromEntries(region.rows('select person_id, position from notify.feed_head').map((row) => [row.person_id, row.position])); }

const written = (region) => region.sql(`select ${services.map((s) => `(select count(*) from ${s}.event_log)`).join(' + ')}, (select count(*) from notify.delivery)`);

// Of a moment at which everything was told: an open alert's next step may come due while one looks, and is then heard and sent a moment later.
export async function collect(region, load, baseline, streams) {
  let database, before;
  for (let tries = 0; tries < 20 && (!database || written(region) !== before); tries++) {
    before = written(region);
    await settle(region);
    database = databaseOf(region);
  }
  return { client: load.log, baseline, database, streams: streams?.connections ?? [], awaited: streams?.heads ?? {}, heard: Object.fromEntries(Object.keys(declared).map((name) => [name, heardBy(name)])), cache: cacheOf(region, database.rotation),
    partner: arrived(region) };
}
