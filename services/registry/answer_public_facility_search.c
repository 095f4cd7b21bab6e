/* public_facility_search: what residents find, nobody logged in.
 *
 * Takes:     words, kinds or items of which any fits, municipality (a designated city covers its wards) or a place on the map, page key.
 * Refuses:   too_many_requests of one network source; field_unknown_choice at /items; a place half named or not on earth.
 * Publishes: nothing.  Reads the views of schema 0070 and 0071 only: what residents may not see is neither shown, found nor counted.  No
 *            person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "ids.h"
#include "public_search.h"
#include "registry_routes.h"

int registry_handle_public_facility_search (struct registry *self, struct request *request, const struct public_facility_search *message,
                                            struct public_facility_search_answer *answer, struct error *err)
{
    struct public_wanted wanted;

    if (message->after && !uuid_is_valid (message->after))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/after", "not a key of a page");
    if (stranger_may_ask (self, request, err) < 0
        || public_search_read (request->arena, message, &wanted, err) < 0
        || public_store_search (request->db, request->arena, &wanted, &answer->facilities, err) < 0
        || public_store_count (request->db, request->arena, &wanted, &answer->count, err) < 0)
        return -1;
    if (!wanted.latitude && answer->facilities.count == (size_t) wanted.words.limit)
        answer->next = answer->facilities.items[wanted.words.limit - 1].facility_id;
    return 0;
}
