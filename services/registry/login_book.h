/* login_book.h - the database connection of log-in, under the engine role, with transactions of its own.
 *
 * Why not the request's: nobody is logged in yet, so that transaction has no context; and what a refused log-in leaves behind (a try used
 * up, a line in the log) must stay although the request is rolled back.  One connection behind a mutex; nothing slow (no hash) runs inside.
 * Never waits for a row that a command's transaction may hold locked: throttle rows and the log belong to the book alone, a ticket in use
 * is passed over.
 */
#ifndef LOGIN_BOOK_H
#define LOGIN_BOOK_H

#include "db.h"

struct login_book;

struct login_book *login_book_open (const char *conninfo, struct error *err);
void login_book_close (struct login_book **book);

/* One transaction: run (db, what, err) between begin and commit; rolled back when it returns -1.  After a lost connection reopens once. */
int login_book_do (struct login_book *book, int (*run) (struct db *db, void *what, struct error *err), void *what, struct error *err);

#endif
