// The dispatch desk: the look-up field with the focus, running incidents with who has accepted, duty now per municipality. Dark, large,
// by keyboard alone: "/" goes to the field from anywhere, Alt+1…9 opens a running incident.
import { useEffect } from 'preact/hooks';
import { api } from '../app/api.ts';
import { countSeconds } from '../app/clock.ts';
import { showTheme } from '../app/device.ts';
import { useLoad, useSend } from '../app/load.ts';
import { go } from '../app/route.ts';
import { has } from '../app/session.ts';
import { t, word } from '../app/words.ts';
import type { EmsContact, IncidentLine, IncidentListAnswer, IncidentViewAnswer, OutlineLine, OutlineListAnswer } from '../model.ts';
import { clockTime, parseTime } from '../lib/time.ts';
import { Chip, Day, Refusal, Section, Skeleton, Title, When } from '../parts/basic.tsx';
import { DutyNow } from '../parts/blocks.tsx';
import { Lookup } from '../parts/lookup.tsx';

const LOOK_AGAIN = 5_000;
// So many incidents are asked for one by one; beyond that the list alone must do.
const MOST = 9;

interface Running extends IncidentLine {
  accepted?: EmsContact;
}

async function readRunning(): Promise<Running[]> {
  const { incidents } = await api<IncidentListAnswer>('/dispatch/incidents', { query: { open: true, limit: 50 } });
  return Promise.all(
    incidents.map(async (one, at) => {
      if (one.match !== 'found' || at >= MOST) return one;
      const view = await api<IncidentViewAnswer>(`/dispatch/incidents/${one.incident_id}`).catch(() => undefined);
      const accepted = view?.contacts.find((contact) => contact.state === 'accepted');
      return accepted ? { ...one, accepted } : one;
    }),
  );
}

export function useRunning() {
  const list = useLoad('incidents-open', readRunning);
  useEffect(() => {
    const timer = setInterval(() => void list.again(), LOOK_AGAIN);
    return () => clearInterval(timer);
  }, []);
  return list;
}

export default function DeskPage() {
  const list = useRunning();
  useEffect(countSeconds, []);
  useEffect(() => {
    showTheme('dark');
    return () => showTheme();
  }, []);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const writes = (event.target as Element).matches?.('input, textarea, select');
      if (event.key === '/' && !writes) {
        event.preventDefault();
        document.getElementById('lookup-field')?.focus();
      }
      const one = event.altKey && /^[1-9]$/.test(event.key) ? list.data?.[Number(event.key) - 1] : undefined;
      if (one) {
        event.preventDefault();
        go(`/incidents/${one.incident_id}`);
      }
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [list.data]);
  return (
    <div class="page desk">
      <Title text={t('desk.title')} />
      <p class="soft desk-keys">{t('desk.keys')}</p>
      <div class="two two-wide">
        <div>
          <Lookup />
          <Section title={t('desk.running')}>
            {!list.data && (list.problem ? <Refusal problem={list.problem} again={() => void list.again()} /> : <Skeleton />)}
            {list.data && list.problem && <Refusal problem={list.problem} />}
            {list.data?.length === 0 && <p class="all-calm">{t('desk.none_running')}</p>}
            <Incidents list={list.data ?? []} />
          </Section>
        </div>
        <div>
          <DutyNow all />
          {has('dispatch_desk') && <Papers />}
        </div>
      </div>
    </div>
  );
}

export function Incidents({ list }: { list: readonly Running[] }) {
  return (
    <ol class="rows">
      {list.map((one, at) => (
        <li class="row" key={one.incident_id}>
          <a class="row-link" href={`/incidents/${one.incident_id}`}>
            <span class="row-text">
              {at < MOST && <span class="try-number">{at + 1}</span>} <strong>{one.unit ?? one.number}</strong>{' '}
              {one.complaint && word('incident_complaint', one.complaint)} {one.exercise && <Chip>{t('alert.exercise_mark')}</Chip>}
            </span>
            <span class="row-note">
              <When at={one.called_at ?? one.received_at} /> {one.number}
            </span>
            <span class="row-state">
              <Chip kind={one.match === 'found' ? 'good' : 'plain'}>{word('match_state', one.match)}</Chip>
              {one.accepted && (
                <span>
                  <strong>{one.accepted.name}</strong>{' '}
                  {one.accepted.arrival_at
                    ? t('alert.arrives', { time: clockTime(parseTime(one.accepted.arrival_at)) })
                    : one.accepted.eta && word('ems_eta', one.accepted.eta)}
                </span>
              )}
              {one.match === 'found' && !one.accepted && <span>{t('desk.nobody_yet')}</span>}
              {one.replies_waiting > 0 && <Chip kind="wait">{t('desk.waiting', { count: one.replies_waiting })}</Chip>}
            </span>
          </a>
        </li>
      ))}
    </ol>
  );
}

// For when the line is down: the lists for the command system, and the agreed scheme with its receipt.
function Papers() {
  const outlines = useLoad('outlines', () => api<OutlineListAnswer>('/dispatch/outlines'));
  return (
    <Section title={t('desk.papers')}>
      <details class="before">
        <summary>{t('desk.export')}</summary>
        <p class="help">{t('desk.export_note')}</p>
        <p class="buttons">
          <a class="button quiet" href="/api/v1/dispatch/export?encoding=cp932" download>
            {t('desk.export_cp932')}
          </a>
          <a class="button quiet" href="/api/v1/dispatch/export" download>
            {t('desk.export_utf8')}
          </a>
          <a class="button quiet" href="/api/v1/dispatch/export?encoding=cp932&delta=true" download>
            {t('desk.export_delta')}
          </a>
        </p>
      </details>
      <Refusal problem={outlines.problem} again={() => void outlines.again()} />
      {outlines.data?.outlines.map((one) => (
        <Outline key={`${one.partner_id}-${one.number}`} one={one} again={outlines.again} />
      ))}
    </Section>
  );
}

function Outline({ one, again }: { one: OutlineLine; again: () => Promise<void> }) {
  const sending = useSend();
  const receive = () =>
    sending.send(async () => {
      await api(`/dispatch/partners/${one.partner_id}/outlines/${one.number}/receipt`, { method: 'POST' });
      await again();
    });
  return (
    <details class="before">
      <summary>
        {t('desk.outline', { title: one.title, number: one.number })} {!one.received_at && <Chip kind="wait">{t('desk.outline_new')}</Chip>}
      </summary>
      <p class="soft">
        {t('desk.outline_from')} <Day date={one.valid_from} />
      </p>
      <p class="entry-text">{one.text}</p>
      {one.received_at ? (
        <p class="soft">
          {t('desk.received')} <When at={one.received_at} />
        </p>
      ) : (
        <button type="button" class="button" disabled={sending.busy} onClick={() => void receive()}>
          {t('desk.receive')}
        </button>
      )}
      <Refusal problem={sending.problem} />
    </details>
  );
}
