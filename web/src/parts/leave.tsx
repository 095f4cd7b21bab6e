// Somebody leaves an office: who takes over which seats in care teams is chosen and done in the same step; what nobody took over stays in sight.
import { useEffect, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, type Loaded } from '../app/load.ts';
import { t, word } from '../app/words.ts';
import type { OfficeLine, OfficePerson, OfficeSeatsAnswer, SeatCount, SeatFit, TeamSeat } from '../model.ts';
import { Section } from './basic.tsx';
import { Select } from './choices.tsx';
import { Ask } from './form.tsx';

export type Seats = Loaded<OfficeSeatsAnswer>;
type Chosen = Partial<Record<TeamSeat, string>>;

export const useSeats = (office: string): Seats => useLoad(`seats-${office}`, () => api<OfficeSeatsAnswer>(`/offices/${office}/seats`));

const handOver = (office: string, person: string, chosen: Chosen) =>
  api(`/offices/${office}/leavers/${person}`, {
    method: 'PUT',
    body: { successors: Object.entries(chosen).filter(([, person_id]) => person_id).map(([seat, person_id]) => ({ seat: seat as TeamSeat, person_id })) },
  });

const fitting = (fits: readonly SeatFit[], seat: TeamSeat, leaver: string) =>
  fits.filter((one) => one.person_id !== leaver && one.seats.includes(seat)).map((one) => ({ value: one.person_id, text: one.name }));

function Successors({ seats, fits, of, chosen, onChange }: { seats: readonly SeatCount[]; fits: readonly SeatFit[]; of: 'held' | 'vacant'; chosen: Chosen; onChange: (chosen: Chosen) => void }) {
  const leaver = seats[0]?.person_id ?? '';
  const everybody = fits.filter((one) => one.person_id !== leaver && seats.some(({ seat }) => one.seats.includes(seat)));
  const takes = (person: string, seat: TeamSeat): boolean => !person || fitting(fits, seat, leaver).some(({ value }) => value === person);
  const all = (person: string) => onChange(Object.fromEntries(seats.filter(({ seat }) => takes(person, seat)).map(({ seat }) => [seat, person])));
  return (
    <>
      {seats.length > 1 && everybody.length > 0 && (
        <Select label={t('leave.all')} value="" none={t('choose')} options={everybody.map((one) => ({ value: one.person_id, text: one.name }))} onChange={all} />
      )}
      {seats.map((one) => (
        <Select
          key={one.seat}
          label={t('leave.seat', { seat: word('team_seat', one.seat), count: one[of] })}
          help={fitting(fits, one.seat, leaver).length === 0 ? t('leave.nobody_fits') : undefined}
          value={chosen[one.seat] ?? ''}
          none={t('leave.nobody')}
          options={fitting(fits, one.seat, leaver)}
          onChange={(person) => onChange({ ...chosen, [one.seat]: person })}
        />
      ))}
    </>
  );
}

// What has been announced is done by another service a moment later: looked at again then.
async function afterwards(seats: Seats, again: () => Promise<void>) {
  await again();
  setTimeout(() => void seats.again(), 1500);
}

export function Leave({ one, office, seats, again }: { one: OfficePerson; office: OfficeLine; seats: Seats; again: () => Promise<void> }) {
  const [chosen, setChosen] = useState<Chosen>({});
  const held = seats.data?.seats.filter((seat) => seat.person_id === one.person_id && seat.held > 0) ?? [];
  const leave = async () => {
    await handOver(office.office_id, one.person_id, chosen);
    await afterwards(seats, again);
  };
  return (
    <Ask title={t('staff.leave')} of={one.name} sure={t('staff.leave_sure', { name: one.name, office: office.name })} label={t('staff.leave_do')} onDo={leave}>
      {held.length > 0 && <p>{t('leave.seats')}</p>}
      <Successors seats={held} fits={seats.data?.fits ?? []} of="held" chosen={chosen} onChange={setChosen} />
    </Ask>
  );
}

// Seats of people who have left, that nobody took over.
export function VacantSeats({ office, seats }: { office: OfficeLine; seats: Seats }) {
  const vacant = seats.data?.seats.filter((one) => one.vacant > 0) ?? [];
  const leavers = [...new Set(vacant.map((one) => one.person_id))];
  if (vacant.length === 0) return null;
  return (
    <Section title={t('leave.vacant')} note={t('leave.vacant_note')}>
      {leavers.map((person) => (
        <Vacant key={person} office={office} seats={seats} left={vacant.filter((one) => one.person_id === person)} />
      ))}
    </Section>
  );
}

function Vacant({ office, seats, left }: { office: OfficeLine; seats: Seats; left: readonly SeatCount[] }) {
  const [chosen, setChosen] = useState<Chosen>({});
  const { person_id: person, name } = left[0]!;
  useEffect(() => setChosen({}), [left.length]);
  const give = async () => {
    await handOver(office.office_id, person, chosen);
    await afterwards(seats, seats.again);
  };
  return (
    <Ask title={t('leave.of', { name, count: left.reduce((sum, one) => sum + one.vacant, 0) })} label={t('leave.give')} onDo={give} disabled={!Object.values(chosen).some(Boolean)}>
      <Successors seats={left} fits={seats.data?.fits ?? []} of="vacant" chosen={chosen} onChange={setChosen} />
    </Ask>
  );
}
