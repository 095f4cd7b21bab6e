#!/bin/sh
exec node "$(dirname "$0")/gateway.mjs"
