#include "db_internal.h"
#include <assert.h>

/* A connection that stays silent must not hold a worker: the server ends the statement, the kernel the connection. */
static const char session_options[] =
    "-c statement_timeout=5000 -c idle_in_transaction_session_timeout=10000 -c plan_cache_mode=force_generic_plan"
    " -c synchronous_commit=on -c default_transaction_isolation=read\\ committed";

static const struct db_statement own_statements[] = {
    { "runtime_begin", "begin" },
    { "runtime_commit", "commit" },
    { "runtime_rollback", "rollback" },
    { "runtime_incarnation", "select guard.incarnation () as number" },
};
enum { BEGIN, COMMIT, ROLLBACK, INCARNATION, OWN_COUNT };

static int check_session (struct db *db, struct error *err)
{
    const char *zone = PQparameterStatus (db->connection, "TimeZone");
    const char *encoding = PQparameterStatus (db->connection, "client_encoding");

    if (!zone || (strcmp (zone, "UTC") != 0 && strcmp (zone, "Etc/UTC") != 0))
        return fail (err, ERROR_TRY_LATER, NULL, "the database's time zone is %s, not UTC", zone ? zone : "unknown");
    if (!encoding || strcmp (encoding, "UTF8") != 0)
        return fail (err, ERROR_TRY_LATER, NULL, "the client encoding is %s, not UTF8", encoding ? encoding : "unknown");
    return 0;
}

static void drop_notice (void *arg, const PGresult *result)
{
    (void) arg;
    (void) result;
}

static int connect_now (struct db *db, struct error *err)
{
    const char *const names[] = { "dbname", "options", "client_encoding", "connect_timeout", "fallback_application_name", NULL };
    const char *const values[] = { db->conninfo, session_options, "UTF8", "5", "renkei", NULL };

    db->connection = PQconnectdbParams (names, values, 1);
    if (PQstatus (db->connection) != CONNECTION_OK) {
        int size = (int) strcspn (PQerrorMessage (db->connection), "\n");

        return fail (err, ERROR_TRY_LATER, NULL, "%.*s", size, PQerrorMessage (db->connection));
    }
    PQsetNoticeReceiver (db->connection, drop_notice, NULL);
    if (check_session (db, err) < 0)
        return -1;
    if (!PQenterPipelineMode (db->connection))
        return fail (err, ERROR_BUG, NULL, "no pipeline mode");
    return 0;
}

static int send_prepares (struct db *db, const struct db_statement *list, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!PQsendPrepare (db->connection, list[i].name, list[i].sql, 0, NULL))
            return db_lost (db, list[i].name, err);
    if (!PQpipelineSync (db->connection))
        return db_lost (db, "prepare", err);
    return 0;
}

static int prepare_list (struct db *db, const struct db_statement *list, size_t count, struct error *err)
{
    int status = 0;

    if (count == 0)
        return 0;
    if (send_prepares (db, list, count, err) < 0)
        return -1;
    for (size_t i = 0; i < count && PQstatus (db->connection) == CONNECTION_OK; i++) {
        PGresult *result = PQgetResult (db->connection);

        if (status == 0 && PQresultStatus (result) != PGRES_COMMAND_OK)
            status = db_fail (db, list[i].name, result, err);
        PQclear (result);
        PQclear (PQgetResult (db->connection));        /* the NULL behind each */
    }
    db_recover (db);
    return PQstatus (db->connection) == CONNECTION_OK ? status : db_lost (db, "prepare", err);
}

static int learn_incarnation (struct db *db, struct error *err)
{
    DB_ROWS (rows);

    if (db_run (db, &own_statements[INCARNATION], &(struct db_args) { 0 }, &rows, err) < 0)
        return -1;
    db->incarnation = db_get_number (rows, 0, "number");
    return 0;
}

int db_reopen (struct db *db, struct error *err)
{
    PQfinish (db->connection);
    db->connection = NULL;
    db->pending_count = 0;
    db->in_transaction = db->failed = db->wrote = false;
    db->failed_tag = -1;
    db_clear (&db->rows);
    if (connect_now (db, err) < 0
        || prepare_list (db, own_statements, OWN_COUNT, err) < 0
        || learn_incarnation (db, err) < 0) {
        PQfinish (db->connection);
        db->connection = NULL;
        return -1;
    }
    for (size_t i = 0; i < db->list_count; i++)
        if (prepare_list (db, db->lists[i].list, db->lists[i].count, err) < 0) {
            PQfinish (db->connection);
            db->connection = NULL;
            return -1;
        }
    return 0;
}

struct db *db_open (const char *conninfo, struct error *err)
{
    struct db *db = calloc (1, sizeof *db);

    if (!db)
        abort ();
    db->conninfo = strdup (conninfo);
    if (!db->conninfo)
        abort ();
    if (db_reopen (db, err) < 0)
        db_close (&db);
    return db;
}

void db_close (struct db **db)
{
    if (!*db)
        return;
    db_clear (&(*db)->rows);
    db_forget_rows (*db);
    PQfinish ((*db)->connection);
    free ((*db)->kept);
    free ((*db)->pending);
    free ((*db)->conninfo);
    free (*db);
    *db = NULL;
}

bool db_is_open (const struct db *db)
{
    return db && db->connection && PQstatus (db->connection) == CONNECTION_OK;
}

int db_prepare (struct db *db, const struct db_statement *list, size_t count, struct error *err)
{
    for (size_t i = 0; i < db->list_count; i++)
        if (db->lists[i].list == list)
            return 0;
    assert (db->list_count < DB_LISTS_MAX);
    if (prepare_list (db, list, count, err) < 0)
        return -1;
    db->lists[db->list_count].list = list;
    db->lists[db->list_count++].count = count;
    return 0;
}

int64_t db_incarnation (const struct db *db)
{
    return db->incarnation;
}

int db_begin (struct db *db, struct error *err)
{
    assert (!db->in_transaction);
    if (!db_is_open (db) && db_reopen (db, err) < 0)
        return -1;
    db->in_transaction = true;
    db->failed = db->commit_broke = false;
    db->failed_tag = -1;
    db_forget_rows (db);
    return db_queue (db, &own_statements[BEGIN], &(struct db_args) { 0 }, err);
}

/* A connection that breaks after COMMIT was sent leaves the outcome open: nobody may be told that it failed.  Nor when the server was
 * stopped meanwhile: with a synchronous standby it may have committed ("committed locally, but might not have been replicated").  A server
 * that took its leave before it came to the COMMIT has not committed. */
static bool expects_something (const struct db *db)
{
    for (size_t i = 0; i < db->pending_count; i++)
        if (db->pending[i].rows >= 0)
            return true;
    return false;
}

/* What db_queue_expect expects the server does not know: COMMIT follows only when every such write has touched what it should. */
int db_commit (struct db *db, struct error *err)
{
    struct db_pending commit = { .name = own_statements[COMMIT].name, .rows = -1, .tag = -1, .is_commit = true };
    int status;

    assert (db->in_transaction);
    if (db->failed) {
        *err = db->why;
        return -1;
    }
    if ((expects_something (db) && db_flush (db, err) < 0) || db_send (db, &commit, &(struct db_args) { 0 }, err) < 0)
        return -1;
    if (!PQpipelineSync (db->connection))
        status = db_lost (db, "commit", err);
    else
        status = db_wait (db, err);
    if (status < 0 && (strcmp (err->sqlstate, CONNECTION_FAILURE) == 0 || db->commit_broke)) {
        fail (err, ERROR_OUTCOME_UNKNOWN, NULL, "the connection broke in COMMIT");
        err->connection_lost = true;
    } else {
        db_recover (db);
    }
    db->in_transaction = status < 0 && db_is_open (db);
    return status;
}

void db_rollback (struct db *db)
{
    if (!db->in_transaction)
        return;
    db->in_transaction = false;
    db->failed = false;
    if (!db_is_open (db))
        return;
    if (!PQpipelineSync (db->connection)
        || !PQsendQueryPrepared (db->connection, own_statements[ROLLBACK].name, 0, NULL, NULL, NULL, 0)
        || !PQpipelineSync (db->connection))
        return;
    db->pending_count = 0;
    db_recover (db);
    db_recover (db);
}

bool db_wrote (const struct db *db)
{
    return db->wrote;
}

void db_mark (struct db *db)
{
    db->wrote = false;
}
