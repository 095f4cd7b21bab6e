#!/bin/bash
# The rules of the pages without a browser, and the lint of their sources. TAP on standard output; needs web/node_modules and the generated types.
set -u
cd "$(dirname "$0")"
lint=0
types=$(cd ../../web && npx --no-install tsc --noEmit 2>&1) || lint=1
words=$(node ../../web/lint.mjs 2>&1) || lint=1
report=$(node --test --test-reporter=tap unit/*.test.mjs 2>&1)
count=$(grep -cE '^(not )?ok ' <<<"$report")
echo "1..$((count + 1))"
grep -E '^(not )?ok |^    ?error:|^  *expected|^  *actual' <<<"$report" | sed -E 's/^ +/# /'
if [ $lint -eq 0 ]; then
  echo "ok $((count + 1)) - types and words of the pages are in order"
else
  echo "not ok $((count + 1)) - types and words of the pages are in order"
  sed 's/^/# /' <<<"$types"$'\n'"$words"
fi
! grep -qE '^not ok ' <<<"$report" && [ $lint -eq 0 ]
