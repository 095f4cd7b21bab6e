#!/bin/bash
# The checker of the fault tests catches planted bugs: lost, doubled, reordered events, a skipped ledger row, foreign rows, stale Redis, a lost
# wake-up, an answer before commit, a command that ran twice, an unresolved outcome.
exec "$(dirname "$0")/with-failpoints" planted.mjs
