// The one place that knows the shape of the generated types; everything else imports from here.
export * from './generated/messages.ts';
import { labels } from './generated/messages.ts';

export type EnumName = keyof typeof labels;

// The word for a value of an enum, in Japanese or English; the bare name for a value this build does not know yet.
export function enumWord(name: EnumName, value: string, language: 'ja' | 'en'): string {
  const pair = (labels[name] as Readonly<Record<string, readonly [string, string]>>)[value];
  return pair ? pair[language === 'ja' ? 0 : 1] : value;
}

export const enumValues = <T extends string>(name: EnumName): T[] => Object.keys(labels[name]) as T[];
