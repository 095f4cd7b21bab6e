// When an office comes as attending or deputy doctor (主治医・副主治医制): periods with days, hours and conditions. What has begun only ends; a new period follows.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useSend, type Loaded } from '../app/load.ts';
import { listed, t, word } from '../app/words.ts';
import { enumValues, type ConditionTag, type DayClass, type SchemeAnswer, type SchemeBand, type SchemePartView } from '../model.ts';
import { addDays, bandText } from '../lib/roster.ts';
import { bandsOf, draftOf, emptyBand, isPast, partState, type BandDraft, type PartState } from '../lib/scheme.ts';
import { dayOf, parseTime } from '../lib/time.ts';
import { Chip, Day, Empty, Input, Section, Text, When, type ChipKind } from './basic.tsx';
import { Ticks } from './choices.tsx';
import { Ask, Fold, Form, wordsOfEnum } from './form.tsx';

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
const KINDS: Record<PartState, ChipKind> = { now: 'good', soon_over: 'wait', later: 'new', over: 'plain', withdrawn: 'plain' };
const weekdayName = (day: number) => t(`weekday.${day as (typeof WEEK)[number]}`);
const today = () => dayOf(Date.now());

interface SchemeProps {
  office: string;
  scheme: Loaded<SchemeAnswer>;
}

export function Scheme({ office, scheme }: SchemeProps) {
  const data = scheme.data;
  if (!data) return null;
  const before = data.parts.filter((one) => isPast(partState(one, today())));
  const parts = data.parts.filter((one) => !isPast(partState(one, today()))).reverse();
  const last = data.parts.find((one) => !one.withdrawn);
  const show = (one: SchemePartView) => <Part key={`${one.part_id}-${one.version}`} office={office} one={one} may={data.may_edit} again={scheme.again} />;
  return (
    <Section title={t('scheme.title')} note={t('scheme.note')}>
      {parts.length === 0 && (
        <Empty title={t('scheme.none')}>
          <p>{t('scheme.none_hint')}</p>
        </Empty>
      )}
      <ul class="rows">{parts.map(show)}</ul>
      {data.may_edit && (
        <Fold key={data.parts.length} title={t('scheme.new')}>
          <PartForm office={office} like={last} again={scheme.again} />
        </Fold>
      )}
      {before.length > 0 && (
        <Fold title={t('scheme.before', { count: before.length })}>
          <ul class="rows">{before.map(show)}</ul>
        </Fold>
      )}
    </Section>
  );
}

// "平日・土曜・月水・18:00–翌8:30・発熱のときだけ"
function bandWords(band: SchemeBand): string {
  const weekdays = band.weekdays ?? [];
  return listed(
    [
      listed(band.day_classes.map((day) => word('day_class', day))),
      weekdays.length > 0 && weekdays.length < 7 ? weekdays.map(weekdayName).join('') : '',
      bandText(band.from_minute, band.to_minute, (time) => t('duty.next_day', { time })),
      band.tags?.length ? t('chain.only_for', { tags: listed(band.tags.map((tag) => word('condition_tag', tag))) }) : '',
    ].filter(Boolean),
  );
}

interface PartProps {
  office: string;
  one: SchemePartView;
  may: boolean;
  again: () => Promise<void>;
}

// What was entered today and never changed may be a slip.
const isFresh = (one: SchemePartView): boolean => one.version === 1 && dayOf(parseTime(one.set_at)) === today();

// Everything but what changes is sent as it stands.
async function put(office: string, one: SchemePartView, part: { until?: string; withdrawn?: boolean }): Promise<void> {
  const body = { from: one.from, bands: one.bands, ...(one.note && { note: one.note }), ...(one.until && { until: one.until }), ...part };
  await api(`/offices/${office}/scheme/${one.part_id}`, { method: 'PUT', body });
}

function Part({ office, one, may, again }: PartProps) {
  const state = partState(one, today());
  const [until, setUntil] = useState(one.until ?? today());
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>
          <Day date={one.from} />
          {t('scheme.from')} {one.until ? <Day date={one.until} /> : ''}
          {one.until && t('scheme.until')}
        </strong>{' '}
        <Chip kind={KINDS[state]}>{t(`scheme.state_${state}`)}</Chip>
      </span>
      {one.bands.map((band, at) => (
        <span key={at}>{bandWords(band)}</span>
      ))}
      {one.note && <span>{one.note}</span>}
      <span class="row-note">
        {t('chain.set_by', { name: one.set_by ?? '' })} <When at={one.set_at} />
      </span>
      {may && (state === 'now' || state === 'soon_over') && (
        <Ask title={t('scheme.end')} of={one.from} sure={t('scheme.end_sure')} label={t('scheme.end_do')} onDo={() => put(office, one, { until }).then(again)}>
          <Input label={t('scheme.last_day')} at="/until" type="date" required value={until} onInput={setUntil} />
        </Ask>
      )}
      {may && !isPast(state) && (state === 'later' || isFresh(one)) && (
        <Ask title={t('scheme.withdraw')} of={one.from} sure={t('scheme.withdraw_sure')} label={t('scheme.withdraw_do')} onDo={() => put(office, one, { withdrawn: true }).then(again)} />
      )}
    </li>
  );
}

// A new period; it begins with what the last one said.
function PartForm({ office, like, again }: { office: string; like: SchemePartView | undefined; again: () => Promise<void> }) {
  const [id] = useState(() => crypto.randomUUID() as string);
  const [from, setFrom] = useState(like?.until && like.until >= today() ? addDays(like.until, 1) : today());
  const [until, setUntil] = useState('');
  const [note, setNote] = useState(like?.note ?? '');
  const [bands, setBands] = useState<BandDraft[]>(() => like?.bands.map((band, at) => draftOf(band, `${at}`)) ?? [emptyBand('first')]);
  const sending = useSend();
  const kept = bandsOf(bands);
  const change = (key: string, part: Partial<BandDraft>) => setBands((old) => old.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const send = () =>
    sending.send(async () => {
      const body = { from, bands: kept, ...(until && { until }), ...(note.trim() && { note: note.trim() }) };
      await api(`/offices/${office}/scheme/${id}`, { method: 'PUT', body });
      await again();
    });
  return (
    <Form sending={sending} label={t('scheme.save')} onSend={send} disabled={!from || !kept}>
      <div class="pair">
        <Input label={t('scheme.first_day')} at="/from" type="date" required value={from} onInput={setFrom} />
        <Input label={t('scheme.last_day')} help={t('scheme.open_help')} at="/until" optional type="date" value={until} onInput={setUntil} />
      </div>
      {bands.map((one, at) => (
        <Band key={one.key} band={one} number={at + 1} onChange={(part) => change(one.key, part)} onRemove={bands.length > 1 ? () => setBands(bands.filter((other) => other !== one)) : undefined} />
      ))}
      <button type="button" class="button quiet small" disabled={bands.length >= 40} onClick={() => setBands([...bands, emptyBand(crypto.randomUUID())])}>
        {t('scheme.add_band')}
      </button>
      <Text label={t('scheme.diseases')} help={t('scheme.diseases_help')} at="/note" optional maxLength={190} value={note} onInput={setNote} />
    </Form>
  );
}

interface BandProps {
  band: BandDraft;
  number: number;
  onChange: (part: Partial<BandDraft>) => void;
  onRemove?: () => void;
}

function Band({ band, number, onChange, onRemove }: BandProps) {
  return (
    <fieldset class="choice">
      <legend>{t('scheme.band', { number })}</legend>
      <Ticks legend={t('scheme.days')} values={band.day_classes} options={wordsOfEnum('day_class')} onChange={(days) => onChange({ day_classes: days as DayClass[] })} />
      <p class="help">{t('chain.to_help')}</p>
      <div class="pair">
        <Input label={t('chain.from')} at={`/bands/${number - 1}/from_minute`} type="time" required value={band.from} onInput={(from) => onChange({ from })} />
        <Input label={t('chain.to')} at={`/bands/${number - 1}/to_minute`} type="time" required value={band.to} onInput={(to) => onChange({ to })} />
      </div>
      <Fold title={t('scheme.narrow')} of={String(number)} open={band.weekdays.length > 0 || band.tags.length > 0}>
        <Ticks
          legend={t('chain.weekdays')}
          help={t('chain.weekdays_help')}
          values={band.weekdays.map(String)}
          options={WEEK.map((day) => ({ value: String(day), text: weekdayName(day) }))}
          onChange={(days) => onChange({ weekdays: days.map(Number) })}
        />
        <Ticks
          legend={t('chain.tags_only')}
          help={t('scheme.tags_help')}
          values={band.tags}
          options={enumValues<ConditionTag>('condition_tag').map((value) => ({ value, text: word('condition_tag', value) }))}
          onChange={(tags) => onChange({ tags: tags as ConditionTag[] })}
        />
      </Fold>
      {onRemove && (
        <button type="button" class="button quiet small" onClick={onRemove}>
          {t('chain.remove')}
          <span class="hidden"> {number}</span>
        </button>
      )}
    </fieldset>
  );
}
