// kill.mjs - kills every program of a region at every one of its fail points while people are at work, then judges what is left.
//
// BASE, DATA, RUN, VAR say which region, RENKEI_FAILPOINT_DIR where its programs are armed (failpoint.h).  A point is armed while at least fifty
// commands are under way; its program is killed (SIGKILL) and started again by deploy/keep.  KILLS says which: `first` at the first passage of each
// point (so without it), `second` at the second, `messages` once for each command after its commit and for each event before and after the hearer's;
// LONG=1: all of them.  Meanwhile readers keep live streams open.  In the end every message of proto/ must have passed every point (coverage.mjs).
import fs from 'node:fs';
import path from 'node:path';
import { commands, events, heardBy, takenBy } from './catalogue.mjs';
import { check, invariants } from './checker.mjs';
import { coverageOf, leftOut, points, programs } from './coverage.mjs';
import { Load } from './load.mjs';
import { baselineOf, collect, headsOf, settle } from './recordings.mjs';
import { Region, done, ok, say, sleep, until } from './region.mjs';
import { Streams } from './streams.mjs';

const IN_FLIGHT = 50, PATIENCE_S = 120, RECOVERY_S = 120;
const folder = process.env.RENKEI_FAILPOINT_DIR, region = new Region(process.env);
const load = new Load(region.description, path.join(folder, 'client.jsonl'));

// By turns, so that no program dies twice within the ten seconds after which deploy/keep takes it for a crash loop; two die at a time.
function byTurns(of, nth) {
  const list = [];
  for (let i = 0; i < Math.max(...programs.map((program) => of(program).length)); i++)
    for (const program of programs)
      if (of(program)[i]) list.push({ program, point: of(program)[i], nth });
  return list;
}

// "after_commit@place_set" …  Urgent events seldom come to a hearer this way: they are in its direct_event.
function withMessage(program) {
  if (program === 'gateway') return [];
  const heard = Object.keys(events).filter((event) => heardBy(event).includes(program) && !events[event].urgent);
  return [...takenBy(program).messages.filter((name) => commands[name]).map((name) => `after_commit@${name}`), ...heard.flatMap((event) => [`hear_before_commit@${event}`, `hear_after_commit@${event}`])];
}

const kinds = {
  first: () => byTurns((program) => points[program], 1),
  second: () => byTurns((program) => points[program], 2),
  messages: () => byTurns(withMessage, 1),
};
const chosen = process.env.KILLS?.split(',') ?? (process.env.LONG ? ['first', 'second', 'messages'] : ['first']);
const orders = () => chosen.flatMap((kind) => kinds[kind]());

// Neighbours, if they are two programs.
function inPairs(list) {
  const pairs = [];
  for (const order of list)
    if (pairs.at(-1)?.length === 1 && pairs.at(-1)[0].program !== order.program) pairs.at(-1).push(order);
    else pairs.push([order]);
  return pairs;
}

const isUp = async (program) => region.pid(program) && (program === 'gateway' ? await region.isReady() : (load.answered[program] ?? 0) > Date.now() - 2000);

// Seconds from the death of the program to its next answer.
async function killAt({ program, point, nth }) {
  const arm = path.join(folder, `renkei-${program}.arm`), before = region.pid(program), isDead = () => region.pid(program) !== before;
  await until(() => isUp(program), RECOVERY_S);
  const busy = await until(() => load.commandsInFlight() >= IN_FLIGHT, 20), inFlight = load.commandsInFlight();
  fs.writeFileSync(`${arm}.new`, `${point}:${nth}:kill`);
  fs.renameSync(`${arm}.new`, arm);
  let passed = await until(isDead, point.includes('@') ? PATIENCE_S : 8);
  if (!passed && !point.includes('@')) {                                              // passed seldom: it will be soon after a start
    const second = region.kill(program);
    passed = await until(() => ![0, before, second].includes(region.pid(program)) && !fs.existsSync(arm), 12);
  }
  const died = Date.now();
  const recovered = await until(async () => region.pid(program) && region.pid(program) !== before
    && (program === 'gateway' ? await region.isReady() : (load.answered[program] ?? 0) > died + 200), RECOVERY_S);
  ok(busy && passed && recovered, `${program} killed at ${point}, passage ${nth}, ${inFlight} commands under way`,
    `under way ${inFlight}, ${passed ? 'passed' : 'not passed'}, ${recovered ? 'answers again' : 'does not answer'}`);
  return (Date.now() - died) / 1000;
}

// What PostgreSQL's log says of writers of alerts that waited for each other.
function deadlocksOf(region) {
  const log = fs.readFileSync(path.join(region.data, 'log/postgres.log'), 'utf8');
  return log.split(/^(?=\d{4}-)/m).filter((entry) => /DETAIL: {2}Process \d+ waits/.test(entry) && entry.includes('alert_turn')).map((entry) => entry.slice(0, 600));
}

async function main() {
  await load.open();
  const baseline = baselineOf(region), seconds = [], began = Date.now();
  const streams = new Streams(region.base, Object.values(load.people).filter((person) => /^(nurse|manager|doctor)-/.test(person.key)));
  await streams.open();
  load.start({ webhookSecret: region.secret('dispatch-webhook'), region });
  await sleep(1500);
  for (const pair of inPairs(orders())) seconds.push(...await Promise.all(pair.map(killAt)));
  await load.finish();
  ok(await settle(region), 'everything is heard, sent and planned afterwards');
  await streams.finish(headsOf(region));
  const findings = check(await collect(region, load, baseline, streams));
  seconds.sort((a, b) => a - b);
  say(`${seconds.length} kills in ${((Date.now() - began) / 1000).toFixed(0)} s; answering again after ${seconds[seconds.length >> 1].toFixed(1)} s (median), ${seconds.at(-1).toFixed(1)} s (longest)`);
  for (const [name, figure] of Object.entries(findings.figures)) say(`${name}: ${figure}`);
  const circles = deadlocksOf(region);
  say(`writers of alerts that waited in a circle, broken by PostgreSQL after a second: ${circles.length}`);
  for (const circle of circles) say(circle.replace(/\s+/g, ' '));
  const sent = new Set(load.log.filter((record) => record.attempts.length > 1).map((record) => record.message));
  say(`messages with an outcome that was unknown once: ${[...sent].sort().join(' ')}`);
  for (const { program, point, known, passed, wanted, missing, seldom } of coverageOf(folder)) {
    ok(known && passed && !missing.length, `${wanted} kinds of message passed ${point} of ${program}`, known ? `passed ${passed} times, not by ${missing.join(' ') || 'nobody'}` : 'not in the list');
    if (seldom) say(`${passed} passages, fewest by ${seldom[0]}: ${seldom[1]}`);
  }
  for (const line of leftOut()) say(`not asked for: ${line}`);
  for (const [id, name] of Object.entries(invariants)) ok(!findings.of(id).length, `${id} ${name}`, `${findings.of(id).length} findings`, findings.of(id));
  done();
}
main().catch((error) => { console.log(`Bail out! ${error.stack}`); process.exit(1); });
