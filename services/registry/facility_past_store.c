/* facility_past_store.c - see facility_past_store.h. */
#include "facility_past_store.h"

#include "facility_item_store.h"
#include "text.h"

enum { FIELDS, ITEMS, CHANGES };

/* What an item says, in one line; the words are the page's. */
#define SAYS(i) "nullif (concat_ws (' ', case " i ".answer when 1 then 'yes' when 2 then 'no' end, " i ".text), '')"

const struct db_statement facility_past_statements[] = {
    [FIELDS] = { "facility_past_fields",            /* the row of today, with what the oldest change after the day says stood before */
        "select (f.recorded_at at time zone 'Asia/Tokyo')::date::text as since, v.key as name, v.value"
        "  from facility f"
        " cross join lateral (select jsonb_object_agg (d.key, d.value) as before from ("
        "     select distinct on (e.key) e.key, e.value from facility_past p, jsonb_each (p.before) e"
        "      where p.facility_id = f.facility_id and p.until_at >= guard.to_time ($2::bigint) order by e.key, p.entry) d) x"
        "  left join lateral (select * from jsonb_each_text (to_jsonb (f) || coalesce (x.before, '{}')) w"
        "                      where w.key = any (facility_fields ()) and w.value is not null and f.recorded_at < guard.to_time ($2::bigint)) v"
        "    on true where f.facility_id = $1::uuid order by array_position (facility_fields (), v.key)" },
    [ITEMS] = { "facility_past_items",
        "select i.item, i.notified, i.answer, coalesce (i.performed::int, -1) as performed, i.text, i.source,"
        "       i.source_date::text as source_date, guard.to_us (i.changed_at) as changed_us,"
        "       coalesce (guard.to_us (i.confirmed_at), 0) as confirmed_us, i.shown_to"
        "  from facility_item i where i.facility_id = $1::uuid and i.since < guard.to_time ($2::bigint)"
        "   and (i.until_at is null or i.until_at >= guard.to_time ($2::bigint)) order by i.item, i.notified limit 100" },
    [CHANGES] = { "facility_past_changes",
        "select guard.to_us (c.at) as at, c.field, c.item, c.notified, c.before, c.after, p.name as by_name, c.source, c.source_date from ("
        "  select n.since as at, null as field, n.item, n.notified, " SAYS ("o") " as before, " SAYS ("n") " as after, n.set_by,"
        "         n.source::text as source, n.source_date::text as source_date"
        "    from facility_item n left join facility_item o on o.facility_id = n.facility_id and o.item = n.item and o.notified = n.notified"
        "     and o.until_at = n.since"
        "   where n.facility_id = $1::uuid and n.changed_at = n.since"
        "  union all"                               /* not known any more */
        "  select o.until_at, null, o.item, o.notified, " SAYS ("o") ", null, null, null, null from facility_item o"
        "   where o.facility_id = $1::uuid and o.until_at is not null and not exists (select from facility_item n"
        "      where n.facility_id = o.facility_id and n.item = o.item and n.notified = o.notified and n.since = o.until_at)"
        "  union all"
        "  select p.until_at, e.key, null, null, e.value, coalesce ((select q.before ->> e.key from facility_past q"
        "      where q.facility_id = p.facility_id and q.entry > p.entry and q.before ? e.key order by q.entry limit 1),"
        "      to_jsonb (f) ->> e.key), null, p.source, p.source_date"
        "    from facility_past p join facility f using (facility_id), jsonb_each_text (p.before) e where p.facility_id = $1::uuid) c"
        "  left join person p on p.person_id = c.set_by order by c.at desc, c.item, c.notified, c.field limit 100" },
    { NULL, NULL },
};

static int run (struct request *request, int statement, const char *facility_id, int64_t until, db_rows **ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, facility_id);
    if (statement != CHANGES)
        db_time (&args, until);
    return db_run (request->db, &facility_past_statements[statement], &args, ret, err);
}

static const char *cut (const db_rows *rows, int row, const char *column, size_t most, struct arena *arena)
{
    return text_cut (arena, db_copy_text (rows, row, column, arena), most);
}

int facility_past_fields (struct request *request, const char *facility_id, int64_t until, const char **ret_since,
                          struct facility_past_field_list *ret, struct error *err)
{
    struct facility_past_field *items;
    size_t count = 0;
    DB_ROWS (rows);

    if (run (request, FIELDS, facility_id, until, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, sizeof *items * (size_t) (db_count (rows) + 1));
    *ret_since = db_count (rows) ? db_copy_text (rows, 0, "since", request->arena) : NULL;
    for (int i = 0; i < db_count (rows); i++)
        if (!db_is_null (rows, i, "name"))
            items[count++] = (struct facility_past_field) { cut (rows, i, "name", 40, request->arena),
                                                            cut (rows, i, "value", 600, request->arena) };
    *ret = (struct facility_past_field_list) { items, count };
    return 0;
}

int facility_past_items (struct request *request, const char *facility_id, int64_t until, struct known_items *ret, struct error *err)
{
    DB_ROWS (rows);

    if (run (request, ITEMS, facility_id, until, &rows, err) < 0)
        return -1;
    *ret = facility_items_read (rows, request->arena);
    return 0;
}

static struct facility_past_change change_of (const db_rows *rows, int i, struct arena *arena)
{
    const int item = (int) db_get_number (rows, i, "item");
    const char *source = db_get_text (rows, i, "source");

    return (struct facility_past_change) { .at = db_get_number (rows, i, "at"), .field = cut (rows, i, "field", 40, arena), .item = item,
        .has_notified = item != 0, .notified = db_get_flag (rows, i, "notified"), .before = cut (rows, i, "before", 600, arena),
        .after = cut (rows, i, "after", 600, arena), .by_name = cut (rows, i, "by_name", 120, arena),
        .source = item && source ? enum_name (&item_source_type, source[0] - '0') : cut (rows, i, "source", 120, arena),
        .source_date = cut (rows, i, "source_date", 10, arena) };
}

int facility_past_changes (struct request *request, const char *facility_id, struct facility_past_change_list *ret, struct error *err)
{
    struct facility_past_change *items;
    DB_ROWS (rows);

    if (run (request, CHANGES, facility_id, 0, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = change_of (rows, i, request->arena);
    *ret = (struct facility_past_change_list) { items, (size_t) db_count (rows) };
    return 0;
}
