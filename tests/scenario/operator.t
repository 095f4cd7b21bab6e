#!/bin/sh
exec node "$(dirname "$0")/operator.mjs"
