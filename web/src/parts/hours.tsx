// Hours by class of day, as they are shown, entered and kept.
import { listed, t, word } from '../app/words.ts';
import type { DayClass, PhoneHours } from '../model.ts';
import { bandOf, bandText, clockOf } from '../lib/roster.ts';
import { Input } from './basic.tsx';
import { Ticks } from './choices.tsx';
import { wordsOfEnum } from './form.tsx';

const HOURS_MOST = 8;

export interface HoursDraft {
  day_classes: DayClass[];
  from: string;
  to: string;
}

// "平日・土曜 18:00–翌8:30"
export const hoursWords = (hours: PhoneHours): string =>
  `${listed(hours.day_classes.map((day) => word('day_class', day)))} ${bandText(hours.from_minute, hours.to_minute, (time) => t('duty.next_day', { time }))}`;

export const hoursDraft = (hours: readonly PhoneHours[]): HoursDraft[] =>
  hours.map((one) => ({ day_classes: [...one.day_classes], from: clockOf(one.from_minute), to: clockOf(one.to_minute) }));

// As kept; undefined while something is missing.
export function hoursOf(drafts: readonly HoursDraft[]): PhoneHours[] | undefined {
  const hours = drafts.map((one) => {
    const band = bandOf(one.from, one.to);
    return band && one.day_classes.length > 0 ? { day_classes: one.day_classes, ...band } : undefined;
  });
  return hours.every(Boolean) ? (hours as PhoneHours[]) : undefined;
}

interface HoursProps {
  at: string;
  of: string;
  hours: readonly HoursDraft[];
  onChange: (hours: HoursDraft[]) => void;
}

export function Hours({ at, of, hours, onChange }: HoursProps) {
  const set = (index: number, part: Partial<HoursDraft>) => onChange(hours.map((one, i) => (i === index ? { ...one, ...part } : one)));
  return (
    <>
      {hours.map((one, index) => (
        <fieldset class="choice" key={index}>
          <legend>{t('scheme.band', { number: index + 1 })}</legend>
          <Ticks legend={t('scheme.days')} values={one.day_classes} options={wordsOfEnum('day_class')} onChange={(days) => set(index, { day_classes: days as DayClass[] })} />
          <p class="help">{t('chain.to_help')}</p>
          <div class="pair">
            <Input label={t('chain.from')} at={`${at}/hours/${index}/from_minute`} type="time" required value={one.from} onInput={(from) => set(index, { from })} />
            <Input label={t('chain.to')} at={`${at}/hours/${index}/to_minute`} type="time" required value={one.to} onInput={(to) => set(index, { to })} />
          </div>
          <button type="button" class="button quiet small" onClick={() => onChange(hours.filter((_, i) => i !== index))}>
            {t('phones.remove_hours')}
            <span class="hidden">
              {' '}
              {of}-{index + 1}
            </span>
          </button>
        </fieldset>
      ))}
      <button
        type="button"
        class="button quiet small"
        disabled={hours.length >= HOURS_MOST}
        onClick={() => onChange([...hours, { day_classes: ['weekday'], from: '09:00', to: '18:00' }])}>
        {t('hours.add')}
        <span class="hidden"> {of}</span>
      </button>
    </>
  );
}
