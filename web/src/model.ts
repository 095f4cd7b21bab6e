// The one place that knows the shape of the generated types; everything else imports from here.
export type * from './generated/messages.ts';
import type { labels } from './generated/messages.ts';

type Labels = typeof labels;
export type EnumName = keyof Labels;

// The words are as much as a page; they come with the catalogue, before anything is shown, and not in the entry.
let known: Labels | undefined;
export async function loadLabels(): Promise<void> {
  known ??= (await import('./labels.ts')).labels;
}

// The word for a value of an enum, in Japanese or English; the bare name for a value this build does not know yet.
export function enumWord(name: EnumName, value: string, language: 'ja' | 'en'): string {
  const pair = (known?.[name] as Readonly<Record<string, readonly [string, string]>> | undefined)?.[value];
  return pair ? pair[language === 'ja' ? 0 : 1] : value;
}

export const enumValues = <T extends string>(name: EnumName): T[] => Object.keys(known?.[name] ?? {}) as T[];
