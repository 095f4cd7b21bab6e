/* Recording a person, the head and its versions, where the person is, and who is told. */
#include "region.h"

static void recording (struct harness *harness)
{
    struct patient_register elsewhere = { .patient_id = PATIENT (9), .name = "甲", .name_kana = "コウ", .birth_date = "1940-02-03",
                                          .municipality = TOWN_B };
    struct patient_changed event;
    struct error err = { 0 };

    harness_as (harness, &manager);
    is_number (region_register (harness, 1, "髙橋 一郎", "タカハシ イチロウ", &err), 0, "a care manager records a person");
    is_number (harness_number (harness, "select count(*) from access where ground = 1 and office_id = '" CARE_OFFICE "'"), 1,
               "S-23: the recorder's office, and nobody else, may see");
    is_number (harness_number (harness, "select count(*) from access"), 1, "…there is no other access");
    is_number (harness_events (harness, &patient_changed_message), 1, "one event says so");
    ok (harness_last_event (harness, &patient_changed_message, &event) == 0 && strcmp (event.name, "髙橋 一郎") == 0
        && event.place == PLACE_KIND_HOME && strcmp (event.by, MANAGER) == 0, "…with what an alert needs to name the person");
    is_number (region_register (harness, 1, "別人", "ベツジン", &err), -1, "the same id a second time is refused");
    is_number (err.key, ERROR_ALREADY_THERE, "…as already there");
    is_number (harness_number (harness, "select count(*) from patient_head"), 1, "…and nothing is written");
    is_number (harness_call (harness, "patient_register", &elsewhere, NULL, &err), -1, "another municipality's person is refused");
    is_number (err.key, ERROR_FIELD_UNKNOWN_CHOICE, "…without an agreement");
    harness_as (harness, &nurse_b);
    is_number (region_register (harness, 1, "乗っ取り", "ノットリ", &err), -1, "nobody of another town records into this one");
    harness_as (harness, &officer);
    is_number (region_register (harness, 8, "乙", "オツ", &err), -1, "an officer records nobody");
    is_number (err.key, ERROR_NOT_FOR_ROLE, "…because officers see no patient");
}

static void same_id_elsewhere (struct harness *harness)
{
    struct patient_register message = { .patient_id = PATIENT (1), .name = "丙", .name_kana = "ヘイ", .birth_date = "1940-02-03",
                                        .municipality = TOWN_B };
    struct error err = { 0 };

    harness_as (harness, &nurse_b);
    is_number (harness_call (harness, "patient_register", &message, NULL, &err), -1, "an id of another town cannot be taken over");
    is_number (err.key, ERROR_ALREADY_THERE, "…and the answer is that of any taken id");
    is_number (harness_number (harness, "select count(*) from patient where municipality = '" TOWN_B "'"), 0, "…nothing is written there");
}

static struct patient_head_update head_of (int64_t version)
{
    static const struct emergency_contact daughter = { .name = "高橋 花", .relation = "長女", .phone = "090-0000-0001" };
    struct patient_head_update message = { .patient_id = PATIENT (1), .head_version = version, .name = "髙橋 一郎", .name_kana = "タカハシ イチロウ",
                                           .birth_date = "1940-02-03", .care_level = CARE_LEVEL_CARE_4, .allergies = "卵",
                                           .told_family = DISCLOSURE_STATUS_PARTLY, .lives_alone = true };

    message.contacts.items = &daughter;
    message.contacts.count = 1;
    return message;
}

static void head (struct harness *harness)
{
    struct patient_head_update message = head_of (1), infected = head_of (2);
    struct patient query = { .patient_id = PATIENT (1) };
    const struct patient_answer *conflict;
    struct patient_answer answer;
    struct error err = { 0 };

    harness_as (harness, &manager);
    is_number (harness_call (harness, "patient_head_update", &message, NULL, &err), 0, "the head is changed");
    is_number (harness_call (harness, "patient", &query, &answer, &err), 0, "…and read");
    ok (answer.head_version == 2 && answer.care_level == CARE_LEVEL_CARE_4 && answer.contacts.count == 1 && answer.lives_alone
        && strcmp (answer.contacts.items[0].relation, "長女") == 0 && strcmp (answer.ground, "recorder") == 0 && answer.may_edit,
        "…as it was written, with the ground");
    ok (answer.version == harness_number (harness, "select version from subject where id = '%s'", PATIENT (1)),
        "the version of the whole record is its subject's");
    is_number (harness_number (harness, "select count(*) from patient_head where patient_id = '%s'", PATIENT (1)), 2,
               "the old version stays");
    is_number (harness_call (harness, "patient_head_update", &message, NULL, &err), -1, "the same change again is refused");
    is_number (err.key, ERROR_MOVED_ON, "…because the head moved on");
    conflict = harness_conflict (harness);
    ok (conflict && conflict->head_version == 2 && strcmp (conflict->allergies, "卵") == 0, "…and what is current travels with the refusal");
    is_number (harness_events (harness, &patient_changed_message), 2, "…without an event");
    infected.infections = "MRSA";
    is_number (harness_call (harness, "patient_head_update", &infected, NULL, &err), -1, "a care manager cannot write infections");
    is (err.fields[0].pointer, "/infections", "…the field is named");
}

static void infections (struct harness *harness)
{
    struct patient_head_update by_nurse = head_of (2), by_manager = head_of (3);
    struct patient query = { .patient_id = PATIENT (1) };
    struct patient_answer answer;
    struct error err = { 0 };

    by_nurse.infections = "MRSA";
    harness_as (harness, &manager);
    must (region_consent (harness, 1, 1, CONSENT_SCOPE_TEAM, &err), &err, "consent");
    must (region_seat (harness, 1, 1, TEAM_SEAT_VISITING_NURSING, &nurse, &err), &err, "seat");
    harness_as (harness, &nurse);
    is_number (harness_call (harness, "patient_head_update", &by_nurse, NULL, &err), 0, "a nurse writes an infection");
    harness_as (harness, &manager);
    is_number (harness_call (harness, "patient", &query, &answer, &err), 0, "the care manager reads the head");
    ok (!answer.infections && answer.told_family == DISCLOSURE_STATUS_PARTLY,
        "…without infections, with the word on what the family knows");
    is_number (harness_call (harness, "patient_head_update", &by_manager, NULL, &err), 0, "…and changes it");
    harness_as (harness, &nurse);
    is_number (harness_call (harness, "patient", &query, &answer, &err), 0, "the nurse reads it");
    ok (answer.infections && strcmp (answer.infections, "MRSA") == 0, "…and what the manager could not see is not lost");
}

static void place (struct harness *harness)
{
    struct place_set message = { .patient_id = PATIENT (1), .place = PLACE_KIND_HOSPITAL, .name = "中央病院", .phone = "011-400-0001",
                                 .from = "2026-04-01" };
    struct patient query = { .patient_id = PATIENT (1) };
    struct patient_changed event;
    struct patient_answer answer;
    struct error err = { 0 };

    harness_as (harness, &nurse);
    is_number (harness_call (harness, "place_set", &message, NULL, &err), 0, "the person is in hospital");
    ok (harness_last_event (harness, &patient_changed_message, &event) == 0 && event.place == PLACE_KIND_HOSPITAL
        && strcmp (event.place_name, "中央病院") == 0, "alerts are told where");
    is_number (harness_call (harness, "patient", &query, &answer, &err), 0, "the head is read");
    ok (answer.place == PLACE_KIND_HOSPITAL && strcmp (answer.place_from, "2026-04-01") == 0 && !answer.place_to,
        "…and shows where, since when");
    message.place = PLACE_KIND_HOME;
    message.name = message.phone = NULL;
    is_number (harness_call (harness, "place_set", &message, NULL, &err), 0, "the person is home again");
    is_number (harness_number (harness, "select count(*) from place where patient_id = '%s'", PATIENT (1)), 2, "both stays are kept");
    message.patient_id = PATIENT (77);
    is_number (harness_call (harness, "place_set", &message, NULL, &err), -1, "an unknown person is nowhere");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…in the words of a closed record");
}

int main (void)
{
    struct harness *harness = region_open ();

    recording (harness);
    same_id_elsewhere (harness);
    head (harness);
    infections (harness);
    place (harness);
    harness_close (&harness);
    return done ();
}
