// Small parts every page uses: times, telephone links, people, states, waiting, emptiness, refusals.
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useId, useRef } from 'preact/hooks';
import { now } from '../app/clock.ts';
import { pageTitle } from '../app/feed.ts';
import { municipalityName } from '../app/session.ts';
import { language, t, word } from '../app/words.ts';
import type { CareLevel } from '../model.ts';
import { telephone } from '../lib/phones.ts';
import type { Problem } from '../lib/problem.ts';
import { age, both, clockTime, dateAt, eraDate, fullDate, parseTime } from '../lib/time.ts';

type Children = { children?: ComponentChildren };

// What the form around was refused for; a field with `at` shows its own part of it.
export const Asked = createContext<Problem | undefined>(undefined);
export function useWrong(at: string | undefined, error: string | undefined): string | undefined {
  const asked = useContext(Asked);
  return error ?? (at ? asked?.textOf(at) : undefined);
}

// "3分前（21:42）"
export function When({ at }: { at: string | number | undefined }) {
  if (at === undefined) return null;
  const ms = typeof at === 'number' ? at : parseTime(at);
  // On paper "3 minutes ago" means nothing: print.css shows the title instead.
  return (
    <time class="when" dateTime={new Date(ms).toISOString()} title={`${fullDate(ms, language.value)} ${clockTime(ms)}`}>
      <span>{both(ms, now.value, language.value)}</span>
    </time>
  );
}

export function Day({ date, era }: { date: string; era?: boolean }) {
  const words = fullDate(dateAt(date), language.value);
  return <time dateTime={date}>{era && language.value === 'ja' ? `${words.replace(/（.）$/, '')}（${eraDate(date)}）` : words}</time>;
}

export function Tel({ number, name, big, alarm }: { number: string | undefined; name?: string; big?: boolean; alarm?: boolean }) {
  const href = number ? telephone(number) : undefined;
  if (!href) return number ? <span>{number}</span> : null;
  const kind = big ? `button wide ${alarm ? 'alarm' : 'quiet'}` : 'tel';
  return (
    <a class={kind} href={href}>
      {name && <span>{name}</span>} <span class="number">{number}</span>
    </a>
  );
}

interface Named {
  name: string;
  kana?: string;
  birth?: string;
  municipality?: string;
  care?: CareLevel;
}

// Name, kana, age and municipality stand together everywhere: a name alone never tells two people apart.
export function Who({ name, kana, birth, municipality, care }: Named) {
  const facts = [
    birth && t('age', { age: age(birth, now.value) }),
    municipality && municipalityName(municipality),
    care && word('care_level', care),
  ].filter(Boolean);
  return (
    <span class="who">
      <span class="who-name">{name}</span>
      {kana && <span class="who-kana">{kana}</span>}
      {facts.length > 0 && <span class="who-facts">{facts.join(language.value === 'ja' ? '・' : ', ')}</span>}
    </span>
  );
}

export type ChipKind = 'plain' | 'new' | 'alarm' | 'good' | 'wait';
export const Chip = ({ kind = 'plain', children }: Children & { kind?: ChipKind }) => <span class={`chip chip-${kind}`}>{children}</span>;

// Keeps the place of what is coming.
export function Skeleton({ lines = 4 }: { lines?: number }) {
  return (
    <div class="skeleton" role="status">
      <span class="hidden">{t('loading')}</span>
      {Array.from({ length: lines }, (_, at) => (
        <div key={at} class={`skeleton-line skeleton-${at % 3}`} />
      ))}
    </div>
  );
}

// Until the first answer: its place, or why there is none.
export function Waiting({ of, lines }: { of: { data?: unknown; problem?: Problem; again: () => Promise<void> }; lines?: number }) {
  if (of.data !== undefined) return null;
  return of.problem ? <Refusal problem={of.problem} again={() => void of.again()} /> : <Skeleton lines={lines} />;
}

export const Empty = ({ title, children }: Children & { title: string }) => (
  <div class="empty">
    <p class="empty-title">{title}</p>
    {children}
  </div>
);

// What a refusal means for the one who reads it: the server's own words, or ours when there was no answer.
export function wordsOf(problem: Problem): string {
  if (problem.status === 0) return t('problem.no_answer');
  if (problem.message) return problem.message;
  if (problem.status === 404) return t('problem.not_found');
  return t(problem.status >= 500 ? 'problem.later' : 'problem.refused');
}

export function Refusal({ problem, kept, again }: { problem: Problem | undefined; kept?: string; again?: () => void }) {
  if (!problem) return null;
  return (
    <div class="refusal" role="alert">
      <p class="refusal-title">{wordsOf(problem)}</p>
      {problem.fields.length > 0 && (
        <ul>
          {problem.fields.map((field, at) => (
            <li key={at}>{field.text || field.pointer}</li>
          ))}
        </ul>
      )}
      {kept && <p>{kept}</p>}
      {again && (
        <button type="button" class="button quiet" onClick={again}>
          {t('again')}
        </button>
      )}
    </div>
  );
}

// A quiet line above what one is reading: nothing moves until it is pressed.
export function NewsLine({ text, onLook }: { text: string; onLook: () => void }) {
  return (
    <div class="news-line" role="status">
      <span>{text}</span>
      <button type="button" class="link" onClick={onLook}>
        {t('look')}
      </button>
    </div>
  );
}

interface FieldProps extends Children {
  label: string;
  help?: string;
  error?: string;
  id: string;
  optional?: boolean;
}

// Label above, help below the label instead of a placeholder, the refusal in words.
export function Field({ id, label, help, error, optional, children }: FieldProps) {
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label for={id}>
        {label}
        {optional && <span class="optional">{t('optional')}</span>}
      </label>
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {children}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

interface InputProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  type?: 'text' | 'password' | 'search' | 'tel' | 'date' | 'time';
  id?: string;
  name?: string;
  help?: string;
  error?: string;
  // Where a refusal points to when it is about this field: "/phone".
  at?: string;
  optional?: boolean;
  required?: boolean;
  autocomplete?: 'username' | 'current-password' | 'new-password' | 'one-time-code' | 'tel' | 'off';
  inputMode?: 'numeric';
  pattern?: string;
  maxLength?: number;
  max?: string;
}

export function Input({ label, help, error: told, at, optional, onInput, id: given, type = 'text', ...rest }: InputProps) {
  const error = useWrong(at, told);
  const own = useId();
  const id = given ?? own;
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <Field id={id} label={label} help={help} error={error} optional={optional}>
      <input
        {...rest}
        type={type as 'text'}
        id={id}
        aria-describedby={described || undefined}
        aria-invalid={error ? true : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Field>
  );
}

interface TextProps {
  label: string;
  help?: string;
  error?: string;
  at?: string;
  optional?: boolean;
  required?: boolean;
  value: string;
  rows?: number;
  maxLength?: number;
  id?: string;
  onInput: (value: string) => void;
}

// A text area as high as its text.
export function Text({ label, help, error: told, at, optional, required, onInput, value, rows = 3, maxLength, id: given }: TextProps) {
  const error = useWrong(at, told);
  const own = useId();
  const id = given ?? own;
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.rows = Math.max(rows, value.split('\n').length + Math.floor(value.length / 60));
  }, [value]);
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <Field id={id} label={label} help={help} error={error} optional={optional}>
      <textarea
        ref={area}
        id={id}
        rows={rows}
        value={value}
        required={required}
        maxLength={maxLength}
        aria-describedby={described || undefined}
        aria-invalid={error ? true : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Field>
  );
}

interface ChoiceProps {
  legend: string;
  name: string;
  value: string | undefined;
  options: readonly { value: string; text: string }[];
  help?: string;
  error?: string;
  at?: string;
  onChange: (value: string) => void;
}

// Radio buttons as large tiles.
export function Choice({ legend, name, value, options, help, error: told, at, onChange }: ChoiceProps) {
  const error = useWrong(at, told);
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      {help && <p class="help">{help}</p>}
      <div class="choice-options">
        {options.map((option) => (
          <label key={option.value} class="choice-option">
            <input type="radio" name={name} value={option.value} checked={value === option.value} onChange={() => onChange(option.value)} />
            <span>{option.text}</span>
          </label>
        ))}
      </div>
      {error && <p class="field-error">{error}</p>}
    </fieldset>
  );
}

// Page heading; takes the focus after a change of page so that a screen reader says where one is.
export function Title({ children, text }: Children & { text: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    pageTitle.value = `${text} ― Renkei`;
    if (!document.activeElement || document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [text]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children ?? text}
    </h1>
  );
}

export function Section({ title, id, children, aside, note }: Children & { title: string; id?: string; aside?: ComponentChildren; note?: string }) {
  const own = useId();
  return (
    <section class="section" id={id} aria-labelledby={own}>
      <div class="section-head">
        <h2 id={own}>{title}</h2>
        {aside}
      </div>
      {note && <p class="help">{note}</p>}
      {children}
    </section>
  );
}
