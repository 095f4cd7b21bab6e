// The last resort's page: whoever calls, the number field has the focus; the person's plan, whom to send it to, and the record of the call.
// An unknown caller gets the questions and nobody's data. A crew that telephones is another kind of caller: its own page.
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { countSeconds } from '../app/clock.ts';
import { know } from '../app/feed.ts';
import { useLoad, useSend } from '../app/load.ts';
import { t } from '../app/words.ts';
import { type CallRoute, type PartnerListAnswer, type PatientLine, type PatientListAnswer, type ResolveAnswer } from '../model.ts';
import { distinct } from '../lib/phones.ts';
import { clockTime, toWire } from '../lib/time.ts';
import { Choice, Input, Refusal, Section, Tel, Text, Title, Waiting, Who } from '../parts/basic.tsx';
import { Changes, DutyNow, OpenAlerts } from '../parts/blocks.tsx';
import { Select } from '../parts/choices.tsx';
import { Form, wordsOfEnum } from '../parts/form.tsx';
import { Lookup } from '../parts/lookup.tsx';
import { OrderOf } from '../parts/order.tsx';

export default function CallsPage() {
  useEffect(countSeconds, []);
  return (
    <div class="page">
      <div class="title-row">
        <Title text={t('calls.title')} />
        <a class="button quiet" href="/calls/ambulance">
          {t('calls.ambulance')}
        </a>
      </div>
      <div class="two two-wide">
        <div>
          <Caller />
          <OpenAlerts always />
        </div>
        <div>
          <DutyNow all />
          <Changes />
        </div>
      </div>
    </div>
  );
}

function Caller() {
  const [text, setText] = useState('');
  const [wanted, setWanted] = useState('');
  const [picked, setPicked] = useState<PatientLine | undefined>(undefined);
  const [unknown, setUnknown] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const found = useLoad(wanted ? `caller-${wanted}` : undefined, async () => {
    const answer = await api<PatientListAnswer>('/patients', { query: { text: wanted, limit: 20 } });
    know(answer.patients);
    return answer;
  });
  const anew = () => {
    setText('');
    setWanted('');
    setPicked(undefined);
    setUnknown(false);
    field.current?.focus();
  };
  useEffect(() => field.current?.focus(), []);
  const none = found.data?.patients.length === 0;
  return (
    <section
      class="lookup"
      aria-label={t('calls.find')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') anew();
      }}>
      <form
        class="lookup-form"
        onSubmit={(event) => {
          event.preventDefault();
          setPicked(undefined);
          setUnknown(false);
          setWanted(text.trim());
        }}>
        <label for="caller-field">{t('calls.find')}</label>
        <p class="help" id="caller-help">
          {t('calls.find_help')}
        </p>
        <div class="lookup-line">
          <input
            ref={field}
            id="caller-field"
            type="search"
            autocomplete="off"
            aria-describedby="caller-help"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <button class="button huge" disabled={!text.trim()}>
            {t('calls.look')}
          </button>
        </div>
      </form>
      {wanted && <Waiting of={found} lines={2} />}
      {none && (
        <p class="hint" role="status">
          {t('calls.nobody')}
        </p>
      )}
      {!picked && !unknown && (
        <ul class="candidates">
          {found.data?.patients.map((one) => (
            <li key={one.patient_id}>
              <button type="button" class="candidate" onClick={() => setPicked(one)}>
                <Who name={one.name} kana={one.name_kana} birth={one.birth_date} municipality={one.municipality} care={one.care_level} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {!picked && (
        <button type="button" class="button quiet" aria-expanded={unknown} onClick={() => setUnknown(!unknown)}>
          {t('calls.unknown')}
        </button>
      )}
      {picked && <Known patient={picked} onDone={anew} />}
      {unknown && !picked && <Unknown onDone={anew} />}
    </section>
  );
}

// Who would be called for this person now; the page, the emergency, and the record of this call.
function Known({ patient, onDone }: { patient: PatientLine; onDone: () => void }) {
  const order = useLoad(`order-${patient.patient_id}`, () => api<ResolveAnswer>(`/patients/${patient.patient_id}/on-call`));
  return (
    <div class="caller">
      <h2>
        <Who name={patient.name} kana={patient.name_kana} birth={patient.birth_date} municipality={patient.municipality} care={patient.care_level} />
      </h2>
      <div class="buttons">
        <a class="button alarm huge" href={`/patients/${patient.patient_id}/report`}>
          {t('report.verb')}
        </a>
        <a class="button quiet huge" href={`/patients/${patient.patient_id}`}>
          {t('calls.plan')}
        </a>
      </div>
      <Section title={t('order.now')}>
        <Waiting of={order} />
        {order.data && (
          <>
            <OrderOf answer={order.data} />
            <ul class="numbers">
              {distinct(order.data.numbers.map((one) => ({ name: one.name, phone: one.phone ?? '', reason: one.reason }))).map((one) => (
                <li key={one.phone}>
                  <Tel number={one.phone} name={`${one.reason} ${one.name}`} big />
                </li>
              ))}
            </ul>
          </>
        )}
      </Section>
      <CallRecord patient={patient.patient_id} onDone={onDone} />
    </div>
  );
}

const QUESTIONS = [1, 2, 3, 4] as const;

// Nobody's data: the questions in order, 119 first, the desk afterwards.
function Unknown({ onDone }: { onDone: () => void }) {
  return (
    <div class="caller">
      <h2>{t('script.title')}</h2>
      <ol class="script">
        {QUESTIONS.map((number) => (
          <li key={number}>{t(`script.${number}`)}</li>
        ))}
      </ol>
      <p class="first-call">
        <Tel number="119" name={t('report.call_119')} big alarm />
      </p>
      <CallRecord onDone={onDone} />
    </div>
  );
}

function CallRecord({ patient, onDone }: { patient?: string; onDone: () => void }) {
  const [route, setRoute] = useState<CallRoute | undefined>(undefined);
  const [caller, setCaller] = useState('');
  const [note, setNote] = useState('');
  const [at] = useState(() => Date.now());
  const [call] = useState(() => crypto.randomUUID() as string);
  const [done, setDone] = useState(false);
  const sending = useSend();
  const send = async () => {
    const body = {
      route,
      called_at: toWire(at),
      ...(patient ? { patient_id: patient, ...(caller.trim() ? { caller: caller.trim() } : {}), ...(note.trim() ? { note: note.trim() } : {}) } : {}),
    };
    if (await sending.send(() => api(`/dispatch/calls/${call}`, { method: 'PUT', body }))) setDone(true);
  };
  if (done)
    return (
      <p class="saved" role="status">
        {t('calls.done')}{' '}
        <button type="button" class="link" onClick={onDone}>
          {t('calls.next')}
        </button>
      </p>
    );
  return (
    <Section title={t('calls.record')} note={t('calls.record_note', { time: clockTime(at) })}>
      <Form sending={sending} label={t('calls.save')} onSend={send} disabled={!route}>
        <Choice
          legend={t('calls.route')}
          name="route"
          value={route}
          options={wordsOfEnum('call_route')}
          onChange={(value) => setRoute(value as CallRoute)}
        />
        {patient && <Input label={t('calls.caller')} help={t('calls.caller_help')} at="/caller" optional maxLength={20} value={caller} onInput={setCaller} />}
        {patient && <Text label={t('calls.note')} at="/note" optional rows={2} maxLength={330} value={note} onInput={setNote} />}
        {!patient && <p class="soft">{t('calls.no_data')}</p>}
      </Form>
    </Section>
  );
}

// 救急隊からの電話: who calls for which incident first, then the look-up; what was read out is kept with unit and incident.
export function AmbulanceCallPage() {
  const partners = useLoad('partners', () => api<PartnerListAnswer>('/dispatch/partners'));
  const [partner, setPartner] = useState('');
  const [number, setNumber] = useState('');
  const [unit, setUnit] = useState('');
  const [begun, setBegun] = useState(false);
  const only = partners.data?.partners.length === 1 ? partners.data.partners[0]!.partner_id : '';
  const chosen = partner || only;
  return (
    <div class="page">
      <p>
        <a href="/">{t('calls.back')}</a>
      </p>
      <Title text={t('calls.ambulance')} />
      <p class="hint">{t('ambulance.note')}</p>
      <Refusal problem={partners.problem} again={() => void partners.again()} />
      {!begun && (
        <form
          class="narrow-form"
          onSubmit={(event) => {
            event.preventDefault();
            setBegun(true);
          }}>
          <Select
            label={t('ambulance.partner')}
            value={chosen}
            none={t('choose')}
            required
            options={(partners.data?.partners ?? []).map((one) => ({ value: one.partner_id, text: one.name }))}
            onChange={setPartner}
          />
          <div class="pair">
            <Input label={t('ambulance.unit')} help={t('ambulance.unit_help')} required maxLength={26} value={unit} onInput={setUnit} />
            <Input label={t('ambulance.number')} help={t('ambulance.number_help')} required maxLength={26} value={number} onInput={setNumber} />
          </div>
          <button class="button wide" disabled={!chosen || !unit.trim() || !number.trim()}>
            {t('ambulance.begin')}
          </button>
        </form>
      )}
      {begun && (
        <>
          <p class="picked">
            <span>
              {partners.data?.partners.find((one) => one.partner_id === chosen)?.name} <strong>{unit}</strong> {t('entries.number', { number })}
            </span>
            <button type="button" class="button quiet small" onClick={() => setBegun(false)}>
              {t('ambulance.other')}
            </button>
          </p>
          <Lookup unit={unit.trim()} telephone={{ partner_id: chosen, number: number.trim() }} />
        </>
      )}
    </div>
  );
}
