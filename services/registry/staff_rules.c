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

/* A new person, or one who works only where the asker manages. */
static bool manages_person (const struct actor *actor, const struct standing *standing)
{
    return actor_is (actor, ROLE_SERVICE_MANAGER) && standing->staffs && (standing->unplaced || (standing->inside && !standing->outside));
}

int may_change_person (const struct actor *actor, const struct standing *standing, struct error *err)
{
    if (acts_for_region (actor))
        return 0;
    if (standing->runs_region)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "the person runs the region");
    if (manages_person (actor, standing))
        return 0;
    for (size_t i = 0; i < standing->municipalities.count; i++)
        if (!is_officer_of (actor, standing->municipalities.items[i]))
            return fail (err, ERROR_NOT_FOR_YOU, NULL, "the person also works in another municipality");
    return actor_is (actor, ROLE_MUNICIPAL_OFFICER) ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "not an officer");
}

int may_look_after (const struct actor *actor, const struct office_care *care, struct error *err)
{
    if (care->managed && actor_is (actor, ROLE_SERVICE_MANAGER))
        return 0;
    return may_change_office (actor, care->municipality, err);
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

bool manager_may_give (enum role role)
{
    static const uint64_t reserved = 1ull << (ROLE_LAST_RESORT - 1) | 1ull << (ROLE_AMBULANCE_CREW - 1) | 1ull << (ROLE_DISPATCH_DESK - 1)
                                     | 1ull << (ROLE_MUNICIPAL_OFFICER - 1) | 1ull << (ROLE_PREFECTURE - 1) | 1ull << (ROLE_RESIDENT - 1)
                                     | 1ull << (ROLE_FAMILY - 1) | 1ull << (ROLE_ADMINISTRATOR - 1) | 1ull << (ROLE_OPERATOR - 1)
                                     | 1ull << (ROLE_PARTNER - 1);

    return !(reserved >> (role - 1) & 1);
}

static bool is_approved (const struct office_care *care, int role)
{
    for (size_t i = 0; i < care->roles.count; i++)
        if (care->roles.items[i] == role)
            return true;
    return role == ROLE_SERVICE_MANAGER;
}

int may_place (const struct actor *actor, const struct office_care *care, struct enum_list roles, struct error *err)
{
    struct error why;

    if (may_change_office (actor, care->municipality, &why) == 0)
        return may_grant (actor, care->municipality, roles, err);
    if (may_look_after (actor, care, err) < 0)
        return -1;
    if (!care->open)
        return fail (err, ERROR_OFFICE_NOT_OPEN, NULL, "not pledged or not approved");
    for (size_t i = 0; i < roles.count; i++)
        if (!manager_may_give ((enum role) roles.items[i]) || !is_approved (care, roles.items[i]))
            return fail (err, ERROR_ROLE_NOT_APPROVED, "/roles", "not what the office was approved for");
    return 0;
}
