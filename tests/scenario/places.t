#!/bin/bash
# A region starts wherever it is put: in a folder only root may enter, under a long name, beside another one, as a plain user, a second time.
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/renkei-places-XXXXXX"); chmod 0755 "$work"
export BUILD=${BUILD:-build} DEMO_PATIENTS=2
unset VAR DATA RUN BASE TEST_MODE
n=0 bad=0 base=${PLACES_PORT:-19600} first=$work/long
result() { n=$((n + 1)); if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; tail -5 "$work/log" | sed 's/^/# /'; bad=1; fi; }
answers() { curl -fsS -m 3 -o /dev/null "http://127.0.0.1:$1/readyz"; }
start() { PORT=$1 VAR=$2 "$top/deploy/region" start >"$work/log" 2>&1 && answers "$1"; }
stop() { # VAR: also removes what lies elsewhere
  local where; where=$(VAR=$1 "$top/deploy/region" where)
  VAR=$1 "$top/deploy/region" stop >/dev/null 2>&1
  eval "$where"; rm -rf "$DATA" "$RUN"; unset DATA RUN
}
name=$(printf 'v%.0s' $(seq 90)); first=$work/$name

start "$base" "$first"; result $? "VAR of 90 characters"
if [ "$(id -u)" = 0 ]; then
  mkdir -m 0700 "$work/closed"
  start $((base + 10)) "$work/closed/var"; result $? "VAR in a folder only root may enter, beside a region that runs"
  [ -s "$work/closed/var/data" ]; result $? "...which says where its data lies"
  stop "$work/closed/var"
else
  start $((base + 10)) "$work/second"; result $? "two regions at once"
  stop "$work/second"
fi
answers "$base"; result $? "the first region still answers"
start "$base" "$first"; result $? "a second call finds it as it was"
grep -q demo "$work/log"; result $? "...and says where to click"
! start "$base" "$work/other" && grep -q "port $base is taken" "$work/log"; result $? "a taken port is said in words"
stop "$first"; ! answers "$base" 2>/dev/null; result $? "stop ends it"
if [ "$(id -u)" = 0 ] && id nobody >/dev/null 2>&1; then
  mkdir "$work/user"; chown nobody "$work/user"
  if runuser -u nobody -- test -r "$top/deploy/region" -a -x "$top"; then
    runuser -u nobody -- env HOME="$work/user" TMPDIR="$work/user" PORT=$((base + 20)) VAR="$work/user/var" BUILD="$BUILD" DEMO_PATIENTS=2 "$top/deploy/region" start >"$work/log" 2>&1 &&
      answers $((base + 20)); result $? "a plain user's region runs as that user"
    runuser -u nobody -- env HOME="$work/user" TMPDIR="$work/user" VAR="$work/user/var" "$top/deploy/region" stop >/dev/null 2>&1
  else
    n=$((n + 1)); echo "ok $n - a plain user's region # SKIP the tree is not readable for others"
  fi
fi
rm -rf "$work"
echo "1..$n"; exit $bad
