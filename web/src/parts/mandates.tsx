// Joint offices: which municipality lets which office act for it, from when to when.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { has, municipalities } from '../app/session.ts';
import { t } from '../app/words.ts';
import type { MandateListAnswer, MandateView, OfficeListAnswer } from '../model.ts';
import { dayOf } from '../lib/time.ts';
import { Chip, Day, Empty, Input, Section, Waiting } from './basic.tsx';
import { Select } from './choices.tsx';
import { Fold, Form } from './form.tsx';

export function Mandates() {
  const list = useLoad('mandates', () => api<MandateListAnswer>('/mandates'));
  const mayEdit = has('administrator', 'operator');
  return (
    <Section title={t('mandate.title')} note={t('mandate.note')}>
      <Waiting of={list} lines={3} />
      {list.data?.mandates.length === 0 && <Empty title={t('mandate.none')} />}
      <ul class="rows">
        {list.data?.mandates.map((one) => (
          <li class="row row-pad" key={one.mandate_id}>
            <span class="row-text">
              <strong>{t('mandate.way', { office: one.office, municipality: one.municipality_name })}</strong> {one.in_force && <Chip kind="good">{t('agreement.in_force')}</Chip>}
            </span>
            <span>{t('mandate.by', { given_by: one.given_by })}</span>
            <span class="row-note">
              <Day date={one.from} /> {t('agreement.until')} {one.to ? <Day date={one.to} /> : t('agreement.no_end')}
            </span>
            {mayEdit && (
              <Fold title={t('mandate.change')} of={one.office}>
                <MandateForm mandate={one} onDone={list.again} />
              </Fold>
            )}
          </li>
        ))}
      </ul>
      {mayEdit && (
        <Fold title={t('mandate.add')}>
          <MandateForm onDone={list.again} />
        </Fold>
      )}
    </Section>
  );
}

function MandateForm({ mandate, onDone }: { mandate?: MandateView; onDone: () => Promise<void> }) {
  const [id, setId] = useState(() => mandate?.mandate_id ?? (crypto.randomUUID() as string));
  const [sides, setSides] = useState({ municipality: mandate?.municipality ?? '', office_id: mandate?.office_id ?? '' });
  const [terms, setTerms] = useState({ from: mandate?.from ?? dayOf(Date.now()), to: mandate?.to ?? '', given_by: mandate?.given_by ?? '' });
  const [done, setDone] = useState('');
  const offices = useLoad('offices-all', () => api<OfficeListAnswer>('/offices', { query: { limit: 200 } }));
  const sending = useSend();
  const send = async () => {
    const { to, ...rest } = terms;
    const sent = await sending.send(async () => {
      await api(`/mandates/${id}`, { method: 'PUT', body: { ...sides, ...rest, ...(to && { to }) } });
      await onDone();
    });
    setDone(sent ? t('partner.done') : '');
    if (sent && !mandate) (setId(crypto.randomUUID()), setSides({ municipality: '', office_id: '' }));
  };
  const towns = [...municipalities.value.entries()].map(([value, text]) => ({ value, text }));
  const others = (offices.data?.offices ?? []).filter((one) => one.municipality !== sides.municipality).map((one) => ({ value: one.office_id, text: one.name }));
  return (
    <Form sending={sending} label={t('partner.save')} onSend={send} done={done} disabled={!sides.municipality || !sides.office_id}>
      {!mandate && (
        <div class="pair">
          <Select
            label={t('mandate.municipality')}
            at="/municipality"
            required
            none={t('agreement.pick')}
            value={sides.municipality}
            options={towns}
            onChange={(municipality) => setSides({ municipality, office_id: '' })}
          />
          <Select
            label={t('mandate.office')}
            at="/office_id"
            required
            none={t('agreement.pick')}
            value={sides.office_id}
            options={others}
            onChange={(office_id) => setSides({ ...sides, office_id })}
          />
        </div>
      )}
      <Input label={t('mandate.given_by')} help={t('mandate.given_by_help')} at="/given_by" required maxLength={60} value={terms.given_by} onInput={(given_by) => setTerms({ ...terms, given_by })} />
      <div class="pair">
        <Input label={t('agreement.from')} at="/from" type="date" required value={terms.from} onInput={(from) => setTerms({ ...terms, from })} />
        <Input label={t('agreement.to')} at="/to" type="date" optional value={terms.to} onInput={(to) => setTerms({ ...terms, to })} />
      </div>
    </Form>
  );
}
