/* mandate_put: a municipality lets an office, such as a joint one, act for it; or the period changes (KU-11).
 *
 * Takes:     municipality, office, first and last day, by whose decision.
 * Refuses:   field_unknown_choice: a municipality that is not of the region, or the office's own; not_for_you: no such office, or another
 *            municipality or office than before under the same id; days reversed or none; text_empty: nobody decided it.
 * Publishes: nothing: whom one may act for is asked with each request (session_actor).
 * Repeats:   the same PUT again changes nothing but who wrote it.
 */
#include "mandate_store.h"
#include "people.h"
#include "put_rules.h"
#include "registry_routes.h"
#include "sessions.h"

static int check_sides (struct request *request, const struct mandate_put *put, struct error *err)
{
    struct municipality_put municipality;
    struct office_put office;
    bool found, in_region;

    if (office_found (request, put->office_id, &office, err) < 0
        || office_store_municipality (request->db, put->municipality, request->arena, &found, &in_region, &municipality, err) < 0)
        return -1;
    if (!found || !in_region || strcmp (office.municipality, put->municipality) == 0)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/municipality", "not of the region, or the office's own");
    return 0;
}

int registry_handle_mandate_put (struct registry *self, struct request *request, const struct mandate_put *message, struct done *answer,
                                 struct error *err)
{
    struct mandate_put old;
    int64_t version;
    bool found;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || mandate_check (message, request->arena, err) < 0
        || check_sides (request, message, err) < 0
        || subject_lock (request->db, request->arena, message->mandate_id, &version, err) < 0
        || mandate_store_find (request, message->mandate_id, &found, &old, err) < 0)
        return -1;
    if (found && (strcmp (old.municipality, message->municipality) != 0 || strcmp (old.office_id, message->office_id) != 0))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "another mandate has this id");
    return mandate_store_put (request, message, !found, err);
}
