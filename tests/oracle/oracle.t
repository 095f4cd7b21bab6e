#!/bin/sh
exec node "$(dirname "$0")/oracle.mjs"
