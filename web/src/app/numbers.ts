// Keeps a patient's telephone numbers on the device while there is a connection, for the moment there is none.
import type { PatientAnswer, PatientLine, ResolveAnswer } from '../model.ts';
import { distinct, keepPhones, phonesOf, type Phone } from '../lib/phones.ts';
import { api } from './api.ts';
import { t, word } from './words.ts';

const FRESH = 12 * 3_600_000;

function teamPhones(patient: PatientAnswer): Phone[] {
  const station = patient.nursing_phone ? [{ name: t('head.nursing_phone'), phone: patient.nursing_phone, reason: '' }] : [];
  const doctors = patient.team
    .filter((member) => member.seat === 'attending_doctor' || member.seat === 'deputy_doctor')
    .map((member) => ({ name: `${member.office} ${member.name}`, phone: member.phone ?? '', reason: word('team_seat', member.seat) }));
  return [...station, ...doctors];
}

async function askedNow(id: string): Promise<Phone[]> {
  const answer = await api<ResolveAnswer>(`/patients/${id}/on-call`);
  return [...answer.numbers, ...answer.targets].map((target) => ({ name: target.name, phone: target.phone ?? '', reason: target.reason }));
}

// The station's duty telephone and the doctors first, then whoever the region would ask, the last resort among them.
export async function keepNumbers(patient: PatientAnswer): Promise<void> {
  const asked = await askedNow(patient.patient_id).catch(() => phonesOf(patient.patient_id)?.phones ?? []);
  const { patient_id, name, terminal_phase, terminal_first_phone } = patient;
  const card = { patient_id, patient_name: name, terminal_phase, phones: distinct([...teamPhones(patient), ...asked]), at: Date.now() };
  keepPhones(terminal_first_phone ? { ...card, terminal_first: terminal_first_phone } : card);
}

// For one's own patients, one after the other, at most twice a day each; their records are not opened for it.
export async function keepNumbersOf(patients: readonly PatientLine[]): Promise<void> {
  for (const { patient_id, name, terminal_phase } of patients) {
    const card = phonesOf(patient_id);
    if (card && Date.now() - card.at < FRESH) continue;
    try {
      keepPhones({ ...card, patient_id, patient_name: name, terminal_phase, phones: distinct(await askedNow(patient_id)), at: Date.now() });
    } catch {
      return;
    }
  }
}
