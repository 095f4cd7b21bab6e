/* facility_export: the list as it is filtered, as CSV, page after page.
 *
 * Takes:     the filters of facility_search, the encoding, page key.
 * Refuses:   as facility_search; field_unknown_choice at /encoding.
 * Publishes: nothing.  No person is shown: no ledger row is due.  Rows and values are those the reader sees on the page: row-level security
 *            decides, page by page, so that a consent taken back holds from the next page on.
 * Repeats:   reads only.
 */
#include "clock.h"
#include "export_store.h"
#include "facility_csv.h"
#include "facility_search.h"
#include "ids.h"
#include "registry_routes.h"
#include "sessions.h"

enum { LINES = 200 };

/* Filters have the same names in both messages. */
static struct facility_search search_of (const struct facility_export *message)
{
    return (struct facility_search) { .text = message->text, .service = message->service, .municipality = message->municipality,
                                      .prefecture = message->prefecture, .items = message->items, .open_at = message->open_at,
                                      .has_free = message->has_free, .free = message->free, .has_unsure = message->has_unsure,
                                      .unsure = message->unsure, .care_area = message->care_area, .medical_area = message->medical_area,
                                      .latitude = message->latitude, .longitude = message->longitude, .has_distance = message->has_distance,
                                      .distance = message->distance, .box = message->box, .has_placed = message->has_placed,
                                      .placed = message->placed, .after = message->after, .has_limit = true, .limit = LINES };
}

static int check (const struct facility_export *message, bool *ret_cp932, struct error *err)
{
    *ret_cp932 = message->encoding && strcmp (message->encoding, "cp932") == 0;
    if (message->encoding && !*ret_cp932 && strcmp (message->encoding, "utf-8") != 0)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/encoding", "utf-8 or cp932");
    if (message->after && !uuid_is_valid (message->after))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/after", "not a key of a page");
    return 0;
}

static int find (struct request *request, const struct facility_export *message, struct facility_line_list *ret, struct error *err)
{
    struct facility_search search = search_of (message);
    struct service_count_list services;
    struct facility_wanted wanted;
    int64_t count;

    if (facility_store_services (request->db, request->arena, &services, err) < 0
        || facility_search_read (request->arena, &search, &wanted, err) < 0
        || facility_search_when (request->arena, &search, &services, request->now, &wanted, err) < 0)
        return -1;
    return facility_store_search (request->db, request->arena, &wanted, ret, &count, err);
}

static struct text_list ids_of (struct arena *arena, const struct facility_line_list *lines)
{
    const char **ids = arena_alloc (arena, (lines->count + 1) * sizeof *ids);

    for (size_t i = 0; i < lines->count; i++)
        ids[i] = lines->items[i].facility_id;
    return (struct text_list) { ids, lines->count };
}

static void name_file (struct request *request, bool cp932, struct file_page *answer)
{
    char day[11];

    day_number_text (tokyo_of (request->now).day_number, day);
    answer->media_type = cp932 ? "text/csv; charset=Shift_JIS" : "text/csv; charset=utf-8";
    answer->file_name = arena_print (request->arena, "事業所・医療機関_%s.csv", day);
}

int registry_handle_facility_export (struct registry *self, struct request *request, const struct facility_export *message,
                                     struct file_page *answer, struct error *err)
{
    struct facility_line_list lines;
    struct known_items *items;
    struct facility_csv csv;
    size_t taken;
    bool cp932;

    (void) self;
    if (session_must_be_open (request, err) < 0 || check (message, &cp932, err) < 0 || find (request, message, &lines, err) < 0
        || export_items (request->db, request->arena, ids_of (request->arena, &lines), 0, &items, err) < 0)
        return -1;
    csv = (struct facility_csv) { lines.items, items, lines.count, !message->after, cp932 };
    answer->body = facility_csv_write (request->arena, &csv, &taken);
    name_file (request, cp932, answer);
    if (taken < lines.count || lines.count == LINES)
        answer->next_page = lines.items[taken - 1].facility_id;
    return 0;
}
