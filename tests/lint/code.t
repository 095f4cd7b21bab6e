#!/bin/bash
# The rules of CONTRIBUTING.md that a machine can check.
cd "$(dirname "$0")/../.." || exit 1
n=0 bad=0
check() { # NAME FINDINGS
  n=$((n + 1))
  if [ -z "$2" ]; then echo "ok $n - $1"; else echo "not ok $n - $1"; printf '%s\n' "$2" | head -20 | sed 's/^/# /'; bad=1; fi
}
sources=$(git ls-files '*.c' '*.h' | grep -v '^tests/')
check "only services/runtime includes the libraries of the bus and the stores" \
  "$(grep -nE '#\s*include\s*<(czmq|zmq|msgpack|libpq-fe|hiredis)' $(printf '%s\n' $sources | grep -v '^services/runtime/') 2>/dev/null)"
check "SQL stands in stores and schemas only" \
  "$(grep -niE '"\s*(select|insert into|update|delete from|with)\s' $(printf '%s\n' $sources | grep '^services/' | grep -vE '_store\.c$|^services/runtime/') 2>/dev/null)"
check "no file of code is longer than 700 lines" "$(wc -l $sources | awk '$2 != "total" && $1 > 700')"
check "no function is longer than 60 lines" \
  "$(printf '%s\n' $sources | grep '\.c$' | ctags --languages=C --c-kinds=f --fields=+ne -f - -L - 2>/dev/null |
     awk -F'\t' '{ line = 0; end = 0; for (i = 4; i <= NF; i++) { if ($i ~ /^line:/) line = substr($i, 6); if ($i ~ /^end:/) end = substr($i, 5) } if (end - line + 1 > 60) print $2 ":" $1, end - line + 1 }')"
check "decision time comes from guard.now () only" \
  "$(grep -nE '\b(now ?\(\)|current_(date|time|timestamp)|clock_timestamp ?\(|localtimestamp)' $(git ls-files 'services/*/*_store.c' 'services/*/schema/*.sql' 'services/*/schema/*/*.sql') 2>/dev/null |
     grep -vE 'guard\.now|recorded_at|runtime/schema/guard/|^services/operator/|real time')"
check "no C code asks the system for the date" \
  "$(grep -nE '\btime \(NULL\)|\bgettimeofday\b' $(printf '%s\n' $sources) 2>/dev/null | grep -v '^services/runtime/clock\.c')"
check "handlers say what they take, refuse, publish and do the second time" \
  "$(for f in $(git ls-files 'services/*/handle_*.c'); do for w in Takes: Refuses: Publishes: Repeats:; do grep -q "$w" "$f" || echo "$f lacks $w"; done; done)"
check "S-27 a query says in its head that it writes the ledger, or why no row is due" \
  "$(for f in $(git ls-files 'services/*/answer_*.c'); do
       head=$(sed '/\*\//q' "$f" | tr -d '\n*' | tr -s ' ')
       if ! grep -qi ledger <<<"$head"; then echo "$f says nothing of the ledger"
       elif grep -qE '(no|No) (ledger row|row in the ledger) is due' <<<"$head" && grep -q '\bdisclose\b' "$f"; then echo "$f writes the ledger and says it need not"; fi
     done)"
check "no goto" "$(grep -nE '\bgoto\b' $(printf '%s\n' $sources) 2>/dev/null)"
check "nothing is left to do" "$(grep -nE '\b(TODO|FIXME|XXX)\b' $(git ls-files services proto web/src deploy | grep -vE 'package-lock|node_modules') 2>/dev/null)"
check "every service has a README" "$(for s in registry sharing notify dispatch gateway operator; do [ -s services/$s/README.md ] || echo $s; done)"
hosts=$( (grep -hoE '^[^#]*https?://[^/ ]+' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null; npm config get registry 2>/dev/null) |
  grep -oE '://[^/ ]+' | cut -c4- | grep -vx 'deb.debian.org\|security.debian.org\|localhost.*\|127\..*' | sort -u)
check "no path of this machine and no package host is committed" \
  "$(for word in "$PWD/" $hosts; do [ ${#word} -lt 4 ] || git grep -nF -e "$word" -- .; done | head; git grep -nE '"resolved"' -- '*package-lock.json' | head -3)"
echo "1..$n"; exit $bad
