/* session_store.h - open sessions in the database, under the command role; tokens are not readable here. */
#ifndef SESSION_STORE_H
#define SESSION_STORE_H

#include "db.h"
#include "messages.h"

extern const struct db_statement session_statements[];

struct session { const char *person_id, *office_id; bool ended; };

/* Facts for the page about this session. */
struct session_facts {
    const char *name, *office_id, *office, *municipality, *municipality_name, *desk_phone;
    bool locks_idle, has_passkey;
    int64_t idle_seconds;
};

int session_store_facts (struct db *db, const char *session_id, struct arena *arena, bool *ret_found, struct session_facts *ret,
                         struct error *err);
int session_store_session (struct db *db, const char *session_id, struct arena *arena, bool *ret_found, struct session *ret,
                           struct error *err);
int session_store_list (struct db *db, const char *person_id, const char *current, int64_t now, struct arena *arena,
                        struct session_view_list *ret, struct error *err);
/* terminal_id NULL: not at a terminal of that office. */
/* acts_for NULL: the office's own municipality. */
int session_store_choose (struct db *db, const char *session_id, const char *office_id, const char *acts_for, const char *terminal_id,
                          bool locks_idle, int64_t idle_seconds, struct error *err);
/* Of this person's open sessions in that office, when the roles there have changed: those of a desk at a terminal in use do not lock. */
int session_store_set_idle (struct db *db, const char *person_id, const char *office_id, bool desk, int64_t idle_seconds,
                            struct error *err);
int session_store_unlock (struct db *db, const char *session_id, int64_t now, struct error *err);
/* Ends it if it is open; true when it was. */
int session_store_end (struct db *db, const char *session_id, const char *why, int64_t now, bool *ret_ended, struct error *err);
/* Ends a person's sessions, of one office or (office_id NULL) all; their ids. */
int session_store_end_all (struct db *db, const char *person_id, const char *office_id, const char *why, int64_t now, struct arena *arena,
                           struct text_list *ret, struct error *err);
int session_store_log (struct db *db, const char *event, const char *reason, const char *person_id, const char *session_id,
                       const char *device, int64_t now, struct error *err);

#endif
