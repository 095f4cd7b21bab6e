// Registered terminals of a dispatch desk or a last resort: whoever logs in there stays open for the shift. Invited by a code read aloud, registered at the device.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { has, session } from '../app/session.ts';
import { dot, t } from '../app/words.ts';
import type { TerminalHereAnswer, TerminalInvited, TerminalListAnswer, TerminalView } from '../model.ts';
import { Chip, Day, Empty, Input, Section, When } from './basic.tsx';
import { Ask, Fold, Form } from './form.tsx';

export const DESKS: readonly string[] = ['dispatch_desk', 'last_resort'];

// Easier to say, and to follow, in two halves.
const spoken = (code: string) => `${code.slice(0, 5)} ${code.slice(5)}`;

// For who looks after the office.
export function OfficeTerminals({ office }: { office: string }) {
  const list = useLoad(`terminals-${office}`, () => api<TerminalListAnswer>(`/offices/${office}/terminals`));
  if (!list.data) return null;
  return (
    <Section title={t('terminal.title')} note={t('terminal.note')}>
      {list.data.terminals.length === 0 && <Empty title={t('terminal.none')} />}
      <ul class="rows">
        {list.data.terminals.map((one) => (
          <Row key={one.terminal_id} office={office} one={one} again={list.again} />
        ))}
      </ul>
      <Fold title={t('terminal.add')}>
        <Invite office={office} again={list.again} />
      </Fold>
    </Section>
  );
}

function Invite({ office, again }: { office: string; again: () => Promise<void> }) {
  const [id, setId] = useState(() => crypto.randomUUID() as string);
  const [name, setName] = useState('');
  const [made, setMade] = useState<TerminalInvited | undefined>(undefined);
  const sending = useSend();
  const send = () =>
    sending.send(async () => {
      setMade(await api<TerminalInvited>(`/offices/${office}/terminals/${id}`, { method: 'PUT', body: { name: name.trim() } }));
      await again();
    });
  const close = () => {
    setMade(undefined);
    setId(crypto.randomUUID());
    setName('');
    void again();
  };
  return (
    <>
      <Form sending={sending} label={t('terminal.invite')} onSend={send} disabled={!name.trim() || Boolean(made)}>
        <Input label={t('terminal.name')} help={t('terminal.name_help')} at="/name" required maxLength={20} value={name} onInput={setName} />
      </Form>
      {made && (
        <div class="once" role="status">
          <p>{t('terminal.read_aloud', { name: name.trim() })}</p>
          <p class="once-secret">{spoken(made.code)}</p>
          <p class="soft">{t('terminal.once')}</p>
          <button type="button" class="button quiet small" onClick={close}>
            {t('terminal.told')}
          </button>
        </div>
      )}
    </>
  );
}

function State({ one }: { one: TerminalView }) {
  if (one.revoked_at)
    return (
      <>
        {t('terminal.revoked')} <When at={one.revoked_at} /> {one.revoked_by}
      </>
    );
  if (!one.registered_at)
    return (
      <>
        {t('terminal.invited')} <When at={one.invited_at} /> {one.invited_by}
      </>
    );
  return (
    <>
      {t('terminal.registered')} <When at={one.registered_at} /> {one.registered_by}
      {one.seen_day && (
        <>
          {dot()}
          {t('terminal.seen')} <Day date={one.seen_day} />
        </>
      )}
    </>
  );
}

function Row({ office, one, again }: { office: string; one: TerminalView; again: () => Promise<void> }) {
  const revoke = () => api(`/offices/${office}/terminals/${one.terminal_id}`, { method: 'DELETE' }).then(again);
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>{one.name}</strong> {one.registered_at && !one.revoked_at && <Chip kind="good">{t('terminal.in_use')}</Chip>}
      </span>
      <span class="row-note">
        <State one={one} />
      </span>
      {!one.revoked_at && <Ask title={t('terminal.revoke')} of={one.name} sure={t('terminal.revoke_sure')} label={t('terminal.revoke_do')} onDo={revoke} />}
    </li>
  );
}

// In the settings: what this device is; for a desk, and whenever the office has invited a terminal, the field for the code.
export function TerminalHere() {
  const here = useLoad(`terminal-${session.value?.office_id}`, () => api<TerminalHereAnswer>('/terminal'));
  if (!here.data || (!here.data.name && !here.data.invited && !has('dispatch_desk', 'last_resort'))) return null;
  return (
    <Section title={t('terminal.title')} note={t(here.data.name ? 'terminal.here_note' : 'terminal.note')}>
      {here.data.name ? (
        <p role="status">
          {here.data.name} <Chip kind="good">{t('terminal.in_use')}</Chip>
        </p>
      ) : (
        <Register again={here.again} />
      )}
    </Section>
  );
}

function Register({ again }: { again: () => Promise<void> }) {
  const [code, setCode] = useState('');
  const sending = useSend();
  const send = () =>
    sending.send(async () => {
      await api('/terminal', { method: 'POST', body: { code: code.trim() } });
      await again();
    });
  return (
    <Form sending={sending} label={t('terminal.register')} onSend={send} disabled={!code.trim()} quiet>
      <Input label={t('terminal.code')} help={t('terminal.code_help')} at="/code" required autocomplete="off" maxLength={16} value={code} onInput={setCode} />
    </Form>
  );
}
