import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { draftsOf, emptyDraft, lacks, moved, rowsOf } = await load('lib/chain.ts');
const nurse = { position: 1, day_classes: ['weekday'], from_minute: 0, to_minute: 1440, target: 'office', office_id: 'o', delay_seconds: 180 };
const doctor = { ...nurse, target: 'person', office_id: undefined, person_id: 'a', weekdays: [1, 3], tags: ['fever'], from_minute: 1080, to_minute: 1950 };
const duty = { ...nurse, position: 2, target: 'rotation', office_id: undefined, rotation_id: 'r' };
const plain = (rows) => JSON.parse(JSON.stringify(rows));

test('a chain is edited and kept again as it was: people asked together, nights, weekdays, kinds of trouble', () => {
  const drafts = draftsOf([duty, nurse, doctor], () => 'x');
  assert.deepEqual(drafts.map((one) => one.together), [false, true, false]);
  assert.deepEqual(drafts[1].from + '-' + drafts[1].to, '18:00-08:30');
  assert.deepEqual(plain(rowsOf(drafts)), plain([nurse, doctor, duty]));
});

test('a row that was moved to the front is asked alone first', () => {
  const drafts = moved(draftsOf([nurse, doctor], () => 'x'), 1, -1);
  assert.deepEqual(drafts.map((one) => [one.target, one.together]), [['person', false], ['office', false]]);
  assert.deepEqual(rowsOf(drafts).map((row) => row.position), [1, 2]);
  assert.equal(moved(drafts, 0, -1).length, 2);
});

test('a row says what it lacks before it is kept', () => {
  const fresh = emptyDraft('k', ['weekday']);
  assert.equal(lacks(fresh), 'target');
  assert.equal(lacks({ ...fresh, id: 'a', day_classes: [] }), 'days');
  assert.equal(lacks({ ...fresh, id: 'a', to: '' }), 'hours');
  assert.equal(lacks({ ...fresh, id: 'a' }), undefined);
  assert.equal(lacks({ ...fresh, target: 'last_resort' }), undefined);
});
