#!/bin/sh
exec node "$(dirname "$0")/outside_fails.mjs"
