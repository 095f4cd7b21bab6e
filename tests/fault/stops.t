#!/bin/bash
# One of two engines killed or standing still, the whole engine standing still (the alarm), PostgreSQL stopped (the duty from the last copy).
# LONG=1: the engine stands still for two minutes of real time.
DEMO_PATIENTS=6 TEST_MODE=1 exec "$(dirname "$0")/../lib/with-region" node "$(dirname "$0")/stops.mjs"
