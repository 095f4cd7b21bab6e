/* duty_table_store.h - a rotation's months as tables. */
#ifndef NOTIFY_DUTY_TABLE_STORE_H
#define NOTIFY_DUTY_TABLE_STORE_H

#include "duty_table.h"

extern const struct db_statement duty_table_statements[];

/* Every doctor and nurse, those of the rotation marked. */
int table_people (struct db *db, struct arena *arena, const struct rotation_rule *rule, struct table_people *ret, struct error *err);
/* Of which rotation and month a table with this id is; NULL: there is none. */
int table_find (struct db *db, struct arena *arena, const char *table_id, const char **ret_rotation, const char **ret_month, struct error *err);
int table_put (struct db *db, const struct duty_table_import *command, const struct table_read *read, const char *by, int64_t now,
               struct error *err);

#endif
