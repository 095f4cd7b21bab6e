#!/bin/sh
exec node "$(dirname "$0")/types.mjs"
