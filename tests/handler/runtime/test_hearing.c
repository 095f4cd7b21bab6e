/* A publisher (schema registry) and a subscriber (schema sharing) with toy events over a real mesh and a real PostgreSQL: whatever happens
 * to bells, connections and events, each is applied once and in order (I1, I3, I4). */
#include "tap.h"
#include <libpq-fe.h>
#include <pthread.h>
#include <unistd.h>
#include "clock.h"
#include "db_internal.h"
#include "hearing.h"
#include "hearing_apply.h"
#include "ids.h"
#include "keys.h"
#include "mesh.h"
#include "runtime_routes.h"
#include "zeromq.h"

static struct error err;
static char dir[] = "/tmp/renkei-hear.XXXXXX";
static PGconn *superuser;

static void bail (const char *what, const char *why)
{
    printf ("Bail out! %s: %s\n", what, why);
    exit (255);
}

static void sql (const char *text)
{
    PGresult *result = PQexec (superuser, text);

    if (PQresultStatus (result) != PGRES_COMMAND_OK && PQresultStatus (result) != PGRES_TUPLES_OK)
        bail (text, PQerrorMessage (superuser));
    PQclear (result);
}

static long number (const char *text)
{
    PGresult *result = PQexec (superuser, text);
    long value;

    if (PQresultStatus (result) != PGRES_TUPLES_OK)
        bail (text, PQerrorMessage (superuser));
    value = PQntuples (result) ? strtol (PQgetvalue (result, 0, 0), NULL, 10) : 0;
    PQclear (result);
    return value;
}

static long numberf (const char *fmt, const char *text)
{
    ARENA (arena);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    return number (arena_print (&arena, fmt, text));
#pragma GCC diagnostic pop
}

/* Until the query gives the wanted number; false when it does not in a minute: a machine may stall. */
static bool comes (const char *fmt, const char *text, long wanted)
{
    int64_t until = clock_monotonic_us () + 60 * SECOND_US;

    while (clock_monotonic_us () < until) {
        if (numberf (fmt, text) == wanted)
            return true;
        usleep (2000);
    }
    note ("%ld instead of %ld", numberf (fmt, text), wanted);
    return false;
}

static struct db *open_db (struct runtime *runtime, const char *role)
{
    ARENA (arena);
    struct db *db = db_open (arena_print (&arena, "%s user=%s", getenv ("RENKEI_TEST_DATABASE"), role), &err);

    if (!db || runtime_prepare (runtime, db, &err) < 0)
        bail (role, err.detail);
    return db;
}

/* ---- the publisher ------------------------------------------------------------------------------------------------------------------- */

struct bell { char subject[UUID_TEXT]; int64_t version; unsigned char data[600]; size_t size; };

static struct {
    struct runtime runtime;
    struct batch batch;
    pthread_t thread;
    _Atomic bool stop, deaf, reconnect;
    _Atomic bool blind;                 /* the sweep finds nothing: what comes, comes by bells */
    pthread_mutex_t lock;
    struct bell bells[4096];
    size_t count;
    bool lose, keep, plain;             /* bells are dropped; bells are collected; bells carry no event */
    int times;                          /* each is rung so often */
    struct bell kept[64];
    size_t kept_count;
    _Atomic int asked;                  /* events_of */
} publisher = { .lock = PTHREAD_MUTEX_INITIALIZER, .times = 1 };

struct state { const char *subject, *name; int64_t version; };
static struct state states[300];
static size_t state_count;
static struct municipality_changed state_events[300];

static int page_of_states (void *self, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                           size_t *ret_count, struct error *failed)
{
    size_t from = after ? (size_t) strtol (after, NULL, 10) : 0, count = 0;

    (void) self;
    (void) failed;
    for (; from + count < state_count && count < (size_t) limit; count++) {
        const struct state *state = &states[from + count];

        state_events[from + count] = (struct municipality_changed) { state->subject, "010001", state->name };
        rows[count] = (struct snapshot_row) { .subject = state->subject, .version = state->version, .event = &state_events[from + count],
                                              .next = arena_print (request->arena, "%zu", from + count + 1) };
    }
    *ret_count = count;
    return 0;
}

static int page_of_none (void *self, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows, size_t *ret_count,
                         struct error *failed)
{
    (void) self;
    (void) request;
    (void) after;
    (void) limit;
    (void) rows;
    (void) failed;
    *ret_count = 0;
    return 0;
}

static const struct snapshot publisher_snapshots[] = { { &municipality_changed_message, page_of_states },
                                                       { &membership_changed_message, page_of_none } };
static const struct service publisher_service = { .name = "registry", .snapshots = publisher_snapshots, .snapshot_count = 2 };

static void ring (struct runtime *runtime, const struct doorbell *rung)
{
    struct bell bell = { .version = rung->position };

    (void) runtime;
    snprintf (bell.subject, sizeof bell.subject, "%s", rung->subject);
    if (!publisher.plain && rung->data.size && rung->data.size <= sizeof bell.data) {
        memcpy (bell.data, rung->data.data, rung->data.size);
        bell.size = rung->data.size;
    }
    if (publisher.keep)
        publisher.kept[publisher.kept_count++] = bell;
    if (publisher.keep || publisher.lose)
        return;
    pthread_mutex_lock (&publisher.lock);
    for (int i = 0; i < publisher.times; i++)
        publisher.bells[publisher.count++ % 4096] = bell;
    pthread_mutex_unlock (&publisher.lock);
}

static void ring_again (const struct bell *bell)
{
    ring (NULL, &(struct doorbell) { .topic = "event", .subject = bell->subject, .position = bell->version,
                                     .data = { bell->data, bell->size } });
}

static void add (zmsg_t *message, const struct message_type *type, const void *value)
{
    ARENA (arena);
    struct bytes bytes;

    if (codec_pack (type, value, &arena, &bytes, &(struct error) { 0 }) == 0)
        zmsg_addmem (message, bytes.data, bytes.size);
}

static void flush_bells (zsock_t *socket)
{
    pthread_mutex_lock (&publisher.lock);
    for (size_t i = 0; i < publisher.count; i++) {
        const struct bell *rung = &publisher.bells[i];
        struct doorbell bell = { .topic = "event", .subject = rung->subject, .position = rung->version };
        zmsg_t *message = zmsg_new ();

        if (rung->size)
            bell.data = (struct bytes) { rung->data, rung->size };
        zmsg_addstr (message, "event");
        add (message, &doorbell_message, &bell);
        zmsg_send (&message, socket);
    }
    publisher.count = 0;
    pthread_mutex_unlock (&publisher.lock);
}

static int serve_message (struct request *request, const char *name, struct bytes body, const struct message_type **ret_type,
                          void **ret_answer, struct error *failed)
{
    union { struct events_of of; struct events_after after; struct snapshot_read snapshot; } message = { 0 };
    struct event_page *page = arena_alloc (request->arena, sizeof *page);
    struct snapshot_page *snapshot = arena_alloc (request->arena, sizeof *snapshot);

    *ret_type = &event_page_message;
    *ret_answer = page;
    if (strcmp (name, "events_of") == 0) {
        publisher.asked++;
        return codec_unpack (&events_of_message, body, request->arena, &message.of, failed) < 0 ? -1
               : runtime_handle_events_of (&publisher.runtime, request, &message.of, page, failed);
    }
    if (strcmp (name, "events_after") == 0 && publisher.blind) {
        *page = (struct event_page) { 0 };
        return 0;
    }
    if (strcmp (name, "events_after") == 0)
        return codec_unpack (&events_after_message, body, request->arena, &message.after, failed) < 0 ? -1
               : runtime_handle_events_after (&publisher.runtime, request, &message.after, page, failed);
    *ret_type = &snapshot_page_message;
    *ret_answer = snapshot;
    return codec_unpack (&snapshot_read_message, body, request->arena, &message.snapshot, failed) < 0 ? -1
           : runtime_handle_snapshot_read (&publisher.runtime, request, &message.snapshot, snapshot, failed);
}

static void answer_one (struct batch *batch, zsock_t *socket)
{
    ARENA (arena);
    struct error failed = { 0 };
    zmsg_t *message = zmsg_recv (socket), *reply = zmsg_new ();
    zframe_t *to = zmsg_pop (message), *correlation = zmsg_pop (message), *head = zmsg_pop (message), *body = zmsg_pop (message);
    struct request_header header = { 0 };
    struct actor actor = { .principal = mesh_principal_of (head) };
    struct request request = { .db = batch->db, .arena = &arena, .actor = &actor, .header = &header, .now = 1, .batch = batch };
    struct reply_header good = { .ok = true }, bad = { 0 };
    const struct message_type *type;
    void *answer;

    codec_unpack (&request_header_message, (struct bytes) { zframe_data (head), zframe_size (head) }, &arena, &header, &failed);
    zmsg_append (reply, &to);
    zmsg_append (reply, &correlation);
    if (db_begin (batch->db, &failed) == 0
        && serve_message (&request, header.message, (struct bytes) { zframe_data (body), zframe_size (body) }, &type, &answer, &failed) == 0
        && db_commit (batch->db, &failed) == 0) {
        add (reply, &reply_header_message, &good);
        add (reply, type, answer);
    } else {
        db_rollback (batch->db);
        bad = (struct reply_header) { .kind = error_kind_of (&failed), .key = error_name_of (&failed) };
        add (reply, &reply_header_message, &bad);
    }
    if (!publisher.deaf)
        zmsg_send (&reply, socket);
    zmsg_destroy (&reply);
    zframe_destroy (&head);
    zframe_destroy (&body);
    zmsg_destroy (&message);
}

static void *publish (void *arg)
{
    ARENA (arena);
    struct batch batch = { .runtime = &publisher.runtime, .db = open_db (&publisher.runtime, "renkei_registry_engine") };
    zsock_t *router = mesh_bind (ZMQ_ROUTER, arena_print (&arena, "ipc://%s/registry.sock", dir), &err);
    zsock_t *bell = mesh_bind (ZMQ_PUB, arena_print (&arena, "ipc://%s/registry.bell.sock", dir), &err);
    zpoller_t *poller = zpoller_new (router, NULL);

    while (!publisher.stop) {
        if (zpoller_wait (poller, 1) == router)
            answer_one (&batch, router);
        flush_bells (bell);
        if (publisher.reconnect) {
            db_reopen (batch.db, &err);
            publisher.reconnect = false;
        }
    }
    zpoller_destroy (&poller);
    zsock_destroy (&router);
    zsock_destroy (&bell);
    db_close (&batch.db);
    return arg;
}

static void publisher_start (void)
{
    static const struct db_statement *const statements[] = { NULL };

    publisher.runtime = (struct runtime) { .service = &publisher_service, .name = "registry:1", .ring = ring };
    runtime_use_common_routes (&publisher.runtime);
    (void) statements;
    publisher.batch = (struct batch) { .runtime = &publisher.runtime };
    publisher.batch.db = open_db (&publisher.runtime, "renkei_registry");
    pthread_create (&publisher.thread, NULL, publish, NULL);
}

static void publisher_stop (void)
{
    publisher.stop = true;
    pthread_join (publisher.thread, NULL);
    db_close (&publisher.batch.db);
    batch_close (&publisher.batch);
}

static const struct message_type *type_of (char kind)
{
    return kind == 'm' ? &municipality_changed_message : kind == 'f' ? &membership_changed_message : &office_changed_message;
}

/* Several events in one transaction: kind m (state), f (heard), o (not heard). */
static void say (const char *subject, const char *kinds, const char *name)
{
    ARENA (arena);
    struct municipality_changed m = { subject, "010001", name };
    struct membership_changed f = { .membership_id = subject, .person_id = subject, .name = name, .office_id = subject, .municipality = "010001" };
    struct office_changed o = { .office_id = subject, .name = name, .municipality = "010001" };

    if (db_begin (publisher.batch.db, &err) < 0)
        bail ("begin", err.detail);
    for (; *kinds; kinds++)
        if (batch_announce (&publisher.batch, &arena, type_of (*kinds),
                            *kinds == 'm' ? (const void *) &m : *kinds == 'f' ? (const void *) &f : (const void *) &o, NULL, NULL, NULL,
                            clock_real_us (), &err) < 0)
            bail ("announce", err.detail);
    if (db_commit (publisher.batch.db, &err) < 0)
        bail ("commit", err.detail);
    batch_committed (&publisher.batch);
}

/* ---- the subscriber ------------------------------------------------------------------------------------------------------------------ */

static _Atomic bool cured;
static _Atomic int handled;

enum { NOTE, UPSERT };
static const struct db_statement toy_statements[] = {
    [NOTE] = { "toy_note", "insert into toy_log (subject, version, name, replay) values ($1::uuid, $2::bigint, $3, $4::boolean)" },
    [UPSERT] = { "toy_upsert", "insert into toy (subject, version, name) values ($1::uuid, $2::bigint, $3) on conflict (subject) do update"
                               " set version = excluded.version, name = excluded.name where toy.version < excluded.version" },
    { NULL, NULL },
};

static int effect (struct hearing *hearing, const char *name, struct error *failed)
{
    struct db_args args = { 0 };

    handled++;
    if (strcmp (name, "poison") == 0 && !cured)
        return fail (failed, ERROR_BUG, NULL, "poisoned");
    db_text (&args, hearing->event->subject);
    db_number (&args, hearing->event->subjectversion);
    db_text (&args, name);
    if (hearing->replay)
        return db_queue (hearing->db, &toy_statements[UPSERT], &args, failed);
    if (db_queue (hearing->db, &toy_statements[UPSERT], &args, failed) < 0)
        return -1;
    db_flag (&args, hearing->replay);
    return db_queue (hearing->db, &toy_statements[NOTE], &args, failed);
}

static int hear_state (void *self, struct hearing *hearing, const void *event, struct error *failed)
{
    (void) self;
    return effect (hearing, ((const struct municipality_changed *) event)->name, failed);
}

static int hear_other (void *self, struct hearing *hearing, const void *event, struct error *failed)
{
    (void) self;
    return effect (hearing, ((const struct membership_changed *) event)->name, failed);
}

static const struct heard toy_heard[] = {
    { "registry", &municipality_changed_message, hear_state }, { "registry", &membership_changed_message, hear_other },
};
static const struct db_statement *const toy_lists[] = { toy_statements, NULL };
static const struct service toy_service = { .name = "sharing", .heard = toy_heard, .heard_count = 2, .statements = toy_lists };
static struct runtime subscriber, twin;
static struct batch engine;
static char database[256];

static void no_ring (struct runtime *runtime, const struct doorbell *bell)
{
    (void) runtime;
    (void) bell;
}

static void start (struct runtime *runtime, const char *name)
{
    *runtime = (struct runtime) { .service = &toy_service, .ring = no_ring };
    snprintf (runtime->name, sizeof runtime->name, "%s", name);
    runtime_use_common_routes (runtime);
    runtime->hearing = hearing_start (runtime, database, dir, &err);
    if (!runtime->hearing)
        bail ("hearing", err.detail);
}

static void stop (struct runtime *runtime)
{
    hearing_stop (&runtime->hearing);
}

static const char *subject_of (int n)
{
    static char ids[400][UUID_TEXT];

    snprintf (ids[n], UUID_TEXT, "0190b0a0-0000-7000-8000-%012d", n);
    return ids[n];
}

#define APPLIED "select count(*) from sharing.toy_log where subject = '%s'"
#define ORDERED "select count(*) from (select version, row_number() over (order by n) as place from sharing.toy_log" \
                " where subject = '%s') x where version <> place"

/* ---- what must hold ------------------------------------------------------------------------------------------------------------------ */

static void ordinary (void)
{
    ok (comes ("select filled::int from sharing.hearing_cursor where source = '%s'", "registry", 1), "a subscriber begins");
    say (subject_of (1), "m", "one");
    ok (comes (APPLIED, subject_of (1), 1), "an event is heard");
    usleep (500000);                    /* the subscription may still be on its way */
    publisher.blind = true;
    for (int i = 0; i < 20; i++)
        say (subject_of (1), i % 2 ? "f" : "mf", "more");
    ok (comes (APPLIED, subject_of (1), 31), "I1: thirty more of the same subject follow by their bells alone");
    publisher.blind = false;
    is_number (numberf (ORDERED, subject_of (1)), 0, "I4: ...in order");
    is_number (number ("select count(*) from sharing.inbox"), 31, "...each in the inbox");
    is_number (number ("select version from sharing.hearing_position"), 31, "...and the subject's version is remembered");
}

static void duplicates (void)
{
    publisher.times = 10;
    say (subject_of (2), "mfm", "again");
    publisher.times = 1;
    ok (comes (APPLIED, subject_of (2), 3), "I3: bells rung ten times");
    usleep (1500000);
    is_number (numberf (APPLIED, subject_of (2)), 3, "I3: ...apply each event once, after a sweep too");
}

static void reordered (void)
{
    publisher.blind = publisher.keep = true;
    say (subject_of (3), "m", "a");
    say (subject_of (3), "f", "b");
    say (subject_of (3), "m", "c");
    publisher.keep = false;
    for (int i = 2; i >= 0; i--) {
        ring_again (&publisher.kept[i]);
        usleep (30000);
    }
    ok (comes (APPLIED, subject_of (3), 3), "I4: bells in the wrong order fill the gap without the sweep");
    publisher.blind = false;
    is_number (numberf (ORDERED, subject_of (3)), 0, "I4: ...and the events are applied in the right one");
}

static void lost_bells (void)
{
    publisher.lose = true;
    for (int i = 0; i < 10; i++)
        say (subject_of (4), "m", "silent");
    ok (comes (APPLIED, subject_of (4), 10), "F-55: without any bell the sweep finds everything");
    publisher.lose = false;
    is_number (numberf (ORDERED, subject_of (4)), 0, "I4: ...in order");
}

static void carried (void)
{
    struct bell lie;
    int asked = publisher.asked;

    publisher.blind = true;
    for (int i = 0; i < 5; i++)
        say (subject_of (30), "m", "at once");
    ok (comes (APPLIED, subject_of (30), 5), "events that came with their bells are applied");
    is_number (publisher.asked, asked, "...and nobody is asked for them");
    publisher.lose = true;
    say (subject_of (30), "m", "nobody rang");
    publisher.lose = false;
    say (subject_of (30), "m", "after a gap");
    ok (comes (APPLIED, subject_of (30), 7), "I1: what came before a carried event is asked for");
    is_number (numberf (ORDERED, subject_of (30)), 0, "I4: ...and applied before it");
    publisher.plain = true;
    say (subject_of (30), "mf", "too large for a bell");
    publisher.plain = false;
    ok (comes (APPLIED, subject_of (30), 9), "a bell without its event is answered by asking");
    publisher.blind = false;

    publisher.keep = true;
    publisher.kept_count = 0;
    say (subject_of (31), "m", "true");
    publisher.keep = false;
    lie = publisher.kept[0];
    lie.version = 2;
    ring_again (&lie);
    memset (lie.data, 0xc1, lie.size);
    ring_again (&lie);
    ok (comes (APPLIED, subject_of (31), 1), "a bell that does not fit its event brings nothing; the sweep brings the true one");
    ring_again (&publisher.kept[0]);
    usleep (200000);
    is_number (numberf (APPLIED, subject_of (31)), 1, "I3: an event carried twice is applied once");
}

static void unheard (void)
{
    say (subject_of (5), "o", "not for us");
    say (subject_of (5), "om", "for us");
    ok (comes (APPLIED, subject_of (5), 1), "events nobody here hears only move the version");
    is_number (numberf ("select version from sharing.hearing_position where subject = '%s'", subject_of (5)), 3, "...to where it is");
}

static void foreign_transaction (void)
{
    PGconn *foreign = PQconnectdb (getenv ("RENKEI_TEST_SUPERUSER"));

    PQclear (PQexec (foreign, "begin; create temporary table held (x int); insert into held values (1)"));
    usleep (1200000);
    for (int i = 0; i < 5; i++)
        say (subject_of (6), "mf", "urgent enough");
    ok (comes (APPLIED, subject_of (6), 10), "F-14: a foreign write transaction does not delay what a bell announces");
    publisher.lose = true;
    say (subject_of (6), "m", "hidden by the horizon");
    usleep (1500000);
    is_number (numberf (APPLIED, subject_of (6)), 10, "F-14: ...without a bell the sweep must wait for it");
    PQclear (PQexec (foreign, "commit"));
    PQfinish (foreign);
    ok (comes (APPLIED, subject_of (6), 11), "F-14: ...and goes on when it ends");
    publisher.lose = false;
}

static void many_subjects (void)
{
    for (int i = 100; i < 300; i++)
        say (subject_of (i), "mf", "crowd");
    ok (comes ("select count(*) from sharing.toy_log where name = '%s'", "crowd", 400), "400 events of 200 subjects are heard");
    is_number (number ("select count(*) from (select subject, version, row_number() over (partition by subject order by n) as place"
                       " from sharing.toy_log where name = 'crowd') x where version <> place"), 0, "I4: ...each subject in order");
}

static void restart (void)
{
    stop (&subscriber);
    publisher.lose = true;
    for (int i = 0; i < 100; i++)
        say (subject_of (7 + i % 3), "m", "while away");
    publisher.lose = false;
    start (&subscriber, "sharing:2");
    ok (comes ("select count(*) from sharing.toy_log where name = '%s'", "while away", 100),
        "F-51: what was said while it was away is heard");
    is_number (number ("select count(*) from (select subject, version from sharing.toy_log group by 1, 2 having count(*) > 1) x"), 0,
               "I3: ...and nothing twice");
}

static void lost_connection (void)
{
    for (int i = 0; i < 30; i++) {
        say (subject_of (11), "m", "through the storm");
        if (i % 10 == 5)
            sql ("select pg_terminate_backend (pid) from pg_stat_activity where usename = 'renkei_sharing_engine' and datname = current_database ()");
    }
    ok (comes (APPLIED, subject_of (11), 30), "F-10: a connection broken again and again loses nothing");
    is_number (numberf (ORDERED, subject_of (11)), 0, "I4: ...nor the order");
}

static void deaf_publisher (void)
{
    publisher.deaf = true;
    say (subject_of (12), "m", "asked in vain");
    usleep (300000);
    publisher.deaf = false;
    ok (comes (APPLIED, subject_of (12), 1), "a publisher that does not answer for a while is asked again");
}

static void batch_with_poison (void)
{
    int before;

    cured = false;
    publisher.keep = true;
    publisher.kept_count = 0;
    for (int i = 20; i < 40; i++)
        say (subject_of (i), "m", i == 29 ? "poison" : "healthy");
    say (subject_of (29), "f", "behind the poison");
    publisher.keep = false;
    for (size_t i = 0; i < publisher.kept_count; i++)
        ring_again (&publisher.kept[i]);
    ok (comes ("select count(*) from sharing.toy_log where name = '%s'", "healthy", 19),
        "F-54: the others of the batch are applied");
    ok (comes ("select count(*) from sharing.quarantine where state = '%s'", "waiting", 1),
        "F-54: the poisoned one comes into quarantine");
    is_number (number ("select attempts from sharing.quarantine"), 5, "...after five attempts");
    is_number (numberf (APPLIED, subject_of (29)), 0, "F-54: ...its subject waits");
    usleep (3300000);                   /* until the pause after its last attempt is over */
    before = handled;
    say (subject_of (29), "f", "still behind");
    say (subject_of (28), "f", "not behind");
    ok (comes (APPLIED, subject_of (28), 2), "F-54: ...and only its subject");
    usleep (1300000);
    is_number (numberf (APPLIED, subject_of (29)), 0, "...later events of it too, after a sweep");
    is_number (handled, before + 1, "...and nobody tries the poisoned one again");
}

/* The operator's answers, as the engine would run them. */
static int release (const char *event_id, bool skip)
{
    ARENA (arena);
    struct actor actor = { .principal = "operator" };
    struct request_header header = { 0 };
    struct request request = {
        .db = engine.db, .arena = &arena, .actor = &actor, .header = &header, .now = clock_real_us (), .batch = &engine
    };
    struct quarantine_release message = { event_id, skip, "looked at it" };
    struct done answer = { 0 };
    int rc;

    db_begin (engine.db, &err);
    rc = runtime_handle_quarantine_release (&subscriber, &request, &message, &answer, &err);
    if (rc < 0)
        db_rollback (engine.db);
    else
        rc = db_commit (engine.db, &err);
    return rc;
}

static const char *first_quarantined (struct arena *arena)
{
    struct quarantine_line_list lines = { 0 };

    db_begin (engine.db, &err);
    hearing_store_quarantined (engine.db, arena, &lines, &err);
    db_commit (engine.db, &err);
    return lines.count ? lines.items[0].event_id : "0190b0a0-0000-7000-8000-00000000dead";
}

static void released (void)
{
    ARENA (arena);
    const char *id = first_quarantined (&arena);

    cured = true;
    is_number (release (id, false), 0, "an operator lets it be tried again");
    ok (comes (APPLIED, subject_of (29), 3), "...and it is applied, with what waited behind it");
    is_number (numberf (ORDERED, subject_of (29)), 0, "I4: ...in order");
    is_number (number ("select count(*) from sharing.hearing_attempt"), 0, "...and no attempt is left behind");
    is_number (numberf ("select count(*) from sharing.quarantine where state = '%s'", "applied"), 1, "...the quarantine says so");
    ok (release (id, false) < 0 && err.key == ERROR_NOT_FOR_YOU, "it can be released once");
}

static void skipped (void)
{
    ARENA (arena);

    sql ("insert into registry.subject (id, version) values ('0190b0a0-0000-7000-8000-000000000050', 1);"
         "insert into registry.event_log (subject, version, id, incarnation, type, at, payload) values"
         " ('0190b0a0-0000-7000-8000-000000000050', 1, gen_random_uuid (), guard.incarnation (), "
         "'jp.renkei.registry.municipality_changed.v1',"
         "  now (), '\\xc1')");
    ok (comes ("select count(*) from sharing.quarantine where state = '%s'", "waiting", 1),
        "F-53: bytes nobody can read are quarantined at once");
    is_number (number ("select attempts from sharing.quarantine where state = 'waiting'"), 1, "...without further attempts");
    say (subject_of (50), "m", "after the gap");
    usleep (300000);
    is_number (numberf (APPLIED, subject_of (50)), 0, "...and its subject waits");
    is_number (release (first_quarantined (&arena), true), 0, "an operator leaves it out");
    ok (comes (APPLIED, subject_of (50), 1), "...and the subject goes on");
}

static void transient (void)
{
    cured = false;
    say (subject_of (51), "m", "poison");
    usleep (250000);
    cured = true;
    ok (comes (APPLIED, subject_of (51), 1), "a failure that passes is overcome without anybody");
    usleep (50000);
    is_number (number ("select count(*) from sharing.hearing_attempt"), 0, "...and leaves no trace");
}

static void crashes (void)
{
    int before;

    stop (&subscriber);
    publisher.lose = true;
    say (subject_of (52), "mm", "would crash");
    say (subject_of (53), "m", "innocent");
    publisher.lose = false;
    sql ("update sharing.lease set holder = 'sharing:dead', expires = now () - interval '1 minute' where name = 'hear:registry';"
         "insert into sharing.hearing_attempt (event_id, source, attempts, subject, version)"
         " select id, 'registry', 5, subject, version from registry.event_log where subject = '0190b0a0-0000-7000-8000-000000000052' and "
         "version = 1");
    before = handled;
    start (&subscriber, "sharing:3");
    ok (comes (APPLIED, subject_of (53), 1), "after an unclean stop others are applied");
    ok (comes ("select count(*) from sharing.quarantine where state = '%s'", "waiting", 1),
        "...and what stopped the process five times is quarantined");
    is_number (handled, before + 1, "...without being tried once more");
    is_number (number ("select count(*) from sharing.hearing_attempt"), 0, "...and attempts that succeeded are gone");
}

static void twins (void)
{
    start (&twin, "sharing:twin");
    for (int i = 0; i < 50; i++)
        say (subject_of (60 + i % 5), "m", "twice?");
    ok (comes ("select count(*) from sharing.toy_log where name = '%s'", "twice?", 50),
        "with two instances everything is heard");
    stop (&subscriber);
    for (int i = 0; i < 20; i++)
        say (subject_of (60 + i % 5), "m", "by the other");
    ok (comes ("select count(*) from sharing.toy_log where name = '%s'", "by the other", 20),
        "when one stops the other takes over at once");
    is_number (number ("select count(*) from (select subject, version from sharing.toy_log group by 1, 2 having count(*) > 1) x"), 0,
               "I3: ...nothing twice");
    stop (&twin);
    start (&subscriber, "sharing:4");
}

/* ---- the emergency lane -------------------------------------------------------------------------------------------------------------- */

static int direct (const char *principal, const struct event_envelope *event)
{
    ARENA (arena);
    struct actor actor = { .principal = principal };
    struct request_header header = { 0 };
    struct request request = {
        .db = engine.db, .arena = &arena, .actor = &actor, .header = &header, .now = clock_real_us (), .batch = &engine
    };
    struct direct_event message = { event };
    struct done answer = { 0 };
    int rc;

    db_begin (engine.db, &err);
    rc = runtime_handle_direct_event (&subscriber, &request, &message, &answer, &err);
    if (rc < 0)
        db_rollback (engine.db);
    else if (db_commit (engine.db, &err) < 0)
        rc = -1;
    return rc;
}

static void emergency (void)
{
    ARENA (arena);
    struct municipality_changed data = { subject_of (70), "010001", "direct" };
    struct event_envelope event = { .source = "registry", .type = "jp.renkei.registry.municipality_changed.v1", .subject = subject_of (70),
                                    .subjectversion = 1, .time = 1 };
    PGresult *result;

    publisher.lose = true;
    say (subject_of (70), "m", "direct");
    result = PQexec (superuser, "select id from registry.event_log where subject = '0190b0a0-0000-7000-8000-000000000070'");
    event.id = arena_text (&arena, PQgetvalue (result, 0, 0));
    PQclear (result);
    codec_pack (&municipality_changed_message, &data, &arena, &event.data, &err);
    for (int i = 0; i < 10; i++)
        direct ("svc:registry", &event);
    is_number (numberf (APPLIED, subject_of (70)), 1, "F-52: a direct event sent ten times is applied once, at once");
    usleep (1500000);
    is_number (numberf (APPLIED, subject_of (70)), 1, "I3: ...and not again by the sweep");
    event.subjectversion = 5;
    is_number (direct ("svc:registry", &event), 0, "one that is not the next is left to the normal lane");
    is_number (numberf (APPLIED, subject_of (70)), 1, "...unapplied");
    ok (direct ("svc:notify", &event) < 0 && err.key == ERROR_NOT_FOR_ROLE, "F-53: nobody sends another service's events");
    publisher.lose = false;
}

/* ---- beginnings ---------------------------------------------------------------------------------------------------------------------- */

static void empty_all (void)
{
    sql ("truncate sharing.toy, sharing.toy_log, sharing.inbox, sharing.hearing_cursor, sharing.hearing_fill, sharing.hearing_position,"
         " sharing.hearing_attempt, sharing.quarantine, sharing.lease");
}

static void first_start (void)
{
    stop (&subscriber);
    empty_all ();
    state_count = 0;
    for (int i = 0; i < 250; i++)
        states[state_count++] = (struct state) { subject_of (i), "from the snapshot", 1 };
    states[1].version = 31;
    start (&subscriber, "sharing:5");
    ok (comes ("select count(*) from sharing.toy where name = '%s'", "from the snapshot", 250),
        "a new subscriber is filled from the snapshot, page by page");
    ok (comes ("select filled::int from sharing.hearing_cursor where source = '%s'", "registry", 1), "...and says so");
    say (subject_of (1), "f", "first after");
    ok (comes ("select count(*) from sharing.toy_log where name = '%s'", "first after", 1), "...then follows");
    usleep (1200000);
    is_number (number ("select count(*) from sharing.toy_log"), 1, "...without what was before it came");
}

static void rebuild (void)
{
    ARENA (arena);
    struct actor actor = { .principal = "operator" };
    struct request_header header = { 0 };
    struct request request = { .db = engine.db, .arena = &arena, .actor = &actor, .header = &header, .now = 1, .batch = &engine };
    struct projection_rebuild message = { "municipality_changed" }, wrong = { "facility_changed" };
    struct done answer = { 0 };

    sql ("delete from sharing.toy where subject in ('0190b0a0-0000-7000-8000-000000000009', '0190b0a0-0000-7000-8000-000000000010')");
    states[11].name = "older than ours";
    sql ("update sharing.toy set version = 99, name = 'newer' where subject = '0190b0a0-0000-7000-8000-000000000011'");
    db_begin (engine.db, &err);
    ok (runtime_handle_projection_rebuild (&subscriber, &request, &wrong, &answer, &err) < 0, "only a projection can be rebuilt");
    db_rollback (engine.db);
    db_begin (engine.db, &err);
    is_number (runtime_handle_projection_rebuild (&subscriber, &request, &message, &answer, &err), 0,
               "an operator has a projection rebuilt");
    db_commit (engine.db, &err);
    for (int i = 0; i < 30; i++)
        say (subject_of (13), "f", "meanwhile");
    ok (comes ("select count(*) from sharing.toy where name = '%s'", "from the snapshot", 247),
        "...what was missing is there again");
    is_number (number ("select version from sharing.toy where subject = '0190b0a0-0000-7000-8000-000000000011'"), 99,
               "...what was newer stays");
    ok (comes ("select count(*) from sharing.toy_log where name = '%s'", "meanwhile", 30),
        "I1: ...and no event of that time is lost");
}

static void new_incarnation (void)
{
    sql ("insert into registry.subject (id, version) values ('0190b0a0-0000-7000-8000-000000000080', 1);"
         "insert into registry.event_log (subject, version, id, incarnation, xid, type, at, payload) select"
         " '0190b0a0-0000-7000-8000-000000000080', 1, gen_random_uuid (), (select max (number) from guard.incarnation), '99999999',"
         " type, at, payload from registry.event_log where type like '%municipality_changed%' and length (payload) > 5 limit 1");
    sql ("insert into guard.incarnation (number, system_identifier, timeline) select number + 1, system_identifier, timeline from "
         "guard.incarnation"
         " order by number desc limit 1");
    publisher.reconnect = true;
    db_reopen (publisher.batch.db, &err);
    while (publisher.reconnect)
        usleep (1000);
    ok (comes (APPLIED, subject_of (80), 1), "F-12: an event of an earlier incarnation is not held back by today's horizon");
    publisher.lose = true;
    for (int i = 0; i < 10; i++)
        say (subject_of (81), "m", "new times");
    publisher.lose = false;
    ok (comes (APPLIED, subject_of (81), 10), "F-12: events of the new incarnation are found by the sweep");
    is_number (number ("select count(*) from sharing.hearing_cursor c where c.incarnation = (select max (number) from guard.incarnation)"),
               1, "...and the cursor has gone over");
}

static void facts (void)
{
    ARENA (arena);
    struct status_fact got[4];
    size_t count = hearing_facts (subscriber.hearing, &arena, got, 4);

    ok (count == 1 && strcmp (got[0].name, "hears registry") == 0 && got[0].ready, "the service says whom it hears");
    is (got[0].value, "following", "...and how");
    is_number (number ("select count(*) from registry.subscriber where name = 'svc:registry'"), 1,
               "the publisher knows how far its subscriber is");
}

static void prepare (void)
{
    const char *base = getenv ("RENKEI_TEST_DATABASE");

    if (!base || !mkdtemp (dir))
        bail ("RENKEI_TEST_DATABASE", "run this under tests/lib/with-postgres");
    superuser = PQconnectdb (getenv ("RENKEI_TEST_SUPERUSER"));
    sql ("set client_min_messages = warning; truncate registry.subject, registry.event_log, registry.subscriber");
    sql ("drop table if exists sharing.toy, sharing.toy_log;"
         "create table sharing.toy (subject uuid primary key, version bigint, name text);"
         "create table sharing.toy_log (n bigserial, subject uuid, version bigint, name text, replay boolean);"
         "grant all on sharing.toy, sharing.toy_log, sharing.toy_log_n_seq to renkei_sharing_engine");
    empty_all ();
    snprintf (database, sizeof database, "%s user=renkei_sharing_engine", base);
    keys_make_region (dir, &err);
    keys_make_principal (dir, "svc:registry", &err);
    keys_make_principal (dir, "svc:sharing", &err);
}

int main (void)
{
    char command[64];

    prepare ();
    if (mesh_open (dir, "svc:registry", &err) < 0)
        bail ("mesh", err.detail);
    publisher_start ();
    start (&subscriber, "sharing:1");
    engine = (struct batch) { .runtime = &subscriber, .db = open_db (&subscriber, "renkei_sharing_engine") };
    ordinary ();
    duplicates ();
    reordered ();
    lost_bells ();
    carried ();
    unheard ();
    foreign_transaction ();
    many_subjects ();
    restart ();
    lost_connection ();
    deaf_publisher ();
    db_reopen (engine.db, &err);
    batch_with_poison ();
    released ();
    skipped ();
    transient ();
    crashes ();
    twins ();
    emergency ();
    first_start ();
    rebuild ();
    new_incarnation ();
    facts ();
    stop (&subscriber);
    publisher_stop ();
    db_close (&engine.db);
    batch_close (&engine);
    mesh_close ();
    sql ("drop table sharing.toy, sharing.toy_log");
    PQfinish (superuser);
    snprintf (command, sizeof command, "rm -rf %s", dir);
    return system (command) != 0 || done ();
}
