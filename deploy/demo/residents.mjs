// residents.mjs - what the demo's residents see: the first town's offices are reviewed, the station lets residents know what it can do and has
// confirmed its proof, another proof waits, and a nurse has found something that differs.
import { municipalities } from './people.mjs';

const today = () => new Date(Date.now() + 9 * 3600_000).toISOString().slice(0, 10);

export async function showToResidents(officer, manager, nurse) {
  const { facilities } = await officer.must('GET', `/facility-reviews?municipality=${municipalities[0].code}&limit=200`);
  const ids = facilities.map(({ facility_id }) => facility_id), station = facilities.find(({ service }) => service === '訪問看護'), other = facilities.find(({ service }) => service !== '訪問看護');
  if (ids.length > 0) await officer.must('POST', '/facility-reviews', { facilities: ids, reviewed: true });
  if (!station || !other) return;
  await manager.must('POST', `/facilities/${station.facility_id}/consent`, { items: ['emergency_visits', 'end_of_life_nursing', 'hours'],
    audiences: ['administration', 'professionals', 'residents'], given_by: '管理者', given_on: today() });
  await manager.must('POST', `/facilities/${station.facility_id}/proof`, { given_by: '管理者' });
  await officer.must('POST', '/facility-proofs', { facilities: [other.facility_id] });
  await nurse.must('POST', `/facilities/${other.facility_id}/reports`, { what: '電話番号の最後の1けたが違うようです。先週かけたら、別の方が出ました。' });
}
