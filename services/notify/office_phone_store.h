/* office_phone_store.h - telephones of offices as rows (schema/0104_office_phones.sql). */
#ifndef NOTIFY_OFFICE_PHONE_STORE_H
#define NOTIFY_OFFICE_PHONE_STORE_H

#include "db.h"
#include "office_phones.h"

extern const struct db_statement office_phone_statements[];

/* How the lines of the office `o` are written for phone_read (); of a telephone the parts in this order. */
#define PHONE_LINE(p) "concat_ws (' ', " p ".office_id, " p ".number, nullif (array_to_string (" p ".hours, ' '), ''))"

/* numbers: as kept, beside phones. */
int office_phones_put (struct db *db, const struct office_phones_put *put, const char *const *numbers, const char *by, int64_t now,
                       struct error *err);

struct office_phone_state { const char *registered, *set_by; int64_t set_at; struct phone_lines lines; };      /* set_at 0: never written */
int office_phones_get (struct db *db, struct arena *arena, const char *office_id, struct office_phone_list *ret,
                       struct office_phone_state *ret_state, struct error *err);

/* ---- the gap check ---- */

struct checked_office { const char *office_id, *area; bool staff; struct phone_lines lines; };     /* staff: have telephones of their own */
struct checked_offices { struct checked_office *items; size_t count; };
int office_phones_due (struct db *db, struct arena *arena, int64_t now, int64_t most, struct checked_offices *ret, struct error *err);
/* from 0: there is always somebody. */
int office_phones_checked (struct db *db, const char *office_id, int64_t from, int64_t to, int64_t now, struct error *err);

#endif
