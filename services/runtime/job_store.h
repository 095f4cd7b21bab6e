/* job_store.h - leases and the runtime's own jobs. */
#ifndef RUNTIME_JOB_STORE_H
#define RUNTIME_JOB_STORE_H

#include "runtime.h"

enum { LEASE_SECONDS = 5 };

extern const struct db_statement job_statements[];

/* Takes or prolongs a lease for LEASE_SECONDS of the database's own clock; *ret_fence 0: somebody else holds it. */
int lease_take (struct db *db, const char *name, const char *holder, int64_t *ret_fence, struct error *err);
/* Inside a transaction: is it still ours, and nobody else's transaction runs under it?  *ret_now: decision time. */
int lease_check (struct db *db, const char *name, const char *holder, int64_t fence, bool *ret_held, int64_t *ret_now, struct error *err);
/* The same without waiting: sent with the next statement that waits; then lease_is_held () reads what came. */
int lease_ask (struct db *db, const char *name, const char *holder, int64_t fence, db_rows **ret, struct error *err);
bool lease_is_held (const db_rows *rows, int64_t *ret_now);

int store_retain (struct db *db, int64_t *ret_touched, struct error *err);
int store_seal (struct db *db, int64_t *ret_sealed, struct error *err);

#endif
