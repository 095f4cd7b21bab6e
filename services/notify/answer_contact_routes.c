/* answer_contact_routes.c - how an office is reached by day and by night, and when somebody answered there last (U-17).
 *
 * Takes:      contact_routes                 (proto/notify/contact_routes.query)
 * Refuses:    not_for_you     no such office, or the reader neither works there, nor keeps its municipality, nor shares a person with it
 * Publishes:  nothing; offices' numbers, no patient: no ledger row is due
 * Repeats:    reads again
 */
#include "notify.h"
#include "route_store.h"

int notify_handle_contact_routes (struct notify *self, struct request *request, const struct contact_routes *message,
                                  struct contact_routes_answer *answer, struct error *err)
{
    struct route_office office;

    if (route_office_get (request->db, request->arena, message->office_id, &office, err) < 0)
        return -1;
    if (!office.name || !route_may_read (request->actor, &office))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such office, or not open to the reader");
    answer->office = office.name;
    answer->may_edit = route_may_edit (request->actor, &office);
    answer->can_call = self->voice;
    return route_views (request, message->office_id, &answer->routes, err);
}
