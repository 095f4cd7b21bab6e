// A partner as it is set up: whom it covers, how it writes, what it may see, where replies go.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useSend } from '../app/load.ts';
import { municipalities } from '../app/session.ts';
import { t } from '../app/words.ts';
import { enumValues, type MembershipView, type PartnerViewAnswer } from '../model.ts';
import { Choice, Input, Text } from './basic.tsx';
import { PersonPick, Ticks } from './choices.tsx';
import { Form, wordsOfEnum } from './form.tsx';

// Everything there is stands for "the agreed list whole".
const everyField = () => enumValues<string>('ems_field');

export function PartnerForm({ partner, onDone }: { partner?: PartnerViewAnswer; onDone: (id: string) => void }) {
  const [id] = useState(() => partner?.partner_id ?? (crypto.randomUUID() as string));
  const [name, setName] = useState(partner?.name ?? '');
  const [region, setRegion] = useState(partner?.region ?? '');
  const [office, setOffice] = useState<MembershipView | undefined>(undefined);
  const [covered, setCovered] = useState<readonly string[]>(partner?.municipalities ?? []);
  const [senders, setSenders] = useState((partner?.senders ?? []).join('\n'));
  const [formats, setFormats] = useState<readonly string[]>(partner?.formats ?? ['json']);
  const [fields, setFields] = useState<readonly string[]>(partner?.fields ?? everyField());
  const [glass, setGlass] = useState(partner?.break_glass ? 'yes' : 'no');
  const [url, setUrl] = useState(partner?.webhook_url ?? '');
  const [secret, setSecret] = useState('');
  const [mail, setMail] = useState(partner?.mail_template ?? '');
  const [done, setDone] = useState('');
  const sending = useSend();
  const send = async () => {
    const body = {
      name: name.trim(),
      region: region.trim(),
      municipalities: covered,
      senders: senders.split('\n').map((one) => one.trim()).filter(Boolean),
      formats,
      break_glass: glass === 'yes',
      enabled: partner?.enabled ?? true,
      ...((office?.office_id ?? partner?.office_id) && { office_id: office?.office_id ?? partner?.office_id }),
      ...(fields.length < everyField().length && { fields }),
      ...(partner?.reply_format && { reply_format: partner.reply_format }),
      ...(url.trim() && { webhook_url: url.trim() }),
      ...(secret.trim() && { webhook_secret: secret.trim() }),
      ...(mail.trim() && { mail_template: mail.trim() }),
    };
    const sent = await sending.send(() => api(`/dispatch/partners/${id}`, { method: 'PUT', body }));
    setDone(sent ? t('partner.done') : '');
    if (sent) onDone(id);
  };
  return (
    <Form sending={sending} label={t('partner.save')} onSend={send} done={done} disabled={covered.length === 0 || formats.length === 0}>
      <Input label={t('partner.name')} at="/name" required maxLength={40} value={name} onInput={setName} />
      <PersonPick legend={t('partner.office')} help={t(partner?.office_id ? 'partner.office_stays' : 'partner.office_help')} value={office} onPick={setOffice} />
      <Ticks
        legend={t('partner.municipalities')}
        values={covered}
        options={[...municipalities.value.entries()].map(([value, text]) => ({ value, text }))}
        onChange={setCovered}
      />
      <Input label={t('partner.region')} help={t('partner.region_help')} at="/region" required maxLength={120} value={region} onInput={setRegion} />
      <Text label={t('partner.senders')} help={t('partner.senders_help')} at="/senders" required rows={2} value={senders} onInput={setSenders} />
      <Ticks legend={t('partner.formats')} values={formats} options={wordsOfEnum('message_format')} onChange={setFormats} />
      <Ticks legend={t('partner.fields')} help={t('partner.fields_help')} values={fields} options={wordsOfEnum('ems_field')} onChange={setFields} />
      <Choice
        legend={t('partner.glass')}
        name="partner-glass"
        value={glass}
        options={[
          { value: 'no', text: t('partner.glass_no') },
          { value: 'yes', text: t('partner.glass_yes') },
        ]}
        onChange={setGlass}
      />
      <Input label={t('partner.webhook')} help={t('partner.webhook_help')} at="/webhook_url" optional maxLength={300} value={url} onInput={setUrl} />
      <Input
        label={t('partner.secret')}
        help={t(partner ? 'partner.secret_stays' : 'partner.secret_help')}
        at="/webhook_secret"
        optional
        autocomplete="off"
        maxLength={120}
        value={secret}
        onInput={setSecret}
      />
      {formats.includes('mail') && <Text label={t('partner.mail')} help={t('partner.mail_help')} at="/mail_template" optional rows={4} maxLength={1300} value={mail} onInput={setMail} />}
    </Form>
  );
}
