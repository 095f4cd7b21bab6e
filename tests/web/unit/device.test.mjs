import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Storage, load } from './load.mjs';

globalThis.localStorage = new Storage();
const { totp } = await load('lib/totp.ts');
const { fromBase32, fromBase64url, toBase64url } = await load('lib/bytes.ts');
const { readProblem } = await load('lib/problem.ts');
const phones = await load('lib/phones.ts');
const drafts = await load('lib/drafts.ts');
const { deviceName } = await load('lib/device_name.ts');

test('one-time codes are those of RFC 6238', async () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  assert.equal(await totp(secret, 59_000), '287082');
  assert.equal(await totp(secret, 1_111_111_109_000), '081804');
  assert.equal(await totp(secret, 20_000_000_000_000), '353130');
});

test('base32 and base64url there and back', () => {
  assert.deepEqual([...fromBase32('MZXW6YTBOI======')], [...Buffer.from('foobar')]);
  assert.throws(() => fromBase32('1'));
  const bytes = new Uint8Array([251, 255, 0, 1, 2]);
  assert.equal(toBase64url(bytes.buffer), '-_8AAQI');
  assert.deepEqual(fromBase64url('-_8AAQI'), bytes);
});

test('a problem document is read with its key, fields and conflict; anything else does no harm', () => {
  const problem = readProblem(412, {
    type: 'https://renkei.invalid/problems/moved_on',
    key: 'moved_on',
    title: '先に更新',
    errors: [{ pointer: '/entries/1/text', title: '長すぎます' }],
    conflict: { section: 'wishes' },
    traceId: '00-a',
  });
  assert.equal(problem.key, 'moved_on');
  assert.equal(problem.message, '先に更新');
  assert.equal(problem.textOf('/entries/1'), '長すぎます');
  assert.equal(problem.textOf('/entries/10'), undefined);
  assert.deepEqual(problem.conflict, { section: 'wishes' });
  assert.equal(readProblem(400, { type: 'https://renkei.invalid/problems/text-empty' }).key, 'text_empty');
  for (const odd of [undefined, null, 'x', 3, [], { errors: 'no' }, { errors: [null, 1] }, { title: 5 }])
    assert.equal(readProblem(500, odd).status, 500);
});

test('what may pass by itself is tried again, a refusal is not', () => {
  for (const status of [0, 429, 500, 503, 504]) assert.ok(readProblem(status, {}).passing, String(status));
  for (const status of [400, 403, 404, 409, 422]) assert.ok(!readProblem(status, {}).passing, String(status));
  assert.ok(readProblem(409, { key: 'still_running' }).passing);
});

test('numbers can be dialled as written in Japan, full-width too; each stands once', () => {
  assert.equal(phones.telephone('０９９－５５５－０１００'), 'tel:0995550100');
  assert.equal(phones.telephone('119'), 'tel:119');
  assert.equal(phones.telephone('なし'), undefined);
  const list = [
    { name: 'a', phone: '099-555-0100', reason: '' },
    { name: 'b', phone: '0995550100', reason: '' },
    { name: 'c', phone: '', reason: '' },
  ];
  assert.deepEqual(
    phones.distinct(list).map((one) => one.name),
    ['a'],
  );
});

test('unsaved text is kept per person, patient and section, and goes when it must', () => {
  const draft = { base_version: 2, base: [], entries: [{ item: 'person_wish', text: '家で' }], at: 1 };
  drafts.keepDraft('p1', 'k1', 'wishes', draft);
  assert.deepEqual(drafts.draftOf('p1', 'k1', 'wishes'), draft);
  assert.equal(drafts.draftOf('p2', 'k1', 'wishes'), undefined);
  assert.equal(drafts.draftOf('p1', 'k1', 'housing'), undefined);
  assert.equal(drafts.countDrafts('p1'), 1);
  drafts.dropDraft('p1', 'k1', 'wishes');
  assert.equal(drafts.countDrafts('p1'), 0);
  drafts.keepDraft('p1', 'k1', 'wishes', draft);
  drafts.dropDrafts();
  assert.equal(localStorage.length, 0);
});

test('a full device keeps unsaved text for this tab at least', () => {
  localStorage.full = true;
  drafts.keepDraft('p1', 'k9', 'wishes', { base_version: 0, base: [], entries: [], at: 5 });
  assert.equal(drafts.draftOf('p1', 'k9', 'wishes')?.at, 5);
  localStorage.full = false;
  drafts.dropDrafts();
});

test('a browser is called by a short name', () => {
  assert.equal(
    deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/18.0 Mobile Safari/604'),
    'Safari・iPhone',
  );
  assert.equal(deviceName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130 Safari/537.36 Edg/130'), 'Edge・Windows');
  assert.equal(deviceName('curl/8'), 'curl/8');
});
