// The roster: who has duty now and tonight as sentences, then two weeks as rows or the month as a table; gaps in words. Prints as paper.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { readDuty } from '../app/duty.ts';
import { now } from '../app/clock.ts';
import { useLoad, useSend } from '../app/load.ts';
import { has, mayArrange, municipalities, municipalityName, session } from '../app/session.ts';
import { language, t, word } from '../app/words.ts';
import type { DutyLine, DutyNowAnswer, OfficePaperAnswer, RosterDay, RosterMonthAnswer, RotationListAnswer } from '../model.ts';
import { columnsOf, daysOfMonth, distinctLines, firstOfMonth, monthTable, nextMonth, tonight, type Column, type MonthTable } from '../lib/roster.ts';
import { clockTime, dateAt, dayOf, fullDate, parseTime, shortDate } from '../lib/time.ts';
import { Chip, Field, Refusal, Section, Skeleton, Tel, Title } from '../parts/basic.tsx';
import { DutyCopy, DutySentence, band, rotationTitle } from '../parts/blocks.tsx';

type Shape = 'weeks' | 'month';
const DAYS: Readonly<Record<Shape, number>> = { weeks: 14, month: 31 };

export default function DutyPage() {
  const [municipality, setMunicipality] = useState(session.value?.municipality ?? '');
  const [shape, setShape] = useState<Shape>('weeks');
  const days = DAYS[shape];
  const duty = useLoad(`roster-${municipality}-${days}`, () => readDuty({ municipality, days }));
  return (
    <div class="page">
      <p class="print-only">{t('print.plain', { date: `${fullDate(Date.now(), language.value)} ${clockTime(Date.now())}` })}</p>
      <div class="title-row">
        <Title text={t('duty.title')} />
        <p class="title-links no-print">
          {has('doctor', 'visiting_nurse') && (
            <a class="button quiet" href="/duty/shifts">
              {t('shifts.title')}
            </a>
          )}
          {mayArrange.value && (
            <a class="button" href="/duty/arrange">
              {t('arrange.go')}
            </a>
          )}
        </p>
      </div>
      <div class="filters no-print">
        <Field id="duty-place" label={t('facility.municipality')}>
          <select id="duty-place" value={municipality} onChange={(event) => setMunicipality(event.currentTarget.value)}>
            <option value="">{t('duty.all')}</option>
            {[...municipalities.value.entries()].map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <Field id="duty-days" label={t('duty.span')}>
          <select id="duty-days" value={shape} onChange={(event) => setShape(event.currentTarget.value as Shape)}>
            <option value="weeks">{t('duty.two_weeks')}</option>
            <option value="month">{t('duty.month')}</option>
          </select>
        </Field>
        <button type="button" class="button quiet" onClick={() => print()}>
          {t('print')}
        </button>
      </div>
      {!duty.data && (duty.problem ? <Refusal problem={duty.problem} again={() => void duty.again()} /> : <Skeleton lines={8} />)}
      <DutyCopy duty={duty.data} again={() => void duty.again()} />
      {duty.data && <Roster answer={duty.data} shape={shape} municipality={municipality} again={() => void duty.again()} />}
      <OfficePaper />
    </div>
  );
}

// What opens the office's nightly paper; it must be written down before the night on which nothing works.
function OfficePaper() {
  const paper = useLoad('office-paper', () => api<OfficePaperAnswer>('/me/office-paper'));
  const [shown, setShown] = useState(false);
  const { password, made_at, file_name } = paper.data ?? {};
  if (!password || !made_at) return null;
  return (
    <Section title={t('office_paper.title')}>
      <p class="no-print">{t('office_paper.about', { date: `${shortDate(parseTime(made_at), language.value)} ${clockTime(parseTime(made_at))}`, file: file_name ?? '' })}</p>
      {shown ? (
        <p class="no-print">
          {t('office_paper.password')} <strong>{password}</strong>
        </p>
      ) : (
        <button type="button" class="button quiet no-print" onClick={() => setShown(true)}>
          {t('office_paper.show')}
        </button>
      )}
    </Section>
  );
}

interface RosterProps {
  answer: DutyNowAnswer;
  shape: Shape;
  municipality: string;
  again: () => void;
}

function Roster({ answer, shape, municipality, again }: RosterProps) {
  const lines = distinctLines([...answer.now, ...answer.coming]);
  const columns = columnsOf(lines);
  if (columns.length === 0) return <p class="gap">{t('duty.none')}</p>;
  if (shape === 'month')
    return (
      <>
        {columns.map((column) => (
          <Present key={column.rotation_id} column={column} answer={answer} heading />
        ))}
        {answer.stale ? <NextDays lines={lines} /> : <Months municipality={municipality} />}
      </>
    );
  return (
    <>
      {columns.map((column) => (
        <Section key={column.rotation_id} title={rotationTitle(column)}>
          <Present column={column} answer={answer} />
          <Rows column={column} lines={lines.filter((line) => line.rotation_id === column.rotation_id)} again={again} />
        </Section>
      ))}
    </>
  );
}

// Who has duty at this moment, and who tonight when that is somebody else.
function Present({ column, answer, heading }: { column: Column; answer: DutyNowAnswer; heading?: boolean }) {
  const present = answer.now.filter((line) => line.rotation_id === column.rotation_id);
  const evening = tonight(answer.now, answer.coming, column.rotation_id, now.value);
  return (
    <div class="duty-line">
      {heading && <h2>{rotationTitle(column)}</h2>}
      {present.map((line) => (
        <DutySentence key={line.from} line={line} />
      ))}
      {evening && <DutySentence line={evening} tonight />}
    </div>
  );
}

function Rows({ column, lines, again }: { column: Column; lines: readonly DutyLine[]; again: () => void }) {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={column.rotation}>
      <table class="roster">
        <thead>
          <tr>
            <th scope="col">{t('duty.when')}</th>
            <th scope="col">{t('duty.who')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.from} line={line} today={dayOf(parseTime(line.from)) === dayOf(now.value)} again={again} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isMine = (line: DutyLine): boolean => line.person_id !== undefined && line.person_id === session.value?.person_id;

// A gap is a word and, for whoever can fill it, the way there.
function Gap({ line }: { line: DutyLine }) {
  if (!mayArrange.value) return <span class="gap">{t('duty.gap')}</span>;
  const query = new URLSearchParams({ rotation: line.rotation_id, from: line.from, to: line.to });
  return (
    <a class="gap gap-link" href={`/duty/arrange/override?${query}`}>
      {t('duty.gap_fill')}
    </a>
  );
}

// Why it is not whose turn the rule says: who stands in for whom, why, entered by whom; and the way back for whoever may.
export function Changed({ line, again }: { line: DutyLine; again?: () => void }) {
  const sending = useSend();
  const undo = async () => {
    if (await sending.send(() => api(`/overrides/${line.change_id}`, { method: 'DELETE' }))) again?.();
  };
  if (!line.change && !line.instead_of) return line.unreachable ? <span class="warn fact-line">{t('duty.unreachable')}</span> : null;
  return (
    <span class="changed fact-line">
      {line.change && <Chip>{word('duty_change_kind', line.change)}</Chip>}{' '}
      <span class="soft">
        {line.instead_of && t('duty.instead_of', { name: line.instead_of })}
        {line.reason && t('duty.reason', { reason: line.reason })} {line.entered_by && t('duty.entered_by', { name: line.entered_by })}
      </span>
      {line.unreachable && <span class="warn fact-line">{t('duty.unreachable')}</span>}
      {again && mayArrange.value && line.change === 'override' && line.change_id && (
        <details class="before no-print">
          <summary>{t('duty.undo')}</summary>
          <p>{t('duty.undo_sure')}</p>
          <Refusal problem={sending.problem} />
          <button type="button" class="button quiet small" disabled={sending.busy} onClick={() => void undo()}>
            {t('duty.undo_do')}
          </button>
        </details>
      )}
    </span>
  );
}

function Row({ line, today, again }: { line: DutyLine; today: boolean; again: () => void }) {
  const mine = isMine(line);
  return (
    <tr class={[today && 'today', line.gap && 'row-gap', mine && 'row-mine'].filter(Boolean).join(' ') || undefined}>
      <th scope="row">
        {shortDate(parseTime(line.from), language.value)}
        <DayWords day={line.day_class} today={today} />
        <span class="fact-line shift-band">{band(line)}</span>
      </th>
      <td>
        {line.gap ? (
          <Gap line={line} />
        ) : (
          <span class="on-duty">
            <span>
              {line.name}
              {mine && <strong> {t('duty.mine')}</strong>}
            </span>
            <span class="soft">{line.office}</span>
            <Tel number={line.phone} />
          </span>
        )}
        <Changed line={line} again={again} />
      </td>
    </tr>
  );
}

// "祝日", "年末": a class that changes who has duty is said; weekdays stand in the date already.
function DayWords({ day, name, today }: { day?: RosterDay['class']; name?: string; today: boolean }) {
  const said = day && day !== 'weekday' && day !== 'saturday' && day !== 'sunday' ? (name ?? word('day_class', day)) : '';
  return (
    <>
      {said && <span class="day-class"> {said}</span>}
      {today && <span class="soft"> {t('duty.today')}</span>}
    </>
  );
}

// The month by the calendar, of every rotation here; past the end of one's own month one may go on as far as the rules reach.
function Months({ municipality }: { municipality: string }) {
  const [month, setMonth] = useState(firstOfMonth(dayOf(now.value)));
  const table = useLoad(`months-${municipality}-${month}`, async () => {
    const { rotations } = await api<RotationListAnswer>('/rotations');
    const here = rotations.filter((one) => !municipality || one.municipality === municipality);
    return Promise.all(
      here.map(async (one) => ({
        ...(await api<RosterMonthAnswer>(`/rotations/${one.rotation_id}/months/${month.slice(0, 7)}`)),
        rotation_id: one.rotation_id,
      })),
    );
  });
  const lines = (table.data ?? []).flatMap((one) => one.lines);
  const days = new Map((table.data ?? []).flatMap((one) => one.days.map((day) => [day.day, day] as const)));
  const title = t('duty.month_of', { year: month.slice(0, 4), month: Number(month.slice(5, 7)) });
  return (
    <Section
      title={title}
      aside={
        <span class="title-links no-print">
          {municipality && (
            <a class="button quiet small" href={`/api/v1/duty-sheets/${municipality}/${month.slice(0, 7)}.pdf`} download>
              {t('duty.sheet')}
            </a>
          )}
          <button type="button" class="button quiet small" onClick={() => setMonth(nextMonth(month, -1))}>
            {t('duty.month_before')}
          </button>
          <button type="button" class="button quiet small" onClick={() => setMonth(nextMonth(month))}>
            {t('duty.month_after')}
          </button>
        </span>
      }>
      {!table.data && (table.problem ? <Refusal problem={table.problem} again={() => void table.again()} /> : <Skeleton lines={10} />)}
      {table.data && <Grid table={monthTable(lines, month, daysOfMonth(month))} days={days} label={title} again={() => void table.again()} />}
    </Section>
  );
}

// What the device's own copy holds, in the same shape.
function NextDays({ lines }: { lines: readonly DutyLine[] }) {
  const today = dayOf(now.value);
  return (
    <Section title={t('duty.month_table')}>
      <Grid table={monthTable(lines, today, DAYS.month)} days={new Map()} label={t('duty.month_table')} />
    </Section>
  );
}

interface GridProps {
  table: MonthTable;
  days: ReadonlyMap<string, RosterDay>;
  label: string;
  again?: () => void;
}

// Days are rows, rotations are columns; every cell can be read by its two headers alone.
function Grid({ table, days, label, again }: GridProps) {
  const today = dayOf(now.value);
  if (table.columns.length === 0) return <p class="gap">{t('duty.none')}</p>;
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={label}>
      <table class="roster month">
        <thead>
          <tr>
            <th scope="col">{t('duty.date')}</th>
            {table.columns.map((column) => (
              <th scope="col" key={column.rotation_id}>
                {column.rotation}
                {!column.rotation.includes(municipalityName(column.municipality)) && (
                  <span class="soft fact-line">{municipalityName(column.municipality)}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.date} class={row.date === today ? 'today' : undefined}>
              <th scope="row">
                {shortDate(dateAt(row.date), language.value)}
                <DayWords day={days.get(row.date)?.class} name={days.get(row.date)?.name} today={row.date === today} />
              </th>
              {row.cells.map((cell, at) => (
                <td key={at}>
                  {cell.length === 0 && <span class="soft">―</span>}
                  {cell.map((line) => (
                    <Cell key={line.from} line={line} again={again} />
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ line, again }: { line: DutyLine; again?: () => void }) {
  return (
    <span class={isMine(line) ? 'shift shift-mine' : 'shift'}>
      <span class="on-duty">
        <span class="soft shift-band">{band(line)}</span>
        {line.gap ? (
          <Gap line={line} />
        ) : (
          <>
            <span>
              {line.name}
              {isMine(line) && <strong> {t('duty.mine')}</strong>}
            </span>
            <span class="soft">{line.office}</span>
          </>
        )}
      </span>
      <Changed line={line} again={again} />
    </span>
  );
}
