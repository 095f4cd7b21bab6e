/* ems.h - people and questions for the tests of what the fire service may find and is told. */
#ifndef EMS_H
#define EMS_H

#include "region.h"

#define PARTNER "0190a3b4-0000-7000-8000-000000000901"
#define PARTNER_2 "0190a3b4-0000-7000-8000-000000000902"
#define INCIDENT "0190a3b4-0000-7000-8000-000000000911"

static const struct harness_actor dispatch = { .principal = "svc:dispatch" };
static const char *const town_a[] = { TOWN_A };
static const char *const town_b[] = { TOWN_B };
static const char *const both_towns[] = { TOWN_A, TOWN_B };
#define IN_A { town_a, 1 }
#define IN_B { town_b, 1 }
#define IN_BOTH { both_towns, 2 }

/* Name, kana, birth date, telephone, address of everybody in these tests; the second of each pair never consents. */
struct ems_someone { int number; const char *name, *kana, *born, *phone, *address; };
static const struct ems_someone hanako = { 1, "髙橋 花子", "タカハシ ハナコ", "1940-03-02", "011-222-0001", "みずき市大字本町１丁目２番３号" };
static const struct ems_someone taro = { 2, "北野 太郎", "キタノ タロウ", "1938-05-06", "011-222-0002", "みずき市緑町4-5" };

static inline void ems_register (struct harness *harness, const struct ems_someone *who)
{
    struct patient_register message = { .patient_id = PATIENT (who->number), .name = who->name, .name_kana = who->kana,
                                        .birth_date = who->born, .municipality = TOWN_A, .sex = SEX_FEMALE,
                                        .care_level = CARE_LEVEL_CARE_4, .phone = who->phone, .address = who->address };
    struct error err = { 0 };
    int n = 10 * who->number;

    harness_as (harness, &manager);
    must (harness_call (harness, "patient_register", &message, NULL, &err), &err, who->name);
    must (region_consent (harness, who->number, n + 1, CONSENT_SCOPE_TEAM, &err), &err, "consent");
    must (region_seat (harness, who->number, n + 1, TEAM_SEAT_CARE_MANAGER, &manager, &err), &err, "manager");
    must (region_seat (harness, who->number, n + 2, TEAM_SEAT_VISITING_NURSING, &nurse, &err), &err, "nurse");
    must (region_seat (harness, who->number, n + 3, TEAM_SEAT_ATTENDING_DOCTOR, &doctor, &err), &err, "doctor");
}

/* The consent for fire and ambulance services: number 10n + 5. */
static inline void ems_agree (struct harness *harness, int number)
{
    struct error err = { 0 };

    harness_as (harness, &manager);
    must (region_consent (harness, number, 10 * number + 5, CONSENT_SCOPE_EMS, &err), &err, "EMS consent");
}

static inline void ems_region (struct harness *harness)
{
    struct municipality_changed town = { .municipality_id = AGREEMENT, .code = TOWN_A, .name = "みずき市" };
    struct error err = { 0 };

    harness_empty (harness, "ems_key, ems_release, ems_change, break_glass, break_glass_rule, wish_document, designated_hospital, card,"
                            " terminal_phase");
    must (harness_hear (harness, "registry", &municipality_changed_message, &town, NOBODY, 1, TOWN_A, &err), &err, "town");
    ems_register (harness, &hanako);
    ems_register (harness, &taro);
    ems_agree (harness, hanako.number);
}

static inline struct ems_find_answer ems_look (struct harness *harness, struct ems_find question)
{
    struct ems_find_answer answer = { 0 };
    struct error err = { 0 };

    if (!question.municipalities.items)
        question.municipalities = (struct text_list) IN_A;
    harness_as (harness, &dispatch);
    must (harness_call (harness, "ems_find", &question, &answer, &err), &err, "ems_find");
    return answer;
}

static inline struct ems_record ems_wish_of (int number)
{
    return (struct ems_record) { .patient_id = PATIENT (number), .municipalities = IN_A, .ground = EMS_GROUND_UNIQUE_MATCH, .running = true,
                                 .partner_id = PARTNER, .partner_name = "みずき消防", .unit = "みずき救急1", .incident_id = INCIDENT };
}

/* 0, or the key of the refusal. */
static inline int ems_ask (struct harness *harness, const struct ems_record *message, struct ems_record_answer *answer)
{
    struct error err = { 0 };

    harness_as (harness, &dispatch);
    return harness_call (harness, "ems_record", message, answer, &err) < 0 ? (int) err.key : 0;
}

#endif
