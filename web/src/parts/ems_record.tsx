// What is released about one person to dispatch and crews: the agreed list, nothing else, in the order a crew needs it.
import { t, word } from '../app/words.ts';
import type { EmsAcp, EmsContact, EmsRecordView, EmsWords } from '../model.ts';
import { clockTime, parseTime } from '../lib/time.ts';
import { municipalityName } from '../app/session.ts';
import { Chip, Day, Tel, When, type ChipKind } from './basic.tsx';

const KIND: Readonly<Record<EmsContact['state'], ChipKind>> = {
  planned: 'plain',
  notified: 'wait',
  seen: 'wait',
  accepted: 'good',
  declined: 'plain',
  no_answer: 'plain',
  always: 'plain',
};

// People on the way or to be called, in order; the last resort is always last.
export function Contacts({ contacts }: { contacts: readonly EmsContact[] }) {
  return (
    <ol class="tries contacts">
      {contacts.map((one) => (
        <li key={one.order} class={`try try-${one.state}`}>
          <span class="try-number">{one.order}</span>
          <span class="try-who">
            <span class="soft">{one.role}</span> <strong>{one.name}</strong> {one.office !== one.name && <span class="soft">{one.office}</span>}
          </span>
          <span class="try-state">
            <Chip kind={KIND[one.state]}>{word('ems_contact_state', one.state)}</Chip>{' '}
            {one.answer && one.state === 'accepted' && word('alert_answer_kind', one.answer)}{' '}
            {one.arrival_at ? (
              <strong>{t('alert.arrives', { time: clockTime(parseTime(one.arrival_at)) })}</strong>
            ) : (
              one.eta && one.state === 'accepted' && <strong>{word('ems_eta', one.eta)}</strong>
            )}
          </span>
          {one.phone && (
            <span class="contact-call">
              <Tel number={one.phone} name={t('ems.call')} big />
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

// Facts about the papers and the fixed sentence; never an instruction.
export function Acp({ acp }: { acp: EmsAcp }) {
  return (
    <div class="acp">
      <h3>{t('ems.acp')}</h3>
      <p>
        <strong>{word('acp_status', acp.status)}</strong> {acp.kind && word('wish_kind', acp.kind)} {acp.written_on && <Day date={acp.written_on} />}{' '}
        {acp.issuer && word('wish_issuer', acp.issuer)}
      </p>
      {acp.assumed_condition && <p>{t('ems.assumed', { text: acp.assumed_condition })}</p>}
      {acp.paper_at && <p>{t('ems.paper', { place: acp.paper_at })}</p>}
      {acp.conflicts > 0 && (
        <p class="late">
          {t('ems.conflicts', { count: acp.conflicts })}{' '}
          {acp.dates.map((date) => (
            <span key={date}>
              <Day date={date} />{' '}
            </span>
          ))}
        </p>
      )}
      {acp.withdrawn_on && (
        <p>
          {t('ems.withdrawn')} <Day date={acp.withdrawn_on} />
        </p>
      )}
      {acp.terminal_phase && (
        <p>
          {t('patient.terminal')} {acp.terminal_since && <Day date={acp.terminal_since} />}
        </p>
      )}
      <p class="acp-note">{acp.note}</p>
    </div>
  );
}

function Words({ title, words }: { title: string; words: EmsWords | undefined }) {
  if (!words) return null;
  return (
    <div class="fact fact-wide">
      <dt>{title}</dt>
      <dd>
        {words.level && `${word('adl_level', words.level)} `}
        <span class="entry-text">{words.text}</span> <span class="soft">
          <Day date={words.written_on} />
        </span>
      </dd>
    </div>
  );
}

export function EmsRecord({ record }: { record: EmsRecordView }) {
  return (
    <article class="ems-record" aria-label={record.name}>
      <h2 class="ems-name" tabIndex={-1} ref={(element) => element?.focus()}>
        {record.name} <span class="who-kana">{record.name_kana}</span>{' '}
        <span class="who-facts">
          {record.age !== undefined && t('age', { age: record.age })} {record.care_level && word('care_level', record.care_level)}{' '}
          {municipalityName(record.municipality)}
        </span>
      </h2>
      <p class="soft">
        {t('ems.as_of')} <When at={record.at} />
      </p>
      {record.acp && <Acp acp={record.acp} />}
      <dl class="facts">
        {record.hospital && (
          <div class="fact fact-wide">
            <dt>{t('hospital.title')}</dt>
            <dd>
              <strong>{record.hospital.name}</strong> <Tel number={record.hospital.night_phone ?? record.hospital.phone} />{' '}
              <span class="soft">{t(record.hospital.agreed ? 'ems.agreed' : 'ems.not_agreed')}</span>
            </dd>
          </div>
        )}
        {record.allergies && (
          <div class="fact fact-strong">
            <dt>{t('head.allergies')}</dt>
            <dd>{record.allergies}</dd>
          </div>
        )}
        {record.infection && (
          <div class="fact fact-strong">
            <dt>{t('head.infections')}</dt>
            <dd>{record.infection}</dd>
          </div>
        )}
        <Words title={word('ems_field', 'history')} words={record.history} />
        <Words title={word('ems_field', 'drugs')} words={record.drugs} />
        <Words title={word('ems_field', 'device')} words={record.device} />
        <Words title={word('ems_field', 'entry')} words={record.entry} />
        {record.adl.map((one) => (
          <Words key={one.item} title={word('sheet_item', one.item)} words={one} />
        ))}
        {record.place && (
          <div class="fact">
            <dt>{t('head.place')}</dt>
            <dd>
              {word('place_kind', record.place)} {record.place_name} <Tel number={record.place_phone} />
            </dd>
          </div>
        )}
        <div class="fact fact-wide">
          <dt>{t('head.contacts')}</dt>
          <dd>
            {record.contacts.length === 0 && t('head.none')}
            {record.contacts.map((one) => (
              <span class="fact-line" key={one.phone}>
                {one.name}（{one.relation}） <Tel number={one.phone} />
              </span>
            ))}
          </dd>
        </div>
        <div class="fact fact-wide">
          <dt>{word('ems_field', 'team')}</dt>
          <dd>
            {record.team.map((one, at) => (
              <span class="fact-line" key={at}>
                {word('team_seat', one.seat)} {one.name}（{one.office}） <Tel number={one.phone} />
              </span>
            ))}
          </dd>
        </div>
      </dl>
    </article>
  );
}
