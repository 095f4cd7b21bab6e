/* What registry and notify tell sharing, in every order and twice; what an alert opens, for how long, and what closes it whatever comes
 * later. */
#include "region.h"

static int tell (struct harness *harness, const char *from, const struct message_type *type, const void *event, const char *subject,
                 int64_t version, bool replay)
{
    struct error err = { 0 };
    int status = (replay ? harness_replay : harness_hear) (harness, from, type, event, subject, version, TOWN_A, &err);

    if (status < 0)
        note ("%s: %s %s", type->name, error_name_of (&err), err.detail);
    return status;
}

/* ---- projections in every order ------------------------------------------------------------------------------------------------------ */

#define SUBJECT OFFICE ("99")
#define MEMBER PERSON ("99")

static const int one_role[] = { ROLE_HELPER }, two_roles[] = { ROLE_HELPER, ROLE_DOCTOR };
static const struct municipality_changed towns[] = { { .municipality_id = SUBJECT, .code = "011099", .name = "一" },
    { .municipality_id = SUBJECT, .code = "011099", .name = "二" }, { .municipality_id = SUBJECT, .code = "011099", .name = "三" } };
static const struct office_changed offices[] = { { .office_id = SUBJECT, .name = "一", .municipality = TOWN_A, .phone = "1" },
                                                 { .office_id = SUBJECT, .name = "二", .municipality = TOWN_B },
                                                 { .office_id = SUBJECT, .name = "三", .municipality = TOWN_A, .phone = "3" } };
static const struct membership_changed members[] = {
    { .membership_id = SUBJECT, .person_id = MEMBER, .name = "一", .office_id = STATION, .municipality = TOWN_A, .roles = { one_role, 1 } },
    { .membership_id = SUBJECT, .person_id = MEMBER, .name = "二", .office_id = STATION, .municipality = TOWN_A, .roles = { two_roles, 2 } },
    { .membership_id = SUBJECT, .person_id = MEMBER, .name = "三", .office_id = STATION, .municipality = TOWN_A } };
static const struct agreement_changed agreements[] = {
    { .agreement_id = SUBJECT, .giving = TOWN_A, .receiving = TOWN_B, .from = "2026-01-01" },
    { .agreement_id = SUBJECT, .giving = TOWN_A, .receiving = TOWN_B, .from = "2026-01-01", .to = "2026-06-30" },
    { .agreement_id = SUBJECT, .giving = TOWN_A, .receiving = TOWN_B, .from = "2026-07-01" }
};

static const struct { const struct message_type *type; const void *words[3]; const char *says[3], *sql;
} projections[] = { { &municipality_changed_message,
                      { &towns[0], &towns[1], &towns[2] },
                      { "一", "二", "三" },
                      "select name from municipality where code = '011099'" },
                    { &office_changed_message,
                      { &offices[0], &offices[1], &offices[2] },
                      { "一0110021", "二011003-", "三0110023" },
                      "select name || located_in || coalesce (phone, '-') from office where office_id = '" SUBJECT "'" },
                    { &membership_changed_message,
                      { &members[0], &members[1], &members[2] },
                      { "一2", "二10", "三0" },
                      "select name || roles from membership where membership_id = '" SUBJECT "'" },
                    { &agreement_changed_message,
                      { &agreements[0], &agreements[1], &agreements[2] },
                      { "2026-01-01-", "2026-01-012026-06-30", "2026-07-01-" },
                      "select from_date || coalesce (to_date::text, '-') from agreement where agreement_id = '" SUBJECT "'" } };

static void test_orders (struct harness *harness)
{
    static const int orders[][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };

    for (size_t i = 0; i < sizeof projections / sizeof *projections; i++) {
        int wrong = 0;
        char name[120];

        for (size_t order = 0; order < 6; order++) {
            int newest = -1;

            harness_sql (harness, "delete from municipality where code = '011099'; delete from office where office_id = '" SUBJECT "';"
                                  " delete from membership where membership_id = '" SUBJECT
                                  "'; delete from agreement where agreement_id = '" SUBJECT "'");
            for (int n = 0; n < 6; n++) {
                int word = orders[order][n / 2];

                newest = word > newest ? word : newest;
                wrong += tell (harness, "registry", projections[i].type, projections[i].words[word], SUBJECT, word + 1, n % 2) < 0
                    || strcmp (harness_text (harness, "%s", projections[i].sql), projections[i].says[newest]) != 0;
            }
        }
        snprintf (name, sizeof name, "%s: three words in all six orders, each twice: the newest stands", projections[i].type->name);
        is_number (wrong, 0, name);
    }
    harness_sql (harness, "delete from agreement");
}

/* ---- an alert opens the record ------------------------------------------------------------------------------------------------------- */

static struct alert_person_asked asked (struct harness *harness, int alert, int64_t hours)
{
    return (struct alert_person_asked){ .alert_id = ALERT (alert),
                                        .patient_id = PATIENT (1),
                                        .person_id = DUTY_DOCTOR,
                                        .office_id = DUTY_CLINIC,
                                        .target = TARGET_KIND_ROTATION,
                                        .rotation_id = ROTATION,
                                        .until = harness_now (harness) + hours * 3600 * SECOND_US };
}

static int hear_asked (struct harness *harness, struct alert_person_asked event, int64_t version)
{
    return tell (harness, "notify", &alert_person_asked_message, &event, event.alert_id, version, false);
}

static void test_what_opens (struct harness *harness)
{
    static const struct { enum target_kind target; const char *rotation; bool opens; const char *says;
    } rows[] = { { TARGET_KIND_ROTATION, ROTATION, true, "the rotation the person consented to" },
                 { TARGET_KIND_ROTATION, NOBODY, false, "another rotation" },
                 { TARGET_KIND_ROTATION, NULL, false, "no rotation at all" },
                 { TARGET_KIND_LAST_RESORT, NULL, false, "the last resort, without its consent" },
                 { TARGET_KIND_PERSON, ROTATION, false, "a person by name" },
                 { TARGET_KIND_OFFICE, ROTATION, false, "an office by name" } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct alert_person_asked event = asked (harness, 10 + (int) i, 72);
        char name[120];

        event.target = rows[i].target;
        event.rotation_id = rows[i].rotation;
        harness_sql (harness, "delete from access where ground in (3, 4)");
        hear_asked (harness, event, 1);
        snprintf (name, sizeof name, "S-23 asked as %s: %s", rows[i].says, rows[i].opens ? "open" : "closed");
        is_number (region_sees (harness, &duty_doctor, 1), rows[i].opens, name);
    }
}

static void test_how_long (struct harness *harness)
{
    struct alert_person_asked again;

    harness_sql (harness, "delete from access where ground in (3, 4)");
    hear_asked (harness, asked (harness, 20, 72), 1);
    again = asked (harness, 20, 1);
    hear_asked (harness, again, 2);
    is_number (harness_number (harness, "select count(*) from access where ground = 3"), 1, "asked twice in one alert: one row of access");
    harness_clock (harness, 3600LL * SECOND_US * 71);
    ok (region_sees (harness, &duty_doctor, 1), "...for the longer of the two times");
    harness_clock (harness, 3600LL * SECOND_US * 73);
    ok (!region_sees (harness, &duty_doctor, 1), "...and not longer");
    harness_clock (harness, 0);
    again = asked (harness, 21, 0);
    harness_sql (harness, "delete from access where ground in (3, 4)");
    hear_asked (harness, again, 1);
    ok (!region_sees (harness, &duty_doctor, 1), "heard too late, when its time is over, it opens nothing");
    is_number (harness_number (harness, "select count(*) from access where ground = 3"), 0, "...and leaves no row");
}

/* The consent ends before the alert's seventy-two hours do. */
static void test_consent_ends_first (struct harness *harness)
{
    struct consent_record short_one = { .patient_id = PATIENT (1),
                                        .consent_id = CONSENT (31),
                                        .scope = CONSENT_SCOPE_DUTY_DOCTORS,
                                        .giver = CONSENT_GIVER_PERSON,
                                        .method = CONSENT_METHOD_ORAL,
                                        .from = "2020-01-01",
                                        .rotation_id = ROTATION };
    struct error err = { 0 };
    int64_t midnight = tokyo_instant (tokyo_of (harness_now (harness)).day_number + 1, 0);

    harness_as (harness, &manager);
    must (region_withdraw (harness, 1, 30, &err), &err, "withdraw");
    short_one.to = harness_text (harness, "select ((guard.now () at time zone 'Asia/Tokyo')::date)::text");
    must (harness_call (harness, "consent_record", &short_one, NULL, &err), &err, "consent");
    harness_sql (harness, "delete from access where ground in (3, 4)");
    hear_asked (harness, asked (harness, 30, 72), 1);
    ok (region_sees (harness, &duty_doctor, 1), "asked on the last day of the consent, the doctor sees the record");
    harness_clock (harness, midnight - harness_now (harness) + SECOND_US);
    ok (!region_sees (harness, &duty_doctor, 1), "S-25 ...and after midnight no more, although the alert has seventy-two hours");
    harness_clock (harness, 0);
    harness_as (harness, &manager);
    must (region_withdraw (harness, 1, 31, &err), &err, "withdraw");
    ok (!region_sees (harness, &duty_doctor, 1), "S-25 withdrawn, it closes at once");
    hear_asked (harness, asked (harness, 30, 72), 2);
    ok (!region_sees (harness, &duty_doctor, 1), "...and being asked again in the same alert opens nothing any more");
}

/* ---- leaving ------------------------------------------------------------------------------------------------------------------------- */

static void member (struct harness *harness, const struct harness_actor *who, bool left, int64_t version, bool replay)
{
    int role = __builtin_ctzll (who->roles) + 1;
    struct membership_changed event = { .membership_id = who->person, .person_id = who->person, .name = "宇野 香", .office_id = who->office,
        .municipality = who->municipality, .roles = { &role, left ? 0 : 1 } };

    tell (harness, "registry", &membership_changed_message, &event, who->person, version, replay);
}

static void test_leaving_twice (struct harness *harness)
{
    int64_t events = harness_events (harness, &care_team_changed_message);

    member (harness, &nurse, true, 10, false);
    ok (!region_sees (harness, &nurse, 1), "who leaves sees nothing any more");
    is_number (harness_events (harness, &care_team_changed_message), events + 1, "...and each team is told once");
    member (harness, &nurse, true, 10, false);
    member (harness, &nurse, true, 11, false);
    is_number (harness_events (harness, &care_team_changed_message), events + 1, "...not again when it is told twice");
    is_number (harness_number (harness, "select count(*) from care_team_member where person_id = '" NURSE "' and ended_at is null"), 0,
               "...no seat is left");
    ok (harness_number (harness, "select count(*) from section_version where written_by = '" NURSE "'") > 0, "what she wrote stays");
    harness_as (harness, &doctor);
    is (harness_text (harness, "select name from membership where person_id = '" NURSE "'"), "宇野 香", "...with her name");
}

/* The office of a team moves away and comes back while an alert has opened the record to it. */
static void test_office_gone (struct harness *harness)
{
    struct emergency_reported reported = { .alert_id = ALERT (40),
                                           .patient_id = PATIENT (1),
                                           .urgency = URGENCY_URGENT,
                                           .tag = CONDITION_TAG_FALL,
                                           .reported_by = DOCTOR,
                                           .reported_at = harness_now (harness) };
    struct alert_ended ended = { .alert_id = ALERT (40), .patient_id = PATIENT (1), .ended_by = DOCTOR, .ended_at = harness_now (harness) };

    is_number (tell (harness, "notify", &alert_ended_message, &ended, ALERT (40), 2, false), 0,
               "an end that is heard before its beginning does no harm");
    is_number (tell (harness, "notify", &emergency_reported_message, &reported, ALERT (40), 1, false), 0, "...nor the beginning after it");
    is_number (harness_number (harness, "select count(*) from emergency_mark where alert_id = '%s'", ALERT (40)), 1, "...one mark stands");
    region_office (harness, CLINIC, "さくら内科", TOWN_B, 5);
    ok (!region_sees (harness, &doctor, 1), "S-21 an office that moved needs an agreement");
    region_office (harness, CLINIC, "さくら内科", TOWN_A, 4);
    ok (!region_sees (harness, &doctor, 1), "...older words about it do not bring it back");
    region_office (harness, CLINIC, "さくら内科", TOWN_A, 6);
    ok (region_sees (harness, &doctor, 1), "...newer ones do");
}

int main (void)
{
    struct harness *harness = region_open ();
    struct error err = { 0 };

    region_patient (harness, 1, "北野 一郎", "キタノ イチロウ");
    harness_as (harness, &manager);
    must (region_consent (harness, 1, 30, CONSENT_SCOPE_DUTY_DOCTORS, &err), &err, "consent");
    harness_as (harness, &nurse);
    must (region_write (harness, 1, 0, "咳", NULL, &err), &err, "write");
    test_orders (harness);
    test_what_opens (harness);
    test_how_long (harness);
    test_consent_ends_first (harness);
    test_leaving_twice (harness);
    test_office_gone (harness);
    harness_close (&harness);
    return done ();
}
