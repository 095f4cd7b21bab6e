/* facility_review_store.h - the mark that residents may see a facility, in the database.  Everything returned lives in the arena of the
 * request. */
#ifndef REGISTRY_FACILITY_REVIEW_STORE_H
#define REGISTRY_FACILITY_REVIEW_STORE_H

#include "messages.h"
#include "service.h"

extern const struct db_statement facility_review_statements[];

/* A facility as far as its mark needs it. */
struct facility_marked {
    const char *facility_id, *service, *located_in;
    const char *keeper;                 /* NULL outside the region */
    bool reviewed;
};
struct facility_marks { const struct facility_marked *items; size_t count; };

/* Those of the ids that exist, each once, by id. */
int facility_review_store_marks (struct request *request, struct text_list ids, struct facility_marks *ret, struct error *err);
/* Queued; as of request->now.  What is marked already stays as it is. */
int facility_review_store_give (struct request *request, const struct facility_marked *facility, struct error *err);
int facility_review_store_take (struct request *request, const struct facility_marked *facility, const char *why, struct error *err);

/* What the asker looks after. */
struct facility_review_wanted {
    bool reviewed;
    const char *service;                /* NULL: any */
    char low[7], high[7];               /* codes from low to high */
    const char *after;                  /* facility_id; NULL: from the beginning */
    int64_t limit;
    int proof;                          /* enum proof_state; 0: any or none */
};
struct facility_review_counts { int64_t all, proofs, confirmed; };      /* up to 10,000; how many got a proof, confirmed it */
int facility_review_store_list (struct request *request, const struct facility_review_wanted *wanted, struct facility_review_line_list *ret,
                                struct error *err);
int facility_review_store_count (struct request *request, const struct facility_review_wanted *wanted, struct facility_review_counts *ret,
                                 struct error *err);

#endif
