// FAX: what waits for a person, what was sent, the offices' numbers with their test pages.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { t, word } from '../app/words.ts';
import type { FaxLine, FaxListAnswer, FaxNumberListAnswer, FaxNumberView, MembershipView } from '../model.ts';
import { Chip, Empty, Input, Refusal, Section, Skeleton, Tel, Text, Title, When } from '../parts/basic.tsx';
import { PersonPick } from '../parts/choices.tsx';
import { Answers, FaxQueue } from '../parts/fax_queue.tsx';
import { Ask, Form } from '../parts/form.tsx';

export default function FaxPage() {
  return (
    <div class="page">
      <div class="title-row">
        <Title text={t('fax.title')} />
        <a class="button" href="/fax/send">
          {t('fax.send_title')}
        </a>
      </div>
      <FaxQueue />
      <div class="two">
        <div>
          <Sent />
        </div>
        <div>
          <Numbers />
        </div>
      </div>
    </div>
  );
}

function Sent() {
  const list = useLoad('fax-sent', () => api<FaxListAnswer>('/fax/sent'));
  return (
    <Section title={t('fax.sent')}>
      {!list.data && (list.problem ? <Refusal problem={list.problem} again={() => void list.again()} /> : <Skeleton />)}
      {list.data?.faxes.length === 0 && <Empty title={t('fax.none_sent')} />}
      <ul class="rows">
        {list.data?.faxes.map((one) => (
          <SentRow key={one.fax_id} one={one} again={list.again} />
        ))}
      </ul>
    </Section>
  );
}

function SentRow({ one, again }: { one: FaxLine; again: () => Promise<void> }) {
  const [to, setTo] = useState('');
  const [what, setWhat] = useState('');
  const [recovered, setRecovered] = useState(false);
  const sending = useSend();
  const record = () =>
    sending.send(async () => {
      await api(`/fax/sent/${one.fax_id}/misdirected`, { method: 'POST', body: { sent_to: to.trim(), what: what.trim(), recovered } });
      await again();
    });
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>{one.office}</strong> <Tel number={one.number} /> <Chip>{word('delivery_state', one.state)}</Chip>
      </span>
      <span class="row-note">
        {one.title}・{t('fax.reference', { reference: one.reference })} <When at={one.created_at} /> {one.sent_by} {one.last_error}
      </span>
      {one.answers && <Answers faxes={one.answers} />}
      {one.wants_answer && !one.answers?.length && !one.misdirected_at && <span class="row-note">{t('fax.no_answer_yet')}</span>}
      {one.misdirected_at ? (
        <span class="row-note warn">
          {t('fax.misdirected', { to: one.misdirected_to ?? '' })} {t(one.recovered ? 'fax.recovered' : 'fax.not_recovered')}
        </span>
      ) : (
        <details class="before">
          <summary>{t('fax.wrong')}</summary>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void record();
            }}>
            <p class="help">{t('fax.wrong_note')}</p>
            <Input label={t('fax.wrong_to')} required maxLength={60} value={to} onInput={setTo} />
            <Text label={t('fax.wrong_what')} rows={2} maxLength={300} value={what} onInput={setWhat} />
            <label class="tick">
              <input type="checkbox" checked={recovered} onChange={(event) => setRecovered(event.currentTarget.checked)} />
              <span>{t('fax.wrong_recovered')}</span>
            </label>
            <Refusal problem={sending.problem} />
            <button class="button" disabled={sending.busy || !to.trim() || !what.trim()}>
              {t('fax.wrong_send')}
            </button>
          </form>
        </details>
      )}
    </li>
  );
}

// No patient's page goes to a number before its office has read the code of a test page out.
function Numbers() {
  const list = useLoad('fax-numbers', () => api<FaxNumberListAnswer>('/fax/numbers'));
  return (
    <Section title={t('fax.numbers')} note={t('fax.numbers_note')}>
      {!list.data && (list.problem ? <Refusal problem={list.problem} again={() => void list.again()} /> : <Skeleton />)}
      {list.data?.numbers.length === 0 && <Empty title={t('fax.none_numbers')} />}
      <ul class="rows">
        {list.data?.numbers.map((one) => (
          <NumberRow key={one.office_id} one={one} again={list.again} />
        ))}
      </ul>
      <AddNumber again={list.again} />
    </Section>
  );
}

function AddNumber({ again }: { again: () => Promise<void> }) {
  const [office, setOffice] = useState<MembershipView | undefined>(undefined);
  const [number, setNumber] = useState('');
  const sending = useSend();
  const send = () =>
    sending.send(async () => {
      await api(`/fax/numbers/${office!.office_id}`, { method: 'PUT', body: { number: number.trim() } });
      setOffice(undefined);
      setNumber('');
      await again();
    });
  return (
    <details class="before">
      <summary>{t('fax.add')}</summary>
      <Form sending={sending} label={t('fax.test')} onSend={send} disabled={!office || !number.trim()}>
        <PersonPick legend={t('fax.office')} value={office} onPick={setOffice} />
        <Input label={t('fax.number')} at="/number" type="tel" required maxLength={20} value={number} onInput={setNumber} />
      </Form>
    </details>
  );
}

function NumberRow({ one, again }: { one: FaxNumberView; again: () => Promise<void> }) {
  const [code, setCode] = useState('');
  const sending = useSend();
  const confirm = () =>
    sending.send(async () => {
      await api(`/fax/numbers/${one.office_id}/confirm`, { method: 'POST', body: { code: code.trim() } });
      await again();
    });
  const test = () =>
    sending.send(async () => {
      await api(`/fax/numbers/${one.office_id}`, { method: 'PUT', body: { number: one.number } });
      await again();
    });
  const unconfirm = async () => {
    await api(`/fax/numbers/${one.office_id}/unconfirm`, { method: 'POST', body: {} });
    await again();
  };
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>{one.office}</strong> {one.number} <Chip kind={one.state === 'confirmed' ? 'good' : 'wait'}>{word('fax_number_state', one.state)}</Chip>
      </span>
      {one.state === 'testing' && (
        <form
          class="pair pair-end"
          onSubmit={(event) => {
            event.preventDefault();
            void confirm();
          }}>
          <Input label={t('fax.test_code')} required maxLength={20} value={code} error={sending.problem?.textOf('/code')} onInput={setCode} />
          <button class="button" disabled={sending.busy || !code.trim()}>
            {t('fax.confirm')}
          </button>
        </form>
      )}
      {one.state !== 'confirmed' && (
        <button type="button" class="button quiet small" disabled={sending.busy} onClick={() => void test()}>
          {t('fax.test')}
        </button>
      )}
      {one.state === 'confirmed' && (
        <Ask title={t('fax.unconfirm')} of={one.office} sure={t('fax.unconfirm_sure')} label={t('fax.unconfirm_do')} onDo={unconfirm} />
      )}
      <Refusal problem={sending.problem} />
    </li>
  );
}
