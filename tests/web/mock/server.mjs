// A stand-in for the region, in memory: enough of /api/v1 to see every page and to drive it where no region runs.
// Not a model of the services: rights, consents and timing are those of the walks only. Usage: node server.mjs DIST PORT [REGION_JSON]
import { createHmac, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { nightRoutes } from './night.mjs';
import { accounts, freshWorld } from './world.mjs';

const [dist, portText = '0', regionFile] = process.argv.slice(2);
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const world = freshWorld();
const sessions = new Map();
const tickets = new Map();
const streams = new Set();
const answered = new Map();

class Refusal extends Error {
  constructor(status, key, detail, extra = {}) {
    super(detail);
    Object.assign(this, { status, key, extra });
  }
}

const iso = (ms) => new Date(ms).toISOString();
const openedWithoutConsent = () => ({ at: iso(Date.now() - 2e6), person_id: '00000000-0000-0000-0000-000000000000', name: '潮風救急1', office: '潮風消防本部',
  what: '消防・救急が同意なしで開いた', items: '閲覧の開始（60分以内）', ground: '緊急閲覧（同意なし）', reason: '意識なし、家族もいない', until: iso(Date.now() + 16e5) });
const base32 = (text) =>
  Buffer.from(
    [...text]
      .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
      .join('')
      .match(/.{8}/g)
      .map((bits) => parseInt(bits, 2)),
  );

function codeAt(secret, ms) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(ms / 30_000)));
  const mac = createHmac('sha1', base32(secret)).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

// ---- notices ----

function notify(personId, item) {
  const feed = world.feeds.get(personId) ?? [];
  world.feeds.set(personId, feed);
  const full = { position: feed.length + 1, at: iso(Date.now()), urgent: false, read: false, ...item };
  feed.push(full);
  for (const stream of streams)
    if (stream.person === personId) stream.response.write(`id: 1-${full.position}\nevent: notice\ndata: ${JSON.stringify(full)}\n\n`);
}

function tellTeam(patient, by, item) {
  for (const person of new Set(patient.team.map((member) => member.person_id)))
    if (person !== by.person_id)
      notify(person, { patient_id: patient.patient_id, patient_name: patient.name, by: by.person_id, by_name: by.name, ...item });
}

// ---- answers ----

const person = (id) => accounts.find((one) => one.person_id === id);
const patientOf = (me, id) => {
  const patient = world.patients.get(id);
  if (!patient || !(me.sees_all || patient.team.some((member) => member.person_id === me.person_id)))
    throw new Refusal(404, 'not_for_you', '見つからないか、閲覧できません。');
  return patient;
};
const line = (me, patient) => ({
  patient_id: patient.patient_id,
  name: patient.name,
  name_kana: patient.name_kana,
  birth_date: patient.birth_date,
  municipality: patient.municipality,
  care_level: patient.care_level,
  place: patient.place,
  terminal_phase: patient.terminal_phase,
  version: patient.version,
  changed_at: patient.changed_at,
  phones_known: true,
  unread: [...patient.sections.values()].filter(
    (view) => view.version > 0 && view.written_by !== me.person_id && (patient.seen.get(`${me.person_id}/${view.section}`) ?? 0) < view.version,
  ).length,
});
const head = (me, patient) => {
  const { sections, seen, readers, history, ...rest } = patient;
  return { ...rest, may_edit: true, ground: 'team' };
};
const sheet = (me, patient) => ({
  patient_id: patient.patient_id,
  version: patient.version,
  readers: patient.readers,
  sections: [...patient.sections.values()].map((view) => ({ ...view, seen_version: patient.seen.get(`${me.person_id}/${view.section}`) })),
});

function updateSection(me, patient, section, version, body) {
  const view = patient.sections.get(section);
  if (version === undefined) throw new Refusal(428, 'version_missing', '版の指定（If-Match）が必要です。');
  if (version !== view.version) {
    const base = patient.history.get(section)?.find((old) => old.version === version)?.entries ?? [];
    throw new Refusal(412, 'moved_on', '他の方が先に更新しました。両方の内容を確認してください。', { conflict: { section, current: view, base } });
  }
  const long = body.entries.findIndex((entry) => Buffer.byteLength(entry.text ?? '') > 2000);
  if (long >= 0)
    throw new Refusal(400, 'field_too_long', '長すぎます。', {
      errors: [{ pointer: `/entries/${long}/text`, key: 'field_too_long', detail: '長すぎます（2000バイトまで）。' }],
    });
  const fresh = {
    section,
    version: view.version + 1,
    entries: body.entries,
    written_by: me.person_id,
    written_by_name: me.name,
    written_by_role: me.role,
    written_by_office: me.office,
    written_at: iso(Date.now()),
  };
  patient.sections.set(section, fresh);
  patient.history.set(section, [fresh, ...(patient.history.get(section) ?? [])]);
  patient.version++;
  patient.changed_at = fresh.written_at;
  tellTeam(patient, me, { kind: 'sheet_updated', section, version: fresh.version });
  return { version: fresh.version, told: new Set(patient.team.map((member) => member.person_id)).size - 1 };
}

function markRead(me, patient, section, version) {
  patient.seen.set(`${me.person_id}/${section}`, version);
  patient.readers = [
    ...patient.readers.filter((reader) => reader.person_id !== me.person_id || reader.section !== section),
    { section, version, person_id: me.person_id, name: me.name, role: me.role, read_at: iso(Date.now()) },
  ];
  const writer = patient.sections.get(section).written_by;
  if (writer && writer !== me.person_id)
    notify(writer, {
      kind: 'sheet_read',
      patient_id: patient.patient_id,
      patient_name: patient.name,
      section,
      version,
      by: me.person_id,
      by_name: me.name,
    });
  return {};
}

function changes(patient, section, from, to) {
  const versions = patient.history.get(section) ?? [];
  const of = (number) => versions.find((view) => view.version === number)?.entries ?? [];
  const newer = to ?? patient.sections.get(section).version;
  const items = new Set([...of(from), ...of(newer)].map((entry) => entry.item));
  const result = [];
  for (const item of items) {
    const before = of(from).find((entry) => entry.item === item);
    const after = of(newer).find((entry) => entry.item === item);
    if (JSON.stringify(before) !== JSON.stringify(after)) result.push({ item, ...(before ? { before } : {}), ...(after ? { after } : {}) });
  }
  const view = versions.find((one) => one.version === newer);
  return {
    from_version: from,
    to_version: newer,
    changes: result,
    written_by: view?.written_by,
    written_by_name: view?.written_by_name,
    written_at: view?.written_at,
  };
}

// ---- emergencies ----

function report(me, body) {
  const patient = patientOf(me, body.patient_id);
  if (!world.alerts.has(body.alert_id)) {
    const now = Date.now();
    const tries = world
      .order(patient)
      .map((target, at) => ({
        ...target,
        position: at + 1,
        state: at === 0 ? 'asked' : 'planned',
        due_at: iso(now + at * 180_000),
        ...(at === 0 ? { asked_at: iso(now) } : {}),
      }));
    const alert = {
      ...body,
      patient,
      reporter: me,
      received_at: iso(now),
      state: 'searching',
      tries,
      version: 1,
      timeline: [
        { at: body.observed_at, kind: 'reported', person_id: me.person_id, name: me.name, text: body.happened },
        { at: iso(now), kind: 'asked', name: tries[0].name, text: tries[0].reason },
      ],
    };
    world.alerts.set(body.alert_id, alert);
    for (const member of patient.team)
      if (member.person_id !== me.person_id)
        notify(member.person_id, {
          kind: 'emergency',
          urgent: true,
          alert_id: body.alert_id,
          patient_id: patient.patient_id,
          patient_name: patient.name,
          by: me.person_id,
          by_name: me.name,
        });
    ask(alert, tries[0]);
  }
  const alert = world.alerts.get(body.alert_id);
  return { alert_id: body.alert_id, asked: alert.tries, informed: alert.patient.team.length, next_at: nextAt(alert), incomplete: [] };
}

function ask(alert, target) {
  if (target?.person_id)
    notify(target.person_id, {
      kind: 'alert_asked',
      urgent: true,
      alert_id: alert.alert_id,
      patient_id: alert.patient.patient_id,
      patient_name: alert.patient.name,
      by: alert.reporter.person_id,
      by_name: alert.reporter.name,
    });
}

const nextAt = (alert) => alert.tries.find((one) => one.state === 'planned')?.due_at;
const mine = (alert, me) => alert.tries.find((one) => one.person_id === me.person_id && ['asked', 'seen'].includes(one.state));
const takesPart = (alert, me) =>
  me.sees_all ||
  alert.reporter.person_id === me.person_id ||
  alert.tries.some((one) => one.person_id === me.person_id) ||
  alert.patient.team.some((member) => member.person_id === me.person_id);

function alertLine(alert, me) {
  const accepted = alert.tries.find((one) => one.state === 'accepted');
  return {
    alert_id: alert.alert_id,
    patient_id: alert.patient.patient_id,
    patient_name: alert.patient.name,
    patient_kana: alert.patient.name_kana,
    birth_date: alert.patient.birth_date,
    municipality: alert.patient.municipality,
    class: alert.class ?? (alert.urgency === 'today' ? 'e2' : 'e1'),
    reading_at: alert.urgency === 'today' && alert.class !== 'e1' ? iso(Date.now() + 9 * 3_600_000) : undefined,
    arrived_at: alert.arrived_at,
    in_hand_at: alert.in_hand_at,
    urgency: alert.urgency,
    tag: alert.tag,
    state: alert.state,
    reported_at: alert.observed_at,
    reported_by: alert.reporter.name,
    next_at: alert.state === 'searching' ? nextAt(alert) : undefined,
    accepted_by: accepted?.name,
    arrival_at: accepted?.arrival_at,
    waits_for_me: alert.state !== 'ended' && Boolean(mine(alert, me)),
  };
}

const alertView = (alert, me) => ({
  alert: alertLine(alert, me),
  version: alert.version,
  happened: alert.happened,
  received_at: alert.received_at,
  callback: alert.callback,
  patient_phone: alert.patient.phone,
  place: alert.patient.place,
  place_name: alert.patient.place_name,
  terminal_phase: alert.patient.terminal_phase,
  terminal_first_phone: alert.patient.terminal_first_phone,
  last_resort_name: 'みなと市在宅医療連絡センター',
  last_resort_phone: '099-555-0199',
  tries: alert.tries,
  timeline: alert.timeline,
  outcome: alert.outcome,
  my_answer_due: alert.state === 'searching' && Boolean(mine(alert, me)),
  reporter_is_me: alert.reporter.person_id === me.person_id,
  may_end: alert.state !== 'ended' && takesPart(alert, me),
  may_record: alert.state === 'searching' && takesPart(alert, me),
  may_arrive: alert.state === 'accepted',
  may_hand_over: alert.state === 'accepted' && alert.tries.some((one) => one.person_id === me.person_id && one.state === 'accepted'),
  may_ask_hospital: alert.state === 'accepted' && !alert.hospital_asked_at,
  may_answer_hospital: Boolean(alert.hospital_asked_at) && !alert.hospital_answer,
  may_raise: alertLine(alert, me).class === 'e2',
  deadline_at: alert.tries.find((one) => one.arrival_at)?.arrival_at,
  hospital_name: '潮見総合病院',
  hospital_phone: '099-555-0300',
  hospital_asked_at: alert.hospital_asked_at,
  hospital_answer: alert.hospital_answer,
  hospital_refusal: alert.hospital_refusal,
});

function answer(me, alert, body) {
  const own = mine(alert, me);
  if (!own) throw new Refusal(409, 'not_asked', 'この急変への対応は依頼されていません。');
  const now = iso(Date.now());
  Object.assign(own, {
    state: body.answer === 'cannot' ? 'declined' : 'accepted',
    answer: body.answer,
    answered_at: now,
    arrival_at: body.arrival_at,
    decline: body.decline,
  });
  alert.version++;
  alert.timeline.push({ at: now, kind: body.answer === 'cannot' ? 'declined' : 'accepted', name: me.name, text: body.text });
  if (body.answer === 'cannot') {
    const next = alert.tries.find((one) => one.state === 'planned');
    if (next)
      (Object.assign(next, { state: 'asked', asked_at: now }), alert.timeline.push({ at: now, kind: 'asked', name: next.name, text: next.reason }));
    ask(alert, next);
  } else {
    alert.state = 'accepted';
    for (const one of alert.tries) if (one.state === 'planned') one.state = 'called_off';
  }
  tell(alert, me, body.answer === 'cannot' ? 'alert_declined' : 'alert_accepted');
  return alertView(alert, me);
}

function tell(alert, me, kind) {
  const people = new Set([
    alert.reporter.person_id,
    ...alert.patient.team.map((member) => member.person_id),
    ...alert.tries.map((one) => one.person_id).filter(Boolean),
  ]);
  for (const one of people)
    if (one !== me.person_id)
      notify(one, {
        kind,
        alert_id: alert.alert_id,
        patient_id: alert.patient.patient_id,
        patient_name: alert.patient.name,
        by: me.person_id,
        by_name: me.name,
      });
}

function end(me, alert, outcome) {
  Object.assign(alert, { state: 'ended', outcome, version: alert.version + 1 });
  alert.timeline.push({ at: iso(Date.now()), kind: 'ended', name: me.name, text: outcome });
  tell(alert, me, 'alert_ended');
  return alertView(alert, me);
}

// ---- routes: METHOD /path → handler(me, params, body, query, request) ----

const folded = (text) =>
  text
    .normalize('NFKC')
    .replace(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 96))
    .toLowerCase();
const within = (text, ...fields) => !text || fields.some((field) => folded(field ?? '').includes(folded(text)));
const alertOf = (me, id) => {
  const alert = world.alerts.get(id);
  if (!alert || !takesPart(alert, me)) throw new Refusal(404, 'not_for_you', '見つからないか、閲覧できません。');
  return alert;
};

const ROUTES = {
  'GET /demo': () => ({ accounts: accounts.map(({ person_id, sees_all, ...one }) => one) }),
  'POST /login': (_, __, body) => {
    const account = accounts.find((one) => one.login === body.login && one.password === body.password);
    const ticket = randomUUID();
    tickets.set(ticket, account);
    return { ticket, challenge: 'AAAA', credentials: [] };
  },
  'POST /login/totp': (_, __, body, ___, request) => {
    const account = tickets.get(body.ticket);
    const fits = account && [0, -30_000, 30_000].some((shift) => codeAt(account.totp_secret, Date.now() + shift) === body.code);
    if (!fits) throw new Refusal(401, 'login_wrong', '認証に失敗しました。');
    const token = randomUUID();
    sessions.set(token, { account, session_id: randomUUID(), started_at: iso(Date.now()), device: request.headers['user-agent'] });
    request.cookie = token;
    return { session_id: sessions.get(token).session_id, person_id: account.person_id, name: account.name, idle_minutes: 15 };
  },
  'POST /logout': (me, _, __, ___, request) => (sessions.delete(request.token), (request.cookie = ''), {}),
  'POST /session/unlock': (me, _, __, ___, request) => {
    const ticket = randomUUID();
    tickets.set(ticket, request.session.account);
    return { ticket, challenge: 'AAAA', credentials: [] };
  },
  'PUT /session/unlock': (me, _, body, ___, request) => {
    if (codeAt(me.totp_secret, Date.now()) !== body.code) throw new Refusal(401, 'login_wrong', '認証に失敗しました。');
    request.session.locked = false;
    return {};
  },
  'POST /session/lock': (me, _, __, ___, request) => ((request.session.locked = true), {}),
  'GET /session': (me, _, __, ___, request) => ({
    session_id: request.session.session_id,
    person_id: me.person_id,
    name: me.name,
    office_id: me.office_id,
    office: me.office,
    municipality: me.municipality,
    municipality_name: me.municipality_name,
    roles: [me.role],
    memberships: [
      {
        membership_id: me.person_id,
        person_id: me.person_id,
        name: me.name,
        office_id: me.office_id,
        office: me.office,
        municipality: me.municipality,
        roles: [me.role],
      },
      ...(me.second ?? []),
    ],
    strength: 'totp',
    idle_minutes: 15,
    has_passkey: false,
    region: '潮風広域 在宅医療・介護連携',
    desk_phone: '099-555-0100',
  }),
  'GET /sessions': (me, _, __, ___, request) => ({
    sessions: [...sessions.values()]
      .filter((one) => one.account === me)
      .map((one) => ({
        session_id: one.session_id,
        started_at: one.started_at,
        seen_at: iso(Date.now()),
        device: one.device,
        current: one === request.session,
      })),
  }),
  'DELETE /sessions/:id': () => ({}),
  'GET /terminal': () => ({ invited: false }),
  'POST /session/office': () => ({}),
  'GET /municipalities': (_, __, ___, query) => ({ municipalities: world.municipalities.filter((one) => !query.get('in_region') || one.in_region) }),
  'GET /people': (_, __, ___, query) => ({
    people: accounts
      .filter((one) => within(query.get('text'), one.name, one.office))
      .map((one) => ({
        membership_id: one.person_id,
        person_id: one.person_id,
        name: one.name,
        office_id: one.office_id,
        office: one.office,
        municipality: one.municipality,
        roles: [one.role],
      })),
  }),
  'GET /patients': (me, _, __, query) => {
    const all = [...world.patients.values()]
      .filter((one) => (me.sees_all && !query.get('mine')) || one.team.some((member) => member.person_id === me.person_id))
      .filter((one) => within(query.get('text'), one.name, one.name_kana));
    const limit = Number(query.get('limit') ?? 50);
    const from = Number(query.get('after') ?? 0);
    return {
      patients: all
        .sort((a, b) => b.changed_at.localeCompare(a.changed_at))
        .slice(from, from + limit)
        .map((one) => line(me, one)),
      count: all.length,
      ...(all.length > from + limit ? { next: String(from + limit) } : {}),
    };
  },
  'GET /patients/:id': (me, { id }) => head(me, patientOf(me, id)),
  'PUT /patients/:id/head': (me, { id }, body, _, request) => {
    const patient = patientOf(me, id);
    if (Number(request.version) !== patient.head_version)
      throw new Refusal(412, 'moved_on', '他の方が先に更新しました。両方の内容を確認してください。', { conflict: head(me, patient) });
    Object.assign(patient, body, { head_version: patient.head_version + 1 });
    return { version: patient.head_version };
  },
  'PUT /patients/:id/place': (me, { id }, body) => (
    Object.assign(patientOf(me, id), { place: body.place, place_name: body.name, place_phone: body.phone, place_from: body.from, place_to: body.to }),
    {}
  ),
  'GET /patients/:id/sheet': (me, { id }) => sheet(me, patientOf(me, id)),
  'PUT /patients/:id/sheet/:section': (me, { id, section }, body, _, request) => updateSection(me, patientOf(me, id), section, request.version, body),
  'POST /patients/:id/sheet/:section/read': (me, { id, section }, body) => markRead(me, patientOf(me, id), section, body.version),
  'GET /patients/:id/sheet/:section/changes': (me, { id, section }, _, query) =>
    changes(patientOf(me, id), section, Number(query.get('from_version')), query.get('to_version') ? Number(query.get('to_version')) : undefined),
  'GET /patients/:id/sheet/:section/versions': (me, { id, section }) => ({ versions: patientOf(me, id).history.get(section) ?? [] }),
  'POST /patients/:id/consents': (me, { id }, body) => (
    patientOf(me, id).consents.unshift({ ...body, recorded_by: me.person_id, recorded_at: iso(Date.now()) }),
    {}
  ),
  'POST /patients/:id/consents/:consent/withdraw': (me, { id, consent }) => (
    (patientOf(me, id).consents.find((one) => one.consent_id === consent).withdrawn_at = iso(Date.now())),
    {}
  ),
  'POST /patients/:id/team': (me, { id }, body) => {
    const one = person(body.person_id);
    patientOf(me, id).team.push({ ...body, name: one.name, role: one.role, office: one.office, phone: one.phone, since: iso(Date.now()) });
    return {};
  },
  'DELETE /patients/:id/team/:member': (me, { id, member }) => {
    const patient = patientOf(me, id);
    patient.team = patient.team.filter((one) => one.member_id !== member);
    return {};
  },
  'GET /patients/:id/ledger': (me, { id }) => ({
    lines: [openedWithoutConsent(), ...patientOf(me, id).team.map((member, at) => ({
      at: iso(Date.now() - at * 4e6),
      person_id: member.person_id,
      name: member.name,
      office: member.office,
      role: member.role,
      what: '共有シートを見た',
      items: '共有シート全体',
      ground: '本人の同意（チーム）',
    }))],
  }),
  'GET /patients/:id/on-call': (me, { id }) => {
    const targets = world.order(patientOf(me, id)).map((target, at) => ({ ...target, position: at + 1, delay_seconds: 180 }));
    return { targets, numbers: targets };
  },
  'GET /feed': (me) => {
    const feed = [...(world.feeds.get(me.person_id) ?? [])].reverse();
    return { items: feed, unread: feed.filter((item) => !item.read).length, stream: `1-${feed.length}` };
  },
  'POST /feed/read': (me, _, body) => {
    for (const item of world.feeds.get(me.person_id) ?? []) if (item.position <= body.position) item.read = true;
    return {};
  },
  'GET /duty': (_, __, ___, query) => world.duty(query.get('municipality'), Number(query.get('days') ?? 2)),
  'POST /emergencies': (me, _, body) => report(me, body),
  'GET /alerts': (me, _, __, query) => ({
    alerts: [...world.alerts.values()]
      .filter((one) => takesPart(one, me) && (!query.get('open') || one.state !== 'ended'))
      .map((one) => alertLine(one, me)),
  }),
  'GET /alerts/:id': (me, { id }) => alertView(alertOf(me, id), me),
  'POST /alerts/:id/seen': (me, { id }) => {
    const own = mine(alertOf(me, id), me);
    if (own && own.state === 'asked') Object.assign(own, { state: 'seen', seen_at: iso(Date.now()) });
    return {};
  },
  'POST /alerts/:id/answer': (me, { id }, body) => answer(me, alertOf(me, id), body),
  'POST /alerts/:id/end': (me, { id }, body) => end(me, alertOf(me, id), body.outcome),
  'GET /facilities': (_, __, ___, query) => {
    const all = world.facilities.filter(
      (one) =>
        within(query.get('text'), one.name, one.name_kana) &&
        (!query.get('service') || one.service === query.get('service')) &&
        (!query.get('municipality') || one.municipality === query.get('municipality')),
    );
    const from = Number(query.get('after') ?? 0);
    const services = [...new Set(world.facilities.map((one) => one.service))].map((service) => ({
      service,
      count: world.facilities.filter((one) => one.service === service).length,
    }));
    return { facilities: all.slice(from, from + 50), count: all.length, services, ...(all.length > from + 50 ? { next: String(from + 50) } : {}) };
  },
  'GET /areas': () => ({ medical: [], care: [], missing: [] }),
  'GET /boundaries': () => ({ boundaries: [], missing: [] }),
  'GET /facilities/:id': (_, { id }) => ({ facility: world.facilities.find((one) => one.facility_id === id), sources: world.sources, version: 1 }),
  'GET /import-profiles': () => ({
    profiles: [
      { name: 'kaigo-jigyosho', about: '介護サービス情報公表システム オープンデータ', source: '介護サービス情報公表システム（厚生労働省）', scheme: 'kaigo' },
      { name: 'iryo-hospital', about: '医療情報ネット 病院（施設票）', source: '医療情報ネット（厚生労働省）', scheme: 'navii' },
    ],
  }),
  'GET /imports': () => ({ imports: [...world.imports.values()].map((one) => one.line) }),
  'POST /uploads': (me, _, body) => ((world.upload = body.name), { upload_id: randomUUID() }),
  'PUT /uploads/:id': () => ({}),
  'POST /uploads/:id/finish': () => ({}),
  'POST /imports': (me) => ({ import_id: world.beginImport(world.upload, me.name) }),
  'GET /imports/:id': (_, { id }) => world.importReport(id),
  'POST /imports/:id/run': (_, { id }) => (world.runImport(id), {}),
};

Object.assign(ROUTES, nightRoutes(world, accounts, Refusal, alertOf, alertView));

const TABLE = Object.entries(ROUTES).map(([route, handler]) => {
  const [method, pattern] = route.split(' ');
  return {
    method,
    handler,
    names: [...pattern.matchAll(/:(\w+)/g)].map((match) => match[1]),
    shape: new RegExp(`^${pattern.replace(/:\w+/g, '([^/]+)')}$`),
  };
});

function send(response, status, body, headers = {}) {
  response.writeHead(status, {
    'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json',
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const bytes = Buffer.concat(parts);
  return bytes.length > 0 && request.headers['content-type'] === 'application/json' ? JSON.parse(bytes) : undefined;
}

async function serveApi(request, response, url) {
  const path = url.pathname.slice('/api/v1'.length);
  request.token = /renkei=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
  request.session = sessions.get(request.token);
  const open = ['/demo', '/login', '/login/totp'].includes(path) || path.startsWith('/replies/');
  if (!request.session && !open) throw new Refusal(401, 'log_in_first', 'ログインしてください。');
  if (request.session?.locked && path !== '/session/unlock' && path !== '/logout')
    throw new Refusal(401, 'session_locked', 'しばらく操作がなかったためロックしました。');
  if (path === '/stream') return stream(request, response);
  const route = TABLE.find((one) => one.method === request.method && one.shape.test(path));
  if (!route) throw new Refusal(404, 'no_such_message', 'この操作はありません。');
  const params = Object.fromEntries(route.names.map((name, at) => [name, decodeURIComponent(route.shape.exec(path)[at + 1])]));
  const version = /"(\d+)"/.exec(request.headers['if-match'] ?? '')?.[1];
  request.version = version === undefined ? undefined : Number(version);
  const body = await bodyOf(request);
  if (request.method !== 'GET' && !request.headers['renkei-client']) throw new Refusal(403, 'not_for_role', 'この操作を行う権限がありません。');
  if (request.method === 'POST' && !request.headers['idempotency-key'])
    throw new Refusal(400, 'key_missing', '送信キー（Idempotency-Key）が必要です。');
  const key = request.method === 'POST' ? `${request.token}/${path}/${request.headers['idempotency-key']}` : undefined;
  const result = (key && answered.get(key)) ?? route.handler(request.session?.account, params, body ?? {}, url.searchParams, request);
  if (key) answered.set(key, result);
  const cookie =
    request.cookie === undefined
      ? {}
      : { 'Set-Cookie': `renkei=${request.cookie}; Path=/; HttpOnly; SameSite=Strict${request.cookie ? '' : '; Max-Age=0'}` };
  send(response, 200, result, cookie);
}

function stream(request, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write('retry: 1000\n\n');
  const one = { person: request.session.account.person_id, response };
  streams.add(one);
  request.on('close', () => streams.delete(one));
}

function serveFile(response, pathname) {
  const wanted = join(dist, normalize(pathname));
  const path = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(dist, 'index.html');
  response.writeHead(200, {
    'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
    'Content-Security-Policy': CSP,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
  });
  createReadStream(path).pipe(response);
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (!url.pathname.startsWith('/api/'))
    return url.pathname === '/readyz' ? send(response, 200, { status: 'ready' }) : serveFile(response, url.pathname);
  serveApi(request, response, url).catch((error) => {
    if (!(error instanceof Refusal)) console.error(error);
    const status = error.status ?? 500;
    send(response, status, { type: `urn:renkei:error:${error.key ?? 'bug'}`, title: error.message, status, ...error.extra });
  });
});

server.listen(Number(portText), '127.0.0.1', () => {
  const base = `http://localhost:${server.address().port}`;
  if (regionFile)
    writeFileSync(
      regionFile,
      JSON.stringify(
        {
          base,
          accounts: accounts.map(({ person_id, sees_all, ...one }) => one),
          patients: [...world.patients.values()].map((one) => ({ patient_id: one.patient_id, name: one.name })),
        },
        null,
        2,
      ),
    );
  console.log(base);
});
