// The roster: today as a sentence, then the days as rows; gaps in words. Prints as a table.
import { useState } from 'preact/hooks';
import { readDuty } from '../app/duty.ts';
import { useLoad } from '../app/load.ts';
import { municipalities, session } from '../app/session.ts';
import { language, t } from '../app/words.ts';
import type { DutyLine, DutyNowAnswer } from '../model.ts';
import { clockTime, dayOf, fullDate, parseTime, shortDate } from '../lib/time.ts';
import { Field, Refusal, Section, Skeleton, Tel, Title } from '../parts/basic.tsx';
import { DutyCopy, DutySentence, band, rotationTitle } from '../parts/blocks.tsx';

export default function DutyPage() {
  const [municipality, setMunicipality] = useState(session.value?.municipality ?? '');
  const [days, setDays] = useState(14);
  const duty = useLoad(`roster-${municipality}-${days}`, () => readDuty({ municipality, days }));
  const known = [...municipalities.value.entries()];
  return (
    <div class="page">
      <p class="print-only">{t('print.plain', { date: `${fullDate(Date.now(), language.value)} ${clockTime(Date.now())}` })}</p>
      <Title text={t('duty.title')} />
      <div class="filters no-print">
        <Field id="duty-place" label={t('facility.municipality')}>
          <select id="duty-place" value={municipality} onChange={(event) => setMunicipality(event.currentTarget.value)}>
            <option value="">{t('duty.all')}</option>
            {known.map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <Field id="duty-days" label={t('duty.span')}>
          <select id="duty-days" value={String(days)} onChange={(event) => setDays(Number(event.currentTarget.value))}>
            <option value="14">{t('duty.two_weeks')}</option>
            <option value="31">{t('duty.month')}</option>
          </select>
        </Field>
        <button type="button" class="button quiet" onClick={() => print()}>
          {t('print')}
        </button>
      </div>
      {!duty.data && (duty.problem ? <Refusal problem={duty.problem} again={() => void duty.again()} /> : <Skeleton lines={8} />)}
      <DutyCopy duty={duty.data} again={() => void duty.again()} />
      {duty.data && <Roster answer={duty.data} />}
    </div>
  );
}

function Roster({ answer }: { answer: DutyNowAnswer }) {
  const rotations = new Map([...answer.now, ...answer.coming].map((line) => [line.rotation_id, line]));
  if (rotations.size === 0) return <p class="gap">{t('duty.none')}</p>;
  return (
    <>
      {[...rotations.values()].map((line) => (
        <Rotation key={line.rotation_id} head={line} answer={answer} />
      ))}
    </>
  );
}

function Rotation({ head, answer }: { head: DutyLine; answer: DutyNowAnswer }) {
  const now = answer.now.filter((line) => line.rotation_id === head.rotation_id);
  const starts = new Set<string>();
  const lines = [...now, ...answer.coming.filter((line) => line.rotation_id === head.rotation_id)].filter(
    (line) => !starts.has(line.from) && starts.add(line.from),
  );
  return (
    <Section title={rotationTitle(head)}>
      {now.map((line) => (
        <DutySentence key={line.from} line={line} />
      ))}
      <div class="table-scroll" tabIndex={0} role="group" aria-label={head.rotation}>
        <table class="roster">
          <thead>
            <tr>
              <th scope="col">{t('duty.date')}</th>
              <th scope="col">{t('duty.hours')}</th>
              <th scope="col">{t('duty.who')}</th>
              <th scope="col">{t('duty.office')}</th>
              <th scope="col">{t('duty.phone')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.from} line={line} today={dayOf(parseTime(line.from)) === dayOf(Date.now())} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Row({ line, today }: { line: DutyLine; today: boolean }) {
  const mine = line.person_id !== undefined && line.person_id === session.value?.person_id;
  return (
    <tr class={[today && 'today', line.gap && 'row-gap', mine && 'row-mine'].filter(Boolean).join(' ') || undefined}>
      <th scope="row">
        {shortDate(parseTime(line.from), language.value)}
        {today && <span class="soft"> {t('duty.today')}</span>}
      </th>
      <td>{band(line)}</td>
      {line.gap ? (
        <td colSpan={3} class="gap">
          {t('duty.gap')}
        </td>
      ) : (
        <>
          <td>
            {line.name}
            {mine && <strong> {t('duty.mine')}</strong>}
          </td>
          <td>{line.office}</td>
          <td>
            <Tel number={line.phone} />
          </td>
        </>
      )}
    </tr>
  );
}
