// The officer imports a published list (check, report, run, report again) and anybody finds the offices by two characters.
import { check, shot } from './lib.mjs';

const HEAD = '都道府県コード又は市町村コード,都道府県名,市区町村名,事業所名,事業所名カナ,サービスの種類,住所,電話番号,事業所番号';

// A real municipality's code, invented offices.
function file(stamp) {
  const code = '011011';
  const rows = [
    [
      code,
      '架空県',
      'みほん市',
      `渚訪問入浴センター${stamp}`,
      'ナギサホウモンニュウヨクセンター',
      '訪問入浴介護',
      '渚一丁目1番',
      '0990-70-0001',
      '0170199911',
    ],
    [
      code,
      '架空県',
      'みほん市',
      `渚看護小規模多機能の家${stamp}`,
      'ナギサカンゴショウキボタキノウノイエ',
      '看護小規模多機能型居宅介護',
      '渚一丁目2番',
      '0990-70-0002',
      '0170199922',
    ],
    [code, '北海道', '札幌市中央区', '番号のない事業所', 'バンゴウノナイジギョウショ', '訪問看護', '渚一丁目3番', '0990-70-0003', ''],
  ];
  return Buffer.from(`\ufeff${HEAD}\r\n${rows.map((row) => row.join(',')).join('\r\n')}\r\n`, 'utf8');
}

async function figure(page, name) {
  return Number((await page.locator('.figures div', { hasText: name }).first().locator('dd').textContent()).replaceAll(',', ''));
}

export default async function walk(world, tap) {
  const officer = world.account('municipal_officer');
  const nurse = world.account('visiting_nurse');
  const stamp = String(Date.now() % 100_000);

  await tap.test('a file is checked first, then written; refused rows are named by line and column; a second time changes nothing', async () => {
    const page = await world.window(officer);
    const upload = async () => {
      await page.goto('/imports');
      await page.getByLabel('ファイル', { exact: true }).setInputFiles({ name: `mihon-${stamp}.csv`, mimeType: 'text/csv', buffer: file(stamp) });
      await page.getByRole('button', { name: '送って確認する' }).click();
      await page.waitForURL(/\/imports\//);
      await page.getByText('何も登録していません。下の内容').waitFor({ timeout: 20_000 });
    };
    await upload();
    await shot(page, 'import-checked');
    if (!world.region.stand_in) {
      check((await figure(page, '新規')) + (await figure(page, '変更')) === 2, 'not two rows would be written');
      check((await figure(page, '受付不可')) === 1, 'the row without a number is not refused');
      check(
        (await page.getByRole('group', { name: /受け付けられない行/ }).textContent()).includes('事業所番号'),
        'the column of the refused row is not named',
      );
    }
    await page.getByRole('button', { name: /件を登録する/ }).click();
    await page.getByText('登録が終わりました').waitFor({ timeout: 20_000 });
    await shot(page, 'import-done');
    if (world.region.stand_in) return;
    await upload();
    check((await figure(page, '変更なし')) === 2 && (await figure(page, '新規')) === 0, 'the second file is not unchanged');
  });

  await tap.test('two characters find an office, kana and half-width too; its numbers can be dialled and each value has its source', async () => {
    const page = await world.window(nurse);
    await page.goto('/facilities');
    const words = world.region.stand_in ? ['訪問', '青葉'] : ['渚訪', 'ナギサ', 'ﾅｷﾞｻ', '入浴'];
    const wanted = world.region.stand_in ? /青葉|訪問/ : new RegExp(`渚訪問入浴センター${stamp}`);
    for (const text of words) {
      await page.getByLabel('名前で探す').fill(text);
      await page.getByRole('link', { name: wanted }).first().waitFor();
    }
    check((await page.locator('.office a[href^="tel:"]').count()) > 0, 'no number can be dialled');
    await shot(page, 'facilities');
    await page.getByRole('link', { name: wanted }).first().click();
    await page.getByRole('heading', { name: '項目ごとの出どころ' }).waitFor();
    await shot(page, 'facility');
    await page.getByRole('button', { name: '戻る' }).click();
    await page.getByRole('link', { name: wanted }).first().waitFor();
  });

  if (world.region.stand_in) return;
  await tap.test('A-20, A-36 what is found is saved as CSV; a municipality has paper and open data', async () => {
    const page = await world.window(nurse);
    await page.goto('/facilities');
    await page.getByLabel('名前で探す').fill(`渚訪問入浴センター${stamp}`);
    await page.getByText('保存・印刷・公開データ').click();
    await page.getByText('市区町村を選ぶと').waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV（UTF-8）' }).click();
    const lines = (await (await (await saved).createReadStream()).toArray()).join('').split('\r\n');
    check(lines.length === 3 && lines[1].includes(`渚訪問入浴センター${stamp}`), 'the CSV does not hold what was found');
    await page.getByLabel('市町村', { exact: true }).selectOption('011011');
    await page.getByLabel('配る相手').selectOption('professionals');
    await shot(page, 'facility-outputs');
    const answers = {};
    for (const name of ['PDFを作る', '医療機関一覧（推奨データセット）', '介護サービス事業所一覧（推奨データセット）', 'GeoJSON']) {
      const link = await page.getByRole('link', { name, exact: true }).getAttribute('href');
      answers[name] = await page.request.get(link);
      check(answers[name].ok(), `${name}: ${answers[name].status()}`);
    }
    check((await answers['PDFを作る'].body()).subarray(0, 4).toString() === '%PDF', 'no paper');
    check(JSON.parse(await answers.GeoJSON.text()).type === 'FeatureCollection', 'no GeoJSON');
  });

  await tap.test('A-13 an office writes what it can do and whom it lets know; another office reads exactly that', async () => {
    const head = world.account('service_manager');
    const manager = world.account('care_manager');
    const { facilities } = await world.ask(head, '/facilities?limit=200');
    const own = facilities.find((one) => one.name === head.office);
    const address = `/facilities/${own.facility_id}`;
    const page = await world.window(head);
    await page.goto(address);
    await page.getByText('項目を記入・変更').click();
    await page.getByLabel('項目', { exact: true }).selectOption('fax');
    await page.getByLabel('内容・補足').fill('ファックスはありません');
    await page.getByRole('button', { name: '記入する' }).click();
    await page.getByText('電話番号の形が正しくありません').first().waitFor();
    await page.getByLabel('内容・補足').fill('0990-70-7777');
    await page.getByRole('button', { name: '記入する' }).click();
    await page.getByText('0990-70-7777').first().waitFor();
    await shot(page, 'facility-record');
    const reader = await world.window(manager);
    const seen = async () => {
      await reader.goto(address);
      await reader.getByText('24時間、当番携帯で受けます').waitFor();
      return (await reader.getByText('0990-70-7777').count()) > 0;
    };
    check(!(await seen()), 'what the office did not allow is shown');
    await page.getByText('見せてよい相手（施設の同意）').click();
    await page.getByRole('checkbox', { name: 'ＦＡＸ番号' }).check();
    await page.getByRole('checkbox', { name: '医療・介護関係者' }).check();
    await page.getByLabel('同意した方（施設側）').fill('管理者');
    await page.getByRole('button', { name: '同意を記録する' }).click();
    await page.getByRole('checkbox', { name: 'ＦＡＸ番号', checked: false }).waitFor();
    check(await seen(), 'what the office allowed is not shown');
    await page.getByRole('checkbox', { name: 'ＦＡＸ番号' }).check();
    await page.getByRole('checkbox', { name: '医療・介護関係者' }).uncheck();
    await page.getByRole('button', { name: '撤回を記録する' }).click();
    await page.getByRole('checkbox', { name: 'ＦＡＸ番号', checked: false }).waitFor();
    check(!(await seen()), 'A-14 what the office withdrew is still shown');
    await reader.goto('/facilities');
    await reader.getByText('できることで探す').click();
    await reader.getByRole('checkbox', { name: '緊急時の訪問体制' }).check();
    await reader.getByRole('checkbox', { name: '看取りの対応' }).check();
    await reader.locator('.office').nth(1).waitFor({ state: 'detached' });
    await reader.getByRole('link', { name: head.office }).waitFor();
    await shot(reader, 'facility-items');
    await reader.reload();
    await reader.getByRole('checkbox', { name: '看取りの対応', checked: true }).waitFor();
  });
  await tap.test('A-19, A-21 list and map show the same offices; by keyboard alone a point is opened; near the town hall the nearest come first', async () => {
    const page = await world.window(nurse);
    const { count } = await world.ask(nurse, '/facilities?limit=1&municipality=990019');
    await page.goto('/facilities?municipality=990019&show=map');
    await page.getByRole('group', { name: '事業所の地図' }).waitFor();
    const shown = await page.locator('.map-point').evaluateAll((all) => all.reduce((sum, one) => sum + Number(one.textContent || 1), 0));
    const unplaced = Number((await page.getByText(/地図に出せない事業所/).first().textContent({ timeout: 500 }).catch(() => '0')).replace(/\D/g, ''));
    check(shown + unplaced === count, `${count} offices in the list, ${shown} on the map, ${unplaced} without a place`);
    await page.getByText('境界の出典：架空の境界（デモ）').waitFor();
    await shot(page, 'facility-map');
    await page.locator('.map-point[tabindex="0"]').focus();
    const first = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) await page.keyboard.press(key);
    check((await page.evaluate(() => document.activeElement.classList.contains('map-point'))) && first, 'arrow keys leave the map');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /項目ごとの出どころ|この場所の/ }).waitFor();
    await page.goto('/facilities');
    await page.getByLabel('近くで探す').selectOption({ label: 'みずき市役所' });
    await page.getByText(/^約[\d.]+ k?m$/).first().waitFor();
    const lengths = await page.locator('.office').evaluateAll((all) => all.map((one) => one.textContent.match(/約([\d.]+) (k?m)/)).map(([, number, unit]) => number * (unit === 'm' ? 1 : 1000)));
    check(lengths.length > 1 && lengths.every((metres, at) => at === 0 || metres >= lengths[at - 1]), `not by distance: ${lengths}`);
    await page.getByLabel('日常生活圏域').selectOption({ index: 1 });
    await page.locator('.office').nth(lengths.length - 1).waitFor({ state: 'detached' });
  });

  await tap.test('A-21, A-18 hours are typed in by day; who is open then is found, and of whom it is not known stands apart', async () => {
    const head = world.account('service_manager');
    const { facilities } = await world.ask(head, '/facilities?limit=200');
    const page = await world.window(head);
    await page.goto(`/facilities/${facilities.find((one) => one.name === head.office).facility_id}`);
    await page.getByText('連携担当 汐見 恵').waitFor();
    await page.getByText('診療・営業時間を記入').click();
    const saturday = page.getByRole('group', { name: '土曜', exact: true });
    await saturday.getByLabel('何時から').fill('13:00');
    await saturday.getByLabel('何時まで').fill('09:00');
    await shot(page, 'facility-hours');
    await saturday.getByLabel('この日').selectOption('休み');
    await page.getByRole('button', { name: '時間を記入する' }).click();
    await page.getByText('月〜金 8:30–17:30、土・日・祝 休み').first().waitFor();
    const reader = await world.window(world.account('care_manager'));
    await reader.goto('/facilities');
    await reader.getByLabel('開いている時間').selectOption('日時を選ぶ');
    await reader.getByLabel('日', { exact: true }).fill('2026-12-01');
    await reader.getByLabel('時刻', { exact: true }).fill('10:00');
    const station = reader.getByRole('link', { name: head.office, exact: true });
    await station.waitFor();
    await reader.getByLabel('日', { exact: true }).fill('2026-12-06');
    await station.waitFor({ state: 'detached' });
    await reader.getByRole('link', { name: 'デイサービスひなた' }).waitFor();
    await reader.getByText('時間や空きが分からない事業所').click();
    await reader.getByRole('link', { name: /ケアプランセンター/ }).first().waitFor();
    await shot(reader, 'facility-open');
    await reader.reload();
    await reader.getByLabel('時刻', { exact: true }).waitFor();
    await reader.getByRole('checkbox', { name: '空きがある' }).check();
    await reader.getByText('空き 3').first().waitFor();
  });
}
