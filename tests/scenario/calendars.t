#!/bin/sh
exec node "$(dirname "$0")/calendars.mjs"
