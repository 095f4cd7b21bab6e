/* duty_table_store.c - see duty_table_store.h. */
#include "duty_table_store.h"
#include <string.h>

enum { PEOPLE, FIND, REPLACE, ADD, ADD_ENTRY };

const struct db_statement duty_table_statements[] = {
    [PEOPLE] = { "table_people",
        "select distinct on (m.person_id) m.person_id, m.name, m.office_id, o.name as office"
        "  from membership m left join office o using (office_id) where m.roles & 9 <> 0"
        " order by m.person_id, (m.roles & 8) desc, m.version desc" },
    [FIND] = { "table_find", "select rotation_id, to_char (month, 'YYYY-MM') as month from duty_table where table_id = $1::uuid" },
    [REPLACE] = { "table_replace",
        "update duty_table set replaced_at = guard.to_time ($3::bigint)"
        " where rotation_id = $1::uuid and month = ($2 || '-01')::date and replaced_at is null" },
    [ADD] = { "table_add",
        "insert into duty_table (table_id, rotation_id, month, imported_by, imported_at)"
        " values ($1::uuid, $2::uuid, ($3 || '-01')::date, $4::uuid, guard.to_time ($5::bigint))" },
    [ADD_ENTRY] = { "table_add_entry",
        "insert into duty_entry (table_id, line, from_at, to_at, person_id, office_id)"
        " values ($1::uuid, $2::integer, guard.to_time ($3::bigint), guard.to_time ($4::bigint), $5::uuid, $6::uuid)" },
    { NULL, NULL },
};

int table_people (struct db *db, struct arena *arena, const struct rotation_rule *rule, struct table_people *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (db_run (db, &duty_table_statements[PEOPLE], &args, &rows, err) < 0)
        return -1;
    *ret = (struct table_people) { arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *ret->items), (size_t) db_count (rows) };
    for (size_t i = 0; i < ret->count; i++) {
        struct table_person *person = &ret->items[i];

        *person = (struct table_person) { .person_id = db_copy_text (rows, (int) i, "person_id", arena),
            .name = db_copy_text (rows, (int) i, "name", arena), .office_id = db_copy_text (rows, (int) i, "office_id", arena),
            .office = db_copy_text (rows, (int) i, "office", arena) };
        for (size_t j = 0; j < rule->member_count; j++)
            if (strcmp (rule->members[j], person->person_id) == 0) {
                person->member = true;
                person->office_id = rule->offices[j];
            }
    }
    return 0;
}

int table_find (struct db *db, struct arena *arena, const char *table_id, const char **ret_rotation, const char **ret_month, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret_rotation = *ret_month = NULL;
    db_text (&args, table_id);
    if (db_run (db, &duty_table_statements[FIND], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows)) {
        *ret_rotation = db_copy_text (rows, 0, "rotation_id", arena);
        *ret_month = db_copy_text (rows, 0, "month", arena);
    }
    return 0;
}

static int add_entry (struct db *db, const char *table_id, const struct table_line *line, const char *office_id, size_t number,
                      struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, table_id);
    db_number (&args, (int64_t) number);
    db_time (&args, line->from);
    db_time (&args, line->to);
    db_text (&args, line->person_id);
    db_text (&args, office_id);
    return db_queue (db, &duty_table_statements[ADD_ENTRY], &args, err);
}

int table_put (struct db *db, const struct duty_table_import *command, const struct table_read *read, const char *by, int64_t now,
               struct error *err)
{
    struct db_args replace = { 0 }, add = { 0 };

    db_text (&replace, command->rotation_id);
    db_text (&replace, command->month);
    db_time (&replace, now);
    db_text (&add, command->table_id);
    db_text (&add, command->rotation_id);
    db_text (&add, command->month);
    db_text (&add, by);
    db_time (&add, now);
    if (db_queue (db, &duty_table_statements[REPLACE], &replace, err) < 0 || db_queue (db, &duty_table_statements[ADD], &add, err) < 0)
        return -1;
    for (size_t i = 0; i < read->count; i++)
        if (add_entry (db, command->table_id, &read->lines[i], read->offices[i], i, err) < 0)
            return -1;
    return 0;
}
