#include "sharing.h"
#include "standing.h"
#include "team.h"

/* once: a person has one attending doctor and one care manager in charge; a change takes the old seat away first. */
static const struct seat_rule { enum team_seat seat; uint64_t roles; bool once; } seats[] = {
    { TEAM_SEAT_ATTENDING_DOCTOR, ROLE_BIT (ROLE_DOCTOR), true },
    { TEAM_SEAT_DEPUTY_DOCTOR, ROLE_BIT (ROLE_DOCTOR), false },
    { TEAM_SEAT_CARE_MANAGER, ROLE_BIT (ROLE_CARE_MANAGER) | ROLE_BIT (ROLE_SUPPORT_CENTRE), true },
    { TEAM_SEAT_VISITING_NURSING, ROLE_BIT (ROLE_VISITING_NURSE), false },
    { TEAM_SEAT_HOME_HELP, ROLE_BIT (ROLE_HELPER) | ROLE_BIT (ROLE_SERVICE_MANAGER), false },
    { TEAM_SEAT_PHARMACY, ROLE_BIT (ROLE_PHARMACIST), false },
    { TEAM_SEAT_DENTISTRY, ROLE_BIT (ROLE_DENTIST), false },
    { TEAM_SEAT_THERAPY, ROLE_BIT (ROLE_THERAPIST), false },
    { TEAM_SEAT_DAY_SERVICE, ROLE_BIT (ROLE_SERVICE_MANAGER) | ROLE_BIT (ROLE_HELPER) | ROLE_BIT (ROLE_VISITING_NURSE)
                             | ROLE_BIT (ROLE_THERAPIST), false },
    { TEAM_SEAT_SUPPORT_CENTRE, ROLE_BIT (ROLE_SUPPORT_CENTRE) | ROLE_BIT (ROLE_CARE_MANAGER), false },
    { TEAM_SEAT_HOSPITAL, ROLE_BIT (ROLE_HOSPITAL_LIAISON) | ROLE_BIT (ROLE_DOCTOR) | ROLE_BIT (ROLE_VISITING_NURSE), false },
    { TEAM_SEAT_OTHER, UINT64_MAX, false },
};

static const struct seat_rule *rule_of (enum team_seat seat)
{
    for (size_t i = 0; i < sizeof seats / sizeof *seats; i++)
        if (seats[i].seat == seat)
            return &seats[i];
    return NULL;
}

enum role team_role_for (enum team_seat seat, uint64_t roles)
{
    const struct seat_rule *rule = rule_of (seat);

    return rule && roles_sit_in_teams (roles & rule->roles) ? roles_first (roles & rule->roles) : (enum role) 0;
}

bool team_seat_exists_once (enum team_seat seat)
{
    const struct seat_rule *rule = rule_of (seat);

    return rule && rule->once;
}

int team_decide_add (const struct team_member *team, size_t count, const struct team_member_add *change, uint64_t roles,
                     enum role *ret_role, struct error *err)
{
    const struct seat_rule *rule = rule_of (change->seat);
    enum role role = team_role_for (change->seat, roles);

    if (!rule || !role)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/person_id", "nobody of that office with a role that fits the seat");
    if (count >= TEAM_MOST)
        return fail_param ((fail (err, ERROR_LIST_TOO_LONG, NULL, "the team is full"), err), "most", "%d", TEAM_MOST);
    for (size_t i = 0; i < count; i++) {
        bool same = strcmp (team[i].person_id, change->person_id) == 0 && strcmp (team[i].office_id, change->office_id) == 0;

        if (strcmp (team[i].member_id, change->member_id) == 0
            || (team[i].seat == change->seat && (rule->once || same)))
            return fail (err, ERROR_ALREADY_THERE, "/seat", "the seat is taken");
    }
    *ret_role = role;
    return 0;
}

void team_summary (const struct team_member *team, size_t count, const char *leaving, const struct team_member_add *joining,
                   struct arena *arena, struct care_team_changed *ret)
{
    struct team_seat_state *states = arena_alloc (arena, (count + 1) * sizeof *states);
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (!leaving || strcmp (team[i].member_id, leaving) != 0)
            states[kept++] = (struct team_seat_state) { .member_id = team[i].member_id, .seat = team[i].seat,
                                                        .person_id = team[i].person_id, .office_id = team[i].office_id };
    if (joining)
        states[kept++] = (struct team_seat_state) { .member_id = joining->member_id, .seat = joining->seat,
                                                    .person_id = joining->person_id, .office_id = joining->office_id };
    ret->seats.items = states;
    ret->seats.count = kept;
    ret->joined = joining ? joining->person_id : NULL;
}
