// Drawing up the roster: what is missing first, then the ways to fill it: somebody instead, absences, closures, the rules, a month's table.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { go } from '../app/route.ts';
import { has, mayArrange, municipalityName, session } from '../app/session.ts';
import { dot, language, listed, t, word } from '../app/words.ts';
import type {
  AbsenceListAnswer,
  ClosureLine,
  ClosureListAnswer,
  MembershipView,
  OverrideConflict,
  RotationListAnswer,
  RotationView,
} from '../model.ts';
import type { Problem } from '../lib/problem.ts';
import { bandText, dateOf, inputClock } from '../lib/roster.ts';
import { dayOf, fullDate, parseTime, toWire } from '../lib/time.ts';
import { Choice, Day, Empty, Input, Refusal, Section, Skeleton, Title } from '../parts/basic.tsx';
import { Ask } from '../parts/form.tsx';
import { PersonPick, Select, SpanInputs, spanTimes, type Span } from '../parts/choices.tsx';
import { Gaps } from '../parts/gaps.tsx';
import { spanText } from '../parts/span.ts';

export default function ArrangePage() {
  return (
    <div class="page">
      <p>
        <a href="/duty">{t('arrange.back')}</a>
      </p>
      <Title text={t('arrange.title')} />
      <div class="tiles arrange-ways">
        {(['override', 'table', 'rotation', 'closures'] as const).map((way) => (
          <a key={way} class="tile" href={`/duty/arrange/${way}`}>
            <span class="tile-role">{t(`arrange.${way}`)}</span>
            <span class="tile-note">{t(`arrange.${way}_note`)}</span>
          </a>
        ))}
      </div>
      <Gaps few={20} />
      <div class="two">
        <div>
          <Rules />
        </div>
        <div>
          <Absences />
        </div>
      </div>
    </div>
  );
}

// ---- the rules ----

export function ruleText(one: RotationView): string {
  if (one.from_minute === undefined || one.to_minute === undefined) return word('rotation_kind', one.kind);
  const hours = bandText(one.from_minute, one.to_minute, (time) => t('duty.next_day', { time }));
  return listed([word('rotation_kind', one.kind), listed((one.day_classes ?? []).map((day) => word('day_class', day))), hours].filter(Boolean));
}

function Rules() {
  const list = useLoad('rotations', () => api<RotationListAnswer>('/rotations'));
  return (
    <Section
      title={t('arrange.rules')}
      aside={
        <a class="link" href="/duty/arrange/rotation">
          {t('rotation.new')}
        </a>
      }>
      {!list.data && (list.problem ? <Refusal problem={list.problem} again={() => void list.again()} /> : <Skeleton />)}
      {list.data?.rotations.length === 0 && <Empty title={t('rotation.none')} />}
      <ul class="rows">
        {list.data?.rotations.map((one) => (
          <li class="row" key={one.rotation_id}>
            <a class="row-link" href={`/duty/arrange/rotation?id=${one.rotation_id}`}>
              <span class="row-text">
                <strong>{one.name}</strong>
              </span>
              <span class="row-note">
                {municipalityName(one.municipality)}
                {dot()}
                {ruleText(one)}
              </span>
              <span class="row-note">{t('rotation.count', { count: one.members.length })}</span>
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

// ---- absences ----

const newId = () => crypto.randomUUID() as string;
const today = (): Span => ({ from_date: dayOf(Date.now()), from_clock: '00:00', to_date: dayOf(Date.now()), to_clock: '23:59' });

export function AbsenceForm({ own, onDone }: { own?: boolean; onDone: () => void }) {
  const [person, setPerson] = useState<MembershipView | undefined>(undefined);
  const [span, setSpan] = useState<Span>(today);
  const [reason, setReason] = useState('');
  const [done, setDone] = useState(false);
  // Kept until it was taken: sending the same again adds nothing.
  const [absence, renew] = useState(newId);
  const sending = useSend();
  const { from, to } = spanTimes(span);
  const who = own ? session.value?.person_id : person?.person_id;
  const send = async () => {
    if (!who || from === undefined || to === undefined) return;
    const body = { absence_id: absence, person_id: who, from: toWire(from), to: toWire(to), ...(reason.trim() ? { reason: reason.trim() } : {}) };
    if (!(await sending.send(() => api('/absences', { method: 'POST', body })))) return;
    setDone(true);
    setReason('');
    renew(newId);
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}>
      {!own && <PersonPick legend={t('absence.who')} value={person} onPick={setPerson} />}
      <SpanInputs value={span} onChange={setSpan} error={sending.problem?.textOf('/to')} />
      <Input label={t('absence.reason')} help={t('absence.reason_help')} optional maxLength={40} value={reason} onInput={setReason} />
      <Refusal problem={sending.problem} />
      {done && !sending.problem && (
        <p class="saved" role="status">
          {t('absence.done')}
        </p>
      )}
      <button class="button wide" disabled={sending.busy || !who}>
        {t('absence.save')}
      </button>
    </form>
  );
}

export function AbsenceRows({ list, again }: { list: AbsenceListAnswer['absences']; again: () => void }) {
  const sending = useSend();
  const remove = async (id: string) => {
    if (await sending.send(() => api(`/absences/${id}`, { method: 'DELETE' }))) again();
  };
  return (
    <>
      <Refusal problem={sending.problem} />
      <ul class="rows">
        {list.map((one) => (
          <li class="row row-pad" key={one.absence_id}>
            <span class="row-text">
              <strong>{one.name}</strong> {spanText(one.from, one.to)}
            </span>
            <span class="row-note">{one.reason}</span>
            {one.may_remove && (
              <details class="before">
                <summary>{t('absence.remove')}</summary>
                <button type="button" class="button quiet small" disabled={sending.busy} onClick={() => void remove(one.absence_id)}>
                  {t('absence.remove_do')}
                </button>
              </details>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Absences() {
  const list = useLoad('absences', () => api<AbsenceListAnswer>('/absences'));
  return (
    <Section title={t('absence.title')} note={t('absence.note')}>
      {!list.data && (list.problem ? <Refusal problem={list.problem} again={() => void list.again()} /> : <Skeleton />)}
      {list.data?.absences.length === 0 && <p class="soft">{t('absence.none')}</p>}
      {list.data && <AbsenceRows list={list.data.absences} again={() => void list.again()} />}
      <details class="before">
        <summary>{t('absence.add')}</summary>
        <AbsenceForm onDone={() => void list.again()} />
      </details>
    </Section>
  );
}

// ---- somebody instead (代診) ----

interface OverrideProps {
  rotation?: string;
  from?: string;
  to?: string;
  remove?: string;
}

const spanOf = (from: string | undefined, to: string | undefined): Span => {
  const start = from ? parseTime(from) : Date.now();
  const end = to ? parseTime(to) : start + 12 * 3_600_000;
  return { from_date: dateOf(start), from_clock: inputClock(start), to_date: dateOf(end), to_clock: inputClock(end) };
};

export function OverridePage({ rotation: wanted = '', from: first, to: last, remove }: OverrideProps) {
  const list = useLoad('rotations', () => api<RotationListAnswer>('/rotations'));
  const [rotation, setRotation] = useState(wanted);
  const [span, setSpan] = useState<Span>(() => spanOf(first, last));
  const [person, setPerson] = useState<MembershipView | undefined>(undefined);
  const [nobody, setNobody] = useState(false);
  const [reason, setReason] = useState('');
  const [override] = useState(newId);
  const sending = useSend();
  const { from, to } = spanTimes(span);
  const ready = from !== undefined && to !== undefined && reason.trim() && (nobody || person);
  const send = async () => {
    if (!ready) return;
    const body = {
      override_id: override,
      ...(rotation ? { rotation_id: rotation } : {}),
      from: toWire(from),
      to: toWire(to),
      ...(remove ? { remove } : {}),
      ...(person && !nobody ? { add: person.person_id, add_office: person.office_id } : {}),
      reason: reason.trim(),
    };
    if (await sending.send(() => api('/overrides', { method: 'POST', body }))) go('/duty');
  };
  return (
    <div class="page narrow">
      <p>
        <a href={mayArrange.value ? '/duty/arrange' : '/duty'}>{t('arrange.back')}</a>
      </p>
      <Title text={t('arrange.override')} />
      <p class="help">{t('override.note')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}>
        <Select
          label={t('override.rotation')}
          value={rotation}
          none={mayArrange.value ? t('choose') : t('override.everywhere')}
          required={mayArrange.value}
          options={(list.data?.rotations ?? []).map((one) => ({ value: one.rotation_id, text: `${municipalityName(one.municipality)} ${one.name}` }))}
          onChange={setRotation}
        />
        <SpanInputs value={span} onChange={setSpan} error={sending.problem?.textOf('/to')} />
        <Choice
          legend={t('override.whom')}
          name="whom"
          value={nobody ? 'nobody' : 'somebody'}
          options={[
            { value: 'somebody', text: t('override.somebody') },
            { value: 'nobody', text: t('override.nobody') },
          ]}
          onChange={(value) => setNobody(value === 'nobody')}
        />
        {!nobody && <PersonPick legend={t('override.person')} role="doctor" value={person} onPick={setPerson} />}
        {nobody && <p class="hint">{t('override.nobody_note')}</p>}
        <Input label={t('override.reason')} help={t('override.reason_help')} required maxLength={40} value={reason} onInput={setReason} />
        <Refusal problem={sending.problem} />
        <InTheWay problem={sending.problem} onGone={() => sending.clear()} />
        <div class="buttons">
          <button class="button" disabled={sending.busy || !ready}>
            {t('override.save')}
          </button>
          <a class="button quiet" href="/duty">
            {t('cancel')}
          </a>
        </div>
      </form>
    </div>
  );
}

// The override that stands in the way, named, with the way to take it back.
function InTheWay({ problem, onGone }: { problem: Problem | undefined; onGone: () => void }) {
  const sending = useSend();
  const other = problem?.conflict as OverrideConflict | undefined;
  if (!other?.override_id) return null;
  const remove = async () => {
    if (await sending.send(() => api(`/overrides/${other.override_id}`, { method: 'DELETE' }))) onGone();
  };
  return (
    <div class="hint">
      <p>
        <strong>{spanText(other.from, other.to)}</strong> {other.add_name ?? t('override.nobody')}
      </p>
      <p>
        {other.reason} {other.entered_by && t('duty.entered_by', { name: other.entered_by })}
      </p>
      <Refusal problem={sending.problem} />
      <button type="button" class="button quiet small" disabled={sending.busy} onClick={() => void remove()}>
        {t('duty.undo_do')}
      </button>
    </div>
  );
}

// ---- closures ----

export function ClosuresPage() {
  const list = useLoad('closures', () => api<ClosureListAnswer>('/closures'));
  const [first, setFirst] = useState(dayOf(Date.now()));
  const [last, setLast] = useState(dayOf(Date.now()));
  const [name, setName] = useState('');
  const [closure, renew] = useState(newId);
  const town = has('rota_office', 'municipal_officer', 'administrator', 'operator');
  const [whose, setWhose] = useState(town ? 'municipality' : 'office');
  const sending = useSend();
  const send = async () => {
    const body = {
      ...(whose === 'municipality' ? { municipality: session.value?.municipality } : { office_id: session.value?.office_id }),
      first_day: first,
      last_day: last,
      name: name.trim(),
    };
    const done = await sending.send(() => api(`/closures/${closure}`, { method: 'PUT', body }));
    if (done) (setName(''), renew(newId), void list.again());
  };
  return (
    <div class="page narrow">
      <p>
        <a href="/duty/arrange">{t('arrange.back')}</a>
      </p>
      <Title text={t('arrange.closures')} />
      <p class="help">{t('closure.note')}</p>
      {!list.data && (list.problem ? <Refusal problem={list.problem} again={() => void list.again()} /> : <Skeleton />)}
      {list.data && <p class="soft">{t('closure.settled', { date: fullDate(parseTime(`${list.data.settled_until}T00:00:00+09:00`), language.value) })}</p>}
      {list.data?.closures.length === 0 && <p class="soft">{t('closure.none')}</p>}
      <ul class="rows">
        {list.data?.closures.map((one) => (
          <Closure key={one.closure_id} one={one} again={() => void list.again()} />
        ))}
      </ul>
      <Section title={t('closure.add')}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}>
          {town && (
            <Choice
              legend={t('closure.whose')}
              name="whose"
              value={whose}
              options={[
                { value: 'municipality', text: session.value?.municipality_name ?? '' },
                { value: 'office', text: session.value?.office ?? '' },
              ]}
              onChange={setWhose}
            />
          )}
          <Input label={t('closure.name')} help={t('closure.name_help')} required maxLength={40} value={name} onInput={setName} />
          <div class="pair">
            <Input label={t('closure.first')} type="date" required value={first} onInput={setFirst} />
            <Input label={t('closure.last')} type="date" required value={last} onInput={setLast} error={sending.problem?.textOf('/last_day')} />
          </div>
          <Refusal problem={sending.problem} />
          <button class="button wide" disabled={sending.busy || !name.trim()}>
            {t('closure.save')}
          </button>
        </form>
      </Section>
    </div>
  );
}

function Closure({ one, again }: { one: ClosureLine; again: () => void }) {
  const own = one.municipality === session.value?.municipality || one.office_id === session.value?.office_id;
  const remove = async () => {
    await api(`/closures/${one.closure_id}`, { method: 'DELETE' });
    again();
  };
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>{one.name}</strong> <Day date={one.first_day} />
        {one.last_day !== one.first_day && (
          <>
            {' – '}
            <Day date={one.last_day} />
          </>
        )}
      </span>
      <span class="row-note">{one.office ?? (one.municipality && municipalityName(one.municipality))}</span>
      {own && <Ask title={t('closure.remove')} label={t('closure.remove_do')} onDo={remove} />}
    </li>
  );
}
