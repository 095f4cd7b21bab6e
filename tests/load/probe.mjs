// probe.mjs - the same SQL as the product's, run by pgbench: what the database alone can do with it, one transaction a command.
// The texts come from statements.c, in the order and the round trips in which the services send them.
import crypto from 'node:crypto';
import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { personOf } from '../../deploy/demo/people.mjs';

const BIN = '/usr/lib/postgresql/15/bin', TOWN = '990019';
const session = '-c plan_cache_mode=force_generic_plan -c statement_timeout=5000';

export class Database {
  constructor(data, run, work) { Object.assign(this, { data, run, work }); }

  // As superuser, who is the system user that owns the cluster.
  psql(sql) {
    const args = ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-h', this.run, '-U', 'postgres', 'renkei'];
    const as = process.getuid() === 0 ? ['setpriv', ['--reuid=renkei', '--regid=renkei', '--init-groups', `${BIN}/psql`, ...args]] : [`${BIN}/psql`, args];
    return execFileSync(...as, { input: sql, maxBuffer: 1 << 26 }).toString().trim();
  }

  // A transaction that has an xid and does nothing with it, as a forgotten psql would.
  hold(seconds) {
    const args = ['-X', '-q', '-h', this.run, '-U', 'postgres', 'renkei', '-c', `begin; select pg_current_xact_id (); select pg_sleep (${seconds}); rollback;`];
    const as = process.getuid() === 0 ? ['setpriv', ['--reuid=renkei', '--regid=renkei', '--init-groups', `${BIN}/psql`, ...args]] : [`${BIN}/psql`, args];
    return new Promise((resolve) => execFile(...as, () => resolve()));
  }

  pgbench(files, role, clients, seconds) {
    const password = fs.readFileSync(path.join(this.data, 'secrets', `${role}.password`), 'utf8').trim();
    const args = ['-n', '-M', 'prepared', '-c', clients, '-j', 2, '-T', seconds, ...files.flatMap((file) => ['-f', file]), '-h', this.run, '-U', role, 'renkei'];
    return new Promise((resolve, reject) => execFile(`${BIN}/pgbench`, args.map(String), { env: { ...process.env, PGPASSWORD: password, PGOPTIONS: session }, maxBuffer: 1 << 24 },
      (error, out, err) => {
        const tps = Number(out.match(/^tps = ([\d.]+)/m)?.[1]), latency = Number(out.match(/^latency average = ([\d.]+)/m)?.[1]);
        if (!tps || /aborted/.test(err)) reject(new Error(`pgbench: ${err.slice(0, 800)}`));
        else resolve({ tps, latency });
      }));
  }
}

const text = (value) => `'${String(value).replaceAll("'", "''")}'`;
const fill = (sql, values) => sql.replace(/\$(\d+)/g, (_, n) => values[n - 1] ?? 'null').replace(/\s+/g, ' ');

// Whom a transaction is about is read first, from a small table and outside the transaction: pgbench has no other way to a random text.
const choose = (from, count) => `\\set n random (${from + 1}, ${from + count})
select key, town, context from public.bench_people where n = :n \\gset
`;

// The version it writes is the one it has read under the lock.
function sheetScript(sql, { person, office }, from, count) {
  const now = Date.now() * 1000, content = JSON.stringify({ entries: [{ item: 'blood_pressure', text: '負荷試験の記録。血圧 128/74、食欲あり。夜間の咳は減った。浮腫なし、体重は変わらず。次回の訪問で再度確認する。' }] });
  return `${choose(from, count)}\\set section random (2, 11)
\\startpipeline
begin;
${fill(sql.runtime_enter, ["array['']", "array['sheet_section_update']", "array['']"])};
${fill(sql.runtime_context, [':context'])};
\\endpipeline
${fill(sql.patient_lock, [':key', ':section', now])} \\gset
\\set next :section_version + 1
\\startpipeline
${fill(sql.sheet_add_version, [':town', ':key', ':section', ':next', text(content), 'false', text(person), text(office), 1, now])};
${fill(sql.patient_move_section, [':town', ':key', ':section', ':next', now])};
${fill(sql.runtime_announce, [':key', 'gen_random_uuid ()', 1, "'jp.renkei.sharing.sheet_probed.v1'", ':town', text(person), 'false', now, 'null', `'\\x${'00'.repeat(90)}'`])};
commit;
\\endpipeline
`;
}

function noticeScript(sql, { person }, count) {
  const subjects = 'array[:key]', now = Date.now() * 1000;
  return `${choose(0, count)}\\startpipeline
begin;
${fill(sql.runtime_lease_check, ["'probe'", "'probe'", 1])};
\\endpipeline
${fill(sql.hearing_lock, ["'probe'", subjects])} \\gset
\\set next :version + 1
${fill(sql.feed_add_team, [':key', 1, now, 'false', ':key', 'null', 3, ':next', text(person)])};
\\startpipeline
${fill(sql.hearing_inbox, ["'probe'", 'array[gen_random_uuid ()]'])};
${fill(sql.hearing_advance, ["'probe'", subjects, 'array[:version]', 'array[:next]'])};
commit;
\\endpipeline
`;
}

const readScript = (sql, { person, office }, count) => `${choose(0, count)}\\startpipeline
begin;
${fill(sql.runtime_context, [':context'])};
\\endpipeline
${fill(sql.patient_find, [':key', 3, Date.now() * 1000])} \\gset
${fill(sql.sheet_current, [':town', ':key', text(person), "'{0,1,1,1,1,1,1,1,1,1,1}'"])};
commit;
`;

function write(work, name, content) {
  const file = path.join(work, `${name}.sql`);
  fs.writeFileSync(file, content);
  return [file];
}

export const signed = (database, person, office, municipality) => database.psql(
  `select guard.sign ('v1|${person}|${office}|${municipality}|${municipality}|care|' || guard.to_us (guard.now () + interval '1 day'))`);

const people = (database, list) => database.psql(list.map(({ key, town, context }) =>
  `insert into public.bench_people (key, town, context) values (${text(key)}, ${text(town)}, ${text(context)});`).join('\n'));

export async function probeScripts(database, work, patients, account) {
  const sql = JSON.parse(fs.readFileSync(path.join(work, 'statements.json'), 'utf8')), who = { person: account.person_id, office: personOf('nurse-1-1').office.office_id };
  const context = signed(database, who.person, who.office, TOWN), count = patients.length;
  database.psql(`create table public.bench_people (n serial primary key, key text, town text, context text);
    grant select on public.bench_people to renkei_sharing, renkei_notify_engine; grant usage on schema public to renkei_sharing, renkei_notify_engine;`);
  people(database, patients.map((key) => ({ key, town: TOWN, context })));
  return { sql, who, patients, sheet: write(work, 'sheet', sheetScript(sql, who, 0, count)), notice: write(work, 'notice', noticeScript(sql, who, count)),
    read: write(work, 'read', readScript(sql, who, count)) };
}

// G3: as many persons again, each in a municipality of its own.
export async function spread(database, scripts, count) {
  const list = Array.from({ length: count }, (_, i) => ({ source: scripts.patients[i % scripts.patients.length], key: crypto.randomUUID(), town: String(880000 + i) }));
  for (const one of list) {
    const copy = (table, columns) => `insert into sharing.${table} (municipality, patient_id, ${columns}) select '${one.town}', '${one.key}', ${columns}
      from sharing.${table} where patient_id = '${one.source}';`;
    database.psql(`begin; ${copy('patient', 'recorder_office, recorded_by, registered_at, head_version, changed_at')}
      ${copy('access', 'office_id, ground, source_id, consent_id, from_at, to_at')}
      ${copy('care_team_member', 'member_id, seat, person_id, office_id, role, since, added_by')}
      insert into sharing.subject values ('${one.key}', 1); commit;`);
    one.context = signed(database, scripts.who.person, scripts.who.office, one.town);
  }
  people(database, list);
  scripts.spread = write(database.work, 'spread', sheetScript(scripts.sql, scripts.who, scripts.patients.length, count));
}

// More of what grows, as copies of what is there: versions of sheets, events, notices.
export async function grow(database, { sheets, events }) {
  database.psql(`
    create temporary table many as select '${TOWN}'::text as municipality, gen_random_uuid () as patient_id from generate_series (1, ${Math.ceil(sheets / 10)});
    insert into sharing.patient (municipality, patient_id, recorder_office, recorded_by, registered_at, head_version, changed_at, sections)
      select municipality, patient_id, gen_random_uuid (), gen_random_uuid (), now (), 1, now (), '{0,1,1,1,1,1,1,1,1,1,1}' from many;
    insert into sharing.section_version (municipality, patient_id, section, version, content, urgent, written_by, written_office, written_role, written_at)
      select m.municipality, m.patient_id, s, 1, v.content, false, v.written_by, v.written_office, 1, now ()
        from many m cross join generate_series (2, 11) s cross join (select * from sharing.section_version limit 1) v;
    insert into sharing.event_log (subject, version, id, incarnation, type, municipality, at, payload)
      select m.patient_id, n, gen_random_uuid (), 1, 'jp.renkei.sharing.sheet_probed.v1', m.municipality, now (), decode (repeat ('00', 90), 'hex')
        from many m cross join generate_series (1, ${Math.ceil(events / Math.ceil(sheets / 10))}) n;
    insert into notify.feed (person_id, position, kind, at, urgent, patient_id) select m.patient_id, n, 1, now (), false, m.patient_id
        from many m cross join generate_series (1, ${Math.ceil(events / Math.ceil(sheets / 10))}) n;
    insert into notify.inbox (event_id, source) select gen_random_uuid (), 'probe' from generate_series (1, ${events});`);
  database.psql('vacuum analyze');
}
