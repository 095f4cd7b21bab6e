/* S-20: the fences of the database hold even against a wrong query; S-27: nothing is read without a ledger row. */
#include "region.h"

static const char *const tables[] = { "access", "patient", "patient_head", "emergency_contact", "place", "patient_bigram", "consent",
                                      "care_team_member", "section_version", "section_read", "emergency_mark" };
enum { TABLES = sizeof tables / sizeof *tables };

static int64_t sum_seen (struct harness *harness, const struct harness_actor *actor)
{
    int64_t sum = 0;

    harness_as (harness, actor);
    for (size_t i = 0; i < TABLES; i++)
        sum += harness_sees (harness, "select count(*) from %s", tables[i]);
    return sum;
}

/* One planted row of every table, for a patient of each town. */
static void plant (struct harness *harness, int number, const char *municipality, const char *office, const char *person)
{
    const char *id = PATIENT (number);

    harness_sql (harness,
                 "insert into patient (municipality, patient_id, recorder_office, recorded_by, registered_at, head_version, changed_at)"
                 " values ('%s', '%s', '%s', '%s', guard.now (), 1, guard.now ())", municipality, id, office, person);
    harness_sql (harness, "insert into patient_head (municipality, patient_id, version, name, name_kana, folded, birth_date, written_by,"
                 " written_office, written_at) values ('%s', '%s', 1, '植', 'ウエ', '植|ウエ', '1940-01-01', '%s', '%s', guard.now ())",
                 municipality, id, person, office);
    harness_sql (harness, "insert into emergency_contact values ('%s', '%s', 1, 1, '植 花', '長女', '119')", municipality, id);
    harness_sql (harness, "insert into place values ('%s', '%s', 1, 1, null, null, '2026-01-01', null, '%s', guard.now ())",
                 municipality, id, person);
    harness_sql (harness, "insert into patient_bigram values ('%s', '植', '%s')", municipality, id);
    harness_sql (harness, "insert into section_version values ('%s', '%s', 3, 1, '{\"entries\":[]}', false, '%s', '%s', 1, guard.now ())",
                 municipality, id, person, office);
    harness_sql (harness, "insert into section_read values ('%s', '%s', 3, '%s', 1, '%s', 1, guard.now ())", municipality, id, person,
                 office);
    harness_sql (harness, "insert into emergency_mark values ('%s', '%s', '%s', 1, 1, '%s', guard.now ())", municipality, id,
                 ALERT (number), person);
    harness_sql (harness, "insert into care_team_member values ('%s', '%s', '%s', 4, '%s', '%s', 1, guard.now (), '%s')", municipality, id,
                 SEAT (number), person, office, person);
    harness_sql (harness, "insert into consent (municipality, patient_id, consent_id, scope, giver, method, from_date, recorded_by,"
                 " recorded_office, recorded_at, in_force) values ('%s', '%s', '%s', 5, 1, 1, '2020-01-01', '%s', '%s', guard.now (), true)",
                 municipality, id, CONSENT (number), person, office);
    harness_sql (harness, "select access_refresh ('%s', '%s')", municipality, id);
}

static void two_towns (struct harness *harness)
{
    int64_t seen_a, seen_b;

    plant (harness, 51, TOWN_A, CARE_OFFICE, MANAGER);
    seen_a = sum_seen (harness, &manager);
    seen_b = sum_seen (harness, &nurse_b);
    is_number (seen_a, TABLES, "S-20: the recorder's office sees its planted row of every table");
    is_number (seen_b, 0, "S-20: the other town sees none, by a query without any condition");
    plant (harness, 52, TOWN_B, STATION_B, NURSE_B);
    is_number (sum_seen (harness, &manager), seen_a, "S-20: a foreign row in every table changes nothing that is seen");
    is_number (sum_seen (harness, &nurse_b), TABLES, "S-20: …and the other town sees its own only");
    is_number (sum_seen (harness, &nurse), 0, "S-23: without consent another office of the same town sees no row");
    is_number (sum_seen (harness, &officer), 0, "an officer's office sees no row");
    is_number (sum_seen (harness, NULL), 0, "without a context no row is seen");
}

static void forging (struct harness *harness)
{
    struct harness_actor both = nurse_b, expired = manager;

    both.municipalities = TOWN_B "," TOWN_A;
    expired.expires_in_us = -1;
    is_number (sum_seen (harness, &both), TABLES, "S-20: a context that names two towns still opens no record of another office");
    is_number (sum_seen (harness, &expired), 0, "S-20: an expired context opens nothing");
    harness_as (harness, &nurse_b);
    is_number (harness_sees (harness, "select count(*) from (select set_config ('renkei.context', replace (current_setting"
               " ('renkei.context'), '" STATION_B "', '" CARE_OFFICE "'), true) offset 0) s, patient"), 0,
                   "S-20: a changed context opens nothing");
}

/* As the service role: does this statement fail, or touch nothing? */
static bool is_refused (struct harness *harness, const struct harness_actor *actor, const char *sql)
{
    int64_t touched;

    harness_as (harness, actor);
    harness_sql (harness, "create function touch () returns bigint language plpgsql as $f$ declare n bigint; begin %s; get diagnostics"
                 " n = row_count; return n; exception when insufficient_privilege then return 0; end $f$", sql);
    touched = harness_sees (harness, "select touch ()");
    harness_sql (harness, "drop function touch ()");
    return touched == 0;
}

static void writing (struct harness *harness)
{
    static const struct { const char *sql, *name; } rows[] = {
        { "insert into access values ('" TOWN_A "', '0190a3b4-0070-7000-8000-000000000033', '" STATION "', 1, '" STATION "', null, guard.now ())",
          "nobody gives an office access by hand" },
        { "update patient set changed_at = guard.now ()", "an office without access changes no patient" },
        { "delete from section_version", "versions are never deleted" },
        { "update section_version set urgent = true", "versions are never changed" },
        { "delete from consent", "consents are never deleted" },
        { "update ledger set ground = 'x'", "the ledger is never changed" },
        { "insert into care_team_member values ('" TOWN_A "', '0190a3b4-0070-7000-8000-000000000033', '" NOBODY "', 4, '" NURSE "', '" STATION
          "', 1, guard.now (), '" NURSE "')", "nobody takes a seat with a patient that is closed" },
        { "insert into consent (municipality, patient_id, consent_id, scope, giver, method, from_date, recorded_by, recorded_office, recorded_at,"
          " in_force) values ('" TOWN_A "', '0190a3b4-0070-7000-8000-000000000033', '" NOBODY "', 1, 1, 1, '2020-01-01', '" NURSE "', '" STATION
          "', guard.now (), true)", "…nor records a consent for one" },
        { "insert into patient (municipality, patient_id, recorder_office, recorded_by, registered_at, head_version, changed_at) values ('" TOWN_A
          "', '" NOBODY "', '" CARE_OFFICE "', '" NURSE "', guard.now (), 1, guard.now ())", "nobody records a person for another office" },
        { "insert into patient (municipality, patient_id, recorder_office, recorded_by, registered_at, head_version, changed_at) values ('" TOWN_B
          "', '" NOBODY "', '" STATION "', '" NURSE "', guard.now (), 1, guard.now ())", "…nor in another town" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ok (is_refused (harness, &nurse, rows[i].sql), rows[i].name);
    ok (!is_refused (harness, &manager, "update patient set changed_at = guard.now ()"), "(the recorder's office does change its own)");
    ok (is_refused (harness, &manager, "update patient set municipality = '" TOWN_B "'"), "S-20: a row is not moved to another town");
}

/* ---- unknown and forbidden look alike ---------------------------------------- */

static struct error refusal (struct harness *harness, const char *message, const void *in)
{
    struct error err;

    memset (&err, 0, sizeof err);
    ok (harness_call (harness, message, in, NULL, &err) < 0, message);
    return err;
}

static void compare (struct harness *harness, const char *message, const void *closed, const void *unknown)
{
    struct error first = refusal (harness, message, closed), second = refusal (harness, message, unknown);

    ok (memcmp (&first, &second, sizeof first) == 0 && first.key == ERROR_NOT_FOR_YOU, "S-20: …unknown and forbidden alike, to the byte");
}

#define ALIKE(type, ...) do { \
        struct type closed = { .patient_id = PATIENT (51), ##__VA_ARGS__ }, unknown = { .patient_id = PATIENT (99), ##__VA_ARGS__ }; \
        compare (harness, #type, &closed, &unknown); \
    } while (0)

static void alike (struct harness *harness)
{
    static const struct sheet_entry entry = { .item = SHEET_ITEM_PERSON_WISH, .text = "家で" };

    harness_as (harness, &nurse);
    ALIKE (patient);
    ALIKE (sheet);
    ALIKE (section_history, .section = SHEET_SECTION_WISHES);
    ALIKE (section_changes, .section = SHEET_SECTION_WISHES);
    ALIKE (ledger, .has_limit = false);
    ALIKE (section_read_mark, .section = SHEET_SECTION_WISHES, .version = 1);
    ALIKE (sheet_section_update, .section = SHEET_SECTION_WISHES, .base_version = 7, .entries = { &entry, 1 });
    ALIKE (patient_head_update, .head_version = 7, .name = "甲", .name_kana = "コウ", .birth_date = "1940-01-01");
    ALIKE (place_set, .place = PLACE_KIND_HOME, .from = "2026-01-01");
    ALIKE (consent_record, .consent_id = NOBODY, .scope = CONSENT_SCOPE_TEAM, .giver = CONSENT_GIVER_PERSON, .method = CONSENT_METHOD_ORAL,
           .from = "2026-01-01");
    ALIKE (consent_withdraw, .consent_id = NOBODY);
    ALIKE (team_member_add, .member_id = NOBODY, .seat = TEAM_SEAT_OTHER, .person_id = NURSE, .office_id = STATION);
    ALIKE (team_member_remove, .member_id = NOBODY);
}

/* ---- the ledger ---------------------------------------- */

static void ledger (struct harness *harness)
{
    struct patient head = { .patient_id = PATIENT (1) };
    struct sheet sheet = { .patient_id = PATIENT (1) };
    struct section_history history = { .patient_id = PATIENT (1), .section = SHEET_SECTION_WISHES };
    struct section_changes changes = { .patient_id = PATIENT (1), .section = SHEET_SECTION_WISHES };
    struct ledger who = { .patient_id = PATIENT (1) };
    const struct { const char *message; const void *in; } reads[] = {
        { "patient", &head }, { "sheet", &sheet }, { "section_history", &history }, { "section_changes", &changes }, { "ledger", &who },
    };

    region_patient (harness, 1, "北野 一郎", "キタノ イチロウ");
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++) {
        int64_t before = harness_number (harness, "select count(*) from ledger where message = '%s'", reads[i].message);
        struct error err = { 0 };

        harness_as (harness, &nurse);
        must (harness_call (harness, reads[i].message, reads[i].in, NULL, &err), &err, reads[i].message);
        harness_as (harness, &nurse_2);
        harness_call (harness, reads[i].message, reads[i].in, NULL, &err);
        is_number (harness_number (harness, "select count(*) from ledger where message = '%s'", reads[i].message), before + 1,
                   "S-27: one row for the answer, none for the refusal");
    }
    is_number (harness_number (harness,
                               "select count(*) from ledger where person = '" NURSE "' and office = '" STATION "' and ground = 'care_team'"
                               " and subjects = array['%s'::uuid] and items <> ''", PATIENT (1)), 5,
                                   "S-27: …who, whom about, what, on which ground");
}

int main (void)
{
    struct harness *harness = region_open ();

    two_towns (harness);
    forging (harness);
    writing (harness);
    alike (harness);
    ledger (harness);
    harness_close (&harness);
    return done ();
}
