// The main job by the keyboard alone: no mouse, no touch; the focus is always visible.
import { check } from './lib.mjs';

// Presses Tab until the focused element says these words; the focus must be visible on the way.
async function tabTo(page, words, { most = 120 } = {}) {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      const shown = element.matches('input[type=radio], input[type=checkbox]') ? (element.closest('label') ?? element) : element;
      const style = getComputedStyle(shown);
      const own = getComputedStyle(element);
      const label = element.labels?.[0]?.textContent ?? '';
      return {
        text: `${element.getAttribute('aria-label') ?? ''} ${element.textContent} ${label}`,
        visible: style.outlineStyle !== 'none' || own.outlineStyle !== 'none',
        tag: element.tagName,
      };
    });
    if (!focus) continue;
    check(focus.visible, `the focus on “${focus.text.trim().slice(0, 40)}” (${focus.tag}) cannot be seen`);
    if (focus.text.includes(words)) return;
  }
  throw new Error(`“${words}” cannot be reached by Tab`);
}

export default async function walk(world, tap) {
  const nurse = world.account('visiting_nurse');
  const manager = world.account('care_manager');
  const [patient] = await world.sharedPatient(nurse, manager);
  const stamp = Date.now().toString(36);

  await tap.test('by keyboard alone: open a person, change a section, save', async () => {
    const page = await world.window(nurse);
    await page.goto('/patients');
    await page.getByRole('searchbox').waitFor();
    await tabTo(page, '名前で探す');
    await page.keyboard.type(patient.name.slice(0, 2));
    await page
      .getByRole('link', { name: new RegExp(patient.name) })
      .first()
      .waitFor();
    await tabTo(page, patient.name);
    await page.keyboard.press('Enter');
    await page.locator('#section-living_cautions').waitFor();
    const opener = page.locator('#section-living_cautions').getByRole('button', { name: /書き直す|書く/ });
    await tabTo(page, (await opener.getAttribute('aria-label')) ?? '書', { most: 200 });
    await page.keyboard.press('Enter');
    await page.getByLabel('支援・介護の留意点').waitFor();
    check(await page.evaluate(() => document.activeElement?.tagName === 'TEXTAREA'), 'the form does not take the focus');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(`キーボードだけで書いた ${stamp}`);
    await tabTo(page, '保存する');
    await page.keyboard.press('Enter');
    await page.getByText('保存しました').waitFor();
  });

  await tap.test('by keyboard alone: report a sudden change, and end it', async () => {
    const page = await world.window(nurse);
    await page.goto('/');
    await page.getByRole('heading', { name: '今日' }).waitFor();
    await page.goto(`/patients/${patient.patient_id}`);
    await page.locator('.patient-head').waitFor();
    await tabTo(page, '急変を報告');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /それ以外/ }).waitFor();
    await tabTo(page, 'それ以外');
    await page.keyboard.press('Enter');
    await page.getByText('どうしましたか').waitFor();
    await tabTo(page, '呼吸苦');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await tabTo(page, '何が起きましたか');
    await page.keyboard.type(`熱がある ${stamp}`);
    await tabTo(page, '報告する');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/alerts\//);
    await page.getByText(`熱がある ${stamp}`).first().waitFor();
    await tabTo(page, '終了と結果を記録する');
    await page.keyboard.press('Enter');
    await tabTo(page, '在宅で様子を見る');
    await page.keyboard.press('Space');
    await tabTo(page, '終了する');
    await page.keyboard.press('Enter');
    await page.locator('.alert-head').getByText('在宅で様子を見る').waitFor();
  });
}
