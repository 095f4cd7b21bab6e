/* membership_end: a person leaves an office; the sessions there end at once (S-05).
 *
 * Takes:     person and office.
 * Refuses:   not_for_you when there is no such place, it is another municipality's, or it has a role that only the region gives;
 *            not_for_role when nobody would be left to run the region.
 * Publishes: membership_changed without roles; rings "session" for every session that ended.
 * Repeats:   ending it again changes and announces nothing.
 */
#include "people.h"
#include "registry_routes.h"
#include "sessions.h"

static int decide (const struct request *request, const struct membership *membership, struct error *err)
{
    if (may_end_membership (request->actor, membership->municipality, membership->office_id, err) < 0)
        return -1;
    if (runs_region (membership->roles) && !acts_for_region (request->actor))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "a role that is given by the region");
    return 0;
}

static int store (struct request *request, struct membership *membership, const char *name, struct error *err)
{
    if (runs_region (membership->roles) && region_keeps_somebody (request, membership, err) < 0)
        return -1;
    if (people_store_end_membership (request->db, membership, request->now, err) < 0
        || sessions_end_of (request, membership->person_id, membership->office_id, "left", err) < 0)
        return -1;
    membership->ended = true;
    return announce_membership (request, membership, name, err);
}

int registry_handle_membership_end (struct registry *self, struct request *request, const struct membership_end *message,
                                    struct done *answer, struct error *err)
{
    const char *id = membership_id_of (request->arena, message->person_id, message->office_id);
    struct membership membership;
    struct person_put person;
    bool found, has_person;
    int64_t version;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0
        || subject_lock (request->db, request->arena, id, &version, err) < 0
        || people_store_membership (request->db, id, request->arena, &found, &membership, err) < 0)
        return -1;
    if (!found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such membership");
    if (decide (request, &membership, err) < 0
        || people_store_person (request->db, message->person_id, request->arena, &has_person, &person, err) < 0)
        return -1;
    return membership.ended ? 0 : store (request, &membership, person.name, err);
}
