// What somebody at a dispatch desk typed into the one field: a telephone number, a card, a name with a birth date, or an address.
// Pure; the service folds and matches, this only says which of the four it is.

export type LookupKind = 'phone' | 'card' | 'name' | 'address';

export interface LookupKeys {
  phone?: string;
  card?: string;
  name?: string;
  name_kana?: string;
  birth_date?: string;
  address?: string;
}

export interface Understood {
  kind: LookupKind;
  keys: LookupKeys;
}

// Hyphens of every kind between digits, the long vowel mark typed for one among them.
const DASH = /[\u002d\u2010-\u2015\u2212\u30fc\uff70]/g;
const ERA: Readonly<Record<string, number>> = { m: 1867, 明: 1867, t: 1911, 大: 1911, s: 1925, 昭: 1925, h: 1988, 平: 1988, r: 2018, 令: 2018 };

const day = (year: number, month: number, date: number): string | undefined => {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) && year >= 1860 ? text : undefined;
};

// "1940-3-2", "19400302", "S15.3.2", "昭和15年3月2日" → the date and what stands around it.
export function birthDateIn(text: string): { date: string; rest: string } | undefined {
  const era = /(?:([mtshr])|([明大昭平令])[治正和成]?)\s*(\d{1,2}|元)\s*[./\-年]\s*(\d{1,2})\s*[./\-月]\s*(\d{1,2})日?/i.exec(text);
  const plain = /(\d{4})\s*[./\-年]\s*(\d{1,2})\s*[./\-月]\s*(\d{1,2})日?/.exec(text) ?? /(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)/.exec(text);
  const found = era ?? plain;
  if (!found) return undefined;
  const first = era ? ERA[(era[1] ?? era[2]!).toLowerCase()]! + (era[3] === '元' ? 1 : Number(era[3])) : Number(found[1]);
  const date = day(first, Number(found[era ? 4 : 2]), Number(found[era ? 5 : 3]));
  return date ? { date, rest: (text.slice(0, found.index) + ' ' + text.slice(found.index + found[0].length)).trim().replace(/\s+/g, ' ') } : undefined;
}

// A telephone number beside other words, and what stands around it.
function phoneIn(text: string): { phone?: string; rest: string } {
  const found = /(?<!\d)0\d{1,4}-?\d{1,4}-?\d{3,4}(?!\d)/.exec(text);
  const phone = found?.[0].replaceAll('-', '');
  if (!found || !/^\d{9,11}$/.test(phone!)) return { rest: text };
  return { phone, rest: `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`.trim().replace(/\s+/g, ' ') };
}

const KANA = /^[\u3041-\u3096\u30a1-\u30fa\u30fc\s・]+$/;
const PLACE = /\d\s*(丁目|番|号|-)|[市区町村郡].*\d|(大字|字).*\d/;

export function understand(typed: string, wanted?: LookupKind): Understood | undefined {
  const text = typed.normalize('NFKC').trim().replace(/\s+/g, ' ');
  if (!text) return undefined;
  const dashed = text.replace(/(?<=\d)\s*[\u002d\u2010-\u2015\u2212\u30fc]\s*(?=\d)/g, '-');
  const digits = dashed.replace(/[\s()+-]/g, '');
  const kind = wanted ?? kindOf(dashed, digits);
  if (kind === 'phone') return { kind, keys: { phone: digits } };
  if (kind === 'card') return { kind, keys: { card: text.replace(DASH, '-').replace(/\s/g, '').toUpperCase() } };
  const told = phoneIn(dashed);
  const phone = told.phone ? { phone: told.phone } : {};
  if (kind === 'address') return { kind, keys: { address: told.rest, ...phone } };
  const born = birthDateIn(told.rest);
  const name = born ? born.rest : told.phone ? told.rest : text;
  const named = !name ? {} : KANA.test(name) ? { name_kana: name } : { name };
  return { kind, keys: { ...named, ...(born ? { birth_date: born.date } : {}), ...phone } };
}

function kindOf(text: string, digits: string): LookupKind {
  if (/^\d+$/.test(digits)) return /^0\d{8,10}$/.test(digits) ? 'phone' : birthDateIn(text) ? 'name' : 'card';
  if (/^[\x21-\x7e\s]+$/.test(text) && /\d/.test(text)) return birthDateIn(text)?.rest === '' ? 'name' : 'card';
  const rest = phoneIn(text).rest;
  const born = birthDateIn(rest);
  return PLACE.test(born ? born.rest : rest) ? 'address' : 'name';
}
