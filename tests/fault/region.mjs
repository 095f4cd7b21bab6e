// region.mjs - a running region from outside: its programs, its database as superuser, its cache, its partners' records.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

export const hex = (bytes) => crypto.randomBytes(bytes).toString('hex');
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const asRegion = process.getuid() === 0 ? ['setpriv', '--reuid=renkei', '--regid=renkei', '--init-groups', 'env', 'HOME=/nonexistent'] : ['env'];
const user = asRegion;

export class Region {
  constructor({ BASE, DATA, RUN, VAR }) {
    Object.assign(this, { base: BASE, data: DATA, run: RUN, top: path.resolve(import.meta.dirname, '../..') });
    this.description = JSON.parse(fs.readFileSync(path.join(VAR, 'region.json'), 'utf8'));
  }

  as(...command) { return execFileSync(user[0], [...user.slice(1), ...command], { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] }); }

  sql(text) { return this.as('psql', '-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1', '-d', `host=${this.run} user=postgres dbname=renkei`, '-c', text).toString('utf8').trim(); }
  // Without waiting for it here; false when it cannot be done, as when the database is away.
  asLater(...command) { return new Promise((resolve) => { execFile(user[0], [...user.slice(1), ...command], { timeout: 20000 }, (error, out, err) => resolve({ done: !error, text: out + err })); }); }
  async later(text) { return (await this.asLater('psql', '-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1', '-d', `host=${this.run} user=postgres dbname=renkei`, '-c', text)).done; }
  async laterRows(query) { const { done, text } = await this.asLater('psql', '-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1', '-d', `host=${this.run} user=postgres dbname=renkei`, '-c', `select coalesce (json_agg (x), '[]') from (${query}) x`); return done ? JSON.parse(text) : []; }
  // The operator's command.
  renkei(...words) { return this.asLater(path.join(this.data, 'app/bin/renkei'), ...words, `--config=${path.join(this.data, 'renkei.conf')}`); }

  rows(query) { return JSON.parse(this.sql(`select coalesce (json_agg (x), '[]') from (${query}) x`)); }

  pid(program) {
    try {
      const pid = Number(fs.readFileSync(path.join(this.run, `${program}.pid`), 'utf8'));
      return pid && fs.existsSync(`/proc/${pid}/stat`) && !/\) [ZX] /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8')) ? pid : 0;
    } catch { return 0; }
  }
  kill(program, signal = 'SIGKILL') { const pid = this.pid(program); if (pid) process.kill(pid, signal); return pid; }

  async isReady() {
    try { return (await fetch(`${this.base}/readyz`, { signal: AbortSignal.timeout(1000) })).ok; } catch { return false; }
  }
  async ready(seconds = 30) { return until(() => this.isReady(), seconds); }

  control(verb) { return spawnSync(path.join(this.top, 'deploy/region'), [verb], { cwd: this.top, encoding: 'utf8' }); }
  postgres(...words) { return this.as('/usr/lib/postgresql/15/bin/pg_ctl', '-D', path.join(this.data, 'postgres'), '-l', path.join(this.data, 'log/postgres.log'), '-w', ...words); }
  redis(...words) { return spawnSync('redis-cli', ['-s', path.join(this.run, 'redis.sock'), ...words], { encoding: 'buffer', timeout: 5000 }).stdout; }
  secret(name) { return fs.readFileSync(path.join(this.data, 'secrets', name), 'utf8').trim(); }
}

// True as soon as the condition holds; false when the time is over.
export async function until(condition, seconds) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50))
    if (await condition()) return true;
  return false;
}

// What partners received, oldest first.
export function arrived(region) {
  const file = path.join(region.data, 'simulator/received.jsonl');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [];
}

// TAP on standard output.
let count = 0, failed = 0;
export function ok(condition, name, ...notes) {
  count++;
  if (!condition) failed++;
  console.log(`${condition ? 'ok' : 'not ok'} ${count} - ${name}`);
  if (!condition) for (const note of notes.flat().slice(0, 12)) console.log(`#   ${typeof note === 'string' ? note : JSON.stringify(note)}`);
  return condition;
}
export function say(text) { console.log(`# ${text}`); }
export function done() { console.log(`1..${count}`); process.exitCode = failed ? 1 : 0; }
