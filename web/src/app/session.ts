// Who is logged in, for which office, and what belongs to that person on this device.
import { computed, signal } from '@preact/signals';
import type { MunicipalityView, Role, SessionNowAnswer } from '../model.ts';
import { dropDrafts } from '../lib/drafts.ts';
import { dropPhones } from '../lib/phones.ts';
import { dropDuty } from '../lib/duty.ts';
import { drop, keep, kept } from '../lib/store.ts';
import { api, lockedOut } from './api.ts';

export const session = signal<SessionNowAnswer | undefined>(undefined);
export const municipalities = signal<ReadonlyMap<string, string>>(new Map());

export const has = (...roles: Role[]): boolean => roles.some((role) => session.value?.roles.includes(role));

const REPORTERS: Role[] = [
  'visiting_nurse',
  'helper',
  'care_manager',
  'doctor',
  'pharmacist',
  'dentist',
  'therapist',
  'service_manager',
  'support_centre',
  'hospital_liaison',
  'last_resort',
];
const CURATORS: Role[] = ['municipal_officer', 'administrator', 'operator'];
export const mayReport = computed(() => has(...REPORTERS));
// Who draws up the duty table.
const ARRANGERS: Role[] = ['rota_office', 'administrator', 'operator'];
export const mayArrange = computed(() => has(...ARRANGERS));
export const mayImport = computed(() => has(...CURATORS));
// Who may sit in a care team may record a person.
export const mayRecord = computed(() => has(...REPORTERS.filter((role) => role !== 'last_resort')));
// Officers and administrators see no patient (practice.md, Registry).
export const seesPatients = computed(() => mayReport.value || has('hospital_night_desk'));

export async function loadSession(): Promise<void> {
  session.value = await api<SessionNowAnswer>('/session', { quiet401: true });
  lockedOut.value = '';
  keep('region', { region: session.value.region, desk_phone: session.value.desk_phone });
  void loadMunicipalities();
}

// The region's name and desk as last seen, for the log-in page.
export const lastRegion = (): { region?: string; desk_phone?: string } => kept('region') ?? {};

async function loadMunicipalities(): Promise<void> {
  try {
    const answer = await api<{ municipalities: MunicipalityView[] }>('/municipalities', { query: { in_region: true } });
    municipalities.value = new Map(answer.municipalities.map((one) => [one.code, one.name]));
  } catch {
    // names are a courtesy: the code of the session's own municipality is known anyway
  }
}

export function municipalityName(code: string): string {
  return municipalities.value.get(code) ?? (code === session.value?.municipality ? session.value.municipality_name : '');
}

// Nothing of a person stays on a shared device; reports nobody has answered do, and go on when that person is back.
export function forgetPerson(): void {
  dropDrafts();
  dropPhones();
  dropDuty();
  drop('seen');
  session.value = undefined;
}

export async function logOut(): Promise<void> {
  try {
    await api('/logout', { method: 'POST', quiet401: true });
  } finally {
    forgetPerson();
    lockedOut.value = 'gone';
  }
}
