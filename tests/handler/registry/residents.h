/* residents.h - three facilities of the small region and who looks after them: what tests of the residents' view share. */
#ifndef TEST_RESIDENTS_H
#define TEST_RESIDENTS_H

#include "people.h"
#include "text.h"

#define CLINIC "0190a3b4-0000-7000-8000-00000000f001"
#define STATION "0190a3b4-0000-7000-8000-00000000f002"
#define FAR_AWAY "0190a3b4-0000-7000-8000-00000000f003"

static inline void as_officer (void) { act (PERSON (2), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER); }
static inline void as_nurse (void) { act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE); }
static inline void as_neighbour (void) { act (PERSON (3), OFFICE (3), "012025", ROLE_MUNICIPAL_OFFICER); }
static inline void as_nobody (void) { harness_as (harness, NULL); }

static inline void put_facility (const char *id, const char *number, const char *service, const char *name, const char *keeper)
{
    ARENA (arena);
    const char *folded = text_fold (&arena, name);

    harness_sql (harness, "insert into facility (facility_id, number, service, located_in, municipality, name, phone, phone_doubtful, fax, email,"
        " corporation_name, extra, source, provenance, content, search, sort_key, grams) values ('%s', '%s', '%s', '%s', nullif ('%s', ''), '%s',"
        " '0112223333', false, '0112223334', 'office@clinic.example', '医療法人 見本会', '{\"管理者の氏名\": \"見本 太郎\"}', 'kaigo-jigyosho', '{}',"
        " gen_random_uuid (), '%s', '%s', '{}')", id, number, service, *keeper ? keeper : "131016", keeper, name, folded, folded);
    harness_sql (harness, "insert into subject (id, version) values ('%s', 1) on conflict do nothing", id);
    harness_sql (harness, "update facility set grams = array(select substr (search, n, 2) from generate_series (1, length (search) - 1) n)"
        " where facility_id = '%s'", id);
    harness_sql (harness, "insert into facility_service (service, folded, count) values ('%s', '%s', 1) on conflict do nothing", service,
                 text_fold (&arena, service));
}

/* Row-level security asks the membership, not the made-up session. */
static inline void open_facilities (void)
{
    harness_sql (harness, "truncate facility, facility_service cascade");
    put_facility (CLINIC, "0112345678", "診療所", "見本の家診療所", "011002");
    put_facility (STATION, "0160100001", "訪問看護", "みほん訪問看護", "011002");
    put_facility (FAR_AWAY, "1310100001", "訪問介護", "遠方の介護", "");
    must (put_person (2, "係 一郎", "カカリ イチロウ", "kakari@city.example"), "person");
    must (put_person (3, "隣 次郎", "トナリ ジロウ", "tonari@town.example"), "person");
    must (put_membership (2, 2, ROLE_MUNICIPAL_OFFICER), "membership");
    must (put_membership (3, 3, ROLE_MUNICIPAL_OFFICER), "membership");
}

static inline const char *say (const char *facility, struct facility_item_given given)
{
    struct facility_items_put put = { .facility_id = facility, .items = { &given, 1 }, .source = ITEM_SOURCE_SURVEY, .source_date = "2026-01-15" };

    err = (struct error) { 0 };
    return harness_call (harness, "facility_items_put", &put, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static inline const char *allow (const char *facility, int item, int64_t count, const int *audiences)
{
    struct facility_consent_put put = { .facility_id = facility, .items = { &item, 1 }, .audiences = { audiences, (size_t) count },
                                        .given_by = "院長 見本 太郎", .given_on = "2026-01-15" };

    err = (struct error) { 0 };
    return harness_call (harness, "facility_consent_put", &put, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static inline const char *review (size_t count, const char *const *facilities, bool reviewed)
{
    struct facility_review_put put = { .facilities = { facilities, count }, .reviewed = reviewed, .why = reviewed ? NULL : "確認のやり直し" };

    err = (struct error) { 0 };
    return harness_call (harness, "facility_review_put", &put, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}
#define REVIEW(reviewed, ...) review (sizeof (const char *[]) { __VA_ARGS__ } / sizeof (char *), (const char *[]) { __VA_ARGS__ }, reviewed)

#endif
