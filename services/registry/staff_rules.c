/* staff_rules.c - see staff_rules.h. */
#include "staff_rules.h"

bool acts_for_region (const struct actor *actor)
{
    return actor_is (actor, ROLE_OPERATOR) || actor_is (actor, ROLE_ADMINISTRATOR);
}

bool runs_region (struct enum_list roles)
{
    for (size_t i = 0; i < roles.count; i++)
        if (roles.items[i] == ROLE_OPERATOR || roles.items[i] == ROLE_ADMINISTRATOR)
            return true;
    return false;
}

static bool is_own (const struct actor *actor, const char *municipality)
{
    return actor->municipality && strcmp (actor->municipality, municipality) == 0;
}

static bool is_officer_of (const struct actor *actor, const char *municipality)
{
    return actor_is (actor, ROLE_MUNICIPAL_OFFICER) && is_own (actor, municipality);
}

int may_change_office (const struct actor *actor, const char *municipality, struct error *err)
{
    if (acts_for_region (actor) || is_officer_of (actor, municipality))
        return 0;
    return fail (err, ERROR_NOT_FOR_YOU, NULL, "another municipality");
}

int may_change_person (const struct actor *actor, const struct standing *standing, struct error *err)
{
    if (acts_for_region (actor))
        return 0;
    if (standing->runs_region)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "the person runs the region");
    for (size_t i = 0; i < standing->municipalities.count; i++)
        if (!is_officer_of (actor, standing->municipalities.items[i]))
            return fail (err, ERROR_NOT_FOR_YOU, NULL, "the person also works in another municipality");
    return actor_is (actor, ROLE_MUNICIPAL_OFFICER) ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "not an officer");
}

int may_end_membership (const struct actor *actor, const char *municipality, const char *office_id, struct error *err)
{
    bool own_office = actor->office_id && strcmp (actor->office_id, office_id) == 0;

    if (own_office && actor_is (actor, ROLE_SERVICE_MANAGER))
        return 0;
    return may_change_office (actor, municipality, err);
}

int may_end_session (const struct actor *actor, bool works_in_own_office, struct error *err)
{
    if (works_in_own_office && (actor_is (actor, ROLE_SERVICE_MANAGER) || actor_is (actor, ROLE_ADMINISTRATOR)))
        return 0;
    return fail (err, ERROR_NOT_FOR_YOU, NULL, "neither an own session nor of the own office");
}

static bool is_regional (int role)
{
    return role == ROLE_OPERATOR || role == ROLE_ADMINISTRATOR || role == ROLE_PREFECTURE;
}

int may_grant (const struct actor *actor, const char *municipality, struct enum_list roles, struct error *err)
{
    if (may_change_office (actor, municipality, err) < 0)
        return -1;
    for (size_t i = 0; i < roles.count; i++)
        if (is_regional (roles.items[i]) && !acts_for_region (actor))
            return fail (err, ERROR_NOT_FOR_YOU, NULL, "a role that is given by the region");
    return 0;
}
