// The delivery log: every message that left or should leave, with what became of it; failures first to be seen.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad } from '../app/load.ts';
import { dot, t, word } from '../app/words.ts';
import { enumValues, type ContactKind, type DeliveryLine, type DeliveryListAnswer, type DeliveryState } from '../model.ts';
import { ofDeliveries } from '../lib/course.ts';
import { Chip, Empty, Refusal, Skeleton, Title, When, type ChipKind } from '../parts/basic.tsx';
import { Select } from '../parts/choices.tsx';

const KIND: Readonly<Partial<Record<DeliveryState, ChipKind>>> = { delivered: 'good', read: 'good', failed: 'wait', gave_up: 'wait', held: 'wait' };

export default function DeliveriesPage({ alert }: { alert?: string }) {
  const list = useLoad(`deliveries-${alert ?? ''}`, () => api<DeliveryListAnswer>('/deliveries', { query: { alert_id: alert } }));
  const [kind, setKind] = useState('');
  const [state, setState] = useState('');
  const shown = ofDeliveries(list.data?.deliveries ?? [], kind as ContactKind | '', state as DeliveryState | '');
  return (
    <div class="page">
      <Title text={t('delivery.title')} />
      <p class="help">{t('delivery.note')}</p>
      {alert && (
        <p>
          <a href={`/alerts/${alert}`}>{t('delivery.alert')}</a>
          {dot()}
          <a href="/deliveries">{t('delivery.all')}</a>
        </p>
      )}
      <div class="filters">
        <Select
          label={t('delivery.kind')}
          value={kind}
          none={t('delivery.every')}
          options={enumValues<ContactKind>('contact_kind').map((value) => ({ value, text: word('contact_kind', value) }))}
          onChange={setKind}
        />
        <Select
          label={t('delivery.state')}
          value={state}
          none={t('delivery.every')}
          options={enumValues<DeliveryState>('delivery_state').map((value) => ({ value, text: word('delivery_state', value) }))}
          onChange={setState}
        />
        <button type="button" class="button quiet" disabled={list.busy} onClick={() => void list.again()}>
          {t('delivery.again')}
        </button>
      </div>
      {!list.data && (list.problem ? <Refusal problem={list.problem} again={() => void list.again()} /> : <Skeleton lines={8} />)}
      {list.data && (
        <p class="count" role="status">
          {t('count', { count: shown.length })}
        </p>
      )}
      {list.data && shown.length === 0 && <Empty title={t('delivery.none')} />}
      {shown.length > 0 && <Table lines={shown} />}
    </div>
  );
}

function Table({ lines }: { lines: readonly DeliveryLine[] }) {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={t('delivery.title')}>
      <table class="deliveries">
        <thead>
          <tr>
            <th scope="col">{t('delivery.queued')}</th>
            <th scope="col">{t('delivery.whom')}</th>
            <th scope="col">{t('delivery.kind')}</th>
            <th scope="col">{t('delivery.state')}</th>
            <th scope="col">{t('delivery.course')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((one) => (
            <tr key={one.delivery_id}>
              <th scope="row">
                <When at={one.created_at} />
              </th>
              <td>
                {one.recipient ?? '―'}
                {one.alert_id && (
                  <a class="fact-line" href={`/alerts/${one.alert_id}`}>
                    {t('delivery.alert')}
                  </a>
                )}
              </td>
              <td>
                {word('contact_kind', one.kind)}
                {one.adapter && <span class="soft fact-line">{one.adapter}</span>}
              </td>
              <td>
                <Chip kind={KIND[one.state] ?? 'plain'}>{word('delivery_state', one.state)}</Chip>
                {one.possible_duplicate && <span class="warn fact-line">{t('delivery.twice')}</span>}
                {one.last_error && <span class="soft fact-line">{one.last_error}</span>}
              </td>
              <td>
                <Step name={t('delivery.sent')} at={one.sent_at} />
                <Step name={t('delivery.arrived')} at={one.delivered_at} />
                <Step name={t('delivery.read')} at={one.read_at} />
                <Step name={t('delivery.next')} at={one.next_at} />
                <span class="soft">{t('delivery.attempts', { count: one.attempts })}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Step({ name, at }: { name: string; at: string | undefined }) {
  if (!at) return null;
  return (
    <span class="fact-line">
      {name} <When at={at} />
    </span>
  );
}
