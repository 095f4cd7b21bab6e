// Announcements of the region: what one's institution is told and confirms; for who looks after it, writing one and who has it.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { municipalityName, session } from '../app/session.ts';
import { dot, listed, t, word } from '../app/words.ts';
import type {
  AnnouncementAnswer,
  AnnouncementArea,
  AnnouncementLine,
  AnnouncementListAnswer,
  AnnouncementOffice,
  AnnouncementReminded,
  AnnouncementSent,
} from '../model.ts';
import { percentText, rateText, saidOf } from '../lib/announcements.ts';
import { Chip, Choice, Day, Empty, Input, Refusal, Section, Tel, Text, Title, Waiting, When } from '../parts/basic.tsx';
import { Select, Ticks } from '../parts/choices.tsx';
import { Fold, Form, Saved, wordsOfEnum } from '../parts/form.tsx';
import { dayOf } from '../lib/time.ts';

export default function AnnouncementsPage() {
  const list = useLoad('announcements', () => api<AnnouncementListAnswer>('/announcements'));
  const mine = list.data?.announcements.filter((one) => one.mine) ?? [];
  const sent = list.data?.announcements.filter((one) => one.manages) ?? [];
  return (
    <div class="page narrow">
      <Title text={t('announce.title')} />
      <p class="help">{t('announce.note')}</p>
      <Waiting of={list} lines={6} />
      {list.data && (
        <Section title={t('announce.mine')}>
          {mine.length === 0 && <Empty title={t('announce.none')} />}
          <ul class="rows">
            {mine.map((one) => (
              <Line key={one.announcement_id} one={one} />
            ))}
          </ul>
        </Section>
      )}
      {list.data && list.data.reach.length > 0 && (
        <Section title={t('announce.sent')}>
          {sent.length === 0 && <Empty title={t('announce.none_sent')} />}
          <ul class="rows">
            {sent.map((one) => (
              <Line key={one.announcement_id} one={one} rates />
            ))}
          </ul>
          <Fold title={t('announce.write')}>
            <Write reach={list.data.reach} again={list.again} />
          </Fold>
        </Section>
      )}
    </div>
  );
}

function Line({ one, rates }: { one: AnnouncementLine; rates?: boolean }) {
  const missing = rates ? (one.received ?? 0) < (one.offices ?? 0) : !one.received_at;
  return (
    <li class="row">
      <a class="row-link" href={`/announcements/${one.announcement_id}`}>
        <span class="row-text">{one.title}</span>
        <span class="row-note">
          {word('announcement_kind', one.kind)}
          {dot()}
          {one.from_office} <When at={one.sent_at} />
        </span>
        <span class="row-state">
          <Chip kind={missing ? 'wait' : 'good'}>
            {rates ? rateText(one.received ?? 0, one.offices ?? 0) : t(one.received_at ? 'announce.confirmed' : 'announce.unconfirmed')}
          </Chip>
        </span>
      </a>
    </li>
  );
}

// Whoever writes one chooses where it goes; the own municipality is chosen already.
function Write({ reach, again }: { reach: readonly AnnouncementArea[]; again: () => Promise<void> }) {
  const own = session.value?.municipality ?? '';
  const [id, setId] = useState(() => crypto.randomUUID() as string);
  const [kind, setKind] = useState('scheme_outline');
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [towns, setTowns] = useState<string[]>(reach.some((one) => one.municipality === own) ? [own] : []);
  const [readers, setReaders] = useState<string[]>([]);
  const [done, setDone] = useState('');
  const sending = useSend();
  const send = async () => {
    let said = '';
    const sent = await sending.send(async () => {
      const body = { kind, title: title.trim(), text: text.trim(), municipalities: towns, ...(readers.length > 0 && { readers }) };
      const answer = await api<AnnouncementSent>(`/announcements/${id}`, { method: 'PUT', body });
      said = t('announce.done', { offices: answer.offices, application: answer.application, fax: answer.fax, by_hand: answer.by_hand });
      await again();
    });
    if (sent) (setId(crypto.randomUUID()), setTitle(''), setText(''));
    setDone(said);
  };
  const options = reach.map((one) => ({ value: one.municipality, text: t('announce.town', { name: one.name, offices: one.offices }) }));
  const all = options.map((one) => one.value);
  return (
    <Form sending={sending} label={t('announce.send')} onSend={send} done={done} disabled={!title.trim() || !text.trim() || towns.length === 0}>
      <Select label={t('announce.kind')} at="/kind" required value={kind} options={wordsOfEnum('announcement_kind')} onChange={setKind} />
      <Input label={t('announce.name')} at="/title" required maxLength={60} value={title} onInput={setTitle} />
      <Text label={t('announce.text')} help={t('announce.text_help')} at="/text" required rows={8} maxLength={4000} value={text} onInput={setText} />
      <Ticks legend={t('announce.towns')} help={t('announce.towns_help')} values={towns} options={options} onChange={setTowns} />
      {towns.length < all.length && (
        <button type="button" class="button quiet small" onClick={() => setTowns(all)}>
          {t('announce.all_towns')}
        </button>
      )}
      <Ticks legend={t('announce.readers')} help={t('announce.readers_help')} values={readers} options={wordsOfEnum('announcement_reader')} onChange={setReaders} />
    </Form>
  );
}

// ---- one of them -------------------------------------------------------------------------------------------------------------------------

export function AnnouncementPage({ id }: { id: string }) {
  const [town, setTown] = useState('');
  const [outstanding, setOutstanding] = useState(true);
  const view = useLoad(`announcement-${id}-${town}-${outstanding}`, () =>
    api<AnnouncementAnswer>(`/announcements/${id}`, { query: { municipality: town, outstanding: outstanding || undefined } }),
  );
  const [shown, setShown] = useState<AnnouncementAnswer>();
  if (view.data && view.data !== shown) setShown(view.data);
  const one = (view.data ?? shown)?.announcement;
  return (
    <div class="page narrow">
      <p>
        <a href="/announcements">{t('announce.title')}</a>
      </p>
      {!one && <Waiting of={view} lines={8} />}
      {one && (
        <>
          <Title text={one.title} />
          <p class="soft">
            {word('announcement_kind', one.kind)}
            {dot()}
            {one.from_office}（{municipalityName(one.municipality)}） <When at={one.sent_at} />
          </p>
          <p class="entry-text">{(view.data ?? shown)?.text}</p>
          {one.mine && <Receipt one={one} again={view.again} />}
          {one.manages && (
            <>
              <Rates areas={one.areas ?? []} received={one.received ?? 0} offices={one.offices ?? 0} />
              <Section title={t('announce.offices')}>
                <div class="filters">
                  <Select
                    label={t('facility.municipality')}
                    value={town}
                    none={t('announce.every_town')}
                    options={(one.areas ?? []).map((area) => ({ value: area.municipality, text: area.name }))}
                    onChange={setTown}
                  />
                  <Select
                    label={t('announce.which')}
                    value={outstanding ? 'open' : ''}
                    options={[
                      { value: 'open', text: t('announce.outstanding') },
                      { value: '', text: t('announce.every_office') },
                    ]}
                    onChange={(value) => setOutstanding(value === 'open')}
                  />
                </div>
                <Remind one={one} again={view.again} />
                <Waiting of={view} lines={4} />
                {view.data?.offices.length === 0 && <Empty title={t(outstanding ? 'announce.all_have' : 'announce.no_office')} />}
                <ul class="rows">
                  {view.data?.offices.map((office) => (
                    <Office key={office.office_id} id={id} office={office} sent={one.sent_at} again={view.again} />
                  ))}
                </ul>
                {view.data?.more && <p class="hint">{t('announce.more')}</p>}
              </Section>
            </>
          )}
        </>
      )}
    </div>
  );
}

function Receipt({ one, again }: { one: AnnouncementLine; again: () => Promise<void> }) {
  const sending = useSend();
  const receive = () =>
    sending.send(async () => {
      await api(`/announcements/${one.announcement_id}/receipt`, { method: 'POST' });
      await again();
    });
  if (one.received_at)
    return (
      <p class="all-calm" role="status">
        {t('announce.confirmed_by', { name: one.received_by ?? '' })} <When at={one.received_at} />
      </p>
    );
  return (
    <>
      <p class="help">{t('announce.receive_note')}</p>
      <button type="button" class="button" disabled={sending.busy} onClick={() => void receive()}>
        {t('announce.receive')}
      </button>
      <Refusal problem={sending.problem} />
    </>
  );
}

function Rates({ areas, received, offices }: { areas: readonly AnnouncementArea[]; received: number; offices: number }) {
  return (
    <Section title={t('announce.rates')}>
      <div class="table-scroll" tabIndex={0} role="group" aria-label={t('announce.rates')}>
        <table class="numbers-table">
          <thead>
            <tr>
              <th scope="col">{t('facility.municipality')}</th>
              <th scope="col">{t('announce.count')}</th>
              <th scope="col">{t('announce.have')}</th>
              <th scope="col">{t('announce.rate')}</th>
            </tr>
          </thead>
          <tbody>
            {[...areas, ...(areas.length > 1 ? [{ municipality: '', name: t('announce.total'), offices, received }] : [])].map((area) => (
              <tr key={area.municipality}>
                <th scope="row">{area.name}</th>
                <td>{area.offices}</td>
                <td>{area.received}</td>
                <td>{percentText(area.received, area.offices)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

// Only those that have not confirmed it, and that were told a day ago or longer.
function Remind({ one, again }: { one: AnnouncementLine; again: () => Promise<void> }) {
  const sending = useSend();
  const [said, setSaid] = useState('');
  if ((one.received ?? 0) >= (one.offices ?? 0)) return null;
  const remind = () =>
    sending.send(async () => {
      const answer = await api<AnnouncementReminded>(`/announcements/${one.announcement_id}/reminder`, { method: 'POST' });
      setSaid(answer.offices > 0 ? t('announce.reminded', { offices: answer.offices }) : t('announce.reminded_none'));
      await again();
    });
  return (
    <>
      <button type="button" class="button quiet" disabled={sending.busy} onClick={() => void remind()}>
        {t('announce.remind')}
      </button>
      {said && <Saved text={said} />}
      <Refusal problem={sending.problem} />
    </>
  );
}

interface OfficeProps {
  id: string;
  office: AnnouncementOffice;
  sent: string;
  again: () => Promise<void>;
}

function Office({ id, office, sent, again }: OfficeProps) {
  const said = saidOf(office);
  return (
    <li class="row row-pad">
      <span class="row-text">
        <strong>{office.office}</strong> <Chip kind={said === 'received' || said === 'delivered' ? 'good' : 'wait'}>{t(`announce.said_${said}`)}</Chip>
      </span>
      <span class="row-note">
        {municipalityName(office.municipality)}
        {dot()}
        {office.readers.length > 0 ? listed(office.readers.map((one) => word('announcement_reader', one))) : t('announce.kind_unknown')} <Tel number={office.phone} />
      </span>
      <span class="row-note">
        {office.received_at ? (
          <>
            {office.received_by} <When at={office.received_at} />
          </>
        ) : office.delivered_on ? (
          <>
            {word('announcement_way', office.delivered_by)} <Day date={office.delivered_on} />（{office.recorded_by}）
          </>
        ) : (
          <>
            {office.fax_state && `FAX ${word('delivery_state', office.fax_state)} `}
            {office.told_at && <When at={office.told_at} />} {office.people > 0 && t('announce.people', { count: office.people })}{' '}
            {office.reminders > 0 && t('announce.reminders', { count: office.reminders })}
          </>
        )}
      </span>
      {!office.received_at && (
        <Fold title={t('announce.deliver')} of={office.office}>
          <Delivery id={id} office={office} sent={sent} again={again} />
        </Fold>
      )}
    </li>
  );
}

function Delivery({ id, office, sent, again }: OfficeProps) {
  const [by, setBy] = useState<string>(office.delivered_by ?? 'by_hand');
  const [on, setOn] = useState(office.delivered_on ?? dayOf(Date.now()));
  const sending = useSend();
  const send = () =>
    sending.send(async () => {
      await api(`/announcements/${id}/offices/${office.office_id}/delivery`, { method: 'PUT', body: { by, on } });
      await again();
    });
  return (
    <Form sending={sending} label={t('announce.deliver_do')} onSend={send} quiet>
      <Choice
        legend={t('announce.by')}
        name={`by-${office.office_id}`}
        at="/by"
        value={by}
        options={wordsOfEnum('announcement_way').filter((one) => one.value !== 'application')}
        onChange={setBy}
      />
      <Input label={t('announce.on')} help={t('announce.on_help', { day: dayOf(Date.parse(sent)) })} at="/on" type="date" required value={on} onInput={setOn} />
    </Form>
  );
}
