#include "team_store.h"

enum { LIST, ROLES, ADD, END, LEAVE, SERVED_FROM, SERVED_BY, STATEMENT_COUNT };

const struct db_statement team_statements[STATEMENT_COUNT + 1] = {
    [LIST] = { "team_list",
        "select m.member_id, m.seat, m.person_id, coalesce (w.name, '') as name, m.role, m.office_id, coalesce (o.name, '') as office,"
        "       o.phone, guard.to_us (m.since) as since"
        "  from care_team_member m"
        "  left join membership w on w.person_id = m.person_id and w.office_id = m.office_id"
        "  left join office o on o.office_id = m.office_id"
        " where m.municipality = $1 and m.patient_id = $2::uuid and m.ended_at is null order by m.seat, m.since, m.member_id" },
    [ROLES] = { "team_roles", "select roles from membership where person_id = $1::uuid and office_id = $2::uuid" },
    [ADD] = { "team_add",
        "insert into care_team_member (municipality, patient_id, member_id, seat, person_id, office_id, role, since, added_by)"
        " values ($1, $2::uuid, $3::uuid, $4::smallint, $5::uuid, $6::uuid, $7::smallint, guard.to_time ($8::bigint), $9::uuid)" },
    [END] = { "team_end",
        "update care_team_member set ended_at = guard.to_time ($4::bigint), ended_by = $5::uuid"
        " where municipality = $1 and patient_id = $2::uuid and member_id = $3::uuid and ended_at is null" },
    [LEAVE] = { "team_leave",
        "with ended as (update care_team_member set ended_at = guard.to_time ($3::bigint), vacant = true"
        "                where person_id = $1::uuid and office_id = $2::uuid and ended_at is null"
        "               returning municipality, patient_id)"
        " select distinct municipality, patient_id from ended order by patient_id" },
    [SERVED_FROM] = { "team_served_from",
        "select m.municipality, m.patient_id from office o join care_team_member m on m.office_id = o.office_id and m.ended_at is null"
        " where o.located_in = $1 and m.municipality <> $1"
        " union select d.municipality, d.patient_id from office o join designated_hospital d on d.office_id = o.office_id"
        "                                                                                   and d.state in (1, 2)"
        " where o.located_in = $1 and d.municipality <> $1 order by patient_id" },
    [SERVED_BY] = { "team_served_by",
        "select municipality, patient_id from care_team_member where office_id = $1::uuid and ended_at is null"
        " union select municipality, patient_id from designated_hospital where office_id = $1::uuid and state in (1, 2)"
        " order by patient_id" },
};

int team_store_list (struct db *db, struct arena *arena, const char *municipality, const char *patient_id, struct team_list *ret,
                     struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, municipality);
    db_text (&args, patient_id);
    if (db_run (db, &team_statements[LIST], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct team_member) { .member_id = db_copy_text (rows, i, "member_id", arena),
                                               .seat = (enum team_seat) db_get_number (rows, i, "seat"),
                                               .person_id = db_copy_text (rows, i, "person_id", arena),
                                               .name = db_copy_text (rows, i, "name", arena),
                                               .role = (enum role) db_get_number (rows, i, "role"),
                                               .office_id = db_copy_text (rows, i, "office_id", arena),
                                               .office = db_copy_text (rows, i, "office", arena),
                                               .phone = db_copy_text (rows, i, "phone", arena),
                                               .since = db_get_number (rows, i, "since") };
    return 0;
}

int team_store_roles (struct db *db, const char *person_id, const char *office_id, uint64_t *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    db_text (&args, office_id);
    if (db_run (db, &team_statements[ROLES], &args, &rows, err) < 0)
        return -1;
    *ret = db_count (rows) > 0 ? (uint64_t) db_get_number (rows, 0, "roles") : 0;
    return 0;
}

int team_store_add (struct request *request, const char *municipality, const struct team_member_add *change, enum role role,
                    struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, change->patient_id);
    db_text (&args, change->member_id);
    db_number (&args, change->seat);
    db_text (&args, change->person_id);
    db_text (&args, change->office_id);
    db_number (&args, role);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    return db_queue_expect (request->db, &team_statements[ADD], &args, 1, ERROR_ALREADY_THERE, err);
}

int team_store_end (struct request *request, const char *municipality, const char *patient_id, const char *member_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, patient_id);
    db_text (&args, member_id);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    return db_queue_expect (request->db, &team_statements[END], &args, 1, ERROR_NOT_FOR_YOU, err);
}

static void copy_keys (const db_rows *rows, struct arena *arena, struct patient_key_list *ret)
{
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct patient_key) { db_copy_text (rows, i, "municipality", arena), db_copy_text (rows, i, "patient_id", arena) };
}

int team_store_leave (struct db *db, struct arena *arena, const char *person_id, const char *office_id, int64_t now,
                      struct patient_key_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    db_text (&args, office_id);
    db_time (&args, now);
    if (db_run (db, &team_statements[LEAVE], &args, &rows, err) < 0)
        return -1;
    copy_keys (rows, arena, ret);
    return 0;
}

static int served (struct db *db, struct arena *arena, int statement, const char *by, struct patient_key_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, by);
    if (db_run (db, &team_statements[statement], &args, &rows, err) < 0)
        return -1;
    copy_keys (rows, arena, ret);
    return 0;
}

int team_store_served_from (struct db *db, struct arena *arena, const char *municipality, struct patient_key_list *ret, struct error *err)
{
    return served (db, arena, SERVED_FROM, municipality, ret, err);
}

int team_store_served_by (struct db *db, struct arena *arena, const char *office_id, struct patient_key_list *ret, struct error *err)
{
    return served (db, arena, SERVED_BY, office_id, ret, err);
}
