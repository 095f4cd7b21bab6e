// Web Push messages decrypted by http_ece, their VAPID proof verified by jws, webhooks by standardwebhooks.
import crypto from 'node:crypto';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import ece from 'http_ece';
import jws from 'jws';
import { Webhook } from 'standardwebhooks';

const program = path.join(process.env.BUILD, 'tests/unit/notify/test_push_crypt');
const say = (...words) => execFileSync(program, words, { encoding: 'utf8' }).trimEnd();
let count = 0;
const ok = (good, name) => console.log(`${good ? 'ok' : 'not ok'} ${++count} - ${name}`);
const throws = (work) => { try { work(); return false; } catch { return true; } };

const browser = crypto.createECDH('prime256v1');
browser.generateKeys();
const auth = crypto.randomBytes(16);
const open = (body, key = browser, secret = auth) => ece.decrypt(Buffer.from(body, 'base64url'),
  { version: 'aes128gcm', privateKey: key, authSecret: secret.toString('base64url') }).toString('utf8');

for (const text of ['x', '{"title":"【急変・対応のお願い】中央市 至急 #A1B2C3","body":"折り返し：011-000-0011"}', 'あ'.repeat(900)]) {
  const body = say('encrypt', browser.getPublicKey('base64url'), auth.toString('base64url'), text);
  ok(open(body) === text, `RFC 8291: http_ece reads what we encrypt (${Buffer.byteLength(text)} bytes)`);
  const other = crypto.createECDH('prime256v1');
  other.generateKeys();
  ok(throws(() => open(body, other)), '…another browser does not');
  ok(throws(() => open(body, browser, crypto.randomBytes(16))), '…nor the same with another secret');
  const broken = Buffer.from(body, 'base64url');
  broken[broken.length - 1] ^= 1;
  ok(throws(() => open(broken.toString('base64url'))), '…nor when a bit was changed');
}

const expires = Math.floor(Date.now() / 1000) + 3600;
const [, token, key] = /^vapid t=(\S+), k=(\S+)$/.exec(say('authorize', 'https://push.example:8443/send/abc?x=1', 'mailto:renkei@region.example', String(expires)));
const bytes = Buffer.from(key, 'base64url');
const pem = crypto.createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: bytes.subarray(1, 33).toString('base64url'), y: bytes.subarray(33).toString('base64url') }, format: 'jwk' })
  .export({ type: 'spki', format: 'pem' });
ok(jws.verify(token, 'ES256', pem), 'RFC 8292: jws verifies the proof of who sends');
const { header, payload } = jws.decode(token, { json: true });
ok(header.typ === 'JWT' && header.alg === 'ES256', '…an ES256 JWT');
const claims = typeof payload === 'string' ? JSON.parse(payload) : payload;
ok(claims.aud === 'https://push.example:8443' && claims.exp === expires && claims.sub === 'mailto:renkei@region.example', '…for the origin only, with its end and whom to write to');
ok(!jws.verify(`${token.slice(0, -4)}AAAA`, 'ES256', pem), '…a changed one is not');

const secret = `whsec_${crypto.randomBytes(24).toString('base64')}`, at = Math.floor(Date.now() / 1000), hook = '{"type":"jp.renkei.emergency_reported","data":{"number":"#A1B2C3","place":"中央市"}}';
const headers = { 'webhook-id': 'msg-1', 'webhook-timestamp': String(at), 'webhook-signature': say('webhook', secret, 'msg-1', String(at), hook) };
ok(!throws(() => new Webhook(secret).verify(hook, headers)), 'Standard Webhooks: the package verifies what we sign');
ok(throws(() => new Webhook(secret).verify(hook.replace('中央市', '東町'), headers)), '…not when the body was changed');
ok(throws(() => new Webhook(secret).verify(hook, { ...headers, 'webhook-id': 'msg-2' })), '…nor under another id');
ok(throws(() => new Webhook(`whsec_${crypto.randomBytes(24).toString('base64')}`).verify(hook, headers)), '…nor with another secret');
console.log(`1..${count}`);
