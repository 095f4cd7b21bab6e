/* office_pledge: an office pledges, by its manager, how it treats what it sees (E-27).
 *
 * Takes:     the office and the version of the text that was shown.
 * Refuses:   not_for_you when it is not the office acted for; field_unknown_choice for a text that is not the present one.
 * Publishes: nothing; who, when and which text are kept for ever.
 * Repeats:   the same text again by whoever it is changes nothing.
 */
#include "care_store.h"
#include "people.h"
#include "registry_routes.h"
#include "sessions.h"

/* The text stands in the pages (pledge.text); a new text is a new version, and offices pledge again when they are asked to. */
#define PLEDGE_VERSION "2026-11"

int registry_handle_office_pledge (struct registry *self, struct request *request, const struct office_pledge *message,
                                   struct done *answer, struct error *err)
{
    const struct actor *actor = request->actor;
    struct office_standing *standing;
    struct office_care care;
    int64_t version;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0
        || subject_lock (request->db, request->arena, message->office_id, &version, err) < 0
        || office_care_of (request, message->office_id, &care, err) < 0)
        return -1;
    if (!care.managed || strcmp (actor->office_id, message->office_id) != 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not the own office");
    if (strcmp (message->version, PLEDGE_VERSION) != 0)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/version", "not the present text");
    if (care_store_standing (request->db, message->office_id, request->now, request->arena, &standing, err) < 0)
        return -1;
    if (standing->pledge_version && strcmp (standing->pledge_version, message->version) == 0)
        return 0;
    return care_store_pledge (request->db, &care, message->version, actor->person_id, request->now, err);
}
