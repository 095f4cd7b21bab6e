// What a person has prepared for an emergency: the hospital agreed, the papers of wish, the phase of dying, the card in the wallet.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { t, word } from '../app/words.ts';
import type { CardIssued, CardState, CardView, EmergencyPapersAnswer, PatientAnswer, WishDirection, WishIssuer, WishKind, WishView } from '../model.ts';
import { dayOf } from '../lib/time.ts';
import { Chip, Choice, Day, Empty, Input, Section, Text, Waiting, When } from './basic.tsx';
import { Select } from './choices.tsx';
import { Acp } from './ems_record.tsx';
import { Ask, Fold, Form, wordsOfEnum } from './form.tsx';
import { Hospitals, Phase, type PapersProps } from './hospital.tsx';
import { Qr } from './qr.tsx';

export function Papers({ patient, again }: { patient: PatientAnswer; again: () => Promise<void> }) {
  const papers = useLoad(`papers-${patient.patient_id}`, () => api<EmergencyPapersAnswer>(`/patients/${patient.patient_id}/emergency-papers`));
  const both = async () => {
    await Promise.all([again(), papers.again()]);
  };
  return (
    <>
      <Waiting of={papers} lines={8} />
      {papers.data && (
        <>
          {!papers.data.ems_consent && (
            <p class="hint no-print">
              {t('papers.no_consent')} <a href={`/patients/${patient.patient_id}/consents`}>{t('consent.title')}</a>
            </p>
          )}
          <Hospitals patient={patient} papers={papers.data} again={both} />
          <Wishes patient={patient} papers={papers.data} again={both} />
          <Phase patient={patient} papers={papers.data} again={both} />
          <Cards patient={patient} papers={papers.data} again={both} />
        </>
      )}
    </>
  );
}

function Wishes({ patient, papers, again }: PapersProps) {
  return (
    <Section title={t('wish.title')} note={t('wish.note')}>
      {papers.documents.length === 0 && <Empty title={t('wish.none')} />}
      <ul class="rows">
        {papers.documents.map((one) => (
          <Wish key={one.document_id} one={one} all={papers.documents} patient={patient} again={again} />
        ))}
      </ul>
      {patient.may_edit && <NewWish patient={patient} again={again} />}
      {papers.documents.length > 0 && (
        <Fold title={t('wish.crew')}>
          <Acp acp={papers.acp} />
        </Fold>
      )}
    </Section>
  );
}

function Wish({ one, all, patient, again }: { one: WishView; all: readonly WishView[]; patient: PatientAnswer; again: () => Promise<void> }) {
  const [on, setOn] = useState(dayOf(Date.now()));
  const [reason, setReason] = useState('');
  const against = all.filter((other) => one.contradicts.includes(other.document_id));
  const revoke = async () => {
    const body = { revoked_on: on, ...(reason.trim() && { reason: reason.trim() }) };
    await api(`/patients/${patient.patient_id}/wish-documents/${one.document_id}/revoke`, { method: 'POST', body });
    await again();
  };
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>{word('wish_kind', one.kind)}</strong> <Day date={one.written_on} era /> {one.revoked_on && <Chip>{t('consent.withdrawn')}</Chip>}
      </span>
      <span>
        {word('wish_direction', one.direction)}
        {one.assumed_condition && `（${t('ems.assumed', { text: one.assumed_condition })}）`}
      </span>
      <span class="row-note">
        {t('wish.by', { issuer: word('wish_issuer', one.issuer), name: one.issuer_name ?? '' })}
        {one.paper_at && `　${t('ems.paper', { place: one.paper_at })}`}
      </span>
      <span class="row-note">
        {t('consent.recorded')} <When at={one.recorded_at} /> {one.recorded_by_name}
      </span>
      {one.revoked_on && (
        <span class="row-note">
          {t('ems.withdrawn')} <Day date={one.revoked_on} /> {one.revoked_reason}
        </span>
      )}
      {against.length > 0 && (
        <span class="warn">
          {t('wish.contradicts')}{' '}
          {against.map((other) => (
            <span key={other.document_id} class="fact-line">
              {word('wish_kind', other.kind)} <Day date={other.written_on} />
            </span>
          ))}
        </span>
      )}
      {patient.may_edit && !one.revoked_on && (
        <Ask title={t('consent.withdraw')} of={word('wish_kind', one.kind)} sure={t('wish.revoke_sure')} label={t('consent.withdraw')} onDo={revoke}>
          <Input label={t('wish.revoked_on')} at="/revoked_on" type="date" required max={dayOf(Date.now())} value={on} onInput={setOn} />
          <Input label={t('wish.revoked_how')} at="/reason" optional maxLength={130} value={reason} onInput={setReason} />
        </Ask>
      )}
    </li>
  );
}

function NewWish({ patient, again }: { patient: PatientAnswer; again: () => Promise<void> }) {
  const fresh = { document_id: crypto.randomUUID() as string, kind: '', issuer: '', direction: '', written_on: '', issuer_name: '', assumed_condition: '', paper_at: '' };
  const [wish, setWish] = useState(fresh);
  const [done, setDone] = useState('');
  const sending = useSend();
  const set = (part: Partial<typeof fresh>) => setWish({ ...wish, ...part });
  const send = async () => {
    // What was left empty is not sent.
    const body = Object.fromEntries(Object.entries(wish).filter(([, value]) => value.trim()));
    const sent = await sending.send(async () => {
      await api(`/patients/${patient.patient_id}/wish-documents`, { method: 'POST', body });
      await again();
    });
    if (sent) setWish(fresh);
    setDone(sent ? t('consent.done') : '');
  };
  return (
    <Fold title={t('wish.record')}>
      <Form sending={sending} label={t('consent.save')} onSend={send} done={done} disabled={!wish.kind || !wish.issuer || !wish.direction}>
        <Choice legend={t('wish.kind')} name="wish-kind" at="/kind" value={wish.kind} options={wordsOfEnum('wish_kind')} onChange={(kind) => set({ kind: kind as WishKind })} />
        <Input label={t('wish.written_on')} at="/written_on" type="date" required max={dayOf(Date.now())} value={wish.written_on} onInput={(written_on) => set({ written_on })} />
        <Choice
          legend={t('wish.issuer')}
          name="wish-issuer"
          at="/issuer"
          value={wish.issuer}
          options={wordsOfEnum('wish_issuer')}
          onChange={(issuer) => set({ issuer: issuer as WishIssuer })}
        />
        <Input label={t('wish.issuer_name')} at="/issuer_name" optional maxLength={40} value={wish.issuer_name} onInput={(issuer_name) => set({ issuer_name })} />
        <Choice
          legend={t('wish.direction')}
          name="wish-direction"
          at="/direction"
          value={wish.direction}
          options={wordsOfEnum('wish_direction')}
          help={t('wish.direction_help')}
          onChange={(direction) => set({ direction: direction as WishDirection })}
        />
        <Text label={t('wish.condition')} at="/assumed_condition" optional rows={2} maxLength={130} value={wish.assumed_condition} onInput={(assumed_condition) => set({ assumed_condition })} />
        <Input label={t('wish.paper')} help={t('wish.paper_help')} at="/paper_at" optional maxLength={60} value={wish.paper_at} onInput={(paper_at) => set({ paper_at })} />
      </Form>
    </Fold>
  );
}

function Cards({ patient, papers, again }: PapersProps) {
  const [card] = useState(() => crypto.randomUUID() as string);
  const [made, setMade] = useState<CardIssued | undefined>(undefined);
  const valid = papers.cards.find((one) => one.state === 'valid');
  const before = papers.cards.filter((one) => one.state !== 'valid');
  const issue = async () => {
    setMade(await api<CardIssued>(`/patients/${patient.patient_id}/cards`, { method: 'POST', body: { card_id: made ? crypto.randomUUID() : card } }));
    await again();
  };
  return (
    <Section title={t('card.title')} note={t('card.note')}>
      {!valid && <Empty title={t('card.none')} />}
      {valid && <Card one={valid} patient={patient} again={again} />}
      {patient.may_edit && (
        <Ask title={t(valid ? 'card.anew' : 'card.issue')} sure={t(valid ? 'card.anew_sure' : 'card.issue_sure')} label={t(valid ? 'card.anew_do' : 'card.issue_do')} onDo={issue} />
      )}
      {before.length > 0 && (
        <Fold title={t('card.before', { count: before.length })}>
          <ul class="rows">
            {before.map((one) => (
              <li class="row row-pad" key={one.card_id}>
                <span>
                  {one.number} <Chip>{word('card_state', one.state)}</Chip>
                </span>
                <span class="row-note">
                  {t('card.issued')} <When at={one.issued_at} />{' '}
                  {one.revoked_at && (
                    <>
                      {t('card.stopped')} <When at={one.revoked_at} />
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </Section>
  );
}

// The card as it is cut out: name and number, no illness, no address.
function Card({ one, patient, again }: { one: CardView; patient: PatientAnswer; again: () => Promise<void> }) {
  const [state, setState] = useState<CardState>('lost');
  const revoke = async () => {
    await api(`/patients/${patient.patient_id}/cards/${one.card_id}/revoke`, { method: 'POST', body: { state } });
    await again();
  };
  return (
    <>
      <div class="wallet-card">
        <p class="wallet-title">{t('card.name')}</p>
        <Qr text={one.number} label={t('card.qr', { number: one.number })} />
        <div>
          <p class="wallet-name">{patient.name}</p>
          <p class="wallet-number">{one.number}</p>
          <p>{t('card.words')}</p>
        </div>
      </div>
      <p class="soft">
        {t('card.issued')} <When at={one.issued_at} />
      </p>
      <div class="buttons">
        <button type="button" class="button quiet" onClick={() => print()}>
          {t('card.print')}
        </button>
      </div>
      {patient.may_edit && (
        <Ask title={t('card.revoke')} sure={t('card.revoke_sure')} label={t('card.revoke_do')} onDo={revoke}>
          <Select
            label={t('card.why')}
            at="/state"
            value={state}
            options={[
              { value: 'lost', text: t('card.lost') },
              { value: 'ended', text: t('card.ended') },
            ]}
            onChange={(value) => setState(value as CardState)}
          />
        </Ask>
      )}
    </>
  );
}
