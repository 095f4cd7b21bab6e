/* login_book.c - see login_book.h. */
#include "login_book.h"

#include <pthread.h>
#include "login_store.h"
#include "operator_store.h"

struct login_book {
    pthread_mutex_t mutex;
    struct db *db;
};

struct login_book *login_book_open (const char *conninfo, struct error *err)
{
    struct login_book *book = calloc (1, sizeof *book);

    if (!book)
        abort ();
    pthread_mutex_init (&book->mutex, NULL);
    book->db = db_open (conninfo, err);
    if (!book->db || login_store_prepare (book->db, err) < 0 || operator_store_prepare (book->db, err) < 0)
        login_book_close (&book);
    return book;
}

void login_book_close (struct login_book **book)
{
    if (!*book)
        return;
    db_close (&(*book)->db);
    pthread_mutex_destroy (&(*book)->mutex);
    free (*book);
    *book = NULL;
}

static int do_once (struct db *db, int (*run) (struct db *db, void *what, struct error *err), void *what, struct error *err)
{
    if (db_begin (db, err) < 0)
        return -1;
    if (run (db, what, err) < 0) {
        db_rollback (db);
        return -1;
    }
    return db_commit (db, err);
}

/* Not again after a break in COMMIT: what was begun may stand. */
int login_book_do (struct login_book *book, int (*run) (struct db *db, void *what, struct error *err), void *what, struct error *err)
{
    int done = -1;

    pthread_mutex_lock (&book->mutex);
    if (db_is_open (book->db) || db_reopen (book->db, err) == 0) {
        done = do_once (book->db, run, what, err);
        if (done < 0 && err->connection_lost && err->key != ERROR_OUTCOME_UNKNOWN && db_reopen (book->db, err) == 0) {
            *err = (struct error) { 0 };
            done = do_once (book->db, run, what, err);
        }
    }
    pthread_mutex_unlock (&book->mutex);
    return done;
}
