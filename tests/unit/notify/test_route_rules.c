/* Contact routes between hospitals and doctors (U-17): what they say, who writes, reads and tries them, when they are known to work. */
#include "clock.h"
#include "route_rules.h"
#include "tap.h"

#define TOWN "011002"
static struct arena arena;
static struct error err;
static const int64_t day = 86400LL * SECOND_US, now = 1000 * 86400LL * SECOND_US;

static struct actor actor_of (enum role role, const char *office, const char *municipality)
{
    return (struct actor) { .person_id = "p", .office_id = office, .municipality = municipality, .roles = 1ULL << (role - 1) };
}

static bool edits (enum role role, const char *office, const char *municipality)
{
    const struct actor actor = actor_of (role, office, municipality);

    return route_may_edit (&actor, &(struct route_office) { .office_id = "H", .name = "病院", .municipality = TOWN, .shared = true });
}

static bool reads (enum role role, const char *office, const char *municipality, bool shared)
{
    const struct actor actor = actor_of (role, office, municipality);

    return route_may_read (&actor, &(struct route_office) { .office_id = "H", .name = "病院", .municipality = TOWN, .shared = shared });
}

static void who (void)
{
    ok (edits (ROLE_HOSPITAL_LIAISON, "H", TOWN) && edits (ROLE_HOSPITAL_NIGHT_DESK, "H", TOWN) && edits (ROLE_SERVICE_MANAGER, "H", TOWN)
        && edits (ROLE_DOCTOR, "H", TOWN), "U-17 a hospital's desks, manager and doctors write its routes");
    ok (!edits (ROLE_DOCTOR, "C", TOWN) && !edits (ROLE_VISITING_NURSE, "H", TOWN),
        "...a doctor of elsewhere and a nurse do not, even if they share a person");
    ok (edits (ROLE_ROTA_OFFICE, "R", TOWN) && edits (ROLE_MUNICIPAL_OFFICER, "R", TOWN), "the municipality's keepers do");
    ok (!edits (ROLE_ROTA_OFFICE, "R", "011003") && !edits (ROLE_ADMINISTRATOR, "R", "011003"), "...another one's do not");
    ok (reads (ROLE_DOCTOR, "C", TOWN, true) && reads (ROLE_DOCTOR, "C", "011003", true),
        "U-17 who shares a person reads them, from wherever");
    ok (!reads (ROLE_DOCTOR, "C", TOWN, false) && !reads (ROLE_VISITING_NURSE, "C", TOWN, false),
        "U-17 a stranger does not, of the same town either");
    ok (reads (ROLE_HELPER, "H", TOWN, false) && reads (ROLE_MUNICIPAL_OFFICER, "R", TOWN, false),
        "everybody of the office does, and its keepers");
    ok (!reads (ROLE_DOCTOR, NULL, NULL, false), "nobody of nowhere does not");
}

static const char *put (enum route_means means, const char *text)
{
    const char *address;

    err = (struct error) { 0 };
    return route_check (&(struct contact_route_put) { .means = means, .address = text }, &arena, &address, &err) == 0 ? address
        : error_name_of (&err);
}

static void addresses (void)
{
    ok (strstr (put (ROUTE_MEANS_TELEPHONE, "０９９０－２０－０００１"), "0990") != NULL, "U-17 a number in full width is one");
    is (put (ROUTE_MEANS_TELEPHONE, "夜間窓口へ"), "phone_invalid", "U-17 words are no telephone number");
    is (put (ROUTE_MEANS_FAX, "12"), "phone_invalid", "...nor are two digits a FAX");
    is (put (ROUTE_MEANS_OTHER, "　院内PHS 守衛室経由　"), "院内PHS 守衛室経由", "U-17 another means is said in words");
    is (put (ROUTE_MEANS_OTHER, "　 "), "text_empty", "...but in some");
    is (err.fields[0].pointer, "/address", "the field is named");
}

static const char *tried (struct contact_route_test test, enum route_means means, bool voice)
{
    err = (struct error) { 0 };
    return route_test_check (&test, means, voice, &err) == 0 ? "taken" : error_name_of (&err);
}

static void trials (void)
{
    is (tried ((struct contact_route_test) { .has_answered = true, .answered = true }, ROUTE_MEANS_OTHER, false), "taken",
        "U-17 a person's own call, by any means");
    is (tried ((struct contact_route_test) { .has_answered = true, .note = " \n" }, ROUTE_MEANS_TELEPHONE, false), "reason_needed",
        "nobody answered: something must be said");
    is (tried ((struct contact_route_test) { .has_answered = true, .note = "話し中" }, ROUTE_MEANS_TELEPHONE, false), "taken",
        "...then it is");
    is (tried ((struct contact_route_test) { 0 }, ROUTE_MEANS_TELEPHONE, true), "taken", "U-17 the system calls a telephone");
    is (tried ((struct contact_route_test) { 0 }, ROUTE_MEANS_FAX, true), "call_yourself", "...and no FAX");
    is (tried ((struct contact_route_test) { 0 }, ROUTE_MEANS_TELEPHONE, false), "call_yourself", "...and none without an adapter");
}

static bool doubtful (int64_t age_days, const struct route_call *calls, size_t count)
{
    return route_needs_check (&(struct route_call_list) { calls, count }, age_days >= 0, now - age_days * day, now);
}

static void knowledge (void)
{
    static const struct route_call calls[] = { { .has_answered = false }, { .has_answered = true, .answered = false },
        { .has_answered = true, .answered = true } };

    ok (doubtful (-1, NULL, 0), "U-17 what was never tried is to be checked");
    ok (!doubtful (31, calls + 2, 1) && doubtful (32, calls + 2, 1), "U-17 31 days after somebody answered, too");
    ok (doubtful (3, calls + 1, 2), "U-17 ...and when the newest trial failed");
    ok (!doubtful (3, (const struct route_call[]) { calls[0], calls[2] }, 2), "a call under way says nothing yet");
    ok (doubtful (3, calls, 3), "...the one before it does");
}

int main (void)
{
    who ();
    addresses ();
    trials ();
    knowledge ();
    arena_done (&arena);
    return done ();
}
