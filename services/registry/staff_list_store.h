/* staff_list_store.h - offices and the people of an office, for those who look after them; under the command role. */
#ifndef STAFF_LIST_STORE_H
#define STAFF_LIST_STORE_H

#include "db.h"
#include "messages.h"
#include "staff_rules.h"

extern const struct db_statement staff_list_statements[];

/* municipality NULL: of the whole region.  managed: only those the asker manages; due: only those whose rights were not reviewed for a year
 * before now.  after: office id of the last line of the page before, or NULL. */
struct office_wish { const char *municipality, *folded, *after; int64_t limit, now; bool managed, due; };
int staff_list_offices (struct db *db, const struct office_wish *wish, struct arena *arena, struct office_line_list *ret, struct error *err);

/* *ret NULL: no such office. */
int staff_list_office (struct db *db, const char *office_id, struct arena *arena, struct office_line **ret, struct error *err);

/* standings[i] belongs to ret->items[i]. */
/* unused: for 60 days before now. */
int staff_list_people (struct db *db, const char *office_id, int64_t now, struct arena *arena, struct office_person_list *ret,
                       struct standing **ret_standings, struct error *err);

#endif
