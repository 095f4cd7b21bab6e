/* handle_contact_route_put.c - how hospitals and doctors reach an office, by day and by night (U-17).
 *
 * Takes:      contact_route_put              (proto/notify/contact_route_put.command)
 * Refuses:    not_for_you     no such office, or not the actor's to write for; the id is another office's, or of a route taken away
 *             phone_invalid, text_empty   no number
 *             list_too_long   more routes than anybody reads at night
 * Publishes:  nothing
 * Repeats:    writes the same again; only another number or means begins without trials
 */
#include "notify.h"
#include "route_store.h"

static int check_room (struct request *request, const char *office_id, struct error *err)
{
    int64_t count;

    if (route_count (request->db, office_id, &count, err) < 0)
        return -1;
    if (count < ROUTES_MOST)
        return 0;
    fail (err, ERROR_LIST_TOO_LONG, NULL, "too many routes");
    return fail_param (err, "most", "%d", ROUTES_MOST);
}

int notify_handle_contact_route_put (struct notify *self, struct request *request, const struct contact_route_put *message,
                                     struct done *answer, struct error *err)
{
    struct route_office office;
    struct route_row old;
    const char *address;

    (void) self;
    (void) answer;
    if (route_office_for_edit (request, message->office_id, &office, err) < 0
        || route_check (message, request->arena, &address, err) < 0
        || route_get (request->db, request->arena, message->office_id, message->route_id, &old, err) < 0
        || (!old.route_id && check_room (request, message->office_id, err) < 0))
        return -1;
    return route_put (request, message, office.municipality, address, !old.route_id, err);
}
