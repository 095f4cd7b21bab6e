// Every page once, in Japanese and English, narrow and wide: axe finds nothing, nothing is cut off, targets are large enough.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check } from './lib.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Everything once a page; on the wide screen what depends on the layout, in English what depends on the words: contrast costs most and is neither.
const WHAT = {
  all: { runOnly: { type: 'tag', values: TAGS } },
  layout: { runOnly: ['target-size', 'scrollable-region-focusable', 'region'] },
  words: { runOnly: { type: 'tag', values: TAGS }, rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } } },
};

async function violations(page, what = 'all') {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const found = await page.evaluate(
    async (options) => (await globalThis.axe.run(document, { ...options, resultTypes: ['violations'] })).violations,
    WHAT[what],
  );
  return found.map(
    (one) =>
      `${one.id}: ${one.nodes
        .slice(0, 3)
        .map((node) => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`)
        .join(' | ')}`,
  );
}

// Wider than the window, or a control smaller than a finger.
const misfits = (page) =>
  page.evaluate(() => {
    const result = [];
    if (document.documentElement.scrollWidth > innerWidth + 1)
      result.push(`the page is ${document.documentElement.scrollWidth} px wide in ${innerWidth} px`);
    for (const element of document.querySelectorAll('button, input, select, textarea, summary, a.button, a.tel, a.link, .nav a, .row-link')) {
      const box = (
        element.matches('input[type=radio], input[type=checkbox]') ? (element.closest('label') ?? element) : element
      ).getBoundingClientRect();
      if (box.width > 0 && box.height > 0 && box.height < 43.5)
        result.push(`${element.tagName} “${element.textContent.slice(0, 20)}” is ${Math.round(box.height)} px high`);
    }
    return result;
  });

async function settle(page) {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.skeleton').length === 0, undefined, { timeout: 10_000 });
}

// To another page as a link goes there: nothing is loaded anew.
async function visit(page, path) {
  if (page.url() === 'about:blank') await page.goto(path);
  else
    await page.evaluate(
      (to) =>
        new Promise((done) => {
          history.pushState(null, '', to);
          dispatchEvent(new PopStateEvent('popstate'));
          requestAnimationFrame(() => requestAnimationFrame(done));
        }),
      path,
    );
  await settle(page);
}

const NARROW = { width: 320, height: 900 };
const WIDE = { width: 1280, height: 900 };

async function speak(page, lang) {
  await page.locator('.language').click();
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, lang);
}

// One visit: narrow, wide, and narrow in English.
async function look(page) {
  const found = [...(await violations(page)), ...(await misfits(page))].map((one) => `ja 320 px: ${one}`);
  await page.setViewportSize(WIDE);
  found.push(...[...(await violations(page, 'layout')), ...(await misfits(page))].map((one) => `ja 1280 px: ${one}`));
  await page.setViewportSize(NARROW);
  await speak(page, 'en');
  found.push(...[...(await violations(page, 'words')), ...(await misfits(page)), ...(await untold(page))].map((one) => `en 320 px: ${one}`));
  await speak(page, 'ja');
  return found;
}

// A key, a name of the wire or a hole where a word should stand.
const untold = (page) =>
  page.evaluate(() => {
    const words = document.getElementById('main').innerText.match(/\b[a-z]+(?:_[a-z]+)+\b|\bundefined\b|\bNaN\b|\[object|\{\w+\}/g) ?? [];
    return [...new Set(words)].map((word) => `“${word}” is nobody’s word`);
  });

export default async function walk(world, tap) {
  const nurse = world.account('visiting_nurse');
  const manager = world.account('care_manager');
  const doctor = world.account('doctor');
  const officer = world.account('municipal_officer');
  const [patient] = await world.sharedPatient(nurse, manager);
  const of = (path) => `/patients/${patient.patient_id}${path}`;
  const facilities = await world.ask(officer, '/facilities?limit=1');
  const partners = world.region.stand_in ? undefined : await world.ask(world.account('administrator'), '/dispatch/partners');
  const head = world.region.accounts.find((one) => one.role === 'service_manager');
  const staffed = head && (await world.ask(head, '/session'));
  const clinic = await world.ask(doctor, '/session');
  const optional = (role, path) => {
    const account = world.region.accounts.find((one) => one.role === role);
    return account ? [[account, path]] : [];
  };
  const pages = [
    [undefined, '/'],
    [nurse, '/'],
    [manager, '/'],
    [doctor, '/'],
    [officer, '/'],
    ...optional('dispatch_desk', '/'),
    ...optional('last_resort', '/'),
    ...optional('administrator', '/'),
    [nurse, '/patients'],
    [nurse, of('')],
    [nurse, of('/report')],
    [nurse, '/report'],
    [manager, of('/consents')],
    [manager, of('/team')],
    [manager, of('/place')],
    [manager, of('/head')],
    [manager, of('/order')],
    [manager, of('/ledger')],
    [nurse, of('/history/living_cautions')],
    [doctor, '/duty'],
    [officer, '/facilities'],
    [officer, '/facilities?show=map'],
    [officer, '/areas'],
    ...(facilities?.facilities[0] ? [[officer, `/facilities/${facilities.facilities[0].facility_id}`]] : []),
    [officer, '/imports'],
    [nurse, '/settings'],
    [nurse, '/settings/password'],
    ...optional('service_manager', '/settings'),
    ...optional('service_manager', '/settings/office'),
    [doctor, '/duty/shifts'],
    [doctor, of('/chain')],
    [doctor, `/offices/${clinic?.office_id}`],
    [manager, '/alerts'],
    [doctor, '/settings/contacts'],
    [nurse, '/fax'],
    ...optional('rota_office', '/'),
    ...optional('rota_office', '/duty/arrange'),
    ...optional('rota_office', '/duty/arrange/override'),
    ...optional('rota_office', '/duty/arrange/rotation'),
    ...optional('rota_office', '/duty/arrange/table'),
    ...optional('rota_office', '/duty/arrange/closures'),
    ...optional('rota_office', '/duty/figures'),
    ...optional('rota_office', '/drills'),
    ...optional('administrator', '/deliveries'),
    ...optional('operator', '/break-glass'),
    ...optional('last_resort', '/calls/ambulance'),
    ...optional('ambulance_crew', '/'),
    [manager, '/patients/new'],
    [manager, of('/papers')],
    [doctor, of('/papers')],
    [doctor, of('/night')],
    [nurse, of('/night-report')],
    [nurse, '/fax/send'],
    ...optional('hospital_liaison', '/hospital'),
    [officer, '/break-glass'],
    [officer, '/offices'],
    [officer, '/last-resort'],
    [officer, '/announcements'],
    ...optional('service_manager', `/offices/${staffed?.office_id}`),
    ...optional('administrator', '/partners'),
    ...(partners?.partners[0] ? optional('administrator', `/partners/${partners.partners[0].partner_id}`) : []),
  ];
  await tap.test('axe finds nothing and nothing is cut off: every page, at 320 and 1280 px, in Japanese and English', async () => {
    const found = [];
    const windows = new Map();
    for (const [account, path] of pages) {
      if (!windows.has(account)) windows.set(account, await world.window(account, { viewport: NARROW, serviceWorkers: 'block' }));
      const page = windows.get(account);
      await visit(page, path);
      found.push(...(await look(page)).map((one) => `${account?.key ?? account?.role ?? 'nobody'} ${path} ${one}`));
    }
    check(found.length === 0, found.join('\n'));
  });
  await world.closeAll();

  await tap.test('the edit form, the choices of a report and an open emergency pass axe too, light and dark', async () => {
    const found = [];
    for (const colorScheme of ['light', 'dark']) {
      const page = await world.window(nurse, { viewport: { width: 390, height: 844 }, colorScheme });
      await page.goto(of(''));
      await settle(page);
      await page
        .locator('#section-daily_living')
        .getByRole('button', { name: /書き直す|書く/ })
        .click();
      found.push(...(await violations(page)), ...(await misfits(page)));
      await page.getByRole('button', { name: 'やめる' }).click();
      await page.goto(of('/report'));
      await page.getByRole('button', { name: /それ以外/ }).click();
      found.push(...(await violations(page)), ...(await misfits(page)));
      await page.getByText('発熱', { exact: true }).click();
      await page.getByRole('button', { name: '報告する' }).click();
      await page.waitForURL(/\/alerts\//);
      await settle(page);
      found.push(...(await violations(page)), ...(await misfits(page)));
      await page.getByText('終了と結果を記録する').click();
      await page.getByText('在宅で様子を見る').click();
      await page.getByRole('button', { name: '終了する' }).click();
      await page.locator('.alert-head').getByText('在宅で様子を見る').waitFor();
      await page.context().close();
    }
    check(found.length === 0, found.join('\n'));
  });
}
