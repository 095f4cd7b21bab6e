/* snapshot_store.h - patients page by page with the versions of their records, for snapshots (engine role). */
#ifndef SHARING_SNAPSHOT_STORE_H
#define SHARING_SNAPSHOT_STORE_H

#include "sharing.h"

extern const struct db_statement snapshot_statements[];

/* Fills subject, version, municipality and next of at most `limit` rows, in ascending order after the patient_id `after` (NULL: from the
 * beginning). */
int snapshot_store_page (struct request *request, const char *after, int64_t limit, struct snapshot_row *rows, size_t *ret_count,
                         struct error *err);

#endif
