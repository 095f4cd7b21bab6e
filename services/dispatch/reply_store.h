/* reply_store.h - replies that are still to reach a partner; kept while the link is down, newest state first. */
#ifndef DISPATCH_REPLY_STORE_H
#define DISPATCH_REPLY_STORE_H

#include "dispatch.h"

extern const struct db_statement reply_statements[];

/* Takes the place of those of the incident that have not left. */
struct new_reply { const char *reply_id, *partner_id, *incident_id, *media_type; struct bytes body; bool has_record; int64_t expires; };
int reply_add (struct db *db, const struct new_reply *reply, int64_t now, struct error *err);
/* Has a reply of the incident with its person's record not left yet? */
int reply_record_waits (struct db *db, const char *incident_id, bool *ret, struct error *err);

struct reply_claim { int64_t number; const char *reply_id, *media_type, *url, *secret; struct bytes body; int64_t attempts; };
/* Of every partner the newest, four at most on their way.  A claim of a sender that died is free again after half a minute. */
int reply_take (struct db *db, struct claimed_replies *ret, struct error *err);
int reply_read (struct db *db, struct arena *arena, int64_t number, struct reply_claim *ret, struct error *err);
int reply_done (struct db *db, int64_t number, bool reached, int64_t again_seconds, const char *error, struct error *err);

/* For a partner that fetches. */
int reply_confirm (struct db *db, const char *partner_id, int64_t from, int64_t up_to, int64_t now, struct error *err);
int reply_page (struct db *db, struct arena *arena, const char *partner_id, int64_t now, struct replies_answer *answer, struct error *err);

/* The last resort of a town as notify last said. */
struct last_known { const char *name, *phone; int64_t at; };
int last_known_put (struct db *db, const char *located_in, const char *name, const char *phone, int64_t now, struct error *err);
int last_known_find (struct db *db, struct arena *arena, const char *located_in, struct last_known *ret, struct error *err);
/* A town of a partner that was not asked after for five minutes; NULL: none. */
int last_known_stale (struct db *db, struct arena *arena, int64_t now, const char **ret, struct error *err);

#endif
