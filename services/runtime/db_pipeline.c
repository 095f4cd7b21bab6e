#include "db_internal.h"
#include <assert.h>
#include <strings.h>

/* Which of our answers an SQLSTATE deserves; the longest prefix wins, anything else is a bug of ours. */
static enum error_key key_of (const char *sqlstate)
{
    static const struct { const char *prefix; enum error_key key; } meanings[] = {
        { "23505", ERROR_ALREADY_THERE },       /* unique_violation */
        { "23", ERROR_MALFORMED },              /* other broken constraints */
        { "22", ERROR_MALFORMED },              /* a value does not fit its column */
        { "42501", ERROR_NOT_FOR_YOU },         /* a row another municipality would own, or a right that is missing */
        { "40", ERROR_TRY_LATER },              /* serialization failure, deadlock */
        { "55P03", ERROR_TRY_LATER },           /* lock not available */
        { "55006", ERROR_TRY_LATER },           /* object in use */
        { "25P03", ERROR_TRY_LATER },           /* idle in transaction too long */
        { "53", ERROR_TRY_LATER },              /* disk, memory, connections */
        { "08", ERROR_TRY_LATER },              /* connection */
        { "57", ERROR_TRY_LATER },              /* shutdown, statement_timeout */
        { "58", ERROR_TRY_LATER },              /* input or output outside the database */
    };

    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (strncmp (sqlstate, meanings[i].prefix, strlen (meanings[i].prefix)) == 0)
            return meanings[i].key;
    return ERROR_BUG;
}

/* The message of class 22 quotes the value, which may be personal; the others name tables and constraints only. */
int db_fail (struct db *db, const char *name, const PGresult *result, struct error *err)
{
    const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);
    const char *why = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
    const char *severity = PQresultErrorField (result, PG_DIAG_SEVERITY_NONLOCALIZED);

    if (!sqlstate)
        return db_lost (db, name, err);
    if (strncmp (sqlstate, "22", 2) == 0)
        why = "a value does not fit";
    fail (err, key_of (sqlstate), NULL, "%s: %s (%s)", name, why ? why : "no message", sqlstate);
    snprintf (err->sqlstate, sizeof err->sqlstate, "%s", sqlstate);
    err->connection_lost = PQstatus (db->connection) != CONNECTION_OK
                           || (severity && (strcmp (severity, "FATAL") == 0 || strcmp (severity, "PANIC") == 0));
    return -1;
}

int db_lost (struct db *db, const char *doing, struct error *err)
{
    fail (err, ERROR_TRY_LATER, NULL, "%s: the database connection is lost", doing);
    snprintf (err->sqlstate, sizeof err->sqlstate, CONNECTION_FAILURE);
    err->connection_lost = true;
    db->failed = true;
    db->why = *err;
    db->pending_count = 0;
    return -1;
}

void db_tag (struct db *db, int tag)
{
    db->tag = tag;
}

int db_failed_tag (const struct db *db)
{
    return db->failed_tag;
}

static bool is_word (const char *at, size_t length, const char *word)
{
    return strlen (word) == length && strncasecmp (at, word, length) == 0;
}

/* "insert", "update" and "delete" write, except in "for update" and "for no key update". */
static bool writes (const char *sql)
{
    bool after_for = false;

    while (*sql) {
        size_t length = strspn (sql, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789.");

        if (length == 0) {
            sql++;
            continue;
        }
        if (is_word (sql, length, "insert") || is_word (sql, length, "delete") || (is_word (sql, length, "update") && !after_for))
            return true;
        after_for = is_word (sql, length, "for") || (after_for && (is_word (sql, length, "no") || is_word (sql, length, "key")));
        sql += length;
    }
    return false;
}

static bool is_write (struct db *db, const char *sql)
{
    size_t place = ((uintptr_t) sql >> 4) % DB_LOOKED_MAX;

    if (db->looked_at[place].sql != sql) {
        db->looked_at[place].sql = sql;
        db->looked_at[place].writes = writes (sql);
    }
    return db->looked_at[place].writes;
}

static void remember (struct db *db, const struct db_pending *entry)
{
    if (db->pending_count == db->pending_room) {
        db->pending_room = db->pending_room ? 2 * db->pending_room : 64;
        db->pending = realloc (db->pending, db->pending_room * sizeof *db->pending);
        if (!db->pending)
            abort ();
    }
    db->pending[db->pending_count++] = *entry;
}

int db_send (struct db *db, const struct db_pending *entry, const struct db_args *args, struct error *err)
{
    if (db->failed) {
        *err = db->why;
        return -1;
    }
    if (!db_is_open (db)
        || !PQsendQueryPrepared (db->connection, entry->name, args->count, args->values, args->lengths, args->formats, 0))
        return db_lost (db, entry->name, err);
    remember (db, entry);
    return 0;
}

static int touched (const PGresult *result)
{
    const char *count = PQcmdTuples ((PGresult *) (uintptr_t) result);

    return *count ? (int) strtol (count, NULL, 10) : 0;
}

/* Did this answer bring what was expected?  Fills *err when not. */
static int judge (struct db *db, const struct db_pending *entry, const PGresult *result, struct error *err)
{
    ExecStatusType status = PQresultStatus (result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        db_fail (db, entry->name, result, err);
        if (entry->sure && (strcmp (err->sqlstate, UNIQUE_VIOLATION) == 0 || strcmp (err->sqlstate, TOUCHED_OTHERWISE) == 0))
            err->key = entry->otherwise;
        return -1;
    }
    if (entry->rows >= 0 && touched (result) != entry->rows)
        return fail (err, entry->otherwise, NULL, "%s: touched %d rows, not %d", entry->name, touched (result), entry->rows);
    if (entry->is_commit && strcmp (PQcmdStatus ((PGresult *) (uintptr_t) result), "COMMIT") != 0)
        return fail (err, ERROR_BUG, NULL, "commit: the transaction had failed before");
    if (entry->ret_number && PQntuples (result) > 0)
        *entry->ret_number = db_get_number (result, 0, entry->column);
    return 0;
}

static void keep_rows (struct db *db, PGresult *result, db_rows **ret)
{
    if (db->kept_count == db->kept_room) {
        db->kept_room = db->kept_room ? 2 * db->kept_room : 16;
        db->kept = realloc (db->kept, db->kept_room * sizeof *db->kept);
        if (!db->kept)
            abort ();
    }
    db->kept[db->kept_count++] = *ret = result;
}

void db_forget_rows (struct db *db)
{
    while (db->kept_count > 0)
        PQclear (db->kept[--db->kept_count]);
}

static int take_answer (struct db *db, const struct db_pending *entry, struct error *err)
{
    PGresult *result = PQgetResult (db->connection);
    int status = 0;

    if (!result)
        return db_lost (db, entry->name, err);
    if (!db->failed && judge (db, entry, result, err) < 0) {
        db->failed = true;
        db->why = *err;
        db->failed_tag = entry->tag;
        db->commit_broke = entry->is_commit && strncmp (err->sqlstate, "57", 2) == 0;
        status = -1;
    }
    if (entry->wanted && !db->failed)
        db->rows = result;
    else if (entry->ret_rows && !db->failed)
        keep_rows (db, result, entry->ret_rows);
    else
        PQclear (result);
    PQclear (PQgetResult (db->connection));             /* the NULL behind it */
    return status;
}

int db_wait (struct db *db, struct error *err)
{
    for (size_t i = 0; i < db->pending_count; i++) {
        struct db_pending entry = db->pending[i];

        take_answer (db, &entry, err);
        if (db->failed && (db->why.connection_lost || !db_is_open (db)))
            break;
    }
    db->pending_count = 0;
    if (!db->failed)
        return 0;
    *err = db->why;
    return -1;
}

/* Reads and drops everything up to and with the next sync. */
void db_recover (struct db *db)
{
    int empty = 0;

    while (db_is_open (db) && empty < 2) {
        PGresult *result = PQgetResult (db->connection);
        bool is_sync = PQresultStatus (result) == PGRES_PIPELINE_SYNC;

        empty = result ? 0 : empty + 1;
        PQclear (result);
        if (is_sync)
            return;
    }
}

int db_queue_expect (struct db *db, const struct db_statement *statement, const struct db_args *args, int rows,
                     enum error_key otherwise, struct error *err)
{
    struct db_pending entry = { .name = statement->name, .rows = rows, .otherwise = otherwise, .tag = db->tag };

    db->wrote |= is_write (db, statement->sql);
    return db_send (db, &entry, args, err);
}

int db_queue_sure (struct db *db, const struct db_statement *statement, const struct db_args *args, enum error_key otherwise,
                   struct error *err)
{
    struct db_pending entry = { .name = statement->name, .rows = -1, .otherwise = otherwise, .sure = true, .tag = db->tag };

    db->wrote |= is_write (db, statement->sql);
    return db_send (db, &entry, args, err);
}

int db_queue (struct db *db, const struct db_statement *statement, const struct db_args *args, struct error *err)
{
    return db_queue_expect (db, statement, args, -1, 0, err);
}

int db_queue_number (struct db *db, const struct db_statement *statement, const struct db_args *args, const char *column, int64_t *ret,
                     struct error *err)
{
    struct db_pending entry = { .name = statement->name, .rows = -1, .tag = db->tag,
                                .column = column, .ret_number = ret };

    db->wrote |= is_write (db, statement->sql);
    return db_send (db, &entry, args, err);
}

int db_queue_rows (struct db *db, const struct db_statement *statement, const struct db_args *args, db_rows **ret, struct error *err)
{
    struct db_pending entry = { .name = statement->name, .rows = -1, .tag = db->tag, .ret_rows = ret };

    *ret = NULL;
    db->wrote |= is_write (db, statement->sql);
    return db_send (db, &entry, args, err);
}

/* Outside of a transaction the sync ends the statement's own; inside it makes the server say that it is ready, and only then does it count
 * the time a transaction idles: after a mere flush request a process that hangs would hold its locks for ever. */
static int settle (struct db *db, struct error *err)
{
    int status;

    if (!PQpipelineSync (db->connection))
        return db_lost (db, "flush", err);
    status = db_wait (db, err);
    db_recover (db);
    if (!db->in_transaction)
        db->failed = false;
    return status;
}

int db_flush (struct db *db, struct error *err)
{
    if (db->failed) {
        *err = db->why;
        return -1;
    }
    return db->pending_count ? settle (db, err) : 0;
}

int db_run (struct db *db, const struct db_statement *statement, const struct db_args *args, db_rows **ret, struct error *err)
{
    struct db_pending entry = { .name = statement->name, .rows = -1, .tag = db->tag, .wanted = true };

    db->wrote |= is_write (db, statement->sql);
    if (!db->in_transaction)
        db->failed = false;
    if (db_send (db, &entry, args, err) < 0 || settle (db, err) < 0)
        return -1;
    db_clear (ret);
    *ret = db->rows;
    db->rows = NULL;
    return 0;
}
