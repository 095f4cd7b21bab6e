// Looking somebody up for an ambulance: one field, the candidates by number keys, the reason by one key, then the agreed items.
// Works without a mouse: Enter looks, 1–9 choose, Escape begins anew.
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useSend } from '../app/load.ts';
import { municipalityName } from '../app/session.ts';
import { listed, t, word } from '../app/words.ts';
import type { EmsCandidate, EmsGround, LookupFound, LookupRecord } from '../model.ts';
import { understand, type LookupKeys, type LookupKind } from '../lib/lookup.ts';
import { keep, kept } from '../lib/store.ts';
import { Input, Refusal, Skeleton, Tel } from './basic.tsx';
import { Contacts, EmsRecord } from './ems_record.tsx';

export interface LookupProps {
  incident?: string;
  unit?: string;
  // The crew telephones the last resort: who speaks for which incident is written down with the look.
  telephone?: { partner_id: string; number: string };
  start?: string;
}

const KINDS: readonly LookupKind[] = ['phone', 'name', 'address', 'card'];
const digit = (event: KeyboardEvent): number => (/^[1-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey ? Number(event.key) : 0);

export function Lookup({ incident, unit, telephone, start = '' }: LookupProps) {
  const [text, setText] = useState(start);
  const [kind, setKind] = useState<LookupKind | undefined>(undefined);
  const [found, setFound] = useState<LookupFound | undefined>(undefined);
  const [picked, setPicked] = useState<EmsCandidate | undefined>(undefined);
  const [record, setRecord] = useState<LookupRecord | undefined>(undefined);
  const sending = useSend();
  const field = useRef<HTMLInputElement>(null);
  const understood = understand(text, kind);
  const anew = () => {
    setText('');
    setKind(undefined);
    forget();
    field.current?.focus();
  };
  const forget = () => (setFound(undefined), setPicked(undefined), setRecord(undefined), sending.clear());
  useEffect(() => field.current?.focus(), []);
  const look = async () => {
    if (!understood) return;
    forget();
    const body = {
      lookup_id: crypto.randomUUID(),
      ...understood.keys,
      ...(incident ? { incident_id: incident } : {}),
      ...(unit ? { unit } : {}),
      ...(telephone ? { ...telephone, by_telephone: true } : {}),
    };
    await sending.send(async () => {
      const answer = await api<LookupFound>('/dispatch/lookups', { method: 'POST', body, ahead: true });
      setFound(answer);
      if (answer.candidates.length === 1) setPicked(answer.candidates[0]);
    });
  };
  // An opening without consent names the keys again: what was typed is kept nowhere.
  const open = (ground: EmsGround, more: { unit?: string; reason?: string } & LookupKeys = {}) =>
    sending.send(async () => {
      const body = { ...(picked ? { patient_id: picked.patient_id } : {}), ground, ...(unit ? { unit } : {}), ...more };
      setRecord(await api<LookupRecord>(`/dispatch/lookups/${found!.lookup_id}/record`, { method: 'POST', body, ahead: true }));
    });
  return (
    <section
      class="lookup"
      aria-label={t('lookup.title')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        anew();
      }}>
      <form
        class="lookup-form"
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}>
        <label for="lookup-field">{t('lookup.field')}</label>
        <p class="help" id="lookup-help">
          {t('lookup.help')}
        </p>
        <div class="lookup-line">
          <input
            ref={field}
            id="lookup-field"
            type="search"
            autocomplete="off"
            aria-describedby="lookup-help lookup-as"
            value={text}
            onInput={(event) => (setText(event.currentTarget.value), forget())}
          />
          <button class="button huge" disabled={!understood || sending.busy}>
            {t('lookup.look')}
          </button>
        </div>
        <div class="lookup-as" id="lookup-as">
          <span role="status">{understood ? t('lookup.as', { kind: t(`lookup.${understood.kind}`) }) : t('lookup.as_none')}</span>
          {understood && (
            <span class="lookup-kinds">
              {KINDS.filter((one) => one !== understood.kind).map((one) => (
                <button key={one} type="button" class="link" onClick={() => (setKind(one), forget())}>
                  {t('lookup.rather', { kind: t(`lookup.${one}`) })}
                </button>
              ))}
            </span>
          )}
        </div>
      </form>
      <Refusal problem={sending.problem} />
      {sending.busy && <Skeleton lines={2} />}
      {found && !record && <Found found={found} picked={picked} onPick={setPicked} />}
      {found && picked && !record && (
        <Grounds
          found={found}
          picked={picked}
          telephone={Boolean(telephone)}
          unit={unit}
          busy={sending.busy}
          onOpen={(ground, named) => void open(ground, named ? { unit: named } : {})}
        />
      )}
      {found && !picked && !record && found.break_glass && found.result === 'none' && (
        <BreakGlass unit={unit} busy={sending.busy} onOpen={(more) => void open('break_glass', { ...understood?.keys, ...more })} />
      )}
      {record && <Opened found={found!} record={record} onAnew={anew} />}
    </section>
  );
}

function Found({ found, picked, onPick }: { found: LookupFound; picked: EmsCandidate | undefined; onPick: (one: EmsCandidate) => void }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), [found.lookup_id]);
  return (
    <div class="lookup-found">
      <p class="count" role="status">
        {word('match_result', found.result)} {found.candidates.length > 1 && t('count', { count: found.candidates.length })}
      </p>
      {found.missing.length > 0 && <p class="hint">{t('lookup.missing')}</p>}
      {found.candidates.length === 0 && (
        <p class="lookup-nobody">
          {t('lookup.nobody')} {found.last_resort_name} <Tel number={found.last_resort_phone} />
        </p>
      )}
      {found.candidates.length > 1 && !picked && <p class="help">{t('lookup.choose')}</p>}
      <ol
        ref={list}
        class="candidates"
        onKeyDown={(event) => {
          const one = found.candidates[digit(event) - 1];
          if (one) onPick(one);
        }}>
        {found.candidates.map((one, at) => (
          <li key={one.patient_id}>
            <button type="button" class="candidate" aria-pressed={picked === one} onClick={() => onPick(one)}>
              <span class="try-number">{at + 1}</span>
              <span>
                <strong>{one.name}</strong> {one.name_kana} {t('age', { age: one.age })} {one.sex && word('sex', one.sex)}{' '}
                <span class="fact-line">
                  {municipalityName(one.municipality)} {one.area}{' '}
                  <span class="soft">{t('lookup.by', { keys: listed(one.by.map((key) => word('match_key', key))) })}</span>
                </span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

interface GroundsProps {
  found: LookupFound;
  picked: EmsCandidate;
  telephone: boolean;
  unit?: string;
  busy: boolean;
  onOpen: (ground: EmsGround, unit: string) => void;
}

// The ambulance last named at this desk: typed once in a shift.
const LAST_UNIT = 'unit';

// One key each. A certain match needs no further reason; a choice names the ambulance.
function Grounds({ found, picked, telephone, unit, busy, onOpen }: GroundsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [name, setName] = useState(unit ?? kept<string>(LAST_UNIT) ?? '');
  const sure = found.result === 'unique' && picked.strong;
  const grounds: EmsGround[] = telephone
    ? ['telephone']
    : sure
      ? ['unique_match', 'conscious_consent', 'life_threat']
      : ['conscious_consent', 'life_threat'];
  const lacks = (ground: EmsGround) => ground !== 'unique_match' && !name.trim();
  // An opening without consent names the keys again: what was typed is kept nowhere.
  const open = (ground: EmsGround) => {
    keep(LAST_UNIT, name.trim());
    onOpen(ground, name.trim());
  };
  useEffect(() => {
    if (!busy) (box.current?.querySelector<HTMLElement>('button:not(:disabled)') ?? box.current?.querySelector('input'))?.focus();
  }, [picked.patient_id, busy]);
  return (
    <div
      ref={box}
      class="grounds"
      role="group"
      aria-label={t('lookup.ground')}
      onKeyDown={(event) => {
        const ground = grounds[digit(event) - 1];
        if (ground && !busy && !lacks(ground) && !(event.target as Element).matches('input')) open(ground);
      }}>
      <p>
        <strong>{t('lookup.ground')}</strong> <span class="soft">{t('lookup.ground_note')}</span>
      </p>
      {!unit && (
        <form
          class="grounds-unit"
          onSubmit={(event) => {
            event.preventDefault();
            box.current?.querySelector<HTMLElement>('.grounds-key:not(:disabled)')?.focus();
          }}>
          <Input label={t('glass.unit')} help={t('lookup.unit_help')} maxLength={26} value={name} onInput={setName} />
        </form>
      )}
      {grounds.map((ground, at) => (
        <button key={ground} type="button" class="button huge grounds-key" disabled={busy || lacks(ground)} onClick={() => open(ground)}>
          {at + 1} {word('ems_ground', ground)}
        </button>
      ))}
    </div>
  );
}

// Without consent, only where the region allows it: unit and reason are told to the privacy officer at once.
function BreakGlass({ unit, busy, onOpen }: { unit?: string; busy: boolean; onOpen: (more: { unit: string; reason: string }) => void }) {
  const [name, setName] = useState(unit ?? '');
  const [reason, setReason] = useState('');
  return (
    <details class="before">
      <summary>{t('glass.open')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onOpen({ unit: name.trim(), reason: reason.trim() });
        }}>
        <p class="hint">{t('glass.note')}</p>
        <Input label={t('glass.unit')} required maxLength={26} value={name} onInput={setName} />
        <Input label={t('glass.reason')} help={t('glass.reason_help')} required maxLength={60} value={reason} onInput={setReason} />
        <button class="button wide" disabled={busy || !name.trim() || !reason.trim()}>
          {t('glass.do')}
        </button>
      </form>
    </details>
  );
}

function Opened({ found, record, onAnew }: { found: LookupFound; record: LookupRecord; onAnew: () => void }) {
  return (
    <div class="opened">
      <EmsRecord record={record.record} />
      {record.contacts.length > 0 && (
        <>
          <h3>{t('ems.now')}</h3>
          <Contacts contacts={record.contacts} />
        </>
      )}
      <div class="buttons">
        <a class="button quiet" href={`/api/v1/dispatch/lookups/${found.lookup_id}/sheet`} download>
          {t('lookup.sheet')}
        </a>
        <button type="button" class="button" onClick={onAnew}>
          {t('lookup.anew')}
        </button>
      </div>
    </div>
  );
}
