/* preference_store.h - how a person wants to be told, as a row of that person alone. */
#ifndef NOTIFY_PREFERENCE_STORE_H
#define NOTIFY_PREFERENCE_STORE_H

#include "service.h"

extern const struct db_statement preference_statements[];

enum { QUIET_FROM = 20 * 60, QUIET_TO = 8 * 60, AFTER_MOST = 120 };            /* standard quiet hours, minutes of the day */

int preference_get (struct request *request, struct preference_answer *ret, struct error *err);
int preference_set (struct request *request, const struct preference_put *put, struct error *err);

#endif
