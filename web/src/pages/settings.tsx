// Oneself: office, passkeys, where one is logged in, and what this device does.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { callback, ring, setCallback, setShared, setSound, setTheme, shared, sound, theme, type Theme } from '../app/device.ts';
import { startFeed } from '../app/feed.ts';
import { useLoad, useSend } from '../app/load.ts';
import { makePasskey, passkeysWork } from '../app/passkey.ts';
import { has, loadSession, logOut, municipalityName, session } from '../app/session.ts';
import { dot, language, listed, loadWords, t, word } from '../app/words.ts';
import type { PasskeyRegisterStartAnswer, SessionListAnswer, SessionView } from '../model.ts';
import { deviceName } from '../lib/device_name.ts';
import type { Language } from '../lib/time.ts';
import { Chip, Choice, Input, Refusal, Section, Skeleton, Title, When } from '../parts/basic.tsx';
import { TerminalHere } from '../parts/terminals.tsx';

export default function SettingsPage() {
  return (
    <div class="page narrow">
      <Title text={t('settings.title')} />
      <p>
        {session.value?.name}
        {dot()}
        {session.value?.office}
        {dot()}
        {listed(session.value?.roles.map((role) => word('role', role)) ?? [])}
      </p>
      <Offices />
      <p>
        <a class="button quiet" href="/announcements">
          {t('announce.title')}
        </a>
      </p>
      <Reached />
      <Password />
      <Passkeys />
      <TerminalHere />
      <Sessions />
      <Mine />
      {has('service_manager', 'administrator') && <OfficeDevices />}
      <Device />
      <button type="button" class="button wide" onClick={() => void logOut()}>
        {t('logout')}
      </button>
    </div>
  );
}

// An office, or an office for a municipality that lets it act.
function Offices() {
  const sending = useSend();
  const memberships = session.value?.memberships ?? [];
  const mandates = session.value?.mandates ?? [];
  if (memberships.length + mandates.length < 2) return null;
  const choose = (value: string) =>
    sending.send(async () => {
      const [office_id, municipality] = value.split(' ');
      await api('/session/office', { method: 'POST', body: { office_id, ...(municipality && { municipality }) } });
      await loadSession();
      await startFeed();
    });
  const acting = mandates.find((one) => one.office_id === session.value?.office_id && one.municipality === session.value?.municipality);
  return (
    <Section title={t('settings.office')}>
      <Choice
        legend={t('settings.office_for')}
        name="office"
        value={acting ? `${acting.office_id} ${acting.municipality}` : session.value?.office_id}
        onChange={(value) => void choose(value)}
        options={[
          ...memberships.map((one) => ({
            value: one.office_id,
            text: `${one.office}（${municipalityName(one.municipality)}・${listed(one.roles.map((role) => word('role', role)))}）`,
          })),
          ...mandates.map((one) => ({
            value: `${one.office_id} ${one.municipality}`,
            text: `${t('mandate.way', { office: one.office, municipality: one.municipality_name })}（${t('mandate.by', { given_by: one.given_by })}）`,
          })),
        ]}
      />
      <Refusal problem={sending.problem} />
    </Section>
  );
}

const Password = () => (
  <Section title={t('password.title')} note={t('password.settings_note')}>
    <a class="button quiet" href="/settings/password">
      {t('password.change')}
    </a>
  </Section>
);

const Reached = () => (
  <Section title={t('contact.title')} note={t('contact.settings_note')}>
    <a class="button quiet" href="/settings/contacts">
      {t('contact.go')}
    </a>
  </Section>
);

const Mine = () => (
  <Section title={t('office.mine')} note={t('office.mine_note')}>
    <a class="button quiet" href={`/offices/${session.value?.office_id}`}>
      {t('office.mine_open')}
    </a>
  </Section>
);

const OfficeDevices = () => (
  <Section title={t('devices.title')} note={t('devices.settings_note')}>
    <p class="buttons">
      <a class="button quiet" href="/settings/office">
        {t('devices.open')}
      </a>
      <a class="button quiet" href={`/offices/${session.value?.office_id}`}>
        {t('devices.staff')}
      </a>
    </p>
  </Section>
);

function Passkeys() {
  const [label, setLabel] = useState('');
  const [done, setDone] = useState(false);
  const sending = useSend();
  const register = async () => {
    setDone(
      await sending.send(async () => {
        const start = await api<PasskeyRegisterStartAnswer>('/passkeys/challenge', { method: 'POST' });
        await api('/passkeys', { method: 'POST', body: await makePasskey(start, label) });
        await loadSession();
      }),
    );
  };
  return (
    <Section title={t('passkey.title')} note={t('passkey.note')}>
      <p>{t(session.value?.has_passkey ? 'passkey.have' : 'passkey.have_not')}</p>
      {!passkeysWork() ? (
        <p class="hint">{t('passkey.not_here')}</p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void register();
          }}>
          <Input label={t('passkey.label')} help={t('passkey.label_help')} required maxLength={25} value={label} onInput={setLabel} />
          <Refusal problem={sending.problem} />
          {done && (
            <p class="saved" role="status">
              {t('passkey.done')}
            </p>
          )}
          <button class="button quiet" disabled={sending.busy}>
            {t('passkey.register')}
          </button>
        </form>
      )}
    </Section>
  );
}

function Sessions() {
  const list = useLoad('sessions', () => api<SessionListAnswer>('/sessions'));
  return (
    <Section title={t('settings.sessions')}>
      {!list.data && (list.problem ? <Refusal problem={list.problem} again={() => void list.again()} /> : <Skeleton lines={2} />)}
      <ul class="rows">
        {list.data?.sessions.map((one) => (
          <SessionRow key={one.session_id} one={one} again={list.again} />
        ))}
      </ul>
    </Section>
  );
}

function SessionRow({ one, again }: { one: SessionView; again: () => Promise<void> }) {
  const sending = useSend();
  const end = () =>
    sending.send(async () => {
      await api(`/sessions/${one.session_id}`, { method: 'DELETE' });
      await again();
    });
  return (
    <li class="row row-pad">
      <span class="row-text">
        {one.device ? deviceName(one.device) : t('settings.device_unknown')} {one.current && <Chip kind="good">{t('settings.this')}</Chip>}
      </span>
      <span class="row-note">
        {t('settings.since')} <When at={one.started_at} />
        {dot()}
        {t('settings.last')} <When at={one.seen_at} />
      </span>
      <Refusal problem={sending.problem} />
      {!one.current && (
        <button type="button" class="button quiet small" disabled={sending.busy} onClick={() => void end()}>
          {t('settings.end')}
        </button>
      )}
    </li>
  );
}

function Device() {
  return (
    <Section title={t('settings.device')}>
      <Choice
        legend={t('settings.language')}
        name="language"
        value={language.value}
        options={[
          { value: 'ja', text: '日本語' },
          { value: 'en', text: 'English' },
        ]}
        onChange={(value) => void loadWords(value as Language)}
      />
      <Choice
        legend={t('settings.theme')}
        name="theme"
        value={theme.value}
        options={(['auto', 'light', 'dark'] as const).map((value) => ({ value, text: t(`theme.${value}`) }))}
        onChange={(value) => setTheme(value as Theme)}
      />
      <label class="tick">
        <input type="checkbox" checked={sound.value} onChange={(event) => setSound(event.currentTarget.checked)} />
        <span>{t('settings.sound')}</span>
      </label>
      <label class="tick">
        <input type="checkbox" checked={shared.value} onChange={(event) => setShared(event.currentTarget.checked)} />
        <span>{t('settings.shared')}</span>
      </label>
      <p>
        <button type="button" class="button quiet small" onClick={ring}>
          {t('settings.sound_try')}
        </button>
      </p>
      <Input label={t('report.callback')} help={t('report.callback_help')} optional type="tel" value={callback.value} onInput={setCallback} />
    </Section>
  );
}
