// The rule of one rotation: which days and hours it covers, who takes turns, how the turn passes on.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { go } from '../app/route.ts';
import { municipalities, session } from '../app/session.ts';
import { t, word } from '../app/words.ts';
import {
  enumValues,
  type DayClass,
  type MembershipView,
  type RotationAdvance,
  type RotationKind,
  type RotationListAnswer,
  type RotationView,
} from '../model.ts';
import type { Problem } from '../lib/problem.ts';
import { bandOf, clockOf, minutesOf } from '../lib/roster.ts';
import { dayOf } from '../lib/time.ts';
import { Choice, Input, Refusal, Section, Skeleton, Title } from '../parts/basic.tsx';
import { PersonPick, Select, Ticks } from '../parts/choices.tsx';

interface Member {
  person_id: string;
  office_id: string;
  name: string;
  lacks?: boolean;
}

interface Rule {
  name: string;
  municipality: string;
  kind: RotationKind;
  advance: RotationAdvance;
  anchor: string;
  handoff: string;
  from: string;
  to: string;
  day_classes: DayClass[];
  weekdays: number[];
  weeks: number[];
  members: Member[];
}

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
const WEEKS = [1, 2, 3, 4, 5] as const;

function ruleOf(one: RotationView | undefined): Rule {
  return {
    name: one?.name ?? '',
    municipality: one?.municipality ?? session.value?.municipality ?? '',
    kind: one?.kind ?? 'daily',
    advance: one?.advance ?? 'when_active',
    anchor: one?.anchor ?? dayOf(Date.now()),
    handoff: clockOf(one?.handoff_minute ?? 1080),
    from: clockOf(one?.from_minute ?? 1080),
    to: clockOf(one?.to_minute ?? 1950),
    day_classes: [...(one?.day_classes ?? enumValues<DayClass>('day_class'))],
    weekdays: [...(one?.weekdays ?? [])],
    weeks: [...(one?.weeks ?? [])],
    members: (one?.members ?? []).map((person_id, at) => ({
      person_id,
      office_id: one?.office_ids?.[at] ?? '',
      name: [one?.names[at], one?.offices?.[at] && `（${one.offices[at]}）`].filter(Boolean).join(''),
      lacks: one?.one_authenticator?.includes(person_id) ?? false,
    })),
  };
}

export default function RotationPage({ id }: { id?: string }) {
  const list = useLoad('rotations', () => api<RotationListAnswer>('/rotations'));
  const one = list.data?.rotations.find((each) => each.rotation_id === id);
  const [fresh] = useState(() => crypto.randomUUID() as string);
  return (
    <div class="page narrow">
      <p>
        <a href="/duty/arrange">{t('arrange.back')}</a>
      </p>
      <Title text={t(id ? 'rotation.edit' : 'rotation.new')} />
      {!list.data && (list.problem ? <Refusal problem={list.problem} again={() => void list.again()} /> : <Skeleton lines={8} />)}
      {list.data && <RuleForm key={one?.version ?? 0} id={one?.rotation_id ?? fresh} start={ruleOf(one)} />}
    </div>
  );
}

function RuleForm({ id, start }: { id: string; start: Rule }) {
  const [rule, setRule] = useState(start);
  const sending = useSend();
  const set = (part: Partial<Rule>) => setRule({ ...rule, ...part });
  const band = bandOf(rule.from, rule.to);
  const ready = rule.name.trim() && band && rule.members.length > 0 && rule.day_classes.length > 0;
  const send = async () => {
    if (!ready) return;
    const { name, municipality, kind, advance, anchor, day_classes, members } = rule;
    const body = {
      ...{ name: name.trim(), municipality, kind, advance, anchor, day_classes, ...band },
      handoff_minute: minutesOf(rule.handoff) ?? band.from_minute,
      ...(rule.weekdays.length > 0 && rule.weekdays.length < 7 ? { weekdays: rule.weekdays } : {}),
      ...(rule.weeks.length > 0 && rule.weeks.length < 5 ? { weeks: rule.weeks } : {}),
      members: members.map((one) => one.person_id),
      office_ids: members.map((one) => one.office_id),
    };
    if (await sending.send(() => api(`/rotations/${id}`, { method: 'PUT', body }))) go('/duty/arrange');
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}>
      <Input label={t('rotation.name')} help={t('rotation.name_help')} required maxLength={40} value={rule.name} onInput={(name) => set({ name })} />
      <Select
        label={t('facility.municipality')}
        value={rule.municipality}
        options={[...municipalities.value.entries()].map(([value, text]) => ({ value, text }))}
        onChange={(municipality) => set({ municipality })}
      />
      <Section title={t('rotation.when')}>
        <Ticks
          legend={t('rotation.days')}
          values={rule.day_classes}
          options={enumValues<DayClass>('day_class').map((value) => ({ value, text: word('day_class', value) }))}
          onChange={(days) => set({ day_classes: days as DayClass[] })}
        />
        <p class="help">{t('chain.to_help')}</p>
        <div class="pair">
          <Input label={t('chain.from')} type="time" required value={rule.from} onInput={(from) => set({ from })} />
          <Input label={t('chain.to')} type="time" required value={rule.to} onInput={(to) => set({ to })} />
        </div>
        <details class="before">
          <summary>{t('rotation.narrow')}</summary>
          <Ticks
            legend={t('chain.weekdays')}
            help={t('chain.weekdays_help')}
            values={rule.weekdays.map(String)}
            options={WEEK.map((day) => ({ value: String(day), text: t(`weekday.${day}`) }))}
            onChange={(days) => set({ weekdays: days.map(Number) })}
          />
          <Ticks
            legend={t('rotation.weeks')}
            values={rule.weeks.map(String)}
            options={WEEKS.map((week) => ({ value: String(week), text: week === 5 ? t('rotation.week_last') : t('rotation.week', { number: week }) }))}
            onChange={(weeks) => set({ weeks: weeks.map(Number) })}
          />
        </details>
      </Section>
      <Section title={t('rotation.turns')}>
        <Choice
          legend={t('rotation.kind')}
          name="kind"
          value={rule.kind}
          options={enumValues<RotationKind>('rotation_kind').map((value) => ({ value, text: word('rotation_kind', value) }))}
          onChange={(kind) => set({ kind: kind as RotationKind })}
        />
        <Choice
          legend={t('rotation.advance')}
          name="advance"
          value={rule.advance}
          options={enumValues<RotationAdvance>('rotation_advance').map((value) => ({ value, text: word('rotation_advance', value) }))}
          onChange={(advance) => set({ advance: advance as RotationAdvance })}
        />
        <div class="pair">
          <Input label={t('rotation.anchor')} type="date" required value={rule.anchor} onInput={(anchor) => set({ anchor })} />
          <Input label={t('rotation.handoff')} type="time" required value={rule.handoff} onInput={(handoff) => set({ handoff })} />
        </div>
        <Members
          members={rule.members}
          problem={sending.problem}
          onChange={(members) => {
            sending.clear();
            set({ members });
          }}
        />
      </Section>
      <p class="hint">{t('rotation.from_next')}</p>
      <Refusal problem={sending.problem} />
      <div class="buttons">
        <button class="button" disabled={sending.busy || !ready}>
          {t('rotation.save')}
        </button>
        <a class="button quiet" href="/duty/arrange">
          {t('cancel')}
        </a>
      </div>
    </form>
  );
}

interface MembersProps {
  members: readonly Member[];
  problem: Problem | undefined;
  onChange: (members: Member[]) => void;
}

// In order of turn; one person may stand twice. What is wrong with one stands in the own row.
function Members({ members, problem, onChange }: MembersProps) {
  const [picking, setPicking] = useState(0);
  const add = (person: MembershipView | undefined) => {
    if (!person) return;
    onChange([...members, { person_id: person.person_id, office_id: person.office_id, name: `${person.name}（${person.office}）` }]);
    setPicking(picking + 1);
  };
  const swap = (at: number) => {
    const result = [...members];
    [result[at - 1], result[at]] = [result[at]!, result[at - 1]!];
    onChange(result);
  };
  return (
    <>
      <h3>{t('rotation.members')}</h3>
      {members.length === 0 && <p class="soft">{t('rotation.nobody')}</p>}
      <ol class="rows">
        {members.map((one, at) => (
          <li class="row row-pad member" key={`${one.person_id}-${at}`}>
            <div>
              <span class="try-number">{at + 1}</span> {one.name}
              {(one.lacks || problem?.textOf(`/members/${at}`)) && (
                <p class="field-error">{problem?.textOf(`/members/${at}`) ?? t('rotation.one_authenticator')}</p>
              )}
            </div>
            <span class="chain-do">
              <button type="button" class="button quiet small" disabled={at === 0} onClick={() => swap(at)}>
                {t('chain.up')}
                <span class="hidden"> {one.name}</span>
              </button>
              <button type="button" class="button quiet small" onClick={() => onChange(members.filter((_, other) => other !== at))}>
                {t('chain.remove')}
                <span class="hidden"> {one.name}</span>
              </button>
            </span>
          </li>
        ))}
      </ol>
      <PersonPick key={picking} legend={t('rotation.add')} role="doctor" value={undefined} onPick={add} />
    </>
  );
}
