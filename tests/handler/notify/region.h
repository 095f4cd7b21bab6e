/* region.h - a small invented region for the tests of notify: two municipalities, one person in care, a rotation of three doctors.
 *
 * Everything arrives as events, as from registry and sharing.
 */
#ifndef TEST_REGION_H
#define TEST_REGION_H

#include "clock.h"
#include "harness.h"
#include "notify.h"
#include "shift_cache_store.h"
#include "tap.h"

#define TOWN "011002"
#define ELSEWHERE "011003"
#define ID(n) "00000000-0000-7000-8000-0000000000" n

/* people */
#define NURSE ID ("01")
#define MANAGER ID ("02")
#define DOCTOR ID ("03")
#define DEPUTY ID ("04")
#define DESK_CLERK ID ("05")
#define STRANGER ID ("06")
#define COLLEAGUE ID ("07")
#define FOREIGNER ID ("08")
#define ROTA_CLERK ID ("09")
/* offices */
#define STATION ID ("11")
#define CARE_OFFICE ID ("12")
#define CLINIC ID ("13")
#define CLINIC_2 ID ("14")
#define DESK ID ("15")
#define OTHER_OFFICE ID ("16")
#define FOREIGN_OFFICE ID ("17")
#define ROTA_OFFICE ID ("18")
/* the rest */
#define PATIENT ID ("21")
#define UNCONSENTED ID ("22")
#define ROTATION ID ("31")
#define ALERT(n) "00000000-0000-7000-9000-0000000000" n

#define PLANTED_NAME "山田花子"
#define PLANTED_DIAGNOSIS "膵臓がん"

struct region { struct harness *harness; struct notify self; struct error err; };

#define HEAR(region, from, type, subject, town, ...) \
    do { \
        const struct type event = { __VA_ARGS__ }; \
        static int64_t version; \
        if (harness_hear ((region)->harness, from, &type##_message, &event, subject, ++version, town, &(region)->err) < 0) { \
            printf ("Bail out! %s: %s %s\n", #type, error_name_of (&(region)->err), (region)->err.detail); \
            exit (1); \
        } \
    } while (0)

#define ROLES(...) { .items = (const int[]) { __VA_ARGS__ }, .count = sizeof (int[]) { __VA_ARGS__ } / sizeof (int) }

static inline void act_as (struct region *region, const char *person, const char *office, const char *town, uint64_t roles)
{
    harness_as (region->harness, &(struct harness_actor) { .person = person, .office = office, .municipality = town, .roles = roles });
}

static inline void as_nurse (struct region *region) { act_as (region, NURSE, STATION, TOWN, ROLE_BIT (ROLE_VISITING_NURSE)); }
static inline void as_manager (struct region *region) { act_as (region, MANAGER, CARE_OFFICE, TOWN, ROLE_BIT (ROLE_CARE_MANAGER)); }
static inline void as_doctor (struct region *region) { act_as (region, DOCTOR, CLINIC, TOWN, ROLE_BIT (ROLE_DOCTOR)); }
static inline void as_deputy (struct region *region) { act_as (region, DEPUTY, CLINIC_2, TOWN, ROLE_BIT (ROLE_DOCTOR)); }
static inline void as_desk (struct region *region) { act_as (region, DESK_CLERK, DESK, TOWN, ROLE_BIT (ROLE_LAST_RESORT)); }
static inline void as_stranger (struct region *region) { act_as (region, STRANGER, OTHER_OFFICE, TOWN, ROLE_BIT (ROLE_VISITING_NURSE)); }
static inline void as_foreigner (struct region *region) { act_as (region, FOREIGNER, FOREIGN_OFFICE, ELSEWHERE, ROLE_BIT (ROLE_DOCTOR)); }
static inline void as_rota_clerk (struct region *region) { act_as (region, ROTA_CLERK, ROTA_OFFICE, TOWN, ROLE_BIT (ROLE_ROTA_OFFICE)); }
static inline void as_administrator (struct region *region)
{
    act_as (region, ROTA_CLERK, ROTA_OFFICE, TOWN, ROLE_BIT (ROLE_ADMINISTRATOR));
}

static inline int call (struct region *region, const char *message, const void *in, void *answer)
{
    region->err = (struct error) { 0 };
    return harness_call (region->harness, message, in, answer, &region->err);
}

static inline void must (struct region *region, const char *message, const void *in)
{
    if (call (region, message, in, NULL) < 0) {
        printf ("Bail out! %s: %s %s\n", message, error_name_of (&region->err), region->err.detail);
        exit (1);
    }
}

static inline const char *refused (struct region *region, const char *message, const void *in)
{
    return call (region, message, in, NULL) < 0 ? error_name_of (&region->err) : "accepted";
}

static inline int64_t number (struct region *region, const char *sql) { return harness_number (region->harness, "%s", sql); }
static inline const char *text (struct region *region, const char *sql) { return harness_text (region->harness, "%s", sql); }

/* The engine until it finds nothing. */
static inline void run_engine (struct region *region)
{
    for (int i = 0; i < 10; i++)
        if (harness_job (region->harness, "alert_engine", &region->err) < 0) {
            printf ("Bail out! alert_engine: %s %s\n", error_name_of (&region->err), region->err.detail);
            exit (1);
        }
}

static inline void forward (struct region *region, int64_t seconds)
{
    static int64_t offset;

    offset += seconds * SECOND_US;
    harness_clock (region->harness, offset);
}

static inline void add_person (struct region *region, const char *membership, const char *person, const char *name, const char *office,
                               const char *town, int role)
{
    HEAR (region, "registry", membership_changed, membership, town, .membership_id = membership, .person_id = person, .name = name,
          .office_id = office, .municipality = town, .roles = ROLES (role));
}

static inline void add_office (struct region *region, const char *office, const char *name, const char *town, const char *phone)
{
    HEAR (region, "registry", office_changed, office, town, .office_id = office, .name = name, .municipality = town, .phone = phone,
          .duty_phone = phone);
}

static inline void add_contact (struct region *region, const char *contact, const char *person, int kind, const char *address)
{
    HEAR (region, "registry", contact_point_changed, contact, NULL, .contact_point_id = contact, .person_id = person,
          .kind = (enum contact_kind) kind, .address = address);
}

static inline void add_registry (struct region *region)
{
    HEAR (region, "registry", municipality_changed, ID ("41"), TOWN, .municipality_id = ID ("41"), .code = TOWN, .name = "中央市");
    HEAR (region, "registry", municipality_changed, ID ("42"), ELSEWHERE, .municipality_id = ID ("42"), .code = ELSEWHERE, .name = "東町");
    add_office (region, STATION, "みどり訪問看護", TOWN, "011-000-0011");
    add_office (region, CARE_OFFICE, "ひまわり居宅介護支援", TOWN, "011-000-0012");
    add_office (region, CLINIC, "青葉クリニック", TOWN, "011-000-0013");
    add_office (region, CLINIC_2, "若葉医院", TOWN, "011-000-0014");
    add_office (region, DESK, "夜間連絡センター", TOWN, "011-000-0015");
    add_office (region, OTHER_OFFICE, "別の訪問看護", TOWN, NULL);
    add_office (region, FOREIGN_OFFICE, "東町診療所", ELSEWHERE, "011-000-0017");
    add_person (region, ID ("51"), NURSE, "看護 一郎", STATION, TOWN, ROLE_VISITING_NURSE);
    add_person (region, ID ("52"), MANAGER, "介護 二子", CARE_OFFICE, TOWN, ROLE_CARE_MANAGER);
    add_person (region, ID ("53"), DOCTOR, "青葉 三郎", CLINIC, TOWN, ROLE_DOCTOR);
    add_person (region, ID ("54"), DEPUTY, "若葉 四郎", CLINIC_2, TOWN, ROLE_DOCTOR);
    add_person (region, ID ("55"), DESK_CLERK, "連絡 五子", DESK, TOWN, ROLE_LAST_RESORT);
    add_person (region, ID ("56"), STRANGER, "無関 六郎", OTHER_OFFICE, TOWN, ROLE_VISITING_NURSE);
    add_person (region, ID ("57"), COLLEAGUE, "看護 七子", STATION, TOWN, ROLE_VISITING_NURSE);
    add_person (region, ID ("58"), FOREIGNER, "東 八郎", FOREIGN_OFFICE, ELSEWHERE, ROLE_DOCTOR);
    add_person (region, ID ("59"), ROTA_CLERK, "当番 九子", ROTA_OFFICE, TOWN, ROLE_ROTA_OFFICE);
    add_contact (region, ID ("61"), DOCTOR, CONTACT_KIND_EMAIL, "doctor@example.invalid");
    add_contact (region, ID ("62"), DOCTOR, CONTACT_KIND_VOICE, "090-0000-0003");
    add_contact (region, ID ("63"), MANAGER, CONTACT_KIND_EMAIL, "manager@example.invalid");
}

static inline void add_patient (struct region *region, const char *patient, const char *name)
{
    HEAR (region, "sharing", patient_changed, patient, TOWN, .patient_id = patient, .name = name, .name_kana = "ヤマダハナコ",
          .birth_date = "1940-02-03", .municipality = TOWN, .place = PLACE_KIND_HOME, .phone = "011-000-0021");
}

static inline void add_team (struct region *region, const char *patient)
{
    static const struct team_seat_state seats[] = {
        { ID ("71"), TEAM_SEAT_ATTENDING_DOCTOR, DOCTOR, CLINIC }, { ID ("72"), TEAM_SEAT_CARE_MANAGER, MANAGER, CARE_OFFICE },
        { ID ("73"), TEAM_SEAT_VISITING_NURSING, NURSE, STATION } };

    HEAR (region, "sharing", care_team_changed, patient, TOWN, .patient_id = patient, .seats = { .items = seats, .count = 3 });
}

static inline void add_consent (struct region *region, const char *patient)
{
    static const char *const rotations[] = { ROTATION };

    HEAR (region, "sharing", consent_changed, patient, TOWN, .patient_id = patient,
          .scopes = ROLES (CONSENT_SCOPE_TEAM, CONSENT_SCOPE_DUTY_DOCTORS), .rotations = { .items = rotations, .count = 1 });
}

#define ALL_DAYS ROLES (DAY_CLASS_WEEKDAY, DAY_CLASS_SATURDAY, DAY_CLASS_SUNDAY, DAY_CLASS_NATIONAL, DAY_CLASS_YEAREND, DAY_CLASS_NEWYEAR)

/* The attending doctor, after 180 s who has duty (the deputy, every day), then the desk. */
static inline void add_roster (struct region *region)
{
    static const char *const members[] = { DEPUTY }, *const offices[] = { CLINIC_2 };
    const struct last_resort_put desk = { .municipality = TOWN, .office_id = DESK, .name = "夜間連絡センター", .phone = "011-000-0015" };
    const struct rotation_put rotation = { .rotation_id = ROTATION, .name = "内科当番", .municipality = TOWN, .kind = ROTATION_KIND_DAILY,
        .advance = ROTATION_ADVANCE_EVERY_HANDOFF, .anchor = "2024-01-01", .handoff_minute = 0, .day_classes = ALL_DAYS, .from_minute = 0,
        .to_minute = 1440, .members = { .items = members, .count = 1 }, .office_ids = { .items = offices, .count = 1 } };
    const struct chain_row rows[] = {
        { .position = 1, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_PERSON, .person_id = DOCTOR,
          .office_id = CLINIC },
        { .position = 2, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_ROTATION,
          .rotation_id = ROTATION } };
    const struct chain_put chain = { .patient_id = PATIENT, .rows = { .items = rows, .count = 2 } };

    as_administrator (region);
    must (region, "last_resort_put", &desk);
    as_rota_clerk (region);
    must (region, "rotation_put", &rotation);
    as_manager (region);
    must (region, "chain_put", &chain);
}

static inline struct region *region_open (void)
{
    static struct region region = { .self = { .voice = true, .webhook_allow = "http://127.0.0.1:18099/" } };

    region.harness = harness_open (&notify_service, &region.self);
    harness_empty (region.harness,
                   "municipality, office, membership, agreement, contact_point, patient, team_seat, consent, rotation, absence, incident, drill_contact,"
                   " designated_hospital, last_resort, chain, access, alert, feed, feed_head, feed_reading, subscription, delivery, delivery_attempt,"
                   " contact_trouble, preference, office_phone, office_phones, reply_code, push_subscription, subject,"
                   " event_log, idempotency, hearing_position, inbox, ledger");
    harness_clock (region.harness, 0);
    add_registry (&region);
    add_patient (&region, PATIENT, PLANTED_NAME);
    add_team (&region, PATIENT);
    add_consent (&region, PATIENT);
    add_roster (&region);
    harness_empty (region.harness, "feed, feed_head, ledger");
    return &region;
}

static inline struct emergency_report report_of (struct region *region, const char *alert)
{
    return (struct emergency_report) { .alert_id = alert, .patient_id = PATIENT, .urgency = URGENCY_URGENT, .tag = CONDITION_TAG_BREATHING,
        .happened = PLANTED_DIAGNOSIS "で息が苦しい", .observed_at = harness_now (region->harness), .callback = "090-0000-0001" };
}

static inline void report (struct region *region, const char *alert)
{
    struct emergency_report message = report_of (region, alert);

    as_nurse (region);
    must (region, "emergency_report", &message);
}

#endif
