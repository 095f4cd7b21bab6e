// Where to look for facilities: in which area, near which point.  And where one of them lies.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend, type Loaded } from '../app/load.ts';
import { mayImport, municipalityName } from '../app/session.ts';
import { t } from '../app/words.ts';
import type { AreaListAnswer, BoundaryListAnswer, FacilityAnswer } from '../model.ts';
import { Refusal } from './basic.tsx';
import { Select, type Option } from './choices.tsx';

// Parts of a search that say where; absent or empty: anywhere.
export interface Where {
  care_area: string;
  medical_area: string;
  latitude: string;
  longitude: string;
  distance: string;
}
export const NOWHERE: Where = { care_area: '', medical_area: '', latitude: '', longitude: '', distance: '' };
export const whereFrom = (query: URLSearchParams): Where =>
  Object.fromEntries(Object.keys(NOWHERE).map((name) => [name, query.get(name) ?? ''])) as unknown as Where;

const DISTANCES = [500, 1000, 2000, 5000, 10_000, 16_000, 30_000];
export const lengthOf = (metres: number): string => (metres < 1000 ? `${metres} m` : `${Math.round(metres / 100) / 10} km`);

interface PlaceProps {
  where: Where;
  municipality: string;
  set: (where: Partial<Where>) => void;
}

export function PlaceFilters({ where, municipality, set }: PlaceProps) {
  const areas = useLoad('areas', () => api<AreaListAnswer>('/areas'));
  const care = (areas.data?.care ?? []).filter((one) => !municipality || one.municipality === municipality || one.care_area_id === where.care_area);
  const medical = areas.data?.medical ?? [];
  return (
    <>
      {medical.length > 0 && (
        <Select
          label={t('area.medical')}
          value={where.medical_area}
          none={t('facility.everywhere_area')}
          options={medical.map((one) => ({ value: one.area, text: one.name }))}
          onChange={(medical_area) => set({ medical_area })}
        />
      )}
      {care.length > 0 && (
        <Select
          label={t('area.care')}
          value={where.care_area}
          none={t('facility.everywhere_area')}
          options={care.map((one) => ({ value: one.care_area_id, text: `${municipalityName(one.municipality)} ${one.name}（${one.facilities}）` }))}
          onChange={(care_area) => set({ care_area })}
        />
      )}
      <Near where={where} set={set} />
    </>
  );
}

const HERE = 'here';

// The office of a municipality, or where the device is: asked for only when somebody chooses it.
function Near({ where, set }: { where: Where; set: (where: Partial<Where>) => void }) {
  const [refused, setRefused] = useState(false);
  const outlines = useLoad('boundaries', () => api<BoundaryListAnswer>('/boundaries'));
  const offices: Option[] = (outlines.data?.boundaries ?? [])
    .filter((one) => one.office_latitude)
    .map((one) => ({ value: `${one.office_latitude},${one.office_longitude}`, text: one.office_name ?? one.name }));
  const point = where.latitude ? `${where.latitude},${where.longitude}` : '';
  const go = (value: string, distance = where.distance || '5000') => {
    const [latitude = '', longitude = ''] = value.split(',');
    set({ latitude, longitude, distance: value ? distance : '' });
  };
  const choose = (value: string) => {
    setRefused(false);
    if (value !== HERE) return go(value);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => go(`${coords.latitude.toFixed(5)},${coords.longitude.toFixed(5)}`),
      () => setRefused(true),
      { timeout: 10_000, maximumAge: 60_000 },
    );
  };
  const known = offices.some((one) => one.value === point);
  const options = [...(point && !known ? [{ value: point, text: t('near.point') }] : []), { value: HERE, text: t('near.here') }, ...offices];
  return (
    <>
      <Select label={t('near.from')} value={point} none={t('near.anywhere')} options={options} error={refused ? t('near.refused') : undefined} onChange={choose} />
      {point && (
        <Select
          label={t('near.distance')}
          value={where.distance || '2000'}
          options={DISTANCES.map((metres) => ({ value: String(metres), text: lengthOf(metres) }))}
          onChange={(distance) => set({ distance })}
        />
      )}
    </>
  );
}

// 日常生活圏域 and 二次医療圏 of one facility; an officer may say otherwise than its address does.
export function FacilityAreas({ id, facility }: { id: string; facility: Loaded<FacilityAnswer> }) {
  const { care_area, care_area_id, care_assigned, medical_area, may_edit } = facility.data!;
  const mayAssign = mayImport.value && may_edit;
  return (
    <>
      {(care_area || mayAssign) && (
        <div class="fact">
          <dt>{t('area.care')}</dt>
          <dd>
            {care_area ?? t('facility.not_known')} {care_area && <span class="soft">{t(care_assigned ? 'area.assigned' : 'area.by_address')}</span>}
            {mayAssign && <Assign id={id} value={care_assigned ? (care_area_id ?? '') : ''} done={facility.again} />}
          </dd>
        </div>
      )}
      {medical_area && (
        <div class="fact">
          <dt>{t('area.medical')}</dt>
          <dd>{medical_area}</dd>
        </div>
      )}
    </>
  );
}

function Assign({ id, value, done }: { id: string; value: string; done: () => Promise<void> }) {
  const areas = useLoad('areas', () => api<AreaListAnswer>('/areas'));
  const own = (areas.data?.care ?? []).filter((one) => one.may_edit);
  const sending = useSend();
  const assign = async (care_area_id: string) => {
    if (await sending.send(() => api(`/facilities/${id}/area`, { method: 'PUT', body: care_area_id ? { care_area_id } : {} }))) await done();
  };
  if (!own.length) return null;
  return (
    <>
      <Select
        label={t('area.assign')}
        value={value}
        none={t('area.as_address')}
        options={own.map((one) => ({ value: one.care_area_id, text: `${municipalityName(one.municipality)} ${one.name}` }))}
        onChange={(area) => void assign(area)}
      />
      <Refusal problem={sending.problem} />
    </>
  );
}
