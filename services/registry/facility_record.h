/* facility_record.h - what the commands on a facility's record (表1, consents) share. */
#ifndef REGISTRY_FACILITY_RECORD_H
#define REGISTRY_FACILITY_RECORD_H

#include "facility_item_store.h"

struct facility_record {
    struct facility_kept kept;
    enum facility_kind kind;
    struct known_items known;
    struct facility_consents consents;
    char today[11];                     /* in Japan */
};

/* Locks the facility and reads its record.  Refuses log_in_first, session_locked, not_for_you: no such facility, or somebody else's. */
int facility_for_change (struct request *request, const char *facility_id, struct facility_record *ret, struct error *err);

/* Writes what turns and announces facility_changed; a turn of nothing writes nothing and announces only when `also`. */
int facility_turn (struct request *request, const char *facility_id, const struct facility_record *record, const struct facility_turn *turn,
                   bool also, struct error *err);

/* The same without asking who writes: an answer to a letter. */
int facility_for_letter (struct request *request, const char *facility_id, const char *letter_id, struct facility_record *ret, struct error *err);

/* Does the facility itself write, not who looks after its record? */
bool facility_by_itself (const struct request *request, const struct facility_record *record);
/* Adds a save to the upkeep report: seconds the form was in use, half an hour at most. */
int facility_spent (struct request *request, const char *facility_id, const struct facility_record *record, int64_t seconds, struct error *err);

#endif
