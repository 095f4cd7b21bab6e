#!/bin/sh
exec node "$(dirname "$0")/fax.mjs"
