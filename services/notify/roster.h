/* roster.h - gathers everything the resolver needs for one person at one instant, from PostgreSQL in this transaction. */
#ifndef NOTIFY_ROSTER_H
#define NOTIFY_ROSTER_H

#include "roster_kept.h"
#include "roster_store.h"

/* Where shift tables come from; NULL: computed from the rule.  A source must give what the computation would give. */
struct shift_source {
    void *with;
    struct duty_spans (*shifts) (void *with, struct db *db, struct arena *arena, const struct rotation_rule *rule,
                                 const struct absence_list_of *absences, int64_t from, int64_t to);
};

/* chain_version 0: the newest.  ret points into the arena. */
int roster_load (struct db *db, struct arena *arena, const struct shift_source *source, const char *municipality, const char *patient_id,
                 int64_t chain_version, int64_t instant, struct resolver_input *ret, int64_t *ret_chain_version, struct error *err);

/* The same in two halves, so that what the caller asks besides travels with the first questions (db_flush lies between).  Three round
 * trips to the database in all, and one a rotation for Redis' digest.  With a keeper one, while the region's rows it has kept are in force;
 * they live until the thread's next roster_take () with it (roster_kept.h).  For instants that are now: it keeps one hour. */
struct roster_asked { struct roster_keeper *keeper; db_rows *rows_version, *chain, *consent; };
int roster_ask (struct db *db, struct roster_keeper *keeper, const char *patient_id, int64_t chain_version, struct roster_asked *ret,
                struct error *err);
int roster_take (struct db *db, struct arena *arena, const struct roster_asked *asked, const struct shift_source *source,
                 const char *municipality, int64_t instant, struct resolver_input *ret, int64_t *ret_chain_version, struct error *err);

/* Everybody of these rotations, by rule or by a change; and their offices. */
struct text_list roster_members (struct arena *arena, const struct rotation_list_of *rotations);
struct text_list roster_offices_of (struct arena *arena, const struct rotation_list_of *rotations);

#endif
