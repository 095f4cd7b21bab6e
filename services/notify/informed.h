/* informed.h - how who is only informed of an emergency is told when it is outside the own hours (practice.md "Care manager", N-48).
 *
 * The entry in the application stands at once, whatever the hour.  Calls and text messages do not come outside the own hours unless the
 * person wants them; the telephone that a care manager's office says is answered at that hour rings instead.
 */
#ifndef NOTIFY_INFORMED_H
#define NOTIFY_INFORMED_H

#include "act.h"
#include "alert_store.h"
#include "delivery_store.h"
#include "office_phones.h"

extern const struct db_statement informed_statements[];

/* manages: is the person's care manager; hours: none: own hours are what is not quiet; lines: of the office. */
struct informed { const char *person_id, *office_id; bool manages, on_call, quiet; struct phone_lines hours, lines; };
struct informed_list { struct informed *items; size_t count; };

/* Pure. */
bool informed_is_away (const struct informed *one, const struct phone_calendar *calendar, int64_t now);
/* Have own hours, are outside them and do not want to be called then. */
struct text_list informed_silent (struct arena *arena, const struct informed_list *list, const struct phone_calendar *calendar, int64_t now);
/* What rings for care managers who are away, each number once. */
struct phone_lines informed_lines (struct arena *arena, const struct informed_list *list, const struct phone_calendar *calendar, int64_t now);

int informed_load (struct act *act, const struct alert_row *alert, struct text_list but, struct informed_list *ret, struct error *err);
/* The care managers among those who take part, but whoever reported. */
int informed_managers (struct act *act, const struct alert_row *alert, struct text_list *ret, struct error *err);

/* Whom `out` leaves alone, and the calls to offices instead. */
int informed_hours (struct act *act, const struct alert_row *alert, struct text_list but, struct outgoing *out, struct error *err);

#endif
