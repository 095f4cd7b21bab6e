// facilities.mjs - the demo's own offices as the published list has them, imported as any file is, and what one station says of itself.
import { municipalities, offices } from './people.mjs';
import { pointOf } from './places.mjs';

const KINDS = { station: '訪問看護', care: '居宅介護支援', help: '訪問介護' };
const HEAD = '都道府県コード又は市町村コード,都道府県名,市区町村名,事業所名,事業所名カナ,サービスの種類,住所,電話番号,事業所番号,URL,緯度,経度';

// A day service of the first town: it has no account, the operator writes down how many places are free.
const [first] = municipalities;
const DAY = [first.code, first.prefecture, first.name, 'デイサービスひなた', 'デイサービスヒナタ', '通所介護', `${first.prefecture}${first.name}本町99番`, '0990-73-0001', '9973000001'];

function listOf() {
  return offices.filter((office) => office.facility_number).map(({ key, name, municipality, phone, facility_number }, at) => {
    const { latitude, longitude } = pointOf(municipality, at);
    const town = municipalities.find(({ code }) => code === municipality);
    return [municipality, town.prefecture, town.name, name, '', KINDS[key.split('-')[0]], `${town.prefecture}${town.name}本町${at + 1}番`, phone, facility_number, key.startsWith('station') ? `${key}@example.invalid` : '',
      ...(key === 'help-3' ? ['', ''] : [latitude, longitude])].join(',');
  }).concat(`${DAY.join(',')},,,`);
}

async function reach(api, id, wanted) {
  for (let turn = 0; turn < 240; turn++) {
    const { state, why } = await api.must('GET', `/imports/${id}`);
    if (state === wanted) return;
    if (['refused', 'failed'].includes(state)) throw new Error(`the demo's list was ${state}: ${why}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`the demo's list was not ${wanted} in a minute`);
}

export async function importFacilities(api) {
  const raw = Buffer.from(`${[HEAD, ...listOf()].join('\n')}\n`);
  const { upload_id } = await api.must('POST', '/uploads', { name: 'demo.csv', size: raw.length });
  await api.must('PUT', `/uploads/${upload_id}`, raw);
  await api.must('POST', `/uploads/${upload_id}/finish`, {});
  const { import_id } = await api.must('POST', '/imports', { upload_id, profile: 'kaigo-jigyosho' });
  await reach(api, import_id, 'checked');
  await api.must('POST', `/imports/${import_id}/run`, {});
  await reach(api, import_id, 'done');
}

// As the station's manager: what it can do, and whom it lets know.
export async function fillRecord(api) {
  const { facilities } = await api.must('GET', `/facilities?limit=1&service=${encodeURIComponent(KINDS.station)}&municipality=${municipalities[0].code}`), at = `/facilities/${facilities[0].facility_id}`;
  await api.must('POST', `${at}/items`, { source: 'own', items: [{ item: 'emergency_visits', answer: 'yes', notified: true }, { item: 'emergency_visits', answer: 'yes', performed: true, text: '24時間、当番携帯で受けます' },
    { item: 'end_of_life_nursing', answer: 'yes', performed: true }, { item: 'coordinator', answer: 'yes', text: '連携担当 汐見 恵' },
    { item: 'coordinator_reach', answer: 'yes', text: '事務所の電話（不在のときは折り返します）' }, { item: 'coordinator_when', answer: 'yes', text: '平日 13:00–16:00' }] });
  const week = [1, 2, 3, 4, 5].map((day) => ({ day, from_minute: 510, to_minute: 1050 }));
  await api.must('POST', `${at}/hours`, { purpose: 'service', source: 'own', slots: [...week, { day: 6, weeks: [1, 3], from_minute: 510, to_minute: 720 }], closed: [7, 8], year_end: 'closed' });
  await api.must('POST', `${at}/consent`, { items: ['emergency_visits', 'end_of_life_nursing', 'hours', 'coordinator', 'coordinator_reach', 'coordinator_when'], audiences: ['administration', 'professionals'], given_by: '管理者', given_on: '2026-04-01' });
}

// As the operator: free places are known as of today, to professionals; who is open on Sundays, too.
export async function fillFreePlaces(api, today) {
  const { facilities } = await api.must('GET', `/facilities?limit=1&service=${encodeURIComponent(DAY[5])}&text=${encodeURIComponent(DAY[3])}`), at = `/facilities/${facilities[0].facility_id}`;
  await api.must('POST', `${at}/items`, { source: 'survey', source_date: today, items: [{ item: 'free_places', answer: 'yes', text: '3' }] });
  await api.must('POST', `${at}/hours`, { purpose: 'service', source: 'survey', source_date: today, slots: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from_minute: 540, to_minute: 990 })), closed: [], holidays_as_weekdays: true, year_end: 'closed' });
  await api.must('POST', `${at}/consent`, { items: ['free_places', 'hours'], audiences: ['administration', 'professionals'], given_by: '管理者', given_on: today });
}

// As the first town's officer: what has to be approved, a survey of the nursing stations after the medical association was asked, and one
// answer that came back on paper.
export async function fillUpkeep(api) {
  const town = municipalities[0].code, id = '0190a3b4-0000-7000-8000-0000000d0001', at = `/surveys/${id}`;
  await api.must('PUT', `/upkeep/${town}`, { months: 12, review_items: ['end_of_life_nursing'] });
  await api.must('PUT', at, { municipality: town, title: '訪問看護・介護事業所の調査（デモ）', intro: '地域の資源マップに載せるための調査です。ご協力をお願いします。',
    kinds: ['home_nursing', 'care'], items: ['special_management', 'hours', 'fax'], due_on: new Date(Date.now() + 21 * 86400e3).toISOString().slice(0, 10) });
  await api.must('POST', `${at}/consultations`, { body: 'みずき医師会', held_on: '2026-04-10', remark: '項目を3つにしぼり、電話での督促はしない' });
  await api.must('POST', `${at}/open`, {});
  const { letters } = await api.must('GET', at), paper = letters.find(({ way, name }) => way === 'paper' && name !== DAY[3]);
  await api.must('POST', `/letter-codes/${paper.code}`, { items: [{ item: 'hours', answer: 'yes', text: '月から金 9:00–17:00' }], consents: [{ item: 'hours', audiences: ['professionals', 'residents'] }], given_by: '管理者' });
}
