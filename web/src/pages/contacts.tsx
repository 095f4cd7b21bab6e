// How I am reached: my contacts with their verification, the order and the quiet hours, messages to this browser.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { pushHere, pushWorks, subscribePush, unsubscribePush } from '../app/push.ts';
import { t, word } from '../app/words.ts';
import {
  enumValues,
  type ChannelPreference,
  type ContactKind,
  type ContactListAnswer,
  type ContactVerified,
  type ContactView,
  type PreferenceAnswer,
} from '../model.ts';
import { inOrder, reachable } from '../lib/reach.ts';
import { clockOf, minutesOf } from '../lib/roster.ts';
import { Chip, Choice, Input, Refusal, Section, Title, Waiting, When } from '../parts/basic.tsx';
import { Select } from '../parts/choices.tsx';
import { Ask, Form } from '../parts/form.tsx';
import { Hours, hoursDraft, hoursOf, type HoursDraft } from '../parts/hours.tsx';

export default function ContactsPage() {
  const contacts = useLoad('contacts', () => api<ContactListAnswer>('/me/contacts'));
  const again = () => void contacts.again();
  return (
    <div class="page narrow">
      <p>
        <a href="/settings">{t('settings.back')}</a>
      </p>
      <Title text={t('contact.title')} />
      <Waiting of={contacts} lines={6} />
      {contacts.data && !reachable(contacts.data.contacts) && <p class="hint">{t('contact.unreachable')}</p>}
      {contacts.data && (
        <ul class="rows">
          {contacts.data.contacts.map((one) => (
            <Contact key={one.contact_point_id} one={one} again={again} />
          ))}
        </ul>
      )}
      <Add again={again} />
      <Preferences />
    </div>
  );
}

function Contact({ one, again }: { one: ContactView; again: () => void }) {
  const remove = async () => {
    await api(`/me/contacts/${one.contact_point_id}`, { method: 'DELETE' });
    again();
  };
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>{word('contact_kind', one.kind)}</strong> {one.address}{' '}
        <Chip kind={one.verified ? 'good' : 'wait'}>{t(one.verified ? (one.by_office ? 'contact.by_office' : 'contact.verified') : 'contact.unverified')}</Chip>
      </span>
      {!one.verified && <Verify one={one} again={again} />}
      {!one.by_office && <Ask title={t('contact.remove')} of={one.address} label={t('contact.remove_do')} onDo={remove} />}
    </li>
  );
}

function Verify({ one, again }: { one: ContactView; again: () => void }) {
  const [code, setCode] = useState('');
  const [left, setLeft] = useState<number | undefined>(undefined);
  const sending = useSend();
  const verify = () =>
    sending.send(async () => {
      const answer = await api<ContactVerified>(`/me/contacts/${one.contact_point_id}/verify`, { method: 'POST', body: { code } });
      if (answer.verified) return again();
      setLeft(answer.tries_left);
      setCode('');
    });
  const resend = async () => {
    const body = { kind: one.kind, address: one.address };
    if (await sending.send(() => api(`/me/contacts/${one.contact_point_id}`, { method: 'PUT', body }))) (setLeft(undefined), again());
  };
  return (
    <form
      class="verify"
      onSubmit={(event) => {
        event.preventDefault();
        void verify();
      }}>
      {one.code_until && (
        <p class="help">
          {t('contact.code_until')} <When at={one.code_until} />
        </p>
      )}
      {left !== 0 && (
        <div class="pair pair-end">
          <Input
            label={t('contact.code')}
            autocomplete="one-time-code"
            required
            maxLength={20}
            value={code}
            onInput={setCode}
            error={left === undefined ? undefined : t('contact.wrong', { left })}
          />
          <button class="button" disabled={sending.busy || !code.trim()}>
            {t('contact.verify')}
          </button>
        </div>
      )}
      {left === 0 && <p class="hint">{t('contact.no_tries')}</p>}
      <Refusal problem={sending.problem} />
      <button type="button" class="link" disabled={sending.busy} onClick={() => void resend()}>
        {t('contact.resend')}
      </button>
    </form>
  );
}

const OWN: readonly ContactKind[] = ['voice', 'sms', 'email'];

function Add({ again }: { again: () => void }) {
  const [kind, setKind] = useState<ContactKind>('voice');
  const [address, setAddress] = useState('');
  const [contact, renew] = useState(() => crypto.randomUUID() as string);
  const sending = useSend();
  const send = async () => {
    const body = { kind, address: address.trim() };
    if (!(await sending.send(() => api(`/me/contacts/${contact}`, { method: 'PUT', body })))) return;
    setAddress('');
    renew(crypto.randomUUID());
    again();
  };
  return (
    <Section title={t('contact.add')} note={t('contact.add_note')}>
      <Form sending={sending} label={t('contact.send_code')} onSend={send} disabled={!address.trim()}>
        <Choice
          legend={t('contact.kind')}
          name="kind"
          value={kind}
          options={OWN.map((value) => ({ value, text: word('contact_kind', value) }))}
          onChange={(value) => setKind(value as ContactKind)}
        />
        <Input
          label={t(kind === 'email' ? 'contact.email' : 'contact.number')}
          type={kind === 'email' ? 'text' : 'tel'}
          required
          maxLength={200}
          value={address}
          onInput={setAddress}
          at="/address"
        />
      </Form>
    </Section>
  );
}

function Preferences() {
  const preference = useLoad('preference', () => api<PreferenceAnswer>('/me/preferences'));
  if (!preference.data)
    return (
      <Section title={t('preference.title')}>
        <Waiting of={preference} />
      </Section>
    );
  return (
    <>
      <Wishes start={preference.data} />
      <Push region={preference.data.push_key} />
    </>
  );
}

const AFTER = [0, 30, 60, 120] as const;

function Wishes({ start }: { start: PreferenceAnswer }) {
  const [from, setFrom] = useState(clockOf(start.quiet_from));
  const [to, setTo] = useState(clockOf(start.quiet_to));
  const [digest, setDigest] = useState(start.digest);
  const [night, setNight] = useState(start.night_calls);
  const [hours, setHours] = useState<HoursDraft[]>(() => hoursDraft(start.hours ?? []));
  const [channels, setChannels] = useState<ChannelPreference[]>(() => inOrder(start.channels, enumValues<ContactKind>('contact_kind')));
  const [done, setDone] = useState(false);
  const sending = useSend();
  const set = (kind: ContactKind, part: Partial<ChannelPreference>) =>
    setChannels(channels.map((one) => (one.kind === kind ? { ...one, ...part } : one)));
  const up = (at: number) => {
    const result = [...channels];
    [result[at - 1], result[at]] = [result[at]!, result[at - 1]!];
    setChannels(result);
  };
  const send = async () => {
    const quiet_from = minutesOf(from);
    const quiet_to = minutesOf(to);
    const body = { ...(quiet_from === undefined || quiet_to === undefined ? {} : { quiet_from, quiet_to }), digest, night_calls: night, channels, hours: hoursOf(hours) };
    setDone(await sending.send(() => api('/me/preferences', { method: 'PUT', body })));
  };
  return (
    <Section title={t('preference.title')} note={t('preference.note')}>
      <Form sending={sending} label={t('preference.save')} onSend={send} disabled={!hoursOf(hours)} done={done ? t('preference.done') : undefined}>
        <h3>{t('preference.order')}</h3>
        <ol class="rows">
          {channels.map((one, at) => (
            <li class="row row-pad member" key={one.kind}>
              <span>
                <span class="try-number">{at + 1}</span> <strong>{word('contact_kind', one.kind)}</strong>
              </span>
              <span class="chain-do">
                <label class="tick">
                  <input type="checkbox" checked={one.enabled} onChange={(event) => set(one.kind, { enabled: event.currentTarget.checked })} />
                  <span>{t('preference.enabled')}</span>
                </label>
                {at > 0 && (
                  <button type="button" class="button quiet small" onClick={() => up(at)}>
                    {t('chain.up')}
                    <span class="hidden"> {word('contact_kind', one.kind)}</span>
                  </button>
                )}
              </span>
              {at > 0 && one.kind !== 'app' && (
                <Select
                  label={t('preference.after')}
                  value={String(one.after_seconds ?? 0)}
                  options={[...new Set<number>([...AFTER, one.after_seconds ?? 0])]
                    .sort((a, b) => a - b)
                    .map((value) => ({ value: String(value), text: value === 0 ? t('preference.at_once') : t('preference.seconds', { seconds: value }) }))}
                  onChange={(value) => set(one.kind, { after_seconds: Number(value) })}
                />
              )}
            </li>
          ))}
        </ol>
        <h3>{t('preference.quiet')}</h3>
        <p class="help">{t('preference.quiet_note')}</p>
        <div class="pair">
          <Input label={t('preference.from')} type="time" required value={from} onInput={setFrom} />
          <Input label={t('preference.to')} type="time" required value={to} onInput={setTo} />
        </div>
        <label class="tick">
          <input type="checkbox" checked={digest} onChange={(event) => setDigest(event.currentTarget.checked)} />
          <span>{t('preference.digest')}</span>
        </label>
        <h3>{t('hours.own')}</h3>
        <p class="help">{t('hours.own_note')}</p>
        <Hours at="" of={t('hours.own')} hours={hours} onChange={setHours} />
        <label class="tick">
          <input type="checkbox" checked={night} onChange={(event) => setNight(event.currentTarget.checked)} />
          <span>{t('preference.night')}</span>
        </label>
      </Form>
    </Section>
  );
}

function Push({ region }: { region: string | undefined }) {
  const here = useLoad('push-here', pushHere);
  const sending = useSend();
  if (!region || !pushWorks()) return <p class="soft">{t(region ? 'push.not_here' : 'push.none')}</p>;
  const turn = (on: boolean) => sending.send(async () => (on ? await subscribePush(region) : await unsubscribePush(), await here.again()));
  return (
    <Section title={t('push.title')} note={t('push.note')}>
      <p>{t(here.data ? 'push.on' : 'push.off')}</p>
      <Refusal problem={sending.problem} />
      <button type="button" class="button quiet" disabled={sending.busy} onClick={() => void turn(!here.data)}>
        {t(here.data ? 'push.stop' : 'push.start')}
      </button>
    </Section>
  );
}
