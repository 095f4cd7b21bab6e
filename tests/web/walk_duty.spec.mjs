// The database is away: the roster is shown as a copy with its time and whom to call; a report tells at once that nobody was reached.
import { check, MAIN_NAV, shot } from './lib.mjs';

const problem = (status, key, title) => ({ status, contentType: 'application/problem+json', body: JSON.stringify({ type: `x:/${key}`, key, title, status }) });
const LATER = problem(503, 'try_later', 'ただいま利用できません。少し待ってからもう一度お試しください。');
const DESK = { municipality: '011002', name: '夜間連絡センター', phone: '011-000-0015' };
const MARK = 'いまの当番表を読み込めないため、控えを表示しています。';

export default async function walk(world, tap) {
  const nurse = world.account('visiting_nurse');
  const phone = { viewport: { width: 320, height: 780 }, serviceWorkers: 'block' };

  await tap.test('a copy of the roster is marked with its time and says whom to call', async () => {
    const page = await world.window(nurse, phone);
    await page.route('**/api/v1/duty?*', async (route) => {
      const answer = await (await route.fetch()).json();
      await route.fulfill({ json: { ...answer, stale: true, as_of: new Date(Date.now() - 330_000).toISOString(), last_resorts: [DESK] } });
    });
    await page.goto('/duty');
    await page.getByText(MARK).waitFor();
    await page.getByText(/5分前（/).first().waitFor();
    check((await page.getByRole('link', { name: new RegExp(DESK.phone) }).getAttribute('href')) === 'tel:0110000015', 'the number cannot be pressed');
    await page.getByRole('table').first().waitFor();
    await shot(page, 'duty-copy-320');
    await page.setViewportSize({ width: 1280, height: 900 });
    await shot(page, 'duty-copy-1280');
  });

  await tap.test('when nobody answers the page shows what this device read last, also after it was opened anew', async () => {
    const page = await world.window(nurse, phone);
    await page.goto('/');
    await page.locator('.duty-sentence').first().waitFor();
    await page.goto('/duty');
    await page.getByRole('table').first().waitFor();
    const before = await page.locator('.duty-sentence').first().textContent();
    await page.route('**/api/v1/**', (route) => route.fulfill(LATER));
    await page.getByLabel('期間').selectOption('month');
    await page.getByText(MARK).waitFor();
    check((await page.locator('.duty-sentence').first().textContent()) === before, 'the copy names somebody else');
    await page.goto('/');
    await page.getByText('ただいま利用できません').first().waitFor();
    await page.getByText(MARK).waitFor();
    await page.locator('.duty-sentence').first().waitFor();
    await shot(page, 'duty-away-320');
    await page.unroute('**/api/v1/**');
    await page.getByRole('button', { name: 'もう一度試す' }).first().click();
    await page.getByRole('navigation', { name: MAIN_NAV }).waitFor();
  });

  await tap.test('a report that cannot be taken says so at once, with the last resort to call, and goes through later', async () => {
    const [patient] = await world.sharedPatient(nurse);
    const page = await world.window(nurse, phone);
    await page.route('**/api/v1/emergencies', (route) =>
      route.fulfill(problem(503, 'alarm_away', `急変の報告をいま受け付けられません。${DESK.name}（電話 ${DESK.phone}）へ直接お電話ください。`)),
    );
    await page.goto(`/patients/${patient.patient_id}/report`);
    await page.getByRole('button', { name: /それ以外/ }).click();
    await page.getByText('痛み', { exact: true }).click();
    const pressed = Date.now();
    await page.getByRole('button', { name: '報告する' }).click();
    await page.getByRole('heading', { name: 'まだ誰にも届いていません。電話してください' }).waitFor();
    check(Date.now() - pressed < 3_000, 'one has to wait to be told');
    await page.getByText('急変の報告をいま受け付けられません').waitFor();
    check((await page.getByRole('link', { name: /最終連絡先に電話する/ }).getAttribute('href')) === 'tel:0110000015', 'the number cannot be pressed');
    await shot(page, 'report-away-320');
    await page.unroute('**/api/v1/emergencies');
    await page.waitForURL(/\/alerts\//, { timeout: 15_000 });
    await page.getByText('終了と結果を記録する').click();
    await page.getByText('在宅で様子を見る').click();
    await page.getByRole('button', { name: '終了する' }).click();
    await page.locator('.alert-head').getByText('在宅で様子を見る').waitFor();
  });
}
