/* desk_store.h - test calls to the last resorts. */
#ifndef NOTIFY_DESK_STORE_H
#define NOTIFY_DESK_STORE_H

#include "service.h"

enum { DESK_CALLS_SHOWN = 12, DESK_CALL_DAYS = 31 };

extern const struct db_statement desk_statements[];

/* Newest first, at most DESK_CALLS_SHOWN. */
int desk_calls (struct db *db, struct arena *arena, const char *municipality, struct last_resort_call_list *ret, struct error *err);
/* ERROR_ALREADY_THERE: the id was used before. */
int desk_add_call (struct request *request, const struct last_resort_test *message, const char *phone, struct error *err);

/* The newest call to this number was answered, and is not older than DESK_CALL_DAYS. */
bool desk_is_tested (const struct last_resort_call_list *calls, const char *phone, int64_t now);

#endif
