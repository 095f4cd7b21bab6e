import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load } from './load.mjs';

const sheet = await load('lib/sheet.ts');
const entry = (item, text, more = {}) => ({ item, text, ...more });
const side = (lines, item) => lines.find((line) => line.item === item);

test('every item of the declarations stands in exactly one section, and every section has its place on the page', () => {
  const declared = (name) =>
    [...readFileSync(new URL(`../../../proto/types/${name}.type`, import.meta.url), 'utf8').matchAll(/^\s+value (\w+)/gm)].map((match) => match[1]);
  const placed = Object.values(sheet.ITEMS).flat();
  assert.deepEqual([...placed].sort(), declared('sheet_item').sort());
  assert.deepEqual([...sheet.SECTION_ORDER].sort(), declared('sheet_section').sort());
  assert.deepEqual(sheet.ADL_LEVELS, declared('adl_level'));
});

test('the page begins with the wishes and the plan for a sudden change', () => {
  assert.deepEqual(sheet.SECTION_ORDER.slice(0, 2), ['wishes', 'sudden_change']);
});

test('what only one side changed is taken from that side', () => {
  const base = [entry('person_wish', '家で'), entry('family_wish', '本人次第')];
  const lines = sheet.merge('wishes', base, [entry('person_wish', '家で、痛みなく'), base[1]], [base[0], entry('family_wish', '長女が看る')]);
  assert.equal(side(lines, 'person_wish').side, 'mine');
  assert.equal(side(lines, 'person_wish').proposed.text, '家で、痛みなく');
  assert.equal(side(lines, 'family_wish').side, 'theirs');
  assert.equal(side(lines, 'family_wish').proposed.text, '長女が看る');
});

test('what both changed is proposed with both texts, so that nothing is lost', () => {
  const lines = sheet.merge('wishes', [entry('person_wish', '家で')], [entry('person_wish', '病院で')], [entry('person_wish', '施設で')]);
  const line = side(lines, 'person_wish');
  assert.equal(line.side, 'both_changed');
  assert.ok(line.proposed.text.includes('病院で') && line.proposed.text.includes('施設で'));
});

test('one side empties an item, the other writes on: the written text is not lost', () => {
  const line = side(sheet.merge('wishes', [entry('person_wish', '家で')], [], [entry('person_wish', '家で、最期まで')]), 'person_wish');
  assert.equal(line.side, 'both_changed');
  assert.equal(line.proposed.text, '家で、最期まで');
  const other = side(sheet.merge('wishes', [entry('person_wish', '家で')], [entry('person_wish', '家で、最期まで')], []), 'person_wish');
  assert.equal(other.proposed.text, '家で、最期まで');
});

test('both write the same: nothing to decide', () => {
  assert.equal(side(sheet.merge('wishes', [], [entry('person_wish', '家で ')], [entry('person_wish', '家で')]), 'person_wish').side, 'same');
});

test('two levels of care: the record’s stands until somebody chooses', () => {
  const line = side(
    sheet.merge('daily_living', [], [entry('meal', '粥', { level: 'fully' })], [entry('meal', 'きざみ', { level: 'partly' })]),
    'meal',
  );
  assert.equal(line.side, 'both_changed');
  assert.equal(line.proposed.level, 'partly');
});

test('no merge of any three versions loses a text that somebody changed', () => {
  const texts = [undefined, 'あ', 'い', 'う'];
  for (const base of texts)
    for (const mine of texts)
      for (const theirs of texts) {
        const version = (text) => (text ? [entry('person_wish', text)] : []);
        const line = side(sheet.merge('wishes', version(base), version(mine), version(theirs)), 'person_wish');
        const kept = line.proposed?.text ?? '';
        if (mine && mine !== base) assert.ok(kept.includes(mine), `mine ${mine} of ${base}/${theirs}`);
        if (theirs && theirs !== base) assert.ok(kept.includes(theirs), `theirs ${theirs} of ${base}/${mine}`);
      }
});

test('what is sent has no blanks and the order of the form', () => {
  const sent = sheet.cleaned([entry('family_wish', '  本人次第 '), entry('person_wish', ' \n '), entry('fever', 'x')], 'wishes');
  assert.deepEqual(sent, [{ item: 'family_wish', text: '本人次第' }]);
});

test('a level alone is an entry', () => {
  assert.deepEqual(sheet.cleaned([{ item: 'meal', level: 'watched' }], 'daily_living'), [{ item: 'meal', level: 'watched' }]);
});

test('a difference can be put together again to both texts', () => {
  const pairs = [
    ['歩ける。食べる。', '歩ける。少し食べる。眠る。'],
    ['', '新しい'],
    ['消える', ''],
    ['同じ、同じ。', '同じ、同じ。'],
    ['一\n二\n三', '一\n三\n四'],
  ];
  for (const [before, after] of pairs) {
    const pieces = sheet.difference(before, after);
    const join = (kinds) =>
      pieces
        .filter((piece) => kinds.includes(piece.kind))
        .map((piece) => piece.text)
        .join('');
    assert.equal(join(['same', 'gone']), before);
    assert.equal(join(['same', 'new']), after);
  }
});
