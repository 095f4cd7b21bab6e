/* facility_confirm: no change; everything known of the facility is confirmed as of now, and a letter that asks for it is answered.
 *
 * Takes:     the facility.
 * Refuses:   not_for_you: no such facility, or one the sender does not keep; field_missing: nothing is known yet.
 * Publishes: facility_changed.
 * Repeats:   a second confirmation is a later one.
 */
#include "facility_record.h"
#include "letter_store.h"
#include "registry_routes.h"

int registry_handle_facility_confirm (struct registry *self, struct request *request, const struct facility_confirm *message,
                                      struct done *answer, struct error *err)
{
    struct facility_record record;
    struct facility_turn turn;

    (void) self;
    (void) answer;
    if (facility_for_change (request, message->facility_id, &record, err) < 0)
        return -1;
    if (record.known.count == 0)
        return fail (err, ERROR_FIELD_MISSING, "/items", "nothing is known yet");
    turn = facility_items_confirmed (&record.known, request->now, request->arena);
    if (letter_close_confirmation (request, message->facility_id, err) < 0
        || facility_spent (request, message->facility_id, &record, message->has_seconds ? message->seconds : 0, err) < 0)
        return -1;
    return facility_turn (request, message->facility_id, &record, &turn, false, err);
}
