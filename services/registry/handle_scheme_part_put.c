/* scheme_part_put: an office joins the scheme of attending and deputy doctors, changes what has not begun, or ends its part (U-04).
 *
 * Takes:     first and last day, when it comes (days, hours, conditions), a note; whether it is taken back before it began.
 * Refuses:   what is no band or no period, naming the field; not_for_you: no such office, another's, another municipality's, another
 *            office's part; scheme_overlap: another part of the office holds then; scheme_begun: what is promised already only ends.
 * Publishes: scheme_part_changed, when something changed.
 * Repeats:   the same PUT again changes and announces nothing.
 */
#include "clock.h"
#include "people.h"
#include "registry_routes.h"
#include "scheme_store.h"
#include "sessions.h"

static const struct scheme_part *part_of (const struct scheme_parts *parts, const char *part_id)
{
    for (size_t i = 0; i < parts->count; i++)
        if (strcmp (parts->items[i].view.part_id, part_id) == 0)
            return &parts->items[i];
    return NULL;
}

static int store (struct request *request, const struct scheme_part_put *put, const char *municipality, const struct scheme_part *old,
                  struct error *err)
{
    const struct scheme_part_changed event = { .part_id = put->part_id, .office_id = put->office_id, .from = put->from, .until = put->until,
        .bands = put->bands, .has_withdrawn = true, .withdrawn = put->has_withdrawn && put->withdrawn };

    if (scheme_store_put (request, put, municipality, old ? old->view.version + 1 : 1, err) < 0)
        return -1;
    return announce (request, &scheme_part_changed_message, &event, municipality, err);
}

int registry_handle_scheme_part_put (struct registry *self, struct request *request, const struct scheme_part_put *message,
                                     struct done *answer, struct error *err)
{
    struct scheme_parts parts;
    struct office_put office;
    int64_t office_version, version;
    char today[11];
    bool same;

    (void) self;
    (void) answer;
    day_number_text (tokyo_of (request->now).day_number, today);
    if (session_must_be_open (request, err) < 0 || scheme_check (message, err) < 0
        || office_found (request, message->office_id, &office, err) < 0
        || scheme_may_change (request->actor, office.municipality, message->office_id, err) < 0
        || subject_lock (request->db, request->arena, message->office_id, &office_version, err) < 0
        || subject_lock (request->db, request->arena, message->part_id, &version, err) < 0
        || scheme_store_parts (request->db, message->office_id, request->arena, &parts, err) < 0)
        return -1;
    if (version > 0 && !part_of (&parts, message->part_id))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "another office's part");
    if (scheme_decide (&parts, message, today, &same, err) < 0)
        return -1;
    return same ? 0 : store (request, message, office.municipality, part_of (&parts, message->part_id), err);
}
