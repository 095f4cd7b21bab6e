// What every walk needs: the browser, a region (a running one, or the stand-in), people logged in once each, TAP.
// Nothing a page asks for may leave the origin; every context counts what it sees.
import { chromium } from 'playwright-core';
import { createHmac } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--no-first-run',
  '--metrics-recording-only',
];

// ---- region ----

async function standIn() {
  const folder = mkdtempSync(join(tmpdir(), 'renkei-web-'));
  const file = join(folder, 'region.json');
  const child = spawn(process.execPath, [join(here, 'mock/server.mjs'), process.env.DIST ?? join(here, '../../web/dist'), '0', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((done, failed) => {
    child.stdout.once('data', done);
    child.once('exit', (code) => failed(new Error(`the stand-in ended with ${code}`)));
  });
  const region = JSON.parse(readFileSync(file, 'utf8'));
  return { ...region, stand_in: true, stop: () => (child.kill(), rmSync(folder, { recursive: true, force: true })) };
}

export async function openRegion() {
  if (process.env.MOCK) return standIn();
  const file = process.env.REGION ?? join(process.env.VAR ?? join(here, '../../var'), 'region.json');
  return { ...JSON.parse(readFileSync(file, 'utf8')), stand_in: false, stop: () => undefined };
}

// ---- TAP ----

export class Tap {
  constructor() {
    this.count = 0;
    this.failed = 0;
  }
  result(ok, name, note = '') {
    this.count++;
    if (!ok) this.failed++;
    console.log(`${ok ? 'ok' : 'not ok'} ${this.count} - ${name}`);
    for (const line of note ? note.split('\n') : []) console.log(`# ${line}`);
    return ok;
  }
  skip(name, why) {
    this.count++;
    console.log(`ok ${this.count} - ${name} # SKIP ${why}`);
  }
  async test(name, work) {
    if (process.env.ONLY && !name.includes(process.env.ONLY)) return;
    const started = Date.now();
    try {
      await work();
      this.result(true, `${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    } catch (error) {
      this.result(false, name, String(error?.stack ?? error).slice(0, 2500));
    }
  }
  end() {
    console.log(`1..${this.count}`);
    console.log(`# ${this.count - this.failed} passed, ${this.failed} failed`);
    return this.failed === 0 ? 0 : 1;
  }
}

export function check(value, text) {
  if (!value) throw new Error(text);
}

// ---- people ----

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function totp(secret, ms = Date.now()) {
  const bits = [...secret.replace(/[\s=]/g, '')].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(ms / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

export const MAIN_NAV = /主なページ|Main pages/;

export class World {
  constructor(region, browser) {
    this.region = region;
    this.browser = browser;
    this.states = new Map();
    this.foreign = [];
    this.noise = [];
    this.open = new Set();
  }

  account(role, besides = []) {
    const found = this.region.accounts.find((one) => one.role === role && !besides.includes(one));
    check(found, `the region has no account with role ${role}`);
    return found;
  }

  // A fresh window of somebody; logs in through the page the first time, later by the same session.
  async window(account, options = {}) {
    const state = account && (await this.state(account));
    const context = await this.browser.newContext({
      baseURL: this.region.base,
      locale: 'ja-JP',
      timezoneId: 'UTC',
      viewport: { width: 1280, height: 900 },
      ...options,
      ...(state ? { storageState: options.storageState ?? state } : {}),
    });
    this.watch(context);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    return page;
  }

  watch(context) {
    // The same region by its number and by its name, which passkeys need.
    const own = [new URL(this.region.base).origin, new URL(this.region.base.replace('127.0.0.1', 'localhost')).origin];
    this.open.add(context);
    context.on('close', () => this.open.delete(context));
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (!['data:', 'blob:'].includes(url.protocol) && !own.includes(url.origin)) this.foreign.push(request.url());
    });
    context.on('weberror', (error) => this.noise.push(String(error.error()?.stack ?? error)));
    context.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text())) this.noise.push(message.text());
    });
  }

  async state(account) {
    if (!this.states.has(account.login)) this.states.set(account.login, await this.logIn(account));
    return this.states.get(account.login);
  }

  async logIn(account) {
    const context = await this.browser.newContext({ baseURL: this.region.base, locale: 'ja-JP' });
    this.watch(context);
    const page = await context.newPage();
    // A one-time code works once: somebody who logged in just now (an earlier run) waits for the next.
    for (let tries = 0; ; tries++) {
      await this.enter(page, account);
      const nav = page.getByRole('navigation', { name: MAIN_NAV });
      await nav.or(page.getByRole('alert')).first().waitFor({ timeout: 15_000 });
      if (await nav.isVisible()) break;
      check(tries === 0, `${account.login} cannot log in: ${await page.getByRole('alert').textContent()}`);
      await page.waitForTimeout(31_000 - (Date.now() % 30_000));
    }
    const state = await context.storageState();
    await context.close();
    return state;
  }

  async enter(page, account) {
    await page.goto('/');
    await page.getByLabel('ログイン名').fill(account.login);
    await page.getByLabel('パスワード', { exact: true }).fill(account.password);
    await page.getByRole('button', { name: '次へ' }).click();
    await page.getByLabel('確認コード').fill(totp(account.totp_secret));
    await page.getByRole('button', { name: 'ログインする' }).click();
  }

  // What the API says to this person, by the cookie of the session.
  async ask(account, path) {
    const context = await this.browser.newContext({ baseURL: this.region.base, storageState: await this.state(account) });
    try {
      const answer = await context.request.get(`/api/v1${path}`, { headers: { Accept: 'application/json' } });
      return answer.ok() ? await answer.json() : undefined;
    } finally {
      await context.close();
    }
  }

  // A patient in the care of all of them.
  async sharedPatient(...accounts) {
    const lists = [];
    for (const account of accounts) lists.push((await this.ask(account, '/patients?mine=true&limit=200'))?.patients ?? []);
    const shared = lists[0].filter(
      (one) => lists.every((list) => list.some((other) => other.patient_id === one.patient_id)) && !one.terminal_phase && one.place === 'home',
    );
    check(shared.length > 0, `${accounts.map((one) => one.name).join(', ')} have no patient in common`);
    return shared;
  }

  async closeAll() {
    for (const context of [...this.open]) await context.close();
  }
}

export async function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS });
}

// The one card of a section of the sheet.
export const card = (page, section) => page.locator(`#section-${section}`);

export async function shot(page, name) {
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
}
