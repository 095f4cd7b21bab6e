/* office_paper_store.h - which offices lack tonight's paper, what opens it, whose numbers stand on it. */
#ifndef NOTIFY_OFFICE_PAPER_STORE_H
#define NOTIFY_OFFICE_PAPER_STORE_H

#include "office_paper.h"
#include "service.h"

extern const struct db_statement office_paper_statements[];

enum { OFFICE_PAPERS_A_RUN = 10 };
struct office_due { const char *office_id, *name, *password; };         /* password NULL: none yet */
struct office_due_list { struct office_due *items; size_t count; const char *located_in, *municipality; };

/* Offices of one municipality where somebody works and whose paper is older than this day; none: count 0. */
int office_paper_due (struct db *db, struct arena *arena, const char *day, struct office_due_list *ret, struct error *err);
/* Last resort first, then offices with a duty telephone, by name; at most 500. */
int office_paper_numbers (struct db *db, struct arena *arena, const char *located_in, struct office_number **ret, size_t *ret_count,
                          struct error *err);
int office_paper_made (struct db *db, const struct office_due *office, const char *located_in, const char *day, int64_t now, struct error *err);
int office_paper_own (struct request *request, struct office_paper_answer *answer, struct error *err);

#endif
