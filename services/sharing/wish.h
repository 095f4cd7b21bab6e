/* wish.h - documents of wish: which one counts, what contradicts it, and what a crew reads of it (EMS-09).
 *
 * A crew reads facts about the papers and one fixed sentence.  What a document asks for (enum wish_direction) only finds contradictions and
 * never leaves.  Two standing documents contradict each other when they ask for different things; one that decides nothing contradicts
 * nobody.  No I/O.
 */
#ifndef SHARING_WISH_H
#define SHARING_WISH_H

#include <stddef.h>
#include "arena.h"
#include "error.h"
#include "messages.h"

struct wish_list { struct wish_view *items; size_t count; };

extern const char wish_note[];          /* the fixed sentence */

bool wish_contradicts (const struct wish_view *one, const struct wish_view *other);

/* Sorts, newest first, and fills `contradicts` of each. */
void wish_compare (struct wish_view *documents, size_t count, struct arena *arena);
/* Of sorted documents.  The phase is left to the caller. */
void wish_summary (const struct wish_view *documents, size_t count, struct arena *arena, struct ems_acp *ret);

/* A paper is not of tomorrow. */
int wish_check_date (const char *written_on, const char *today, struct error *err);

#endif
