// A night with an ambulance: dispatch sends an incident, the first one asked declines, the next accepts with an arrival, the desk sees who
// comes and writes the result in three taps; the care manager reads it in the morning.
import { check, shot } from './lib.mjs';

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

async function report(world, patient, number, unit = 'みずき救急1') {
  const { key, sender, region } = world.region.dispatch;
  const answer = await fetch(`${world.region.base}/api/v1/dispatch/messages`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      v: 1,
      type: 'ems.incident',
      id: number,
      sender,
      to: [region],
      kind: 'report',
      status: 'actual',
      sent: new Date().toISOString().replace(/\.\d+Z$/, '+00:00'),
      incident: number,
      event: 'dispatch',
      complaint: 'CPA疑い',
      caller: { phone: patient.phone.replace(/-/g, '') },
      person: { name_kana: patient.name_kana, dob: patient.birth_date },
      crew: { unit, callback: '09000000119' },
    }),
  });
  check(answer.ok, `the incident is not taken: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
}

export default async function walk(world, tap) {
  if (!world.region.dispatch) return tap.skip('a night with an ambulance', 'the stand-in has no intake');
  const desk = world.account('dispatch_desk');
  const nurse = world.account('visiting_nurse');
  const manager = world.account('care_manager');
  const others = world.region.accounts.filter((one) => ['doctor', 'last_resort', 'visiting_nurse'].includes(one.role) && one.municipality === nurse.municipality);
  let patient;
  for (const one of await world.sharedPatient(nurse, manager)) {
    const full = await world.ask(nurse, `/patients/${one.patient_id}`);
    if (full.phone && full.consents.some((consent) => consent.scope === 'ems' && !consent.withdrawn_at)) patient = full;
    if (patient) break;
  }

  await tap.test('EMS-02, EMS-04, EMS-13: from dispatch to the doctor who declines, the deputy who accepts, the result, and the morning', async () => {
    check(patient, 'nobody with a telephone has consented');
    const number = `walk-${Date.now().toString(36)}`;
    const page = await world.window(desk, { viewport: { width: 1280, height: 900 } });
    await page.goto('/');
    await report(world, patient, number);
    const row = page.locator('.row-link', { hasText: number });
    await row.waitFor({ timeout: 20_000 });
    await row.getByText('特定', { exact: true }).waitFor({ timeout: 20_000 });
    await row.click();
    await page.getByRole('heading', { name: /みずき救急1/ }).waitFor();
    await page.locator('.contacts .try').first().waitFor({ timeout: 20_000 });
    await shot(page, 'incident');
    const open = async () => (await world.ask(nurse, '/alerts?open=true')).alerts.find((one) => one.patient_id === patient.patient_id && one.class === 'e0');
    let alert;
    for (let tries = 0; tries < 40 && !alert; tries++) alert = (await open()) ?? (await new Promise((done) => setTimeout(done, 250)));
    check(alert, 'no alert was opened');
    const doctors = others.filter((one) => one.role === 'doctor');
    const first = await asked(world, alert.alert_id, doctors);
    check(first, 'no doctor is asked');
    const his = await world.window(first);
    await his.goto(`/alerts/${alert.alert_id}`);
    await his.getByRole('button', { name: '今は対応できない' }).click();
    await his.getByRole('button', { name: '診察中' }).click();
    await page.locator('.contacts').getByText('対応できない', { exact: true }).first().waitFor({ timeout: 15_000 });
    const next = await asked(world, alert.alert_id, [...doctors.filter((one) => one !== first), ...others.filter((one) => one.role !== 'doctor')]);
    check(next, 'nobody else is asked');
    const hers = await world.window(next);
    await hers.goto(`/alerts/${alert.alert_id}`);
    await hers.getByRole('button', { name: '往診する' }).click();
    await hers.getByRole('button', { name: /^30分/ }).click();
    await page.locator('.contacts').getByText('引き受けた', { exact: true }).first().waitFor({ timeout: 15_000 });
    await shot(page, 'incident-accepted');
    await page.getByRole('button', { name: '搬送', exact: true }).click();
    await page.getByLabel('搬送先').fill('みずき総合病院');
    await page.getByRole('button', { name: '「搬送」で報告する' }).click();
    await page.locator('.arrived').getByText('搬送', { exact: true }).waitFor();
    const morning = await world.window(manager);
    await morning.goto('/');
    await morning.getByText(/救急搬送の結果/).first().waitFor({ timeout: 15_000 });
    await shot(morning, 'morning');
  });
  await tap.test('an expected death at home, 119 called anyway: the crew reads the wish and its date, the doctor answers, nobody is told to call 119', async () => {
    const one = world.region.patients[7]; // number 7 of the demo (deploy/demo/seed.mjs)
    const by = world.region.accounts.find(({ key }) => key === one.manager);
    const dying = { ...one, ...(await world.ask(by, `/patients/${one.patient_id}`)), by };
    check(dying.terminal_phase && dying.consents.some(({ scope, withdrawn_at }) => scope === 'ems' && !withdrawn_at), 'number 7 is not in 看取り');
    const doctor = world.region.accounts.find(({ key }) => key === dying.doctor);
    const number = `dying-${Date.now().toString(36)}`;
    const crew = await world.window(world.account('ambulance_crew'), { viewport: { width: 820, height: 1180 } });
    await crew.goto('/');
    await report(world, dying, number, 'みずき救急2');
    await crew.locator('.row-link', { hasText: number }).click({ timeout: 20_000 });
    await crew.getByRole('heading', { name: /みずき救急2/ }).waitFor();
    await crew.locator('.contacts .try', { hasText: doctor.name }).waitFor({ timeout: 20_000 });
    await crew.getByText('この事案の方を照会する').click();
    await crew.locator('#lookup-field').fill(`${dying.name_kana} ${dying.birth_date} ${dying.phone}`);
    await crew.locator('#lookup-field').press('Enter');
    await crew.locator('.grounds').waitFor({ timeout: 20_000 });
    await crew.waitForFunction(() => document.activeElement?.closest('.grounds'));
    await crew.keyboard.press('1');
    await crew.locator('.ems-record .acp').getByText('2026年4月1日').first().waitFor();
    await crew.getByText('救急隊は通常の手順を開始し、医師に直接確認すること').waitFor();
    await shot(crew, 'dying-crew');
    let alert;
    for (let tries = 0; tries < 60 && !alert; tries++)
      alert = (await world.ask(doctor, '/alerts?open=true')).alerts.find((one) => one.patient_id === dying.patient_id) ?? (await new Promise((done) => setTimeout(done, 250)));
    check(alert, 'the attending doctor is not asked');
    const his = await world.window(doctor, { viewport: { width: 390, height: 844 } });
    await his.goto(`/alerts/${alert.alert_id}`);
    await his.getByText('看取りの方針です').waitFor();
    check((await his.locator('a[href="tel:119"]').count()) === 0, 'the page tells to call 119');
    await shot(his, 'dying-doctor');
    await his.getByRole('button', { name: '電話で指示する' }).click();
    await his.getByRole('button', { name: '「電話で指示する」で引き受ける' }).click();
    await crew.locator('.contacts').getByText('引き受けた', { exact: true }).first().waitFor({ timeout: 15_000 });
    await crew.getByRole('button', { name: '患者に接触した（対応中）' }).click();
    await crew.getByText('救急隊が対応中であることを、往診に向かう方へ伝えました。').waitFor();
    await his.locator('.alert-head').getByText('対応中').first().waitFor({ timeout: 15_000 });
    await crew.getByRole('button', { name: '医師引継', exact: true }).click();
    await crew.getByRole('button', { name: '「医師引継」で報告する' }).click();
    await crew.locator('.arrived').getByText('医師引継', { exact: true }).waitFor();
    const morning = await world.window(dying.by);
    await morning.goto('/');
    await morning.getByText(/救急搬送の結果/).first().waitFor({ timeout: 15_000 });
    await shot(morning, 'dying-morning');
    await his.getByText('終了と結果を記録する').click();
    await his.getByText('電話での指示で落ち着いた').click();
    await his.getByRole('button', { name: '終了する' }).click();
    await his.locator('.alert-head').getByText('電話での指示で落ち着いた').waitFor();
  });
}
