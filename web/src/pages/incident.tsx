// One incident, for the crew's tablet and the desk: people on the way, "I want to speak with a doctor", look-up, the result in three taps.
import { useEffect, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { countSeconds } from '../app/clock.ts';
import { showTheme } from '../app/device.ts';
import { useLoad, useSend } from '../app/load.ts';
import { has } from '../app/session.ts';
import { t, word } from '../app/words.ts';
import { enumValues, type EmsContact, type IncidentViewAnswer, type TransportOutcome } from '../model.ts';
import { inputClock } from '../lib/roster.ts';
import { nearestClock, toWire } from '../lib/time.ts';
import { Chip, Input, Refusal, Section, Skeleton, Tel, Title, When } from '../parts/basic.tsx';
import { Contacts } from '../parts/ems_record.tsx';
import { Lookup } from '../parts/lookup.tsx';
import { Incidents, useRunning } from './desk.tsx';

const LOOK_AGAIN = 4_000;

function useDark(): void {
  useEffect(() => {
    showTheme('dark');
    return () => showTheme();
  }, []);
}

export function CrewPage() {
  const list = useRunning();
  useDark();
  return (
    <div class="page desk crew">
      <Title text={t('crew.title')} />
      {!list.data && (list.problem ? <Refusal problem={list.problem} again={() => void list.again()} /> : <Skeleton />)}
      {list.data && list.problem && <Refusal problem={list.problem} />}
      {list.data?.length === 0 && <p class="all-calm">{t('desk.none_running')}</p>}
      <Incidents list={list.data ?? []} />
      <Lookup />
    </div>
  );
}

export default function IncidentPage({ id }: { id: string }) {
  const view = useLoad(`incident-${id}`, () => api<IncidentViewAnswer>(`/dispatch/incidents/${id}`, { ahead: true }));
  useDark();
  useEffect(countSeconds, []);
  const running = view.data ? view.data.incident.state === 'open' || view.data.incident.state === 'announced' : true;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => void view.again(), LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [id, running]);
  if (!view.data)
    return <div class="page desk">{view.problem ? <Refusal problem={view.problem} again={() => void view.again()} /> : <Skeleton lines={8} />}</div>;
  const { incident } = view.data;
  return (
    <div class="page desk crew">
      <p>
        <a href="/">{t('incident.back')}</a>
      </p>
      {incident.exercise && <p class="exercise">{t('incident.exercise')}</p>}
      <Title text={`${incident.unit ?? incident.number} ${incident.complaint ? word('incident_complaint', incident.complaint) : ''}`} />
      <p>
        <When at={incident.called_at ?? incident.received_at} /> {t('entries.number', { number: incident.number })}{' '}
        <Chip>{word('incident_state', incident.state)}</Chip> <Chip kind={incident.match === 'found' ? 'good' : 'plain'}>{word('match_state', incident.match)}</Chip>
      </p>
      {view.problem && <Refusal problem={view.problem} />}
      {view.data.missing.length > 0 && <p class="hint">{t('lookup.missing')}</p>}
      <div class="two">
        <div>
          <Section title={t('incident.people')}>
            {view.data.contacts_at && (
              <p class="soft">
                {t('ems.as_of')} <When at={view.data.contacts_at} />
              </p>
            )}
            <Contacts contacts={view.data.contacts} />
            {running && incident.match === 'found' && <RaiseIncident id={id} again={view.again} raised={view.data.response === 'full'} />}
            {running && incident.match === 'found' && <InHand id={id} again={view.again} said={view.data.in_hand ?? false} />}
          </Section>
        </div>
        <div>
          {running && has('dispatch_desk', 'ambulance_crew') && <Result id={id} contacts={view.data.contacts} again={view.again} />}
          {incident.outcome && (
            <Section title={t('result.title')}>
              <p class="arrived">{word('transport_outcome', incident.outcome)}</p>
            </Section>
          )}
          <What view={view.data} />
        </div>
      </div>
      <details class="before lookup-more" open={incident.match !== 'found'}>
        <summary>{t('incident.lookup')}</summary>
        <Lookup incident={id} unit={incident.unit} start={view.data.caller_phone ?? ''} />
      </details>
    </div>
  );
}

function What({ view }: { view: IncidentViewAnswer }) {
  return (
    <dl class="facts">
      {view.place && (
        <div class="fact fact-wide">
          <dt>{t('incident.place')}</dt>
          <dd>{view.place}</dd>
        </div>
      )}
      {view.complaint_text && (
        <div class="fact fact-wide">
          <dt>{t('incident.words')}</dt>
          <dd>{view.complaint_text}</dd>
        </div>
      )}
      {view.caller_phone && (
        <div class="fact">
          <dt>{t('incident.caller')}</dt>
          <dd>
            <Tel number={view.caller_phone} />
          </dd>
        </div>
      )}
      {view.crew_phone && (
        <div class="fact">
          <dt>{t('entries.crew')}</dt>
          <dd>
            <Tel number={view.crew_phone} />
          </dd>
        </div>
      )}
    </dl>
  );
}

function RaiseIncident({ id, again, raised }: { id: string; again: () => Promise<void>; raised: boolean }) {
  const sending = useSend();
  const raise = () =>
    sending.send(async () => {
      await api(`/dispatch/incidents/${id}/raise`, { method: 'POST', ahead: true });
      await again();
    });
  if (raised) return <p class="soft">{t('incident.full')}</p>;
  return (
    <>
      <button type="button" class="button wide huge" disabled={sending.busy} onClick={() => void raise()}>
        {t('incident.raise')}
      </button>
      <Refusal problem={sending.problem} />
    </>
  );
}

// The crew is with the person: nobody who announced an arrival is called again for being late.
function InHand({ id, again, said }: { id: string; again: () => Promise<void>; said: boolean }) {
  const sending = useSend();
  const say = () =>
    sending.send(async () => {
      await api(`/dispatch/incidents/${id}/in-hand`, { method: 'POST', ahead: true });
      await again();
    });
  if (said) return <p class="soft">{t('incident.in_hand_said')}</p>;
  return has('dispatch_desk', 'ambulance_crew') ? (
    <>
      <button type="button" class="button quiet wide" disabled={sending.busy} onClick={() => void say()}>
        {t('incident.in_hand')}
      </button>
      <Refusal problem={sending.problem} />
    </>
  ) : null;
}

// Tap one: how it ended. Tap two: the hospital, or to whom. Tap three: send. The time is there already.
function Result({ id, contacts, again }: { id: string; contacts: readonly EmsContact[]; again: () => Promise<void> }) {
  const [outcome, setOutcome] = useState<TransportOutcome | undefined>(undefined);
  const [hospital, setHospital] = useState('');
  const [handed, setHanded] = useState('');
  const [family, setFamily] = useState(false);
  const [clock, setClock] = useState(() => inputClock(Date.now()));
  const sending = useSend();
  const hospitals = contacts.filter((one) => one.target === 'hospital');
  const doctors = contacts.filter((one) => one.state === 'accepted');
  const choose = (value: TransportOutcome) => {
    setOutcome(value);
    setClock(inputClock(Date.now()));
    setHanded(value === 'handed_to_doctor' ? (doctors[0]?.name ?? '') : '');
  };
  const send = async () => {
    const at = nearestClock(clock, Date.now());
    const body = {
      outcome,
      ...(outcome === 'transported' && hospital.trim() ? { hospital_name: hospital.trim(), ...phoneOf(hospitals, hospital) } : {}),
      ...(outcome === 'transported' ? { family_joined: family } : {}),
      ...(handed.trim() ? { handed_to: handed.trim() } : {}),
      ...(at ? { arrived_at: toWire(at) } : {}),
    };
    await sending.send(async () => {
      await api(`/dispatch/incidents/${id}/result`, { method: 'POST', body, ahead: true });
      await again();
    });
  };
  return (
    <section class="answers" aria-labelledby="result-title">
      <h2 id="result-title">{t('result.title')}</h2>
      <div class="answer-buttons" role="group" aria-labelledby="result-title">
        {enumValues<TransportOutcome>('transport_outcome').map((value) => (
          <button key={value} type="button" class="answer" aria-pressed={outcome === value} onClick={() => choose(value)}>
            {word('transport_outcome', value)}
          </button>
        ))}
      </div>
      {outcome && (
        <form
          class="answer-more"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}>
          {outcome === 'transported' && (
            <>
              {hospitals.length > 0 && (
                <div class="answer-buttons">
                  {hospitals.map((one) => (
                    <button key={one.order} type="button" class="button quiet huge" aria-pressed={hospital === one.name} onClick={() => setHospital(one.name)}>
                      {one.name}
                    </button>
                  ))}
                </div>
              )}
              <Input label={t('result.hospital')} optional maxLength={60} value={hospital} onInput={setHospital} />
              <label class="tick">
                <input type="checkbox" checked={family} onChange={(event) => setFamily(event.currentTarget.checked)} />
                <span>{t('result.family')}</span>
              </label>
            </>
          )}
          {outcome === 'handed_to_doctor' && <Input label={t('result.handed')} maxLength={20} value={handed} onInput={setHanded} />}
          <Input label={t('result.time')} type="time" value={clock} onInput={setClock} />
          <Refusal problem={sending.problem} />
          <button class="button wide huge" disabled={sending.busy}>
            {t('result.send', { outcome: word('transport_outcome', outcome) })}
          </button>
        </form>
      )}
    </section>
  );
}

const phoneOf = (hospitals: readonly EmsContact[], name: string): { hospital_phone?: string } => {
  const phone = hospitals.find((one) => one.name === name.trim())?.phone;
  return phone ? { hospital_phone: phone } : {};
};
