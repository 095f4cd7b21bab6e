// Alerts beyond the four answers: a change of condition raised by one button, an answer by telephone written down, arrival, the board.
import { check, shot } from './lib.mjs';

export default async function walk(world, tap) {
  const nurse = world.account('visiting_nurse');
  const manager = world.account('care_manager');
  const [patient] = await world.sharedPatient(nurse, manager);
  const stamp = Date.now().toString(36);

  await tap.test('a change of condition says when it will be read and is raised by one button; a telephone answer is recorded, arrival stops the clock', async () => {
    const page = await world.window(nurse, { viewport: { width: 390, height: 844 } });
    await page.goto(`/patients/${patient.patient_id}/report`);
    await page.getByRole('button', { name: /それ以外/ }).click();
    await page.getByText('発熱', { exact: true }).click();
    await page.getByText('今日中に対応が必要').click();
    await page.getByLabel('何が起きましたか').fill(`微熱が続く。${stamp}`);
    await page.getByRole('button', { name: '報告する' }).click();
    await page.waitForURL(/\/alerts\//);
    await page.getByText(/主治医が見るのは .* の予定です/).waitFor();
    await shot(page, 'alert-e2');
    await page.getByRole('button', { name: '急変として報告する' }).click();
    await page.locator('.course').getByText('緊急度を上げました').waitFor();
    await page.locator('.try-asked, .try-seen').first().waitFor();
    await page.getByText('電話の回答を記録する').click();
    const form = page.locator('form', { has: page.getByRole('button', { name: 'この内容で記録する' }) });
    await form.locator('.choice-option', { hasText: '医師' }).or(form.locator('.choice-option').first()).first().click();
    if (await form.getByLabel('答えた人の名前').count()) await form.getByLabel('答えた人の名前').fill('当番の看護師');
    await form.getByText('往診する', { exact: true }).click();
    await form.getByText('30分', { exact: true }).click();
    await form.getByRole('button', { name: 'この内容で記録する' }).click();
    await page.locator('.alert-head').getByText('引き受けた').waitFor();
    await page.locator('.course').getByText('電話の回答を記録').first().waitFor();
    await shot(page, 'alert-telephone');
    await page.getByRole('button', { name: '到着した' }).click();
    await page.locator('.alert-head').getByText('到着').first().waitFor();
    const his = await world.window(manager);
    await his.goto('/alerts');
    await his.locator('.row', { hasText: patient.name }).first().waitFor();
    await shot(his, 'board');
    await page.getByText('終了と結果を記録する').click();
    await page.getByText('在宅で様子を見る').click();
    await page.getByRole('button', { name: '終了する' }).click();
    await page.locator('.alert-head').getByText('在宅で様子を見る').waitFor();
    await his.getByRole('button', { name: '終わったものを見る' }).click();
    await his.locator('.row', { hasText: patient.name }).first().waitFor();
    check((await his.title()).startsWith('急変の一覧'), await his.title());
  });
}
