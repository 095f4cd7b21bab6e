/* gap_store.h - what the gap check found, and what it has to look at. */
#ifndef NOTIFY_GAP_STORE_H
#define NOTIFY_GAP_STORE_H

#include "roster_gaps.h"
#include "roster_store.h"
#include "scheme_gaps.h"

extern const struct db_statement gap_statements[];

/* ---- the job ---- */

/* Rotations whose version or day is another one than when they were looked at. */
int gap_due_rotations (struct db *db, struct arena *arena, int64_t now, int64_t most, struct text_list *ret, struct error *err);
/* Replaces what is known of a rotation; a gap that stays keeps whether it was told. */
int gap_put_rotation (struct db *db, const struct rotation_rule *rule, const struct gaps *gaps, int64_t now, struct error *err);

struct due_chain { const char *area, *patient_id; };
struct due_chains { struct due_chain *items; size_t count; };
int gap_due_chains (struct db *db, struct arena *arena, int64_t now, int64_t most, struct due_chains *ret, struct error *err);
struct chain_found { bool in_use; size_t doctors; struct gap gap, yearend; struct scheme_gaps scheme; };     /* kind 0: none */
int gap_put_chain (struct db *db, const struct due_chain *chain, const struct chain_found *found, int64_t now, struct error *err);

/* Municipalities with something to warn about whose coordinators have not been told today; and those with somebody out of reach they have not
 * been told of at all.  Marks them told. */
int gap_to_tell (struct db *db, struct arena *arena, int64_t now, bool daily, struct text_list *ret, struct error *err);

/* ---- the page ---- */

int gap_lines (struct db *db, struct arena *arena, const char *municipality, int64_t now, int64_t to, bool by_name, int64_t most,
               struct roster_gap_list *ret, struct error *err);
int gap_state (struct db *db, int64_t *ret_checked_at, int64_t *ret_chains, struct error *err);

#endif
