// A new person at home: what tells two people apart first, then where and who; consents and the team come next, on the person's own pages.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { go } from '../app/route.ts';
import { municipalities, session } from '../app/session.ts';
import { t } from '../app/words.ts';
import type { PatientListAnswer, PatientRegistered } from '../model.ts';
import { dayOf } from '../lib/time.ts';
import { Choice, Input, Section, Title, Who } from '../parts/basic.tsx';
import { Select } from '../parts/choices.tsx';
import { Form, wordsOfEnum } from '../parts/form.tsx';

const EMPTY = { name: '', name_kana: '', birth_date: '', sex: '', municipality: '', insured_number: '', care_level: '', address: '', phone: '' };

export default function RegisterPage() {
  const [id] = useState(() => crypto.randomUUID() as string);
  const [person, setPerson] = useState({ ...EMPTY, municipality: session.value?.municipality ?? '' });
  const sending = useSend();
  const set = (part: Partial<typeof EMPTY>) => setPerson({ ...person, ...part });
  const send = async () => {
    const body = { patient_id: id, ...Object.fromEntries(Object.entries(person).filter(([, value]) => value.trim())) };
    if (await sending.send(() => api<PatientRegistered>('/patients', { method: 'POST', body }))) go(`/patients/${id}/consents`);
  };
  const towns = [...municipalities.value.entries()].map(([value, text]) => ({ value, text }));
  return (
    <div class="page narrow">
      <Title text={t('register.title')} />
      <p class="help">{t('register.note')}</p>
      <Form sending={sending} label={t('register.do')} onSend={send} onCancel={() => go('/patients')}>
        <Section title={t('register.who')}>
          <div class="pair">
            <Input label={t('head.name')} at="/name" required maxLength={40} value={person.name} onInput={(name) => set({ name })} />
            <Input
              label={t('head.name_kana')}
              help={t('register.kana_help')}
              at="/name_kana"
              required
              maxLength={40}
              value={person.name_kana}
              onInput={(name_kana) => set({ name_kana })}
            />
          </div>
          <Input label={t('head.birth_date')} at="/birth_date" type="date" required max={dayOf(Date.now())} value={person.birth_date} onInput={(birth_date) => set({ birth_date })} />
          <Same name={person.name} birth={person.birth_date} />
          <Choice legend={t('head.sex')} name="sex" at="/sex" value={person.sex} options={wordsOfEnum('sex')} onChange={(sex) => set({ sex })} />
        </Section>
        <Section title={t('register.where')}>
          <Select label={t('facility.municipality')} at="/municipality" required none={t('choose')} value={person.municipality} options={towns} onChange={(municipality) => set({ municipality })} />
          <Input label={t('head.address')} help={t('register.address_help')} at="/address" optional maxLength={130} value={person.address} onInput={(address) => set({ address })} />
          <Input label={t('head.phone')} at="/phone" optional type="tel" maxLength={20} value={person.phone} onInput={(phone) => set({ phone })} />
        </Section>
        <Section title={t('register.care')}>
          <Select
            label={t('head.care_level')}
            at="/care_level"
            optional
            none={t('register.unknown')}
            value={person.care_level}
            options={wordsOfEnum('care_level')}
            onChange={(care_level) => set({ care_level })}
          />
          <Input
            label={t('register.insured')}
            help={t('register.insured_help')}
            at="/insured_number"
            optional
            inputMode="numeric"
            maxLength={10}
            value={person.insured_number}
            onInput={(insured_number) => set({ insured_number })}
          />
        </Section>
      </Form>
    </div>
  );
}

// Who is recorded already under this name: one person is recorded once.
function Same({ name, birth }: { name: string; birth: string }) {
  const wanted = name.trim().length > 1 && birth ? name.trim() : '';
  const found = useLoad(wanted && `same-${wanted}-${birth}`, () => api<PatientListAnswer>('/patients', { query: { text: wanted, limit: 20 } }));
  const same = found.data?.patients.filter((one) => one.birth_date === birth) ?? [];
  if (same.length === 0) return null;
  return (
    <div class="hint" role="status">
      <p>{t('register.same')}</p>
      <ul class="plain-list">
        {same.map((one) => (
          <li key={one.patient_id}>
            <a href={`/patients/${one.patient_id}`}>
              <Who name={one.name} kana={one.name_kana} birth={one.birth_date} municipality={one.municipality} />
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
