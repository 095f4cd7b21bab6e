// The stand-in's nights: roster, drills, deliveries, FAX, dispatch. Enough to see every page; rights and rules are the services'.
import { randomUUID } from 'node:crypto';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TOKYO = 9 * HOUR;
const iso = (ms) => new Date(ms).toISOString();
const day = (ms) => iso(ms + TOKYO).slice(0, 10);
const uuid = (number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

const AREAS = [
  { municipality: '993018', name: '潮見市', offices: 8, received: 4, percent: 50 },
  { municipality: '993026', name: '青葉町', offices: 4, received: 1, percent: 25 },
];
const INSTITUTIONS = [
  { office_id: uuid(7701), office: '青葉クリニック', municipality: '993018', phone: '099-555-0144', readers: ['medical'], way: 'application', told_at: iso(Date.now() - 2 * DAY), people: 3, reminders: 1 },
  { office_id: uuid(7702), office: 'もりの医院', municipality: '993026', readers: [], way: 'by_hand', people: 0, reminders: 0 },
];

export function nightRoutes(world, accounts, Refusal, alertOf, alertView) {
  const [nurse, , doctor, deputy] = accounts;
  const overrides = new Map();
  const absences = new Map();
  const swaps = new Map();
  const closures = new Map([
    [uuid(1), { closure_id: uuid(1), municipality: '993018', first_day: '2027-08-13', last_day: '2027-08-15', name: 'お盆休み' }],
  ]);
  const contacts = new Map([
    [uuid(2), { contact_point_id: uuid(2), kind: 'voice', address: '099-555-0143', verified: true, by_office: true, phi_ok: false }],
    [
      uuid(3),
      { contact_point_id: uuid(3), kind: 'sms', address: '090-0000-0143', verified: false, by_office: false, phi_ok: false, code_until: iso(Date.now() + 9e5), tries_left: 3 },
    ],
  ]);
  const chains = new Map();
  let receipt;
  const announcement = () => ({ announcement_id: uuid(7601), kind: 'scheme_outline', title: '急変時の連絡の仕組み', municipality: '993018', from_office: '潮見市役所', sent_at: iso(Date.now() - 2 * DAY),
    mine: true, manages: true, offices: 12, received: 5, areas: AREAS, ...(receipt && { received_at: receipt, received_by: nurse.name }) });
  const incidents = new Map();
  let wishes = { quiet_from: 1200, quiet_to: 480, digest: false, night_calls: false, channels: [{ kind: 'app', enabled: true }] };
  const rotation = (at, name, municipality, from_minute, to_minute, day_classes) => ({
    rotation_id: uuid(4000 + at),
    name,
    municipality,
    kind: 'daily',
    advance: 'when_active',
    anchor: '2026-04-01',
    handoff_minute: from_minute,
    ...{ from_minute, to_minute, day_classes, version: 3 },
    members: [doctor.person_id, deputy.person_id],
    names: [doctor.name, deputy.name],
    office_ids: [doctor.office_id, deputy.office_id],
    offices: [doctor.office, deputy.office],
  });
  const rotations = [
    rotation(0, '夜間往診当番', '993018', 1080, 1950, ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear']),
    rotation(1, '夜間往診当番', '993026', 1080, 1950, ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear']),
  ];
  // What an override does to a line of the roster.
  const changed = (line) => {
    const one = [...overrides.values()].find((each) => each.rotation_id === line.rotation_id && Date.parse(each.from) <= Date.parse(line.from) && Date.parse(each.to) >= Date.parse(line.to));
    if (!one) return { ...line, day: day(Date.parse(line.from)) };
    const who = accounts.find((each) => each.person_id === one.add);
    return {
      ...line,
      change: 'override',
      change_id: one.override_id,
      instead_of: line.name,
      reason: one.reason,
      entered_by: one.by,
      gap: !who,
      person_id: who?.person_id,
      name: who?.name,
      office: who?.office,
      phone: who?.phone,
    };
  };
  const lines = (municipality, days) => {
    const answer = world.duty(municipality, days);
    return { ...answer, now: answer.now.map(changed), coming: answer.coming.map(changed) };
  };
  const monthOf = (id, month) => {
    const first = Date.parse(`${month}-01T00:00:00+09:00`);
    const count = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();
    const one = rotations.find((each) => each.rotation_id === id);
    const days = Array.from({ length: count }, (_, at) => {
      const weekday = new Date(first + at * DAY + TOKYO).getUTCDay() || 7;
      const date = day(first + at * DAY);
      const newYear = /-12-(29|30|31)$/.test(date) ? 'yearend' : /-01-0[23]$/.test(date) ? 'newyear' : undefined;
      return { day: date, weekday, class: newYear ?? (date.endsWith('-11-23') ? 'national' : weekday === 7 ? 'sunday' : weekday === 6 ? 'saturday' : 'weekday'), covered: true };
    });
    const shifts = days.map(({ day: date }, at) => {
      const from = Date.parse(`${date}T18:00:00+09:00`);
      const who = at % 9 === 7 ? undefined : [doctor, deputy][at % 2];
      const line = { rotation_id: id, rotation: one.name, municipality: one.municipality, from: iso(from), to: iso(from + 14.5 * HOUR), gap: !who };
      return changed(who ? { ...line, person_id: who.person_id, name: who.name, office: who.office, phone: who.phone } : line);
    });
    return { name: one.name, municipality: one.municipality, lines: shifts, days, version: 3, as_of: iso(Date.now()) };
  };
  const gap = (kind, hours, more = {}) => ({
    kind,
    municipality: '993018',
    rotation_id: uuid(4000),
    rotation: '夜間往診当番',
    from: iso(Date.now() + hours * HOUR),
    to: iso(Date.now() + (hours + 14) * HOUR),
    yearend: false,
    soon: hours < 14 * 24,
    ...more,
  });
  const found = (body) => {
    const person = [...world.patients.values()].find((one) => (body.phone ? one.phone?.replace(/-/g, '') === body.phone : one.name_kana.replace(/\s/g, '') === (body.name_kana ?? '').replace(/\s/g, '')));
    const several = !person && body.name ? [...world.patients.values()].slice(0, 2) : [];
    const candidate = (one, strong) => ({ patient_id: one.patient_id, municipality: one.municipality, by: [body.phone ? 'phone' : 'name'], name: one.name, name_kana: one.name_kana, age: 88, sex: 'female', area: '汐入町1丁目', strong });
    const candidates = person ? [candidate(person, Boolean(body.phone))] : several.map((one) => candidate(one, false));
    return {
      lookup_id: body.lookup_id,
      result: person && body.phone ? 'unique' : candidates.length > 1 ? 'multiple' : candidates.length ? 'weak' : 'none',
      candidates,
      break_glass: true,
      last_resort_name: 'みなと市在宅医療連絡センター',
      last_resort_phone: '099-555-0199',
      missing: [],
    };
  };
  const CONTACTS = [
    { order: 1, target: 'person', role: '在宅主治医', name: doctor.name, office: doctor.office, phone: doctor.phone, state: 'declined', answer: 'cannot', eta: 'cannot' },
    { order: 2, target: 'rotation', role: '往診当番医', name: deputy.name, office: deputy.office, phone: deputy.phone, state: 'accepted', answer: 'visit', eta: 'le45m', arrival_at: iso(Date.now() + 0.5 * HOUR) },
    { order: 3, target: 'office', role: '訪問看護', name: nurse.office, phone: nurse.phone, state: 'notified' },
    { order: 4, target: 'hospital', role: '急変時診療医療機関', name: '潮見総合病院', phone: '099-555-0300', state: 'planned' },
    { order: 5, target: 'last_resort', role: '最終連絡先', name: 'みなと市在宅医療連絡センター', phone: '099-555-0199', state: 'always' },
  ];
  const record = (patient_id) => {
    const one = world.patients.get(patient_id) ?? [...world.patients.values()][0];
    const words = (item, text, more = {}) => ({ item, text, written_on: '2026-11-04', ...more });
    return {
      patient_id: one.patient_id,
      municipality: one.municipality,
      at: iso(Date.now()),
      name: one.name,
      name_kana: one.name_kana,
      age: 88,
      care_level: 'care_3',
      contacts: [{ name: '佐々木 明子', relation: '長女', phone: '090-0000-0001' }],
      team: [{ seat: 'attending_doctor', name: doctor.name, office: doctor.office, phone: doctor.phone }],
      history: words('disease', '慢性心不全、2型糖尿病'),
      drugs: words('drug', 'お薬手帳（2026年11月4日）'),
      allergies: 'ペニシリン',
      hospital: { name: '潮見総合病院', phone: '099-555-0300', night_phone: '099-555-0301', agreed: true, parallel_notice: false },
      acp: {
        status: 'recorded',
        kind: 'acp',
        written_on: '2026-10-14',
        issuer: 'person',
        assumed_condition: '心不全の終末期',
        paper_at: '冷蔵庫の救急医療情報キット',
        conflicts: 0,
        dates: ['2026-10-14'],
        terminal_phase: false,
        note: '救急隊は通常の手順を開始し、医師に直接確認すること',
      },
      place: 'home',
      adl: [words('transfer', '歩行器', { level: 'partly' })],
      entry: words('entry_method', '玄関は在宅時に開いている'),
    };
  };
  const incident = (id, number, unit, complaint, match, more = {}) => ({
    incident_id: id,
    number,
    partner: '潮風消防',
    state: 'open',
    match,
    exercise: false,
    complaint,
    unit,
    called_at: iso(Date.now() - 7 * 60_000),
    received_at: iso(Date.now() - 6 * 60_000),
    last_at: iso(Date.now() - 60_000),
    replies_waiting: 0,
    ...more,
  });
  incidents.set(uuid(8001), incident(uuid(8001), '2026-004512', '潮風救急1', 'cpa', 'found'));
  incidents.set(uuid(8002), incident(uuid(8002), '2026-004513', '潮風救急2', 'injury', 'not_found'));
  incidents.set(uuid(8003), incident(uuid(8003), '訓練-12', '潮風救急3', 'breathing', 'choose', { exercise: true, replies_waiting: 1 }));
  const act = (kind, change) => (me, { id }, body) => {
    const alert = alertOf(me, id);
    const now = iso(Date.now());
    change(alert, body, now);
    alert.version++;
    alert.timeline.push({ at: now, kind, name: me.name, text: body.text });
    return alertView(alert, me);
  };
  return {
    'GET /duty': (_, __, ___, query) => lines(query.get('municipality'), Number(query.get('days') ?? 2)),
    'GET /rotations': () => ({ rotations }),
    'PUT /rotations/:id': (_, { id }, body) => {
      const old = rotations.findIndex((one) => one.rotation_id === id);
      const names = body.members.map((member) => accounts.find((one) => one.person_id === member)?.name ?? '');
      if (old >= 0) rotations[old] = { ...rotations[old], ...body, names, version: rotations[old].version + 1 };
      else rotations.push({ ...body, rotation_id: id, names, version: 1 });
      return {};
    },
    'GET /rotations/:id/months/:month': (_, { id, month }) => monthOf(id, month),
    'POST /rotations/:id/table': (_, { id }, body) => {
      const rows = body.text.split('\n').map((text, at) => ({ text: text.trim(), line: at + 1 })).filter((one) => one.text);
      const problems = rows.filter((one) => !accounts.some((each) => one.text.includes(each.name))).map((one) => ({ line: one.line, why: `「${one.text}」の名前が見つかりません。` }));
      const good = rows.filter((one) => !problems.some((each) => each.line === one.line));
      return {
        lines: good.map((one, at) => {
          const who = accounts.find((each) => one.text.includes(each.name));
          const from = Date.parse(`${body.month}-01T18:00:00+09:00`) + at * DAY;
          return { line: one.line, from: iso(from), to: iso(from + 8 * HOUR), person_id: who.person_id, name: who.name, office: who.office };
        }),
        problems,
        gaps: [gap('nobody', 900, { yearend: true, rotation_id: id })],
        done: body.run && problems.length === 0,
      };
    },
    'GET /gaps': () => ({
      gaps: [gap('nobody', 60), gap('unreachable', 90, { name: deputy.name, person_id: deputy.person_id }), gap('nobody', 900, { yearend: true, soon: true }), gap('scheme', 700, { rotation_id: undefined, rotation: undefined, office: deputy.office, people: 3 }), gap('desk_call', 0, { rotation_id: undefined, rotation: undefined, soon: true }), gap('calendar', 8000, { rotation_id: undefined, rotation: undefined })],
      more: false,
      checked_at: iso(Date.now() - HOUR),
      chains_to_check: 0,
    }),
    'GET /absences': () => ({ absences: [...absences.values()] }),
    'POST /absences': (me, _, body) => (absences.set(body.absence_id, { ...body, name: accounts.find((one) => one.person_id === body.person_id)?.name ?? '', may_remove: true }), {}),
    'DELETE /absences/:id': (_, { id }) => (absences.delete(id), {}),
    'POST /overrides': (me, _, body) => {
      const other = [...overrides.values()].find((one) => one.rotation_id === body.rotation_id && one.from < body.to && one.to > body.from && one.override_id !== body.override_id);
      if (other)
        throw new Refusal(409, 'override_conflict', 'その時間には別の代診の登録があります。先にそれを取り消してください。', {
          conflict: { ...other, add_name: accounts.find((one) => one.person_id === other.add)?.name, entered_by: other.by },
        });
      overrides.set(body.override_id, { ...body, by: me.name });
      return {};
    },
    'DELETE /overrides/:id': (_, { id }) => (overrides.delete(id), {}),
    'GET /closures': () => ({ closures: [...closures.values()], settled_until: '2027-12-31' }),
    'PUT /closures/:id': (_, { id }, body) => (closures.set(id, { ...body, closure_id: id }), {}),
    'DELETE /closures/:id': (_, { id }) => (closures.delete(id), {}),
    'GET /shifts': (me) => {
      const all = lines(undefined, 31);
      const mine = (line) => line.person_id === me.person_id;
      return { now: all.now.find(mine), shifts: all.coming.filter(mine), swaps: [...swaps.values()].map((one) => ({ ...one, mine_to_answer: one.state === 'asked' && one.taker === me.person_id })), absences: [...absences.values()].filter((one) => one.person_id === me.person_id) };
    },
    'POST /swaps': (me, _, body) => {
      const taker = accounts.find((one) => one.person_id === body.taker);
      swaps.set(body.swap_id, { ...body, state: 'asked', rotation: '夜間往診当番', asker: me.person_id, asker_name: me.name, taker_name: taker.name, asked_at: iso(Date.now()) });
      return {};
    },
    'POST /swaps/:id/answer': (_, { id }, body) => (Object.assign(swaps.get(id), { state: body.accept ? 'accepted' : 'declined', answered_at: iso(Date.now()) }), {}),
    'DELETE /swaps/:id': (_, { id }) => (Object.assign(swaps.get(id), { state: 'withdrawn' }), {}),
    'GET /patients/:id/chain': (_, { id }, __, query) => {
      const kept = chains.get(`${id}-${query.get('terminal') ?? ''}`) ?? { version: 0, rows: [] };
      return {
        ...kept,
        names: [
          { target: 'person', id: doctor.person_id, name: doctor.name, office: doctor.office, unreachable: false, consented: true },
          { target: 'person', id: deputy.person_id, name: deputy.name, office: deputy.office, unreachable: true, consented: true },
          { target: 'office', id: nurse.office_id, name: nurse.office, unreachable: false, consented: true },
          { target: 'rotation', id: uuid(4000), name: '夜間往診当番', unreachable: false, consented: true },
        ],
        emergency_nursing: true,
        terminal_phase: false,
        terminal: Boolean(query.get('terminal')),
        team_consent: true,
        may_edit: true,
        warnings: kept.rows.length < 2 ? ['連絡できる医師が2人未満です。'] : [],
      };
    },
    'PUT /patients/:id/chain': (me, { id }, body) => {
      const key = `${id}-${body.terminal ? 'true' : ''}`;
      chains.set(key, { version: (chains.get(key)?.version ?? 0) + 1, rows: body.rows, set_by: me.name, set_at: iso(Date.now()) });
      return {};
    },
    'POST /alerts/:id/arrived': act('arrived', (alert, _, now) => (alert.arrived_at = now)),
    'POST /alerts/:id/in-hand': act('in_hand', (alert, _, now) => (alert.in_hand_at = now)),
    'POST /alerts/:id/hospital': act('hospital_asked', (alert, _, now) => (alert.hospital_asked_at = now)),
    'POST /alerts/:id/hospital-answer': act('hospital_answered', (alert, body) => Object.assign(alert, { hospital_answer: body.answer, hospital_refusal: body.refusal })),
    'POST /alerts/:id/hand-over': act('handed_over', () => undefined),
    'POST /alerts/:id/raise': act('raised', (alert) => (alert.class = 'e1')),
    'POST /alerts/:id/telephone': act('by_telephone', (alert, body, now) => {
      const one = alert.tries.find((each) => (body.person_id ? each.person_id === body.person_id : !each.person_id));
      Object.assign(one, { state: body.answer === 'cannot' ? 'declined' : 'accepted', answer: body.answer, answered_at: now, arrival_at: body.arrival_at });
      if (body.answer !== 'cannot') alert.state = 'accepted';
    }),
    'GET /deliveries': () => ({
      deliveries: ['delivered', 'failed', 'sent', 'pending', 'gave_up', 'bundled'].map((state, at) => ({
        delivery_id: uuid(7000 + at),
        kind: ['voice', 'sms', 'email', 'app', 'fax', 'push'][at],
        state,
        attempts: at,
        created_at: iso(Date.now() - at * HOUR),
        recipient: doctor.name,
        adapter: 'simulator-1',
        sent_at: iso(Date.now() - at * HOUR + 2000),
        ...(state === 'failed' ? { last_error: '話し中', next_at: iso(Date.now() + 60_000), possible_duplicate: true } : {}),
      })),
    }),
    'GET /me/contacts': () => ({ contacts: [...contacts.values()] }),
    'PUT /me/contacts/:id': (_, { id }, body) => (
      contacts.set(id, { contact_point_id: id, ...body, verified: false, by_office: false, phi_ok: false, code_until: iso(Date.now() + 9e5), tries_left: 3 }), {}
    ),
    'DELETE /me/contacts/:id': (_, { id }) => (contacts.delete(id), {}),
    'POST /me/contacts/:id/verify': (_, { id }, body) => {
      const verified = body.code === '123456';
      const one = contacts.get(id);
      Object.assign(one, { verified, tries_left: one.tries_left - 1 });
      return { verified, tries_left: one.tries_left };
    },
    'GET /me/office-paper': () => ({ password: '4821-7034-5519-0026', made_at: '2026-11-22T19:00:12Z', file_name: '990019/0199-station.pdf' }),
    'GET /me/preferences': () => wishes,
    'PUT /me/preferences': (_, __, body) => ((wishes = { ...wishes, ...body }), {}),
    'GET /municipalities/:code/drills': () => ({
      people: [doctor.person_id],
      offices: [],
      drills: [
        { alert_id: uuid(7101), class: 'e1', synthetic: false, started_at: iso(Date.now() - 30 * HOUR), asked: 3, delivered: 2, accepted_by: doctor.name, accept_seconds: 95, ended_at: iso(Date.now() - 29 * HOUR) },
        { alert_id: uuid(7102), class: 'e1', synthetic: true, started_at: iso(Date.now() - 0.2 * HOUR), asked: 1, delivered: 1, accept_seconds: 2, ended_at: iso(Date.now() - 0.19 * HOUR) },
      ],
    }),
    'PUT /municipalities/:code/drill-contacts': () => ({}),
    'GET /announcements': () => ({ announcements: [announcement()], reach: AREAS }),
    'GET /announcements/:id': () => ({ announcement: announcement(), text: '急変のときは、下の順で連絡してください。', offices: INSTITUTIONS, more: false }),
    'PUT /announcements/:id': () => ({ offices: 12, application: 10, fax: 1, by_hand: 1 }),
    'POST /announcements/:id/receipt': () => ((receipt = iso(Date.now())), { received_at: receipt, received_by: nurse.name }),
    'POST /announcements/:id/reminder': () => ({ offices: 2 }),
    'PUT /announcements/:id/offices/:office/delivery': () => ({}),
    'GET /fairness': (_, __, ___, query) => {
      const figures = { shifts: 14, hours: 203, nights: 14, holidays: 4, year_end: 1, calls: 9, accepts: 7, median_seconds: 95, notices: 200, read: 180, shifts_52: 180 };
      return {
        from: query.get('from'),
        to: query.get('to'),
        people: [{ ...figures, person_id: doctor.person_id, name: doctor.name, office: doctor.office, balance_52: 15 }],
        offices: [{ ...figures, name: doctor.office }],
        total: figures,
        people_count: 4,
      };
    },
    'GET /calendars': () => ({ calendars: [{ calendar_id: uuid(7201), scope: 'person', name: doctor.name, label: '携帯', made_at: iso(Date.now() - DAY), read_at: iso(Date.now() - HOUR) }] }),
    'POST /calendars': () => ({ calendar_id: uuid(7202), token: 'x', path: '/api/v1/calendars/abc.ics' }),
    'DELETE /calendars/:id': () => ({}),
    'GET /fax/inbox': () => ({
      waiting: [
        { fax_in_id: uuid(7302), received_at: iso(Date.now() - 3 * HOUR), pages: 0, state: 'waiting', why: 'not_readable', overdue: true, version: 1 },
        { fax_in_id: uuid(7301), received_at: iso(Date.now() - HOUR / 4), number: '0995550144', office: '青葉クリニック', pages: 2, state: 'waiting', why: 'no_code', overdue: false, version: 1,
          candidates: [{ fax_id: uuid(7401), office: '青葉クリニック', title: '状態の照会', reference: 'K7-2231', created_at: iso(Date.now() - DAY), by_code: false }] },
      ],
      done: [{ fax_in_id: uuid(7303), received_at: iso(Date.now() - DAY), number: '0995550144', office: '青葉クリニック', pages: 1, state: 'filed', overdue: false, settled_at: iso(Date.now() - DAY), settled_to: '青葉クリニック：状態の照会', version: 1 }],
    }),
    'POST /fax/inbox/:id/settle': () => ({}),
    'GET /fax/sent': () => ({ faxes: [{ fax_id: uuid(7401), office: '青葉クリニック', number: '099-555-0144', reference: 'K7-2231', title: '状態の照会', sent_by: nurse.name, created_at: iso(Date.now() - DAY), state: 'delivered' }] }),
    'POST /fax/sent/:id/misdirected': () => ({}),
    'GET /fax/numbers': () => ({ numbers: [{ office_id: uuid(7501), office: '青葉クリニック', number: '099-555-0144', state: 'confirmed' }, { office_id: uuid(7502), office: 'しおみ薬局', number: '099-555-0155', state: 'testing' }] }),
    'PUT /fax/numbers/:id': () => ({}),
    'POST /fax/numbers/:id/confirm': () => ({}),
    'POST /fax/numbers/:id/unconfirm': () => ({}),
    'GET /dispatch/incidents': () => ({ incidents: [...incidents.values()].filter((one) => one.state === 'open'), now: iso(Date.now()) }),
    'GET /dispatch/incidents/:id': (_, { id }) => {
      const one = incidents.get(id);
      if (!one) throw new Refusal(404, 'not_for_you', '見つからないか、閲覧できません。');
      const known = one.match === 'found';
      return {
        incident: one,
        place: '潮見市汐入町1丁目2-3',
        complaint_text: '呼びかけに反応がない',
        caller_phone: '099-555-0401',
        crew_phone: '090-0000-0119',
        in_hand: Boolean(one.in_hand),
        response: one.raised ? 'full' : 'single_call',
        messages: [],
        contacts: known ? CONTACTS : CONTACTS.slice(4),
        contacts_at: iso(Date.now()),
        missing: [],
      };
    },
    'POST /dispatch/incidents/:id/in-hand': (_, { id }) => ((incidents.get(id).in_hand = true), {}),
    'POST /dispatch/incidents/:id/raise': (_, { id }) => ((incidents.get(id).raised = true), {}),
    'POST /dispatch/incidents/:id/result': (_, { id }, body) => (Object.assign(incidents.get(id), { outcome: body.outcome, state: 'closed' }), {}),
    'POST /dispatch/lookups': (_, __, body) => found(body),
    'POST /dispatch/lookups/:id/record': (_, __, body) => ({ lookup_id: randomUUID(), record: record(body.patient_id), contacts: CONTACTS }),
    'GET /dispatch/outlines': () => ({ outlines: [{ partner_id: uuid(8100), partner: '潮風消防', number: 2, title: '在宅医療の救急連携', text: '照会できる項目と、連絡の順番。', valid_from: '2026-12-01', put_at: iso(Date.now() - DAY) }] }),
    'POST /dispatch/partners/:id/outlines/:number/receipt': () => ({}),
    'GET /dispatch/partners': () => ({ partners: [{ partner_id: uuid(8100), name: '潮風消防本部', enabled: true, municipalities: ['993018'], formats: ['json'], break_glass: true, waiting: 0 }] }),
    'PUT /dispatch/calls/:id': () => ({}),
    'GET /replies/:token': (_, { token }) => {
      if (token === 'gone') throw new Refusal(404, 'not_for_you', '見つからないか、閲覧できません。');
      return { number: '4821', place: '潮見市', urgency: 'urgent', office: nurse.office, callback: nurse.phone, reported_at: iso(Date.now() - 120_000), state: 'searching', answered: false, for_name: '青葉クリニック 当番携帯', names: [doctor.name, deputy.name] };
    },
    'POST /replies/:token': () => ({ taken: true, words: '引き受けを記録しました。' }),
  };
}
