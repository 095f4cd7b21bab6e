#include "batch_store.h"

/* RLS, indexes and owners of these tables: schema/service/0001_runtime.sql. */
const struct db_statement batch_statements[] = {
    [STORE_ENTER] = { "runtime_enter",
        "select r.n, guard.to_us (guard.now ()) as now, i.fingerprint, i.answer"
        "  from unnest ($1::text[], $2::text[], $3::text[]) with ordinality as r (actor, command, key, n)"
        "  left join lateral (select k.fingerprint, k.answer from idempotency k"
        "                      where k.actor = r.actor and k.command = r.command and k.key = r.key limit 1) i on true" },
    [STORE_CONTEXT] = { "runtime_context", "select where guard.enter ($1::text) or $1::text is null" },
    [STORE_KEEP] = { "runtime_keep",
        "insert into idempotency (actor, command, key, fingerprint, answer) values ($1, $2, $3, $4::bytea, $5::bytea)" },
    [STORE_ANNOUNCE] = { "runtime_announce",
        "with s as (insert into subject (id, version) values ($1::uuid, 1)"
        "           on conflict (id) do update set version = subject.version + 1 returning version),"
        " e as (insert into event_log (subject, version, id, incarnation, type, municipality, actor, urgent, at, trace, payload)"
        "       select $1::uuid, s.version, $2::uuid, $3::int, $4, $5, $6::uuid, $7::boolean, guard.to_time ($8::bigint), $9, $10::bytea"
        "         from s)"
        " select version from s" },
    [STORE_LEDGER] = { "runtime_ledger",
        "insert into ledger (incarnation, at, person, session, office, municipality, roles, principal, message, subjects, items, ground,"
        "                    purpose, trace)"
        " values ($1::int, guard.to_time ($2::bigint), $3::uuid, $4::uuid, $5::uuid, $6, $7::bigint, $8, $9, $10::uuid[], $11, $12,"
        "         $13, $14)" },
    [STORE_DENIAL] = { "runtime_denial",
        "insert into denial (person, office, municipality, principal, message, reason, source, trace)"
        " values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8)" },
    [STORE_SUBJECT_LOCK] = { "runtime_subject_lock", "select version from subject where id = $1::uuid for update" },
    [STORE_SUBJECT_NEW] = { "runtime_subject_new", "insert into subject (id, version) values ($1::uuid, 0) on conflict do nothing" },
    [STORE_COUNT] = { NULL, NULL },
};

int store_keep (struct db *db, const struct task *task, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, task->kept_as);
    db_text (&args, task->header->message);
    db_text (&args, task->header->key);
    db_bytes (&args, (struct bytes) { task->fingerprint, sizeof task->fingerprint });
    db_bytes (&args, task->answer_bytes);
    return db_queue_sure (db, &batch_statements[STORE_KEEP], &args, ERROR_STILL_RUNNING, err);
}

int store_context (struct db *db, const char *context, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, context);
    return db_queue_expect (db, &batch_statements[STORE_CONTEXT], &args, 1, ERROR_LOG_IN_FIRST, err);
}

static struct text_list list_of (struct arena *arena, struct task *const *tasks, int count, const char *(*value) (const struct task *))
{
    const char **items = arena_alloc (arena, (size_t) (count + 1) * sizeof *items);

    for (int i = 0; i < count; i++) {
        const char *text = value (tasks[i]);

        items[i] = text ? text : "";
    }
    return (struct text_list) { items, (size_t) count };
}

static const char *kept_as_of (const struct task *task) { return task->kept_as; }
static const char *message_of (const struct task *task) { return task->header->message; }
static const char *key_of (const struct task *task) { return task->kept_as ? task->header->key : NULL; }

static void fill (struct task *task, const db_rows *rows, int row)
{
    task->now = db_get_number (rows, row, "now");
    task->kept_fingerprint = db_copy_bytes (rows, row, "fingerprint", &task->arena);
    task->kept_answer = db_copy_bytes (rows, row, "answer", &task->arena);
}

int store_enter (struct db *db, struct arena *arena, struct task *const *tasks, int count, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text_list (&args, arena, list_of (arena, tasks, count, kept_as_of));
    db_text_list (&args, arena, list_of (arena, tasks, count, message_of));
    db_text_list (&args, arena, list_of (arena, tasks, count, key_of));
    if (db_run (db, &batch_statements[STORE_ENTER], &args, &rows, err) < 0)
        return -1;
    for (int row = 0; row < db_count (rows); row++) {
        int64_t n = db_get_number (rows, row, "n");

        if (n < 1 || n > count)
            return fail (err, ERROR_BUG, NULL, "runtime_enter: row %lld", (long long) n);
        fill (tasks[n - 1], rows, row);
    }
    return 0;
}

int store_announce (struct db *db, const struct batch_event *event, int64_t *ret_version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, event->envelope.subject);
    db_text (&args, event->envelope.id);
    db_number (&args, db_incarnation (db));
    db_text (&args, event->envelope.type);
    db_text (&args, event->envelope.municipality);
    db_text (&args, event->envelope.actor);
    db_flag (&args, event->envelope.urgent);
    db_time (&args, event->envelope.time);
    db_text (&args, event->envelope.traceparent);
    db_bytes (&args, event->envelope.data);
    return db_queue_number (db, &batch_statements[STORE_ANNOUNCE], &args, "version", ret_version, err);
}

int store_ledger (struct request *request, struct text_list subjects, const char *items, const char *ground, struct error *err)
{
    const struct actor *actor = request->actor;
    struct db_args args = { 0 };

    db_number (&args, db_incarnation (request->db));
    db_time (&args, request->now);
    db_text (&args, actor->person_id);
    db_text (&args, actor->session_id);
    db_text (&args, actor->office_id);
    db_text (&args, actor->municipality);
    db_number (&args, (int64_t) actor->roles);
    db_text (&args, actor->principal);
    db_text (&args, request->header->message);
    db_text_list (&args, request->arena, subjects);
    db_text (&args, items);
    db_text (&args, ground);
    db_text (&args, request->header->purpose);
    db_text (&args, request->header->trace);
    return db_queue (request->db, &batch_statements[STORE_LEDGER], &args, err);
}

int store_denial (struct db *db, const struct task *task, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, task->actor.person_id);
    db_text (&args, task->actor.office_id);
    db_text (&args, task->actor.municipality);
    db_text (&args, task->actor.principal ? task->actor.principal : "unknown");
    db_text (&args, task->header->message);
    db_text (&args, error_name_of (&task->err));
    db_text (&args, task->header->source);
    db_text (&args, task->header->trace);
    return db_queue (db, &batch_statements[STORE_DENIAL], &args, err);
}

static int lock_known (struct db *db, const char *subject, int64_t *ret_version, bool *ret_known, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, subject);
    if (db_run (db, &batch_statements[STORE_SUBJECT_LOCK], &args, &rows, err) < 0)
        return -1;
    *ret_known = db_count (rows) > 0;
    *ret_version = *ret_known ? db_get_number (rows, 0, "version") : 0;
    return 0;
}

/* A row is written for a new subject only, so that a refusal after the lock usually leaves no trace. */
int store_subject_lock (struct db *db, const char *subject, int64_t *ret_version, struct error *err)
{
    struct db_args args = { 0 };
    bool known;

    if (lock_known (db, subject, ret_version, &known, err) < 0)
        return -1;
    if (known)
        return 0;
    db_text (&args, subject);
    if (db_queue (db, &batch_statements[STORE_SUBJECT_NEW], &args, err) < 0)
        return -1;
    return lock_known (db, subject, ret_version, &known, err);
}
