/* people.c - see people.h. */
#include "people.h"

#include "care_store.h"
#include "ids.h"
#include "sessions.h"

int announce_membership (struct request *request, const struct membership *membership, const char *name, struct error *err)
{
    static const int none[1];
    struct membership_changed event = { .membership_id = membership->membership_id, .person_id = membership->person_id, .name = name,
                                        .office_id = membership->office_id, .municipality = membership->municipality,
                                        .roles = membership->ended ? (struct enum_list) { none, 0 } : membership->roles };

    return announce (request, &membership_changed_message, &event, membership->municipality, err);
}

int announce_authenticators (struct request *request, const char *person_id, int64_t passkeys, struct error *err)
{
    const struct authenticators_changed event = { .person_id = person_id, .count = 1 + passkeys };

    return announce (request, &authenticators_changed_message, &event, NULL, err);
}

int person_for_change (struct request *request, const char *person_id, bool *ret_found, struct person_put *ret, struct error *err)
{
    struct standing standing;

    if (session_must_be_open (request, err) < 0
        || people_store_person (request->db, person_id, request->arena, ret_found, ret, err) < 0
        || people_store_standing (request->db, person_id, request->arena, &standing, err) < 0)
        return -1;
    return may_change_person (request->actor, &standing, err);
}

int office_found (struct request *request, const char *office_id, struct office_put *ret, struct error *err)
{
    bool found;

    if (office_store_office (request->db, office_id, request->arena, &found, ret, err) < 0)
        return -1;
    return found ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "no such office");
}

int office_for_change (struct request *request, const char *office_id, struct office_put *ret, struct error *err)
{
    if (session_must_be_open (request, err) < 0 || office_found (request, office_id, ret, err) < 0)
        return -1;
    return may_change_office (request->actor, ret->municipality, err);
}

int office_care_of (struct request *request, const char *office_id, struct office_care *ret, struct error *err)
{
    bool found;

    if (care_store_office (request->db, office_id, request->arena, &found, ret, err) < 0)
        return -1;
    return found ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "no such office");
}

int region_keeps_somebody (struct request *request, const struct membership *membership, struct error *err)
{
    char subject[UUID_TEXT];
    int64_t version;
    bool others;

    uuid_from_name ("region", "who runs it", subject);
    if (subject_lock (request->db, request->arena, subject, &version, err) < 0
        || people_store_others_run_region (request->db, membership->membership_id, &others, err) < 0)
        return -1;
    return others ? 0 : fail (err, ERROR_NOT_FOR_ROLE, NULL, "nobody would be left to run the region");
}
