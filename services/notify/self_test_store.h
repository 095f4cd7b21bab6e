/* self_test_store.h - the alert the machine makes for itself: what was begun, and how it ended. */
#ifndef NOTIFY_SELF_TEST_STORE_H
#define NOTIFY_SELF_TEST_STORE_H

#include "service.h"

extern const struct db_statement self_test_statements[];

struct self_test { const char *alert_id; int64_t started_at; bool delivered; };

/* The municipality to test: the first that has a last resort; NULL: none. */
int self_test_place (struct db *db, struct arena *arena, const char **ret, struct error *err);
/* The one under way (alert_id NULL: none), and whether its call has arrived at the provider. */
int self_test_open (struct db *db, struct arena *arena, struct self_test *ret, struct error *err);
int self_test_last (struct db *db, int64_t *ret_started_at, struct error *err);         /* 0: never */
int self_test_begin (struct db *db, const char *municipality, const char *alert_id, int64_t now, struct error *err);
int self_test_end (struct db *db, const char *alert_id, bool ok, int64_t now, struct error *err);

#endif
