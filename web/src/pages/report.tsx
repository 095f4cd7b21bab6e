// Reporting a sudden change (practice.md): two large choices, 119 before any field, never "sent" before somebody has answered.
import { useEffect, useState } from 'preact/hooks';
import { api, online } from '../app/api.ts';
import { countSeconds, now } from '../app/clock.ts';
import { callback, setCallback } from '../app/device.ts';
import { keepNumbers } from '../app/numbers.ts';
import { sendings, sendReport, type Sending } from '../app/sender.ts';
import { session } from '../app/session.ts';
import { dot, t, word } from '../app/words.ts';
import { enumValues, type ConditionTag, type PatientAnswer, type Urgency } from '../model.ts';
import { kept, keysFrom } from '../lib/store.ts';
import { phonesOf, type PhoneCard } from '../lib/phones.ts';
import type { Report } from '../lib/report.ts';
import { go } from '../app/route.ts';
import { Choice, Empty, Input, Section, Tel, Text, Title, When, Who } from '../parts/basic.tsx';
import { usePatients } from './patients.tsx';

interface Subject {
  id: string;
  name: string;
  kana?: string;
  birth?: string;
  municipality?: string;
  terminal: boolean;
  first?: string;
}

// The patient as the server knows them, or as this device remembers when there is no connection.
function useSubject(id: string): Subject | undefined {
  const card = phonesOf(id);
  const [subject, setSubject] = useState<Subject | undefined>(
    card && { id, name: card.patient_name, terminal: card.terminal_phase, first: card.terminal_first },
  );
  useEffect(() => {
    void api<PatientAnswer>(`/patients/${id}`)
      .then((patient) => {
        setSubject({
          id,
          name: patient.name,
          kana: patient.name_kana,
          birth: patient.birth_date,
          municipality: patient.municipality,
          terminal: patient.terminal_phase,
          first: patient.terminal_first_phone,
        });
        return keepNumbers(patient);
      })
      .catch(() => undefined);
  }, [id]);
  return subject;
}

export function ReportPage({ id }: { id: string }) {
  const subject = useSubject(id) ?? { id, name: t('patient.someone'), terminal: false };
  const [step, setStep] = useState<'choose' | 'other'>('choose');
  const [sent, setSent] = useState<string | undefined>(undefined);
  const sending = sendings.value.find((one) => one.report.alert_id === sent);
  const send = (urgency: Urgency, tag: ConditionTag, happened = '') => {
    const report: Report = {
      alert_id: crypto.randomUUID(),
      idempotency_key: crypto.randomUUID(),
      person_id: session.value?.person_id ?? '',
      patient_id: id,
      patient_name: subject.name,
      urgency,
      tag,
      observed_at: Date.now(),
      ...(happened.trim() ? { happened: happened.trim() } : {}),
      ...(callback.value.trim() ? { callback: callback.value.trim() } : {}),
    };
    sendReport(report);
    setSent(report.alert_id);
  };
  useEffect(() => {
    if (sending?.stage.name === 'answered' && sending.report.urgency !== 'life_threatening') go(`/alerts/${sending.alert ?? sending.report.alert_id}`, true);
  }, [sending?.stage.name]);
  return (
    <div class="page narrow report">
      <Title text={t('report.title', { name: subject.name })}>{t('report.heading')}</Title>
      <p class="report-who">
        <Who name={subject.name} kana={subject.kana} birth={subject.birth} municipality={subject.municipality} />
      </p>
      {!online.value && (
        <p class="report-offline" role="alert">
          {t('report.offline')}
        </p>
      )}
      {sending ? (
        <OnTheWay sending={sending} subject={subject} />
      ) : step === 'choose' ? (
        <TwoChoices
          subject={subject}
          onLife={() => send('life_threatening', subject.terminal ? 'terminal' : 'consciousness')}
          onOther={() => setStep('other')}
        />
      ) : (
        <Details terminal={subject.terminal} onSend={send} onBack={() => setStep('choose')} />
      )}
    </div>
  );
}

function TwoChoices({ subject, onLife, onOther }: { subject: Subject; onLife: () => void; onOther: () => void }) {
  return (
    <div class="two-choices">
      <button type="button" class="big-choice big-alarm" onClick={onLife}>
        <span class="big-title">{t('report.life')}</span>
        <span>{t(subject.terminal ? 'report.life_terminal' : 'report.life_note')}</span>
      </button>
      <button type="button" class="big-choice" onClick={onOther}>
        <span class="big-title">{t('report.other')}</span>
        <span>{t('report.other_note')}</span>
      </button>
    </div>
  );
}

// 119, or for somebody in 看取り the agreed first number.
export function FirstCall({ terminal, first }: { terminal: boolean; first?: string }) {
  if (terminal && first)
    return (
      <div class="first-call">
        <p>{t('report.terminal_text')}</p>
        <Tel number={first} name={t('report.call_agreed')} big alarm />
      </div>
    );
  if (terminal)
    return (
      <div class="first-call">
        <p>{t('report.terminal_none')}</p>
      </div>
    );
  return (
    <div class="first-call">
      <Tel number="119" name={t('report.call_119')} big alarm />
    </div>
  );
}

function OnTheWay({ sending, subject }: { sending: Sending; subject: Subject }) {
  useEffect(countSeconds, []);
  const life = sending.report.urgency === 'life_threatening';
  return (
    <div class="on-the-way">
      {life && <FirstCall terminal={subject.terminal} first={subject.first} />}
      {sending.stage.name === 'answered' ? (
        <div class="arrived" role="status">
          <p>
            {t('report.arrived')} <When at={sending.stage.at} />
          </p>
          <a class="button wide" href={`/alerts/${sending.alert ?? sending.report.alert_id}`}>
            {t('report.follow')}
          </a>
        </div>
      ) : (
        <p class="sending" role="status">
          {t('report.sending', { seconds: Math.max(0, Math.round((now.value - sending.report.observed_at) / 1000)) })}
        </p>
      )}
    </div>
  );
}

const TAGS = (terminal: boolean): ConditionTag[] => enumValues<ConditionTag>('condition_tag').filter((tag) => tag !== 'terminal' || terminal);

function Details({
  terminal,
  onSend,
  onBack,
}: {
  terminal: boolean;
  onSend: (urgency: Urgency, tag: ConditionTag, happened: string) => void;
  onBack: () => void;
}) {
  const [tag, setTag] = useState<ConditionTag | undefined>(terminal ? 'terminal' : undefined);
  const [urgency, setUrgency] = useState<Urgency>('urgent');
  const [happened, setHappened] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (tag) onSend(urgency, tag, happened);
        else setMissing(true);
      }}>
      <Choice
        legend={t('report.tag')}
        name="tag"
        value={tag}
        options={TAGS(terminal).map((value) => ({ value, text: word('condition_tag', value) }))}
        error={missing && !tag ? t('report.tag_missing') : undefined}
        onChange={(value) => setTag(value as ConditionTag)}
      />
      <Choice
        legend={t('report.urgency')}
        name="urgency"
        value={urgency}
        options={(['urgent', 'today'] as const).map((value) => ({ value, text: word('urgency', value) }))}
        onChange={(value) => setUrgency(value as Urgency)}
      />
      <Text label={t('report.happened')} help={t('report.happened_help')} optional value={happened} maxLength={330} onInput={setHappened} />
      <Input
        label={t('report.callback')}
        help={t('report.callback_help')}
        optional
        type="tel"
        autocomplete="tel"
        value={callback.value}
        onInput={setCallback}
      />
      <button class="button alarm wide huge">{t('report.send')}</button>
      <button type="button" class="button quiet wide" onClick={onBack}>
        {t('back')}
      </button>
    </form>
  );
}

// Nobody has been reached: the whole screen, with the numbers this device keeps. It goes on trying meanwhile.
export function Unreached({ sending, onSmall }: { sending: Sending; onSmall: () => void }) {
  useEffect(countSeconds, []);
  const card = phonesOf(sending.report.patient_id);
  const terminal = card?.terminal_phase ?? sending.report.tag === 'terminal';
  const refused = sending.stage.name === 'unreached' ? sending.stage.refused : undefined;
  return (
    <div class="unreached" role="alertdialog" aria-modal="true" aria-labelledby="unreached-title">
      <div class="unreached-box">
        <h1 id="unreached-title" tabIndex={-1} ref={(element) => element?.focus()}>
          {t('unreached.title')}
        </h1>
        <p class="unreached-who">
          {sending.report.patient_name}
          {dot()}
          {word('urgency', sending.report.urgency)}
          {dot()}
          {t('unreached.seen')} <When at={sending.report.observed_at} />
        </p>
        {sending.told && <p class="told">{sending.told}</p>}
        <Numbers card={card} terminal={terminal} told={phoneIn(sending.told)} />
        <p class="unreached-state" role="status">
          {refused ?? t('unreached.trying', { count: sending.attempts })}
        </p>
        <p>{t('unreached.kept')}</p>
        <button type="button" class="button quiet wide" onClick={onSmall}>
          {t('unreached.small')}
        </button>
      </div>
    </div>
  );
}

// The telephone number in the server's words, as something to press.
const phoneIn = (text: string | undefined): string | undefined => /0[\d-]{8,}\d/.exec(text ?? '')?.[0];

function Numbers({ card, terminal, told }: { card: PhoneCard | undefined; terminal: boolean; told?: string }) {
  return (
    <ul class="numbers">
      {card?.terminal_first && (
        <li>
          <Tel number={card.terminal_first} name={t('report.call_agreed')} big alarm />
        </li>
      )}
      {!terminal && (
        <li>
          <Tel number="119" name={t('report.call_119')} big alarm />
        </li>
      )}
      {told && !card?.phones.some((one) => one.phone === told) && (
        <li>
          <Tel number={told} name={t('report.call_told')} big />
        </li>
      )}
      {card?.phones.map((phone) => (
        <li key={phone.phone}>
          <Tel number={phone.phone} name={phone.name} big />
          <span class="soft">{phone.reason}</span>
        </li>
      ))}
      {!card && <li class="soft">{t('unreached.no_card')}</li>}
    </ul>
  );
}

// For whom? One's own patients, by name, or those this device remembers.
export default function ReportChoosePage() {
  const [text, setText] = useState('');
  const [found] = usePatients(text, !text);
  const remembered = keysFrom('phones.')
    .map((key) => kept<PhoneCard>(key))
    .filter((card): card is PhoneCard => Boolean(card));
  return (
    <div class="page narrow">
      <Title text={t('report.choose')} />
      <Section title={t('report.whom')}>
        <Input label={t('patient.find_label')} help={t('patient.find_help')} type="search" value={text} onInput={setText} />
        <ul class="rows">
          {found.patients.map((patient) => (
            <li class="row" key={patient.patient_id}>
              <a class="row-link" href={`/patients/${patient.patient_id}/report`}>
                <Who name={patient.name} kana={patient.name_kana} birth={patient.birth_date} municipality={patient.municipality} />
              </a>
            </li>
          ))}
          {found.problem &&
            remembered
              .filter((card) => card.patient_name.includes(text))
              .map((card) => (
                <li class="row" key={card.patient_id}>
                  <a class="row-link" href={`/patients/${card.patient_id}/report`}>
                    <Who name={card.patient_name} />
                  </a>
                </li>
              ))}
        </ul>
        {!found.busy && !found.problem && found.patients.length === 0 && (
          <Empty title={t('patient.not_found')}>
            <p>{t('patient.not_found_hint')}</p>
          </Empty>
        )}
      </Section>
      <Section title={t('report.nobody_title')}>
        <FirstCall terminal={false} />
      </Section>
    </div>
  );
}
