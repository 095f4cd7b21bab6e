/* answer_contact_partners.c - how the other side of a registration for a sudden change is reached: hospitals of the office's people,
 * doctors of people registered with it (U-17).
 *
 * Takes:      contact_partners               (proto/notify/contact_partners.query)
 * Refuses:    nothing; an office that shares nobody has no partners
 * Publishes:  nothing; offices' numbers, no patient: no ledger row is due
 * Repeats:    reads again
 */
#include "notify.h"
#include "route_store.h"

int notify_handle_contact_partners (struct notify *self, struct request *request, const struct contact_partners *message,
                                    struct contact_partners_answer *answer, struct error *err)
{
    struct route_partner *items;

    (void) self;
    (void) message;
    if (route_partners (request->db, request->arena, &answer->partners, err) < 0)
        return -1;
    items = (struct route_partner *) answer->partners.items;
    for (size_t i = 0; i < answer->partners.count; i++)
        if (route_views (request, items[i].office_id, &items[i].routes, err) < 0)
            return -1;
    return 0;
}
