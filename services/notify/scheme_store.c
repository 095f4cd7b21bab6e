/* scheme_store.c - see scheme_store.h. */
#include "scheme_store.h"
#include <stdlib.h>
#include "bits.h"
#include "clock.h"

enum { PUT, OF_OFFICES };
enum { HOURS_NUMBERS = 5 };

const struct db_statement scheme_statements[] = {
    [PUT] = { "scheme_put",
        "insert into scheme_part as t (part_id, office_id, from_date, until_date, bands, withdrawn, version)"
        " values ($1::uuid, $2::uuid, $3::date, $4::date, $5::bigint[]::integer[], $6::boolean, $7::bigint)"
        " on conflict (part_id) do update set office_id = excluded.office_id, from_date = excluded.from_date,"
        "        until_date = excluded.until_date, bands = excluded.bands, withdrawn = excluded.withdrawn, version = excluded.version"
        "  where excluded.version >= t.version" },
    [OF_OFFICES] = { "scheme_of_offices",
        "select s.office_id, s.from_date::text as from_date, s.until_date::text as until_date, s.bands::text[] as bands"
        "  from scheme_part s where s.office_id = any ($1::text[]::uuid[]) and not s.withdrawn"
        " order by s.office_id, s.from_date limit 2000" },
    { NULL, NULL },
};

static struct i64_list numbers_of (struct arena *arena, struct scheme_band_list bands)
{
    int64_t *items = arena_alloc (arena, (bands.count + 1) * HOURS_NUMBERS * sizeof *items);

    for (size_t i = 0; i < bands.count; i++) {
        const struct scheme_band *band = &bands.items[i];
        int64_t *at = items + i * HOURS_NUMBERS;

        at[0] = bits_of_enums (band->day_classes);
        at[1] = bits_of_numbers (band->weekdays);
        at[2] = band->from_minute;
        at[3] = band->to_minute;
        at[4] = bits_of_enums (band->tags);
    }
    return (struct i64_list) { items, bands.count * HOURS_NUMBERS };
}

int scheme_put (struct db *db, struct arena *arena, const struct scheme_part_changed *event, int64_t version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, event->part_id);
    db_text (&args, event->office_id);
    db_text (&args, event->from);
    db_text (&args, event->until);
    db_number_list (&args, arena, numbers_of (arena, event->bands));
    db_flag (&args, event->has_withdrawn && event->withdrawn);
    db_number (&args, version);
    return db_queue (db, &scheme_statements[PUT], &args, err);
}

static int number_of (const char *text)
{
    return (int) strtol (text, NULL, 10);
}

static struct scheme_joined joined_of (const db_rows *rows, int row, struct arena *arena)
{
    const struct text_list numbers = db_copy_text_list (rows, row, "bands", arena);
    const char *until = db_copy_text (rows, row, "until_date", arena);
    size_t count = numbers.count / HOURS_NUMBERS;
    struct scheme_hours *hours = arena_alloc (arena, (count + 1) * sizeof *hours);

    for (size_t i = 0; i < count; i++) {
        const char *const *at = numbers.items + i * HOURS_NUMBERS;

        hours[i] = (struct scheme_hours) { .days = (unsigned) number_of (at[0]), .weekdays = (unsigned) number_of (at[1]),
            .from = number_of (at[2]), .to = number_of (at[3]), .tags = (unsigned) number_of (at[4]) };
    }
    return (struct scheme_joined) { .office_id = db_copy_text (rows, row, "office_id", arena),
        .from = day_number_of_text (db_get_text (rows, row, "from_date")), .until = until ? day_number_of_text (until) : INT64_MAX,
        .hours = hours, .hours_count = count };
}

int scheme_of_offices (struct db *db, struct arena *arena, struct text_list offices, struct scheme_known *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct scheme_joined *items;
    DB_ROWS (rows);

    db_text_list (&args, arena, offices);
    if (db_run (db, &scheme_statements[OF_OFFICES], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = joined_of (rows, i, arena);
    *ret = (struct scheme_known) { items, (size_t) db_count (rows) };
    return 0;
}
