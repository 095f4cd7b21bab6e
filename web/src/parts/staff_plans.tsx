// Who joins, leaves or changes on a day to come: the list that is handed over in April. It can be printed; nothing happens by it alone.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { t, word } from '../app/words.ts';
import type { StaffPlan, StaffPlanKind, StaffPlansAnswer } from '../model.ts';
import { dayOf } from '../lib/time.ts';
import { Day, Empty, Input, Section, Text } from './basic.tsx';
import { Select } from './choices.tsx';
import { Ask, Fold, Form, wordsOfEnum } from './form.tsx';

const DAY_MS = 86_400_000;

// office absent: all one looks after.
export function StaffPlans({ office }: { office?: string }) {
  const [from] = useState(() => dayOf(Date.now()));
  const [to] = useState(() => dayOf(Date.now() + 365 * DAY_MS));
  const query = { from, to, ...(office && { office_id: office }) };
  const list = useLoad(`plans-${office ?? ''}`, () => api<StaffPlansAnswer>('/staff-plans', { query }));
  return (
    <Section title={t('plan.title')} note={t('plan.note')}>
      {list.data?.plans.length === 0 && <Empty title={t('plan.none')} />}
      <ul class="rows">
        {list.data?.plans.map((one) => (
          <Plan key={one.plan_id} one={one} everywhere={!office} again={list.again} />
        ))}
      </ul>
      {office && (
        <Fold title={t('plan.add')}>
          <NewPlan office={office} again={list.again} />
        </Fold>
      )}
      {(list.data?.plans.length ?? 0) > 0 && (
        <p>
          <a class="button quiet" href={`/api/v1/staff-plans.pdf?${new URLSearchParams(query)}`} target="_blank" rel="noopener">
            {t('plan.print')}
          </a>
        </p>
      )}
    </Section>
  );
}

const put = (office: string, id: string, body: object) => api(`/offices/${office}/plans/${id}`, { method: 'PUT', body });

function Plan({ one, everywhere, again }: { one: StaffPlan; everywhere: boolean; again: () => Promise<void> }) {
  const { on, kind, name, note } = one;
  const drop = () => put(one.office_id, one.plan_id, { on, kind, name, ...(note && { note }), withdrawn: true }).then(again);
  return (
    <li class="row row-pad">
      <span class="row-text">
        <Day date={on} /> <strong>{name}</strong>　{word('staff_plan_kind', kind)}
      </span>
      {everywhere && <a href={`/offices/${one.office_id}`}>{one.office}</a>}
      {note && <span class="row-note">{note}</span>}
      <Ask title={t('plan.drop')} of={name} label={t('plan.drop_do')} onDo={drop} />
    </li>
  );
}

function NewPlan({ office, again }: { office: string; again: () => Promise<void> }) {
  const [id, setId] = useState(() => crypto.randomUUID() as string);
  const [on, setOn] = useState('');
  const [kind, setKind] = useState<StaffPlanKind>('leaves');
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const sending = useSend();
  const send = async () => {
    const sent = await sending.send(() => put(office, id, { on, kind, name: name.trim(), ...(note.trim() && { note: note.trim() }) }).then(again));
    if (sent) (setId(crypto.randomUUID()), setName(''), setNote(''));
  };
  return (
    <Form sending={sending} label={t('partner.save')} onSend={send}>
      <div class="pair">
        <Input label={t('plan.on')} at="/on" type="date" required value={on} onInput={setOn} />
        <Select label={t('plan.kind')} value={kind} options={wordsOfEnum('staff_plan_kind')} onChange={(value) => setKind(value as StaffPlanKind)} />
      </div>
      <Input label={t('head.name')} at="/name" required maxLength={40} value={name} onInput={setName} />
      <Text label={t('plan.words')} help={t('plan.words_help')} optional rows={2} maxLength={130} value={note} onInput={setNote} />
    </Form>
  );
}
