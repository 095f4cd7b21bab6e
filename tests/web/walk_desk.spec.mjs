// The dispatch desk by keyboard alone: a number typed, a reason by one key, the record with the fixed sentence; nobody without consent.
import { check, shot } from './lib.mjs';

const NOTE = '救急隊は通常の手順を開始し、医師に直接確認すること';

export default async function walk(world, tap) {
  const desk = world.account('dispatch_desk');
  const nurse = world.account('visiting_nurse');
  const patients = (await world.ask(nurse, '/patients?mine=true&limit=20')).patients;
  let known;
  for (const one of patients) {
    const patient = await world.ask(nurse, `/patients/${one.patient_id}`);
    if (patient?.phone && (world.region.stand_in || patient.consents.some((consent) => consent.scope === 'ems' && !consent.withdrawn_at))) known = patient;
    if (known) break;
  }

  await tap.test('EMS-06, EMS-07: from a number typed to the agreed items by keyboard alone, within ten seconds', async () => {
    check(known, 'no patient with a telephone number has consented');
    const page = await world.window(desk, { viewport: { width: 1280, height: 900 } });
    await page.goto('/');
    await page.getByRole('heading', { name: '指令台' }).waitFor();
    check((await page.evaluate(() => document.activeElement?.id)) === 'lookup-field', 'the look-up field does not have the focus');
    const began = Date.now();
    await page.keyboard.type(known.phone.replace(/-/g, ''));
    await page.getByText('電話番号として探します。').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.grounds').waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('.grounds'));
    // By its telephone alone a person is not certain: the ambulance is named, once in a shift.
    if (await page.evaluate(() => document.activeElement?.tagName === 'INPUT')) {
      await page.keyboard.type('みずき救急1');
      await page.keyboard.press('Enter');
    }
    await page.keyboard.press('1');
    await page.locator('.ems-record', { hasText: known.name }).waitFor();
    check(Date.now() - began < 10_000, `it took ${Date.now() - began} ms`);
    await page.getByText(NOTE).waitFor();
    await shot(page, 'desk-record');
    await page.keyboard.press('Escape');
    await page.locator('.ems-record').waitFor({ state: 'detached' });
    check((await page.evaluate(() => document.activeElement?.id)) === 'lookup-field', 'Escape does not go back to the field');
  });

  await tap.test('EMS-19: somebody unknown gives the number to ask and nothing else', async () => {
    const page = await world.window(desk, { viewport: { width: 1280, height: 900 } });
    await page.goto('/');
    await page.locator('#lookup-field').fill('0999999999');
    await page.keyboard.press('Enter');
    await page.getByText('登録がないか、救急への同意がありません').waitFor();
    // A desk that has just started learns the last resorts within a minute.
    for (let tries = 0; tries < 14 && (await page.locator('.lookup-nobody a[href^="tel:"]').count()) === 0; tries++) {
      await page.waitForTimeout(5_000);
      await page.getByRole('button', { name: '照会する' }).click();
      await page.locator('.lookup-nobody').waitFor();
    }
    check((await page.locator('.lookup-nobody a[href^="tel:"]').count()) === 1, 'no number to ask is given');
    check((await page.locator('.candidate').count()) === 0, 'a candidate shows');
    await shot(page, 'desk-nobody');
  });

  await tap.test('a crew that telephones the last resort is answered by voice, with unit and incident written down', async () => {
    const page = await world.window(world.account('last_resort'), { viewport: { width: 1280, height: 900 } });
    await page.goto('/');
    await page.getByRole('link', { name: '救急隊からの電話' }).click();
    await page.getByRole('option', { name: /消防/ }).first().waitFor({ state: 'attached' });
    await page.getByLabel('消防本部').selectOption({ label: 'みずき広域消防本部' });
    await page.getByLabel('救急隊名').fill('みずき救急2');
    await page.getByLabel('事案番号').fill('2026-0042');
    await page.getByRole('button', { name: '照会へ進む' }).click();
    await page.locator('#lookup-field').fill(known.phone);
    await page.keyboard.press('Enter');
    await page.locator('.grounds').waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('.grounds'));
    await page.keyboard.press('1');
    await page.locator('.ems-record', { hasText: known.name }).waitFor();
    await page.getByText(NOTE).waitFor();
    await shot(page, 'ambulance-record');
  });
}
