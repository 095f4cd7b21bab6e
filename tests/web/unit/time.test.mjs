import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const time = await load('lib/time.ts');
const at = (text) => Date.parse(text);
const NOW = at('2026-11-22T21:45:00+09:00');

test('a time of today is said relatively and by the clock', () => {
  assert.equal(time.both(at('2026-11-22T21:42:00+09:00'), NOW, 'ja'), '3分前（21:42）');
  assert.equal(time.both(at('2026-11-22T12:42:00Z'), NOW, 'en'), '3 min ago (21:42)');
  assert.equal(time.both(NOW - 59_999, NOW, 'ja'), 'たった今（21:44）');
  assert.equal(time.both(NOW - 60_000, NOW, 'ja'), '1分前（21:44）');
});

test('yesterday evening is hours away while the night is young, and yesterday in the morning', () => {
  const evening = at('2026-11-21T23:50:00+09:00');
  assert.equal(time.relative(evening, at('2026-11-22T00:20:00+09:00'), 'ja'), '30分前');
  assert.equal(time.relative(evening, at('2026-11-22T02:50:00+09:00'), 'ja'), '3時間前');
  assert.equal(time.both(evening, at('2026-11-22T09:00:00+09:00'), 'ja'), '昨日（11月21日（土） 23:50）');
});

test('what lies ahead is said as such', () => {
  assert.equal(time.relative(NOW + 30 * 60_000, NOW, 'ja'), '30分後');
  assert.equal(time.relative(at('2026-11-23T18:00:00+09:00'), NOW, 'ja'), '明日');
  assert.equal(time.relative(NOW + 30 * 60_000, NOW, 'en'), 'in 30 min');
});

test('another year is named, this one is not', () => {
  assert.equal(time.absolute(at('2025-12-31T23:59:00+09:00'), NOW, 'ja'), '2025年12月31日（水） 23:59');
  assert.equal(time.absolute(at('2026-01-01T00:00:00+09:00'), NOW, 'ja'), '1月1日（木） 0:00');
});

test('days belong to Japan whatever zone the device is in', () => {
  assert.equal(time.fullDate(at('2026-11-21T15:00:00Z'), 'ja'), '2026年11月22日（日）');
  assert.equal(time.fullDate(at('2026-11-21T14:59:59Z'), 'ja'), '2026年11月21日（土）');
  assert.equal(time.dayOf(at('2026-11-21T15:00:00Z')), '2026-11-22');
});

test('what is sent carries Japan’s offset and is the same instant', () => {
  const text = time.toWire(NOW);
  assert.match(text, /^2026-11-22T21:45:00\.000\+09:00$/);
  assert.equal(Date.parse(text), NOW);
});

test('an age is complete on the birthday, not before; also for the 29th of February', () => {
  assert.equal(time.age('1938-11-22', NOW), 88);
  assert.equal(time.age('1938-11-23', NOW), 87);
  assert.equal(time.age('1940-02-29', at('2027-02-28T12:00:00+09:00')), 86);
  assert.equal(time.age('1940-02-29', at('2027-03-01T00:00:00+09:00')), 87);
});

test('era years as on the paper form', () => {
  assert.equal(time.eraDate('1938-04-02'), '昭和13年4月2日');
  assert.equal(time.eraDate('1989-01-07'), '昭和64年1月7日');
  assert.equal(time.eraDate('1989-01-08'), '平成元年1月8日');
  assert.equal(time.eraDate('2019-04-30'), '平成31年4月30日');
  assert.equal(time.eraDate('2019-05-01'), '令和元年5月1日');
  assert.equal(time.eraDate('1926-12-25'), '昭和元年12月25日');
});

test('an announced clock time is the next such instant', () => {
  assert.equal(time.nextClock('22:20', NOW), at('2026-11-22T22:20:00+09:00'));
  assert.equal(time.nextClock('0:10', NOW), at('2026-11-23T00:10:00+09:00'));
  assert.equal(time.nextClock('21:45', NOW), at('2026-11-23T21:45:00+09:00'));
  for (const wrong of ['', '24:00', '12:60', '12', 'abc', '12:5']) assert.equal(time.nextClock(wrong, NOW), undefined);
});

test('EMS-13: a time written down after midnight is yesterday’s when it has not come yet', () => {
  const { nearestClock } = time;
  const now = Date.parse('2027-01-01T00:20:00+09:00');
  assert.equal(nearestClock('23:50', now), Date.parse('2026-12-31T23:50:00+09:00'));
  assert.equal(nearestClock('0:15', now), Date.parse('2027-01-01T00:15:00+09:00'));
  assert.equal(nearestClock('1:10', now), Date.parse('2027-01-01T01:10:00+09:00'));
  assert.equal(nearestClock('', now), undefined);
});
