/* facility_search: offices and clinics by name, kana, kind of service, place, and what they can do.
 *
 * Takes:     words (folded as stored names are), kind, code of a municipality (a designated city covers its wards) or prefecture, items of
 *            table 1 that must all be yes (A-02; found only where the reader may see them, A-13), 日常生活圏域, 二次医療圏, a point and how
 *            far around it (the nearest first), a square, page key; as a map: how many squares across, and the part looked at.
 *            Open at a day and minute, with free places: only where that is known; the others, of which it is not, are asked for
 *            by unsure and never mixed with them.
 * Refuses:   session_locked; field_unknown_choice at /items; date_invalid at /open_at; half a point, a distance
 *            or a square that is none, naming the field.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "facility_search.h"
#include "ids.h"
#include "registry_routes.h"
#include "sessions.h"

enum { CELLS_LEAST = 4, CELLS_MOST = 48 };

/* List and map answer one question: what differs is how it is shown. */
static int show_map (struct request *request, const struct facility_search *message, const struct facility_wanted *wanted,
                     struct facility_search_answer *answer, struct error *err)
{
    struct facility_wanted looked_at = *wanted;
    struct facility_extent extent;
    bool in_view;

    if (message->cells < CELLS_LEAST || message->cells > CELLS_MOST)
        return fail_range (err, "/cells", CELLS_LEAST, CELLS_MOST);
    if (square_read (message->view, "/view", &in_view, &looked_at.box, err) < 0
        || facility_store_extent (request->db, request->arena, wanted, &extent, err) < 0)
        return -1;
    answer->has_unplaced = true;
    answer->unplaced = extent.unplaced;
    if (extent.placed == 0)
        return 0;
    answer->extent = square_text (request->arena, &extent.square);
    if (!in_view)
        looked_at.box = extent.square;
    looked_at.in_box = true;
    return facility_store_clusters (request->db, request->arena, &looked_at, square_steps (&looked_at.box, message->cells), &answer->clusters, err);
}

int registry_handle_facility_search (struct registry *self, struct request *request, const struct facility_search *message,
                                     struct facility_search_answer *answer, struct error *err)
{
    struct facility_wanted wanted;

    (void) self;
    if (message->after && !uuid_is_valid (message->after))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/after", "not a key of a page");
    if (session_must_be_open (request, err) < 0
        || facility_store_services (request->db, request->arena, &answer->services, err) < 0
        || facility_search_read (request->arena, message, &wanted, err) < 0
        || facility_search_when (request->arena, message, &answer->services, request->now, &wanted, err) < 0
        || facility_store_search (request->db, request->arena, &wanted, &answer->facilities, &answer->count, err) < 0)
        return -1;
    if (answer->facilities.count == (size_t) wanted.limit)
        answer->next = answer->facilities.items[wanted.limit - 1].facility_id;
    return message->has_cells ? show_map (request, message, &wanted, answer, err) : 0;
}
