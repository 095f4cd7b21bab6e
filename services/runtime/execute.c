/* execute.c - several requests in one transaction, and what happens when one of them spoils it.
 *
 * A refusal that wrote nothing leaves the others alone.  Anything else that fails (an SQL error, a refusal after a write) rolls the
 * transaction back; the one it belongs to is set aside, the others run again together, then it runs alone.  So a spoilt request costs its
 * neighbours one more transaction, and every request is answered from a transaction that was committed.
 */
#include "batch_store.h"
#include <openssl/crypto.h>
#include "failpoint.h"

enum outcome { COMMITTED, SPOILT, LOST, UNKNOWN };
enum { SET_ASIDE_MAX = 3, TRIES_MAX = 3 };

struct group { struct task *tasks[BATCH_MAX]; int count; };

/* ---- one request in the open transaction -------------------------------------------------------------------------------------------- */

static void refuse (struct task *task, const struct error *err)
{
    struct error ignored = { 0 };

    task_fail (task, err);
    task->answer_bytes = (struct bytes) { 0 };
    if (task->conflict && error_kind_of (err) == ERROR_KIND_CONFLICT)
        codec_pack (task->route->conflict, task->conflict, &task->arena, &task->answer_bytes, &ignored);
}

static void refuse_as (struct task *task, enum error_key key, const char *detail)
{
    struct error err = { 0 };

    fail (&err, key, NULL, "%s", detail);
    refuse (task, &err);
}

/* A repeated command is answered as it was the first time. */
static bool is_repeated (struct task *task)
{
    if (task->kept_fingerprint.size == 0)
        return false;
    if (task->kept_fingerprint.size != sizeof task->fingerprint
        || CRYPTO_memcmp (task->kept_fingerprint.data, task->fingerprint, sizeof task->fingerprint) != 0) {
        refuse_as (task, ERROR_KEY_REUSED, "the key came with another body");
        return true;
    }
    task->answer_bytes = task->kept_answer;
    task->done = task->ok = task->replayed = true;
    return true;
}

static int handle (struct batch *batch, struct task *task, struct error *err)
{
    const struct route *route = task->route;
    void *self = route_is_common (batch->runtime, route) ? (void *) batch->runtime : batch->runtime->self;
    struct request request;

    task->answer = arena_alloc (&task->work, route->answer->size);
    task->conflict = route->conflict ? arena_alloc (&task->work, route->conflict->size) : NULL;
    request = (struct request) { batch->db, &task->work, &task->actor, task->header, task->now, batch, task->conflict };
    return route->handle (self, &request, task->message, task->answer, err);
}

static int keep_answer (struct batch *batch, struct task *task, struct error *err)
{
    if (codec_pack (task->route->answer, task->answer, &task->arena, &task->answer_bytes, err) < 0)
        return -1;
    return task->kept_as ? store_keep (batch->db, task, err) : 0;
}

static void begin_task (struct task *task)
{
    arena_reset (&task->work);
    task->err = (struct error) { 0 };
    task->done = task->ok = task->replayed = task->wrote = false;
    task->answer_bytes = (struct bytes) { 0 };
    task->tries++;
}

/* -1: the transaction is spoilt. */
static int run (struct batch *batch, struct task *task, struct error *err)
{
    struct batch_ending *endings = batch->endings;
    struct batch_bell *bells = batch->bells;
    struct batch_poke *pokes = batch->pokes;

    if (!task_needs_engine (task, batch->runtime) && store_context (batch->db, task->header->context, err) < 0)
        return -1;                              /* forged or expired: known at the next wait, before anything is answered */
    if (is_repeated (task))
        return 0;
    db_mark (batch->db);
    if (handle (batch, task, err) < 0) {
        if (db_wrote (batch->db) || batch->db->failed)
            return -1;
        batch->endings = endings;
        batch->bells = bells;
        batch->pokes = pokes;
        refuse (task, err);
        return 0;
    }
    task->wrote = db_wrote (batch->db);
    if (keep_answer (batch, task, err) < 0)
        return -1;
    failpoint_about (task->route->message->name);
    failpoint ("after_store");
    task->ok = true;
    return 0;
}

/* ---- one transaction ---------------------------------------------------------------------------------------------------------------- */

static int run_all (struct batch *batch, struct group *group, int *ret_at, struct error *err)
{
    *ret_at = -1;
    db_tag (batch->db, -1);
    failpoint_forget ();
    for (int i = 0; i < group->count; i++)
        begin_task (group->tasks[i]);
    if (db_begin (batch->db, err) < 0 || store_enter (batch->db, &batch->arena, group->tasks, group->count, err) < 0)
        return -1;
    for (int i = 0; i < group->count; i++) {
        db_tag (batch->db, i);
        *ret_at = i;
        if (run (batch, group->tasks[i], err) < 0)
            return -1;
    }
    *ret_at = -1;
    db_tag (batch->db, -1);
    failpoint ("before_commit");
    return db_commit (batch->db, err);
}

static enum outcome attempt (struct batch *batch, struct group *group, int *ret_culprit, struct error *err)
{
    int status = run_all (batch, group, ret_culprit, err);

    if (status == 0) {
        for (int i = 0; i < group->count; i++)
            group->tasks[i]->done = true;
        batch_committed (batch);
        return COMMITTED;
    }
    if (db_failed_tag (batch->db) >= 0)
        *ret_culprit = db_failed_tag (batch->db);
    db_rollback (batch->db);
    batch_dropped (batch);
    if (err->key == ERROR_OUTCOME_UNKNOWN)
        return UNKNOWN;
    return err->connection_lost || !db_is_open (batch->db) ? LOST : SPOILT;
}

/* ---- until everyone has an answer --------------------------------------------------------------------------------------------------- */

/* The connection broke before COMMIT, again and again: certainly nothing was written. */
static void refuse_lost (struct task *task, const struct error *err)
{
    refuse (task, err);
    task->lost = true;
}

static void refuse_all_lost (struct group *group, const struct error *err)
{
    for (int i = 0; i < group->count; i++)
        if (!group->tasks[i]->done || group->tasks[i]->ok)
            refuse_lost (group->tasks[i], err);
}

/* What only read has certainly changed nothing. */
static void answer_unknown (struct group *group, const struct error *err)
{
    for (int i = 0; i < group->count; i++) {
        struct task *task = group->tasks[i];

        if (task->replayed)
            task->done = true;
        else if (task->wrote)
            refuse (task, err);
        else
            refuse_as (task, ERROR_TRY_LATER, "the connection broke in COMMIT; nothing was written");
    }
}

/* A unique key may be broken by the same command, sent twice and run in two places: the second try then finds the kept answer. */
static bool is_worth_another_try (const struct task *task, const struct error *err, int tries)
{
    if (err->key == ERROR_STILL_RUNNING || strncmp (err->sqlstate, "40", 2) == 0)
        return true;
    return strcmp (err->sqlstate, "23505") == 0 && task->kept_as && tries == 1;
}

static void run_alone (struct batch *batch, struct task *task)
{
    struct group group = { { task }, 1 };
    struct error err = { 0 };
    int culprit;

    for (int tries = 1;; tries++)
        switch (attempt (batch, &group, &culprit, &err)) {
        case COMMITTED:
            return;
        case UNKNOWN:
            answer_unknown (&group, &err);
            return;
        case SPOILT:
            if (tries == TRIES_MAX || !is_worth_another_try (task, &err, tries)) {
                refuse (task, &err);
                return;
            }
            break;
        case LOST:
            if (tries == TRIES_MAX) {
                refuse_lost (task, &err);
                return;
            }
            break;
        }
}

static void set_aside (struct group *group, int place, struct group *aside)
{
    aside->tasks[aside->count++] = group->tasks[place];
    group->count--;
    memmove (group->tasks + place, group->tasks + place + 1, (size_t) (group->count - place) * sizeof *group->tasks);
}

static void run_one_by_one (struct batch *batch, struct group *group)
{
    for (int i = 0; i < group->count; i++)
        run_alone (batch, group->tasks[i]);
}

static void run_group (struct batch *batch, struct group *group)
{
    struct group aside = { .count = 0 };
    struct error err = { 0 };
    int culprit;

    for (int lost = 0; group->count > 1;) {
        enum outcome outcome = attempt (batch, group, &culprit, &err);

        if (outcome == COMMITTED)
            group->count = 0;
        else if (outcome == UNKNOWN || (outcome == LOST && ++lost == 2)) {
            if (outcome == UNKNOWN)
                answer_unknown (group, &err);
            else
                refuse_all_lost (group, &err);
            group->count = 0;
        } else if (outcome == SPOILT) {
            if (culprit < 0 || aside.count == SET_ASIDE_MAX)
                break;
            set_aside (group, culprit, &aside);
        }
    }
    run_one_by_one (batch, group);
    run_one_by_one (batch, &aside);
}

static bool is_same (const char *a, const char *b)
{
    return a && b ? strcmp (a, b) == 0 : a == b;
}

/* Also where no answer is kept: of two changes of a password in one transaction the second would still read the old one. */
static bool is_twin (const struct group *group, const struct task *task)
{
    for (int i = 0; i < group->count; i++) {
        const struct request_header *one = task->header, *other = group->tasks[i]->header;

        if (one->key && is_same (one->key, other->key) && strcmp (one->message, other->message) == 0
            && is_same (one->person_id, other->person_id) && is_same (one->source, other->source))
            return true;
    }
    return false;
}

static struct group next_group (struct task *tasks)
{
    struct group group = { .count = 0 };

    for (struct task *task = tasks; task && group.count < BATCH_MAX; task = task->next)
        if (!task->done && !is_twin (&group, task))
            group.tasks[group.count++] = task;
    return group;
}

/* The second of two with the same key waits for the first one's transaction, whose answer it then gets. */
void execute (struct batch *batch, struct task *tasks)
{
    execute_away (batch, tasks);
    for (struct group group = next_group (tasks); group.count > 0; group = next_group (tasks))
        run_group (batch, &group);
    execute_away (batch, tasks);
}

static bool is_denial (const struct task *task)
{
    return task->err.key == ERROR_NOT_FOR_ROLE || task->err.key == ERROR_NOT_FOR_YOU;
}

void execute_denials (struct batch *batch, struct task *tasks)
{
    struct error err = { 0 };
    int count = 0;

    for (struct task *task = tasks; task; task = task->next)
        count += is_denial (task);
    if (count == 0 || db_begin (batch->db, &err) < 0)
        return;
    for (struct task *task = tasks; task; task = task->next)
        if (is_denial (task) && store_denial (batch->db, task, &err) < 0)
            break;
    if (db_commit (batch->db, &err) < 0)
        db_rollback (batch->db);
}
