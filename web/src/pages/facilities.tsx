// Offices and clinics of the region: by name (two characters are enough), service and municipality.
import { useEffect, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad } from '../app/load.ts';
import { mayImport } from '../app/session.ts';
import { go } from '../app/route.ts';
import { t, type Key } from '../app/words.ts';
import type { FacilityAnswer, FacilityItem, FacilityLine, FacilitySearchAnswer, FieldSource, MunicipalityListAnswer } from '../model.ts';
import { telephone } from '../lib/phones.ts';
import type { Problem } from '../lib/problem.ts';
import { Chip, Day, Empty, Field, Input, Refusal, Section, Skeleton, Tel, Title } from '../parts/basic.tsx';
import { Ticks } from '../parts/choices.tsx';
import { Differs } from '../parts/differs.tsx';
import { FacilityMap } from '../parts/facility_map.tsx';
import { FacilityAreas, lengthOf, PlaceFilters, whereFrom, type Where } from '../parts/facility_places.tsx';
import { FacilityOutputs } from '../parts/facility_outputs.tsx';
import { FacilityPast } from '../parts/facility_past.tsx';
import { FacilityRecord, numberOf, WORDS } from '../parts/facility_record.tsx';
import { Fold, wordsOfEnum } from '../parts/form.tsx';
import { asksWhen, OpenFilter, Unsure, WhenNote, type WhenWanted } from '../parts/open_filter.tsx';
import { Proof } from '../parts/proof.tsx';

// As many as this and more are not counted (facility_search).
const COUNT_MOST = 1000;

interface Wanted extends Where, WhenWanted {
  text: string;
  service: string;
  municipality: string;
  // Names of items parted by commas: what it must be able to do.
  items: string;
  // 'map', or '' for the list.
  show: string;
}
// What is asked of the server: list and map ask the same.
const askedOf = ({ show: _, ...wanted }: Wanted) => ({ ...wanted, text: wanted.text.trim() });
interface Found {
  answer?: FacilitySearchAnswer;
  lines: readonly FacilityLine[];
  problem?: Problem;
}

function useSearch(wanted: Wanted): [Found, () => void] {
  const [found, setFound] = useState<Found>({ lines: [] });
  const read = async (after: string | undefined, alive: () => boolean) => {
    try {
      const answer = await api<FacilitySearchAnswer>('/facilities', { query: { ...askedOf(wanted), after, limit: 50 } });
      if (alive()) setFound((old) => ({ answer, lines: after ? [...old.lines, ...answer.facilities] : answer.facilities }));
    } catch (error) {
      if (alive()) setFound((old) => ({ ...old, problem: error as Problem }));
    }
  };
  useEffect(() => {
    let alive = true;
    const timer = setTimeout(() => void read(undefined, () => alive), 250);
    return () => {
      alive = false;
      clearTimeout(timer);
    };
  }, [JSON.stringify(askedOf(wanted))]);
  return [found, () => void read(found.answer?.next, () => true)];
}

// What is looked for stands in the address, so that going back shows the same list.
function wantedFrom(query: URLSearchParams): Wanted {
  const given = (name: string) => query.get(name) ?? '';
  const when = { open_at: given('open_at'), free: given('free') };
  return { text: given('text'), service: given('service'), municipality: given('municipality'), items: given('items'), show: given('show'), ...when, ...whereFrom(query) };
}

export default function FacilitiesPage() {
  const [wanted, setWanted] = useState(() => wantedFrom(new URLSearchParams(location.search)));
  const [found, more] = useSearch(wanted);
  const places = useLoad('municipalities', () => api<MunicipalityListAnswer>('/municipalities'));
  const set = (part: Partial<Wanted>) => {
    const fresh = { ...wanted, ...part };
    setWanted(fresh);
    const query = new URLSearchParams(Object.entries(fresh).filter(([, value]) => value));
    history.replaceState(null, '', `/facilities${query.size ? `?${query}` : ''}`);
  };
  const narrowed = Object.values(askedOf(wanted)).some(Boolean);
  return (
    <div class="page">
      <div class="title-row">
        <Title text={t('facility.title')} />
        {mayImport.value && (
          <span class="buttons">
            <a class="button quiet" href="/upkeep">
              {t('upkeep.title')}
            </a>
            <a class="button quiet" href="/reviews">
              {t('reviews.title')}
            </a>
            <a class="button quiet" href="/facility-reports">
              {t('reports.title')}
            </a>
            <a class="button quiet" href="/areas">
              {t('area.go')}
            </a>
            <a class="button quiet" href="/imports">
              {t('import.go')}
            </a>
          </span>
        )}
      </div>
      <div class="filters">
        <Input label={t('facility.text')} help={t('facility.text_help')} type="search" value={wanted.text} onInput={(text) => set({ text })} />
        <Field id="service" label={t('facility.service')}>
          <select id="service" value={wanted.service} onChange={(event) => set({ service: event.currentTarget.value })}>
            <option value="">{t('facility.every')}</option>
            {wanted.service && !found.answer?.services.some((one) => one.service === wanted.service) && (
              <option value={wanted.service}>{wanted.service}</option>
            )}
            {found.answer?.services.map((one) => (
              <option key={one.service} value={one.service}>
                {one.service}（{one.count}）
              </option>
            ))}
          </select>
        </Field>
        <Field id="place" label={t('facility.municipality')}>
          <select id="place" value={wanted.municipality} onChange={(event) => set({ municipality: event.currentTarget.value })}>
            <option value="">{t('facility.everywhere')}</option>
            {places.data?.municipalities.map((one) => (
              <option key={one.code} value={one.code}>
                {one.in_region ? one.name : `${one.prefecture} ${one.name}`}（{one.facilities}）
              </option>
            ))}
          </select>
        </Field>
        <PlaceFilters where={wanted} municipality={wanted.municipality} set={set} />
      </div>
      <Fold title={t('facility.can')} open={wanted.items !== ''}>
        <Ticks
          legend={t('facility.can_all')}
          help={t('facility.can_help')}
          values={wanted.items.split(',')}
          options={wordsOfEnum('facility_item').filter(({ value }) => !WORDS.includes(value as FacilityItem))}
          onChange={(items) => set({ items: items.join(',') })}
        />
      </Fold>
      <OpenFilter value={wanted} onChange={set} />
      <FacilityOutputs wanted={askedOf(wanted)} />
      <Refusal problem={found.problem} />
      {!found.answer && !found.problem && <Skeleton lines={6} />}
      {found.answer && (
        <p class="count" role="status">
          {t(found.answer.count >= COUNT_MOST ? 'facility.count_more' : 'count', { count: found.answer.count.toLocaleString() })}
        </p>
      )}
      {found.answer?.count === 0 && (
        <Empty title={t(narrowed ? 'facility.none' : 'facility.nothing_yet')}>
          <p>{t(narrowed ? 'facility.none_hint' : mayImport.value ? 'facility.import_first' : 'facility.not_imported')}</p>
        </Empty>
      )}
      <div class="buttons no-print" role="group" aria-label={t('map.way')}>
        {['', 'map'].map((show) => (
          <button key={show} type="button" class="button quiet small" aria-pressed={wanted.show === show} onClick={() => set({ show })}>
            {t(show ? 'map.as_map' : 'map.as_list')}
          </button>
        ))}
      </div>
      {wanted.show === 'map' ? <FacilityMap query={askedOf(wanted)} /> : <List found={found} more={more} />}
      {asksWhen(wanted) && <Unsure query={askedOf(wanted)} row={(one) => <Row key={one.facility_id} one={one} />} />}
    </div>
  );
}

function List({ found, more }: { found: Found; more: () => void }) {
  return (
    <>
      <ul class="rows">
        {found.lines.map((one) => (
          <Row key={one.facility_id} one={one} />
        ))}
      </ul>
      {found.answer?.next && (
        <button type="button" class="button quiet wide" onClick={more}>
          {t('more')}
        </button>
      )}
    </>
  );
}

// Most sources begin the address with prefecture and municipality.
const placeOf = ({ municipality_name: place, address = '' }: FacilityLine): string => (address.startsWith(place) ? address : `${place} ${address}`);

function Row({ one }: { one: FacilityLine }) {
  return (
    <li class="row row-pad office">
      <span class="row-text">
        <a href={`/facilities/${one.facility_id}`}>{one.name}</a> {one.not_in_latest && <Chip>{t('facility.not_latest')}</Chip>}
        {one.confirmation_due && <Chip kind="wait">{t('upkeep.due')}</Chip>}
        <span class="row-note fact-line">{one.name_kana}</span>
      </span>
      <span class="row-note">
        <strong>{one.service}</strong>
        <span class="fact-line">
          {placeOf(one)}
        </span>
        {one.distance !== undefined && <span class="fact-line">{t('near.away', { length: lengthOf(one.distance) })}</span>}
        <WhenNote one={one} />
      </span>
      <span class="row-state">
        {one.phone && telephone(one.phone) ? <Tel number={one.phone} /> : <span class="soft">{t('facility.no_phone')}</span>}
        {one.phone_doubtful && <span class="soft">{t('facility.doubtful')}</span>}
      </span>
    </li>
  );
}

export function FacilityPage({ id }: { id: string }) {
  const facility = useLoad(`facility-${id}`, () => api<FacilityAnswer>(`/facilities/${id}`));
  if (!facility.data)
    return <div class="page">{facility.problem ? <Refusal problem={facility.problem} again={() => void facility.again()} /> : <Skeleton />}</div>;
  const one = facility.data.facility;
  return (
    <div class="page">
      <p>
        <button type="button" class="link" onClick={() => (history.length > 1 ? history.back() : go('/facilities'))}>
          {t('back')}
        </button>
      </p>
      <Title text={one.name} />
      <p class="soft">
        {one.name_kana} {one.confirmation_due && <Chip kind="wait">{t('upkeep.due')}</Chip>}
      </p>
      <dl class="facts">
        <div class="fact">
          <dt>{t('facility.service')}</dt>
          <dd>{one.service}</dd>
        </div>
        <div class="fact">
          <dt>{t('facility.phone')}</dt>
          <dd>
            <Tel number={numberOf(facility.data, 'phone', one.phone)} /> {one.phone_doubtful && <span class="soft">{t('facility.doubtful')}</span>}
          </dd>
        </div>
        <div class="fact">
          <dt>{t('facility.fax')}</dt>
          <dd>{numberOf(facility.data, 'fax', one.fax) ?? t('facility.not_known')}</dd>
        </div>
        <div class="fact">
          <dt>{t('facility.address')}</dt>
          <dd>{placeOf(one)}</dd>
        </div>
        <FacilityAreas id={id} facility={facility} />
        <div class="fact">
          <dt>{t('facility.number')}</dt>
          <dd>{one.number}</dd>
        </div>
      </dl>
      <FacilityRecord id={id} facility={facility} />
      {facility.data.may_edit && <FacilityPast id={id} />}
      {facility.data.may_edit && <Proof id={id} />}
      <Differs id={id} />
      <Sources sources={facility.data.sources} />
    </div>
  );
}

// The words of what the published data say of an office; a field of a later profile keeps its own name.
const FIELD_WORDS: Readonly<Record<string, Key>> = {
  located_in: 'facility.municipality',
  number: 'facility.number',
  prefecture_name: 'field.prefecture',
  city_name: 'field.city',
  name: 'field.name',
  name_kana: 'field.name_kana',
  service: 'facility.service',
  address: 'facility.address',
  building: 'field.building',
  latitude: 'field.latitude',
  longitude: 'field.longitude',
  phone: 'facility.phone',
  fax: 'facility.fax',
  corporation_number: 'field.corporation_number',
  corporation_name: 'field.corporation_name',
  days: 'field.days',
  days_note: 'field.days_note',
  capacity: 'field.capacity',
  url: 'field.url',
  shared_service: 'field.shared_service',
  care_standard: 'field.care_standard',
  disability_standard: 'field.disability_standard',
  remark: 'field.remark',
};
const fieldWord = (name: string): string => (FIELD_WORDS[name] ? t(FIELD_WORDS[name]) : name);

function Sources({ sources }: { sources: readonly FieldSource[] }) {
  return (
    <Section title={t('facility.sources')} note={t('facility.sources_note')}>
      <div class="table-scroll" tabIndex={0} role="group" aria-label={t('facility.sources')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('facility.field')}</th>
              <th scope="col">{t('facility.value')}</th>
              <th scope="col">{t('facility.source')}</th>
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <tr key={source.name}>
                <th scope="row">{fieldWord(source.name)}</th>
                <td>
                  {source.value ?? <span class="soft">{t('head.none')}</span>}
                  {source.raw && source.raw !== source.value && (
                    <span class="soft fact-line">
                      {t('facility.raw')} {source.raw}
                    </span>
                  )}
                  {source.doubtful && <Chip kind="wait">{t('facility.doubtful')}</Chip>}
                </td>
                <td>
                  {source.source} {source.source_date && <Day date={source.source_date} />} {source.line && t('facility.line', { line: source.line })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
