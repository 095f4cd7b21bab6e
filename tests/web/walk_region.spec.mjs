// The officer reads the region's figures and keeps them as a file, sees what is agreed, changes a desk, and acts for the village with the same log-in.
import { readFileSync } from 'node:fs';
import { check, shot } from './lib.mjs';

export default async function walk(world, tap) {
  if (world.region.stand_in) return;
  const page = await world.window(world.account('municipal_officer'));
  await tap.test('A-31 resources are counted by area, as chart, table and file', async () => {
    await page.goto('/summary');
    await page.getByRole('img', { name: /75歳以上1,000人あたり/ }).waitFor();
    check((await page.getByRole('rowheader').count()) >= 3, 'a line for each municipality');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSVで保存する' }).click()]);
    check(readFileSync(await file.path(), 'utf8').startsWith('\uFEFF地域,数えるもの,事業所数'), 'a file with its head');
    await shot(page, 'summary');
  });
  await tap.test('KU-08 what municipalities open to each other stands with its last day', async () => {
    await page.goto('/region');
    await page.getByText('みずき市 → 川べり町').first().waitFor();
    check(await page.getByText(/^あと\d+日$/).first().isVisible(), 'it ends soon');
    await shot(page, 'region');
  });
  await tap.test('O-01 the municipality changes its desk, and no other', async () => {
    await page.goto('/support-desks');
    await page.getByText('窓口の内容を変える').click();
    check((await page.getByText('窓口の内容を変える').count()) === 1, 'only the own desk');
    await page.getByLabel('開いている時間').first().fill('毎日 8時から20時');
    await page.getByRole('button', { name: '保存する' }).first().click();
    await page.getByText('毎日 8時から20時').first().waitFor();
    await shot(page, 'support-desks');
  });
  await tap.test('KU-11 with one log-in the officer acts for the village, and the head says so', async () => {
    await page.goto('/settings');
    const head = page.getByRole('banner').getByText('三つ峰村のために活動中');
    await page.getByLabel(/三つ峰村 のために/).click();
    await head.waitFor();
    await shot(page, 'joint-office');
    await page.getByLabel(/みずき市・/).click();
    await head.waitFor({ state: 'detached' });
  });
}
