import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

globalThis.location = { pathname: '/', search: '', origin: 'http://localhost' };
const { matchPath } = await load('app/route.ts');
const report = await load('lib/report.ts');
const time = await load('lib/time.ts');
const { merge, sameEntries, cleaned, withEntry, ITEMS } = await load('lib/sheet.ts');

test('addresses of pages: what fits, what does not, and what nobody could have typed', () => {
  const rows = [
    ['/', '/', {}],
    ['/patients', '/patients', {}],
    ['/patients', '/patients/', {}],
    ['/patients/:id', '/patients/a-1', { id: 'a-1' }],
    ['/patients/:id', '/patients/%E5%8C%97', { id: '北' }],
    ['/patients/:id/report', '/patients/a/report', { id: 'a' }],
    ['/patients/:id', '/patients', undefined],
    ['/patients/:id', '/patients/a/b', undefined],
    ['/patients/:id/report', '/patients/a/reports', undefined],
    ['/', '/patients', undefined],
    ['/patients/:id', '/patients/%', undefined],
    ['/patients/:id', '/patients/%E0%A4%A', undefined],
  ];
  for (const [pattern, path, wanted] of rows) assert.deepEqual(matchPath(pattern, path), wanted, `${pattern} ${path}`);
});

test('every sequence of three things that happen to a report: only an answer is an answer', () => {
  const events = [
    (now) => ({ name: 'tick', now }),
    (now) => ({ name: 'failed', now, offline: true }),
    (now) => ({ name: 'failed', now, offline: false }),
    (now) => ({ name: 'refused', now, text: '不可' }),
    (now) => ({ name: 'answered', now }),
  ];
  for (const one of events)
    for (const two of events)
      for (const three of events) {
        let stage = { name: 'sending', since: 0 };
        let answered = false;
        for (const [at, make] of [one, two, three].entries()) {
          const event = make((at + 1) * 4_000);
          const before = stage;
          stage = report.next(stage, event);
          answered ||= event.name === 'answered';
          assert.equal(stage.name === 'answered', answered);
          if (before.name === 'unreached' && !answered) assert.equal(stage.name, 'unreached');
          if (!answered && event.now - 0 >= report.PATIENCE) assert.equal(stage.name, 'unreached');
        }
      }
});

test('an answer by the clock is the next such moment in Japan, wherever the device is', () => {
  const at = (text) => Date.parse(text);
  const now = at('2026-12-31T23:50:00+09:00');
  const rows = [
    ['23:51', '2026-12-31T23:51:00+09:00'],
    ['23:50', '2027-01-01T23:50:00+09:00'],
    ['00:00', '2027-01-01T00:00:00+09:00'],
    ['0:05', '2027-01-01T00:05:00+09:00'],
    ['24:00', undefined],
    ['7:60', undefined],
    ['7', undefined],
    ['', undefined],
    ['７:00', undefined],
    [' 7:00', undefined],
  ];
  for (const [text, wanted] of rows) assert.equal(time.nextClock(text, now), wanted && at(wanted), text);
  for (let minute = 0; minute < 1440; minute += 7) {
    const text = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
    const next = time.nextClock(text, now);
    assert.ok(next > now && next <= now + 86_400_000 && time.clockTime(next) === text, text);
  }
});

test('ages and dates at their edges', () => {
  const noon = (day) => Date.parse(`${day}T12:00:00+09:00`);
  assert.equal(time.age('1940-02-29', noon('2026-02-28')), 85);
  assert.equal(time.age('1940-02-29', noon('2026-03-01')), 86);
  assert.equal(time.age('1940-12-31', Date.parse('2026-12-30T14:59:59Z')), 85);
  assert.equal(time.age('1940-12-31', Date.parse('2026-12-30T15:00:00Z')), 86);
  assert.equal(time.dayOf(Date.parse('2026-03-31T15:00:00Z')), '2026-04-01');
  assert.equal(time.toWire(Date.parse('2026-03-31T14:59:59Z')), '2026-03-31T23:59:59.000+09:00');
  const eras = {
    '1926-12-24': '大正15年12月24日',
    '1926-12-25': '昭和元年12月25日',
    '1989-01-07': '昭和64年1月7日',
    '1989-01-08': '平成元年1月8日',
    '2019-04-30': '平成31年4月30日',
    '2019-05-01': '令和元年5月1日',
    '1860-01-01': '1860年1月1日',
  };
  for (const [date, words] of Object.entries(eras)) assert.equal(time.eraDate(date), words);
});

test('a merge nobody touched is what was sent: merging, cleaning and comparing agree in every section', () => {
  for (const section of Object.keys(ITEMS)) {
    const say = (item, at) => (at % 2 ? { text: ` ${item} ` } : { text: item, recorded_on: '2026-04-01' });
    const entries = ITEMS[section].reduce((all, item, at) => withEntry(all, item, say(item, at)), []);
    const lines = merge(section, entries, entries, entries);
    assert.ok(lines.every((line) => line.side === 'same'));
    const proposed = lines.flatMap((line) => (line.proposed ? [line.proposed] : []));
    assert.ok(sameEntries(proposed, entries, section));
    assert.deepEqual(cleaned(proposed, section), cleaned(entries, section));
    assert.deepEqual(cleaned(cleaned(entries, section), section), cleaned(entries, section));
  }
});
