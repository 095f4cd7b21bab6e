/* Consents and care teams: what opens a record, what closes it, and that it closes at once (S-21, S-22, S-23, S-25). */
#include "region.h"

static void default_deny (struct harness *harness)
{
    struct error err = { 0 };

    harness_as (harness, &manager);
    must (region_register (harness, 1, "北野 一郎", "キタノ イチロウ", &err), &err, "register");
    must (region_seat (harness, 1, 11, TEAM_SEAT_CARE_MANAGER, &manager, &err), &err, "seat");
    must (region_seat (harness, 1, 12, TEAM_SEAT_VISITING_NURSING, &nurse, &err), &err, "seat");
    ok (region_sees (harness, &manager, 1), "S-23: without consent the recorder sees the record");
    ok (region_sees (harness, &manager_2, 1), "S-23: …and so does a colleague of the recorder's office");
    ok (!region_sees (harness, &nurse, 1), "S-23: a seat without consent shows nothing");
    is_number (harness_sees (harness, "select count(*) from patient"), 0, "S-23: …nor does the database");
    is_number (harness_sees (harness, "select count(*) from care_team_member"), 0, "S-23: …not even one's own seat");
}

static void recording (struct harness *harness)
{
    struct consent_changed event;
    struct consent_record agent = { .patient_id = PATIENT (1), .consent_id = CONSENT (2), .scope = CONSENT_SCOPE_EMS,
                                    .giver = CONSENT_GIVER_AGENT,
                                    .method = CONSENT_METHOD_ORAL, .from = "2020-01-01" };
    struct error err = { 0 };

    harness_as (harness, &manager);
    is_number (region_consent (harness, 1, 1, CONSENT_SCOPE_TEAM, &err), 0, "S-22: the person's written consent for the team is recorded");
    ok (harness_last_event (harness, &consent_changed_message, &event) == 0 && event.scopes.count == 1
        && event.scopes.items[0] == CONSENT_SCOPE_TEAM && event.rotations.count == 0, "…and told with all scopes in force");
    ok (region_sees (harness, &nurse, 1), "S-23: the nurse with a seat sees the record now");
    ok (!region_sees (harness, &nurse_2, 1), "…a colleague without a seat does not, though the office may");
    is_number (harness_sees (harness, "select count(*) from patient"), 1, "…(that part is the handler's, not the database's)");
    ok (!region_sees (harness, &doctor, 1), "…nor an office without a seat");
    harness_as (harness, &manager);
    is_number (region_consent (harness, 1, 1, CONSENT_SCOPE_TEAM, &err), -1, "the same consent a second time is refused");
    is_number (err.key, ERROR_ALREADY_THERE, "…as already there");
    is_number (harness_call (harness, "consent_record", &agent, NULL, &err), -1, "S-22: an agent without a name is refused");
    is (err.fields[0].pointer, "/giver_name", "…the field is named");
    is_number (harness_number (harness, "select count(*) from consent"), 1, "refused consents write nothing");
    harness_as (harness, &doctor);
    is_number (region_consent (harness, 1, 3, CONSENT_SCOPE_TEAM, &err), -1, "who does not see the person records no consent");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…as if there were no such person");
}

static void withdrawing (struct harness *harness)
{
    struct consent_changed event;
    struct error err = { 0 };
    int64_t reads;

    harness_as (harness, &nurse);
    is_number (region_read (harness, 1, &err), 0, "the nurse reads");
    reads = harness_number (harness, "select count(*) from ledger");
    is_number (region_withdraw (harness, 1, 1, &err), 0, "S-25: a team member records the withdrawal");
    ok (harness_last_event (harness, &consent_changed_message, &event) == 0 && event.scopes.count == 0,
        "…and all are told that nothing is in force");
    ok (!region_sees (harness, &nurse, 1), "S-25: the record is closed to the nurse at once");
    is_number (harness_sees (harness, "select count(*) from patient"), 0, "S-25: …at database level too");
    is_number (harness_number (harness, "select count(*) from ledger"), reads, "S-25: the ledger of before stays as it was");
    is_number (region_write (harness, 1, 0, "遅れて", NULL, &err), -1, "…a write after it is refused");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…as if there were no such person");
    ok (region_sees (harness, &manager, 1), "…the recorder's office still sees");
    is_number (region_withdraw (harness, 1, 1, &err), -1, "a second withdrawal is refused");
    is_number (err.key, ERROR_ALREADY_ENDED, "…as ended");
    is_number (region_withdraw (harness, 1, 99, &err), -1, "an unknown consent is refused");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…in the words of a closed record");
    is_number (region_consent (harness, 1, 4, CONSENT_SCOPE_TEAM, &err), 0, "a new consent opens it again");
    ok (region_sees (harness, &nurse, 1), "…to the nurse");
}

static void days (struct harness *harness)
{
    struct consent_record later = { .patient_id = PATIENT (2), .consent_id = CONSENT (21), .scope = CONSENT_SCOPE_TEAM,
                                    .giver = CONSENT_GIVER_PERSON, .method = CONSENT_METHOD_WRITTEN };
    int64_t day = 86400ll * SECOND_US;
    struct consent_changed event;
    struct error err = { 0 };

    later.from = harness_text (harness, "select ((guard.now () at time zone 'Asia/Tokyo')::date + 2)::text");
    later.to = harness_text (harness, "select ((guard.now () at time zone 'Asia/Tokyo')::date + 3)::text");
    harness_as (harness, &manager);
    must (region_register (harness, 2, "南 二郎", "ミナミ ジロウ", &err), &err, "register");
    must (region_seat (harness, 2, 22, TEAM_SEAT_VISITING_NURSING, &nurse, &err), &err, "seat");
    is_number (harness_call (harness, "consent_record", &later, NULL, &err), 0, "a consent from the day after tomorrow, for two days");
    ok (harness_last_event (harness, &consent_changed_message, &event) == 0 && event.scopes.count == 0, "…is not yet in force");
    ok (!region_sees (harness, &nurse, 2), "…and opens nothing today");
    harness_clock (harness, 2 * day);
    ok (region_sees (harness, &nurse, 2), "…opens on its first day");
    is_number (harness_job (harness, "consent_turn", &err), 0, "the calendar is followed");
    ok (harness_last_event (harness, &consent_changed_message, &event) == 0 && event.scopes.count == 1, "…and all are told on that day");
    harness_clock (harness, 4 * day);
    ok (!region_sees (harness, &nurse, 2), "…and closes after its last day");
    is_number (harness_job (harness, "consent_turn", &err), 0, "the calendar is followed");
    ok (harness_last_event (harness, &consent_changed_message, &event) == 0 && event.scopes.count == 0,
        "…and all are told that it has ended");
    is_number (harness_events (harness, &consent_changed_message), 6, "…once each");
    is_number (harness_job (harness, "consent_turn", &err), 0, "the next turn finds nothing");
    is_number (harness_events (harness, &consent_changed_message), 6, "…and tells nothing");
    harness_clock (harness, 0);
}

static void seats (struct harness *harness)
{
    struct care_team_changed event;
    struct error err = { 0 };

    harness_as (harness, &manager);
    is_number (region_seat (harness, 1, 13, TEAM_SEAT_ATTENDING_DOCTOR, &nurse, &err), -1, "a nurse does not become attending doctor");
    is_number (err.key, ERROR_FIELD_UNKNOWN_CHOICE, "…the person does not fit");
    is_number (region_seat (harness, 1, 14, TEAM_SEAT_ATTENDING_DOCTOR, &doctor, &err), 0, "the doctor joins");
    ok (harness_last_event (harness, &care_team_changed_message, &event) == 0 && event.seats.count == 3
        && strcmp (event.joined, DOCTOR) == 0,
        "…all seats are told, and who joined");
    ok (region_sees (harness, &doctor, 1), "…the doctor sees the record at once");
    harness_as (harness, &manager);
    is_number (region_seat (harness, 1, 15, TEAM_SEAT_ATTENDING_DOCTOR, &duty_doctor, &err), -1, "a second attending doctor is refused");
    is_number (err.key, ERROR_ALREADY_THERE, "…the seat is taken");
    is_number (region_seat (harness, 1, 16, TEAM_SEAT_VISITING_NURSING, &nurse_2, &err), 0, "a second nurse of the station joins");
    is_number (region_unseat (harness, 1, 12, &err), 0, "the first nurse's seat is taken away");
    ok (!region_sees (harness, &nurse, 1) && region_sees (harness, &nurse_2, 1), "…the second one still sees, the first does not");
    harness_as (harness, &nurse_2);
    is_number (region_unseat (harness, 1, 16, &err), 0, "the last seat of the station is given back by its holder");
    ok (!region_sees (harness, &nurse_2, 1), "…and the station sees no longer");
    is_number (harness_sees (harness, "select count(*) from patient where patient_id = '%s'", PATIENT (1)), 0,
               "…at database level neither");
    harness_as (harness, &manager);
    is_number (region_unseat (harness, 1, 16, &err), -1, "a seat is taken away once");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…then there is none");
    is_number (harness_number (harness, "select count(*) from care_team_member where patient_id = '%s'", PATIENT (1)), 4,
               "ended seats are kept");
}

static void agreements (struct harness *harness)
{
    struct error err = { 0 };

    harness_as (harness, &manager);
    is_number (region_seat (harness, 1, 17, TEAM_SEAT_VISITING_NURSING, &nurse_b, &err), 0, "a nurse of the next town gets a seat");
    ok (!region_sees (harness, &nurse_b, 1), "S-21: without an agreement it shows nothing");
    ok (!region_sees (harness, &nurse_b_agreed, 1), "S-21: …not even to a context that names the town");
    region_agreement (harness, NULL, 1);
    ok (region_sees (harness, &nurse_b_agreed, 1), "S-21: with agreement and consent the record is open");
    ok (!region_sees (harness, &nurse_b, 1), "S-21: …only in a context that names the town");
    harness_as (harness, &manager);
    must (region_withdraw (harness, 1, 4, &err), &err, "withdraw");
    ok (!region_sees (harness, &nurse_b_agreed, 1), "S-21: without consent the agreement shows nothing");
    harness_as (harness, &manager);
    must (region_consent (harness, 1, 5, CONSENT_SCOPE_TEAM, &err), &err, "consent");
    ok (region_sees (harness, &nurse_b_agreed, 1), "S-21: …with a new one it does");
    region_agreement (harness, "2000-01-01", 2);
    ok (!region_sees (harness, &nurse_b_agreed, 1), "S-21: the end of the agreement closes it at once");
    region_agreement (harness, NULL, 1);
    ok (!region_sees (harness, &nurse_b_agreed, 1), "an older word of the registry does not win");
}

int main (void)
{
    struct harness *harness = region_open ();

    default_deny (harness);
    recording (harness);
    withdrawing (harness);
    days (harness);
    seats (harness);
    agreements (harness);
    harness_close (&harness);
    return done ();
}
