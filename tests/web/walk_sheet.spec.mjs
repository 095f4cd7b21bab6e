// Walk 1: a nurse changes the sheet, the care manager sees it without a reload; two editors, and nothing is lost.
import { card, check, shot } from './lib.mjs';

const SECTION = 'living_cautions';
const FIELD = '支援・介護の留意点';

async function openSheet(world, account, patient, options) {
  const page = await world.window(account, options);
  await page.goto(`/patients/${patient}`);
  await card(page, SECTION).waitFor();
  return page;
}

async function write(page, text) {
  await card(page, SECTION)
    .getByRole('button', { name: /書き直す|書く/ })
    .click();
  await page.getByLabel(FIELD).fill(text);
}

const save = (page) => card(page, SECTION).getByRole('button', { name: '保存する' }).click();

export default async function walk(world, tap) {
  const nurse = world.account('visiting_nurse');
  const manager = world.account('care_manager');
  const [patient] = await world.sharedPatient(nurse, manager);
  const stamp = Date.now().toString(36);

  await tap.test('the care manager sees a nurse’s change without a reload, what changed and by whom; the nurse sees that it was read', async () => {
    const hers = await openSheet(world, nurse, patient.patient_id);
    const his = await openSheet(world, manager, patient.patient_id);
    await write(hers, `玄関の手すりが緩んでいる。修理を依頼済み ${stamp}。`);
    await shot(hers, 'edit');
    check((await card(hers, SECTION).textContent()).includes(manager.name), 'the form does not say that the care manager will be told');
    const started = Date.now();
    await save(hers);
    await card(hers, SECTION).getByText('保存しました').waitFor();
    const line = his.locator('.news-line');
    await line.getByText('新しい版があります').waitFor();
    const took = Date.now() - started;
    check(took < 3_000, `the notice took ${took} ms`);
    check(!(await card(his, SECTION).textContent()).includes(stamp), 'the text changed under the reader before he asked for it');
    await shot(his, 'news');
    await line.getByRole('button', { name: '見る' }).click();
    await card(his, SECTION).locator('ins', { hasText: stamp }).waitFor();
    check((await card(his, SECTION).textContent()).includes(nurse.name), 'the writer is not named');
    await shot(his, 'changes');
    await card(his, SECTION)
      .getByRole('button', { name: /^確認した/ })
      .click();
    await card(hers, SECTION).locator('.readers-read', { hasText: manager.name }).waitFor();
  });

  await tap.test('two people write the same section: the second gets both versions and loses nothing', async () => {
    const hers = await openSheet(world, nurse, patient.patient_id);
    const his = await openSheet(world, manager, patient.patient_id);
    await write(hers, `看護師の文章 ${stamp}`);
    await write(his, `ケアマネの文章 ${stamp}`);
    await save(hers);
    await card(hers, SECTION).getByText('保存しました').waitFor();
    await save(his);
    const merge = his.locator('.merge');
    await merge.getByText(`${nurse.name}さんが先に更新しました`).waitFor();
    await shot(his, 'merge');
    const sides = await merge.locator('.merge-sides').textContent();
    check(sides.includes(`看護師の文章 ${stamp}`) && sides.includes(`ケアマネの文章 ${stamp}`), 'not both versions are shown');
    await merge.getByRole('button', { name: 'この内容で保存する' }).click();
    await card(his, SECTION).getByText('保存しました').waitFor();
    const kept = await card(his, SECTION).locator('.entry-text').first().textContent();
    check(kept.includes(`看護師の文章 ${stamp}`) && kept.includes(`ケアマネの文章 ${stamp}`), `a text was lost: ${kept}`);
    await his.getByRole('link', { name: /これまでの版：在宅生活/ }).click();
    await his.locator('.versions').getByText(`看護師の文章 ${stamp}`).first().waitFor();
    await shot(his, 'history');
  });

  await tap.test('unsaved text survives a closed tab and is gone after saving', async () => {
    const page = await openSheet(world, nurse, patient.patient_id);
    await write(page, `書きかけ ${stamp}`);
    const context = page.context();
    await page.close();
    const again = await context.newPage();
    await again.goto(`/patients/${patient.patient_id}`);
    await again.getByText('書きかけを戻しました').waitFor();
    check((await again.getByLabel(FIELD).inputValue()) === `書きかけ ${stamp}`, 'the text is gone');
    await save(again);
    await card(again, SECTION).getByText('保存しました').waitFor();
    await again.reload();
    await card(again, SECTION).getByText(`書きかけ ${stamp}`).waitFor();
    check((await again.getByText('書きかけを戻しました').count()) === 0, 'the draft outlived its saving');
  });

  await tap.test('without a connection a change is refused in words, nothing is called saved, and the text stays', async () => {
    const page = await openSheet(world, nurse, patient.patient_id);
    await write(page, `圏外の文章 ${stamp}`);
    await page.context().setOffline(true);
    await page.getByText('通信がありません').first().waitFor();
    await save(page);
    await page.getByText('通信できませんでした').waitFor();
    check((await card(page, SECTION).getByText('保存しました').count()) === 0, 'it says saved while offline');
    await shot(page, 'offline');
    await page.context().setOffline(false);
    await save(page);
    await card(page, SECTION).getByText('保存しました').waitFor();
  });
}
