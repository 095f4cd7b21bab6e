// Unsaved text: kept per person, patient and section; cleared on saving and on logging out.
import { drop, dropFrom, keep, kept, keysFrom } from './store.ts';
import type { SheetEntry, SheetSection } from '../model.ts';

export interface Draft {
  base_version: number;
  base: SheetEntry[];
  entries: SheetEntry[];
  at: number;
}

const key = (person: string, patient: string, section: SheetSection) => `draft.${person}.${patient}.${section}`;

export const keepDraft = (person: string, patient: string, section: SheetSection, draft: Draft): void => keep(key(person, patient, section), draft);
export const draftOf = (person: string, patient: string, section: SheetSection): Draft | undefined => kept<Draft>(key(person, patient, section));
export const dropDraft = (person: string, patient: string, section: SheetSection): void => drop(key(person, patient, section));
export const countDrafts = (person: string): number => keysFrom(`draft.${person}.`).length;
export const dropDrafts = (): void => dropFrom('draft.');
