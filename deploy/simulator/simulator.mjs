// simulator.mjs - stands in for the outside world of a demo region: the fire dispatch desk (signed webhooks), providers of calls, text
// messages, FAX and push messages, and a mail server.  Only on 127.0.0.1.  Everything received is kept in DIR/received.jsonl and shown on
// its page.  For integrators: README.md beside this file.
//
//   node simulator.mjs HTTP_PORT SMTP_PORT DIR SECRET_FILE [CALLBACK_BASE CALLBACK_SECRET_FILE]
import { createServer } from 'node:http';
import crypto from 'node:crypto';
import net from 'node:net';
import fs from 'node:fs';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';

const [httpPort, smtpPort, dir, secretFile, callbackBase, callbackSecretFile] = process.argv.slice(2);
const secret = fs.readFileSync(secretFile, 'utf8').trim();
const log = path.join(dir, 'received.jsonl');
const received = fs.existsSync(log) ? fs.readFileSync(log, 'utf8').split('\n').filter(Boolean).flatMap(parseLine) : [];

// How each channel behaves; every field can be set by POST /behave {"voice": "fail"} or {"voice": {"mood": "late", "seconds": 3}}.
const channels = ['webhook', 'voice', 'sms', 'fax', 'push', 'mail'];
const moods = ['accept', 'fail', 'refuse', 'hang', 'late', 'empty', 'garbage'];
const receiptWays = ['none', 'once', 'repeat', 'reorder', 'late', 'no_answer', 'failed'];
const behaviour = Object.fromEntries(channels.map((name) => [name, { mood: 'accept', seconds: 2, receipts: 'once', press: null, times: null }]));

function parseLine(line) {
  try { return [JSON.parse(line)]; } catch { return []; }
}

function keep(entry) {
  const known = received.find((old) => old.id && old.id === entry.id);
  const row = { at: new Date().toISOString(), repeated: Boolean(known), ...entry };
  received.push(row);
  fs.appendFileSync(log, JSON.stringify(row) + '\n');
}

function readBody(request) {
  return new Promise((resolve, reject) => {
    const parts = [];
    let size = 0;
    request.on('data', (part) => {
      size += part.length;
      if (size > 1 << 20) reject(new Error('too large'));
      else parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
  });
}

function answer(response, status, body, type = 'application/json; charset=utf-8') {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

// ---- how partners behave -----------------------------------------------------------------------------------------------------------------

function behave(wanted) {
  for (const [name, change] of Object.entries(wanted)) {
    if (!behaviour[name]) throw new Error(`no channel ${name}`);
    const next = { ...behaviour[name], ...(typeof change === 'string' ? { mood: change } : change) };
    if (!moods.includes(next.mood) || !receiptWays.includes(next.receipts)) throw new Error(`no such mood or receipts: ${JSON.stringify(change)}`);
    behaviour[name] = next;
  }
}

// The mood for one message; "times": 2 makes a mood last for two messages, then the channel accepts again.
function moodOf(channel) {
  const now = behaviour[channel];
  const mood = now.mood;
  if (now.times !== null && --now.times <= 0) behaviour[channel] = { ...now, mood: 'accept', times: null };
  return mood;
}

// True when the mood has answered (or will not).
async function refuses(channel, response) {
  const mood = moodOf(channel);
  if (mood === 'hang') return true;
  if (mood === 'late') await pause(behaviour[channel].seconds);
  else if (mood === 'fail') answer(response, 503, { error: { code: 'told_to_fail' } });
  else if (mood === 'refuse') answer(response, 400, { error: { code: 'told_to_refuse' } });
  else if (mood === 'empty') answer(response, 200, '');
  else if (mood === 'garbage') answer(response, 200, '<html>\u0000not what you think', 'text/html');
  return !['accept', 'late'].includes(mood);
}

// ---- receipts, keys and replies go back, signed ------------------------------------------------------------------------------------------

async function callBack(adapter, message) {
  if (!callbackBase || !callbackSecretFile) return { status: 0 };
  const body = JSON.stringify(message), t = Math.floor(Date.now() / 1000);
  const key = fs.readFileSync(callbackSecretFile, 'utf8').trim();
  const signature = crypto.createHmac('sha256', key).update(`${t}.${body}`).digest('hex');
  try {
    const reply = await fetch(`${callbackBase}/api/v1/providers/${adapter}/callback`,
      { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${t}.${signature}` }, body });
    const text = await reply.text();
    keep({ channel: 'callback', adapter, sent: message, status: reply.status, answer: parseLine(text)[0] ?? text.slice(0, 200) });
    return { status: reply.status, answer: parseLine(text)[0] };
  } catch (error) {
    return { status: 0, error: String(error.message) };
  }
}

async function sendReceipts(channel, adapter, providerId) {
  const { receipts: way, press, seconds } = behaviour[channel];
  const tell = (status, sequence, more = {}) => callBack(adapter, { call: { id: providerId }, status, sequence, ...more });
  if (way === 'none') return;
  if (way === 'late') await pause(seconds);
  if (way === 'failed') return void await tell('failed', 2);
  if (way === 'no_answer') return void await tell('no-answer', 2);
  if (way === 'reorder') { await tell('completed', 3); await tell('ringing', 1); return void await tell('answered', 2); }
  await tell('ringing', 1);
  await tell('completed', 2, press && channel === 'voice' ? { digits: String(press) } : {});
  if (way === 'repeat') { await tell('completed', 2); await tell('ringing', 1); }
}

// ---- what arrives ------------------------------------------------------------------------------------------------------------------------

let last = 0;

async function takeCall(request, response, adapter, named) {
  const body = JSON.parse((await readBody(request)).toString('utf8'));
  const channel = named ?? (body.kind === 'sms' || body.kind === 'fax' ? body.kind : 'voice');
  if (await refuses(channel, response)) return;
  const providerId = `${channel}-${Date.now()}-${++last}`;
  keep({ channel, adapter, id: request.headers['idempotency-key'], provider_id: providerId,
    possible_duplicate: request.headers['renkei-possible-duplicate'] === 'true', body });
  answer(response, 200, { received: true, call: { id: providerId } });
  setTimeout(() => sendReceipts(channel, adapter, providerId), 20);
}

async function takeWebhook(request, response) {
  const body = (await readBody(request)).toString('utf8');
  if (await refuses('webhook', response)) return;
  let verified = false;
  try {
    new Webhook(secret).verify(body, request.headers);
    verified = true;
  } catch { /* kept as not verified, and refused */ }
  let content = body;                             // a fire organisation that writes CAP is answered in CAP
  try { content = JSON.parse(body); } catch { /* not JSON: kept as text */ }
  keep({ channel: 'webhook', id: request.headers['webhook-id'], verified, body: content });
  answer(response, verified ? 200 : 401, { received: true, verified });
}

// A push service sees ciphertext only.
async function takePush(request, response) {
  const body = await readBody(request);
  if (await refuses('push', response)) return;
  keep({ channel: 'push', id: request.url, encoding: request.headers['content-encoding'], urgency: request.headers.urgency,
    authorization: request.headers.authorization, ttl: request.headers.ttl, topic: request.headers.topic, body: body.toString('base64') });
  answer(response, 201, '');
}

// What renkei-watch says: alarms ("engine", …, "well") and the heartbeat after every self-test that succeeded.  Not among what was received.
const watch = { alarms: [], heartbeats: 0, last: null };

async function takeWatch(request, response, what) {
  if (what === 'heartbeat') Object.assign(watch, { heartbeats: watch.heartbeats + 1, last: new Date().toISOString() });
  else watch.alarms = [...watch.alarms.slice(-99), JSON.parse((await readBody(request)).toString('utf8'))];
  answer(response, 200, { received: true });
}

function watchLine() {
  const last = watch.alarms.at(-1);
  return `見張り（renkei-watch）：${last && last.what !== 'well' ? `警報 ${escape(last.what)}（${escape(last.at)}）` : '警報なし'}。自己試験の心拍 ${watch.heartbeats} 回${watch.last ? `、最後 ${watch.last}` : ''}。`;
}

function escape(text) {
  return String(text ?? '').replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
}

function page() {
  const rows = received.slice(-40).reverse().map((row) => `<tr><td>${escape(row.at)}</td><td>${escape(row.channel)}</td>
    <td>${row.channel === 'webhook' ? (row.verified ? '署名を確認' : '署名が不正') : ''}${row.repeated ? '・再送' : ''}</td>
    <td><pre>${escape(JSON.stringify(row.body ?? row.text ?? row.sent, null, 1))}</pre></td></tr>`).join('');
  return `<!doctype html><html lang="ja"><meta charset="utf-8"><title>指令台シミュレーター</title>
  <meta http-equiv="refresh" content="2"><style>body{background:#11161c;color:#e8edf2;font:18px/1.6 sans-serif;margin:2rem}
  table{border-collapse:collapse;width:100%}td,th{border-top:1px solid #3a4652;padding:.5rem;text-align:left;vertical-align:top}
  pre{white-space:pre-wrap;margin:0}</style><h1>指令台シミュレーター（架空）</h1>
  <p>${watchLine()}</p><p>届いた通知 ${received.length} 件。新しい順。</p>
  <table><tr><th>時刻</th><th>経路</th><th>確認</th><th>内容</th></tr>${rows}</table></html>`;
}

// ---- the doors ---------------------------------------------------------------------------------------------------------------------------

async function control(request, response) {
  const wanted = JSON.parse((await readBody(request)).toString('utf8'));
  if (request.url === '/behave') {
    behave(wanted);
    return answer(response, 200, behaviour);
  }
  // {"adapter", "provider_id", "digits"}: a key is pressed; {"adapter", "from", "message"}: a text message is replied to;
  // {"adapter", "provider_id", "status", "sequence"}: any receipt
  const { adapter = 'simulator', provider_id: id, ...message } = wanted;
  answer(response, 200, await callBack(adapter, { ...(id ? { call: { id }, status: 'completed' } : {}), ...message }));
}

createServer(async (request, response) => {
  try {
    const [, first, second] = request.url.split(/[/?]/);
    if (request.method === 'GET' && request.url === '/') return answer(response, 200, page(), 'text/html; charset=utf-8');
    if (request.method === 'GET' && request.url === '/received.json') return answer(response, 200, received);
    if (request.method === 'GET' && request.url === '/watch.json') return answer(response, 200, watch);
    if ((request.method === 'GET' && first === 'heartbeat') || (request.method === 'POST' && first === 'alarm')) return await takeWatch(request, response, first);
    if (request.method === 'GET' && request.url === '/behave') return answer(response, 200, behaviour);
    if (request.method === 'POST' && first === 'webhook') return await takeWebhook(request, response);
    if (request.method === 'POST' && first === 'voice') return await takeCall(request, response, 'voice-url');
    if (request.method === 'POST' && first === 'provider') return await takeCall(request, response, second ?? 'simulator');
    if (request.method === 'POST' && first === 'push') return await takePush(request, response);
    if (request.method === 'POST' && ['/behave', '/say'].includes(request.url)) return await control(request, response);
    answer(response, 404, { error: 'no such page' });
  } catch (error) {
    if (!response.headersSent) answer(response, 400, { error: String(error.message) });
  }
}).listen(Number(httpPort), '127.0.0.1');

// The least of RFC 5321 that a mail client needs.
net.createServer((socket) => {
  let buffer = '', data = null, to = [];
  socket.setEncoding('utf8');
  const say = (line) => socket.write(line + '\r\n');
  const taken = () => {
    const mood = moodOf('mail');
    if (mood === 'hang') return;
    if (mood === 'accept' || mood === 'late') keep({ channel: 'mail', id: /^Message-ID: *(\S+)/im.exec(data)?.[1], to, text: data });
    const line = { refuse: '550 refused', accept: '250 kept', late: '250 kept' }[mood] ?? '451 later';
    if (mood === 'late') setTimeout(() => say(line), behaviour.mail.seconds * 1000);
    else say(line);
  };
  say('220 simulator.invalid');
  socket.on('error', () => socket.destroy());
  socket.on('data', (part) => {
    buffer += part;
    for (let end; (end = buffer.indexOf('\r\n')) >= 0;) {
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      if (data !== null) {
        if (line !== '.') { data += line.replace(/^\.\./, '.') + '\n'; continue; }
        taken();
        data = null; to = [];
      } else if (/^DATA/i.test(line)) { data = ''; say('354 go on'); }
      else if (/^RCPT TO:/i.test(line)) { to.push(line.slice(8).trim()); say('250 ok'); }
      else if (/^QUIT/i.test(line)) { say('221 bye'); socket.end(); }
      else say('250 ok');
    }
    if (buffer.length > 65536 || (data?.length ?? 0) > 1 << 20) socket.destroy();
  });
}).listen(Number(smtpPort), '127.0.0.1');
