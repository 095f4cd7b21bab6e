/* letter_paper.h - letters to facilities as forms on paper: what is known, what is asked, whom it may be shown to, the return code that files
 * the answer, and a square with the link for a telephone.  Each begins on a page of its own.  Pure; memory: the arena's.
 * Errors: see paper.h. */
#ifndef REGISTRY_LETTER_PAPER_H
#define REGISTRY_LETTER_PAPER_H

#include "letter_store.h"
#include "paper.h"

struct letter_form { const struct letter *letter; struct letter_item_list items; const char *link; /* NULL: none */ };

int letter_paper_print (struct arena *arena, const struct letter_form *forms, size_t count, int64_t now, struct bytes *ret, struct error *err);

#endif
