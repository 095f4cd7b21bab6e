/* plan_store.h - who joins, leaves or changes in an office on a day to come; under the command role. */
#ifndef PLAN_STORE_H
#define PLAN_STORE_H

#include "db.h"
#include "messages.h"
#include "staff_rules.h"

extern const struct db_statement plan_statements[];

enum { PLANS_MOST = 300 };

/* managed: only offices the asker manages; office_id NULL: all.  At most PLANS_MOST. */
struct plan_wish { const char *from, *to, *office_id; bool managed; };
int plan_store_list (struct db *db, const struct plan_wish *wish, struct arena *arena, struct staff_plan_list *ret, struct error *err);

/* Adds or changes it; not_for_you when the id is another office's. */
int plan_store_put (struct db *db, const struct office_care *care, const struct staff_plan_put *put, const char *person_id, int64_t now,
                    struct error *err);

#endif
