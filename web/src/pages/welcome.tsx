// The first log-in: one's own password, the second factor, and what everybody here keeps to. An emergency can be reported all the same.
import { api } from '../app/api.ts';
import { useSend } from '../app/load.ts';
import { go } from '../app/route.ts';
import { loadSession, session } from '../app/session.ts';
import { t } from '../app/words.ts';
import { Chip, Section, Title } from '../parts/basic.tsx';
import { Form } from '../parts/form.tsx';

export default function WelcomePage() {
  const sending = useSend();
  const begin = async () => {
    const done = await sending.send(async () => {
      await api('/me/first-login', { method: 'PUT', body: {} });
      await loadSession();
    });
    if (done) go('/');
  };
  return (
    <div class="page narrow">
      <Title text={t('welcome.title')} />
      <p>{t('welcome.note', { name: session.value?.name ?? '' })}</p>
      <Section title={t('welcome.password')} note={t('welcome.password_note')}>
        <a class="button quiet" href="/settings/password">
          {t('welcome.password_open')}
        </a>
      </Section>
      <Section title={t('welcome.factor')} note={t('welcome.factor_note')}>
        <p>
          <Chip kind={session.value?.has_passkey ? 'good' : 'plain'}>{t(session.value?.has_passkey ? 'welcome.passkey' : 'welcome.no_passkey')}</Chip>
        </p>
        <a class="button quiet" href="/settings">
          {t('welcome.factor_open')}
        </a>
      </Section>
      <Section title={t('welcome.rules')}>
        <ul>
          <li>{t('welcome.rule_own')}</li>
          <li>{t('welcome.rule_care')}</li>
          <li>{t('welcome.rule_lock')}</li>
          <li>{t('welcome.rule_tell')}</li>
        </ul>
        <Form sending={sending} label={t('welcome.do')} onSend={begin} />
      </Section>
    </div>
  );
}
