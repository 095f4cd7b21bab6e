/* Who may see and who may change: every combination of ground, seat and role (S-20, S-23). */
#include "../../../services/sharing/standing.h"
#include "tap.h"

static struct standing nurse (unsigned grounds, bool seat)
{
    return (struct standing) { .found = true, .grounds = grounds, .seat = seat, .roles = ROLE_BIT (ROLE_VISITING_NURSE) };
}

static const unsigned recorder = 1u << GROUND_RECORDER, team = 1u << GROUND_CARE_TEAM, duty = 1u << GROUND_DUTY,
                      last = 1u << GROUND_LAST_RESORT;

static void grounds (void)
{
    static const struct { unsigned grounds; bool seat; enum ground wanted; bool may_edit; const char *name; } rows[] = {
        { 0, false, GROUND_NONE, false, "S-23: no consent, no seat: closed" },
        { 0, true, GROUND_NONE, false, "S-23: a seat without consent is closed" },
        { 1u << GROUND_CARE_TEAM, false, GROUND_NONE, false, "a colleague's seat is not one's own" },
        { 1u << GROUND_CARE_TEAM, true, GROUND_CARE_TEAM, true, "consent and seat: the care team" },
        { 1u << GROUND_RECORDER, false, GROUND_RECORDER, true, "the recorder's office sees without consent" },
        { 1u << GROUND_RECORDER, true, GROUND_RECORDER, true, "…and a seat there without consent stays on that ground" },
        { 1u << GROUND_RECORDER | 1u << GROUND_CARE_TEAM, true, GROUND_CARE_TEAM, true, "the care team goes before the recorder" },
        { 1u << GROUND_DUTY, false, GROUND_DUTY, false, "a doctor on duty reads, and does not change" },
        { 1u << GROUND_LAST_RESORT, false, GROUND_LAST_RESORT, false, "the last resort reads, and does not change" },
        { 1u << GROUND_DUTY | 1u << GROUND_RECORDER, false, GROUND_RECORDER, true, "the recorder's office on duty may change" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct standing standing = nurse (rows[i].grounds, rows[i].seat);

        ok (standing_ground (&standing) == rows[i].wanted && standing_may_edit (&standing) == rows[i].may_edit, rows[i].name);
    }
}

static void roles (void)
{
    static const enum role never[] = { ROLE_MUNICIPAL_OFFICER, ROLE_PREFECTURE, ROLE_ADMINISTRATOR, ROLE_OPERATOR, ROLE_RESIDENT,
                                       ROLE_ROTA_OFFICE, ROLE_CONSULTATION_DESK, ROLE_DISPATCH_DESK, ROLE_PARTNER, ROLE_FAMILY };
    bool closed = true;

    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        struct standing standing = { .found = true, .grounds = recorder | team | duty | last, .seat = true, .roles = ROLE_BIT (never[i]) };

        closed = closed && standing_ground (&standing) == GROUND_NONE;
    }
    ok (closed, "officers, prefecture, administrators and operators see no patient, whatever access says");
    ok (roles_first (ROLE_BIT (ROLE_OPERATOR)) == 0, "an operator signs nothing");
    ok (roles_first (ROLE_BIT (ROLE_ADMINISTRATOR) | ROLE_BIT (ROLE_DOCTOR)) == ROLE_DOCTOR,
        "a change is signed with the role that sees patients");
    ok (!roles_sit_in_teams (ROLE_BIT (ROLE_LAST_RESORT)) && roles_see_patients (ROLE_BIT (ROLE_LAST_RESORT)),
        "the last resort sees patients and sits in no team");
}

/* The designated hospital's liaison and night desk read without a seat; nobody else of that office. */
static void hospital (void)
{
    static const struct { enum role role; unsigned grounds; bool seat; enum ground wanted; bool may_edit; const char *name; } rows[] = {
        { ROLE_HOSPITAL_LIAISON, 1u << GROUND_HOSPITAL, false, GROUND_HOSPITAL, false, "U-16: a liaison of the designated hospital reads" },
        { ROLE_HOSPITAL_NIGHT_DESK, 1u << GROUND_HOSPITAL, false, GROUND_HOSPITAL, false, "U-16: …and its night desk" },
        { ROLE_DOCTOR, 1u << GROUND_HOSPITAL, false, GROUND_NONE, false, "U-16: a doctor there does not" },
        { ROLE_HOSPITAL_LIAISON, 1u << GROUND_HOSPITAL | 1u << GROUND_CARE_TEAM, true, GROUND_CARE_TEAM, true,
          "U-16: a liaison who sits in the team stands there" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct standing standing = { .found = true, .grounds = rows[i].grounds, .seat = rows[i].seat, .roles = ROLE_BIT (rows[i].role) };

        ok (standing_ground (&standing) == rows[i].wanted && standing_may_edit (&standing) == rows[i].may_edit, rows[i].name);
    }
    is (ground_name (GROUND_HOSPITAL), "hospital", "that ground has a name");
}

static void words (void)
{
    struct standing unknown = { .roles = ROLE_BIT (ROLE_DOCTOR) }, forbidden = nurse (0, true), reading = nurse (duty, false);
    struct error first = { 0 }, second = { 0 }, third = { 0 };

    ok (standing_check_read (&unknown, &first) < 0 && standing_check_edit (&forbidden, &second) < 0, "unknown and forbidden are refused");
    ok (memcmp (&first, &second, sizeof first) == 0 && first.key == ERROR_NOT_FOR_YOU, "…in the same words, to the byte (S-20)");
    ok (standing_check_edit (&reading, &third) < 0 && third.key == ERROR_NOT_FOR_ROLE, "who may read is told that changing is closed");
    is (ground_name (GROUND_CARE_TEAM), "care_team", "a ground has a name");
}

int main (void)
{
    grounds ();
    roles ();
    hospital ();
    words ();
    return done ();
}
