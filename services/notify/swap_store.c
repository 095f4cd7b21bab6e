/* swap_store.c - see swap_store.h. */
#include "swap_store.h"

enum { FIND, ADD, SET, OPEN_OF, LINES, COORDINATORS };

#define NAME_OF(column) \
    "(select m.name from membership m where m.person_id = " column " order by m.version desc limit 1)"
#define SWAP_COLUMNS \
    "select s.swap_id, s.state, s.rotation_id, guard.to_us (s.from_at) as from_at, guard.to_us (s.to_at) as to_at, s.asker," \
    "       s.asker_office, s.taker, s.taker_office, s.back_rotation_id, guard.to_us (s.back_from) as back_from," \
    "       guard.to_us (s.back_to) as back_to, s.back_change, s.reason"

const struct db_statement swap_statements[] = {
    [FIND] = { "swap_find", SWAP_COLUMNS " from swap s where s.swap_id = $1::uuid for update" },
    [ADD] = { "swap_add",
        "insert into swap (swap_id, rotation_id, from_at, to_at, asker, asker_office, taker, taker_office, back_rotation_id, back_from,"
        "       back_to, reason, asked_at)"
        " values ($1::uuid, $2::uuid, guard.to_time ($3::bigint), guard.to_time ($4::bigint), $5::uuid, $6::uuid, $7::uuid, $8::uuid,"
        "         $9::uuid, guard.to_time ($10::bigint), guard.to_time ($11::bigint), $12, guard.to_time ($13::bigint))" },
    [SET] = { "swap_set",
        "update swap set state = $2::smallint, back_change = coalesce ($3::uuid, back_change),"
        "       answered_at = case when $2::smallint in (2, 3) then guard.to_time ($5::bigint) else answered_at end,"
        "       ended_by = $4::uuid, ended_at = case when $2::smallint in (4, 5) then guard.to_time ($5::bigint) end"
        " where swap_id = $1::uuid" },
    [OPEN_OF] = { "swap_open_of",
        SWAP_COLUMNS " from swap s where s.state in (1, 2) and (s.rotation_id = $1::uuid or s.back_rotation_id = $1::uuid)"
        "   and greatest (s.to_at, s.back_to) > guard.to_time ($2::bigint) order by s.asked_at, s.swap_id for update" },
    [LINES] = { "swap_lines",
        SWAP_COLUMNS ", r.name as rotation, b.name as back_rotation, " NAME_OF ("s.asker") " as asker_name,"
        "       " NAME_OF ("s.taker") " as taker_name, guard.to_us (s.asked_at) as asked_at, guard.to_us (s.answered_at) as answered_at"
        "  from swap s join rotation r using (rotation_id) left join rotation b on b.rotation_id = s.back_rotation_id"
        " where (s.asker = $1::uuid or s.taker = $1::uuid)"
        "   and (s.asked_at > guard.to_time ($2::bigint) - interval '30 days'"
        "        or (s.state in (1, 2) and greatest (s.to_at, s.back_to) > guard.to_time ($2::bigint)))"
        " order by s.asked_at desc, s.swap_id limit 100" },
    [COORDINATORS] = { "swap_coordinators", "select coalesce (array_agg (c::text), '{}') as people from coordinators ($1) c" },
    { NULL, NULL },
};

static int run (struct db *db, int statement, const struct db_args *args, db_rows **ret, struct error *err)
{
    return db_run (db, &swap_statements[statement], args, ret, err);
}

static struct swap swap_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct swap) { .swap_id = db_copy_text (rows, i, "swap_id", arena), .asker = db_copy_text (rows, i, "asker", arena),
        .asker_office = db_copy_text (rows, i, "asker_office", arena), .taker = db_copy_text (rows, i, "taker", arena),
        .taker_office = db_copy_text (rows, i, "taker_office", arena), .back_change = db_copy_text (rows, i, "back_change", arena),
        .reason = db_copy_text (rows, i, "reason", arena), .state = (enum swap_state) db_get_number (rows, i, "state"),
        .given = { db_copy_text (rows, i, "rotation_id", arena), db_get_number (rows, i, "from_at"), db_get_number (rows, i, "to_at") },
        .back = { db_copy_text (rows, i, "back_rotation_id", arena), db_get_number (rows, i, "back_from"),
                  db_get_number (rows, i, "back_to") } };
}

int swap_find (struct db *db, struct arena *arena, const char *swap_id, struct swap *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct swap) { 0 };
    db_text (&args, swap_id);
    if (run (db, FIND, &args, &rows, err) < 0)
        return -1;
    if (db_count (rows))
        *ret = swap_of (rows, 0, arena);
    return 0;
}

int swap_add (struct db *db, const struct swap *swap, int64_t now, struct error *err)
{
    struct db_args args = { 0 };
    bool back = swap->back.rotation_id != NULL;

    db_text (&args, swap->swap_id);
    db_text (&args, swap->given.rotation_id);
    db_time (&args, swap->given.from);
    db_time (&args, swap->given.to);
    db_text (&args, swap->asker);
    db_text (&args, swap->asker_office);
    db_text (&args, swap->taker);
    db_text (&args, swap->taker_office);
    db_text (&args, swap->back.rotation_id);
    db_optional (&args, back, swap->back.from);
    db_optional (&args, back, swap->back.to);
    db_text (&args, swap->reason);
    db_time (&args, now);
    return db_queue (db, &swap_statements[ADD], &args, err);
}

int swap_set (struct db *db, const struct swap *swap, enum swap_state state, const char *by, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, swap->swap_id);
    db_number (&args, state);
    db_text (&args, swap->back_change);
    db_text (&args, by);
    db_time (&args, now);
    return db_queue (db, &swap_statements[SET], &args, err);
}

int swap_open_of (struct db *db, struct arena *arena, const char *rotation_id, int64_t now, struct swaps *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, rotation_id);
    db_time (&args, now);
    if (run (db, OPEN_OF, &args, &rows, err) < 0)
        return -1;
    *ret = (struct swaps) { arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *ret->items), (size_t) db_count (rows) };
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = swap_of (rows, (int) i, arena);
    return 0;
}

static const char *name_or_none (const char *name)
{
    return name ? name : "氏名未取得";
}

static struct swap_line line_of (const db_rows *rows, int i, const char *person_id, struct arena *arena)
{
    struct swap swap = swap_of (rows, i, arena);
    bool back = swap.back.rotation_id != NULL, answered = !db_is_null (rows, i, "answered_at");

    return (struct swap_line) { .swap_id = swap.swap_id, .state = swap.state, .rotation_id = swap.given.rotation_id,
        .rotation = db_copy_text (rows, i, "rotation", arena), .from = swap.given.from, .to = swap.given.to, .asker = swap.asker,
        .asker_name = name_or_none (db_copy_text (rows, i, "asker_name", arena)), .taker = swap.taker,
        .taker_name = name_or_none (db_copy_text (rows, i, "taker_name", arena)), .back_rotation_id = swap.back.rotation_id,
        .back_rotation = db_copy_text (rows, i, "back_rotation", arena), .has_back_from = back, .back_from = swap.back.from,
        .has_back_to = back, .back_to = swap.back.to, .reason = swap.reason, .asked_at = db_get_number (rows, i, "asked_at"),
        .has_answered_at = answered, .answered_at = db_get_number (rows, i, "answered_at"),
        .mine_to_answer = swap.state == SWAP_STATE_ASKED && strcmp (swap.taker, person_id) == 0 };
}

int swap_lines (struct db *db, struct arena *arena, const char *person_id, int64_t now, struct swap_line_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct swap_line *items;
    DB_ROWS (rows);

    db_text (&args, person_id);
    db_time (&args, now);
    if (run (db, LINES, &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = line_of (rows, i, person_id, arena);
    *ret = (struct swap_line_list) { items, (size_t) db_count (rows) };
    return 0;
}

int swap_coordinators (struct db *db, struct arena *arena, const char *area, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, area);
    if (run (db, COORDINATORS, &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "people", arena);
    return 0;
}
