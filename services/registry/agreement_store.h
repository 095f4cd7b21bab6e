/* agreement_store.h - agreements between municipalities in the database (KU-08).  Who may read what under them is decided by the schema
 * (0090_agreement_terms.sql), not here. */
#ifndef REGISTRY_AGREEMENT_STORE_H
#define REGISTRY_AGREEMENT_STORE_H

#include "service.h"

extern const struct db_statement agreement_statements[];

int agreement_store_find (struct request *request, const char *agreement_id, bool *ret_found, struct agreement_put *ret, struct error *err);
int agreement_store_put (struct request *request, const struct agreement_put *put, bool is_new, struct error *err);
/* municipality NULL: of all.  `today` in Japan, YYYY-MM-DD. */
int agreement_store_list (struct request *request, const char *municipality, const char *today, struct agreement_line_list *ret,
                          struct error *err);
/* What ends soon and has not been said at this step: it is marked as said.  Not what is renewed already. */
int agreement_store_ending (struct job_run *run, const char *today, struct agreement_ending **ret, size_t *ret_count, struct error *err);

/* Columns kinds and professions of a row. */
struct enum_list agreement_kinds_of (const db_rows *rows, int row, struct arena *arena);
struct enum_list agreement_professions_of (const db_rows *rows, int row, struct arena *arena);

#endif
