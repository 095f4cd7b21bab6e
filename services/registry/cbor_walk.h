/* cbor_walk.h - the bounded walk over CBOR (RFC 8949) before libcbor sees it.
 *
 * libcbor allocates a map for as many entries as its header claims: 6 bytes made it ask for 23 GiB (found by tests/fuzz/registry/fuzz_webauthn.c).
 * The walk refuses what no credential needs: counts over the remaining bytes, more than 4 levels, indefinite lengths, tags, floats.
 */
#ifndef REGISTRY_CBOR_WALK_H
#define REGISTRY_CBOR_WALK_H

#include <stdbool.h>
#include "codec.h"

/* True when `in` is exactly `count` such values, one after the other. */
bool cbor_are_values (struct bytes in, int count);

#endif
