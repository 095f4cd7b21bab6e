/* scheme_rules.h - offices in the scheme of attending and deputy doctors (主治医・副主治医制, U-04): pure, no I/O.
 *
 * A part says from when until when an office comes, on which days, at which hours and for what.  Parts of one office never overlap.  What a
 * part promises stays as it is once it has begun and the day it was entered on is over: it can only end, and a new part follows.  Days are
 * texts (YYYY-MM-DD), which compare as days do.  Source: guide L616-618.
 */
#ifndef SCHEME_RULES_H
#define SCHEME_RULES_H

#include <stdbool.h>
#include "error.h"
#include "messages.h"
#include "service.h"

/* A part as it stands; entered_on: the day its first version was written. */
struct scheme_part { struct scheme_part_view view; const char *entered_on; };
struct scheme_parts { const struct scheme_part *items; size_t count; };

/* The office's own manager, doctors and proxies; rota office and officers of its municipality; who acts for the region.
 * Else ERROR_NOT_FOR_YOU: unknown and forbidden look alike. */
int scheme_may_change (const struct actor *actor, const char *municipality, const char *office_id, struct error *err);

/* 0, or -1 with the field that is wrong. */
int scheme_check (const struct scheme_part_put *put, struct error *err);

/* May this be written beside the office's other parts?  *ret_same: it says what is there already.  `today` in Japan.
 * ERROR_SCHEME_BEGUN at the field that can no longer change, ERROR_SCHEME_OVERLAP at /from or /until with the other part's days. */
int scheme_decide (const struct scheme_parts *parts, const struct scheme_part_put *put, const char *today, bool *ret_same,
    struct error *err);

#endif
