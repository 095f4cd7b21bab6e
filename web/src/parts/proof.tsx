// A proof of what residents will see of a facility: as a page behind a link, as a block for the own office, as a letter on paper.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { t, word } from '../app/words.ts';
import type { ProofView } from '../model.ts';
import { Choice, Chip, Input, Section, Tel, Text, When } from './basic.tsx';
import { Form } from './form.tsx';
import { Qr } from './qr.tsx';
import { once, placeOf } from './service_card.tsx';

// As residents will see it, in the words of table 1.
export function ProofFacts({ proof: { facility } }: { proof: ProofView }) {
  const facts: [string, string | undefined][] = [
    [t('facility.service'), facility.service],
    [t('facility.address'), placeOf(facility)],
    [t('facility.phone'), facility.phone],
    [t('field.url'), facility.url],
    ...once(facility.items).map((one): [string, string] => [
      word('facility_item', one.item),
      [one.text && ['phone', 'fax', 'hours', 'departments'].includes(one.item) ? '' : word('item_answer', one.answer), one.performed ? t('resource.performed') : '', one.text]
        .filter(Boolean)
        .join(' '),
    ]),
  ];
  return (
    <dl class="facts">
      {facts.map(
        ([name, text]) =>
          text?.trim() && (
            <div key={name} class="fact">
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

interface AnswerProps {
  path: string;
  onDone: () => Promise<void>;
}

export function ProofForm({ path, onDone }: AnswerProps) {
  const [right, setRight] = useState('');
  const [correction, setCorrection] = useState('');
  const [by, setBy] = useState('');
  const sending = useSend();
  const send = () =>
    sending.send(async () => {
      await api(path, { method: 'POST', body: { given_by: by.trim(), ...(right === 'no' && { correction: correction.trim() }) }, quiet401: true });
      await onDone();
    });
  return (
    <Form sending={sending} label={t(right === 'no' ? 'proof.correct' : 'proof.confirm')} onSend={send} disabled={!right || (right === 'no' && !correction.trim())}>
      <Choice
        legend={t('proof.right')}
        name="right"
        value={right}
        options={[
          { value: 'yes', text: t('proof.yes') },
          { value: 'no', text: t('proof.no') },
        ]}
        onChange={setRight}
      />
      {right === 'no' && <Text label={t('proof.correction')} help={t('proof.correction_help')} value={correction} maxLength={300} onInput={setCorrection} />}
      <Input label={t('proof.by')} at="/given_by" required maxLength={40} value={by} onInput={setBy} />
    </Form>
  );
}

export function ProofState({ proof }: { proof: ProofView }) {
  if (!proof.answered_at) return null;
  return (
    <div class={proof.correction ? 'hint' : 'all-calm'}>
      {word('proof_state', proof.state)} ― {proof.answered_by} <When at={proof.answered_at} />
      {proof.correction && <p class="plain-text">{proof.correction}</p>}
    </div>
  );
}

// For the own office and for who looks after it, on the facility's page.
export function Proof({ id }: { id: string }) {
  const proof = useLoad(`proof-${id}`, () => api<ProofView>(`/facilities/${id}/proof`));
  if (!proof.data) return null;
  return (
    <Section title={t('proof.title')} note={t('proof.note')} aside={proof.data.state && <Chip kind={proof.data.state === 'confirmed' ? 'good' : 'wait'}>{word('proof_state', proof.data.state)}</Chip>}>
      <ProofFacts proof={proof.data} />
      <ProofState proof={proof.data} />
      <ProofForm path={`/facilities/${id}/proof`} onDone={proof.again} />
    </Section>
  );
}

// On paper: an office without an account confirms by its telephone's camera, or writes on the sheet and sends it back.
export function ProofLetter({ proof }: { proof: ProofView }) {
  const link = `${location.origin}/p/${proof.token}`;
  return (
    <article class="proof-letter">
      <h3>{t('proof.letter', { name: proof.facility.name })}</h3>
      <p>{t('proof.letter_text', { region: proof.region })}</p>
      <ProofFacts proof={proof} />
      <div class="proof-link">
        <Qr text={link} label={t('proof.qr')} />
        <p>
          {t('proof.by_link')}
          <span class="fact-line">{link}</span>
        </p>
      </div>
      <p>{t('proof.by_paper')}</p>
      <p class="proof-boxes">□ {t('proof.yes')}　　□ {t('proof.no')}</p>
      <p class="proof-lines">{t('proof.correction')}</p>
      <p class="proof-lines">{t('proof.by')}</p>
      {proof.desk_phone && (
        <p>
          {proof.region} <Tel number={proof.desk_phone} />
        </p>
      )}
    </article>
  );
}
