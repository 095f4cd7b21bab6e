#include "standing.h"

static const uint64_t in_teams =
    ROLE_BIT (ROLE_VISITING_NURSE) | ROLE_BIT (ROLE_HELPER) | ROLE_BIT (ROLE_CARE_MANAGER) | ROLE_BIT (ROLE_DOCTOR)
    | ROLE_BIT (ROLE_PHARMACIST) | ROLE_BIT (ROLE_DENTIST) | ROLE_BIT (ROLE_THERAPIST) | ROLE_BIT (ROLE_SERVICE_MANAGER)
    | ROLE_BIT (ROLE_SUPPORT_CENTRE) | ROLE_BIT (ROLE_HOSPITAL_LIAISON);

/* Beside those who sit in teams: whoever an emergency may open a record to. */
static const uint64_t in_emergencies =
    ROLE_BIT (ROLE_HOSPITAL_NIGHT_DESK) | ROLE_BIT (ROLE_LAST_RESORT) | ROLE_BIT (ROLE_AMBULANCE_CREW);

static const uint64_t at_hospitals = ROLE_BIT (ROLE_HOSPITAL_LIAISON) | ROLE_BIT (ROLE_HOSPITAL_NIGHT_DESK);

bool roles_see_patients (uint64_t roles)
{
    return (roles & (in_teams | in_emergencies)) != 0;
}

bool roles_sit_in_teams (uint64_t roles)
{
    return (roles & in_teams) != 0;
}

enum role roles_first (uint64_t roles)
{
    uint64_t seeing = roles & (in_teams | in_emergencies);

    return seeing ? (enum role) (__builtin_ctzll (seeing) + 1) : (enum role) 0;
}

static bool stands_on (const struct standing *standing, enum ground ground)
{
    return standing->grounds >> ground & 1;
}

enum ground standing_ground (const struct standing *standing)
{
    static const enum ground others[] = { GROUND_RECORDER, GROUND_DUTY, GROUND_LAST_RESORT };

    if (!standing->found || !roles_see_patients (standing->roles))
        return GROUND_NONE;
    if (standing->seat && stands_on (standing, GROUND_CARE_TEAM))
        return GROUND_CARE_TEAM;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (stands_on (standing, others[i]))
            return others[i];
    if (stands_on (standing, GROUND_HOSPITAL) && standing->roles & at_hospitals)
        return GROUND_HOSPITAL;
    return GROUND_NONE;
}

const char *ground_name (enum ground ground)
{
    static const char *const names[] = { "none", "recorder", "care_team", "duty", "last_resort", "hospital" };

    return names[ground];
}

bool standing_may_edit (const struct standing *standing)
{
    enum ground ground = standing_ground (standing);

    return (ground == GROUND_CARE_TEAM || ground == GROUND_RECORDER) && roles_sit_in_teams (standing->roles);
}

int standing_check_read (const struct standing *standing, struct error *err)
{
    if (standing_ground (standing) == GROUND_NONE)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such patient, or not open to the actor");
    return 0;
}

int standing_check_edit (const struct standing *standing, struct error *err)
{
    if (standing_check_read (standing, err) < 0)
        return -1;
    if (!standing_may_edit (standing))
        return fail (err, ERROR_NOT_FOR_ROLE, NULL, "the record is open for reading only");
    return 0;
}
