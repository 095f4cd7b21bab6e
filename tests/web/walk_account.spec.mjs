// One's own account and one's office: the password is changed, a lost device is logged out by the office's manager; small and large, by axe, too.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check, MAIN_NAV, shot } from './lib.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FRESH = 'みっつの灯籠が夜の川をくだる';

async function mustBeClean(page, what) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations.map((one) => one.id));
  check(found.length === 0, `${what}: ${found}`);
}

async function fill(page, present, fresh, again = fresh) {
  await page.getByLabel('いまのパスワード').fill(present);
  await page.getByLabel('新しいパスワード', { exact: true }).fill(fresh);
  await page.getByLabel('新しいパスワード（もう一度）').fill(again);
  await page.getByRole('button', { name: 'パスワードを変更する' }).click();
}

export default async function walk(world, tap) {
  if (world.region.stand_in) return tap.skip('one changes the own password', 'the stand-in has one password');
  const pharmacist = world.region.accounts.filter((one) => one.role === 'pharmacist').at(-1);
  const small = { viewport: { width: 320, height: 780 }, serviceWorkers: 'block' };

  await tap.test('one changes the own password: refused in words beside the field, then done, and told in the notices', async () => {
    const page = await world.window(pharmacist, small);
    await page.goto('/settings');
    await page.getByRole('link', { name: 'パスワードを変更する' }).click();
    await page.getByRole('heading', { name: 'パスワード', exact: true }).waitFor();
    await mustBeClean(page, 'the empty form');
    await fill(page, pharmacist.password, FRESH, `${FRESH}ね`);
    await page.getByText('新しいパスワードと一致しません').waitFor();
    await fill(page, 'certainly not this one', FRESH);
    await page.getByText('いまのパスワードが違います。').waitFor();
    check(await page.getByLabel('いまのパスワード').evaluate((input) => input === document.activeElement), 'the wrong field has no focus');
    await fill(page, pharmacist.password, 'short');
    await page.getByText('パスワードは13文字以上で').waitFor();
    await mustBeClean(page, 'a refusal');
    await shot(page, 'password-refused-320');
    await page.getByLabel('入力したパスワードを表示する').check();
    check((await page.getByLabel('新しいパスワード', { exact: true }).getAttribute('type')) === 'text', 'the password is not shown');
    await fill(page, pharmacist.password, FRESH);
    await page.getByText('パスワードを変更しました。').waitFor();
    check((await page.getByLabel('いまのパスワード').inputValue()) === '', 'the password still stands there');
    await shot(page, 'password-done-320');
    await page.setViewportSize({ width: 1280, height: 900 });
    await shot(page, 'password-done-1280');
    await fill(page, FRESH, pharmacist.password);
    await page.getByText('パスワードを変更しました。').waitFor();
    await page.goto('/');
    await page.getByRole('link', { name: 'パスワードが変更されました' }).first().waitFor();
  });

  const head = world.region.accounts.find((one) => one.role === 'service_manager');
  if (!head) return tap.skip('a manager logs out a lost device', 'no service manager in this region');
  const nurse = world.region.accounts.filter((one) => one.role === 'visiting_nurse' && one.office === head.office).at(-1);
  await tap.test('a manager logs out a lost device of the own office, after a question; the device shows it at once', async () => {
    const lost = await world.window(nurse);
    await lost.goto('/');
    await lost.getByRole('navigation', { name: MAIN_NAV }).waitFor();
    const page = await world.window(head, small);
    await page.goto('/settings');
    await page.getByRole('link', { name: '職員がログインしている端末を見る' }).click();
    await page.getByRole('heading', { name: nurse.name }).waitFor();
    await mustBeClean(page, 'the list');
    await shot(page, 'office-320');
    for (const other of world.region.accounts.filter((one) => one.office !== head.office))
      check((await page.getByRole('heading', { name: other.name, exact: true }).count()) === 0 || other.name === nurse.name, `${other.name} works elsewhere`);
    await page.getByRole('button', { name: `${nurse.name}さんの端末` }).first().click();
    await page.getByRole('dialog').getByRole('heading', { name: `${nurse.name}さんの端末をログアウトさせますか` }).waitFor();
    await mustBeClean(page, 'the question');
    await shot(page, 'office-ask-320');
    await page.getByRole('dialog').getByRole('button', { name: 'やめる' }).click();
    check((await page.getByRole('dialog').count()) === 0, 'the question is still there');
    await page.setViewportSize({ width: 1280, height: 900 });
    await shot(page, 'office-1280');
    // Every session of the nurse on this machine: earlier walks may have left some.
    for (;;) {
      const button = page.getByRole('button', { name: `${nurse.name}さんの端末` }).first();
      if (!(await button.isVisible())) break;
      await button.click();
      await page.getByRole('dialog').getByRole('button', { name: 'ログアウトさせる' }).click();
      await page.getByText(/をログアウトさせました。/).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.waitForTimeout(300);
    }
    world.states.delete(nurse.login);
    const began = Date.now();
    await lost.getByRole('heading', { name: 'ログイン', exact: true }).waitFor({ timeout: 8_000 });
    console.log(`# the lost device shows the log-in ${Date.now() - began} ms later`);
  });

  await tap.test('E-26, E-27: a manager sees pledge and approval, whose seats have to be handed over and to whom, and confirms everybody’s roles', async () => {
    const page = await world.window(head, small);
    await page.goto('/settings');
    await page.locator('a[href^="/offices/"]').first().click();
    await page.getByRole('heading', { name: '事業所の承認と確認' }).waitFor();
    await page.getByText('3月中にIDを用意').waitFor();
    await page.locator('li', { hasText: nurse.name }).first().getByText('この事業所から外す').click();
    const seat = page.getByLabel(/^訪問看護 \d+人分/);
    await seat.waitFor();
    check((await seat.locator('option').count()) > 1, 'no colleague fits the seat');
    await mustBeClean(page, 'who takes over');
    await shot(page, 'office-leave-320');
    await page.getByText('職員の役割を確認する').click();
    await page.getByRole('button', { name: 'このとおりで間違いない' }).click();
    await page.getByText('確認を記録しました。').waitFor();
    await page.getByText('職員をまとめて加える（CSV）').click();
    await page.getByLabel('表の内容').fill('見本 次郎,みほん じろう,mihon.j,看護婦長');
    await page.getByRole('button', { name: '確かめる（まだ登録しません）' }).click();
    await page.getByText('この役割はありません。').waitFor();
    await mustBeClean(page, 'a list with a mistake');
    await page.setViewportSize({ width: 1280, height: 900 });
    await shot(page, 'office-care-1280');
  });

  const officer = world.account('municipal_officer');
  const admin = world.account('administrator');
  const stamp = String(Date.now()).slice(-7);
  const fresh = { name: `新人 ${stamp}`, login: `new-${stamp}` };
  const row = (page) => page.locator('li', { hasText: fresh.name });
  const openOffice = async (account) => {
    const page = await world.window(account, small);
    await page.goto('/');
    await page.getByRole('link', { name: '事業所と職員' }).click();
    await page.getByLabel('事業所を名前で探す').fill('みずきヘルパー');
    await page.getByRole('link', { name: /みずきヘルパーステーション/ }).click();
    await page.getByRole('heading', { name: 'みずきヘルパーステーション' }).waitFor();
    return page;
  };
  const secretOf = async (page) => {
    const [password, secret] = await row(page).locator('.once-secret').allTextContents();
    await row(page).getByRole('img', { name: /認証アプリ用のQRコード/ }).waitFor();
    return { login: fresh.login, password, totp_secret: secret };
  };
  const enter = async (account) => {
    const page = await world.window(undefined, small);
    await world.enter(page, account);
    await page.getByRole('navigation', { name: MAIN_NAV }).waitFor();
    return page;
  };

  await tap.test('S-09: an officer adds a person and makes an account, shown once, that opens; only the region renews a lost factor, which ends every session', async () => {
    const page = await openOffice(officer);
    await page.getByText('職員を加える').click();
    await page.getByLabel('氏名', { exact: true }).fill(fresh.name);
    await page.getByLabel('氏名（かな）').fill('シンジン');
    await page.getByRole('textbox', { name: /^電話/ }).fill('おしえない');
    await page.getByText('訪問介護員', { exact: true }).last().click();
    await page.getByRole('button', { name: '保存する' }).click();
    await page.locator('.field-wrong', { hasText: '電話' }).waitFor();
    await page.getByRole('textbox', { name: /^電話/ }).fill('090-0000-1234');
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByText(`${fresh.name}さんを加えました`).waitFor();
    await row(page).getByText('アカウントを作る').click();
    await row(page).getByLabel('ログイン名').fill(fresh.login);
    await row(page).getByRole('button', { name: '作る' }).click();
    await row(page).locator('.once-secret').first().waitFor();
    await mustBeClean(page, 'an account shown once');
    await shot(page, 'account-once-320');
    const account = await secretOf(page);
    await row(page).getByRole('button', { name: '渡したので消す' }).click();
    await row(page).getByText(`ログイン名：${fresh.login}`).waitFor();
    check((await row(page).getByText('確認コード・パスキーを作り直す').count()) === 0, 'an officer may replace an account');
    const hers = await enter(account);
    const his = await openOffice(admin);
    await row(his).getByText('確認コード・パスキーを作り直す').click();
    await row(his).getByRole('button', { name: '作り直す' }).click();
    await row(his).locator('.once-secret').first().waitFor();
    const renewed = await secretOf(his);
    check(renewed.totp_secret !== account.totp_secret, 'the secret is the old one');
    await hers.getByRole('heading', { name: 'ログイン', exact: true }).waitFor();
    await page.reload();
    await row(page).getByText('この事業所から外す').click();
    await row(page).getByRole('button', { name: '外す' }).click();
    await row(page).waitFor({ state: 'detached' });
  });

  await tap.test('the last resort’s monthly test call is a gap until somebody answers it', async () => {
    const page = await world.window(officer, small);
    await page.goto('/last-resort');
    await page.getByText('出なかった', { exact: true }).first().click();
    await page.getByRole('button', { name: '試験電話を記録する' }).click();
    await page.locator('.field-wrong', { hasText: '気づいたこと' }).waitFor();
    await page.getByLabel('気づいたこと').fill('呼び出しのみ。当直へ連絡した');
    await page.getByRole('button', { name: '試験電話を記録する' }).click();
    await page.getByText('前回の試験電話に誰も出ませんでした').waitFor();
    await shot(page, 'last-resort-320');
    await page.goto('/');
    const gap = page.locator('.gap-row', { hasText: '最終連絡先の試験電話に誰も出ないか' }).first();
    await gap.getByRole('link', { name: '最終連絡先' }).click();
    await page.getByText('人が出た', { exact: true }).first().click();
    await page.getByRole('button', { name: '試験電話を記録する' }).click();
    await page.getByText('今月の試験電話は済んでいます。').waitFor();
  });

  await tap.test('S-07: a code read aloud makes the desk\'s device its terminal; a wrong one is refused beside the field; revoked it is one no more', async () => {
    const page = await world.window(world.account('municipal_officer'), small), desk = world.account('dispatch_desk');
    await page.goto('/offices');
    await page.getByLabel('事業所を名前で探す').fill(desk.office.split(' ').at(-1));
    await page.getByRole('link', { name: desk.office }).click();
    await page.getByText('端末を登録する').click();
    await page.getByLabel('端末の呼び名').fill('指令台 9番');
    await page.getByRole('button', { name: 'コードを作る' }).click();
    const code = await page.locator('.once-secret').innerText();
    await mustBeClean(page, 'a code being read aloud');
    await shot(page, 'terminal-code-320');
    const theirs = await world.window(desk, small);
    await theirs.goto('/settings');
    await theirs.getByLabel('登録コード').fill('22222 22222');
    await theirs.getByRole('button', { name: 'この端末を登録する' }).click();
    await theirs.getByText('このコードは使えません').first().waitFor();
    await mustBeClean(theirs, 'a wrong code');
    await shot(theirs, 'terminal-wrong-320');
    await theirs.getByLabel('登録コード').fill(code.toLowerCase());
    await theirs.getByRole('button', { name: 'この端末を登録する' }).click();
    await theirs.getByText('指令台 9番').waitFor();
    await shot(theirs, 'terminal-here-320');
    await page.getByRole('button', { name: '伝えました' }).click();
    const row = page.locator('li', { hasText: '指令台 9番' });
    await row.locator('.chip', { hasText: '登録済み' }).waitFor();
    await row.getByText('登録を取り消す').click();
    await mustBeClean(page, 'the terminals');
    await shot(page, 'terminals-320');
    await page.setViewportSize({ width: 1280, height: 900 });
    await shot(page, 'terminals-1280');
    await row.getByRole('button', { name: '取り消す' }).click();
    await row.getByText('登録を取消').waitFor();
    await theirs.reload();
    await theirs.getByLabel('登録コード').waitFor();
  });

  await tap.test('U-22, KU-05: a town tells its pharmacies something; one reads and confirms it out of the notices, and the rate shows it', async () => {
    const title = `連絡の仕組み ${Date.now() % 100_000}`;
    const page = await world.window(officer, small);
    await page.goto('/');
    await page.getByRole('link', { name: 'お知らせ', exact: true }).click();
    await page.getByText('お知らせを書く').click();
    await page.getByLabel('題名').fill(title);
    await page.getByLabel('本文', { exact: false }).fill('急変のときは、当番医へ知らせます。');
    await page.getByText('薬局', { exact: true }).click();
    await mustBeClean(page, 'an announcement being written');
    await page.getByRole('button', { name: '送る', exact: true }).click();
    await page.getByText(/か所に送ります（アプリ/).waitFor();
    await shot(page, 'announcement-sent-320');
    const theirs = await world.window(world.account('pharmacist'), small);
    await theirs.goto('/');
    await theirs.getByRole('link', { name: '地域からのお知らせ' }).first().click();
    await theirs.getByRole('link', { name: title }).click();
    await theirs.getByRole('button', { name: '受け取りを確認する' }).click();
    await theirs.getByText('さんが受け取りを確認しました').waitFor();
    await page.getByRole('link', { name: title }).click();
    await page.getByLabel('表示').selectOption({ label: 'すべての事業所' });
    await page.locator('li', { hasText: '調剤薬局' }).locator('.chip', { hasText: '確認済み' }).waitFor();
    await mustBeClean(page, 'the receipts');
    await shot(page, 'announcement-320');
    await page.setViewportSize({ width: 1280, height: 900 });
    await shot(page, 'announcement-1280');
  });
}
