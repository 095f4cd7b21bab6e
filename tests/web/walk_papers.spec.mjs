// A new person at home, from the registration to the papers of an emergency; then what the fire service may do, and who watches it.
import { check, shot } from './lib.mjs';

const small = { viewport: { width: 320, height: 780 }, serviceWorkers: 'block' };
const KANA = ['ア', 'カ', 'サ', 'タ', 'ナ', 'ハ', 'マ', 'ヤ', 'ラ', 'ワ'];

// A name nobody else has, so that a walk may be walked twice.
const unheard = () => String(Date.now() % 1_000_000).replace(/\d/g, (digit) => KANA[digit]);

export default async function walk(world, tap) {
  if (world.region.stand_in) return tap.skip('papers of an emergency', 'the stand-in keeps none');
  const manager = world.account('care_manager');
  const doctor = world.account('doctor');
  const given = unheard();
  const person = { name: `楠 ${given}`, kana: `クスノキ ${given}`, birth: '1935-05-06' };
  let record;

  await tap.test('a care manager records a person: what is wrong is said beside its field, which has the focus', async () => {
    const page = await world.window(manager, small);
    await page.goto('/patients');
    await page.getByRole('link', { name: '利用者を登録する' }).click();
    await page.getByLabel('氏名', { exact: true }).fill(person.name);
    await page.getByLabel('氏名（かな）').fill(person.kana);
    await page.getByLabel('生年月日').fill(person.birth);
    await page.getByLabel('電話', { exact: false }).fill('つながらない');
    await page.getByRole('button', { name: '登録する' }).click();
    await page.locator('.field-wrong', { hasText: '電話' }).getByText('電話番号の形が正しくありません').waitFor();
    check(await page.getByLabel('電話', { exact: false }).evaluate((input) => input === document.activeElement), 'the wrong field has no focus');
    await shot(page, 'register-refused-320');
    await page.getByLabel('電話', { exact: false }).fill('0990-55-1935');
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByRole('heading', { name: '同意', exact: true }).waitFor();
    record = new URL(page.url()).pathname.replace('/consents', '');
    await page.goto('/patients/new');
    await page.getByLabel('氏名', { exact: true }).fill(person.name);
    await page.getByLabel('生年月日').fill(person.birth);
    await page.getByText('すでに登録されています').waitFor();
  });

  await tap.test('U-16: a hospital of the region is asked and answers on its own list, with a name and a reason; it is ended; one at a time', async () => {
    const page = await world.window(manager, small);
    await page.goto(`${record}/consents`);
    await page.getByRole('button', { name: '記録する', exact: true }).click();
    await page.getByText('記録しました。').waitFor();
    await page.goto(`${record}/team`);
    await page.getByText('病院', { exact: true }).click();
    await page.getByLabel('名前または事業所で探す').fill('みずき総合病院');
    await page.getByText(/病院の地域連携室・みずき総合病院/).click();
    await page.getByRole('button', { name: 'チームに加える' }).click();
    await page.locator('li', { hasText: 'みずき総合病院' }).waitFor();
    await page.goto(`${record}/papers`);
    await page.getByText('医療機関に依頼する').click();
    await page.getByLabel('地域の病院を').fill('みずき総合病院');
    await page.getByText(/病院の地域連携室・みずき総合病院/).click();
    await page.getByRole('button', { name: '依頼する', exact: true }).click();
    await page.locator('.chip', { hasText: '依頼中' }).waitFor();
    const theirs = await world.window(world.account('hospital_liaison'), small);
    await theirs.goto('/');
    await theirs.getByRole('link', { name: '急変時の受入れ登録' }).click();
    const line = theirs.locator('li', { hasText: person.name });
    await line.getByText('医療機関の回答を記録する').click();
    await line.getByText('受けられない', { exact: true }).click();
    await line.getByLabel('医療機関で答えた人').fill('青木');
    await line.getByLabel('受けられない理由').fill(' ');
    await line.getByRole('button', { name: '回答を記録する' }).click();
    await line.locator('.field-wrong', { hasText: '受けられない理由' }).waitFor();
    await line.getByText('登録する', { exact: true }).click();
    await line.getByRole('button', { name: '回答を記録する' }).click();
    await theirs.locator('li', { hasText: person.name }).getByText('事前登録済み').waitFor();
    await shot(theirs, 'hospital-list-320');
    await page.reload();
    await page.locator('.chip', { hasText: '事前登録済み' }).waitFor();
    await shot(page, 'hospital-320');
    await page.getByText('この登録を終える').click();
    await page.getByLabel('終える理由').fill('転居');
    await page.getByRole('button', { name: '終える', exact: true }).click();
    await page.getByText('これまでの依頼（1件）').click();
    await page.getByText('理由：転居').waitFor();
  });

  await tap.test('EMS-09: documents of wish are recorded, a contradiction is named, one is taken back; the crew’s words are shown', async () => {
    const page = await world.window(manager, small);
    await page.goto(`${record}/papers`);
    for (const [kind, day, direction] of [
      ['事前指示書', '2025-04-01', '苦痛の緩和を中心に'],
      ['人生会議（ACP）の記録', '2026-04-01', 'できる限りの治療'],
    ]) {
      const form = page.locator('details', { hasText: '文書を記録する' });
      if (!(await form.getByLabel('書面の日付').isVisible())) await page.getByText('文書を記録する').click();
      await form.getByText(kind, { exact: true }).click();
      await form.getByLabel('書面の日付').fill(day);
      await form.getByText('本人', { exact: true }).click();
      await form.getByText(direction, { exact: true }).click();
      await form.getByRole('button', { name: '記録する' }).click();
      await form.getByText('記録しました。').waitFor();
    }
    await page.getByText('内容の異なる文書があります。本人に確かめてください').first().waitFor();
    await page.getByText('撤回を記録する').last().click();
    await page.getByRole('button', { name: '撤回を記録する' }).click();
    await page.locator('.chip', { hasText: '撤回' }).waitFor();
    await page.getByText('救急隊に伝わる内容を見る').click();
    await page.getByText('救急隊は通常の手順を開始し、医師に直接確認すること').waitFor();
    await shot(page, 'wishes-320');
  });

  await tap.test('a card is issued with its code, printed alone, and stopped when it is lost', async () => {
    const page = await world.window(manager, small);
    await page.goto(`${record}/papers`);
    await page.getByText('カードを発行する').click();
    await page.getByRole('button', { name: '発行する' }).click();
    await page.getByRole('img', { name: /^カード番号 .+ のQRコード$/ }).waitFor();
    await page.emulateMedia({ media: 'print' });
    check(!(await page.getByRole('heading', { name: '急変時診療医療機関' }).isVisible()), 'the other papers are printed, too');
    check(await page.locator('.wallet-card').isVisible(), 'the card is not printed');
    await shot(page, 'card-print');
    await page.emulateMedia({ media: 'screen' });
    await page.getByText('紛失・終了を記録する').click();
    await page.getByRole('button', { name: 'この番号を止める' }).click();
    await page.getByText('使えなくなったカード（1枚）').waitFor();
  });

  await tap.test('看取り begins and ends with a date by the attending doctor only', async () => {
    // Whoever lives at home or not, and whatever an earlier walk has left: the phase is turned twice.
    const [hers, his] = await Promise.all([doctor, manager].map((one) => world.ask(one, '/patients?mine=true&limit=200')));
    const patient = hers.patients.find((one) => his.patients.some((other) => other.patient_id === one.patient_id));
    check(patient, 'doctor and care manager have nobody in common');
    const other = await world.window(manager, small);
    await other.goto(`/patients/${patient.patient_id}/papers`);
    await other.getByText('在宅主治医か副主治医に伝えてください').waitFor();
    const page = await world.window(doctor, small);
    await page.goto(`/patients/${patient.patient_id}/papers`);
    for (const begins of patient.terminal_phase ? [false, true] : [true, false]) {
      const words = begins ? '看取りの段階に入る' : '看取りの段階を終える';
      await page.locator('summary', { hasText: words }).click();
      await page.getByLabel(begins ? 'いつから' : 'いつまで').fill('2026-01-15');
      await page.getByRole('button', { name: words }).click();
      await page.getByText(begins ? '看取りの段階です。' : '看取りの段階ではありません。').waitFor();
      if (begins) await page.getByText('2026年1月15日').first().waitFor();
      if (begins) await shot(page, 'phase-320');
    }
  });

  const admin = world.account('administrator');
  const officer = world.account('municipal_officer');
  const desk = world.account('dispatch_desk');
  await tap.test('V-04, U-23: a key is shown once and stopped, a scheme is written and received, a partner is cut off with a reason', async () => {
    const page = await world.window(admin, small);
    await page.goto('/');
    await page.getByRole('link', { name: '消防との接続' }).click();
    await page.getByRole('link', { name: 'みずき広域消防本部' }).click();
    await page.getByText('鍵を作る').first().click();
    await page.getByLabel('鍵の用途').fill(`試験 ${given}`);
    await page.getByRole('button', { name: '鍵を作る' }).click();
    await page.locator('.once-secret', { hasText: /^renkei_/ }).waitFor();
    await shot(page, 'key-once-320');
    await page.reload();
    const key = page.locator('li', { hasText: `試験 ${given}` });
    await key.getByText('この鍵を止める').click();
    check((await page.locator('.once-secret').count()) === 0, 'the key is shown a second time');
    await key.getByRole('button', { name: '止める' }).click();
    await page.locator('li', { hasText: `試験 ${given}` }).getByText('停止', { exact: true }).first().waitFor();
    await page.getByText('新しい版を作る', { exact: true }).click();
    await page.getByLabel('題名').fill('夜間の連絡先の取決め');
    await page.getByLabel('本文', { exact: false }).fill('夜間は最終連絡先へ。');
    await page.getByRole('button', { name: '消防本部に送る' }).click();
    await page.getByText('送りました。').waitFor();
    const hers = await world.window(desk);
    await hers.goto('/');
    await hers.getByText('夜間の連絡先の取決め').first().click();
    await hers.getByRole('button', { name: '受領を確認する' }).first().click();
    await hers.getByText('受領を確認しました').first().waitFor();
    await page.reload();
    await page.locator('li', { hasText: '夜間の連絡先の取決め' }).first().locator('.chip', { hasText: '受領' }).waitFor();
    await page.locator('summary', { hasText: '切り離す' }).click();
    await page.getByLabel('理由', { exact: true }).fill('試験');
    await page.getByRole('button', { name: '切り離す' }).click();
    await page.locator('.chip', { hasText: '切り離し中' }).waitFor();
    await page.locator('summary', { hasText: '接続を戻す' }).click();
    await page.getByLabel('理由', { exact: true }).fill('試験終了');
    await page.getByRole('button', { name: '接続を戻す' }).click();
    await page.locator('.chip', { hasText: '接続中' }).waitFor();
  });

  await tap.test('S-35, S-36: an opening without consent needs the leave of region and town, and is judged by the town’s officer', async () => {
    const glass = async (allowed) => {
      const page = await world.window(admin);
      await page.goto('/partners');
      await page.getByRole('link', { name: 'みずき広域消防本部' }).click();
      await page.getByText('設定を変える').click();
      await page.getByText(allowed ? '同意なしの閲覧を認める' : '同意なしの閲覧は認めない', { exact: true }).last().click();
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByText('保存しました。').waitFor();
      await page.context().close();
    };
    await glass(true);
    const page = await world.window(officer, small);
    await page.goto('/');
    await page.getByRole('link', { name: '同意なしの閲覧の確認' }).click();
    if (!(await world.ask(officer, '/break-glass')).allowed) {
      await page.getByText('同意なしの閲覧を認める', { exact: true }).click();
      await page.getByRole('button', { name: '認める', exact: true }).click();
    }
    await page.getByText('認めています。').waitFor();
    const hers = await world.window(desk);
    await hers.goto('/');
    await hers.locator('#lookup-field').fill(`${person.kana} 1935-05-06 0990-55-1935`);
    const offer = hers.getByText('意識がなく生命の危険がある（同意なしの閲覧）');
    for (let tries = 0; tries < 3 && !(await offer.count()); tries++) {       // a look-up that came too late is asked again
      await hers.locator('#lookup-field').press('Enter');
      await offer.waitFor({ timeout: 5000 }).catch(() => {});
    }
    await offer.click();
    await hers.getByLabel('救急隊名').last().fill('みずき救急3');
    await hers.getByLabel('理由').last().fill(`CPA ${given}`);
    await hers.getByRole('button', { name: '記録して開く' }).click();
    await hers.locator('.ems-record', { hasText: person.name }).waitFor();
    await page.reload();
    const line = page.locator('li', { hasText: `CPA ${given}` });
    await line.waitFor();
    check(!(await page.getByText(person.name).count()), 'the review names the person');
    await line.getByText('確認の結果を記録する').click();
    await line.getByText('妥当だった', { exact: true }).click();
    await line.getByLabel('確かめたことと、その後の対応').fill('意識なし。家族へ説明済み。');
    await shot(page, 'review-320');
    await line.getByRole('button', { name: '記録する' }).click();
    await page.locator('li', { hasText: `CPA ${given}` }).locator('.chip', { hasText: '妥当だった' }).waitFor();
    await page.getByText('同意なしの閲覧を認めないことにする').click();
    await page.getByRole('button', { name: '認めない', exact: true }).click();
    await page.getByText('認めていません。').waitFor();
    await glass(false);
  });
}
