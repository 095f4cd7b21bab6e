/* facility_hours_store.c - see facility_hours_store.h. */
#include "facility_hours_store.h"

#include <stdlib.h>
#include "text_same.h"

enum { PUT, HOURS, STATEMENT_COUNT };

const struct db_statement facility_hours_statements[] = {
    [PUT] = { "facility_hours_put",
        "select facility_hours_put ($1::uuid, $2::smallint, $3::bigint[]::integer[], $4::smallint, $5::boolean,"
        "    nullif ($6::smallint, 0::smallint), $7, $8, $9, $10::bigint, $11::bigint[]::integer[], $12::smallint, $13::date,"
        "    guard.to_time ($14::bigint), $15::uuid) as changed" },
    [HOURS] = { "facility_hours_of",
        "select h.purpose, h.slots::text[] as slots, h.closed, h.as_weekdays, coalesce (h.year_end, 0) as year_end, h.closed_words, h.raw, h.words"
        "  from facility_hours h where h.facility_id = $1::uuid and h.until_at is null order by h.purpose" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

static struct i64_list numbers_of (const struct opening_hours *hours, struct arena *arena)
{
    int64_t *numbers = arena_alloc (arena, (4 * hours->count + 1) * sizeof *numbers);

    for (size_t i = 0; i < hours->count; i++) {
        const struct opening_slot *slot = &hours->slots[i];

        numbers[4 * i] = slot->day;
        numbers[4 * i + 1] = slot->weeks;
        numbers[4 * i + 2] = slot->from;
        numbers[4 * i + 3] = slot->to;
    }
    return (struct i64_list) { numbers, 4 * hours->count };
}

int facility_hours_put (struct db *db, struct arena *arena, const struct facility_hours_said *said, bool *ret_changed, struct error *err)
{
    const struct opening_hours *hours = &said->hours;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, said->facility_id);
    db_number (&args, said->purpose);
    db_number_list (&args, arena, numbers_of (hours, arena));
    db_number (&args, hours->closed);
    db_flag (&args, hours->holidays_as_weekdays);
    db_number (&args, hours->year_end);
    db_text (&args, text_or_null (hours->closed_words));
    db_text (&args, text_or_null (said->raw));
    db_text (&args, opening_words (hours, arena));
    db_number (&args, opening_said (hours));
    db_number_list (&args, arena, opening_pieces (hours, arena));
    db_number (&args, said->source);
    db_text (&args, text_or_null (said->source_date));
    db_time (&args, said->now);
    db_text (&args, said->set_by);
    if (!ret_changed)
        return db_queue (db, &facility_hours_statements[PUT], &args, err);
    if (db_run (db, &facility_hours_statements[PUT], &args, &rows, err) < 0)
        return -1;
    *ret_changed = db_get_flag (rows, 0, "changed");
    return 0;
}

static int number_of (const char *digits)
{
    return (int) strtol (digits, NULL, 10);
}

static struct opening_slot *slots_of (struct text_list numbers, struct arena *arena)
{
    struct opening_slot *slots = arena_alloc (arena, (numbers.count / 4 + 1) * sizeof *slots);

    for (size_t i = 0; i + 3 < numbers.count; i += 4)
        slots[i / 4] = (struct opening_slot) { number_of (numbers.items[i]), number_of (numbers.items[i + 1]),
                                               number_of (numbers.items[i + 2]), number_of (numbers.items[i + 3]) };
    return slots;
}

int facility_hours_of (struct db *db, struct arena *arena, const char *facility_id, struct known_hours_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct known_hours *items;
    DB_ROWS (rows);

    db_text (&args, facility_id);
    if (db_run (db, &facility_hours_statements[HOURS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++) {
        struct text_list numbers = db_copy_text_list (rows, i, "slots", arena);

        items[i] = (struct known_hours) { .purpose = (enum hours_purpose) db_get_number (rows, i, "purpose"),
            .hours = { slots_of (numbers, arena), numbers.count / 4, (int) db_get_number (rows, i, "closed"),
                       db_get_flag (rows, i, "as_weekdays"), (enum year_end) db_get_number (rows, i, "year_end"),
                       db_copy_text (rows, i, "closed_words", arena) },
            .raw = db_copy_text (rows, i, "raw", arena), .words = db_copy_text (rows, i, "words", arena) };
    }
    *ret = (struct known_hours_list) { items, (size_t) db_count (rows) };
    return 0;
}
