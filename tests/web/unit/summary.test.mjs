import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { csvOf, figuresOf, itemsOf, rateOf, servicesOf } = await load('lib/summary.ts');
const row = (area, more) => ({ area, kind: 'home_medicine', facilities: 4, yes: 4, no: 0, unknown: 0, ...more });
const summary = {
  by: 'municipality',
  areas: [{ area: '011002', municipality: '011002', name: '見本市', people_75: 8000 }, { area: '012025', municipality: '012025', name: '隣町' }, { area: '012033', municipality: '012033', name: '山村（圏域なし）' }],
  rows: [row('011002', {}), row('011002', { item: 'house_calls', yes: 2, no: 1, unknown: 1 }), row('011002', { service: '病院', facilities: 1, yes: 1 }), row('', { facilities: 1, yes: 1 })],
};

test('A-31 figures stand by area, per 1,000 people of 75 and older where somebody knows how many there are', () => {
  const figures = figuresOf(summary, { kind: 'home_medicine' });
  assert.deepEqual(figures.map((one) => [one.area.name, one.facilities, one.rate]), [['見本市', 4, 0.5], ['隣町', 0, undefined], ['', 1, undefined]]);
  assert.deepEqual(figuresOf(summary, { kind: 'home_medicine', item: 'house_calls' }).map((one) => [one.yes, one.no, one.unknown]), [[2, 1, 1], [0, 0, 0]]);
  assert.deepEqual(figuresOf(summary, { kind: 'home_medicine', service: '病院' })[0].facilities, 1);
});

test('A-31 a rate has two digits, and none without people', () => {
  assert.deepEqual([rateOf(1, 640), rateOf(0, 640), rateOf(3, undefined), rateOf(3, 0)], [1.56, 0, undefined, undefined]);
});

test('A-31 what may be counted: items of a kind, each once, and kinds of service', () => {
  assert.deepEqual(itemsOf(summary, 'home_medicine'), ['house_calls']);
  assert.deepEqual(servicesOf(summary), [{ kind: 'home_medicine', service: '病院' }]);
});

test('A-31 a file opens in a spreadsheet: byte order mark, quotes, empty cells', () => {
  assert.equal(csvOf([['地域', 'a,"b"'], [1, undefined]]), '\uFEFF地域,"a,""b"""\r\n1,\r\n');
});
