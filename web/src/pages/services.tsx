// For residents, without a log-in: who comes to my home, near me, in plain words; desks to ask; how care at home works. On a phone and on paper.
import { useEffect, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad } from '../app/load.ts';
import { language, loadWords } from '../app/words.ts';
import type { PublicFacilityLine, PublicFacilityAnswer, PublicFacilitySearchAnswer, PublicRegionAnswer } from '../model.ts';
import { keep, kept } from '../lib/store.ts';
import { Refusal, Skeleton, Title } from '../parts/basic.tsx';
import { Plain, ServiceCard, Spoken } from '../parts/service_card.tsx';
import { Desks, How, Terms } from '../parts/service_help.tsx';
import { NEEDS, S, WAYS, needOf, say, type Way } from './services_words.ts';

interface Wanted {
  need: string;
  municipality: string;
  text: string;
  near?: { latitude: string; longitude: string };
}
interface Found {
  lines: readonly PublicFacilityLine[];
  count: number;
  next?: string;
}

// How it is spoken, remembered on the device; the frame's own words follow.
function useWay(): [Way, (way: Way) => void] {
  const [way, setWay] = useState<Way>(() => kept<Way>('way') ?? (language.value === 'en' ? 'en' : 'ja'));
  useEffect(() => {
    keep('way', way);
    void loadWords(way === 'en' ? 'en' : 'ja');
  }, [way]);
  return [way, setWay];
}

// Three decimals are about a hundred metres: nobody needs to know more exactly where somebody looks for care.
const rounded = (degrees: number): string => degrees.toFixed(3);

function queryOf(wanted: Wanted, after?: string) {
  const need = needOf(wanted.need);
  return {
    services: need?.services?.join(','),
    items: need?.items?.join(','),
    municipality: wanted.municipality,
    text: wanted.text.trim(),
    ...wanted.near,
    after,
  };
}

function useFound(wanted: Wanted) {
  const key = `services-${JSON.stringify(queryOf(wanted))}`;
  const [later, setLater] = useState<{ key: string; found: Found }>();
  const read = async (after?: string): Promise<Found> => {
    const answer = await api<PublicFacilitySearchAnswer>('/public/facilities', { query: queryOf(wanted, after), quiet401: true });
    return { lines: answer.facilities, count: answer.count, next: answer.next };
  };
  const first = useLoad(key, () => read());
  const found = later?.key === key ? later.found : first.data;
  const more = async () => {
    const next = await read(found?.next);
    setLater({ key, found: { ...next, lines: [...(found?.lines ?? []), ...next.lines] } });
  };
  return { found, problem: first.problem, again: first.again, more };
}

const wantedFrom = (query: URLSearchParams): Wanted => ({
  need: query.get('need') ?? '',
  municipality: query.get('municipality') ?? '',
  text: query.get('text') ?? '',
});

export default function ServicesPage() {
  const [way, setWay] = useWay();
  const [wanted, setWanted] = useState(() => wantedFrom(new URLSearchParams(location.search)));
  const region = useLoad('public-region', () => api<PublicRegionAnswer>('/public/region', { quiet401: true }));
  const { found, problem, again, more } = useFound(wanted);
  const set = (part: Partial<Wanted>) => {
    const fresh = { ...wanted, ...part };
    const query = new URLSearchParams(Object.entries(fresh).filter(([name, value]) => value && name !== 'near') as [string, string][]);
    setWanted(fresh);
    history.replaceState(null, '', `/services${query.size ? `?${query}` : ''}`);
  };
  // On a telephone the list is far below the choice.
  const choose = (need: string) => {
    set({ need });
    if (need) document.getElementById('found')?.scrollIntoView({ behavior: 'smooth' });
  };
  return (
    <Frame region={region.data} way={way} onWay={setWay}>
      <Title text={Plain(S.title, way)}>
        <Spoken said={S.title} way={way} />
      </Title>
      <p class="hint services-alarm">
        <Spoken said={S.emergency} way={way} />
      </p>
      <Where way={way} region={region.data} wanted={wanted} onChange={set} />
      <Needs way={way} value={wanted.need} onChoose={choose} />
      <section class="section" id="found" aria-live="polite">
        <Refusal problem={problem} again={() => void again()} />
        {!found && !problem && <Skeleton lines={6} />}
        {found && <List way={way} found={found} onMore={() => void more()} />}
      </section>
      {region.data && <Desks way={way} region={region.data} municipality={wanted.municipality} />}
      <How way={way} />
      <Terms way={way} />
      {region.data && <Proofed way={way} region={region.data} />}
    </Frame>
  );
}

// One facility, for a link that is passed on or a sheet on the refrigerator.
export function ServicePage({ id }: { id: string }) {
  const [way, setWay] = useWay();
  const region = useLoad('public-region', () => api<PublicRegionAnswer>('/public/region', { quiet401: true }));
  const facility = useLoad(`public-${id}`, () => api<PublicFacilityAnswer>(`/public/facilities/${encodeURIComponent(id)}`, { quiet401: true }));
  const one = facility.data?.facility;
  return (
    <Frame region={region.data} way={way} onWay={setWay}>
      <p class="no-print">
        <a href="/services">
          <Spoken said={S.all} way={way} />
        </a>
      </p>
      {one ? <Title text={one.name} /> : facility.problem ? <Refusal problem={facility.problem} /> : <Skeleton lines={6} />}
      {one && (
        <ul class="rows">
          <ServiceCard one={one} way={way} alone />
        </ul>
      )}
      {region.data && <Desks way={way} region={region.data} municipality={one?.municipality ?? ''} />}
    </Frame>
  );
}

interface FrameProps {
  region?: PublicRegionAnswer;
  way: Way;
  onWay: (way: Way) => void;
  children?: preact.ComponentChildren;
}

function Frame({ region, way, onWay, children }: FrameProps) {
  const lang = way === 'en' ? 'en' : 'ja';
  return (
    <div class={way === 'easy' ? 'services services-easy' : 'services'} lang={lang}>
      <header class="top">
        <div class="top-inner">
          <a class="region" href="/services">
            <span class="region-name">{region?.region ?? ''}</span>
          </a>
          <div class="services-ways no-print" role="group" aria-label={say(S.language, way)}>
            {WAYS.map((one) => (
              <button key={one.value} type="button" class="button quiet small" lang={one.lang} aria-pressed={way === one.value} onClick={() => onWay(one.value)}>
                {one.text}
              </button>
            ))}
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <div class="page narrow">{children}</div>
      </main>
      <footer class="page narrow no-print">
        <a class="link" href="/">
          <Spoken said={S.staff} way={way} />
        </a>
      </footer>
    </div>
  );
}

function Needs({ way, value, onChoose }: { way: Way; value: string; onChoose: (need: string) => void }) {
  return (
    <section class="section no-print" aria-labelledby="needs">
      <h2 id="needs">
        <Spoken said={S.need} way={way} />
      </h2>
      <p class="help">
        <Spoken said={S.need_help} way={way} />
      </p>
      {NEEDS.map(({ said, needs }) => (
        <div key={said[0]} class="services-needs">
          <h3>
            <Spoken said={said} way={way} />
          </h3>
          <div class="services-grid">
            {needs.map((one) => (
              <button key={one.key} type="button" class="button quiet" aria-pressed={value === one.key} onClick={() => onChoose(value === one.key ? '' : one.key)}>
                <Spoken said={one.said} way={way} />
              </button>
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

interface WhereProps {
  way: Way;
  region?: PublicRegionAnswer;
  wanted: Wanted;
  onChange: (part: Partial<Wanted>) => void;
}

function Where({ way, region, wanted, onChange }: WhereProps) {
  const [lost, setLost] = useState(false);
  const locate = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setLost(false);
        onChange({ near: { latitude: rounded(coords.latitude), longitude: rounded(coords.longitude) } });
      },
      () => setLost(true),
      { maximumAge: 600_000, timeout: 10_000 },
    );
  return (
    <section class="section no-print" aria-labelledby="where">
      <h2 id="where">
        <Spoken said={S.where} way={way} />
      </h2>
      <div class="services-where">
        <label>
          <Spoken said={S.municipality} way={way} />
          <select value={wanted.municipality} onChange={(event) => onChange({ municipality: event.currentTarget.value })}>
            <option value="">{Plain(S.anywhere, way)}</option>
            {region?.municipalities.map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <Spoken said={S.name} way={way} />
          <input type="search" value={wanted.text} maxLength={40} onChange={(event) => onChange({ text: event.currentTarget.value })} />
        </label>
      </div>
      {'geolocation' in navigator && (
        <>
          <button type="button" class="button quiet wide" aria-pressed={Boolean(wanted.near)} onClick={wanted.near ? () => onChange({ near: undefined }) : locate}>
            <Spoken said={wanted.near ? S.near_off : S.near} way={way} />
          </button>
          <p class="help">
            <Spoken said={S.near_note} way={way} />
          </p>
        </>
      )}
      {lost && (
        <p class="field-error" role="alert">
          <Spoken said={S.near_no} way={way} />
        </p>
      )}
    </section>
  );
}

function List({ way, found, onMore }: { way: Way; found: Found; onMore: () => void }) {
  if (found.lines.length === 0)
    return (
      <div class="empty">
        <p class="empty-title">
          <Spoken said={S.none} way={way} />
        </p>
        <p>
          <Spoken said={S.none_hint} way={way} />
        </p>
      </div>
    );
  return (
    <>
      <div class="section-head">
        <p class="count">
          <Spoken said={found.count >= 1000 ? S.found_more : S.found} way={way} params={{ count: found.count.toLocaleString() }} />
        </p>
        <button type="button" class="button quiet small no-print" onClick={() => print()}>
          <Spoken said={S.print} way={way} />
        </button>
      </div>
      <p class="print-only">
        <Spoken said={S.printed} way={way} params={{ date: new Date().toLocaleDateString(way === 'en' ? 'en' : 'ja', { timeZone: 'Asia/Tokyo' }) }} />
      </p>
      <p class="help">
        <Spoken said={S.call_first} way={way} />
      </p>
      <ul class="rows">
        {found.lines.map((one) => (
          <ServiceCard key={one.facility_id} one={one} way={way} />
        ))}
      </ul>
      {found.next && (
        <button type="button" class="button quiet wide" onClick={onMore}>
          <Spoken said={S.more} way={way} />
        </button>
      )}
    </>
  );
}

function Proofed({ way, region }: { way: Way; region: PublicRegionAnswer }) {
  const share = region.facilities === 0 ? 0 : Math.floor((100 * region.proofed) / region.facilities);
  return (
    <section class="section">
      {region.facilities > 0 && (
        <p>
          <Spoken said={S.proofed} way={way} params={{ all: region.facilities.toLocaleString(), share: String(share) }} />
        </p>
      )}
      <p>
        <Spoken said={S.wrong} way={way} />
      </p>
    </section>
  );
}
