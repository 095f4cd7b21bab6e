// The last resort of the municipality: who it is, whether its telephone was answered this month, and writing such a call down.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { has, municipalities, session } from '../app/session.ts';
import { t } from '../app/words.ts';
import type { LastResortAnswer, OfficeListAnswer } from '../model.ts';
import { Choice, Empty, Input, Section, Tel, Text, Title, Waiting, When, Chip } from '../parts/basic.tsx';
import { Select } from '../parts/choices.tsx';
import { Fold, Form } from '../parts/form.tsx';

export default function LastResortPage() {
  const [municipality, setMunicipality] = useState(session.value?.municipality ?? '');
  const desk = useLoad(`last-resort-${municipality}`, () => api<LastResortAnswer>(`/municipalities/${municipality}/last-resort`));
  return (
    <div class="page narrow">
      <Title text={t('resort.title')} />
      <p class="help">{t('resort.note')}</p>
      {has('administrator', 'operator') && (
        <Select
          label={t('facility.municipality')}
          value={municipality}
          none={municipalities.value.has(municipality) ? undefined : t('choose')}
          options={[...municipalities.value.entries()].map(([value, text]) => ({ value, text }))}
          onChange={setMunicipality}
        />
      )}
      <Waiting of={desk} lines={6} />
      {desk.data && (
        <>
          {!desk.data.name && (
            <Empty title={t('resort.none')}>
              <p>{t('resort.none_hint')}</p>
            </Empty>
          )}
          {desk.data.name && (
            <p class="duty-sentence">
              <strong>{desk.data.name}</strong> <Tel number={desk.data.phone} />
            </p>
          )}
          {desk.data.name && <Calls key={municipality} municipality={municipality} desk={desk.data} again={desk.again} />}
          {has('municipal_officer', 'administrator', 'operator') && (
            <Section title={t('resort.set')}>
              <Fold title={t(desk.data.name ? 'resort.change' : 'resort.set_do')} open={!desk.data.name}>
                <Desk key={municipality} municipality={municipality} desk={desk.data} again={desk.again} />
              </Fold>
            </Section>
          )}
        </>
      )}
    </div>
  );
}

interface DeskProps {
  municipality: string;
  desk: LastResortAnswer;
  again: () => Promise<void>;
}

function Calls({ municipality, desk, again }: DeskProps) {
  const [id, setId] = useState(() => crypto.randomUUID() as string);
  const [answered, setAnswered] = useState('');
  const [note, setNote] = useState('');
  const sending = useSend();
  const send = () =>
    sending.send(async () => {
      const body = { answered: answered === 'yes', ...(note.trim() && { note: note.trim() }) };
      await api(`/municipalities/${municipality}/last-resort/tests/${id}`, { method: 'PUT', body });
      setId(crypto.randomUUID());
      setAnswered('');
      setNote('');
      await again();
    });
  return (
    <Section title={t('resort.calls')} note={t('resort.calls_note')}>
      <p class={desk.tested ? 'all-calm' : 'gap'}>{t(desk.tested ? 'resort.tested' : desk.tests.find((one) => one.phone === desk.phone)?.answered === false ? 'resort.failed' : 'resort.due')}</p>
      <Form sending={sending} label={t('resort.record')} onSend={send} disabled={!answered}>
        <Choice
          legend={t('resort.answered')}
          name="answered"
          at="/answered"
          value={answered}
          options={[
            { value: 'yes', text: t('resort.yes') },
            { value: 'no', text: t('resort.no') },
          ]}
          onChange={setAnswered}
        />
        <Text label={t('resort.words')} at="/note" optional={answered !== 'no'} rows={2} maxLength={130} value={note} onInput={setNote} />
      </Form>
      <ul class="rows">
        {desk.tests.map((one) => (
          <li class="row row-pad" key={one.test_id}>
            <span>
              <When at={one.called_at} /> <Chip kind={one.answered ? 'good' : 'wait'}>{t(one.answered ? 'resort.yes' : 'resort.no')}</Chip>
            </span>
            <span class="row-note">
              {one.by_name} {one.phone !== desk.phone && one.phone} {one.note}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Desk({ municipality, desk, again }: DeskProps) {
  const offices = useLoad('offices-all', () => api<OfficeListAnswer>('/offices', { query: { limit: 200 } }));
  const [office, setOffice] = useState(desk.office_id ?? '');
  const [name, setName] = useState(desk.name ?? '');
  const [phone, setPhone] = useState(desk.phone ?? '');
  const [done, setDone] = useState('');
  const sending = useSend();
  const pick = (id: string) => {
    const chosen = offices.data?.offices.find((one) => one.office_id === id);
    setOffice(id);
    if (chosen) (setName(chosen.name), setPhone(chosen.duty_phone ?? chosen.phone ?? ''));
  };
  const send = async () => {
    const body = { office_id: office, name: name.trim(), phone: phone.trim() };
    const sent = await sending.send(async () => {
      await api(`/municipalities/${municipality}/last-resort`, { method: 'PUT', body });
      await again();
    });
    setDone(sent ? t('resort.done') : '');
  };
  const known = offices.data?.offices ?? [];
  const options = known.map((one) => ({ value: one.office_id, text: one.name }));
  // A desk of a neighbouring town is not in an officer's list, and stays chosen.
  if (desk.office_id && !known.some((one) => one.office_id === desk.office_id)) options.unshift({ value: desk.office_id, text: desk.name ?? '' });
  return (
    <Form sending={sending} label={t('partner.save')} onSend={send} done={done} disabled={!office}>
      <Waiting of={offices} lines={2} />
      <Select label={t('resort.office')} help={t('resort.office_help')} at="/office_id" none={t('choose')} required value={office} options={options} onChange={pick} />
      <Input label={t('resort.name')} at="/name" required maxLength={60} value={name} onInput={setName} />
      <Input label={t('resort.phone')} at="/phone" required type="tel" maxLength={20} value={phone} onInput={setPhone} />
    </Form>
  );
}
