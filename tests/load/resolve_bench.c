/* resolve_bench.c - how long it takes to know whom to ask: against a running region, three measurements of the same people.
 *
 *     resolve_bench RUN KEYS DATABASE REDIS CONTEXT PERSON OFFICE TOWN IDS SECONDS RATE
 *
 *   mesh     the query `resolve`, as the gateway asks it: over the mesh, its own transaction, access checks, ledger row, COMMIT
 *   there    the query `preference` of the same service over the same way: one row, nothing written – the way there and back
 *   load     loading (roster.h) and resolve () on a connection of the service's role, in an open transaction; with REDIS as the query does it,
 *            which keeps the region's rows while their version stands (roster_kept.h), without as the engine does, which reads everything
 *   pure     resolve () alone
 *
 * REDIS: its socket, or "-" for none (the region's own must be stopped for `mesh` without it).  Open loop: questions leave by schedule and
 * time counts from the scheduled moment.  Prints one JSON object, microseconds.
 */
#include <inttypes.h>
#include <string.h>
#include "bus_client.h"
#include "clock.h"
#include "ids.h"
#include "mesh.h"
#include "roster.h"
#include "roster_layers_store.h"
#include "shift_cache_store.h"
#include "wire.h"

enum { PEOPLE = 5000, TIMEOUT_MS = 3000, PURE_TIMES = 20 };

struct asker { struct bus_client *client; struct request_header header; const char *ids[PEOPLE]; size_t count; double seconds, rate; };

static const struct db_statement context_statements[] = { { "bench_context", "select guard.enter ($1::text)" }, { NULL, NULL } };
static int failed;

static void give_up (const char *what, const struct error *err)
{
    fprintf (stderr, "%s: %s %s\n", what, error_name_of (err), err->detail);
    exit (1);
}

static void tell (const char *name, struct samples *samples)
{
    qsort (samples->values, samples->count, sizeof (int64_t), compare);
    printf ("\"%s_p50\":%" PRId64 ",\"%s_p99\":%" PRId64 ",\"%s_count\":%zu,", name, at_rank (samples, .5), name, at_rank (samples, .99), name,
            samples->count);
    samples->count = 0;
}

static void wait_until (int64_t at)
{
    const struct timespec until = { at / 1000000, at % 1000000 * 1000 };

    while (now_us () < at && clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) != 0)
        ;
}

/* ---- over the mesh ---------------------------------------------------------------------------------------------------------------------- */

static void ask_one (struct asker *asker, const char *patient_id, struct arena *arena)
{
    const struct resolve question = { .patient_id = patient_id };
    const struct preference small = { 0 };
    struct request_header header = asker->header;
    const struct message_type *type = patient_id ? &resolve_message : &preference_message;
    const struct message_type *answer_type = patient_id ? &resolve_answer_message : &preference_answer_message;
    void *answer = arena_alloc (arena, answer_type->size);
    struct error err = { 0 };

    header.message = type->name;
    header.version = type->version;
    if (bus_client_call (asker->client, "notify", &header, type, patient_id ? (const void *) &question : &small, answer_type, answer, TIMEOUT_MS,
                         arena, &err) < 0) {
        if (failed++ < 3)
            fprintf (stderr, "%s: %s %s\n", type->name, error_name_of (&err), err.detail);
    }
    else if (patient_id && ((struct resolve_answer *) answer)->targets.count == 0)
        failed++;
}

static void over_the_mesh (struct asker *asker, bool small, struct samples *samples)
{
    int64_t next = now_us (), end = next + (int64_t) (asker->seconds * 1e6), every = (int64_t) (1e6 / asker->rate);

    for (size_t n = 0; next < end; n++, next += every) {
        ARENA (arena);

        wait_until (next);
        ask_one (asker, small ? NULL : asker->ids[n % asker->count], &arena);
        keep (samples, now_us () - next);
    }
}

/* ---- in this process --------------------------------------------------------------------------------------------------------------------- */

static void prepare (struct db *db, const struct db_statement *list)
{
    struct error err = { 0 };
    size_t count = 0;

    while (list[count].name)
        count++;
    if (db_prepare (db, list, count, &err) < 0)
        give_up ("prepare", &err);
}

static struct db *connect_as_service (const char *database)
{
    const struct db_statement *const lists[] = { context_statements, roster_statements, roster_layer_statements, shift_statements };
    struct error err = { 0 };
    struct db *db = db_open (database, &err);

    if (!db)
        give_up ("database", &err);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        prepare (db, lists[i]);
    return db;
}

static void resolve_one (struct db *db, struct asker *asker, const struct shift_source *source, struct roster_keeper *keeper,
                         const char *patient_id, struct samples *loads, struct samples *pures)
{
    struct roster_asked asked;
    struct resolver_input input;
    struct resolution result;
    struct error err = { 0 };
    int64_t from = now_us (), version, instant = clock_real_us ();
    ARENA (arena);

    if (roster_ask (db, keeper, patient_id, 0, &asked, &err) < 0 || db_flush (db, &err) < 0
        || roster_take (db, &arena, &asked, source, asker->header.municipality, instant, &input, &version, &err) < 0)
        give_up ("load", &err);
    result = resolve (&arena, &input, instant, CONDITION_TAG_OTHER);
    keep (loads, now_us () - from);
    failed += result.count == 0;
    for (int i = 0; i < PURE_TIMES; i++) {
        from = now_us ();
        resolve (&arena, &input, instant, CONDITION_TAG_OTHER);
        keep (pures, now_us () - from);
    }
}

static void in_process (struct asker *asker, const char *database, const char *redis, struct samples *loads, struct samples *pures)
{
    struct db *db = connect_as_service (database);
    struct shift_source source = { .shifts = shift_cache_shifts };
    struct roster_keeper *keeper = strcmp (redis, "-") != 0 ? roster_keeper_open () : NULL;
    struct shift_cache *cache = NULL;
    struct db_args args = { 0 };
    struct error err = { 0 };
    DB_ROWS (rows);

    if (strcmp (redis, "-") != 0)
        source.with = cache = shift_cache_open (redis);
    db_text (&args, asker->header.context);
    if (db_begin (db, &err) < 0 || db_run (db, &context_statements[0], &args, &rows, &err) < 0)
        give_up ("context", &err);
    for (size_t i = 0; i < asker->count + 20; i++) {
        resolve_one (db, asker, cache ? &source : NULL, keeper, asker->ids[i % asker->count], loads, pures);
        if (i == 19)
            loads->count = pures->count = 0;                /* plans are made */
    }
    printf ("\"hits\":%" PRId64 ",", cache ? shift_cache_hits (cache) : 0);
    db_rollback (db);
    db_close (&db);
    roster_keeper_close (&keeper);
    if (cache)
        shift_cache_close (&cache);
}

static void read_ids (struct asker *asker, const char *path)
{
    FILE *file = fopen (path, "r");
    char line[64];

    while (file && asker->count < PEOPLE && fscanf (file, "%63s", line) == 1)
        asker->ids[asker->count++] = strdup (line);
    if (asker->count == 0)
        exit (2);
    fclose (file);
}

int main (int argc, char **argv)
{
    static int role = ROLE_CARE_MANAGER;
    static struct asker asker;
    static struct samples samples, more;
    struct error err = { 0 };

    if (argc < 12)
        return 2;
    samples.values = malloc (SAMPLE_MAX * sizeof (int64_t));
    more.values = malloc (SAMPLE_MAX * sizeof (int64_t));
    read_ids (&asker, argv[9]);
    asker.seconds = strtod (argv[10], NULL);
    asker.rate = strtod (argv[11], NULL);
    asker.header = (struct request_header) { .context = argv[5], .person_id = argv[6], .session_id = argv[6], .office_id = argv[7],
        .municipality = argv[8], .roles = { .items = &role, .count = 1 }, .strength = SESSION_STRENGTH_PASSKEY };
    if (mesh_open (argv[2], "gateway", &err) < 0 || !(asker.client = bus_client_open (argv[1], &err)))
        give_up ("mesh", &err);
    printf ("{");
    for (int small = 1; small >= 0; small--) {
        over_the_mesh (&asker, small, &samples);
        samples.count = 0;
        over_the_mesh (&asker, small, &samples);
        tell (small ? "there" : "mesh", &samples);
    }
    in_process (&asker, argv[3], argv[4], &samples, &more);
    tell ("load", &samples);
    tell ("pure", &more);
    printf ("\"failed\":%d}\n", failed);
    bus_client_close (&asker.client);
    mesh_close ();
    return failed > 0;
}
