/* facility_past: a facility as it was known at the end of a day, and who changed what.
 *
 * Takes:     the facility and the day.
 * Refuses:   not_for_you: no such facility, or one whose record the reader does not keep; date_invalid: no day.
 * Publishes: nothing.  No person in care is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "bits.h"
#include "clock.h"
#include "facility_item_store.h"
#include "facility_past_store.h"
#include "registry_routes.h"
#include "sessions.h"

static struct facility_item_view view_of (const struct known_item *item, struct arena *arena)
{
    return (struct facility_item_view) { .item = item->item, .notified = item->notified, .answer = item->answer,
        .has_performed = item->performed != PERFORMED_UNKNOWN, .performed = item->performed == PERFORMED_YES, .text = item->text,
        .source = item->source, .source_date = item->source_date, .changed_at = item->changed_at,
        .has_confirmed_at = item->confirmed_at != 0, .confirmed_at = item->confirmed_at,
        .shown_to = enums_of_bits (arena, (uint64_t) item->shown_to) };
}

static int may_read (struct request *request, const char *facility_id, struct error *err)
{
    struct facility_kept kept;

    if (session_must_be_open (request, err) < 0 || facility_store_kept (request, facility_id, &kept, err) < 0)
        return -1;
    return facility_may_keep (request->actor, &kept, err);
}

int registry_handle_facility_past (struct registry *self, struct request *request, const struct facility_past *message,
                                   struct facility_past_answer *answer, struct error *err)
{
    char *day = arena_alloc (request->arena, 11);
    struct facility_item_view *views;
    struct known_items known;
    int64_t number;

    (void) self;
    day_number_text (tokyo_of (request->now).day_number, day);
    answer->day = message->day ? message->day : day;
    number = day_number_of_text (answer->day);
    if (number == INT64_MIN)
        return fail (err, ERROR_DATE_INVALID, "/day", "not a date");
    if (may_read (request, message->facility_id, err) < 0
        || facility_past_fields (request, message->facility_id, tokyo_instant (number + 1, 0), &answer->known_since, &answer->fields, err) < 0
        || facility_past_items (request, message->facility_id, tokyo_instant (number + 1, 0), &known, err) < 0
        || facility_past_changes (request, message->facility_id, &answer->changes, err) < 0)
        return -1;
    views = arena_alloc (request->arena, (known.count + 1) * sizeof *views);
    for (size_t i = 0; i < known.count; i++)
        views[i] = view_of (&known.items[i], request->arena);
    answer->items = (struct facility_item_view_list) { views, known.count };
    return 0;
}
