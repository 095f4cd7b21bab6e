// 日常生活圏域 of a municipality: an officer names them and their towns; facilities lie in them by their addresses.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { has, municipalities, municipalityName, session } from '../app/session.ts';
import { t } from '../app/words.ts';
import type { AreaListAnswer, CareAreaView } from '../model.ts';
import { Empty, Input, Refusal, Section, Skeleton, Text, Title } from '../parts/basic.tsx';
import { Select } from '../parts/choices.tsx';
import { Fold, Form } from '../parts/form.tsx';

const townsOf = (text: string): string[] => [...new Set(text.split(/[\n、,，]/).map((town) => town.trim()).filter(Boolean))];

export default function AreasPage() {
  const areas = useLoad('areas', () => api<AreaListAnswer>('/areas'));
  const [fresh, setFresh] = useState(() => crypto.randomUUID());
  const own = session.value?.municipality ?? '';
  const region = has('administrator', 'operator');
  const [municipality, setMunicipality] = useState(region ? '' : own);
  const shown = (areas.data?.care ?? []).filter((one) => one.may_edit && (!municipality || one.municipality === municipality));
  return (
    <div class="page">
      <Title text={t('area.title')} />
      <p class="hint">{t('area.note')}</p>
      <Refusal problem={areas.problem} />
      {region && (
        <Select
          label={t('facility.municipality')}
          value={municipality}
          none={t('facility.everywhere')}
          options={[...municipalities.value].map(([value, text]) => ({ value, text }))}
          onChange={setMunicipality}
        />
      )}
      {!areas.data && !areas.problem && <Skeleton />}
      {areas.data && shown.length === 0 && <Empty title={t('area.none')} />}
      {shown.map((one) => (
        <Section key={one.care_area_id} title={`${municipalityName(one.municipality)} ${one.name}`} note={t('area.offices', { count: one.facilities })}>
          <a href={`/facilities?care_area=${one.care_area_id}`}>{t('area.offices', { count: one.facilities })}</a>
          <Fold title={t('area.towns')} of={one.name}>
            <Edit area={one} done={areas.again} />
          </Fold>
        </Section>
      ))}
      {municipality && (
        <Section title={t('area.new')}>
          <Edit
            key={fresh}
            area={{ care_area_id: fresh, municipality, name: '', facilities: 0, towns: [] }}
            done={async () => {
              setFresh(crypto.randomUUID());
              await areas.again();
            }}
          />
        </Section>
      )}
    </div>
  );
}

function Edit({ area, done }: { area: CareAreaView; done: () => Promise<void> }) {
  const [name, setName] = useState(area.name);
  const [towns, setTowns] = useState((area.towns ?? []).join('\n'));
  const [said, setSaid] = useState('');
  const sending = useSend();
  const put = async (removed?: boolean) => {
    const body = { municipality: area.municipality, name: name.trim(), towns: townsOf(towns), removed };
    setSaid('');
    if (!(await sending.send(() => api(`/areas/care/${area.care_area_id}`, { method: 'PUT', body })))) return;
    setSaid(t('area.saved'));
    await done();
  };
  return (
    <Form sending={sending} label={t('area.save')} done={said} onSend={() => put()}>
      <Input label={t('area.name')} at="/name" required value={name} onInput={setName} />
      <Text label={t('area.towns')} help={t('area.towns_help')} at="/towns" rows={4} value={towns} onInput={setTowns} />
      {area.name && (
        <button type="button" class="button quiet small" onClick={() => void put(true)}>
          {t('area.remove')}
        </button>
      )}
    </Form>
  );
}
