/* roster_layers_store.c - see roster_layers_store.h. */
#include "roster_layers_store.h"
#include "clock.h"

enum { LAYERS, PAST };

/* A shift may begin so long before the interval and end so long after it: changes there decide where it is cut. */
static const int64_t MARGIN_US = 3LL * 86400 * SECOND_US;

/* What a row is. */
enum { CLOSURE = 1, TABLE_DAYS, ENTRY, CHANGE };

const struct db_statement roster_layer_statements[] = {
    [LAYERS] = { "roster_layers",
        "select 1 as what, 0::bigint as ordinal, 0 as kind, c.closure_id as id, null::uuid as rotation_id, c.located_in, c.office_id,"
        "       c.name, c.first_day::text as first_day, c.last_day::text as last_day, 0::bigint as from_at, 0::bigint as to_at,"
        "       null::uuid as remove_person, null::uuid as add_person"
        "  from closure c"
        " where c.removed_at is null and c.last_day >= (guard.to_time ($2::bigint) at time zone 'Asia/Tokyo')::date - 3"
        "   and c.first_day <= (guard.to_time ($3::bigint) at time zone 'Asia/Tokyo')::date"
        " union all"
        " select 2, 0, 0, t.table_id, t.rotation_id, null, null, null, t.month::text,"
        "        (t.month + interval '1 month - 1 day')::date::text, 0, 0, null, null"
        "   from duty_table t"
        "  where t.rotation_id = any ($1::text[]::uuid[]) and t.replaced_at is null"
        "    and t.month >= (guard.to_time ($2::bigint) at time zone 'Asia/Tokyo')::date - 40"
        "    and t.month <= (guard.to_time ($3::bigint) at time zone 'Asia/Tokyo')::date"
        " union all"
        " select 3, e.line, 3, e.table_id, t.rotation_id, null, e.office_id, null, null, null, guard.to_us (e.from_at),"
        "        guard.to_us (e.to_at), null, e.person_id"
        "   from duty_table t join duty_entry e using (table_id)"
        "  where t.rotation_id = any ($1::text[]::uuid[]) and t.replaced_at is null"
        "    and e.to_at > guard.to_time ($2::bigint) and e.from_at < guard.to_time ($3::bigint)"
        " union all"
        " select 4, d.ordinal, d.kind, d.change_id, d.rotation_id, null, d.add_office, null, null, null, guard.to_us (d.from_at),"
        "        guard.to_us (d.to_at), d.remove_person, d.add_person"
        "   from duty_change d"
        "  where d.removed_at is null and d.to_at > guard.to_time ($2::bigint) and d.from_at < guard.to_time ($3::bigint)"
        "    and (d.rotation_id is null or d.rotation_id = any ($1::text[]::uuid[]))"
        " order by what, ordinal, id" },
    [PAST] = { "roster_past",
        "select p.rotation_id, guard.to_us (p.until_at) as until_at, guard.to_us (p.since) as since, p.kind, p.advance,"
        "       p.anchor::text as anchor, p.handoff_minute, p.day_classes, p.weekdays, p.weeks, p.from_minute, p.to_minute, p.turn_offset,"
        "       p.members::text[] as members, p.offices::text[] as offices"
        "  from rotation_past p where p.rotation_id = any ($1::text[]::uuid[]) and p.until_at > guard.to_time ($2::bigint)"
        " order by p.rotation_id, p.until_at desc" },
    { NULL, NULL },
};

static struct text_list ids_of (struct arena *arena, const struct rotation_list_of *rotations)
{
    const char **ids = arena_alloc (arena, (rotations->count + 1) * sizeof *ids);

    for (size_t i = 0; i < rotations->count; i++)
        ids[i] = rotations->items[i].rotation_id;
    return (struct text_list) { .items = ids, .count = rotations->count };
}

static bool same (const char *a, const char *b)
{
    return a && b && strcmp (a, b) == 0;
}

/* ---- older rules -------------------------------------------------------------------------------------------------------------------- */

static struct rotation_rule past_of (const db_rows *rows, int i, const struct rotation_rule *newer, struct arena *arena)
{
    struct text_list members = db_copy_text_list (rows, i, "members", arena), offices = db_copy_text_list (rows, i, "offices", arena);
    struct rotation_rule rule = *newer;

    rule.kind = (enum rotation_kind) db_get_number (rows, i, "kind");
    rule.advance = (enum rotation_advance) db_get_number (rows, i, "advance");
    rule.anchor = day_number_of_text (db_get_text (rows, i, "anchor"));
    rule.handoff_minute = (int) db_get_number (rows, i, "handoff_minute");
    rule.day_classes = (unsigned) db_get_number (rows, i, "day_classes");
    rule.weekdays = (unsigned) db_get_number (rows, i, "weekdays");
    rule.weeks = (unsigned) db_get_number (rows, i, "weeks");
    rule.from_minute = (int) db_get_number (rows, i, "from_minute");
    rule.to_minute = (int) db_get_number (rows, i, "to_minute");
    rule.offset = (int) db_get_number (rows, i, "turn_offset");
    rule.since = db_get_number (rows, i, "since");
    rule.members = members.items;
    rule.offices = offices.items;
    rule.member_count = members.count < offices.count ? members.count : offices.count;
    rule.before = NULL;
    return rule;
}

/* Newest first: each one hangs behind the one that followed it. */
static void hang_past (const db_rows *rows, struct rotation_rule *rule, struct arena *arena)
{
    struct rotation_rule *newest = rule;

    for (int i = 0; i < db_count (rows); i++) {
        struct rotation_rule *older;

        if (!same (db_get_text (rows, i, "rotation_id"), newest->rotation_id))
            continue;
        older = arena_alloc (arena, sizeof *older);
        *older = past_of (rows, i, newest, arena);
        rule->since = db_get_number (rows, i, "until_at");
        rule->before = older;
        rule = older;
    }
}

static int load_past (struct db *db, struct arena *arena, struct rotation_list_of *rotations, int64_t from, struct error *err)
{
    struct db_args args = { 0 };
    bool wanted = false;
    DB_ROWS (rows);

    for (size_t i = 0; i < rotations->count; i++)
        wanted = wanted || rotations->items[i].since > from;
    if (!wanted)
        return 0;
    db_text_list (&args, arena, ids_of (arena, rotations));
    db_time (&args, from);
    if (db_run (db, &roster_layer_statements[PAST], &args, &rows, err) < 0)
        return -1;
    for (size_t i = 0; i < rotations->count; i++)
        hang_past (rows, &rotations->items[i], arena);
    return 0;
}

/* ---- layers ------------------------------------------------------------------------------------------------------------------------- */

static struct closure closure_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct closure) { .area = db_copy_text (rows, i, "located_in", arena), .office_id = db_copy_text (rows, i, "office_id", arena),
        .name = db_copy_text (rows, i, "name", arena), .first_day = day_number_of_text (db_get_text (rows, i, "first_day")),
        .last_day = day_number_of_text (db_get_text (rows, i, "last_day")) };
}

static struct duty_change change_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct duty_change) { .change_id = db_copy_text (rows, i, "id", arena),
        .kind = (enum duty_change_kind) db_get_number (rows, i, "kind"), .rotation_id = db_copy_text (rows, i, "rotation_id", arena),
        .from = db_get_number (rows, i, "from_at"), .to = db_get_number (rows, i, "to_at"),
        .remove_id = db_copy_text (rows, i, "remove_person", arena), .add_id = db_copy_text (rows, i, "add_person", arena),
        .add_office_id = db_copy_text (rows, i, "office_id", arena) };
}

struct sorted { struct closures closures; const struct duty_change *changes; size_t change_count; };

static struct sorted sort_rows (const db_rows *rows, struct arena *arena)
{
    struct closure *closures = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *closures);
    struct duty_change *changes = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *changes);
    struct sorted sorted = { .closures.items = closures, .changes = changes };

    for (int i = 0; i < db_count (rows); i++) {
        int64_t what = db_get_number (rows, i, "what");

        if (what == CLOSURE)
            closures[sorted.closures.count++] = closure_of (rows, i, arena);
        else if (what == ENTRY || what == CHANGE)
            changes[sorted.change_count++] = change_of (rows, i, arena);
    }
    return sorted;
}

static void give_tables (const db_rows *rows, struct rotation_rule *rule, struct arena *arena)
{
    struct table_days *tables = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *tables);

    for (int i = 0; i < db_count (rows); i++)
        if (db_get_number (rows, i, "what") == TABLE_DAYS && same (db_get_text (rows, i, "rotation_id"), rule->rotation_id))
            tables[rule->table_count++] = (struct table_days) { day_number_of_text (db_get_text (rows, i, "first_day")),
                                                                day_number_of_text (db_get_text (rows, i, "last_day")) };
    rule->tables = tables;
}

static void give_changes (const struct sorted *sorted, struct rotation_rule *rule, struct arena *arena)
{
    struct duty_change *own = arena_alloc (arena, (sorted->change_count + 1) * sizeof *own);

    for (size_t i = 0; i < sorted->change_count; i++)
        if (!sorted->changes[i].rotation_id || same (sorted->changes[i].rotation_id, rule->rotation_id))
            own[rule->change_count++] = sorted->changes[i];
    rule->changes = own;
}

static void give (const db_rows *rows, struct rotation_list_of *rotations, struct arena *arena, struct roster_layers *ret)
{
    struct sorted sorted = sort_rows (rows, arena);
    struct duty_change *everywhere = arena_alloc (arena, (sorted.change_count + 1) * sizeof *everywhere);

    *ret = (struct roster_layers) { .closures = sorted.closures, .everywhere = everywhere };
    for (size_t i = 0; i < sorted.change_count; i++)
        if (!sorted.changes[i].rotation_id)
            everywhere[ret->everywhere_count++] = sorted.changes[i];
    for (size_t i = 0; i < rotations->count; i++) {
        rotations->items[i].closures = sorted.closures;
        rotations->items[i].table_count = rotations->items[i].change_count = 0;
        give_tables (rows, &rotations->items[i], arena);
        give_changes (&sorted, &rotations->items[i], arena);
    }
}

int roster_ask_layers (struct db *db, struct arena *arena, struct text_list rotation_ids, int64_t from, int64_t to, db_rows **ret,
                       struct error *err)
{
    struct db_args args = { 0 };

    db_text_list (&args, arena, rotation_ids);
    db_time (&args, from - MARGIN_US);
    db_time (&args, to + MARGIN_US);
    return db_queue_rows (db, &roster_layer_statements[LAYERS], &args, ret, err);
}

int roster_take_layers (struct db *db, const db_rows *rows, struct arena *arena, struct rotation_list_of *rotations, int64_t from,
                        struct roster_layers *ret, struct error *err)
{
    give (rows, rotations, arena, ret);
    return load_past (db, arena, rotations, from - MARGIN_US, err);
}

int roster_load_layers (struct db *db, struct arena *arena, struct rotation_list_of *rotations, int64_t from, int64_t to,
                        struct roster_layers *ret, struct error *err)
{
    db_rows *rows;

    if (roster_ask_layers (db, arena, ids_of (arena, rotations), from, to, &rows, err) < 0 || db_flush (db, err) < 0)
        return -1;
    return roster_take_layers (db, rows, arena, rotations, from, ret, err);
}
