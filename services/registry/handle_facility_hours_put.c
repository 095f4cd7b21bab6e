/* facility_hours_put: when a facility is open, when its doctors can be met.
 *
 * Takes:     the facility; what the hours are for; slots by weekday, week of the month and holiday, closed days, the year's end, other days
 *            off in words; the source and its day.  Nothing in it: not known any more.  What the facility's own office says waits, in
 *            words, while these hours are on the review list.
 * Refuses:   a day or week that is none, an end without a beginning, slots that overlap, a fifth slot of a day, a closed day with hours, a
 *            source from tomorrow, hours its kind of facility does not have, naming the field; not_for_you: no such facility, or one the
 *            sender does not keep.
 * Publishes: facility_changed, when something changed.
 * Repeats:   the same again changes and announces nothing.
 */
#include "facility_hours_store.h"
#include "facility_record.h"
#include "opening_wire.h"
#include "registry_routes.h"
#include "upkeep_store.h"

static int read (const struct facility_hours_put *message, const struct facility_record *record, struct arena *arena,
                 struct opening_hours *ret, struct error *err)
{
    if (!facility_item_belongs (record->kind, opening_item (message->purpose)))
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/purpose", "no such hours of this kind of facility");
    if (message->source_date && facility_day_check (message->source_date, "/source_date", record->today, err) < 0)
        return -1;
    return opening_of_message (message, arena, ret, err);
}

/* *ret_waits: it waits to be approved, and nothing is written yet. */
static int hold_back (struct request *request, const struct facility_record *record, const struct facility_hours_said *said, bool *ret_waits,
                      struct error *err)
{
    const char *words = opening_words (&said->hours, request->arena);
    const struct facility_item_given given = { .item = opening_item (said->purpose), .answer = *words ? ITEM_ANSWER_YES : 0, .text = words };
    struct facility_items_put put = { .facility_id = said->facility_id, .items = { &given, 1 }, .source = said->source,
                                      .source_date = said->source_date };

    *ret_waits = false;
    if (!facility_by_itself (request, record))
        return 0;
    if (upkeep_hold_back (request, record, &put, err) < 0)
        return -1;
    *ret_waits = put.items.count == 0;
    return 0;
}

int registry_handle_facility_hours_put (struct registry *self, struct request *request, const struct facility_hours_put *message,
                                        struct done *answer, struct error *err)
{
    struct facility_record record;
    struct facility_hours_said said = { .facility_id = message->facility_id, .purpose = message->purpose, .source = message->source,
        .source_date = message->source_date, .set_by = request->actor->person_id, .now = request->now };
    bool changed = false, waits;

    (void) self;
    (void) answer;
    if (facility_for_change (request, message->facility_id, &record, err) < 0
        || read (message, &record, request->arena, &said.hours, err) < 0
        || hold_back (request, &record, &said, &waits, err) < 0
        || (!waits && facility_hours_put (request->db, request->arena, &said, &changed, err) < 0))
        return -1;
    return facility_turn (request, message->facility_id, &record, &(struct facility_turn) { 0 }, changed, err);
}
