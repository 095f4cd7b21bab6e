// Changing the head of a record. When somebody else was faster, their values are shown beside one's own, field by field.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useSend } from '../app/load.ts';
import { t, word, type Key } from '../app/words.ts';
import {
  enumValues,
  type CareLevel,
  type DisclosureStatus,
  type EmergencyContact,
  type PatientAnswer,
  type PatientHeadUpdate,
  type Sex,
} from '../model.ts';
import { Problem } from '../lib/problem.ts';
import { Choice, Field, Input, Refusal, Text } from './basic.tsx';

type Head = Omit<PatientHeadUpdate, 'patient_id' | 'head_version'>;
interface Props {
  patient: PatientAnswer;
  back: () => void;
}

const TEXTS = [
  'name',
  'name_kana',
  'birth_date',
  'address',
  'phone',
  'allergies',
  'infections',
  'nursing_phone',
  'terminal_first_phone',
  'contact_caution',
] as const;

// Whoever adds a field to the head is told here by the compiler.
const FIELDS: Record<keyof Head, true> = {
  name: true,
  name_kana: true,
  birth_date: true,
  sex: true,
  care_level: true,
  address: true,
  phone: true,
  allergies: true,
  infections: true,
  told_person: true,
  told_family: true,
  contacts: true,
  nursing_phone: true,
  terminal_phase: true,
  terminal_first_phone: true,
  lives_alone: true,
  contact_caution: true,
};

function headOf(patient: PatientAnswer): Head {
  return Object.fromEntries((Object.keys(FIELDS) as (keyof Head)[]).map((name) => [name, patient[name]])) as unknown as Head;
}

// Empty texts are absent, not empty.
function body(head: Head): Head {
  return Object.fromEntries(Object.entries(head).filter(([, value]) => value !== '' && value !== undefined)) as unknown as Head;
}

export function HeadForm({ patient, back }: Props) {
  const [head, setHead] = useState<Head>(() => headOf(patient));
  const [version, setVersion] = useState(patient.head_version);
  const [theirs, setTheirs] = useState<PatientAnswer | undefined>(undefined);
  const sending = useSend();
  const set = (part: Partial<Head>) => setHead({ ...head, ...part });
  const save = async () => {
    const done = await sending.send(async () => {
      try {
        await api(`/patients/${patient.patient_id}/head`, { method: 'PUT', version, body: body(head) });
      } catch (error) {
        if (!(error instanceof Problem) || !error.conflict) throw error;
        const current = error.conflict as PatientAnswer;
        setTheirs(current);
        setVersion(current.head_version);
        throw error;
      }
    });
    if (done) back();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}>
      {TEXTS.map((field) => (
        <TextField key={field} field={field} head={head} theirs={theirs} error={sending.problem?.textOf(`/${field}`)} set={set} />
      ))}
      <Pick field="sex" head={head} set={set} enumName="sex" values={enumValues<Sex>('sex')} />
      <CarePick head={head} set={set} />
      <Pick field="told_person" head={head} set={set} enumName="disclosure_status" values={enumValues<DisclosureStatus>('disclosure_status')} />
      <Pick field="told_family" head={head} set={set} enumName="disclosure_status" values={enumValues<DisclosureStatus>('disclosure_status')} />
      <label class="tick">
        <input type="checkbox" checked={head.lives_alone} onChange={(event) => set({ lives_alone: event.currentTarget.checked })} />
        <span>{t('head.alone')}</span>
      </label>
      <Contacts contacts={head.contacts ?? []} onChange={(contacts) => set({ contacts })} />
      <Refusal problem={sending.problem} />
      <div class="buttons">
        <button class="button" disabled={sending.busy}>
          {t('head.save')}
        </button>
        <button type="button" class="button quiet" onClick={back}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  field: (typeof TEXTS)[number];
  head: Head;
  theirs?: PatientAnswer;
  error?: string;
  set: (part: Partial<Head>) => void;
}

function TextField({ field, head, theirs, error, set }: FieldProps) {
  const label = t(`head.${field}` as Key);
  const other = theirs && (theirs[field] ?? '') !== (head[field] ?? '') ? (theirs[field] ?? '') : undefined;
  const long = field === 'allergies' || field === 'infections' || field === 'contact_caution';
  const type = field === 'birth_date' ? 'date' : field.endsWith('phone') ? 'tel' : 'text';
  const required = field === 'name' || field === 'name_kana' || field === 'birth_date';
  return (
    <>
      {long ? (
        <Text label={label} optional value={head[field] ?? ''} rows={2} error={error} onInput={(value) => set({ [field]: value })} />
      ) : (
        <Input
          label={label}
          type={type}
          required={required}
          optional={!required}
          value={head[field] ?? ''}
          error={error}
          onInput={(value) => set({ [field]: value })}
        />
      )}
      {other !== undefined && (
        <p class="hint">
          {t('head.theirs')} <strong>{other || t('head.none')}</strong>{' '}
          <button type="button" class="link" onClick={() => set({ [field]: other })}>
            {t('head.take_theirs')}
          </button>
        </p>
      )}
    </>
  );
}

interface PickProps {
  field: 'sex' | 'told_person' | 'told_family';
  head: Head;
  set: (part: Partial<Head>) => void;
  enumName: 'sex' | 'disclosure_status';
  values: readonly string[];
}

const Pick = ({ field, head, set, enumName, values }: PickProps) => (
  <Choice
    legend={t(`head.${field}`)}
    name={field}
    value={head[field]}
    options={values.map((value) => ({ value, text: word(enumName, value) }))}
    onChange={(value) => set({ [field]: value })}
  />
);

const CarePick = ({ head, set }: { head: Head; set: (part: Partial<Head>) => void }) => (
  <Field id="care_level" label={t('head.care_level')}>
    <select
      id="care_level"
      value={head.care_level ?? ''}
      onChange={(event) => set({ care_level: (event.currentTarget.value || undefined) as CareLevel | undefined })}>
      <option value="">{t('head.none')}</option>
      {enumValues<CareLevel>('care_level').map((value) => (
        <option key={value} value={value}>
          {word('care_level', value)}
        </option>
      ))}
    </select>
  </Field>
);

function Contacts({ contacts, onChange }: { contacts: readonly EmergencyContact[]; onChange: (contacts: EmergencyContact[]) => void }) {
  const set = (at: number, part: Partial<EmergencyContact>) => onChange(contacts.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <fieldset class="choice">
      <legend>{t('head.contacts')}</legend>
      {contacts.map((contact, at) => (
        <div class="pair" key={at}>
          <Input label={t('head.contact_name')} required value={contact.name} onInput={(name) => set(at, { name })} />
          <Input label={t('consent.relation')} required value={contact.relation} onInput={(relation) => set(at, { relation })} />
          <Input label={t('head.phone')} required type="tel" value={contact.phone} onInput={(phone) => set(at, { phone })} />
          <button type="button" class="link" onClick={() => onChange(contacts.filter((_, index) => index !== at))}>
            {t('head.contact_remove')}
          </button>
        </div>
      ))}
      {contacts.length < 6 && (
        <button type="button" class="button quiet small" onClick={() => onChange([...contacts, { name: '', relation: '', phone: '' }])}>
          {t('head.contact_add')}
        </button>
      )}
    </fieldset>
  );
}
