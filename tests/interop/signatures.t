#!/bin/sh
# What we encrypt and sign, read by packages that others wrote.  Needs BUILD/tests/unit/notify/test_push_crypt.
cd "$(dirname "$0")" || exit 1
BUILD=$(cd ../.. && realpath "${BUILD:-build}"); export BUILD
test node_modules/.stamp -nt package-lock.json || { npm ci --no-audit --no-fund --loglevel=error >&2 && touch node_modules/.stamp; }
exec node signatures.mjs
