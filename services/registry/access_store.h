/* access_store.h - SQL of one's own password and of an office's sessions, under the command role. */
#ifndef ACCESS_STORE_H
#define ACCESS_STORE_H

#include "db.h"
#include "messages.h"

extern const struct db_statement access_statements[];

int access_set_password (struct db *db, const char *person_id, const char *password_hash, struct error *err);
/* Ends every open session of the person but this one; their ids. */
int access_end_others (struct db *db, const char *person_id, const char *session_id, int64_t now, struct arena *arena,
                       struct text_list *ret, struct error *err);

/* Open sessions of everybody who works in the office; at most 200. */
int access_office_sessions (struct db *db, const char *office_id, const char *current, int64_t now, struct arena *arena,
                            struct office_session_view_list *ret, struct error *err);
int access_works_in (struct db *db, const char *person_id, const char *office_id, bool *ret, struct error *err);

/* Into the log-in log.  by NULL: the person. */
struct access_line { const char *event, *reason, *person_id, *session_id, *device, *by; int64_t now; };
int access_log (struct db *db, const struct access_line *line, struct error *err);

#endif
