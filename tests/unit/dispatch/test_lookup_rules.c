/* EMS-07, EMS-10: every role, ground and kind of match; what may be released and what not. */
#include "../../../services/dispatch/lookup_rules.h"
#include "harness.h"
#include "tap.h"

static const struct actor desk = { .roles = ROLE_BIT (ROLE_DISPATCH_DESK) }, crew = { .roles = ROLE_BIT (ROLE_AMBULANCE_CREW) },
                          centre = { .roles = ROLE_BIT (ROLE_LAST_RESORT) };

static const struct lookup_open full = {
    .lookup_id = "l", .patient_id = "p", .ground = EMS_GROUND_UNIQUE_MATCH, .unit = "救急1", .reason = "意識なし"
};

static enum error_key open_refused (const struct actor *actor, struct lookup_standing standing, struct lookup_open message)
{
    struct error err = { 0 };

    return lookup_check_open (actor, &standing, &message, &err) < 0 ? err.key : (enum error_key) 0;
}

/* What the rules say in words, for all combinations. */
static bool may (bool last_resort, bool telephone, enum ems_ground ground, enum match_result result, bool strong, bool candidate,
                 bool glass)
{
    if (last_resort != telephone || telephone != (ground == EMS_GROUND_TELEPHONE))
        return false;
    if (ground == EMS_GROUND_BREAK_GLASS)
        return glass;
    return candidate && (ground != EMS_GROUND_UNIQUE_MATCH || (result == MATCH_RESULT_UNIQUE && strong));
}

static void test_all_combinations (void)
{
    int wrong = 0, tried = 0, allowed = 0;

    for (unsigned bits = 0; bits < 32; bits++)
        for (int ground = EMS_GROUND_UNIQUE_MATCH; ground <= EMS_GROUND_TELEPHONE; ground++)
            for (int result = MATCH_RESULT_UNIQUE; result <= MATCH_RESULT_NONE; result++) {
                bool last = bits & 1, telephone = bits & 2, strong = bits & 4, candidate = bits & 8, glass = bits & 16;
                struct lookup_standing standing = { .result = (enum match_result) result, .strong = strong, .is_candidate = candidate,
                                                    .by_telephone = telephone, .has_number = true, .break_glass = glass };
                struct lookup_open message = full;
                bool expected = may (last, telephone, (enum ems_ground) ground, (enum match_result) result, strong, candidate, glass);

                message.ground = (enum ems_ground) ground;
                wrong += (open_refused (last ? &centre : bits & 1 ? &crew : &desk, standing, message) == 0) != expected;
                allowed += expected;
                tried++;
            }
    is_number (wrong, 0, "EMS-07: every combination of role, way, ground and match is allowed or refused as agreed");
    ok (tried == 640 && allowed > 0 && allowed < tried, "...all 640 of them");
}

static void test_reasons (void)
{
    struct lookup_standing standing = { .result = MATCH_RESULT_UNIQUE, .strong = true, .is_candidate = true, .break_glass = true };
    struct lookup_open message = full;

    is_number (open_refused (&desk, standing, message), 0, "EMS-07: a certain match is released");
    standing.age_us = (LOOKUP_LIFE_SECONDS + 1) * 1000000ll;
    is_number (open_refused (&desk, standing, message), ERROR_NOT_FOR_YOU, "...within the hour");
    standing.age_us = 0;
    standing.strong = false;
    is_number (open_refused (&desk, standing, message), ERROR_REASON_NEEDED, "§4.6: unique by one key needs a reason");
    message.ground = EMS_GROUND_LIFE_THREAT;
    is_number (open_refused (&crew, standing, message), 0, "...such as a threat to life");
    message.ground = EMS_GROUND_BREAK_GLASS;
    is_number (open_refused (&crew, standing, message), 0, "EMS-10: break-glass where it is switched on");
    message.reason = NULL;
    is_number (open_refused (&crew, standing, message), ERROR_REASON_NEEDED, "EMS-10: ...with a reason");
    message.reason = "x";
    message.unit = "";
    is_number (open_refused (&crew, standing, message), ERROR_REASON_NEEDED, "EMS-10: ...and a unit");
    standing.break_glass = false;
    is_number (open_refused (&crew, standing, full.unit ? message : full), ERROR_NOT_FOR_ROLE, "EMS-10: ...and not where it is off");
    message = full;
    message.ground = EMS_GROUND_TELEPHONE;
    standing.by_telephone = true;
    is_number (open_refused (&centre, standing, message), ERROR_REASON_NEEDED, "by telephone only for an incident that was said");
}

static void test_find (void)
{
    struct lookup_find message = { .lookup_id = "l", .phone = "0990" };
    struct error err = { 0 };

    ok (lookup_check_find (&desk, &message, &err) == 0, "a desk looks by a telephone number");
    ok (lookup_check_find (&centre, &message, &err) < 0 && err.key == ERROR_NOT_FOR_ROLE, "the last resort does not by itself");
    message.has_by_telephone = message.by_telephone = true;
    ok (lookup_check_find (&desk, &message, &err) < 0, "...nor a desk by telephone");
    ok (lookup_check_find (&centre, &message, &err) < 0 && err.key == ERROR_FIELD_MISSING, "...by telephone: whose crew");
    message.partner_id = "p";
    ok (lookup_check_find (&centre, &message, &err) < 0 && err.key == ERROR_REASON_NEEDED, "...which unit and incident");
    message.unit = "救急1";
    message.number = "I1";
    ok (lookup_check_find (&centre, &message, &err) == 0, "救急隊からの電話: with both it may");
    message = (struct lookup_find) { .lookup_id = "l" };
    ok (lookup_check_find (&desk, &message, &err) < 0 && err.key == ERROR_TEXT_EMPTY, "nothing to look by is refused");
    message.incident_id = "i";
    ok (lookup_check_find (&desk, &message, &err) == 0, "...unless an incident has its own keys");
}

int main (void)
{
    test_all_combinations ();
    test_reasons ();
    test_find ();
    return done ();
}
