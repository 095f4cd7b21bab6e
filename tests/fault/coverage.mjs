// coverage.mjs - the fail points of each program, which messages must pass each of them, and which did (failpoint.h writes them down).
import fs from 'node:fs';
import path from 'node:path';
import { commands, events, heardBy, queries, services, takenBy } from './catalogue.mjs';

const handling = ['after_store', 'before_commit', 'after_commit', 'after_publish', 'before_reply'], hearing = ['hear_before_commit', 'hear_after_commit'];
const jobs = { registry: ['agreement_warnings', 'import', 'letters', 'retain', 'seal_ledger'], sharing: ['break_glass_calls', 'consent_turn', 'ems_keys', 'night_turn', 'retain', 'seal_ledger'], notify: ['alert_engine', 'alert_news', 'alert_auditor', 'self_test', 'shift_tables', 'deliver', 'delivery_follow', 'duty_copy', 'gap_check', 'fax_in', 'reports', 'night_reports', 'retain', 'seal_ledger'],
  dispatch: ['incident', 'reply', 'file_drop', 'last_resort', 'retain', 'seal_ledger'] };

export const programs = ['registry', 'sharing', 'notify', 'dispatch', 'gateway'];
export const points = {
  registry: [...handling, 'job_before_commit'],
  sharing: [...handling, ...hearing, 'job_before_commit'],
  notify: [...handling, ...hearing, 'job_before_commit', 'after_claim', 'after_delivery'],
  dispatch: [...handling, ...hearing, 'job_before_commit'],
  gateway: ['before_send', 'after_send', 'before_answer'],
};

// Points where no message of the catalogue passes.
const without_message = { after_claim: 'what passes is a message to the outside', after_delivery: 'what passes is a message to the outside' };

function wantedAt(program, point) {
  if (without_message[point]) return [];
  if (point === 'job_before_commit') return jobs[program];
  if (hearing.includes(point)) return Object.keys(events).filter((event) => heardBy(event).includes(program));
  return program === 'gateway' ? Object.entries({ ...commands, ...queries }).filter(([name, { http }]) => http).map(([name]) => name) : takenBy(program).messages;
}

// What is not asked for, and why: one line each.
export function leftOut() {
  return [
    ...Object.entries(without_message).map(([point, why]) => `every message at ${point}: ${why}`),
    ...services.flatMap((service) => takenBy(service).left_out.map(([name, why]) => `${name} in ${service}: ${why}`)),
    ...Object.keys(events).filter((event) => !heardBy(event).length).map((event) => `${event} where events are heard: nobody hears it`),
    ...Object.entries({ ...commands, ...queries }).filter(([, { http }]) => !http).map(([name]) => `${name} in gateway: it does not come over HTTP`),
  ];
}

// "after_commit place_set" → how often, of one program.
export function passagesOf(folder, program) {
  const passages = new Map();
  for (const line of fs.readFileSync(path.join(folder, `renkei-${program}.passed`), 'utf8').split('\n')) {
    const [point, ...messages] = line.split(' ');
    for (const name of point ? ['', ...messages] : []) passages.set(`${point} ${name}`, (passages.get(`${point} ${name}`) ?? 0) + 1);
  }
  return passages;
}

// { program, point, wanted, missing: names, seldom: [name, times] } of every point that was passed or should have been.
export function coverageOf(folder) {
  return programs.flatMap((program) => {
    const passages = passagesOf(folder, program), passed = new Set([...passages.keys()].map((key) => key.split(' ')[0]));
    return [...new Set([...points[program], ...passed])].map((point) => {
      const wanted = points[program].includes(point) ? wantedAt(program, point) : [], times = wanted.map((name) => [name, passages.get(`${point} ${name}`) ?? 0]);
      return { program, point, known: points[program].includes(point), passed: passages.get(`${point} `) ?? 0, wanted: wanted.length,
        missing: times.filter(([, count]) => !count).map(([name]) => name), seldom: times.filter(([, count]) => count).sort((a, b) => a[1] - b[1])[0] };
    });
  });
}
