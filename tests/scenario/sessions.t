#!/bin/sh
exec node "$(dirname "$0")/sessions.mjs"
