/* handle_last_resort_test.c - a test call to the last resort is written down; due every month.
 *
 * Takes:      last_resort_test               (proto/notify/last_resort_test.command)
 * Refuses:    not_for_role   another municipality
 *             not_for_you    no last resort is set there
 *             reason_needed  nobody answered and nothing is said about it
 *             already_there  the id was used before
 * Publishes:  nothing
 * Repeats:    a second time is refused as already_there; with the same key the runtime repeats the first answer
 */
#include "desk_store.h"
#include "notify.h"
#include "roster_rules.h"
#include "roster_store.h"

int notify_handle_last_resort_test (struct notify *self, struct request *request, const struct last_resort_test *message,
                                    struct done *answer, struct error *err)
{
    struct desk desk;

    (void) self;
    (void) answer;
    if (roster_decide (request->actor, message->municipality, err) < 0
        || roster_desk (request->db, request->arena, message->municipality, &desk, err) < 0)
        return -1;
    if (!desk.name)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no last resort is set");
    if (!message->answered && (!message->note || strspn (message->note, " ") == strlen (message->note)))
        return fail (err, ERROR_REASON_NEEDED, "/note", "nobody answered: what was done");
    return desk_add_call (request, message, desk.phone, err);
}
