// Log in: name and password, then a passkey or a one-time code. In a demo region invented accounts can be filled in with one press.
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { now } from '../app/clock.ts';
import { useSend } from '../app/load.ts';
import { askPasskey, passkeysWork } from '../app/passkey.ts';
import { lastRegion, loadSession } from '../app/session.ts';
import { t } from '../app/words.ts';
import type { LoginStartAnswer } from '../model.ts';
import { Input, Refusal, Title } from '../parts/basic.tsx';
import type { DemoAccount, DemoAccounts } from '../parts/demo_accounts.tsx';

export function LoginPage() {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [start, setStart] = useState<LoginStartAnswer | undefined>(undefined);
  const [account, setAccount] = useState<DemoAccount | undefined>(undefined);
  const sending = useSend();
  const begin = async (name: string, word: string) => {
    await sending.send(async () =>
      setStart(await api<LoginStartAnswer>('/login', { method: 'POST', body: { login: name, password: word }, quiet401: true })),
    );
  };
  const choose = (one: DemoAccount) => {
    setAccount(one);
    setLogin(one.login);
    setPassword(one.password);
    void begin(one.login, one.password);
  };
  const back = () => {
    setStart(undefined);
    setAccount(undefined);
    sending.clear();
  };
  return (
    <div class="login">
      <div class="login-box">
        <p class="login-region">{lastRegion().region ?? t('app.region_unknown')}</p>
        <Title text={t('login.title')} />
        {start ? (
          <SecondStep start={start} secret={account?.totp_secret} onBack={back} />
        ) : (
          <>
            {passkeysWork() && <Alone />}
            <form
            onSubmit={(event) => {
              event.preventDefault();
              void begin(login, password);
            }}>
            <Input label={t('login.name')} name="login" autocomplete="username" required value={login} onInput={setLogin} />
            <Input
              label={t('login.password')}
              name="password"
              type="password"
              autocomplete="current-password"
              required
              value={password}
              onInput={setPassword}
            />
            <Refusal problem={sending.problem} />
            <button class="button wide" disabled={sending.busy}>
              {t('login.next')}
            </button>
          </form>
          </>
        )}
      </div>
      {!start && (
        <p class="login-residents">
          <a class="link" href="/services">
            {t('login.residents')}
          </a>
        </p>
      )}
      {!start && <Demo onChoose={choose} />}
    </div>
  );
}

// A passkey alone is enough: on a shared tablet and at a change of shift nobody types.
function Alone() {
  const sending = useSend();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus({ preventScroll: true }), []);
  const enter = () =>
    sending.send(async () => {
      const start = await api<LoginStartAnswer>('/login/passkey/start', { method: 'POST', quiet401: true });
      await api('/login/passkey', { method: 'POST', body: { ticket: start.ticket, assertion: await askPasskey(start) }, quiet401: true });
      await loadSession();
    });
  return (
    <>
      <button ref={button} type="button" class="button wide" disabled={sending.busy} onClick={() => void enter()}>
        {t('shift.login')}
      </button>
      <p class="help">{t('shift.note')}</p>
      <Refusal problem={sending.problem} />
      <h2 class="login-or">{t('shift.or')}</h2>
    </>
  );
}

function SecondStep({ start, secret, onBack }: { start: LoginStartAnswer; secret?: string; onBack: () => void }) {
  const sending = useSend();
  const open = async (path: string, body: unknown) => {
    await api(path, { method: 'POST', body, quiet401: true });
    await loadSession();
  };
  return (
    <>
      <CodeForm secret={secret} sending={sending} label={t('login.enter')} onCode={(code) => open('/login/totp', { ticket: start.ticket, code })} />
      {/* The server lists no credentials here: that would tell who exists.  The browser knows its own. */}
      {passkeysWork() && (
        <button
          type="button"
          class="button quiet wide"
          onClick={() => void sending.send(async () => open('/login/passkey', { ticket: start.ticket, assertion: await askPasskey(start) }))}>
          {t('login.passkey')}
        </button>
      )}
      <button type="button" class="button quiet wide" onClick={onBack}>
        {t('back')}
      </button>
    </>
  );
}

interface CodeFormProps {
  secret?: string;
  label: string;
  sending: ReturnType<typeof useSend>;
  onCode: (code: string) => Promise<void>;
}

// The one-time code; for an invented account of a demo region it is filled in.
export function CodeForm({ secret, label, sending, onCode }: CodeFormProps) {
  const [code, setCode] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  useEffect(() => {
    if (secret) void import('../lib/totp.ts').then(async ({ totp }) => setCode(await totp(secret, Date.now())));
  }, [secret, Math.floor(now.value / 15_000)]);
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void sending.send(() => onCode(code));
      }}>
      <Input
        label={t('login.code')}
        help={secret ? t('login.code_demo') : t('login.code_help')}
        name="code"
        inputMode="numeric"
        autocomplete="one-time-code"
        pattern="[0-9]{6}"
        maxLength={6}
        required
        value={code}
        onInput={setCode}
      />
      <Refusal problem={sending.problem} />
      <button class="button wide" disabled={sending.busy}>
        {label}
      </button>
    </form>
  );
}

// Only a demo region has them: they are not part of what a phone loads first.
function Demo({ onChoose }: { onChoose: (account: DemoAccount) => void }) {
  const [Shown, setShown] = useState<typeof DemoAccounts | undefined>(undefined);
  useEffect(() => void import('../parts/demo_accounts.tsx').then((loaded) => setShown(() => loaded.DemoAccounts)).catch(() => undefined), []);
  return Shown ? <Shown onChoose={onChoose} /> : null;
}
