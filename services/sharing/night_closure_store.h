/* night_closure_store.h - local closures in the database, as they concern visits entrusted for nights and holidays (U-33).
 *
 * schema/0092_closures.sql.  Asked in two halves, so that the calendars of several people travel together: db_flush lies between.
 */
#ifndef SHARING_NIGHT_CLOSURE_STORE_H
#define SHARING_NIGHT_CLOSURE_STORE_H

#include "night.h"
#include "sharing.h"

extern const struct db_statement night_closure_statements[];

/* The calendar of the person's municipality and of the present attending doctor's office, of the days from one instant to another. */
struct night_asked { db_rows *rows; const char *municipality; };
int night_calendar_ask (struct db *db, const char *municipality, const char *patient_id, int64_t from, int64_t until,
                        struct night_asked *ret, struct error *err);
struct night_calendar night_calendar_take (const struct night_asked *asked, struct arena *arena);

/* Both at once. */
int night_calendar_of (struct request *request, const char *municipality, const char *patient_id, int64_t from, int64_t until,
                       struct night_calendar *ret, struct error *err);

/* Writes into entrustments read of the database which local closures lie within their duty. */
struct night_shown { const char *municipality, *patient_id; struct night_entrust_view *entrust; };
int night_show_closures (struct request *request, const struct night_shown *shown, size_t count, struct error *err);

/* Keeps what was told, unless it is older; entrustments that it may concern become due for the job night_turn.  Queued. */
int night_closure_put (struct db *db, const struct closure_changed *event, int64_t version, struct error *err);

#endif
