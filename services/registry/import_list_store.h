/* import_list_store.h - imports as curators begin, see and run them, under row-level security. */
#ifndef REGISTRY_IMPORT_LIST_STORE_H
#define REGISTRY_IMPORT_LIST_STORE_H

#include "db.h"
#include "messages.h"

extern const struct db_statement import_list_statements[];

struct finished_upload { const char *name; int64_t size; bool finished; };
int import_list_store_upload (struct db *db, struct arena *arena, const char *upload_id, bool *ret_found, struct finished_upload *ret,
                              struct error *err);
int import_list_store_begin (struct db *db, const char *import_id, const char *municipality, const char *person_id, int64_t now,
                             const struct import_check *check, const struct finished_upload *upload, struct error *err);
int import_list_store_state (struct db *db, const char *import_id, bool *ret_found, enum import_state *ret,
                             struct error *err); /* locks it */
int import_list_store_run (struct db *db, const char *import_id, const char *person_id, struct error *err);
int import_list_store_list (struct db *db, struct arena *arena, struct import_line_list *ret, struct error *err);

/* Head and counts of the report; ret_found false when it is not there or not the asker's. */
int import_list_store_report (struct db *db, struct arena *arena, const char *import_id, bool *ret_found, struct import_report_answer *ret,
                              struct error *err);
/* Problems after (line, number); *ret_next: key of the last one when there are more, else NULL. */
int import_list_store_problems (struct db *db, struct arena *arena, const char *import_id, const char *after, int64_t limit,
                                struct import_problem_list *ret, const char **ret_next, struct error *err);

#endif
