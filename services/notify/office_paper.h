/* office_paper.h - who has duty until tomorrow noon and how to reach everybody, on one sheet for an office: what a night without the system
 * needs (S-58).  It names staff, never anybody in care.  Pure; memory: the arena's.  Errors: see paper.h. */
#ifndef NOTIFY_OFFICE_PAPER_H
#define NOTIFY_OFFICE_PAPER_H

#include "duty.h"
#include "paper.h"

enum { OFFICE_PAPER_HOURS = 36 };

struct office_number { const char *name, *phone; };
struct office_paper_facts {
    const char *office, *municipality;      /* names */
    const struct duty_lines *lines;         /* of the municipality; those that touch [now, now + 36 h) are printed */
    const struct office_number *numbers;    /* duty telephones of offices, the last resort first */
    size_t number_count;
    int64_t now;
};
int office_paper_print (struct arena *arena, const struct office_paper_facts *facts, struct bytes *ret, struct error *err);

#endif
