#!/bin/sh
# The committed papers of proto/ say what the declarations say.  BUILD names the build directory (default: build).
# When this fails: make, then copy BUILD/gen/{CATALOG.md,openapi.json,asyncapi.json} to proto/ and look at the difference.
cd "$(dirname "$0")/../.." || exit 1
build=${BUILD:-build}
count=0

check () {
    count=$((count + 1))
    if cmp -s "$build/gen/$1" "proto/$1"; then
        echo "ok $count - proto/$1 is current"
    else
        echo "not ok $count - proto/$1 is current"
        diff -u "proto/$1" "$build/gen/$1" | head -20 | sed 's/^/# /'
    fi
}

check CATALOG.md
check openapi.json
check asyncapi.json
echo "1..$count"
