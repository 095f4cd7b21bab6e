/* shift_cache_store.h - shift tables of rotations in Redis: who has duty in the next 60 days, with the version they were made from.
 *
 * A table is believed only when its version is the rotation's version in PostgreSQL, its digest is the one written down there when it was
 * made, and it covers the interval; else the shifts are computed.  So Redis empty, stale, stopped or lying never changes an answer.
 * Threads: one connection behind a mutex (50 ms at most, cache.h).  The report and the engine do not use it.
 */
#ifndef NOTIFY_SHIFT_CACHE_H
#define NOTIFY_SHIFT_CACHE_H

#include "roster.h"

struct shift_cache;

enum { SHIFT_TABLE_DAYS = 60 };

struct shift_cache *shift_cache_open (const char *redis_socket);
void shift_cache_close (struct shift_cache **cache);

/* A shift_source; with NULL it computes. */
struct duty_spans shift_cache_shifts (void *cache, struct db *db, struct arena *arena, const struct rotation_rule *rule,
                                      const struct absence_list_of *absences, int64_t from, int64_t to);

/* Makes one table from the rule and what lies on it, remembers its digest in this transaction, and puts it into Redis. */
int shift_cache_write (struct shift_cache *cache, struct db *db, struct arena *arena, const struct rotation_rule *rule, int64_t now,
                       struct error *err);

/* Redis has something of this version. */
bool shift_cache_holds (struct shift_cache *cache, struct arena *arena, const struct rotation_rule *rule);

/* Counts for tests and metrics. */
int64_t shift_cache_hits (const struct shift_cache *cache);

extern const struct db_statement shift_statements[];

/* Rotations whose table is missing, old, or ends in less than 30 days. */
int shift_stale (struct db *db, struct arena *arena, int64_t now, struct text_list *ret, struct error *err);

/* Text form: one line a span, "from to person office absent day turn kind change", "-" for none.  NULL spans.items with count 0 on bad text. */
char *shift_text (struct arena *arena, const struct duty_spans *spans);
bool shift_parse (struct arena *arena, const char *text, struct duty_spans *ret);

#endif
