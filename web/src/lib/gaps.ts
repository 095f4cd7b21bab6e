// What the list of gaps shows: somebody on duty who cannot be reached stands once with the number of shifts, not once a shift; an office whose
// telephones are silent every night once with the number of nights.
import type { RosterGap } from '../model.ts';

export interface GapGroup {
  gap: RosterGap;
  // Further shifts of the same person, or times of the same office, that fail for the same reason.
  more: number;
}

export function groupGaps(gaps: readonly RosterGap[]): GapGroup[] {
  const groups: GapGroup[] = [];
  const people = new Map<string, GapGroup>();
  for (const gap of gaps) {
    const key =
      gap.kind === 'unreachable' && gap.person_id
        ? `${gap.rotation_id} ${gap.person_id}`
        : gap.kind === 'silent' && gap.office_id
          ? `${gap.municipality} ${gap.office_id} ${gap.patient_id ?? ''}`
          : '';
    const known = key ? people.get(key) : undefined;
    if (known) {
      known.more++;
      known.gap = { ...known.gap, soon: known.gap.soon || gap.soon, yearend: known.gap.yearend || gap.yearend };
      continue;
    }
    const group = { gap, more: 0 };
    groups.push(group);
    if (key) people.set(key, group);
  }
  return groups;
}
