// Residents look for care without a log-in; the officer decides what they see; a facility confirms its proof; who finds something wrong hears what came of it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check, shot } from './lib.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function sound(page, way) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const found = await page.evaluate(async (tags) => (await globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } })).violations, TAGS);
  check(found.length === 0, `${way}: ${found.map((one) => `${one.id} ${one.nodes[0].target.join(' ')}`).join(' | ')}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= 320, `${way}: ${wide} px wide in 320 px`);
}

const names = (page) => page.locator('.service h3 a').allTextContents();

async function home(world) {
  const page = await world.window(undefined, { viewport: { width: 320, height: 900 } });
  await page.goto('/services');
  await page.locator('.service h3').first().waitFor();
  return page;
}

export default async function walk(world, tap) {
  if (world.region.stand_in) return;
  const station = '訪問看護ステーションみずき';

  await tap.test('A-35 without a log-in, on a telephone: what one needs in plain words, in three ways of speaking, axe clean, and as a list on paper', async () => {
    const page = await home(world);
    await sound(page, 'ja');
    await page.getByRole('button', { name: '看護師に来てほしい' }).click();
    await page.waitForFunction(() => [...document.querySelectorAll('.service h3 a')].every((link) => link.textContent.includes('訪問看護')));
    check((await names(page)).includes(station), 'the station is not found');
    check((await page.locator('.service', { hasText: station }).textContent()).includes('24時間、当番携帯で受けます'), 'what it lets residents know is not shown');
    check(!(await page.locator('body').textContent()).includes('特別管理'), 'what it does not allow is shown');
    for (const way of ['やさしい日本語', 'English']) {
      await page.getByRole('button', { name: way }).click();
      await page.locator(way === 'English' ? 'html[lang=en]' : 'ruby').first().waitFor({ state: 'attached' });
      await sound(page, way);
    }
    await shot(page, 'residents');
    await page.emulateMedia({ media: 'print' });
    check(await page.locator('#needs').isHidden(), 'the questions stand on paper');
    check(await page.locator('.service .number').first().isVisible(), 'no telephone on paper');
  });

  await tap.test('A-16 the officer takes a facility off the page and shows it again; it holds at once', async () => {
    const officer = await world.window(world.account('municipal_officer'));
    const turn = async (from, button) => {
      await officer.goto('/reviews');
      await officer.getByLabel('公開', { exact: true }).selectOption(from);
      await officer.getByLabel(station).check();
      await officer.getByRole('button', { name: button }).click();
      await officer.locator('.saved').waitFor();
    };
    await turn('shown', '1件を住民のページから外す');
    check(!(await names(await home(world))).includes(station), 'residents still see it');
    await turn('not', '1件を確認済みにして載せる');
    check((await names(await home(world))).includes(station), 'residents do not see it again');
  });

  await tap.test('A-17 a proof goes out on paper, and its link confirms what residents will see', async () => {
    const officer = await world.window(world.account('municipal_officer'));
    await officer.goto('/reviews');
    await officer.getByLabel('公開', { exact: true }).selectOption('shown');
    await officer.getByLabel('校正').selectOption('outstanding');
    await officer.locator('.review-line input').first().check();
    await officer.getByRole('button', { name: '校正の手紙を印刷する' }).click();
    const link = await officer.locator('.proof-letter .proof-link .fact-line').first().textContent();
    const office = await world.window(undefined, { viewport: { width: 320, height: 900 } });
    await office.goto(new URL(link).pathname);
    await office.getByLabel('この内容で正しい').check();
    await office.getByLabel('お答えになる方').fill('管理者 試験');
    await sound(office, 'proof');
    await office.getByRole('button', { name: '正しいと回答する' }).click();
    await office.getByText('ありがとうございました。').waitFor();
  });

  await tap.test('A-26 a nurse says what differs, the officer settles it, and the nurse reads what came of it', async () => {
    const what = `電話番号が違います ${Date.now() % 100_000}`;
    const nurse = await world.window(world.account('visiting_nurse'));
    await nurse.goto('/facilities?text=みずき');
    await nurse.getByRole('link', { name: station }).click();
    await nurse.getByText('情報が違うときは').click();
    await nurse.getByLabel('何が違いますか').fill(what);
    await nurse.getByRole('button', { name: '担当に知らせる' }).click();
    await nurse.locator('.saved').waitFor();
    const officer = await world.window(world.account('municipal_officer'));
    await officer.goto('/facility-reports');
    const row = officer.locator('.row', { hasText: what });
    await row.getByText('結果を知らせる').click();
    await row.getByLabel('直しました').check();
    await row.getByRole('button', { name: '知らせる', exact: true }).click();
    await row.locator('.chip-good').waitFor();
    await nurse.goto('/facility-reports');
    await nurse.locator('.row', { hasText: what }).getByText('直しました').waitFor();
  });
}
