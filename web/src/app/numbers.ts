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

// The station's duty telephone and the doctors first, then whoever the region would ask, the last resort among them.
export async function keepNumbers(patient: PatientAnswer): Promise<void> {
  let asked: Phone[] = [];
  try {
    const answer = await api<ResolveAnswer>(`/patients/${patient.patient_id}/on-call`);
    asked = [...answer.numbers, ...answer.targets].map((target) => ({
      name: target.name,
      phone: target.phone ?? '',
      reason: target.target === 'last_resort' ? word('target_kind', 'last_resort') : target.reason,
    }));
  } catch {
    asked = phonesOf(patient.patient_id)?.phones ?? [];
  }
  const card = {
    patient_id: patient.patient_id,
    patient_name: patient.name,
    terminal_phase: patient.terminal_phase,
    phones: distinct([...teamPhones(patient), ...asked]),
    at: Date.now(),
  };
  keepPhones(patient.terminal_first_phone ? { ...card, terminal_first: patient.terminal_first_phone } : card);
}

// For one's own patients, one after the other, at most twice a day each.
export async function keepNumbersOf(patients: readonly PatientLine[]): Promise<void> {
  for (const line of patients) {
    const card = phonesOf(line.patient_id);
    if (card && Date.now() - card.at < FRESH) continue;
    try {
      await keepNumbers(await api<PatientAnswer>(`/patients/${line.patient_id}`));
    } catch {
      return;
    }
  }
}
