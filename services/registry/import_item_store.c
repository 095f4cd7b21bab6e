/* import_item_store.c - see import_item_store.h. */
#include "import_item_store.h"
#include <stdlib.h>
#include "facility_hours_store.h"
#include "messages.h"

enum { KEPT, CONFLICTS, END, BEGIN, HOURS, STATEMENT_COUNT };

#define SAID                                                                                                                              \
    "lateral (select e.key::smallint as item, (e.value ->> 0)::smallint as answer, e.value ->> 1 as text from jsonb_each (r.items) e"
/* [[day, weeks, from, to], …] as one row of numbers. */
#define SLOTS                                                                                                                             \
    "array (select n.n from jsonb_array_elements (r.hours -> 'slots') with ordinality s (slot, at),"                                      \
    "              jsonb_array_elements_text (s.slot) with ordinality n (n, at) order by s.at, n.at)"
#define NUMBERS(text) "regexp_replace (" text ", '[^0-9]', '', 'g')"
/* $1 import, $2 after which line, $3 until which, $4 the source. */
#define NEW_ROWS "r.import_id = $1::uuid and r.line > $2::bigint and r.line <= $3::bigint and r.kind <> 'u' and r.items is not null"
#define HOLDS "i.facility_id = r.facility_id and i.item = s.item and not i.notified and i.until_at is null"

const struct db_statement import_item_statements[] = {
    [KEPT] = { "import_item_kept",
        "select distinct i.facility_id from unnest ($1::uuid[]) u (facility_id) join facility_item i on i.facility_id = u.facility_id"
        "   and i.until_at is null and not i.notified where i.source <> 1" },
    [CONFLICTS] = { "import_item_conflicts",
        "insert into import_problem (municipality, import_id, line, title, value, reason, refused, conflict)"
        " select $2, $1::uuid, r.line, n.title, left (coalesce (s.text, case s.answer when 1 then 'あり' else 'なし' end), 130),"
        "        '調査・自己更新などの内容「' || left (coalesce (i.text, case i.answer when 1 then 'あり' else 'なし' end), 30) || '」と違います（そのまま残します）',"
        "        false, true"
        "   from import_row r,"
        "        " SAID
        "                 union all select 15, 1, r.phone where r.phone is not null"
        "                 union all select 16, 1, r.fax where r.fax is not null"
        "                 union all select 17, 1, 'ファイルの曜日・時間' where r.hours is not null) s"
        "   join unnest ($5::bigint[], $6::text[]) as n (item, title) on n.item = s.item"
        "   cross join lateral (select i.text, i.answer from facility_item i where " HOLDS
        "                          and (i.source not in (1, $4::int) or (s.item in (15, 16) and i.source <> 1))"
        "                          and (i.answer <> s.answer"
        "                               or (s.item in (15, 16) and " NUMBERS ("i.text") " <> " NUMBERS ("s.text") ")"
        "                               or (s.item = 17 and not exists (select from facility_hours h where h.facility_id = r.facility_id"
        "                                     and h.purpose = 1 and h.until_at is null and h.slots::text[] = " SLOTS "))"
        "                               or (s.item not in (15, 16, 17) and s.text is not null and i.text is distinct from s.text))) i"
        "  where r.import_id = $1::uuid and r.facility_id = any ($3::uuid[])" },
    [END] = { "import_item_end",
        "update facility_item i set until_at = guard.to_time ($5::bigint)"
        "   from import_row r, " SAID ") s"
        "  where " NEW_ROWS " and " HOLDS " and i.source in (1, $4::int)"
        "    and (i.answer <> s.answer or i.text is distinct from s.text or i.source <> $4::int)" },
    [BEGIN] = { "import_item_begin",
        "insert into facility_item (facility_id, item, notified, since, answer, text, source, source_date, changed_at, shown_to, keeper, set_by)"
        " select r.facility_id, s.item, false, guard.to_time ($5::bigint), s.answer, s.text, $4::int, $6::date, guard.to_time ($5::bigint),"
        "        (case $4::int when 1 then 3 else 0 end) | coalesce ((select c.audiences from facility_consent c"
        "           where c.facility_id = r.facility_id and c.item = s.item and c.until_at is null), 0), f.municipality, $7::uuid"
        "   from import_row r, " SAID ") s, facility f"
        "  where " NEW_ROWS " and f.facility_id = r.facility_id"
        "    and not exists (select from facility_item i where " HOLDS ")" },
    [HOURS] = { "import_item_hours",
        "select r.facility_id, " SLOTS " as slots, coalesce ((r.hours ->> 'closed')::int, 0) as closed, r.hours ->> 'words' as words"
        "  from import_row r where r.import_id = $1::uuid and r.line > $2::bigint and r.line <= $3::bigint and r.kind <> 'u'"
        "   and r.hours is not null"
        "   and not exists (select from facility_item i where i.facility_id = r.facility_id and i.item = 17 and not i.notified"
        "                                                 and i.until_at is null and i.source not in (1, $4::int))" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

/* Of these facilities, those of which more is known than what is published: few, and only these are looked at closely. */
static int find_kept (struct db *db, struct arena *arena, const struct import_row *rows, size_t count, struct text_list *ret, struct error *err)
{
    const char **ids = arena_alloc (arena, (2 * count + 1) * sizeof *ids), **kept = ids + count;
    struct db_args args = { 0 };
    size_t used = 0;
    DB_ROWS (found);

    for (size_t i = 0; i < count; i++)
        if (strchr ("ncu", rows[i].kind))
            ids[used++] = rows[i].facility_id;
    db_text_list (&args, arena, (struct text_list) { ids, used });
    *ret = (struct text_list) { kept, 0 };
    if (used == 0)
        return 0;
    if (db_run (db, &import_item_statements[KEPT], &args, &found, err) < 0)
        return -1;
    for (int row = 0; row < db_count (found); row++)
        kept[ret->count++] = db_copy_text (found, row, "facility_id", arena);
    return 0;
}

int import_item_store_conflicts (struct db *db, struct arena *arena, const struct import *import, int gives, const struct import_row *rows,
                                 size_t count, struct error *err)
{
    struct text_list kept;
    const char **titles = arena_alloc (arena, (facility_item_type.count + 1) * sizeof *titles);
    int64_t *items = arena_alloc (arena, (facility_item_type.count + 1) * sizeof *items);
    struct db_args args = { 0 };

    if (find_kept (db, arena, rows, count, &kept, err) < 0)
        return -1;
    if (kept.count == 0)
        return 0;
    for (size_t i = 0; i < facility_item_type.count; i++) {
        items[i] = facility_item_type.values[i].number;
        titles[i] = facility_item_type.values[i].ja;
    }
    db_text (&args, import->import_id);
    db_text (&args, import->municipality);
    db_text_list (&args, arena, kept);
    db_number (&args, gives);
    db_number_list (&args, arena, (struct i64_list) { items, facility_item_type.count });
    db_text_list (&args, arena, (struct text_list) { titles, facility_item_type.count });
    return db_queue (db, &import_item_statements[CONFLICTS], &args, err);
}

static int number_of (const char *digits)
{
    return (int) strtol (digits, NULL, 10);
}

static struct opening_slot *slots_of (struct text_list numbers, struct arena *arena)
{
    struct opening_slot *slots = arena_alloc (arena, (numbers.count / 4 + 1) * sizeof *slots);

    for (size_t i = 0; i + 3 < numbers.count; i += 4)
        slots[i / 4] = (struct opening_slot) { number_of (numbers.items[i]), number_of (numbers.items[i + 1]), number_of (numbers.items[i + 2]),
                                               number_of (numbers.items[i + 3]) };
    return slots;
}

static int put_hours (struct job_run *run, const struct import *import, int gives, const db_rows *rows, int row, struct error *err)
{
    struct text_list numbers = db_copy_text_list (rows, row, "slots", run->arena);
    struct facility_hours_said said = {
        .facility_id = db_copy_text (rows, row, "facility_id", run->arena), .purpose = HOURS_PURPOSE_SERVICE,
        .hours = { .slots = slots_of (numbers, run->arena), .count = numbers.count / 4, .closed = (int) db_get_number (rows, row, "closed"),
                   .closed_words = db_copy_text (rows, row, "words", run->arena) },
        .source = (enum item_source) gives, .source_date = import->source_date, .set_by = import->run_by, .now = run->now,
    };

    return facility_hours_put (run->db, run->arena, &said, NULL, err);
}

static int write_hours (struct job_run *run, const struct import *import, int gives, int64_t after, int64_t until, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, import->import_id);
    db_number (&args, after);
    db_number (&args, until);
    db_number (&args, gives);
    if (db_run (run->db, &import_item_statements[HOURS], &args, &rows, err) < 0)
        return -1;
    for (int row = 0; row < db_count (rows); row++)
        if (put_hours (run, import, gives, rows, row, err) < 0)
            return -1;
    return 0;
}

static int write_items (struct job_run *run, const struct import *import, int gives, int64_t after, int64_t until, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, import->import_id);
    db_number (&args, after);
    db_number (&args, until);
    db_number (&args, gives);
    db_time (&args, run->now);
    if (db_queue (run->db, &import_item_statements[END], &args, err) < 0)
        return -1;
    db_text (&args, import->source_date);
    db_text (&args, import->run_by);
    return db_queue (run->db, &import_item_statements[BEGIN], &args, err);
}

int import_item_store_write (struct job_run *run, const struct import *import, const struct import_profile *profile, int64_t after,
                             int64_t until, struct error *err)
{
    bool has_hours = profile->time_count || profile->columns[FACILITY_OPEN_DAYS].title;

    if (profile->item_count && write_items (run, import, profile->gives, after, until, err) < 0)
        return -1;
    return has_hours ? write_hours (run, import, profile->gives, after, until, err) : 0;
}
