/* snapshot_store.h - pages of the present state for new subscribers: what was announced at least once, by subject. */
#ifndef SNAPSHOT_STORE_H
#define SNAPSHOT_STORE_H

#include "service.h"

extern const struct db_statement snapshot_statements[];

/* Each fits struct snapshot's page (). */
int snapshot_municipalities (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                             size_t *ret_count, struct error *err);
int snapshot_offices (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                      size_t *ret_count, struct error *err);
int snapshot_memberships (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                          size_t *ret_count, struct error *err);
int snapshot_contact_points (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                             size_t *ret_count, struct error *err);
int snapshot_agreements (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                         size_t *ret_count, struct error *err);
/* Of every account, announced or not. */
int snapshot_authenticators (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                             size_t *ret_count, struct error *err);

#endif
