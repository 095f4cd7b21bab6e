// simulator.mjs - stands in for the outside world of a demo region: the fire dispatch desk (signed webhooks), a voice and text-message
// provider, and a mail server.  Only on 127.0.0.1.  Everything received is kept in DIR/received.jsonl and shown on its page.
//
//   node simulator.mjs HTTP_PORT SMTP_PORT DIR SECRET_FILE
//
// Behaviour can be changed by POST /behave {"webhook": "accept" | "fail" | "refuse" | "hang"} so that integrators see what a bad partner does.
import { createServer } from 'node:http';
import net from 'node:net';
import fs from 'node:fs';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';

const [httpPort, smtpPort, dir, secretFile] = process.argv.slice(2);
const secret = fs.readFileSync(secretFile, 'utf8').trim();
const log = path.join(dir, 'received.jsonl');
const received = fs.existsSync(log) ? fs.readFileSync(log, 'utf8').split('\n').filter(Boolean).flatMap(parseLine) : [];
const behaviour = { webhook: 'accept', voice: 'accept', mail: 'accept' };

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
      if (size > 65536) reject(new Error('too large'));
      else parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    request.on('error', reject);
  });
}

function answer(response, status, body, type = 'application/json; charset=utf-8') {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function takeDelivery(channel, request, response) {
  const body = await readBody(request);
  if (behaviour[channel] === 'hang') return;
  if (behaviour[channel] === 'fail') return answer(response, 503, { error: 'told to fail' });
  if (behaviour[channel] === 'refuse') return answer(response, 400, { error: 'told to refuse' });
  let verified = false;
  try {
    new Webhook(secret).verify(body, request.headers);
    verified = true;
  } catch { /* kept as not verified, and refused */ }
  keep({ channel, id: request.headers['webhook-id'] ?? request.headers['idempotency-key'], verified, body: JSON.parse(body) });
  answer(response, verified || channel !== 'webhook' ? 200 : 401, { received: true, verified });
}

function escape(text) {
  return String(text ?? '').replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
}

function page() {
  const rows = received.slice(-40).reverse().map((row) => `<tr><td>${escape(row.at)}</td><td>${escape(row.channel)}</td>
    <td>${row.channel === 'webhook' ? (row.verified ? '署名を確認' : '署名が不正') : ''}${row.repeated ? '・再送' : ''}</td>
    <td><pre>${escape(JSON.stringify(row.body ?? row.text, null, 1))}</pre></td></tr>`).join('');
  return `<!doctype html><html lang="ja"><meta charset="utf-8"><title>指令台シミュレーター</title>
  <meta http-equiv="refresh" content="2"><style>body{background:#11161c;color:#e8edf2;font:18px/1.6 sans-serif;margin:2rem}
  table{border-collapse:collapse;width:100%}td,th{border-top:1px solid #3a4652;padding:.5rem;text-align:left;vertical-align:top}
  pre{white-space:pre-wrap;margin:0}</style><h1>指令台シミュレーター（架空）</h1>
  <p>届いた通知 ${received.length} 件。新しい順。</p>
  <table><tr><th>時刻</th><th>経路</th><th>確認</th><th>内容</th></tr>${rows}</table></html>`;
}

createServer(async (request, response) => {
  try {
    if (request.method === 'GET' && request.url === '/') return answer(response, 200, page(), 'text/html; charset=utf-8');
    if (request.method === 'GET' && request.url === '/received.json') return answer(response, 200, received);
    if (request.method === 'POST' && request.url === '/webhook') return await takeDelivery('webhook', request, response);
    if (request.method === 'POST' && request.url.startsWith('/voice')) return await takeDelivery('voice', request, response);
    if (request.method === 'POST' && request.url === '/behave') {
      Object.assign(behaviour, JSON.parse(await readBody(request)));
      return answer(response, 200, behaviour);
    }
    answer(response, 404, { error: 'no such page' });
  } catch (error) {
    answer(response, 400, { error: String(error.message) });
  }
}).listen(Number(httpPort), '127.0.0.1');

// The least of RFC 5321 that a mail client needs.
net.createServer((socket) => {
  let buffer = '', data = null, to = [];
  socket.setEncoding('utf8');
  const say = (line) => socket.write(line + '\r\n');
  say('220 simulator.invalid');
  socket.on('error', () => socket.destroy());
  socket.on('data', (part) => {
    buffer += part;
    for (let end; (end = buffer.indexOf('\r\n')) >= 0;) {
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      if (data !== null) {
        if (line !== '.') { data += line.replace(/^\.\./, '.') + '\n'; continue; }
        if (behaviour.mail === 'accept') keep({ channel: 'mail', id: /^Message-ID: *(\S+)/im.exec(data)?.[1], to, text: data });
        data = null; to = [];
        say(behaviour.mail === 'accept' ? '250 kept' : behaviour.mail === 'refuse' ? '550 refused' : '451 later');
      } else if (/^DATA/i.test(line)) { data = ''; say('354 go on'); }
      else if (/^RCPT TO:/i.test(line)) { to.push(line.slice(8).trim()); say('250 ok'); }
      else if (/^QUIT/i.test(line)) { say('221 bye'); socket.end(); }
      else say('250 ok');
    }
    if (buffer.length > 65536 || (data?.length ?? 0) > 1 << 20) socket.destroy();
  });
}).listen(Number(smtpPort), '127.0.0.1');
