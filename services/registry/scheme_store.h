/* scheme_store.h - offices in the scheme of attending and deputy doctors in the database. */
#ifndef SCHEME_STORE_H
#define SCHEME_STORE_H

#include "scheme_rules.h"

enum { SCHEME_PARTS_SHOWN = 60 };

extern const struct db_statement scheme_statements[];

/* The newest version of each part of the office, by first day, the newest first. */
int scheme_store_parts (struct db *db, const char *office_id, struct arena *arena, struct scheme_parts *ret, struct error *err);
/* A further version of the part; ERROR_NOT_FOR_YOU when the part is another office's. */
int scheme_store_put (struct request *request, const struct scheme_part_put *put, const char *municipality, int64_t version,
                      struct error *err);

/* Fits struct snapshot's page (). */
int snapshot_scheme_parts (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                           size_t *ret_count, struct error *err);

#endif
