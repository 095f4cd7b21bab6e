import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Storage, load } from './load.mjs';

globalThis.localStorage = new Storage();
const store = await load('lib/store.ts');
const phones = await load('lib/phones.ts');

function fresh() {
  localStorage.full = false;
  store.dropFrom('');
  localStorage.map.clear();
}

test('what is kept comes back, whatever it is', () => {
  fresh();
  for (const value of [0, '', false, null, [], { a: [1, { b: '髙' }] }, 'あ"\\\n', 1e21]) {
    store.keep('x', value);
    assert.deepEqual(store.kept('x'), value ?? null);
  }
  assert.equal(store.kept('never'), undefined);
});

test('when the device is full, this tab reads its newest words, not the older ones that still fit', () => {
  fresh();
  store.keep('draft', '最初の文');
  localStorage.full = true;
  store.keep('draft', '最初の文。続き');
  assert.equal(store.kept('draft'), '最初の文。続き');
  localStorage.full = false;
  assert.equal(store.kept('draft'), '最初の文。続き');
  store.keep('draft', 'もっと');
  assert.equal(store.kept('draft'), 'もっと');
  assert.ok(localStorage.getItem('renkei.draft').includes('もっと'));
});

test('what another tab wrote meanwhile is read', () => {
  fresh();
  store.keep('language', 'ja');
  localStorage.setItem('renkei.language', '"en"');
  assert.equal(store.kept('language'), 'en');
});

test('dropped is dropped, also what only this tab had', () => {
  fresh();
  localStorage.full = true;
  store.keep('a.1', 1);
  localStorage.full = false;
  store.keep('a.2', 2);
  store.keep('b.1', 3);
  assert.deepEqual(store.keysFrom('a.'), ['a.1', 'a.2']);
  store.dropFrom('a.');
  assert.deepEqual(store.keysFrom('a.'), []);
  assert.equal(store.kept('a.1'), undefined);
  assert.equal(store.kept('b.1'), 3);
});

test('broken or foreign values in the storage do no harm', () => {
  fresh();
  localStorage.setItem('renkei.broken', '{"a":');
  localStorage.setItem('someone.else', 'x');
  assert.equal(store.kept('broken'), undefined);
  assert.deepEqual(store.keysFrom('someone'), []);
  store.dropFrom('');
  assert.equal(localStorage.getItem('someone.else'), 'x');
});

test('a forbidden storage keeps values for this tab', () => {
  fresh();
  const own = globalThis.localStorage;
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    get() {
      throw new Error('SecurityError');
    },
  });
  store.keep('x', 7);
  assert.equal(store.kept('x'), 7);
  assert.deepEqual(store.keysFrom('x'), ['x']);
  store.drop('x');
  assert.equal(store.kept('x'), undefined);
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, writable: true, value: own });
});

test('what is dialled is the number, never the words around it', () => {
  const rows = [
    ['011-200-0001', 'tel:0112000001'],
    ['(011) 200-0001', 'tel:0112000001'],
    ['０１１－２００－０００１', 'tel:0112000001'],
    ['011ー200ー0001', 'tel:0112000001'],
    ['011‐200−0001', 'tel:0112000001'],
    ['011.200.0001', 'tel:0112000001'],
    ['+81 11 200 0001', 'tel:+81112000001'],
    ['#7119', 'tel:#7119'],
    ['代表 011-200-0001', 'tel:0112000001'],
    ['011-200-0001 内線12', 'tel:0112000001'],
    ['011-200-0001（内線 345）', 'tel:0112000001'],
    ['090-0000-0001 または 119', 'tel:09000000001'],
    ['8時〜20時 011-200-0001', 'tel:0112000001'],
    ['24時間 011-200-0001', 'tel:0112000001'],
    ['119', 'tel:119'],
    ['12', undefined],
    ['内線12', undefined],
    ['なし', undefined],
    ['', undefined],
    ['--', undefined],
  ];
  for (const [written, dialled] of rows) assert.equal(phones.telephone(written), dialled, written);
});

test('a card of numbers is kept per person in care and goes with logging out', () => {
  fresh();
  const card = { patient_id: 'p1', patient_name: '北野', terminal_phase: false, phones: [{ name: 'a', phone: '119', reason: '' }], at: 1 };
  phones.keepPhones(card);
  phones.keepPhones({ ...card, patient_id: 'p2' });
  assert.deepEqual(phones.phonesOf('p1'), card);
  assert.equal(phones.phonesOf('p3'), undefined);
  phones.dropPhones();
  assert.equal(phones.phonesOf('p1'), undefined);
  assert.equal(localStorage.length, 0);
});
