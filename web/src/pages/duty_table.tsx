// A month of a rotation out of a table: pasted from Excel or a CSV file, tried before it is set.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { t, word } from '../app/words.ts';
import type { DutyTableImportAnswer, RotationListAnswer } from '../model.ts';
import { dayOf } from '../lib/time.ts';
import { Chip, Field, Refusal, Section, Text, Title } from '../parts/basic.tsx';
import { Select } from '../parts/choices.tsx';
import { spanText } from '../parts/span.ts';
import { TableFile } from '../parts/table_file.tsx';

export default function TablePage() {
  const list = useLoad('rotations', () => api<RotationListAnswer>('/rotations'));
  const [rotation, setRotation] = useState('');
  const [month, setMonth] = useState(dayOf(Date.now()).slice(0, 7));
  const [text, setText] = useState('');
  const [tried, setTried] = useState<DutyTableImportAnswer | undefined>(undefined);
  const [table, renew] = useState(() => crypto.randomUUID() as string);
  const sending = useSend();
  const change = (work: () => void) => (work(), setTried(undefined), sending.clear());
  const send = (run: boolean) =>
    sending.send(async () => {
      const body = { table_id: table, month, text, run };
      setTried(await api<DutyTableImportAnswer>(`/rotations/${rotation}/table`, { method: 'POST', body, patience: 60_000 }));
      if (run) renew(crypto.randomUUID());
    });
  return (
    <div class="page">
      <p>
        <a href="/duty/arrange">{t('arrange.back')}</a>
      </p>
      <Title text={t('arrange.table')} />
      <p class="help">{t('table.note')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send(false);
        }}>
        <div class="pair">
          <Select
            label={t('table.rotation')}
            value={rotation}
            none={t('choose')}
            required
            options={(list.data?.rotations ?? []).map((one) => ({ value: one.rotation_id, text: one.name }))}
            onChange={(value) => change(() => setRotation(value))}
          />
          <Field id="table-month" label={t('table.month')}>
            <input id="table-month" type="month" required value={month} onInput={(event) => change(() => setMonth(event.currentTarget.value))} />
          </Field>
        </div>
        <TableFile onText={(words) => change(() => setText(words))} />
        <Text label={t('table.text')} help={t('table.text_help')} rows={8} value={text} onInput={(words) => change(() => setText(words))} />
        <Refusal problem={sending.problem ?? list.problem} />
        <button class="button wide" disabled={sending.busy || !rotation || !text.trim()}>
          {t('table.try')}
        </button>
      </form>
      {tried && <Tried answer={tried} busy={sending.busy} onRun={() => void send(true)} />}
    </div>
  );
}

function Tried({ answer, busy, onRun }: { answer: DutyTableImportAnswer; busy: boolean; onRun: () => void }) {
  return (
    <Section title={t(answer.done ? 'table.done' : 'table.tried')}>
      <p class={answer.done ? 'all-calm' : 'count'} role="status">
        {t(answer.done ? 'table.done_note' : 'table.tried_note', { count: answer.lines.length })}
      </p>
      {answer.problems.length > 0 && (
        <>
          <h3>{t('table.problems', { count: answer.problems.length })}</h3>
          <ul class="plain-list">
            {answer.problems.map((one) => (
              <li key={one.line}>
                <strong>{t('table.line', { line: one.line })}</strong> {one.why}
              </li>
            ))}
          </ul>
        </>
      )}
      {answer.gaps.length > 0 && (
        <>
          <h3>{t('table.gaps', { count: answer.gaps.length })}</h3>
          <ul class="plain-list">
            {answer.gaps.map((gap, at) => (
              <li key={at}>
                <span class="gap">{word('gap_kind', gap.kind)}</span> {spanText(gap.from, gap.to)} {gap.yearend && <Chip>{t('gaps.yearend')}</Chip>}
              </li>
            ))}
          </ul>
        </>
      )}
      {answer.lines.length > 0 && (
        <div class="table-scroll" tabIndex={0} role="group" aria-label={t('table.tried')}>
          <table class="roster">
            <thead>
              <tr>
                <th scope="col">{t('import.line')}</th>
                <th scope="col">{t('duty.date')}</th>
                <th scope="col">{t('duty.who')}</th>
                <th scope="col">{t('duty.office')}</th>
              </tr>
            </thead>
            <tbody>
              {answer.lines.map((one, at) => (
                <tr key={at}>
                  <td>{one.line}</td>
                  <th scope="row">{spanText(one.from, one.to)}</th>
                  <td>{one.name}</td>
                  <td>{one.office}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!answer.done && answer.problems.length === 0 && answer.lines.length > 0 && (
        <button type="button" class="button wide" disabled={busy} onClick={onRun}>
          {t('table.run', { count: answer.lines.length })}
        </button>
      )}
    </Section>
  );
}
