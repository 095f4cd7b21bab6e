// For a hospital: who asks to be registered for a sudden change, who is; the liaison answers here.
import { api } from '../app/api.ts';
import { useLoad } from '../app/load.ts';
import { has } from '../app/session.ts';
import { dot, t, word } from '../app/words.ts';
import type { HospitalPatient, HospitalPatientsAnswer } from '../model.ts';
import { Chip, Empty, Section, Title, Waiting, When, Who } from '../parts/basic.tsx';
import { HospitalAnswer } from '../parts/hospital.tsx';
import { Partners } from '../parts/routes.tsx';

export default function HospitalPatientsPage() {
  const list = useLoad('hospital-patients', () => api<HospitalPatientsAnswer>('/hospital/patients'));
  const asked = list.data?.patients.filter((one) => one.designation.state === 'requested') ?? [];
  const registered = list.data?.patients.filter((one) => one.designation.state === 'confirmed') ?? [];
  return (
    <div class="page narrow">
      <Title text={t('registered.title')} />
      <p class="help">{t('registered.note')}</p>
      <Waiting of={list} lines={6} />
      {list.data && (
        <>
          <Section title={t('registered.asked', { count: asked.length })}>
            {asked.length === 0 && <Empty title={t('registered.none_asked')} />}
            <People people={asked} again={list.again} />
          </Section>
          <Section title={t('registered.now', { count: registered.length })}>
            {registered.length === 0 && <Empty title={t('registered.none')} />}
            <People people={registered} again={list.again} />
          </Section>
          <Partners />
        </>
      )}
    </div>
  );
}

function People({ people, again }: { people: readonly HospitalPatient[]; again: () => Promise<void> }) {
  return (
    <ul class="rows">
      {people.map((one) => (
        <li class="row row-pad" key={one.designation.designation_id}>
          <span class="row-text">
            <a href={`/patients/${one.patient_id}`}>
              <Who name={one.name} kana={one.name_kana} birth={one.birth_date} municipality={one.municipality} care={one.care_level} />
            </a>{' '}
            {one.terminal_phase && <Chip kind="wait">{t('patient.terminal')}</Chip>}
          </span>
          <span class="row-note">
            {word('designation_state', one.designation.state)}
            {dot()}
            {t('papers.asked')} <When at={one.designation.requested_at} /> {one.designation.requested_by_name}
          </span>
          <span class="row-note">{t(one.designation.parallel_notice ? 'papers.parallel_yes' : 'papers.parallel_no')}</span>
          {one.designation.state === 'requested' && has('hospital_liaison') && (
            <HospitalAnswer patient={one.patient_id} id={one.designation.designation_id} again={again} />
          )}
        </li>
      ))}
    </ul>
  );
}
