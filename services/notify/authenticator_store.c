/* authenticator_store.c - see authenticator_store.h. */
#include "authenticator_store.h"

enum { PUT, LACKING };

const struct db_statement authenticator_statements[] = {
    [PUT] = { "authenticator_put",
        "insert into authenticators as t (person_id, registered, version) values ($1::uuid, $2::bigint, $3::bigint)"
        " on conflict (person_id) do update set registered = excluded.registered, version = excluded.version"
        "  where excluded.version >= t.version" },
    [LACKING] = { "authenticator_lacking",
        "select coalesce (array_agg (person_id::text), '{}') as people from authenticators"
        " where person_id = any ($1::text[]::uuid[]) and registered < 2" },
    { NULL, NULL },
};

int authenticator_put (struct db *db, const struct authenticators_changed *event, int64_t version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, event->person_id);
    db_number (&args, event->count);
    db_number (&args, version);
    return db_queue (db, &authenticator_statements[PUT], &args, err);
}

int authenticator_lacking (struct db *db, struct arena *arena, struct text_list people, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text_list (&args, arena, people);
    if (db_run (db, &authenticator_statements[LACKING], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "people", arena);
    return 0;
}
