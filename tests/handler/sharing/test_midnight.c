/* Consents and agreements begin and end at midnight in Japan, whatever the host believes: what is open a microsecond before and after, what
 * is told to others, and agreements that follow each other. */
#include "region.h"

static int64_t midnight;                    /* of a day in Japan some days ahead; decision times are given around it */
static char day_text[8][11];                /* that day and the ones after it */

static void choose_day (struct harness *harness)
{
    int64_t day;

    harness_clock (harness, 0);
    day = tokyo_of (harness_now (harness)).day_number + 10;
    midnight = tokyo_instant (day, 0);
    for (int i = 0; i < 8; i++)
        day_number_text (day + i, day_text[i]);
}

/* The clock of the database goes on by itself: half a minute before and a moment after are near enough. */
static void at (struct harness *harness, int64_t us)
{
    harness_clock (harness, 0);
    harness_clock (harness, us - harness_now (harness));
}

static int record (struct harness *harness, int patient, int consent, enum consent_scope scope, const char *from, const char *to)
{
    struct consent_record message = { .patient_id = PATIENT (patient), .consent_id = CONSENT (consent), .scope = scope,
        .giver = CONSENT_GIVER_PERSON, .method = CONSENT_METHOD_WRITTEN, .from = from, .to = to,
        .rotation_id = scope == CONSENT_SCOPE_DUTY_DOCTORS ? ROTATION : NULL };
    struct error err = { 0 };

    harness_as (harness, &manager);
    return harness_call (harness, "consent_record", &message, NULL, &err);
}

static void new_patient (struct harness *harness, int number)
{
    struct error err = { 0 };

    harness_as (harness, &manager);
    must (region_register (harness, number, "北野 一郎", "キタノ イチロウ", &err), &err, "register");
    must (region_seat (harness, number, 10 * number + 2, TEAM_SEAT_VISITING_NURSING, &nurse, &err), &err, "seat");
}

static size_t turn (struct harness *harness)
{
    struct consent_changed event = { 0 };
    struct error err = { 0 };

    for (int i = 0; i < 3; i++)
        must (harness_job (harness, "consent_turn", &err), &err, "consent_turn");
    return harness_last_event (harness, &consent_changed_message, &event) < 0 ? 0 : event.scopes.count;
}

/* ---- one consent --------------------------------------------------------------------------------------------------------------------- */

static void test_first_and_last_day (struct harness *harness)
{
    static const char *const zones[] = { "UTC", "Asia/Tokyo", "America/New_York" };

    for (int zone = 0; zone < 3; zone++) {
        int patient = 1 + zone;
        char name[120];

        setenv ("TZ", zones[zone], 1);
        tzset ();
        harness_clock (harness, 0);
        new_patient (harness, patient);
        must (record (harness, patient, 100 + patient, CONSENT_SCOPE_TEAM, day_text[0], day_text[1]), &(struct error) { 0 }, "consent");
        at (harness, midnight - 30 * SECOND_US);
        snprintf (name, sizeof name, "S-25 TZ=%s: half a minute before midnight in Japan the consent opens nothing", zones[zone]);
        ok (!region_sees (harness, &nurse, patient), name);
        ok (harness_sees (harness, "select count(*) from patient where patient_id = '%s'", PATIENT (patient)) == 0,
            "...in the database neither");
        at (harness, midnight + SECOND_US / 10);
        ok (region_sees (harness, &nurse, patient), "...from midnight on it does");
        at (harness, midnight + 2 * 86400LL * SECOND_US - 30 * SECOND_US);
        ok (region_sees (harness, &nurse, patient), "...to the end of its last day");
        at (harness, midnight + 2 * 86400LL * SECOND_US + SECOND_US / 10);
        ok (!region_sees (harness, &nurse, patient), "...and not a moment longer");
    }
    setenv ("TZ", "UTC", 1);
    tzset ();
}

/* Projections hear of it on the day, once, however often and late the job runs. */
static void test_turn (struct harness *harness)
{
    int64_t events;

    harness_clock (harness, 0);
    harness_sql (harness, "update consent set in_force = false, withdrawn_at = guard.now () where withdrawn_at is null");
    new_patient (harness, 4);
    must (record (harness, 4, 41, CONSENT_SCOPE_TEAM, day_text[0], day_text[0]), &(struct error) { 0 }, "consent");
    must (record (harness, 4, 42, CONSENT_SCOPE_EMS, day_text[0], NULL), &(struct error) { 0 }, "consent");
    must (record (harness, 4, 43, CONSENT_SCOPE_DUTY_DOCTORS, day_text[1], day_text[2]), &(struct error) { 0 }, "consent");
    events = harness_events (harness, &consent_changed_message);
    at (harness, midnight - 60 * SECOND_US);
    turn (harness);
    is_number (harness_events (harness, &consent_changed_message), events, "before midnight nothing is told");
    at (harness, midnight + SECOND_US);
    is_number ((int64_t) turn (harness), 2, "S-25 on the first day others are told of both scopes");
    is_number (harness_events (harness, &consent_changed_message), events + 1, "...in one event");
    turn (harness);
    is_number (harness_events (harness, &consent_changed_message), events + 1, "...once");
    at (harness, midnight + 86400LL * SECOND_US + SECOND_US);
    is_number ((int64_t) turn (harness), 2, "the day after one has ended and another begun");
    at (harness, midnight + 30 * 86400LL * SECOND_US);
    is_number ((int64_t) turn (harness), 1, "a month without the job: what has ended meanwhile is told in one go");
    is_number (harness_events (harness, &consent_changed_message), events + 3, "...no more events than changes");
}

/* Withdrawn while it has not begun: it never begins. */
static void test_withdrawn_before (struct harness *harness)
{
    struct error err = { 0 };

    harness_clock (harness, 0);
    new_patient (harness, 5);
    must (record (harness, 5, 51, CONSENT_SCOPE_TEAM, day_text[0], NULL), &err, "consent");
    must (region_withdraw (harness, 5, 51, &err), &err, "withdraw");
    at (harness, midnight + SECOND_US);
    turn (harness);
    is_number (harness_number (harness, "select in_force::int from consent where patient_id = '%s'", PATIENT (5)), 0,
               "S-25 a consent withdrawn before its first day is never told as in force");
    ok (!region_sees (harness, &nurse, 5), "...and opens nothing on it");
    is_number (harness_number (harness, "select count(*) from access where patient_id = '%s' and ground = 2"
                               " and (to_at is null or to_at > guard.now ())", PATIENT (5)), 0, "...no row of access waits for it");
}

/* Two consents that touch: nobody is shut out at the midnight between them, and the end of one does not close the other. */
static void test_two_touch (struct harness *harness)
{
    struct error err = { 0 };

    harness_clock (harness, 0);
    new_patient (harness, 6);
    must (record (harness, 6, 61, CONSENT_SCOPE_TEAM, day_text[0], day_text[0]), &err, "consent");
    must (record (harness, 6, 62, CONSENT_SCOPE_TEAM, day_text[1], day_text[1]), &err, "consent");
    for (int64_t seconds = -3; seconds <= 3; seconds += 2) {
        at (harness, midnight + 86400LL * SECOND_US + seconds * SECOND_US);
        ok (region_sees (harness, &nurse, 6), "around the midnight between two consents the record stays open");
    }
    must (region_withdraw (harness, 6, 62, &err), &err, "withdraw");
    ok (!region_sees (harness, &nurse, 6), "S-25 withdrawing the second closes it, although the first was never withdrawn");
}

/* ---- agreements ---------------------------------------------------------------------------------------------------------------------- */

static void agree (struct harness *harness, int number, const char *from, const char *to, int64_t version)
{
    const char *id = region_id ('g', number);
    struct agreement_changed event = { .agreement_id = id, .giving = TOWN_A, .receiving = TOWN_B, .from = from, .to = to };
    struct error err = { 0 };

    must (harness_hear (harness, "registry", &agreement_changed_message, &event, id, version, TOWN_A, &err), &err, "agreement");
}

static bool foreign_sees (struct harness *harness, int64_t us)
{
    at (harness, us);
    return region_sees (harness, &nurse_b_agreed, 7);
}

static void test_agreements_follow (struct harness *harness)
{
    struct error err = { 0 };
    int64_t second_day = midnight + 86400LL * SECOND_US;

    harness_clock (harness, 0);
    new_patient (harness, 7);
    must (record (harness, 7, 71, CONSENT_SCOPE_TEAM, "2020-01-01", NULL), &err, "consent");
    must (region_seat (harness, 7, 73, TEAM_SEAT_VISITING_NURSING, &nurse_b, &err), &err, "seat");
    agree (harness, 1, "2020-01-01", day_text[0], 1);
    ok (foreign_sees (harness, second_day - 30 * SECOND_US), "S-21 an agreement lasts to the end of its last day in Japan");
    ok (!foreign_sees (harness, second_day + SECOND_US), "...and no longer");
    harness_clock (harness, 0);
    agree (harness, 2, day_text[1], day_text[3], 1);
    ok (foreign_sees (harness, second_day - 30 * SECOND_US), "with the agreement for the next year signed early, nothing changes before");
    ok (foreign_sees (harness, second_day + SECOND_US), "S-21 ...and at midnight the new one takes over, without anybody doing anything");
    ok (foreign_sees (harness, midnight + 4 * 86400LL * SECOND_US - 30 * SECOND_US), "...to its own last day");
    ok (!foreign_sees (harness, midnight + 4 * 86400LL * SECOND_US + SECOND_US), "...not beyond");
    harness_clock (harness, 0);
    agree (harness, 3, day_text[2], NULL, 1);
    ok (foreign_sees (harness, midnight + 40 * 86400LL * SECOND_US), "one that lies over it and has no end: it stays open");
    harness_clock (harness, 0);
    agree (harness, 3, day_text[2], "2020-01-02", 2);
    ok (!foreign_sees (harness, midnight + 4 * 86400LL * SECOND_US + SECOND_US), "...until that one is ended");
    ok (foreign_sees (harness, midnight + 3 * 86400LL * SECOND_US), "...which leaves the others as they were");
}

/* A hole between two agreements is a hole. */
static void test_agreements_apart (struct harness *harness)
{
    harness_clock (harness, 0);
    agree (harness, 2, day_text[3], day_text[4], 2);
    agree (harness, 1, "2020-01-01", day_text[0], 2);
    ok (foreign_sees (harness, midnight + SECOND_US), "S-21 two agreements with days between them: open under the first");
    ok (!foreign_sees (harness, midnight + 86400LL * SECOND_US + SECOND_US), "S-21 ...closed in between");
    ok (!foreign_sees (harness, midnight + 3 * 86400LL * SECOND_US - 30 * SECOND_US), "S-21 ...to the last moment");
}

int main (void)
{
    struct harness *harness = region_open ();

    choose_day (harness);
    test_first_and_last_day (harness);
    test_turn (harness);
    test_withdrawn_before (harness);
    test_two_touch (harness);
    test_agreements_follow (harness);
    test_agreements_apart (harness);
    harness_clock (harness, 0);
    harness_close (&harness);
    return done ();
}
