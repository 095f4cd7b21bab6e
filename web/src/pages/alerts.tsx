// The board of alerts: open ones first, live; ended ones on demand, page by page.
import { useEffect, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { countSeconds } from '../app/clock.ts';
import { hear, onResync } from '../app/live.ts';
import { useLoad } from '../app/load.ts';
import { t } from '../app/words.ts';
import type { AlertLine, AlertListAnswer } from '../model.ts';
import type { Problem } from '../lib/problem.ts';
import { inBoardOrder } from '../lib/course.ts';
import { Empty, Refusal, Section, Skeleton, Title } from '../parts/basic.tsx';
import { AlertRow } from '../parts/blocks.tsx';

const LOOK_AGAIN = 20_000;

// Open alerts, read again whenever something happens; a change moves nothing but the line it belongs to.
export function useOpenAlerts() {
  const open = useLoad('alerts-open', () => api<AlertListAnswer>('/alerts', { query: { open: true, limit: 100 } }));
  useEffect(() => hear((item) => Boolean(item.alert_id) && void open.again()), []);
  useEffect(() => onResync(() => void open.again()), []);
  useEffect(() => {
    const timer = setInterval(() => void open.again(), LOOK_AGAIN);
    return () => clearInterval(timer);
  }, []);
  return open;
}

export default function AlertsPage() {
  const open = useOpenAlerts();
  useEffect(countSeconds, []);
  const lines = inBoardOrder(open.data?.alerts ?? []);
  return (
    <div class="page">
      <Title text={t('board.title')} />
      <Section title={t('board.open')}>
        {!open.data && (open.problem ? <Refusal problem={open.problem} again={() => void open.again()} /> : <Skeleton lines={4} />)}
        {open.data && open.problem && <Refusal problem={open.problem} />}
        {open.data && lines.length === 0 && <p class="all-calm">{t('day.no_alerts')}</p>}
        {lines.length > 0 && (
          <p class="count" role="status">
            {t('count', { count: lines.length })}
          </p>
        )}
        <ul class="rows">
          {lines.map((alert) => (
            <AlertRow key={alert.alert_id} alert={alert} />
          ))}
        </ul>
      </Section>
      <Ended />
    </div>
  );
}

interface Past {
  lines: readonly AlertLine[];
  next?: string;
  problem?: Problem;
  asked: boolean;
}

function Ended() {
  const [past, setPast] = useState<Past>({ lines: [], asked: false });
  const read = async () => {
    setPast((old) => ({ ...old, asked: true, problem: undefined }));
    try {
      const answer = await api<AlertListAnswer>('/alerts', { query: { after: past.next, limit: 30 } });
      const ended = answer.alerts.filter((one) => one.state === 'ended');
      setPast((old) => ({ lines: [...old.lines, ...ended], next: answer.next, asked: true }));
    } catch (error) {
      setPast((old) => ({ ...old, problem: error as Problem }));
    }
  };
  return (
    <Section title={t('board.ended')}>
      <Refusal problem={past.problem} again={() => void read()} />
      {past.asked && !past.problem && past.lines.length === 0 && !past.next && <Empty title={t('board.none_ended')} />}
      <ul class="rows">
        {past.lines.map((alert) => (
          <AlertRow key={alert.alert_id} alert={alert} />
        ))}
      </ul>
      {(!past.asked || past.next) && (
        <button type="button" class="button quiet" onClick={() => void read()}>
          {t(past.asked ? 'more' : 'board.show_ended')}
        </button>
      )}
    </Section>
  );
}
