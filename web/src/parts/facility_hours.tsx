// Hours of a facility, a line for each day: open from when to when, in which weeks of the month, closed, or not known.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useSend, type Loaded } from '../app/load.ts';
import { listed, t, word } from '../app/words.ts';
import { draftsOf, EVERY_WEEK, freshSlot, HOLIDAY, hoursOfDrafts, SLOTS_A_DAY, weekLikeMonday, weeksOf, type DayDraft, type DayState, type SlotDraft } from '../lib/opening.ts';
import { dayOf } from '../lib/time.ts';
import type { FacilityAnswer, HoursPurpose, ItemSource, YearEnd } from '../model.ts';
import { Input } from './basic.tsx';
import { Select } from './choices.tsx';
import { Fold, Form, wordsOfEnum } from './form.tsx';

interface HoursProps {
  id: string;
  facility: Loaded<FacilityAnswer>;
}

// Doctors' hours only where there are doctors.
function purposesOf({ beyond = [] }: FacilityAnswer): HoursPurpose[] {
  const doctors: HoursPurpose[] = beyond.includes('meeting_hours') ? ['meeting', 'conference'] : [];
  return ['service', ...doctors];
}

export function FacilityHours({ id, facility }: HoursProps) {
  const purposes = purposesOf(facility.data!);
  const [purpose, setPurpose] = useState<HoursPurpose>('service');
  return (
    <Fold title={t('opening.write')}>
      {purposes.length > 1 && (
        <Select
          label={t('opening.purpose')}
          value={purpose}
          options={purposes.map((value) => ({ value, text: word('hours_purpose', value) }))}
          onChange={(value) => setPurpose(value as HoursPurpose)}
        />
      )}
      <HoursForm key={purpose} id={id} facility={facility} purpose={purpose} />
    </Fold>
  );
}

function HoursForm({ id, facility, purpose }: HoursProps & { purpose: HoursPurpose }) {
  const kept = facility.data!.hours?.find((one) => one.purpose === purpose);
  const [days, setDays] = useState(() => draftsOf(kept));
  const [yearEnd, setYearEnd] = useState<YearEnd | ''>(kept?.year_end ?? '');
  const [closedWords, setClosedWords] = useState(kept?.closed_words ?? '');
  const [source, setSource] = useState<ItemSource>('own');
  const [day, setDay] = useState(dayOf(Date.now()));
  const [saved, setSaved] = useState(false);
  const sending = useSend();
  const body = hoursOfDrafts(days);
  const set = (at: number, fresh: DayDraft) => {
    setSaved(false);
    setDays(days.map((one, index) => (index === at ? fresh : one)));
  };
  const more = { ...(yearEnd && { year_end: yearEnd }), ...(closedWords.trim() && { closed_words: closedWords.trim() }), ...(day && { source_date: day }) };
  const send = () =>
    sending.send(async () => {
      await api(`/facilities/${id}/hours`, { method: 'POST', body: { purpose, ...body!, ...more, source } });
      await facility.again();
      setSaved(true);
    });
  return (
    <Form sending={sending} label={t('opening.save')} onSend={send} disabled={!body} done={saved ? t('opening.saved') : undefined}>
      {kept?.raw && (
        <p class="help">
          {t('facility.raw')} {kept.raw}
        </p>
      )}
      <p class="help">{t('opening.help')}</p>
      {days.map((one, at) => (
        <DayRow key={at} day={at + 1} value={one} first={days.slice(0, at).reduce((sum, before) => sum + before.slots.length, 0)} onChange={(fresh) => set(at, fresh)}>
          {at === 0 && one.state !== 'unknown' && (
            <button type="button" class="button quiet small" onClick={() => setDays(weekLikeMonday(days))}>
              {t('opening.like_monday')}
            </button>
          )}
        </DayRow>
      ))}
      <div class="pair">
        <Select
          label={t('opening.year_end')}
          at="/year_end"
          optional
          none={t('resource.not_said')}
          value={yearEnd}
          options={wordsOfEnum('year_end')}
          onChange={(value) => setYearEnd(value as YearEnd | '')}
        />
        <Input label={t('opening.closed_words')} at="/closed_words" help={t('opening.closed_help')} optional maxLength={60} value={closedWords} onInput={setClosedWords} />
      </div>
      <div class="pair">
        <Select label={t('facility.source')} at="/source" value={source} options={wordsOfEnum('item_source')} onChange={(value) => setSource(value as ItemSource)} />
        <Input label={t('resource.source_day')} at="/source_date" type="date" optional max={dayOf(Date.now())} value={day} onInput={setDay} />
      </div>
    </Form>
  );
}

interface DayProps {
  day: number;
  value: DayDraft;
  // Slots of the days before: a refusal counts them through.
  first: number;
  onChange: (value: DayDraft) => void;
  children?: preact.ComponentChildren;
}

function DayRow({ day, value, first, onChange, children }: DayProps) {
  const name = t(`opening.day_${day}` as 'opening.day_1');
  const states: DayState[] = day === HOLIDAY ? ['unknown', 'open', 'untimed', 'closed', 'same'] : ['unknown', 'open', 'untimed', 'closed'];
  const choose = (state: DayState) => {
    const kept = value.slots.length > 0 ? value.slots : [freshSlot()];
    const timed = kept.map((slot) => (slot.to ? slot : { ...freshSlot(), weeks: slot.weeks }));
    onChange({ state, slots: state === 'open' ? timed : state === 'untimed' ? [{ from: '', to: '', weeks: kept[0]!.weeks }] : [] });
  };
  const slot = (at: number, part: Partial<SlotDraft>) => onChange({ ...value, slots: value.slots.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  return (
    <fieldset class="choice">
      <legend>{name}</legend>
      <div class="pair">
        <Select
          label={t('opening.state')}
          value={value.state}
          options={states.map((state) => ({ value: state, text: t(`opening.${state}` as 'opening.open') }))}
          onChange={(state) => choose(state as DayState)}
        />
        {value.slots.map((one, at) => (
          <SlotInputs key={at} of={`${name} ${at + 1}`} at={`/slots/${first + at}`} value={one} timed={value.state === 'open'} onChange={(part) => slot(at, part)} />
        ))}
      </div>
      <div class="buttons">
        {value.state === 'open' && value.slots.length < SLOTS_A_DAY && (
          <button type="button" class="button quiet small" onClick={() => onChange({ ...value, slots: [...value.slots, { from: '14:00', to: '18:00', weeks: value.slots[0]?.weeks ?? EVERY_WEEK }] })}>
            {t('opening.add')}
            <span class="hidden"> {name}</span>
          </button>
        )}
        {value.slots.length > 1 && (
          <button type="button" class="button quiet small" onClick={() => onChange({ ...value, slots: value.slots.slice(0, -1) })}>
            {t('opening.remove')}
            <span class="hidden"> {name}</span>
          </button>
        )}
        {children}
      </div>
    </fieldset>
  );
}

// What clinics write most often, and the single weeks.
const WEEKS = [EVERY_WEEK, 0b10101, 0b11010, 0b00101, 0b01010, 0b00001, 0b00010, 0b00100, 0b01000, 0b10000];

function weeksWords(mask: number): string {
  if (mask === EVERY_WEEK) return t('opening.every_week');
  const named = (weeks: number[]) => listed(weeks.map((week) => t('opening.nth', { week })));
  const missing = weeksOf(EVERY_WEEK & ~mask);
  return missing.length <= 2 ? t('opening.but', { weeks: named(missing) }) : t('opening.only', { weeks: named(weeksOf(mask)) });
}

interface SlotProps {
  of: string;
  at: string;
  value: SlotDraft;
  timed: boolean;
  onChange: (part: Partial<SlotDraft>) => void;
}

function SlotInputs({ of, at, value, timed, onChange }: SlotProps) {
  const masks = WEEKS.includes(value.weeks) ? WEEKS : [value.weeks, ...WEEKS];
  return (
    <div class="pair" role="group" aria-label={of}>
      {timed && <Input label={t('chain.from')} at={`${at}/from_minute`} type="time" required value={value.from} onInput={(from) => onChange({ from })} />}
      {timed && <Input label={t('chain.to')} at={`${at}/to_minute`} type="time" required value={value.to} onInput={(to) => onChange({ to })} />}
      <Select
        label={t('opening.weeks')}
        at={`${at}/weeks`}
        value={String(value.weeks)}
        options={masks.map((mask) => ({ value: String(mask), text: weeksWords(mask) }))}
        onChange={(mask) => onChange({ weeks: Number(mask) })}
      />
    </div>
  );
}
