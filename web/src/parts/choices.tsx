// Choosing: one of a few out of a list that drops down, several by ticks, a person by name, a period by two days and clocks.
import { useId, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad } from '../app/load.ts';
import { municipalityName } from '../app/session.ts';
import { listed, t, word } from '../app/words.ts';
import type { ColleagueListAnswer, MembershipView, Role } from '../model.ts';
import { instantOf } from '../lib/roster.ts';
import { Choice, Empty, Field, Input, Refusal, Skeleton, useWrong } from './basic.tsx';

export interface Option {
  value: string;
  text: string;
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
  help?: string;
  error?: string;
  at?: string;
  optional?: boolean;
  // Stands first and means: nothing chosen.
  none?: string;
  required?: boolean;
}

export function Select({ label, value, options, onChange, help, error: told, at, optional, none, required }: SelectProps) {
  const error = useWrong(at, told);
  const id = useId();
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <Field id={id} label={label} help={help} error={error} optional={optional}>
      <select
        id={id}
        value={value}
        required={required}
        aria-describedby={described || undefined}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface TicksProps {
  legend: string;
  values: readonly string[];
  options: readonly Option[];
  onChange: (values: string[]) => void;
  help?: string;
}

// Several of a few, in the order they are offered.
export function Ticks({ legend, values, options, onChange, help }: TicksProps) {
  const toggle = (value: string, on: boolean) =>
    onChange(options.map((option) => option.value).filter((one) => (one === value ? on : values.includes(one))));
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      {help && <p class="help">{help}</p>}
      <div class="choice-options">
        {options.map((option) => (
          <label key={option.value} class="choice-option">
            <input type="checkbox" checked={values.includes(option.value)} onChange={(event) => toggle(option.value, event.currentTarget.checked)} />
            <span>{option.text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface PersonProps {
  legend: string;
  help?: string;
  role?: Role;
  value: MembershipView | undefined;
  onPick: (person: MembershipView | undefined) => void;
}

// Somebody of the region by name or office; who was chosen stays shown until it is changed.
export function PersonPick({ legend, help, role, value, onPick }: PersonProps) {
  const [text, setText] = useState('');
  const name = useId();
  const wanted = text.trim();
  const people = useLoad(wanted && !value ? `people-${role ?? ''}-${wanted}` : undefined, () =>
    api<ColleagueListAnswer>('/people', { query: { text: wanted, role, limit: 20 } }),
  );
  const said = (one: MembershipView) =>
    `${one.name}（${listed(one.roles.map((each) => word('role', each)))}・${one.office}・${municipalityName(one.municipality)}）`;
  if (value)
    return (
      <div class="picked">
        <p>
          <span class="soft">{legend}</span>
          <strong class="fact-line">{said(value)}</strong>
        </p>
        <button type="button" class="button quiet small" onClick={() => onPick(undefined)}>
          {t('pick.other')}
        </button>
      </div>
    );
  return (
    <>
      <Input label={legend} help={help ?? t('pick.help')} type="search" value={text} onInput={setText} />
      {wanted && !people.data && !people.problem && <Skeleton lines={2} />}
      <Refusal problem={people.problem} />
      {people.data?.people.length === 0 && <Empty title={t('team.nobody')} />}
      {people.data && people.data.people.length > 0 && (
        <Choice
          legend={t('team.found')}
          name={name}
          value={undefined}
          options={people.data.people.map((one) => ({ value: one.membership_id, text: said(one) }))}
          onChange={(id) => onPick(people.data!.people.find((one) => one.membership_id === id))}
        />
      )}
    </>
  );
}

export interface Span {
  from_date: string;
  from_clock: string;
  to_date: string;
  to_clock: string;
}

export const spanTimes = (span: Span): { from?: number; to?: number } => ({
  from: instantOf(span.from_date, span.from_clock),
  to: instantOf(span.to_date, span.to_clock),
});

// From a day and a clock to a day and a clock.
export function SpanInputs({ value, onChange, error }: { value: Span; onChange: (span: Span) => void; error?: string }) {
  const set = (part: Partial<Span>) => onChange({ ...value, ...part });
  return (
    <>
      <div class="pair">
        <Input label={t('span.from_date')} type="date" required value={value.from_date} onInput={(from_date) => set({ from_date })} />
        <Input label={t('span.from_clock')} type="time" required value={value.from_clock} onInput={(from_clock) => set({ from_clock })} />
      </div>
      <div class="pair">
        <Input label={t('span.to_date')} type="date" required value={value.to_date} onInput={(to_date) => set({ to_date })} error={error} />
        <Input label={t('span.to_clock')} type="time" required value={value.to_clock} onInput={(to_clock) => set({ to_clock })} />
      </div>
    </>
  );
}
