// The care team: who sits where, adding somebody by name, taking a seat away.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { municipalityName } from '../app/session.ts';
import { dot, listed, t, word } from '../app/words.ts';
import { enumValues, type ColleagueListAnswer, type MembershipView, type PatientAnswer, type TeamMember, type TeamSeat } from '../model.ts';
import { Choice, Empty, Input, Refusal, Section, Skeleton, Tel, When } from './basic.tsx';

interface Props {
  patient: PatientAnswer;
  again: () => Promise<void>;
}

export function TeamForm({ patient, again }: Props) {
  return (
    <>
      <Section title={t('team.now')}>
        <ul class="rows">
          {patient.team.map((member) => (
            <Seat key={member.member_id} patient={patient} member={member} again={again} />
          ))}
        </ul>
      </Section>
      {patient.may_edit && <Add patient={patient} again={again} />}
    </>
  );
}

function Seat({ patient, member, again }: Props & { member: TeamMember }) {
  const sending = useSend();
  const remove = () =>
    sending.send(async () => {
      await api(`/patients/${patient.patient_id}/team/${member.member_id}`, { method: 'DELETE' });
      await again();
    });
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>{word('team_seat', member.seat)}</strong> {member.name}（{word('role', member.role)}）
      </span>
      <span class="row-note">
        {member.office} <Tel number={member.phone} />
        {dot()}
        {t('team.since')} <When at={member.since} />
      </span>
      <Refusal problem={sending.problem} />
      {patient.may_edit && (
        <details class="before">
          <summary>{t('team.remove')}</summary>
          <p>{t('team.remove_sure', { name: member.name })}</p>
          <button type="button" class="button quiet" disabled={sending.busy} onClick={() => void remove()}>
            {t('team.remove_do')}
          </button>
        </details>
      )}
    </li>
  );
}

function Add({ patient, again }: Props) {
  const [text, setText] = useState('');
  const [seat, setSeat] = useState<TeamSeat>('visiting_nursing');
  const [person, setPerson] = useState<MembershipView | undefined>(undefined);
  const people = useLoad(text.trim().length > 0 ? `people-${text}` : undefined, () =>
    api<ColleagueListAnswer>('/people', { query: { text: text.trim(), limit: 20 } }),
  );
  const sending = useSend();
  const add = async () => {
    if (!person) return;
    const body = { member_id: crypto.randomUUID(), seat, person_id: person.person_id, office_id: person.office_id };
    const done = await sending.send(async () => {
      await api(`/patients/${patient.patient_id}/team`, { method: 'POST', body });
      await again();
    });
    if (done) (setPerson(undefined), setText(''));
  };
  return (
    <Section title={t('team.add')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}>
        <Choice
          legend={t('team.seat')}
          name="seat"
          value={seat}
          options={enumValues<TeamSeat>('team_seat').map((value) => ({ value, text: word('team_seat', value) }))}
          onChange={(value) => setSeat(value as TeamSeat)}
        />
        <Input
          label={t('team.person')}
          help={t('team.person_help')}
          type="search"
          value={text}
          onInput={(value) => {
            setText(value);
            setPerson(undefined);
          }}
        />
        {text && !people.data && !people.problem && <Skeleton lines={2} />}
        {people.data?.people.length === 0 && <Empty title={t('team.nobody')} />}
        {people.data && people.data.people.length > 0 && (
          <Choice
            legend={t('team.found')}
            name="person"
            value={person?.membership_id}
            options={people.data.people.map((one) => ({
              value: one.membership_id,
              text: `${one.name}（${listed(one.roles.map((role) => word('role', role)))}・${one.office}・${municipalityName(one.municipality)}）`,
            }))}
            onChange={(value) => setPerson(people.data!.people.find((one) => one.membership_id === value))}
          />
        )}
        <Refusal problem={sending.problem ?? people.problem} />
        <button class="button wide" disabled={!person || sending.busy}>
          {t('team.add_do')}
        </button>
      </form>
    </Section>
  );
}
