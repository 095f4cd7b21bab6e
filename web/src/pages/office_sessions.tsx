// For an office's manager: where the office's people are logged in, and the way to log a lost device out.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { session } from '../app/session.ts';
import { dot, t } from '../app/words.ts';
import type { OfficeSessionListAnswer, OfficeSessionView } from '../model.ts';
import { deviceName } from '../lib/device_name.ts';
import { Chip, Refusal, Section, Skeleton, Title, When } from '../parts/basic.tsx';
import { Dialog } from '../parts/dialog.tsx';

const nameOf = (one: OfficeSessionView) => (one.device ? deviceName(one.device) : t('settings.device_unknown'));

export default function OfficeSessionsPage() {
  const list = useLoad('office-sessions', () => api<OfficeSessionListAnswer>('/office/sessions'));
  const [asked, setAsked] = useState<OfficeSessionView | undefined>(undefined);
  const [ended, setEnded] = useState<OfficeSessionView | undefined>(undefined);
  const people = new Map<string, OfficeSessionView[]>();
  for (const one of list.data?.sessions ?? []) people.set(one.person_id, [...(people.get(one.person_id) ?? []), one]);
  const close = (one?: OfficeSessionView) => {
    setAsked(undefined);
    setEnded(one);
    if (one) void list.again();
  };
  return (
    <div class="page narrow">
      <p>
        <a class="link" href="/settings">
          {t('settings.back')}
        </a>
      </p>
      <Title text={t('devices.title')} />
      <p>{session.value?.office}</p>
      <p class="help">{t('devices.note')}</p>
      <p role="status" class={ended ? 'saved' : undefined}>
        {ended && t('devices.done', { name: ended.name, device: nameOf(ended) })}
      </p>
      {!list.data && !list.problem && <Skeleton lines={4} />}
      <Refusal problem={list.problem} again={() => void list.again()} />
      {[...people.values()].map((sessions) => (
        <Section key={sessions[0]!.person_id} title={sessions[0]!.name}>
          <ul class="rows">
            {sessions.map((one) => (
              <Row key={one.session_id} one={one} onEnd={() => setAsked(one)} />
            ))}
          </ul>
        </Section>
      ))}
      {asked && <Confirm one={asked} onClose={close} />}
    </div>
  );
}

function Row({ one, onEnd }: { one: OfficeSessionView; onEnd: () => void }) {
  return (
    <li class="row row-pad">
      <span class="row-text">
        {nameOf(one)} {one.current && <Chip kind="good">{t('settings.this')}</Chip>} {!one.here && <Chip>{t('devices.elsewhere')}</Chip>}
      </span>
      <span class="row-note">
        {t('settings.since')} <When at={one.started_at} />
        {dot()}
        {t('settings.last')} <When at={one.seen_at} />
      </span>
      {!one.current && (
        <button type="button" class="button quiet small" aria-label={t('devices.end_of', { name: one.name, device: nameOf(one) })} onClick={onEnd}>
          {t('settings.end')}
        </button>
      )}
    </li>
  );
}

function Confirm({ one, onClose }: { one: OfficeSessionView; onClose: (ended?: OfficeSessionView) => void }) {
  const sending = useSend();
  const end = async () => {
    if (await sending.send(() => api(`/sessions/${one.session_id}`, { method: 'DELETE' }))) onClose(one);
  };
  return (
    <Dialog title={t('devices.ask', { name: one.name })} onClose={() => onClose()}>
      <p>
        {nameOf(one)}
        {dot()}
        {t('settings.last')} <When at={one.seen_at} />
      </p>
      <p>{t('devices.effect')}</p>
      <Refusal problem={sending.problem} />
      <button type="button" class="button wide" disabled={sending.busy} onClick={() => void end()}>
        {t('settings.end')}
      </button>
      <button type="button" class="button quiet wide" onClick={() => onClose()}>
        {t('cancel')}
      </button>
    </Dialog>
  );
}
