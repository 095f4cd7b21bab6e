/* region.h - a small region for the tests of sharing: two municipalities, six offices, and short words for what people do.
 *
 * All invented.  Every patient is recorded by the care manager of town A.  Helpers end with a failed test when what they prepare fails.
 */
#ifndef REGION_H
#define REGION_H

#include "../../../services/sharing/sharing.h"
#include "clock.h"
#include "harness.h"
#include "tap.h"

#define TOWN_A "011002"
#define TOWN_B "011003"
#define OFFICE(n) "0190a3b4-0000-7000-8000-0000000001" n
#define PERSON(n) "0190a3b4-0000-7000-8000-0000000002" n
#define CARE_OFFICE OFFICE ("01")
#define STATION OFFICE ("02")
#define CLINIC OFFICE ("03")
#define DUTY_CLINIC OFFICE ("04")
#define STATION_B OFFICE ("05")
#define CITY_HALL OFFICE ("06")
#define MANAGER PERSON ("01")
#define MANAGER_2 PERSON ("02")
#define NURSE PERSON ("03")
#define NURSE_2 PERSON ("04")
#define DOCTOR PERSON ("05")
#define DUTY_DOCTOR PERSON ("06")
#define NURSE_B PERSON ("07")
#define OFFICER PERSON ("08")
#define ROTATION "0190a3b4-0000-7000-8000-000000000301"
#define AGREEMENT "0190a3b4-0000-7000-8000-000000000401"
#define NOBODY "0190a3b4-0000-7000-8000-00000000ffff"

static const struct harness_actor manager = { .person = MANAGER, .office = CARE_OFFICE, .municipality = TOWN_A,
                                              .roles = ROLE_BIT (ROLE_CARE_MANAGER) };
static const struct harness_actor manager_2 = { .person = MANAGER_2, .office = CARE_OFFICE, .municipality = TOWN_A,
                                                .roles = ROLE_BIT (ROLE_CARE_MANAGER) };
static const struct harness_actor nurse = { .person = NURSE, .office = STATION, .municipality = TOWN_A,
                                            .roles = ROLE_BIT (ROLE_VISITING_NURSE) };
static const struct harness_actor nurse_2 = { .person = NURSE_2, .office = STATION, .municipality = TOWN_A,
                                              .roles = ROLE_BIT (ROLE_VISITING_NURSE) };
static const struct harness_actor doctor = { .person = DOCTOR, .office = CLINIC, .municipality = TOWN_A, .roles = ROLE_BIT (ROLE_DOCTOR) };
static const struct harness_actor duty_doctor = { .person = DUTY_DOCTOR, .office = DUTY_CLINIC, .municipality = TOWN_A,
                                                  .roles = ROLE_BIT (ROLE_DOCTOR) };
static const struct harness_actor nurse_b = { .person = NURSE_B, .office = STATION_B, .municipality = TOWN_B,
                                              .roles = ROLE_BIT (ROLE_VISITING_NURSE) };
static const struct harness_actor nurse_b_agreed = { .person = NURSE_B, .office = STATION_B, .municipality = TOWN_B,
                                                     .municipalities = TOWN_B "," TOWN_A, .roles = ROLE_BIT (ROLE_VISITING_NURSE) };
static const struct harness_actor officer = { .person = OFFICER, .office = CITY_HALL, .municipality = TOWN_A,
                                              .roles = ROLE_BIT (ROLE_MUNICIPAL_OFFICER) };

static const struct harness_actor *const everybody[] = { &manager, &manager_2, &nurse, &nurse_2, &doctor, &duty_doctor, &nurse_b,
                                                         &nurse_b_agreed, &officer };
enum { EVERYBODY = sizeof everybody / sizeof *everybody };

static struct sharing sharing;

static inline char *region_id (char kind, int number)
{
    static char ids[16][40];
    static unsigned next;
    char *id = ids[next++ % 16];

    snprintf (id, 40, "0190a3b4-%04x-7000-8000-%012x", (unsigned) kind, (unsigned) number);
    return id;
}

#define PATIENT(n) region_id ('p', n)
#define SEAT(n) region_id ('s', n)
#define CONSENT(n) region_id ('c', n)
#define ALERT(n) region_id ('a', n)

static inline void must (int status, const struct error *err, const char *what)
{
    if (status < 0) {
        ok (false, what);
        note ("%s: %s", error_name_of (err), err->detail);
    }
}

/* ---- what the registry tells -------------------------------------------------------------------------------------------------------- */

static inline void region_office (struct harness *harness, const char *office_id, const char *name, const char *municipality,
                                  int64_t version)
{
    struct office_changed event = { .office_id = office_id, .name = name, .municipality = municipality, .phone = "011-200-0001" };
    struct error err = { 0 };

    must (harness_hear (harness, "registry", &office_changed_message, &event, office_id, version, municipality, &err), &err, name);
}

static inline void region_membership (struct harness *harness, const struct harness_actor *actor, const char *name, bool left,
                                      int64_t version)
{
    int role = __builtin_ctzll (actor->roles) + 1;
    struct membership_changed event = { .membership_id = actor->person, .person_id = actor->person, .name = name,
                                        .office_id = actor->office,
                                        .municipality = actor->municipality, .roles = { &role, left ? 0 : 1 } };
    struct error err = { 0 };

    must (harness_hear (harness, "registry", &membership_changed_message, &event, actor->person, version, actor->municipality, &err),
          &err, name);
}

/* to NULL: without end; "2000-01-01" ends it. */
static inline void region_agreement (struct harness *harness, const char *to, int64_t version)
{
    struct agreement_changed event = { .agreement_id = AGREEMENT, .giving = TOWN_A, .receiving = TOWN_B, .from = "1999-01-01", .to = to };
    struct error err = { 0 };

    must (harness_hear (harness, "registry", &agreement_changed_message, &event, AGREEMENT, version, TOWN_A, &err), &err, "agreement");
}

static inline struct harness *region_open (void)
{
    struct harness *harness = harness_open (&sharing_service, &sharing);

    harness_empty (harness, "patient, access, consent, care_team_member, section_version, section_read, membership, office, agreement,"
                            " municipality, subject, event_log, ledger, inbox, hearing_position, idempotency, denial");
    region_office (harness, CARE_OFFICE, "あおば居宅介護支援", TOWN_A, 1);
    region_office (harness, STATION, "みなと訪問看護", TOWN_A, 1);
    region_office (harness, CLINIC, "さくら内科", TOWN_A, 1);
    region_office (harness, DUTY_CLINIC, "当番クリニック", TOWN_A, 1);
    region_office (harness, STATION_B, "となり町訪問看護", TOWN_B, 1);
    region_office (harness, CITY_HALL, "市役所", TOWN_A, 1);
    region_membership (harness, &manager, "相田 恵", false, 1);
    region_membership (harness, &manager_2, "井上 優", false, 1);
    region_membership (harness, &nurse, "宇野 香", false, 1);
    region_membership (harness, &nurse_2, "江川 涼", false, 1);
    region_membership (harness, &doctor, "岡 誠", false, 1);
    region_membership (harness, &duty_doctor, "加納 司", false, 1);
    region_membership (harness, &nurse_b, "木村 葵", false, 1);
    region_membership (harness, &officer, "久保 直", false, 1);
    return harness;
}

/* ---- what people do ----------------------------------------------------------------------------------------------------------------- */

static inline int region_register (struct harness *harness, int number, const char *name, const char *name_kana, struct error *err)
{
    struct patient_register message = { .patient_id = PATIENT (number), .name = name, .name_kana = name_kana, .birth_date = "1940-02-03",
                                        .municipality = TOWN_A, .care_level = CARE_LEVEL_CARE_3, .phone = "011-300-0001" };

    return harness_call (harness, "patient_register", &message, NULL, err);
}

static inline int region_consent (struct harness *harness, int patient, int consent, enum consent_scope scope, struct error *err)
{
    struct consent_record message = { .patient_id = PATIENT (patient), .consent_id = CONSENT (consent), .scope = scope,
                                      .giver = CONSENT_GIVER_PERSON, .method = CONSENT_METHOD_WRITTEN, .from = "2020-01-01",
                                      .rotation_id = scope == CONSENT_SCOPE_DUTY_DOCTORS ? ROTATION : NULL };

    return harness_call (harness, "consent_record", &message, NULL, err);
}

static inline int region_withdraw (struct harness *harness, int patient, int consent, struct error *err)
{
    struct consent_withdraw message = { .patient_id = PATIENT (patient), .consent_id = CONSENT (consent) };

    return harness_call (harness, "consent_withdraw", &message, NULL, err);
}

static inline int region_seat (struct harness *harness, int patient, int number, enum team_seat seat, const struct harness_actor *who,
                               struct error *err)
{
    struct team_member_add message = { .patient_id = PATIENT (patient), .member_id = SEAT (number), .seat = seat, .person_id = who->person,
                                       .office_id = who->office };

    return harness_call (harness, "team_member_add", &message, NULL, err);
}

static inline int region_unseat (struct harness *harness, int patient, int number, struct error *err)
{
    struct team_member_remove message = { .patient_id = PATIENT (patient), .member_id = SEAT (number) };

    return harness_call (harness, "team_member_remove", &message, NULL, err);
}

/* A patient with the team's consent; manager, nurse and doctor hold the seats 10n+1, 10n+2, 10n+3; consent 10n+1. */
static inline void region_patient (struct harness *harness, int number, const char *name, const char *name_kana)
{
    struct error err = { 0 };

    harness_as (harness, &manager);
    must (region_register (harness, number, name, name_kana, &err), &err, "register");
    must (region_consent (harness, number, 10 * number + 1, CONSENT_SCOPE_TEAM, &err), &err, "consent");
    must (region_seat (harness, number, 10 * number + 1, TEAM_SEAT_CARE_MANAGER, &manager, &err), &err, "seat of the manager");
    must (region_seat (harness, number, 10 * number + 2, TEAM_SEAT_VISITING_NURSING, &nurse, &err), &err, "seat of the nurse");
    must (region_seat (harness, number, 10 * number + 3, TEAM_SEAT_ATTENDING_DOCTOR, &doctor, &err), &err, "seat of the doctor");
}

static inline int region_write (struct harness *harness, int patient, int64_t base, const char *text, struct sheet_section_updated *answer,
                                struct error *err)
{
    struct sheet_entry entry = { .item = SHEET_ITEM_CONDITION_NOW, .text = text };
    struct sheet_section_update message = { .patient_id = PATIENT (patient), .section = SHEET_SECTION_CONDITION, .base_version = base };

    message.entries.items = &entry;
    message.entries.count = 1;
    return harness_call (harness, "sheet_section_update", &message, answer, err);
}

static inline int region_read (struct harness *harness, int patient, struct error *err)
{
    struct sheet message = { .patient_id = PATIENT (patient) };

    *err = (struct error) { 0 };
    return harness_call (harness, "sheet", &message, NULL, err);
}

static inline bool region_sees (struct harness *harness, const struct harness_actor *actor, int patient)
{
    struct error err;

    harness_as (harness, actor);
    return region_read (harness, patient, &err) == 0;
}

#endif
