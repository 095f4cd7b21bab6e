/* answer_drill_list.c - who is called in drills, and how the last ones went.
 *
 * Takes:      drill_list                     (proto/notify/drill_list.query)
 * Refuses:    not_for_you  another municipality
 * Publishes:  nothing; no ledger row is due: no patient is named
 * Repeats:    reads again
 */
#include "incident_store.h"
#include "notify.h"

int notify_handle_drill_list (struct notify *self, struct request *request, const struct drill_list *message,
                              struct drill_list_answer *answer, struct error *err)
{
    struct drill drill;

    (void) self;
    if (!request->actor->municipality || strcmp (request->actor->municipality, message->municipality) != 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "another municipality's drills");
    if (drill_get (request->db, request->arena, message->municipality, &drill, err) < 0)
        return -1;
    answer->people = drill.people;
    answer->offices = drill.offices;
    return drill_lines (request->db, request->arena, message->municipality, &answer->drills, err);
}
