// staffing.mjs - an office that has pledged and is approved, who manages whom, and what is planned for April: as those people would do it.
import { uuidOf } from './api.mjs';
import { officeOf } from './people.mjs';

export async function openOffices({ head, officer }) {
  const station = `/offices/${officeOf('station-1').office_id}`, clinic = `/offices/${officeOf('clinic-1-1').office_id}`;
  await head.must('PUT', `${station}/pledge`, { version: '2026-11' });
  await officer.must('PUT', `${station}/approval`, { approved: true, roles: ['visiting_nurse', 'therapist'] });
  await officer.must('PUT', `${clinic}/keeper`, { keeper_id: officeOf('association').office_id });
  const april = new Date().getUTCMonth() < 3 ? new Date().getUTCFullYear() : new Date().getUTCFullYear() + 1;
  await head.must('PUT', `${station}/plans/${uuidOf('plan april 1')}`, { on: `${april}-04-01`, kind: 'joins', name: '見本 若葉', note: '訪問看護師。3月中にIDを用意' });
  await head.must('PUT', `${station}/plans/${uuidOf('plan april 2')}`, { on: `${april}-03-31`, kind: 'leaves', name: '見本 紅葉', note: '訪問看護の席は、同じ担当の方へ' });
}
