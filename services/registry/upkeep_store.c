/* upkeep_store.c - see upkeep_store.h. */
#include "upkeep_store.h"

#include "bits.h"
#include "letter_rules.h"

enum { PUT_SETTING, REVIEW, WAIT, SETTLE, WAITING, COUNTS, OVERDUE, STATEMENT_COUNT };
enum { LINES_MOST = 200 };

#define IS_DUE "u.counted_from + coalesce (s.months, 12) * interval '1 month' <= guard.now ()"

const struct db_statement upkeep_statements[] = {
    [PUT_SETTING] = { "upkeep_setting_put",
        "insert into upkeep_setting as s (keeper, months, review_items, set_by) values ($1, $2::smallint, $3::bigint[]::smallint[], $4::uuid)"
        " on conflict (keeper) do update set months = excluded.months, review_items = excluded.review_items, set_by = excluded.set_by" },
    [REVIEW] = { "upkeep_review",
        "select coalesce (sum (1::bigint << (i - 1)), 0)::bigint as items from upkeep_setting s, unnest (s.review_items) i where s.keeper = $1" },
    [WAIT] = { "facility_item_wait",
        "insert into facility_item_waiting as w (facility_id, item, notified, answer, performed, text, source, source_date, keeper, said_at, set_by)"
        " values ($1::uuid, $2::smallint, $3::boolean, $4::smallint, $5::boolean, $6, $7::smallint, $8::date, $9, guard.to_time ($10::bigint), $11::uuid)" },
    [SETTLE] = { "facility_item_settle",
        "update facility_item_waiting set settled_at = guard.to_time ($4::bigint), approved = $5::boolean, settled_by = $6::uuid"
        " where facility_id = $1::uuid and item = $2::smallint and notified = $3::boolean and settled_at is null"
        " returning item, notified, coalesce (answer, 0) as answer, performed is not null as has_performed, coalesce (performed, false) as performed,"
        "           text, source, source_date::text as source_date" },
    [WAITING] = { "facility_items_waiting",
        "select w.facility_id, f.name, w.item, w.notified, coalesce (w.answer, 0) as answer, w.performed is not null as has_performed,"
        "       coalesce (w.performed, false) as performed, w.text, guard.to_us (w.said_at) as said_at"
        "  from facility_item_waiting w join facility f on f.facility_id = w.facility_id"
        " where w.settled_at is null and ($1::uuid is null or w.facility_id = $1::uuid) order by w.said_at, w.entry limit $2::bigint" },
    /* Without an address: neither e-mail nor a number, published or written down. */
    [COUNTS] = { "upkeep_counts",
        "select m.code, m.name, coalesce (s.months, 12) as months, coalesce (c.facilities, 0) as facilities, coalesce (c.known, 0) as known,"
        "       coalesce (c.overdue, 0) as overdue, coalesce (c.unreachable, 0) as unreachable,"
        "       coalesce (e.officer, 0) as officer, coalesce (e.itself, 0) as itself, coalesce (e.saves, 0) as saves"
        "  from municipality m left join upkeep_setting s on s.keeper = m.code"
        "  left join lateral ("
        "   select count (*) as facilities, count (u.facility_id) as known, count (*) filter (where " IS_DUE ") as overdue,"
        "          count (*) filter (where " IS_DUE " and (l.asked >= $3::bigint or (f.email is null and f.phone is null and f.fax is null"
        "           and not exists (select from facility_item i where i.facility_id = f.facility_id and i.item in (15, 16)"
        "                              and i.answer = 1 and i.until_at is null)))) as unreachable"
        "     from facility f left join facility_upkeep u on u.facility_id = f.facility_id"
        "     left join facility_letter l on l.facility_id = f.facility_id and l.survey_id is null and l.answered_at is null"
        "    where f.municipality = m.code) c on true"
        "  left join lateral ("
        "   select coalesce (sum (x.seconds) filter (where not x.by_facility), 0)::bigint as officer,"
        "          coalesce (sum (x.seconds) filter (where x.by_facility), 0)::bigint as itself, coalesce (sum (x.saves), 0)::bigint as saves"
        "     from upkeep_effort x where x.keeper = m.code and x.month = $2::date) e on true"
        " where m.in_region and ($1::text is null or m.code = $1) order by m.code limit 200" },
    [OVERDUE] = { "upkeep_overdue",
        "select l.letter_id, f.facility_id, f.name, f.service, f.phone, l.code, coalesce (l.asked, 0) as asked,"
        "       guard.to_us (l.asked_at) as asked_at, f.email is not null as mail, guard.to_us (u.counted_from) as counted_from"
        "  from facility_upkeep u join facility f on f.facility_id = u.facility_id left join upkeep_setting s on s.keeper = f.municipality"
        "  left join facility_letter l on l.facility_id = f.facility_id and l.survey_id is null and l.answered_at is null"
        " where f.municipality is not null and ($1::text is null or f.municipality = $1) and " IS_DUE
        " order by u.counted_from, f.facility_id limit $2::bigint" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

/* ---- settings, and what waits --------------------------------------------------------------------------------------------------- */

int upkeep_setting_store (struct request *request, const struct upkeep_setting_put *put, struct error *err)
{
    int64_t *items = arena_alloc (request->arena, (put->review_items.count + 1) * sizeof *items);
    struct db_args args = { 0 };

    for (size_t i = 0; i < put->review_items.count; i++)
        items[i] = put->review_items.items[i];
    db_text (&args, put->municipality);
    db_number (&args, put->months);
    db_number_list (&args, request->arena, (struct i64_list) { items, put->review_items.count });
    db_text (&args, request->actor->person_id);
    return db_queue (request->db, &upkeep_statements[PUT_SETTING], &args, err);
}

int upkeep_review_items (struct request *request, const char *keeper, uint64_t *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, keeper);
    if (db_run (request->db, &upkeep_statements[REVIEW], &args, &rows, err) < 0)
        return -1;
    *ret = (uint64_t) db_get_number (rows, 0, "items");
    return 0;
}

static int let_wait (struct request *request, const struct facility_record *record, const struct facility_items_put *put,
                     const struct facility_item_given *given, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, put->facility_id);
    db_number (&args, given->item);
    db_flag (&args, given->has_notified && given->notified);
    db_optional (&args, given->answer != 0, given->answer);
    db_text (&args, !given->has_performed ? NULL : given->performed ? "true" : "false");
    db_text (&args, given->text);
    db_number (&args, put->source);
    db_text (&args, put->source_date && *put->source_date ? put->source_date : NULL);
    db_text (&args, record->kept.keeper);
    db_time (&args, request->now);
    db_text (&args, record->kept.writer ? record->kept.writer : request->actor->person_id);
    return db_queue (request->db, &upkeep_statements[WAIT], &args, err);
}

static int withdraw (struct request *request, const char *facility_id, const struct facility_item_given *given, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, facility_id);
    db_number (&args, given->item);
    db_flag (&args, given->has_notified && given->notified);
    db_time (&args, request->now);
    db_flag (&args, false);
    db_text (&args, request->actor->person_id);
    return db_queue (request->db, &upkeep_statements[SETTLE], &args, err);
}

int upkeep_hold_back (struct request *request, const struct facility_record *record, struct facility_items_put *put, struct error *err)
{
    struct facility_item_given_list waits;
    uint64_t review_items;

    if (!record->kept.keeper)
        return 0;
    if (upkeep_review_items (request, record->kept.keeper, &review_items, err) < 0)
        return -1;
    waits = review_split (&put->items, review_items, &record->known, request->arena);
    for (size_t i = 0; i < waits.count; i++)
        if (withdraw (request, put->facility_id, &waits.items[i], err) < 0
            || let_wait (request, record, put, &waits.items[i], err) < 0)
            return -1;
    return 0;
}

int upkeep_settle (struct request *request, const struct item_waiting_settle *message, bool *ret_found, struct facility_item_given *ret,
                   enum item_source *ret_source, const char **ret_source_date, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, message->facility_id);
    db_number (&args, message->item);
    db_flag (&args, message->has_notified && message->notified);
    db_time (&args, request->now);
    db_flag (&args, message->approve);
    db_text (&args, request->actor->person_id);
    if (db_run (request->db, &upkeep_statements[SETTLE], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    if (!*ret_found)
        return 0;
    *ret = (struct facility_item_given) { .item = message->item, .has_notified = true, .notified = db_get_flag (rows, 0, "notified"),
        .answer = (int) db_get_number (rows, 0, "answer"), .has_performed = db_get_flag (rows, 0, "has_performed"),
        .performed = db_get_flag (rows, 0, "performed"), .text = db_copy_text (rows, 0, "text", request->arena) };
    *ret_source = (int) db_get_number (rows, 0, "source");
    *ret_source_date = db_copy_text (rows, 0, "source_date", request->arena);
    return 0;
}

int upkeep_waiting (struct request *request, const char *facility_id, struct waiting_line_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct waiting_line *lines;
    DB_ROWS (rows);

    db_text (&args, facility_id);
    db_number (&args, facility_id ? FACILITY_ITEMS_MAX : LINES_MOST);
    if (db_run (request->db, &upkeep_statements[WAITING], &args, &rows, err) < 0)
        return -1;
    lines = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *lines);
    for (int i = 0; i < db_count (rows); i++)
        lines[i] = (struct waiting_line) { .facility_id = db_copy_text (rows, i, "facility_id", request->arena),
            .name = db_copy_text (rows, i, "name", request->arena), .item = (int) db_get_number (rows, i, "item"),
            .notified = db_get_flag (rows, i, "notified"), .answer = (int) db_get_number (rows, i, "answer"),
            .has_performed = db_get_flag (rows, i, "has_performed"), .performed = db_get_flag (rows, i, "performed"),
            .text = db_copy_text (rows, i, "text", request->arena), .said_at = db_get_number (rows, i, "said_at") };
    *ret = (struct waiting_line_list) { lines, (size_t) db_count (rows) };
    return 0;
}

/* ---- the report ----------------------------------------------------------------------------------------------------------------- */

static int64_t minutes_of (int64_t seconds)
{
    return (seconds + 30) / 60;
}

static struct upkeep_count count_of (const db_rows *rows, int i, struct arena *arena)
{
    int64_t known = db_get_number (rows, i, "known"), overdue = db_get_number (rows, i, "overdue");

    return (struct upkeep_count) { .municipality = db_copy_text (rows, i, "code", arena), .name = db_copy_text (rows, i, "name", arena),
        .months = db_get_number (rows, i, "months"), .facilities = db_get_number (rows, i, "facilities"), .known = known,
        .confirmed = known - overdue, .overdue = overdue, .unreachable = db_get_number (rows, i, "unreachable"),
        .officer_minutes = minutes_of (db_get_number (rows, i, "officer")), .facility_minutes = minutes_of (db_get_number (rows, i, "itself")),
        .saves = db_get_number (rows, i, "saves") };
}

int upkeep_counts (struct request *request, const char *municipality, const char *month, struct upkeep_count_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct upkeep_count *counts;
    DB_ROWS (rows);

    db_text (&args, municipality);
    db_text (&args, month);
    db_number (&args, ASKED_MOST);
    if (db_run (request->db, &upkeep_statements[COUNTS], &args, &rows, err) < 0)
        return -1;
    counts = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *counts);
    for (int i = 0; i < db_count (rows); i++)
        counts[i] = count_of (rows, i, request->arena);
    *ret = (struct upkeep_count_list) { counts, (size_t) db_count (rows) };
    return 0;
}

static struct letter_line line_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct letter_line) { .letter_id = db_copy_text (rows, i, "letter_id", arena),
        .facility_id = db_copy_text (rows, i, "facility_id", arena), .name = db_copy_text (rows, i, "name", arena),
        .service = db_copy_text (rows, i, "service", arena), .phone = db_copy_text (rows, i, "phone", arena),
        .code = db_copy_text (rows, i, "code", arena), .asked = db_get_number (rows, i, "asked"),
        .state = db_is_null (rows, i, "asked_at") ? LETTER_STATE_UNSENT : LETTER_STATE_SENT,
        .way = db_get_flag (rows, i, "mail") ? LETTER_WAY_LINK : LETTER_WAY_PAPER, .has_asked_at = !db_is_null (rows, i, "asked_at"),
        .asked_at = db_get_number (rows, i, "asked_at"), .has_confirmed_at = true, .confirmed_at = db_get_number (rows, i, "counted_from") };
}

int upkeep_overdue (struct request *request, const char *municipality, struct letter_line_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct letter_line *lines;
    DB_ROWS (rows);

    db_text (&args, municipality);
    db_number (&args, LINES_MOST);
    if (db_run (request->db, &upkeep_statements[OVERDUE], &args, &rows, err) < 0)
        return -1;
    lines = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *lines);
    for (int i = 0; i < db_count (rows); i++)
        lines[i] = line_of (rows, i, request->arena);
    *ret = (struct letter_line_list) { lines, (size_t) db_count (rows) };
    return 0;
}
