// Whom residents can ask, how care at home works, and what the words mean.
import { api } from '../app/api.ts';
import { useLoad } from '../app/load.ts';
import type { PublicRegionAnswer } from '../model.ts';
import { HOW, S, TERMS, type Way } from '../pages/services_words.ts';
import { Tel } from './basic.tsx';
import { Plain, Spoken } from './service_card.tsx';

// A desk that a municipality has set up for residents (public_desks).
interface Desk {
  desk_id: string;
  municipality: string;
  name: string;
  role: string;
  address: string;
  phone: string;
  hours: string;
  area: string;
  residents: boolean;
  closed: boolean;
}
interface DesksProps {
  way: Way;
  region: PublicRegionAnswer;
  municipality: string;
}

export function Desks({ way, region, municipality }: DesksProps) {
  const desks = useLoad('public-desks', () => api<{ desks: Desk[] }>('/public/support-desks', { quiet401: true }));
  const here = (code: string): boolean => !municipality || code === municipality;
  const shown = (desks.data?.desks ?? []).filter((one) => one.residents && !one.closed && here(one.municipality));
  return (
    <section class="section" aria-labelledby="desks">
      <h2 id="desks">
        <Spoken said={S.desks} way={way} />
      </h2>
      <p class="help">
        <Spoken said={S.desks_note} way={way} />
      </p>
      <ul class="rows">
        {shown.map((one) => (
          <DeskRow key={one.desk_id} one={one} way={way} />
        ))}
        {region.municipalities
          .filter((one) => one.desk_phone && here(one.code))
          .map((one) => (
            <li key={one.code} class="row row-pad service">
              <p class="service-phone">
                <Tel number={one.desk_phone} big name={Plain(S.desk_of, way).replace('{name}', one.name)} />
              </p>
            </li>
          ))}
        {region.desk_phone && (
          <li class="row row-pad service">
            <p class="service-phone">
              <Tel number={region.desk_phone} big name={Plain(S.region_desk, way)} />
            </p>
          </li>
        )}
      </ul>
    </section>
  );
}

function DeskRow({ one, way }: { one: Desk; way: Way }) {
  return (
    <li class="row row-pad service">
      <h3 lang="ja">{one.name}</h3>
      <p lang="ja">{one.role}</p>
      <p class="service-phone">
        <Tel number={one.phone} big name={Plain(S.phone, way)} />
      </p>
      <dl class="service-facts">
        {(
          [
            [S.hours, one.hours],
            [S.address, one.address],
            [S.serves, one.area],
          ] as const
        )
          .filter(([, text]) => text)
          .map(([said, text]) => (
            <div key={said[2]}>
              <dt>
                <Spoken said={said} way={way} />
              </dt>
              <dd lang="ja">{text}</dd>
            </div>
          ))}
      </dl>
    </li>
  );
}

export function How({ way }: { way: Way }) {
  return (
    <section class="section" aria-labelledby="how">
      <h2 id="how">
        <Spoken said={S.how} way={way} />
      </h2>
      <ol class="services-steps">
        {HOW.map((said) => (
          <li key={said[2]}>
            <Spoken said={said} way={way} />
          </li>
        ))}
      </ol>
    </section>
  );
}

export function Terms({ way }: { way: Way }) {
  return (
    <section class="section" aria-labelledby="words">
      <h2 id="words">
        <Spoken said={S.words} way={way} />
      </h2>
      <dl class="services-terms">
        {TERMS.map(({ term, means }) => (
          <div key={term[2]}>
            <dt>
              <Spoken said={term} way={way} />
            </dt>
            <dd>
              <Spoken said={means} way={way} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
