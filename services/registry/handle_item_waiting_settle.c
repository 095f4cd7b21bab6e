/* item_waiting_settle: what a facility says of itself is taken into the record, or not.
 *
 * Takes:     the facility, item, as notified or not; approved or not.
 * Refuses:   not_for_you: no such facility, or one the sender does not look after (its own office does not approve itself); field_missing:
 *            nothing waits.
 * Publishes: facility_changed, when it is taken.
 * Repeats:   refused: nothing waits any more.
 */
#include "registry_routes.h"
#include "upkeep_store.h"

int registry_handle_item_waiting_settle (struct registry *self, struct request *request, const struct item_waiting_settle *message,
                                         struct done *answer, struct error *err)
{
    struct facility_items_put put = { .facility_id = message->facility_id };
    struct facility_item_given given;
    struct facility_record record;
    struct facility_turn turn;
    bool found;

    (void) self;
    (void) answer;
    if (facility_for_change (request, message->facility_id, &record, err) < 0)
        return -1;
    if (facility_by_itself (request, &record))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "nobody approves the own record");
    if (upkeep_settle (request, message, &found, &given, &put.source, &put.source_date, err) < 0)
        return -1;
    if (!found)
        return fail (err, ERROR_FIELD_MISSING, "/item", "nothing waits");
    if (!message->approve)
        return 0;
    put.items = (struct facility_item_given_list) { &given, 1 };
    turn = facility_items_turn (&record.known, &put, &record.consents, request->now, request->arena);
    return facility_turn (request, message->facility_id, &record, &turn, false, err);
}
