// One's own password: the present one, the new one twice; every other device is logged out.
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useSend } from '../app/load.ts';
import { t } from '../app/words.ts';
import { Input, Refusal, Section, Title } from '../parts/basic.tsx';

const NOTHING = { present: '', fresh: '', again: '' };

export default function PasswordPage() {
  const [words, setWords] = useState(NOTHING);
  const [shown, setShown] = useState(false);
  const [differ, setDiffer] = useState(false);
  const [done, setDone] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const sending = useSend();
  const { problem } = sending;
  const type = shown ? 'text' : 'password';
  const write = (patch: Partial<typeof NOTHING>) => {
    setWords({ ...words, ...patch });
    setDone(false);
    setDiffer(false);
    sending.clear();
  };
  // The field that is wrong takes the focus, so that its words are read out.
  useEffect(() => {
    if (problem || differ) form.current?.querySelector<HTMLInputElement>('[aria-invalid]')?.focus();
  }, [problem, differ]);
  const change = async () => {
    if (words.fresh !== words.again) return setDiffer(true);
    const body = { password: words.present, new_password: words.fresh };
    if (!(await sending.send(() => api('/password', { method: 'PUT', body })))) return;
    setWords(NOTHING);
    setDone(true);
  };
  return (
    <div class="page narrow">
      <p>
        <a class="link" href="/settings">
          {t('settings.back')}
        </a>
      </p>
      <Title text={t('password.title')} />
      <Section title={t('password.heading')} note={t('password.note')}>
        <form
          ref={form}
          onSubmit={(event) => {
            event.preventDefault();
            void change();
          }}>
          <Input
            label={t('password.present')}
            type={type}
            autocomplete="current-password"
            required
            value={words.present}
            error={problem?.textOf('/password')}
            onInput={(present) => write({ present })}
          />
          <Input
            label={t('password.fresh')}
            help={t('password.fresh_help')}
            type={type}
            autocomplete="new-password"
            required
            value={words.fresh}
            error={problem?.textOf('/new_password')}
            onInput={(fresh) => write({ fresh })}
          />
          <Input
            label={t('password.again')}
            type={type}
            autocomplete="new-password"
            required
            value={words.again}
            error={differ ? t('password.differ') : undefined}
            onInput={(again) => write({ again })}
          />
          <label class="tick">
            <input type="checkbox" checked={shown} onChange={(event) => setShown(event.currentTarget.checked)} />
            <span>{t('password.show')}</span>
          </label>
          <Refusal problem={problem && problem.fields.length === 0 ? problem : undefined} />
          <button class="button wide" disabled={sending.busy}>
            {t('password.change')}
          </button>
          <p role="status" class={done ? 'saved' : undefined}>
            {done && t('password.done')}
          </p>
        </form>
      </Section>
    </div>
  );
}
