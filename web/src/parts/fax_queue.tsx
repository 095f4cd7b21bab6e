// FAX that came in: what waits, oldest first; one page after the other, larger and turned; and in one action what becomes of it.
// A page is fetched when somebody opens it, never before: every look is written down.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { session } from '../app/session.ts';
import { t, word } from '../app/words.ts';
import type { ColleagueListAnswer, FaxCandidate, FaxInboxAnswer, FaxInState, FaxInView, FaxListAnswer } from '../model.ts';
import { Choice, Chip, Input, Refusal, Section, Skeleton, When } from './basic.tsx';
import { Form } from './form.tsx';
import { Select } from './choices.tsx';

const LOOK_AGAIN = 30_000;
const SIZES = [1, 2, 3];

export function FaxQueue() {
  const box = useLoad('fax-inbox', () => api<FaxInboxAnswer>('/fax/inbox'));
  const [open, setOpen] = useState('');
  useEffect(() => {
    const timer = setInterval(() => void box.again(), LOOK_AGAIN);
    return () => clearInterval(timer);
  }, []);
  const settled = async () => {
    setOpen('');
    await box.again();
  };
  const rows = (list: readonly FaxInView[]) => (
    <ul class="rows">
      {list.map((one) => (
        <Row key={`${one.fax_in_id} ${one.version}`} one={one} open={open === one.fax_in_id} onOpen={setOpen} settled={settled} />
      ))}
    </ul>
  );
  return (
    <Section title={t('fax.waiting')} note={t('fax.waiting_note')}>
      {!box.data && (box.problem ? <Refusal problem={box.problem} again={() => void box.again()} /> : <Skeleton lines={2} />)}
      {box.data?.waiting.length === 0 && <p class="all-calm">{t('fax.none_waiting')}</p>}
      {box.data && rows(box.data.waiting)}
      {box.data && box.data.done.length > 0 && (
        <details class="before">
          <summary>{t('fax.done', { count: box.data.done.length })}</summary>
          {rows(box.data.done)}
        </details>
      )}
    </Section>
  );
}

interface RowProps {
  one: FaxInView;
  open: boolean;
  onOpen: (id: string) => void;
  settled: () => Promise<void>;
}

function Row({ one, open, onOpen, settled }: RowProps) {
  const waits = one.state === 'waiting';
  const id = useId();
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>{one.office ?? (one.number ? t('fax.from', { number: one.number }) : t('fax.from_unknown'))}</strong>{' '}
        {one.office && <span class="number">{one.number}</span>} <When at={one.received_at} /> {t('fax.pages', { count: one.pages })}{' '}
        {one.overdue && <Chip kind="wait">{t('fax.overdue')}</Chip>}
        {!waits && <Chip kind={one.state === 'filed' || one.state === 'confirmed' ? 'good' : 'plain'}>{word('fax_in_state', one.state)}</Chip>}
      </span>
      <span class="row-note">
        {waits ? one.why && word('fax_in_why', one.why) : `${one.settled_to ?? ''} ${one.note ?? ''} ${one.settled_by ?? t('fax.by_code')}`}
      </span>
      <div class="buttons">
        <button type="button" class="button quiet small" aria-expanded={open} aria-controls={id} onClick={() => onOpen(open ? '' : one.fax_in_id)}>
          {t(open ? 'fax.close' : 'fax.open')}
        </button>
      </div>
      <div id={id} class="fax-in">
        {open && (
          <>
            {one.pages > 0 && <Pages one={one} />}
            {waits ? <Settle one={one} settled={settled} /> : one.state !== 'confirmed' && <PutBack one={one} settled={settled} />}
          </>
        )}
      </div>
    </li>
  );
}

// By keyboard: + and − for the size, PageUp and PageDown for the page, arrows scroll inside.
function Pages({ one }: { one: Pick<FaxInView, 'fax_in_id' | 'pages'> }) {
  const [page, setPage] = useState(1);
  const [size, setSize] = useState(0);
  const [turned, setTurned] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => frame.current?.focus({ preventScroll: true }), []);
  const turnTo = (to: number) => setPage(Math.min(one.pages, Math.max(1, to)));
  const grow = (by: number) => setSize(Math.min(SIZES.length - 1, Math.max(0, size + by)));
  const press = (event: KeyboardEvent) => {
    const act = { '+': () => grow(1), ';': () => grow(1), '-': () => grow(-1), PageDown: () => turnTo(page + 1), PageUp: () => turnTo(page - 1) }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  return (
    <div>
      <div class="buttons">
        {one.pages > 1 && (
          <>
            <button type="button" class="button quiet small" disabled={page === 1} onClick={() => turnTo(page - 1)}>
              {t('fax.page_before')}
            </button>
            <button type="button" class="button quiet small" disabled={page === one.pages} onClick={() => turnTo(page + 1)}>
              {t('fax.page_after')}
            </button>
          </>
        )}
        <button type="button" class="button quiet small" disabled={size === 0} onClick={() => grow(-1)}>
          {t('fax.smaller')}
        </button>
        <button type="button" class="button quiet small" disabled={size === SIZES.length - 1} onClick={() => grow(1)}>
          {t('fax.larger')}
        </button>
        <button type="button" class="button quiet small" aria-pressed={turned} onClick={() => setTurned(!turned)}>
          {t('fax.turn')}
        </button>
      </div>
      <p class="help" aria-live="polite">
        {t('fax.page_of', { page, pages: one.pages })}
      </p>
      <div ref={frame} class="fax-frame" tabIndex={0} role="group" aria-label={t('fax.picture')} onKeyDown={press}>
        <img
          class={`fax-page fax-size-${SIZES[size]}${turned ? ' fax-turned' : ''}`}
          src={`/api/v1/fax/inbox/${one.fax_in_id}/pages/${page}.png`}
          alt={t('fax.picture_of', { page })}
        />
      </div>
    </div>
  );
}

const candidateText = (one: FaxCandidate) =>
  t('fax.answer_to', { office: one.office, title: one.title, reference: one.reference, why: t(one.by_code ? 'fax.same_code' : 'fax.candidate') });

function Settle({ one, settled }: { one: FaxInView; settled: () => Promise<void> }) {
  const [what, setWhat] = useState('');
  const [fax, setFax] = useState('');
  const [person, setPerson] = useState('');
  const [note, setNote] = useState('');
  const sending = useSend();
  const name = useId();
  const candidates = one.candidates ?? [];
  const others = useLoad(what === 'other' ? 'fax-sent' : undefined, () => api<FaxListAnswer>('/fax/sent'));
  const colleagues = useLoad(what === 'given' ? 'fax-colleagues' : undefined, () =>
    api<ColleagueListAnswer>('/people', { query: { text: session.value?.office, limit: 200 } }),
  );
  const state: FaxInState = what === 'given' || what === 'misdirected' || what === 'discarded' ? what : 'filed';
  const ready = what && (what !== 'other' || fax) && (what !== 'given' || person) && (what !== 'discarded' || note.trim());
  const send = () =>
    sending.send(async () => {
      const target = state === 'filed' ? { fax_id: what === 'other' ? fax : what } : state === 'given' ? { person_id: person } : {};
      const body = { state, version: one.version, ...target, ...(note.trim() && state !== 'filed' ? { note: note.trim() } : {}) };
      await api(`/fax/inbox/${one.fax_in_id}/settle`, { method: 'POST', body });
      await settled();
    });
  return (
    <Form sending={sending} label={t('fax.settle')} onSend={send} disabled={!ready}>
      <Choice
        legend={t('fax.what')}
        name={name}
        value={what}
        options={[
          ...candidates.map((each) => ({ value: each.fax_id, text: candidateText(each) })),
          { value: 'other', text: t('fax.other') },
          { value: 'given', text: t('fax.give') },
          { value: 'misdirected', text: t('fax.not_ours') },
          { value: 'discarded', text: t('fax.discard') },
        ]}
        onChange={setWhat}
      />
      {what === 'other' && (
        <Select
          label={t('fax.which')}
          value={fax}
          none={t('choose')}
          required
          options={(others.data?.faxes ?? []).map((each) => ({ value: each.fax_id, text: `${each.office}・${each.title}・${each.reference}` }))}
          onChange={setFax}
        />
      )}
      {what === 'given' && (
        <Select
          label={t('fax.colleague')}
          value={person}
          none={t('choose')}
          required
          options={(colleagues.data?.people ?? [])
            .filter((each) => each.office_id === session.value?.office_id)
            .map((each) => ({ value: each.person_id, text: each.name }))}
          onChange={setPerson}
        />
      )}
      {(what === 'misdirected' || what === 'discarded') && (
        <Input
          label={t(what === 'discarded' ? 'fax.discard_why' : 'fax.not_ours_note')}
          optional={what === 'misdirected'}
          required={what === 'discarded'}
          maxLength={90}
          value={note}
          onInput={setNote}
        />
      )}
      <Refusal problem={others.problem ?? colleagues.problem} />
    </Form>
  );
}

function PutBack({ one, settled }: { one: FaxInView; settled: () => Promise<void> }) {
  const [note, setNote] = useState('');
  const sending = useSend();
  const send = () =>
    sending.send(async () => {
      await api(`/fax/inbox/${one.fax_in_id}/settle`, { method: 'POST', body: { state: 'waiting', version: one.version, note: note.trim() } });
      await settled();
    });
  return (
    <Form sending={sending} label={t('fax.put_back')} onSend={send} disabled={!note.trim()} quiet>
      <Input label={t('fax.put_back_why')} required maxLength={90} value={note} onInput={setNote} />
    </Form>
  );
}

// What came back to a FAX that was sent.
export function Answers({ faxes }: { faxes: readonly { fax_in_id: string; received_at: string; pages: number }[] }) {
  const [open, setOpen] = useState('');
  return (
    <>
      {faxes.map((one) => (
        <div key={one.fax_in_id}>
          <button
            type="button"
            class="button quiet small"
            aria-expanded={open === one.fax_in_id}
            onClick={() => setOpen(open === one.fax_in_id ? '' : one.fax_in_id)}>
            <span>
              {t('fax.answered')} <When at={one.received_at} />
            </span>
          </button>
          {open === one.fax_in_id && <Pages one={one} />}
        </div>
      ))}
    </>
  );
}
