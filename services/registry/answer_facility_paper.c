/* facility_paper: the resources of a municipality as PDF, for one audience.
 *
 * Takes:     municipality (a city's code covers its wards), audience, kind of service.
 * Refuses:   session_locked; not_for_you: no such municipality; too_large: more than 60 pages, to be printed kind by kind.
 * Publishes: nothing.  No person is shown: no ledger row is due.  For residents it reads facility_public and facility_public_item only; for
 *            the others what the audience may see of what the reader may see, so that nobody prints more than is on his page.
 * Repeats:   reads only.
 */
#include "clock.h"
#include "export_store.h"
#include "facility_paper.h"
#include "facility_search.h"
#include "japan.h"
#include "registry.h"
#include "registry_routes.h"
#include "sessions.h"

enum { LINES = 200, LINES_MOST = 4000, BODY_MOST = 512 * 1024 };         /* BODY_MOST: as file_answer has it */

struct gathering { struct paper_facility *items; size_t count, room; };

static int make_room (struct arena *arena, struct gathering *all, size_t more, struct error *err)
{
    struct paper_facility *bigger;

    if (all->count + more > LINES_MOST)
        return fail (err, ERROR_TOO_LARGE, NULL, "more facilities than can be printed");
    if (all->count + more <= all->room)
        return 0;
    all->room = 2 * all->room + more;
    bigger = arena_alloc (arena, all->room * sizeof *bigger);
    if (all->count)
        memcpy (bigger, all->items, all->count * sizeof *bigger);
    all->items = bigger;
    return 0;
}

/* ---- for residents --------------------------------------------------------------------------------------------------------------------- */

static int add_public (struct arena *arena, struct gathering *all, const struct open_facilities *page, const char *service, struct error *err)
{
    if (make_room (arena, all, page->count, err) < 0)
        return -1;
    for (size_t i = 0; i < page->count; i++) {
        const struct open_facility *one = &page->items[i];

        if (!service || strcmp (one->service, service) == 0)
            all->items[all->count++] = (struct paper_facility) { .name = one->name, .name_kana = one->name_kana, .service = one->service,
                .place = one->city, .address = one->address, .phone = one->phone, .unproofed = !one->proofed, .items = one->items };
    }
    return 0;
}

static int gather_public (struct request *request, const struct facility_paper *message, struct gathering *all, struct error *err)
{
    struct open_facilities page = { 0 };
    const char *after = NULL;
    char low[7], high[7];

    japan_code_range (message->municipality, low, high);
    do {
        if (export_public_page (request->db, request->arena, low, high, after, LINES, &page, err) < 0
            || add_public (request->arena, all, &page, message->service, err) < 0)
            return -1;
        after = page.count ? page.items[page.count - 1].facility_id : NULL;
    } while (page.count == LINES);
    return 0;
}

/* ---- for the others -------------------------------------------------------------------------------------------------------------------- */

static int add_lines (struct request *request, struct gathering *all, const struct facility_line_list *lines, enum audience audience,
                      struct error *err)
{
    const char **ids = arena_alloc (request->arena, (lines->count + 1) * sizeof *ids);
    struct known_items *items;

    for (size_t i = 0; i < lines->count; i++)
        ids[i] = lines->items[i].facility_id;
    if (make_room (request->arena, all, lines->count, err) < 0
        || export_items (request->db, request->arena, (struct text_list) { ids, lines->count }, (int) audience, &items, err) < 0)
        return -1;
    for (size_t i = 0; i < lines->count; i++) {
        const struct facility_line *one = &lines->items[i];

        if (!one->not_in_latest)
            all->items[all->count++] = (struct paper_facility) { .name = one->name, .name_kana = one->name_kana, .service = one->service,
                .place = one->municipality_name, .address = one->address, .phone = one->phone, .items = items[i] };
    }
    return 0;
}

static int gather_all (struct request *request, const struct facility_paper *message, struct gathering *all, struct error *err)
{
    struct facility_search search = { .municipality = message->municipality, .service = message->service, .has_limit = true, .limit = LINES };
    struct facility_line_list lines = { 0 };
    struct facility_wanted wanted;
    int64_t count;

    do {
        if (facility_search_read (request->arena, &search, &wanted, err) < 0
            || facility_store_search (request->db, request->arena, &wanted, &lines, &count, err) < 0
            || add_lines (request, all, &lines, message->audience, err) < 0)
            return -1;
        search.after = lines.count ? lines.items[lines.count - 1].facility_id : NULL;
    } while (lines.count == LINES);
    return 0;
}

int registry_handle_facility_paper (struct registry *self, struct request *request, const struct facility_paper *message,
                                    struct file_answer *answer, struct error *err)
{
    struct facility_paper_facts facts = { .audience = message->audience, .now = request->now };
    struct gathering all = { 0 };
    struct export_place place;
    char day[11];

    if (session_must_be_open (request, err) < 0 || export_place_of (request->db, request->arena, message->municipality, &place, err) < 0)
        return -1;
    if (!place.name)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such municipality");
    if ((message->audience == AUDIENCE_RESIDENTS ? gather_public : gather_all) (request, message, &all, err) < 0)
        return -1;
    facts.municipality = place.name;
    facts.desk_phone = place.desk_phone ? place.desk_phone : *self->desk_phone ? self->desk_phone : NULL;
    facts.items = all.items;
    facts.count = all.count;
    day_number_text (tokyo_of (request->now).day_number, day);
    answer->media_type = "application/pdf";
    answer->file_name = arena_print (request->arena, "%s_在宅医療・介護の一覧_%s.pdf", place.name, day);
    if (facility_paper_print (request->arena, &facts, &answer->body, err) < 0)
        return -1;
    return answer->body.size <= BODY_MOST ? 0 : fail (err, ERROR_TOO_LARGE, NULL, "a paper of %zu bytes", answer->body.size);
}
