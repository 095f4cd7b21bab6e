// People one may see: changed ones first, or found by name.
import { useEffect, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { know } from '../app/feed.ts';
import { has, mayRecord } from '../app/session.ts';
import { t } from '../app/words.ts';
import type { PatientLine, PatientListAnswer } from '../model.ts';
import type { Problem } from '../lib/problem.ts';
import { Empty, Input, Refusal, Section, Skeleton, Title } from '../parts/basic.tsx';
import { PatientRow } from '../parts/blocks.tsx';

export interface Search {
  patients: readonly PatientLine[];
  count: number;
  next?: string;
  busy: boolean;
  problem?: Problem;
}

// A search that follows typing after a short pause; later answers never overwrite newer ones.
export function usePatients(text: string, mine: boolean): [Search, () => void] {
  const [state, setState] = useState<Search>({ patients: [], count: 0, busy: true });
  const read = async (after: string | undefined, alive: () => boolean) => {
    try {
      const answer = await api<PatientListAnswer>('/patients', {
        query: { text: text.trim() || undefined, mine: mine || undefined, after, limit: 50 },
      });
      know(answer.patients);
      if (alive())
        setState((old) => ({
          patients: after ? [...old.patients, ...answer.patients] : answer.patients,
          count: answer.count,
          next: answer.next,
          busy: false,
        }));
    } catch (error) {
      if (alive()) setState((old) => ({ ...old, busy: false, problem: error as Problem }));
    }
  };
  useEffect(() => {
    let alive = true;
    const timer = setTimeout(() => void read(undefined, () => alive), text ? 250 : 0);
    return () => {
      alive = false;
      clearTimeout(timer);
    };
  }, [text, mine]);
  return [state, () => void read(state.next, () => true)];
}

export function PatientSearch() {
  const [text, setText] = useState('');
  return (
    <Section title={t('patient.find')}>
      <Input label={t('patient.find_label')} help={t('patient.find_help')} type="search" value={text} onInput={setText} />
      {text.trim() && <Results text={text} mine={false} />}
    </Section>
  );
}

function Results({ text, mine }: { text: string; mine: boolean }) {
  const [found, more] = usePatients(text, mine);
  if (found.busy) return <Skeleton />;
  return (
    <>
      <Refusal problem={found.problem} />
      <p class="count" role="status">
        {t('count', { count: found.count })}
      </p>
      {found.patients.length === 0 && !found.problem && (
        <Empty title={t(text ? 'patient.not_found' : 'patient.none')}>
          <p>{t(text ? 'patient.not_found_hint' : 'patient.none_hint')}</p>
        </Empty>
      )}
      <ul class="rows">
        {found.patients.map((patient) => (
          <PatientRow key={patient.patient_id} patient={patient} />
        ))}
      </ul>
      {found.next && (
        <button type="button" class="button quiet wide" onClick={more}>
          {t('more')}
        </button>
      )}
    </>
  );
}

export default function PatientsPage() {
  const [text, setText] = useState('');
  const [mine, setMine] = useState(!has('last_resort'));
  return (
    <div class="page">
      <div class="title-row">
        <Title text={t('patient.list')} />
        {mayRecord.value && (
          <a class="button quiet" href="/patients/new">
            {t('register.go')}
          </a>
        )}
      </div>
      <div class="filters">
        <Input label={t('patient.find_label')} help={t('patient.find_help')} type="search" value={text} onInput={setText} />
        <label class="tick">
          <input type="checkbox" checked={mine} onChange={(event) => setMine(event.currentTarget.checked)} />
          <span>{t('patient.mine')}</span>
        </label>
      </div>
      <Results text={text} mine={mine} />
    </div>
  );
}
