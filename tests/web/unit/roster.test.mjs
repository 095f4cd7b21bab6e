import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { addDays, bandOf, bandText, clockOf, daysOfMonth, distinctLines, instantOf, minutesOf, monthTable, nextMonth, shortDays, tonight } = await load('lib/roster.ts');
const at = (text) => Date.parse(text);
const line = (rotation_id, from, to, name) => ({
  rotation_id,
  rotation: rotation_id,
  municipality: '990019',
  from: `${from}:00+09:00`,
  to: `${to}:00+09:00`,
  name,
  gap: !name,
});

test('the month is a table of days and rotations; a night stands on the day it starts, an empty day keeps its row', () => {
  const lines = [
    line('night', '2026-12-30T18:00', '2026-12-31T08:30', '佐藤'),
    line('night', '2026-12-31T18:00', '2027-01-01T08:30', undefined),
    line('holiday', '2026-12-31T08:30', '2026-12-31T18:00', '鈴木'),
  ];
  const table = monthTable([...lines, lines[0]], '2026-12-30', 3);
  assert.deepEqual(table.columns.map((one) => one.rotation_id), ['holiday', 'night']);
  assert.deepEqual(table.rows.map((row) => row.date), ['2026-12-30', '2026-12-31', '2027-01-01']);
  assert.deepEqual(
    table.rows.map((row) => row.cells.map((cell) => cell.map((one) => one.name ?? 'gap').join())),
    [['', '佐藤'], ['鈴木', 'gap'], ['', '']],
  );
});

test('a shift named twice, as running and as coming, is one line', () => {
  const one = line('night', '2026-12-30T18:00', '2026-12-31T08:30', '佐藤');
  assert.equal(distinctLines([one, { ...one }]).length, 1);
});

test('tonight is said only while somebody else has duty', () => {
  const day = line('r', '2026-12-30T08:30', '2026-12-30T18:00', '鈴木');
  const night = line('r', '2026-12-30T18:00', '2026-12-31T08:30', '佐藤');
  assert.equal(tonight([day], [night], 'r', at('2026-12-30T14:00:00+09:00'))?.name, '佐藤');
  assert.equal(tonight([night], [], 'r', at('2026-12-30T19:00:00+09:00')), undefined);
  assert.equal(tonight([], [night], 'other', at('2026-12-30T14:00:00+09:00')), undefined);
});

test('clocks after midnight may be written as 26:00; an end not after its start is the next day', () => {
  assert.deepEqual(['8:30', '08:30', '26:00', '２６：００', '48:00'].map(minutesOf), [510, 510, 1560, 1560, 2880]);
  for (const wrong of ['', '8', '8:60', '48:01', '8:3', 'x:00']) assert.equal(minutesOf(wrong), undefined, wrong);
  assert.deepEqual(bandOf('18:00', '08:30'), { from_minute: 1080, to_minute: 1950 });
  assert.deepEqual(bandOf('00:00', '00:00'), { from_minute: 0, to_minute: 1440 });
  assert.equal(bandOf('26:00', '27:00'), undefined);
  assert.equal(clockOf(1950), '08:30');
  assert.equal(bandText(1080, 1950, (time) => `翌${time}`), '18:00–翌8:30');
});

test('days and months go on over the year; an instant is Japan’s', () => {
  assert.equal(addDays('2026-12-31', 1), '2027-01-01');
  assert.equal(nextMonth('2026-12-15'), '2027-01-01');
  assert.equal(nextMonth('2027-01-01', -1), '2026-12-01');
  assert.deepEqual(['2026-02-01', '2028-02-10', '2026-12-31'].map(daysOfMonth), [28, 29, 31]);
  assert.equal(instantOf('2026-12-31', '23:00'), at('2026-12-31T14:00:00Z'));
  assert.equal(instantOf('2026-12-31', ''), undefined);
});

test('U-33: the days of a closure within a duty are said shortly, one day once', () => {
  assert.equal(shortDays('2026-08-13', '2026-08-13'), '8/13');
  assert.equal(shortDays('2026-12-28', '2027-01-04'), '12/28–1/4');
});
