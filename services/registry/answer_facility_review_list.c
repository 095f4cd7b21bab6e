/* facility_review_list: what residents do not see yet, or what they see, of the facilities the asker looks after.
 *
 * Takes:     reviewed or not, how far the proof is, kind, code of a municipality (a designated city covers its wards), page key.
 * Refuses:   session_locked.
 * Publishes: nothing.  No person is shown but the officer who marked: no ledger row is due.
 * Repeats:   reads only.
 */
#include "facility_review_store.h"
#include "facility_store.h"
#include "ids.h"
#include "japan.h"
#include "registry_routes.h"
#include "sessions.h"

enum { LIMIT_STANDARD = 50, LIMIT_MOST = 200 };

static struct facility_review_wanted wanted_of (const struct facility_review_list *message)
{
    struct facility_review_wanted wanted = { .reviewed = message->has_reviewed && message->reviewed, .low = "000000", .high = "999999",
        .service = message->service && *message->service ? message->service : NULL, .after = message->after,
        .proof = message->proof };

    if (message->municipality && strlen (message->municipality) == 6)
        japan_code_range (message->municipality, wanted.low, wanted.high);
    wanted.limit = !message->has_limit || message->limit < 1 ? LIMIT_STANDARD : message->limit > LIMIT_MOST ? LIMIT_MOST : message->limit;
    return wanted;
}

int registry_handle_facility_review_list (struct registry *self, struct request *request, const struct facility_review_list *message,
                                          struct facility_review_list_answer *answer, struct error *err)
{
    const struct facility_review_wanted wanted = wanted_of (message);
    struct facility_review_counts counts;

    (void) self;
    if (message->after && !uuid_is_valid (message->after))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/after", "not a key of a page");
    if (session_must_be_open (request, err) < 0
        || facility_store_services (request->db, request->arena, &answer->services, err) < 0
        || facility_review_store_list (request, &wanted, &answer->facilities, err) < 0
        || facility_review_store_count (request, &wanted, &counts, err) < 0)
        return -1;
    answer->count = counts.all;
    answer->has_proofs = answer->has_confirmed = true;
    answer->proofs = counts.proofs;
    answer->confirmed = counts.confirmed;
    if (answer->facilities.count == (size_t) wanted.limit)
        answer->next = answer->facilities.items[wanted.limit - 1].facility_id;
    return 0;
}
