// The words of the pages. Two catalogues with the same keys; one is loaded, the other follows when somebody switches.
import { signal } from '@preact/signals';
import type { Language } from '../lib/time.ts';
import { keep, kept } from '../lib/store.ts';
import { enumWord, loadLabels, type EnumName } from '../model.ts';
import type { Key } from '../i18n/ja.ts';

export type { Key };
type Catalogue = Readonly<Record<Key, string>>;

const catalogue = signal<Catalogue | undefined>(undefined);
export const language = signal<Language>(kept<Language>('language') ?? 'ja');

export async function loadWords(wanted: Language = language.value): Promise<void> {
  const [loaded] = await Promise.all([wanted === 'en' ? import('../i18n/en.ts') : import('../i18n/ja.ts'), loadLabels()]);
  catalogue.value = loaded.default;
  language.value = wanted;
  document.documentElement.lang = wanted;
  keep('language', wanted);
}

// The words for a key; {name} stands for a parameter.
export function t(key: Key, params?: Readonly<Record<string, string | number>>): string {
  const text = catalogue.value?.[key] ?? key;
  return params ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole)) : text;
}

export const word = (name: EnumName, value: string | undefined): string => (value ? enumWord(name, value, language.value) : '');

// Between two facts of one line.
export const dot = (): string => (language.value === 'ja' ? '・' : ', ');

// "訪問看護師・サービス提供責任者"
export const listed = (texts: readonly string[]): string => texts.join(dot());
