// Offices and the people who work there, for those who look after them: who they are, as what, whether they can log in; a first account, a lost factor.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { has, municipalities, municipalityName, session } from '../app/session.ts';
import { listed, t, word } from '../app/words.ts';
import type { OfficeLine, OfficeListAnswer, OfficePeopleAnswer, OfficePerson, Role, SchemeAnswer } from '../model.ts';
import { Chip, Empty, Input, Section, Tel, Title, Waiting, When } from '../parts/basic.tsx';
import { Select } from '../parts/choices.tsx';
import { Fold, Form } from '../parts/form.tsx';
import { Leave, useSeats, VacantSeats, type Seats } from '../parts/leave.tsx';
import { LookAt, OfficeCare } from '../parts/office_care.tsx';
import { OfficePhones } from '../parts/office_phones.tsx';
import { Partners, Routes } from '../parts/routes.tsx';
import { Scheme } from '../parts/scheme.tsx';
import { StaffPlans } from '../parts/staff_plans.tsx';
import { Account, PersonForm } from '../parts/staff.tsx';
import { StaffImport } from '../parts/staff_import.tsx';
import { DESKS, OfficeTerminals } from '../parts/terminals.tsx';

export default function OfficesPage() {
  const [text, setText] = useState('');
  const [after, setAfter] = useState<readonly string[]>([]);
  const [due, setDue] = useState(false);
  const list = useLoad(`offices-${text.trim()}-${after.length}-${due}`, () =>
    api<OfficeListAnswer>('/offices', { query: { text: text.trim(), after: after[after.length - 1], limit: 50, ...(due && { due }) } }),
  );
  return (
    <div class="page narrow">
      <Title text={t('office.title')} />
      <div class="filters">
        <Input label={t('office.find')} type="search" value={text} onInput={(value) => (setText(value), setAfter([]))} />
        <label class="tick">
          <input type="checkbox" checked={due} onChange={(event) => (setDue(event.currentTarget.checked), setAfter([]))} />
          <span>{t('care.only_due')}</span>
        </label>
      </div>
      <Waiting of={list} lines={6} />
      {list.data?.offices.length === 0 && <Empty title={t('facility.none')} />}
      <ul class="rows">
        {list.data?.offices.map((one) => (
          <li class="row" key={one.office_id}>
            <a class="row-link" href={`/offices/${one.office_id}`}>
              <span class="row-text">
                <strong>{one.name}</strong>
              </span>
              <span class="row-note">
                {municipalityName(one.municipality) || t('office.region')}　{one.phone}
              </span>
              <span class="row-state">
                {t('office.people', { count: one.people })} {one.review_due && <Chip kind="wait">{t('care.review_due')}</Chip>}{' '}
                {Boolean(one.shared_ids) && <Chip kind="wait">{t('care.shared_ids', { count: one.shared_ids ?? 0 })}</Chip>}
              </span>
            </a>
          </li>
        ))}
      </ul>
      <div class="buttons">
        {after.length > 0 && (
          <button type="button" class="button quiet" onClick={() => setAfter(after.slice(0, -1))}>
            {t('office.before')}
          </button>
        )}
        {list.data?.next && (
          <button type="button" class="button quiet" onClick={() => setAfter([...after, list.data!.next!])}>
            {t('more')}
          </button>
        )}
      </div>
      <StaffPlans />
      <Section title={t('office.new')}>
        <Fold title={t('office.add')}>
          <OfficeForm onDone={list.again} />
        </Fold>
      </Section>
    </div>
  );
}

function OfficeForm({ office, onDone }: { office?: OfficeLine; onDone: () => Promise<void> }) {
  const fresh = () => ({ office_id: office?.office_id ?? (crypto.randomUUID() as string), municipality: office?.municipality ?? session.value?.municipality ?? '' });
  const [key, setKey] = useState(fresh);
  const [values, setValues] = useState({
    name: office?.name ?? '',
    phone: office?.phone ?? '',
    duty_phone: office?.duty_phone ?? '',
    email: office?.email ?? '',
    facility_number: office?.facility_number ?? '',
  });
  const [done, setDone] = useState('');
  const sending = useSend();
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part });
  const send = async () => {
    const body = { municipality: key.municipality, ...Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim())) };
    const sent = await sending.send(async () => {
      await api(`/offices/${key.office_id}`, { method: 'PUT', body });
      await onDone();
    });
    setDone(sent ? t('partner.done') : '');
    if (sent && !office) (setKey(fresh()), setValues({ name: '', phone: '', duty_phone: '', email: '', facility_number: '' }));
  };
  return (
    <Form sending={sending} label={t('partner.save')} onSend={send} done={done}>
      <Input label={t('office.name')} at="/name" required maxLength={60} value={values.name} onInput={(name) => set({ name })} />
      {!office && (
        <Select
          label={t('facility.municipality')}
          at="/municipality"
          required
          value={key.municipality}
          options={[...municipalities.value.entries()].map(([value, text]) => ({ value, text }))}
          onChange={(municipality) => setKey({ ...key, municipality })}
        />
      )}
      <div class="pair">
        <Input label={t('head.phone')} at="/phone" optional type="tel" maxLength={20} value={values.phone} onInput={(phone) => set({ phone })} />
        <Input
          label={t('office.duty_phone')}
          help={t('office.duty_help')}
          at="/duty_phone"
          optional
          type="tel"
          maxLength={20}
          value={values.duty_phone}
          onInput={(duty_phone) => set({ duty_phone })}
        />
      </div>
      <Input label={t('contact.email')} at="/email" optional maxLength={200} value={values.email} onInput={(email) => set({ email })} />
      <Input label={t('facility.number')} at="/facility_number" optional maxLength={20} value={values.facility_number} onInput={(facility_number) => set({ facility_number })} />
    </Form>
  );
}

// Everybody's page of an office: when it comes, how it is reached. For its manager and who looks after offices also who works here, and who has left.
export function OfficePage({ id }: { id: string }) {
  const curates = has('municipal_officer', 'administrator', 'operator');
  const kept = useLoad(has('service_manager') && !curates ? 'offices-kept' : undefined, () => api<OfficeListAnswer>('/offices', { query: { limit: 200 } }));
  const manages = curates || (has('service_manager') && (session.value?.office_id === id || (kept.data?.offices.some((one) => one.office_id === id) ?? false)));
  const scheme = useLoad(`scheme-${id}`, () => api<SchemeAnswer>(`/offices/${id}/scheme`));
  return (
    <div class="page narrow">
      <p>
        <a href={curates ? '/offices' : '/settings'}>{t(curates ? 'office.back' : 'settings.back')}</a>
      </p>
      <Title text={scheme.data?.office ?? t('office.title')} />
      <Waiting of={scheme} lines={6} />
      {manages && <Staff id={id} curates={curates} />}
      {manages && session.value?.office_id === id && <Kept offices={kept.data?.offices.filter((one) => one.office_id !== id) ?? []} />}
      <Scheme office={id} scheme={scheme} />
      <OfficePhones office={id} />
      <Routes office={id} />
      {session.value?.office_id === id && <Partners />}
    </div>
  );
}

// Offices in the keeping of one's own: a medical association's members, a support centre's.
function Kept({ offices }: { offices: readonly OfficeLine[] }) {
  if (offices.length === 0) return null;
  return (
    <Section title={t('care.kept')}>
      <ul class="plain-list">
        {offices.map((one) => (
          <li key={one.office_id}>
            <a href={`/offices/${one.office_id}`}>{one.name}</a> {one.review_due && <Chip kind="wait">{t('care.review_due')}</Chip>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Staff({ id, curates }: { id: string; curates: boolean }) {
  const list = useLoad(`office-${id}`, () => api<OfficePeopleAnswer>(`/offices/${id}/people`));
  const seats = useSeats(id);
  const office = list.data?.office;
  const standing = list.data?.standing;
  const staffs = curates || Boolean(standing?.manages && standing.open);
  return (
    <>
      <Waiting of={list} lines={6} />
      {office && (
        <>
          <p>
            {municipalityName(office.municipality) || t('office.region')}　<Tel number={office.phone} />
          </p>
          <Section title={t('office.people', { count: list.data!.people.length })}>
            {list.data!.people.length === 0 && <Empty title={t('office.nobody')} />}
            <ul class="rows">
              {list.data!.people.map((one) => (
                <Person key={one.person_id} one={one} office={office} roles={standing?.roles} seats={seats} again={list.again} />
              ))}
            </ul>
            {staffs && (
              <Fold title={t('staff.add')}>
                <PersonForm office={office} roles={standing?.roles} again={list.again} />
              </Fold>
            )}
            {staffs && <StaffImport office={office} again={list.again} />}
            {!staffs && <p class="help">{t('care.closed')}</p>}
          </Section>
          <VacantSeats office={office} seats={seats} />
          <StaffPlans office={id} />
          <LookAt people={list.data!.people} shared={list.data!.shared ?? []} />
          {standing && (
            <OfficeCare office={office} standing={standing} people={list.data!.people} curates={curates} own={session.value?.office_id === id && has('service_manager')} again={list.again} />
          )}
          {curates && list.data!.people.some((one) => one.roles.some((role) => DESKS.includes(role))) && <OfficeTerminals office={id} />}
          {curates && (
            <Section title={t('office.data')}>
              <Fold title={t('office.change')}>
                <OfficeForm office={office} onDone={list.again} />
              </Fold>
            </Section>
          )}
        </>
      )}
    </>
  );
}

function Person({ one, office, roles, seats, again }: { one: OfficePerson; office: OfficeLine; roles?: readonly Role[]; seats: Seats; again: () => Promise<void> }) {
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>{one.name}</strong> <span class="soft">{one.name_kana}</span>
      </span>
      <span>{listed(one.roles.map((role) => word('role', role)))}</span>
      <span class="row-note">
        {t('team.since')} <When at={one.since} />
      </span>
      <span>
        {one.login ? t('staff.login', { login: one.login }) : <Chip kind="wait">{t('staff.no_account')}</Chip>}{' '}
        {one.login && <Chip kind={one.passkeys > 0 ? 'good' : 'plain'}>{t(one.passkeys > 0 ? 'staff.passkeys' : 'staff.no_passkey', { count: one.passkeys })}</Chip>}{' '}
        {one.course_due && <Chip kind="wait">{t('staff.course_due')}</Chip>} {one.unused && <Chip kind="wait">{t('staff.unused')}</Chip>}
      </span>
      {one.may_change && (!one.login || one.course_due || has('administrator', 'operator')) && <Account one={one} again={again} />}
      {one.may_change && (
        <Fold title={t('staff.change')} of={one.name}>
          <PersonForm person={one} office={office} roles={roles} again={again} />
        </Fold>
      )}
      {one.person_id !== session.value?.person_id && <Leave one={one} office={office} seats={seats} again={again} />}
    </li>
  );
}
