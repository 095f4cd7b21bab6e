// A table out of a file: what a spreadsheet saved, read as text.
import { t } from '../app/words.ts';
import { Field } from './basic.tsx';

// Spreadsheets of the trade save CSV as CP932; what is not UTF-8 is read so.
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('shift_jis').decode(bytes);
  }
}

export function TableFile({ onText }: { onText: (text: string) => void }) {
  return (
    <Field id="table-file" label={t('table.file')} help={t('table.file_help')} optional>
      <input
        id="table-file"
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        aria-describedby="table-file-help"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) void textOf(file).then(onText);
        }}
      />
    </Field>
  );
}
