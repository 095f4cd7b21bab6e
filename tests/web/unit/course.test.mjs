import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { answerers, inBoardOrder, ofDeliveries } = await load('lib/course.ts');
const { distinctMatters } = await load('lib/matters.ts');
const { inOrder, reachable } = await load('lib/reach.ts');
const { balanceText, durationText } = await load('lib/figures.ts');
const alert = (alert_id, state, reported_at, waits_for_me = false) => ({ alert_id, state, reported_at, waits_for_me });

test('the board shows what waits for me, then what nobody has taken, then the newest', () => {
  const order = inBoardOrder([
    alert('taken', 'accepted', '2026-12-31T23:50:00+09:00'),
    alert('old', 'searching', '2026-12-31T22:00:00+09:00'),
    alert('new', 'searching', '2026-12-31T23:00:00+09:00'),
    alert('mine', 'searching', '2026-12-31T21:00:00+09:00', true),
    alert('ended', 'ended', '2026-12-31T23:59:00+09:00'),
  ]);
  assert.deepEqual(order.map((one) => one.alert_id), ['mine', 'new', 'old', 'taken', 'ended']);
});

test('a telephone answer is recorded of somebody asked: each once, those already called first, nobody without a contact', () => {
  const one = (position, name, more = {}) => ({ position, name, state: 'planned', ...more });
  const people = answerers([
    one(1, '訪問看護', { state: 'no_answer', asked_at: '2026-12-31T23:00:00+09:00' }),
    one(2, '佐藤', { person_id: 'a' }),
    one(3, '鈴木', { person_id: 'b', state: 'asked', asked_at: '2026-12-31T23:03:00+09:00' }),
    one(4, '佐藤', { person_id: 'a' }),
    one(5, '高橋', { person_id: 'c', state: 'skipped' }),
  ]);
  assert.deepEqual(people.map(({ key }) => key), ['訪問看護', 'b', 'a']);
});

test('X-05: the delivery log is narrowed by channel and by state', () => {
  const lines = [
    { delivery_id: '1', kind: 'voice', state: 'failed' },
    { delivery_id: '2', kind: 'email', state: 'failed' },
    { delivery_id: '3', kind: 'voice', state: 'delivered' },
  ];
  const ids = (kind, state) => ofDeliveries(lines, kind, state).map((one) => one.delivery_id);
  assert.deepEqual([ids('', ''), ids('voice', ''), ids('voice', 'failed')], [['1', '2', '3'], ['1', '3'], ['1']]);
});

test('X-04: only a verified telephone or SMS counts as reached in an emergency', () => {
  const contact = (kind, verified) => ({ kind, verified });
  assert.equal(reachable([contact('email', true), contact('app', true), contact('push', true)]), false);
  assert.equal(reachable([contact('voice', false)]), false);
  assert.equal(reachable([contact('email', true), contact('sms', true)]), true);
});

test('channels stand in the person’s order, what was never named after them, partners’ channels not at all', () => {
  const channels = [{ kind: 'sms', enabled: true, after_seconds: 30 }, { kind: 'app', enabled: false }];
  const kinds = ['app', 'email', 'webhook', 'voice', 'sms', 'fax', 'push'];
  assert.deepEqual(inOrder(channels, kinds).map((one) => [one.kind, one.enabled]), [['sms', true], ['app', false], ['email', true], ['voice', true], ['push', true]]);
});

test('N-65: a median and a balance are said as people say them', () => {
  const words = (key, params) => `${key}:${Object.values(params).join('/')}`;
  assert.deepEqual([45, 60, 150].map((seconds) => durationText(seconds, words)), ['seconds:45', 'minutes_seconds:1/0', 'minutes_seconds:2/30']);
  assert.deepEqual([0, 15, -3].map(balanceText), ['±0', '+1.5', '−0.3']);
});

test('EMS-13: in the morning the result of the run stands for the emergency that it ended', () => {
  
  const item = (position, kind, alert_id, section) => ({ position, kind, alert_id, section });
  const shown = distinctMatters([
    item(6, 'alert_ended', 'a'),
    item(7, 'sheet_updated', undefined, 'condition'),
    item(5, 'transport_result', 'a'),
    item(4, 'alert_accepted', 'a'),
    item(3, 'alert_ended', 'b'),
    item(2, 'sheet_updated', undefined, 'wishes'),
    item(1, 'sheet_updated', undefined, 'wishes'),
  ]);
  assert.deepEqual(shown.map((one) => one.position), [5, 7, 4, 3, 2]);
});
