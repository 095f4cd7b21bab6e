// people.mjs - what the load is about: invented persons of one municipality, each with a care team of six and a consent, registered over HTTP.
// The nurse writes, the care manager's stream is the one that is connected, a doctor outside the team is asked in an emergency.
import crypto from 'node:crypto';
import { Api, uuidOf } from '../../deploy/demo/api.mjs';
import { personOf } from '../../deploy/demo/people.mjs';

const TOWN = '990019';
const items = { wishes: 'person_wish', condition: 'condition_now', daily_living: 'meal', housing: 'house_layout', family_care: 'caregiver', illness_and_drugs: 'disease',
  explanation: 'explained', sudden_change: 'expected_change', medical_cautions: 'medical_caution', living_cautions: 'living_caution' };
const seats = [['care_manager', 'manager-1-1'], ['attending_doctor', 'doctor-1-2'], ['visiting_nursing', 'nurse-1-1'], ['home_help', 'helper-1'], ['pharmacy', 'pharmacist-1'],
  ['deputy_doctor', 'doctor-1-3']];
const everyDay = ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear'];

async function registerOne(manager, n) {
  const id = uuidOf(`load ${n} ${crypto.randomUUID()}`);
  await manager.must('POST', '/patients', { patient_id: id, name: `負荷 試験${n}`, name_kana: 'フカ シケン', birth_date: '1940-01-01', sex: 'female', municipality: TOWN });
  for (const [seat, key] of seats)
    await manager.must('POST', `/patients/${id}/team`, { member_id: crypto.randomUUID(), seat, person_id: personOf(key).person_id, office_id: personOf(key).office.office_id });
  const consent = (scope, extra = {}) => manager.must('POST', `/patients/${id}/consents`, { consent_id: crypto.randomUUID(), scope, giver: 'person', method: 'written', from: '2026-04-01', ...extra });
  await consent('team');
  await consent('duty_doctors', { rotation_id: uuidOf(`rotation ${TOWN}`) });
  return id;
}

const askDoctor = (manager, id) => manager.must('PUT', `/patients/${id}/chain`, { rows: [{ position: 1, day_classes: everyDay, from_minute: 0, to_minute: 1440, target: 'person',
  person_id: personOf('doctor-1-1').person_id, delay_seconds: 600 }] });

// Returns their ids.  Registered by eight at once; the rest of the region learns of them within moments.
export async function registerPeople(manager, count) {
  const ids = [];
  let next = 0;
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (next < count) ids.push(await registerOne(manager, next++));
  }));
  await new Promise((resolve) => setTimeout(resolve, 3000));
  for (const id of ids) await askDoctor(manager, id);
  return ids;
}

export async function logIn(base, account) {
  const api = new Api(base);
  await api.login(account);
  return api;
}

// Neighbouring lines are of different persons, so that what runs at once seldom waits for the same row.
export const targetsOf = (ids) => Object.entries(items).flatMap(([section, item]) => ids.map((id) => `${id} ${section} ${item} 0`)).join('\n') + '\n';
