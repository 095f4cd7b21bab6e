/* facility_review_store.c - see facility_review_store.h. */
#include "facility_review_store.h"

enum { MARKS, GIVE, TAKE, LIST, COUNT, STATEMENT_COUNT };

/* How far the proof of a facility is: enum proof_state; NULL: none was sent. */
#define PROOF                                                                                                                              \
    "(select case when v.answered_at is null then 1 when v.correction is null then 2 else 3 end from facility_proof v"                    \
    "  where v.facility_id = f.facility_id and (v.answered_at is null or v.newest) order by v.answered_at is null desc limit 1)"
/* $1 reviewed, $2 kind, $3 and $4 codes from and to, $5 how far the proof is. */
#define MATCHES                                                                                                                            \
    " (f.municipality = (select (facility_reader ()).keeper) or (select acts_for_region ()))"                                             \
    " and (r.facility_id is not null) = $1::boolean and ($2::text is null or f.service = $2) and f.located_in between $3 and $4"      \
    " and ($5::smallint is null or " PROOF " = $5::smallint)"
#define FROM " from facility f left join facility_review r on r.facility_id = f.facility_id and r.taken_at is null"

const struct db_statement facility_review_statements[] = {
    [MARKS] = { "facility_review_marks",
        "select f.facility_id, f.service, f.located_in, f.municipality, r.facility_id is not null as reviewed" FROM
        " where f.facility_id = any ($1::uuid[]) order by f.facility_id" },
    [GIVE] = { "facility_review_give",
        "insert into facility_review (facility_id, keeper, marked_by, marked_at) values ($1::uuid, $2, $3::uuid, guard.to_time ($4::bigint))"
        " on conflict (facility_id) where taken_at is null do nothing" },
    [TAKE] = { "facility_review_take",
        "update facility_review set taken_by = $2::uuid, taken_at = guard.to_time ($3::bigint), why = $4"
        " where facility_id = $1::uuid and taken_at is null" },
    [LIST] = { "facility_review_list",
        "select f.facility_id, f.name, f.service, coalesce (p.prefecture || p.name, m.prefecture || m.name, '') as place,"
        "       (select count(*) from facility_item i where i.facility_id = f.facility_id and i.until_at is null and i.shown_to & 4 <> 0)"
        "       as consented, w.name as marked_by, guard.to_us (r.marked_at) as marked_us, " PROOF " as proof" FROM
        "  left join facility_place p on p.located_in = f.located_in left join municipality m on m.code = f.located_in"
        "  left join person w on w.person_id = r.marked_by"
        " where" MATCHES " and (f.sort_key, f.facility_id) >"
        "       (coalesce ((select a.sort_key from facility a where a.facility_id = $6::uuid), ''),"
        "        coalesce ($6::uuid, '00000000-0000-0000-0000-000000000000'))"
        " order by f.sort_key, f.facility_id limit $7::int" },
    [COUNT] = { "facility_review_count", "select count(*) as count, count(x.proof) as proofs, count(*) filter (where x.proof = 2) as confirmed"
        "  from (select " PROOF " as proof" FROM " where" MATCHES " limit 10000) x" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

int facility_review_store_marks (struct request *request, struct text_list ids, struct facility_marks *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct facility_marked *items;
    DB_ROWS (rows);

    db_text_list (&args, request->arena, ids);
    if (db_run (request->db, &facility_review_statements[MARKS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, ((size_t) db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct facility_marked) { .facility_id = db_copy_text (rows, i, "facility_id", request->arena),
            .service = db_copy_text (rows, i, "service", request->arena), .located_in = db_copy_text (rows, i, "located_in", request->arena),
            .keeper = db_copy_text (rows, i, "municipality", request->arena), .reviewed = db_get_flag (rows, i, "reviewed") };
    *ret = (struct facility_marks) { items, (size_t) db_count (rows) };
    return 0;
}

int facility_review_store_give (struct request *request, const struct facility_marked *facility, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, facility->facility_id);
    db_text (&args, facility->keeper);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    return db_queue (request->db, &facility_review_statements[GIVE], &args, err);
}

int facility_review_store_take (struct request *request, const struct facility_marked *facility, const char *why, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, facility->facility_id);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    db_text (&args, why);
    return db_queue (request->db, &facility_review_statements[TAKE], &args, err);
}

static void put_wanted (struct db_args *args, const struct facility_review_wanted *wanted)
{
    db_flag (args, wanted->reviewed);
    db_text (args, wanted->service);
    db_text (args, wanted->low);
    db_text (args, wanted->high);
    db_optional (args, wanted->proof != 0, wanted->proof);
}

int facility_review_store_list (struct request *request, const struct facility_review_wanted *wanted, struct facility_review_line_list *ret,
                                struct error *err)
{
    struct arena *arena = request->arena;
    struct db_args args = { 0 };
    struct facility_review_line *lines;
    DB_ROWS (rows);

    put_wanted (&args, wanted);
    db_text (&args, wanted->after);
    db_number (&args, wanted->limit);
    if (db_run (request->db, &facility_review_statements[LIST], &args, &rows, err) < 0)
        return -1;
    lines = arena_alloc (arena, ((size_t) db_count (rows) + 1) * sizeof *lines);
    for (int i = 0; i < db_count (rows); i++)
        lines[i] = (struct facility_review_line) { .facility_id = db_copy_text (rows, i, "facility_id", arena),
            .name = db_copy_text (rows, i, "name", arena), .service = db_copy_text (rows, i, "service", arena),
            .municipality_name = db_copy_text (rows, i, "place", arena), .consented = db_get_number (rows, i, "consented"),
            .marked_by = db_copy_text (rows, i, "marked_by", arena), .has_marked_at = !db_is_null (rows, i, "marked_us"),
            .marked_at = db_get_number (rows, i, "marked_us"), .proof = (int) db_get_number (rows, i, "proof") };
    *ret = (struct facility_review_line_list) { lines, (size_t) db_count (rows) };
    return 0;
}

int facility_review_store_count (struct request *request, const struct facility_review_wanted *wanted, struct facility_review_counts *ret,
                                 struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    put_wanted (&args, wanted);
    if (db_run (request->db, &facility_review_statements[COUNT], &args, &rows, err) < 0)
        return -1;
    *ret = (struct facility_review_counts) { db_get_number (rows, 0, "count"), db_get_number (rows, 0, "proofs"),
                                             db_get_number (rows, 0, "confirmed") };
    return 0;
}
