#!/bin/sh
exec node "$(dirname "$0")/papers.mjs"
