/* sheet_store.h - versions of the sections of a sharing sheet, and who has read them.
 *
 * Everything runs in the request's transaction under row-level security; texts live in the request's arena.
 */
#ifndef SHARING_SHEET_STORE_H
#define SHARING_SHEET_STORE_H

#include "patient_store.h"

extern const struct db_statement sheet_statements[];

struct section_list { struct section_view *items; size_t count; };

int sheet_store_add_version (struct request *request, const char *municipality, const struct sheet_section_update *change,
                             int64_t version, enum role role, struct error *err);
/* All eleven sections in the order of table 3, unwritten ones with version 0. */
int sheet_store_current (struct request *request, const struct record *patient, const char *patient_id, struct section_list *ret,
                         struct error *err);
/* Versions of one section below `before` (0: from the newest), newest first, at most `most`. */
int sheet_store_history (struct request *request, const char *municipality, const char *patient_id, enum sheet_section section,
                         int64_t before, int64_t most, struct section_list *ret, struct error *err);
/* One version; an absent one (0, or never written) comes back empty with version 0. */
int sheet_store_version (struct request *request, const char *municipality, const char *patient_id, enum sheet_section section,
                         int64_t version, struct section_view *ret, struct error *err);
int sheet_store_readers (struct request *request, const struct record *patient, const char *patient_id, struct sheet_answer *ret,
                         struct error *err);
/* *ret_new is false when the person had read this version or a newer one. */
int sheet_store_mark_read (struct request *request, const char *municipality, const struct section_read_mark *mark, enum role role,
                           bool *ret_new, struct error *err);

#endif
