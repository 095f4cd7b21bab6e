#!/bin/bash
# Every program killed at every fail point with fifty commands in flight: nothing lost, nothing twice (I1-I7, I9, I13).
exec "$(dirname "$0")/with-failpoints" kill.mjs
