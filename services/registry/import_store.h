/* import_store.h - SQL of the import job, on the engine's connection.  Everything returned lives in the arena given. */
#ifndef REGISTRY_IMPORT_STORE_H
#define REGISTRY_IMPORT_STORE_H

#include "db.h"
#include "import.h"

extern const struct db_statement import_statements[], import_stage_statements[];

/* The oldest import with work to do, locked; *ret_found false when there is none. */
int import_store_next (struct db *db, struct arena *arena, bool *ret_found, struct import *ret, struct error *err);
int import_store_save (struct db *db, const struct import *import, struct error *err);
int import_store_base (struct db *db, int64_t *ret, struct error *err);                 /* imports done so far */
/* At most `most` bytes from offset; fewer only at the end of what is there. */
int import_store_piece (struct db *db, struct arena *arena, const struct import *import, int64_t offset, int64_t most, struct bytes *ret,
                        struct error *err);

/* Sets kind of every row by what the registry and the earlier rows of this import hold ('d': the facility stands in the file already). */
int import_store_compare (struct db *db, struct arena *arena, const struct import *import, struct import_row *rows, size_t count,
                          struct error *err);
int import_store_stage (struct db *db, struct arena *arena, const struct import *import, const struct import_row *rows, size_t count,
                        const struct import_profile *profile, struct error *err);

/* A facility_changed event as the log takes it: its id, and its payload as bytea text. */
int import_event (struct arena *arena, const char *facility_id, const char *located_in, const char *service, const char **ret_id,
                  const char **ret_payload, struct error *err);

struct import_tally { const char *located_in, *name; int64_t added, changed, unchanged, refused, doubtful; };
int import_store_count (struct db *db, struct arena *arena, const struct import *import, const struct import_tally *tallies, size_t count,
                        struct error *err);
int import_store_problems (struct db *db, struct arena *arena, const struct import *import, const struct import_row *rows, size_t count,
                           struct error *err);

/* Municipalities known from this profile for the services of the file, how many of them the file lacks, and which (at most 100). */
int import_store_coverage (struct db *db, struct arena *arena, const struct import *import, int64_t *ret_known, int64_t *ret_missing,
                           struct text_list *ret_names, struct error *err);
/* The newest date of an import that was written, of the same profile, kinds and places, and newer than this file's; NULL: none. */
int import_store_newer (struct db *db, struct arena *arena, const struct import *import, const char **ret_newest, struct error *err);
int import_store_kinds (struct db *db, struct arena *arena, const struct import *import, struct text_list kinds,
                        struct error *err); /* adds them */
int import_store_partial (struct db *db, const struct import *import, struct error *err);       /* the file turns out to be a part */
int import_store_note (struct db *db, const struct import *import, const char *title, const char *value, const char *reason,
                       struct error *err);

int import_store_staged (struct db *db, const struct import *import, int64_t *ret, struct error *err);
int import_store_forget (struct db *db, const struct import *import, struct error *err);       /* rows, counts and problems: read again */
/* Writes the next rows with one event each.  *ret_rows 0: all written; *ret_line: the last one. */
int import_store_write (struct job_run *run, const struct import *import, int64_t *ret_rows, int64_t *ret_line, struct error *err);
/* Of the next facilities after looked_at: those that the file covers (profile, kind, municipality) and does not hold: id, code, kind.
 * *ret_last: the last one looked at; NULL when there are no more. */
int import_store_absent (struct job_run *run, const struct import *import, const char **ret_last, struct text_list ret[3],
                         struct error *err);
/* Marks them as not in the latest source, with one event each. */
int import_store_mark_absent (struct job_run *run, const struct import *import, const struct text_list absent[3], struct error *err);
int import_store_clean (struct db *db, const struct import *import, int64_t *ret_rows, struct error *err);
int import_store_expire (struct db *db, struct error *err);    /* rows of checks that nobody ran for two days */

#endif
