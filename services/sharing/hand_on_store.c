/* hand_on_store.c - see hand_on_store.h. */
#include "hand_on_store.h"

enum { MOVE, COUNT, PEOPLE, PLACE, STATEMENT_COUNT };

const struct db_statement hand_on_statements[STATEMENT_COUNT + 1] = {
    [MOVE] = { "hand_on_move",
        "with old as (update care_team_member m set ended_at = coalesce (m.ended_at, guard.to_time ($6::bigint)), vacant = false,"
        "                    ended_by = coalesce (m.ended_by, $7::uuid)"
        "              where m.person_id = $1::uuid and m.office_id = $2::uuid and m.seat = $3::smallint and (m.ended_at is null or m.vacant)"
        "             returning municipality, patient_id),"
        " added as (insert into care_team_member (municipality, patient_id, member_id, seat, person_id, office_id, role, since, added_by)"
        "  select o.municipality, o.patient_id, gen_random_uuid (), $3::smallint, $4::uuid, $2::uuid, $5::smallint,"
        "         guard.to_time ($6::bigint), $7::uuid"
        "    from (select distinct municipality, patient_id from old) o"
        "   where not exists (select from care_team_member c where c.municipality = o.municipality and c.patient_id = o.patient_id"
        "                        and c.seat = $3::smallint and c.ended_at is null and c.person_id <> $1::uuid"
        "                        and ($8::boolean or (c.person_id = $4::uuid and c.office_id = $2::uuid))))"
        " select distinct municipality, patient_id from old order by patient_id" },
    [COUNT] = { "hand_on_count",
        "select s.person_id, coalesce (w.name, '') as name, s.seat, s.held, s.vacant from office_seats ($1::uuid) s"
        "  left join membership w on w.person_id = s.person_id and w.office_id = $1::uuid"
        " where s.held > 0 or s.vacant > 0 order by w.name, s.person_id, s.seat limit 500" },
    [PEOPLE] = { "hand_on_people",
        "select person_id, name, roles from membership where office_id = $1::uuid and roles <> 0 order by name, person_id limit 200" },
    [PLACE] = { "hand_on_place", "select located_in from office where office_id = $1::uuid" },
};

int hand_on_store_move (struct db *db, const struct hand_on *hand_on, struct arena *arena, struct patient_key_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, hand_on->person_id);
    db_text (&args, hand_on->office_id);
    db_number (&args, hand_on->seat);
    db_text (&args, hand_on->successor);
    db_number (&args, hand_on->role);
    db_time (&args, hand_on->now);
    db_text (&args, hand_on->by);
    db_flag (&args, hand_on->once);
    if (db_run (db, &hand_on_statements[MOVE], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct patient_key) { db_copy_text (rows, i, "municipality", arena), db_copy_text (rows, i, "patient_id", arena) };
    return 0;
}

int hand_on_store_count (struct db *db, const char *office_id, struct arena *arena, struct seat_count_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct seat_count *items;
    DB_ROWS (rows);

    db_text (&args, office_id);
    if (db_run (db, &hand_on_statements[COUNT], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, ((size_t) db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct seat_count) { .person_id = db_copy_text (rows, i, "person_id", arena),
                                         .name = db_copy_text (rows, i, "name", arena),
                                         .seat = (enum team_seat) db_get_number (rows, i, "seat"),
                                         .held = db_get_number (rows, i, "held"), .vacant = db_get_number (rows, i, "vacant") };
    *ret = (struct seat_count_list) { items, (size_t) db_count (rows) };
    return 0;
}

int hand_on_store_people (struct db *db, const char *office_id, struct arena *arena, struct seat_fit_list *ret, uint64_t **ret_roles,
                          struct error *err)
{
    struct db_args args = { 0 };
    struct seat_fit *items;
    DB_ROWS (rows);

    db_text (&args, office_id);
    if (db_run (db, &hand_on_statements[PEOPLE], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, ((size_t) db_count (rows) + 1) * sizeof *items);
    *ret_roles = arena_alloc (arena, ((size_t) db_count (rows) + 1) * sizeof **ret_roles);
    for (int i = 0; i < db_count (rows); i++) {
        items[i] = (struct seat_fit) { .person_id = db_copy_text (rows, i, "person_id", arena),
                                       .name = db_copy_text (rows, i, "name", arena) };
        (*ret_roles)[i] = (uint64_t) db_get_number (rows, i, "roles");
    }
    *ret = (struct seat_fit_list) { items, (size_t) db_count (rows) };
    return 0;
}

int hand_on_store_place (struct db *db, const char *office_id, struct arena *arena, const char **ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, office_id);
    if (db_run (db, &hand_on_statements[PLACE], &args, &rows, err) < 0)
        return -1;
    *ret = db_count (rows) > 0 ? db_copy_text (rows, 0, "located_in", arena) : NULL;
    return 0;
}
