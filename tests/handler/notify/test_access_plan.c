/* Who may see what is worked out anew for one person from that person's rows, however many people the region has grown to. */
#include "region.h"

enum { GROWN = 3000, ROUNDS = 8 };

static void grow (struct harness *harness)
{
    harness_sql (harness, "insert into consent select '" TOWN "', md5 (i::text)::uuid, '{1,5}', '{}', 1 from generate_series (1, %d) i", GROWN);
    harness_sql (harness, "insert into team_seat select municipality, patient_id, gen_random_uuid (), n, gen_random_uuid (), md5 (n::text)::uuid"
                 " from consent, generate_series (1, 6) n where patient_id not in ('" PATIENT "', '" UNCONSENTED "')");
    harness_sql (harness, "select access_refresh ('" TOWN "', null)");
    harness_sql (harness, "analyze");
}

static int64_t rows_read (struct harness *harness)
{
    return harness_number (harness, "select coalesce (sum (seq_tup_read), 0) from pg_stat_xact_user_tables where schemaname = 'notify'"
                           " and relname in ('access', 'team_seat', 'consent')");
}

static void test_one_person (struct harness *harness)
{
    int64_t before;

    harness_sql (harness, "set plan_cache_mode = force_generic_plan");       /* as a long connection has it */
    harness_sql (harness, "begin");
    before = rows_read (harness);
    for (int i = 1; i <= ROUNDS; i++)
        harness_sql (harness, "select access_refresh ('" TOWN "', md5 ('%d')::uuid)", i);
    is_number (rows_read (harness) - before, 0, "E-06: a change of one person's team or consent reads no table from end to end");
    harness_sql (harness, "rollback");
}

static void test_circle (struct region *region)
{
    int64_t before;

    report (region, ALERT ("01"));
    harness_sql (region->harness, "begin");
    before = rows_read (region->harness);
    is_number (harness_number (region->harness, "select count(*) from alert_circle ('" ALERT ("01") "')"), 3,
               "U-20: whom a report concerns: who reported, who was asked, the team");
    is_number (rows_read (region->harness) - before, 0, "...found without reading the consents of the whole region");
    harness_sql (region->harness, "rollback");
}

static void test_same_answer (struct harness *harness)
{
    static const char all[] = "select md5 (string_agg (x::text, ',' order by x::text)) from (select municipality, patient_id, office_id,"
                              " ground from access) x";
    const char *before = harness_text (harness, all);

    is_number (harness_number (harness, "select count(*) from access where patient_id = md5 ('7')::uuid"), 7,
               "six offices of the team and the last resort");
    for (int i = 1; i <= ROUNDS; i++)
        harness_sql (harness, "select access_refresh ('" TOWN "', md5 ('%d')::uuid)", i);
    is (harness_text (harness, all), before, "one by one or all of a municipality at once: the same rows");
    harness_sql (harness, "update consent set scopes = '{5}' where patient_id = md5 ('7')::uuid;"
                 "select access_refresh ('" TOWN "', md5 ('7')::uuid)");
    is_number (harness_number (harness, "select count(*) from access where patient_id = md5 ('7')::uuid"), 1,
               "S-22: without consent to the team only the last resort is left");
}

int main (void)
{
    struct region *region = region_open ();

    grow (region->harness);
    test_one_person (region->harness);
    test_circle (region);
    test_same_answer (region->harness);
    harness_close (&region->harness);
    return done ();
}
