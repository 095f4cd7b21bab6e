// Resources in figures: by kind, item of table 1 and area, per 1,000 people of 75 and older; as chart, table and file.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { has, municipalities, session } from '../app/session.ts';
import { listed, t, word } from '../app/words.ts';
import type { ResourceSummaryAnswer, SummaryArea } from '../model.ts';
import { csvOf, figuresOf, itemsOf, servicesOf, type Counted, type Figure } from '../lib/summary.ts';
import { Empty, Input, Section, Title, Waiting } from '../parts/basic.tsx';
import { BarChart } from '../parts/bar_chart.tsx';
import { Select } from '../parts/choices.tsx';
import { Fold, Form, wordsOfEnum } from '../parts/form.tsx';

const KINDS = ['home_medicine', 'home_nursing', 'care'] as const;
const curates = () => has('municipal_officer', 'administrator', 'operator');

export default function SummaryPage() {
  const [by, setBy] = useState('municipality');
  const summary = useLoad(`summary-${by}`, () => api<ResourceSummaryAnswer>('/resource-summary', { query: { by } }));
  return (
    <div class="page">
      <Title text={t('summary.title')} />
      <p class="help">{t('summary.note')}</p>
      <div class="filters">
        <Select label={t('summary.by')} value={by} options={wordsOfEnum('summary_by')} onChange={setBy} />
      </div>
      <Waiting of={summary} lines={8} />
      {summary.data && summary.data.rows.length === 0 && <Empty title={t('facility.nothing_yet')} />}
      {summary.data && summary.data.rows.length > 0 && <Shown key={by} summary={summary.data} />}
      {summary.data && curates() && (
        <Section title={t('summary.people')}>
          <Fold title={t('summary.enter')}>
            <PeopleForm areas={by === 'care_area' ? summary.data.areas : []} again={summary.again} />
          </Fold>
        </Section>
      )}
    </div>
  );
}

const textOf = (counted: Counted): string =>
  counted.service ?? (counted.item ? `${word('facility_kind', counted.kind)}：${word('facility_item', counted.item)}` : t('summary.all_of', { kind: word('facility_kind', counted.kind) }));

// Everything one may count: all of a kind, its items, kinds of service.
function choices(summary: ResourceSummaryAnswer): Counted[] {
  const kinds = KINDS.filter((kind) => summary.rows.some((row) => row.kind === kind));
  return [...kinds.flatMap((kind): Counted[] => [{ kind }, ...itemsOf(summary, kind).map((item) => ({ kind, item }))]), ...servicesOf(summary)];
}

function Shown({ summary }: { summary: ResourceSummaryAnswer }) {
  const all = choices(summary);
  const [at, setAt] = useState(0);
  const counted = all[at] ?? all[0]!;
  const figures = figuresOf(summary, counted);
  const rated = figures.some((figure) => figure.rate !== undefined);
  return (
    <>
      <Select label={t('summary.what')} value={String(at)} options={all.map((one, index) => ({ value: String(index), text: textOf(one) }))} onChange={(value) => setAt(Number(value))} />
      <BarChart
        title={`${textOf(counted)}（${t(rated ? 'summary.rate' : 'summary.count')}）`}
        bars={figures.map((figure) => ({ label: nameOf(figure.area), value: rated ? figure.rate : figure.yes }))}
        none={t('summary.no_people')}
      />
      <Figures figures={figures} counted={counted} />
      <p class="buttons">
        <button type="button" class="button quiet" onClick={() => save(summary, all)}>
          {t('summary.csv')}
        </button>
      </p>
      <Sources areas={summary.areas} />
    </>
  );
}

const nameOf = (area: SummaryArea): string => area.name || t('summary.nowhere');
const shownRate = (rate: number | undefined): string => (rate === undefined ? '―' : rate.toFixed(2));

function Figures({ figures, counted }: { figures: readonly Figure[]; counted: Counted }) {
  const heads = counted.item ? (['summary.facilities', 'summary.yes', 'summary.no', 'summary.unknown'] as const) : (['summary.facilities'] as const);
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={textOf(counted)}>
      <table class="numbers-table">
        <thead>
          <tr>
            <th scope="col">{t('summary.area')}</th>
            {heads.map((key) => (
              <th scope="col" key={key}>
                {t(key)}
              </th>
            ))}
            <th scope="col">{t('summary.people_75')}</th>
            <th scope="col">{t('summary.rate')}</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((one) => (
            <tr key={one.area.area}>
              <th scope="row">{nameOf(one.area)}</th>
              {(counted.item ? [one.facilities, one.yes, one.no, one.unknown] : [one.facilities]).map((count, index) => (
                <td key={index}>{count.toLocaleString()}</td>
              ))}
              <td>{one.area.people_75?.toLocaleString() ?? '―'}</td>
              <td>{shownRate(one.rate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Sources({ areas }: { areas: readonly SummaryArea[] }) {
  const sources = [...new Set(areas.filter((area) => area.source).map((area) => `${area.source}（${area.year}）`))];
  return sources.length > 0 ? <p class="soft">{t('summary.sources', { sources: listed(sources) })}</p> : <p class="soft">{t('summary.no_people')}</p>;
}

// Everything of this page, one line a figure.
function save(summary: ResourceSummaryAnswer, all: readonly Counted[]): void {
  const heads = ['summary.area', 'summary.what', 'summary.facilities', 'summary.yes', 'summary.no', 'summary.unknown', 'summary.people_75', 'summary.rate', 'summary.year', 'summary.source'] as const;
  const lines = all.flatMap((counted) =>
    figuresOf(summary, counted).map((one) => [nameOf(one.area), textOf(counted), one.facilities, one.yes, one.no, one.unknown, one.area.people_75, one.rate, one.area.year, one.area.source]),
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csvOf([heads.map((key) => t(key)), ...lines])], { type: 'text/csv' }));
  link.download = `resources-${summary.by}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function PeopleForm({ areas, again }: { areas: readonly SummaryArea[]; again: () => Promise<void> }) {
  const own = session.value?.municipality ?? '';
  const towns = [...municipalities.value.entries()].filter(([code]) => has('administrator', 'operator') || code === own);
  const [town, setTown] = useState(towns[0]?.[0] ?? '');
  const [area, setArea] = useState('');
  const [year, setYear] = useState(String(new Date().getFullYear()));
  const [values, setValues] = useState({ people_75: '', people: '', source: '' });
  const [done, setDone] = useState('');
  const sending = useSend();
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part });
  const send = async () => {
    const body = { people_75: Number(values.people_75), source: values.source, ...(values.people && { people: Number(values.people) }), ...(area && { care_area_id: area }) };
    const sent = await sending.send(async () => {
      await api(`/populations/${town}/${encodeURIComponent(year)}`, { method: 'PUT', body });
      await again();
    });
    setDone(sent ? t('partner.done') : '');
  };
  const inside = areas.filter((one) => one.municipality === town && one.area !== town);
  return (
    <Form sending={sending} label={t('partner.save')} onSend={send} done={done}>
      <div class="pair">
        <Select
          label={t('facility.municipality')}
          at="/municipality"
          value={town}
          options={towns.map(([value, text]) => ({ value, text }))}
          onChange={(value) => (setTown(value), setArea(''))}
        />
        {inside.length > 0 && (
          <Select
            label={word('summary_by', 'care_area')}
            at="/care_area_id"
            none={t('summary.whole')}
            value={area}
            options={inside.map((one) => ({ value: one.area, text: one.name }))}
            onChange={setArea}
          />
        )}
        <Input label={t('summary.year')} at="/year" required value={year} onInput={setYear} />
      </div>
      <div class="pair">
        <Input label={t('summary.people_75')} at="/people_75" required value={values.people_75} onInput={(people_75) => set({ people_75 })} />
        <Input label={t('summary.everybody')} at="/people" optional value={values.people} onInput={(people) => set({ people })} />
      </div>
      <Input label={t('summary.source')} help={t('summary.source_help')} at="/source" required maxLength={60} value={values.source} onInput={(source) => set({ source })} />
    </Form>
  );
}
