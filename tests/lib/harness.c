#include "harness.h"
#include <libpq-fe.h>
#include <stdarg.h>
#include "clock.h"
#include "ids.h"
#include "runtime.h"

enum { ANSWER_MAX = 64, BELL_MAX = 64 };

struct harness {
    struct runtime runtime;
    struct batch batch, engine, aside;
    PGconn *superuser;
    struct arena arena;
    struct harness_actor actor;
    struct task *tasks;                 /* of all calls: answers live in them */
    char session[UUID_TEXT];
    char *next_key, *source;
    struct bytes terminal;
    struct { const char *query; const void *answer; } answers[ANSWER_MAX];
    int answer_count;
    char topics[BELL_MAX][16];
    int bell_count;
};

static void bail (const char *what, const char *why) __attribute__ ((noreturn));
static void bail (const char *what, const char *why)
{
    printf ("Bail out! %s: %s\n", what, why);
    exit (255);
}

/* ---- what the runtime would hand to the bus ----------------------------------------------------------------------------------------- */

static void ring (struct runtime *runtime, const struct doorbell *bell)
{
    struct harness *harness = runtime->test;

    if (harness->bell_count < BELL_MAX)
        snprintf (harness->topics[harness->bell_count++], sizeof harness->topics[0], "%s", bell->topic);
}

static int answer_ask (struct request *request, const char *service, const struct message_type *query, const void *message,
                       const struct message_type *answer, void *ret_answer, int timeout_ms, struct error *err)
{
    struct harness *harness = request->batch->runtime->test;

    (void) message;
    (void) timeout_ms;
    for (int i = harness->answer_count - 1; i >= 0; i--)
        if (strcmp (harness->answers[i].query, query->name) == 0) {
            if (!harness->answers[i].answer)
                break;
            memcpy (ret_answer, harness->answers[i].answer, answer->size);
            return 0;
        }
    return fail (err, ERROR_TRY_LATER, NULL, "%s is not there in this test", service);
}

void harness_answer (struct harness *harness, const char *query, const void *answer)
{
    if (harness->answer_count == ANSWER_MAX)
        bail (query, "too many answers");
    harness->answers[harness->answer_count].query = query;
    harness->answers[harness->answer_count++].answer = answer;
}

int harness_bells (const struct harness *harness, const char *topic)
{
    int count = 0;

    for (int i = 0; i < harness->bell_count; i++)
        count += strcmp (harness->topics[i], topic) == 0;
    return count;
}

/* ---- connections -------------------------------------------------------------------------------------------------------------------- */

static struct db *open_db (struct harness *harness, const char *role)
{
    const char *database = getenv ("RENKEI_TEST_DATABASE");
    struct error err = { 0 };
    struct db *db;

    if (!database)
        bail ("RENKEI_TEST_DATABASE", "run this under tests/lib/with-postgres");
    db = db_open (arena_print (&harness->arena, "%s user=%s", database, role), &err);
    if (!db || runtime_prepare (&harness->runtime, db, &err) < 0)
        bail (role, err.detail);
    return db;
}

static void open_superuser (struct harness *harness)
{
    harness->superuser = PQconnectdb (getenv ("RENKEI_TEST_SUPERUSER"));
    if (PQstatus (harness->superuser) != CONNECTION_OK)
        bail ("superuser", PQerrorMessage (harness->superuser));
    harness_sql (harness, "set search_path = %s, guard", harness->runtime.service->name);
    harness_sql (harness, "set client_min_messages = warning");
}

struct harness *harness_open (const struct service *service, void *self)
{
    struct harness *harness = calloc (1, sizeof *harness);

    if (!harness)
        abort ();
    harness->runtime.service = service;
    harness->runtime.self = self;
    harness->runtime.ring = ring;
    harness->runtime.ask = answer_ask;
    harness->runtime.test = harness;
    runtime_use_common_routes (&harness->runtime);
    harness->batch.runtime = harness->engine.runtime = harness->aside.runtime = &harness->runtime;
    harness->batch.db = open_db (harness, arena_print (&harness->arena, "renkei_%s", service->name));
    harness->engine.db = open_db (harness, arena_print (&harness->arena, "renkei_%s_engine", service->name));
    if (service->aside)
        harness->aside.db = open_db (harness, arena_print (&harness->arena, "renkei_%s_%s", service->name, service->aside->name));
    open_superuser (harness);
    uuid_new (harness->session);
    return harness;
}

void harness_close (struct harness **harness)
{
    struct harness *self = *harness;

    while (self->tasks) {
        struct task *task = self->tasks;

        self->tasks = task->next;
        task_done (&task);
    }
    batch_close (&self->batch);
    batch_close (&self->engine);
    batch_close (&self->aside);
    db_close (&self->batch.db);
    db_close (&self->engine.db);
    db_close (&self->aside.db);
    PQfinish (self->superuser);
    arena_done (&self->arena);
    free (self);
    *harness = NULL;
}

/* ---- who asks ----------------------------------------------------------------------------------------------------------------------- */

void harness_as (struct harness *harness, const struct harness_actor *actor)
{
    harness->actor = actor ? *actor : (struct harness_actor) { 0 };
}

void harness_key (struct harness *harness, const char *key)
{
    harness->next_key = arena_text (&harness->arena, key);
}

void harness_source (struct harness *harness, const char *source)
{
    harness->source = arena_text (&harness->arena, source);
}

void harness_terminal (struct harness *harness, struct bytes sha256)
{
    harness->terminal.data = (const unsigned char *) arena_copy (&harness->arena, (const char *) sha256.data, sha256.size);
    harness->terminal.size = sha256.size;
}

static const char *context_of (struct harness *harness)
{
    const struct harness_actor *actor = &harness->actor;
    int64_t until = actor->expires_in_us ? actor->expires_in_us : 600ll * SECOND_US;

    if (!actor->person || actor->remembered || actor->strength == SESSION_STRENGTH_LOCKED)
        return NULL;
    return harness_text (harness, "select guard.sign ('v1|%s|%s|%s|%s|%s|' || (guard.to_us (guard.now ()) + %lld))", actor->person,
                         actor->office ? actor->office : "", actor->municipality ? actor->municipality : "",
                         actor->municipalities ? actor->municipalities : actor->municipality ? actor->municipality : "",
                         actor->purpose ? actor->purpose : "care", (long long) until);
}

static struct request_header header_of (struct harness *harness, const char *message, struct arena *arena)
{
    const struct harness_actor *actor = &harness->actor;
    int *roles = arena_alloc (arena, 64 * sizeof *roles);
    struct request_header header = { .message = message, .version = 1, .roles = { roles, 0 } };
    char key[UUID_TEXT];

    uuid_new (key);
    for (int role = 1; role <= 64; role++)
        if (actor->roles >> (role - 1) & 1)
            roles[header.roles.count++] = role;
    header.person_id = actor->person;
    header.session_id = actor->person ? actor->session ? actor->session : harness->session : NULL;
    header.office_id = actor->office;
    header.municipality = actor->municipality;
    header.strength = actor->strength ? (enum session_strength) actor->strength : SESSION_STRENGTH_TOTP;
    header.context = context_of (harness);
    header.purpose = actor->purpose ? actor->purpose : "care";
    header.key = harness->next_key ? harness->next_key : arena_text (arena, key);
    header.source = harness->source;
    if (harness->terminal.size > 0)
        header.terminal = harness->terminal;
    header.has_remembered = header.remembered = actor->remembered;
    harness->next_key = NULL;
    return header;
}

/* ---- calls -------------------------------------------------------------------------------------------------------------------------- */

struct task *harness_task (struct harness *harness, const char *message, const void *in)
{
    const struct route *route = route_find (&harness->runtime, message);
    struct task *task = task_new ();
    struct request_header header = header_of (harness, message, &task->arena);
    struct error err = { 0 };
    struct bytes head, body;

    if (!route)
        bail (message, "no such route");
    header.version = route->message->version;
    if (codec_pack (&request_header_message, &header, &task->arena, &head, &err) < 0)
        bail (message, err.detail);
    if (codec_pack (route->message, in, &task->arena, &body, &err) < 0)
        task_fail (task, &err);
    else
        task_read (task, &harness->runtime, harness->actor.principal ? harness->actor.principal : "gateway", head, body);
    return task;
}

struct batch *harness_batch (struct harness *harness)
{
    return &harness->batch;
}

struct batch *harness_engine (struct harness *harness)
{
    return &harness->engine;
}

struct batch *harness_aside (struct harness *harness)
{
    return &harness->aside;
}

/* The kept answer of a repeated command is known as bytes only. */
static int read_answer (struct task *task, struct error *err)
{
    if (task->answer && !task->replayed)
        return 0;
    task->answer = arena_alloc (&task->arena, task->route->answer->size);
    return codec_unpack (task->route->answer, task->answer_bytes, &task->arena, task->answer, err);
}

static struct batch *batch_for (struct harness *harness, const struct task *task)
{
    if (task_is_aside (task, &harness->runtime))
        return &harness->aside;
    return task_needs_engine (task, &harness->runtime) ? &harness->engine : &harness->batch;
}

int harness_call (struct harness *harness, const char *message, const void *in, void *answer, struct error *err)
{
    struct task *task = harness_task (harness, message, in);

    harness->bell_count = 0;
    if (!task->done)
        execute (batch_for (harness, task), task);
    task->next = harness->tasks;
    harness->tasks = task;
    *err = task->err;
    if (!task->ok || read_answer (task, err) < 0)
        return -1;
    if (answer)
        memcpy (answer, task->answer, task->route->answer->size);
    return 0;
}

bool harness_replayed (const struct harness *harness)
{
    return harness->tasks && harness->tasks->replayed;
}

const void *harness_conflict (const struct harness *harness)
{
    return harness->tasks && harness->tasks->answer_bytes.size > 0 && !harness->tasks->ok ? harness->tasks->conflict : NULL;
}

/* ---- events and jobs ---------------------------------------------------------------------------------------------------------------- */

static int end_engine (struct harness *harness, int status, struct error *err)
{
    if (status == 0)
        status = db_commit (harness->engine.db, err);
    if (status < 0) {
        db_rollback (harness->engine.db);
        batch_dropped (&harness->engine);
    } else {
        batch_committed (&harness->engine);
    }
    return status;
}

static int hear_one (struct harness *harness, const char *from, const struct message_type *type, const void *event,
                     const struct event_envelope *envelope, bool replay, struct error *err)
{
    const struct service *service = harness->runtime.service;
    struct hearing hearing = { harness->engine.db, &harness->arena, envelope, envelope->time, replay, &harness->engine };
    const struct heard *heard = NULL;

    for (size_t i = 0; i < service->heard_count; i++)
        if (strcmp (service->heard[i].from, from) == 0 && service->heard[i].event == type)
            heard = &service->heard[i];
    if (!heard)
        bail (type->name, "is not heard by this service");
    harness->bell_count = 0;
    if (db_begin (harness->engine.db, err) < 0)
        return -1;
    return end_engine (harness, heard->handle (harness->runtime.self, &hearing, event, err), err);
}

static int hear_as (struct harness *harness, const char *from, const struct message_type *type, const void *event, const char *subject,
                    int64_t version, const char *municipality, bool replay, struct error *err)
{
    char id[UUID_TEXT];
    struct event_envelope envelope = { .source = from, .subject = subject, .subjectversion = version, .municipality = municipality };

    uuid_new (id);
    envelope.id = arena_text (&harness->arena, id);
    envelope.type = arena_print (&harness->arena, "jp.renkei.%s.%s.v%d", from, type->name, type->version);
    envelope.time = harness_now (harness);
    if (codec_pack (type, event, &harness->arena, &envelope.data, err) < 0)
        return -1;
    return hear_one (harness, from, type, event, &envelope, replay, err);
}

int harness_hear (struct harness *harness, const char *from, const struct message_type *type, const void *event, const char *subject,
                  int64_t version, const char *municipality, struct error *err)
{
    return hear_as (harness, from, type, event, subject, version, municipality, false, err);
}

int harness_replay (struct harness *harness, const char *from, const struct message_type *type, const void *event, const char *subject,
                    int64_t version, const char *municipality, struct error *err)
{
    return hear_as (harness, from, type, event, subject, version, municipality, true, err);
}

static const struct job *job_named (const struct service *service, const char *name)
{
    for (size_t i = 0; i < service->job_count; i++)
        if (strcmp (service->jobs[i].name, name) == 0)
            return &service->jobs[i];
    bail (name, "no such job");
}

int harness_job (struct harness *harness, const char *name, struct error *err)
{
    const struct job *job = job_named (harness->runtime.service, name);
    bool again = false;
    struct job_run run = { harness->engine.db, &harness->arena, harness_now (harness), 1, &harness->engine, &again };

    harness->bell_count = 0;
    if (db_begin (harness->engine.db, err) < 0)
        return -1;
    return end_engine (harness, job->run (harness->runtime.self, &run, err), err);
}

/* ---- the database as superuser ------------------------------------------------------------------------------------------------------ */

static char *print_sql (struct harness *harness, const char *fmt, va_list args) __attribute__ ((format (printf, 2, 0)));
static char *print_sql (struct harness *harness, const char *fmt, va_list args)
{
    char *sql = arena_alloc (&harness->arena, 65536);
    int size = vsnprintf (sql, 65536, fmt, args);

    if (size < 0 || size >= 65536)
        bail (fmt, "too long");
    return sql;
}

static const char *first_value (struct harness *harness, const char *sql)
{
    PGresult *result = PQexec (harness->superuser, sql);
    const char *value = NULL;

    if (PQresultStatus (result) != PGRES_TUPLES_OK && PQresultStatus (result) != PGRES_COMMAND_OK) {
        printf ("# %s\n", sql);
        bail ("SQL", PQresultErrorMessage (result));
    }
    if (PQntuples (result) > 0 && !PQgetisnull (result, 0, 0))
        value = arena_text (&harness->arena, PQgetvalue (result, 0, 0));
    PQclear (result);
    return value;
}

void harness_sql (struct harness *harness, const char *fmt, ...)
{
    va_list args;

    va_start (args, fmt);
    first_value (harness, print_sql (harness, fmt, args));
    va_end (args);
}

int64_t harness_number (struct harness *harness, const char *fmt, ...)
{
    const char *text;
    va_list args;

    va_start (args, fmt);
    text = first_value (harness, print_sql (harness, fmt, args));
    va_end (args);
    return text ? strtoll (text, NULL, 10) : 0;
}

const char *harness_text (struct harness *harness, const char *fmt, ...)
{
    const char *text;
    va_list args;

    va_start (args, fmt);
    text = first_value (harness, print_sql (harness, fmt, args));
    va_end (args);
    return text;
}

int64_t harness_sees (struct harness *harness, const char *fmt, ...)
{
    const char *context = context_of (harness);
    const char *sql, *text;
    va_list args;

    va_start (args, fmt);
    sql = print_sql (harness, fmt, args);
    va_end (args);
    harness_sql (harness, "begin");
    harness_sql (harness, "set local role renkei_%s", harness->runtime.service->name);
    harness_sql (harness, "select guard.enter (nullif ('%s', ''))", context ? context : "");
    text = first_value (harness, sql);
    harness_sql (harness, "rollback");
    return text ? strtoll (text, NULL, 10) : 0;
}

int64_t harness_now (struct harness *harness)
{
    return harness_number (harness, "select guard.to_us (guard.now ())");
}

void harness_clock (struct harness *harness, int64_t offset_us)
{
    harness_sql (harness, "select guard.set_clock (%lld, 1)", (long long) offset_us);
}

void harness_empty (struct harness *harness, const char *tables)
{
    harness_sql (harness, "set session_replication_role = replica");
    harness_sql (harness, "truncate %s cascade", tables);
    harness_sql (harness, "set session_replication_role = origin");
}

int64_t harness_events (struct harness *harness, const struct message_type *type)
{
    return harness_number (harness, "select count(*) from event_log where type like 'jp.renkei.%s.%s.v%%'", type->service, type->name);
}

static struct bytes hex_bytes (struct arena *arena, const char *text)
{
    struct bytes bytes = { 0 };
    unsigned char *data;

    bytes.size = strlen (text) / 2;
    data = arena_alloc (arena, bytes.size + 1);
    for (size_t i = 0; i < bytes.size; i++) {
        char digits[3] = { text[2 * i], text[2 * i + 1], '\0' };

        data[i] = (unsigned char) strtoul (digits, NULL, 16);
    }
    bytes.data = data;
    return bytes;
}

int harness_last_event (struct harness *harness, const struct message_type *type, void *ret)
{
    struct error err = { 0 };
    const char *hex = harness_text (harness, "select encode (payload, 'hex') from event_log where type like 'jp.renkei.%s.%s.v%%'"
                                             " order by xid desc, seq desc limit 1", type->service, type->name);

    if (!hex)
        return -1;
    return codec_unpack (type, hex_bytes (&harness->arena, hex), &harness->arena, ret, &err);
}
