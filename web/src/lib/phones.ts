// Telephone numbers for the moment without a connection, kept on the device per patient while there is one.
import { dropFrom, keep, kept } from './store.ts';

export interface Phone {
  name: string;
  phone: string;
  reason: string;
}

export interface PhoneCard {
  patient_id: string;
  patient_name: string;
  // Agreed first number in 看取り; then 119 is not the first choice.
  terminal_first?: string;
  terminal_phase: boolean;
  phones: Phone[];
  at: number;
}

export const keepPhones = (card: PhoneCard): void => keep(`phones.${card.patient_id}`, card);
export const phonesOf = (patient: string): PhoneCard | undefined => kept<PhoneCard>(`phones.${patient}`);
export const dropPhones = (): void => dropFrom('phones.');

// "090-1234-5678" → "tel:09012345678"; of "代表 011-200-0001 内線12" the number alone. undefined for what cannot be dialled.
export function telephone(number: string): string | undefined {
  const runs = number.normalize('NFKC').match(/[\d+#*][\d+#*\s().\-\u2010-\u2015\u2212\u30fc]*/g) ?? [];
  const digits = runs.map((run) => run.replace(/[^\d+#*]/g, '')).find((run) => run.length >= 3);
  return digits && `tel:${digits}`;
}

// Each number once, in order, without what cannot be dialled.
export function distinct(phones: readonly Phone[]): Phone[] {
  const seen = new Set<string>();
  return phones.filter((phone) => {
    const dialled = telephone(phone.phone);
    if (!dialled || seen.has(dialled)) return false;
    seen.add(dialled);
    return true;
  });
}
