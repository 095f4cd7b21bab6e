// Whom to reach at a facility for coordination, how and when; when its doctors can be met; how many places are free. Never for residents.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useSend, type Loaded } from '../app/load.ts';
import { t, word } from '../app/words.ts';
import { dayOf } from '../lib/time.ts';
import type { FacilityAnswer, FacilityItem, ItemAnswer } from '../model.ts';
import { Choice, Input } from './basic.tsx';
import { Fold, Form } from './form.tsx';

// These stand together above table 1.
export const CONTACT: readonly FacilityItem[] = ['coordinator', 'coordinator_reach', 'coordinator_when', 'proxy_desk', 'meeting_hours', 'conference_hours', 'free_places'];
const TYPED: readonly FacilityItem[] = ['coordinator', 'coordinator_reach', 'coordinator_when', 'proxy_desk'];

interface ContactProps {
  id: string;
  facility: Loaded<FacilityAnswer>;
}

const saidOf = ({ items = [] }: FacilityAnswer, item: FacilityItem) => items.find((one) => one.item === item);

export function ContactForms({ id, facility }: ContactProps) {
  const beyond = facility.data!.beyond ?? [];
  return (
    <>
      <Fold title={t('contact_point.write')}>
        <ContactForm id={id} facility={facility} />
      </Fold>
      {beyond.includes('free_places') && (
        <Fold title={t('places.write')}>
          <PlacesForm id={id} facility={facility} />
        </Fold>
      )}
    </>
  );
}

// What is emptied is not known any more.
function ContactForm({ id, facility }: ContactProps) {
  const data = facility.data!;
  const items = TYPED.filter((item) => data.beyond?.includes(item));
  const [texts, setTexts] = useState<Partial<Record<FacilityItem, string>>>(() => Object.fromEntries(items.map((item) => [item, saidOf(data, item)?.text ?? ''])));
  const [saved, setSaved] = useState(false);
  const sending = useSend();
  const given = items.map((item) => {
    const text = texts[item]?.trim();
    return text ? { item, answer: 'yes', text } : { item };
  });
  const send = () =>
    sending.send(async () => {
      await api(`/facilities/${id}/items`, { method: 'POST', body: { items: given, source: 'own', source_date: dayOf(Date.now()) } });
      await facility.again();
      setSaved(true);
    });
  return (
    <Form sending={sending} label={t('contact_point.save')} onSend={send} done={saved ? t('opening.saved') : undefined}>
      <p class="help">{t('contact_point.help')}</p>
      {items.map((item, at) => (
        <Input
          key={item}
          label={word('facility_item', item)}
          at={`/items/${at}/text`}
          optional
          maxLength={130}
          value={texts[item] ?? ''}
          onInput={(text) => {
            setSaved(false);
            setTexts({ ...texts, [item]: text });
          }}
        />
      ))}
    </Form>
  );
}

function PlacesForm({ id, facility }: ContactProps) {
  const said = saidOf(facility.data!, 'free_places');
  const [answer, setAnswer] = useState<ItemAnswer | 'unknown'>(said?.answer ?? 'yes');
  const [count, setCount] = useState(said?.text ?? '');
  const [day, setDay] = useState(dayOf(Date.now()));
  const [saved, setSaved] = useState(false);
  const sending = useSend();
  const item = { item: 'free_places', ...(answer !== 'unknown' && { answer }), ...(answer === 'yes' && { text: count.trim() }) };
  const send = () =>
    sending.send(async () => {
      await api(`/facilities/${id}/items`, { method: 'POST', body: { items: [item], source: 'own', source_date: day } });
      await facility.again();
      setSaved(true);
    });
  return (
    <Form sending={sending} label={t('places.save')} onSend={send} disabled={!day} done={saved ? t('opening.saved') : undefined}>
      <p class="help">{t('places.help')}</p>
      <Choice
        legend={t('places.legend')}
        name="places"
        value={answer}
        options={[
          { value: 'yes', text: t('places.some') },
          { value: 'no', text: t('places.none') },
          { value: 'unknown', text: t('places.unknown') },
        ]}
        onChange={(value) => setAnswer(value as ItemAnswer)}
      />
      <div class="pair">
        {answer === 'yes' && <Input label={t('places.count')} at="/items/0/text" inputMode="numeric" pattern="[1-9][0-9]{0,2}" required maxLength={3} value={count} onInput={setCount} />}
        <Input label={t('places.day')} at="/source_date" type="date" required max={dayOf(Date.now())} value={day} onInput={setDay} />
      </div>
    </Form>
  );
}
