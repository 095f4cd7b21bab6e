// 急変時診療医療機関: one hospital at a time is asked, answers, and is ended; and when 看取り began, which only the attending or a deputy doctor says.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useSend } from '../app/load.ts';
import { session } from '../app/session.ts';
import { t, word } from '../app/words.ts';
import type { DesignationView, EmergencyPapersAnswer, MembershipView, PatientAnswer } from '../model.ts';
import { dayOf } from '../lib/time.ts';
import { Chip, Choice, Day, Empty, Input, Section, Tel, When, type ChipKind } from './basic.tsx';
import { PersonPick } from './choices.tsx';
import { Ask, Fold, Form } from './form.tsx';
import { RouteLines } from './routes.tsx';

export interface PapersProps {
  patient: PatientAnswer;
  papers: EmergencyPapersAnswer;
  again: () => Promise<void>;
}

const KINDS: Record<DesignationView['state'], ChipKind> = { requested: 'wait', confirmed: 'good', declined: 'plain', ended: 'plain' };
const open = (one: DesignationView) => one.state === 'requested' || one.state === 'confirmed';

export function Hospitals({ patient, papers, again }: PapersProps) {
  const now = papers.hospitals.filter(open);
  const before = papers.hospitals.filter((one) => !open(one));
  return (
    <Section title={t('papers.hospital')} note={t('papers.hospital_note')}>
      {now.length === 0 && <Empty title={t('papers.hospital_none')} />}
      <ul class="rows">
        {now.map((one) => (
          <Hospital key={one.designation_id} one={one} patient={patient} again={again} />
        ))}
      </ul>
      {now.length === 0 && patient.may_edit && <AskHospital patient={patient} again={again} />}
      {before.length > 0 && (
        <Fold title={t('papers.before', { count: before.length })}>
          <ul class="rows">
            {before.map((one) => (
              <Hospital key={one.designation_id} one={one} patient={patient} again={again} />
            ))}
          </ul>
        </Fold>
      )}
    </Section>
  );
}

// Both sides of the registration: the hospital, and the offices of the doctors.
function ways(one: DesignationView, patient: PatientAnswer): string[] {
  const doctors = patient.team.filter((each) => each.seat === 'attending_doctor' || each.seat === 'deputy_doctor').map((each) => each.office_id);
  return one.office_id ? [...new Set([one.office_id, ...doctors])] : [];
}

interface HospitalProps {
  one: DesignationView;
  patient: PatientAnswer;
  again: () => Promise<void>;
}

function Hospital({ one, patient, again }: HospitalProps) {
  const [reason, setReason] = useState('');
  const end = async () => {
    await api(`/patients/${patient.patient_id}/designated-hospital/${one.designation_id}/end`, { method: 'POST', body: { reason: reason.trim() } });
    await again();
  };
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>{one.facility}</strong> <Chip kind={KINDS[one.state]}>{word('designation_state', one.state)}</Chip>
      </span>
      <span>
        <Tel number={one.phone} /> <Tel number={one.night_phone} name={one.night_phone && t('papers.night')} />
      </span>
      {open(one) && ways(one, patient).map((office) => <RouteLines key={office} office={office} />)}
      <span class="row-note">
        {t('papers.asked')} <When at={one.requested_at} /> {one.requested_by_name}
      </span>
      {one.answered_at && (
        <span class="row-note">
          {t('papers.answered')} <When at={one.answered_at} /> {one.answered_by_name}
        </span>
      )}
      {one.reason && <span class="row-note">{t('papers.reason', { reason: one.reason })}</span>}
      {open(one) && <span class="row-note">{t(one.parallel_notice ? 'papers.parallel_yes' : 'papers.parallel_no')}</span>}
      {patient.may_edit && one.state === 'requested' && <HospitalAnswer patient={patient.patient_id} id={one.designation_id} again={again} />}
      {patient.may_edit && open(one) && (
        <Ask title={t('papers.end')} of={one.facility} sure={t('papers.end_sure')} label={t('papers.end_do')} onDo={end} disabled={!reason.trim()}>
          <Input label={t('papers.end_reason')} at="/reason" required maxLength={130} value={reason} onInput={setReason} />
        </Ask>
      )}
    </li>
  );
}

// Written by the hospital itself, or by whoever asked it on the telephone.
export function HospitalAnswer({ patient, id, again }: { patient: string; id: string; again: () => Promise<void> }) {
  const [answer, setAnswer] = useState('');
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const sending = useSend();
  const send = () =>
    sending.send(async () => {
      const declined = answer === 'no' ? { reason: reason.trim() } : {};
      const body = { confirmed: answer === 'yes', answered_by_name: name.trim(), ...declined };
      await api(`/patients/${patient}/designated-hospital/${id}/answer`, { method: 'POST', body });
      await again();
    });
  return (
    <Fold title={t('papers.answer')}>
      <Form sending={sending} label={t('papers.answer_do')} onSend={send} disabled={!answer || !name.trim()}>
        <Choice
          legend={t('papers.answer_which')}
          name={`answer-${id}`}
          value={answer}
          options={[
            { value: 'yes', text: t('papers.answer_yes') },
            { value: 'no', text: t('papers.answer_no') },
          ]}
          onChange={setAnswer}
        />
        <Input label={t('papers.answered_by')} help={t('papers.answered_by_help')} at="/answered_by_name" required maxLength={40} value={name} onInput={setName} />
        {answer === 'no' && <Input label={t('papers.decline_reason')} at="/reason" required maxLength={130} value={reason} onInput={setReason} />}
      </Form>
    </Fold>
  );
}

function AskHospital({ patient, again }: { patient: PatientAnswer; again: () => Promise<void> }) {
  const [office, setOffice] = useState<MembershipView | undefined>(undefined);
  const [facility, setFacility] = useState('');
  const [phone, setPhone] = useState('');
  const [night, setNight] = useState('');
  const [parallel, setParallel] = useState(false);
  const [id] = useState(() => crypto.randomUUID() as string);
  const sending = useSend();
  const pick = (one: MembershipView | undefined) => {
    setOffice(one);
    if (one) setFacility(one.office);
    if (one?.phone) setPhone(one.phone);
  };
  const send = () =>
    sending.send(async () => {
      const body = {
        designation_id: id,
        facility: facility.trim(),
        parallel_notice: parallel,
        ...(office && { office_id: office.office_id }),
        ...(phone.trim() && { phone: phone.trim() }),
        ...(night.trim() && { night_phone: night.trim() }),
      };
      await api(`/patients/${patient.patient_id}/designated-hospital`, { method: 'POST', body });
      await again();
    });
  return (
    <Fold title={t('papers.ask')}>
      <Form sending={sending} label={t('papers.ask_do')} onSend={send} disabled={!facility.trim()}>
        <PersonPick legend={t('papers.office')} help={t('papers.office_help')} value={office} onPick={pick} />
        <Input label={t('papers.facility')} at="/facility" required maxLength={60} value={facility} onInput={setFacility} />
        <div class="pair">
          <Input label={t('papers.phone')} at="/phone" optional type="tel" maxLength={20} value={phone} onInput={setPhone} />
          <Input label={t('papers.night_phone')} at="/night_phone" optional type="tel" maxLength={20} value={night} onInput={setNight} />
        </div>
        <label class="tick">
          <input type="checkbox" checked={parallel} onChange={(event) => setParallel(event.currentTarget.checked)} />
          <span>{t('papers.parallel')}</span>
        </label>
      </Form>
    </Fold>
  );
}

const attends = (patient: PatientAnswer): boolean =>
  patient.team.some(
    (one) =>
      one.person_id === session.value?.person_id &&
      one.office_id === session.value.office_id &&
      (one.seat === 'attending_doctor' || one.seat === 'deputy_doctor'),
  );

export function Phase({ patient, papers, again }: PapersProps) {
  const begun = papers.acp.terminal_phase;
  const [since, setSince] = useState(dayOf(Date.now()));
  const [phone, setPhone] = useState(patient.terminal_first_phone ?? '');
  const set = async () => {
    const body = { terminal_phase: !begun, since, ...(!begun && phone.trim() && { terminal_first_phone: phone.trim() }) };
    await api(`/patients/${patient.patient_id}/terminal-phase`, { method: 'PUT', body });
    await again();
  };
  return (
    <Section title={t('phase.title')} note={t('phase.note')}>
      <p>
        <strong>{t(begun ? 'phase.on' : 'phase.off')}</strong>{' '}
        {begun && papers.acp.terminal_since && (
          <>
            <Day date={papers.acp.terminal_since} />
            {t('head.from')}
          </>
        )}{' '}
        {begun && <Tel number={patient.terminal_first_phone} name={t('head.terminal_first_phone')} />}
      </p>
      {attends(patient) ? (
        <Ask key={String(begun)} title={t(begun ? 'phase.end' : 'phase.begin')} sure={t(begun ? 'phase.end_sure' : 'phase.begin_sure')} label={t(begun ? 'phase.end_do' : 'phase.begin_do')} onDo={set}>
          <Input label={t(begun ? 'phase.until' : 'phase.since')} at="/since" type="date" required max={dayOf(Date.now())} value={since} onInput={setSince} />
          {!begun && (
            <Input label={t('head.terminal_first_phone')} at="/terminal_first_phone" optional type="tel" maxLength={20} value={phone} onInput={setPhone} />
          )}
        </Ask>
      ) : (
        <p class="soft">{t('phase.who')}</p>
      )}
    </Section>
  );
}

