// My shifts: what is asked of me first, then what is coming, with the ways to be replaced; my absences.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { now } from '../app/clock.ts';
import { useLoad, useSend } from '../app/load.ts';
import { has, session } from '../app/session.ts';
import { language, t, word } from '../app/words.ts';
import type { DutyLine, MembershipView, MyShiftsAnswer, SwapLine } from '../model.ts';
import { absolute, parseTime, shortDate } from '../lib/time.ts';
import { Chip, Empty, Input, Refusal, Section, Skeleton, Title, When, type ChipKind } from '../parts/basic.tsx';
import { Ask } from '../parts/form.tsx';
import { band } from '../parts/blocks.tsx';
import { Calendars } from '../parts/calendars.tsx';
import { PersonPick } from '../parts/choices.tsx';
import { spanText } from '../parts/span.ts';
import { AbsenceForm, AbsenceRows } from './arrange.tsx';
import { Changed } from './duty.tsx';

const FEW = 14;

export default function ShiftsPage() {
  const [all, setAll] = useState(false);
  const mine = useLoad('my-shifts', () => api<MyShiftsAnswer>('/shifts', { query: { days: 120 } }));
  const again = () => void mine.again();
  return (
    <div class="page narrow">
      <p>
        <a href="/duty">{t('arrange.back')}</a>
      </p>
      <Title text={t('shifts.title')} />
      {!mine.data && (mine.problem ? <Refusal problem={mine.problem} again={again} /> : <Skeleton lines={8} />)}
      {mine.data && (
        <>
          <Present line={mine.data.now} next={mine.data.shifts.find((line) => parseTime(line.from) > now.value)} />
          <Swaps swaps={mine.data.swaps} again={again} />
          <Section title={t('shifts.coming')}>
            {mine.data.shifts.length === 0 && <Empty title={t('shifts.none')} />}
            <ul class="rows">
              {mine.data.shifts.slice(0, all ? undefined : FEW).map((line) => (
                <Shift key={`${line.rotation_id}-${line.from}`} line={line} swaps={mine.data!.swaps} again={again} />
              ))}
            </ul>
            {!all && mine.data.shifts.length > FEW && (
              <button type="button" class="button quiet wide" onClick={() => setAll(true)}>
                {t('shifts.all', { count: mine.data.shifts.length })}
              </button>
            )}
          </Section>
          <Section title={t('absence.mine')} note={t('absence.note')}>
            {mine.data.absences.length === 0 && <p class="soft">{t('absence.none')}</p>}
            <AbsenceRows list={mine.data.absences} again={again} />
            <details class="before">
              <summary>{t('absence.add')}</summary>
              <AbsenceForm own onDone={again} />
            </details>
          </Section>
          <Calendars />
        </>
      )}
    </div>
  );
}

function Present({ line, next }: { line: DutyLine | undefined; next: DutyLine | undefined }) {
  const at = (time: string) => absolute(parseTime(time), now.value, language.value);
  return (
    <p class="duty-sentence">
      {line ? <strong>{t('duty.me_now', { rotation: line.rotation, until: at(line.to) })}</strong> : t('duty.me_not_now')}{' '}
      {next ? t('duty.me_next', { from: at(next.from), band: band(next) }) : t('shifts.none')}
    </p>
  );
}

const KIND: Readonly<Record<SwapLine['state'], ChipKind>> = { asked: 'wait', accepted: 'good', declined: 'plain', withdrawn: 'plain', stale: 'plain' };

// What waits for me comes first; then what I asked, then what was settled lately.
function Swaps({ swaps, again }: { swaps: readonly SwapLine[]; again: () => void }) {
  if (swaps.length === 0) return null;
  const order = [...swaps].sort(
    (one, other) => Number(other.mine_to_answer) - Number(one.mine_to_answer) || Number(other.state === 'asked') - Number(one.state === 'asked'),
  );
  return (
    <Section title={t('swap.title')}>
      <ul class="rows">
        {order.map((one) => (
          <Swap key={one.swap_id} one={one} again={again} />
        ))}
      </ul>
    </Section>
  );
}

function Swap({ one, again }: { one: SwapLine; again: () => void }) {
  const sending = useSend();
  const mine = one.asker === session.value?.person_id;
  const answer = async (accept: boolean) => {
    if (await sending.send(() => api(`/swaps/${one.swap_id}/answer`, { method: 'POST', body: { accept } }))) again();
  };
  const withdraw = async () => {
    await api(`/swaps/${one.swap_id}`, { method: 'DELETE' });
    again();
  };
  return (
    <li class={one.mine_to_answer ? 'row row-pad row-asked' : 'row row-pad'}>
      <span class="row-text">
        <Chip kind={KIND[one.state]}>{word('swap_state', one.state)}</Chip>{' '}
        {mine ? t('swap.to', { name: one.taker_name }) : t('swap.by', { name: one.asker_name })} <When at={one.asked_at} />
      </span>
      <span class="row-text">
        <strong>{spanText(one.from, one.to)}</strong> {one.rotation}
      </span>
      {one.back_from && one.back_to && (
        <span class="row-text">
          {t('swap.back')} <strong>{spanText(one.back_from, one.back_to)}</strong> {one.back_rotation}
        </span>
      )}
      {one.reason && <span class="row-note">{one.reason}</span>}
      <Refusal problem={sending.problem} />
      {one.mine_to_answer && (
        <span class="buttons">
          <button type="button" class="button" disabled={sending.busy} onClick={() => void answer(true)}>
            {t('swap.accept')}
          </button>
          <button type="button" class="button quiet" disabled={sending.busy} onClick={() => void answer(false)}>
            {t('swap.decline')}
          </button>
        </span>
      )}
      {(one.state === 'asked' ? mine : one.state === 'accepted' && parseTime(one.from) > now.value) && (
        <Ask title={t('swap.withdraw')} label={t('swap.withdraw_do')} onDo={withdraw} />
      )}
    </li>
  );
}

function Shift({ line, swaps, again }: { line: DutyLine; swaps: readonly SwapLine[]; again: () => void }) {
  const asked = swaps.find((one) => one.state === 'asked' && one.rotation_id === line.rotation_id && one.from < line.to && one.to > line.from);
  const past = parseTime(line.from) <= now.value;
  const [open, setOpen] = useState(false);
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>
          {shortDate(parseTime(line.from), language.value)} {band(line)}
        </strong>
      </span>
      <span class="row-note">
        {line.rotation} <Changed line={line} />
      </span>
      {asked && <Chip kind="wait">{t('swap.waiting', { name: asked.taker_name })}</Chip>}
      {!asked && !past && (
        <details class="before" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t('swap.ask')}</summary>
          {open && <AskSwap line={line} again={again} />}
        </details>
      )}
    </li>
  );
}

// Nothing changes before the other one accepts; a shift in return is agreed in words and can be asked for in the same way.
function AskSwap({ line, again }: { line: DutyLine; again: () => void }) {
  const [person, setPerson] = useState<MembershipView | undefined>(undefined);
  const [reason, setReason] = useState('');
  const [swap] = useState(() => crypto.randomUUID() as string);
  const sending = useSend();
  const send = async () => {
    if (!person) return;
    const { rotation_id, from, to } = line;
    const body = { swap_id: swap, rotation_id, from, to, taker: person.person_id, ...(reason.trim() ? { reason: reason.trim() } : {}) };
    if (await sending.send(() => api('/swaps', { method: 'POST', body }))) again();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}>
      <p>{t('swap.note')}</p>
      <PersonPick legend={t('swap.whom')} role={has('doctor') ? 'doctor' : undefined} value={person} onPick={setPerson} />
      <Input label={t('swap.reason')} optional maxLength={40} value={reason} onInput={setReason} />
      <Refusal problem={sending.problem} />
      <button class="button" disabled={sending.busy || !person}>
        {t('swap.send')}
      </button>
    </form>
  );
}
