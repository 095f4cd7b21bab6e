/* handle_contact_route_remove.c - a contact route serves no more; its trials stay (U-17).
 *
 * Takes:      contact_route_remove           (proto/notify/contact_route_remove.command)
 * Refuses:    not_for_you     no such office, or not the actor's to write for
 * Publishes:  nothing
 * Repeats:    a route that is not there stays away
 */
#include "notify.h"
#include "route_store.h"

int notify_handle_contact_route_remove (struct notify *self, struct request *request, const struct contact_route_remove *message,
                                        struct done *answer, struct error *err)
{
    struct route_office office;

    (void) self;
    (void) answer;
    if (route_office_for_edit (request, message->office_id, &office, err) < 0)
        return -1;
    return route_remove (request, message->office_id, message->route_id, err);
}
