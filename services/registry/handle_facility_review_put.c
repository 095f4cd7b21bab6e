/* facility_review_put: residents may see these facilities, or may not any more.
 *
 * Takes:     facilities, reviewed or not, why when the mark is taken back.
 * Refuses:   none named; not_for_you: one that does not exist or that the sender's municipality does not look after (nothing is marked then).
 *            The office itself does not review itself.
 * Publishes: facility_changed for each whose mark changed.  The view facility_public asks the rows written here: it holds with this COMMIT.
 * Repeats:   the same again changes and announces nothing.
 */
#include "facility_review_store.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_rules.h"
#include "text_same.h"

static int mark (struct request *request, const struct facility_marked *facility, const struct facility_review_put *message,
                 struct error *err)
{
    const struct facility_changed event = { .facility_id = facility->facility_id, .municipality = facility->located_in,
                                            .service = facility->service };

    if (facility->reviewed == message->reviewed)
        return 0;
    if ((message->reviewed ? facility_review_store_give (request, facility, err)
                           : facility_review_store_take (request, facility, text_or_null (message->why), err)) < 0)
        return -1;
    return announce (request, &facility_changed_message, &event, facility->keeper ? facility->keeper : facility->located_in, err);
}

int registry_handle_facility_review_put (struct registry *self, struct request *request, const struct facility_review_put *message,
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
        if (mark (request, &marks.items[i], message, err) < 0)
            return -1;
    return 0;
}
