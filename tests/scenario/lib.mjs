// lib.mjs - what the scenarios share: TAP, people with sessions (kept in DATA so that an account logs in once for all files), SQL, live streams.
// Runs under tests/lib/with-region, which sets BASE, VAR, DATA and RUN.
import crypto from 'node:crypto';
import fs from 'node:fs';
import { execFileSync } from 'node:child_process';
import { Api, totp, uuidOf } from '../../deploy/demo/api.mjs';
import { officeOf, personOf } from '../../deploy/demo/people.mjs';

export { Api, totp, uuidOf, officeOf, personOf };
export const { BASE, VAR, DATA, RUN } = process.env;
if (!BASE || !VAR || !DATA || !RUN) { console.log('1..0 # skip needs tests/lib/with-region'); process.exit(0); }
export const region = JSON.parse(fs.readFileSync(`${VAR}/region.json`, 'utf8'));
export const MINUTE = 60e6, HOUR = 60 * MINUTE;             // µs

// ---- TAP --------------------------------------------------------------------------------------------------------------------------------
let count = 0;

export function ok(good, name, note) {
  console.log(`${good ? '' : 'not '}ok ${++count} - ${name}`);
  if (!good && note !== undefined) console.log(`# ${JSON.stringify(note)?.slice(0, 1500)}`);
  return good;
}
export const is = (got, wanted, name) => ok(JSON.stringify(got) === JSON.stringify(wanted), name, { got, wanted });

// Runs the scenario; what it throws is a failed test, not a silent end.
export async function scenario(work) {
  try { await work(); } catch (error) { ok(false, 'the scenario runs to its end', String(error?.stack ?? error)); }
  console.log(`1..${count}`);
  process.exit(0);
}

// ---- time ---------------------------------------------------------------------------------------------------------------------------------
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Asks until the answer is truthy or `ms` are over; returns the last answer.
export async function until(question, ms = 5000, every = 50) {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await question();
    if (answer || Date.now() > end) return answer;
    await sleep(every);
  }
}

// ---- database, as its superuser -------------------------------------------------------------------------------------------------------------
const asOwner = process.getuid() === 0 ? ['setpriv', '--reuid=renkei', '--regid=renkei', '--init-groups'] : [];

export function sql(text) {
  const [command, ...rest] = [...asOwner, 'psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-h', RUN, '-U', 'postgres', '-c', text, 'renkei'];
  return execFileSync(command, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' }).trim();
}
export const number = (text) => Number(sql(text));
export const clock = (offset_us) => sql(`select guard.set_clock (${Math.round(offset_us)}, 1)`);

// What a service's role sees by `query` under a context signed for that person; "" as person: without any context.
export function sqlAs(role, key, query) {
  const person = key && personOf(key), town = person?.office.municipality;
  const context = person ? `guard.sign (concat_ws ('|', 'v1', '${person.person_id}', '${person.office.office_id}', '${town}', '${town}', 'care',
    guard.to_us (guard.now () + interval '5 minutes')))` : "''";
  const schema = role.split('_')[1];
  return sql(`begin; do $$ begin perform guard.enter (nullif (${context}, '')); end $$;
    set local search_path = ${schema}, guard; set local role ${role}; ${query}; rollback`);
}

// ---- people -----------------------------------------------------------------------------------------------------------------------------------
const kept = `${DATA}/test-sessions.json`;
const readKept = () => (fs.existsSync(kept) ? JSON.parse(fs.readFileSync(kept, 'utf8')) : {});

export class Person extends Api {
  constructor(key) {
    super(BASE);
    this.key = key;
    this.account = key === 'operator' ? region.operator : region.accounts.find((account) => account.key === key);
  }

  // With its own trace, so that rows of ledger and denials can be found; raw text kept.
  async ask(method, path, body, headers = {}) {
    const trace = crypto.randomBytes(16).toString('hex');
    const response = await fetch(`${BASE}/api/v1${path}`, { method, body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body), headers: {
      'renkei-client': 'test', traceparent: `00-${trace}-${crypto.randomBytes(8).toString('hex')}-01`, ...(this.cookie ? { cookie: this.cookie } : {}),
      ...(body !== undefined ? { 'content-type': 'application/json' } : {}), ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}), ...headers } });
    const text = await response.text();
    let answer = null;
    try { answer = text ? JSON.parse(text) : null; } catch { /* not JSON */ }
    return { status: response.status, text, answer, trace, headers: response.headers, etag: response.headers.get('etag') };
  }

  get(path) { return this.ask('GET', path); }
}

// A session of its own: logs in now (a one-time code works once, so this may wait for the next).
export async function freshSession(key) {
  const person = new Person(key);
  await person.login(person.account);
  return person;
}

// The session of that account that all scenarios share.
export async function session(key) {
  const person = new Person(key);
  person.cookie = readKept()[key] ?? '';
  if (person.cookie && (await person.get('/patients?limit=1')).status !== 401) return person;
  person.cookie = '';
  await person.login(person.account);
  fs.writeFileSync(kept, JSON.stringify({ ...readKept(), [key]: person.cookie }), { mode: 0o600 });
  return person;
}

// ---- live streams -----------------------------------------------------------------------------------------------------------------------------
export class Stream {
  static async open(person, after) {
    const stream = new Stream();
    stream.events = [];
    stream.waiting = [];
    stream.abort = new AbortController();
    const from = after ?? (await person.must('GET', '/feed?limit=1')).stream;
    const response = await fetch(`${BASE}/api/v1/stream?after=${from}`, { headers: { cookie: person.cookie, accept: 'text/event-stream' }, signal: stream.abort.signal });
    stream.status = response.status;
    stream.closed = stream.read(response.body.getReader());
    return stream;
  }

  async read(reader) {
    const decoder = new TextDecoder();
    let buffer = '';
    try {
      for (let part; !(part = await reader.read()).done;) {
        buffer += decoder.decode(part.value, { stream: true });
        for (let end; (end = buffer.indexOf('\n\n')) >= 0; buffer = buffer.slice(end + 2)) this.take(buffer.slice(0, end));
      }
    } catch { /* aborted */ }
    this.closedAt = Date.now();
  }

  take(block) {
    const data = block.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trim()).join('');
    if (!data) return;
    this.events.push({ at: Date.now(), data: JSON.parse(data) });
  }

  // The first event (seen or coming) that fits; null when none came in time.
  wait(fits, ms = 5000) { return until(() => this.events.find((event) => fits(event.data)) ?? null, ms, 5); }
  close() { this.abort.abort(); }
}
