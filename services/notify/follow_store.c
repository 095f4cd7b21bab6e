/* follow_store.c - see follow_store.h. */
#include "follow_store.h"

enum { DUE, ITEMS, RELEASE, BUNDLE, BUNDLED, TROUBLE, TOLD, LISTENERS };

const struct db_statement follow_statements[] = {
    [DUE] = { "follow_due",
        "select municipality, contact_point_id from delivery where state = 10 and next_at <= guard.to_time ($1::bigint)"
        " order by next_at, contact_point_id limit 1" },
    [ITEMS] = { "follow_items",
        "select municipality, delivery_id, subject, text, guard.to_us (created_at) as created_at from delivery"
        " where state = 10 and next_at <= guard.to_time ($1::bigint) and municipality = $2 and contact_point_id is not distinct from $3::uuid"
        " order by created_at, delivery_id limit $4::bigint for update" },
    [RELEASE] = { "follow_release",
        "update delivery set state = 1, next_at = guard.to_time ($3::bigint) where municipality = $1 and delivery_id = $2::uuid and state = 10" },
    [BUNDLE] = { "follow_bundle",
        "insert into delivery (municipality, delivery_id, asks, kind, person_id, contact_point_id, subject, text, state, next_at, created_at, lane)"
        " select d.municipality, $3::uuid, false, d.kind, d.person_id, d.contact_point_id, $4, $5, 1, guard.to_time ($6::bigint),"
        "        guard.to_time ($6::bigint), 4 from delivery d where d.municipality = $1 and d.delivery_id = $2::uuid" },
    [BUNDLED] = { "follow_bundled",
        "update delivery set state = 11, bundle_id = $3::uuid, done_at = guard.to_time ($4::bigint)"
        " where municipality = $1 and delivery_id = any ($2::text[]::uuid[]) and state = 10" },
    [TROUBLE] = { "follow_trouble",
        "select t.contact_point_id, t.person_id, t.kind, t.reason, m.located_in as municipality from contact_trouble t"
        "  left join lateral (select located_in from membership m where m.person_id = t.person_id and m.roles <> 0"
        "                      order by m.version desc limit 1) m on true"
        " where t.told_at is null order by t.failed_at limit 1 for update of t" },
    [TOLD] = { "follow_told", "update contact_trouble set told_at = guard.to_time ($2::bigint) where contact_point_id = $1::uuid" },
    [LISTENERS] = { "follow_listeners",     /* 32: role rota_office */
        "select coalesce (array_agg (distinct q.person_id::text), '{}') as people from ("
        "  select $1::uuid as person_id union select person_id from membership where located_in = $2 and roles & 32 <> 0) q" },
    { NULL, NULL },
};

static int items_of (struct db *db, struct arena *arena, int64_t now, const char *municipality, const char *contact,
                     struct digest_items *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, now);
    db_text (&args, municipality);
    db_text (&args, contact);
    db_number (&args, DIGEST_MOST);
    if (db_run (db, &follow_statements[ITEMS], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = (struct digest_item) { .delivery_id = db_copy_text (rows, (int) i, "delivery_id", arena),
            .municipality = db_copy_text (rows, (int) i, "municipality", arena), .subject = db_copy_text (rows, (int) i, "subject", arena),
            .text = db_copy_text (rows, (int) i, "text", arena), .at = db_get_number (rows, (int) i, "created_at") };
    return 0;
}

int follow_due (struct db *db, struct arena *arena, int64_t now, struct digest_items *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct digest_items) { 0 };
    db_time (&args, now);
    if (db_run (db, &follow_statements[DUE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    return items_of (db, arena, now, db_get_text (rows, 0, "municipality"), db_get_text (rows, 0, "contact_point_id"), ret, err);
}

int follow_release (struct db *db, const struct digest_item *item, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, item->municipality);
    db_text (&args, item->delivery_id);
    db_time (&args, now);
    return db_queue (db, &follow_statements[RELEASE], &args, err);
}

int follow_bundle (struct db *db, struct arena *arena, const struct digest_items *items, const char *bundle_id, int64_t now,
                   struct error *err)
{
    struct db_args bundle = { 0 }, bundled = { 0 };
    const char **ids = arena_alloc (arena, (items->count + 1) * sizeof *ids);

    for (size_t i = 0; i < items->count; i++)
        ids[i] = items->items[i].delivery_id;
    db_text (&bundle, items->items[0].municipality);
    db_text (&bundle, items->items[0].delivery_id);
    db_text (&bundle, bundle_id);
    db_text (&bundle, digest_subject (arena, items));
    db_text (&bundle, digest_text (arena, items));
    db_time (&bundle, now);
    db_text (&bundled, items->items[0].municipality);
    db_text_list (&bundled, arena, (struct text_list) { ids, items->count });
    db_text (&bundled, bundle_id);
    db_time (&bundled, now);
    if (db_queue (db, &follow_statements[BUNDLE], &bundle, err) < 0)
        return -1;
    return db_queue (db, &follow_statements[BUNDLED], &bundled, err);
}

int follow_trouble (struct db *db, struct arena *arena, struct trouble *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct trouble) { 0 };
    if (db_run (db, &follow_statements[TROUBLE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0)
        *ret = (struct trouble) { .contact_point_id = db_copy_text (rows, 0, "contact_point_id", arena),
            .person_id = db_copy_text (rows, 0, "person_id", arena), .reason = db_copy_text (rows, 0, "reason", arena),
            .municipality = db_copy_text (rows, 0, "municipality", arena), .kind = (int) db_get_number (rows, 0, "kind") };
    return 0;
}

int follow_told (struct db *db, const struct trouble *trouble, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, trouble->contact_point_id);
    db_time (&args, now);
    return db_queue (db, &follow_statements[TOLD], &args, err);
}

int follow_listeners (struct db *db, struct arena *arena, const struct trouble *trouble, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, trouble->person_id);
    db_text (&args, trouble->municipality);
    if (db_run (db, &follow_statements[LISTENERS], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "people", arena);
    return 0;
}
