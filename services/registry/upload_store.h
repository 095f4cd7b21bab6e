/* upload_store.h - files on their way in, under row-level security: only the own municipality's.  Tables: runtime schema 0001. */
#ifndef REGISTRY_UPLOAD_STORE_H
#define REGISTRY_UPLOAD_STORE_H

#include "db.h"

enum { UPLOAD_MOST = 64 * 1024 * 1024 };

extern const struct db_statement upload_statements[];

struct upload_state { int64_t size; bool finished; };

int upload_store_begin (struct db *db, const char *upload_id, const char *municipality, const char *person_id, const char *name,
                        int64_t size, struct error *err);
/* ERROR_NOT_FOR_YOU: not there, or another municipality's. */
int upload_store_lock (struct db *db, const char *upload_id, struct upload_state *ret, struct error *err);
int upload_store_part (struct db *db, const char *upload_id, int64_t offset, struct bytes bytes, struct error *err);
/* Do the parts lie end to end and reach the size?  ret_sha256: hex digest of the whole, only when they do. */
int upload_store_whole (struct db *db, struct arena *arena, const char *upload_id, bool *ret_whole, const char **ret_sha256,
                        struct error *err);
int upload_store_finish (struct db *db, const char *upload_id, const char *sha256, int64_t now, struct error *err);

#endif
