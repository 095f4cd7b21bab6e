#!/bin/bash
# What every program says of itself, and how it ends when it is called wrongly.  BUILD names the build directory (default: build).
cd "$(dirname "$0")/../.." || exit 1
bin=$(cd "${BUILD:-build}/bin" && pwd) dir=$(mktemp -d) count=0 bad=0
trap 'rm -rf "$dir"' EXIT
ok () { count=$((count + 1)); if [ "$1" = 0 ]; then echo "ok $count - $2"; else echo "not ok $count - $2"; bad=1; sed 's/^/# /' "$dir/said" | head -5; fi; }
says () { "$@" >"$dir/said" 2>&1 </dev/null; }
refused () { # STATUS WORD NAME COMMAND… ends with that status and says the word
    local status=$1 word=$2 name=$3 got; shift 3
    says "$@"; got=$?
    [ "$got" = "$status" ] && grep -q -- "$word" "$dir/said"; ok $? "$name"
}

for program in registry sharing notify dispatch gateway; do
    says "$bin/renkei-$program" --help; ok $? "renkei-$program explains itself and ends well"
    ! grep -vE '^$|^[a-z-]+ \[--name=value\]|^  --[a-z][a-z0-9-]*=(TEXT|NUMBER|MS|SECONDS|BYTES|yes\|no|PATH)$|^      [A-Za-z].*\.$' "$dir/said" >"$dir/odd"
    ok $? "every setting of $program has a unit and a sentence"
    ! grep -oE '^  --[a-z0-9-]+=' "$dir/said" | sort | uniq -d | grep -q .; ok $? "...and no name twice"
    refused 2 'no such option' "$program refuses a setting it does not know" "$bin/renkei-$program" --no-such-setting=1
    [ $program = gateway ] || refused 2 'log-level: say debug' "$program refuses a level of its log that is none" env RENKEI_RUN_DIR=x RENKEI_KEYS_DIR=x \
        RENKEI_DATABASE=x RENKEI_ENGINE_DATABASE=x RENKEI_EMS_DATABASE=x RENKEI_ORIGIN=http://localhost RENKEI_RELYING_PARTY=localhost RENKEI_SECRET_KEY_FILE=x \
        "$bin/renkei-$program" --log-level=verbose
    refused 2 'cannot be read' "$program refuses a file that is not there" "$bin/renkei-$program" --config=/nonexistent/renkei.conf
done

says "$bin/renkei-keys" init "$dir/keys"; ok $? "renkei-keys makes a region's key"
refused 1 'already' "...once" "$bin/renkei-keys" init "$dir/keys"
says "$bin/renkei-keys" add "$dir/keys" gateway svc:notify; ok $? "...and keys of principals"
refused 1 'not the name' "a name with a slash is none" "$bin/renkei-keys" add "$dir/keys" ../x
refused 1 'not in the allow-list' "rotating a principal nobody knows is refused" "$bin/renkei-keys" rotate "$dir/keys" svc:notfy
refused 1 'not a whole number' "a grace of 1h is not taken for one second" "$bin/renkei-keys" rotate "$dir/keys" --grace=1h
refused 1 'one principal' "of two principals neither is rotated in silence" "$bin/renkei-keys" rotate "$dir/keys" gateway svc:notify
refused 1 'seconds' "a grace before now is refused" "$bin/renkei-keys" rotate "$dir/keys" --grace=-1
says "$bin/renkei-keys" list "$dir/keys"
[ "$(grep -c ' valid$' "$dir/said")" = 2 ] && grep -q '^version 3$' "$dir/said"; ok $? "after these refusals both keys are as they were"
says "$bin/renkei-keys" rotate "$dir/keys" --grace=60 gateway && says "$bin/renkei-keys" list "$dir/keys"
[ "$(grep -c '^gateway .* ending$' "$dir/said")" = 1 ] && [ "$(grep -c '^gateway .* valid$' "$dir/said")" = 1 ]; ok $? "a rotation leaves the old key ending, the new one valid"
! grep -rqF "$(sed -n 's/^secret //p' "$dir/keys/gateway.key")" "$dir/said" "$dir/keys/allow-list"; ok $? "no secret half is printed or listed"
[ -z "$(find "$dir/keys" -name '*.key' -perm /077)" ]; ok $? "every private file is the owner's alone"
for words in "" "init" "add $dir/keys" "revoke $dir/keys" "list" "burn $dir/keys"; do
    refused 2 usage "renkei-keys $(echo "$words" | sed "s,$dir,DIR,") tells its usage" "$bin/renkei-keys" $words
done

refused 0 'renkei-migrate --database' "renkei-migrate explains itself" "$bin/renkei-migrate" --help
refused 1 'database is missing' "...and asks for a database" "$bin/renkei-migrate"
refused 2 'unrecognized' "...and refuses what it does not know" "$bin/renkei-migrate" --datbase=x
refused 1 'lower-case' "...and services that cannot be a schema" "$bin/renkei-migrate" --database=dbname=x '--service=x; drop schema y'
refused 1 'dbname' "...and a database whose name would need quotes" "$bin/renkei-migrate" --bootstrap "--database=host=/nonexistent dbname='a b'"
refused 1 'not understood' "...and a word it does not understand" "$bin/renkei-migrate" --database=dbname=x now
refused 1 'renkei-migrate: ' "a server that is not there is told" "$bin/renkei-migrate" '--database=host=/nonexistent dbname=x'
echo "1..$count"; exit $bad
