#!/bin/bash
# The walks through the pages in a real browser, against the region that VAR names (tests/lib/with-region). TAP on standard output.
set -eu
cd "$(dirname "$0")"
test node_modules/.stamp -nt package-lock.json || { npm ci --no-audit --no-fund --loglevel=error >&2 && touch node_modules/.stamp; }
export REGION=${REGION:-$VAR/region.json}
exec node run.mjs "$@"
