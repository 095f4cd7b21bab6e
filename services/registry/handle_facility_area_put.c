/* facility_area_put: in which 日常生活圏域 a facility lies, whatever its address says.
 *
 * Takes:     the facility; the area, or none: by its address again.
 * Refuses:   field_unknown_choice at /care_area_id: no area of the municipality that looks after the facility; not_for_you: no such
 *            facility, or one of another municipality or outside the region.
 * Publishes: facility_changed, when something changed.
 * Repeats:   the same again changes and announces nothing.
 */
#include "area_store.h"
#include "facility_item_store.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_rules.h"
#include "text_same.h"

static int must_be_of (struct request *request, const char *care_area_id, const char *keeper, struct error *err)
{
    struct care_area area;
    bool found;

    if (!care_area_id)
        return 0;
    if (area_store_care_area (request, care_area_id, &found, &area, err) < 0)
        return -1;
    if (!found || area.removed || strcmp (area.municipality, keeper) != 0)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/care_area_id", "no area of %s", keeper);
    return 0;
}

int registry_handle_facility_area_put (struct registry *self, struct request *request, const struct facility_area_put *message,
                                       struct done *answer, struct error *err)
{
    struct facility_changed event = { .facility_id = message->facility_id };
    struct facility_lies lies;
    struct facility_kept kept;
    int64_t version;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || facility_store_kept (request, message->facility_id, &kept, err) < 0
        || may_change_office (request->actor, kept.keeper ? kept.keeper : "", err) < 0)
        return -1;
    if (!kept.keeper)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "nobody in the region looks after it");
    if (must_be_of (request, message->care_area_id, kept.keeper, err) < 0
        || subject_lock (request->db, request->arena, message->facility_id, &version, err) < 0
        || area_store_lies (request, message->facility_id, &lies, err) < 0)
        return -1;
    if (lies.assigned ? text_same (lies.care_area_id, message->care_area_id) : !message->care_area_id)
        return 0;
    if (area_store_assign (request, message->facility_id, kept.keeper, message->care_area_id, err) < 0)
        return -1;
    event.municipality = kept.located_in;
    event.service = kept.service;
    return announce (request, &facility_changed_message, &event, kept.keeper, err);
}
