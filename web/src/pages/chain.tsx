// A person's order of doctors: rows one can read aloud, edited in place, with a preview of who would be called at any instant.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { language, listed, t, word } from '../app/words.ts';
import {
  enumValues,
  type ChainAnswer,
  type ChainRow,
  type ChainTold,
  type ConditionTag,
  type DayClass,
  type Done,
  type KnownName,
  type MembershipView,
  type PatientAnswer,
  type ReporterKind,
  type ResolveAnswer,
  type TargetKind,
} from '../model.ts';
import { DELAYS, WORKDAYS, draftsOf, emptyDraft, lacks, moved, rowsOf, type Draft } from '../lib/chain.ts';
import { bandOf, bandText, instantOf } from '../lib/roster.ts';
import { clockTime, dayOf, fullDate, toWire } from '../lib/time.ts';
import { Choice, Empty, Input, Refusal, Section, Skeleton, Title, When, Who } from '../parts/basic.tsx';
import { PersonPick, Select, Ticks } from '../parts/choices.tsx';
import { OrderOf, delayText } from '../parts/order.tsx';

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
const options = <T extends string>(name: 'condition_tag' | 'day_class' | 'reporter_kind') =>
  enumValues<T>(name).map((value) => ({ value, text: word(name, value) }));
const weekdayName = (day: number) => t(`weekday.${day as (typeof WEEK)[number]}`);

export default function ChainPage({ id }: { id: string }) {
  const [terminal, setTerminal] = useState(false);
  const [saved, setSaved] = useState(0); // the version that was saved here: the editor begins anew with it
  const patient = useLoad(`patient-${id}`, () => api<PatientAnswer>(`/patients/${id}`));
  const chain = useLoad(`chain-${id}-${terminal}`, () => api<ChainAnswer>(`/patients/${id}/chain`, { query: { terminal: terminal || undefined } }));
  return (
    <div class="page">
      <p>
        <a href={`/patients/${id}`}>{t('chain.back')}</a>
      </p>
      <Title text={t('chain.title')} />
      {patient.data && (
        <p class="report-who">
          <Who name={patient.data.name} kana={patient.data.name_kana} birth={patient.data.birth_date} municipality={patient.data.municipality} />
        </p>
      )}
      <Choice
        legend={t('chain.which')}
        name="which"
        value={terminal ? 'terminal' : 'usual'}
        options={[
          { value: 'usual', text: t('chain.usual') },
          { value: 'terminal', text: t('chain.terminal') },
        ]}
        onChange={(value) => setTerminal(value === 'terminal')}
      />
      <div class="two two-wide">
        <div>
          {!chain.data && (chain.problem ? <Refusal problem={chain.problem} again={() => void chain.again()} /> : <Skeleton lines={6} />)}
          {chain.data && <Editor key={`${terminal}-${chain.data.version}`} id={id} chain={chain.data} saved={saved === chain.data.version} onSaved={setSaved} again={chain.again} />}
        </div>
        <aside>
          {chain.data?.told && <Told told={chain.data.told} />}
          <Preview id={id} version={chain.data?.version ?? 0} terminal={chain.data?.terminal_phase ?? false} />
        </aside>
      </div>
    </div>
  );
}

const labelOf = (one: KnownName): string => (one.office ? `${one.name}（${one.office}）` : one.name);
const nameIn = (names: readonly KnownName[], row: ChainRow): string => {
  const found = names.find((one) => one.id === (row.person_id ?? row.rotation_id ?? row.office_id));
  return found ? labelOf(found) : '';
};

function Warnings({ chain }: { chain: ChainAnswer }) {
  return (
    <>
      {!chain.team_consent && <p class="hint">{t('chain.no_consent')}</p>}
      {chain.warnings.length > 0 && (
        <ul class="hint warnings">
          {chain.warnings.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {chain.set_at && (
        <p class="written">
          {t('chain.set_by', { name: chain.set_by ?? '' })} <When at={chain.set_at} />
        </p>
      )}
    </>
  );
}

// Who was told that the doctors or their order are others than before.
function Told({ told }: { told: readonly ChainTold[] }) {
  return (
    <Section title={t('chain.told')}>
      <ul class="doctors-told">
        {told.map((one) => (
          <li key={one.person_id}>
            {one.name} <span class="soft">{t(one.read ? 'chain.told_read' : 'chain.told_unread')}</span> <When at={one.at} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface EditorProps {
  id: string;
  chain: ChainAnswer;
  saved: boolean;
  onSaved: (version: number) => void;
  again: () => Promise<void>;
}

function Editor({ id, chain, saved, onSaved, again }: EditorProps) {
  const [drafts, setDrafts] = useState<Draft[]>(() => draftsOf(chain.rows, (row) => nameIn(chain.names, row)));
  const [nursing, setNursing] = useState(chain.emergency_nursing);
  const [open, setOpen] = useState<string | undefined>(undefined);
  const [tried, setTried] = useState(false);
  const sending = useSend();
  const change = (key: string, part: Partial<Draft>) => setDrafts((old) => old.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const add = () => {
    const fresh = emptyDraft(crypto.randomUUID(), WORKDAYS);
    setDrafts((old) => [...old, fresh]);
    setOpen(fresh.key);
  };
  const unfinished = drafts.find((one) => lacks(one));
  const save = async () => {
    setTried(true);
    if (unfinished) return setOpen(unfinished.key);
    const body = { rows: rowsOf(drafts), emergency_nursing: nursing, terminal: chain.terminal };
    await sending.send(async () => {
      const { version } = await api<Done>(`/patients/${id}/chain`, { method: 'PUT', body });
      onSaved(version ?? 0);
      await again();
    });
  };
  return (
    <Section title={t('chain.rows')} note={t('chain.note')}>
      <Warnings chain={chain} />
      {drafts.length === 0 && (
        <Empty title={t('chain.empty')}>
          <p>{t('chain.empty_hint')}</p>
        </Empty>
      )}
      <ol class="chain">
        {drafts.map((draft, at) => (
          <li key={draft.key} class="chain-row">
            <div class="chain-say">
              <p>
                <span class="try-number">{at + 1}</span> {draft.together && <span class="chip">{t('chain.together_mark')}</span>}{' '}
                <strong>{targetText(draft)}</strong>
                <span class="soft fact-line">{whenText(draft)}</span>
                <span class="soft fact-line">{delayText(draft.delay_seconds)}</span>
              </p>
              {tried && lacks(draft) && <p class="field-error">{t(`chain.lacks_${lacks(draft)!}`)}</p>}
              {chain.may_edit && <div class="chain-do">
                <button type="button" class="button quiet small" aria-expanded={open === draft.key} onClick={() => setOpen(open === draft.key ? undefined : draft.key)}>
                  {t(open === draft.key ? 'chain.close' : 'chain.edit')}
                  <span class="hidden"> {at + 1}</span>
                </button>
                <button type="button" class="button quiet small" disabled={at === 0} onClick={() => setDrafts(moved(drafts, at, -1))}>
                  {t('chain.up')}
                  <span class="hidden"> {at + 1}</span>
                </button>
                <button type="button" class="button quiet small" disabled={at === drafts.length - 1} onClick={() => setDrafts(moved(drafts, at, 1))}>
                  {t('chain.down')}
                  <span class="hidden"> {at + 1}</span>
                </button>
                <button type="button" class="button quiet small" onClick={() => setDrafts(drafts.filter((one) => one !== draft))}>
                  {t('chain.remove')}
                  <span class="hidden"> {at + 1}</span>
                </button>
              </div>}
            </div>
            {open === draft.key && <RowForm draft={draft} first={at === 0} names={chain.names} onChange={(part) => change(draft.key, part)} />}
          </li>
        ))}
      </ol>
      <p class="soft">{t('chain.always_last')}</p>
      {!chain.terminal && (
        <label class="tick">
          <input type="checkbox" checked={nursing} disabled={!chain.may_edit} onChange={(event) => setNursing(event.currentTarget.checked)} />
          <span>{t('chain.nursing')}</span>
        </label>
      )}
      <Refusal problem={sending.problem} kept={t('chain.kept')} />
      {saved && (
        <p class="saved" role="status">
          {t('chain.saved')}
        </p>
      )}
      {chain.may_edit && (
        <div class="buttons">
          <button type="button" class="button" disabled={sending.busy} onClick={() => void save()}>
            {t('chain.save')}
          </button>
          <button type="button" class="button quiet" onClick={add}>
            {t('chain.add')}
          </button>
        </div>
      )}
    </Section>
  );
}

const targetText = (draft: Draft): string => draft.name || (draft.target === 'last_resort' ? word('target_kind', 'last_resort') : t('chain.nobody_yet'));

// "平日・月火・18:00–翌8:30・発熱"
function whenText(draft: Draft): string {
  const band = bandOf(draft.from, draft.to);
  const allDay = band?.from_minute === 0 && band.to_minute === 1440;
  const hours = !band ? '' : allDay ? t('chain.all_day') : bandText(band.from_minute, band.to_minute, (time) => t('duty.next_day', { time }));
  return listed(
    [
      listed(draft.day_classes.map((day) => word('day_class', day))),
      draft.weekdays.length > 0 && draft.weekdays.length < 7 ? draft.weekdays.map(weekdayName).join('') : '',
      hours,
      draft.tags.length > 0 ? t('chain.only_for', { tags: listed(draft.tags.map((tag) => word('condition_tag', tag))) }) : '',
    ].filter(Boolean),
  );
}

const TARGETS: readonly TargetKind[] = ['person', 'rotation', 'office', 'hospital', 'last_resort'];

interface RowProps {
  draft: Draft;
  first: boolean;
  names: readonly KnownName[];
  onChange: (part: Partial<Draft>) => void;
}

function RowForm({ draft, first, names, onChange }: RowProps) {
  const pick = (person: MembershipView | undefined) =>
    person &&
    onChange(
      draft.target === 'person'
        ? { id: person.person_id, name: `${person.name}（${person.office}）` }
        : { id: person.office_id, name: person.office },
    );
  const known = names.filter((one) => one.target === draft.target);
  const choose = (id: string) => {
    const one = known.find((each) => each.id === id);
    onChange({ id, name: one ? labelOf(one) : '' });
  };
  const chosen = known.find((one) => one.id === draft.id);
  return (
    <div class="chain-form">
      <Choice
        legend={t('chain.whom')}
        name={`target-${draft.key}`}
        value={draft.target}
        options={TARGETS.map((value) => ({ value, text: word('target_kind', value) }))}
        onChange={(value) => onChange({ target: value as TargetKind, id: '', name: '' })}
      />
      {draft.target !== 'last_resort' && (
        <Select
          label={t('chain.known')}
          value={chosen ? draft.id : ''}
          none={draft.id && !chosen ? draft.name : t('choose')}
          options={known.map((one) => ({ value: one.id, text: one.unreachable ? t('chain.unreachable', { name: labelOf(one) }) : labelOf(one) }))}
          onChange={choose}
        />
      )}
      {chosen && !chosen.consented && <p class="hint">{t('chain.not_consented')}</p>}
      {draft.target !== 'last_resort' && draft.target !== 'rotation' && (
        <details class="before">
          <summary>{t('chain.others')}</summary>
          <PersonPick
            key={draft.target}
            legend={t(draft.target === 'person' ? 'chain.person' : 'chain.office')}
            role={draft.target === 'person' ? 'doctor' : undefined}
            value={undefined}
            onPick={pick}
          />
        </details>
      )}
      <Ticks
        legend={t('chain.days')}
        values={draft.day_classes}
        options={options<DayClass>('day_class')}
        onChange={(days) => onChange({ day_classes: days as DayClass[] })}
      />
      <Ticks
        legend={t('chain.weekdays')}
        help={t('chain.weekdays_help')}
        values={draft.weekdays.map(String)}
        options={WEEK.map((day) => ({ value: String(day), text: weekdayName(day) }))}
        onChange={(days) => onChange({ weekdays: days.map(Number) })}
      />
      <p class="help">{t('chain.to_help')}</p>
      <div class="pair">
        <Input label={t('chain.from')} type="time" value={draft.from} onInput={(from) => onChange({ from })} />
        <Input label={t('chain.to')} type="time" value={draft.to} onInput={(to) => onChange({ to })} />
      </div>
      <details class="before">
        <summary>{t('chain.tags')}</summary>
        <Ticks
          legend={t('chain.tags_only')}
          help={t('chain.tags_help')}
          values={draft.tags}
          options={options<ConditionTag>('condition_tag')}
          onChange={(tags) => onChange({ tags: tags as ConditionTag[] })}
        />
      </details>
      <Select
        label={t('chain.delay')}
        value={String(draft.delay_seconds)}
        options={[...new Set([...DELAYS, draft.delay_seconds])].sort((one, other) => one - other).map((value) => ({ value: String(value), text: delayText(value) }))}
        onChange={(value) => onChange({ delay_seconds: Number(value) })}
      />
      {!first && (
        <label class="tick">
          <input type="checkbox" checked={draft.together} onChange={(event) => onChange({ together: event.currentTarget.checked })} />
          <span>{t('chain.together')}</span>
        </label>
      )}
    </div>
  );
}

// "2026-12-31 23:00 には誰に連絡？": what is kept now, at any instant, for any trouble, whoever reports it.
function Preview({ id, version, terminal }: { id: string; version: number; terminal: boolean }) {
  const [date, setDate] = useState(dayOf(Date.now()));
  const [clock, setClock] = useState('23:00');
  const [tag, setTag] = useState('');
  const [reporter, setReporter] = useState('');
  const at = instantOf(date, clock);
  const key = at === undefined ? undefined : `preview-${id}-${version}-${at}-${tag}-${reporter}`;
  const query = { at: toWire(at ?? 0), tag: tag as ConditionTag, reporter: reporter as ReporterKind };
  const order = useLoad(key, () => api<ResolveAnswer>(`/patients/${id}/on-call`, { query }));
  return (
    <Section title={t('preview.title')} note={t('preview.note')}>
      <div class="pair">
        <Input label={t('preview.date')} type="date" value={date} onInput={setDate} />
        <Input label={t('preview.clock')} type="time" value={clock} onInput={setClock} />
      </div>
      <Select label={t('preview.tag')} value={tag} none={t('preview.any')} options={options<ConditionTag>('condition_tag')} onChange={setTag} />
      <Select
        label={t('preview.reporter')}
        value={reporter}
        none={t('preview.anybody')}
        options={options<ReporterKind>('reporter_kind')}
        onChange={setReporter}
      />
      {terminal && <p class="soft">{t('preview.terminal')}</p>}
      <div aria-live="polite">
        {at !== undefined && <p class="preview-when">{t('preview.at', { when: `${fullDate(at, language.value)} ${clockTime(at)}` })}</p>}
        {key && !order.data && (order.problem ? <Refusal problem={order.problem} again={() => void order.again()} /> : <Skeleton />)}
        {order.data && <OrderOf answer={order.data} />}
      </div>
    </Section>
  );
}
