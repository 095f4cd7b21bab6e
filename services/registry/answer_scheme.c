/* scheme: when an office comes as attending or deputy doctor, now, later and before (U-04).
 *
 * Takes:     the office.
 * Refuses:   session_locked; not_for_you: no such office.
 * Publishes: nothing.  Offices and their hours, no patient: no ledger row is due.  Of a municipality that is not open to the reader no part
 *            is shown.
 * Repeats:   reads only.
 */
#include "people.h"
#include "registry_routes.h"
#include "scheme_store.h"
#include "sessions.h"

int registry_handle_scheme (struct registry *self, struct request *request, const struct scheme *message, struct scheme_answer *answer,
                            struct error *err)
{
    struct scheme_part_view *items;
    struct scheme_parts parts;
    struct office_put office;

    (void) self;
    if (session_must_be_open (request, err) < 0 || office_found (request, message->office_id, &office, err) < 0
        || scheme_store_parts (request->db, message->office_id, request->arena, &parts, err) < 0)
        return -1;
    items = arena_alloc (request->arena, sizeof *items * (parts.count + 1));
    for (size_t i = 0; i < parts.count; i++)
        items[i] = parts.items[i].view;
    answer->office = office.name;
    answer->municipality = office.municipality;
    answer->may_edit = scheme_may_change (request->actor, office.municipality, message->office_id, &(struct error) { 0 }) == 0;
    answer->parts = (struct scheme_part_view_list) { items, parts.count };
    return 0;
}
