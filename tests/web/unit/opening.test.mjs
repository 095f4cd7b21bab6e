import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { draftsOf, hoursOfDrafts, weekLikeMonday } = await load('lib/opening.ts');
const kept = {
  purpose: 'service',
  slots: [{ day: 1, from_minute: 540, to_minute: 720 }, { day: 1, from_minute: 840, to_minute: 1080 }, { day: 6, weeks: [1, 3], from_minute: 540, to_minute: 720 }, { day: 5 }, { day: 4, from_minute: 1080, to_minute: 1920 }],
  closed: [7, 8],
  holidays_as_weekdays: false,
  words: '',
};

test('A-04: hours that are opened and saved again are the same, weeks, nights and unknown times included', () => {
  const drafts = draftsOf(kept);
  assert.deepEqual(drafts.map((day) => day.state), ['open', 'unknown', 'unknown', 'open', 'untimed', 'open', 'closed', 'closed']);
  assert.deepEqual(drafts[3].slots, [{ from: '18:00', to: '08:00', weeks: 31 }]);
  const { slots, closed, holidays_as_weekdays } = hoursOfDrafts(drafts);
  assert.deepEqual(new Set(slots.map((slot) => JSON.stringify(Object.entries(slot).sort()))), new Set(kept.slots.map((slot) => JSON.stringify(Object.entries(slot).sort()))));
  assert.deepEqual([closed, holidays_as_weekdays], [[7, 8], false]);
});

test('A-21: nothing kept is nothing known, and nothing typed says nothing', () => {
  const drafts = draftsOf(undefined);
  assert.ok(drafts.every((day) => day.state === 'unknown'));
  assert.deepEqual(hoursOfDrafts(drafts), { slots: [], closed: [], holidays_as_weekdays: false });
});

test('A-21: a holiday like its weekday is said once; a missing time is not sent', () => {
  const drafts = draftsOf({ ...kept, closed: [7], holidays_as_weekdays: true });
  assert.equal(drafts[7].state, 'same');
  assert.equal(hoursOfDrafts(drafts).holidays_as_weekdays, true);
  drafts[0].slots[0].to = '';
  assert.equal(hoursOfDrafts(drafts), undefined);
});

test('the week is filled from Monday, Saturday and what is changed later stay their own', () => {
  const days = weekLikeMonday(draftsOf(kept));
  assert.deepEqual(days.slice(1, 5).map((day) => day.slots.length), [2, 2, 2, 2]);
  assert.equal(days[5].slots[0].weeks, 5);
  days[1].slots[0].from = '10:00';
  assert.equal(days[0].slots[0].from, '09:00');
});
