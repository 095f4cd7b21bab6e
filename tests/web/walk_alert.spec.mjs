// Walk 2: the nurse reports a sudden change; whoever is asked is asked at once, accepts with an arrival, and the nurse sees it.
import { check, shot } from './lib.mjs';

// Of these people, the one who is asked now; undefined while nobody of them is.
async function asked(world, alertId, people) {
  for (let tries = 0; tries < 40; tries++) {
    for (const person of people) {
      const list = await world.ask(person, '/alerts?open=true');
      if (list?.alerts.some((one) => one.alert_id === alertId && one.waits_for_me)) return person;
    }
    await new Promise((done) => setTimeout(done, 250));
  }
  return undefined;
}

async function report(page, patient, words) {
  await page.goto(`/patients/${patient}/report`);
  await page.getByRole('button', { name: /それ以外/ }).click();
  await page.getByText('発熱', { exact: true }).click();
  await page.getByLabel('何が起きましたか').fill(words);
  await page.getByRole('button', { name: '報告する' }).click();
  await page.waitForURL(/\/alerts\//);
  return page.url().split('/alerts/')[1];
}

async function endAlert(page) {
  await page.getByText('終了と結果を記録する').click();
  await page.getByText('電話での指示で落ち着いた').click();
  await page.getByRole('button', { name: '終了する' }).click();
  await page.locator('.alert-head').getByText('電話での指示で落ち着いた').waitFor();
}

export default async function walk(world, tap) {
  const nurse = world.account('visiting_nurse');
  const manager = world.account('care_manager');
  const others = world.region.accounts.filter(
    (one) => one.role === 'last_resort' || (one.role === 'doctor' && one.municipality === nurse.municipality),
  );
  const [patient] = await world.sharedPatient(nurse, manager);
  const stamp = Date.now().toString(36);

  await tap.test('a report takes the doctor’s screen; the doctor accepts with an arrival and the nurse sees it', async () => {
    const hers = await world.window(nurse, { viewport: { width: 390, height: 844 } });
    const his = await world.window(manager);
    await his.goto('/');
    await his.getByRole('heading', { name: '今日' }).waitFor();
    const desks = [];
    for (const one of others) {
      const page = await world.window(one);
      await page.goto('/');
      await page.getByRole('heading', { name: /^(今日|電話を受ける)$/ }).waitFor();
      desks.push([one, page]);
    }
    const id = await report(hers, patient.patient_id, `呼吸が速く、38.6度。${stamp}`);
    await hers.getByText('まだ誰も引き受けていません').waitFor();
    await hers.getByRole('link', { name: /119に電話する/ }).waitFor();
    await shot(hers, 'alert-nurse');
    await his.getByRole('dialog').getByText(patient.name).waitFor();
    const person = await asked(world, id, others);
    check(person, 'nobody with an account of this region is asked');
    const page = desks.find(([one]) => one === person)[1];
    await page.getByRole('dialog').waitFor();
    check((await page.title()).startsWith('【急変】'), `the title does not show it: ${await page.title()}`);
    await shot(page, 'call');
    await page.getByRole('button', { name: '内容を見る' }).click();
    await page.getByText(`38.6度。${stamp}`).first().waitFor();
    await shot(page, 'alert-doctor');
    await page.getByRole('button', { name: '往診する' }).click();
    await shot(page, 'alert-arrival');
    await page.getByRole('button', { name: /^30分/ }).click();
    await page.getByRole('heading', { name: 'あなたの回答' }).waitFor({ state: 'detached' });
    await hers.locator('.alert-head').getByText(person.name).waitFor();
    await hers.locator('.alert-head').getByText(/着/).waitFor();
    check((await hers.getByText('まだ誰も引き受けていません').count()) === 0, 'the reporter is still told that nobody has accepted');
    await shot(hers, 'alert-accepted');
    await page.getByText('回答を変える', { exact: true }).click();
    await page.getByRole('button', { name: '往診する' }).click();
    await page.getByRole('button', { name: /^2時間/ }).click();
    await page.getByRole('heading', { name: 'あなたの回答' }).waitFor({ state: 'detached' });
    const inAnHour = () => new Date(Date.now() + 10 * 3600_000).toISOString().slice(11, 13).replace(/^0/, '');
    const hours = [inAnHour()];
    await page.getByText('回答を変える', { exact: true }).click();
    await page.getByRole('button', { name: '往診する' }).click();
    await page.getByRole('button', { name: /^1時間/ }).click();
    await page.getByRole('heading', { name: 'あなたの回答' }).waitFor({ state: 'detached' });
    hours.push(inAnHour());
    await hers.locator('.alert-head', { hasText: new RegExp(`(${hours.join('|')}):\\d\\d ?着`) }).waitFor();
    await endAlert(hers);
  });

  await tap.test('somebody who cannot says why, and the next one is asked at once; the whole course stays readable', async () => {
    const hers = await world.window(nurse);
    const id = await report(hers, patient.patient_id, `転んで立てない。${stamp}`);
    const person = await asked(world, id, others);
    check(person, 'nobody with an account of this region is asked');
    const page = await world.window(person);
    await page.goto(`/alerts/${id}`);
    await page.getByRole('button', { name: '今は対応できない' }).click();
    await page.getByRole('button', { name: '診察中' }).click();
    const declined = hers.locator('.try-declined', { hasText: person.name });
    await declined.waitFor();
    check((await declined.textContent()).includes('診察中'), 'the reason is not shown');
    await hers.locator('.try-asked, .try-seen').first().waitFor();
    await hers.locator('.course').getByText('対応できない').first().waitFor();
    await shot(hers, 'alert-declined');
    await endAlert(hers);
  });

  await tap.test('practice 03: the clinic’s proxy prepares the doctor’s answer; the search goes on until the doctor gives it with one button', async () => {
    const hers = await world.window(nurse);
    const id = await report(hers, patient.patient_id, `顔色が悪い。${stamp}`);
    const person = await asked(world, id, others);
    const proxy = world.region.accounts.find((one) => one.role === 'clinic_proxy' && one.office === person?.office);
    if (!proxy && world.region.stand_in) return endAlert(hers);
    check(proxy, `no proxy of ${person?.office} in this region`);
    const page = await world.window(proxy);
    await page.goto('/');
    await page.getByRole('link', { name: new RegExp(patient.name) }).first().click();
    await page.getByRole('heading', { name: `${person.name}医師の回答の案` }).waitFor();
    await shot(page, 'draft-proxy');
    await page.getByRole('button', { name: '往診する' }).click();
    await page.getByRole('button', { name: /^1時間/ }).click();
    await page.getByText('医師に知らせました').waitFor();
    await shot(page, 'draft-proxy-waits');
    await hers.getByText('まだ誰も引き受けていません').waitFor();
    await hers.locator('.course').getByText('ご本人の回答はまだです').waitFor();
    const his = await world.window(person, { viewport: { width: 390, height: 844 } });
    await his.goto(`/alerts/${id}`);
    await his.getByRole('heading', { name: '回答の案があります' }).waitFor();
    await shot(his, 'draft-doctor');
    await his.getByRole('button', { name: 'この案で回答する' }).click();
    await his.getByRole('heading', { name: '回答の案があります' }).waitFor({ state: 'detached' });
    await hers.locator('.alert-head').getByText(person.name).waitFor();
    await hers.locator('.course').getByText(`案：${proxy.name}（代行）`).waitFor();
    await shot(hers, 'draft-given');
    await endAlert(hers);
  });
}
