#include "db_internal.h"

static int read_result (struct db *db, ExecStatusType wanted, const char *doing, struct error *err)
{
    PGresult *result = PQgetResult (db->connection);
    int status = 0;

    if (PQresultStatus (result) != wanted)
        status = result ? db_fail (db, doing, result, err) : db_lost (db, doing, err);
    PQclear (result);
    if (status < 0) {
        db->failed = true;
        db->why = *err;
    }
    return status;
}

/* COPY is not allowed in pipeline mode: leave it for the time, within the same transaction. */
int db_copy_begin (struct db *db, const char *sql, struct error *err)
{
    if (db_flush (db, err) < 0)
        return -1;
    if (!PQpipelineSync (db->connection))
        return db_lost (db, "copy", err);
    db_recover (db);
    if (!PQexitPipelineMode (db->connection) || !PQsendQuery (db->connection, sql))
        return db_lost (db, "copy", err);
    db->wrote = true;
    if (read_result (db, PGRES_COPY_IN, "copy", err) == 0)
        return 0;
    PQclear (PQgetResult (db->connection));
    PQenterPipelineMode (db->connection);
    return -1;
}

static size_t escape (const char *value, char *to)
{
    char *start = to;

    for (; *value; value++) {
        const char *special = strchr ("\\\t\n\r", *value);

        if (!special) {
            *to++ = *value;
            continue;
        }
        *to++ = '\\';
        *to++ = "\\tnr"[special - "\\\t\n\r"];
    }
    return (size_t) (to - start);
}

static size_t line_room (const char *const *values, int count)
{
    size_t size = 2;

    for (int i = 0; i < count; i++)
        size += values[i] ? 2 * strlen (values[i]) + 1 : 3;
    return size;
}

int db_copy_line (struct db *db, const char *const *values, int count, struct error *err)
{
    char *line = malloc (line_room (values, count));
    size_t used = 0;
    int sent;

    if (!line)
        abort ();
    for (int i = 0; i < count; i++) {
        if (i > 0)
            line[used++] = '\t';
        if (values[i]) {
            used += escape (values[i], line + used);
        } else {
            line[used++] = '\\';
            line[used++] = 'N';
        }
    }
    line[used++] = '\n';
    sent = PQputCopyData (db->connection, line, (int) used);
    free (line);
    return sent == 1 ? 0 : db_lost (db, "copy", err);
}

int db_copy_end (struct db *db, struct error *err)
{
    int status;

    if (PQputCopyEnd (db->connection, NULL) != 1)
        return db_lost (db, "copy", err);
    status = read_result (db, PGRES_COMMAND_OK, "copy", err);
    while (db_is_open (db)) {
        PGresult *more = PQgetResult (db->connection);

        if (!more)
            break;
        PQclear (more);
    }
    if (db_is_open (db) && !PQenterPipelineMode (db->connection))
        return db_lost (db, "copy", err);
    return status;
}
