/* fhir_read: one resource of FHIR R4 by its id, for everybody, as residents may see it.
 *
 * Takes:     type and id; _format.
 * Refuses:   too_many_requests of one network source; not_for_you: no such type, no such facility, or none that residents may see;
 *            field_unknown_choice at /format.
 * Publishes: nothing.  No person is shown: no ledger row is due.  Reads facility_public and facility_public_item only.
 * Repeats:   reads only.
 */
#include "fhir_answer.h"
#include "ids.h"
#include "public_search.h"
#include "registry_routes.h"

int registry_handle_fhir_read (struct registry *self, struct request *request, const struct fhir_read *message, struct file_answer *answer,
                               struct error *err)
{
    enum fhir_type type = fhir_type_of (message->type);
    struct open_wanted wanted = { .facility_id = message->id, .limit = 1 };
    struct open_facilities found = { 0 };

    if (stranger_may_ask (self, request, err) < 0 || fhir_format_check (message->format, err) < 0)
        return -1;
    if (type != FHIR_NONE && uuid_is_valid (message->id) && export_public_search (request->db, request->arena, &wanted, &found, err) < 0)
        return -1;
    if (found.count == 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such resource");
    answer->body = fhir_resource (request->arena, type, &found.items[0]);
    answer->media_type = FHIR_MEDIA_TYPE;
    return 0;
}
