/* Rotations, chains, who may set them; resolve and duty with Redis right, empty, stale, lying and stopped. */
#include "region.h"
#include "cache.h"
#include "own_redis.h"

static struct own_redis redis;

/* A Redis that says something else, under the right version. */
static void lie (struct region *region, int64_t version)
{
    int64_t now = harness_now (region->harness);
    ARENA (arena);
    const char *value = arena_print (&arena, "%lld %lld " STRANGER " " OTHER_OFFICE " -\n", (long long)(now - 86400LL * SECOND_US),
                                     (long long)(now + 86400LL * SECOND_US));

    ok (own_redis_plant (&redis, "notify:shifts:" ROTATION, version, value, strlen (value)), "(Redis is made to lie)");
}

static void forget (void)
{
    struct cache *cache = cache_open (redis.socket);

    cache_put (cache, "notify:shifts:" ROTATION, 9999, (struct bytes) { .data = (const unsigned char *) "x", .size = 1 }, 3600);
    cache_close (&cache);
}

static const char *on_duty (struct region *region)
{
    static struct duty_now_answer answer;

    as_nurse (region);
    if (call (region, "duty_now", &(struct duty_now) { .has_days = true, .days = 7 }, &answer) < 0)
        return error_name_of (&region->err);
    return answer.now.count == 1 && answer.now.items[0].person_id ? answer.now.items[0].person_id : "nobody";
}

static const char *second (struct region *region)
{
    static struct resolve_answer answer;

    as_nurse (region);
    if (call (region, "resolve", &(struct resolve) { .patient_id = PATIENT }, &answer) < 0)
        return error_name_of (&region->err);
    return answer.targets.count == 3 && answer.targets.items[1].person_id ? answer.targets.items[1].person_id : "not there";
}

static void write_tables (struct region *region)
{
    if (harness_job (region->harness, "shift_tables", &region->err) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
}

static int64_t version_of (struct region *region)
{
    return number (region, "select version from rotation where rotation_id = '" ROTATION "'");
}

/* Redis holds the table of before: nobody believes it once the override stands. */
static void test_override (struct region *region)
{
    const struct override_add add = { .override_id = ID ("82"), .rotation_id = ROTATION, .from = harness_now (region->harness) - SECOND_US,
        .to = harness_now (region->harness) + 3600LL * SECOND_US, .remove = DEPUTY, .add = COLLEAGUE, .add_office = STATION, .reason = "急病" };
    int64_t hits = shift_cache_hits (region->self.shifts);

    as_rota_clerk (region);
    must (region, "override_add", &add);
    is (on_duty (region), COLLEAGUE, "N-33 N-28 after an override's commit no reader sees the old answer");
    is (second (region), COLLEAGUE, "N-33 ...nor does the order");
    is_number (shift_cache_hits (region->self.shifts), hits, "(without Redis)");
    write_tables (region);
    is (on_duty (region), COLLEAGUE, "N-33 the new table says the same");
    is_number (shift_cache_hits (region->self.shifts), hits + 1, "(from Redis)");
    as_rota_clerk (region);
    must (region, "override_remove", &(struct override_remove) { .override_id = ID ("82") });
    is (on_duty (region), DEPUTY, "N-33 taken back, the rule holds at once");
    write_tables (region);
}

static void test_redis (struct region *region)
{
    struct absence_add away = { .absence_id = ID ("81"), .person_id = DEPUTY, .from = harness_now (region->harness) - SECOND_US,
        .to = harness_now (region->harness) + 3600LL * SECOND_US };
    int64_t hits;

    is (on_duty (region), DEPUTY, "with an empty Redis the duty is computed");
    write_tables (region);
    hits = shift_cache_hits (region->self.shifts);
    is (on_duty (region), DEPUTY, "with a filled Redis the answer is the same");
    is (second (region), DEPUTY, "...for the order of a person, too");
    is_number (shift_cache_hits (region->self.shifts), hits + 2, "...and comes from Redis");
    lie (region, version_of (region));
    is (on_duty (region), DEPUTY, "U-06 N-33 a lying Redis is not believed");
    is (second (region), DEPUTY, "N-33 ...nowhere");
    write_tables (region);
    as_deputy (region);
    must (region, "absence_add", &away);
    is (on_duty (region), "nobody", "N-33 after a change the old table in Redis is not believed");
    is (second (region), "not there", "N-33 ...and the absent one is passed over");
    write_tables (region);
    is (on_duty (region), "nobody", "...the new table says the same");
    as_deputy (region);
    must (region, "absence_remove", &(struct absence_remove) { .absence_id = ID ("81") });
    write_tables (region);
    test_override (region);
    forget ();
    is (on_duty (region), DEPUTY, "N-33 a table of another version is not used");
    write_tables (region);
    own_redis_stop (&redis);
    is (on_duty (region), DEPUTY, "U-06 N-33 with Redis stopped the answer is the same");
    is (second (region), DEPUTY, "N-33 ...for the order, too");
    report (region, ALERT ("01"));
    forward (region, 181);
    run_engine (region);
    is_number (number (region, "select count(*) from alert_try where person_id = '" DEPUTY "' and state = 2"), 1,
               "N-33 the engine never asked Redis");
}

static void test_resolve (struct region *region)
{
    struct resolve_answer answer;

    as_nurse (region);
    call (region, "resolve", &(struct resolve) { .patient_id = PATIENT }, &answer);
    is_number ((int64_t) answer.numbers.count, 3, "numbers for the device: clinic, station, last resort");
    is (answer.numbers.items[2].phone, "011-000-0015", "...the last resort last");
    is_number (number (region, "select (count(*) > 0)::int from ledger where message = 'resolve'"), 1,
               "an order shown stands in the ledger");
    as_stranger (region);
    is (refused (region, "resolve", &(struct resolve){ .patient_id = PATIENT }), "not_for_you", "a nurse outside the team is told nothing");
}

static void test_chain (struct region *region)
{
    static const int days[] = { DAY_CLASS_WEEKDAY };
    struct chain_row row = { .position = 1, .day_classes = { days, 1 }, .from_minute = 0, .to_minute = 1440,
        .target = TARGET_KIND_PERSON, .person_id = DOCTOR };
    struct chain_put chain = { .patient_id = PATIENT, .rows = { &row, 1 } };
    struct done done_answer;

    as_manager (region);
    is_number (call (region, "chain_put", &chain, &done_answer), 0, "the care manager sets a new order");
    is_number (done_answer.version, 2, "...as version 2");
    is_number (number (region, "select count(*) from chain_row where version = 1"), 2, "...the old one stays as it was");
    is_number (number (region, "select chain_version from alert where alert_id = '" ALERT ("01") "'"), 1,
               "N-44 a running alert keeps its version");
    is_number (
        number (region,
                "select count(*) from pg_class where relname = 'chain_row' and has_table_privilege ('renkei_notify', oid, 'update')"),
        0, "a version cannot be changed, not even by the service");
    as_stranger (region);
    is (refused (region, "chain_put", &chain), "not_for_you", "an outsider sets nothing");
    act_as (region, COLLEAGUE, STATION, TOWN, ROLE_BIT (ROLE_VISITING_NURSE));
    is (refused (region, "chain_put", &chain), "not_for_you", "nor does a colleague without a seat");
    as_foreigner (region);
    is (refused (region, "chain_put", &chain), "not_for_you", "another municipality neither");
}

static void test_rotation (struct region *region)
{
    static const char *const people[] = { DEPUTY }, *const offices[] = { CLINIC_2 };
    struct rotation_put put = { .rotation_id = ID ("32"), .name = "夜間当番", .municipality = ELSEWHERE, .kind = ROTATION_KIND_WEEKLY,
        .advance = ROTATION_ADVANCE_WHEN_ACTIVE, .anchor = "2026-01-05", .handoff_minute = 510, .day_classes = ALL_DAYS,
        .from_minute = 1080,
        .to_minute = 1950, .members = { people, 1 }, .office_ids = { offices, 1 } };
    struct rotation_list_answer list;

    as_rota_clerk (region);
    is (refused (region, "rotation_put", &put), "not_for_role", "the rota office sets its own municipality's rotations");
    put.municipality = TOWN;
    is (refused (region, "rotation_put", &put), "accepted", "...that one");
    put.municipality = ELSEWHERE;
    as_administrator (region);
    is (refused (region, "rotation_put", &put), "already_there", "a rotation does not move to another municipality");
    as_doctor (region);
    is (refused (region, "rotation_put", &put), "not_for_role", "a doctor sets none");
    is_number (call (region, "rotation_list", &(struct rotation_list) { 0 }, &list), 0, "everybody reads them");
    is_number ((int64_t) list.rotations.count, 2, "...both");
    is (list.rotations.items[0].names.items[0], "若葉 四郎", "...with names");
}

int main (void)
{
    struct region *region = region_open ();

    signal (SIGPIPE, SIG_IGN);              /* as service_run does */
    if (!own_redis_start (&redis)) {
        printf ("1..0 # SKIP no redis-server\n");
        return 0;
    }
    region->self.shifts = shift_cache_open (redis.socket);
    test_redis (region);
    test_resolve (region);
    test_chain (region);
    test_rotation (region);
    shift_cache_close (&region->self.shifts);
    harness_close (&region->harness);
    return done ();
}
