// Beside the sheet: consents, place, team, order of doctors, head, and who has seen the record.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { go } from '../app/route.ts';
import { t, word } from '../app/words.ts';
import {
  enumValues,
  type ConsentGiver,
  type ConsentMethod,
  type ConsentScope,
  type ConsentView,
  type LedgerAnswer,
  type PatientAnswer,
  type PlaceKind,
  type ResolveAnswer,
} from '../model.ts';
import { dayOf } from '../lib/time.ts';
import { Chip, Choice, Day, Empty, Input, Refusal, Section, Skeleton, Title, When, Who } from '../parts/basic.tsx';
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
      {!patient.data && (patient.problem ? <Refusal problem={patient.problem} again={() => void patient.again()} /> : <Skeleton lines={6} />)}
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
  const sending = useSend();
  const withdraw = () =>
    sending.send(async () => {
      await api(`/patients/${patient.patient_id}/consents/${consent.consent_id}/withdraw`, { method: 'POST' });
      await again();
    });
  return (
    <li class="row row-pad">
      <span class="row-text">
        {word('consent_scope', consent.scope)} {consent.withdrawn_at && <Chip>{t('consent.withdrawn')}</Chip>}
      </span>
      <span class="row-note">
        {word('consent_giver', consent.giver)} {consent.giver_name} {consent.relation}・{word('consent_method', consent.method)}・
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
      <Refusal problem={sending.problem} />
      {patient.may_edit && !consent.withdrawn_at && (
        <details class="before">
          <summary>{t('consent.withdraw')}</summary>
          <p>{t('consent.withdraw_sure')}</p>
          <button type="button" class="button quiet" disabled={sending.busy} onClick={() => void withdraw()}>
            {t('consent.withdraw_do')}
          </button>
        </details>
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

const options = <T extends string>(name: Parameters<typeof word>[0]): { value: T; text: string }[] =>
  enumValues<T>(name).map((value) => ({ value, text: word(name, value) }));

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
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}>
        <Choice
          legend={t('consent.scope')}
          name="scope"
          value={scope}
          options={options<ConsentScope>('consent_scope')}
          onChange={(value) => setScope(value as ConsentScope)}
        />
        <Choice
          legend={t('consent.giver')}
          name="giver"
          value={giver}
          options={options<ConsentGiver>('consent_giver')}
          onChange={(value) => setGiver(value as ConsentGiver)}
        />
        {giver !== 'person' && (
          <div class="pair">
            <Input label={t('consent.giver_name')} required value={name} onInput={setName} />
            <Input label={t('consent.relation')} required value={relation} onInput={setRelation} />
          </div>
        )}
        <Choice
          legend={t('consent.method')}
          name="method"
          value={method}
          options={options<ConsentMethod>('consent_method')}
          onChange={(value) => setMethod(value as ConsentMethod)}
        />
        <Input label={t('consent.from')} type="date" required value={from} onInput={setFrom} error={sending.problem?.textOf('/from')} />
        <Refusal problem={sending.problem} />
        {done && (
          <p class="saved" role="status">
            {t('consent.done')}
          </p>
        )}
        <button class="button wide" disabled={sending.busy}>
          {t('consent.save')}
        </button>
      </form>
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
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}>
      <Choice
        legend={t('place.where')}
        name="place"
        value={place}
        options={options<PlaceKind>('place_kind')}
        onChange={(value) => setPlace(value as PlaceKind)}
      />
      {away && <Input label={t('place.name')} help={t('place.name_help')} value={name} onInput={setName} />}
      {away && <Input label={t('place.phone')} optional type="tel" value={phone} onInput={setPhone} error={sending.problem?.textOf('/phone')} />}
      <div class="pair">
        <Input label={t('place.from')} type="date" required value={from} onInput={setFrom} />
        {away && <Input label={t('place.to')} optional type="date" value={to} onInput={setTo} error={sending.problem?.textOf('/to')} />}
      </div>
      <Refusal problem={sending.problem} />
      <div class="buttons">
        <button class="button" disabled={sending.busy}>
          {t('place.save')}
        </button>
        <button type="button" class="button quiet" onClick={back}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

// Who would be asked for this person now, in which order, why?
function Order({ patient }: PartProps) {
  const order = useLoad(`order-${patient.patient_id}`, () => api<ResolveAnswer>(`/patients/${patient.patient_id}/on-call`));
  return (
    <Section title={t('order.now')} note={t('order.note')}>
      {!order.data && (order.problem ? <Refusal problem={order.problem} again={() => void order.again()} /> : <Skeleton />)}
      {order.data && <OrderOf answer={order.data} />}
      <p class="buttons">
        <a class="button" href={`/patients/${patient.patient_id}/chain`}>
          {t('order.chain')}
        </a>
      </p>
    </Section>
  );
}

function Ledger({ patient }: PartProps) {
  const [after, setAfter] = useState<readonly string[]>([]);
  const ledger = useLoad(`ledger-${patient.patient_id}-${after.length}`, () =>
    api<LedgerAnswer>(`/patients/${patient.patient_id}/ledger`, { query: { after: after[after.length - 1] } }),
  );
  return (
    <Section title={t('ledger.who')} note={t('ledger.note')}>
      {!ledger.data && (ledger.problem ? <Refusal problem={ledger.problem} again={() => void ledger.again()} /> : <Skeleton />)}
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
                  <td>{line.ground}</td>
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
