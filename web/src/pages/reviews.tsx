// What residents see of the facilities one looks after: reviewed and shown, or not yet; proofs that go out before publication, and how many came back confirmed.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { t, word } from '../app/words.ts';
import type { FacilityReviewLine, FacilityReviewListAnswer, MunicipalityListAnswer, ProofView } from '../model.ts';
import { Chip, Empty, Refusal, Section, Title, Waiting, When } from '../parts/basic.tsx';
import { Select } from '../parts/choices.tsx';
import { Saved, wordsOfEnum } from '../parts/form.tsx';
import { ProofLetter } from '../parts/proof.tsx';

interface Wanted {
  reviewed: boolean;
  service: string;
  municipality: string;
  proof: string;
}
const AT_ONCE = 200;

const read = (wanted: Wanted, after?: string) => api<FacilityReviewListAnswer>('/facility-reviews', { query: { ...wanted, after, limit: AT_ONCE } });

// Every facility of this kind and place, page by page: what is done to each page changes what the next one holds, so the key goes on.
async function each(wanted: Wanted, act: (ids: string[]) => Promise<unknown>): Promise<number> {
  let after: string | undefined, count = 0;
  do {
    const page = await read(wanted, after);
    const ids = page.facilities.map((one) => one.facility_id);
    if (ids.length > 0) await act(ids);
    count += ids.length;
    after = page.next;
  } while (after);
  return count;
}

export default function ReviewsPage() {
  const [wanted, setWanted] = useState<Wanted>({ reviewed: false, service: '', municipality: '', proof: '' });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [letters, setLetters] = useState<readonly ProofView[]>([]);
  const [done, setDone] = useState('');
  const list = useLoad(`reviews-${JSON.stringify(wanted)}`, () => read(wanted));
  const places = useLoad('municipalities-here', () => api<MunicipalityListAnswer>('/municipalities', { query: { in_region: true } }));
  const sending = useSend();
  const set = (part: Partial<Wanted>) => {
    setWanted({ ...wanted, ...part });
    setChosen([]);
    setDone('');
  };
  const mark = (ids: string[]) => api('/facility-reviews', { method: 'POST', body: { facilities: ids, reviewed: !wanted.reviewed } });
  const send = (ids: string[]) => api('/facility-proofs', { method: 'POST', body: { facilities: ids } });
  const act = (work: (ids: string[]) => Promise<unknown>, key: 'reviews.marked' | 'reviews.unmarked' | 'reviews.sent') =>
    sending.send(async () => {
      const count = chosen.length > 0 ? chosen.length : await each(wanted, work);
      if (chosen.length > 0) await work([...chosen]);
      setChosen([]);
      setDone(t(key, { count }));
      await list.again();
    });
  const print = () =>
    sending.send(async () => {
      const ids = chosen.length > 0 ? chosen : (list.data?.facilities ?? []).filter((one) => one.proof === 'outstanding').map((one) => one.facility_id);
      const views: ProofView[] = [];
      for (const id of ids) views.push(await api<ProofView>(`/facilities/${id}/proof`));
      setLetters(views.filter((one) => one.token));
    });
  return (
    <div class="page">
      <Title text={t('reviews.title')} />
      <p class="help">{t('reviews.note')}</p>
      <p>
        <a href="/services">{t('reviews.look')}</a>
      </p>
      <Filters wanted={wanted} list={list.data} places={places.data} onChange={set} />
      <Waiting of={list} lines={8} />
      {list.data && <Figures list={list.data} />}
      {list.data && (
        <div class="buttons">
          <button type="button" class="button" disabled={sending.busy || list.data.count === 0} onClick={() => void act(mark, wanted.reviewed ? 'reviews.unmarked' : 'reviews.marked')}>
            {t(wanted.reviewed ? 'reviews.hide' : 'reviews.show', { count: chosen.length || list.data.count })}
          </button>
          <button type="button" class="button quiet" disabled={sending.busy || list.data.count === 0} onClick={() => void act(send, 'reviews.sent')}>
            {t('reviews.send', { count: chosen.length || list.data.count })}
          </button>
          <button type="button" class="button quiet" disabled={sending.busy || list.data.count === 0} onClick={() => void print()}>
            {t('reviews.print')}
          </button>
        </div>
      )}
      <p class="help">{t('reviews.all_help')}</p>
      <Refusal problem={sending.problem} />
      {done && !sending.problem && <Saved text={done} />}
      <Lines list={list.data} chosen={chosen} onChoose={setChosen} />
      {letters.length > 0 && (
        <Section title={t('reviews.letters', { count: letters.length })} note={t('reviews.letters_note')}>
          <button type="button" class="button no-print" onClick={() => globalThis.print()}>
            {t('reviews.print_now')}
          </button>
          {letters.map((one) => (
            <ProofLetter key={one.facility.facility_id} proof={one} />
          ))}
        </Section>
      )}
    </div>
  );
}

interface FiltersProps {
  wanted: Wanted;
  list?: FacilityReviewListAnswer;
  places?: MunicipalityListAnswer;
  onChange: (part: Partial<Wanted>) => void;
}

function Filters({ wanted, list, places, onChange }: FiltersProps) {
  const services = (list?.services ?? []).map(({ service }) => ({ value: service, text: service }));
  return (
    <div class="filters">
      <Select
        label={t('reviews.state')}
        value={wanted.reviewed ? 'shown' : 'not'}
        options={[
          { value: 'not', text: t('reviews.not_shown') },
          { value: 'shown', text: t('reviews.shown') },
        ]}
        onChange={(value) => onChange({ reviewed: value === 'shown' })}
      />
      <Select label={t('facility.service')} optional none={t('facility.every')} value={wanted.service} options={services} onChange={(service) => onChange({ service })} />
      <Select
        label={t('facility.municipality')}
        optional
        none={t('facility.everywhere')}
        value={wanted.municipality}
        options={(places?.municipalities ?? []).map(({ code, name }) => ({ value: code, text: name }))}
        onChange={(municipality) => onChange({ municipality })}
      />
      <Select label={t('reviews.proof')} optional none={t('reviews.any')} value={wanted.proof} options={wordsOfEnum('proof_state')} onChange={(proof) => onChange({ proof })} />
    </div>
  );
}

function Figures({ list }: { list: FacilityReviewListAnswer }) {
  const { count, proofs = 0, confirmed = 0 } = list;
  return (
    <p class="count" role="status">
      {t('count', { count: count >= 10_000 ? '10,000+' : count.toLocaleString() })}
      {count > 0 && ` ― ${t('reviews.confirmed', { proofs: proofs.toLocaleString(), confirmed: confirmed.toLocaleString(), share: Math.floor((100 * confirmed) / count) })}`}
    </p>
  );
}

interface LinesProps {
  list?: FacilityReviewListAnswer;
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}

function Lines({ list, chosen, onChoose }: LinesProps) {
  if (list?.count === 0) return <Empty title={t('facility.none')} />;
  const turn = (id: string) => onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <ul class="rows no-print">
      {list?.facilities.map((one) => (
        <Line key={one.facility_id} one={one} chosen={chosen.includes(one.facility_id)} onTurn={() => turn(one.facility_id)} />
      ))}
    </ul>
  );
}

function Line({ one, chosen, onTurn }: { one: FacilityReviewLine; chosen: boolean; onTurn: () => void }) {
  return (
    <li class="row row-pad review-line">
      <label class="choice-option">
        <input type="checkbox" checked={chosen} onChange={onTurn} />
        <span>{one.name}</span>
      </label>
      <span class="row-note">
        {one.service} {one.municipality_name} {t('reviews.items', { count: one.consented })} <a href={`/facilities/${one.facility_id}`}>{t('look')}</a>
      </span>
      <span class="row-state">
        {one.proof && <Chip kind={one.proof === 'confirmed' ? 'good' : 'wait'}>{word('proof_state', one.proof)}</Chip>}
        {one.marked_at && (
          <span class="row-note">
            {one.marked_by} <When at={one.marked_at} />
          </span>
        )}
      </span>
    </li>
  );
}

