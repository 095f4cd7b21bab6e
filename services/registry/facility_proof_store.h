/* facility_proof_store.h - proofs of what residents will see of a facility, in the database.  Everything returned lives in the arena of
 * the request. */
#ifndef REGISTRY_FACILITY_PROOF_STORE_H
#define REGISTRY_FACILITY_PROOF_STORE_H

#include "messages.h"
#include "service.h"

extern const struct db_statement facility_proof_statements[];

struct proof_row {
    const char *proof_id;               /* NULL: there is none */
    const char *facility_id, *keeper;
    int64_t sent_at;
    int64_t answered_at;                /* 0: not yet */
    const char *answered_by, *correction;
};

int facility_proof_store_by_id (struct request *request, const char *proof_id, struct proof_row *ret, struct error *err);
/* The one that waits, else the newest answer. */
int facility_proof_store_latest (struct request *request, const char *facility_id, struct proof_row *ret, struct error *err);
/* Queued: one that waits goes on. */
int facility_proof_store_send (struct request *request, const char *facility_id, const char *keeper, struct error *err);
/* Queued: answers the one that waits, or (proof_id NULL) writes an answer nobody was asked for.  The answer before counts no longer. */
int facility_proof_store_answer (struct request *request, const struct proof_row *proof, const char *correction, const char *given_by,
                                 struct error *err);

#endif
