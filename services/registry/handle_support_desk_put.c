/* support_desk_put: a municipality sets up a desk for questions about care at home, changes or closes it (O-01).
 *
 * Takes:     name, what it is there for, who runs it, address, telephone, hours, area, whether residents may turn to it.
 * Refuses:   not_for_you: another municipality's; field_unknown_choice: no municipality of the region; empty words, wrong telephone or
 *            e-mail address, naming the field.
 * Publishes: nothing: the list is read where it is shown.
 * Repeats:   the same PUT again changes nothing.
 */
#include "office_store.h"
#include "put_rules.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_rules.h"
#include "support_desk_store.h"

static int check_municipality (struct request *request, const struct support_desk_put *put, struct error *err)
{
    struct municipality_put municipality;
    const char *before;
    bool found, in_region;

    if (may_change_office (request->actor, put->municipality, err) < 0
        || office_store_municipality (request->db, put->municipality, request->arena, &found, &in_region, &municipality, err) < 0
        || support_desk_store_find (request, put->desk_id, &before, err) < 0)
        return -1;
    if (!found || !in_region)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/municipality", "not of the region");
    if (before && strcmp (before, put->municipality) != 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "another municipality's desk");
    return 0;
}

int registry_handle_support_desk_put (struct registry *self, struct request *request, const struct support_desk_put *message,
                                      struct done *answer, struct error *err)
{
    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || support_desk_check (message, request->arena, err) < 0
        || check_municipality (request, message, err) < 0)
        return -1;
    return support_desk_store_put (request, message, err);
}
