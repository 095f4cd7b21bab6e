// Partners of dispatch: how each fire organisation writes and what it may see, its keys (shown once), what a complaint starts, the agreed scheme
// with its receipts; and cutting one off with a reason.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { go } from '../app/route.ts';
import { has, municipalityName } from '../app/session.ts';
import { listed, t, word } from '../app/words.ts';
import type { OutlineListAnswer, PartnerKeyLine, PartnerKeyMade, PartnerLine, PartnerListAnswer, PartnerViewAnswer } from '../model.ts';
import { dayOf } from '../lib/time.ts';
import { Chip, Day, Empty, Input, Section, Text, Title, Waiting, When } from '../parts/basic.tsx';
import { Ask, Fold, Form } from '../parts/form.tsx';
import { PartnerForm } from '../parts/partner_form.tsx';
import { PartnerRules } from '../parts/partner_rules.tsx';

export default function PartnersPage() {
  const list = useLoad('partners', () => api<PartnerListAnswer>('/dispatch/partners'));
  return (
    <div class="page narrow">
      <Title text={t('partner.title')} />
      <p class="help">{t('partner.note')}</p>
      <Waiting of={list} lines={4} />
      {list.data?.partners.length === 0 && (
        <Empty title={t('partner.none')}>
          <p>{t('partner.none_hint')}</p>
        </Empty>
      )}
      <ul class="rows">
        {list.data?.partners.map((one) => (
          <Line key={one.partner_id} one={one} again={list.again} />
        ))}
      </ul>
      {has('administrator', 'operator') && (
        <Section title={t('partner.new')}>
          <Fold title={t('partner.add')}>
            <PartnerForm onDone={(id) => go(`/partners/${id}`)} />
          </Fold>
        </Section>
      )}
    </div>
  );
}

function Line({ one, again }: { one: PartnerLine; again: () => Promise<void> }) {
  return (
    <li class="row row-pad">
      <span class="row-text">
        {has('administrator', 'operator') ? <a href={`/partners/${one.partner_id}`}>{one.name}</a> : <strong>{one.name}</strong>}{' '}
        <Chip kind={one.enabled ? 'good' : 'wait'}>{t(one.enabled ? 'partner.on' : 'partner.cut')}</Chip>{' '}
        {one.waiting > 0 && <Chip kind="wait">{t('desk.waiting', { count: one.waiting })}</Chip>}
      </span>
      <span>{listed(one.municipalities.map((code) => municipalityName(code) || code))}</span>
      <span class="row-note">
        {listed(one.formats.map((each) => word('message_format', each)))}・{t(one.break_glass ? 'partner.glass_yes' : 'partner.glass_no')}
      </span>
      <span class="row-note">
        {t('partner.heard')} {one.last_heard_at ? <When at={one.last_heard_at} /> : t('partner.never')}　{t('partner.reached')}{' '}
        {one.last_reached_at ? <When at={one.last_reached_at} /> : t('partner.never')}
      </span>
      {!has('administrator', 'operator') && <Cut key={String(one.enabled)} partner={one} again={again} />}
    </li>
  );
}

function Cut({ partner, again }: { partner: { partner_id: string; name: string; enabled: boolean }; again: () => Promise<void> }) {
  const [reason, setReason] = useState('');
  const cut = async () => {
    await api(`/dispatch/partners/${partner.partner_id}/cut`, { method: 'POST', body: { enabled: !partner.enabled, reason: reason.trim() } });
    await again();
  };
  return (
    <Ask
      title={t(partner.enabled ? 'partner.cut_off' : 'partner.let_in')}
      of={partner.name}
      sure={t(partner.enabled ? 'partner.cut_sure' : 'partner.let_sure')}
      label={t(partner.enabled ? 'partner.cut_do' : 'partner.let_do')}
      onDo={cut}
      disabled={!reason.trim()}>
      <Input label={t('partner.why')} at="/reason" required maxLength={130} value={reason} onInput={setReason} />
    </Ask>
  );
}

export function PartnerPage({ id }: { id: string }) {
  const partner = useLoad(`partner-${id}`, () => api<PartnerViewAnswer>(`/dispatch/partners/${id}`));
  const one = partner.data;
  return (
    <div class="page narrow">
      <p>
        <a href="/partners">{t('partner.back')}</a>
      </p>
      <Title text={one?.name ?? t('partner.title')} />
      <Waiting of={partner} lines={8} />
      {one && (
        <>
          <p>
            <Chip kind={one.enabled ? 'good' : 'wait'}>{t(one.enabled ? 'partner.on' : 'partner.cut')}</Chip>
          </p>
          <Cut key={String(one.enabled)} partner={one} again={partner.again} />
          <Section title={t('partner.keys')} note={t('partner.keys_note')}>
            <Keys partner={one} again={partner.again} />
          </Section>
          <Section title={t('rules.title')} note={t('rules.note')}>
            <PartnerRules partner={one} again={partner.again} />
          </Section>
          <Outlines partner={one} />
          <Section title={t('partner.setup')}>
            <Setup partner={one} />
            <Fold title={t('partner.change')}>
              <PartnerForm partner={one} onDone={() => void partner.again()} />
            </Fold>
          </Section>
        </>
      )}
    </div>
  );
}

function Setup({ partner }: { partner: PartnerViewAnswer }) {
  const facts: [string, string][] = [
    [t('partner.municipalities'), listed(partner.municipalities.map((code) => municipalityName(code) || code))],
    [t('partner.region'), partner.region],
    [t('partner.senders'), partner.senders.join(', ')],
    [t('partner.formats'), listed(partner.formats.map((each) => word('message_format', each)))],
    [t('partner.fields'), partner.fields ? listed(partner.fields.map((each) => word('ems_field', each))) : t('partner.fields_all')],
    [t('partner.glass'), t(partner.break_glass ? 'partner.glass_yes' : 'partner.glass_no')],
    [t('partner.webhook'), partner.webhook_url ?? t('partner.webhook_none')],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div class="fact" key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Keys({ partner, again }: { partner: PartnerViewAnswer; again: () => Promise<void> }) {
  const [name, setName] = useState('');
  const [made, setMade] = useState<PartnerKeyMade | undefined>(undefined);
  const sending = useSend();
  const add = () =>
    sending.send(async () => {
      const body = { key_id: crypto.randomUUID(), name: name.trim() };
      setMade(await api<PartnerKeyMade>(`/dispatch/partners/${partner.partner_id}/keys`, { method: 'POST', body }));
      setName('');
      await again();
    });
  return (
    <>
      {partner.keys.length === 0 && <Empty title={t('partner.no_keys')} />}
      <ul class="rows">
        {partner.keys.map((one) => (
          <Key key={one.key_id} one={one} partner={partner.partner_id} again={again} />
        ))}
      </ul>
      {made && (
        <div class="once" role="status">
          <p>{t('partner.once')}</p>
          <p class="once-secret">{made.key}</p>
          <button type="button" class="button quiet small" onClick={() => setMade(undefined)}>
            {t('partner.kept')}
          </button>
        </div>
      )}
      <Fold title={t('partner.key_add')}>
        <Form sending={sending} label={t('partner.key_make')} onSend={add} disabled={!name.trim()} quiet>
          <Input label={t('partner.key_name')} help={t('partner.key_help')} at="/name" required maxLength={26} value={name} onInput={setName} />
        </Form>
      </Fold>
    </>
  );
}

function Key({ one, partner, again }: { one: PartnerKeyLine; partner: string; again: () => Promise<void> }) {
  const revoke = async () => {
    await api(`/dispatch/partners/${partner}/keys/${one.key_id}`, { method: 'DELETE' });
    await again();
  };
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>{one.name}</strong> {one.revoked_at && <Chip>{t('partner.revoked')}</Chip>}
      </span>
      <span class="row-note">
        {t('card.issued')} <When at={one.added_at} />　{t('partner.used')} {one.used_at ? <When at={one.used_at} /> : t('partner.never')}
      </span>
      {one.revoked_at ? (
        <span class="row-note">
          {t('card.stopped')} <When at={one.revoked_at} />
        </span>
      ) : (
        <Ask title={t('partner.revoke')} of={one.name} sure={t('partner.revoke_sure')} label={t('partner.revoke_do')} onDo={revoke} />
      )}
    </li>
  );
}

// Versions are never changed: a new one is written, and the fire organisation confirms that it has it.
function Outlines({ partner }: { partner: PartnerViewAnswer }) {
  const list = useLoad('outlines', () => api<OutlineListAnswer>('/dispatch/outlines'));
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [from, setFrom] = useState(dayOf(Date.now()));
  const [done, setDone] = useState('');
  const sending = useSend();
  const send = async () => {
    const body = { title: title.trim(), text: text.trim(), valid_from: from };
    const sent = await sending.send(async () => {
      await api(`/dispatch/partners/${partner.partner_id}/outlines`, { method: 'POST', body });
      await list.again();
    });
    if (sent) (setTitle(''), setText(''));
    setDone(sent ? t('outline.done') : '');
  };
  const own = list.data?.outlines.filter((one) => one.partner_id === partner.partner_id) ?? [];
  return (
    <Section title={t('outline.title')} note={t('outline.note')}>
      <Waiting of={list} />
      {list.data && own.length === 0 && <Empty title={t('outline.none')} />}
      <ul class="rows">
        {own.map((one) => (
          <li class="row row-pad" key={one.number}>
            <span class="row-text">
              <strong>{t('desk.outline', { title: one.title, number: one.number })}</strong>{' '}
              <Chip kind={one.received_at ? 'good' : 'wait'}>{t(one.received_at ? 'outline.received' : 'outline.not_received')}</Chip>
            </span>
            <span class="row-note">
              {t('desk.outline_from')} <Day date={one.valid_from} />　{t('outline.written')} <When at={one.put_at} />
              {one.received_at && (
                <>
                  {' '}
                  {t('outline.received')} <When at={one.received_at} />
                </>
              )}
            </span>
            <Fold title={t('outline.read')} of={one.title}>
              <p class="entry-text">{one.text}</p>
            </Fold>
          </li>
        ))}
      </ul>
      <Fold title={t('outline.add')}>
        <Form sending={sending} label={t('outline.send')} onSend={send} done={done} disabled={!title.trim() || !text.trim()}>
          <Input label={t('outline.name')} at="/title" required maxLength={60} value={title} onInput={setTitle} />
          <Text label={t('outline.text')} help={t('outline.text_help')} at="/text" required rows={8} maxLength={6600} value={text} onInput={setText} />
          <Input label={t('outline.from')} at="/valid_from" type="date" required value={from} onInput={setFrom} />
        </Form>
      </Fold>
    </Section>
  );
}
