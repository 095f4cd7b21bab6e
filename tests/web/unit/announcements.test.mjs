import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { percentText, rateText, saidOf } = await load('lib/announcements.ts');

test('KU-05: a receipt rate is rounded down, so that 100 % means all, and no institution has none', () => {
  assert.equal(rateText(2, 3), '2/3（66%）');
  assert.equal(rateText(999, 1000), '999/1000（99%）');
  assert.equal(rateText(8, 8), '8/8（100%）');
  assert.equal(percentText(1, 3), '33%');
  assert.equal(percentText(0, 0), '－');
});

test('U-22: what is known of an institution: its own receipt, then what was written down, then how it is told; a FAX alone is no receipt', () => {
  const office = { way: 'application', people: 1, reminders: 0 };
  assert.equal(saidOf(office), 'waiting');
  assert.equal(saidOf({ ...office, told_at: '2026-11-23T00:00:00Z' }), 'told');
  assert.equal(saidOf({ ...office, way: 'fax', told_at: '2026-11-23T00:00:00Z', fax_state: 'delivered' }), 'faxed');
  assert.equal(saidOf({ ...office, way: 'by_hand' }), 'paper');
  assert.equal(saidOf({ ...office, way: 'by_hand', delivered_on: '2026-11-23' }), 'delivered');
  assert.equal(saidOf({ ...office, delivered_on: '2026-11-23', received_at: '2026-11-23T00:00:00Z' }), 'received');
});
