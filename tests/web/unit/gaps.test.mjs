import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { groupGaps } = await load('lib/gaps.ts');
const gap = (kind, from, more = {}) => ({ kind, municipality: '990019', rotation_id: 'r', from, to: from, soon: false, yearend: false, ...more });

test('U-08: who cannot be reached stands once with the number of shifts, in the place of the first', () => {
  const list = groupGaps([
    gap('unreachable', '1', { person_id: 'a', soon: true }),
    gap('nobody', '2'),
    gap('unreachable', '3', { person_id: 'b' }),
    gap('unreachable', '4', { person_id: 'a' }),
    gap('unreachable', '5', { person_id: 'a', yearend: true }),
  ]);
  assert.deepEqual(
    list.map(({ gap: one, more }) => [one.kind, one.person_id, one.from, more, one.soon, one.yearend]),
    [
      ['unreachable', 'a', '1', 2, true, true],
      ['nobody', undefined, '2', 0, false, false],
      ['unreachable', 'b', '3', 0, false, false],
    ],
  );
});

test('an office whose telephones are silent every night stands once, in each municipality and order', () => {
  const night = (from, more = {}) => gap('silent', from, { rotation_id: undefined, office_id: 'o', ...more });
  const list = groupGaps([night('1'), night('2'), night('3', { office_id: 'p' }), night('4', { patient_id: 'x' }), night('5')]);
  assert.deepEqual(list.map(({ gap: one, more }) => [one.from, more]), [['1', 2], ['3', 0], ['4', 0]]);
});

test('hours without anybody stay apart, each is filled by itself; another rotation is another line', () => {
  assert.equal(groupGaps([gap('nobody', '1'), gap('nobody', '2'), gap('absent', '3', { person_id: 'a' }), gap('absent', '4', { person_id: 'a' })]).length, 4);
  assert.equal(groupGaps([gap('unreachable', '1', { person_id: 'a' }), gap('unreachable', '2', { person_id: 'a', rotation_id: 's' })]).length, 2);
  assert.deepEqual(groupGaps([]), []);
});
