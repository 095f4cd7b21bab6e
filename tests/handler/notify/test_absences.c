/* Absences: who may enter them for whom, the same id twice, edges to the microsecond, several over each other, and that every change raises
 * the versions that shift tables and plans are made from.  Then shift tables in Redis that lie in every way. */
#include "cache.h"
#include "own_redis.h"
#include "region.h"

#define AWAY(n) "00000000-0000-7000-a000-0000000000" n

static int64_t base;                    /* decision time of the test, µs */

static struct absence_add away_of (const char *id, const char *person, int64_t from_s, int64_t to_s)
{
    return (struct absence_add) { .absence_id = id, .person_id = person, .from = base + from_s * SECOND_US, .to = base + to_s * SECOND_US };
}

static int64_t rotation_version (struct region *region)
{
    return number (region, "select version from rotation where rotation_id = '" ROTATION "'");
}
static int64_t roster_version_now (struct region *region) { return number (region, "select version from roster"); }

/* Who is second in the order of the person at that moment. */
static const char *second_at (struct region *region, int64_t at)
{
    static struct resolve_answer answer;

    as_nurse (region);
    if (call (region, "resolve", &(struct resolve) { .patient_id = PATIENT, .has_at = true, .at = at }, &answer) < 0)
        return error_name_of (&region->err);
    return answer.targets.count > 2 ? answer.targets.items[1].person_id : "nobody";
}

/* ---- the same id --------------------------------------------------------------------------------------------------------------------- */

static void test_same_id (struct region *region)
{
    struct absence_add away = away_of (AWAY ("01"), DEPUTY, 1000, 2000), other = away, longer = away;
    int64_t version;

    other.person_id = DOCTOR;
    longer.to += SECOND_US;
    as_rota_clerk (region);
    is (refused (region, "absence_add", &away), "accepted", "an absence is entered");
    version = rotation_version (region);
    is (refused (region, "absence_add", &away), "accepted", "...and sent again");
    is_number (rotation_version (region), version, "...which changes nothing");
    is (refused (region, "absence_add", &other), "already_there",
        "the same id for somebody else is refused, not swallowed: he would be asked while away");
    is (refused (region, "absence_add", &longer), "already_there", "...so is one for another time");
    must (region, "absence_remove", &(struct absence_remove) { .absence_id = AWAY ("01") });
    is (refused (region, "absence_add", &away), "already_there", "...and one that was taken back: entered anew it needs a new id");
    is_number (number (region, "select count(*) from absence where removed_at is null"), 0, "...nothing of it is in force");
    is_number (number (region, "select count(*) from absence where removed_by = '" ROTA_CLERK "'"), 1, "...and who took it back is known");
}

/* ---- who for whom -------------------------------------------------------------------------------------------------------------------- */

static void test_who (struct region *region)
{
    static const struct { const char *person, *office, *town; enum role role; const char *whose, *wanted, *says; } rows[] = {
        { DEPUTY, CLINIC_2, TOWN, ROLE_DOCTOR, DEPUTY, "accepted", "a doctor his own" },
        { DEPUTY, CLINIC_2, TOWN, ROLE_DOCTOR, DOCTOR, "not_for_role", "...not that of a doctor elsewhere" },
        { COLLEAGUE, STATION, TOWN, ROLE_VISITING_NURSE, NURSE, "accepted", "a colleague that of the same office" },
        { STRANGER, OTHER_OFFICE, TOWN, ROLE_VISITING_NURSE, NURSE, "not_for_role", "...not a nurse of another" },
        { FOREIGNER, FOREIGN_OFFICE, ELSEWHERE, ROLE_DOCTOR, DOCTOR, "not_for_role", "a doctor of another municipality none here" },
        { ROTA_CLERK, ROTA_OFFICE, TOWN, ROLE_ROTA_OFFICE, DOCTOR, "accepted", "the rota office anybody's" } };
    static char id[40];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct absence_add away = away_of (id, rows[i].whose, 1000, 2000);
        int64_t before = number (region, "select count(*) from absence");

        snprintf (id, sizeof id, "00000000-0000-7000-a000-0000000001%02zu", i);
        act_as (region, rows[i].person, rows[i].office, rows[i].town, ROLE_BIT (rows[i].role));
        is (refused (region, "absence_add", &away), rows[i].wanted, rows[i].says);
        is_number (number (region, "select count(*) from absence") - before, strcmp (rows[i].wanted, "accepted") == 0,
                   "...and it stands exactly then");
    }
    harness_sql (region->harness, "delete from absence");
}

/* ---- edges --------------------------------------------------------------------------------------------------------------------------- */

static void test_edges (struct region *region)
{
    static const struct { int64_t at_s, extra; bool there; const char *says;
    } rows[] = { { 1000, -1, true, "a microsecond before the absence he is asked" },
                 { 1000, 0, false, "from its first instant he is not" },
                 { 1500, 0, false, "where two meet neither" },
                 { 1999, 0, false, "in what lies over both neither" },
                 { 2500, -1, false, "to the last microsecond of the longest" },
                 { 2500, 0, true, "then he is again" } };
    struct absence_add one = away_of (AWAY ("11"), DEPUTY, 1000, 1500), two = away_of (AWAY ("12"), DEPUTY, 1500, 2000),
                       over = away_of (AWAY ("13"), DEPUTY, 1200, 2500);

    as_rota_clerk (region);
    must (region, "absence_add", &two);
    must (region, "absence_add", &over);
    must (region, "absence_add", &one);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        is (second_at (region, base + rows[i].at_s * SECOND_US + rows[i].extra), rows[i].there ? DEPUTY : "nobody", rows[i].says);
    as_rota_clerk (region);
    must (region, "absence_remove", &(struct absence_remove) { .absence_id = AWAY ("13") });
    is (second_at (region, base + 2200 * (int64_t) SECOND_US), DEPUTY, "without the one that lay over them he is asked after the others");
    is (second_at (region, base + 1700 * (int64_t) SECOND_US), "nobody", "...and not during them");
    harness_sql (region->harness, "delete from absence");
}

/* ---- versions ------------------------------------------------------------------------------------------------------------------------ */

static void test_versions (struct region *region)
{
    int64_t rotation = rotation_version (region), roster = roster_version_now (region);

    as_rota_clerk (region);
    must (region, "absence_add",
          &(struct absence_add){ .absence_id = AWAY ("21"), .person_id = DEPUTY, .from = base, .to = base + SECOND_US });
    is_number (rotation_version (region), rotation + 1, "a member's absence raises the rotation's version: its table is made anew");
    ok (roster_version_now (region) > roster, "...and the roster's: open alerts are planned anew");
    roster = roster_version_now (region);
    must (region, "absence_add",
          &(struct absence_add){ .absence_id = AWAY ("22"), .person_id = DOCTOR, .from = base, .to = base + SECOND_US });
    is_number (rotation_version (region), rotation + 1, "somebody else's leaves the rotation alone");
    ok (roster_version_now (region) > roster, "...but not the plans: he may be in a chain by name");
    must (region, "absence_remove", &(struct absence_remove) { .absence_id = AWAY ("21") });
    is_number (rotation_version (region), rotation + 2, "taking it back raises it again");
    is (refused (region, "absence_add", &(struct absence_add){ .absence_id = AWAY ("23"), .person_id = DEPUTY, .from = base, .to = base }),
        "period_reversed", "an absence of nothing is refused");
    is_number (rotation_version (region), rotation + 2, "...and raises nothing");
    harness_sql (region->harness, "delete from absence");
}

/* ---- shift tables that lie ----------------------------------------------------------------------------------------------------------- */

static struct own_redis redis;

static void plant (int64_t version, const char *value, size_t size)
{
    if (!own_redis_plant (&redis, "notify:shifts:" ROTATION, version, value, size))
        ok (false, "Redis is made to lie");
}

static void write_tables (struct region *region)
{
    if (harness_job (region->harness, "shift_tables", &region->err) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
}

/* Redis says something under the right version; then nobody looks at it. */
static void test_lies (struct region *region)
{
    static char huge[300000];
    static const char *const lies[] = { "",
                                        "x",
                                        "\n",
                                        "0 9223372036854775807 " STRANGER " " OTHER_OFFICE " -\n",
                                        "0 9223372036854775807 - - -\n",
                                        "9223372036854775807 0 " STRANGER " - -\n",
                                        "0 1",
                                        "-1 -1 - - -\n-1 -1 - - -\n",
                                        "\xff\xfe\x00\x01",
                                        "0 9223372036854775807 " STRANGER " " OTHER_OFFICE " - extra\n" };
    int believed = 0;
    int64_t hits;

    memset (huge, '0', sizeof huge - 1);
    write_tables (region);
    hits = shift_cache_hits (region->self.shifts);
    is (second_at (region, base), DEPUTY, "the table in Redis is right");
    is_number (shift_cache_hits (region->self.shifts), hits + 1, "...and is used");
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        plant (rotation_version (region), lies[i], strlen (lies[i]));
        believed += strcmp (second_at (region, base), DEPUTY) != 0;
    }
    plant (rotation_version (region), huge, sizeof huge);
    believed += strcmp (second_at (region, base), DEPUTY) != 0;
    is_number (believed, 0, "N-33 whatever Redis says under the right version, the answer is the same");
    is_number (shift_cache_hits (region->self.shifts), hits + 1, "...and none of it counts as found");
}

/* The digest is in PostgreSQL: a table of an older version, planted with the newer number, does not fit it. */
static void test_yesterday (struct region *region)
{
    struct cache *cache = cache_open (redis.socket);
    struct bytes yesterday = { 0 };
    ARENA (arena);

    harness_sql (region->harness, "delete from shift_table");
    write_tables (region);
    ok (cache_get (cache, "notify:shifts:" ROTATION, rotation_version (region), &arena, &yesterday) && yesterday.size > 0,
        "today's table is kept aside");
    as_rota_clerk (region);
    must (
        region, "absence_add",
        &(struct absence_add){ .absence_id = AWAY ("31"), .person_id = DEPUTY, .from = base - SECOND_US, .to = base + 3600LL * SECOND_US });
    write_tables (region);
    plant (rotation_version (region), (const char *) yesterday.data, yesterday.size);
    is (second_at (region, base), "nobody", "N-33 yesterday's table under today's version is not believed");
    cache_close (&cache);
    harness_sql (region->harness, "delete from absence");
}

/* Far from the sixty days that a table holds, before and after. */
static void test_beyond (struct region *region)
{
    int64_t hits;

    as_rota_clerk (region);
    must (region, "absence_add",
          &(struct absence_add){ .absence_id = AWAY ("41"),
                                 .person_id = DEPUTY,
                                 .from = base + 70LL * 86400 * SECOND_US,
                                 .to = base + 71LL * 86400 * SECOND_US });
    write_tables (region);
    hits = shift_cache_hits (region->self.shifts);
    is (second_at (region, base + 70LL * 86400 * SECOND_US), "nobody", "N-33 seventy days ahead the order is computed");
    is (second_at (region, base + 72LL * 86400 * SECOND_US), DEPUTY, "...also after the absence there");
    is (second_at (region, base - 3LL * 86400 * SECOND_US), DEPUTY, "...and three days back");
    is_number (shift_cache_hits (region->self.shifts), hits, "...without the table");
    is (second_at (region, base + 30LL * 86400 * SECOND_US), DEPUTY, "thirty days ahead");
    is_number (shift_cache_hits (region->self.shifts), hits + 1, "...it comes from the table");
}

int main (void)
{
    struct region *region = region_open ();

    signal (SIGPIPE, SIG_IGN);              /* as service_run does */
    base = harness_now (region->harness);
    test_same_id (region);
    test_who (region);
    test_edges (region);
    test_versions (region);
    if (own_redis_start (&redis)) {
        region->self.shifts = shift_cache_open (redis.socket);
        test_lies (region);
        test_yesterday (region);
        test_beyond (region);
        shift_cache_close (&region->self.shifts);
        own_redis_stop (&redis);
    }
    else
        printf ("ok %d # SKIP no redis-server\n", ++tap_count);
    harness_close (&region->harness);
    return done ();
}
