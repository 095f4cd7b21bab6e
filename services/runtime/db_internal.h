/* db_internal.h - what the files db*.c and the dispatcher know of a connection beyond db.h.
 *
 * Everything is sent in libpq's pipeline mode.  Results come back in the order of sending; each statement sent and not yet answered is a
 * row of `pending`.  The first failure is kept in `why`, later statements of the transaction are not sent any more.
 */
#ifndef RUNTIME_DB_INTERNAL_H
#define RUNTIME_DB_INTERNAL_H

#include <libpq-fe.h>
#include "db.h"

enum { DB_LISTS_MAX = 64, DB_LOOKED_MAX = 256 };
#define CONNECTION_FAILURE "08006"      /* SQLSTATE we give to a connection that broke without a word of the server */
#define UNIQUE_VIOLATION "23505"
#define TOUCHED_OTHERWISE "RK001"       /* guard.touched () */

struct db_pending {
    const char *name;
    int rows;                           /* how many it must touch; -1: any number */
    enum error_key otherwise;
    bool sure;                          /* it fails by itself, then with `otherwise` */
    int tag;
    const char *column;                 /* of the first row, into *ret_number */
    int64_t *ret_number;
    db_rows **ret_rows;                 /* db_queue_rows: kept until the next transaction */
    bool wanted;                        /* db_run waits for the rows themselves */
    bool is_commit;
};

struct db {
    PGconn *connection;
    char *conninfo;
    struct { const struct db_statement *list; size_t count; } lists[DB_LISTS_MAX];
    size_t list_count;
    struct db_pending *pending;         /* ring would save nothing: emptied at every wait */
    size_t pending_count, pending_room;
    db_rows *rows;                      /* of the wanted one */
    db_rows **kept;                     /* of db_queue_rows */
    size_t kept_count, kept_room;
    struct { const char *sql; bool writes; } looked_at[DB_LOOKED_MAX];     /* by address */
    bool in_transaction, failed, wrote;
    bool commit_broke;                  /* the server was stopped in the middle of COMMIT */
    int tag, failed_tag;
    int64_t incarnation;
    struct error why;
};

/* Statements sent from now on belong to `tag` (a command's place in its batch); -1 when none failed. */
void db_tag (struct db *db, int tag);
int db_failed_tag (const struct db *db);

/* Like db_queue, and stores a number of its first row in *ret when it is known (at the next wait); ret must live until then.  The statement
 * gives a row or fails. */
int db_queue_number (struct db *db, const struct db_statement *statement, const struct db_args *args, const char *column, int64_t *ret,
                     struct error *err);

int64_t db_incarnation (const struct db *db);       /* of the database behind this connection */
int64_t db_number_of (const char *text);            /* decimal; 0 for NULL */

/* Between the files. */
int db_fail (struct db *db, const char *name, const PGresult *result, struct error *err);      /* SQLSTATE → error key */
int db_send (struct db *db, const struct db_pending *entry, const struct db_args *args, struct error *err);
int db_wait (struct db *db, struct error *err);     /* everything pending; fails with the first failure */
void db_recover (struct db *db);                    /* after a failure: past the sync, in no transaction */
void db_forget_rows (struct db *db);                /* of the transaction before */
int db_lost (struct db *db, const char *doing, struct error *err);

#endif
