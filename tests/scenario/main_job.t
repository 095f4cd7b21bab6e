#!/bin/sh
exec node "$(dirname "$0")/main_job.mjs"
