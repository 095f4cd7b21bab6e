// Reports that what is known of a facility differs: for who looks after it what is to be done, for who reported what came of it.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend, type Loaded } from '../app/load.ts';
import { mayImport } from '../app/session.ts';
import { listed, t, word } from '../app/words.ts';
import type { FacilityReportLine, FacilityReportListAnswer, ReportOutcome } from '../model.ts';
import { Choice, Chip, Empty, Section, Text, Title, Waiting, When } from '../parts/basic.tsx';
import { Fold, Form, wordsOfEnum } from '../parts/form.tsx';

const read = (query: Record<string, boolean>) => api<FacilityReportListAnswer>('/facility-reports', { query });

export default function FacilityReportsPage() {
  const keeper = mayImport.value;
  const open = useLoad('reports-open', () => read({ mine: !keeper }));
  const settled = useLoad('reports-settled', () => read({ settled: true, mine: !keeper }));
  const again = async () => {
    await Promise.all([open.again(), settled.again()]);
  };
  return (
    <div class="page narrow">
      <Title text={t('reports.title')} />
      <p class="help">{t(keeper ? 'reports.note_keeper' : 'reports.note')}</p>
      <List title={t('reports.open', { count: open.data?.open ?? 0 })} of={open} keeper={keeper} again={again} />
      <List title={t('reports.settled')} of={settled} keeper={false} again={again} />
    </div>
  );
}

interface ListProps {
  title: string;
  of: Loaded<FacilityReportListAnswer>;
  keeper: boolean;
  again: () => Promise<void>;
}

function List({ title, of, keeper, again }: ListProps) {
  return (
    <Section title={title}>
      <Waiting of={of} lines={3} />
      {of.data?.reports.length === 0 && <Empty title={t('reports.none')} />}
      <ul class="rows">
        {of.data?.reports.map((one) => (
          <li key={one.report_id} class="row row-pad">
            <Line one={one} />
            {keeper && (
              <Fold title={t('reports.settle')}>
                <Settle one={one} again={again} />
              </Fold>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Line({ one }: { one: FacilityReportLine }) {
  return (
    <>
      <span class="row-text">
        <a href={`/facilities/${one.facility_id}`}>{one.name}</a> {one.outcome && <Chip kind="good">{word('report_outcome', one.outcome)}</Chip>}
      </span>
      <p class="plain-text">{one.what}</p>
      <span class="row-note">
        {listed([one.by_name ?? '', one.by_office ?? ''].filter(Boolean))} <When at={one.at} />
      </span>
      {one.settled_at && (
        <span class="row-note">
          {one.words} {one.settled_by} <When at={one.settled_at} />
        </span>
      )}
    </>
  );
}

function Settle({ one, again }: { one: FacilityReportLine; again: () => Promise<void> }) {
  const [outcome, setOutcome] = useState<ReportOutcome | ''>('');
  const [words, setWords] = useState('');
  const sending = useSend();
  const send = () =>
    sending.send(async () => {
      await api(`/facility-reports/${one.report_id}/settle`, { method: 'POST', body: { outcome, ...(words.trim() && { words: words.trim() }) } });
      await again();
    });
  return (
    <Form sending={sending} label={t('reports.tell')} onSend={send} disabled={!outcome}>
      <Choice
        legend={t('reports.outcome')}
        name={`outcome-${one.report_id}`}
        value={outcome}
        options={wordsOfEnum('report_outcome')}
        onChange={(value) => setOutcome(value as ReportOutcome)}
      />
      <Text label={t('reports.words')} optional value={words} maxLength={300} onInput={setWords} />
    </Form>
  );
}
