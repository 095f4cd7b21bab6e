/* gap_load.h - everything the gap check looks at for some orders of doctors: one year of the rotations they name, read once. */
#ifndef NOTIFY_GAP_LOAD_H
#define NOTIFY_GAP_LOAD_H

#include "gap_store.h"

/* One input a chain, as chain_gaps () wants it for [from, to); scheme: of all offices they rely on. */
int gap_load_chains (struct db *db, struct arena *arena, const struct due_chains *chains, int64_t from, int64_t to,
                     struct resolver_input **ret, struct scheme_known *ret_scheme, struct error *err);

/* The gaps of some rotations in [from, to): one list each. */
int gap_load_rotations (struct db *db, struct arena *arena, struct text_list ids, int64_t from, int64_t to, struct rotation_list_of *rotations,
                        struct gaps **ret, struct error *err);

#endif
