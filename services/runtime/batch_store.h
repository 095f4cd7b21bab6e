/* batch_store.h - what the dispatcher itself reads and writes: contexts, kept answers, events, ledger, denials, subjects. */
#ifndef RUNTIME_BATCH_STORE_H
#define RUNTIME_BATCH_STORE_H

#include "db_internal.h"
#include "runtime.h"

enum { STORE_ENTER, STORE_CONTEXT, STORE_KEEP, STORE_ANNOUNCE, STORE_LEDGER, STORE_DENIAL, STORE_SUBJECT_LOCK, STORE_SUBJECT_NEW,
       STORE_COUNT };

/* One round trip for all tasks of a batch: decision time and the kept answer of a repeated command. */
int store_enter (struct db *db, struct arena *arena, struct task *const *tasks, int count, struct error *err);
int store_context (struct db *db, const char *context, struct error *err);     /* queued; log_in_first when forged or expired */
int store_keep (struct db *db, const struct task *task, struct error *err);
int store_announce (struct db *db, const struct batch_event *event, int64_t *ret_version, struct error *err);
int store_ledger (struct request *request, struct text_list subjects, const char *items, const char *ground, struct error *err);
int store_denial (struct db *db, const struct task *task, struct error *err);
int store_subject_lock (struct db *db, const char *subject, int64_t *ret_version, struct error *err);

#endif
