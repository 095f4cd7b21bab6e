// A person's own things: a passkey (by a virtual authenticator), the idle lock, and what stays on the device after logging out.
import { check, MAIN_NAV, shot, totp } from './lib.mjs';

// Browsers give passkeys to named hosts only.
const named = (base) => base.replace('127.0.0.1', 'localhost');

async function authenticator(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  return (await session.send('WebAuthn.addVirtualAuthenticator', { options })).authenticatorId;
}

async function begin(page, account) {
  await page.goto('/');
  await page.getByLabel('ログイン名').fill(account.login);
  await page.getByLabel('パスワード', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: '次へ' }).click();
}

export default async function walk(world, tap) {
  const pharmacist = world.region.accounts.find((one) => one.role === 'pharmacist');
  if (!pharmacist) tap.skip('a passkey is registered and opens the next session', 'no pharmacist in this region');
  else {
    await tap.test('S-02: a passkey is registered, opens the next session, and changes the person at a shared device within five seconds', async () => {
      const page = await world.window(undefined, { baseURL: named(world.region.base) });
      await authenticator(page);
      await begin(page, pharmacist);
      await page.getByLabel('確認コード').fill(totp(pharmacist.totp_secret));
      await page.getByRole('button', { name: 'ログインする' }).click();
      await page.getByRole('navigation', { name: MAIN_NAV }).waitFor();
      await page.goto('/settings');
      await page.getByLabel('この端末の呼び名').fill('試験用の鍵');
      await page.getByRole('button', { name: 'この端末にパスキーを登録する' }).click();
      await page.getByText('登録しました。').waitFor();
      await page.getByText('パスキーが登録されています。').waitFor();
      await page.getByRole('button', { name: 'ログアウトする' }).click();
      await begin(page, pharmacist);
      await page.getByRole('button', { name: 'パスキーでログイン' }).click();
      await page.getByRole('navigation', { name: MAIN_NAV }).waitFor();
      await page.goto('/settings');
      await page.getByText('この端末を何人かで使う').click();
      const left = Date.now();
      await page.getByRole('button', { name: '交代する' }).click();
      await page.getByRole('button', { name: '指紋・顔・PINで入る' }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('navigation', { name: MAIN_NAV }).waitFor();
      const took = Date.now() - left;
      console.log(`# a change of person at a shared device took ${took} ms`);
      check(took < 5_000, `a change of person took ${took} ms`);
      check((await page.evaluate(() => localStorage.getItem('renkei.shared'))) === 'true', 'the device has forgotten that it is shared');
    });
  }

  await tap.test('logging out leaves nothing of the person on the device', async () => {
    const helper = world.account('helper');
    const [patient] = await world.sharedPatient(helper);
    const page = await world.window(helper);
    await page.goto(`/patients/${patient.patient_id}`);
    await page
      .locator('#section-living_cautions')
      .getByRole('button', { name: /書き直す|書く/ })
      .click();
    await page.getByLabel('支援・介護の留意点').fill('書きかけのまま');
    await page.waitForFunction((key) => localStorage.getItem(key), `renkei.phones.${patient.patient_id}`);
    await page.goto('/settings');
    await page.getByText('この端末', { exact: true }).first().waitFor();
    await shot(page, 'settings');
    await page.getByRole('button', { name: 'ログアウトする' }).click();
    await page.getByRole('heading', { name: 'ログイン', exact: true }).waitFor();
    const left = await page.evaluate(() => Object.keys(localStorage).filter((key) => /^renkei\.(draft|phones)\./.test(key)));
    check(left.length === 0, `this stays on the device: ${left}`);
    world.states.delete(helper.login);
  });

  if (!world.region.stand_in)
    return tap.skip('the idle lock asks for the second factor only, and what was written is still there', 'the lock needs fifteen minutes');
  await tap.test('the idle lock asks for the second factor only, and what was written is still there', async () => {
    const manager = world.account('care_manager');
    const [patient] = await world.sharedPatient(manager);
    const page = await world.window(manager);
    await page.goto(`/patients/${patient.patient_id}`);
    await page
      .locator('#section-housing')
      .getByRole('button', { name: /書き直す|書く/ })
      .click();
    await page.getByLabel('危険な箇所').fill('濡れた縁側');
    await page.request.post('/api/v1/session/lock', { headers: { 'idempotency-key': String(Date.now()), 'renkei-client': 'walk' } });
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByRole('heading', { name: '画面をロックしました' }).waitFor();
    await shot(page, 'lock');
    await page.getByLabel('確認コード').fill(totp(manager.totp_secret));
    await page.getByRole('button', { name: 'ロックを外す' }).click();
    await page.getByRole('heading', { name: '画面をロックしました' }).waitFor({ state: 'detached' });
    check((await page.getByLabel('危険な箇所').inputValue()) === '濡れた縁側', 'the text is gone');
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByText('保存しました').waitFor();
  });
}
