#!/bin/sh
exec node "$(dirname "$0")/dispatch.mjs"
