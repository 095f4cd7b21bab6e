// kill.mjs - kills every program of a region at every one of its fail points while people are at work, then judges what is left.
//
// BASE, DATA, RUN, VAR say which region, RENKEI_FAILPOINT_DIR where its programs are armed (failpoint.h).  A point is armed while at least fifty
// commands and queries are under way; its program is killed (SIGKILL) at the first passage and started again by deploy/keep.  LONG=1: at the second
// passage too.
import fs from 'node:fs';
import path from 'node:path';
import { check, invariants } from './checker.mjs';
import { Load } from './load.mjs';
import { baselineOf, collect, settle } from './recordings.mjs';
import { Region, done, ok, say, sleep, until } from './region.mjs';

const programs = ['registry', 'sharing', 'notify', 'gateway'], IN_FLIGHT = 50;
const points = {
  registry: ['after_store', 'before_commit', 'after_commit', 'after_publish', 'before_reply', 'job_before_commit'],
  sharing: ['after_store', 'before_commit', 'after_commit', 'after_publish', 'before_reply', 'hear_before_commit', 'hear_after_commit', 'job_before_commit'],
  notify: ['after_store', 'before_commit', 'after_commit', 'after_publish', 'before_reply', 'hear_before_commit', 'hear_after_commit', 'job_before_commit', 'after_claim', 'after_delivery'],
  gateway: ['before_send', 'after_send', 'before_answer'],
};
const folder = process.env.RENKEI_FAILPOINT_DIR, region = new Region(process.env);
const load = new Load(region.description, path.join(folder, 'client.jsonl'));

// By turns, so that no program dies twice within the ten seconds after which deploy/keep takes it for a crash loop.
function orders(passages) {
  const list = [];
  for (const nth of passages)
    for (let i = 0; i < Math.max(...programs.map((program) => points[program].length)); i++)
      for (const program of programs)
        if (points[program][i]) list.push({ program, point: points[program][i], nth });
  return list;
}

// Seconds from the death of the program to its next answer.
async function killAt({ program, point, nth }) {
  const arm = path.join(folder, `renkei-${program}.arm`), before = region.pid(program), isDead = () => region.pid(program) !== before;
  const busy = await until(() => load.inFlight.size >= IN_FLIGHT, 20), inFlight = load.inFlight.size;
  fs.writeFileSync(`${arm}.new`, `${point}:${nth}:kill`);
  fs.renameSync(`${arm}.new`, arm);
  let passed = await until(isDead, 8);
  if (!passed) {                                              // passed seldom: it will be soon after a start
    const second = region.kill(program);
    passed = await until(() => ![0, before, second].includes(region.pid(program)) && !fs.existsSync(arm), 12);
  }
  const died = Date.now();
  const recovered = await until(async () => region.pid(program) && region.pid(program) !== before
    && (program === 'gateway' ? await region.isReady() : (load.answered[program] ?? 0) > died + 200), 30);
  ok(busy && passed && recovered, `${program} killed at ${point}, passage ${nth}, ${inFlight} under way`,
    `under way ${inFlight}, ${passed ? 'passed' : 'not passed'}, ${recovered ? 'answers again' : 'does not answer'}`);
  return (Date.now() - died) / 1000;
}

async function main() {
  await load.open();
  const baseline = baselineOf(region), seconds = [], began = Date.now();
  load.start({ webhookSecret: region.secret('dispatch-webhook') });
  await sleep(1500);
  for (const order of orders(process.env.LONG ? [1, 2] : [1])) seconds.push(await killAt(order));
  await load.finish();
  ok(await settle(region), 'everything is heard, sent and planned afterwards');
  const findings = check(collect(region, load, baseline));
  seconds.sort((a, b) => a - b);
  say(`${seconds.length} kills in ${((Date.now() - began) / 1000).toFixed(0)} s; answering again after ${seconds[seconds.length >> 1].toFixed(1)} s (median), ${seconds.at(-1).toFixed(1)} s (longest)`);
  for (const [name, figure] of Object.entries(findings.figures)) say(`${name}: ${figure}`);
  const sent = new Set(load.log.filter((record) => record.attempts.length > 1).map((record) => record.message));
  say(`messages with an outcome that was unknown once: ${[...sent].sort().join(' ')}`);
  for (const program of programs) {
    const passed = new Set(fs.readFileSync(path.join(folder, `renkei-${program}.passed`), 'utf8').split('\n').filter(Boolean));
    const missing = [...passed].filter((name) => !points[program].includes(name));
    ok(!missing.length, `every fail point ${program} passes is in the list`, missing);
  }
  for (const [id, name] of Object.entries(invariants)) ok(!findings.of(id).length, `${id} ${name}`, `${findings.of(id).length} findings`, findings.of(id));
  done();
}
main().catch((error) => { console.log(`Bail out! ${error.stack}`); process.exit(1); });
