// Desks for questions about care at home (在宅医療・介護連携支援センター …): whom one may turn to, and for who looks after them the form.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { has, municipalities, session } from '../app/session.ts';
import { t } from '../app/words.ts';
import type { SupportDeskListAnswer, SupportDeskView } from '../model.ts';
import { Chip, Choice, Empty, Input, Tel, Text, Title, Waiting } from '../parts/basic.tsx';
import { Select, Ticks } from '../parts/choices.tsx';
import { Fold, Form } from '../parts/form.tsx';

const actsForRegion = () => has('administrator', 'operator');
const mayEdit = (municipality: string) => actsForRegion() || (has('municipal_officer') && session.value?.municipality === municipality);

export default function SupportDesksPage() {
  const list = useLoad('support-desks', () => api<SupportDeskListAnswer>('/support-desks'));
  return (
    <div class="page narrow">
      <Title text={t('support.title')} />
      <p class="help">{t('support.note')}</p>
      <Waiting of={list} lines={4} />
      {list.data?.desks.length === 0 && <Empty title={t('support.none')} />}
      <ul class="rows">
        {list.data?.desks.map((one) => (
          <li class="row row-pad" key={one.desk_id}>
            <Desk one={one} />
            {mayEdit(one.municipality) && (
              <Fold title={t('support.change')} of={one.name}>
                <DeskForm desk={one} onDone={list.again} />
              </Fold>
            )}
          </li>
        ))}
      </ul>
      {(actsForRegion() || has('municipal_officer')) && (
        <Fold title={t('support.add')}>
          <DeskForm onDone={list.again} />
        </Fold>
      )}
    </div>
  );
}

const Desk = ({ one }: { one: SupportDeskView }) => (
  <>
    <span class="row-text">
      <strong>{one.name}</strong> {one.closed && <Chip kind="wait">{t('support.closed')}</Chip>} <Chip>{t(one.residents ? 'support.residents' : 'support.professionals')}</Chip>
    </span>
    <span>{one.role}</span>
    <span>
      <Tel number={one.phone} />
      <span class="fact-line">{one.hours}</span>
    </span>
    <span class="row-note">
      {one.municipality_name} {one.area}
      <span class="fact-line">{one.address}</span>
      <span class="fact-line">{t('support.run_by', { name: one.operator })}</span>
      {one.fax && <span class="fact-line">FAX {one.fax}</span>}
      {one.email && <span class="fact-line">{one.email}</span>}
    </span>
  </>
);

const EMPTY = { name: '', role: '', operator: '', address: '', phone: '', fax: '', email: '', hours: '', area: '' };

function DeskForm({ desk, onDone }: { desk?: SupportDeskView; onDone: () => Promise<void> }) {
  const fresh = () => ({ desk_id: desk?.desk_id ?? (crypto.randomUUID() as string), municipality: desk?.municipality ?? session.value?.municipality ?? '' });
  const [key, setKey] = useState(fresh);
  const [values, setValues] = useState(desk ? { ...EMPTY, ...Object.fromEntries(Object.keys(EMPTY).map((name) => [name, desk[name as keyof typeof EMPTY] ?? ''])) } : EMPTY);
  const [residents, setResidents] = useState(desk?.residents ?? false);
  const [closed, setClosed] = useState(desk?.closed ?? false);
  const [done, setDone] = useState('');
  const sending = useSend();
  const set = (part: Partial<typeof EMPTY>) => setValues({ ...values, ...part });
  const send = async () => {
    const { fax, email, ...rest } = values;
    const body = { ...rest, municipality: key.municipality, residents, closed, ...(fax.trim() && { fax }), ...(email.trim() && { email }) };
    const sent = await sending.send(async () => {
      await api(`/support-desks/${key.desk_id}`, { method: 'PUT', body });
      await onDone();
    });
    setDone(sent ? t('partner.done') : '');
    if (sent && !desk) (setKey(fresh()), setValues(EMPTY));
  };
  return (
    <Form sending={sending} label={t('partner.save')} onSend={send} done={done}>
      {!desk && actsForRegion() && (
        <Select
          label={t('facility.municipality')}
          at="/municipality"
          required
          none={t('agreement.pick')}
          value={municipalities.value.has(key.municipality) ? key.municipality : ''}
          options={[...municipalities.value.entries()].map(([value, text]) => ({ value, text }))}
          onChange={(municipality) => setKey({ ...key, municipality })}
        />
      )}
      <Input label={t('support.name')} help={t('support.name_help')} at="/name" required maxLength={40} value={values.name} onInput={(name) => set({ name })} />
      <Text label={t('support.role')} at="/role" required rows={2} maxLength={130} value={values.role} onInput={(role) => set({ role })} />
      <Choice
        legend={t('support.for')}
        name={`for-${key.desk_id}`}
        value={residents ? 'residents' : 'professionals'}
        options={[{ value: 'professionals', text: t('support.professionals') }, { value: 'residents', text: t('support.residents') }]}
        onChange={(value) => setResidents(value === 'residents')}
      />
      <div class="pair">
        <Input label={t('head.phone')} at="/phone" required type="tel" maxLength={20} value={values.phone} onInput={(phone) => set({ phone })} />
        <Input label="FAX" at="/fax" optional type="tel" maxLength={20} value={values.fax} onInput={(fax) => set({ fax })} />
      </div>
      <Input label={t('contact.email')} at="/email" optional maxLength={200} value={values.email} onInput={(email) => set({ email })} />
      <Input label={t('support.hours')} help={t('support.hours_help')} at="/hours" required maxLength={60} value={values.hours} onInput={(hours) => set({ hours })} />
      <Input label={t('facility.address')} at="/address" required maxLength={60} value={values.address} onInput={(address) => set({ address })} />
      <Input label={t('support.area')} help={t('support.area_help')} at="/area" required maxLength={60} value={values.area} onInput={(area) => set({ area })} />
      <Input label={t('support.operator')} help={t('support.operator_help')} at="/operator" required maxLength={40} value={values.operator} onInput={(operator) => set({ operator })} />
      {desk && <Ticks legend={t('support.state')} values={closed ? ['closed'] : []} options={[{ value: 'closed', text: t('support.closed') }]} onChange={(on) => setClosed(on.length > 0)} />}
    </Form>
  );
}
