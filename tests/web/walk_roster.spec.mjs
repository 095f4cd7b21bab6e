// The rota office puts somebody in, tries a month's table; the doctor enters an absence; a person's order is looked at for New Year's Eve.
import { check, shot } from './lib.mjs';

const clock = (time) => new Date(Date.parse(time) + 9 * 3_600_000).toISOString().slice(11, 16).replace(/^0/, '');

async function pick(page, label, person) {
  await page.getByLabel(label).fill(person.name);
  await page.locator('.choice-option', { hasText: person.name }).first().click();
  await page.locator('.picked', { hasText: person.name }).waitFor();
}

export default async function walk(world, tap) {
  const rota = world.account('rota_office');
  const doctor = world.account('doctor');

  await tap.test('N-28: somebody put in instead shows in the roster with whom, why and by whom, and can be taken back', async () => {
    const { coming } = await world.ask(rota, `/duty?municipality=${doctor.municipality}&days=6`);
    const line = coming.filter((one) => !one.gap && Date.parse(one.from) > Date.now() + 3_600_000).at(-1);
    check(line, 'nobody has duty in the coming days');
    const other = world.region.accounts.find((one) => one.role === 'doctor' && one.name !== line.name && one.municipality === line.municipality);
    check(other, 'the region has one doctor only');
    const page = await world.window(rota, { viewport: { width: 1280, height: 900 } });
    await page.goto(`/duty/arrange/override?${new URLSearchParams({ rotation: line.rotation_id, from: line.from, to: line.to })}`);
    await pick(page, '代わりの医師を探す', other);
    await page.getByLabel('理由').fill('学会のため');
    await shot(page, 'override');
    await page.getByRole('button', { name: 'この内容で入れる' }).click();
    await page.waitForURL(/\/duty$/);
    await page.getByLabel('市町村').selectOption(line.municipality);
    const row = page.getByRole('row', { name: new RegExp(`学会のため`) }).first();
    await row.waitFor();
    const text = await row.textContent();
    for (const part of [other.name, '代診', `${line.name}さんの代わり`, rota.name, clock(line.from)]) check(text.includes(part), `the roster does not say ${part}: ${text}`);
    await page.getByLabel('期間').selectOption('month');
    await page.getByRole('columnheader', { name: '日', exact: true }).waitFor();
    check((await page.getByRole('rowheader').count()) >= 28, 'the month does not have a row for every day');
    await shot(page, 'roster-month');
    await page.getByLabel('期間').selectOption('weeks');
    await row.getByText('代診を取り消す').click();
    await row.getByRole('button', { name: '取り消す' }).click();
    await row.waitFor({ state: 'detached' });
  });

  await tap.test('what the roster lacks stands in words with the way to fill it, and a table is tried before it is set', async () => {
    const page = await world.window(rota);
    await page.goto('/duty/arrange');
    await page.getByRole('heading', { name: '当番の空きと、連絡のつかない当番' }).waitFor();
    await shot(page, 'arrange');
    await page.goto('/duty/arrange/table');
    await page.getByLabel('どの当番か').selectOption({ index: 1 });
    await page.getByLabel('何月の表か').fill('2027-02');
    await page.getByLabel('表の内容').fill(`2027/2/1\t18:00-26:00\t${doctor.name}\n2027/2/2\t18:00-26:00\tだれでもない人`);
    await page.getByRole('button', { name: '確かめる' }).click();
    await page.getByText('2行目').waitFor();
    check((await page.getByRole('button', { name: /件を登録する/ }).count()) === 0, 'a table with an unreadable line could be set');
    await page.getByLabel('表の内容').fill(`2027/2/1\t18:00-26:00\t${doctor.name}`);
    await page.getByRole('button', { name: '確かめる' }).click();
    await page.getByRole('button', { name: 'この1件を登録する' }).waitFor();
    await shot(page, 'table-tried');
  });

  const single = world.region.accounts.find((one) => one.key === 'hub-1');
  if (!single) tap.skip('practice 02: who has one authenticator only enters no rotation, and the row says it', 'the stand-in has no such doctor');
  else
    await tap.test('practice 02: who has one authenticator only enters no rotation, and the row says it', async () => {
      const page = await world.window(rota);
      await page.goto('/duty/arrange/rotation');
      await page.getByLabel('名前', { exact: true }).fill('試験の当番');
      await page.getByLabel('加える医師を探す').fill(single.name);
      await page.locator('.choice-option', { hasText: single.name }).first().click();
      const row = page.locator('.member', { hasText: single.name });
      await row.waitFor();
      await page.getByRole('button', { name: '保存する' }).click();
      await row.getByText('認証器が1つだけです。もう1つ登録してもらってください。').waitFor();
      await shot(page, 'rotation-authenticator');
      await row.getByRole('button', { name: /^外す/ }).click();
      await page.getByText('まだ誰もいません。').waitFor();
      check((await page.locator('.refusal').count()) === 0, 'the refusal stays when its cause is gone');
    });

  await tap.test('a doctor enters an absence among the own shifts and takes it back', async () => {
    const page = await world.window(doctor, { viewport: { width: 390, height: 844 } });
    await page.goto('/duty/shifts');
    await page.getByText('不在を登録する').first().click();
    const form = page.locator('form', { has: page.getByRole('button', { name: '不在を登録する' }) });
    await form.getByLabel('始まりの日').fill('2027-03-01');
    await form.getByLabel('終わりの日').fill('2027-03-02');
    await form.getByLabel('理由').fill('学会');
    await form.getByRole('button', { name: '不在を登録する' }).click();
    const row = page.locator('.row', { hasText: '2027年3月1日' });
    await row.waitFor();
    await shot(page, 'shifts');
    await row.getByText('取り消す', { exact: true }).click();
    await row.getByRole('button', { name: 'この不在を取り消す' }).click();
    await row.waitFor({ state: 'detached' });
  });

  await tap.test('N-27, U-07: a shift is somebody else’s only when both have agreed, and goes back when it is withdrawn', async () => {
    const other = world.region.accounts.find((one) => one.role === 'doctor' && one !== doctor && one.municipality === doctor.municipality);
    const page = await world.window(doctor, { viewport: { width: 390, height: 844 } });
    await page.goto('/duty/shifts');
    const shift = page.locator('li.row', { hasText: '交代を頼む' }).last();
    const day = (await shift.locator('strong').first().textContent()).split('）')[0];
    await shift.getByText('交代を頼む').first().click();
    await pick(page, '頼む相手を探す', other);
    await page.getByLabel('理由').first().fill('学会');
    await page.getByRole('button', { name: '交代を頼む' }).click();
    await page.getByText(`${other.name}さんに交代を依頼中`).waitFor();
    const hers = await world.window(other, { viewport: { width: 390, height: 844 } });
    await hers.goto('/duty/shifts');
    const asked = hers.locator('.row-asked', { hasText: day });
    await asked.getByText('学会').waitFor();
    check((await hers.locator('li.row', { hasText: day }).count()) === 1, 'the shift is hers before she has agreed');
    await shot(hers, 'swap-asked');
    await asked.getByRole('button', { name: '引き受ける', exact: true }).click();
    await hers.locator('li.row', { hasText: day }).nth(1).waitFor();
    await page.reload();
    const swap = page.locator('li.row', { hasText: `${other.name}さんに依頼` });
    await swap.getByText('成立').waitFor();
    check((await page.locator('li.row', { hasText: day }).count()) === 1, 'the shift is still his');
    await shot(page, 'swap-done');
    await swap.getByText('この交代を取り下げる').click();
    await swap.getByRole('button', { name: '取り下げる', exact: true }).click();
    await page.locator('li.row', { hasText: day }).nth(1).waitFor();
  });

  await tap.test('the order of a person answers who is called on New Year’s Eve at 23:00, and is kept as it is read', async () => {
    const [patient] = await world.sharedPatient(doctor);
    const page = await world.window(doctor);
    await page.goto(`/patients/${patient.patient_id}/chain`);
    await page.getByLabel('日', { exact: true }).fill('2026-12-31');
    await page.getByText('2026年12月31日（木） 23:00 には、この順に連絡します。').waitFor();
    await page.locator('aside .try').first().waitFor();
    const asked = await page.locator('aside .try').allTextContents();
    check(asked.length > 0 && /最終|センター/.test(asked.at(-1)), `the last resort does not come last: ${asked.join(' / ')}`);
    await page.getByRole('button', { name: '行を加える' }).click();
    await page.getByRole('button', { name: 'この順番を保存する' }).click();
    await page.getByText('連絡する相手を選んでください。').waitFor();
    await page.getByRole('button', { name: /^外す/ }).last().click();
    await shot(page, 'chain');
  });

  await tap.test('U-12: the care manager is told that the order is another, and the doctor sees that it was read', async () => {
    const manager = world.account('care_manager');
    const [patient] = await world.sharedPatient(doctor, manager);
    const page = await world.window(doctor);
    await page.goto(`/patients/${patient.patient_id}/chain`);
    await page.getByRole('button', { name: 'この順番を保存する' }).click();
    await page.getByText('保存しました').waitFor();
    const told = page.locator('.doctors-told li', { hasText: manager.name });
    await told.getByText('未読').waitFor();
    const other = await world.window(manager, { viewport: { width: 390, height: 844 } });
    await other.goto('/');
    await other.getByRole('link', { name: '主治医・連絡の順番が変わりました' }).first().click();
    await other.waitForURL(new RegExp(`${patient.patient_id}/chain`));
    await shot(other, 'chain-told-manager');
    await other.goto('/');
    await other.getByRole('region', { name: 'まだ確認していない変更' }).getByRole('button', { name: 'すべて確認した' }).click();
    await other.getByRole('link', { name: '主治医・連絡の順番が変わりました' }).first().waitFor({ state: 'detached' });
    await page.reload();
    await told.getByText('既読').waitFor();
    await shot(page, 'chain-told');
  });
}
