/* facility_paper.h - the resources of a municipality on paper: by kind, service and place, for one audience.  Pure.
 *
 * At the head: for whom, of which day, and whom to ask; the day stands at the foot of every page as well.  An empty list says so.
 * Limits: as paper.h (60 pages, about 1,500 lines): too_large; one kind of service can be printed instead.
 */
#ifndef REGISTRY_FACILITY_PAPER_H
#define REGISTRY_FACILITY_PAPER_H

#include "facility_item_rules.h"

struct paper_facility {
    const char *name, *name_kana, *service, *place, *address, *phone;       /* NULL: not stated, but name, service and place */
    bool unproofed;                         /* shown to residents and not yet confirmed by it */
    struct known_items items;               /* what the audience may see */
};

struct facility_paper_facts {
    const char *municipality;               /* in words */
    const char *desk_phone;                 /* NULL: none */
    enum audience audience;
    const struct paper_facility *items;
    size_t count;
    int64_t now;
};

/* Sorts the facilities by kind, service and place; those of one place stay in the order they came in. */
int facility_paper_print (struct arena *arena, const struct facility_paper_facts *facts, struct bytes *ret, struct error *err);

#endif
