// Drills: who is called in them, how the last ones went, and starting one. The machine's own tests stand apart from those of people.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { session } from '../app/session.ts';
import { t, word } from '../app/words.ts';
import type { DrillLine, DrillListAnswer, MembershipView } from '../model.ts';
import { durationText } from '../lib/figures.ts';
import { Chip, Empty, Refusal, Section, Skeleton, Title, When } from '../parts/basic.tsx';
import { PersonPick } from '../parts/choices.tsx';

export default function DrillsPage() {
  // Of the own municipality only; nobody else's people are called.
  const municipality = session.value?.municipality ?? '';
  const list = useLoad(`drills-${municipality}`, () => api<DrillListAnswer>(`/municipalities/${municipality}/drills`));
  const own = (list.data?.drills ?? []).filter((one) => !one.synthetic);
  const machine = (list.data?.drills ?? []).filter((one) => one.synthetic);
  return (
    <div class="page">
      <Title text={t('drill.title')} />
      <p class="help">{t('drill.note')}</p>
      {!list.data && (list.problem ? <Refusal problem={list.problem} again={() => void list.again()} /> : <Skeleton lines={6} />)}
      {list.data && (
        <>
          <Section title={t('drill.done')}>
            {own.length === 0 ? (
              <Empty title={t('drill.none')}>
                <p>{t('drill.how')}</p>
              </Empty>
            ) : (
              <Table lines={own} label={t('drill.done')} />
            )}
          </Section>
          <People key={municipality} municipality={municipality} list={list.data} again={list.again} />
          <Section title={t('drill.machine')} note={t('drill.machine_note')}>
            {machine.length === 0 ? <p class="hint">{t('drill.machine_none')}</p> : <Table lines={machine.slice(0, 20)} label={t('drill.machine')} />}
          </Section>
        </>
      )}
    </div>
  );
}

function Table({ lines, label }: { lines: readonly DrillLine[]; label: string }) {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={label}>
      <table class="numbers-table">
        <thead>
          <tr>
            <th scope="col">{t('drill.at')}</th>
            <th scope="col">{t('drill.asked')}</th>
            <th scope="col">{t('drill.delivered')}</th>
            <th scope="col">{t('drill.accepted')}</th>
            <th scope="col">{t('drill.ended')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((one) => (
            <tr key={one.alert_id}>
              <th scope="row">
                <When at={one.started_at} /> <span class="soft">{word('alert_class', one.class)}</span>
                {!one.synthetic && (
                  <a class="fact-line" href={`/alerts/${one.alert_id}`}>
                    {t('drill.course')}
                  </a>
                )}
              </th>
              <td>{one.asked}</td>
              <td>
                {one.delivered} {one.delivered < one.asked && <Chip kind="wait">{t('drill.missing')}</Chip>}
              </td>
              <td>
                {one.accepted_by ?? t('drill.nobody')}
                {one.accept_seconds !== undefined && <span class="fact-line">{durationText(one.accept_seconds, t)}</span>}
              </td>
              <td>{one.ended_at ? <When at={one.ended_at} /> : t('drill.open')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface PeopleProps {
  municipality: string;
  list: DrillListAnswer;
  again: () => Promise<void>;
}

// Nobody else is ever called by a drill.
function People({ municipality, list, again }: PeopleProps) {
  const names = useLoad(`drill-people-${municipality}`, async () => {
    const answer = await api<{ people: MembershipView[] }>('/people', { query: { limit: 200 } });
    return new Map(answer.people.map((one) => [one.person_id, `${one.name}（${one.office}）`] as const));
  });
  const [added, setAdded] = useState<ReadonlyMap<string, string>>(new Map());
  const [picking, setPicking] = useState(0);
  const sending = useSend();
  const put = (people: string[]) =>
    sending.send(async () => {
      await api(`/municipalities/${municipality}/drill-contacts`, { method: 'PUT', body: { people, offices: list.offices } });
      await again();
    });
  const add = (person: MembershipView | undefined) => {
    if (!person) return;
    setAdded(new Map([...added, [person.person_id, `${person.name}（${person.office}）`]]));
    setPicking(picking + 1);
    void put([...new Set([...list.people, person.person_id])]);
  };
  return (
    <Section title={t('drill.people')} note={t('drill.people_note')}>
      {list.people.length === 0 && <p class="hint">{t('drill.people_none')}</p>}
      <ul class="rows">
        {list.people.map((id) => (
          <li class="row row-pad member" key={id}>
            <span>{names.data?.get(id) ?? added.get(id) ?? t('drill.unknown')}</span>
            <button type="button" class="button quiet small" disabled={sending.busy} onClick={() => void put(list.people.filter((one) => one !== id))}>
              {t('chain.remove')}
              <span class="hidden"> {names.data?.get(id) ?? added.get(id)}</span>
            </button>
          </li>
        ))}
      </ul>
      <PersonPick key={picking} legend={t('drill.add')} value={undefined} onPick={add} />
      <Refusal problem={sending.problem} />
    </Section>
  );
}
