// A FAX that no code filed: opened, made larger, settled by keyboard, and taken back; narrow and wide.
import { check, shot } from './lib.mjs';

export default async function walk(world, tap) {
  if (world.region.stand_in) return tap.skip('FAX that came in', 'the stand-in has no pictures');
  const nurse = world.account('visiting_nurse');
  const row = (page) => page.locator('.rows > li', { hasText: '0990700001' });

  for (const width of [1280, 320])
    await tap.test(`practice.md FAX: a page without a code is looked at, ${width} px`, async () => {
      const page = await world.window(nurse, { viewport: { width, height: 900 } });
      await page.goto('/fax');
      await row(page).getByText('コードがありません').waitFor({ timeout: 20_000 });
      await shot(page, `fax-queue-${width}`);
      await row(page).getByRole('button', { name: '開く' }).click();
      await page.waitForFunction(() => document.querySelector('.fax-page')?.naturalWidth > 100);
      check(await page.evaluate(() => document.activeElement?.classList.contains('fax-frame')), 'the picture has not the focus');
      await page.keyboard.press('+');
      await page.locator('.fax-size-2').waitFor();
      check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), 'a larger picture makes the page wider');
      await page.keyboard.press('-');
      await page.locator('.fax-size-1').waitFor();
      await shot(page, `fax-page-${width}`);
      await page.context().close();
    });

  await tap.test('practice.md FAX: one action settles it, with a reason it comes back', async () => {
    const page = await world.window(nurse);
    await page.goto('/fax');
    await row(page).getByRole('button', { name: '開く' }).click();
    await page.getByLabel('破棄する').check();
    const settle = page.getByRole('button', { name: 'この内容で整理する' });
    check(await settle.isDisabled(), 'it can be discarded without a reason');
    await page.getByLabel('破棄する理由').fill('広告');
    await page.keyboard.press('Enter');
    await page.getByText('確認を待つFAXはありません').or(page.locator('.rows > li')).first().waitFor();
    await page.getByText('整理したFAX').click();
    await row(page).getByText('広告').waitFor();
    await shot(page, 'fax-done');
    await row(page).getByRole('button', { name: '開く' }).click();
    await page.getByLabel('戻す理由').fill('広告ではなかった');
    await page.getByRole('button', { name: '確認待ちに戻す' }).click();
    await row(page).getByText('整理を取り消しました').waitFor();
  });
}
