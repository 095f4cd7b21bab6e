import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load, Storage } from './load.mjs';

globalThis.localStorage = new Storage();
const { atPresent, dropDuty, keepDuty, keptDuty } = await load('lib/duty.ts');
const line = (municipality, from, to, name) => ({ rotation_id: `r-${municipality}`, rotation: 'r', municipality, from, to, name, gap: false });
const table = (as_of, ...lines) => ({ as_of, stale: false, now: lines.slice(0, 1), coming: lines.slice(1) });
const night = line('011002', '2026-11-22T18:00:00+09:00', '2026-11-23T08:30:00+09:00', '佐藤');
const day = line('011002', '2026-11-23T08:30:00+09:00', '2026-11-23T18:00:00+09:00', '鈴木');
const at = (text) => Date.parse(text);

test('a copy names who has duty at the present moment, not when it was made', () => {
  const copy = table('2026-11-22T22:00:00+09:00', night, day);
  const before = atPresent(copy, at('2026-11-23T08:29:00+09:00'));
  assert.deepEqual([before.now.map((one) => one.name), before.coming.map((one) => one.name)], [['佐藤'], ['鈴木']]);
  const after = atPresent(copy, at('2026-11-23T08:30:00+09:00'));
  assert.deepEqual([after.now.map((one) => one.name), after.coming.length], [['鈴木'], 0]);
  assert.equal(after.stale, true);
  assert.equal(after.as_of, copy.as_of);
});

test('without a copy of the same question the newest one that holds the municipality does', () => {
  const elsewhere = line('011003', '2026-11-22T18:00:00+09:00', '2026-11-23T08:30:00+09:00', '東');
  keepDuty({ days: 31 }, table('2026-11-22T20:00:00+09:00', night, elsewhere));
  keepDuty({ municipality: '011003', days: 14 }, table('2026-11-22T21:00:00+09:00', elsewhere));
  const now = at('2026-11-22T22:00:00+09:00');
  assert.deepEqual(
    keptDuty({ municipality: '011002', days: 14 }, now).now.map((one) => one.name),
    ['佐藤'],
  );
  assert.equal(keptDuty({ municipality: '011003' }, now).as_of, '2026-11-22T21:00:00+09:00');
  assert.equal(keptDuty({ days: 31 }, now).now.length, 2);
  assert.equal(keptDuty({}, now).as_of, '2026-11-22T21:00:00+09:00');
});

test('at log-out nothing of it stays', () => {
  dropDuty();
  assert.equal(keptDuty({}, at('2026-11-22T22:00:00+09:00')), undefined);
});
