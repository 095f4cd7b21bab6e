// What each complaint starts for one partner, as the medical association approved it; what is not named follows the standard.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useSend } from '../app/load.ts';
import { t, word } from '../app/words.ts';
import { enumValues, type IncidentComplaint, type IncidentResponse, type PartnerRule, type PartnerViewAnswer } from '../model.ts';
import { dayOf } from '../lib/time.ts';
import { Day, Input } from './basic.tsx';
import { Select } from './choices.tsx';
import { Fold, Form, wordsOfEnum } from './form.tsx';

const PHASES = [false, true] as const;
const keyOf = (complaint: string, terminal: boolean) => `${complaint}-${terminal ? 1 : 0}`;

export function PartnerRules({ partner, again }: { partner: PartnerViewAnswer; again: () => Promise<void> }) {
  return (
    <>
      {partner.rules.length === 0 && <p>{t('rules.standard')}</p>}
      {partner.rules.length > 0 && (
        <div class="table-scroll" tabIndex={0} role="group" aria-label={t('rules.title')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('rules.complaint')}</th>
                <th scope="col">{t('rules.starts')}</th>
                <th scope="col">{t('rules.approved')}</th>
              </tr>
            </thead>
            <tbody>
              {partner.rules.map((one) => (
                <tr key={keyOf(one.complaint, one.terminal)}>
                  <th scope="row">
                    {word('incident_complaint', one.complaint)} {one.terminal && <span class="soft fact-line">{t('rules.terminal')}</span>}
                  </th>
                  <td>{word('incident_response', one.response)}</td>
                  <td>
                    {one.approved_by} <Day date={one.approved_on} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Fold title={t('rules.change')}>
        <Rules partner={partner} again={again} />
      </Fold>
    </>
  );
}

function Rules({ partner, again }: { partner: PartnerViewAnswer; again: () => Promise<void> }) {
  const had = new Map(partner.rules.map((one) => [keyOf(one.complaint, one.terminal), one]));
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>(Object.fromEntries([...had].map(([key, one]) => [key, one.response])));
  const [by, setBy] = useState(partner.rules[0]?.approved_by ?? '');
  const [on, setOn] = useState(dayOf(Date.now()));
  const [done, setDone] = useState('');
  const sending = useSend();
  const send = async () => {
    const rules: PartnerRule[] = enumValues<IncidentComplaint>('incident_complaint').flatMap((complaint) =>
      PHASES.flatMap((terminal) => {
        const key = keyOf(complaint, terminal);
        const response = chosen[key] as IncidentResponse | '' | undefined;
        if (!response) return [];
        // What stays as it was keeps its approval.
        const old = had.get(key);
        return [old?.response === response ? old : { complaint, terminal, response, approved_by: by.trim(), approved_on: on }];
      }),
    );
    const sent = await sending.send(async () => {
      await api(`/dispatch/partners/${partner.partner_id}/rules`, { method: 'PUT', body: { rules } });
      await again();
    });
    setDone(sent ? t('rules.done') : '');
  };
  return (
    <Form sending={sending} label={t('rules.send')} onSend={send} done={done}>
      {PHASES.map((terminal) => (
        <fieldset class="choice" key={String(terminal)}>
          <legend>{t(terminal ? 'rules.terminal' : 'rules.usual')}</legend>
          <div class="pair">
            {enumValues<IncidentComplaint>('incident_complaint').map((complaint) => (
              <Select
                key={complaint}
                label={word('incident_complaint', complaint)}
                value={chosen[keyOf(complaint, terminal)] ?? ''}
                none={t('rules.as_standard')}
                options={wordsOfEnum('incident_response')}
                onChange={(value) => setChosen({ ...chosen, [keyOf(complaint, terminal)]: value })}
              />
            ))}
          </div>
        </fieldset>
      ))}
      <div class="pair">
        <Input label={t('rules.by')} at="/rules" required maxLength={40} value={by} onInput={setBy} />
        <Input label={t('rules.on')} type="date" required max={dayOf(Date.now())} value={on} onInput={setOn} />
      </div>
    </Form>
  );
}
