// A period as people say it, relative to the present.
import { now } from '../app/clock.ts';
import { language } from '../app/words.ts';
import { absolute, parseTime } from '../lib/time.ts';

export const spanText = (from: string, to: string): string =>
  `${absolute(parseTime(from), now.value, language.value)} – ${absolute(parseTime(to), now.value, language.value)}`;
