/* break_glass_store.h - openings without consent as their municipality sees them: whether they are allowed, and their review. */
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

#endif
