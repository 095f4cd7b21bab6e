// The operator's command on a running region: what it says, its exit status (0 done, 1 refused or not well, 2 not understood), and what is left
// in the region afterwards – status, doctor, people, imports, events that cannot be applied, projections, keys of the mesh.
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { BASE, DATA, Person, RUN, is, number, officeOf, ok, scenario, session, sql, until } from './lib.mjs';

const asOwner = process.getuid() === 0 ? ['setpriv', '--reuid=renkei', '--regid=renkei', '--init-groups'] : [];
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'renkei-operator-'));
fs.chmodSync(work, 0o755);

// Runs `renkei WORDS…`; account: who logs in.
function renkei(words, account = {}, more = {}) {
  const [command, ...rest] = [...asOwner, `${DATA}/app/bin/renkei`, ...words, `--config=${DATA}/renkei.conf`];
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', RENKEI_LOGIN: account.login ?? 'nobody', RENKEI_PASSWORD: account.password ?? 'x',
    RENKEI_TOTP_SECRET: account.totp_secret ?? '', ...more };
  const { status, stdout, stderr } = spawnSync(command, rest, { encoding: 'utf8', env, cwd: '/', input: '000000\n', timeout: 120000 });
  return { status, out: stdout, err: stderr };
}

function says(words, account, wanted, pattern, name) {
  const got = renkei(words, account);
  return ok(got.status === wanted && pattern.test(got.out + got.err), name, got), got;
}

function file(name, text, mode = 0o644) {
  fs.writeFileSync(path.join(work, name), text, { mode });
  return path.join(work, name);
}

// An account of its own for each log-in: a one-time code works once, and nobody waits here for the next.
async function employ(admin, roles, office = 'town-1') {
  const id = crypto.randomUUID(), account = { login: `cli-${id.slice(0, 8)}`, password: `mizuki-${crypto.randomBytes(9).toString('base64url')}`, totp_secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' };
  await admin.must('PUT', `/people/${id}`, { name: '試験 命令', name_kana: 'シケン メイレイ' });
  await admin.must('PUT', `/people/${id}/memberships/${officeOf(office).office_id}`, { roles });
  await admin.must('PUT', `/people/${id}/account`, account);
  return { ...account, id };
}

// ---- words ----------------------------------------------------------------------------------------------------------------------------------
function notUnderstood() {
  for (const words of [[], ['nonsense'], ['status', 'now'], ['doctor', 'please'], ['user'], ['user', 'add', 'a'], ['user', 'end', 'a'], ['import'], ['import', 'a', 'b'],
    ['events'], ['events', 'retry'], ['events', 'retry', 'nothing', crypto.randomUUID(), 'why'], ['events', 'skip', 'notify', crypto.randomUUID()],
    ['events', 'skip', 'notify', crypto.randomUUID(), ''], ['events', 'skip', 'notify', crypto.randomUUID(), '  '], ['rebuild'], ['rebuild', 'gateway', 'membership_changed'],
    ['keys'], ['backup'], ['restore', 'a', 'b'], ['outbound'], ['outbound', 'hold'], ['areas'], ['areas', 'load'], ['areas', 'draw', 'x'], ['boundaries'], ['boundaries', 'load', 'x', '--date=2021-01-01'], ['status', '--nonsense=1'], ['import', 'x', '--run=perhaps'], ['status', '--config']]) {
    const got = renkei(words);
    ok(got.status === 2 && got.err.length > 0 && got.out === '', `not understood, and says so on stderr: renkei ${words.map((word) => (/^[0-9a-f-]{36}$/.test(word) ? 'ID' : word)).join(' ')}`, got);
  }
  const help = renkei(['--help']), settings = renkei(['status', '--help']);
  ok(help.status === 0 && ['import', 'user', 'status', 'events', 'rebuild', 'doctor', 'keys', 'backup', 'restore', 'areas', 'boundaries'].every((word) => help.out.includes(`  ${word} `)), 'help names every command', help);
  ok(settings.status === 0 && settings.out.includes('totp-secret') && !settings.out.includes('sealed'), '…and every setting', settings);
}

// ---- status and doctor ------------------------------------------------------------------------------------------------------------------------
async function health() {
  const { status, out } = renkei(['status']);
  ok(status === 0 && ['registry', 'sharing', 'notify'].every((name) => new RegExp(`^${name} +稼働中$`, 'm').test(out)), 'status: every service runs', out);
  ok(/hears registry +following/.test(out) && /mesh +refuses strangers/.test(out), '…and says what it hears and whether strangers are refused', out);
  says(['status', `--run-dir=${work}`], {}, 1, /^notify +応答なし/m, 'status: where nobody answers it says so');
  says(['status', `--keys-dir=${work}`], {}, 1, /renkei: /, 'status: without keys it does not even ask');
  await until(() => number("select count(*) from pg_stat_activity where application_name = 'renkei-watch'") > 0, 5000, 100);
  const well = renkei(['doctor']).out;
  for (const what of ['PostgreSQL', 'スキーマ', 'DBの時間帯', '時間帯データ', '文字の順序', '二相コミット', 'Redis', '通信の鍵', '確認コードの鍵', '見張り', '急変の通知', 'registry', 'sharing', 'notify'])
    ok(new RegExp(`^良 +${what} `, 'm').test(well), `doctor: ${what} is well`, well);
  sql('select sharing.seal_ledger ()');
  const row = sql('select min (l.seq) from sharing.ledger l where l.seq <= (select max (seq) from sharing.ledger_seal)');
  sql(`set session_replication_role = replica; update sharing.ledger set items = items || '!' where seq = ${row}`);
  const changed = renkei(['doctor']);
  ok(changed.status === 1 && /^要対応 +sharing 閲覧台帳 +封印 \d+ と一致しません$/m.test(changed.out), 'S-25: doctor: a row of a ledger that was changed afterwards is found, with the seal that tells', changed.out);
  ok(/^良 +registry 閲覧台帳 /m.test(changed.out) && /^良 +notify 閲覧台帳 /m.test(changed.out), '…and the other ledgers hold', changed.out);
  sql(`set session_replication_role = replica; update sharing.ledger set items = left (items, -1) where seq = ${row}`);
  ok(/^良 +sharing 閲覧台帳 /m.test(renkei(['doctor']).out), '…put back as it was, it fits again');
  const open = file('open.key', 'x'.repeat(32), 0o644);
  const ill = renkei(['doctor', '--redis=/nonexistent/redis.sock', `--secret-key-file=${open}`, `--database=host=${work} dbname=renkei`]);
  is(ill.status, 1, 'doctor: what is wrong is told by the exit status');
  for (const [what, remedy] of [['Redis', /Redis を起動/], ['確認コードの鍵', /chmod 0600/], ['PostgreSQL', /PostgreSQL が動いているか/]])
    ok(new RegExp(`^要対応 +${what} `, 'm').test(ill.out) && remedy.test(ill.out), `doctor: ${what} is not, with what to do`, ill.out);
  ok(/^良 +notify /m.test(ill.out) && /件の対応が必要です/.test(ill.out), 'doctor: …and looks at the rest all the same', ill.out);
  ok(!/password=/.test(ill.out + ill.err), 'doctor: no password is printed');
  sql("insert into notify.self_test (located_in, alert_id, started_at, done_at, ok) values ('990019', gen_random_uuid (), guard.now () - interval '1 hour', guard.now () - interval '1 hour', true)");
  const late = renkei(['doctor']).out;
  ok(/^要対応 +急変の通知 +self_test$/m.test(late) && /^良 +自己試験 +最後の成功 \d{4}-/m.test(late), 'N-62: doctor: an hour without a self-test is told, with the time of the last', late);
  sql('delete from notify.self_test');
}

// ---- people -----------------------------------------------------------------------------------------------------------------------------------
async function people(admin) {
  const office = officeOf('station-1').office_id, login = `new-${crypto.randomBytes(4).toString('hex')}`;
  const added = renkei(['user', 'add', login, '新人 一郎', 'シンジン イチロウ', office, 'visiting_nurse,helper'], await employ(admin, ['administrator'], 'station-1'));
  const said = { login, person_id: /person +(\S+)/.exec(added.out)?.[1], password: /password +(\S+)/.exec(added.out)?.[1], totp_secret: /secret=([A-Z2-7]+)/.exec(added.out)?.[1] };
  ok(added.status === 0 && said.password?.length === 24 && said.totp_secret?.length === 32, 'user add: prints the first password and the secret once', added);
  is(sql(`select array (select unnest (roles) order by 1)::text from registry.membership where person_id = '${said.person_id}'`), '{helper,visiting_nurse}', 'user add: the roles are there');
  const person = new Person('admin-1');
  await person.login(said);
  is((await person.get('/session')).answer.office, officeOf('station-1').name, 'user add: with both the person logs in');
  is(number(`select count(*) from registry.login_log where login_log::text like '%${said.password}%'`), 0, 'user add: the log knows no password');
  const again = says(['user', 'add', login, '新人 一郎', 'シンジン イチロウ', office, 'visiting_nurse,helper'], await employ(admin, ['administrator'], 'station-1'), 0, /password/, 'user add: the same login again is the same person');
  ok(again.out.includes(said.person_id) && !again.out.includes(said.password), '…with a new password');
  is((await person.get('/session')).status, 401, '…whose old session has ended');
  says(['user', 'add', `${login}-x`, '誰か', 'ダレカ', crypto.randomUUID(), 'visiting_nurse'], await employ(admin, ['administrator'], 'station-1'), 1, /見つからないか、閲覧できません。 .*HTTP 404/, 'user add: an office there is not is refused in words');
  is(number(`select count(*) from registry.account where login = '${login}-x'`), 0, '…and no account is left');
  says(['user', 'add', `${login}-y`, '誰か', 'ダレカ', officeOf('station-2').office_id, 'visiting_nurse'], await employ(admin, ['municipal_officer']), 1, /HTTP 404/, "user add: another town's office is not an officer's");
  const fresh = new Person('admin-1');
  await fresh.login({ login, password: /password +(\S+)/.exec(again.out)[1], totp_secret: /secret=([A-Z2-7]+)/.exec(again.out)[1] });
  says(['user', 'end', said.person_id, office], await employ(admin, ['administrator'], 'station-1'), 0, /終了しました/, 'user end: somebody leaves');
  is((await fresh.get('/session')).status, 401, 'S-05: …and is logged out at once');
  says(['user', 'end', said.person_id, office], await employ(admin, ['administrator'], 'station-1'), 0, /終了しました/, 'user end: again is no error');
  says(['user', 'end', crypto.randomUUID(), office], await employ(admin, ['administrator'], 'station-1'), 1, /HTTP 404/, 'user end: nobody leaves who is not there');
  says(['user', 'end', said.person_id, office], { login: 'nobody', password: 'wrong horse battery' }, 1, /認証に失敗しました。 .*HTTP 401/, 'a log-in that fails says no more than that');
  says(['user', 'end', said.person_id, office, '--base=http://127.0.0.1:1'], {}, 1, /127\.0\.0\.1:1/, 'where no region answers it says where it asked');
}

// ---- imports ------------------------------------------------------------------------------------------------------------------------------------
const header = '都道府県コード又は市町村コード,都道府県名,市区町村名,事業所名,事業所名カナ,サービスの種類,住所,電話番号,事業所番号\r\n';
const kind = `見本訪問看護${crypto.randomInt(1e6)}`, office = (n) => `1${String(crypto.randomInt(1e8)).padStart(8, '0')}${n}`;
const row = (n, name) => `104281,群馬県,高山村,${name},ミホン,${kind},中山,0279-63-2111,${n}\r\n`;

// ---- where things lie -------------------------------------------------------------------------------------------------------------------------
async function places(admin) {
  const list = file('areas.csv', '\ufeffmuni_code,muni_name,area_code,"area_name",x\r\n99001,みずき市,9901,"みずき",1\r\n99002,川べり町,9901,みずき,1\r\n\r\n');
  const feature = (code, name, x) => ({ type: 'Feature', properties: { N03_001: '架空県', N03_003: null, N03_004: name, N03_007: code }, geometry: { type: 'Polygon',
    coordinates: [[[x, 30], [x + 0.1, 30], [x + 0.1, 30.1], [x, 30.1], [x, 30]]] } });
  const office = { type: 'Feature', properties: { P34_001: '99001', P34_002: '1', P34_003: 'みずき市役所' }, geometry: { type: 'Point', coordinates: [139.05, 30.05] } };
  const shapes = file('n03.json', JSON.stringify({ type: 'FeatureCollection', features: [feature('99001', 'みずき市', 139), feature('12217', '柏市', 140), feature(null, '所属未定地', 140), office] }));
  const day = ['--date=2021-01-01', '--credit=架空の境界（試験）'];
  says(['areas', 'load', list], await employ(admin, ['administrator']), 0, /^2行を読みました。/m, 'A-31: areas: a list of 二次医療圏 is loaded, quoted, with a mark in front, with rows that are empty');
  says(['areas', 'load', file('short.csv', 'muni_code,area_code\n99001,9901\n')], await employ(admin, ['administrator']), 1, /muni_code, area_code and area_name/, 'areas: a list without names is refused');
  says(['areas', 'load', list], await employ(admin, ['municipal_officer']), 1, /HTTP 403/, 'areas: an officer loads none');
  says(['boundaries', 'load', shapes, ...day], await employ(admin, ['administrator']), 0, /^1市区町村の境界を登録しました。/m, 'A-19: boundaries: of the region only, what belongs to nobody is left out');
  is(sql("select office_name || edition from registry.municipality_shape where municipality = '990019'"), 'みずき市役所2021-01-01', '…with the office and the day');
  says(['boundaries', 'load', list, ...day], await employ(admin, ['administrator']), 1, /no GeoJSON/, 'boundaries: what is no GeoJSON is refused');
}

async function imports(admin) {
  const count = () => number("select count(*) from registry.facility where service = '" + kind + "'");
  const text = header + row(office(1), '見本一号') + row(office(2), '見本二号') + row('100', '番号が短い');
  const good = file('good.csv', text), padded = file('padded.csv', text + '\r\n'.repeat((262144 - Buffer.byteLength(text)) / 2) + (Buffer.byteLength(text) % 2 ? '\n' : ''));
  is(fs.statSync(padded).size, 262144, 'a file of exactly one part, for what follows');
  const looked = says(['import', good], await employ(admin, ['municipal_officer']), 0, /まだ登録していません/, 'import: a check writes nothing and says so');
  ok(/事業所番号は英数字10桁です/.test(looked.out), '…with the reason of every refused row', looked.out);
  is(count(), 0, '…nothing is there');
  says(['import', padded, '--run'], await employ(admin, ['municipal_officer']), 0, /登録しました。/, 'import: with --run it is written, also a file of a whole number of parts');
  is(count(), 2, '…what could be read is there');
  const events = number("select count(*) from registry.event_log where type like '%facility_changed%'");
  says(['import', good, '--run'], await employ(admin, ['municipal_officer']), 0, /登録しました。/, 'import: the same again');
  is(number("select count(*) from registry.event_log where type like '%facility_changed%'"), events, '…changes nothing and tells nobody');
  says(['import', file('zip.csv', 'PK\x03\x04xxxx')], await employ(admin, ['municipal_officer']), 1, /zipまたはExcel/, 'import: a file of another kind is refused with the reason');
  says(['import', file('empty.csv', '')], await employ(admin, ['municipal_officer']), 1, /renkei: /, 'import: an empty file is refused');
  says(['import', good, '--profile=nothing'], await employ(admin, ['municipal_officer']), 1, /HTTP 400/, 'import: a form of file there is not');
  says(['import', good, '--date=2026-02-30'], await employ(admin, ['municipal_officer']), 1, /HTTP 400/, 'import: a day there is not');
  says(['import', '/nonexistent/file.csv'], {}, 1, /を読めません/, 'import: a file that is not there is told before anybody logs in');
  says(['import', good], await employ(admin, ['visiting_nurse']), 1, /HTTP 403/, 'import: a nurse imports nothing');
}

// ---- events that cannot be applied -----------------------------------------------------------------------------------------------------------------
const waiting = () => renkei(['events', 'list']).out.split('\n').filter((line) => /^sharing [0-9a-f]{8}-/.test(line));
const nameIn = (id) => sql(`select name from sharing.membership where person_id = '${id}'`);
const rename = (admin, id, name) => admin.must('PUT', `/people/${id}`, { name, name_kana: 'シケン' });

async function poison(admin, id, name) {
  await rename(admin, id, name);
  const lines = await until(() => { const found = waiting(); return found.length ? found : null; }, 60000, 500);
  return lines?.[0]?.split(' ')[1];
}

async function quarantine(admin) {
  const { id } = await employ(admin, ['helper'], 'station-1');
  await until(() => nameIn(id) === '試験 命令', 20000);
  ok(/sharing +保留中のイベントはありません/.test(renkei(['events', 'list']).out), 'events: nothing waits at first');
  sql("alter table sharing.membership add constraint no_poison check (name not like '毒%')");
  try {
    const event = await poison(admin, id, '毒 一号');
    ok(event, 'events: one that cannot be applied is set aside after some attempts', renkei(['events', 'list']));
    await rename(admin, id, '薬 一号');
    is((await employ(admin, ['helper'], 'station-1').then(async (other) => until(() => nameIn(other.id) === '試験 命令', 20000))), true, '…nobody else waits behind it');
    is(nameIn(id), '試験 命令', '…only the same person does, in order');
    says(['events', 'retry', 'notify', event, 'somewhere else'], {}, 1, /見つからない/, 'events: it does not wait at another service');
    says(['events', 'retry', 'sharing', event, 'still broken'], {}, 0, /もう一度処理します/, 'events: tried again while the cause is there');
    ok(await until(() => sql(`select state from sharing.quarantine where event_id = '${event}'`) === 'waiting', 60000, 200), '…it comes back');
    sql('alter table sharing.membership drop constraint no_poison');
    says(['events', 'retry', 'sharing', event, 'constraint dropped'], {}, 0, /もう一度処理します/, 'events: tried again when it is gone');
    ok(await until(() => nameIn(id) === '薬 一号', 20000), '…it is applied, and so is what waited behind it', nameIn(id));
    is(sql(`select state || ' ' || ended_reason from sharing.quarantine where event_id = '${event}'`), 'applied constraint dropped', '…and the reason is kept');
    says(['events', 'retry', 'sharing', event, 'again'], {}, 1, /見つからない/, 'events: what was applied waits no more');
    sql("alter table sharing.membership add constraint no_poison check (name not like '毒%')");
    const second = await poison(admin, id, '毒 二号');
    await rename(admin, id, '薬 二号');
    says(['events', 'skip', 'sharing', second, 'a name that never was'], {}, 0, /飛ばしました/, 'events: one is left out for ever');
    ok(await until(() => nameIn(id) === '薬 二号', 20000), '…and the next one is applied', nameIn(id));
    is(sql(`select state || ' ' || ended_reason from sharing.quarantine where event_id = '${second}'`), 'skipped a name that never was', '…with who asks later told why');
    is(waiting(), [], 'events: nothing waits at last');
  } finally {
    sql('alter table sharing.membership drop constraint if exists no_poison');
  }
}

// ---- projections -------------------------------------------------------------------------------------------------------------------------------
async function rebuild() {
  const rows = () => sql("select md5 (string_agg (concat_ws ('|', membership_id, person_id, office_id, name, located_in, roles), ';' order by membership_id)) from sharing.membership where roles <> 0");
  const before = rows(), total = number('select count(*) from sharing.membership');
  sql("delete from sharing.membership where membership_id in (select membership_id from sharing.membership order by membership_id limit 5)");
  ok(rows() !== before && number('select count(*) from sharing.membership') === total - 5, 'a projection is damaged');
  says(['rebuild', 'sharing', 'membership_changed'], {}, 0, /作り直しを始めました/, 'rebuild: it is filled again from its owner');
  ok(await until(() => rows() === before, 30000, 200), 'rebuild: every row that was gone is back', { total, now: number('select count(*) from sharing.membership') });
  ok(await until(() => renkei(['status']).status === 0, 20000, 500), 'rebuild: afterwards the service is ready');
  says(['rebuild', 'sharing', 'sheet_updated'], {}, 1, /見つからない/, 'rebuild: what is no state cannot be filled again');
  says(['rebuild', 'registry', 'membership_changed'], {}, 1, /見つからない/, "rebuild: nor at its owner's");
}

// ---- keys of the mesh ------------------------------------------------------------------------------------------------------------------------------
async function keys() {
  const old = path.join(work, 'keys'), copied = spawnSync(asOwner[0] ?? 'cp', asOwner.length ? [...asOwner.slice(1), 'cp', '-r', `${DATA}/keys`, `${RUN}/old-keys`] : ['-r', `${DATA}/keys`, old]);
  const before = asOwner.length ? `${RUN}/old-keys` : old;
  is(copied.status, 0, 'the keys are set aside, for what follows');
  const listed = () => renkei(['keys', 'list']).out.split('\n').filter((line) => line.startsWith('operator '));
  is(listed().filter((line) => / valid$/.test(line)).length, 1, 'keys list: the operator has one');
  says(['keys', 'rotate', '--grace=0', 'operator'], {}, 0, /^$/, 'keys rotate: a new one, the old one ends at once');
  ok(listed().some((line) => / valid$/.test(line)) && !listed().some((line) => / ending$/.test(line)), 'keys list: …says so', listed());
  ok(await until(() => renkei(['status']).status === 0, 15000, 300), 'keys rotate: with the new key the services answer');
  ok(await until(() => renkei(['status', `--keys-dir=${before}`]).status === 1, 15000, 300), 'keys rotate: …with the old one nobody does');
  is((await fetch(`${BASE}/readyz`)).status, 200, 'keys rotate: the region goes on meanwhile');
  says(['keys', 'rotate', 'nobody'], {}, 1, /nobody is not in the allow-list/, 'keys rotate: nobody has no key');
  says(['keys', 'rotate', '--grace=soon', 'operator'], {}, 1, /whole number/, 'keys rotate: a time that is none');
  says(['keys', 'add', '../escape'], {}, 1, /renkei-keys: /, 'keys add: a name is no way out of the folder');
  ok(fs.statSync(`${DATA}/keys/operator.key`).mode % 0o100 === 0, 'the key is its owner’s only');
  spawnSync('rm', ['-rf', `${RUN}/old-keys`]);
}

await scenario(async () => {
  const admin = await session('admin-1');
  notUnderstood();
  await health();
  await people(admin);
  await places(admin);
  await imports(admin);
  await quarantine(admin);
  await rebuild();
  await keys();
  fs.rmSync(work, { recursive: true, force: true });
});
