// people.mjs - the invented municipalities, offices and people of the demo region.  Any likeness to real ones is chance.
import { uuidOf } from './api.mjs';

// Prefecture code 99 does not exist; the last digit is the official check digit.
export const municipalities = [
  { code: '990019', prefecture: '架空県', name: 'みずき市', desk_phone: '0990-00-1000' },
  { code: '990027', prefecture: '架空県', name: '川べり町', desk_phone: '0990-00-2000' },
  { code: '990035', prefecture: '架空県', name: '三つ峰村', desk_phone: '0990-00-3000' },
];

const families = [['青木', 'アオキ'], ['赤坂', 'アカサカ'], ['石川', 'イシカワ'], ['上野', 'ウエノ'], ['江口', 'エグチ'], ['大島', 'オオシマ'], ['岡村', 'オカムラ'],
  ['柿沼', 'カキヌマ'], ['川端', 'カワバタ'], ['菊池', 'キクチ'], ['久保', 'クボ'], ['小松', 'コマツ'], ['坂口', 'サカグチ'], ['沢田', 'サワダ'], ['清水', 'シミズ'],
  ['杉山', 'スギヤマ'], ['髙瀬', 'タカセ'], ['竹内', 'タケウチ'], ['土屋', 'ツチヤ'], ['戸田', 'トダ'], ['中嶋', 'ナカジマ'], ['西岡', 'ニシオカ'], ['野口', 'ノグチ'],
  ['橋爪', 'ハシヅメ'], ['平井', 'ヒライ'], ['福原', 'フクハラ'], ['星野', 'ホシノ'], ['松永', 'マツナガ'], ['宮﨑', 'ミヤザキ'], ['森下', 'モリシタ'], ['山辺', 'ヤマベ'],
  ['横井', 'ヨコイ'], ['和久', 'ワク'], ['渡邉', 'ワタナベ']];
const women = [['ハナ', 'ハナ'], ['千代', 'チヨ'], ['キク', 'キク'], ['文子', 'フミコ'], ['静江', 'シズエ'], ['和子', 'カズコ'], ['トミ', 'トミ'], ['春江', 'ハルエ'],
  ['幸子', 'サチコ'], ['スミ', 'スミ'], ['節子', 'セツコ'], ['ヨシ', 'ヨシ'], ['貞子', 'サダコ'], ['久江', 'ヒサエ']];
const men = [['一郎', 'イチロウ'], ['清', 'キヨシ'], ['正雄', 'マサオ'], ['勇', 'イサム'], ['茂', 'シゲル'], ['昭二', 'ショウジ'], ['義男', 'ヨシオ'], ['武', 'タケシ'],
  ['三郎', 'サブロウ'], ['進', 'ススム'], ['弘', 'ヒロシ'], ['忠', 'タダシ']];
const staff = [['真由美', 'マユミ'], ['健太', 'ケンタ'], ['直子', 'ナオコ'], ['浩二', 'コウジ'], ['恵', 'メグミ'], ['達也', 'タツヤ'], ['由香', 'ユカ'], ['誠', 'マコト'],
  ['美穂', 'ミホ'], ['隆', 'タカシ'], ['智子', 'トモコ'], ['亮', 'リョウ']];

const pick = (list, n) => list[((n % list.length) + list.length) % list.length];
const digits = (n, width) => String(n).padStart(width, '0');

export const offices = [], people = [];
let phones = 100, staffCount = 0;

function addOffice(key, municipality, name, extra = {}) {
  const office = { key, office_id: uuidOf(`office ${key}`), name, municipality, phone: `0990-10-${digits(phones++, 4)}`, ...extra };
  offices.push(office);
  return office;
}
function addPerson(key, office, roles, name) {
  const n = staffCount++;
  const family = pick(families, n * 7 + 3), given = pick(staff, n * 5 + 1);
  const person = { key, person_id: uuidOf(`person ${key}`), name: name ?? `${family[0]} ${given[0]}`, name_kana: name ? 'デモ' : `${family[1]} ${given[1]}`, office, roles,
    email: `${key}@example.invalid`, phone: `0990-20-${digits(n + 100, 4)}` };
  people.push(person);
  return person;
}

municipalities.forEach(({ code, name }, i) => {
  const n = i + 1, short = name.replace(/[市町村]$/, '');
  const duty = (kind) => ({ duty_phone: `0990-3${kind}-${digits(1000 + n, 4)}` });
  const clinics = [`${short}在宅クリニック`, `青葉台診療所（${short}）`, `${short}ひだまり医院`].map((clinic, k) => addOffice(`clinic-${n}-${k + 1}`, code, clinic, duty(1)));
  clinics.forEach((clinic, k) => addPerson(`doctor-${n}-${k + 1}`, clinic, ['doctor']));
  const station = addOffice(`station-${n}`, code, `訪問看護ステーション${short}`, { ...duty(2), facility_number: `996010000${n}` });
  ['1', '2'].forEach((k) => addPerson(`nurse-${n}-${k}`, station, ['visiting_nurse']));
  const care = addOffice(`care-${n}`, code, `${short}ケアプランセンター`, { facility_number: `997010000${n}` });
  ['1', '2'].forEach((k) => addPerson(`manager-${n}-${k}`, care, ['care_manager']));
  addPerson(`helper-${n}`, addOffice(`help-${n}`, code, `${short}ヘルパーステーション`, { facility_number: `997020000${n}` }), ['helper']);
  addPerson(`pharmacist-${n}`, addOffice(`pharmacy-${n}`, code, `${short}調剤薬局`), ['pharmacist']);
  addPerson(`officer-${n}`, addOffice(`town-${n}`, code, `${name}役所 高齢福祉課`.replace('市役所', '市役所').replace('町役所', '町役場').replace('村役所', '村役場')), ['municipal_officer']);
});
const centre = addOffice('centre', '990019', '在宅医療コンタクトセンターみずき', { duty_phone: '0990-40-0001' });
addPerson('centre-1', centre, ['last_resort']);
addPerson('rota-1', addOffice('association', '990019', 'みずき医師会 事務局'), ['rota_office']);
addPerson('dispatch-1', addOffice('fire', '990019', 'みずき広域消防本部 通信指令課'), ['dispatch_desk']);
addPerson('crew-1', offices.find((office) => office.key === 'fire'), ['ambulance_crew'], '救急隊 一号');
addPerson('admin-1', addOffice('region', '990019', 'みずき圏域 事務局'), ['administrator']);
addPerson('head-1', offices.find((office) => office.key === 'station-1'), ['service_manager']);
// The hub whose duty visits at night for other doctors.
const hub = addOffice('hub', '990019', '在宅医療拠点みずき 夜間往診室', { duty_phone: '0990-40-0002' });
addPerson('hub-1', hub, ['doctor']);
addPerson('hub-2', hub, ['visiting_nurse']);
// The hospital that is asked beforehand to see people in an emergency.
const hospital = addOffice('hospital', '990019', 'みずき総合病院 地域連携室', { duty_phone: '0990-40-0003' });
addPerson('liaison-1', hospital, ['hospital_liaison']);
// Who speaks for the doctors of the first town's clinics by day (診療所の代行者).
[1, 2, 3].forEach((k) => addPerson(`proxy-1-${k}`, offices.find((office) => office.key === `clinic-1-${k}`), ['clinic_proxy']));

export const officeOf = (key) => offices.find((office) => office.key === key);
export const personOf = (key) => people.find((person) => person.key === key);

export function patientOf(n) {
  const town = n % 10 < 6 ? 1 : n % 10 < 9 ? 2 : 3;
  const woman = n % 3 !== 0, family = pick(families, n * 11 + Math.floor(n / 34)), given = woman ? pick(women, n * 3) : pick(men, n * 5);
  const year = 1928 + (n * 13) % 22, month = 1 + (n * 7) % 12, day = 1 + (n * 17) % 28;
  return { n, town, patient_id: uuidOf(`patient ${n}`), name: `${family[0]} ${given[0]}`, name_kana: `${family[1]} ${given[1]}`, sex: woman ? 'female' : 'male',
    birth_date: `${year}-${digits(month, 2)}-${digits(day, 2)}`, municipality: municipalities[town - 1].code, care_level: pick(['care_1', 'care_2', 'care_3', 'care_4', 'care_5', 'support_2'], n),
    address: `${municipalities[town - 1].name}${pick(['本町', '桜台', '川原', '新田', '緑が丘'], n)}${1 + n % 4}丁目${1 + n % 19}番${1 + n % 9}号`, phone: `0990-50-${digits(1000 + n, 4)}`,
    insured_number: digits(9000000000 + n, 10) };
}
export { families, pick, digits };
