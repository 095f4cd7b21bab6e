// What is known of a facility (表1): each item with its source, since when, last confirmed; for who keeps the record also what is missing, whom the facility allows to read it, and the forms.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useSend, type Loaded } from '../app/load.ts';
import { useSpent } from '../app/spent.ts';
import { listed, t, word } from '../app/words.ts';
import type { Audience, FacilityAnswer, FacilityItem, FacilityItemView, ItemAnswer, ItemSource } from '../model.ts';
import { dayOf } from '../lib/time.ts';
import { Choice, Chip, Day, Empty, Input, Section, When } from './basic.tsx';
import { Select, Ticks } from './choices.tsx';
import { CONTACT, ContactForms } from './facility_contact.tsx';
import { FacilityHours } from './facility_hours.tsx';
import { Fold, Form, wordsOfEnum } from './form.tsx';

// Such an item says what, not only that.
export const WORDS: readonly FacilityItem[] = ['phone', 'fax', 'hours', 'departments', ...CONTACT];

type Facility = Loaded<FacilityAnswer>;
interface RecordProps {
  id: string;
  facility: Facility;
}

export function FacilityRecord({ id, facility }: RecordProps) {
  const data = facility.data!;
  const isContact = (one: FacilityItemView) => CONTACT.includes(one.item);
  const contacts = (data.items ?? []).filter(isContact);
  const items = (data.items ?? []).filter((one) => !isContact(one));
  return (
    <>
      {(contacts.length > 0 || data.may_edit) && (
        <Section title={t('contact_point.title')} note={t('contact_point.note')}>
          {contacts.length === 0 && <Empty title={t('resource.nothing')} />}
          <ul class="rows">
            {contacts.map((one) => (
              <Item key={one.item} one={one} keeper={data.may_edit ?? false} />
            ))}
          </ul>
          {data.may_edit && <ContactForms id={id} facility={facility} />}
        </Section>
      )}
      <Section title={t('resource.title')} note={t(data.may_edit ? 'resource.note_keeper' : 'resource.note')}>
        {items.length === 0 && <Empty title={t('resource.nothing')} />}
        <ul class="rows">
          {items.map((one) => (
            <Item key={`${one.item}-${one.notified}`} one={one} keeper={data.may_edit ?? false} />
          ))}
        </ul>
        {data.may_edit && <FacilityHours id={id} facility={facility} />}
        {data.may_edit && <Keeping id={id} facility={facility} />}
      </Section>
    </>
  );
}

// Free places are a number, and after a while nobody knows any more.
function itemText(one: FacilityItemView): string | undefined {
  if (one.item !== 'free_places') return one.text;
  return one.answer === 'yes' ? t('places.so_many', { count: one.text ?? '' }) : t('places.none');
}

function Item({ one, keeper }: { one: FacilityItemView; keeper: boolean }) {
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>{word('facility_item', one.item)}</strong> {one.notified && <Chip>{t('resource.notified')}</Chip>} {!one.confirmed_at && <Chip kind="wait">{t('resource.unconfirmed')}</Chip>}
      </span>
      <span class="row-text">
        {!(itemText(one) && WORDS.includes(one.item)) &&
          listed(
            [
              word('item_answer', one.answer),
              one.performed === undefined ? '' : t(one.performed ? 'resource.performed' : 'resource.not_performed'),
            ].filter(Boolean),
          )}
        {itemText(one) && <span class="fact-line">{itemText(one)}</span>}
        {one.stale && <Chip kind="wait">{t('places.stale')}</Chip>}
      </span>
      <span class="row-note">
        {t('facility.source')} {word('item_source', one.source)} {one.source_date && <Day date={one.source_date} />}
        <span class="fact-line">
          {t('resource.changed')} <When at={one.changed_at} />
        </span>
        {one.confirmed_at && (
          <span class="fact-line">
            {t('resource.confirmed')} <When at={one.confirmed_at} />
          </span>
        )}
        {keeper && (
          <span class="fact-line">
            {t('resource.shown_to')} {one.shown_to.length > 0 ? audienceWords(one.shown_to) : t('resource.keepers_only')}
          </span>
        )}
      </span>
    </li>
  );
}

// A number that no file publishes; "none" is known, too.
export function numberOf(data: FacilityAnswer, item: 'phone' | 'fax', published: string | undefined): string | undefined {
  const said = data.items?.find((one) => one.item === item);
  return published ?? said?.text ?? (said?.answer === 'no' ? t('head.none') : undefined);
}

const audienceWords = (audiences: readonly Audience[]): string => listed(audiences.map((one) => word('audience', one)));
const itemWords = (items: readonly FacilityItem[]) => items.map((value) => ({ value, text: word('facility_item', value) }));

// What can be said of this kind of facility: what is known, what is missing, and the numbers, which are often published.
function itemsOf(data: FacilityAnswer): FacilityItem[] {
  return [...new Set<FacilityItem>([...(data.unknown ?? []), ...(data.items ?? []).map((one) => one.item), 'phone', 'fax', ...(data.beyond ?? [])])];
}

function Keeping({ id, facility }: RecordProps) {
  const data = facility.data!;
  const unknown = data.unknown ?? [];
  const waiting = data.waiting ?? [];
  const confirming = useSend(), spent = useSpent();
  const confirm = () => confirming.send(() => api(`/facilities/${id}/confirm`, { method: 'POST', body: { seconds: spent() } }).then(facility.again));
  return (
    <>
      {unknown.length > 0 && (
        <p class="hint">
          <strong>{t('resource.unknown', { count: unknown.length })}</strong> {listed(unknown.map((one) => word('facility_item', one)))}
        </p>
      )}
      {waiting.length > 0 && (
        <p class="hint">
          <strong>{t('resource.to_approve', { count: waiting.length })}</strong> {listed(waiting.map((one) => word('facility_item', one.item)))}
        </p>
      )}
      {(data.items ?? []).length > 0 && (
        <Form sending={confirming} label={t('resource.confirm')} onSend={confirm} quiet>
          <p class="help">{t('resource.confirm_help')}</p>
        </Form>
      )}
      <Fold title={t('resource.write')}>
        <ItemForm id={id} facility={facility} />
      </Fold>
      <Fold title={t('resource.consents')}>
        <Consents facility={facility} />
        <ConsentForm id={id} facility={facility} />
      </Fold>
    </>
  );
}

// One item at a time; what is not known any more is said as well.
function ItemForm({ id, facility }: RecordProps) {
  const items = itemsOf(facility.data!);
  const [item, setItem] = useState<FacilityItem>(items[0]!);
  const [answer, setAnswer] = useState<ItemAnswer | 'unknown'>('yes');
  const [performed, setPerformed] = useState('');
  const [notified, setNotified] = useState(false);
  const [text, setText] = useState('');
  const [source, setSource] = useState<ItemSource>('survey');
  const [day, setDay] = useState(dayOf(Date.now()));
  const sending = useSend(), spent = useSpent();
  const inWords = WORDS.includes(item);
  const given = {
    item,
    ...(answer !== 'unknown' && { answer }),
    ...(answer === 'yes' && !inWords && performed && { performed: performed === 'yes' }),
    ...(notified && !inWords && { notified }),
    ...(answer === 'yes' && text.trim() && { text: text.trim() }),
  };
  const send = () =>
    sending.send(async () => {
      await api(`/facilities/${id}/items`, { method: 'POST', body: { items: [given], source, ...(day && { source_date: day }), seconds: spent() } });
      setText('');
      await facility.again();
    });
  return (
    <Form sending={sending} label={t('resource.save')} onSend={send}>
      <Select label={t('resource.item')} at="/items/0/item" value={item} options={itemWords(items)} onChange={(value) => setItem(value as FacilityItem)} />
      <Choice
        legend={t('resource.answer')}
        name="answer"
        value={answer}
        options={[...wordsOfEnum('item_answer'), { value: 'unknown', text: t('resource.unknown_again') }]}
        onChange={(value) => setAnswer(value as ItemAnswer)}
      />
      {answer === 'yes' && !inWords && (
        <Select
          label={t('resource.really')}
          at="/items/0/performed"
          optional
          none={t('resource.not_said')}
          value={performed}
          options={[{ value: 'yes', text: t('resource.performed') }, { value: 'no', text: t('resource.not_performed') }]}
          onChange={setPerformed}
        />
      )}
      {answer === 'yes' && <Input label={t('resource.in_words')} at="/items/0/text" optional={!inWords} required={inWords} maxLength={130} value={text} onInput={setText} />}
      {!inWords && (
        <Ticks
          legend={t('resource.kind_of_word')}
          values={notified ? ['notified'] : []}
          options={[{ value: 'notified', text: t('resource.notified_long') }]}
          onChange={(on) => setNotified(on.length > 0)}
        />
      )}
      <div class="pair">
        <Select label={t('facility.source')} at="/source" value={source} options={wordsOfEnum('item_source')} onChange={(value) => setSource(value as ItemSource)} />
        <Input label={t('resource.source_day')} at="/source_date" type="date" optional max={dayOf(Date.now())} value={day} onInput={setDay} />
      </div>
    </Form>
  );
}

function Consents({ facility }: { facility: Facility }) {
  const consents = facility.data!.consents ?? [];
  if (consents.length === 0) return <p class="soft">{t('resource.no_consent')}</p>;
  return (
    <ul class="rows">
      {consents.map((one) => (
        <li key={one.item} class="row row-pad">
          <strong>{word('facility_item', one.item)}</strong>
          <span>{one.audiences.length > 0 ? audienceWords(one.audiences) : t('resource.withdrawn')}</span>
          <span class="row-note">
            {one.given_by} <Day date={one.given_on} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function ConsentForm({ id, facility }: RecordProps) {
  const [items, setItems] = useState<string[]>([]);
  const [audiences, setAudiences] = useState<string[]>([]);
  const [by, setBy] = useState('');
  const [day, setDay] = useState(dayOf(Date.now()));
  const sending = useSend(), spent = useSpent();
  const send = () =>
    sending.send(async () => {
      await api(`/facilities/${id}/consent`, { method: 'POST', body: { items, audiences, given_by: by.trim(), given_on: day, seconds: spent() } });
      setItems([]);
      await facility.again();
    });
  return (
    <Form sending={sending} label={t(audiences.length > 0 ? 'resource.allow' : 'resource.withdraw')} onSend={send} disabled={items.length === 0}>
      <Ticks legend={t('resource.which')} values={items} options={itemWords(itemsOf(facility.data!))} onChange={setItems} />
      <Ticks legend={t('resource.to_whom')} help={t('resource.to_whom_help')} values={audiences} options={wordsOfEnum('audience')} onChange={setAudiences} />
      <div class="pair">
        <Input label={t('resource.given_by')} at="/given_by" required maxLength={40} value={by} onInput={setBy} />
        <Input label={t('resource.given_on')} at="/given_on" type="date" required max={dayOf(Date.now())} value={day} onInput={setDay} />
      </div>
    </Form>
  );
}
