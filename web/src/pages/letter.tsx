// A letter to a facility, opened by its link: nobody is logged in. And the same form for an officer who types what came back on paper, found by its return code.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { dot, t } from '../app/words.ts';
import type { LetterView } from '../model.ts';
import { Input, Section, Title, Waiting, When } from '../parts/basic.tsx';
import { Form, Saved } from '../parts/form.tsx';
import { LetterForm } from '../parts/letter_form.tsx';

const titleOf = (view: LetterView): string => view.title ?? t('letter.confirmation');

export default function LetterPage({ token }: { token: string }) {
  const path = `/letters/${encodeURIComponent(token)}`;
  const letter = useLoad(`letter-${token}`, () => api<LetterView>(path, { quiet401: true }));
  const [done, setDone] = useState(false);
  const view = letter.data;
  return (
    <div class="page narrow">
      {!view && (
        <>
          <Title text={t('letter.confirmation')} />
          <Waiting of={letter} lines={8} />
        </>
      )}
      {view && (
        <>
          <Title text={titleOf(view)} />
          <Head view={view} />
          {done ? (
            <p class="all-calm" role="status">
              {t('letter.thanks')}
            </p>
          ) : view.answered ? (
            <p class="hint">{t('letter.answered')}</p>
          ) : (
            <LetterForm view={view} path={path} onDone={() => setDone(true)} />
          )}
          <p class="soft">{t('letter.note')}</p>
        </>
      )}
    </div>
  );
}

function Head({ view }: { view: LetterView }) {
  return (
    <>
      <p>
        <strong>{t('letter.to', { name: view.name })}</strong>
        <span class="fact-line soft">{view.service}</span>
      </p>
      <p>{view.intro ?? t('letter.confirmation_note')}</p>
      <p class="soft">
        {view.municipality}
        {dot()}
        {t('letter.until')} <When at={view.until} />
      </p>
    </>
  );
}

export function LetterCodePage({ code: given }: { code?: string }) {
  const [code, setCode] = useState(given ?? '');
  const [view, setView] = useState<LetterView | undefined>(undefined);
  const [done, setDone] = useState('');
  const sending = useSend();
  const path = `/letter-codes/${encodeURIComponent(code.trim())}`;
  const find = () =>
    sending.send(async () => {
      setDone('');
      setView(await api<LetterView>(path));
    });
  const finished = () => {
    setDone(view!.name);
    setView(undefined);
    setCode('');
  };
  return (
    <div class="page narrow">
      <p>
        <a href="/upkeep">{t('upkeep.title')}</a>
      </p>
      <Title text={t('letter.typing')} />
      {done && <Saved text={t('letter.typed', { name: done })} />}
      {!view && (
        <Form sending={sending} label={t('letter.find')} onSend={find} disabled={!code.trim()}>
          <Input label={t('letter.code')} help={t('letter.code_help')} at="/code" required autocomplete="off" maxLength={20} value={code} onInput={setCode} />
        </Form>
      )}
      {view && (
        <Section title={titleOf(view)}>
          <Head view={view} />
          {view.answered ? <p class="hint">{t('letter.answered')}</p> : <LetterForm view={view} path={path} typed onDone={finished} />}
          <p>
            <button type="button" class="link" onClick={() => setView(undefined)}>
              {t('letter.other')}
            </button>
          </p>
        </Section>
      )}
    </div>
  );
}
