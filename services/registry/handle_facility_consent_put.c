/* facility_consent_put: whom a facility allows items to be shown to (A-13, A-14, S-30).
 *
 * Takes:     the facility, items, audiences, who of the facility said so and when.
 * Refuses:   an item that its kind of facility does not have or that is said twice, nobody who said so, tomorrow, naming the field;
 *            not_for_you: no such facility, or one the sender does not keep.
 * Publishes: facility_changed, when something changed.  From this COMMIT on every reading asks the rows written here: a withdrawal holds at
 *            once.
 * Repeats:   the same again changes and announces nothing.
 */
#include "facility_record.h"
#include "registry_routes.h"

int registry_handle_facility_consent_put (struct registry *self, struct request *request, const struct facility_consent_put *message,
                                          struct done *answer, struct error *err)
{
    struct facility_record record;
    struct facility_consents fresh, all;
    struct facility_turn turn;

    (void) self;
    (void) answer;
    if (facility_for_change (request, message->facility_id, &record, err) < 0
        || facility_consent_check (message, record.kind, record.today, err) < 0)
        return -1;
    fresh = facility_consents_turn (&record.consents, message, request->arena);
    all = facility_consents_together (&record.consents, &fresh, request->arena);
    turn = facility_items_shown (&record.known, &all, request->arena);
    if (facility_store_consent_turn (request, message->facility_id, &record.kept, &fresh, err) < 0)
        return -1;
    if (facility_spent (request, message->facility_id, &record, message->has_seconds ? message->seconds : 0, err) < 0)
        return -1;
    return facility_turn (request, message->facility_id, &record, &turn, fresh.count > 0, err);
}
