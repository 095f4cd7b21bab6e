import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { next, pause, lateMinutes, PATIENCE, ATTEMPT } = await load('lib/report.ts');
const sending = { name: 'sending', since: 1_000 };

test('offline a report counts as reaching nobody at once', () => {
  assert.equal(next(sending, { name: 'failed', now: 1_010, offline: true }).name, 'unreached');
});

test('with a line it has ten seconds, not more', () => {
  assert.equal(next(sending, { name: 'tick', now: 1_000 + PATIENCE - 1 }).name, 'sending');
  assert.equal(next(sending, { name: 'tick', now: 1_000 + PATIENCE }).name, 'unreached');
  assert.equal(next(sending, { name: 'failed', now: 1_000 + PATIENCE, offline: false }).name, 'unreached');
  assert.equal(PATIENCE, 10_000);
});

test('a second attempt fits into the patience', () => {
  assert.ok(ATTEMPT + pause(0) < PATIENCE);
});

test('only an answer makes it answered, whatever came before; nothing makes it unanswered again', () => {
  const unreached = next(sending, { name: 'tick', now: 99_000 });
  const answered = next(unreached, { name: 'answered', now: 100_000 });
  assert.deepEqual(answered, { name: 'answered', at: 100_000 });
  for (const event of [
    { name: 'tick', now: 1e9 },
    { name: 'failed', now: 1e9, offline: true },
    { name: 'refused', now: 1e9, text: 'x' },
  ])
    assert.equal(next(answered, event), answered);
});

test('a refusal is shown on the full screen too', () => {
  assert.deepEqual(next(sending, { name: 'refused', now: 2_000, text: '権限がありません' }), {
    name: 'unreached',
    since: 1_000,
    refused: '権限がありません',
  });
});

test('the pauses grow and stay at most five seconds', () => {
  const pauses = [0, 1, 2, 3, 4, 5, 50].map(pause);
  assert.deepEqual(pauses, [500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
});

test('how late a report arrived, in whole minutes', () => {
  assert.equal(lateMinutes(0, 59_999), 0);
  assert.equal(lateMinutes(0, 12 * 60_000 + 5_000), 12);
  assert.equal(lateMinutes(60_000, 0), 0);
});
