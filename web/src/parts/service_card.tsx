// One office or clinic as a resident reads it, and how the residents' page speaks: readings above their characters in plain Japanese.
import type { PublicFacilityItem, PublicFacilityLine } from '../model.ts';
import { ITEMS, S, say, type Said, type Way } from '../pages/services_words.ts';
import { Chip, Tel } from './basic.tsx';

const READING = /\{([^|{}]+)\|([^{}]+)\}/g;

function filled(said: Said, way: Way, params: Readonly<Record<string, string>> = {}): string {
  return say(said, way).replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
}

// Without readings: where no markup may stand.
export const Plain = (said: Said, way: Way): string => filled(said, way).replace(READING, '$1');

export function Spoken({ said, way, params }: { said: Said; way: Way; params?: Readonly<Record<string, string>> }) {
  const parts = filled(said, way, params).split(READING);
  return (
    <span>
      {parts.map((part, at) =>
        at % 3 === 0 ? (
          part
        ) : at % 3 === 1 ? (
          <ruby key={at}>
            {part}
            <rp>（</rp>
            <rt>{parts[at + 1]}</rt>
            <rp>）</rp>
          </ruby>
        ) : null,
      )}
    </span>
  );
}

// "650 m", "2.4 km"
const far = (metres: number): string => (metres < 1000 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1000).toFixed(1)} km`);
export const placeOf = ({ municipality_name: name, address = '' }: PublicFacilityLine): string => (address.startsWith(name) ? address : `${name}${address}`);
// What is notified and what the office says itself is one thing to a resident: yes, and the one that says more.
export function once(items: readonly PublicFacilityItem[]): PublicFacilityItem[] {
  const weight = (one: PublicFacilityItem): number => (one.answer === 'yes' ? 1000 : 0) + (one.text ?? '').length + Number(one.performed ?? false);
  return items.filter((one, at) => !items.some((other, place) => other.item === one.item && (weight(other) > weight(one) || (weight(other) === weight(one) && place < at))));
}
// A page of the office's own, and nothing else that an address may hide.
const pageOf = (url: string | undefined): string | undefined => (url && /^https?:[/][/]/i.test(url) ? url : undefined);

export function ServiceCard({ one, way, alone }: { one: PublicFacilityLine; way: Way; alone?: boolean }) {
  const said = (item: string) => one.items.find((each) => each.item === item && each.answer === 'yes')?.text;
  const can = once(one.items).filter((each) => each.answer === 'yes' && ITEMS[each.item]);
  const url = pageOf(one.url);
  const phone = said('phone') ?? one.phone;
  return (
    <li class="row row-pad service">
      {!alone && (
        <h3>
          <a href={`/services/${one.facility_id}`}>{one.name}</a>
        </h3>
      )}
      <p>
        <strong lang="ja">{one.service}</strong> {one.metres !== undefined && <Chip>{far(one.metres)}</Chip>}{' '}
        {!one.proofed && (
          <Chip kind="wait">
            <Spoken said={S.unconfirmed} way={way} />
          </Chip>
        )}
      </p>
      <p class="service-phone">
        <Tel number={phone} big name={Plain(S.phone, way)} />
      </p>
      <dl class="service-facts">
        <Fact said={S.address} way={way} text={placeOf(one)} />
        <Fact said={S.hours} way={way} text={said('hours')} />
        <Fact said={S.departments} way={way} text={said('departments')} />
        <Fact said={S.fax} way={way} text={said('fax')} />
        {url && (
          <div>
            <dt>
              <Spoken said={S.page} way={way} />
            </dt>
            <dd>
              <a href={url} target="_blank" rel="noopener noreferrer">
                {url}
              </a>
            </dd>
          </div>
        )}
        {can.length > 0 && (
          <div>
            <dt>
              <Spoken said={S.can} way={way} />
            </dt>
            <dd>
              <ul class="service-can">
                {can.map((item) => (
                  <Can key={item.item} item={item} way={way} />
                ))}
              </ul>
            </dd>
          </div>
        )}
      </dl>
    </li>
  );
}

function Fact({ said, way, text }: { said: Said; way: Way; text: string | undefined }) {
  if (!text) return null;
  return (
    <div>
      <dt>
        <Spoken said={said} way={way} />
      </dt>
      <dd lang="ja">{text}</dd>
    </div>
  );
}

function Can({ item, way }: { item: PublicFacilityItem; way: Way }) {
  return (
    <li>
      <Spoken said={ITEMS[item.item]!} way={way} />
      {item.performed && (
        <>
          {' '}
          <Chip kind="good">
            <Spoken said={S.done} way={way} />
          </Chip>
        </>
      )}
      {item.text && (
        <span class="fact-line soft" lang="ja">
          {item.text}
        </span>
      )}
    </li>
  );
}
