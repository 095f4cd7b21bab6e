// The invented region of the stand-in: three municipalities, eight people, twelve patients, two rotations, some offices.
import { randomUUID } from 'node:crypto';

const iso = (ms) => new Date(ms).toISOString();
const HOUR = 3_600_000;
const uuid = (number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const MUNICIPALITIES = [
  ['993018', '潮見市'],
  ['993026', '青葉町'],
  ['993034', '峰山村'],
];
const nameOf = (code) => MUNICIPALITIES.find(([one]) => one === code)[1];

const account = (number, key, role, name, office, municipality, phone, more = {}) => ({
  key,
  login: key,
  password: 'demo-demo-demo',
  totp_secret: 'JBSWY3DPEHPK3PXP',
  role,
  name,
  municipality,
  municipality_name: nameOf(municipality),
  office,
  office_id: uuid(500 + number),
  person_id: uuid(number),
  phone,
  ...more,
});

export const accounts = [
  account(1, 'nurse', 'visiting_nurse', '山田 花子', '潮見訪問看護ステーション', '993018', '099-555-0121', {
    second: [
      {
        membership_id: uuid(901),
        person_id: uuid(1),
        name: '山田 花子',
        office_id: uuid(590),
        office: '青葉訪問看護サテライト',
        municipality: '993026',
        roles: ['visiting_nurse'],
      },
    ],
  }),
  account(2, 'care_manager', 'care_manager', '鈴木 一郎', 'しおみ居宅介護支援事業所', '993018', '099-555-0132'),
  account(3, 'doctor', 'doctor', '佐藤 健', '青葉クリニック', '993018', '099-555-0143'),
  account(4, 'deputy', 'doctor', '高橋 真由美', 'みなと内科', '993018', '099-555-0154'),
  account(5, 'helper', 'helper', '田中 さくら', 'ひまわりヘルパーステーション', '993018', '099-555-0165'),
  account(6, 'last_resort', 'last_resort', '小川 守', 'みなと市在宅医療連絡センター', '993018', '099-555-0199', { sees_all: true }),
  account(7, 'officer', 'municipal_officer', '中村 恵', '潮見市 高齢福祉課', '993018', '099-555-0100'),
  account(8, 'dispatch', 'dispatch_desk', '消防指令 一係', '潮風消防 指令センター', '993018', '119'),
  account(10, 'rota', 'rota_office', '木村 直美', '潮風医師会 事務局', '993018', '099-555-0102'),
  account(11, 'crew', 'ambulance_crew', '潮風救急1', '潮風消防 救急隊', '993018', '119'),
  account(9, 'administrator', 'administrator', '管理 太郎', '潮風広域連携事務局', '993018', '099-555-0101'),
];

const seat = (number, who, kind) => ({
  member_id: uuid(700 + number),
  seat: kind,
  person_id: who.person_id,
  name: who.name,
  role: who.role,
  office_id: who.office_id,
  office: who.office,
  phone: who.phone,
  since: '2026-04-01T00:00:00Z',
});
const [nurse, manager, doctor, deputy, helper] = accounts;

const TEXTS = {
  wishes: [
    {
      item: 'person_wish',
      text: '最期まで住み慣れたこの家で過ごしたい。できるだけ痛みは取ってほしい。',
      recorded_on: '2026-10-14',
      heard_by: '山田 花子',
    },
    { item: 'family_wish', text: '本人の希望どおりにしたい。ただし夜に一人で判断するのは不安。（長女）', recorded_on: '2026-10-14' },
  ],
  sudden_change: [
    { item: 'expected_change', text: '誤嚥による発熱、心不全の悪化による息切れ。' },
    { item: 'change_response', text: '38度以上または息苦しさが出たら、まず訪問看護の24時間電話へ。看護師が主治医に連絡する。' },
    { item: 'emergency_hospital', text: '潮見総合病院（2026年9月1日に取り決め）' },
    { item: 'treatment_wish', text: '心肺蘇生は希望しない。点滴と酸素は希望する。', recorded_on: '2026-10-14' },
  ],
  condition: [
    { item: 'condition_now', text: '先週から食事の量が半分ほど。むくみは変わらない。' },
    { item: 'medication_taking', text: '朝の薬は飲めている。夕方の薬が週に2回ほど残る。' },
  ],
  illness_and_drugs: [
    { item: 'disease', text: '慢性心不全、2型糖尿病、変形性膝関節症' },
    { item: 'drug', text: 'お薬手帳（2026年11月4日 あおば薬局）を参照' },
    { item: 'allergy', text: 'ペニシリンで発疹' },
  ],
  daily_living: [
    { item: 'meal', level: 'watched', text: 'きざみ食。お茶にとろみ。' },
    { item: 'excretion', level: 'partly', text: '夜はポータブルトイレ' },
    { item: 'bathing', level: 'fully', text: '訪問入浴 週2回' },
    { item: 'transfer', level: 'partly', text: '歩行器' },
    { item: 'dressing', level: 'watched' },
    { item: 'oral_care', level: 'independent', text: '上は総義歯' },
  ],
  housing: [
    { item: 'house_layout', text: '1階の和室が寝室。トイレまで4m、段差なし。' },
    { item: 'entry_method', text: '玄関は在宅時に開いている。不在時は長女に電話。' },
  ],
  family_care: [
    { item: 'caregiver', text: '長女（同居、58歳、日中は勤務）' },
    { item: 'care_possible', text: '平日の夜と週末' },
  ],
  medical_cautions: [{ item: 'medical_caution', text: '体重が3日で2kg増えたら主治医へ。' }],
  living_cautions: [],
  explanation: [{ item: 'explained', text: '主治医から本人と長女へ、心不全の経過を説明。' }],
  contacts: [],
};

const NAMES = [
  ['佐々木 トメ', 'ささき とめ', '1938-04-02'],
  ['佐々木 留', 'ささき とめ', '1941-11-20'],
  ['石井 正雄', 'いしい まさお', '1935-08-15'],
  ['岡本 ハル', 'おかもと はる', '1932-01-03'],
  ['森 昭二', 'もり しょうじ', '1944-06-30'],
  ['藤原 キヨ', 'ふじわら きよ', '1930-12-24'],
  ['三浦 勝', 'みうら まさる', '1947-03-09'],
  ['原田 文子', 'はらだ ふみこ', '1939-09-27'],
  ['小野 義一', 'おの よしかず', '1936-02-11'],
  ['竹内 幸', 'たけうち さち', '1942-07-07'],
  ['和田 清', 'わだ きよし', '1933-10-10'],
  ['上田 静江', 'うえだ しずえ', '1940-05-05'],
];

function patient([name, kana, birth], at) {
  const now = Date.now();
  const writers = [nurse, manager, doctor, helper];
  const sections = new Map();
  const history = new Map();
  for (const [index, [section, entries]] of Object.entries(TEXTS).entries()) {
    const by = writers[index % writers.length];
    const version = entries.length > 0 ? 3 : 0;
    const view = {
      section,
      version,
      entries,
      ...(version
        ? {
            written_by: by.person_id,
            written_by_name: by.name,
            written_by_role: by.role,
            written_by_office: by.office,
            written_at: iso(now - (index * 26 + at) * HOUR),
          }
        : {}),
    };
    sections.set(section, view);
    const older = entries.map((entry) => ({ ...entry, text: entry.text?.split('。')[0], level: entry.level && 'watched' }));
    history.set(
      section,
      version
        ? [
            view,
            { ...view, version: 2, entries: older, written_at: iso(now - 40 * 24 * HOUR) },
            { ...view, version: 1, entries: older.slice(0, 1), written_at: iso(now - 90 * 24 * HOUR) },
          ]
        : [],
    );
  }
  const terminal = at === 3;
  return {
    patient_id: uuid(2000 + at),
    head_version: 4,
    version: 31,
    name,
    name_kana: kana,
    birth_date: birth,
    sex: at % 2 ? 'male' : 'female',
    municipality: MUNICIPALITIES[at % 3][0],
    care_level: ['care_3', 'care_2', 'care_5', 'support_2'][at % 4],
    address: `汐入町${at + 1}丁目2-3`,
    phone: '099-555-1234',
    place: at === 4 ? 'hospital' : 'home',
    ...(at === 4 ? { place_name: '潮見総合病院 3階東', place_phone: '099-555-0300', place_from: '2026-11-19' } : {}),
    allergies: at % 3 === 0 ? 'ペニシリン（発疹）' : undefined,
    told_person: 'told',
    told_family: 'partly',
    contacts: [
      { name: `${name.split(' ')[0]} 京子`, relation: '長女', phone: '090-5555-0101' },
      { name: `${name.split(' ')[0]} 弘`, relation: '弟', phone: '090-5555-0102' },
    ],
    nursing_phone: '099-555-0129',
    terminal_phase: terminal,
    ...(terminal ? { terminal_first_phone: '099-555-0129' } : {}),
    lives_alone: at % 4 === 1,
    contact_caution: at === 0 ? '長女への電話は19時以降' : undefined,
    team: [
      seat(at * 10 + 1, doctor, 'attending_doctor'),
      seat(at * 10 + 2, deputy, 'deputy_doctor'),
      seat(at * 10 + 3, manager, 'care_manager'),
      seat(at * 10 + 4, nurse, 'visiting_nursing'),
      seat(at * 10 + 5, helper, 'home_help'),
    ],
    consents: [
      {
        consent_id: uuid(3000 + at),
        scope: 'team',
        giver: 'person',
        method: 'written',
        from: '2026-04-01',
        recorded_by: manager.person_id,
        recorded_at: '2026-04-01T01:00:00Z',
      },
      {
        consent_id: uuid(3100 + at),
        scope: 'duty_doctors',
        giver: 'person',
        method: 'written',
        from: '2026-04-01',
        recorded_by: manager.person_id,
        recorded_at: '2026-04-01T01:00:00Z',
      },
    ],
    changed_at: iso(now - at * 7 * HOUR),
    sections,
    history,
    seen: new Map([[`${manager.person_id}/condition`, 2]]),
    readers: [{ section: 'wishes', version: 3, person_id: doctor.person_id, name: doctor.name, role: 'doctor', read_at: iso(now - 3 * HOUR) }],
  };
}

const DUTY = [
  [doctor, '青葉クリニック'],
  [deputy, 'みなと内科'],
  [undefined, ''],
];

function duty(municipality, days) {
  const now = Date.now();
  const midnight = Math.floor((now + 9 * HOUR) / (24 * HOUR)) * 24 * HOUR - 9 * HOUR;
  const lines = [];
  for (const [at, [code]] of MUNICIPALITIES.slice(0, 2).entries()) {
    for (let day = -1; day < days; day++) {
      const from = midnight + day * 24 * HOUR + 18 * HOUR;
      const [who, office] = DUTY[(day + 7 + at) % (day === 5 ? 3 : 2)];
      lines.push({
        rotation_id: uuid(4000 + at),
        rotation: '夜間往診当番',
        municipality: code,
        from: iso(from),
        to: iso(from + 14.5 * HOUR),
        gap: !who,
        ...(who ? { person_id: who.person_id, name: who.name, office, phone: who.phone } : {}),
      });
      lines.push({
        rotation_id: uuid(4000 + at),
        rotation: '夜間往診当番',
        municipality: code,
        from: iso(from + 14.5 * HOUR),
        to: iso(from + 24 * HOUR),
        gap: false,
        person_id: doctor.person_id,
        name: doctor.name,
        office: '青葉クリニック',
        phone: doctor.phone,
      });
    }
  }
  const wanted = lines.filter((line) => !municipality || line.municipality === municipality);
  const on = (line) => Date.parse(line.from) <= now && now < Date.parse(line.to);
  return { now: wanted.filter(on), coming: wanted.filter((line) => Date.parse(line.from) > now), as_of: iso(now), stale: false };
}

const order = (one) =>
  [
    {
      target: 'person',
      person_id: doctor.person_id,
      name: doctor.name,
      office: doctor.office,
      phone: doctor.phone,
      reason: '在宅主治医（この方の順番の1番）',
    },
    {
      target: 'person',
      person_id: deputy.person_id,
      name: deputy.name,
      office: deputy.office,
      phone: deputy.phone,
      reason: '副主治医（この方の順番の2番）',
    },
    { target: 'rotation', name: '夜間往診当番', office: '潮見市', phone: '099-555-0154', reason: '今夜の往診当番医' },
    { target: 'last_resort', name: 'みなと市在宅医療連絡センター', phone: '099-555-0199', reason: '最終連絡先' },
  ].map((target) => ({ ...target, ...(one ? {} : {}) }));

const SERVICES = ['訪問看護', '訪問介護', '看護小規模多機能型居宅介護', '訪問入浴介護', '居宅介護支援'];
const facilities = Array.from({ length: 130 }, (_, at) => ({
  facility_id: uuid(6000 + at),
  name: `${['しおみ', '青葉', 'みなと', 'ひまわり', '峰の'][at % 5]}${SERVICES[(at * 7) % 5].replace('型居宅', '')}事業所${at + 1}号`,
  name_kana: 'シオミジギョウショ',
  service: SERVICES[(at * 7) % 5],
  number: String(9930100000 + at),
  municipality: MUNICIPALITIES[at % 3][0],
  municipality_name: `汐県${MUNICIPALITIES[at % 3][1]}`,
  address: `汐入町${at + 1}`,
  phone: at % 9 === 4 ? '099-55' : `099-555-${String(2000 + at)}`,
  phone_doubtful: at % 9 === 4,
  fax: '099-555-9000',
  not_in_latest: at % 17 === 3,
}));

const imports = new Map();
function importReport(id) {
  const one = imports.get(id);
  if (one.line.state === 'checking' && Date.now() - one.at > 800) one.line.state = 'checked';
  if (one.line.state === 'running' && Date.now() - one.at > 800) one.line.state = 'done';
  const going = ['checking', 'running'].includes(one.line.state);
  return {
    import_id: id,
    file: one.line.file,
    profile: 'kaigo-jigyosho',
    state: one.line.state,
    rows_read: going ? 7000 : 14_717,
    rows_total: 14_717,
    added: 14_690,
    changed: 12,
    unchanged: 3,
    refused: 12,
    doubtful: 41,
    absent: 0,
    counts: MUNICIPALITIES.map(([code, name]) => ({
      municipality: code,
      name: `汐県${name}`,
      added: 4896,
      changed: 4,
      unchanged: 1,
      refused: 4,
      doubtful: 13,
    })),
    problems: [
      { line: 204, column: '電話番号', value: '099-55', reason: '桁が足りません', refused: false },
      { line: 1188, column: '事業所番号', value: 'ABC', reason: '数字10桁ではありません', refused: true },
    ],
  };
}
function beginImport(file, name) {
  const id = randomUUID();
  imports.set(id, {
    at: Date.now(),
    line: { import_id: id, file, profile: 'kaigo-jigyosho', state: 'checking', rows_read: 14_717, started_at: iso(Date.now()), started_by: name },
  });
  return id;
}
const runImport = (id) => Object.assign(imports.get(id), { at: Date.now() }) && (imports.get(id).line.state = 'running');

export function freshWorld() {
  const patients = new Map(NAMES.map((one, at) => patient(one, at)).map((one) => [one.patient_id, one]));
  const feeds = new Map();
  const about = (one, position, kind, section, by, hours, urgent = false) => ({
    position,
    kind,
    at: iso(Date.now() - hours * HOUR),
    urgent,
    read: false,
    patient_id: one.patient_id,
    patient_name: one.name,
    section,
    by: by.person_id,
    by_name: by.name,
  });
  const [first, second, third] = [...patients.values()];
  feeds.set(manager.person_id, [
    about(third, 1, 'sheet_updated', 'daily_living', helper, 30),
    about(first, 2, 'sheet_updated', 'condition', nurse, 2),
    about(first, 3, 'sheet_updated', 'sudden_change', doctor, 1),
    about(second, 4, 'patient_changed', undefined, nurse, 0.2),
  ]);
  return {
    patients,
    feeds,
    alerts: new Map(),
    imports,
    facilities,
    duty,
    order,
    beginImport,
    runImport,
    importReport,
    upload: '',
    municipalities: MUNICIPALITIES.map(([code, name]) => ({ code, prefecture: '汐県', name, in_region: true, facilities: 40 })),
    sources: [
      {
        name: '名称',
        value: 'しおみ訪問看護ステーション',
        raw: 'しおみ訪問看護ｽﾃｰｼｮﾝ',
        source: '介護サービス情報公表システム',
        source_date: '2026-06-30',
        line: 204,
      },
      { name: '電話番号', value: '099-555-2000', source: '介護サービス情報公表システム', source_date: '2026-06-30', line: 204, doubtful: true },
    ],
  };
}
