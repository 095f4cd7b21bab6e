// Who looks after an office's people: its pledge, the municipality's approval, who else manages it; what has to be looked at – unused accounts, accounts in use twice, the yearly review.
import { useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad, useSend } from '../app/load.ts';
import { listed, t, word } from '../app/words.ts';
import type { OfficeLine, OfficeListAnswer, OfficePerson, OfficeStanding, Role, SharedSign } from '../model.ts';
import { deviceName } from '../lib/device_name.ts';
import { Chip, Section, When } from './basic.tsx';
import { Select, Ticks } from './choices.tsx';
import { Ask, Fold, Form, wordsOfEnum } from './form.tsx';

const PLEDGE = '2026-11';
// Given by the region or a municipality only, never by an office's manager.
export const RESERVED: readonly string[] = ['last_resort', 'ambulance_crew', 'dispatch_desk', 'municipal_officer', 'prefecture', 'resident', 'family', 'administrator', 'operator', 'partner'];

interface CareProps {
  office: OfficeLine;
  standing: OfficeStanding;
  people: readonly OfficePerson[];
  curates: boolean;
  own: boolean;
  again: () => Promise<void>;
}

export function OfficeCare({ office, standing, people, curates, own, again }: CareProps) {
  return (
    <Section title={t('care.title')}>
      <ul class="rows">
        <li class="row row-pad">
          <span class="row-text">{t('care.pledge')}</span>
          <span>{standing.pledged_at ? <Done at={standing.pledged_at} by={standing.pledged_by} /> : <Chip kind="wait">{t('care.not_yet')}</Chip>}</span>
        </li>
        <li class="row row-pad">
          <span class="row-text">{t('care.approval')}</span>
          <span>{standing.approved_at ? <Done at={standing.approved_at} by={standing.approved_by} /> : <Chip kind="wait">{t('care.not_yet')}</Chip>}</span>
          {standing.approved_at && <span class="row-note">{listed((standing.roles ?? []).map((role) => word('role', role)))}</span>}
        </li>
        <li class="row row-pad">
          <span class="row-text">{t('care.review')}</span>
          <span>
            {standing.reviewed_at && <Done at={standing.reviewed_at} by={standing.reviewed_by} />} {standing.review_due && <Chip kind="wait">{t('care.review_due')}</Chip>}
          </span>
        </li>
        {standing.keeper && (
          <li class="row row-pad">
            <span class="row-text">{t('care.keeper')}</span>
            <span>{standing.keeper}</span>
          </li>
        )}
      </ul>
      {own && !standing.pledged_at && <Pledge office={office} again={again} />}
      {curates && <Approval office={office} standing={standing} again={again} />}
      {curates && <Keeper office={office} standing={standing} again={again} />}
      <Review office={office} people={people} again={again} open={standing.review_due} />
    </Section>
  );
}

const Done = ({ at, by }: { at: string; by?: string }) => (
  <>
    <When at={at} /> {by}
  </>
);

function Pledge({ office, again }: { office: OfficeLine; again: () => Promise<void> }) {
  const pledge = () => api(`/offices/${office.office_id}/pledge`, { method: 'PUT', body: { version: PLEDGE } }).then(again);
  return (
    <Ask title={t('care.pledge_open')} sure={t('care.pledge_text')} label={t('care.pledge_do')} onDo={pledge} />
  );
}

function Approval({ office, standing, again }: { office: OfficeLine; standing: OfficeStanding; again: () => Promise<void> }) {
  const [roles, setRoles] = useState<readonly string[]>(standing.roles ?? []);
  const decide = (approved: boolean) => api(`/offices/${office.office_id}/approval`, { method: 'PUT', body: { approved, ...(approved && { roles: roles as Role[] }) } }).then(again);
  const offered = wordsOfEnum('role').filter(({ value }) => !RESERVED.includes(value) && value !== 'service_manager');
  return (
    <>
      <Ask
        title={t(standing.approved_at ? 'care.approve_change' : 'care.approve_open')}
        sure={t(standing.pledged_at ? 'care.approve_note' : 'care.approve_wait')}
        label={t('care.approve_do')}
        onDo={() => decide(true)}
        disabled={!standing.pledged_at || roles.length === 0}>
        <Ticks legend={t('care.roles')} values={roles} options={offered} onChange={setRoles} />
      </Ask>
      {standing.approved_at && <Ask title={t('care.withdraw')} sure={t('care.withdraw_sure')} label={t('care.withdraw_do')} onDo={() => decide(false)} />}
    </>
  );
}

function Keeper({ office, standing, again }: { office: OfficeLine; standing: OfficeStanding; again: () => Promise<void> }) {
  const [keeper, setKeeper] = useState(standing.keeper_id ?? '');
  const list = useLoad('keepers', () => api<OfficeListAnswer>('/offices', { query: { limit: 200 } }));
  const options = (list.data?.offices ?? []).filter((one) => one.office_id !== office.office_id).map((one) => ({ value: one.office_id, text: one.name }));
  const keep = () => api(`/offices/${office.office_id}/keeper`, { method: 'PUT', body: keeper ? { keeper_id: keeper } : {} }).then(again);
  return (
    <Ask title={t('care.keeper_open')} sure={t('care.keeper_note')} label={t('partner.save')} onDo={keep}>
      <Select label={t('care.keeper')} value={keeper} none={t('care.keeper_none')} options={options} onChange={setKeeper} />
    </Ask>
  );
}

function Review({ office, people, again, open }: { office: OfficeLine; people: readonly OfficePerson[]; again: () => Promise<void>; open: boolean }) {
  const [done, setDone] = useState('');
  const sending = useSend();
  const confirm = async () => {
    const body = { people: people.map(({ person_id, roles }) => ({ person_id, roles })) };
    const sent = await sending.send(() => api(`/offices/${office.office_id}/rights-review`, { method: 'PUT', body }).then(again));
    setDone(sent ? t('care.review_done') : '');
  };
  return (
    <Fold title={t('care.review_open')} open={open}>
      <p>{t('care.review_note')}</p>
      <ul class="plain-list">
        {people.map((one) => (
          <li key={one.person_id}>
            {one.name}　{listed(one.roles.map((role) => word('role', role)))}
          </li>
        ))}
      </ul>
      <Form sending={sending} label={t('care.review_do')} onSend={confirm} done={done} quiet />
    </Fold>
  );
}

// What a manager and an officer should talk about: nothing is locked.
export function LookAt({ people, shared }: { people: readonly OfficePerson[]; shared: readonly SharedSign[] }) {
  const unused = people.filter((one) => one.unused);
  if (unused.length === 0 && shared.length === 0) return null;
  return (
    <Section title={t('care.look_at')}>
      <ul class="rows">
        {unused.map((one) => (
          <li class="row row-pad" key={one.person_id}>
            <span class="row-text">{t('care.unused', { name: one.name })}</span>
            <span class="row-note">{one.last_used ? <When at={one.last_used} /> : t('care.never_used')}</span>
          </li>
        ))}
        {shared.map((one) => (
          <li class="row row-pad" key={`${one.person_id}-${one.day}`}>
            <span class="row-text">{t('care.shared', { name: one.name })}</span>
            <span class="row-note">
              <When at={one.last_at} />　{listed([...new Set(one.devices.map(deviceName))])}
            </span>
          </li>
        ))}
      </ul>
      {shared.length > 0 && <p class="help">{t('care.shared_note')}</p>}
    </Section>
  );
}
