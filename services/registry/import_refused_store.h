/* import_refused_store.h - refused rows as the file has them: kept by the job, read by curators. */
#ifndef REGISTRY_IMPORT_REFUSED_STORE_H
#define REGISTRY_IMPORT_REFUSED_STORE_H

#include "import.h"

extern const struct db_statement import_refused_statements[];

/* A record longer than this is not kept: its reasons are in the report. */
enum { IMPORT_RECORD_MOST = 60000 };

/* On the engine's connection: those of the rows that are refused. */
int import_refused_store_keep (struct db *db, struct arena *arena, const struct import *import, const struct import_row *rows, size_t count,
                               struct error *err);

struct refused_import { const char *file, *profile, *header; };
struct refused_row { int64_t line; const char *record, *reasons; };

/* Under row-level security; *ret_found false when there is no such import. */
int import_refused_store_head (struct db *db, struct arena *arena, const char *import_id, bool *ret_found, struct refused_import *ret,
                               struct error *err);
int import_refused_store_page (struct db *db, struct arena *arena, const char *import_id, int64_t after, int64_t limit,
                               struct refused_row **ret, size_t *ret_count, struct error *err);

#endif
