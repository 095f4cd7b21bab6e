/* import_files.h - helpers of the import tests: send a file as the gateway would, run the job to its end, read the report. */
#ifndef IMPORT_FILES_H
#define IMPORT_FILES_H

#include "harness.h"
#include "registry.h"
#include "tap.h"

#define OFFICER_PERSON "0190a3b4-0000-7000-8000-000000000001"
#define OFFICER_OFFICE "0190a3b4-0000-7000-8000-0000000000a1"
#define OTHER_PERSON "0190a3b4-0000-7000-8000-000000000002"

static struct harness *harness;
static struct registry self;
static struct error err;

static void as_officer (const char *municipality, const char *person)
{
    harness_as (harness, &(struct harness_actor) { .person = person, .office = OFFICER_OFFICE, .municipality = municipality,
                                                   .roles = ROLE_BIT (ROLE_MUNICIPAL_OFFICER) });
}

static inline void open_region (void)
{
    harness = harness_open (&registry_service, &self);
    harness_sql (harness, "insert into municipality (code, prefecture, name, in_region, subject) values ('011002', '北海道', '札幌市', "
                          "true, gen_random_uuid ()),"
                          " ('104281', '群馬県', '高山村', true, gen_random_uuid ()) on conflict do nothing");
    harness_sql (harness, "insert into person (person_id, name, name_kana, search, email_point) values ('" OFFICER_PERSON
                          "', '見本 花子', 'ミホンハナコ', '', gen_random_uuid ())"
                          " on conflict do nothing");
    as_officer ("011002", OFFICER_PERSON);
}

static inline const char *send_sized (const char *bytes, size_t size, size_t part)
{
    struct upload_begin begin = { .name = "jigyosho.csv", .size = (int64_t) size };
    struct upload_begin_answer begun = { 0 };

    if (harness_call (harness, "upload_begin", &begin, &begun, &err) < 0)
        return NULL;
    for (size_t at = 0; at < size; at += part) {
        struct upload_part piece = { .upload_id = begun.upload_id, .offset = (int64_t) at };

        piece.bytes = (struct bytes) { (const unsigned char *) bytes + at, size - at < part ? size - at : part };
        if (harness_call (harness, "upload_part", &piece, NULL, &err) < 0)
            return NULL;
    }
    if (harness_call (harness, "upload_finish", &(struct upload_finish) { .upload_id = begun.upload_id }, NULL, &err) < 0)
        return NULL;
    return begun.upload_id;
}

/* Runs the job until nothing is left to do; false when a step fails. */
static inline bool work (void)
{
    for (int i = 0; i < 20000; i++) {
        if (harness_number (harness, "select count(*) from import where phase not in ('wait', 'end')") == 0)
            return true;
        if (harness_job (harness, "import", &err) < 0) {
            note ("job: %s", err.detail);
            return false;
        }
    }
    return false;
}

static inline const char *check_as (const char *profile, const char *upload_id, const char *date, bool force)
{
    struct import_check check = { .upload_id = upload_id, .profile = profile, .source_date = date, .has_force = true, .force = force };
    struct import_begin_answer begun = { 0 };

    if (!upload_id || harness_call (harness, "import_check", &check, &begun, &err) < 0)
        return NULL;
    return work () ? begun.import_id : NULL;
}

static inline const char *check_upload_of (const char *upload_id, const char *date, bool force)
{
    return check_as ("kaigo-jigyosho", upload_id, date, force);
}

static inline const char *check_upload (const char *upload_id, bool force)
{
    return check_upload_of (upload_id, "2025-12-31", force);
}

static inline const char *check_text (const char *text)
{
    return check_upload (send_sized (text, strlen (text), 262144), false);
}

static inline int run_import (const char *import_id)
{
    if (!import_id || harness_call (harness, "import_run", &(struct import_run) { .import_id = import_id }, NULL, &err) < 0)
        return -1;
    return work () ? 0 : -1;
}

static inline struct import_report_answer report_of (const char *import_id)
{
    struct import_report_answer report = { 0 };

    if (!import_id || harness_call (harness, "import_report", &(struct import_report) { .import_id = import_id }, &report, &err) < 0)
        note ("no report: %s", err.detail);
    return report;
}

static inline int64_t events (void)
{
    return harness_number (harness, "select count(*) from event_log where type = 'jp.renkei.registry.facility_changed.v1'");
}

#endif
