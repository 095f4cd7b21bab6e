#!/bin/bash
# A region of the last landing is brought up to date: what stood in its tables still stands there, and its schema is that of a new region
# (design §5).  landed_schema names the schema files of the last landing with their SHA-256; at a landing, write it anew:
#     git ls-files 'services/*/schema/*.sql' 'services/runtime/schema/*/*.sql' | xargs sha256sum >tests/contract/landed_schema
cd "$(dirname "$0")/../.." || exit 1
if [ -z "${RENKEI_TEST_SUPERUSER:-}" ]; then exec tests/lib/with-postgres "$PWD/tests/contract/upgrade.t"; fi
PATH=/usr/lib/postgresql/15/bin:$PATH
landed=tests/contract/landed_schema dir=$(mktemp -d "$RENKEI_TEST_DIR/upgrade-XXXXXX") count=0 bad=0
old="host=$RENKEI_TEST_SOCKET user=postgres dbname=landed" new=$RENKEI_TEST_SUPERUSER
ok () { count=$((count + 1)); if [ "$1" = 0 ]; then echo "ok $count - $2"; else echo "not ok $count - $2"; bad=1; sed 's/^/# /' "$dir/said" | head -15; fi; }
sql () { psql -qXAt -v ON_ERROR_STOP=1 "$old" "$@"; }
# Every service that has a schema there; a new one comes to an old region as it comes to a new one.
migrate () {
    local folder services=()
    for folder in "$1"/*/schema; do [ "${folder%/runtime/schema}" != "$folder" ] || services+=("--service=$(basename "${folder%/schema}")"); done
    "$MIGRATE" --database="$old" --source="$1" --bootstrap "${services[@]}" >"$dir/said" 2>&1
}

sha256sum -c --quiet "$landed" >"$dir/said" 2>&1; ok $? "no schema file that has landed was changed or removed"

# A new file in front of a landed one would come later in an old region than in a new one.
early () {
    for folder in services/runtime/schema/* services/*/schema; do
        case $folder in services/runtime/schema) continue ;; esac
        last=$(sed -n "s,^[0-9a-f]*  $folder/\([^/]*\.sql\)\$,\1,p" "$landed" | LC_ALL=C sort | tail -1)
        [ -n "$last" ] || continue
        for file in "$folder"/*.sql; do
            grep -q "  $file\$" "$landed" || [ "$(printf '%s\n' "$last" "${file##*/}" | LC_ALL=C sort | tail -1)" = "${file##*/}" ] || echo "$file"
        done
    done
}
early >"$dir/said"; [ ! -s "$dir/said" ]; ok $? "every new schema file comes behind those that have landed"

while read -r _ file; do mkdir -p "$dir/source/$(dirname "${file#services/}")"; cp "$file" "$dir/source/${file#services/}"; done <"$landed"
migrate "$dir/source"; ok $? "a region of the last landing is made"

# Three rows in every table.  A value depends on its column's name and type and on the row, so that keys of different tables meet.  Where columns
# exclude each other one of those that may be empty is, or all, or all but one.
cat >"$dir/fill.sql" <<'SQL'
set session_replication_role = replica;
create function pg_temp.value_of (name text, type text, allowed text, n integer) returns text language sql as $$
    select case
        when allowed is not null then allowed
        when name in ('municipality', 'code', 'giving', 'located_in') then '01100' || n
        when name = 'receiving' then '01100' || n + 1
        when name = 'number' and type = 'text' then '011000000' || n
        when name = 'to_minute' then '1440'
        when name like 'to\_%' or name = 'until' then (now () + interval '30 days')::text
        when name = 'until_at' then (now () + interval '30 minutes')::text
        when name = 'taker' then md5 ('other ' || n)::uuid::text
        when type = 'uuid' then md5 ('row ' || n)::uuid::text
        when type = 'uuid[]' then array[md5 ('row ' || n)::uuid]::text
        when type = 'text' then name || ' ' || n || ' 髙橋'
        when type = 'text[]' then array['visiting_nurse', '看護']::text
        when type = 'bigint[]' then array_fill (n, array[11])::text
        when type = 'boolean[]' then '{t,f}'
        when name = 'hours' and type = 'integer[]' then '{1,0,1440}'
        when type = 'integer[]' then '{1,0,0,60,0}'
        when type like '%[]' then '{1,2}'
        when type = 'boolean' then (n % 2 = 0)::text
        when type = 'bytea' then '\x' || encode (sha256 (convert_to (name || n, 'UTF8')), 'hex')
        when type = 'jsonb' then format ('{"n": %s}', n)
        when type = 'date' then (date '2026-01-01' + n)::text
        when type = 'timestamp with time zone' then (now () - n * interval '1 minute')::text
        when name = 'step' then (n - 1)::text
        when name = 'incarnation' then '1'
        when name = 'algorithm' then '-7'
        else n::text end
$$;
do $$
declare
    part record;
    optional text[];
    empty text[];
    names text;
    written text;
    is_in boolean;
begin
    for part in select c.oid, n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname in ('registry', 'sharing', 'notify', 'dispatch') and c.relkind in ('r', 'p') and not c.relispartition
                   and c.relname <> 'retention' and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'single') loop
        select coalesce (array_agg (a.attname::text order by a.attnum), '{}') into optional from pg_attribute a
         where a.attrelid = part.oid and a.attnum > 0 and not a.attisdropped and not a.attnotnull and a.attgenerated = '';
        for n in 1 .. 3 loop
            is_in := false;
            for empty in select t.columns from (select 1, '{}'::text[] union all select 2, array[o] from unnest (optional) o
                                                union all select 3, optional union all select 4, array_remove (optional, o) from unnest (optional) o)
                                           t (place, columns) order by t.place loop
                select string_agg (quote_ident (a.attname), ', ' order by a.attnum),
                       string_agg (quote_literal (pg_temp.value_of (a.attname, format_type (a.atttypid, null),
                           (select substring (pg_get_constraintdef (o.oid) from 'ARRAY\[''?([^'',\]]*)') from pg_constraint o
                             where o.conrelid = a.attrelid and o.contype = 'c' and o.conkey = array[a.attnum]), n))
                           || '::' || format_type (a.atttypid, null), ', ' order by a.attnum)
                  into names, written from pg_attribute a
                 where a.attrelid = part.oid and a.attnum > 0 and not a.attisdropped and a.attidentity <> 'a' and a.attgenerated = ''
                   and a.attname <> all (empty);
                begin
                    execute format ('insert into %I.%I (%s) values (%s)', part.nspname, part.relname, names, written);
                    is_in := true;
                exception when check_violation then null;
                end;
                exit when is_in;
            end loop;
            if not is_in then
                raise exception 'no row fits %.%: %', part.nspname, part.relname, written;
            end if;
        end loop;
    end loop;
end $$;
set session_replication_role = origin;
update notify.chain_check set day = null;          -- when it was looked at last; an upgrade may have it looked at again
delete from notify.ledger_seal; delete from registry.ledger_seal; delete from sharing.ledger_seal; delete from dispatch.ledger_seal;
SQL
sed -i 's/^delete from \(.*\);$/set session_replication_role = replica; &/' "$dir/fill.sql"
sql -f "$dir/fill.sql" >"$dir/said" 2>&1; ok $? "every table gets rows"
sql -c "select count(*) from (select notify.seal_ledger () n union all select registry.seal_ledger () union all select sharing.seal_ledger () union all select dispatch.seal_ledger ()) s where n = 3" >"$dir/said" 2>&1
grep -qx 4 "$dir/said"; ok $? "its ledgers are sealed"

# One line a table: name, rows, digest over the columns there were, but those made of others for searching, which an upgrade may make anew.
sql >"$dir/columns" <<'SQL'
select format ('select %L, count(*), md5 (string_agg (t::text, E''\n'' order by t::text)) from (select %s from %I.%I) t;', n.nspname || '.' || c.relname,
               string_agg (quote_ident (a.attname), ', ' order by a.attnum), n.nspname, c.relname)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where n.nspname in ('registry', 'sharing', 'notify', 'dispatch', 'guard') and c.relkind in ('r', 'p') and not c.relispartition
   and (n.nspname, c.relname) not in (('guard', 'migration'), ('notify', 'retention'), ('registry', 'retention'), ('sharing', 'retention'),
                                       ('dispatch', 'retention'))
   and (n.nspname, c.relname, a.attname) not in (('registry', 'facility', 'search'), ('registry', 'facility', 'grams'))
 group by n.nspname, c.relname order by 1
SQL
sql -f "$dir/columns" >"$dir/before"
[ "$(grep -c '|[13]|' "$dir/before")" -gt 80 ]; ok $? "more than eighty tables hold rows"

migrate services; ok $? "it is brought up to date"
sql -f "$dir/columns" >"$dir/after" 2>"$dir/said"; diff "$dir/before" "$dir/after" >>"$dir/said"; ok $? "every row still says what it said"
sql -c "select 'notify', notify.verify_ledger () union all select 'registry', registry.verify_ledger () union all select 'sharing', sharing.verify_ledger ()
        union all select 'dispatch', dispatch.verify_ledger ()" >"$dir/said"
! grep -q '|.' "$dir/said"; ok $? "the seals of its ledgers hold"
shape () { pg_dump -s "$1" | grep -v '^\\\(un\)\?restrict'; }
shape "$old" >"$dir/shape.old"; shape "$new" >"$dir/shape.new"
diff "$dir/shape.old" "$dir/shape.new" >"$dir/said"; ok $? "its schema, rights and policies are those of a new region"
sql -c "select scope, file, digest from guard.migration order by 1, 2" >"$dir/files.old"
psql -qXAt "$new" -c "select scope, file, digest from guard.migration order by 1, 2" | diff "$dir/files.old" - >"$dir/said"; ok $? "the same files are written down as applied"
migrate services && [ ! -s "$dir/said" ]; ok $? "a second time there is nothing to do"
migrate "$dir/source" && [ ! -s "$dir/said" ]; ok $? "the runner of the last landing finds nothing to do either, so that it may be started again"
echo "1..$count"; exit $bad
