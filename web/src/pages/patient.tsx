// The patient page, heart of the product: head, wishes, sudden change, the other sections, the team. Live changes come as a quiet line.
import { useEffect, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { hear, onResync } from '../app/live.ts';
import { useLoad } from '../app/load.ts';
import { keepNumbers } from '../app/numbers.ts';
import { mayReport, session } from '../app/session.ts';
import { language, t, word } from '../app/words.ts';
import type { PatientAnswer, SectionView, SheetAnswer, SheetSection } from '../model.ts';
import { SECTION_ORDER } from '../lib/sheet.ts';
import { draftOf } from '../lib/drafts.ts';
import { clockTime, fullDate } from '../lib/time.ts';
import { NewsLine, Refusal, Section, Skeleton, Tel } from '../parts/basic.tsx';
import { PatientHead } from '../parts/patient_head.tsx';
import { SectionCard, isUnread } from '../parts/section_card.tsx';

interface Props {
  id: string;
  section?: string;
}

export default function PatientPage({ id, section }: Props) {
  const patient = useLoad(`patient-${id}`, () => api<PatientAnswer>(`/patients/${id}`));
  const sheet = useLoad(`sheet-${id}`, () => api<SheetAnswer>(`/patients/${id}/sheet`));
  const [news, look] = useNews(id, patient.again, sheet.again, sheet.set, sheet.data);
  const [opened, setOpened] = useState<readonly string[]>(section ? [section] : []);
  useEffect(() => {
    if (patient.data && mayReport.value) void keepNumbers(patient.data);
  }, [patient.data?.version]);
  useEffect(() => {
    if (section && sheet.data) document.getElementById(`section-${section}`)?.scrollIntoView({ block: 'start' });
  }, [section, Boolean(sheet.data)]);
  if (!patient.data)
    return <div class="page">{patient.problem ? <Refusal problem={patient.problem} again={() => void look()} /> : <Skeleton lines={8} />}</div>;
  return (
    <div class="page">
      <PrintNote patient={patient.data} />
      <PatientHead patient={patient.data} />
      {news.length > 0 && (
        <NewsLine
          text={newsText(news)}
          onLook={() => {
            setOpened(news);
            void look();
          }}
        />
      )}
      <div class="two two-wide">
        <div>
          {!sheet.data && (sheet.problem ? <Refusal problem={sheet.problem} again={() => void sheet.again()} /> : <Skeleton lines={10} />)}
          {sheet.data && <Sheet patient={patient.data} sheet={sheet.data} opened={opened} onChanged={look} />}
        </div>
        <aside>
          <Team patient={patient.data} />
          <More patient={patient.data} />
        </aside>
      </div>
    </div>
  );
}

function newsText(news: readonly string[]): string {
  const sections = news.filter(Boolean).map((one) => word('sheet_section', one));
  return sections.length > 0 ? t('sheet.news_in', { sections: sections.join(language.value === 'ja' ? '、' : ', ') }) : t('sheet.news');
}

// Sections somebody else has changed meanwhile; read marks flow in without a word because they move nothing.
function useNews(
  id: string,
  readPatient: () => Promise<void>,
  readSheet: () => Promise<void>,
  setSheet: (sheet: SheetAnswer) => void,
  current: SheetAnswer | undefined,
): [readonly string[], () => Promise<void>] {
  const [news, setNews] = useState<readonly string[]>([]);
  useEffect(() => setNews([]), [id]);
  useEffect(
    () =>
      hear((item) => {
        if (item.patient_id !== id) return;
        if (item.kind === 'sheet_read') return void readMarks(id, current, setSheet);
        if (item.by === session.value?.person_id || item.alert_id) return;
        setNews((old) => [...new Set([...old, item.section ?? ''])]);
      }),
    [id, current],
  );
  useEffect(() => onResync(() => void Promise.all([readPatient(), readSheet()])), [id]);
  const look = async () => {
    await Promise.all([readPatient(), readSheet()]);
    setNews([]);
  };
  return [news, look];
}

// Takes over who has read, and leaves the texts one is looking at as they are.
async function readMarks(id: string, current: SheetAnswer | undefined, setSheet: (sheet: SheetAnswer) => void): Promise<void> {
  try {
    const fresh = await api<SheetAnswer>(`/patients/${id}/sheet`);
    if (current) setSheet({ ...current, readers: fresh.readers });
  } catch {
    // the next look shows it
  }
}

function Sheet({
  patient,
  sheet,
  opened,
  onChanged,
}: {
  patient: PatientAnswer;
  sheet: SheetAnswer;
  opened: readonly string[];
  onChanged: () => Promise<void>;
}) {
  const drafts = sheet.sections
    .filter((view) => draftOf(session.value?.person_id ?? '', patient.patient_id, view.section))
    .map((view) => view.section);
  const [editing, setEditing] = useState<ReadonlySet<SheetSection>>(new Set(drafts));
  const edit = (section: SheetSection, open: boolean) => {
    const fresh = new Set(editing);
    if (open) fresh.add(section);
    else fresh.delete(section);
    setEditing(fresh);
  };
  const views = SECTION_ORDER.map(
    (section) => sheet.sections.find((view) => view.section === section) ?? { section, version: 0, entries: [] },
  ) as SectionView[];
  const unread = views.filter(isUnread);
  return (
    <section class="sheet" aria-labelledby="sheet-title">
      <div class="section-head">
        <h2 id="sheet-title">{t('sheet.title')}</h2>
        {unread.length > 0 && (
          <nav class="jump" aria-label={t('sheet.changed_sections')}>
            <span class="soft">{t('sheet.changed_sections')}</span>
            {unread.map((view) => (
              <a key={view.section} href={`#section-${view.section}`}>
                {word('sheet_section', view.section)}
              </a>
            ))}
          </nav>
        )}
      </div>
      {views.map((view) => (
        <SectionCard
          key={view.section}
          patient={patient}
          view={view}
          readers={sheet.readers}
          opened={opened.includes(view.section)}
          editing={editing.has(view.section)}
          onEdit={(open) => edit(view.section, open)}
          onChanged={onChanged}
        />
      ))}
    </section>
  );
}

function Team({ patient }: { patient: PatientAnswer }) {
  return (
    <Section
      title={t('team.title')}
      aside={
        patient.may_edit && (
          <a class="link" href={`/patients/${patient.patient_id}/team`}>
            {t('team.change')}
          </a>
        )
      }>
      <ul class="team">
        {patient.team.map((member) => (
          <li key={member.member_id}>
            <span class="team-seat">{word('team_seat', member.seat)}</span>
            <span class="team-name">
              {member.name}
              <span class="soft">（{word('role', member.role)}）</span>
            </span>
            <span class="soft">{member.office}</span> <Tel number={member.phone} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function More({ patient }: { patient: PatientAnswer }) {
  const at = (path: string) => `/patients/${patient.patient_id}/${path}`;
  const current = patient.consents.filter((consent) => !consent.withdrawn_at);
  return (
    <Section title={t('patient.more')}>
      <ul class="plain-list">
        <li>
          <a href={at('consents')}>{t('consent.title')}</a>{' '}
          <span class="soft">
            {current.length > 0 ? [...new Set(current.map((consent) => word('consent_scope', consent.scope)))].join('・') : t('consent.none')}
          </span>
        </li>
        <li>
          <a href={at('papers')}>{t('papers.title')}</a>
        </li>
        <li>
          <a href={at('order')}>{t('order.title')}</a>
        </li>
        <li>
          <a href={at('night')}>{t('night.title')}</a>
        </li>
        {patient.may_edit && (
          <li>
            <a href={at('place')}>{t('place.title')}</a>
          </li>
        )}
        {patient.may_edit && (
          <li>
            <a href={at('head')}>{t('head.title')}</a>
          </li>
        )}
        <li>
          <a href={`/fax/send?patient=${patient.patient_id}`}>{t('fax.send_title')}</a>
        </li>
        <li>
          <a href={at('ledger')}>{t('ledger.title')}</a>
        </li>
        <li>
          <button type="button" class="link" onClick={() => print()}>
            {t('print')}
          </button>
        </li>
      </ul>
    </Section>
  );
}

const PrintNote = ({ patient }: { patient: PatientAnswer }) => (
  <p class="print-only">
    {t('print.note', {
      date: `${fullDate(Date.now(), language.value)} ${clockTime(Date.now())}`,
      version: patient.version,
      name: session.value?.name ?? '',
    })}
  </p>
);
