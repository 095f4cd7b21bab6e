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
  await tap.test('U-33: nights are entrusted to the hub, its doctor sees and reports on a telephone, the own doctor reads it in the morning', async () => {
    const hub = world.region.accounts.find((one) => one.role === 'doctor' && /夜間往診室/.test(one.office));
    if (!hub) return;                                         // a region without a hub
    const doctor = world.account('doctor', [hub]);
    const [person] = await world.sharedPatient(doctor);
    const his = await world.window(doctor);
    await his.goto(`/patients/${person.patient_id}/night`);
    await his.getByRole('heading', { name: '往診代行を依頼する' }).waitFor();
    const other = his.getByRole('button', { name: 'ほかの事業所にする' });
    if (await other.count()) await other.click();
    await his.getByLabel('依頼先の事業所').fill('夜間往診室');
    await his.locator('.choice-option', { hasText: '夜間往診室' }).click();
    await his.locator('form').getByLabel('期間中いつも').check();
    await his.getByLabel('始まりの時刻').fill('00:00');
    await his.getByLabel(/お願いしたいこと/).fill(`呼吸苦のときは往診をお願いします。${stamp}`);
    await his.locator('form').getByText('主治医には電話しない', { exact: true }).click();
    await his.getByRole('button', { name: 'この内容で依頼する' }).click();
    await his.locator('.row', { hasText: stamp }).first().waitFor();
    await shot(his, 'night-entrust');

    const hers = await world.window(hub, { viewport: { width: 320, height: 720 } });
    await hers.goto('/');
    const line = hers.locator('.row', { hasText: stamp });
    await line.getByText('主治医には電話しない').waitFor();
    await shot(hers, 'night-duty-320');
    await line.getByRole('link', { name: new RegExp(person.name) }).click();
    await hers.locator('.patient-head').getByText(person.name).waitFor();
    await hers.goBack();
    await line.getByRole('link', { name: '報告を書く' }).click();
    const tokyo = new Date(Date.now() + 9 * 3_600_000).toISOString();          // the form offers half an hour ago: just after midnight that was not entrusted
    await hers.getByLabel('着いた日').fill(tokyo.slice(0, 10));
    await hers.getByLabel('着いた時刻').fill(tokyo.slice(11, 16));
    await hers.getByLabel('様子・診察したこと').fill(`SpO2 88%。${stamp}`);
    await hers.getByLabel('行ったこと').fill('酸素を2Lに増量');
    await hers.getByLabel(/主治医に今日してほしいこと/).fill('午前中に往診をお願いします');
    check((await hers.evaluate(() => document.documentElement.scrollWidth)) <= 320, 'the form is wider than the telephone');
    await shot(hers, 'night-report-320');
    await hers.getByRole('button', { name: '主治医へ報告する' }).click();
    await hers.getByRole('heading', { name: '報告しました' }).waitFor();

    await his.goto('/');
    const report = his.locator('.row', { hasText: stamp });
    await report.getByText('未読').waitFor();
    await shot(his, 'night-morning');
    await report.getByRole('button', { name: '読みました' }).click();
    await his.getByText(/確認した報告/).waitFor();

    await his.goto(`/patients/${person.patient_id}/night`);
    const entrusted = his.locator('.row', { hasText: `お願いします。${stamp}` });
    await entrusted.getByText('依頼を取り消す').click();
    await entrusted.getByRole('button', { name: '取り消す' }).click();
    await his.getByText(/終わった依頼/).waitFor();
    await hers.goto('/');
    await hers.getByRole('heading', { name: '今日' }).waitFor();
    await hers.waitForTimeout(500);
    check((await hers.locator('.row', { hasText: `お願いします。${stamp}` }).count()) === 0, 'what was taken back stands in the list still');
  });
}
