/* roster.h - gathers everything the resolver needs for one person at one instant, from PostgreSQL in this transaction. */
#ifndef NOTIFY_ROSTER_H
#define NOTIFY_ROSTER_H

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

/* Everybody of these rotations, by rule or by a change; and their offices. */
struct text_list roster_members (struct arena *arena, const struct rotation_list_of *rotations);
struct text_list roster_offices_of (struct arena *arena, const struct rotation_list_of *rotations);

#endif
