import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { birthDateIn, understand } = await load('lib/lookup.ts');

test('EMS-06: one field tells a telephone number, a card, a name with birth date and an address apart', () => {
  for (const typed of ['0990501000', '0990-50-1000', '０９９０－５０－１０００', '0990ｰ50ｰ1000', '(0990) 50 1000'])
    assert.deepEqual(understand(typed), { kind: 'phone', keys: { phone: '0990501000' } }, typed);
  for (const typed of ['AR-0012345', 'ar-0012345', 'ＡＲ－００１２３４５']) assert.deepEqual(understand(typed), { kind: 'card', keys: { card: 'AR-0012345' } }, typed);
  assert.deepEqual(understand('12345'), { kind: 'card', keys: { card: '12345' } });
  assert.deepEqual(understand('ﾐｽﾞｷ ﾊﾅｺ　S15.3.2'), { kind: 'name', keys: { name_kana: 'ミズキ ハナコ', birth_date: '1940-03-02' } });
  assert.deepEqual(understand('髙瀬 スミ 19400302'), { kind: 'name', keys: { name: '髙瀬 スミ', birth_date: '1940-03-02' } });
  assert.deepEqual(understand('みずき はなこ'), { kind: 'name', keys: { name_kana: 'みずき はなこ' } });
  for (const typed of ['大字本町１丁目２番３号', 'みずき市本町1-2-3', 'みずき町 2ー14'])
    assert.equal(understand(typed)?.kind, 'address', typed);
  assert.equal(understand('大字本町１－２－３').keys.address, '大字本町1-2-3');
});

test('S-35: a telephone number beside name or address is a second key, as an opening without consent needs it', () => {
  const both = { name_kana: 'クスノキ ヤエ', birth_date: '1935-05-06', phone: '0990551935' };
  for (const typed of ['クスノキ ヤエ 1935-05-06 0990-55-1935', 'クスノキ ヤエ 0990551935 S10.5.6', '0990-55-1935 ｸｽﾉｷ ﾔｴ 昭和10年5月6日'])
    assert.deepEqual(understand(typed), { kind: 'name', keys: both }, typed);
  assert.deepEqual(understand('楠 八重 0990-55-1935')?.keys, { name: '楠 八重', phone: '0990551935' });
  assert.deepEqual(understand('みずき市本町1-2-3 0990-55-1935'), { kind: 'address', keys: { address: 'みずき市本町1-2-3', phone: '0990551935' } });
});

test('what was meant can be said: the same words as another kind', () => {
  assert.deepEqual(understand('0990501000', 'card').keys, { card: '0990501000' });
  assert.deepEqual(understand('三好', 'address').keys, { address: '三好' });
  assert.equal(understand('   '), undefined);
});

test('a birth date is read as people write it, and no day that does not exist', () => {
  for (const typed of ['1940-03-02', '1940/3/2', '19400302', 'S15.3.2', 's15/3/2', '昭和15年3月2日', '昭15.3.2'])
    assert.equal(birthDateIn(typed)?.date, '1940-03-02', typed);
  assert.equal(birthDateIn('令和元年5月1日')?.date, '2019-05-01');
  assert.equal(birthDateIn('1940-02-30'), undefined);
  assert.equal(birthDateIn('S15.13.2'), undefined);
});
