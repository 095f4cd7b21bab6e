/* office_store.h - municipalities and offices in the database. */
#ifndef OFFICE_STORE_H
#define OFFICE_STORE_H

#include "db.h"
#include "messages.h"

extern const struct db_statement office_statements[];

/* found false: nothing there.  Rows are read without lock: a command holds its subject's row (subject_lock). */
int office_store_municipality (struct db *db, const char *code, struct arena *arena, bool *ret_found, bool *ret_in_region,
                               struct municipality_put *ret, struct error *err);
int office_store_put_municipality (struct db *db, const struct municipality_put *put, const char *subject, bool is_new, struct error *err);
int office_store_municipalities (struct db *db, bool in_region_only, struct arena *arena, struct municipality_view_list *ret,
                                 struct error *err);

int office_store_office (struct db *db, const char *office_id, struct arena *arena, bool *ret_found, struct office_put *ret,
                         struct error *err);
int office_store_put_office (struct db *db, const struct office_put *put, const char *search, bool is_new, struct error *err);

#endif
