/* break_glass_store.h - openings without consent as their municipality sees them: whether they are allowed, their review, and who waits for
 * it. */
#ifndef SHARING_BREAK_GLASS_STORE_H
#define SHARING_BREAK_GLASS_STORE_H

#include "sharing.h"

extern const struct db_statement break_glass_statements[];

int break_glass_store_allow (struct request *request, const struct break_glass_allow *message, struct error *err);
int break_glass_store_allowed (struct request *request, bool *ret, struct error *err);

/* Of the own municipality; *ret_found false: there is none.  Locks it. */
int break_glass_store_find (struct request *request, const char *break_id, bool *ret_found, bool *ret_reviewed, struct error *err);
int break_glass_store_review (struct request *request, const struct break_glass_review *message, struct error *err);

struct break_glass_page { struct break_glass_line *items; size_t count; };
/* Newest first, those before (at, break_id); before_id NULL: from the newest. */
int break_glass_store_page (struct request *request, int64_t before_at, const char *before_id, int64_t most, struct break_glass_page *ret,
                            struct error *err);

/* ---- job ---- */

enum { BREAK_GLASS_REVIEW_HOURS = 24, BREAK_GLASS_CALLS_MOST = 7 };

struct break_glass_call { const char *municipality; struct break_glass_unreviewed event; };
struct break_glass_calls { struct break_glass_call *items; size_t count; };
/* Some openings whose review is called for now, moved on by a day, or for good after the last call. */
int break_glass_store_call (struct db *db, struct arena *arena, int64_t now, struct break_glass_calls *ret, struct error *err);

#endif
