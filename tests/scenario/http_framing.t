#!/bin/sh
exec node "$(dirname "$0")/http_framing.mjs"
