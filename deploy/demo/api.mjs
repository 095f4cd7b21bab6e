// api.mjs - talks to a region over HTTP as a person, the way any program would: log-in with one-time code, JSON, Idempotency-Key, If-Match.
import crypto from 'node:crypto';

export function totp(secret, at = Date.now()) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of secret) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
  const mac = crypto.createHmac('sha1', key).update(counter).digest();
  const offset = mac[19] & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// The same name gives the same UUID, so that filling a region twice changes nothing.
export function uuidOf(name) {
  const hash = crypto.createHash('sha256').update(`renkei demo ${name}`).digest();
  hash[6] = (hash[6] & 0x0f) | 0x80;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

export class Api {
  constructor(base) { this.base = base; this.cookie = ''; }

  // As a browser: one of each name, the session's beside the terminal's.
  keep(pair) {
    const name = (one) => one.split('=')[0];
    this.cookie = [...this.cookie.split('; ').filter((one) => one && name(one) !== name(pair)), pair].join('; ');
  }

  async send(method, path, body, headers = {}) {
    const raw = body instanceof Uint8Array;
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        'renkei-client': 'demo', ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(body !== undefined ? { 'content-type': raw ? 'application/octet-stream' : 'application/json' } : {}),
        ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}), ...headers,
      },
      body: body === undefined || raw ? body : JSON.stringify(body),
    });
    for (const cookie of response.headers.getSetCookie?.() ?? [response.headers.get('set-cookie')].filter(Boolean)) this.keep(cookie.split(';')[0]);
    const text = await response.text();
    const answer = text ? JSON.parse(text) : {};
    return { status: response.status, answer, etag: response.headers.get('etag') };
  }

  // Throws what the server says unless it is done (or, where allowed, was done before).
  async must(method, path, body, { headers, allow = [] } = {}) {
    const result = await this.send(method, path, body, headers);
    if (result.status < 300 || allow.includes(result.status)) return result.answer;
    throw new Error(`${method} ${path}: ${result.status} ${JSON.stringify(result.answer).slice(0, 400)}`);
  }

  async login({ login, password, totp_secret }) {
    for (let attempt = 0; ; attempt++) {
      const { ticket } = await this.must('POST', '/login', { login, password });
      const { status, answer } = await this.send('POST', '/login/totp', { ticket, code: totp(totp_secret) });
      if (status < 300) return answer;
      if (attempt === 3) throw new Error(`log-in of ${login}: ${status} ${JSON.stringify(answer)}`);
      await new Promise((resolve) => setTimeout(resolve, 30500 - (Date.now() % 30000)));     // a code works only once
    }
  }
}
