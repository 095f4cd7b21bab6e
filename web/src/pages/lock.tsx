// The idle lock: the page behind stays as it was; only the second factor is asked for.
import { useEffect, useState } from 'preact/hooks';
import { api, unlocked } from '../app/api.ts';
import { useSend } from '../app/load.ts';
import { askPasskey, passkeysWork } from '../app/passkey.ts';
import { wakeReports } from '../app/sender.ts';
import { loadSession, logOut, session } from '../app/session.ts';
import { t } from '../app/words.ts';
import type { LoginStartAnswer } from '../model.ts';
import { Refusal } from '../parts/basic.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { CodeForm } from './login.tsx';

export function Lock({ onOpen }: { onOpen: () => void }) {
  const [start, setStart] = useState<LoginStartAnswer | undefined>(undefined);
  const asking = useSend();
  const sending = useSend();
  const ask = () => asking.send(async () => setStart(await api<LoginStartAnswer>('/session/unlock', { method: 'POST', quiet401: true })));
  useEffect(() => void ask(), []);
  const open = async (factor: object) => {
    await api('/session/unlock', { method: 'PUT', body: { ticket: start?.ticket, ...factor }, quiet401: true });
    await loadSession();
    unlocked.value++;
    wakeReports();
    onOpen();
  };
  return (
    <Dialog title={t('lock.title')}>
      <p>{t('lock.text', { name: session.value?.name ?? '' })}</p>
      <Refusal problem={asking.problem} again={() => void ask()} />
      {start && passkeysWork() && start.credentials.length > 0 && (
        <button type="button" class="button wide" onClick={() => void sending.send(async () => open({ assertion: await askPasskey(start) }))}>
          {t('login.passkey')}
        </button>
      )}
      {start && <CodeForm sending={sending} label={t('lock.open')} onCode={(code) => open({ code })} />}
      <button type="button" class="button quiet wide" onClick={() => void logOut()}>
        {t('lock.other')}
      </button>
    </Dialog>
  );
}
