// Times as people say them. Everything is shown in Japan's time, whatever the device thinks; a day belongs to Asia/Tokyo.
// Pure: the present is a parameter.

export type Language = 'ja' | 'en';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TOKYO = 9 * HOUR;
const WEEKDAYS = { ja: ['日', '月', '火', '水', '木', '金', '土'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] };
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

// The calendar fields in Japan of an instant (ms since 1970).
function inTokyo(at: number) {
  const shifted = new Date(at + TOKYO);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    dayNumber: Math.floor((at + TOKYO) / DAY),
  };
}

export function parseTime(text: string): number {
  return Date.parse(text);
}

// "21:42"
export function clockTime(at: number): string {
  const { hour, minute } = inTokyo(at);
  return `${hour}:${String(minute).padStart(2, '0')}`;
}

// "2026年11月22日（日）"
export function fullDate(at: number, language: Language): string {
  const { year, month, day, weekday } = inTokyo(at);
  return language === 'ja' ? `${year}年${month}月${day}日（${WEEKDAYS.ja[weekday]}）` : `${WEEKDAYS.en[weekday]} ${day} ${MONTHS[month - 1]} ${year}`;
}

// "11月22日（日）"
export function shortDate(at: number, language: Language): string {
  const { month, day, weekday } = inTokyo(at);
  return language === 'ja' ? `${month}月${day}日（${WEEKDAYS.ja[weekday]}）` : `${WEEKDAYS.en[weekday]} ${day} ${MONTHS[month - 1]!.slice(0, 3)}`;
}

// A plain date of the record ("1938-04-02") as an instant at midnight in Japan.
export function dateAt(date: string): number {
  return Date.parse(`${date}T00:00:00+09:00`);
}

// Today in Japan as "YYYY-MM-DD".
export function dayOf(at: number): string {
  return new Date(at + TOKYO).toISOString().slice(0, 10);
}

// RFC 3339 with Japan's offset, as sent to the server.
export function toWire(at: number): string {
  return new Date(at + TOKYO).toISOString().replace('Z', '+09:00');
}

// "3分前", "2時間前", "昨日", "5日前"; ahead: "5分後", "明日".
export function relative(at: number, now: number, language: Language): string {
  const gap = now - at;
  const ja = language === 'ja';
  if (Math.abs(gap) < MINUTE) return ja ? 'たった今' : 'just now';
  const days = inTokyo(now).dayNumber - inTokyo(at).dayNumber;
  const size = Math.abs(gap);
  const after = gap < 0;
  if (size < HOUR) return count(Math.floor(size / MINUTE), '分', 'min', after, ja);
  if (days === 0 || size < 6 * HOUR) return count(Math.floor(size / HOUR), '時間', 'h', after, ja);
  if (days === 1) return ja ? '昨日' : 'yesterday';
  if (days === -1) return ja ? '明日' : 'tomorrow';
  return count(Math.abs(days), '日', 'days', after, ja);
}

function count(number: number, ja: string, en: string, after: boolean, japanese: boolean): string {
  if (japanese) return `${number}${ja}${after ? '後' : '前'}`;
  return after ? `in ${number} ${en}` : `${number} ${en} ago`;
}

// The absolute half of a time: the clock alone today, with the date otherwise, with the year when it is another one.
export function absolute(at: number, now: number, language: Language): string {
  const there = inTokyo(at);
  const here = inTokyo(now);
  if (there.dayNumber === here.dayNumber) return clockTime(at);
  const date = there.year === here.year ? shortDate(at, language) : fullDate(at, language);
  return `${date} ${clockTime(at)}`;
}

// "3分前（21:42）"
export function both(at: number, now: number, language: Language): string {
  const open = language === 'ja' ? '（' : ' (';
  const close = language === 'ja' ? '）' : ')';
  return `${relative(at, now, language)}${open}${absolute(at, now, language)}${close}`;
}

// Completed years on a day in Japan.
export function age(birth: string, now: number): number {
  const today = dayOf(now);
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) < birth.slice(5) ? years - 1 : years;
}

const ERAS: ReadonlyArray<readonly [string, string]> = [
  ['2019-05-01', '令和'],
  ['1989-01-08', '平成'],
  ['1926-12-25', '昭和'],
  ['1912-07-30', '大正'],
  ['1868-01-25', '明治'],
];

// "昭和13年4月2日", as on the paper form.
export function eraDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const era = ERAS.find(([since]) => date >= since);
  if (!era) return `${year}年${month}月${day}日`;
  const number = year - Number(era[0].slice(0, 4)) + 1;
  return `${era[1]}${number === 1 ? '元' : number}年${month}月${day}日`;
}

// A wall-clock answer "22:20" as the next such instant after now; undefined when it is not a time.
export function nextClock(text: string, now: number): number | undefined {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (!match || Number(match[1]) > 23 || Number(match[2]) > 59) return undefined;
  const midnight = inTokyo(now).dayNumber * DAY - TOKYO;
  const today = midnight + Number(match[1]) * HOUR + Number(match[2]) * MINUTE;
  return today > now ? today : today + DAY;
}

// A wall-clock time "23:50" written down afterwards: the last such instant that is not more than an hour ahead.
export function nearestClock(text: string, now: number): number | undefined {
  const next = nextClock(text, now);
  return next === undefined || next - now <= HOUR ? next : next - DAY;
}

// Whole minutes since; never below zero.
export function minutesSince(at: number, now: number): number {
  return Math.max(0, Math.floor((now - at) / MINUTE));
}
