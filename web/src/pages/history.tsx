// All versions of one section, newest first, each with what changed against the one before.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad } from '../app/load.ts';
import { t, word } from '../app/words.ts';
import type { PatientAnswer, SectionHistoryAnswer, SectionView, SheetSection } from '../model.ts';
import { Refusal, Skeleton, Title, When, Who } from '../parts/basic.tsx';
import { Changed, Entries, changesBetween } from '../parts/entries.tsx';

export default function HistoryPage({ id, section }: { id: string; section: SheetSection }) {
  const [older, setOlder] = useState<readonly SectionView[]>([]);
  const [next, setNext] = useState<string | undefined>(undefined);
  const patient = useLoad(`patient-${id}`, () => api<PatientAnswer>(`/patients/${id}`));
  const read = (after?: string) => api<SectionHistoryAnswer>(`/patients/${id}/sheet/${section}/versions`, { query: { after } });
  const first = useLoad(`history-${id}-${section}`, async () => {
    const answer = await read();
    setNext(answer.next);
    return answer;
  });
  const versions = [...(first.data?.versions ?? []), ...older];
  const more = async () => {
    const answer = await read(next);
    setOlder([...older, ...answer.versions]);
    setNext(answer.next);
  };
  return (
    <div class="page">
      <Title text={t('history.title', { section: word('sheet_section', section) })} />
      {patient.data && (
        <p>
          <a href={`/patients/${id}`}>
            <Who name={patient.data.name} kana={patient.data.name_kana} birth={patient.data.birth_date} municipality={patient.data.municipality} />
          </a>
        </p>
      )}
      <Refusal problem={first.problem} again={() => void first.again()} />
      {!first.data && !first.problem && <Skeleton lines={6} />}
      <ol class="versions">
        {versions.map((view, at) => (
          <Version key={view.version} section={section} view={view} before={versions[at + 1]} last={at === versions.length - 1 && !next} />
        ))}
      </ol>
      {next && (
        <button type="button" class="button quiet wide" onClick={() => void more()}>
          {t('more')}
        </button>
      )}
    </div>
  );
}

function Version({ section, view, before, last }: { section: SheetSection; view: SectionView; before?: SectionView; last: boolean }) {
  return (
    <li class="card">
      <div class="card-head">
        <h2>{t('sheet.version', { version: view.version })}</h2>
        <p class="written">
          {view.written_by_name}
          {view.written_by_role && `（${word('role', view.written_by_role)}）`} {view.written_at && <When at={view.written_at} />}
        </p>
      </div>
      {(before || last) && <Changed changes={changesBetween(section, before?.entries ?? [], view.entries)} />}
      <details class="before">
        <summary>{t('history.whole')}</summary>
        <Entries section={section} entries={view.entries} />
      </details>
    </li>
  );
}
