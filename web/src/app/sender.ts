// Sends emergency reports: ahead of everything else, with the same key until somebody answers. What is not answered stays on
// the device and is tried again as soon as its reporter is back; the page never calls it sent.
import { signal } from '@preact/signals';
import type { EmergencyReportAnswer } from '../model.ts';
import { Problem } from '../lib/problem.ts';
import { ATTEMPT, next, pause, type Event, type Report, type Stage } from '../lib/report.ts';
import { drop, keep, kept, keysFrom } from '../lib/store.ts';
import { toWire } from '../lib/time.ts';
import { api, holdOthers } from './api.ts';
import { session } from './session.ts';
import { t } from './words.ts';

export interface Sending {
  report: Report;
  stage: Stage;
  attempts: number;
  // Nobody is logged in any more, or the screen is locked: the try after that will be let in.
  login: boolean;
  // What the server said instead of taking it: whom to call.
  told?: string;
  // The alert it went into: an open one of the same person takes further reports in.
  alert?: string;
}

// Every report of this person that has not been answered, and the ones answered while this page was open.
export const sendings = signal<readonly Sending[]>([]);
const wakes = new Map<string, () => void>();

const place = (report: Report) => `report.${report.alert_id}`;
const find = (id: string) => sendings.value.find((one) => one.report.alert_id === id);

function change(id: string, patch: Partial<Sending>): void {
  sendings.value = sendings.value.map((one) => (one.report.alert_id === id ? { ...one, ...patch } : one));
}

function apply(id: string, event: Event): void {
  const one = find(id);
  if (one) change(id, { stage: next(one.stage, event) });
}

export function sendReport(report: Report): void {
  keep(place(report), report);
  begin(report, { name: 'sending', since: Date.now() });
}

// What an earlier tab left unanswered.
export function resumeReports(): void {
  for (const key of keysFrom('report.')) {
    const report = kept<Report>(key);
    if (report && report.person_id === session.value?.person_id && !find(report.alert_id))
      begin(report, { name: 'unreached', since: report.observed_at });
  }
}

// A refused report is given back to its writer; nothing is kept of it.
export function giveUp(id: string): void {
  drop(`report.${id}`);
  sendings.value = sendings.value.filter((one) => one.report.alert_id !== id);
}

function begin(report: Report, stage: Stage): void {
  sendings.value = [...sendings.value.filter((one) => one.report.alert_id !== report.alert_id), { report, stage, attempts: 0, login: false }];
  const ticking = setInterval(() => {
    const one = find(report.alert_id);
    if (!one || one.stage.name !== 'sending') return clearInterval(ticking);
    apply(report.alert_id, { name: 'tick', now: Date.now() });
  }, 250);
  void run(report);
}

async function run(report: Report): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const one = find(report.alert_id);
    if (!one || one.stage.name === 'answered' || (one.stage.name === 'unreached' && one.stage.refused && !one.login)) return;
    change(report.alert_id, { attempts: attempt + 1 });
    await attemptOnce(report);
    if (find(report.alert_id)?.stage.name !== 'answered') await rest(report.alert_id, pause(attempt));
  }
}

async function attemptOnce(report: Report): Promise<void> {
  const id = report.alert_id;
  const sent = post(report);
  holdOthers(sent);
  try {
    const { alert_id } = await sent;
    drop(place(report));
    change(id, { alert: alert_id });
    apply(id, { name: 'answered', now: Date.now() });
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem(0, 'bug', '');
    const login = problem.status === 401;
    // No alert is accepted while the database is away: nobody waits ten seconds to be told.
    const away = problem.key === 'alarm_away';
    change(id, { login, told: away ? problem.message : undefined });
    if (login) apply(id, { name: 'refused', now: Date.now(), text: t('report.login_first') });
    else if (problem.passing) apply(id, { name: 'failed', now: Date.now(), offline: away || !navigator.onLine });
    else apply(id, { name: 'refused', now: Date.now(), text: problem.message || t('report.refused') });
  }
}

function post(report: Report): Promise<EmergencyReportAnswer> {
  const { alert_id, patient_id, urgency, tag, happened, callback, observed_at } = report;
  const body = {
    alert_id,
    patient_id,
    urgency,
    tag,
    observed_at: toWire(observed_at),
    ...(happened ? { happened } : {}),
    ...(callback ? { callback } : {}),
  };
  return api('/emergencies', { method: 'POST', body, key: report.idempotency_key, ahead: true, patience: ATTEMPT });
}

// Until the pause is over or the line is back.
function rest(id: string, ms: number): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    wakes.set(id, () => (clearTimeout(timer), done()));
  });
}

export function wakeReports(): void {
  for (const wake of wakes.values()) wake();
}
addEventListener('online', wakeReports);
