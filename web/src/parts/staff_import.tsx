// Everybody of an office out of one list: tried first, then all or nobody; the letters for the first log-in can be printed once.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useSend } from '../app/load.ts';
import { listed, t, word } from '../app/words.ts';
import type { OfficeLine, StaffImportAnswer } from '../model.ts';
import { Refusal, Text } from './basic.tsx';
import { Fold, Saved } from './form.tsx';
import { TableFile } from './table_file.tsx';

export function StaffImport({ office, again }: { office: OfficeLine; again: () => Promise<void> }) {
  const [text, setText] = useState('');
  const [tried, setTried] = useState<StaffImportAnswer | undefined>(undefined);
  const sending = useSend();
  const change = (words: string) => (setText(words), setTried(undefined), sending.clear());
  const send = (run: boolean) =>
    sending.send(async () => {
      const answer = await api<StaffImportAnswer>(`/offices/${office.office_id}/staff`, { method: 'POST', body: { text, run }, patience: 60_000 });
      setTried(answer);
      if (answer.done) await again();
    });
  return (
    <Fold title={t('staff_list.title')}>
      <p class="help">{t('staff_list.note')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send(false);
        }}>
        <TableFile onText={change} />
        <Text label={t('table.text')} help={t('staff_list.columns')} rows={6} value={text} onInput={change} />
        <Refusal problem={sending.problem} />
        <button class="button quiet" disabled={sending.busy || !text.trim()}>
          {t('table.try')}
        </button>
      </form>
      {tried && <Tried answer={tried} busy={sending.busy} onRun={() => void send(true)} />}
    </Fold>
  );
}

function Tried({ answer, busy, onRun }: { answer: StaffImportAnswer; busy: boolean; onRun: () => void }) {
  return (
    <>
      {answer.problems.length > 0 && (
        <>
          <p role="status">{t('staff_list.problems', { count: answer.problems.length })}</p>
          <ul class="plain-list">
            {answer.problems.map((one, at) => (
              <li key={at}>
                <strong>{t('table.line', { line: one.line })}</strong> {one.column}
                {one.value && `「${one.value}」`}　{one.why}
              </li>
            ))}
          </ul>
        </>
      )}
      <ul class="plain-list">
        {answer.rows.map((one) => (
          <li key={one.line}>
            {one.name}　{one.login}　{listed(one.roles.map((role) => word('role', role)))} {one.known && t('staff_list.known')}
          </li>
        ))}
      </ul>
      {answer.problems.length === 0 && !answer.done && (
        <>
          <p>{t('staff_list.sure', { count: answer.rows.length })}</p>
          <button type="button" class="button" disabled={busy} onClick={onRun}>
            {t('staff_list.do')}
          </button>
        </>
      )}
      {answer.done && <Saved text={t('staff_list.done', { count: answer.rows.length })} />}
      {answer.letters && <Letters bytes={answer.letters} />}
    </>
  );
}

// Kept in this page only; gone when it is left.
function Letters({ bytes }: { bytes: string }) {
  const [address] = useState(() => {
    const binary = atob(bytes.replaceAll('-', '+').replaceAll('_', '/'));
    return URL.createObjectURL(new Blob([Uint8Array.from(binary, (letter) => letter.charCodeAt(0))], { type: 'application/pdf' }));
  });
  return (
    <div class="once" role="status">
      <p>{t('staff_list.once')}</p>
      <p>
        <a class="button" href={address} target="_blank" rel="noopener" download={t('staff_list.file')}>
          {t('staff_list.letters')}
        </a>
      </p>
    </div>
  );
}
