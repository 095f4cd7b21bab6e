// A facility as it was known on a day, and who changed what: for who keeps the record.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad } from '../app/load.ts';
import { municipalityName } from '../app/session.ts';
import { listed, t, word, type Key } from '../app/words.ts';
import type { FacilityPastAnswer, FacilityPastChange } from '../model.ts';
import { dayOf } from '../lib/time.ts';
import { Chip, Day, Empty, Input, Waiting, When } from './basic.tsx';
import { Fold } from './form.tsx';

export const FacilityPast = ({ id }: { id: string }) => (
  <Fold title={t('past.title')}>
    <Past id={id} />
  </Fold>
);

function Past({ id }: { id: string }) {
  const [day, setDay] = useState(dayOf(Date.now()));
  const past = useLoad(`past-${id}-${day}`, () => api<FacilityPastAnswer>(`/facilities/${id}/past`, { query: { day } }));
  return (
    <>
      <Input label={t('past.day')} type="date" max={dayOf(Date.now())} value={day} onInput={(value) => value && setDay(value)} />
      <Waiting of={past} lines={6} />
      {past.data && (
        <>
          {past.data.fields.length === 0 && (
            <Empty title={t('past.unknown')}>
              <Day date={past.data.known_since} /> {t('past.since')}
            </Empty>
          )}
          <dl class="facts">
            {past.data.fields.map((one) => (
              <div key={one.name}>
                <dt>{fieldWord(one.name)}</dt>
                <dd>{one.name === 'municipality' || one.name === 'located_in' ? municipalityName(one.value) || one.value : one.value}</dd>
              </div>
            ))}
            {past.data.items.map((one) => (
              <div key={`${one.item}-${one.notified}`}>
                <dt>
                  {word('facility_item', one.item)} {one.notified && <Chip>{t('resource.notified')}</Chip>}
                </dt>
                <dd>{listed([word('item_answer', one.answer), one.text ?? ''].filter(Boolean))}</dd>
              </div>
            ))}
          </dl>
          <h3>{t('past.changes')}</h3>
          {past.data.changes.length === 0 && <p class="soft">{t('past.no_changes')}</p>}
          <ul class="rows">
            {past.data.changes.map((one, at) => (
              <Change key={at} one={one} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const WORDS: Readonly<Record<string, Key>> = {
  name: 'past.name', name_kana: 'past.name_kana', address: 'facility.address', phone: 'facility.phone', fax: 'facility.fax', days: 'past.days', capacity: 'past.capacity', url: 'past.url',
  email: 'contact.email', municipality: 'past.municipality', located_in: 'facility.municipality', not_in_latest: 'facility.not_latest', building: 'past.building', corporation_name: 'past.corporation',
};
const fieldWord = (name: string): string => (WORDS[name] ? t(WORDS[name]) : name);
// An item's answer travels as "yes words".
const said = (text: string | undefined, isItem: boolean): string =>
  text === undefined ? t('past.nothing') : isItem ? text.replace(/^(yes|no)\b ?/, (_, answer: string) => `${word('item_answer', answer)} `).trim() : text;

const Change = ({ one }: { one: FacilityPastChange }) => (
  <li class="row row-pad">
    <span class="row-text">
      <strong>{one.item ? word('facility_item', one.item) : fieldWord(one.field ?? '')}</strong> {one.notified && <Chip>{t('resource.notified')}</Chip>}
    </span>
    <span>
      {said(one.before, one.item !== undefined)} → {said(one.after, one.item !== undefined)}
    </span>
    <span class="row-note">
      <When at={one.at} /> {one.by_name ?? t('past.import')} {one.source && (one.item ? word('item_source', one.source) : one.source)} {one.source_date}
    </span>
  </li>
);
