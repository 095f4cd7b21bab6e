/* facility_proofs_put: facilities get a proof of what residents will see of them.
 *
 * Takes:     facilities.
 * Refuses:   none named; not_for_you: one that does not exist or that the sender's municipality does not look after (none is sent then).
 * Publishes: nothing: what is known of them stays as it is.
 * Repeats:   one that still waits goes on, with the same link.
 */
#include "facility_proof_store.h"
#include "facility_review_store.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_rules.h"

int registry_handle_facility_proofs_put (struct registry *self, struct request *request, const struct facility_proofs_put *message,
                                         struct done *answer, struct error *err)
{
    struct facility_marks marks;

    (void) self;
    (void) answer;
    if (message->facilities.count == 0)
        return fail (err, ERROR_FIELD_MISSING, "/facilities", "none");
    if (session_must_be_open (request, err) < 0 || facility_review_store_marks (request, message->facilities, &marks, err) < 0)
        return -1;
    if (marks.count != message->facilities.count)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such facility, or one named twice");
    for (size_t i = 0; i < marks.count; i++)
        if (may_change_office (request->actor, marks.items[i].keeper ? marks.items[i].keeper : "", err) < 0)
            return -1;
    for (size_t i = 0; i < marks.count; i++)
        if (facility_proof_store_send (request, marks.items[i].facility_id, marks.items[i].keeper, err) < 0)
            return -1;
    return 0;
}
