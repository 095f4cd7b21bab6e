// stops.mjs - what stops or stands still in a region where people are at work: one of two engines, the engine itself, PostgreSQL.
import { databaseStopped } from './duty.mjs';
import { engines } from './engines.mjs';
import { Region, done } from './region.mjs';

async function main() {
  const region = new Region(process.env);
  await engines(region);
  await databaseStopped(region);
  done();
}
main().catch((error) => { console.log(`Bail out! ${error.stack}`); process.exit(1); });
