/* list_store.h - lists of patients: the reader's own or all that are open, by latest change, or found by a part of the name or by a
 * telephone: the person's own or that of somebody to call. */
#ifndef SHARING_LIST_STORE_H
#define SHARING_LIST_STORE_H

#include "sharing.h"
#include "standing.h"

extern const struct db_statement list_statements[];

struct list_wanted {
    const char *folded;             /* search form of the text; NULL or "": all */
    const char *phone;              /* ems_phone_key () of the text; found by it alone; NULL: the text is no number */
    bool mine;                      /* only with a seat of one's own */
    bool after;                     /* the page after this key */
    int64_t after_changed_at;
    const char *after_id;
    int64_t most;
};

struct list_line { struct patient_line line; enum ground ground; };
struct list_page { struct list_line *items; size_t count; int64_t total; };

/* One more than `most` when there is a next page. */
int list_store_page (struct request *request, const struct list_wanted *wanted, struct list_page *ret, struct error *err);

#endif
