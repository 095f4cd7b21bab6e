/* care_area_put: a 日常生活圏域 is drawn, changed, or not used any more.
 *
 * Takes:     municipality, name, towns (beginnings of addresses); whether it is removed.
 * Refuses:   an empty name or town, naming the field; already_there: a name the municipality has already; not_for_you: another
 *            municipality's area, or a municipality the sender does not act for.
 * Publishes: care_area_changed, when something changed.  Offices of the municipality are placed anew, but for those an officer placed.
 * Repeats:   the same again changes and announces nothing.
 */
#include "area_rules.h"
#include "area_store.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_rules.h"

static bool changes (const struct care_area *old, const struct care_area_put *put)
{
    if (strcmp (old->name, put->name) != 0 || old->removed != (put->has_removed && put->removed) || old->towns.count != put->towns.count)
        return true;
    for (size_t i = 0; i < put->towns.count; i++)
        if (strcmp (old->towns.items[i], put->towns.items[i]) != 0)
            return true;
    return false;
}

static int store (struct request *request, const struct care_area_put *put, bool is_new, struct error *err)
{
    const struct care_area_changed event = { .care_area_id = put->care_area_id, .municipality = put->municipality, .name = put->name,
                                             .removed = put->has_removed && put->removed };

    if (area_store_put_care (request, put, is_new, err) < 0 || area_store_place (request, put->municipality, err) < 0)
        return -1;
    return announce (request, &care_area_changed_message, &event, put->municipality, err);
}

int registry_handle_care_area_put (struct registry *self, struct request *request, const struct care_area_put *message, struct done *answer,
                                   struct error *err)
{
    struct care_area old;
    bool found, is_free;
    int64_t version;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || may_change_office (request->actor, message->municipality, err) < 0
        || care_area_check (message, err) < 0
        || subject_lock (request->db, request->arena, message->care_area_id, &version, err) < 0
        || area_store_care_area (request, message->care_area_id, &found, &old, err) < 0
        || area_store_name_is_free (request, message, &is_free, err) < 0)
        return -1;
    if (found && strcmp (old.municipality, message->municipality) != 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "another municipality's area");
    if (!is_free && !(message->has_removed && message->removed))
        return fail (err, ERROR_ALREADY_THERE, "/name", "an area of this name");
    return found && !changes (&old, message) ? 0 : store (request, message, !found, err);
}
