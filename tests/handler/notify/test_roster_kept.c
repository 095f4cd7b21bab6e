/* What a thread keeps of the region's rows for resolve: believed only while PostgreSQL gives the same version, whoever changed what. */
#include <pthread.h>
#include "region.h"
#include "roster_kept.h"
#include "roster_layers_store.h"

static struct roster_keeper *keeper;

/* The whole answer as text, from what is kept or read anew. */
static const char *answer_by (struct region *region, struct roster_keeper *by, struct arena *arena)
{
    struct resolve_answer answer = { 0 };
    struct bytes json;

    region->self.keeper = by;
    as_nurse (region);
    if (call (region, "resolve", &(struct resolve) { .patient_id = PATIENT }, &answer) < 0
        || codec_json_write (&resolve_answer_message, &answer, arena, &json, &region->err) < 0)
        return error_name_of (&region->err);
    return arena_copy (arena, (const char *) json.data, json.size);
}

static void after (struct region *region, const char *what, bool is_moved, const char *sql)
{
    int64_t version = number (region, "select version from roster_rows");
    const char *before, *kept, *anew;
    ARENA (arena);

    before = answer_by (region, keeper, &arena);
    harness_sql (region->harness, "%s", sql);
    kept = answer_by (region, keeper, &arena);
    anew = answer_by (region, NULL, &arena);
    is (kept, anew, arena_print (&arena, "N-33 after %s the kept rows give what is read anew", what));
    if (is_moved)
        ok (strcmp (kept, before) != 0, "...which is another answer than before");
    is_number (number (region, "select version from roster_rows"), version + 1, "...and the version has risen by one");
}

static void test_changes (struct region *region)
{
    after (region, "a new telephone of an office", true, "update office set duty_phone = '011-000-0099' where office_id = '" CLINIC "'");
    after (region, "a new name", true, "update membership set name = '青葉 改' where person_id = '" DOCTOR "'");
    after (region, "leaving an office", true, "update membership set roles = 0 where person_id = '" DOCTOR "'");
    after (region, "coming back", true, "update membership set roles = 8 where person_id = '" DOCTOR "'");
    after (region, "the office's telephones gone", true, "update office set phone = null, duty_phone = null where office_id = '" CLINIC "'");
    after (region, "a duty phone of an office", true,
           "insert into office_phone (office_id, position, name, number, hours) values ('" CLINIC_2 "', 1, '当番携帯', '011-000-0096', '{}')");
    after (region, "hours of it that never come", true, "update office_phone set hours = '{0, 0, 1}' where office_id = '" CLINIC_2 "'");
    after (region, "the duty phone taken away", true, "delete from office_phone");
    after (region, "a call that failed for good", true,
           "insert into contact_trouble (contact_point_id, person_id, kind, reason, failed_at)"
           " values ('" ID ("62") "', '" DOCTOR "', 4, '無効', guard.now ())");
    after (region, "the trouble over", true, "delete from contact_trouble");
    after (region, "a contact taken away", true, "update contact_point set address = '' where contact_point_id = '" ID ("62") "'");
    after (region, "an absence from a minute ago", true,
           "insert into absence (absence_id, person_id, from_at, to_at, entered_by)"
           " values ('" ID ("81") "', '" DEPUTY "', guard.now () - interval '1 minute', guard.now () + interval '5 hours', '" DEPUTY "')");
    after (region, "its removal", true, "update absence set removed_at = guard.now () where absence_id = '" ID ("81") "'");
    after (region, "a stand-in", true,
           "insert into duty_change (change_id, kind, rotation_id, from_at, to_at, remove_person, add_person, add_office, entered_by, entered_at)"
           " values ('" ID ("82") "', 1, '" ROTATION "', guard.now () - interval '1 minute', guard.now () + interval '5 hours', '" DEPUTY
           "', '" COLLEAGUE "', '" STATION "', '" ROTA_CLERK "', guard.now ())");
    after (region, "the stand-in taken back", true, "update duty_change set removed_at = guard.now ()");
    after (region, "another member", true, "update rotation_member set person_id = '" COLLEAGUE "', office_id = '" STATION "'");
    after (region, "another rule", true, "update rotation set from_minute = 0, to_minute = 1, handoff_minute = 0, version = version + 1");
    after (region, "another last resort", true, "update last_resort set phone = '011-000-0098'");
    after (region, "a local closure", false,
           "insert into closure (closure_id, located_in, first_day, last_day, name, entered_by)"
           " values ('" ID ("83") "', '" TOWN "', '2026-01-01', '2030-01-01', '休業', '" ROTA_CLERK "')");
}

/* An event of registry, as in life. */
static void test_event (struct region *region)
{
    const char *before, *kept;
    ARENA (arena);

    before = answer_by (region, keeper, &arena);
    add_office (region, STATION, "みどり訪問看護ステーション", TOWN, "011-000-0097");
    kept = answer_by (region, keeper, &arena);
    ok (strcmp (kept, before) != 0 && strstr (kept, "011-000-0097"), "N-33 an event that changed an office is in the next answer");
}

/* The version is what decides: the same rows changed behind its back are not seen, and are with the next version. */
static void test_it_is_kept (struct region *region)
{
    ARENA (arena);

    answer_by (region, keeper, &arena);
    harness_sql (region->harness, "begin; set local session_replication_role = replica; update last_resort set name = '影'; commit");
    ok (!strstr (answer_by (region, keeper, &arena), "影"), "(rows of a version that is in force are not read again)");
    ok (strstr (answer_by (region, NULL, &arena), "影") != NULL, "(without what is kept they are)");
    harness_sql (region->harness, "update roster_rows set version = version + 1");
    ok (strstr (answer_by (region, keeper, &arena), "影") != NULL, "another version: everything is read again");
    harness_sql (region->harness, "begin; set local session_replication_role = replica; update last_resort set name = '光';"
                                  " update roster_rows set version = version - 1; commit");
    ok (strstr (answer_by (region, keeper, &arena), "光") != NULL, "...also when the version has gone back, after a restore");
}

static void test_hour (struct region *region)
{
    ARENA (arena);

    answer_by (region, keeper, &arena);
    harness_sql (region->harness, "insert into absence (absence_id, person_id, from_at, to_at, entered_by) values ('" ID ("84") "', '" COLLEAGUE
                                  "', guard.now () + interval '1 hour', guard.now () + interval '3 hours', '" COLLEAGUE "')");
    harness_sql (region->harness, "update rotation set to_minute = 1440");
    answer_by (region, keeper, &arena);
    forward (region, 7200);
    is (answer_by (region, keeper, &arena), answer_by (region, NULL, &arena), "N-33 what begins in a later hour holds in that hour");
}

/* Several rows and several tables of one transaction: one number, not seen before it is committed. */
static void test_once (struct region *region)
{
    int64_t version = number (region, "select version from roster_rows");

    harness_sql (region->harness, "begin; update office set name = name || '　'; update membership set name = name || '　'; commit");
    is_number (number (region, "select version from roster_rows"), version + 1, "a transaction raises the version once");
    harness_sql (region->harness, "begin; update office set name = name || '　'; rollback");
    is_number (number (region, "select version from roster_rows"), version + 1, "...one that is rolled back does not");
    is_number (number (region, "select (has_table_privilege ('renkei_notify', 'roster_rows', 'update')"
                               " or has_table_privilege ('renkei_notify_engine', 'roster_rows', 'update'))::int"), 0,
               "the service cannot set it");
}

/* Whatever these statements will read one day must raise the version, too. */
static void check_tables (struct region *region, const struct db_statement *statement)
{
    ARENA (arena);

    is (harness_text (region->harness,
                      "select coalesce (string_agg (c.relname, ', '), 'none') from pg_class c"
                      " where c.relnamespace = 'notify'::regnamespace and c.relkind in ('r', 'p')"
                      "   and $sql$%s$sql$ ~ ('(from|join) ' || c.relname || '\\M')"
                      "   and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'roster_rows')",
                      statement->sql),
        "none", arena_print (&arena, "tables of %s that do not raise the version", statement->name));
}

static void test_every_table (struct region *region)
{
    static const char *const kept[] = { "roster_rotations_by_id", "roster_absences", "roster_people", "roster_offices", "roster_desk" };

    for (const struct db_statement *statement = roster_statements; statement->name; statement++)
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
            if (strcmp (statement->name, kept[i]) == 0)
                check_tables (region, statement);
    for (const struct db_statement *statement = roster_layer_statements; statement->name; statement++)
        check_tables (region, statement);
}

/* ---- keeping itself --------------------------------------------------------------------------------------------------------------------- */

static void *of_another_thread (void *arg)
{
    struct roster_kept *kept = roster_kept_begin (arg, (struct rows_version) { 1, 1 }, 0);

    return (void *) roster_kept_find (kept, "person a");
}

static void test_keeping (void)
{
    struct roster_keeper *own = roster_keeper_open ();
    struct roster_kept *kept = roster_kept_begin (own, (struct rows_version) { 1, 1 }, 0);
    pthread_t thread;
    void *seen = &seen;

    ok (!roster_kept_find (kept, "person a"), "nothing is kept at first");
    roster_kept_put (kept, "person a", "A");
    kept = roster_kept_begin (own, (struct rows_version) { 1, 1 }, 3599LL * SECOND_US);
    is (roster_kept_find (kept, "person a"), "A", "what is kept is found within its hour");
    pthread_create (&thread, NULL, of_another_thread, own);
    pthread_join (thread, &seen);
    ok (!seen, "...by its own thread only");
    ok (!roster_kept_find (roster_kept_begin (own, (struct rows_version) { 1, 1 }, 3600LL * SECOND_US), "person a"), "another hour: nothing");
    roster_kept_put (kept, "person a", "A");
    ok (!roster_kept_find (roster_kept_begin (own, (struct rows_version) { 1, 2 }, 3600LL * SECOND_US), "person a"), "another version: nothing");
    roster_kept_put (kept, "person a", "A");
    ok (!roster_kept_find (roster_kept_begin (own, (struct rows_version) { 2, 2 }, 3600LL * SECOND_US), "person a"),
        "the same version of another incarnation: nothing");
    for (int i = 0; i < 20000; i++)
        roster_kept_put (kept, "person b", "B");
    ok (!roster_kept_find (roster_kept_begin (own, (struct rows_version) { 2, 2 }, 3600LL * SECOND_US), "person b"), "it does not grow for ever");
    roster_keeper_close (&own);
}

int main (void)
{
    struct region *region = region_open ();

    region->self.shifts = shift_cache_open ("/nonexistent");
    keeper = roster_keeper_open ();
    test_keeping ();
    test_changes (region);
    test_event (region);
    test_it_is_kept (region);
    test_hour (region);
    test_once (region);
    test_every_table (region);
    roster_keeper_close (&keeper);
    shift_cache_close (&region->self.shifts);
    harness_close (&region->harness);
    return done ();
}
