// Surveys of what is not known: prepare, consult the bodies, open, follow, remind.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { go } from '../app/route.ts';
import { municipalities, session } from '../app/session.ts';
import { dot, listed, t, word } from '../app/words.ts';
import type { FacilityItem, FacilityKind, LetterLine, LettersSent, SurveyAnswer, SurveyListAnswer } from '../model.ts';
import { rateText } from '../lib/announcements.ts';
import { dayOf } from '../lib/time.ts';
import { Chip, Day, Empty, Input, Refusal, Section, Text, Title, Waiting, When } from '../parts/basic.tsx';
import { Select, Ticks } from '../parts/choices.tsx';
import { Fold, Form, wordsOfEnum } from '../parts/form.tsx';
import { Letter, SendLetters } from './upkeep.tsx';

export default function SurveysPage() {
  const list = useLoad('surveys', () => api<SurveyListAnswer>('/surveys'));
  return (
    <div class="page narrow">
      <p>
        <a href="/upkeep">{t('upkeep.title')}</a>
      </p>
      <Title text={t('survey.title')} />
      <Waiting of={list} />
      {list.data?.surveys.length === 0 && <Empty title={t('survey.none')} />}
      <ul class="rows">
        {list.data?.surveys.map((one) => (
          <li class="row" key={one.survey_id}>
            <a class="row-link" href={`/surveys/${one.survey_id}`}>
              <span class="row-text">{one.title}</span>
              <span class="row-note">
                {t('survey.due_on')} <Day date={one.due_on} />
                {one.opened_at && (
                  <span class="fact-line">
                    {t('survey.rate')} {rateText(one.returned, one.letters)}
                  </span>
                )}
              </span>
              <span class="row-state">
                <Chip kind={one.opened_at ? 'good' : 'wait'}>{t(one.opened_at ? 'survey.is_open' : 'survey.prepared')}</Chip>
              </span>
            </a>
          </li>
        ))}
      </ul>
      <Fold title={t('survey.new')}>
        <SurveyForm onSaved={(id) => go(`/surveys/${id}`)} />
      </Fold>
    </div>
  );
}

// ---- preparing ------------------------------------------------------------------------------------------------------------------------------

const ITEMS: Readonly<Record<FacilityKind, readonly FacilityItem[]>> = {
  home_medicine: [
    'home_medical_visits', 'house_calls', 'dental_visits', 'pharmacist_visits', 'out_of_hours', 'terminal_care', 'central_venous_nutrition',
    'tube_feeding', 'tracheostomy_care', 'pain_management', 'respirator', 'departments', 'meeting_hours',
  ],
  home_nursing: ['emergency_visits', 'end_of_life_nursing', 'special_management', 'hours'],
  care: ['hours'],
};

// 表1 by kind, and the four items of 熊本市: how far home medicine is done, which treatments, departments, hours for meetings.
const PRESETS = {
  medicine: { kinds: ['home_medicine'], items: [...ITEMS.home_medicine, 'hours', 'phone', 'fax'] },
  nursing: { kinds: ['home_nursing'], items: [...ITEMS.home_nursing, 'phone', 'fax'] },
  care: { kinds: ['care'], items: [...ITEMS.care, 'phone', 'fax'] },
  kumamoto: { kinds: ['home_medicine'], items: [...ITEMS.home_medicine] },
} as const;
type Preset = keyof typeof PRESETS;

function SurveyForm({ old, onSaved }: { old?: SurveyAnswer; onSaved: (id: string) => void }) {
  const [title, setTitle] = useState(old?.title ?? '');
  const [intro, setIntro] = useState(old?.intro ?? t('survey.intro_start'));
  const [kinds, setKinds] = useState<string[]>([...(old?.kinds ?? [])]);
  const [items, setItems] = useState<string[]>([...(old?.items ?? [])]);
  const [due, setDue] = useState(old?.due_on ?? dayOf(Date.now() + 21 * 86_400_000));
  const own = session.value?.municipality ?? '';
  const [town, setTown] = useState(old?.municipality ?? (municipalities.value.has(own) ? own : ''));
  const sending = useSend();
  const take = (preset: Preset) => {
    setKinds([...PRESETS[preset].kinds]);
    setItems(wordsOfEnum('facility_item').map((one) => one.value).filter((one) => (PRESETS[preset].items as readonly string[]).includes(one)));
    if (!title) setTitle(t(`survey.preset_${preset}`));
  };
  const send = () =>
    sending.send(async () => {
      const id = old?.survey_id ?? crypto.randomUUID();
      const body = { municipality: town, title: title.trim(), intro: intro.trim(), kinds, items, due_on: due, ...(old && { facilities: old.facilities }) };
      await api(`/surveys/${id}`, { method: 'PUT', body });
      onSaved(id);
    });
  return (
    <Form sending={sending} label={t('survey.save')} onSend={send} disabled={kinds.length === 0 || items.length === 0 || !town}>
      <div class="buttons" role="group" aria-label={t('survey.presets')}>
        {(Object.keys(PRESETS) as Preset[]).map((preset) => (
          <button key={preset} type="button" class="button quiet small" onClick={() => take(preset)}>
            {t(`survey.preset_${preset}`)}
          </button>
        ))}
      </div>
      {!municipalities.value.has(own) && (
        <Select label={t('facility.municipality')} none="" value={town} options={[...municipalities.value].map(([value, text]) => ({ value, text }))} onChange={setTown} />
      )}
      <Input label={t('survey.name')} at="/title" required maxLength={60} value={title} onInput={setTitle} />
      <Text label={t('survey.intro')} at="/intro" maxLength={300} value={intro} onInput={setIntro} />
      <Ticks legend={t('survey.kinds')} values={kinds} options={wordsOfEnum('facility_kind')} onChange={setKinds} />
      <Ticks legend={t('survey.items')} help={t('survey.items_help')} values={items} options={wordsOfEnum('facility_item')} onChange={setItems} />
      <Input label={t('survey.due_on')} at="/due_on" type="date" required value={due} onInput={setDue} />
    </Form>
  );
}

// ---- one of them ----------------------------------------------------------------------------------------------------------------------------

export function SurveyPage({ id }: { id: string }) {
  const survey = useLoad(`survey-${id}`, () => api<SurveyAnswer>(`/surveys/${id}`));
  const { data } = survey;
  return (
    <div class="page">
      <p>
        <a href="/surveys">{t('survey.title')}</a>
      </p>
      {!data && <Waiting of={survey} lines={8} />}
      {data && (
        <>
          <Title text={data.title} />
          <p>{data.intro}</p>
          <p class="soft">
            {listed(data.kinds.map((one) => word('facility_kind', one)))}
            {dot()}
            {t('survey.due_on')} <Day date={data.due_on} />
          </p>
          <p class="soft">{listed(data.items.map((one) => word('facility_item', one)))}</p>
          <Consultations survey={data} again={survey.again} />
          {data.opened_at ? <Progress survey={data} again={survey.again} /> : <Opening survey={data} again={survey.again} />}
        </>
      )}
    </div>
  );
}

interface OneProps {
  survey: SurveyAnswer;
  again: () => Promise<void>;
}

function Consultations({ survey, again }: OneProps) {
  const [body, setBody] = useState('');
  const [day, setDay] = useState(dayOf(Date.now()));
  const [remark, setRemark] = useState('');
  const sending = useSend();
  const send = () =>
    sending.send(async () => {
      await api(`/surveys/${survey.survey_id}/consultations`, { method: 'POST', body: { body: body.trim(), held_on: day, remark: remark.trim() } });
      setBody('');
      setRemark('');
      await again();
    });
  return (
    <Section title={t('survey.consultations')} note={t('survey.consultations_note')}>
      {survey.consultations.length === 0 && <Empty title={t('survey.nobody_consulted')} />}
      <ul class="rows">
        {survey.consultations.map((one, at) => (
          <li key={at} class="row row-pad">
            <strong>{one.body}</strong>
            <span>{one.remark}</span>
            <span class="row-note">
              <Day date={one.held_on} />
            </span>
          </li>
        ))}
      </ul>
      <Fold title={t('survey.consult')} open={survey.consultations.length === 0}>
        <Form sending={sending} label={t('survey.consult')} onSend={send}>
          <div class="pair">
            <Input label={t('survey.body')} at="/body" required maxLength={60} value={body} onInput={setBody} />
            <Input label={t('survey.held_on')} at="/held_on" type="date" required max={dayOf(Date.now())} value={day} onInput={setDay} />
          </div>
          <Text label={t('survey.remark')} at="/remark" required maxLength={300} value={remark} onInput={setRemark} />
        </Form>
      </Fold>
    </Section>
  );
}

function Opening({ survey, again }: OneProps) {
  const sending = useSend();
  const open = () =>
    sending.send(async () => {
      await api<LettersSent>(`/surveys/${survey.survey_id}/open`, { method: 'POST', body: {} });
      await again();
    });
  return (
    <Section title={t('survey.opening')} note={t('survey.opening_note')}>
      <p>{t('survey.would_ask', { count: survey.would_ask })}</p>
      <Form sending={sending} label={t('survey.open')} onSend={open} />
      <Fold title={t('survey.change')}>
        <SurveyForm old={survey} onSaved={() => void again()} />
      </Fold>
    </Section>
  );
}

function Progress({ survey, again }: OneProps) {
  const [more, setMore] = useState<{ of: SurveyAnswer; lines: readonly LetterLine[]; next?: string }>({ of: survey, lines: survey.letters, next: survey.next });
  const shown = more.of === survey ? more : { of: survey, lines: survey.letters, next: survey.next };
  const reading = useSend();
  const read = () =>
    reading.send(async () => {
      const page = await api<SurveyAnswer>(`/surveys/${survey.survey_id}`, { query: { after: shown.next } });
      setMore({ of: survey, lines: [...shown.lines, ...page.letters], next: page.next });
    });
  const sent = survey.returned + survey.outstanding;
  return (
    <Section title={t('survey.progress')} note={t('survey.progress_note')}>
      <dl class="facts">
        {(
          [
            ['survey.asked', survey.would_ask],
            ['survey.sent', sent],
            ['survey.returned', survey.returned],
            ['survey.outstanding', survey.outstanding],
            ['survey.unsent', survey.unsent],
            ['survey.rate', rateText(survey.returned, survey.would_ask)],
          ] as const
        ).map(([key, value]) => (
          <div class="fact" key={key}>
            <dt>{t(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="soft">
        {t('survey.opened')} <When at={survey.opened_at} />
      </p>
      {survey.returned < survey.would_ask && <SendLetters survey={survey.survey_id} again={again} />}
      <p>
        <a href="/letter-codes">{t('letter.typing')}</a>
      </p>
      <ul class="rows">
        {shown.lines.map((line) => (
          <Letter key={line.letter_id} line={line} survey={survey.survey_id} />
        ))}
      </ul>
      <Refusal problem={reading.problem} />
      {shown.next && (
        <button type="button" class="button quiet wide" disabled={reading.busy} onClick={() => void read()}>
          {t('more')}
        </button>
      )}
    </Section>
  );
}
