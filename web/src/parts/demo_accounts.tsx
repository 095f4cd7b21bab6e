// The invented accounts of a demo region, one of every role first.
import { useEffect, useState } from 'preact/hooks';
import { t, word } from '../app/words.ts';
import { Section } from './basic.tsx';

export interface DemoAccount {
  key?: string;
  login: string;
  password: string;
  totp_secret: string;
  role: string;
  name: string;
  municipality?: string;
  municipality_name?: string;
  office?: string;
}

export function DemoAccounts({ onChoose }: { onChoose: (account: DemoAccount) => void }) {
  const [accounts, setAccounts] = useState<readonly DemoAccount[]>([]);
  useEffect(() => {
    void fetch('/api/v1/demo', { headers: { Accept: 'application/json' } })
      .then((answer) => (answer.ok ? answer.json() : undefined))
      .then((body: { accounts?: DemoAccount[] } | undefined) => setAccounts(body?.accounts ?? []))
      .catch(() => undefined);
  }, []);
  if (accounts.length === 0) return null;
  // One of every role first: enough to walk through the main job.
  const first = accounts.filter((one, at) => accounts.findIndex((other) => other.role === one.role) === at);
  const others = accounts.filter((one) => !first.includes(one));
  return (
    <Section title={t('login.demo')} note={t('login.demo_note')}>
      <Tiles accounts={first} onChoose={onChoose} />
      {others.length > 0 && (
        <details class="before">
          <summary>{t('login.demo_more', { count: others.length })}</summary>
          <Tiles accounts={others} onChoose={onChoose} />
        </details>
      )}
    </Section>
  );
}

function Tiles({ accounts, onChoose }: { accounts: readonly DemoAccount[]; onChoose: (account: DemoAccount) => void }) {
  return (
    <ul class="tiles">
      {accounts.map((one) => (
        <li key={one.login}>
          <button type="button" class="tile" onClick={() => onChoose(one)}>
            <span class="tile-role">{word('role', one.role)}</span>
            <span class="tile-name">{one.name}</span>
            <span class="tile-note">{[one.office, one.municipality_name].filter(Boolean).join('・')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
