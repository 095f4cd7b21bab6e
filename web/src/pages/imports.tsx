// Importing a published list: upload → check (nothing is written) → report per municipality → run → report.
import { useEffect, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { go } from '../app/route.ts';
import { dot, t, word } from '../app/words.ts';
import type { ImportBeginAnswer, ImportForm, ImportListAnswer, ImportProblem, ImportProfileListAnswer, ImportReportAnswer, UploadBeginAnswer } from '../model.ts';
import { dayOf } from '../lib/time.ts';
import { CannotUnpack, unpack, type WhyNot } from '../lib/unpack.ts';
import { Chip, Empty, Field, Input, Refusal, Section, Skeleton, Title, When } from '../parts/basic.tsx';

const MOST = 64 * 1024 * 1024;

export default function ImportsPage() {
  const list = useLoad('imports', () => api<ImportListAnswer>('/imports'));
  return (
    <div class="page narrow">
      <Title text={t('import.title')} />
      <Upload />
      <Section title={t('import.so_far')}>
        {!list.data && (list.problem ? <Refusal problem={list.problem} again={() => void list.again()} /> : <Skeleton />)}
        {list.data?.imports.length === 0 && <Empty title={t('import.none')} />}
        <ul class="rows">
          {list.data?.imports.map((one) => (
            <li class="row" key={one.import_id}>
              <a class="row-link" href={`/imports/${one.import_id}`}>
                <span class="row-text">{one.file}</span>
                <span class="row-note">
                  <When at={one.started_at} /> {one.started_by}
                  {dot()}
                  {t('import.rows', { count: one.rows_read.toLocaleString() })}
                </span>
                <span class="row-state">
                  <Chip>{word('import_state', one.state)}</Chip>
                </span>
              </a>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

async function digest(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

interface Wanted {
  profile: string;
  date: string;
  partial: boolean;
}

// Which form the file has; what it becomes in the registry stands below the choice.
function Forms({ forms, value, onChange }: { forms: readonly ImportForm[]; value: string; onChange: (name: string) => void }) {
  const chosen = forms.find((one) => one.name === value);
  return (
    <Field id="form" label={t('import.form')} help={chosen ? t('import.form_source', { source: chosen.source }) : undefined}>
      <select id="form" value={value} aria-describedby="form-help" onChange={(event) => onChange(event.currentTarget.value)}>
        {forms.map((one) => (
          <option key={one.name} value={one.name}>
            {one.about}
          </option>
        ))}
      </select>
    </Field>
  );
}

// Three requests for the file, one for the check; the step is shown while it runs.
async function uploadAndCheck(file: File, wanted: Wanted, step: (step: 1 | 2 | 3) => void): Promise<string> {
  step(1);
  const { upload_id } = await api<UploadBeginAnswer>('/uploads', { method: 'POST', body: { name: file.name, size: file.size } });
  step(2);
  await api(`/uploads/${upload_id}`, { method: 'PUT', bytes: file, patience: 600_000 });
  await api(`/uploads/${upload_id}/finish`, { method: 'POST', body: { sha256: await digest(file) }, patience: 60_000 });
  step(3);
  const { profile, date, partial } = wanted;
  const body = { upload_id, profile, ...(date ? { source_date: date } : {}), ...(partial ? { partial } : {}) };
  return (await api<ImportBeginAnswer>('/imports', { method: 'POST', body, patience: 60_000 })).import_id;
}

function Upload() {
  const forms = useLoad('import-profiles', () => api<ImportProfileListAnswer>('/import-profiles'));
  const [file, setFile] = useState<File | undefined>(undefined);
  const [wanted, setWanted] = useState<Wanted>({ profile: 'kaigo-jigyosho', date: '', partial: false });
  const [packed, setPacked] = useState<WhyNot | undefined>(undefined);
  const set = (part: Partial<Wanted>) => setWanted({ ...wanted, ...part });
  const [step, setStep] = useState<1 | 2 | 3 | undefined>(undefined);
  const sending = useSend();
  const tooBig = file && file.size > MOST;
  const wrong = tooBig ? t('import.too_big') : packed ? t(`import.unpack_${packed}`) : undefined;
  const take = async (given: File | undefined) => {
    setPacked(undefined);
    setFile(undefined);
    try {
      setFile(given && given.size <= MOST ? await unpack(given) : given);
    } catch (problem) {
      setPacked(problem instanceof CannotUnpack ? problem.why : 'broken');
    }
    // rows that come back corrected are never the whole list
    if (given && /refused.*\.(csv|xlsx)$/i.test(given.name)) set({ partial: true });
  };
  const send = async () => {
    if (!file || tooBig) return;
    await sending.send(async () => go(`/imports/${await uploadAndCheck(file, wanted, setStep)}`));
    setStep(undefined);
  };
  return (
    <Section title={t('import.new')} note={t('import.new_note')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}>
        <Forms forms={forms.data?.profiles ?? []} value={wanted.profile} onChange={(profile) => set({ profile })} />
        <Refusal problem={forms.problem} />
        <Field id="file" label={t('import.file')} help={t('import.file_help')} error={wrong}>
          <input
            id="file"
            type="file"
            accept=".csv,.txt,.zip,.xlsx,text/csv"
            required
            aria-describedby="file-help"
            onChange={(event) => void take(event.currentTarget.files?.[0])}
          />
        </Field>
        <Input label={t('import.date')} help={t('import.date_help')} optional type="date" max={dayOf(Date.now())} value={wanted.date} onInput={(date) => set({ date })} />
        <label class="tick">
          <input type="checkbox" checked={wanted.partial} onChange={(event) => set({ partial: event.currentTarget.checked })} />
          <span>{t('import.partial')}</span>
        </label>
        <Refusal problem={sending.problem} />
        {step && (
          <p class="sending" role="status">
            {t(`import.step_${step}`)}
          </p>
        )}
        <button class="button wide" disabled={sending.busy || !file}>
          {t('import.check')}
        </button>
      </form>
    </Section>
  );
}

export function ImportPage({ id }: { id: string }) {
  const report = useLoad(`import-${id}`, () => api<ImportReportAnswer>(`/imports/${id}`));
  const going = report.data?.state === 'checking' || report.data?.state === 'running';
  useEffect(() => {
    if (!going) return undefined;
    const timer = setInterval(() => void report.again(), 1_000);
    return () => clearInterval(timer);
  }, [id, going]);
  if (!report.data)
    return <div class="page">{report.problem ? <Refusal problem={report.problem} again={() => void report.again()} /> : <Skeleton lines={8} />}</div>;
  return (
    <div class="page">
      <p>
        <a href="/imports">{t('import.back')}</a>
      </p>
      <Title text={t('import.report', { file: report.data.file })} />
      <State report={report.data} again={report.again} />
      <Totals report={report.data} />
      {report.data.partial && <p class="soft">{t('import.was_partial')}</p>}
      {report.data.refused > 0 && (
        <p>
          <a class="button quiet" href={`/api/v1/imports/${id}/refused.csv`} download>
            {t('import.refused_csv')}
          </a>{' '}
          <span class="soft">{t('import.refused_csv_note')}</span>
        </p>
      )}
      <Counts report={report.data} />
      <Problems key={report.data.state} id={id} report={report.data} />
    </div>
  );
}

function State({ report, again }: { report: ImportReportAnswer; again: () => Promise<void> }) {
  const sending = useSend();
  const run = () =>
    sending.send(async () => {
      await api(`/imports/${report.import_id}/run`, { method: 'POST', patience: 60_000 });
      await again();
    });
  const going = report.state === 'checking' || report.state === 'running';
  return (
    <div class="import-state">
      <p role="status">
        <Chip kind={report.state === 'done' ? 'good' : going ? 'wait' : 'plain'}>{word('import_state', report.state)}</Chip>{' '}
        {t(`import.state_${report.state}`)} {report.why}
      </p>
      {going && (
        <progress
          aria-label={word('import_state', report.state)}
          max={report.part_read === undefined ? (report.rows_total ?? undefined) : 100}
          value={report.part_read ?? (report.rows_total ? report.rows_read : undefined)}
        />
      )}
      {going && (
        <p class="soft">{t('import.progress', { read: report.rows_read.toLocaleString(), total: report.rows_total?.toLocaleString() ?? '…' })}</p>
      )}
      <Refusal problem={sending.problem} />
      {report.state === 'checked' && report.added + report.changed > 0 && (
        <button type="button" class="button" disabled={sending.busy} onClick={() => void run()}>
          {t('import.run', { count: (report.added + report.changed).toLocaleString() })}
        </button>
      )}
    </div>
  );
}

const FIGURES = ['added', 'changed', 'unchanged', 'refused', 'doubtful', 'absent'] as const;

function Totals({ report }: { report: ImportReportAnswer }) {
  return (
    <dl class="figures">
      {FIGURES.map((name) => (
        <div key={name}>
          <dt>{t(`import.${name}`)}</dt>
          <dd>{report[name].toLocaleString()}</dd>
        </div>
      ))}
      {(report.conflicts ?? 0) > 0 && (
        <div>
          <dt>{t('import.conflicts')}</dt>
          <dd>{report.conflicts?.toLocaleString()}</dd>
        </div>
      )}
    </dl>
  );
}

function Counts({ report }: { report: ImportReportAnswer }) {
  const [all, setAll] = useState(false);
  if (report.counts.length === 0) return null;
  const shown = all ? report.counts : report.counts.slice(0, 30);
  return (
    <Section title={t('import.per_place', { count: report.counts.length })}>
      <div class="table-scroll" tabIndex={0} role="group" aria-label={t('import.per_place', { count: report.counts.length })}>
        <table class="numbers-table">
          <thead>
            <tr>
              <th scope="col">{t('facility.municipality')}</th>
              {FIGURES.slice(0, 5).map((name) => (
                <th scope="col" key={name}>
                  {t(`import.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.municipality}>
                <th scope="row">{one.name}</th>
                <td>{one.added}</td>
                <td>{one.changed}</td>
                <td>{one.unchanged}</td>
                <td>{one.refused}</td>
                <td>{one.doubtful}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!all && report.counts.length > 30 && (
        <button type="button" class="button quiet" onClick={() => setAll(true)}>
          {t('import.all_places')}
        </button>
      )}
    </Section>
  );
}

function Problems({ id, report }: { id: string; report: ImportReportAnswer }) {
  const [more, setMore] = useState<readonly ImportProblem[]>([]);
  const [next, setNext] = useState(report.next);
  const problems = [...report.problems, ...more];
  const read = async () => {
    const answer = await api<ImportReportAnswer>(`/imports/${id}`, { query: { after: next } });
    setMore([...more, ...answer.problems]);
    setNext(answer.next);
  };
  if (problems.length === 0) return null;
  return (
    <Section title={t('import.problems')} note={t('import.problems_note')}>
      <div class="table-scroll" tabIndex={0} role="group" aria-label={t('import.problems')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('import.line')}</th>
              <th scope="col">{t('import.column')}</th>
              <th scope="col">{t('import.value')}</th>
              <th scope="col">{t('import.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((one, at) => (
              <tr key={at}>
                <th scope="row">{one.line}</th>
                <td>{one.column}</td>
                <td class="break">{one.value}</td>
                <td>
                  <Chip kind={one.refused ? 'wait' : 'plain'}>{t(one.refused ? 'import.refused' : 'import.doubtful')}</Chip> {one.reason}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {next && (
        <button type="button" class="button quiet" onClick={() => void read()}>
          {t('more')}
        </button>
      )}
    </Section>
  );
}
