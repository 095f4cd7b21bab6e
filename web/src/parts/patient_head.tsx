// The head of a person's record: what anybody must know before anything else.
import { has } from '../app/session.ts';
import { t, word } from '../app/words.ts';
import type { PatientAnswer, TeamMember, TeamSeat } from '../model.ts';
import { Chip, Day, Tel, Title, Who } from './basic.tsx';

const seats = (patient: PatientAnswer, seat: TeamSeat): TeamMember[] => patient.team.filter((member) => member.seat === seat);

function Fact({ label, children, wide, strong }: { label: string; children: preact.ComponentChildren; wide?: boolean; strong?: boolean }) {
  return (
    <div class={['fact', wide && 'fact-wide', strong && 'fact-strong'].filter(Boolean).join(' ')}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Seat({ patient, seat }: { patient: PatientAnswer; seat: TeamSeat }) {
  const members = seats(patient, seat);
  if (members.length === 0)
    return (
      <Fact label={word('team_seat', seat)}>
        <span class="soft">{t('head.nobody')}</span>
      </Fact>
    );
  return (
    <Fact label={word('team_seat', seat)}>
      {members.map((member) => (
        <span class="fact-line" key={member.member_id}>
          {member.name}
          <span class="soft"> {member.office}</span> <Tel number={member.phone} />
        </span>
      ))}
    </Fact>
  );
}

// Written as none: nothing to point at.
const NONE = /^(特に)?(なし|無し|無|ない)[。.]?$/;

function Flags({ patient }: { patient: PatientAnswer }) {
  return (
    <p class="flags">
      {patient.terminal_phase && <Chip kind="wait">{t('patient.terminal')}</Chip>}
      {patient.lives_alone && <Chip>{t('head.alone')}</Chip>}
      {patient.place !== 'home' && <Chip kind="wait">{word('place_kind', patient.place)}</Chip>}
    </p>
  );
}

function Place({ patient }: { patient: PatientAnswer }) {
  return (
    <Fact label={t('head.place')} strong={patient.place !== 'home'}>
      {word('place_kind', patient.place)} {patient.place_name} <Tel number={patient.place_phone} />
      {patient.place_from && (
        <span class="fact-line soft">
          <Day date={patient.place_from} />
          {t('head.from')}
          {patient.place_to && <Day date={patient.place_to} />}
        </span>
      )}
    </Fact>
  );
}

const told = (patient: PatientAnswer): string =>
  t('head.told_text', {
    person: word('disclosure_status', patient.told_person ?? 'unknown'),
    family: word('disclosure_status', patient.told_family ?? 'unknown'),
  });

export function PatientHead({ patient }: { patient: PatientAnswer }) {
  const enters = !has('care_manager', 'municipal_officer') || Boolean(patient.infections);
  return (
    <header class="patient-head">
      <div class="patient-name">
        <Title text={`${patient.name}（${patient.name_kana}）`}>
          <Who
            name={patient.name}
            kana={patient.name_kana}
            birth={patient.birth_date}
            municipality={patient.municipality}
            care={patient.care_level}
          />
        </Title>
        <Flags patient={patient} />
      </div>
      <dl class="facts">
        <Place patient={patient} />
        <Fact label={t('head.allergies')} strong={Boolean(patient.allergies) && !NONE.test(patient.allergies ?? '')}>
          {patient.allergies || <span class="soft">{t('head.no_allergies')}</span>}
        </Fact>
        <Fact label={t('head.told')}>{told(patient)}</Fact>
        <Fact label={t('head.nursing_phone')}>
          {patient.nursing_phone ? <Tel number={patient.nursing_phone} /> : <span class="soft">{t('head.none')}</span>}
        </Fact>
        <Seat patient={patient} seat="attending_doctor" />
        <Seat patient={patient} seat="care_manager" />
        <Fact label={t('head.contacts')} wide>
          {patient.contacts.length === 0 && <span class="soft">{t('head.none')}</span>}
          {patient.contacts.map((contact, at) => (
            <span class="fact-line" key={at}>
              {contact.name}（{contact.relation}） <Tel number={contact.phone} />
            </span>
          ))}
        </Fact>
        {patient.contact_caution && (
          <Fact label={t('head.caution')} wide strong>
            {patient.contact_caution}
          </Fact>
        )}
        {enters && patient.infections && (
          <Fact label={t('head.infections')} wide strong>
            {patient.infections}
          </Fact>
        )}
        <Fact label={t('head.birth')}>
          <Day date={patient.birth_date} era /> {patient.sex && word('sex', patient.sex)}
        </Fact>
        <Fact label={t('head.address')}>
          {patient.address || <span class="soft">{t('head.none')}</span>} <Tel number={patient.phone} />
        </Fact>
      </dl>
    </header>
  );
}
