// The report under a bad line: it never looks sent before somebody has answered, and it arrives once, with its own time.
import { check, shot } from './lib.mjs';

const NOBODY = 'まだ誰にも届いていません。電話してください';

async function fill(page, patient, words) {
  await page.goto(`/patients/${patient}/report`);
  await page.getByRole('button', { name: /それ以外/ }).click();
  await page.getByText('痛み', { exact: true }).click();
  await page.getByLabel('何が起きましたか').fill(words);
}

const openAlerts = async (world, account, patient) =>
  ((await world.ask(account, '/alerts?open=true'))?.alerts ?? []).filter((one) => one.patient_id === patient);

async function endOpen(world, nurse, patient) {
  const page = await world.window(nurse);
  for (const alert of await openAlerts(world, nurse, patient)) {
    await page.goto(`/alerts/${alert.alert_id}`);
    await page.getByText('終了と結果を記録する').click();
    await page.getByText('在宅で様子を見る').click();
    await page.getByRole('button', { name: '終了する' }).click();
    await page.locator('.alert-head').getByText('在宅で様子を見る').waitFor();
  }
}

export default async function walk(world, tap) {
  const nurse = world.account('visiting_nurse');
  const manager = world.account('care_manager');
  const patients = await world.sharedPatient(nurse, manager);
  const patient = patients[patients.length > 1 ? 1 : 0];
  const phone = { viewport: { width: 390, height: 844 } };

  await tap.test(
    'without a connection the report fills the screen with numbers kept on the device, and arrives with its own time when the line is back',
    async () => {
      const page = await world.window(nurse, phone);
      await fill(page, patient.patient_id, '胸の痛み（圏外から）');
      await page.waitForFunction((key) => localStorage.getItem(key), `renkei.phones.${patient.patient_id}`);
      const before = (await openAlerts(world, manager, patient.patient_id)).length;
      await page.context().setOffline(true);
      const pressed = Date.now();
      await page.getByRole('button', { name: '報告する' }).click();
      await page.getByRole('heading', { name: NOBODY }).waitFor();
      check(Date.now() - pressed < 3_000, 'without a connection nobody should have to wait');
      const numbers = await page.locator('.unreached a[href^="tel:"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      check(numbers.includes('tel:119') && numbers.length >= 3, `only these numbers are kept: ${numbers}`);
      check((await page.getByText('報告は届きました').count()) === 0, 'it says arrived while offline');
      await shot(page, 'unreached');
      await page.waitForTimeout(2_000);
      await page.context().setOffline(false);
      await page.waitForURL(/\/alerts\//, { timeout: 15_000 });
      const alerts = await openAlerts(world, manager, patient.patient_id);
      check(alerts.length === before + 1, `${alerts.length - before} alerts came of one report`);
      const reported = Math.max(...alerts.map((one) => Date.parse(one.reported_at)));
      check(Math.abs(reported - pressed) < 1_500, `it arrived with another time: ${reported - pressed} ms off`);
    },
  );

  await tap.test('no answer within ten seconds counts as nobody reached; the same report goes through later, once', async () => {
    const page = await world.window(nurse, phone);
    await endOpen(world, nurse, patient.patient_id);                // a report soon after another one goes into its alert
    const before = (await openAlerts(world, manager, patient.patient_id)).length;
    const ids = new Set();
    let silent = true;
    await page.route('**/api/v1/emergencies', async (route) => {
      ids.add(`${JSON.parse(route.request().postData()).alert_id} ${route.request().headers()['idempotency-key']}`);
      if (!silent) await route.continue();
    });
    await fill(page, patient.patient_id, '痛みが強い（返事のない回線）');
    const pressed = Date.now();
    await page.getByRole('button', { name: '報告する' }).click();
    await page.getByText('まだ届いていません').first().waitFor();
    await page.getByRole('heading', { name: NOBODY }).waitFor({ timeout: 12_000 });
    const took = Date.now() - pressed;
    check(took > 8_000 && took < 11_500, `the screen came after ${took} ms`);
    silent = false;
    await page.waitForURL(/\/alerts\//, { timeout: 20_000 });
    check(ids.size === 1, `one report went out under ${ids.size} names`);
    check((await openAlerts(world, manager, patient.patient_id)).length === before + 1, 'not exactly one alert');
  });

  await tap.test('a line that comes and goes delivers the report exactly once', async () => {
    const page = await world.window(nurse, phone);
    await endOpen(world, nurse, patient.patient_id);
    const before = (await openAlerts(world, manager, patient.patient_id)).length;
    let count = 0;
    // Every second answer is lost on the way back: the server has it, the page does not know.
    await page.route('**/api/v1/emergencies', async (route) => {
      count++;
      if (count === 1) return route.abort('connectionreset');
      const answer = await route.fetch();
      return count === 2 ? route.abort('connectionreset') : route.fulfill({ response: answer });
    });
    await fill(page, patient.patient_id, '痛み（途切れる回線）');
    await page.getByRole('button', { name: '報告する' }).click();
    await page.waitForURL(/\/alerts\//, { timeout: 20_000 });
    check(count >= 3, `only ${count} attempts`);
    check((await openAlerts(world, manager, patient.patient_id)).length === before + 1, 'not exactly one alert');
  });

  await tap.test('an unanswered report survives a closed tab', async () => {
    const page = await world.window(nurse, phone);
    const context = page.context();
    await endOpen(world, nurse, patient.patient_id);
    const before = (await openAlerts(world, manager, patient.patient_id)).length;
    await context.route('**/api/v1/emergencies', (route) => route.abort('connectionreset'));
    await fill(page, patient.patient_id, '痛み（閉じた画面）');
    await page.getByRole('button', { name: '報告する' }).click();
    await page.getByText('まだ届いていません').first().waitFor();
    await page.close();
    await context.unroute('**/api/v1/emergencies');
    const again = await context.newPage();
    await again.goto('/');
    await again.getByRole('navigation', { name: '主なページ' }).waitFor();
    for (let tries = 0; tries < 40 && (await openAlerts(world, manager, patient.patient_id)).length === before; tries++)
      await again.waitForTimeout(250);
    check((await openAlerts(world, manager, patient.patient_id)).length === before + 1, 'it was not delivered, or twice');
    check(
      (await again.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('renkei.report.')).length)) === 0,
      'the device still keeps it',
    );
  });

  await tap.test('unconscious: 119 stands there before any field, and the report goes out meanwhile', async () => {
    const page = await world.window(nurse, phone);
    await page.goto(`/patients/${patient.patient_id}/report`);
    await page.getByRole('button', { name: /意識がない・呼吸がおかしい/ }).click();
    await page.getByRole('link', { name: /119に電話する/ }).waitFor();
    check((await page.locator('.report input, .report textarea').count()) === 0, 'there is a field before 119');
    await page.getByText('報告は届きました').waitFor();
    await shot(page, 'life');
    await endOpen(world, nurse, patient.patient_id);
  });
}
