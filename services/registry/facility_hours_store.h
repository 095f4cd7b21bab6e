/* facility_hours_store.h - opening hours of facilities in the database; the item they belong to (hours, meeting_hours, conference_hours) is
 * written with them.  Everything returned lives in the arena given. */
#ifndef REGISTRY_FACILITY_HOURS_STORE_H
#define REGISTRY_FACILITY_HOURS_STORE_H

#include "db.h"
#include "opening_hours.h"

extern const struct db_statement facility_hours_statements[];

struct facility_hours_said {
    const char *facility_id;
    enum hours_purpose purpose;
    struct opening_hours hours;         /* checked (opening_check); nothing in it: not known any more */
    const char *raw;                    /* as the source has it; NULL: typed in */
    enum item_source source;
    const char *source_date;            /* NULL: not stated */
    const char *set_by;                 /* person */
    int64_t now;
};

/* Ends what holds and begins this.  What is published (imports) never replaces what a survey, a body or the facility said, and is the same
 * again whatever its date.  *ret_changed: whether anything was written; NULL: not asked, then it is queued and returns at once, for many in a
 * row.  Announces nothing. */
int facility_hours_put (struct db *db, struct arena *arena, const struct facility_hours_said *said, bool *ret_changed, struct error *err);

/* What holds, as far as the reader may see it; by purpose. */
struct known_hours { enum hours_purpose purpose; struct opening_hours hours; const char *raw, *words; };
struct known_hours_list { const struct known_hours *items; size_t count; };
int facility_hours_of (struct db *db, struct arena *arena, const char *facility_id, struct known_hours_list *ret, struct error *err);

#endif
