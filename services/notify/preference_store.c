/* preference_store.c - see preference_store.h. */
#include "preference_store.h"
#include "office_phones.h"

enum { GET, SET };

const struct db_statement preference_statements[] = {
    [GET] = { "preference_get",
        "select quiet_from, quiet_to, digest, night_calls, kinds::text[] as kinds, disabled::text[] as disabled,"
        "       after_seconds::text[] as after_seconds,"
        "       concat_ws (' ', person_id, '-', nullif (array_to_string (hours, ' '), '')) as own_hours from preference where person_id = $1::uuid" },
    [SET] = { "preference_set",
        "insert into preference (person_id, quiet_from, quiet_to, digest, night_calls, kinds, disabled, after_seconds, set_at, hours)"
        " values ($1::uuid, $2::integer, $3::integer, $4::boolean, $5::boolean, $6::bigint[]::integer[], $7::bigint[]::integer[],"
        "         $8::bigint[]::integer[], guard.to_time ($9::bigint), $10::bigint[]::integer[])"
        " on conflict (person_id) do update set quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, digest = excluded.digest,"
        "        night_calls = excluded.night_calls, kinds = excluded.kinds, disabled = excluded.disabled,"
        "        after_seconds = excluded.after_seconds, set_at = excluded.set_at, hours = excluded.hours" },
    { NULL, NULL },
};

static int number (const struct text_list *list, size_t i)
{
    return i < list->count ? (int) strtol (list->items[i], NULL, 10) : 0;
}

static bool holds (const struct text_list *list, int wanted)
{
    for (size_t i = 0; i < list->count; i++)
        if (number (list, i) == wanted)
            return true;
    return false;
}

static void fill_channels (const db_rows *rows, struct arena *arena, struct preference_answer *ret)
{
    struct text_list kinds = db_copy_text_list (rows, 0, "kinds", arena), disabled = db_copy_text_list (rows, 0, "disabled", arena);
    struct text_list after = db_copy_text_list (rows, 0, "after_seconds", arena);
    struct channel_preference *items = arena_alloc (arena, (kinds.count + 1) * sizeof *items);

    for (size_t i = 0; i < kinds.count; i++)
        items[i] = (struct channel_preference) { .kind = (enum contact_kind) number (&kinds, i), .enabled = !holds (&disabled, number (&kinds, i)),
                                                 .has_after_seconds = true, .after_seconds = number (&after, i) };
    ret->channels = (struct channel_preference_list) { items, kinds.count };
}

static void fill_hours (const db_rows *rows, struct arena *arena, struct preference_answer *ret)
{
    const char *line = db_get_text (rows, 0, "own_hours");
    const struct phone_lines lines = phone_read (arena, (struct text_list) { .items = &line, .count = 1 });

    if (lines.count)
        ret->hours = phone_hours_of (arena, &lines.items[0]);
}

int preference_get (struct request *request, struct preference_answer *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct preference_answer) { .quiet_from = QUIET_FROM, .quiet_to = QUIET_TO };
    db_text (&args, request->actor->person_id);
    if (db_run (request->db, &preference_statements[GET], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    ret->quiet_from = db_get_number (rows, 0, "quiet_from");
    ret->quiet_to = db_get_number (rows, 0, "quiet_to");
    ret->digest = db_get_flag (rows, 0, "digest");
    ret->night_calls = db_get_flag (rows, 0, "night_calls");
    fill_channels (rows, request->arena, ret);
    fill_hours (rows, request->arena, ret);
    return 0;
}

int preference_set (struct request *request, const struct preference_put *put, struct error *err)
{
    int64_t *kinds = arena_alloc (request->arena, (put->channels.count * 3 + 3) * sizeof *kinds);
    int64_t *disabled = kinds + put->channels.count + 1, *after = disabled + put->channels.count + 1;
    size_t off = 0;
    struct db_args args = { 0 };

    for (size_t i = 0; i < put->channels.count; i++) {
        kinds[i] = put->channels.items[i].kind;
        after[i] = put->channels.items[i].has_after_seconds ? put->channels.items[i].after_seconds : 0;
        if (!put->channels.items[i].enabled)
            disabled[off++] = kinds[i];
    }
    db_text (&args, request->actor->person_id);
    db_number (&args, put->has_quiet_from ? put->quiet_from : QUIET_FROM);
    db_number (&args, put->has_quiet_to ? put->quiet_to : QUIET_TO);
    db_flag (&args, put->digest);
    db_flag (&args, put->night_calls);
    db_number_list (&args, request->arena, (struct i64_list) { kinds, put->channels.count });
    db_number_list (&args, request->arena, (struct i64_list) { disabled, off });
    db_number_list (&args, request->arena, (struct i64_list) { after, put->channels.count });
    db_time (&args, request->now);
    db_number_list (&args, request->arena, phone_numbers_of (request->arena, put->hours));
    return db_queue (request->db, &preference_statements[SET], &args, err);
}
