/* handle_drill_contact_put.c - who is called in drills and exercises; nobody else is (N-64, EMS-16).
 *
 * Takes:      drill_contact_put              (proto/notify/drill_contact_put.command)
 * Refuses:    not_for_you  another municipality
 * Publishes:  nothing
 * Repeats:    the list is written anew
 */
#include "incident_store.h"
#include "notify.h"

int notify_handle_drill_contact_put (struct notify *self, struct request *request, const struct drill_contact_put *message,
                                     struct done *answer, struct error *err)
{
    (void) self;
    (void) answer;
    if (!request->actor->municipality || strcmp (request->actor->municipality, message->municipality) != 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "another municipality's drill");
    return drill_put (request->db, request->arena, message, request->actor->person_id, err);
}
