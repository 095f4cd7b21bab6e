/* events_store.h - reads the event log of the service's schema; engine connection. */
#ifndef RUNTIME_EVENTS_STORE_H
#define RUNTIME_EVENTS_STORE_H

#include "db.h"
#include "messages.h"

/* Rows after a version for each subject, at most `each` per subject, ascending. */
int events_store_of (struct db *db, struct text_list subjects, struct i64_list after_versions, int64_t each, struct arena *arena,
                     db_rows **ret, struct error *err);
/* Rows after a position and below the horizon; older incarnations than the present have no horizon any more.  names: of the events wanted;
 * empty: all. */
int events_store_after (struct db *db, const struct event_position *after, struct text_list names, int64_t limit, struct arena *arena,
                        db_rows **ret, struct error *err);
struct event_envelope events_store_row (const db_rows *rows, int row, const char *source, struct arena *arena);

/* Every event of a transaction that is not finished now stands after this position. */
int events_store_horizon (struct db *db, struct event_position *ret, struct error *err);
/* The position a subscriber last asked after; keeps the log from being dropped behind its back. */
int events_store_subscriber (struct db *db, const char *name, const struct event_position *position, struct error *err);

#endif
