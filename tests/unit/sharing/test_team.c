/* Rules of the care team: who fits a seat, which seats exist once, what others are told. */
#include "../../../services/sharing/sharing.h"
#include "../../../services/sharing/standing.h"
#include "../../../services/sharing/team.h"
#include "tap.h"

#define DOCTOR "0190a3b4-0000-7000-8000-000000000011"
#define NURSE "0190a3b4-0000-7000-8000-000000000012"
#define CLINIC "0190a3b4-0000-7000-8000-000000000021"
#define STATION "0190a3b4-0000-7000-8000-000000000022"

static const struct team_member doctor = { .member_id = "m1", .seat = TEAM_SEAT_ATTENDING_DOCTOR, .person_id = DOCTOR,
                                           .office_id = CLINIC };

static int add (const struct team_member *team, size_t count, struct team_member_add change, uint64_t roles, enum role *role)
{
    struct error err = { 0 };

    return team_decide_add (team, count, &change, roles, role, &err) < 0 ? (int) err.key : 0;
}

static void seats (void)
{
    bool every = true;

    for (int seat = TEAM_SEAT_ATTENDING_DOCTOR; seat <= TEAM_SEAT_OTHER; seat++)
        every = every && team_role_for ((enum team_seat) seat, UINT64_MAX) != 0 && team_role_for ((enum team_seat) seat, 0) == 0;
    ok (every, "every seat fits some role, and no seat fits nobody");
    ok (team_role_for (TEAM_SEAT_ATTENDING_DOCTOR, ROLE_BIT (ROLE_VISITING_NURSE)) == 0, "a nurse is no attending doctor");
    ok (team_role_for (TEAM_SEAT_VISITING_NURSING, ROLE_BIT (ROLE_HELPER) | ROLE_BIT (ROLE_VISITING_NURSE)) == ROLE_VISITING_NURSE,
        "of several roles the fitting one counts");
    ok (team_role_for (TEAM_SEAT_OTHER, ROLE_BIT (ROLE_MUNICIPAL_OFFICER) | ROLE_BIT (ROLE_OPERATOR)) == 0,
        "officers and operators fit no seat");
    ok (team_role_for ((enum team_seat) 99, UINT64_MAX) == 0, "an unknown seat fits nobody");
}

static void adding (void)
{
    struct team_member_add nurse = { .member_id = "m2", .seat = TEAM_SEAT_VISITING_NURSING, .person_id = NURSE, .office_id = STATION };
    struct team_member_add second = { .member_id = "m3", .seat = TEAM_SEAT_ATTENDING_DOCTOR, .person_id = NURSE, .office_id = STATION };
    struct team_member_add deputy = { .member_id = "m4", .seat = TEAM_SEAT_DEPUTY_DOCTOR, .person_id = DOCTOR, .office_id = CLINIC };
    struct team_member full[TEAM_MOST];
    enum role role = 0;

    is_number (add (&doctor, 1, nurse, ROLE_BIT (ROLE_VISITING_NURSE), &role), 0, "a nurse joins");
    is_number (role, ROLE_VISITING_NURSE, "…as a nurse");
    is_number (add (&doctor, 1, nurse, 0, &role), ERROR_FIELD_UNKNOWN_CHOICE, "nobody without membership is seated");
    is_number (add (&doctor, 1, second, ROLE_BIT (ROLE_DOCTOR), &role), ERROR_ALREADY_THERE, "there is one attending doctor");
    is_number (add (&doctor, 1, deputy, ROLE_BIT (ROLE_DOCTOR), &role), 0, "the same doctor may hold another seat");
    deputy.member_id = "m1";
    is_number (add (&doctor, 1, deputy, ROLE_BIT (ROLE_DOCTOR), &role), ERROR_ALREADY_THERE, "a seat's id is used once");
    for (int i = 0; i < TEAM_MOST; i++)
        full[i] = doctor;
    is_number (add (full, TEAM_MOST, nurse, ROLE_BIT (ROLE_VISITING_NURSE), &role), ERROR_LIST_TOO_LONG, "sixty seats are the most");
}

static void told (void)
{
    struct team_member_add nurse = { .member_id = "m2", .seat = TEAM_SEAT_VISITING_NURSING, .person_id = NURSE, .office_id = STATION };
    struct care_team_changed event = { 0 };
    ARENA (arena);

    team_summary (&doctor, 1, NULL, &nurse, &arena, &event);
    ok (event.seats.count == 2 && strcmp (event.seats.items[1].person_id, NURSE) == 0, "the whole team is told, the new one too");
    is (event.joined, NURSE, "…and who has joined");
    team_summary (&doctor, 1, "m1", NULL, &arena, &event);
    ok (event.seats.count == 0 && event.seats.items && !event.joined, "the last one to leave leaves an empty team");
}

int main (void)
{
    seats ();
    adding ();
    told ();
    return done ();
}
