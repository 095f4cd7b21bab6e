// The sharing sheet: which items stand in which section, and how three versions of a section come together.
// Pure. Source: table 3 of the ministry's guide, as in proto/types/sheet_section.type and sheet_item.type.
import type { AdlLevel, SheetEntry, SheetItem, SheetSection } from '../model.ts';

// Sections in the order in which a person at the bedside needs them: wishes and sudden change first.
export const SECTION_ORDER: readonly SheetSection[] = [
  'wishes',
  'sudden_change',
  'condition',
  'illness_and_drugs',
  'medical_cautions',
  'living_cautions',
  'daily_living',
  'explanation',
  'family_care',
  'housing',
  'contacts',
];

export const ITEMS: Readonly<Record<SheetSection, readonly SheetItem[]>> = {
  contacts: [],
  wishes: ['person_wish', 'family_wish'],
  condition: ['condition_now', 'medication_taking'],
  daily_living: ['meal', 'excretion', 'bathing', 'transfer', 'dressing', 'oral_care', 'consciousness', 'communication'],
  housing: ['house_layout', 'house_hazard', 'entry_method'],
  family_care: ['caregiver', 'care_possible', 'care_limit'],
  illness_and_drugs: ['disease', 'drug', 'allergy'],
  explanation: ['explained', 'person_reception', 'family_reception'],
  sudden_change: ['expected_change', 'change_response', 'emergency_hospital', 'treatment_wish'],
  medical_cautions: ['medical_caution', 'medical_device'],
  living_cautions: ['living_caution'],
};

export const ADL_LEVELS: readonly AdlLevel[] = ['independent', 'watched', 'partly', 'fully'];

// Words whose date and hearer matter: a wish is worth as much as the day it was said.
const HEARD: ReadonlySet<SheetItem> = new Set<SheetItem>(['person_wish', 'family_wish', 'treatment_wish', 'person_reception', 'family_reception']);

export const hasLevel = (section: SheetSection): boolean => section === 'daily_living';
export const isHeard = (item: SheetItem): boolean => HEARD.has(item);

export function entryOf(entries: readonly SheetEntry[], item: SheetItem): SheetEntry | undefined {
  return entries.find((entry) => entry.item === item);
}

// An entry that says nothing is no entry.
export function isBlank(entry: SheetEntry | undefined): boolean {
  return !entry || (!entry.text?.trim() && !entry.level);
}

export function sameEntry(one: SheetEntry | undefined, other: SheetEntry | undefined): boolean {
  if (isBlank(one) || isBlank(other)) return isBlank(one) && isBlank(other);
  return (
    (one!.text ?? '').trim() === (other!.text ?? '').trim() &&
    one!.level === other!.level &&
    (one!.recorded_on ?? '') === (other!.recorded_on ?? '') &&
    (one!.heard_by ?? '') === (other!.heard_by ?? '')
  );
}

export function sameEntries(one: readonly SheetEntry[], other: readonly SheetEntry[], section: SheetSection): boolean {
  return ITEMS[section].every((item) => sameEntry(entryOf(one, item), entryOf(other, item)));
}

// What is sent: no blanks, texts trimmed, in the order of the form.
export function cleaned(entries: readonly SheetEntry[], section: SheetSection): SheetEntry[] {
  const result: SheetEntry[] = [];
  for (const item of ITEMS[section]) {
    const entry = entryOf(entries, item);
    if (!entry || isBlank(entry)) continue;
    const clean: SheetEntry = { item };
    if (entry.text?.trim()) clean.text = entry.text.trim();
    if (entry.level) clean.level = entry.level;
    if (entry.recorded_on) clean.recorded_on = entry.recorded_on;
    if (entry.heard_by?.trim()) clean.heard_by = entry.heard_by.trim();
    result.push(clean);
  }
  return result;
}

export function withEntry(entries: readonly SheetEntry[], item: SheetItem, change: Partial<SheetEntry>): SheetEntry[] {
  const before = entryOf(entries, item) ?? { item };
  return [...entries.filter((entry) => entry.item !== item), { ...before, ...change }];
}

export type Side = 'same' | 'mine' | 'theirs' | 'both_changed';

export interface MergeLine {
  item: SheetItem;
  side: Side;
  base?: SheetEntry;
  mine?: SheetEntry;
  theirs?: SheetEntry;
  // What the merge proposes; the editor may choose otherwise.
  proposed?: SheetEntry;
}

// Three versions of a section, item by item. What only one side touched is taken from it; what both touched differently
// is proposed with both texts, one under the other, so that nothing anybody wrote disappears unseen.
export function merge(section: SheetSection, base: readonly SheetEntry[], mine: readonly SheetEntry[], theirs: readonly SheetEntry[]): MergeLine[] {
  return ITEMS[section].map((item) => {
    const line = { item, base: entryOf(base, item), mine: entryOf(mine, item), theirs: entryOf(theirs, item) };
    if (sameEntry(line.mine, line.theirs)) return { ...line, side: 'same', proposed: line.theirs };
    if (sameEntry(line.base, line.mine)) return { ...line, side: 'theirs', proposed: line.theirs };
    if (sameEntry(line.base, line.theirs)) return { ...line, side: 'mine', proposed: line.mine };
    return { ...line, side: 'both_changed', proposed: joined(item, line.mine, line.theirs) };
  });
}

// Both texts in one entry; of the levels the newer one of the record (theirs), unless only mine has one.
export function joined(item: SheetItem, mine: SheetEntry | undefined, theirs: SheetEntry | undefined): SheetEntry {
  const texts = [theirs?.text?.trim(), mine?.text?.trim()].filter((text): text is string => Boolean(text));
  const entry: SheetEntry = { ...theirs, ...(isBlank(theirs) ? mine : {}), item };
  const text = texts[0] === texts[1] ? texts[0] : texts.join('\n');
  if (text) entry.text = text;
  const level = theirs?.level ?? mine?.level;
  if (level) entry.level = level;
  return entry;
}

export interface Piece {
  text: string;
  kind: 'same' | 'gone' | 'new';
}

// What differs between two texts, sentence by sentence (Japanese has no blanks to split at); longest common subsequence.
export function difference(before: string, after: string): Piece[] {
  const old = sentences(before);
  const fresh = sentences(after);
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(fresh.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = fresh.length - 1; j >= 0; j--)
      table[i]![j] = old[i] === fresh[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
  const pieces: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) (pieces.push({ text: old[i++]!, kind: 'same' }), j++);
    else if (j >= fresh.length || (i < old.length && table[i + 1]![j]! >= table[i]![j + 1]!)) pieces.push({ text: old[i++]!, kind: 'gone' });
    else pieces.push({ text: fresh[j++]!, kind: 'new' });
  }
  return pieces;
}

function sentences(text: string): string[] {
  return text.match(/[^。．！？\n、]+[。．！？\n、]?|[。．！？\n、]/g) ?? [];
}
