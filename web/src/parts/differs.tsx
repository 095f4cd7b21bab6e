// What is known of a facility differs: anybody says so, and hears what came of it.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useSend } from '../app/load.ts';
import { t } from '../app/words.ts';
import { Text } from './basic.tsx';
import { Fold, Form } from './form.tsx';

export function Differs({ id }: { id: string }) {
  const [what, setWhat] = useState('');
  const [done, setDone] = useState('');
  const sending = useSend();
  const send = () =>
    sending.send(async () => {
      await api(`/facilities/${id}/reports`, { method: 'POST', body: { what: what.trim() } });
      setWhat('');
      setDone(t('differs.done'));
    });
  return (
    <Fold title={t('differs.title')}>
      <Form sending={sending} label={t('differs.send')} onSend={send} done={done} disabled={!what.trim()}>
        <Text label={t('differs.what')} help={t('differs.help')} at="/what" value={what} maxLength={300} onInput={setWhat} />
      </Form>
      <p>
        <a href="/facility-reports">{t('differs.mine')}</a>
      </p>
    </Fold>
  );
}
