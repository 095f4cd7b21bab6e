// region.mjs - what the demo's municipalities have set up together: desks for questions, how many old people they have, an agreement that ends soon, a joint office.
import { uuidOf } from './api.mjs';
import { municipalities, personOf } from './people.mjs';

const DESKS = ['在宅医療・介護連携支援センターみずき', '川べり町 在宅医療相談室', '三つ峰村 医療と介護の相談窓口'], OLD = [9400, 2150, 640], ALL = [61000, 11800, 2400];
const dayIn = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

export async function fillRegion(api) {
  for (const [at, { code, name, desk_phone }] of municipalities.entries()) {
    await api.must('PUT', `/support-desks/${uuidOf(`support desk ${code}`)}`, { municipality: code, name: DESKS[at], role: '退院の調整、医療と介護の関係者からの相談', operator: at === 0 ? 'みずき医師会（市の委託）' : `${name}の直営`,
      address: `${name}本町1丁目1番1号`, phone: desk_phone, hours: '平日 9時から17時（祝日・年末年始を除く）', area: `${name}の全域`, residents: at > 0 });
    await api.must('PUT', `/populations/${code}/2026`, { people_75: OLD[at], people: ALL[at], source: '住民基本台帳 2026年1月1日（架空）' });
  }
  const [giving, receiving, village] = municipalities;
  await api.must('PUT', `/agreements/${uuidOf('agreement 1')}`, { giving: giving.code, receiving: receiving.code, kinds: ['facility_items'], professions: ['municipal_officer', 'consultation_desk'], from: '2026-04-01', to: dayIn(45) });
  await api.must('PUT', `/mandates/${uuidOf('mandate 1')}`, { municipality: village.code, office_id: personOf('officer-1').office.office_id, from: '2026-04-01', given_by: `${village.name}議会の議決（架空）` });
}
