// Which telephones of an office ring in an emergency, and at which hours each is answered (当番携帯).
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { t } from '../app/words.ts';
import type { OfficePhone, OfficePhonesAnswer } from '../model.ts';
import { Chip, Input, Section, Tel, When } from './basic.tsx';
import { Fold, Form } from './form.tsx';
import { Hours, hoursDraft, hoursOf, hoursWords, type HoursDraft } from './hours.tsx';

const PHONES_MOST = 6;

// On the office's own page. Nothing for whoever may not read it.
export function OfficePhones({ office }: { office: string }) {
  const { data, again } = useLoad(`office-phones-${office}`, () => api<OfficePhonesAnswer>(`/offices/${office}/phones`));
  if (!data) return null;
  return (
    <Section title={t('phones.title')} note={t('phones.note')}>
      <ul class="rows">
        {data.phones.length === 0 && (
          <li class="row row-pad">
            <span class="row-text">{data.registered ? <Tel number={data.registered} /> : <span class="gap">{t('phones.none')}</span>}</span>
            {data.registered && <span>{t('phones.always')}</span>}
          </li>
        )}
        {data.phones.map((one) => (
          <li class="row row-pad" key={one.number}>
            <span class="row-text">
              <strong>{one.name}</strong> <Tel number={one.number} /> {one.number === data.rings_now && <Chip kind="good">{t('phones.now')}</Chip>}
            </span>
            {one.hours.length === 0 ? <span>{t('phones.always')}</span> : one.hours.map((hours, at) => <span key={at}>{hoursWords(hours)}</span>)}
          </li>
        ))}
      </ul>
      {data.silent_from && (
        <p class="hint">
          <span class="gap">{t('phones.silent')}</span> <When at={data.silent_from} />–<When at={data.silent_to} />
        </p>
      )}
      {data.set_at && (
        <p class="soft">
          {t('chain.set_by', { name: data.set_by ?? '' })} <When at={data.set_at} />
        </p>
      )}
      {data.may_edit && (
        <Fold key={data.set_at ?? ''} title={t('phones.change')}>
          <PhonesForm office={office} answer={data} again={again} />
        </Fold>
      )}
    </Section>
  );
}

interface PhoneDraft {
  // Only of this page.
  key: string;
  name: string;
  number: string;
  hours: HoursDraft[];
}

const draftOf = (phone: OfficePhone): PhoneDraft => ({
  key: crypto.randomUUID(),
  name: phone.name,
  number: phone.number,
  hours: hoursDraft(phone.hours),
});

// As kept; undefined while something is missing.
function phonesOf(drafts: readonly PhoneDraft[]): OfficePhone[] | undefined {
  const phones = drafts.map((draft) => {
    const hours = hoursOf(draft.hours);
    return draft.name.trim() && draft.number.trim() && hours ? { name: draft.name.trim(), number: draft.number.trim(), hours } : undefined;
  });
  return phones.every(Boolean) ? (phones as OfficePhone[]) : undefined;
}

function PhonesForm({ office, answer, again }: { office: string; answer: OfficePhonesAnswer; again: () => Promise<void> }) {
  const first = (): PhoneDraft => ({ key: crypto.randomUUID(), name: '', number: answer.phones.length ? '' : (answer.registered ?? ''), hours: [] });
  const [drafts, setDrafts] = useState<PhoneDraft[]>(() => (answer.phones.length ? answer.phones.map(draftOf) : [first()]));
  const sending = useSend();
  const kept = phonesOf(drafts);
  const change = (key: string, part: Partial<PhoneDraft>) => setDrafts((old) => old.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const send = () =>
    sending.send(async () => {
      await api(`/offices/${office}/phones`, { method: 'PUT', body: { phones: kept } });
      await again();
    });
  return (
    <Form sending={sending} label={t('partner.save')} onSend={send} disabled={!kept}>
      {drafts.map((one, at) => (
        <Phone key={one.key} phone={one} at={at} onChange={(part) => change(one.key, part)} onRemove={() => setDrafts(drafts.filter((other) => other !== one))} />
      ))}
      {drafts.length === 0 && <p class="hint">{t('phones.back')}</p>}
      <button type="button" class="button quiet small" disabled={drafts.length >= PHONES_MOST} onClick={() => setDrafts([...drafts, { ...first(), number: '' }])}>
        {t('phones.add')}
      </button>
    </Form>
  );
}

function Phone({ phone, at, onChange, onRemove }: { phone: PhoneDraft; at: number; onChange: (part: Partial<PhoneDraft>) => void; onRemove: () => void }) {
  return (
    <fieldset class="choice">
      <legend>{t('phones.one', { number: at + 1 })}</legend>
      <div class="pair">
        <Input label={t('phones.name')} help={t('phones.name_help')} at={`/phones/${at}/name`} required maxLength={20} value={phone.name} onInput={(name) => onChange({ name })} />
        <Input label={t('route.number')} at={`/phones/${at}/number`} required type="tel" maxLength={20} value={phone.number} onInput={(number) => onChange({ number })} />
      </div>
      {phone.hours.length === 0 && <p class="help">{t('phones.always')}</p>}
      <Hours at={`/phones/${at}`} of={String(at + 1)} hours={phone.hours} onChange={(hours) => onChange({ hours })} />
      <button type="button" class="button quiet small" onClick={onRemove}>
        {t('phones.remove')}
        <span class="hidden"> {at + 1}</span>
      </button>
    </fieldset>
  );
}
