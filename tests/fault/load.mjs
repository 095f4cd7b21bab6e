// load.mjs - people at work: every kind of command and many queries at once, each recorded with its key, its attempts and what came of it.
//
// A command whose outcome is not known (no answer, 503, 504, still running) is sent again with the same Idempotency-Key until it is.  What a
// command must leave behind is recorded with it: `events`, each exactly once under the command's trace, and `marker`, a word that must stand in
// exactly one row of `table`.  Each sheet section, head, seat … belongs to one worker, so no command may fail because of another one.
// What works `once` (a log-in's ticket) may be refused when it is sent again after an unknown outcome: it is 'spent'.
//
// People here and in courses, desk, fax, imports, logins, operating and roster.mjs together send every command of proto/ and ask every query; coverage.mjs checks that.
import crypto from 'node:crypto';
import fs from 'node:fs';
import { Api } from '../../deploy/demo/api.mjs';
import { municipalities, personOf } from '../../deploy/demo/people.mjs';
import { serviceOf } from './catalogue.mjs';
import { courseWorker } from './courses.mjs';
import { breakGlassWorker, deskWorker, fetchingWorker, incidentWorker, partnerWorker } from './desk.mjs';
import { faxWorker } from './fax.mjs';
import { importWorker, uploadWorker } from './imports.mjs';
import { upkeepWorker } from './upkeep.mjs';
import { loginWorker, patienceWorker } from './logins.mjs';
import { operatingWorker } from './operating.mjs';
import { hex, sleep } from './region.mjs';
import { changesWorker, rosterWorker } from './roster.mjs';

const ATTEMPT_MS = 3000, RESOLVE_MS = 180000;
const pick = (list) => list[crypto.randomInt(list.length)];
const sections = { wishes: 'person_wish', condition: 'condition_now', daily_living: 'meal', housing: 'house_layout', family_care: 'caregiver', illness_and_drugs: 'disease',
  explanation: 'explained', sudden_change: 'expected_change', medical_cautions: 'medical_caution', living_cautions: 'living_caution' };
export const sectionNames = ['', 'contacts', ...Object.keys(sections)];

// Every value of a field of that name, anywhere in an answer.
function valuesOf(answer, field, found = new Set()) {
  if (answer && typeof answer === 'object')
    for (const [name, value] of Object.entries(answer)) {
      if (name === field) found.add(value);
      else valuesOf(value, field, found);
    }
  return found;
}

// Whose alerts would be joined by anybody else's: two with consent for the fire service, one without, one with a hospital that has agreed.
const reserved = { incidents: [0, 7], opened: [4], courses: [10] };

// A report within the merge window goes into the person's open alert (N-03): it is kept, and announces nothing.
export const reported = (answer) => (answer.joined ? [] : ['emergency_reported']);

// Whose record an answer shows; a notice without a name shows nothing of anybody.
function shownIn(message, answer) {
  return [...valuesOf(message === 'feed' ? answer.items.filter((item) => item.patient_name) : answer, 'patient_id')];
}

export class Load {
  constructor(region, recording) {
    this.region = region;
    this.recording = recording;
    this.log = [];
    this.inFlight = new Set();
    this.stopping = false;
    this.gate = Promise.resolve();
    this.answered = {};                                        // service → when it last answered
  }

  // Everybody logs in once.
  async open(keys) {
    const accounts = Object.fromEntries(this.region.accounts.map((account) => [account.key, account]));
    const wanted = keys ?? Object.keys(accounts).filter((key) => /^(nurse|manager|doctor|admin|centre|rota|officer|dispatch|crew|liaison|pharmacist|proxy|head)-/.test(key));
    this.people = {};
    const logIn = async (key, tries = 5) => {
      const api = new Api(this.region.base);
      try { await api.login(accounts[key]); } catch (error) {
        if (tries === 0) throw error;
        return sleep(1000).then(() => logIn(key, tries - 1));         // passwords take their time on a busy machine
      }
      this.people[key] = { key, api, person_id: accounts[key].person_id, municipality: accounts[key].municipality, role: accounts[key].role };
    };
    await Promise.all([0, 1, 2, 3].map(async (part) => { for (const key of wanted.filter((_, n) => n % 4 === part)) await logIn(key); }));
    const patients = this.region.patients.map((patient, n) => ({ ...patient, n })).filter((patient) => patient.consented && this.people[patient.nurse]);
    this.patients = patients.filter(({ n }) => !Object.values(reserved).flat().includes(n));
    this.reserved = Object.fromEntries(Object.entries(reserved).map(([name, numbers]) => [name, patients.filter(({ n }) => numbers.includes(n))]));
  }

  async attempt(person, call, record) {
    const at = Date.now(), attempt = { at };
    record.attempts.push(attempt);
    try {
      const response = await fetch(`${this.region.base}/api/v1${record.path}`, {
        method: record.method, signal: AbortSignal.timeout(ATTEMPT_MS),
        headers: { 'renkei-client': 'load', ...(person.api.cookie ? { cookie: person.api.cookie } : {}), ...(call.device ? { 'user-agent': call.device } : {}), traceparent: record.trace, ...(call.headers ?? {}), ...(call.headers ? {} : call.raw ? { 'content-type': 'application/octet-stream' } : call.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(record.key ? { 'idempotency-key': record.key } : {}), ...(call.version === undefined ? {} : { 'if-match': `"${call.version}"` }) },
        body: call.raw ?? (call.body === undefined ? undefined : JSON.stringify(call.body)) });
      const text = await response.text();
      attempt.status = response.status;
      attempt.replayed = response.headers.get('idempotency-replayed') ? true : undefined;
      const isJson = /json/.test(response.headers.get('content-type'));
      return { status: response.status, answer: text && isJson ? JSON.parse(text) : {}, cookie: response.headers.getSetCookie()[0]?.split(';')[0] };
    } catch (error) {
      attempt.error = error.cause?.code ?? error.name;
      return { status: 0, answer: {} };
    } finally {
      attempt.ms = Date.now() - at;
    }
  }

  static isOpen({ status, answer }) {
    return status === 0 || status === 503 || status === 504 || status === 429 || (status === 409 && /still.running/.test(JSON.stringify(answer)));
  }

  // One command or query, from the first attempt to a definite answer.
  async send(person, message, method, path, call = {}) {
    const record = { message, kind: method === 'GET' ? 'query' : 'command', person: person.person_id, municipality: person.municipality, method, path,
      key: method === 'GET' ? undefined : crypto.randomUUID(), trace: `00-${hex(16)}-${hex(8)}-01`, attempts: [], events: call.events, table: call.table, marker: call.marker,
      session: call.session, office: call.office, imported: call.imported, patient: call.patient, outcome: 'unresolved' };
    const until = Date.now() + RESOLVE_MS;
    let result;
    this.inFlight.add(record);
    do {
      result = await this.attempt(person, call, record);
      if (Load.isOpen(result)) await sleep(100 + crypto.randomInt(150));
    } while (Load.isOpen(result) && Date.now() < until);
    this.inFlight.delete(record);
    if (typeof call.events === 'function') record.events = call.events(result.answer);
    record.status = result.status;
    if (result.status >= 200 && result.status < 300) {
      record.outcome = 'done';
      record.version = result.answer.version;
      record.shown = call.across ? [] : shownIn(message, result.answer);
      if (message === 'feed') record.nameless = result.answer.items.filter((item) => item.patient_id && !item.patient_name).map((item) => item.kind);
      this.answered[serviceOf(message)] = Date.now();
    } else if (!Load.isOpen(result)) {
      record.outcome = call.once && record.attempts.length > 1 ? 'spent' : 'refused';
      record.refusal = JSON.stringify(result.answer).slice(0, 300);
    }
    this.keep(record);
    await this.gate;
    return { ...result, record };
  }

  keep(record) {
    this.log.push(record);
    fs.appendFileSync(this.recording, JSON.stringify(record) + '\n');
  }

  // A command of the operator's: again until it is done, or found done.
  async operate(region, message, service, words, { event_id, isDone } = {}) {
    const record = { message, kind: 'command', operator: true, service, event_id, attempts: [], outcome: 'unresolved' }, until = Date.now() + RESOLVE_MS;
    this.inFlight.add(record);
    while (record.outcome === 'unresolved' && Date.now() < until) {
      const at = Date.now(), { done, text } = await region.renkei(...words);
      record.attempts.push({ at, ms: Date.now() - at, ...(done ? {} : { error: text.slice(0, 200) }) });
      record.outcome = done ? 'done' : isDone && await isDone() ? 'spent' : 'unresolved';
      if (!done) await sleep(300);
    }
    this.inFlight.delete(record);
    this.keep(record);
  }

  commandsInFlight() { return [...this.inFlight].filter((record) => record.kind === 'command').length; }

  // ---- what people do ---------------------------------------------------------------------------------------------------------------

  member(patient, seat) { return this.people[patient[seat]]; }

  async sheetWorker(slots) {
    for (const slot of slots) {
      const { answer } = await this.send(this.member(slot.patient, 'nurse'), 'sheet', 'GET', `/patients/${slot.patient.patient_id}/sheet`);
      slot.version = answer.sections?.find((view) => view.section === slot.section)?.version ?? 0;
    }
    for (let turn = 0; !this.stopping; turn++) {
      const slot = slots[turn % slots.length], writer = turn % 2 ? 'manager' : 'nurse', reader = turn % 2 ? 'nurse' : 'doctor';
      await this.updateSection(slot, writer);
      if (this.stopping) return;
      await this.markRead(slot, reader);
    }
  }

  async updateSection(slot, writer) {
    const marker = `m-${hex(8)}`, path = `/patients/${slot.patient.patient_id}/sheet/${slot.section}`;
    const { status, answer } = await this.send(this.member(slot.patient, writer), 'sheet_section_update', 'PUT', path, { version: slot.version,
      body: { entries: [{ item: sections[slot.section], text: `変わりなし ${marker}` }] }, marker, table: 'section_version', events: ['sheet_updated'] });
    if (status === 200) slot.version = answer.version;
  }

  markRead(slot, reader) {
    return this.send(this.member(slot.patient, reader), 'section_read_mark', 'POST', `/patients/${slot.patient.patient_id}/sheet/${slot.section}/read`,
      { body: { version: slot.version }, events: ['sheet_read'] });
  }

  async readingWorker() {
    while (!this.stopping) {
      const patient = pick(this.patients), id = patient.patient_id, person = this.member(patient, pick(['nurse', 'manager', 'doctor'])), section = pick(Object.keys(sections));
      const [message, path] = pick([['sheet', `/patients/${id}/sheet`], ['patient', `/patients/${id}`], ['patient_list', '/patients?mine=true'], ['feed', '/feed?limit=20'],
        ['section_history', `/patients/${id}/sheet/${section}/versions?limit=3`], ['section_changes', `/patients/${id}/sheet/${section}/changes?from_version=0`], ['ledger', `/patients/${id}/ledger?limit=5`],
        ['resolve', `/patients/${id}/on-call`], ['alert_list', '/alerts?limit=5'], ['duty_now', '/duty'], ['session_now', '/session'], ['rotation_list', '/rotations'],
        ['chain', `/patients/${id}/chain`], ['colleague_list', '/people?limit=10'], ['municipality_list', '/municipalities'], ['facility_search', '/facilities?limit=5']]);
      if (message === 'feed') {
        const { answer } = await this.send(person, message, 'GET', path);
        const position = answer.items?.[0]?.position;
        if (position && !this.stopping) await this.send(person, 'feed_read', 'POST', '/feed/read', { body: { position } });
      } else if (message === 'facility_search') {
        const { answer } = await this.send(person, message, 'GET', path), [facility] = valuesOf(answer, 'facility_id');
        if (facility && !this.stopping) await this.send(person, 'facility', 'GET', `/facilities/${facility}`);
      } else
        await this.send(person, message, 'GET', path);
    }
  }

  // Head, place, seats and consents of one person.
  async recordWorker(patient) {
    const manager = this.member(patient, 'manager'), nurse = this.member(patient, 'nurse'), base = `/patients/${patient.patient_id}`;
    for (let turn = 0; !this.stopping; turn++) {
      const marker = `m-${hex(8)}`, id = crypto.randomUUID();
      switch (turn % 6) {
        case 0:
          await this.send(nurse, 'place_set', 'PUT', `${base}/place`, { body: { place: 'home', name: marker, from: '2026-04-01' }, marker, table: 'place', events: ['patient_changed'] });
          await this.send(this.member(patient, 'doctor'), 'terminal_phase_set', 'PUT', `${base}/terminal-phase`, { events: ['patient_changed'], body: { terminal_phase: false, since: '2026-04-01' } });
          break;
        case 1: {
          const { answer } = await this.send(manager, 'patient', 'GET', base);
          if (!answer.name || this.stopping) break;
          await this.send(manager, 'patient_head_update', 'PUT', `${base}/head`, { version: answer.head_version, marker, table: 'patient_head', events: ['patient_changed'],
            body: { name: answer.name, name_kana: answer.name_kana, birth_date: answer.birth_date, terminal_phase: answer.terminal_phase, lives_alone: answer.lives_alone,
              phone: answer.phone, contact_caution: marker } });
          break;
        }
        case 2: {
          const { status } = await this.send(manager, 'team_member_add', 'POST', `${base}/team`, { marker: id, table: 'care_team_member', events: ['care_team_changed'],
            body: { member_id: id, seat: 'other', person_id: nurse.person_id, office_id: personOf(nurse.key).office.office_id } });
          if (status === 200) await this.send(manager, 'team_member_remove', 'DELETE', `${base}/team/${id}`, { events: ['care_team_changed'] });
          break;
        }
        case 3: {
          if (turn > 180) break;                              // a record holds sixty consents
          const { status } = await this.send(manager, 'consent_record', 'POST', `${base}/consents`, { marker: id, table: 'consent', events: ['consent_changed'],
            body: { consent_id: id, scope: 'statistics', giver: 'person', method: 'written', from: '2026-04-01' } });
          if (status === 200) await this.send(manager, 'consent_withdraw', 'POST', `${base}/consents/${id}/withdraw`, { body: {}, events: ['consent_changed'] });
          break;
        }
        case 4:
          await this.send(nurse, 'chain_put', 'PUT', `${base}/chain`, { body: { rows: [1, 2, 3].map((k) => ({ position: k, day_classes: ['weekday', 'saturday', 'sunday', 'national', 'yearend', 'newyear'],
            from_minute: 0, to_minute: 1440, target: 'person', person_id: personOf(`doctor-${patient.nurse.split('-')[1]}-${k}`).person_id, delay_seconds: 10 })) } });
          break;
        case 5:
          await this.send(manager, 'patient_register', 'POST', '/patients', { marker: id, table: 'patient', events: ['patient_changed'],
            body: { patient_id: id, name: '試験 太郎', name_kana: 'シケン タロウ', birth_date: '1940-01-01', municipality: patient.municipality } });
      }
    }
  }

  // What somebody prepares for an emergency: a hospital that answers, a paper that is taken back, cards.
  async papersWorker(patient) {
    const manager = this.member(patient, 'manager'), base = `/patients/${patient.patient_id}`, today = '2026-04-01';
    const { answer: papers } = await this.send(manager, 'emergency_papers', 'GET', `${base}/emergency-papers`), agreed = papers.hospitals?.find((one) => ['requested', 'confirmed'].includes(one.state));
    if (agreed) await this.send(manager, 'designated_hospital_end', 'POST', `${base}/designated-hospital/${agreed.designation_id}/end`, { events: ['designated_hospital_changed'], body: { reason: '試験' } });
    for (let turn = 0; !this.stopping; turn++) {
      const id = crypto.randomUUID(), news = ['designated_hospital_changed'];
      switch (turn % 5) {
        case 0: {
          const { status } = await this.send(manager, 'designated_hospital_request', 'POST', `${base}/designated-hospital`, { marker: id, table: 'designated_hospital', events: news,
            body: { designation_id: id, facility: '試験病院', parallel_notice: false } });
          if (status !== 200) break;
          await this.send(manager, 'designated_hospital_answer', 'POST', `${base}/designated-hospital/${id}/answer`, { events: news, body: { confirmed: true, answered_by_name: '試験 太郎' } });
          await this.send(manager, 'designated_hospital_end', 'POST', `${base}/designated-hospital/${id}/end`, { events: news, body: { reason: '試験' } });
          break;
        }
        case 1: {
          if (turn > 100) break;                              // the page shows forty papers
          const { status } = await this.send(manager, 'wish_document_record', 'POST', `${base}/wish-documents`, { marker: id, table: 'wish_document',
            body: { document_id: id, kind: 'other', written_on: today, issuer: 'person', direction: 'undecided' } });
          if (status === 200) await this.send(manager, 'wish_document_revoke', 'POST', `${base}/wish-documents/${id}/revoke`, { body: { revoked_on: today } });
          break;
        }
        case 2: {
          const { status } = await this.send(manager, 'card_issue', 'POST', `${base}/cards`, { marker: id, table: 'card', body: { card_id: id } });
          if (status === 200) await this.send(manager, 'card_revoke', 'POST', `${base}/cards/${id}/revoke`, { body: { state: 'lost' } });
          break;
        }
        case 3:
          await this.send(manager, 'emergency_papers', 'GET', `${base}/emergency-papers`);
          break;
        case 4:
          await this.nightVisit(patient, base, id);
      }
    }
  }

  // The doctor entrusts the nights to the own clinic's duty, reports a visit, reads the report and takes the entrustment back.
  async nightVisit(patient, base, id) {
    const doctor = this.member(patient, 'doctor'), at = (hours) => new Date(Date.now() + hours * 3600e3).toISOString(), visit = crypto.randomUUID();
    const { status } = await this.send(doctor, 'night_visit_entrust', 'POST', `${base}/night-entrusts`, { marker: id, table: 'night_entrust', events: ['night_entrust_changed'],
      body: { entrust_id: id, office_id: personOf(patient.doctor).office.office_id, from: at(-24), until: at(24), bands: ['always'], request: '試験', call_doctor: false } });
    if (status !== 200) return;
    await this.send(doctor, 'night_duty', 'GET', '/night-visits/duty');
    await this.send(doctor, 'night_visit_report', 'POST', `${base}/night-visits`, { marker: visit, table: 'night_visit', events: ['night_visit_reported'],
      body: { visit_id: visit, entrust_id: id, visited_at: at(-2), left_at: at(-1), found: '試験', done: '試験', transported: false } });
    await this.send(doctor, 'night_reports', 'GET', '/night-visits/reports');
    await this.send(doctor, 'night_visit_report_read', 'POST', `${base}/night-visits/${visit}/read`, { events: ['night_visit_read'] });
    await this.send(doctor, 'night_visits', 'GET', `${base}/night-visits`);
    await this.send(doctor, 'night_visit_entrust_end', 'POST', `${base}/night-entrusts/${id}/end`, { events: ['night_entrust_changed'] });
  }

  // Of three reports one is accepted at once, one after a refusal, and one is left to the engine.
  async emergencyWorker(patients) {
    for (let turn = 0; !this.stopping; turn++) {
      const patient = patients[turn % patients.length], nurse = this.member(patient, 'nurse'), id = crypto.randomUUID();
      const { status, answer } = await this.send(nurse, 'emergency_report', 'POST', '/emergencies', { marker: id, table: 'alert_entry', events: reported,
        body: { alert_id: id, patient_id: patient.patient_id, urgency: 'urgent', tag: 'breathing', happened: '息が苦しい', observed_at: new Date().toISOString() } });
      if (status !== 200 || turn % 3 === 2 || this.stopping) continue;
      const asked = answer.asked.find((row) => row.state === 'asked' && row.person_id), doctor = Object.values(this.people).find((person) => person.person_id === asked?.person_id);
      if (answer.joined) continue;                            // somebody else of the load deals with it
      if (doctor) await this.answerAlert(id, doctor, turn % 3 === 1);
      if (!doctor || this.stopping) continue;
      const outcome = `m-${hex(8)}`;
      await this.send(nurse, 'alert', 'GET', `/alerts/${id}`);
      await this.send(nurse, 'alert_end', 'POST', `/alerts/${id}/end`, { body: { outcome }, marker: outcome, table: 'alert', events: ['alert_ended'] });
    }
  }

  async answerAlert(id, doctor, refuses) {
    const words = { refuse: `m-${hex(8)}`, accept: `m-${hex(8)}` };
    await this.send(doctor, 'alert_seen', 'POST', `/alerts/${id}/seen`, { body: {} });
    if (refuses)
      await this.send(doctor, 'alert_answer', 'POST', `/alerts/${id}/answer`, { body: { answer: 'cannot', decline: 'in_consultation', text: words.refuse }, marker: words.refuse, table: 'alert_line' });
    else
      await this.send(doctor, 'alert_answer', 'POST', `/alerts/${id}/answer`, { body: { answer: 'by_telephone', text: words.accept }, marker: words.accept, table: 'alert_line' });
  }

  // Somebody's own contacts and wishes: added, a wrong code, forgotten again.
  async contactWorker() {
    const admin = this.people['admin-1'];
    for (let turn = 0; !this.stopping; turn++) {
      const id = crypto.randomUUID();
      const { status } = await this.send(admin, 'contact_put', 'PUT', `/me/contacts/${id}`, { body: { kind: 'email', address: `own-${turn}@example.invalid` }, events: ['contact_point_changed', 'contact_code_wanted'] });
      if (status !== 200 || this.stopping) continue;
      await this.send(admin, 'contact_verify', 'POST', `/me/contacts/${id}/verify`, { body: { code: 'x' } });
      await this.send(admin, 'contact_list', 'GET', '/me/contacts');
      await this.send(admin, 'contact_remove', 'DELETE', `/me/contacts/${id}`, { events: ['contact_point_changed'] });
      await this.send(admin, 'preference_put', 'PUT', '/me/preferences', { body: { digest: turn % 2 === 0, night_calls: false, channels: [{ kind: 'email', enabled: true }], hours: [{ day_classes: ['weekday'], from_minute: 540, to_minute: 1080 }] } });
      await this.send(admin, 'preference', 'GET', '/me/preferences');
      await this.send(admin, 'push_subscribe', 'PUT', `/me/push/${id}`, { body: { endpoint: `${this.region.simulator}/push/${id}`, auth: 'BTBZMqHH6r4Tts7J_aSIgg',
        p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4' } });
      await this.send(admin, 'push_unsubscribe', 'DELETE', `/me/push/${id}`);
    }
  }

  // Who looks after an office: its keeper, its approval (refused: it has not pledged), its review, a list of its people; one's own office pledges.
  async officeCare(admin, office, mate, login) {
    await this.send(admin, 'office_keep', 'PUT', `/offices/${office}/keeper`, { body: {} });
    await this.send(admin, 'office_approve', 'PUT', `/offices/${office}/approval`, { body: { approved: false } });
    await this.send(admin, 'rights_confirm', 'PUT', `/offices/${office}/rights-review`, { body: { people: [{ person_id: mate, roles: ['helper'] }] } });
    await this.send(admin, 'staff_import', 'POST', `/offices/${office}/staff`, { body: { text: `試験 次郎,しけん じろう,${login},訪問介護員`, run: false } });
    await this.send(admin, 'first_login_done', 'PUT', '/me/first-login', { body: {} });
    await this.send(admin, 'staff_plan_put', 'PUT', `/offices/${office}/plans/${crypto.randomUUID()}`, { body: { on: '2090-04-01', kind: 'leaves', name: '試験 三郎' } });
    await this.send(admin, 'staff_plans', 'GET', `/staff-plans?from=2090-03-01&to=2090-04-30&office_id=${office}`);
    await this.send(admin, 'staff_plan_sheet', 'GET', `/staff-plans.pdf?from=2090-03-01&to=2090-04-30&office_id=${office}`);
    const head = this.people['head-1'], { answer } = await this.send(head, 'session_now', 'GET', '/session');
    if (answer.office_id) await this.send(head, 'office_pledge', 'PUT', `/offices/${answer.office_id}/pledge`, { body: { version: '2026-11' } });
  }

  // Offices, people and their places, each changed by every command.
  async registryWorker(n) {
    const admin = this.people['admin-1'], office = crypto.randomUUID(), person = crypto.randomUUID(), mate = crypto.randomUUID(), agreement = crypto.randomUUID(), part = crypto.randomUUID();
    const [giving, receiving] = municipalities, account = { login: `load-${hex(4)}`, password: `mizuki-${hex(9)}`, totp_secret: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567' };
    for (let turn = crypto.randomInt(10000); !this.stopping; turn++) {          // what is as it was is no news
      const phone = `0990-7${n}-${String(turn % 10000).padStart(4, '0')}`;
      await this.send(admin, 'office_put', 'PUT', `/offices/${office}`, { body: { name: `試験事業所 ${n}`, municipality: giving.code, phone }, events: ['office_changed'] });
      await this.send(admin, 'person_put', 'PUT', `/people/${mate}`, { body: { name: '試験 次郎', name_kana: 'シケン ジロウ' } });
      await this.send(admin, 'membership_put', 'PUT', `/people/${mate}/memberships/${office}`, { body: { roles: ['helper'] } });
      await this.send(admin, 'person_put', 'PUT', `/people/${person}`, { body: { name: '試験 花子', name_kana: 'シケン ハナコ', email: `load-${n}-${turn}@example.invalid` }, events: ['contact_point_changed'] });
      await this.send(admin, 'membership_put', 'PUT', `/people/${person}/memberships/${office}`, { body: { roles: ['helper'] }, events: ['membership_changed'] });
      if (turn % 10 === 0) await this.send(admin, 'account_put', 'PUT', `/people/${person}/account`, { body: account });
      if (turn % 2 === 0) await this.send(admin, 'membership_end', 'DELETE', `/people/${person}/memberships/${office}`, { events: ['membership_changed'] });
      else await this.send(admin, 'staff_leave', 'PUT', `/offices/${office}/leavers/${person}`, { body: { successors: [{ person_id: mate }] }, events: ['seats_handed_on', 'membership_changed'] });
      if (turn % 10 === 0) await this.send(admin, 'office_seats', 'GET', `/offices/${office}/seats`);
      if (turn % 10 === 0) await this.officeCare(admin, office, mate, `load-${n}-${turn}`);
      await this.send(admin, 'agreement_put', 'PUT', `/agreements/${agreement}`, { body: { giving: giving.code, receiving: receiving.code, from: '2090-01-01', to: `${2091 + turn % 100}-01-01` }, events: ['agreement_changed'] });
      if (turn % 10 === 0) {
        await this.send(admin, 'agreement_list', 'GET', '/agreements');
        await this.send(admin, 'support_desk_put', 'PUT', `/support-desks/${office}`, { body: { municipality: giving.code, name: '試験相談窓口', role: '試験', operator: giving.name, address: '試験町1番', phone, hours: '平日 9時から17時', area: '全域', residents: true } });
        await this.send(admin, 'support_desk_list', 'GET', '/support-desks');
        await this.send(admin, 'public_desks', 'GET', '/public/support-desks');
        await this.send(admin, 'mandate_put', 'PUT', `/mandates/${office}`, { body: { municipality: receiving.code, office_id: office, from: '2090-01-01', to: `${2091 + turn % 100}-01-01`, given_by: '試験' } });
        await this.send(admin, 'mandate_list', 'GET', '/mandates');
        await this.send(admin, 'municipality_candidates', 'GET', '/municipality-candidates');
        await this.send(admin, 'population_put', 'PUT', `/populations/${giving.code}/${2001 + turn % 20}`, { body: { people_75: 1000 + turn, source: '試験' } });
        await this.send(admin, 'resource_summary', 'GET', '/resource-summary?by=medical_area');
        // One that ends soon, and is said to: on what opens nobody's record.
        if (n === 1) await this.send(admin, 'agreement_put', 'PUT', `/agreements/${person}`, { body: { giving: receiving.code, receiving: giving.code, from: '2000-01-01', kinds: ['facility_consents'],
          to: new Date(Date.now() + (2 + Math.floor(turn / 10) % 50) * 86400000).toISOString().slice(0, 10) }, events: ['agreement_changed'] });
      }
      await this.send(admin, 'scheme_part_put', 'PUT', `/offices/${office}/scheme/${part}`, { body: { from: '2090-01-01', until: `2091-${String(1 + turn % 12).padStart(2, '0')}-01`,
        bands: [{ day_classes: ['weekday'], from_minute: 540, to_minute: 720 }] }, events: ['scheme_part_changed'] });
      if (turn % 10 === 0) await this.send(admin, 'scheme', 'GET', `/offices/${office}/scheme`);
      if (n === 1)
        await this.send(admin, 'municipality_put', 'PUT', `/municipalities/${giving.code}`, { body: { prefecture: giving.prefecture, name: giving.name, desk_phone: phone }, events: ['municipality_changed'] });
    }
  }

  // With `region`, those too who need more than the region's pages: people who are locked out after idling, the operator.
  start({ webhookSecret, region, sheetWorkers = 60, readers = 20, logins = 3 } = {}) {
    this.stopping = false;
    const slots = this.patients.flatMap((patient) => Object.keys(sections).map((section) => ({ patient, section })));
    const share = (list, count, k) => list.filter((_, i) => i % count === k);
    this.workers = [
      ...Array.from({ length: sheetWorkers }, (_, k) => this.sheetWorker(share(slots, sheetWorkers, k))),
      ...Array.from({ length: readers }, () => this.readingWorker()),
      ...this.patients.map((patient) => this.recordWorker(patient)),
      ...this.patients.slice(0, 2).map((patient) => this.papersWorker(patient)),
      ...Array.from({ length: 4 }, (_, k) => this.emergencyWorker(share(this.patients, 4, k))),
      ...this.reserved.incidents.map((patient, k) => incidentWorker(this, patient, k)), ...this.reserved.opened.map((patient) => breakGlassWorker(this, patient)), fetchingWorker(this), partnerWorker(this), deskWorker(this),
      ...this.reserved.courses.map((patient) => courseWorker(this, patient, region)), rosterWorker(this, webhookSecret), changesWorker(this), uploadWorker(this), importWorker(this), this.registryWorker(1), this.registryWorker(2), this.contactWorker(),
      ...(region ? [...Array.from({ length: logins }, () => loginWorker(this, region)), patienceWorker(this, region), operatingWorker(this, region), faxWorker(this, region), upkeepWorker(this, region)] : [])];
  }

  pause() { if (!this.open_gate) this.gate = new Promise((resolve) => { this.open_gate = resolve; }); }
  resume() { this.open_gate?.(); this.open_gate = null; }

  // No new commands; returns when every one under way has a definite answer.
  async finish() {
    this.stopping = true;
    this.resume();
    await Promise.all(this.workers);
  }
}
