// An officer prepares a survey, may not open it before a body was consulted, follows it; a station answers by the link in its mail, on a phone, without a log-in.
import { check, shot } from './lib.mjs';

// Every mail that left, as a person reads it.
async function mails(world) {
  const received = await (await fetch(`${world.region.simulator}/received.json`)).json();
  return received
    .filter(({ channel, text }) => channel === 'mail' && text)
    .map(({ text }) => text.split(/\r?\n\r?\n/).slice(1).map((part) => Buffer.from(part.replace(/\s/g, ''), 'base64').toString('utf8')).join('\n'));
}

async function linkSince(world, before) {
  for (let turn = 0; turn < 60; turn++) {
    const link = (await mails(world)).slice(before).map((text) => /https?:\/\/\S+(\/l\/[\w-]{43})/.exec(text)?.[1]).find(Boolean);
    if (link) return link;
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error('no mail with a link came');
}

export default async function walk(world, tap) {
  if (world.region.stand_in) return tap.skip('a survey and its answers', 'the stand-in sends no mail');
  await tap.test('A-10, A-11, A-12, A-32 a survey is opened after a consultation only; a station answers by its link, on a phone', async () => {
    const title = `訪問看護の調査${Date.now() % 100_000}`;
    const page = await world.window(world.account('municipal_officer'));
    await page.goto('/upkeep');
    await page.getByRole('heading', { name: '確認の状況' }).waitFor();
    await shot(page, 'upkeep');
    await page.getByRole('link', { name: '調査' }).click();
    await page.getByText('調査を準備する').click();
    await page.getByRole('button', { name: '在宅医療の4項目' }).click();
    check(await page.getByRole('checkbox', { name: '面談に応じられる時間' }).isChecked(), 'A-32 the four items are not chosen');
    await page.getByRole('button', { name: '表1 訪問看護' }).click();
    await page.getByLabel('調査の名前').fill(title);
    await page.getByRole('button', { name: '準備を保存する' }).click();
    await page.getByRole('button', { name: '調査を開始する' }).click();
    await page.getByText('関係団体との事前の相談が記録されていません').first().waitFor();
    await page.getByLabel('団体名').fill('みずき医師会');
    await page.getByLabel('内容', { exact: true }).fill('項目はこのままでよい');
    await page.getByRole('button', { name: '相談を記録する' }).click();
    await page.getByText('項目はこのままでよい').waitFor();
    const before = (await mails(world)).length;
    await page.getByRole('button', { name: '調査を開始する' }).click();
    await page.getByRole('heading', { name: '進み具合' }).waitFor();
    const phone = await world.window(undefined, { viewport: { width: 320, height: 640 } });
    await phone.goto(await linkSince(world, before));
    await phone.getByRole('heading', { name: title }).waitFor();
    check(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the form is wider than a phone');
    await phone.locator('li', { hasText: '気管切開患者等への対応' }).getByText('あり・対応可').click();
    await phone.getByRole('checkbox', { name: '医療・介護関係者' }).first().check();
    await shot(phone, 'letter-phone');
    await phone.getByLabel('回答した方のお名前').fill('所長');
    await phone.getByRole('button', { name: '回答を送る' }).click();
    await phone.getByText('回答を受け付けました').waitFor();
    await phone.reload();
    await phone.getByText('すでに回答をいただいています').waitFor();
    await page.reload();
    await page.getByText('回答あり').nth(1).waitFor();
    await shot(page, 'survey');
  });
}
