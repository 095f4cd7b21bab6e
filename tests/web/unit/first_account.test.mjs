// A first account's password and secret: long enough, readable, without a favourite letter.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { newPassword, newSecret, secretAddress } = await load('lib/first_account.ts');

test('a secret has 160 bits of base32, a first password four groups that can be read out', () => {
  assert.match(newSecret(), /^[A-Z2-7]{32}$/);
  assert.match(newPassword(), /^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){3}$/);
  assert.notEqual(newPassword(), newPassword());
});

test('no letter is preferred: bytes beyond the last whole round are thrown away', () => {
  const bytes = [255, 248, 0, 30, ...Array(18).fill(1)];
  assert.equal(newPassword(() => bytes.shift()), 'a9bbb-bbbbb-bbbbb-bbbbb');
});

test('an authenticator is told name, secret and kind', () => {
  assert.equal(secretAddress('nurse 1', 'ABC'), 'otpauth://totp/Renkei:nurse%201?secret=ABC&issuer=Renkei&algorithm=SHA1&digits=6&period=30');
});
