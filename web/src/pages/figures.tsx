// How duty, calls and notices are shared: one's own figures and the total; per person for the rota office alone.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad } from '../app/load.ts';
import { municipalities, session } from '../app/session.ts';
import { t } from '../app/words.ts';
import type { FairnessAnswer, FairnessLine } from '../model.ts';
import { balanceText, durationText } from '../lib/figures.ts';
import { addDays } from '../lib/roster.ts';
import { dayOf } from '../lib/time.ts';
import { Input, Refusal, Section, Skeleton, Title } from '../parts/basic.tsx';
import { Select } from '../parts/choices.tsx';

const COUNTS = ['shifts', 'hours', 'nights', 'holidays', 'year_end', 'calls', 'accepts'] as const;

export default function FiguresPage() {
  const [municipality, setMunicipality] = useState(session.value?.municipality ?? '');
  const [from, setFrom] = useState(addDays(dayOf(Date.now()), -28));
  const [to, setTo] = useState(addDays(dayOf(Date.now()), -1));
  const figures = useLoad(`fairness-${municipality}-${from}-${to}`, () => api<FairnessAnswer>('/fairness', { query: { municipality, from, to } }));
  return (
    <div class="page">
      <p>
        <a href="/duty">{t('arrange.back')}</a>
      </p>
      <Title text={t('figures.title')} />
      <p class="help">{t('figures.note')}</p>
      <div class="filters">
        <Select
          label={t('facility.municipality')}
          value={municipality}
          options={[...municipalities.value.entries()].map(([value, text]) => ({ value, text }))}
          onChange={setMunicipality}
        />
        <Input label={t('figures.from')} type="date" value={from} onInput={setFrom} />
        <Input label={t('figures.to')} type="date" value={to} onInput={setTo} />
      </div>
      {!figures.data && (figures.problem ? <Refusal problem={figures.problem} again={() => void figures.again()} /> : <Skeleton lines={6} />)}
      {figures.data && (
        <>
          <Section title={t('figures.people')}>
            <Table lines={[...figures.data.people, { ...figures.data.total, name: t('figures.total', { count: figures.data.people_count }) }]} label={t('figures.people')} />
          </Section>
          {figures.data.offices.length > 0 && (
            <Section title={t('figures.offices')}>
              <Table lines={figures.data.offices} label={t('figures.offices')} />
            </Section>
          )}
        </>
      )}
    </div>
  );
}

function Table({ lines, label }: { lines: readonly FairnessLine[]; label: string }) {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={label}>
      <table class="numbers-table">
        <thead>
          <tr>
            <th scope="col">{t('figures.name')}</th>
            {COUNTS.map((name) => (
              <th scope="col" key={name}>
                {t(`figures.${name}`)}
              </th>
            ))}
            <th scope="col">{t('figures.median')}</th>
            <th scope="col">{t('figures.read')}</th>
            <th scope="col">{t('figures.balance')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((one, at) => (
            <tr key={one.person_id ?? at}>
              <th scope="row">
                {one.name}
                {one.office && <span class="soft fact-line">{one.office}</span>}
              </th>
              {COUNTS.map((name) => (
                <td key={name}>{one[name].toLocaleString()}</td>
              ))}
              <td>{one.median_seconds === undefined ? '―' : durationText(one.median_seconds, t)}</td>
              <td>{one.notices > 0 ? `${Math.round((one.read * 100) / one.notices)}%` : '―'}</td>
              <td>{one.balance_52 === undefined ? '―' : balanceText(one.balance_52)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
