// Somebody one may see, by name; who was chosen stays shown until it is changed.
import { useId, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad } from '../app/load.ts';
import { municipalityName } from '../app/session.ts';
import { t, word } from '../app/words.ts';
import { now } from '../app/clock.ts';
import type { PatientLine, PatientListAnswer } from '../model.ts';
import { age } from '../lib/time.ts';
import { Choice, Empty, Input, Waiting, Who } from './basic.tsx';

export type Patient = Pick<PatientLine, 'patient_id' | 'name' | 'name_kana' | 'birth_date' | 'municipality'>;

const said = (one: PatientLine): string =>
  `${one.name}（${[one.name_kana, t('age', { age: age(one.birth_date, now.value) }), municipalityName(one.municipality), one.care_level && word('care_level', one.care_level)]
    .filter(Boolean)
    .join('・')}）`;

export function PatientPick({ value, onPick }: { value: Patient | undefined; onPick: (one: Patient | undefined) => void }) {
  const [text, setText] = useState('');
  const name = useId();
  const wanted = text.trim();
  const found = useLoad(wanted && !value ? `pick-patient-${wanted}` : undefined, () =>
    api<PatientListAnswer>('/patients', { query: { text: wanted, limit: 20 } }),
  );
  if (value)
    return (
      <div class="picked">
        <Who name={value.name} kana={value.name_kana} birth={value.birth_date} municipality={value.municipality} />
        <button type="button" class="button quiet small" onClick={() => onPick(undefined)}>
          {t('pick.other')}
        </button>
      </div>
    );
  return (
    <>
      <Input label={t('pick.patient')} help={t('patient.find_help')} type="search" value={text} onInput={setText} />
      {wanted && <Waiting of={found} lines={2} />}
      {found.data?.patients.length === 0 && <Empty title={t('patient.not_found')} />}
      {found.data && found.data.patients.length > 0 && (
        <Choice
          legend={t('team.found')}
          name={name}
          value={undefined}
          options={found.data.patients.map((one) => ({ value: one.patient_id, text: said(one) }))}
          onChange={(id) => onPick(found.data!.patients.find((one) => one.patient_id === id))}
        />
      )}
    </>
  );
}
