// Beside the sheet: consents, place, team, order of doctors, head, and who has seen the record.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { go } from '../app/route.ts';
import { dot, listed, t, word } from '../app/words.ts';
import {
  type ConsentGiver,
  type ConsentMethod,
  type ConsentScope,
  type ConsentView,
  type LedgerAnswer,
  type LedgerLine,
  type PatientAnswer,
  type PlaceKind,
  type ResolveAnswer,
} from '../model.ts';
import { dayOf } from '../lib/time.ts';
import { Chip, Choice, Day, Empty, Input, Section, Title, Waiting, When, Who } from '../parts/basic.tsx';
import { Ask, Form, wordsOfEnum } from '../parts/form.tsx';
import { HeadForm } from '../parts/head_form.tsx';
import { OrderOf } from '../parts/order.tsx';
import { Papers } from '../parts/papers.tsx';
import { TeamForm } from '../parts/team_form.tsx';

export type More = 'consents' | 'place' | 'team' | 'order' | 'head' | 'ledger' | 'papers';
const TITLES = {
  consents: 'consent.title',
  place: 'place.title',
  team: 'team.title',
  order: 'order.title',
  head: 'head.title',
  ledger: 'ledger.title',
  papers: 'papers.title',
} as const;

export default function PatientMorePage({ id, what }: { id: string; what: More }) {
  const patient = useLoad(`patient-${id}`, () => api<PatientAnswer>(`/patients/${id}`));
  const back = () => go(`/patients/${id}`);
  const Part = PARTS[what];
  return (
    <div class={what === 'ledger' ? 'page' : 'page narrow'}>
      <Title text={t(TITLES[what])} />
      <Waiting of={patient} lines={6} />
      {patient.data && (
        <p>
          <a href={`/patients/${id}`}>
            <Who name={patient.data.name} kana={patient.data.name_kana} birth={patient.data.birth_date} municipality={patient.data.municipality} />
          </a>
        </p>
      )}
      {patient.data && <Part patient={patient.data} again={patient.again} back={back} />}
    </div>
  );
}

interface PartProps {
  patient: PatientAnswer;
  again: () => Promise<void>;
  back: () => void;
}
const PARTS: Record<More, (props: PartProps) => preact.JSX.Element> = {
  consents: Consents,
  place: Place,
  team: TeamForm,
  order: Order,
  head: HeadForm,
  ledger: Ledger,
  papers: Papers,
};

function ConsentRow({ patient, consent, again }: { patient: PatientAnswer; consent: ConsentView; again: () => Promise<void> }) {
  const withdraw = async () => {
    await api(`/patients/${patient.patient_id}/consents/${consent.consent_id}/withdraw`, { method: 'POST' });
    await again();
  };
  return (
    <li class="row row-pad">
      <span class="row-text">
        {word('consent_scope', consent.scope)} {consent.withdrawn_at && <Chip>{t('consent.withdrawn')}</Chip>}
      </span>
      <span class="row-note">
        {listed([[word('consent_giver', consent.giver), consent.giver_name, consent.relation].filter(Boolean).join(' '), word('consent_method', consent.method)])}
        {dot()}
        <Day date={consent.from} />
        {t('head.from')}
        {consent.to && <Day date={consent.to} />}
      </span>
      <span class="row-note">
        {t('consent.recorded')} <When at={consent.recorded_at} />{' '}
        {consent.withdrawn_at && (
          <>
            {t('consent.withdrawn')} <When at={consent.withdrawn_at} />
          </>
        )}
      </span>
      {patient.may_edit && !consent.withdrawn_at && (
        <Ask
          title={t('consent.withdraw')}
          of={word('consent_scope', consent.scope)}
          sure={t('consent.withdraw_sure')}
          label={t('consent.withdraw_do')}
          onDo={withdraw}
        />
      )}
    </li>
  );
}

function Consents({ patient, again }: PartProps) {
  return (
    <>
      <Section title={t('consent.now')} note={t('consent.note')}>
        {patient.consents.length === 0 && (
          <Empty title={t('consent.none')}>
            <p>{t('consent.none_hint')}</p>
          </Empty>
        )}
        <ul class="rows">
          {patient.consents.map((consent) => (
            <ConsentRow key={consent.consent_id} patient={patient} consent={consent} again={again} />
          ))}
        </ul>
      </Section>
      {patient.may_edit && <NewConsent patient={patient} again={again} />}
    </>
  );
}

function NewConsent({ patient, again }: { patient: PatientAnswer; again: () => Promise<void> }) {
  const [scope, setScope] = useState<ConsentScope>('team');
  const [giver, setGiver] = useState<ConsentGiver>('person');
  const [method, setMethod] = useState<ConsentMethod>('written');
  const [name, setName] = useState('');
  const [relation, setRelation] = useState('');
  const [from, setFrom] = useState(dayOf(Date.now()));
  const [done, setDone] = useState(false);
  const sending = useSend();
  const send = async () => {
    const body = { consent_id: crypto.randomUUID(), scope, giver, method, from, ...(giver === 'person' ? {} : { giver_name: name, relation }) };
    setDone(
      await sending.send(async () => {
        await api(`/patients/${patient.patient_id}/consents`, { method: 'POST', body });
        await again();
      }),
    );
  };
  return (
    <Section title={t('consent.record')}>
      <Form sending={sending} label={t('consent.save')} onSend={send} done={done ? t('consent.done') : undefined}>
        <Choice
          legend={t('consent.scope')}
          name="scope"
          value={scope}
          options={wordsOfEnum('consent_scope')}
          onChange={(value) => setScope(value as ConsentScope)}
        />
        <Choice
          legend={t('consent.giver')}
          name="giver"
          value={giver}
          options={wordsOfEnum('consent_giver')}
          onChange={(value) => setGiver(value as ConsentGiver)}
        />
        {giver !== 'person' && (
          <div class="pair">
            <Input label={t('consent.giver_name')} at="/giver_name" required value={name} onInput={setName} />
            <Input label={t('consent.relation')} at="/relation" required value={relation} onInput={setRelation} />
          </div>
        )}
        <Choice
          legend={t('consent.method')}
          name="method"
          value={method}
          options={wordsOfEnum('consent_method')}
          onChange={(value) => setMethod(value as ConsentMethod)}
        />
        <Input label={t('consent.from')} at="/from" type="date" required value={from} onInput={setFrom} />
      </Form>
    </Section>
  );
}

function Place({ patient, back }: PartProps) {
  const [place, setPlace] = useState<PlaceKind>(patient.place);
  const [name, setName] = useState(patient.place_name ?? '');
  const [phone, setPhone] = useState(patient.place_phone ?? '');
  const [from, setFrom] = useState(dayOf(Date.now()));
  const [to, setTo] = useState('');
  const sending = useSend();
  const away = place !== 'home' && place !== 'deceased';
  const send = async () => {
    const body = { place, from, ...(away && name ? { name } : {}), ...(away && phone ? { phone } : {}), ...(away && to ? { to } : {}) };
    if (await sending.send(() => api(`/patients/${patient.patient_id}/place`, { method: 'PUT', body }))) back();
  };
  return (
    <Form sending={sending} label={t('place.save')} onSend={send} onCancel={back}>
      <Choice
        legend={t('place.where')}
        name="place"
        value={place}
        options={wordsOfEnum('place_kind')}
        onChange={(value) => setPlace(value as PlaceKind)}
      />
      {away && <Input label={t('place.name')} at="/name" help={t('place.name_help')} value={name} onInput={setName} />}
      {away && <Input label={t('place.phone')} optional type="tel" at="/phone" value={phone} onInput={setPhone} />}
      <div class="pair">
        <Input label={t('place.from')} at="/from" type="date" required value={from} onInput={setFrom} />
        {away && <Input label={t('place.to')} optional type="date" at="/to" value={to} onInput={setTo} />}
      </div>
    </Form>
  );
}

// Who would be asked for this person now, in which order, why?
function Order({ patient }: PartProps) {
  const order = useLoad(`order-${patient.patient_id}`, () => api<ResolveAnswer>(`/patients/${patient.patient_id}/on-call`));
  return (
    <Section title={t('order.now')} note={t('order.note')}>
      <Waiting of={order} />
      {order.data && <OrderOf answer={order.data} />}
      <p class="buttons">
        <a class="button" href={`/patients/${patient.patient_id}/chain`}>
          {t('order.chain')}
        </a>
      </p>
    </Section>
  );
}

// Opened without consent: why, until when, and what the municipality's review found.
function Opening({ line }: { line: LedgerLine }) {
  const judged = line.justified === undefined ? 'review.reviewed' : line.justified ? 'review.right' : 'review.wrong';
  return (
    <>
      <span class="soft fact-line">{t('papers.reason', { reason: line.reason! })}</span>
      <span class="soft fact-line">
        {t('review.until')} <When at={line.until} />
      </span>
      <Chip kind={!line.reviewed_at ? 'wait' : line.justified === false ? 'new' : 'good'}>{t(line.reviewed_at ? judged : 'review.waiting')}</Chip>
      {line.outcome && <span class="soft fact-line">{line.outcome}</span>}
    </>
  );
}

function Ledger({ patient }: PartProps) {
  const [after, setAfter] = useState<readonly string[]>([]);
  const ledger = useLoad(`ledger-${patient.patient_id}-${after.length}`, () =>
    api<LedgerAnswer>(`/patients/${patient.patient_id}/ledger`, { query: { after: after[after.length - 1] } }),
  );
  return (
    <Section title={t('ledger.who')} note={t('ledger.note')}>
      <Waiting of={ledger} />
      {ledger.data && (
        <div class="table-scroll" tabIndex={0} role="group" aria-label={t('ledger.who')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('ledger.at')}</th>
                <th scope="col">{t('ledger.person')}</th>
                <th scope="col">{t('ledger.what')}</th>
                <th scope="col">{t('ledger.ground')}</th>
              </tr>
            </thead>
            <tbody>
              {ledger.data.lines.map((line, at) => (
                <tr key={at}>
                  <td>
                    <When at={line.at} />
                  </td>
                  <th scope="row">
                    {line.name ?? line.person_id.slice(0, 8)}
                    <span class="soft">
                      {' '}
                      {line.role && word('role', line.role)} {line.office}
                    </span>
                  </th>
                  <td>
                    {line.what}
                    {line.items && <span class="soft fact-line">{line.items}</span>}
                  </td>
                  <td>
                    {line.ground}
                    {line.reason && <Opening line={line} />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div class="buttons">
        {after.length > 0 && (
          <button type="button" class="button quiet" onClick={() => setAfter(after.slice(0, -1))}>
            {t('newer')}
          </button>
        )}
        {ledger.data?.next && (
          <button type="button" class="button quiet" onClick={() => setAfter([...after, ledger.data!.next!])}>
            {t('older')}
          </button>
        )}
      </div>
    </Section>
  );
}
