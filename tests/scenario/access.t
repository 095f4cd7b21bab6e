#!/bin/sh
exec node "$(dirname "$0")/access.mjs"
