#!/bin/bash
# A region is saved and restored: every row comes back, nothing leaves until a person confirms, event positions begin anew.
top=$(cd "$(dirname "$0")/../.." && pwd); cd "$top" || exit 1
export BUILD=${BUILD:-build}
[ -n "${RENKEI_TEST_DATABASE:-}" ] || exec tests/lib/with-postgres "$0"
case $BUILD in /*) bin=$BUILD/bin ;; *) bin=$top/$BUILD/bin ;; esac
count=0
ok() { count=$((count + 1)); if "${@:2}"; then echo "ok $count - $1"; else echo "not ok $count - $1"; fi; }
fails() { ! "$@"; }
sql() { psql -X -q -At -v ON_ERROR_STOP=1 -d "$RENKEI_TEST_SUPERUSER" -c "$1"; }
answers() { local got; got=$(sql "$1"); [ "$got" = "$2" ] || { echo "# got $got, wanted $2"; false; }; }
renkei() { RENKEI_DATABASE="$RENKEI_TEST_SUPERUSER" RENKEI_BACKUP_DATABASE="$RENKEI_TEST_DATABASE user=renkei_backup" \
  RENKEI_SECRET_KEY_FILE="$work/secret.key" TMPDIR="$work" "$bin/renkei" "$@" >>"$work/said" 2>&1; }
work=$(mktemp -d) ; trap 'rm -rf "$work"' EXIT
printf 'a key of 32 bytes, more or less.' >"$work/secret.key"; chmod 600 "$work/secret.key"

sql "insert into registry.facility_place values ('011002', '北海道', '札幌市')"
sql "insert into registry.ledger (incarnation, at, principal, message, subjects, items, ground) values (1, now (), 'test', 'm', '{}', '', '')"
before=$(sql "select max (number) from guard.incarnation"); before=${before:-0}
rows=$(sql "select count(*) from registry.ledger")
ok "a backup is written" renkei backup "$work/region.tar"
ok "...readable by its owner only" test "$(stat -c %a "$work/region.tar")" = 600
ok "...and leaves nothing else behind" test -z "$(ls -d "$work"/renkei-* 2>/dev/null)"

sql "update registry.facility_place set name = '変わった市'"
sql "create table registry.later (x int)"; sql "drop table registry.later"
psql -X -q -d "$RENKEI_TEST_DATABASE user=renkei_registry" -c "select pg_sleep (5)" >/dev/null & service=$!
for i in 1 2 3 4 5 6 7 8 9 10; do [ "$(sql "select count(*) from pg_stat_activity where usename = 'renkei_registry'")" = 1 ] && break; sleep 0.1; done
ok "a restore is refused while a service is connected" fails renkei restore "$work/region.tar"
kill $service 2>/dev/null; wait $service 2>/dev/null
sql "select pg_terminate_backend (pid) from pg_stat_activity where usename = 'renkei_registry'" >/dev/null; sleep 0.3
ok "...and changes nothing" answers "select name from registry.facility_place" 変わった市

printf 'not a backup' >"$work/broken.tar"
ok "a file that is no backup is refused" fails renkei restore "$work/broken.tar"
ok "...and changes nothing" answers "select name from registry.facility_place" 変わった市

printf 'another key, of another machine.' >"$work/secret.key"
ok "the backup is restored" renkei restore "$work/region.tar"
ok "...with every row as it was" answers "select name from registry.facility_place" 札幌市
ok "...also of tables nobody may change" answers "select count(*) from registry.ledger" "$rows"
ok "...which still refuse changes" fails sql "update registry.ledger set items = 'x'" 2>/dev/null
ok "...with the key that seals one-time codes" grep -q '^a key of 32' "$work/secret.key"
ok "nothing leaves until a person confirms" answers "select notify.outbound_may_leave ()" f
ok "event positions begin anew" answers "select max (number) > $before from guard.incarnation" t
ok "row-level security stands as before" answers "select relforcerowsecurity from pg_class where oid = 'registry.import'::regclass" t
ok "rights stand as before" answers "select has_table_privilege ('renkei_registry', 'registry.facility', 'select') and not has_table_privilege ('renkei_registry', 'registry.facility', 'insert')" t
echo "1..$count"
sed 's/^/# /' "$work/said"
