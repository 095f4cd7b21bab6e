// A page by FAX about somebody: to a number that was tested, which the sender writes once more; without name, address and illness.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { t } from '../app/words.ts';
import type { FaxNumberListAnswer, PatientAnswer } from '../model.ts';
import { Empty, Input, Section, Text, Title, Waiting } from '../parts/basic.tsx';
import { Select } from '../parts/choices.tsx';
import { Form, Saved } from '../parts/form.tsx';
import { PatientPick, type Patient } from '../parts/patient_pick.tsx';

export default function FaxSendPage({ patient }: { patient?: string }) {
  const numbers = useLoad('fax-numbers', () => api<FaxNumberListAnswer>('/fax/numbers'));
  const given = useLoad(patient && `patient-${patient}`, () => api<PatientAnswer>(`/patients/${patient}`));
  const [sent, setSent] = useState('');
  const [turn, setTurn] = useState(0);
  const confirmed = numbers.data?.numbers.filter((one) => one.state === 'confirmed') ?? [];
  return (
    <div class="page narrow">
      <p>
        <a href="/fax">{t('fax.back')}</a>
      </p>
      <Title text={t('fax.send_title')} />
      <p class="help">{t('fax.send_note')}</p>
      {sent && <Saved text={t('fax.sent_to', { office: sent })} />}
      <Waiting of={numbers} lines={6} />
      {patient && <Waiting of={given} lines={2} />}
      {numbers.data && confirmed.length === 0 && (
        <Empty title={t('fax.no_confirmed')}>
          <p>
            <a href="/fax">{t('fax.no_confirmed_hint')}</a>
          </p>
        </Empty>
      )}
      {confirmed.length > 0 && (!patient || given.data) && (
        <Page
          key={turn}
          numbers={confirmed}
          given={given.data}
          onSent={(office) => {
            setSent(office);
            setTurn(turn + 1);
            scrollTo(0, 0);
          }}
        />
      )}
    </div>
  );
}

interface PageProps {
  numbers: FaxNumberListAnswer['numbers'];
  given: Patient | undefined;
  onSent: (office: string) => void;
}

function Page({ numbers, given, onSent }: PageProps) {
  const [id] = useState(() => crypto.randomUUID() as string);
  const [person, setPerson] = useState<Patient | undefined>(given);
  const [to, setTo] = useState('');
  const [office, setOffice] = useState('');
  const [number, setNumber] = useState('');
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [wants, setWants] = useState(true);
  const sending = useSend();
  const send = async () => {
    const said = { office: office.trim(), number: number.trim(), title: title.trim(), text: text.trim() };
    const body = { patient_id: person!.patient_id, office_id: to, ...said, wants_answer: wants };
    if (await sending.send(() => api(`/fax/sent/${id}`, { method: 'PUT', body }))) onSent(office.trim());
  };
  const missing = !person || !to || ![office, number, title, text].every((one) => one.trim());
  return (
    <Form sending={sending} label={t('fax.send_do')} onSend={send} disabled={missing} kept={t('fax.kept')}>
      <Section title={t('fax.about')}>
        <PatientPick value={person} onPick={setPerson} />
      </Section>
      <Section title={t('fax.whom')} note={t('fax.whom_note')}>
        <Select
          label={t('fax.target')}
          at="/office_id"
          value={to}
          none={t('choose')}
          required
          options={numbers.map((one) => ({ value: one.office_id, text: `${one.office}（${one.number}）` }))}
          onChange={setTo}
        />
        <div class="pair">
          <Input label={t('fax.office_again')} at="/office" required autocomplete="off" maxLength={60} value={office} onInput={setOffice} />
          <Input label={t('fax.number_again')} at="/number" required type="tel" autocomplete="off" maxLength={20} value={number} onInput={setNumber} />
        </div>
      </Section>
      <Section title={t('fax.words')} note={t('fax.words_note')}>
        <Input label={t('fax.subject')} help={t('fax.subject_help')} at="/title" required maxLength={40} value={title} onInput={setTitle} />
        <Text label={t('fax.text')} at="/text" required rows={6} maxLength={1300} value={text} onInput={setText} />
        <label class="tick">
          <input type="checkbox" checked={wants} onChange={(event) => setWants(event.currentTarget.checked)} />
          <span>{t('fax.wants_answer')}</span>
        </label>
      </Section>
    </Form>
  );
}
