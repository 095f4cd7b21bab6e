// How current the records are: counts and minutes per municipality, whom to ask, what waits for approval, the rules.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend, type Loaded } from '../app/load.ts';
import { mayImport, session } from '../app/session.ts';
import { listed, t, word } from '../app/words.ts';
import type { FacilityItem, LettersSent, LetterLine, LetterWay, UpkeepAnswer, UpkeepCount, WaitingLine } from '../model.ts';
import { Chip, Empty, Refusal, Section, Tel, Title, Waiting, When } from '../parts/basic.tsx';
import { Select, Ticks } from '../parts/choices.tsx';
import { Fold, Form, Saved, wordsOfEnum } from '../parts/form.tsx';

type Upkeep = Loaded<UpkeepAnswer>;

export default function UpkeepPage() {
  const upkeep = useLoad('upkeep', () => api<UpkeepAnswer>('/upkeep'));
  const { data } = upkeep;
  return (
    <div class="page">
      <div class="title-row">
        <Title text={t('upkeep.title')} />
        {mayImport.value && (
          <span class="buttons">
            <a class="button quiet" href="/surveys">
              {t('survey.title')}
            </a>
            <a class="button quiet" href="/letter-codes">
              {t('letter.typing')}
            </a>
          </span>
        )}
      </div>
      <Waiting of={upkeep} lines={8} />
      {data && (
        <>
          <Counts counts={data.counts} month={data.month} />
          {mayImport.value && <Approvals waiting={data.waiting} again={upkeep.again} />}
          <Overdue lines={data.overdue} again={upkeep.again} />
          {mayImport.value && <Setting upkeep={upkeep} />}
        </>
      )}
    </div>
  );
}

function Counts({ counts, month }: { counts: readonly UpkeepCount[]; month: string }) {
  const heads = ['facilities', 'known', 'confirmed', 'overdue', 'unreachable'] as const;
  return (
    <Section title={t('upkeep.report')} note={t('upkeep.report_note')}>
      <div class="table-scroll" tabIndex={0} role="group" aria-label={t('upkeep.report')}>
        <table class="numbers-table">
          <thead>
            <tr>
              <th scope="col">{t('facility.municipality')}</th>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {t(`upkeep.${head}`)}
                </th>
              ))}
              <th scope="col">{t('upkeep.minutes', { month })}</th>
              <th scope="col">{t('upkeep.saves')}</th>
            </tr>
          </thead>
          <tbody>
            {counts.map((one) => (
              <tr key={one.municipality}>
                <th scope="row">
                  {one.name}
                  <a class="fact-line" href={`/api/v1/facility-cards/${one.municipality}.pdf`} download>
                    {t('upkeep.cards')}
                    <span class="hidden"> {one.name}</span>
                  </a>
                </th>
                {heads.map((head) => (
                  <td key={head}>{one[head]}</td>
                ))}
                <td>{t('upkeep.minutes_of', { officer: one.officer_minutes, facility: one.facility_minutes })}</td>
                <td>{one.saves}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="help">{t('upkeep.measured')}</p>
    </Section>
  );
}

// ---- whom to ask ----------------------------------------------------------------------------------------------------------------------------

// Letters go out once more, or printed ones are noted as sent; whoever has answered is left in peace.
export function SendLetters({ survey, again }: { survey?: string; again: () => Promise<void> }) {
  const sending = useSend();
  const [said, setSaid] = useState('');
  const send = (way: LetterWay) =>
    sending.send(async () => {
      const answer = await api<LettersSent>('/letters', { method: 'POST', body: { ...(survey && { survey_id: survey }), way } });
      setSaid(answer.letters > 0 ? t('letter.sent', { letters: answer.letters }) : t(survey ? 'letter.sent_none_week' : 'letter.sent_none_month'));
      await again();
    });
  return (
    <>
      <div class="buttons">
        <button type="button" class="button quiet" disabled={sending.busy} onClick={() => void send('link')}>
          {t('letter.remind')}
        </button>
        <a class="button quiet" href={`/api/v1/letter-papers.pdf${survey ? `?survey_id=${survey}` : ''}`} download>
          {t('letter.print')}
        </a>
        <button type="button" class="button quiet" disabled={sending.busy} onClick={() => void send('paper')}>
          {t('letter.papers_sent')}
        </button>
      </div>
      {said && <Saved text={said} />}
      <Refusal problem={sending.problem} />
    </>
  );
}

export function Letter({ line, survey }: { line: LetterLine; survey?: string }) {
  return (
    <li class="row row-pad">
      <span class="row-text">
        <a href={`/facilities/${line.facility_id}`}>{line.name}</a>
        <span class="row-note fact-line">{line.service}</span>
      </span>
      <span class="row-note">
        {t(line.state === 'returned' ? 'letter.came_by' : 'letter.goes_by')} {word('letter_way', line.way)}
        {line.asked > 0 && <span class="fact-line">{t('letter.asked', { times: line.asked })} <When at={line.asked_at} /></span>}
        {line.answered_at && (
          <span class="fact-line">
            {t('letter.answered_at')} <When at={line.answered_at} /> {line.answered_by}
          </span>
        )}
        {line.code && line.state !== 'returned' && (
          <span class="fact-line">
            {t('letter.code')} {line.code.slice(0, 4)}-{line.code.slice(4)}{' '}
            {line.letter_id && (
              <a href={`/api/v1/letter-papers.pdf?letter_id=${line.letter_id}${survey ? `&survey_id=${survey}` : ''}`} download>
                {t('letter.print_one')}
              </a>
            )}
          </span>
        )}
      </span>
      <span class="row-state">
        <Chip kind={line.state === 'returned' ? 'good' : line.asked >= 3 ? 'alarm' : 'wait'}>{word('letter_state', line.state)}</Chip>
        {line.state !== 'returned' && line.phone && <Tel number={line.phone} />}
      </span>
    </li>
  );
}

function Overdue({ lines, again }: { lines: readonly LetterLine[]; again: () => Promise<void> }) {
  return (
    <Section title={t('upkeep.to_confirm')} note={t('upkeep.to_confirm_note')}>
      {lines.length === 0 && <Empty title={t('upkeep.none_due')} />}
      {lines.length > 0 && mayImport.value && <SendLetters again={again} />}
      <ul class="rows">
        {lines.map((line) => (
          <Letter key={line.facility_id} line={line} />
        ))}
      </ul>
    </Section>
  );
}

// ---- what waits -----------------------------------------------------------------------------------------------------------------------------

function Approvals({ waiting, again }: { waiting: readonly WaitingLine[]; again: () => Promise<void> }) {
  return (
    <Section title={t('upkeep.approvals')} note={t('upkeep.approvals_note')}>
      {waiting.length === 0 && <Empty title={t('upkeep.nothing_waits')} />}
      <ul class="rows">
        {waiting.map((one) => (
          <Approval key={`${one.facility_id}-${one.item}-${one.notified}`} one={one} again={again} />
        ))}
      </ul>
    </Section>
  );
}

function Approval({ one, again }: { one: WaitingLine; again: () => Promise<void> }) {
  const sending = useSend();
  const settle = (approve: boolean) =>
    sending.send(async () => {
      await api(`/facilities/${one.facility_id}/waiting`, { method: 'POST', body: { item: one.item, notified: one.notified, approve } });
      await again();
    });
  const said = [
    one.answer ? word('item_answer', one.answer) : t('resource.unknown_again'),
    one.performed === undefined ? '' : t(one.performed ? 'resource.performed' : 'resource.not_performed'),
    one.text ?? '',
  ];
  return (
    <li class="row row-pad">
      <span class="row-text">
        <a href={`/facilities/${one.facility_id}`}>{one.name}</a>
        <span class="row-note fact-line">
          <When at={one.said_at} />
        </span>
      </span>
      <span class="row-text">
        <strong>{word('facility_item', one.item)}</strong> {one.notified && <Chip>{t('resource.notified')}</Chip>}
        <span class="fact-line">{listed(said.filter(Boolean))}</span>
      </span>
      {mayImport.value && (
        <span class="buttons">
          <button type="button" class="button small" disabled={sending.busy} onClick={() => void settle(true)}>
            {t('upkeep.approve')}
          </button>
          <button type="button" class="button quiet small" disabled={sending.busy} onClick={() => void settle(false)}>
            {t('upkeep.decline')}
          </button>
        </span>
      )}
      <Refusal problem={sending.problem} />
    </li>
  );
}

// ---- the rules ------------------------------------------------------------------------------------------------------------------------------

function Setting({ upkeep }: { upkeep: Upkeep }) {
  const own = upkeep.data!.counts.find((one) => one.municipality === session.value?.municipality);
  const [months, setMonths] = useState(String(own?.months ?? 12));
  const [items, setItems] = useState<string[]>([...(upkeep.data!.review_items as FacilityItem[])]);
  const [saved, setSaved] = useState(false);
  const sending = useSend();
  if (!own) return null;
  const send = () =>
    sending.send(async () => {
      await api(`/upkeep/${own.municipality}`, { method: 'PUT', body: { months: Number(months), review_items: items } });
      setSaved(true);
      await upkeep.again();
    });
  return (
    <Fold title={t('upkeep.setting', { name: own.name })}>
      <Form sending={sending} label={t('upkeep.save')} onSend={send} done={saved ? t('upkeep.saved') : undefined}>
        <Select
          label={t('upkeep.months')}
          at="/months"
          value={months}
          options={['3', '6', '12', '24', '36'].concat(['3', '6', '12', '24', '36'].includes(months) ? [] : [months]).map((value) => ({ value, text: t('upkeep.every', { months: value }) }))}
          onChange={setMonths}
        />
        <Ticks legend={t('upkeep.review_items')} help={t('upkeep.review_help')} values={items} options={wordsOfEnum('facility_item')} onChange={setItems} />
      </Form>
    </Fold>
  );
}
