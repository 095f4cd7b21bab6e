/* letter_store.c - see letter_store.h. */
#include "letter_store.h"

#include "clock.h"
#include "ids.h"

enum { BY_ID, BY_CODE, OUTSTANDING, ANSWER, CLOSE, ADD, GO, DUE, ADD_DUE, TAKE_DUE, STATEMENT_COUNT };

#define LETTER                                                                                                                            \
    "select l.letter_id, l.facility_id, l.survey_id, f.name, f.service, l.keeper, coalesce (m.name, l.keeper) as keeper_name,"             \
    "       m.desk_phone, f.phone, f.fax, l.code, s.title, s.intro, coalesce (s.items, 0) as items, guard.to_us (l.valid_until) as valid_until,"    \
    "       coalesce (guard.to_us ((s.due_on + 1)::timestamp at time zone 'Asia/Tokyo') - 1000000, guard.to_us (l.valid_until)) as due,"   \
    "       l.answered_at is not null as answered"                                                                                        \
    "  from facility_letter l join facility f on f.facility_id = l.facility_id"                                                           \
    "  left join municipality m on m.code = l.keeper left join survey s on s.survey_id = l.survey_id"
/* Of a survey, or the confirmations of the own municipality (for who acts for the region: all). */
#define OPEN_OF(survey) "l.answered_at is null and l.survey_id is not distinct from " survey "::uuid"
#define HAS_MAIL "exists (select from facility f where f.facility_id = l.facility_id and f.email is not null)"

const struct db_statement letter_statements[] = {
    [BY_ID] = { "letter_by_id", LETTER " where l.letter_id = $1::uuid" },
    [BY_CODE] = { "letter_by_code", LETTER " where l.code = $1" },
    [OUTSTANDING] = { "letters_outstanding",
        LETTER " where " OPEN_OF ("$1") " and ($2::uuid is null or l.letter_id = $2::uuid)"
        " and ($3::uuid is null or l.letter_id > $3::uuid) order by l.letter_id limit $4::bigint" },
    [ANSWER] = { "letter_answer",
        "update facility_letter set answered_at = guard.to_time ($2::bigint), way = $3::smallint, answered_by = $4, set_by = $5::uuid, ask_at = null"
        " where letter_id = $1::uuid and answered_at is null" },
    [CLOSE] = { "letter_close",
        "update facility_letter set answered_at = guard.to_time ($2::bigint), way = 3, set_by = $3::uuid, ask_at = null"
        " where facility_id = $1::uuid and survey_id is null and answered_at is null" },
    [ADD] = { "letters_add",
        "insert into facility_letter (letter_id, facility_id, keeper, survey_id, code, made_at, ask_at, valid_until)"
        " select n.letter_id, n.facility_id, $3, $4::uuid, n.code, guard.to_time ($6::bigint),"
        "        case when f.email is not null then guard.to_time ($6::bigint) end, guard.to_time ($7::bigint)"
        "   from unnest ($1::text[]::uuid[], $2::text[]::uuid[], $5::text[]) as n (letter_id, facility_id, code)"
        "   join facility f on f.facility_id = n.facility_id" },
    [GO] = { "letters_go",
        "with gone as ("
        "  update facility_letter l set ask_at = case when $2::boolean then guard.to_time ($3::bigint) end,"
        "         asked_at = case when $2::boolean then l.asked_at else guard.to_time ($3::bigint) end,"
        "         asked = l.asked + case when $2::boolean then 0 else 1 end,"
        "         valid_until = greatest (l.valid_until, guard.to_time ($3::bigint) + $5::bigint * interval '1 day')"
        "   where " OPEN_OF ("$1") " and coalesce (l.asked_at <= guard.to_time ($4::bigint), true) and " HAS_MAIL " = $2::boolean"
        "     and not ($2::boolean and coalesce (l.ask_at <= guard.to_time ($3::bigint), false))"
        "  returning l.letter_id)"
        " select count (*) as count from gone" },
    [DUE] = { "letters_due",
        "select u.facility_id from facility_upkeep u join facility f on f.facility_id = u.facility_id"
        "  left join upkeep_setting s on s.keeper = f.municipality"
        " where f.municipality is not null and f.not_in_latest is null and u.counted_from + coalesce (s.months, 12) * interval '1 month' <= guard.to_time ($1::bigint)"
        "   and not exists (select from facility_letter l where l.facility_id = u.facility_id and l.survey_id is null and l.answered_at is null)"
        " order by u.counted_from, u.facility_id limit $2::bigint" },
    [ADD_DUE] = { "letters_add_due",
        "insert into facility_letter (letter_id, facility_id, keeper, code, made_at, ask_at, valid_until)"
        " select $1::uuid, f.facility_id, f.municipality, $3, guard.to_time ($4::bigint),"
        "        case when f.email is not null then guard.to_time ($4::bigint) end, guard.to_time ($4::bigint) + $5::bigint * interval '1 day'"
        "   from facility f where f.facility_id = $2::uuid on conflict do nothing" },
    [TAKE_DUE] = { "letters_take_due",
        "with due as ("
        "  select l.letter_id, f.email, f.name from facility_letter l join facility f on f.facility_id = l.facility_id"
        "   where l.ask_at <= guard.to_time ($1::bigint) and l.answered_at is null order by l.ask_at, l.letter_id limit $2::bigint"
        "   for update of l)"
        " update facility_letter l set asked = l.asked + 1, asked_at = guard.to_time ($1::bigint),"
        "        ask_at = case when l.survey_id is null and l.asked + 1 < $3::bigint then guard.to_time ($1::bigint) + $4::bigint * interval '1 day' end,"
        "        valid_until = greatest (l.valid_until, case when l.survey_id is null"
        "                                then guard.to_time ($1::bigint) + $5::bigint * interval '1 day' else l.valid_until end)"
        "   from due where due.letter_id = l.letter_id"
        " returning l.letter_id, l.facility_id, l.keeper, due.name, due.email, l.survey_id is null as regular, l.asked > 1 as again,"
        "           guard.to_us (l.valid_until) as valid_until" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

/* ---- reading -------------------------------------------------------------------------------------------------------------------- */

static struct letter letter_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct letter) {
        .letter_id = db_copy_text (rows, i, "letter_id", arena), .facility_id = db_copy_text (rows, i, "facility_id", arena),
        .survey_id = db_copy_text (rows, i, "survey_id", arena), .name = db_copy_text (rows, i, "name", arena),
        .service = db_copy_text (rows, i, "service", arena), .keeper = db_copy_text (rows, i, "keeper", arena),
        .keeper_name = db_copy_text (rows, i, "keeper_name", arena), .desk_phone = db_copy_text (rows, i, "desk_phone", arena),
        .fax = db_copy_text (rows, i, "fax", arena), .code = db_copy_text (rows, i, "code", arena),
        .title = db_copy_text (rows, i, "title", arena), .intro = db_copy_text (rows, i, "intro", arena),
        .items = (uint64_t) db_get_number (rows, i, "items"), .valid_until = db_get_number (rows, i, "valid_until"),
        .due = db_get_number (rows, i, "due"), .answered = db_get_flag (rows, i, "answered") };
}

static int read_one (struct request *request, int statement, const char *key, struct letter *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, key);
    if (db_run (request->db, &letter_statements[statement], &args, &rows, err) < 0)
        return -1;
    *ret = db_count (rows) > 0 ? letter_of (rows, 0, request->arena) : (struct letter) { 0 };
    return 0;
}

int letter_by_id (struct request *request, const char *letter_id, struct letter *ret, struct error *err)
{
    return read_one (request, BY_ID, letter_id, ret, err);
}

int letter_by_code (struct request *request, const char *code, struct letter *ret, struct error *err)
{
    return read_one (request, BY_CODE, code, ret, err);
}

int letters_outstanding (struct request *request, const struct letter_papers *wanted, struct letter_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, wanted->survey_id);
    db_text (&args, wanted->letter_id);
    db_text (&args, wanted->after);
    db_number (&args, LETTERS_A_FILE);
    if (db_run (request->db, &letter_statements[OUTSTANDING], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (request->arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = letter_of (rows, (int) i, request->arena);
    return 0;
}

/* ---- answers -------------------------------------------------------------------------------------------------------------------- */

int letter_store_answer (struct request *request, const char *letter_id, enum letter_way way, const char *answered_by, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, letter_id);
    db_time (&args, request->now);
    db_number (&args, way);
    db_text (&args, answered_by);
    db_text (&args, request->actor->person_id);
    return db_queue_expect (request->db, &letter_statements[ANSWER], &args, 1, ERROR_LETTER_ANSWERED, err);
}

int letter_close_confirmation (struct request *request, const char *facility_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, facility_id);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    return db_queue (request->db, &letter_statements[CLOSE], &args, err);
}

/* ---- sending -------------------------------------------------------------------------------------------------------------------- */

static const char *fresh_id (struct arena *arena)
{
    char *id = arena_alloc (arena, UUID_TEXT);

    uuid_new (id);
    return id;
}

static const char *fresh_code (struct arena *arena)
{
    char *code = arena_alloc (arena, LETTER_CODE + 1);

    letter_code_new (code);
    return code;
}

int letters_add (struct request *request, const char *survey_id, const char *keeper, struct text_list facilities, int64_t valid_until,
                 struct error *err)
{
    const char **ids = arena_alloc (request->arena, (facilities.count + 1) * sizeof *ids);
    const char **codes = arena_alloc (request->arena, (facilities.count + 1) * sizeof *codes);
    struct db_args args = { 0 };

    for (size_t i = 0; i < facilities.count; i++) {
        ids[i] = fresh_id (request->arena);
        codes[i] = fresh_code (request->arena);
    }
    db_text_list (&args, request->arena, (struct text_list) { ids, facilities.count });
    db_text_list (&args, request->arena, facilities);
    db_text (&args, keeper);
    db_text (&args, survey_id);
    db_text_list (&args, request->arena, (struct text_list) { codes, facilities.count });
    db_time (&args, request->now);
    db_time (&args, valid_until);
    return db_queue (request->db, &letter_statements[ADD], &args, err);
}

int letters_go (struct request *request, const struct letters_send *message, int64_t not_since, int64_t *ret_count, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, message->survey_id);
    db_flag (&args, message->way == LETTER_WAY_LINK);
    db_time (&args, request->now);
    db_time (&args, not_since);
    db_number (&args, message->survey_id ? LATE_DAYS : LINK_DAYS);
    if (db_run (request->db, &letter_statements[GO], &args, &rows, err) < 0)
        return -1;
    *ret_count = db_get_number (rows, 0, "count");
    return 0;
}

/* ---- the job -------------------------------------------------------------------------------------------------------------------- */

static int add_one (struct job_run *run, const char *facility_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, fresh_id (run->arena));
    db_text (&args, facility_id);
    db_text (&args, fresh_code (run->arena));
    db_time (&args, run->now);
    db_number (&args, LINK_DAYS);
    return db_queue (run->db, &letter_statements[ADD_DUE], &args, err);
}

int letters_add_due (struct job_run *run, int64_t *ret_count, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, run->now);
    db_number (&args, LETTERS_A_RUN);
    if (db_run (run->db, &letter_statements[DUE], &args, &rows, err) < 0)
        return -1;
    *ret_count = db_count (rows);
    for (int i = 0; i < db_count (rows); i++)
        if (add_one (run, db_copy_text (rows, i, "facility_id", run->arena), err) < 0)
            return -1;
    return 0;
}

int letters_take_due (struct job_run *run, struct letter_due_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, run->now);
    db_number (&args, LETTERS_A_RUN);
    db_number (&args, ASKED_MOST);
    db_number (&args, REMIND_CONFIRMATION_DAYS);
    db_number (&args, LINK_DAYS);
    if (db_run (run->db, &letter_statements[TAKE_DUE], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (run->arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct letter_due) {
            .letter_id = db_copy_text (rows, i, "letter_id", run->arena), .facility_id = db_copy_text (rows, i, "facility_id", run->arena),
            .keeper = db_copy_text (rows, i, "keeper", run->arena), .name = db_copy_text (rows, i, "name", run->arena),
            .email = db_copy_text (rows, i, "email", run->arena), .again = db_get_flag (rows, i, "again"),
            .kind = db_get_flag (rows, i, "regular") ? LETTER_KIND_CONFIRMATION : LETTER_KIND_SURVEY,
            .until = db_get_number (rows, i, "valid_until") };
    return 0;
}
