// The form of a letter to a facility, by its link or typed from paper: what is known is filled in and stays unless it is changed, what is not known is asked, and whom it may be shown to.
import { useState } from 'preact/hooks';
import { useSpent } from '../app/spent.ts';
import { api } from '../app/api.ts';
import { useSend } from '../app/load.ts';
import { listed, t, word } from '../app/words.ts';
import type { Audience, FacilityItem, FacilityItemGiven, ItemAnswer, LetterItem, LetterView } from '../model.ts';
import { Choice, Chip, Input } from './basic.tsx';
import { Ticks } from './choices.tsx';
import { WORDS } from './facility_record.tsx';
import { Fold, Form, wordsOfEnum } from './form.tsx';

interface Said {
  // Absent: as it is.
  answer?: ItemAnswer;
  performed: string;
  text: string;
}

type Audiences = readonly string[];

const knownText = (one: LetterItem): string =>
  WORDS.includes(one.item) && one.text
    ? one.text
    : listed(
        [
          word('item_answer', one.answer),
          one.performed === undefined ? '' : t(one.performed ? 'resource.performed' : 'resource.not_performed'),
          one.text ?? '',
        ].filter(Boolean),
      );

function givenOf(item: FacilityItem, said: Said): FacilityItemGiven {
  const inWords = WORDS.includes(item), yes = said.answer === 'yes';
  return {
    item,
    answer: said.answer,
    ...(yes && !inWords && said.performed && { performed: said.performed === 'yes' }),
    ...(yes && said.text.trim() && { text: said.text.trim() }),
  } as FacilityItemGiven;
}

const same = (a: Audiences, b: Audiences): boolean => a.length === b.length && a.every((one) => b.includes(one));

interface FormProps {
  view: LetterView;
  // Where the answer goes.
  path: string;
  // Typed by an officer.
  typed?: boolean;
  onDone: () => void;
}

export function LetterForm({ view, path, typed, onDone }: FormProps) {
  const [said, setSaid] = useState<Readonly<Record<string, Said>>>({});
  const [audiences, setAudiences] = useState<Readonly<Record<string, Audiences>>>(() => Object.fromEntries(view.items.map((one) => [one.item, one.audiences])));
  const [by, setBy] = useState('');
  const spent = useSpent();
  const sending = useSend();
  const items = view.items.filter((one) => said[one.item]?.answer).map((one) => givenOf(one.item, said[one.item]!));
  const consents = view.items
    .filter((one) => !same(audiences[one.item]!, one.audiences))
    .map((one) => ({ item: one.item, audiences: audiences[one.item]! as readonly Audience[] }));
  const send = () =>
    sending.send(async () => {
      await api(path, { method: 'POST', body: { items, consents, given_by: by.trim(), seconds: spent() }, quiet401: !typed });
      onDone();
    });
  const put = (item: string, fresh: Said) => setSaid((old) => ({ ...old, [item]: fresh }));
  return (
    <Form sending={sending} label={t(items.length > 0 || view.kind === 'survey' ? 'letter.send' : 'letter.no_change')} onSend={send}>
      <ul class="rows">
        {view.items.map((one) => (
          <Question key={one.item} one={one} said={said[one.item]} onSay={(fresh) => put(one.item, fresh)} />
        ))}
      </ul>
      <Consents view={view} audiences={audiences} onChange={setAudiences} />
      <Input label={t(typed ? 'letter.given_by_typed' : 'letter.given_by')} at="/given_by" required maxLength={40} value={by} onInput={setBy} />
    </Form>
  );
}

const NOTHING: Said = { performed: '', text: '' };

function Question({ one, said, onSay }: { one: LetterItem; said: Said | undefined; onSay: (said: Said) => void }) {
  const [open, setOpen] = useState(!one.answer);
  const name = word('facility_item', one.item);
  return (
    <li class="row-pad">
      <div role="group" aria-label={name}>
        <p>
          <strong>{name}</strong> {!one.answer && <Chip kind="wait">{t('facility.not_known')}</Chip>}
        </p>
        {one.answer && (
          <p>
            <span class="soft">{t('letter.now')}</span> {knownText(one)}
            {!open && (
              <button type="button" class="link" onClick={() => setOpen(true)}>
                {t('letter.change')}
                <span class="hidden"> {name}</span>
              </button>
            )}
          </p>
        )}
        {open && <Answer item={one.item} known={one.answer !== undefined} said={said ?? NOTHING} onSay={onSay} />}
      </div>
    </li>
  );
}

function Answer({ item, known, said, onSay }: { item: FacilityItem; known: boolean; said: Said; onSay: (said: Said) => void }) {
  const inWords = WORDS.includes(item);
  const options = inWords ? [{ value: 'yes', text: t('letter.write') }, { value: 'no', text: word('item_answer', 'no') }] : wordsOfEnum('item_answer');
  return (
    <>
      <Choice
        legend={t('letter.answer')}
        name={`answer-${item}`}
        value={said.answer ?? ''}
        options={[...options, { value: '', text: t(known ? 'letter.as_it_is' : 'letter.no_answer') }]}
        onChange={(answer) => onSay({ ...said, answer: (answer || undefined) as ItemAnswer | undefined })}
      />
      {said.answer === 'yes' && !inWords && (
        <Choice
          legend={t('resource.really')}
          name={`performed-${item}`}
          value={said.performed}
          options={[{ value: 'yes', text: t('resource.performed') }, { value: 'no', text: t('resource.not_performed') }, { value: '', text: t('resource.not_said') }]}
          onChange={(performed) => onSay({ ...said, performed })}
        />
      )}
      {said.answer === 'yes' && (
        <Input
          label={t('resource.in_words')}
          optional={!inWords}
          required={inWords}
          maxLength={130}
          value={said.text}
          onInput={(text) => onSay({ ...said, text })}
        />
      )}
    </>
  );
}

// One choice for all, and item by item for whom that is too coarse.
function Consents({ view, audiences, onChange }: { view: LetterView; audiences: Readonly<Record<string, Audiences>>; onChange: (audiences: Record<string, Audiences>) => void }) {
  const all = view.items.map((one) => audiences[one.item]!), options = wordsOfEnum('audience');
  const common = options.map((one) => one.value).filter((value) => all.every((one) => one.includes(value)));
  const setAll = (values: string[]) => onChange(Object.fromEntries(view.items.map((one) => [one.item, values])));
  return (
    <>
      <Ticks legend={t('letter.to_whom')} help={t('letter.to_whom_help')} values={common} options={options} onChange={setAll} />
      <Fold title={t('letter.item_by_item')}>
        {view.items.map((one) => (
          <Ticks
            key={one.item}
            legend={word('facility_item', one.item)}
            values={audiences[one.item]!}
            options={options}
            onChange={(values) => onChange({ ...audiences, [one.item]: values })}
          />
        ))}
      </Fold>
    </>
  );
}
