/* E-26: who leaves an office hands the seats to colleagues there in one step; what nobody took over stays in sight and can be given later. */
#include "region.h"

static int64_t version = 10;

static void hand_on (struct harness *harness, const struct harness_actor *leaver, const struct seat_successor *successors, size_t count)
{
    struct seats_handed_on event = { .membership_id = leaver->person, .person_id = leaver->person, .office_id = leaver->office,
                                     .successors = { successors, count }, .by = MANAGER };
    struct error err = { 0 };

    must (harness_hear (harness, "registry", &seats_handed_on_message, &event, leaver->person, version++, leaver->municipality, &err), &err,
          "handed on");
}

static int64_t vacant (struct harness *harness)
{
    return harness_number (harness, "select count(*) from care_team_member m where m.vacant and not seat_is_filled (m)");
}

static void one_step (struct harness *harness)
{
    const struct seat_successor to_nurse_2[] = { { TEAM_SEAT_VISITING_NURSING, NURSE_2 } };
    struct care_team_changed event;
    int64_t told;

    ok (!region_sees (harness, &nurse_2, 1), "the colleague does not see the patient yet");
    told = harness_events (harness, &care_team_changed_message);
    hand_on (harness, &nurse, to_nurse_2, 1);
    region_membership (harness, &nurse, "宇野 香", true, version++);
    ok (region_sees (harness, &nurse_2, 1) && region_sees (harness, &nurse_2, 2), "E-26: the successor sees every patient of the leaver");
    ok (!region_sees (harness, &nurse, 1), "…and the leaver none");
    is_number (harness_events (harness, &care_team_changed_message), told + 2, "…each team is told once");
    ok (harness_last_event (harness, &care_team_changed_message, &event) == 0 && event.seats.count == 3, "…with as many seats as before");
    is_number (vacant (harness), 0, "…and nothing is vacant");
    hand_on (harness, &nurse, to_nurse_2, 1);
    is_number (harness_events (harness, &care_team_changed_message), told + 2, "handing over a second time changes and tells nothing");
    is_number (harness_number (harness, "select count(*) from care_team_member where person_id = '" NURSE_2 "'"), 2, "…and adds no seat");
}

static void partly (struct harness *harness)
{
    const struct seat_successor misfit[] = { { 0, DOCTOR } };
    const struct seat_successor back[] = { { 0, NURSE } };
    struct error err = { 0 };

    hand_on (harness, &nurse_2, misfit, 1);
    region_membership (harness, &nurse_2, "江川 涼", true, version++);
    is_number (vacant (harness), 2, "E-26: whose successor does not fit leaves the seats vacant, and they are counted");
    ok (!region_sees (harness, &nurse_2, 1), "…while the access is gone all the same");
    region_membership (harness, &nurse, "宇野 香", false, version++);
    harness_as (harness, &manager);
    must (region_seat (harness, 2, 77, TEAM_SEAT_VISITING_NURSING, &nurse, &err), &err, "seat by hand");
    is_number (vacant (harness), 1, "a seat that is filled by hand is vacant no more");
    hand_on (harness, &nurse_2, back, 1);
    is_number (vacant (harness), 0, "handing over again fills what is left");
    ok (region_sees (harness, &nurse, 1), "…and opens the record");
    is_number (harness_number (harness, "select count(*) from care_team_member where patient_id = '%s' and seat = 4 and ended_at is null",
                               PATIENT (2)), 1, "…without a second seat for who has one already");
}

static void taken (struct harness *harness)
{
    struct harness_actor second = doctor;
    struct error err = { 0 };
    const struct seat_successor to_second[] = { { TEAM_SEAT_ATTENDING_DOCTOR, NOBODY } };

    second.person = NOBODY;
    region_membership (harness, &second, "境 直", false, version++);
    region_membership (harness, &doctor, "岡 誠", true, version++);
    harness_as (harness, &manager);
    must (region_seat (harness, 1, 78, TEAM_SEAT_ATTENDING_DOCTOR, &duty_doctor, &err), &err, "another attending doctor");
    hand_on (harness, &doctor, to_second, 1);
    is_number (harness_number (harness, "select count(*) from care_team_member where seat = 1 and ended_at is null and person_id = '"
                               NOBODY "'"), 1, "a seat that exists once and was given meanwhile is not given twice");
    is_number (harness_number (harness, "select count(*) from care_team_member where seat = 1 and ended_at is null"), 2,
               "…each patient has one attending doctor");
}

static struct office_seats_answer seats (struct harness *harness, const struct harness_actor *actor, const char *office, struct error *err)
{
    struct office_seats message = { .office_id = office };
    struct office_seats_answer answer = { 0 };

    harness_as (harness, actor);
    *err = (struct error) { 0 };
    harness_call (harness, "office_seats", &message, &answer, err);
    return answer;
}

static void counted (struct harness *harness)
{
    struct harness_actor chief = { .person = MANAGER_2, .office = STATION, .municipality = TOWN_A, .roles = ROLE_BIT (ROLE_SERVICE_MANAGER) };
    struct harness_actor other_chief = { .person = MANAGER_2, .office = STATION_B, .municipality = TOWN_B,
                                         .roles = ROLE_BIT (ROLE_SERVICE_MANAGER) };
    struct harness_actor officer_b = { .person = OFFICER, .office = STATION_B, .municipality = TOWN_B,
                                       .roles = ROLE_BIT (ROLE_MUNICIPAL_OFFICER) };
    struct office_seats_answer answer;
    int64_t ledger = harness_number (harness, "select count(*) from ledger");
    struct error err;

    answer = seats (harness, &chief, STATION, &err);
    ok (!err.key && answer.seats.count == 1 && answer.seats.items[0].held == 2 && answer.seats.items[0].vacant == 0,
        "E-26: a manager sees how many seats each colleague holds");
    ok (answer.fits.count == 1 && strcmp (answer.fits.items[0].person_id, NURSE) == 0 && answer.fits.items[0].seats.count > 0,
        "…and who fits which kind");
    is_number (harness_number (harness, "select count(*) from ledger"), ledger, "…counts only: no patient is shown, none in the ledger");
    answer = seats (harness, &officer, STATION, &err);
    ok (!err.key && answer.seats.count == 1, "an officer of the municipality sees the counts");
    is_number (harness_sees (harness, "select count(*) from care_team_member"), 0, "…and no seat of a patient at database level");
    seats (harness, &other_chief, STATION, &err);
    is_number (err.key, ERROR_NOT_FOR_YOU, "E-41: the manager of another office does not");
    is_number (harness_sees (harness, "select count(*) from office_seats ('" STATION "')"), 0, "…at database level neither");
    seats (harness, &officer_b, STATION, &err);
    is_number (err.key, ERROR_NOT_FOR_YOU, "…nor an officer of another municipality");
    seats (harness, &chief, NOBODY, &err);
    is_number (err.key, ERROR_NOT_FOR_YOU, "…an office nobody knows looks alike");
}

int main (void)
{
    struct harness *harness = region_open ();

    region_patient (harness, 1, "北野 一", "キタノ ハジメ");
    region_patient (harness, 2, "南 二", "ミナミ フタツ");
    one_step (harness);
    partly (harness);
    counted (harness);
    taken (harness);
    harness_close (&harness);
    return done ();
}
