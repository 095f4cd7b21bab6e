/* What sharing does when registry and notify tell something: memberships end, alerts open a record and close again, offices move. */
#include "region.h"

static void leaving (struct harness *harness)
{
    struct care_team_changed event;
    struct error err = { 0 };

    harness_as (harness, &manager);
    must (region_seat (harness, 1, 4, TEAM_SEAT_VISITING_NURSING, &nurse_2, &err), &err, "seat");
    region_membership (harness, &nurse, "宇野 香", true, 2);
    ok (!region_sees (harness, &nurse, 1), "who has left the office sees the patient no longer");
    ok (region_sees (harness, &nurse_2, 1), "…a colleague with a seat still does");
    ok (harness_last_event (harness, &care_team_changed_message, &event) == 0 && event.seats.count == 3,
        "…the team without the seat is told");
    region_membership (harness, &nurse_2, "江川 涼", true, 2);
    ok (!region_sees (harness, &nurse_2, 1), "the last one to leave closes the record to the office");
    is_number (harness_sees (harness, "select count(*) from patient"), 0, "…at database level too");
    is_number (harness_number (harness, "select count(*) from membership where roles = 0"), 2, "the names stay, for what they wrote");
    harness_sql (harness, "update care_team_member set ended_at = null where person_id = '" NURSE "'");
    harness_sql (harness, "select access_refresh ('" TOWN_A "', '%s')", PATIENT (1));
    ok (!region_sees (harness, &nurse, 1), "…a seat without a membership opens nothing, even if one were left");
    harness_sql (harness, "update care_team_member set ended_at = guard.now () where person_id = '" NURSE "'");
    region_membership (harness, &nurse, "宇野 香", false, 3);
    ok (!region_sees (harness, &nurse, 1), "who comes back gets no seat back by itself");
    harness_as (harness, &manager);
    is_number (region_seat (harness, 1, 5, TEAM_SEAT_VISITING_NURSING, &nurse, &err), 0, "…but can be given one");
    ok (region_sees (harness, &nurse, 1), "…and sees again");
}

static struct alert_person_asked asked (struct harness *harness, int alert, int patient, enum target_kind target, const char *office)
{
    return (struct alert_person_asked) { .alert_id = ALERT (alert), .patient_id = PATIENT (patient), .person_id = DUTY_DOCTOR,
                                         .office_id = office,
                                         .target = target, .rotation_id = target == TARGET_KIND_ROTATION ? ROTATION : NULL,
                                         .until = harness_now (harness) + 72 * 3600ll * SECOND_US };
}

static void hear_asked (struct harness *harness, struct alert_person_asked event, int64_t version)
{
    struct error err = { 0 };

    must (harness_hear (harness, "notify", &alert_person_asked_message, &event, event.alert_id, version, TOWN_A, &err), &err, "asked");
}

static void duty (struct harness *harness)
{
    struct patient query = { .patient_id = PATIENT (1) };
    struct patient_answer answer;
    struct error err = { 0 };

    hear_asked (harness, asked (harness, 1, 1, TARGET_KIND_ROTATION, DUTY_CLINIC), 1);
    ok (!region_sees (harness, &duty_doctor, 1), "S-23: without consent for the rotation the doctor on duty sees nothing");
    harness_as (harness, &manager);
    must (region_consent (harness, 1, 12, CONSENT_SCOPE_DUTY_DOCTORS, &err), &err, "consent");
    ok (!region_sees (harness, &duty_doctor, 1), "…nor with it, before an alert");
    hear_asked (harness, asked (harness, 2, 1, TARGET_KIND_ROTATION, DUTY_CLINIC), 1);
    ok (region_sees (harness, &duty_doctor, 1), "asked in an alert, the doctor on duty sees the record");
    is_number (harness_call (harness, "patient", &query, &answer, &err), 0, "…and the head");
    ok (strcmp (answer.ground, "duty") == 0 && !answer.may_edit, "…on the ground of duty, for reading only");
    is_number (region_write (harness, 1, 0, "当番医", NULL, &err), -1, "…writing is refused");
    is_number (err.key, ERROR_NOT_FOR_ROLE, "…as not for this role");
    harness_clock (harness, 73 * 3600ll * SECOND_US);
    ok (!region_sees (harness, &duty_doctor, 1), "after 72 hours the record is closed again");
    harness_clock (harness, 0);
    harness_as (harness, &manager);
    must (region_withdraw (harness, 1, 12, &err), &err, "withdraw");
    ok (!region_sees (harness, &duty_doctor, 1), "S-25: a withdrawal closes it at once");
}

static void last_resort (struct harness *harness)
{
    struct harness_actor desk = { .person = DUTY_DOCTOR, .office = DUTY_CLINIC, .municipality = TOWN_A,
                                  .roles = ROLE_BIT (ROLE_LAST_RESORT) };
    struct alert_person_asked by_name = asked (harness, 4, 1, TARGET_KIND_PERSON, DUTY_CLINIC);
    struct alert_person_asked unknown = asked (harness, 5, 88, TARGET_KIND_LAST_RESORT, DUTY_CLINIC);
    struct error err = { 0 };

    hear_asked (harness, asked (harness, 3, 1, TARGET_KIND_LAST_RESORT, DUTY_CLINIC), 1);
    ok (!region_sees (harness, &desk, 1), "the last resort sees nothing without consent");
    harness_as (harness, &manager);
    must (region_consent (harness, 1, 13, CONSENT_SCOPE_LAST_RESORT, &err), &err, "consent");
    hear_asked (harness, by_name, 1);
    ok (!region_sees (harness, &desk, 1), "who is asked by name sees what seats show, no more");
    hear_asked (harness, unknown, 1);
    is_number (harness_number (harness, "select count(*) from access where patient_id = '%s'", PATIENT (88)), 0,
               "an unknown person opens nothing");
    hear_asked (harness, asked (harness, 3, 1, TARGET_KIND_LAST_RESORT, DUTY_CLINIC), 2);
    ok (region_sees (harness, &desk, 1), "with consent the last resort sees the record");
}

static void marks (struct harness *harness)
{
    struct emergency_reported reported = { .alert_id = ALERT (2), .patient_id = PATIENT (1), .urgency = URGENCY_URGENT,
                                           .tag = CONDITION_TAG_BREATHING, .reported_by = NURSE, .reported_at = harness_now (harness) };
    struct emergency_reported unknown = reported;
    struct alert_ended ended = { .alert_id = ALERT (2), .patient_id = PATIENT (1), .ended_by = DOCTOR, .ended_at = harness_now (harness) };
    struct error err = { 0 };

    unknown.patient_id = PATIENT (88);
    is_number (harness_hear (harness, "notify", &emergency_reported_message, &reported, ALERT (2), 1, TOWN_A, &err), 0,
               "an emergency is heard of");
    is_number (harness_hear (harness, "notify", &emergency_reported_message, &reported, ALERT (2), 1, TOWN_A, &err), 0, "…twice");
    is_number (harness_hear (harness, "notify", &emergency_reported_message, &unknown, ALERT (9), 1, TOWN_A, &err), 0,
               "…or of somebody unknown");
    is_number (harness_number (harness, "select count(*) from emergency_mark where ended_at is null"), 1, "…and marked once");
    is_number (harness_hear (harness, "notify", &alert_ended_message, &ended, ALERT (2), 5, TOWN_A, &err), 0, "its end is heard of");
    is_number (harness_number (harness, "select count(*) from emergency_mark where ended_at is null"), 0, "…and marked");
}

static void moving (struct harness *harness)
{
    struct municipality_changed renamed = { .municipality_id = OFFICE ("77"), .code = TOWN_A, .name = "あおば市" };
    struct error err = { 0 };

    region_office (harness, CLINIC, "さくら内科", TOWN_B, 2);
    ok (!region_sees (harness, &doctor, 1), "S-21: an office that moves to another town needs an agreement");
    region_office (harness, CLINIC, "さくら内科", TOWN_A, 3);
    ok (region_sees (harness, &doctor, 1), "…and sees again when it is back");
    is_number (harness_hear (harness, "registry", &municipality_changed_message, &renamed, OFFICE ("77"), 1, TOWN_A, &err), 0,
               "a town is named");
    is (harness_text (harness, "select name from municipality where code = '" TOWN_A "'"), "あおば市", "…and known by that name");
}

/* ---- snapshots: the pages are called as the runtime calls them, on the engine's connection ---------------------------------------- */

static struct db *engine_open (struct arena *arena)
{
    struct error err = { 0 };
    struct db *db = db_open (arena_print (arena, "%s user=renkei_sharing_engine", getenv ("RENKEI_TEST_DATABASE")), &err);

    for (size_t i = 0; db && sharing_service.statements[i]; i++) {
        const struct db_statement *list = sharing_service.statements[i];
        size_t count = 0;

        while (list[count].name)
            count++;
        must (db_prepare (db, list, count, &err), &err, "prepare");
    }
    must (db ? db_begin (db, &err) : -1, &err, "engine connection");
    return db;
}

static size_t page_of (struct request *request, const struct message_type *event, const char *after, struct snapshot_row rows[2])
{
    struct error err = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < sharing_service.snapshot_count; i++)
        if (sharing_service.snapshots[i].event == event)
            must (sharing_service.snapshots[i].page (&sharing, request, after, 1, rows, &count, &err), &err, event->name);
    return count;
}

static void snapshots (struct harness *harness)
{
    struct snapshot_row rows[2] = { 0 };
    ARENA (arena);
    struct db *db = engine_open (&arena);
    struct request request = { .db = db, .arena = &arena, .now = harness_now (harness) };

    ok (page_of (&request, &patient_changed_message, NULL, rows) == 1 && strcmp (rows[0].subject, PATIENT (1)) == 0
        && strcmp (((const struct patient_changed *) rows[0].event)->name, "北野 一郎") == 0, "a subscriber that begins reads the heads");
    is_number (rows[0].version, harness_number (harness, "select version from subject where id = '%s'", PATIENT (1)),
               "…with the version they are at least as new as");
    is (rows[0].municipality, TOWN_A, "…and the municipality");
    ok (page_of (&request, &patient_changed_message, rows[0].next, rows) == 1 && strcmp (rows[0].subject, PATIENT (2)) == 0,
        "…page by page");
    is_number (page_of (&request, &patient_changed_message, rows[0].next, rows), 0, "…to the end");
    ok (page_of (&request, &care_team_changed_message, NULL, rows) == 1
        && ((const struct care_team_changed *) rows[0].event)->seats.count == 3, "…the teams");
    ok (page_of (&request, &consent_changed_message, NULL, rows) == 1
        && ((const struct consent_changed *) rows[0].event)->scopes.count == 2, "…and the consents in force");
    db_rollback (db);
    db_close (&db);
}

int main (void)
{
    struct harness *harness = region_open ();

    region_patient (harness, 1, "北野 一郎", "キタノ イチロウ");
    leaving (harness);
    duty (harness);
    last_resort (harness);
    marks (harness);
    moving (harness);
    region_patient (harness, 2, "南 二郎", "ミナミ ジロウ");
    snapshots (harness);
    harness_close (&harness);
    return done ();
}
