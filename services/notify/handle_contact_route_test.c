/* handle_contact_route_test.c - a contact route is tried: the system calls the number, or a person writes down the own call (U-17).
 *
 * Takes:      contact_route_test             (proto/notify/contact_route_test.command)
 * Refuses:    not_for_you     no such route, or not open to the actor
 *             reason_needed   nobody answered and nothing is said about it
 *             call_yourself   the system is to call, but it is no telephone, or the region has no adapter for calls
 *             already_there   the id was used before
 * Publishes:  a call with a fixed sentence that names nobody, when the system is to call
 * Repeats:    a second time is refused as already_there; with the same key the runtime repeats the first answer
 */
#include "ids.h"
#include "notify.h"
#include "route_store.h"

static int let_call (struct request *request, const struct contact_route_test *message, const struct route_row *route, struct error *err)
{
    char delivery_id[UUID_TEXT];

    uuid_new (delivery_id);
    poke_after_commit (request->batch, "deliver");
    if (route_add_call (request, message, arena_text (request->arena, delivery_id), err) < 0)
        return -1;
    return route_queue_call (request, message->office_id, route->address, arena_text (request->arena, delivery_id), err);
}

int notify_handle_contact_route_test (struct notify *self, struct request *request, const struct contact_route_test *message,
                                      struct done *answer, struct error *err)
{
    struct route_office office;
    struct route_row route;

    (void) answer;
    if (route_office_get (request->db, request->arena, message->office_id, &office, err) < 0
        || route_get (request->db, request->arena, message->office_id, message->route_id, &route, err) < 0)
        return -1;
    if (!office.name || !route_may_read (request->actor, &office) || !route.route_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such route, or not open to the actor");
    if (route_test_check (message, route.means, self->voice, err) < 0)
        return -1;
    return message->has_answered ? route_add_call (request, message, NULL, err) : let_call (request, message, &route, err);
}
