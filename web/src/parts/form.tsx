// Forms as all pages have them: fields, what was refused beside the field it is about, one button named by a verb; and what is asked before it is done.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useSend, type Sending } from '../app/load.ts';
import { t, word } from '../app/words.ts';
import { enumValues, type EnumName } from '../model.ts';
import { Asked, Refusal } from './basic.tsx';
import type { Option } from './choices.tsx';

interface FormProps {
  sending: Sending;
  // The verb on the button.
  label: string;
  onSend: () => Promise<unknown> | void;
  children?: ComponentChildren;
  // What was done, once it is.
  done?: string;
  disabled?: boolean;
  // What is not lost by a refusal.
  kept?: string;
  onCancel?: () => void;
  quiet?: boolean;
}

// Inputs with `at` find their refusal here; the first wrong one takes the focus.
export function Form({ sending, label, onSend, children, done, disabled, kept, onCancel, quiet }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (sending.problem) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [sending.problem]);
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void onSend();
      }}>
      <Asked.Provider value={sending.problem}>{children}</Asked.Provider>
      <Refusal problem={sending.problem} kept={kept} />
      {done && !sending.problem && <Saved text={done} />}
      <div class="buttons">
        <button class={quiet ? 'button quiet' : 'button'} disabled={sending.busy || disabled}>
          {label}
        </button>
        {onCancel && (
          <button type="button" class="button quiet" onClick={onCancel}>
            {t('cancel')}
          </button>
        )}
      </div>
    </form>
  );
}

export const Saved = ({ text }: { text: string }) => (
  <p class="saved" role="status">
    {text}
  </p>
);

interface FoldProps {
  title: string;
  // Said to a screen reader after the title: of whom, of what.
  of?: string;
  open?: boolean;
  children: ComponentChildren;
}

// What is seldom wanted stays folded.
export function Fold({ title, of, open, children }: FoldProps) {
  const [shown, setShown] = useState(open ?? false);
  return (
    <details class="before" open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>
        {title}
        {of && <span class="hidden"> {of}</span>}
      </summary>
      {shown && children}
    </details>
  );
}

interface AskProps {
  title: string;
  of?: string;
  // What it means, before it is done.
  sure?: string;
  label: string;
  onDo: () => Promise<unknown>;
  children?: ComponentChildren;
  disabled?: boolean;
}

// Something that is asked before it is done.
export function Ask({ title, of, sure, label, onDo, children, disabled }: AskProps) {
  const sending = useSend();
  return (
    <Fold title={title} of={of}>
      {sure && <p>{sure}</p>}
      <Form sending={sending} label={label} onSend={() => sending.send(onDo)} disabled={disabled} quiet>
        {children}
      </Form>
    </Fold>
  );
}

// Every value of an enum with its word.
export const wordsOfEnum = (name: EnumName): Option[] => enumValues<string>(name).map((value) => ({ value, text: word(name, value) }));
