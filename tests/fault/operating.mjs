// operating.mjs - an operator at the command line: looks at the services, fills projections again, leaves events out that cannot be applied.
//
// None of these events is real: a line in the quarantine is written into the database for each, about a subject nobody knows.
import crypto from 'node:crypto';
import { services } from './catalogue.mjs';
import { sleep } from './region.mjs';

const projections = [['notify', 'patient_changed'], ['sharing', 'office_changed'], ['sharing', 'closure_changed'], ['notify', 'care_team_changed'], ['sharing', 'membership_changed'], ['notify', 'consent_changed'], ['notify', 'contact_point_changed']];

async function leaveOut(load, region, service) {
  const id = crypto.randomUUID(), row = `'${id}', 'load', 'jp.renkei.load.test.v1', '${crypto.randomUUID()}', 1, '', 5, 'test', guard.now ()`;
  if (!await region.later(`insert into ${service}.quarantine (event_id, source, type, subject, version, envelope, attempts, reason, since) values (${row})`)) return;
  await load.operate(region, 'quarantine_release', service, ['events', 'skip', service, id, 'test'], { event_id: id, isDone: () =>
    region.later(`select 1 / count (*) from ${service}.quarantine where event_id = '${id}' and state = 'skipped'`) });
}

// Nobody waits a day here for a review that is not done.
const callForReviews = (region) => region.later('update sharing.break_glass set call_at = guard.now () where reviewed_at is null and calls = 0');

export async function operatingWorker(load, region) {
  for (let turn = 0; !load.stopping; turn++) {
    const [keeper, event] = projections[turn % projections.length];
    await region.renkei('status');
    await load.operate(region, 'projection_rebuild', keeper, ['rebuild', keeper, event]);
    await region.renkei('events', 'list');
    await callForReviews(region);
    await leaveOut(load, region, services[turn % services.length]);
    await sleep(1000);
  }
}
