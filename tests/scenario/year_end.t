#!/bin/sh
exec node "$(dirname "$0")/year_end.mjs"
