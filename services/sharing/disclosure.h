/* disclosure.h - the ledger row of an answer about one patient, on the ground the reader stands on (S-27). */
#ifndef SHARING_DISCLOSURE_H
#define SHARING_DISCLOSURE_H

#include "patient_store.h"

static inline int disclose_patient (struct request *request, const struct record *patient, const char *patient_id, const char *items,
                                    struct error *err)
{
    const char *const subjects[] = { patient_id };

    return disclose (request, (struct text_list) { subjects, 1 }, items, ground_name (standing_ground (&patient->standing)), err);
}

/* A conflict record shows somebody else's words, so it stands in the ledger too.  The row is all that a refused command leaves: the mark
 * tells the dispatcher that nothing else was written, and the row is committed with the batch. */
static inline int disclose_conflict (struct request *request, const struct record *patient, const char *patient_id, struct error *err)
{
    if (disclose_patient (request, patient, patient_id, "conflict", err) < 0)
        return -1;
    db_mark (request->db);
    return 0;
}

#endif
