import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { bandsOf, draftOf, emptyBand, isPast, partState } = await load('lib/scheme.ts');
const part = (more) => ({ part_id: 'a', version: 1, from: '2026-04-01', bands: [], withdrawn: false, set_at: '2026-03-01T00:00:00+09:00', ...more });

test('U-04 a period holds from its first to its last day, and says 30 days before that it ends', () => {
  assert.deepEqual(
    ['2026-03-31', '2026-04-01', '2026-08-30', '2026-08-31', '2026-09-30', '2026-10-01'].map((day) => partState(part({ until: '2026-09-30' }), day)),
    ['later', 'now', 'now', 'soon_over', 'soon_over', 'over'],
  );
  assert.equal(partState(part({}), '2099-01-01'), 'now');
  assert.equal(partState(part({ withdrawn: true }), '2026-05-01'), 'withdrawn');
  assert.deepEqual(['now', 'soon_over', 'later', 'over', 'withdrawn'].map(isPast), [false, false, false, true, true]);
});

test('U-04 hours are edited and kept again as they were; all weekdays mean every one', () => {
  const night = { day_classes: ['weekday', 'saturday'], from_minute: 1080, to_minute: 1950, weekdays: [1, 3], tags: ['fever'] };
  assert.deepEqual(bandsOf([draftOf(night, 'x')]), [night]);
  assert.deepEqual(bandsOf([{ ...emptyBand('x'), weekdays: [1, 2, 3, 4, 5, 6, 7] }]), [{ day_classes: ['weekday'], from_minute: 540, to_minute: 1080 }]);
});

test('U-04 what is unfinished is not sent', () => {
  assert.equal(bandsOf([]), undefined);
  assert.equal(bandsOf([{ ...emptyBand('x'), day_classes: [] }]), undefined);
  assert.equal(bandsOf([emptyBand('x'), { ...emptyBand('y'), to: '' }]), undefined);
});
