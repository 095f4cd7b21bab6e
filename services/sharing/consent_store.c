#include "consent_store.h"

enum { LIST, ADD, WITHDRAW, MUNICIPALITY, OPEN, TURN, STATEMENT_COUNT };

const struct db_statement consent_statements[STATEMENT_COUNT + 1] = {
    [LIST] = { "consent_list",
        "select * from (select c.consent_id, c.scope, c.giver, c.giver_name, c.relation, c.method, c.rotation_id, c.from_date::text,"
        "                      c.to_date::text, c.recorded_by, guard.to_us (c.recorded_at) as recorded_at,"
        "                      guard.to_us (c.withdrawn_at) as withdrawn_at"
        "                 from consent c where c.municipality = $1 and c.patient_id = $2::uuid"
        "                order by c.withdrawn_at is not null, c.recorded_at desc, c.consent_id limit 60) newest"
        " order by recorded_at, consent_id" },
    [ADD] = { "consent_add",
        "insert into consent (municipality, patient_id, consent_id, scope, giver, giver_name, relation, method, rotation_id, from_date,"
        "                     to_date, recorded_by, recorded_office, recorded_at, in_force)"
        " values ($1, $2::uuid, $3::uuid, $4::smallint, $5::smallint, $6, $7, $8::smallint, $9::uuid, $10::date, $11::date, $12::uuid,"
        "         $13::uuid, guard.to_time ($14::bigint), $15::boolean)" },
    [WITHDRAW] = { "consent_withdraw",
        "update consent set withdrawn_at = guard.to_time ($4::bigint), withdrawn_by = $5::uuid, in_force = false"
        " where municipality = $1 and patient_id = $2::uuid and consent_id = $3::uuid and withdrawn_at is null" },
    [MUNICIPALITY] = { "consent_municipality", "select municipality from patient where patient_id = $1::uuid" },
    [OPEN] = { "consent_open",
        "select access_open ($1, $2::uuid, $3::uuid, $4::smallint, $5::uuid, $6::uuid, guard.to_time ($7::bigint))" },
    [TURN] = { "consent_turn",
        "with turned as ("
        "    (select municipality, patient_id, consent_id from consent"
        "      where not in_force and withdrawn_at is null and from_date <= $1::date and (to_date is null or to_date >= $1::date)"
        "      order by from_date limit $2::bigint)"
        "    union all"
        "    (select municipality, patient_id, consent_id from consent where in_force and to_date < $1::date"
        "      order by to_date limit $2::bigint)"
        " ), marked as ("
        "    update consent c set in_force = not c.in_force from turned t"
        "     where c.municipality = t.municipality and c.patient_id = t.patient_id and c.consent_id = t.consent_id"
        "    returning c.municipality, c.patient_id"
        " ) select distinct municipality, patient_id from marked order by patient_id" },
};

int consent_store_list (struct db *db, struct arena *arena, const char *municipality, const char *patient_id, struct consent_list *ret,
                        struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, municipality);
    db_text (&args, patient_id);
    if (db_run (db, &consent_statements[LIST], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 2) * sizeof *ret->items);        /* room for one more */
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct consent_view) { .consent_id = db_copy_text (rows, i, "consent_id", arena),
                                                .scope = (enum consent_scope) db_get_number (rows, i, "scope"),
                                                .giver = (enum consent_giver) db_get_number (rows, i, "giver"),
                                                .giver_name = db_copy_text (rows, i, "giver_name", arena),
                                                .relation = db_copy_text (rows, i, "relation", arena),
                                                .method = (enum consent_method) db_get_number (rows, i, "method"),
                                                .rotation_id = db_copy_text (rows, i, "rotation_id", arena),
                                                .from = db_copy_text (rows, i, "from_date", arena),
                                                .to = db_copy_text (rows, i, "to_date", arena),
                                                .recorded_by = db_copy_text (rows, i, "recorded_by", arena),
                                                .recorded_at = db_get_number (rows, i, "recorded_at"),
                                                .has_withdrawn_at = !db_is_null (rows, i, "withdrawn_at"),
                                                .withdrawn_at = db_get_number (rows, i, "withdrawn_at") };
    return 0;
}

int consent_store_add (struct request *request, const char *municipality, const struct consent_record *consent, bool in_force,
                       struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, consent->patient_id);
    db_text (&args, consent->consent_id);
    db_number (&args, consent->scope);
    db_number (&args, consent->giver);
    db_text (&args, consent->giver_name);
    db_text (&args, consent->relation);
    db_number (&args, consent->method);
    db_text (&args, consent->rotation_id);
    db_text (&args, consent->from);
    db_text (&args, consent->to);
    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    db_time (&args, request->now);
    db_flag (&args, in_force);
    return db_queue_expect (request->db, &consent_statements[ADD], &args, 1, ERROR_ALREADY_THERE, err);
}

int consent_store_withdraw (struct request *request, const char *municipality, const struct consent_withdraw *consent, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, consent->patient_id);
    db_text (&args, consent->consent_id);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    return db_queue_expect (request->db, &consent_statements[WITHDRAW], &args, 1, ERROR_NOT_FOR_YOU, err);
}

int consent_store_municipality (struct db *db, struct arena *arena, const char *patient_id, const char **ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, patient_id);
    if (db_run (db, &consent_statements[MUNICIPALITY], &args, &rows, err) < 0)
        return -1;
    *ret = db_count (rows) > 0 ? db_copy_text (rows, 0, "municipality", arena) : NULL;
    return 0;
}

int consent_store_open (struct db *db, const char *municipality, const struct alert_person_asked *asked, int ground,
                        const char *consent_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, asked->patient_id);
    db_text (&args, asked->office_id);
    db_number (&args, ground);
    db_text (&args, asked->alert_id);
    db_text (&args, consent_id);
    db_time (&args, asked->until);
    return db_queue (db, &consent_statements[OPEN], &args, err);
}

int consent_store_turn (struct db *db, struct arena *arena, const char *today, int64_t most, struct patient_key_list *ret,
                        struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, today);
    db_number (&args, most);
    if (db_run (db, &consent_statements[TURN], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct patient_key) { db_copy_text (rows, i, "municipality", arena), db_copy_text (rows, i, "patient_id", arena) };
    return 0;
}
