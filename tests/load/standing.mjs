// standing.mjs - what the points of on-call and of dispatch share: the running region, its people, alerts that are ended again.
import fs from 'node:fs';
import path from 'node:path';
import { programs, wait } from './measure.mjs';
import { Database } from './probe.mjs';

export const { DATA, RUN, PORT } = process.env, TOWN = '990019', work = process.argv[2], only = new Set(process.env.ONLY.split(' '));
export const region = JSON.parse(fs.readFileSync(path.join(DATA, 'region.json'), 'utf8')), database = new Database(DATA, RUN, work), own = programs(work);
export const account = (key) => region.accounts.find((one) => one.key === key);
export const file = (name, lines) => { fs.writeFileSync(path.join(work, name), `${lines.join('\n')}\n`); return path.join(work, name); };
export const rank = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))];

// A second report about a person joins an open alert, so alerts are ended before the next.  seconds: only those that have stood so long.
export async function endAlerts(nurse, seconds = 0) {
  const waiting = database.psql(`select alert_id from notify.alert where ended_at is null and received_at <= guard.now () - interval '${seconds} s'`).split('\n').filter(Boolean);
  await Promise.all(Array.from({ length: 8 }, async () => { for (let id; (id = waiting.shift());) await nurse.send('POST', `/alerts/${id}/end`, { outcome: '測定' }); }));
  if (!seconds) await wait(1000);
}
