#!/bin/bash
# PostgreSQL stopped at once and started again; Redis away, slow, empty, lying; registry and sharing away; everything killed with an alert open.
exec "$(dirname "$0")/with-failpoints" stores.mjs
