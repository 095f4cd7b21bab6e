/* facility_items_put: what is known of a facility is written down (表1; A-01 ... A-07).
 *
 * Takes:     the facility; items with yes, no or not known any more, done or not, in words; the source and its day.  What the facility's own
 *            office says of items on the review list waits until it is approved.
 * Refuses:   an item that its kind of facility does not have, one said twice, hours without words, what is no telephone number, a source
 *            from tomorrow, naming the field; not_for_you: no such facility, or one the sender does not keep.
 * Publishes: facility_changed, when something changed.
 * Repeats:   the same again changes and announces nothing.
 */
#include "facility_record.h"
#include "registry_routes.h"
#include "upkeep_store.h"

int registry_handle_facility_items_put (struct registry *self, struct request *request, const struct facility_items_put *message,
                                        struct done *answer, struct error *err)
{
    struct facility_items_put put = *message;
    struct facility_record record;
    struct facility_turn turn;

    (void) self;
    (void) answer;
    if (facility_for_change (request, message->facility_id, &record, err) < 0
        || facility_items_check (message, record.kind, record.today, request->arena, err) < 0
        || (facility_by_itself (request, &record) && upkeep_hold_back (request, &record, &put, err) < 0)
        || facility_spent (request, message->facility_id, &record, message->has_seconds ? message->seconds : 0, err) < 0)
        return -1;
    turn = facility_items_turn (&record.known, &put, &record.consents, request->now, request->arena);
    return facility_turn (request, message->facility_id, &record, &turn, false, err);
}
