/* hearing_store.h - what a subscriber remembers about a publisher: cursor, positions, attempts, quarantine, fills; engine connection. */
#ifndef RUNTIME_HEARING_STORE_H
#define RUNTIME_HEARING_STORE_H

#include "db.h"
#include "messages.h"

extern const struct db_statement hearing_statements[];      /* ended by a row without name */

struct hearing_cursor {
    bool known, filled;
    struct event_position at, start;
    bool was_stopped_cleanly;           /* the lease was given back, or nobody ever had it */
};
int hearing_store_cursor (struct db *db, const char *source, const char *lease, struct hearing_cursor *ret, struct error *err);
int hearing_store_begin_cursor (struct db *db, const char *source, const struct event_position *start, struct error *err);
int hearing_store_move_cursor (struct db *db, const char *source, const struct event_position *to, struct error *err);
int hearing_store_from_beginning (struct db *db, const char *source, struct error *err);     /* makes or changes the cursor */
int hearing_store_filled (struct db *db, const char *source, struct error *err);
int hearing_store_release (struct db *db, const char *lease, const char *holder, struct error *err);

/* Fills: one row per state event.  *ret_done true and *ret_after NULL when there is no row. */
int hearing_store_fill (struct db *db, const char *source, const char *event, struct arena *arena, bool *ret_begun, bool *ret_done,
                        const char **ret_after, struct error *err);
int hearing_store_fill_to (struct db *db, const char *source, const char *event, const char *after, bool done, struct error *err);
int hearing_store_fill_again (struct db *db, const char *source, const char *event, struct error *err);

/* One subject of a batch.  `last` is as locked; `now` as it will be. */
struct hearing_subject { const char *subject; int64_t last, now; bool waits /* in quarantine */, retried /* has attempts */; };
/* subjects sorted, without repeats; locks them and fills in the rest. */
int hearing_store_lock (struct db *db, const char *source, struct hearing_subject *subjects, size_t count, struct arena *arena,
                        struct error *err);
/* Those whose `now` is past `last`; fails with still_running when somebody else was faster. */
int hearing_store_advance (struct db *db, const char *source, const struct hearing_subject *subjects, size_t count, struct arena *arena,
                           struct error *err);
int hearing_store_inbox (struct db *db, const char *source, struct text_list event_ids, struct arena *arena, struct error *err);

int hearing_store_attempt (struct db *db, const char *source, const struct event_envelope *event, int64_t *ret_attempts, struct error *err);
/* Subjects to pull again now, at most 64. */
struct hearing_due { const char *subject; int64_t version; };
int hearing_store_due (struct db *db, const char *source, struct arena *arena, struct hearing_due ret[64], size_t *ret_count,
                       struct error *err);
int hearing_store_quarantine (struct db *db, const char *source, const struct event_envelope *event, int64_t attempts, const char *reason,
                              int64_t now, struct arena *arena, struct error *err);

/* The operator's side. */
int hearing_store_quarantined (struct db *db, struct arena *arena, struct quarantine_line_list *ret, struct error *err);
int hearing_store_quarantine_count (struct db *db, int64_t *ret, struct error *err);
int hearing_store_release_event (struct db *db, const char *event_id, bool skip, const char *person, const char *reason, int64_t now,
                                 bool *ret_found, struct error *err);

#endif
