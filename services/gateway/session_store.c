#include "session_store.h"
#include "bits.h"
#include "messages.h"

static const struct db_statement statements[] = {
    { "session_find",
      "select t.hex, a.person_id, a.session_id, a.office_id, a.municipality, a.roles, a.strength, a.context, a.locked"
      "  from unnest ($1::text[]) as t (hex) cross join lateral registry.session_actor (decode (t.hex, 'hex')) a" },
    { "session_open", "select id from registry.sessions_open ($1::text[]::uuid[]) as id" },
};
enum { FIND, OPEN, STATEMENT_COUNT };

int session_store_prepare (struct db *db, struct error *err)
{
    return db_prepare (db, statements, STATEMENT_COUNT, err);
}

/* Names of roles as numbers; a role this build does not know gives no right. */
static void set_roles (struct session *session, struct text_list names)
{
    int *numbers = arena_alloc (&session->arena, sizeof *numbers * names.count + 1);
    size_t count = 0;

    for (size_t i = 0; i < names.count; i++) {
        int number = enum_number (&role_type, names.items[i]);

        if (number != 0)
            numbers[count++] = number;
    }
    session->role_list = (struct enum_list) { numbers, count };
    session->roles = bits_of_enums (session->role_list);
}

static void fill (struct session *session, const db_rows *rows, int row)
{
    struct arena *arena = &session->arena;
    const char *strength = db_get_text (rows, row, "strength");

    session->known = true;
    session->locked = db_get_flag (rows, row, "locked");
    session->person_id = db_copy_text (rows, row, "person_id", arena);
    session->session_id = db_copy_text (rows, row, "session_id", arena);
    session->office_id = db_copy_text (rows, row, "office_id", arena);
    session->municipality = db_copy_text (rows, row, "municipality", arena);
    session->context = db_copy_text (rows, row, "context", arena);
    session->strength = session->locked ? SESSION_STRENGTH_LOCKED
                        : strength      ? (enum session_strength)enum_number (&session_strength_type, strength)
                                        : 0;
    set_roles (session, db_copy_text_list (rows, row, "roles", arena));
}

static size_t position_of (struct text_list hex, const char *wanted)
{
    size_t i = 0;

    while (i < hex.count && strcmp (hex.items[i], wanted) != 0)
        i++;
    return i;
}

int session_store_find (struct db *db, struct text_list hex, struct session **ret, struct error *err)
{
    struct db_args args = { 0 };
    ARENA (arena);
    DB_ROWS (rows);

    db_text_list (&args, &arena, hex);
    if (db_run (db, &statements[FIND], &args, &rows, err) < 0)
        return -1;
    for (size_t i = 0; i < hex.count; i++)
        ret[i] = session_new ();
    for (int row = 0; row < db_count (rows); row++) {
        size_t i = position_of (hex, db_get_text (rows, row, "hex"));

        if (i < hex.count)
            fill (ret[i], rows, row);
    }
    return 0;
}

int session_store_open (struct db *db, struct text_list ids, struct arena *arena, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    const char **open;
    DB_ROWS (rows);

    db_text_list (&args, arena, ids);
    if (db_run (db, &statements[OPEN], &args, &rows, err) < 0)
        return -1;
    open = arena_alloc (arena, sizeof *open * (size_t) db_count (rows) + 1);
    for (int row = 0; row < db_count (rows); row++)
        open[row] = db_copy_text (rows, row, "id", arena);
    *ret = (struct text_list) { open, (size_t) db_count (rows) };
    return 0;
}
