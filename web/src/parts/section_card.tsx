// One section of the sheet as a card: what it says, who wrote it when, what changed since one looked, who has read it.
import { useEffect, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { session } from '../app/session.ts';
import { dot, t, word } from '../app/words.ts';
import type { PatientAnswer, SectionChangesAnswer, SectionReader, SectionView } from '../model.ts';
import { Chip, Refusal, Skeleton, Tel, When } from './basic.tsx';
import { Changed, Entries } from './entries.tsx';
import { SectionEdit } from './section_edit.tsx';

interface CardProps {
  patient: PatientAnswer;
  view: SectionView;
  readers: readonly SectionReader[];
  // Opened from a notice: show what changed at once.
  opened?: boolean;
  editing: boolean;
  onEdit: (open: boolean) => void;
  onChanged: () => Promise<void>;
}

export const isUnread = (view: SectionView): boolean =>
  view.version > 0 && (view.seen_version ?? 0) < view.version && view.written_by !== session.value?.person_id;

export function SectionCard({ patient, view, readers, opened, editing, onEdit, onChanged }: CardProps) {
  const [showing, setShowing] = useState(Boolean(opened));
  const [saved, setSaved] = useState<number | undefined>(undefined);
  const unread = isUnread(view);
  useEffect(() => {
    if (opened) setShowing(true);
  }, [opened, view.version]);
  const derived = view.section === 'contacts';
  // The form closes when the new text is there: nobody sees the old one under “saved”.
  const done = async (told: number) => {
    await onChanged();
    setSaved(told);
    onEdit(false);
  };
  return (
    <article class={unread ? 'card card-changed' : 'card'} id={`section-${view.section}`} aria-labelledby={`title-${view.section}`}>
      <div class="card-head">
        <h3 id={`title-${view.section}`}>{word('sheet_section', view.section)}</h3>
        {unread && <Chip kind="new">{t('sheet.changed')}</Chip>}
        <Written view={view} />
      </div>
      {saved !== undefined && !editing && (
        <p class="saved" role="status">
          {t('sheet.saved', { count: saved })}
        </p>
      )}
      {editing ? (
        <SectionEdit patient={patient} view={view} onSaved={(told) => void done(told)} onClose={() => onEdit(false)} />
      ) : (
        <>
          {view.hidden ? (
            <p class="hint">{t('sheet.hidden')}</p>
          ) : derived ? (
            <Contacts patient={patient} />
          ) : (
            <Entries section={view.section} entries={view.entries} />
          )}
          {showing && view.version > 0 && <ChangesSince patient={patient.patient_id} view={view} />}
          <CardFoot
            patient={patient}
            view={view}
            readers={readers}
            unread={unread}
            showing={showing}
            onShow={() => setShowing(!showing)}
            onEdit={() => onEdit(true)}
            onChanged={onChanged}
            derived={derived}
          />
        </>
      )}
    </article>
  );
}

function Written({ view }: { view: SectionView }) {
  if (!view.written_at) return null;
  return (
    <p class="written">
      {view.written_by_name}
      {view.written_by_role && `（${word('role', view.written_by_role)}${view.written_by_office ? `${dot()}${view.written_by_office}` : ''}）`}{' '}
      <When at={view.written_at} /> <span class="version">{t('sheet.version', { version: view.version })}</span>
    </p>
  );
}

function Contacts({ patient }: { patient: PatientAnswer }) {
  const members = patient.team.filter((member) => ['attending_doctor', 'deputy_doctor', 'care_manager'].includes(member.seat));
  return (
    <dl class="entries">
      {members.map((member) => (
        <div class="entry" key={member.member_id}>
          <dt>{word('team_seat', member.seat)}</dt>
          <dd>
            {member.name}
            <span class="soft"> {member.office}</span> <Tel number={member.phone} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ChangesSince({ patient, view }: { patient: string; view: SectionView }) {
  const from = view.seen_version && view.seen_version < view.version ? view.seen_version : view.version - 1;
  const changes = useLoad(`changes-${patient}-${view.section}-${from}-${view.version}`, () =>
    api<SectionChangesAnswer>(`/patients/${patient}/sheet/${view.section}/changes`, { query: { from_version: from, to_version: view.version } }),
  );
  return (
    <div class="changes-box">
      <h4>{t('diff.title', { from, to: view.version })}</h4>
      {changes.data && (
        <p class="written">
          {changes.data.written_by_name && t('feed.by', { name: changes.data.written_by_name })}{' '}
          {changes.data.written_at && <When at={changes.data.written_at} />}
        </p>
      )}
      {!changes.data && !changes.problem && <Skeleton lines={2} />}
      <Refusal problem={changes.problem} again={() => void changes.again()} />
      {changes.data && <Changed changes={changes.data.changes} />}
    </div>
  );
}

interface FootProps {
  patient: PatientAnswer;
  view: SectionView;
  readers: readonly SectionReader[];
  unread: boolean;
  showing: boolean;
  derived: boolean;
  onShow: () => void;
  onEdit: () => void;
  onChanged: () => Promise<void>;
}

function CardFoot({ patient, view, readers, unread, showing, derived, onShow, onEdit, onChanged }: FootProps) {
  const sending = useSend();
  const name = word('sheet_section', view.section);
  const read = () =>
    sending.send(async () => {
      await api(`/patients/${patient.patient_id}/sheet/${view.section}/read`, { method: 'POST', body: { version: view.version } });
      await onChanged();
    });
  return (
    <>
      <Refusal problem={sending.problem} />
      <div class="card-foot">
        {unread && (
          <button type="button" class="button" disabled={sending.busy} onClick={() => void read()} aria-label={`${t('sheet.confirm')}：${name}`}>
            {t('sheet.confirm')}
          </button>
        )}
        {patient.may_edit && !derived && !view.hidden && (
          <button type="button" class="button quiet" onClick={onEdit} aria-label={`${t(view.version ? 'sheet.edit' : 'sheet.write')}：${name}`}>
            {t(view.version ? 'sheet.edit' : 'sheet.write')}
          </button>
        )}
        {view.version > 0 && (
          <button type="button" class="link" aria-expanded={showing} onClick={onShow} aria-label={`${t('diff.show')}：${name}`}>
            {t('diff.show')}
          </button>
        )}
        {view.version > 1 && (
          <a class="link" href={`/patients/${patient.patient_id}/history/${view.section}`} aria-label={`${t('history.go')}：${name}`}>
            {t('history.go')}
          </a>
        )}
      </div>
      {view.version > 0 && <Readers patient={patient} view={view} readers={readers} />}
    </>
  );
}

// Who has read this version, and who of the team has not.
function Readers({ patient, view, readers }: { patient: PatientAnswer; view: SectionView; readers: readonly SectionReader[] }) {
  const read = readers.filter((reader) => reader.section === view.section && reader.version >= view.version && reader.person_id !== view.written_by);
  const known = new Set([...read.map((reader) => reader.person_id), view.written_by]);
  const unread = new Map(patient.team.filter((member) => !known.has(member.person_id)).map((member) => [member.person_id, member.name]));
  return (
    <p class="readers">
      <span class="readers-read">
        {t('read.read')}{' '}
        {read.length === 0
          ? t('read.nobody')
          : read.map((reader, at) => (
              <span key={reader.person_id}>
                {at > 0 && '、'}
                {reader.name}（<When at={reader.read_at} />）
              </span>
            ))}
      </span>
      {unread.size > 0 && (
        <span class="readers-unread">
          {t('read.unread')} {[...unread.values()].join('、')}
        </span>
      )}
    </p>
  );
}
