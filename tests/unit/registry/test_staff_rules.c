/* Who may change offices, people, memberships and accounts; what may stand in them. */
#include "staff_rules.h"

#include "put_rules.h"
#include "session_rules.h"
#include "tap.h"

#define BIT(role) (1ULL << ((role) - 1))

static const struct actor officer = { .person_id = "p", .municipality = "011002", .office_id = "o1",
                                      .roles = BIT (ROLE_MUNICIPAL_OFFICER) };
static const struct actor administrator = { .person_id = "p", .municipality = "000000", .office_id = "o2",
                                            .roles = BIT (ROLE_ADMINISTRATOR) };
static const struct actor manager = { .person_id = "p", .municipality = "011002", .office_id = "o3", .roles = BIT (ROLE_SERVICE_MANAGER) };
static const char *const own[] = { "011002" }, *const both[] = { "011002", "012025" };
static struct error err;

static void offices (void)
{
    ok (may_change_office (&officer, "011002", &err) == 0, "an officer changes the own municipality's offices");
    ok (may_change_office (&officer, "012025", &err) < 0, "…not another one's");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…and is told what an unknown office would say");
    ok (may_change_office (&officer, "000000", &err) < 0, "…nor the region's own");
    ok (may_change_office (&administrator, "012025", &err) == 0, "who acts for the region changes any");
    ok (may_change_office (&manager, "011002", &err) < 0, "a manager changes none");
}

static void sessions (void)
{
    struct actor nurse = manager;

    nurse.roles = BIT (ROLE_VISITING_NURSE) | BIT (ROLE_MUNICIPAL_OFFICER) | BIT (ROLE_OPERATOR);
    ok (may_end_session (&manager, true, &err) == 0 && may_end_session (&administrator, true, &err) == 0,
        "S-04: a manager and an administrator end sessions of the own office");
    ok (may_end_session (&manager, false, &err) < 0 && may_end_session (&administrator, false, &err) < 0, "S-04: …of no other office");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…and are told what an unknown session would say");
    ok (may_end_session (&nurse, true, &err) < 0, "nobody else ends a colleague's session");
}

static void people (void)
{
    struct standing nowhere = { 0 }, here = { .municipalities = { own, 1 } }, two = { .municipalities = { both, 2 } },
                    chief = { .municipalities = { own, 1 }, .runs_region = true };

    ok (may_change_person (&officer, &nowhere, &err) == 0, "an officer adds a new person");
    ok (may_change_person (&officer, &here, &err) == 0, "…and changes one who works here");
    ok (may_change_person (&officer, &two, &err) < 0, "…not one who also works in another municipality");
    ok (may_change_person (&officer, &chief, &err) < 0, "…nor one who runs the region");
    ok (may_change_person (&administrator, &chief, &err) == 0 && may_change_person (&administrator, &two, &err) == 0,
        "the region changes anybody");
    ok (may_change_person (&manager, &nowhere, &err) < 0, "a manager adds nobody");
}

static void managed_people (void)
{
    struct standing fresh = { .unplaced = true, .staffs = true }, own_one = { .municipalities = { own, 1 }, .inside = true, .staffs = true },
                    shared = { .municipalities = { own, 1 }, .inside = true, .outside = true, .staffs = true }, closed = own_one, chief = own_one;
    struct actor nurse = manager;

    nurse.roles = BIT (ROLE_VISITING_NURSE);
    closed.staffs = false;
    chief.runs_region = true;
    ok (may_change_person (&manager, &fresh, &err) == 0, "E-27: a manager of an approved office adds a new person");
    ok (may_change_person (&manager, &own_one, &err) == 0, "E-41: …and changes who works only where the manager manages");
    ok (may_change_person (&manager, &shared, &err) < 0, "E-41: …not who works in another office, too");
    ok (may_change_person (&manager, &closed, &err) < 0, "E-27: …nobody before the office is approved");
    ok (may_change_person (&manager, &chief, &err) < 0, "…nor who runs the region");
    ok (may_change_person (&nurse, &own_one, &err) < 0, "a nurse changes nobody");
}

static void placing (void)
{
    static const int approved[] = { ROLE_VISITING_NURSE, ROLE_THERAPIST }, nurse[] = { ROLE_VISITING_NURSE },
                     deputy[] = { ROLE_VISITING_NURSE, ROLE_SERVICE_MANAGER }, doctor[] = { ROLE_DOCTOR }, desk[] = { ROLE_DISPATCH_DESK };
    struct office_care care = { "o3", "011002", NULL, true, true, { approved, 2 } }, closed = care, stranger = care;

    closed.open = false;
    stranger.managed = false;
    ok (may_place (&manager, &care, (struct enum_list) { nurse, 1 }, &err) == 0, "E-27: a manager places people in the approved roles");
    ok (may_place (&manager, &care, (struct enum_list) { deputy, 2 }, &err) == 0, "…and names a deputy who manages, too");
    ok (may_place (&manager, &care, (struct enum_list) { doctor, 1 }, &err) < 0, "…in no other role");
    is_number (err.key, ERROR_ROLE_NOT_APPROVED, "…and reads why");
    ok (may_place (&manager, &closed, (struct enum_list) { nurse, 1 }, &err) < 0, "…not before pledge and approval");
    is_number (err.key, ERROR_OFFICE_NOT_OPEN, "…and reads why");
    ok (may_place (&manager, &stranger, (struct enum_list) { nurse, 1 }, &err) < 0, "E-41: …in no office that is not managed");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…which looks as if it were not there");
    care.roles = (struct enum_list) { desk, 1 };
    ok (may_place (&manager, &care, (struct enum_list) { desk, 1 }, &err) < 0, "a role of the fire service is given by no manager, whatever was approved");
    ok (may_place (&officer, &closed, (struct enum_list) { doctor, 1 }, &err) == 0, "an officer places as before");
    ok (may_look_after (&manager, &care, &err) == 0 && may_look_after (&officer, &care, &err) == 0, "manager and officer look after the office");
    ok (may_look_after (&manager, &stranger, &err) < 0, "…not the manager of another one");
    ok (!manager_may_give (ROLE_ADMINISTRATOR) && !manager_may_give (ROLE_MUNICIPAL_OFFICER) && manager_may_give (ROLE_DOCTOR), "roles of the region stay there");
}

static void granting (void)
{
    static const int nurse[] = { ROLE_VISITING_NURSE }, chief[] = { ROLE_VISITING_NURSE,
                                                                    ROLE_ADMINISTRATOR }, prefecture[] = { ROLE_PREFECTURE };

    ok (may_grant (&officer, "011002", (struct enum_list) { nurse, 1 }, &err) == 0, "an officer lets a nurse work here");
    ok (may_grant (&officer, "012025", (struct enum_list) { nurse, 1 }, &err) < 0, "…not elsewhere");
    ok (may_grant (&officer, "011002", (struct enum_list) { chief, 2 }, &err) < 0, "…and makes nobody administrator");
    ok (may_grant (&officer, "011002", (struct enum_list) { prefecture, 1 }, &err) < 0, "…or prefecture");
    ok (may_grant (&administrator, "011002", (struct enum_list) { chief, 2 }, &err) == 0, "the region does");
}

static void contents (void)
{
    struct municipality_put municipality = { .code = "011002", .prefecture = "北海道", .name = "見本市" };
    struct office_put office = { .office_id = "o", .name = "みほん診療所", .municipality = "011002" }, same = office;
    struct agreement_put agreement = { .agreement_id = "a", .giving = "011002", .receiving = "012025", .from = "2026-04-01" };
    ARENA (arena);

    ok (municipality_check (&municipality, &arena, &err) == 0, "a municipality is accepted");
    municipality.code = "000000";
    ok (municipality_check (&municipality, &arena, &err) < 0, "…the region's own code is not");
    municipality.code = "0110";
    ok (municipality_check (&municipality, &arena, &err) < 0, "…nor four digits");
    ok (office_check (&office, &arena, &err) == 0, "an office is accepted");
    same.phone = "";
    ok (!office_changes (&office, &same), "an empty telephone is no telephone: nothing changes");
    office.name = "　 ";
    ok (office_check (&office, &arena, &err) < 0 && err.key == ERROR_TEXT_EMPTY, "a name of white space is empty");
    office.name = "みほん診療所";
    office.phone = "なし";
    ok (office_check (&office, &arena, &err) < 0 && err.key == ERROR_PHONE_INVALID, "a telephone without digits is refused");
    ok (agreement_check (&agreement, &arena, &err) == 0, "an agreement without end is accepted");
    agreement.to = "2026-03-31";
    ok (agreement_check (&agreement, &arena, &err) < 0 && err.key == ERROR_PERIOD_REVERSED, "…not one that ends before it starts");
    agreement.to = "2026-02-30";
    ok (agreement_check (&agreement, &arena, &err) < 0 && err.key == ERROR_DATE_INVALID, "…nor on 30 February");
    agreement = (struct agreement_put) { .agreement_id = "a", .giving = "011002", .receiving = "011002", .from = "2026-04-01" };
    ok (agreement_check (&agreement, &arena, &err) < 0, "…nor with itself");
}

static void addresses (void)
{
    ok (email_is_plausible ("sato@station.example"), "an e-mail address");
    ok (!email_is_plausible ("sato") && !email_is_plausible ("@x") && !email_is_plausible ("a@") && !email_is_plausible ("a@b@c"),
        "no addresses");
    ok (!email_is_plausible ("a@b\r\nBcc: c@d"), "a header cannot be smuggled in");
}

static void roles (void)
{
    static const int given[] = { ROLE_DOCTOR, ROLE_HELPER, ROLE_DOCTOR }, sorted[] = { ROLE_HELPER, ROLE_DOCTOR };
    static const char *const desk[] = { "dispatch_desk", "last_resort" }, *const mixed[] = { "last_resort", "doctor" };
    struct enum_list list;
    ARENA (arena);

    ok (roles_check ((struct enum_list) { given, 3 }, &arena, &list, &err) == 0 && roles_same (list, (struct enum_list) { sorted, 2 }),
        "roles are a set");
    ok (roles_check ((struct enum_list) { given, 0 }, &arena, &list, &err) < 0, "no role at all is refused");
    ok (!session_locks_idle ((struct text_list) { desk, 2 }, true), "S-07: desks without patients do not lock at their terminal");
    ok (session_locks_idle ((struct text_list) { desk, 2 }, false), "…anywhere else they do");
    ok (session_locks_idle ((struct text_list) { mixed, 2 }, true), "…who is also a doctor does");
    ok (session_locks_idle ((struct text_list) { NULL, 0 }, true), "…and who has no role");
}

static void who_runs_the_region (void)
{
    static const int nurse[] = { ROLE_VISITING_NURSE, ROLE_MUNICIPAL_OFFICER, ROLE_PREFECTURE }, two[] = { ROLE_VISITING_NURSE, ROLE_OPERATOR },
                     admin[] = { ROLE_ADMINISTRATOR };

    ok (!runs_region ((struct enum_list) { nurse, 3 }), "a nurse, an officer or the prefecture does not run the region");
    ok (runs_region ((struct enum_list) { two, 2 }) && runs_region ((struct enum_list) { admin, 1 }), "an operator or administrator does, whatever else");
    ok (!runs_region ((struct enum_list) { admin, 0 }), "nobody without a role");
}

int main (void)
{
    offices ();
    people ();
    managed_people ();
    placing ();
    sessions ();
    granting ();
    contents ();
    addresses ();
    roles ();
    who_runs_the_region ();
    return done ();
}
