#!/bin/bash
# PostgreSQL stopped: the duty from the last copy, marked; a report refused with whom to call; nothing else.
DEMO_PATIENTS=6 TEST_MODE=1 exec "$(dirname "$0")/../lib/with-region" node "$(dirname "$0")/duty.mjs"
