/* plans.h - the list of who joins, leaves or changes: what the page and the paper share. */
#ifndef PLANS_H
#define PLANS_H

#include "plan_store.h"
#include "service.h"

/* Checks the days and reads what the asker looks after.  date_invalid, period_reversed, period_too_long (366 days), too_large. */
int plans_read (struct request *request, const struct plan_wish *wish, struct staff_plan_list *ret, struct error *err);

int plans_print (const struct staff_plan_list *plans, const struct plan_wish *wish, const char *region, int64_t now, struct arena *arena,
                 struct bytes *ret, struct error *err);

#endif
