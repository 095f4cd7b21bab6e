// A person of an office: name, how notices arrive, as what; and the account, whose first password and code are made here and shown once.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useSend } from '../app/load.ts';
import { has } from '../app/session.ts';
import { t } from '../app/words.ts';
import type { OfficeLine, OfficePerson, Role } from '../model.ts';
import { newPassword, newSecret, secretAddress } from '../lib/first_account.ts';
import { Input } from './basic.tsx';
import { Ticks } from './choices.tsx';
import { Fold, Form, wordsOfEnum } from './form.tsx';
import { Qr } from './qr.tsx';

// Given by the region only; nobody is a partner system or a resident in an office.
const REGIONAL: readonly string[] = ['prefecture', 'administrator', 'operator'];
const NEVER: readonly string[] = ['partner', 'resident'];

export function PersonForm({ person, office, roles: approved, again }: { person?: OfficePerson; office: OfficeLine; roles?: readonly Role[]; again: () => Promise<void> }) {
  const [id, setId] = useState(() => person?.person_id ?? (crypto.randomUUID() as string));
  const [name, setName] = useState(person?.name ?? '');
  const [kana, setKana] = useState(person?.name_kana ?? '');
  const [email, setEmail] = useState(person?.email ?? '');
  const [phone, setPhone] = useState(person?.phone ?? '');
  const [roles, setRoles] = useState<readonly string[]>(person?.roles ?? []);
  const [done, setDone] = useState('');
  const sending = useSend();
  const send = async () => {
    const body = { name: name.trim(), name_kana: kana.trim(), ...(email.trim() && { email: email.trim() }), ...(phone.trim() && { phone: phone.trim() }) };
    const sent = await sending.send(async () => {
      await api(`/people/${id}`, { method: 'PUT', body });
      await api(`/people/${id}/memberships/${office.office_id}`, { method: 'PUT', body: { roles: roles as Role[] } });
      await again();
    });
    setDone(sent ? t(person ? 'partner.done' : 'staff.added', { name: name.trim() }) : '');
    if (sent && !person) (setId(crypto.randomUUID()), setName(''), setKana(''), setEmail(''), setPhone(''), setRoles([]));
  };
  const offered = wordsOfEnum('role').filter((one) => !NEVER.includes(one.value) && (has('administrator', 'operator') || !REGIONAL.includes(one.value)))
    // A manager gives what the office was approved for.
    .filter((one) => has('municipal_officer', 'administrator', 'operator') || one.value === 'service_manager' || (approved ?? []).includes(one.value as Role));
  return (
    <Form sending={sending} label={t('partner.save')} onSend={send} done={done} disabled={roles.length === 0}>
      <div class="pair">
        <Input label={t('head.name')} at="/name" required maxLength={40} value={name} onInput={setName} />
        <Input label={t('head.name_kana')} at="/name_kana" required maxLength={40} value={kana} onInput={setKana} />
      </div>
      <div class="pair">
        <Input label={t('contact.email')} at="/email" optional maxLength={200} value={email} onInput={setEmail} />
        <Input label={t('head.phone')} at="/phone" optional type="tel" maxLength={20} value={phone} onInput={setPhone} />
      </div>
      <Ticks legend={t('staff.roles')} values={roles} options={offered} onChange={setRoles} />
    </Form>
  );
}

interface Made {
  login: string;
  password: string;
  secret: string;
}

// A first account; or, by the region only, a new one for somebody who has lost the factor: passkeys go and every session ends.
export function Account({ one, again }: { one: OfficePerson; again: () => Promise<void> }) {
  const [login, setLogin] = useState(one.login ?? '');
  const [made, setMade] = useState<Made | undefined>(undefined);
  const sending = useSend();
  const renews = has('administrator', 'operator');
  const kind = !one.login ? 'make' : renews ? 'reset' : 'anew';
  const make = () =>
    sending.send(async () => {
      const fresh = { login: login.trim(), password: newPassword(), secret: newSecret() };
      await api(`/people/${one.person_id}/account`, { method: 'PUT', body: { login: fresh.login, password: fresh.password, totp_secret: fresh.secret, first_login: true } });
      setMade(fresh);
    });
  const close = () => {
    setMade(undefined);
    void again();
  };
  return (
    <>
      <Fold title={t(`account.${kind}`)} of={one.name}>
        <p>{t(kind === 'reset' ? 'account.reset_sure' : 'account.make_note')}</p>
        <Form sending={sending} label={t(kind === 'make' ? 'account.make_do' : 'account.reset_do')} onSend={make} disabled={!login.trim() || Boolean(made)} quiet>
          <Input label={t('login.name')} help={t('account.login_help')} at="/login" required autocomplete="off" maxLength={60} value={login} onInput={setLogin} />
        </Form>
      </Fold>
      {made && (
        <div class="once" role="status">
          <p>{t('account.once', { name: one.name })}</p>
          <p>
            {t('login.name')}　<strong>{made.login}</strong>
          </p>
          <p>{t('account.password')}</p>
          <p class="once-secret">{made.password}</p>
          <p>{t('account.secret')}</p>
          <Qr text={secretAddress(made.login, made.secret)} label={t('account.qr', { name: one.name })} />
          <p class="once-secret">{made.secret}</p>
          <button type="button" class="button quiet small" onClick={close}>
            {t('partner.kept')}
          </button>
        </div>
      )}
    </>
  );
}
