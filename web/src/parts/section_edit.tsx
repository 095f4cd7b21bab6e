// Writing a section in place. Every keystroke is kept on the device; saving says who will be told; when somebody else was faster,
// both versions stand side by side and nothing is lost.
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, online } from '../app/api.ts';
import { useSend } from '../app/load.ts';
import { session } from '../app/session.ts';
import { t, word } from '../app/words.ts';
import type { PatientAnswer, SectionView, SheetConflict, SheetEntry, SheetItem, SheetSectionUpdated } from '../model.ts';
import { draftOf, dropDraft, keepDraft } from '../lib/drafts.ts';
import { Problem } from '../lib/problem.ts';
import { ADL_LEVELS, ITEMS, cleaned, entryOf, hasLevel, isHeard, joined, merge, sameEntries, withEntry, type MergeLine } from '../lib/sheet.ts';
import { Chip, Choice, Input, Refusal, Text, When } from './basic.tsx';
import { EntryText } from './entries.tsx';

interface EditProps {
  patient: PatientAnswer;
  view: SectionView;
  onSaved: (told: number) => void;
  onClose: () => void;
}

const meOf = () => session.value?.person_id ?? '';

// A help line under a field tells what belongs there.
const help = (item: SheetItem): string => t(`item.${item}`);

interface Start {
  entries: SheetEntry[];
  base: SheetEntry[];
  version: number;
  restored?: number;
}

function startOf(patient: PatientAnswer, view: SectionView): Start {
  const draft = draftOf(meOf(), patient.patient_id, view.section);
  return draft
    ? { entries: draft.entries, base: draft.base, version: draft.base_version, restored: draft.at }
    : { entries: view.entries, base: view.entries, version: view.version };
}

export function SectionEdit({ patient, view, onSaved, onClose }: EditProps) {
  const [start] = useState(() => startOf(patient, view));
  const [entries, setEntries] = useState<SheetEntry[]>(start.entries);
  const [urgent, setUrgent] = useState(false);
  const [conflict, setConflict] = useState<SheetConflict | undefined>(undefined);
  const sending = useSend();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('textarea, input')?.focus(), []);
  const change = (item: SheetItem, part: Partial<SheetEntry>) => {
    const fresh = withEntry(entries, item, part);
    setEntries(fresh);
    keepDraft(meOf(), patient.patient_id, view.section, { base_version: start.version, base: start.base, entries: fresh, at: Date.now() });
  };
  const save = async (wanted: readonly SheetEntry[], version: number) => {
    try {
      const answer = await api<SheetSectionUpdated>(`/patients/${patient.patient_id}/sheet/${view.section}`, {
        method: 'PUT',
        version,
        body: { entries: cleaned(wanted, view.section), ...(urgent ? { urgent } : {}) },
      });
      dropDraft(meOf(), patient.patient_id, view.section);
      onSaved(answer.told);
    } catch (error) {
      if (error instanceof Problem && error.conflict) return setConflict(error.conflict as SheetConflict);
      throw error;
    }
  };
  const discard = () => {
    dropDraft(meOf(), patient.patient_id, view.section);
    onClose();
  };
  if (conflict) {
    return (
      <MergeForm
        section={view.section}
        conflict={conflict}
        mine={entries}
        sending={sending}
        onSave={(merged) => sending.send(() => save(merged, conflict.current.version))}
        onClose={discard}
      />
    );
  }
  const changed = !sameEntries(entries, start.base, view.section);
  return (
    <form
      ref={form}
      class="edit"
      aria-label={t('sheet.edit_of', { section: word('sheet_section', view.section) })}
      onSubmit={(event) => {
        event.preventDefault();
        void sending.send(() => save(entries, start.version));
      }}>
      {start.restored && (
        <p class="hint" role="status">
          {t('draft.restored')} <When at={start.restored} />{' '}
          <button type="button" class="link" onClick={discard}>
            {t('draft.discard')}
          </button>
        </p>
      )}
      {ITEMS[view.section].map((item) => (
        <ItemEdit
          key={item}
          item={item}
          level={hasLevel(view.section)}
          entry={entryOf(entries, item)}
          base={entryOf(start.base, item)}
          onChange={(part) => change(item, part)}
          error={problemOf(sending.problem, cleaned(entries, view.section), item)}
        />
      ))}
      <label class="tick">
        <input type="checkbox" checked={urgent} onChange={(event) => setUrgent(event.currentTarget.checked)} />
        <span>{t('sheet.urgent')}</span>
      </label>
      <Told patient={patient} />
      <Refusal problem={sending.problem} kept={t('draft.kept')} />
      {!online.value && <p class="hint">{t('draft.offline')}</p>}
      <div class="buttons">
        <button class="button" disabled={sending.busy || !changed}>
          {t('sheet.save')}
        </button>
        <button type="button" class="button quiet" onClick={changed ? discard : onClose}>
          {t(changed ? 'sheet.discard' : 'cancel')}
        </button>
      </div>
    </form>
  );
}

function problemOf(problem: Problem | undefined, sent: readonly SheetEntry[], item: SheetItem): string | undefined {
  const at = sent.findIndex((entry) => entry.item === item);
  return at < 0 ? undefined : problem?.textOf(`/entries/${at}`);
}

interface ItemProps {
  item: SheetItem;
  level: boolean;
  entry?: SheetEntry;
  base?: SheetEntry;
  error?: string;
  onChange: (part: Partial<SheetEntry>) => void;
}

function ItemEdit({ item, level, entry, base, error, onChange }: ItemProps) {
  const moved = (base?.text ?? '') !== (entry?.text ?? '') && Boolean(base?.text);
  const text = (
    <Text
      label={level ? t('sheet.words') : word('sheet_item', item)}
      help={level ? undefined : help(item)}
      optional={level}
      value={entry?.text ?? ''}
      rows={level ? 1 : 3}
      maxLength={660}
      error={error}
      onInput={(value) => onChange({ text: value })}
    />
  );
  return (
    <div class={level ? 'item-edit item-edit-level' : 'item-edit'}>
      {level && (
        <Choice
          legend={word('sheet_item', item)}
          name={`level-${item}`}
          value={entry?.level}
          options={ADL_LEVELS.map((value) => ({ value, text: word('adl_level', value) }))}
          onChange={(value) => onChange({ level: value as SheetEntry['level'] })}
        />
      )}
      {text}
      {isHeard(item) && (
        <div class="pair">
          <Input
            label={t('sheet.heard_on')}
            optional
            type="date"
            value={entry?.recorded_on ?? ''}
            onInput={(value) => onChange({ recorded_on: value || undefined })}
          />
          <Input label={t('sheet.heard_by')} optional value={entry?.heard_by ?? ''} onInput={(value) => onChange({ heard_by: value || undefined })} />
        </div>
      )}
      {moved && (
        <details class="before">
          <summary>{t('sheet.before')}</summary>
          <p>
            <EntryText entry={base} />
          </p>
        </details>
      )}
    </div>
  );
}

function Told({ patient }: { patient: PatientAnswer }) {
  const people = new Map(patient.team.filter((member) => member.person_id !== meOf()).map((member) => [member.person_id, member]));
  const names = [...people.values()].map((member) => `${member.name}（${word('team_seat', member.seat)}）`);
  if (names.length === 0) return <p class="told">{t('sheet.told_nobody')}</p>;
  return (
    <p class="told">
      {t('sheet.told', { count: names.length })}
      <span class="soft"> {names.join('、')}</span>
    </p>
  );
}

interface MergeProps {
  section: SectionView['section'];
  conflict: SheetConflict;
  mine: readonly SheetEntry[];
  sending: ReturnType<typeof useSend>;
  onSave: (entries: SheetEntry[]) => Promise<boolean>;
  onClose: () => void;
}

type Pick = 'both' | 'mine' | 'theirs';

// Both versions side by side. Where only one side wrote, that side is taken; where both did, both texts are proposed.
export function MergeForm({ section, conflict, mine, sending, onSave, onClose }: MergeProps) {
  const lines = merge(section, conflict.base, mine, conflict.current.entries);
  const [chosen, setChosen] = useState<ReadonlyMap<SheetItem, SheetEntry | undefined>>(
    () => new Map(lines.map((line) => [line.item, line.proposed])),
  );
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const name = conflict.current.written_by_name ?? t('patient.someone');
  const set = (item: SheetItem, entry: SheetEntry | undefined) => setChosen(new Map(chosen).set(item, entry));
  const differing = lines.filter((line) => line.side !== 'same');
  return (
    <form
      class="edit merge"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave(lines.map((line) => chosen.get(line.item)).filter((entry): entry is SheetEntry => Boolean(entry)));
      }}>
      <h3 ref={heading} tabIndex={-1}>
        {t('merge.title', { name })}
      </h3>
      <p>
        {t('merge.text')} {conflict.current.written_at && <When at={conflict.current.written_at} />}
      </p>
      {differing.map((line) => (
        <MergeItem key={line.item} line={line} name={name} entry={chosen.get(line.item)} onChange={(entry) => set(line.item, entry)} />
      ))}
      <Refusal problem={sending.problem} kept={t('draft.kept')} />
      <div class="buttons">
        <button class="button" disabled={sending.busy}>
          {t('merge.save')}
        </button>
        <button type="button" class="button quiet" onClick={onClose}>
          {t('merge.give_up')}
        </button>
      </div>
    </form>
  );
}

function MergeItem({
  line,
  name,
  entry,
  onChange,
}: {
  line: MergeLine;
  name: string;
  entry?: SheetEntry;
  onChange: (entry: SheetEntry | undefined) => void;
}) {
  const [pick, setPick] = useState<Pick>(line.side === 'mine' ? 'mine' : line.side === 'theirs' ? 'theirs' : 'both');
  const choose = (wanted: Pick) => {
    setPick(wanted);
    onChange(wanted === 'mine' ? line.mine : wanted === 'theirs' ? line.theirs : joined(line.item, line.mine, line.theirs));
  };
  const note = line.side === 'mine' ? t('merge.only_mine') : line.side === 'theirs' ? t('merge.only_theirs', { name }) : t('merge.both_changed');
  return (
    <section class="merge-item" aria-label={word('sheet_item', line.item)}>
      <h4>
        {word('sheet_item', line.item)} <Chip kind={line.side === 'both_changed' ? 'wait' : 'plain'}>{note}</Chip>
      </h4>
      <div class="merge-sides">
        <div class="merge-side">
          <p class="merge-label">{t('merge.mine')}</p>
          <EntryText entry={line.mine} />
        </div>
        <div class="merge-side">
          <p class="merge-label">{t('merge.theirs', { name })}</p>
          <EntryText entry={line.theirs} />
        </div>
      </div>
      {line.base && (
        <details class="before">
          <summary>{t('merge.base')}</summary>
          <p>
            <EntryText entry={line.base} />
          </p>
        </details>
      )}
      <Choice
        legend={t('merge.keep')}
        name={`merge-${line.item}`}
        value={pick}
        onChange={(value) => choose(value as Pick)}
        options={[
          { value: 'both', text: t('merge.both') },
          { value: 'mine', text: t('merge.mine') },
          { value: 'theirs', text: t('merge.theirs', { name }) },
        ]}
      />
      <Text label={t('merge.result')} value={entry?.text ?? ''} onInput={(text) => onChange({ ...entry, item: line.item, text })} />
      {entry?.level && <p>{word('adl_level', entry.level)}</p>}
    </section>
  );
}
