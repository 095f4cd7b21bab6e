/* session_store.h - what the gateway may ask the database: who a token belongs to, and which sessions are still open. */
#ifndef GATEWAY_SESSION_STORE_H
#define GATEWAY_SESSION_STORE_H

#include "db.h"
#include "session.h"

int session_store_prepare (struct db *db, struct error *err);

/* hex: SHA-256 of tokens.  ret[i] is the session of hex.items[i], known or not; each is the caller's (session_drop). */
int session_store_find (struct db *db, struct text_list hex, struct session **ret, struct error *err);

/* Those of ids that are still open, into the arena. */
int session_store_open (struct db *db, struct text_list ids, struct arena *arena, struct text_list *ret, struct error *err);

#endif
