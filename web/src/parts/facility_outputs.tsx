// The list as it is filtered now, to be saved or printed; what residents may see, for the municipality's homepage and for other systems.
import { useState } from 'preact/hooks';
import { t } from '../app/words.ts';
import type { Audience } from '../model.ts';
import { Field, Section } from './basic.tsx';
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
      <div>
        <Section title={t('outputs.list')} note={t('outputs.list_note')}>
          <p class="buttons">
            <Save href={address('facilities.csv', { ...wanted, encoding: 'cp932' })} text={t('outputs.csv_excel')} />
            <Save href={address('facilities.csv', { ...wanted })} text={t('outputs.csv')} />
          </p>
        </Section>
        {place ? <OfPlace place={place} service={wanted.service} /> : <p class="help">{t('outputs.choose')}</p>}
      </div>
    </Fold>
  );
}

function OfPlace({ place, service }: { place: string; service: string }) {
  const [audience, setAudience] = useState<Audience>('residents');
  return (
    <>
      <Section title={t('outputs.paper')} note={t('outputs.paper_note')}>
        <Field id="paper-audience" label={t('outputs.audience')}>
          <select id="paper-audience" value={audience} onChange={(event) => setAudience(event.currentTarget.value as Audience)}>
            {wordsOfEnum('audience').map(({ value, text }) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </Field>
        <p class="buttons">
          <Save href={address('facilities.pdf', { municipality: place, service, audience })} text={t('outputs.pdf')} />
        </p>
      </Section>
      <Section title={t('outputs.open')} note={t('outputs.open_note')}>
        <p class="buttons">
          <Save href={address(`open-data/${place}/medical.csv`, {})} text={t('outputs.medical')} />
          <Save href={address(`open-data/${place}/care.csv`, {})} text={t('outputs.care')} />
          <Save href={address(`open-data/${place}/facilities.geojson`, {})} text="GeoJSON" />
        </p>
        <p class="help">
          {t('outputs.fhir')} <code>{`${location.origin}/api/v1/fhir`}</code>
        </p>
      </Section>
    </>
  );
}
