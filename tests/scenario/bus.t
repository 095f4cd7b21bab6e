#!/bin/sh
# Strangers, a revoked key and principals that ask for too much, at the sockets of a running region (security §2.4): see bus.c.
top=$(cd "$(dirname "$0")/../.." && pwd); cd "$top" || exit 1
build=${BUILD:-build}
make -s BUILD="$build" "$build/tests/scenario/bus" >&2 || exit 1
[ "$(id -u)" != 0 ] || as="setpriv --reuid=renkei --regid=renkei --init-groups"
# A command that makes registry ring its doorbell.
ring='import { session } from "./tests/scenario/lib.mjs"; import crypto from "node:crypto";
  await (await session ("admin-1")).must ("PUT", `/people/${crypto.randomUUID()}`, { name: "鈴 鳴", name_kana: "スズ ナル", email: "bell@example.invalid" });'
exec env KEYS="$DATA/keys" KEYS_AS="${as:-}" RENKEI_KEYS="$DATA/app/bin/renkei-keys" RING="node --input-type=module -e '$ring'" "$build/tests/scenario/bus"
