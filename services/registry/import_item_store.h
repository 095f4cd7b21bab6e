/* import_item_store.h - items of table 1 that come with a file, on the engine's connection.
 *
 * A file overwrites what came from published lists and from its own kind of source; what a survey, the facility itself, the bodies or the
 * prefecture say is never touched by a list of less weight.  Where such a value differs, telephone and FAX too, the report lists it.
 */
#ifndef REGISTRY_IMPORT_ITEM_STORE_H
#define REGISTRY_IMPORT_ITEM_STORE_H

#include "import.h"
#include "service.h"

extern const struct db_statement import_item_statements[];

/* Notes what differs among these rows, which are staged; gives: enum item_source of the profile. */
int import_item_store_conflicts (struct db *db, struct arena *arena, const struct import *import, int gives, const struct import_row *rows,
                                 size_t count, struct error *err);
/* Writes items and hours of the rows behind `after` up to `until`, whose facilities are there. */
int import_item_store_write (struct job_run *run, const struct import *import, const struct import_profile *profile, int64_t after,
                             int64_t until, struct error *err);

#endif
