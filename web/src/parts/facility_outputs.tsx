// The list as it is filtered now, to be saved or printed; what residents may see, for the municipality's homepage and for other systems.
import { useState } from 'preact/hooks';
import { t, word } from '../app/words.ts';
import type { Audience } from '../model.ts';
import { Field } from './basic.tsx';
import { Fold, wordsOfEnum } from './form.tsx';

interface Filters {
  municipality: string;
  service: string;
}

const address = (path: string, query: object): string => {
  const pairs = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  return `/api/v1/${path}${pairs.size ? `?${pairs}` : ''}`;
};

function Save({ href, text }: { href: string; text: string }) {
  return (
    <a class="button quiet small" href={href} download>
      {text}
    </a>
  );
}

export function FacilityOutputs({ wanted }: { wanted: Filters }) {
  const place = wanted.municipality;
  return (
    <Fold title={t('outputs.title')}>
      <h2>{t('outputs.list')}</h2>
      <p class="help">{t('outputs.list_note')}</p>
      <p class="buttons">
        <Save href={address('facilities.csv', { ...wanted, encoding: 'cp932' })} text={t('outputs.csv_excel')} />
        <Save href={address('facilities.csv', { ...wanted })} text={t('outputs.csv')} />
      </p>
      {place ? <OfPlace place={place} service={wanted.service} /> : <p class="help">{t('outputs.choose')}</p>}
    </Fold>
  );
}

function OfPlace({ place, service }: { place: string; service: string }) {
  const [audience, setAudience] = useState<Audience>('residents');
  return (
    <>
      <h2>{t('outputs.paper')}</h2>
      <p class="help">{t('outputs.paper_note')}</p>
      <Field id="paper-audience" label={t('outputs.audience')}>
        <select id="paper-audience" value={audience} onChange={(event) => setAudience(event.currentTarget.value as Audience)}>
          {wordsOfEnum('audience').map(({ value }) => (
            <option key={value} value={value}>
              {word('audience', value as Audience)}
            </option>
          ))}
        </select>
      </Field>
      <p class="buttons">
        <Save href={address('facilities.pdf', { municipality: place, service, audience })} text={t('outputs.pdf')} />
      </p>
      <h2>{t('outputs.open')}</h2>
      <p class="help">{t('outputs.open_note')}</p>
      <p class="buttons">
        <Save href={address(`open-data/${place}/medical.csv`, {})} text={t('outputs.medical')} />
        <Save href={address(`open-data/${place}/care.csv`, {})} text={t('outputs.care')} />
        <Save href={address(`open-data/${place}/facilities.geojson`, {})} text="GeoJSON" />
      </p>
      <p class="help">
        {t('outputs.fhir')} <code>{`${location.origin}/api/v1/fhir`}</code>
      </p>
    </>
  );
}
