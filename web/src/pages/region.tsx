// The region itself: which municipalities take part and could, and what they agreed to open to each other.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { has } from '../app/session.ts';
import { dot, listed, t, word } from '../app/words.ts';
import type { AgreementLine, AgreementListAnswer, MunicipalityCandidate, MunicipalityCandidatesAnswer, MunicipalityListAnswer, MunicipalityView } from '../model.ts';
import { Chip, Day, Empty, Input, Section, Text, Title, Waiting } from '../parts/basic.tsx';
import { AgreementForm } from '../parts/agreement_form.tsx';
import { Fold, Form } from '../parts/form.tsx';
import { Mandates } from '../parts/mandates.tsx';

const mayForm = () => has('administrator', 'operator');

export default function RegionPage() {
  const list = useLoad('region', () => api<MunicipalityListAnswer>('/municipalities', { query: { in_region: true } }));
  return (
    <div class="page narrow">
      <Title text={t('region.title')} />
      <Section title={t('region.members')}>
        <Waiting of={list} lines={4} />
        <ul class="rows">{list.data?.municipalities.map((one) => <Member key={one.code} one={one} />)}</ul>
        {mayForm() && (
          <Fold title={t('region.add')}>
            <Candidates onDone={list.again} />
          </Fold>
        )}
      </Section>
      <Agreements />
      <Mandates />
    </div>
  );
}

const Member = ({ one }: { one: MunicipalityView }) => (
  <li class="row row-pad">
    <span class="row-text">
      <strong>{one.name}</strong> <span class="soft">{one.code}</span>
    </span>
    <span>
      {one.prefecture}
      {one.area_name && `${dot()}${t('region.area', { name: one.area_name })}`}
    </span>
    {one.reason && <span class="row-note">{t('region.because', { reason: one.reason })}</span>}
  </li>
);

// Who lies in the same 二次医療圏 stands first; a code nobody proposes can be typed.
function Candidates({ onDone }: { onDone: () => Promise<void> }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<MunicipalityCandidate | undefined>(undefined);
  const list = useLoad(`candidates-${text.trim()}`, () => api<MunicipalityCandidatesAnswer>('/municipality-candidates', { query: { text: text.trim() } }));
  const shown = list.data?.candidates.slice(0, 20) ?? [];
  const done = async () => {
    setChosen(undefined);
    await Promise.all([onDone(), list.again()]);
  };
  return (
    <>
      <Input label={t('region.find')} type="search" value={text} onInput={setText} />
      <Waiting of={list} lines={3} />
      {list.data && shown.length === 0 && <Empty title={t('region.nobody')} />}
      <ul class="rows">
        {shown.map((one) => (
          <li class="row row-pad" key={one.code}>
            <span class="row-text">
              <strong>{one.name || one.code}</strong> <span class="soft">{one.prefecture}</span>
            </span>
            <span>{one.same_area ? <Chip kind="good">{t('region.same')}</Chip> : one.area_name && t('region.area', { name: one.area_name })}</span>
            <button type="button" class="button quiet small" onClick={() => setChosen(one)}>
              {t('region.choose')} <span class="hidden">{one.name || one.code}</span>
            </button>
          </li>
        ))}
      </ul>
      <MemberForm key={chosen?.code ?? ''} candidate={chosen} onDone={done} />
    </>
  );
}

function MemberForm({ candidate, onDone }: { candidate?: MunicipalityCandidate; onDone: () => Promise<void> }) {
  const [code, setCode] = useState(candidate?.code ?? '');
  const [values, setValues] = useState({ prefecture: candidate?.prefecture ?? '', name: candidate?.name ?? '', desk_phone: '', reason: '' });
  const sending = useSend();
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part });
  const send = () =>
    sending.send(async () => {
      const body = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim()));
      await api(`/municipalities/${encodeURIComponent(code.trim())}`, { method: 'PUT', body: { prefecture: '', name: '', ...body } });
      await onDone();
    });
  return (
    <Form sending={sending} label={t('region.join')} onSend={send}>
      <Input label={t('region.code')} help={t('region.code_help')} at="/code" required maxLength={6} value={code} onInput={setCode} />
      <div class="pair">
        <Input label={t('region.prefecture')} at="/prefecture" required maxLength={6} value={values.prefecture} onInput={(prefecture) => set({ prefecture })} />
        <Input label={t('region.name')} at="/name" required maxLength={20} value={values.name} onInput={(name) => set({ name })} />
      </div>
      <Input label={t('app.desk')} at="/desk_phone" optional type="tel" maxLength={20} value={values.desk_phone} onInput={(desk_phone) => set({ desk_phone })} />
      <Text
        label={t('region.reason')}
        help={t('region.reason_help')}
        at="/reason"
        optional={candidate?.same_area ?? false}
        rows={2}
        maxLength={100}
        value={values.reason}
        onInput={(reason) => set({ reason })}
      />
    </Form>
  );
}

// ---- agreements ----------------------------------------------------------------------------------------------------------------------

function Agreements() {
  const list = useLoad('agreements', () => api<AgreementListAnswer>('/agreements'));
  return (
    <Section title={t('agreement.title')} note={t('agreement.note')}>
      <Waiting of={list} lines={4} />
      {list.data?.agreements.length === 0 && <Empty title={t('agreement.none')} />}
      <ul class="rows">
        {list.data?.agreements.map((one) => (
          <li class="row row-pad" key={one.agreement_id}>
            <Agreement one={one} />
            {list.data!.may_edit && (
              <Fold title={t('agreement.change')} of={`${one.giving_name} ${one.receiving_name}`}>
                <AgreementForm agreement={one} onDone={list.again} />
              </Fold>
            )}
          </li>
        ))}
      </ul>
      {list.data?.may_edit && (
        <Fold title={t('agreement.add')}>
          <AgreementForm onDone={list.again} />
        </Fold>
      )}
    </Section>
  );
}

const SOON_DAYS = 60;

const Agreement = ({ one }: { one: AgreementLine }) => (
  <>
    <span class="row-text">
      <strong>{t('agreement.way', { giving: one.giving_name, receiving: one.receiving_name })}</strong>{' '}
      {one.in_force ? <Chip kind="good">{t('agreement.in_force')}</Chip> : <Chip>{t(one.to && one.days_left === undefined ? 'agreement.over' : 'agreement.to_come')}</Chip>}{' '}
      {one.in_force && one.days_left !== undefined && one.days_left <= SOON_DAYS && <Chip kind="wait">{t('agreement.left', { days: one.days_left })}</Chip>}
    </span>
    <span>
      {listed(one.kinds.map((kind) => word('agreement_kind', kind)))}
      <span class="fact-line">{one.professions.length > 0 ? listed(one.professions.map((role) => word('role', role))) : t('agreement.everybody')}</span>
    </span>
    <span class="row-note">
      <Day date={one.from} /> {t('agreement.until')} {one.to ? <Day date={one.to} /> : t('agreement.no_end')}
    </span>
  </>
);
