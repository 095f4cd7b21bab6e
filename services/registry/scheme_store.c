/* scheme_store.c - see scheme_store.h. */
#include "scheme_store.h"

#include <stdlib.h>
#include "bits.h"
#include "text_same.h"

enum { PARTS, PUT, PAGE };
enum { BAND_NUMBERS = 5 };

const struct db_statement scheme_statements[] = {
    [PARTS] = { "scheme_parts",
        "select n.*, guard.to_us (n.set_at) as set_us, (select p.name from person p where p.person_id = n.set_by) as by_name,"
        "       ((select f.set_at from scheme_part f where f.part_id = n.part_id and f.version = 1) at time zone 'Asia/Tokyo')::date::text"
        "       as entered_on"
        "  from (select distinct on (s.part_id) s.part_id, s.version, s.from_day::text as from_day, s.until_day::text as until_day,"
        "               s.bands::text[] as bands, s.note, s.withdrawn, s.set_by, s.set_at"
        "          from scheme_part s where s.office_id = $1::uuid order by s.part_id, s.version desc) n"
        " order by n.from_day desc, n.part_id limit 60" },
    [PUT] = { "scheme_put",
        "insert into scheme_part (municipality, part_id, version, office_id, from_day, until_day, bands, note, withdrawn, set_by, set_at)"
        " values ($1, $2::uuid, $3::integer, $4::uuid, $5::date, $6::date, $7::bigint[]::integer[], $8, $9::boolean, $10::uuid,"
        "         guard.to_time ($11::bigint)) on conflict do nothing" },
    [PAGE] = { "snapshot_scheme_parts",
        "select v.id, v.version, s.office_id, s.municipality, s.from_day::text as from_day, s.until_day::text as until_day,"
        "       s.bands::text[] as bands, s.withdrawn"
        "  from subject v join lateral (select * from scheme_part n where n.part_id = v.id order by n.version desc limit 1) s on true"
        " where v.version > 0 and v.id > coalesce ($1::uuid, '00000000-0000-0000-0000-000000000000') order by v.id limit $2::bigint" },
    { NULL, NULL },
};

/* ---- bands as rows of five numbers ---------------------------------------------------------------------------------------------- */

static struct i64_list numbers_of (struct arena *arena, struct scheme_band_list bands)
{
    int64_t *items = arena_alloc (arena, (bands.count + 1) * BAND_NUMBERS * sizeof *items);

    for (size_t i = 0; i < bands.count; i++) {
        const struct scheme_band *band = &bands.items[i];
        int64_t *at = items + i * BAND_NUMBERS;

        at[0] = bits_of_enums (band->day_classes);
        at[1] = bits_of_numbers (band->weekdays);
        at[2] = band->from_minute;
        at[3] = band->to_minute;
        at[4] = bits_of_enums (band->tags);
    }
    return (struct i64_list) { items, bands.count * BAND_NUMBERS };
}

static int64_t number_of (const char *text)
{
    return strtoll (text, NULL, 10);
}

static struct scheme_band_list bands_of (struct arena *arena, struct text_list numbers)
{
    size_t count = numbers.count / BAND_NUMBERS;
    struct scheme_band *items = arena_alloc (arena, (count + 1) * sizeof *items);

    for (size_t i = 0; i < count; i++) {
        const char *const *at = numbers.items + i * BAND_NUMBERS;

        items[i] = (struct scheme_band) { .day_classes = enums_of_bits (arena, number_of (at[0])),
            .weekdays = numbers_of_bits (arena, number_of (at[1])), .from_minute = number_of (at[2]), .to_minute = number_of (at[3]),
            .tags = enums_of_bits (arena, number_of (at[4])) };
    }
    return (struct scheme_band_list) { items, count };
}

/* ---- rows ------------------------------------------------------------------------------------------------------------------------ */

int scheme_store_parts (struct db *db, const char *office_id, struct arena *arena, struct scheme_parts *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct scheme_part *items;
    DB_ROWS (rows);

    db_text (&args, office_id);
    if (db_run (db, &scheme_statements[PARTS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct scheme_part) { .entered_on = db_copy_text (rows, i, "entered_on", arena),
            .view = { .part_id = db_copy_text (rows, i, "part_id", arena), .version = db_get_number (rows, i, "version"),
                      .from = db_copy_text (rows, i, "from_day", arena), .until = db_copy_text (rows, i, "until_day", arena),
                      .bands = bands_of (arena, db_copy_text_list (rows, i, "bands", arena)), .note = db_copy_text (rows, i, "note", arena),
                      .withdrawn = db_get_flag (rows, i, "withdrawn"), .set_by = db_copy_text (rows, i, "by_name", arena),
                      .set_at = db_get_number (rows, i, "set_us") } };
    *ret = (struct scheme_parts) { items, (size_t) db_count (rows) };
    return 0;
}

int scheme_store_put (struct request *request, const struct scheme_part_put *put, const char *municipality, int64_t version,
                      struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, put->part_id);
    db_number (&args, version);
    db_text (&args, put->office_id);
    db_text (&args, put->from);
    db_text (&args, put->until);
    db_number_list (&args, request->arena, numbers_of (request->arena, put->bands));
    db_text (&args, text_or_null (put->note));
    db_flag (&args, put->has_withdrawn && put->withdrawn);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &scheme_statements[PUT], &args, 1, ERROR_NOT_FOR_YOU, err);
}

int snapshot_scheme_parts (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *ret,
                           size_t *ret_count, struct error *err)
{
    struct arena *arena = request->arena;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    (void) service;
    db_text (&args, text_or_null (after));
    db_number (&args, limit);
    if (db_run (request->db, &scheme_statements[PAGE], &args, &rows, err) < 0)
        return -1;
    for (int i = 0; i < db_count (rows); i++) {
        struct scheme_part_changed *event = arena_alloc (arena, sizeof *event);
        const char *id = db_copy_text (rows, i, "id", arena);

        *event = (struct scheme_part_changed) { .part_id = id, .office_id = db_copy_text (rows, i, "office_id", arena),
            .from = db_copy_text (rows, i, "from_day", arena), .until = db_copy_text (rows, i, "until_day", arena),
            .bands = bands_of (arena, db_copy_text_list (rows, i, "bands", arena)),
            .has_withdrawn = true, .withdrawn = db_get_flag (rows, i, "withdrawn") };
        ret[i] = (struct snapshot_row) { .subject = id, .version = db_get_number (rows, i, "version"), .next = id,
                                         .municipality = db_copy_text (rows, i, "municipality", arena), .event = event };
    }
    *ret_count = (size_t) db_count (rows);
    return 0;
}
