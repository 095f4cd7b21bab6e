// One's own account and one's office: the password is changed, a lost device is logged out by the office's manager; small and large, by axe, too.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check, MAIN_NAV, shot } from './lib.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FRESH = 'みっつの灯籠が夜の川をくだる';

async function mustBeClean(page, what) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations.map((one) => one.id));
  check(found.length === 0, `${what}: ${found}`);
}

async function fill(page, present, fresh, again = fresh) {
  await page.getByLabel('いまのパスワード').fill(present);
  await page.getByLabel('新しいパスワード', { exact: true }).fill(fresh);
  await page.getByLabel('新しいパスワード（もう一度）').fill(again);
  await page.getByRole('button', { name: 'パスワードを変更する' }).click();
}

export default async function walk(world, tap) {
  if (world.region.stand_in) return tap.skip('one changes the own password', 'the stand-in has one password');
  const pharmacist = world.region.accounts.filter((one) => one.role === 'pharmacist').at(-1);
  const small = { viewport: { width: 320, height: 780 }, serviceWorkers: 'block' };

  await tap.test('one changes the own password: refused in words beside the field, then done, and told in the notices', async () => {
    const page = await world.window(pharmacist, small);
    await page.goto('/settings');
    await page.getByRole('link', { name: 'パスワードを変更する' }).click();
    await page.getByRole('heading', { name: 'パスワード', exact: true }).waitFor();
    await mustBeClean(page, 'the empty form');
    await fill(page, pharmacist.password, FRESH, `${FRESH}ね`);
    await page.getByText('新しいパスワードと一致しません').waitFor();
    await fill(page, 'certainly not this one', FRESH);
    await page.getByText('いまのパスワードが違います。').waitFor();
    check(await page.getByLabel('いまのパスワード').evaluate((input) => input === document.activeElement), 'the wrong field has no focus');
    await fill(page, pharmacist.password, 'short');
    await page.getByText('パスワードは13文字以上で').waitFor();
    await mustBeClean(page, 'a refusal');
    await shot(page, 'password-refused-320');
    await page.getByLabel('入力したパスワードを表示する').check();
    check((await page.getByLabel('新しいパスワード', { exact: true }).getAttribute('type')) === 'text', 'the password is not shown');
    await fill(page, pharmacist.password, FRESH);
    await page.getByText('パスワードを変更しました。').waitFor();
    check((await page.getByLabel('いまのパスワード').inputValue()) === '', 'the password still stands there');
    await shot(page, 'password-done-320');
    await page.setViewportSize({ width: 1280, height: 900 });
    await shot(page, 'password-done-1280');
    await fill(page, FRESH, pharmacist.password);
    await page.getByText('パスワードを変更しました。').waitFor();
    await page.goto('/');
    await page.getByRole('link', { name: 'パスワードが変更されました' }).first().waitFor();
  });

  const head = world.region.accounts.find((one) => one.role === 'service_manager');
  if (!head) return tap.skip('a manager logs out a lost device', 'no service manager in this region');
  const nurse = world.region.accounts.filter((one) => one.role === 'visiting_nurse' && one.office === head.office).at(-1);
  await tap.test('a manager logs out a lost device of the own office, after a question; the device shows it at once', async () => {
    const lost = await world.window(nurse);
    await lost.goto('/');
    await lost.getByRole('navigation', { name: MAIN_NAV }).waitFor();
    const page = await world.window(head, small);
    await page.goto('/settings');
    await page.getByRole('link', { name: '職員がログインしている端末を見る' }).click();
    await page.getByRole('heading', { name: nurse.name }).waitFor();
    await mustBeClean(page, 'the list');
    await shot(page, 'office-320');
    for (const other of world.region.accounts.filter((one) => one.office !== head.office))
      check((await page.getByRole('heading', { name: other.name, exact: true }).count()) === 0 || other.name === nurse.name, `${other.name} works elsewhere`);
    await page.getByRole('button', { name: `${nurse.name}さんの端末` }).first().click();
    await page.getByRole('dialog').getByRole('heading', { name: `${nurse.name}さんの端末をログアウトさせますか` }).waitFor();
    await mustBeClean(page, 'the question');
    await shot(page, 'office-ask-320');
    await page.getByRole('dialog').getByRole('button', { name: 'やめる' }).click();
    check((await page.getByRole('dialog').count()) === 0, 'the question is still there');
    await page.setViewportSize({ width: 1280, height: 900 });
    await shot(page, 'office-1280');
    // Every session of the nurse on this machine: earlier walks may have left some.
    for (;;) {
      const button = page.getByRole('button', { name: `${nurse.name}さんの端末` }).first();
      if (!(await button.isVisible())) break;
      await button.click();
      await page.getByRole('dialog').getByRole('button', { name: 'ログアウトさせる' }).click();
      await page.getByText(/をログアウトさせました。/).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.waitForTimeout(300);
    }
    world.states.delete(nurse.login);
    const began = Date.now();
    await lost.getByRole('heading', { name: 'ログイン', exact: true }).waitFor({ timeout: 8_000 });
    console.log(`# the lost device shows the log-in ${Date.now() - began} ms later`);
  });
}
