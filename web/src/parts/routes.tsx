// How an office is reached by hospitals and doctors, by day and by night (主治医⇔病院): when somebody answered last, trying it, and writing it down.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { t, word } from '../app/words.ts';
import type { ContactPartnersAnswer, ContactRoutesAnswer, RouteCall, RouteMeans, RouteTime, RouteView } from '../model.ts';
import { Chip, Choice, Empty, Input, Section, Tel, Text, When } from './basic.tsx';
import { Ask, Fold, Form, wordsOfEnum } from './form.tsx';

const useRoutes = (office: string) => useLoad(`routes-${office}`, () => api<ContactRoutesAnswer>(`/offices/${office}/routes`));

// On the office's own page. Nothing for whoever does not share a person with it.
export function Routes({ office }: { office: string }) {
  const { data, again } = useRoutes(office);
  if (!data) return null;
  return (
    <Section title={t('route.title')} note={t('route.note')}>
      {data.routes.length === 0 && <Empty title={t('route.none')} />}
      <ul class="rows">
        {data.routes.map((one) => (
          <Route key={one.route_id} office={office} one={one} answer={data} again={again} />
        ))}
      </ul>
      {data.may_edit && (
        <Fold key={data.routes.length} title={t('route.add')}>
          <RouteForm office={office} again={again} />
        </Fold>
      )}
    </Section>
  );
}

// Beside a designated hospital: numbers to call at once, in words whether they were tried.
export function RouteLines({ office }: { office: string }) {
  const { data } = useRoutes(office);
  if (!data || (data.routes.length === 0 && !data.may_edit)) return null;
  return (
    <div>
      <strong>{t('route.of', { office: data.office })}</strong>
      {data.routes.map((one) => (
        <p key={one.route_id}>
          <Way one={one} /> <Known one={one} />
        </p>
      ))}
      <a href={`/offices/${office}`}>{t('route.try_there')}</a>
    </div>
  );
}

// The other side of the registrations of one's own office.
export function Partners() {
  const { data } = useLoad('route-partners', () => api<ContactPartnersAnswer>('/me/contact-routes'));
  if (!data?.partners.length) return null;
  return (
    <Section title={t('route.partners')} note={t('route.partners_note')}>
      <ul class="rows">
        {data.partners.map((one) => (
          <li class="row row-pad" key={one.office_id}>
            <a href={`/offices/${one.office_id}`}>{one.office}</a>
            {one.routes.length === 0 && <span class="soft">{t('route.none')}</span>}
            {one.routes.map((each) => (
              <span key={each.route_id}>
                <Way one={each} /> <Known one={each} />
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  );
}

const Way = ({ one }: { one: RouteView }) => (
  <>
    {word('route_time', one.time)} {word('route_means', one.means)} {one.means === 'telephone' ? <Tel number={one.address} /> : <span class="number">{one.address}</span>}{' '}
    {one.note && <span>{one.note}</span>}
  </>
);

const Known = ({ one }: { one: RouteView }) => (
  <>
    {one.needs_check && <Chip kind="wait">{t('route.check')}</Chip>}{' '}
    <span class="soft">{one.succeeded_at ? t('route.success') : t('route.never')}</span> <When at={one.succeeded_at} />
  </>
);

interface RouteProps {
  office: string;
  one: RouteView;
  answer: ContactRoutesAnswer;
  again: () => Promise<void>;
}

function Route({ office, one, answer, again }: RouteProps) {
  const remove = () => api(`/offices/${office}/routes/${one.route_id}`, { method: 'DELETE' }).then(again);
  return (
    <li class="row row-pad">
      <span class="row-text">
        <Way one={one} />
      </span>
      <span>
        <Known one={one} />
      </span>
      {one.calls.map((call) => (
        <span key={call.test_id} class="row-note">
          <When at={call.called_at} /> {callWords(call)} {call.by_name} {call.note}
        </span>
      ))}
      <Trial office={office} one={one} can={answer.can_call} again={again} />
      {answer.may_edit && (
        <>
          <Fold title={t('route.change')} of={one.address}>
            <RouteForm key={one.set_at} office={office} one={one} again={again} />
          </Fold>
          <Ask title={t('route.remove')} of={one.address} sure={t('route.remove_sure')} label={t('route.remove')} onDo={remove} />
        </>
      )}
    </li>
  );
}

const callWords = (call: RouteCall): string =>
  [
    t(call.by_machine ? 'route.by_machine' : 'route.by_hand'),
    t(call.answered === undefined ? 'route.under_way' : call.answered ? 'resort.yes' : 'resort.no'),
  ].join(' ');

// The system calls with a fixed sentence, or one's own call is written down.
function Trial({ office, one, can, again }: { office: string; one: RouteView; can: boolean; again: () => Promise<void> }) {
  const machine = can && one.means === 'telephone';
  const [id, setId] = useState(() => crypto.randomUUID() as string);
  const [how, setHow] = useState('');
  const [note, setNote] = useState('');
  const sending = useSend();
  const send = () =>
    sending.send(async () => {
      const body = how === 'machine' ? {} : { answered: how === 'yes', ...(note.trim() && { note: note.trim() }) };
      await api(`/offices/${office}/routes/${one.route_id}/tests/${id}`, { method: 'PUT', body });
      setId(crypto.randomUUID());
      setHow('');
      setNote('');
      await again();
    });
  return (
    <Fold title={t('route.try')} of={one.address}>
      <Form sending={sending} label={t(how === 'machine' ? 'route.call_do' : 'route.record_do')} onSend={send} disabled={!how}>
        <Choice
          legend={t('route.how')}
          name={`try-${one.route_id}`}
          at="/answered"
          value={how}
          options={[
            ...(machine ? [{ value: 'machine', text: t('route.machine') }] : []),
            { value: 'yes', text: t('route.own_yes') },
            { value: 'no', text: t('route.own_no') },
          ]}
          onChange={setHow}
        />
        {how !== 'machine' && <Text label={t('resort.words')} at="/note" optional={how !== 'no'} rows={2} maxLength={130} value={note} onInput={setNote} />}
      </Form>
    </Fold>
  );
}

function RouteForm({ office, one, again }: { office: string; one?: RouteView; again: () => Promise<void> }) {
  const [id] = useState(() => one?.route_id ?? (crypto.randomUUID() as string));
  const [time, setTime] = useState<string>(one?.time ?? 'night');
  const [means, setMeans] = useState<string>(one?.means ?? 'telephone');
  const [address, setAddress] = useState(one?.address ?? '');
  const [note, setNote] = useState(one?.note ?? '');
  const sending = useSend();
  const send = () =>
    sending.send(async () => {
      const body = { time: time as RouteTime, means: means as RouteMeans, address: address.trim(), ...(note.trim() && { note: note.trim() }) };
      await api(`/offices/${office}/routes/${id}`, { method: 'PUT', body });
      await again();
    });
  return (
    <Form sending={sending} label={t('partner.save')} onSend={send} disabled={!address.trim()}>
      <Choice legend={t('route.time')} name={`time-${id}`} value={time} options={wordsOfEnum('route_time')} onChange={setTime} />
      <Choice legend={t('route.means')} name={`means-${id}`} value={means} options={wordsOfEnum('route_means')} onChange={setMeans} />
      <Input
        label={t(means === 'other' ? 'route.other' : 'route.number')}
        at="/address"
        required
        type={means === 'other' ? 'text' : 'tel'}
        maxLength={60}
        value={address}
        onInput={setAddress}
      />
      <Input label={t('route.whom')} help={t('route.whom_help')} at="/note" optional maxLength={120} value={note} onInput={setNote} />
    </Form>
  );
}
