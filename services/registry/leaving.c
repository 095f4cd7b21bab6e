/* leaving.c - see leaving.h. */
#include "leaving.h"

#include "sessions.h"

static int decide (struct request *request, const struct membership *membership, struct error *err)
{
    struct office_care care;

    if (office_care_of (request, membership->office_id, &care, err) < 0 || may_look_after (request->actor, &care, err) < 0)
        return -1;
    if (runs_region (membership->roles) && !acts_for_region (request->actor))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "a role that is given by the region");
    return 0;
}

int leaving_find (struct request *request, const char *person_id, const char *office_id, struct membership *ret, const char **ret_name,
                  struct error *err)
{
    const char *id = membership_id_of (request->arena, person_id, office_id);
    struct person_put person;
    int64_t version;
    bool found;

    if (session_must_be_open (request, err) < 0
        || subject_lock (request->db, request->arena, id, &version, err) < 0
        || people_store_membership (request->db, id, request->arena, &found, ret, err) < 0)
        return -1;
    if (!found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such membership");
    if (decide (request, ret, err) < 0 || people_store_person (request->db, person_id, request->arena, &found, &person, err) < 0)
        return -1;
    *ret_name = person.name;
    return 0;
}

int leaving_end (struct request *request, struct membership *membership, const char *name, struct error *err)
{
    if (runs_region (membership->roles) && region_keeps_somebody (request, membership, err) < 0)
        return -1;
    if (people_store_end_membership (request->db, membership, request->now, err) < 0
        || sessions_end_of (request, membership->person_id, membership->office_id, "left", err) < 0)
        return -1;
    membership->ended = true;
    return announce_membership (request, membership, name, err);
}
