/* facility: one facility, for every published field where its value came from, and what is known of table 1 (表1).
 *
 * Takes:     the facility.
 * Refuses:   not_for_you when there is none; session_locked.
 * Publishes: nothing.  No person is shown: no ledger row is due.  Items are shown to whom the facility allows, by row-level
 *            security, so are consents; who keeps the record also reads what is not known.
 * Repeats:   reads only.
 */
#include "area_store.h"
#include "bits.h"
#include "clock.h"
#include "facility_hours_store.h"
#include "facility_item_store.h"
#include "facility_store.h"
#include "opening_wire.h"
#include "registry_routes.h"
#include "sessions.h"
#include "upkeep_store.h"

static struct facility_item_view view_of (const struct known_item *item, const char *today, struct arena *arena)
{
    return (struct facility_item_view) { .item = item->item, .notified = item->notified, .answer = item->answer,
        .has_performed = item->performed != PERFORMED_UNKNOWN, .performed = item->performed == PERFORMED_YES, .text = item->text,
        .source = item->source, .source_date = item->source_date, .changed_at = item->changed_at,
        .has_confirmed_at = item->confirmed_at != 0, .confirmed_at = item->confirmed_at,
        .shown_to = enums_of_bits (arena, (uint64_t) item->shown_to),
        .has_stale = item->item == FACILITY_ITEM_FREE_PLACES, .stale = facility_item_is_stale (item, today) };
}

static void show_items (const struct known_items *known, int64_t now, struct arena *arena, struct facility_answer *answer)
{
    struct facility_item_view *views = arena_alloc (arena, (known->count + 1) * sizeof *views);
    char today[11];

    day_number_text (tokyo_of (now).day_number, today);
    for (size_t i = 0; i < known->count; i++)
        views[i] = view_of (&known->items[i], today, arena);
    answer->items = (struct facility_item_view_list) { views, known->count };
}

static void show_consents (const struct facility_consents *consents, struct arena *arena, struct facility_answer *answer)
{
    struct facility_consent_view *views = arena_alloc (arena, (consents->count + 1) * sizeof *views);

    for (size_t i = 0; i < consents->count; i++)
        views[i] = (struct facility_consent_view) { .item = consents->items[i].item,
            .audiences = enums_of_bits (arena, (uint64_t) consents->items[i].audiences), .given_by = consents->items[i].given_by,
            .given_on = consents->items[i].given_on };
    answer->consents = (struct facility_consent_view_list) { views, consents->count };
}

static void show_hours (const struct known_hours_list *known, struct arena *arena, struct facility_answer *answer)
{
    struct hours_view *views = arena_alloc (arena, (known->count + 1) * sizeof *views);

    for (size_t i = 0; i < known->count; i++)
        views[i] = opening_view (&known->items[i], arena);
    answer->hours = (struct hours_view_list) { views, known->count };
}

/* Free places only where there are places. */
static struct enum_list beyond_of (const struct facility_kept *kept, struct arena *arena)
{
    struct enum_list named = facility_items_beyond (facility_kind_of (kept->service));
    int *items = arena_alloc (arena, (named.count + 1) * sizeof *items);
    size_t count = 0;

    for (size_t i = 0; i < named.count; i++)
        if (named.items[i] != FACILITY_ITEM_FREE_PLACES || facility_has_places (kept->service))
            items[count++] = named.items[i];
    return (struct enum_list) { items, count };
}

static int show_record (struct request *request, const char *facility_id, struct facility_answer *answer, struct error *err)
{
    struct facility_kept kept;
    struct known_items known;
    struct known_hours_list hours;
    struct facility_consents consents;

    if (facility_store_kept (request, facility_id, &kept, err) < 0 || facility_store_items (request, facility_id, &known, err) < 0
        || facility_hours_of (request->db, request->arena, facility_id, &hours, err) < 0
        || facility_store_consents (request, facility_id, &consents, err) < 0)
        return -1;
    answer->kind = facility_kind_of (kept.service);
    show_items (&known, request->now, request->arena, answer);
    show_hours (&hours, request->arena, answer);
    answer->has_may_edit = true;
    answer->may_edit = facility_may_keep (request->actor, &kept, &(struct error) { 0 }) == 0;
    show_consents (&consents, request->arena, answer);
    if (!answer->may_edit)
        return 0;
    answer->unknown = facility_items_unknown (&known, &kept, request->arena);
    answer->beyond = beyond_of (&kept, request->arena);
    return upkeep_waiting (request, facility_id, &answer->waiting, err);
}

static int show_areas (struct request *request, const char *facility_id, struct facility_answer *answer, struct error *err)
{
    struct facility_lies lies;

    if (area_store_lies (request, facility_id, &lies, err) < 0)
        return -1;
    answer->care_area_id = lies.care_area_id;
    answer->care_area = lies.care_area;
    answer->has_care_assigned = lies.care_area_id != NULL;
    answer->care_assigned = lies.assigned;
    answer->medical_area = lies.medical_area;
    return 0;
}

int registry_handle_facility (struct registry *self, struct request *request, const struct facility *message,
                              struct facility_answer *answer, struct error *err)
{
    struct facility_detail *detail = arena_alloc (request->arena, sizeof *detail);
    bool found;

    (void) self;
    if (session_must_be_open (request, err) < 0
        || facility_store_detail (request->db, request->arena, message->facility_id, &found, detail, &answer->sources, err) < 0)
        return -1;
    if (!found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such facility");
    answer->facility = &detail->line;
    answer->latitude = detail->latitude;
    answer->longitude = detail->longitude;
    answer->version = detail->version;
    if (show_areas (request, message->facility_id, answer, err) < 0)
        return -1;
    return show_record (request, message->facility_id, answer, err);
}
