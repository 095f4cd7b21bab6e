/* facility_proof.h - showing and answering a proof of what residents will see of a facility: what the page, the link and the paper share. */
#ifndef REGISTRY_FACILITY_PROOF_H
#define REGISTRY_FACILITY_PROOF_H

#include "facility_proof_store.h"
#include "registry.h"

/* The proof behind a link.  Refuses not_for_you: not made here, or forgotten. */
int proof_of_token (const struct registry *self, struct request *request, const char *token, struct proof_row *ret, struct error *err);
/* with_token: for printing. */
int proof_show (const struct registry *self, struct request *request, const char *facility_id, const struct proof_row *proof,
                bool with_token, struct proof_view *ret, struct error *err);

/* Writes the answer; a correction becomes a report to who looks after the facility.  Refuses text_empty at /given_by.  Announces
 * facility_changed, and facility_reported with a correction. */
struct proof_said { const char *correction, *given_by; };
int proof_take (struct request *request, const struct proof_row *proof, const struct proof_said *said, struct error *err);

#endif
