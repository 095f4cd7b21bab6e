// Raw bytes at the front door (security §5 HTTP): every odd request is refused with 4xx, 5xx "not supported" or closed without an answer, what follows it on
// the same connection is never answered with success, and the server lives. BASE names the region.
import net from 'node:net';

const base = new URL(process.env.BASE ?? 'http://127.0.0.1:8080');
const HOST = `Host: ${base.host}\r\n`;
let count = 0;

function ok (good, name, note) {
    console.log(`${good ? '' : 'not '}ok ${++count} - ${name}`);
    if (!good && note !== undefined)
        console.log(`# ${JSON.stringify(note).slice(0, 300)}`);
}

// Sends the pieces, returns everything that came back until the server closed or was silent for `patience` ms.
function talk (pieces, { patience = 700, halfClose = false } = {}) {
    return new Promise(done => {
        const socket = net.connect(Number(base.port), base.hostname);
        let text = '', closed = false;
        const timer = setTimeout(() => socket.destroy(), patience);
        socket.on('data', data => { text += data.toString('latin1'); });
        socket.on('error', () => undefined);
        socket.on('end', () => { closed = true; });
        socket.on('close', () => { clearTimeout(timer); done({ text, closed, statuses: [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(m => Number(m[1])) }); });
        socket.on('connect', async () => {
            for (const piece of pieces) {
                socket.write(Buffer.from(piece, 'latin1'));
                await new Promise(next => setTimeout(next, 5));
            }
            if (halfClose)
                socket.end();
        });
    });
}

const refused = answer => answer.statuses.every(status => status >= 400) ;
const NEXT = `GET /livez HTTP/1.1\r\n${HOST}\r\n`;

// The smuggled request behind must never succeed, either.
async function refuses (name, bytes, options) {
    const answer = await talk([bytes + NEXT], options);
    ok(refused(answer), name, answer);
}

const post = (headers, body = '') => `POST /api/v1/login HTTP/1.1\r\n${HOST}Renkei-Client: t\r\nContent-Type: application/json\r\nIdempotency-Key: k\r\n${headers}\r\n${body}`;
const get = (headers, target = '/livez') => `GET ${target} HTTP/1.1\r\n${HOST}${headers}\r\n`;

const chunked = 'Transfer-Encoding: chunked\r\n';
await refuses('Transfer-Encoding and Content-Length together', post(`${chunked}Content-Length: 5\r\n`, '0\r\n\r\n'));
await refuses('Content-Length and Transfer-Encoding together, the other way round', post(`Content-Length: 5\r\n${chunked}`, '0\r\n\r\n'));
await refuses('two equal Content-Lengths', post('Content-Length: 2\r\nContent-Length: 2\r\n', '{}'));
await refuses('two different Content-Lengths', post('Content-Length: 2\r\nContent-Length: 3\r\n', '{}'));
for (const length of ['+2', '2 ', '0x2', '2,2', '-1', '18446744073709551616', '99999999999999999999', ''])
    await refuses(`Content-Length: ${JSON.stringify(length)}`, post(`Content-Length: ${length}\r\n`, '{}'));
for (const encoding of ['chunked, identity', 'xchunked', 'identity', 'gzip', '\x0bchunked', 'chunked, chunked'])
    await refuses(`Transfer-Encoding: ${JSON.stringify(encoding)}`, post(`Transfer-Encoding: ${encoding}\r\n`, '0\r\n\r\n'));
await refuses('Transfer-Encoding twice', post(chunked + chunked, '0\r\n\r\n'));
await refuses('chunked in HTTP/1.0', `POST /api/v1/login HTTP/1.0\r\n${HOST}${chunked}\r\n0\r\n\r\n`);
await refuses('a chunk size that overflows', post(chunked, 'ffffffffffffffffff\r\n{}\r\n0\r\n\r\n'));
await refuses('a chunk size that is none', post(chunked, 'zz\r\n{}\r\n0\r\n\r\n'));
await refuses('a negative chunk size', post(chunked, '-2\r\n{}\r\n0\r\n\r\n'));
await refuses('a chunk without its end', post(chunked, '2\r\n{}XX0\r\n\r\n'));
await refuses('obs-fold', get('X-A: 1\r\n folded: yes\r\nTransfer-Encoding:\r\n chunked\r\n'));
await refuses('a blank before the colon', get('X-A : 1\r\n'));
await refuses('a blank before the colon of Transfer-Encoding', post('Transfer-Encoding : chunked\r\n', '0\r\n\r\n'));
await refuses('NUL in a name', get('X\0A: 1\r\n'));
await refuses('a control character in a value', get('X-A: 1\x01\r\n'));
await refuses('a bare CR in a value', get('X-A: 1\r2\r\n'));
await refuses('a line without colon', get('nothing\r\n'));
await refuses('no Host', 'GET /livez HTTP/1.1\r\n\r\n');
await refuses('two Hosts', get(`Host: other.example\r\n`));
await refuses('Host with user information', `GET /livez HTTP/1.1\r\nHost: a@b\r\n\r\n`);
await refuses('Host that is not ASCII', `GET /livez HTTP/1.1\r\nHost: \xe3\x81\x82\r\n\r\n`);
await refuses('101 lines', get('X-A: 1\r\n'.repeat(101)));
await refuses('a line of 64 KiB', get(`X-A: ${'a'.repeat(65536)}\r\n`));
await refuses('100,000 tiny cookies', get(`Cookie: ${'a=1; '.repeat(100000)}\r\n`));
await refuses('a target of 8 KiB', get('', `/${'a'.repeat(8192)}`));
await refuses('absolute-form', get('', `http://${base.host}/livez`));
await refuses('authority-form', `CONNECT ${base.host} HTTP/1.1\r\n${HOST}\r\n`);
await refuses('TRACE', `TRACE /livez HTTP/1.1\r\n${HOST}\r\n`);
await refuses('a method of 1 KiB', `${'A'.repeat(1024)} /livez HTTP/1.1\r\n${HOST}\r\n`);
await refuses('a method in small letters', `get /livez HTTP/1.1\r\n${HOST}\r\n`);
await refuses('HTTP/0.9', 'GET /livez\r\n\r\n');
await refuses('HTTP/1.2', `GET /livez HTTP/1.2\r\n${HOST}\r\n`);
await refuses('HTTP/2.0', `GET /livez HTTP/2.0\r\n${HOST}\r\n`);
await refuses('the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
await refuses('a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03');
await refuses('an upgrade to a web socket', get('Connection: Upgrade\r\nUpgrade: websocket\r\nOrigin: https://evil.example\r\nSec-WebSocket-Key: a\r\nSec-WebSocket-Version: 13\r\n'));
await refuses('a body over 1 MiB that is announced', post('Content-Length: 1048577\r\n'));
await refuses("a GET with a body", get("Content-Length: 2\r\nContent-Type: application/json\r\n", "/api/v1/session") + "{}");

// libmicrohttpd 0.9.75 cuts a value at NUL and ends the header at an empty name, and shows neither to us.  What stands in front of the gateway refuses
// both (nginx does); here it must only be true that nothing else comes of it.
ok((await talk([get('X-A: 1\0 2\r\n') + NEXT])).statuses.length <= 2, 'NUL in a value makes no third request');
ok((await talk([get(': 1\r\nX-A: 1\r\n')])).statuses.slice(1).every(status => status >= 400), 'what stands behind an empty name is no request that succeeds');

// Targets: refused, or no such page; never a file of the machine.
for (const target of ['/../../../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd', '/%00', '/a/%2e%2e/%00', '/%c0%ae%c0%ae/etc/passwd', '/%252e%252e/etc/passwd',
    '/assets/..\\..\\etc', '/.git/config', '/a;b=c.js', '//etc/passwd', '/api/v1/session/..', '/api/v1/%73ession%2f', '/api/v1/session?a=1&a=2', '/api/v1/session?%zz', '/api/v1/session?a=%ff'])
    ok((await talk([get('Connection: close\r\n', target)])).statuses.every(status => status >= 400), `the target ${target}`);

// Slow, cut off, or many at once.
ok(refused(await talk(['GET /livez HT', 'TP/1.1\r\nHo'], { halfClose: true })), 'a request that is cut off gets no success');
ok(refused(await talk([post('Content-Length: 50\r\n', '{"login":')], { halfClose: true })), 'a body that is cut off gets no success');
const pipelined = await talk([NEXT.repeat(1000)], { patience: 5000 });
ok(pipelined.statuses.length <= 1000 && pipelined.statuses.every(status => status === 200), '1,000 pipelined requests are answered in order or the connection is closed', pipelined.statuses.length);
ok((await talk([post('Expect: 100-continue\r\nContent-Length: 2\r\n')])).statuses.every(status => status < 200 || status >= 400), 'a body that is promised and never comes');
ok((await talk([get('Range: bytes=' + '0-1,'.repeat(300) + '0-1\r\nConnection: close\r\n', '/')])).statuses.every(status => status === 200 || status >= 400), '300 ranges give one whole page');

// Two readings of one address must not differ.
const twice = await talk([`GET /api/v1/session HTTP/1.1\r\n${HOST}Cookie: renkei=a; renkei=b\r\nConnection: close\r\n\r\n`]);
ok(twice.statuses.join() === '401', 'a session cookie that is there twice is none');

const alive = await fetch(new URL('/livez', base));
ok(alive.status === 200, 'the server lives');
console.log(`1..${count}`);
