// An agreement between two municipalities: who opens what to whom, from when to when. Who it is between never changes afterwards.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useSend } from '../app/load.ts';
import { municipalities } from '../app/session.ts';
import { t, word } from '../app/words.ts';
import type { AgreementLine, Role } from '../model.ts';
import { dayOf } from '../lib/time.ts';
import { Input } from './basic.tsx';
import { Select, Ticks } from './choices.tsx';
import { Form, wordsOfEnum } from './form.tsx';

const PROFESSIONS: readonly Role[] = [
  'doctor', 'dentist', 'pharmacist', 'visiting_nurse', 'care_manager', 'helper', 'therapist', 'service_manager', 'support_centre', 'hospital_liaison', 'consultation_desk', 'municipal_officer',
];

export function AgreementForm({ agreement, onDone }: { agreement?: AgreementLine; onDone: () => Promise<void> }) {
  const [id, setId] = useState(() => agreement?.agreement_id ?? (crypto.randomUUID() as string));
  const [sides, setSides] = useState({ giving: agreement?.giving ?? '', receiving: agreement?.receiving ?? '' });
  const [kinds, setKinds] = useState<readonly string[]>(agreement?.kinds ?? ['patient_records']);
  const [professions, setProfessions] = useState<readonly string[]>(agreement?.professions ?? []);
  const [days, setDays] = useState({ from: agreement?.from ?? dayOf(Date.now()), to: agreement?.to ?? '' });
  const [done, setDone] = useState('');
  const sending = useSend();
  const towns = [...municipalities.value.entries()].map(([value, text]) => ({ value, text }));
  const send = async () => {
    const body = { ...sides, kinds, ...(professions.length > 0 && { professions }), from: days.from, ...(days.to && { to: days.to }) };
    const sent = await sending.send(async () => {
      await api(`/agreements/${id}`, { method: 'PUT', body });
      await onDone();
    });
    setDone(sent ? t('partner.done') : '');
    if (sent && !agreement) (setId(crypto.randomUUID()), setSides({ giving: '', receiving: '' }));
  };
  return (
    <Form sending={sending} label={t('partner.save')} onSend={send} done={done} disabled={kinds.length === 0 || !sides.giving || !sides.receiving}>
      {!agreement && (
        <div class="pair">
          <Select label={t('agreement.giving')} at="/giving" required none={t('agreement.pick')} value={sides.giving} options={towns} onChange={(giving) => setSides({ ...sides, giving })} />
          <Select
            label={t('agreement.receiving')}
            at="/receiving"
            required
            none={t('agreement.pick')}
            value={sides.receiving}
            options={towns}
            onChange={(receiving) => setSides({ ...sides, receiving })}
          />
        </div>
      )}
      <Ticks legend={t('agreement.kinds')} values={kinds} options={wordsOfEnum('agreement_kind')} onChange={setKinds} />
      <Ticks
        legend={t('agreement.professions')}
        help={t('agreement.professions_help')}
        values={professions}
        options={PROFESSIONS.map((value) => ({ value, text: word('role', value) }))}
        onChange={setProfessions}
      />
      <div class="pair">
        <Input label={t('agreement.from')} at="/from" type="date" required value={days.from} onInput={(from) => setDays({ ...days, from })} />
        <Input label={t('agreement.to')} help={t('agreement.to_help')} at="/to" type="date" optional value={days.to} onInput={(to) => setDays({ ...days, to })} />
      </div>
    </Form>
  );
}
