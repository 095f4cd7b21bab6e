/* db.h - one PostgreSQL connection, prepared statements by name, results by column name, one way to end a transaction.
 *
 * Threads: a db belongs to the thread that opened it.  Limits: 24 parameters a statement; statement_timeout 5 s and
 * idle_in_transaction_session_timeout 10 s are set at connect.  Errors: SQLSTATE is mapped in one place (db.c); SQL text stays in detail.
 *
 * Pipeline: db_run waits for its rows; db_queue sends a write and returns at once; its outcome is known at the next db_run, db_flush or
 * db_commit, which then fails.  A queued write may name an expectation: how many rows it must touch.  COMMIT waits until that is known;
 * a write that fails by itself unless it does what it must (db_queue_sure) travels with its COMMIT.
 *
 * Source: PostgreSQL 15 libpq, "Pipeline Mode".
 */
#ifndef RUNTIME_DB_H
#define RUNTIME_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"
#include "codec.h"
#include "error.h"

struct db_statement { const char *name; const char *sql; };

struct db;
typedef struct pg_result db_rows;

enum { DB_PARAM_MAX = 24 };

struct db_args {
    const char *values[DB_PARAM_MAX];
    int lengths[DB_PARAM_MAX];
    int formats[DB_PARAM_MAX];              /* 1: binary (db_bytes) */
    char digits[DB_PARAM_MAX][24];
    int count;
};

struct db *db_open (const char *conninfo, struct error *err);      /* NULL on failure */
void db_close (struct db **db);
bool db_is_open (const struct db *db);
int db_reopen (struct db *db, struct error *err);                   /* new connection, prepares every known statement again */

/* Prepares all statements; a statement that does not fit the schema fails here, at start.  The list must outlive db. */
int db_prepare (struct db *db, const struct db_statement *list, size_t count, struct error *err);

void db_text (struct db_args *args, const char *value);             /* NULL is SQL NULL; value must live until the statement is sent */
void db_number (struct db_args *args, int64_t value);
void db_optional (struct db_args *args, bool has, int64_t value);   /* SQL NULL unless has */
void db_flag (struct db_args *args, bool value);
void db_time (struct db_args *args, int64_t microseconds);          /* sent as bigint µs; SQL side: runtime_time($n) */
void db_bytes (struct db_args *args, struct bytes value);           /* bytea, binary */
void db_text_list (struct db_args *args, struct arena *arena, struct text_list list);    /* text[] */
void db_number_list (struct db_args *args, struct arena *arena, struct i64_list list);   /* bigint[] */

/* Rows are freed at the end of the scope of DB_ROWS. */
int db_run (struct db *db, const struct db_statement *statement, const struct db_args *args, db_rows **ret, struct error *err);
int db_queue (struct db *db, const struct db_statement *statement, const struct db_args *args, struct error *err);
int db_queue_expect (struct db *db, const struct db_statement *statement, const struct db_args *args, int rows,
                     enum error_key otherwise, struct error *err);  /* another row count fails with `otherwise` */
/* An insert of values without "on conflict", or a statement that ends in guard.touched (): there is nothing to count.  A broken unique key,
 * or another count, fails with `otherwise`. */
int db_queue_sure (struct db *db, const struct db_statement *statement, const struct db_args *args, enum error_key otherwise,
                   struct error *err);
/* Queued as well; *ret is set when its rows have come and lives until the next db_begin.  NULL: the transaction failed. */
int db_queue_rows (struct db *db, const struct db_statement *statement, const struct db_args *args, db_rows **ret, struct error *err);
int db_flush (struct db *db, struct error *err);                    /* wait for everything queued */
void db_clear (db_rows **rows);
#define DB_ROWS(name) __attribute__ ((cleanup (db_clear))) db_rows *name = NULL

/* Handlers never call these: the dispatcher and the consumer do. */
int db_begin (struct db *db, struct error *err);
int db_commit (struct db *db, struct error *err);                   /* err->key ERROR_OUTCOME_UNKNOWN when the connection broke in COMMIT */
void db_rollback (struct db *db);
bool db_wrote (const struct db *db);                                /* something was queued since the last mark */
void db_mark (struct db *db);

int db_count (const db_rows *rows);
int64_t db_get_number (const db_rows *rows, int row, const char *column);       /* 0 when NULL */
bool db_get_flag (const db_rows *rows, int row, const char *column);
bool db_is_null (const db_rows *rows, int row, const char *column);
const char *db_get_text (const db_rows *rows, int row, const char *column);     /* NULL when NULL; lives as long as rows */
const char *db_copy_text (const db_rows *rows, int row, const char *column, struct arena *arena);
struct bytes db_copy_bytes (const db_rows *rows, int row, const char *column, struct arena *arena);  /* bytea in hex output */
struct text_list db_copy_text_list (const db_rows *rows, int row, const char *column, struct arena *arena);  /* text[] */

/* COPY … FROM STDIN for imports; text format lines are made by the caller. */
int db_copy_begin (struct db *db, const char *sql, struct error *err);
int db_copy_line (struct db *db, const char *const *values, int count, struct error *err);
int db_copy_end (struct db *db, struct error *err);

#endif
