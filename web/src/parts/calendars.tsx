// Duty in one's own calendar program: secret addresses, told once, ended at any time.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { t, word } from '../app/words.ts';
import type { CalendarListAnswer, CalendarMade } from '../model.ts';
import { Input, Refusal, Section, Skeleton, When } from './basic.tsx';

export function Calendars() {
  const list = useLoad('calendars', () => api<CalendarListAnswer>('/calendars'));
  const [label, setLabel] = useState('');
  const [made, setMade] = useState<CalendarMade | undefined>(undefined);
  const sending = useSend();
  const make = () =>
    sending.send(async () => {
      const body = { scope: 'person', ...(label.trim() ? { label: label.trim() } : {}) };
      setMade(await api<CalendarMade>('/calendars', { method: 'POST', body }));
      setLabel('');
      await list.again();
    });
  const revoke = (id: string) =>
    sending.send(async () => {
      await api(`/calendars/${id}`, { method: 'DELETE' });
      await list.again();
    });
  return (
    <Section title={t('calendar.title')} note={t('calendar.note')}>
      {!list.data && (list.problem ? <Refusal problem={list.problem} again={() => void list.again()} /> : <Skeleton lines={2} />)}
      <ul class="rows">
        {list.data?.calendars.map((one) => (
          <li class="row row-pad" key={one.calendar_id}>
            <span class="row-text">
              {word('calendar_scope', one.scope)} {one.label}
            </span>
            <span class="row-note">
              <When at={one.made_at} /> {one.read_at && t('calendar.read')} {one.read_at && <When at={one.read_at} />}
            </span>
            <details class="before">
              <summary>{t('calendar.end')}</summary>
              <button type="button" class="button quiet small" disabled={sending.busy} onClick={() => void revoke(one.calendar_id)}>
                {t('calendar.end_do')}
              </button>
            </details>
          </li>
        ))}
      </ul>
      {made && (
        <div class="hint" role="status">
          <p>{t('calendar.once')}</p>
          <p>
            <code class="break">
              {location.origin}
              {made.path}
            </code>
          </p>
        </div>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}>
        <Input label={t('calendar.label')} optional maxLength={20} value={label} onInput={setLabel} />
        <Refusal problem={sending.problem} />
        <button class="button quiet" disabled={sending.busy}>
          {t('calendar.make')}
        </button>
      </form>
    </Section>
  );
}
