/* staff_list_store.c - see staff_list_store.h. */
#include "staff_list_store.h"

#include "people_store.h"

enum { OFFICES, OFFICE, PEOPLE, STATEMENT_COUNT };

#define OFFICE_COLUMNS "o.office_id, o.name, o.municipality, o.phone, o.duty_phone, o.email, o.facility_number," \
                       " (select count (distinct m.person_id) from membership m" \
                       "   where m.municipality = o.municipality and m.office_id = o.office_id and m.ended_at is null) as people," \
                       " t.open"

const struct db_statement staff_list_statements[] = {
    [OFFICES] = { "staff_list_offices",
        "select " OFFICE_COLUMNS ", t.looked_at < guard.to_time ($5::bigint) - interval '1 year' as review_due,"
        "       (select count (distinct s.person_id) from membership m join shared_sign s on s.person_id = m.person_id"
        "         where m.municipality = o.municipality and m.office_id = o.office_id and m.ended_at is null"
        "           and s.last_at > guard.to_time ($5::bigint) - interval '90 days') as shared_ids"
        "  from office o join office_standing t on t.office_id = o.office_id"
        " where ($1::text is null or o.municipality = $1)"
        "   and (not $6::boolean or o.office_id = any ((select managed_offices ())::uuid[]))"
        "   and (not $7::boolean or t.looked_at < guard.to_time ($5::bigint) - interval '1 year') and ($2::text is null or position ($2 in o.search) > 0)"
        "   and ($3::uuid is null or (o.municipality, o.name, o.office_id) >"
        "        (select p.municipality, p.name, p.office_id from office p where p.office_id = $3::uuid))"
        " order by o.municipality, o.name, o.office_id limit $4::bigint" },
    [OFFICE] = { "staff_list_office", "select " OFFICE_COLUMNS " from office o join office_standing t on t.office_id = o.office_id where o.office_id = $1::uuid" },
    [PEOPLE] = { "staff_list_people",
        "select p.person_id, p.name, p.name_kana, p.email, p.phone, m.roles, guard.to_us (m.since) as since, a.login,"
        "       (select count (*) from passkey k where k.person_id = p.person_id) as passkeys,"
        "       a.course_left, guard.to_us ((select max (e.seen_at) from session e where e.person_id = p.person_id)) as last_used,"
        "       a.recorded_at < guard.to_time ($2::bigint) - interval '60 days'"
        "       and not exists (select from session e where e.person_id = p.person_id and e.seen_at > guard.to_time ($2::bigint) - interval '60 days') as unused,"
        "       s.municipalities, s.runs_region, s.inside, s.outside, s.unplaced, s.staffs"
        "  from membership m join person p on p.person_id = m.person_id"
        "  left join account a on a.person_id = p.person_id"
        "  cross join lateral standing_of (p.person_id) s"
        " where m.office_id = $1::uuid and m.ended_at is null order by p.name_kana, p.person_id limit 200" },
    [STATEMENT_COUNT] = { 0 },
};

static struct office_line line_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct office_line) { .office_id = db_copy_text (rows, i, "office_id", arena), .name = db_copy_text (rows, i, "name", arena),
        .municipality = db_copy_text (rows, i, "municipality", arena), .phone = db_copy_text (rows, i, "phone", arena),
        .duty_phone = db_copy_text (rows, i, "duty_phone", arena), .email = db_copy_text (rows, i, "email", arena),
        .facility_number = db_copy_text (rows, i, "facility_number", arena), .people = db_get_number (rows, i, "people"),
        .has_open = true, .open = db_get_flag (rows, i, "open") };
}

int staff_list_offices (struct db *db, const struct office_wish *wish, struct arena *arena, struct office_line_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct office_line *items;
    DB_ROWS (rows);

    db_text (&args, wish->municipality);
    db_text (&args, wish->folded);
    db_text (&args, wish->after);
    db_number (&args, wish->limit);
    db_time (&args, wish->now);
    db_flag (&args, wish->managed);
    db_flag (&args, wish->due);
    if (db_run (db, &staff_list_statements[OFFICES], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++) {
        items[i] = line_of (rows, i, arena);
        items[i].has_review_due = true;
        items[i].review_due = db_get_flag (rows, i, "review_due");
        items[i].has_shared_ids = true;
        items[i].shared_ids = db_get_number (rows, i, "shared_ids");
    }
    *ret = (struct office_line_list) { items, (size_t) db_count (rows) };
    return 0;
}

int staff_list_office (struct db *db, const char *office_id, struct arena *arena, struct office_line **ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = NULL;
    db_text (&args, office_id);
    if (db_run (db, &staff_list_statements[OFFICE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    *ret = arena_alloc (arena, sizeof **ret);
    **ret = line_of (rows, 0, arena);
    return 0;
}

static struct office_person person_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct office_person) { .person_id = db_copy_text (rows, i, "person_id", arena), .name = db_copy_text (rows, i, "name", arena),
        .name_kana = db_copy_text (rows, i, "name_kana", arena), .email = db_copy_text (rows, i, "email", arena),
        .phone = db_copy_text (rows, i, "phone", arena), .roles = roles_of_names (arena, db_copy_text_list (rows, i, "roles", arena)),
        .since = db_get_number (rows, i, "since"), .login = db_copy_text (rows, i, "login", arena),
        .passkeys = db_get_number (rows, i, "passkeys"),
        .has_last_used = !db_is_null (rows, i, "last_used"), .last_used = db_get_number (rows, i, "last_used"),
        .has_unused = true, .unused = db_get_flag (rows, i, "unused"),
        .has_course_due = true, .course_due = db_get_number (rows, i, "course_left") > 0 };
}

int staff_list_people (struct db *db, const char *office_id, int64_t now, struct arena *arena, struct office_person_list *ret,
                       struct standing **ret_standings, struct error *err)
{
    struct db_args args = { 0 };
    struct office_person *items;
    struct standing *standings;
    DB_ROWS (rows);

    db_text (&args, office_id);
    db_time (&args, now);
    if (db_run (db, &staff_list_statements[PEOPLE], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));
    standings = arena_alloc (arena, sizeof *standings * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++) {
        items[i] = person_of (rows, i, arena);
        standings[i] = people_store_standing_at (rows, i, arena);
    }
    *ret = (struct office_person_list) { items, (size_t) db_count (rows) };
    *ret_standings = standings;
    return 0;
}
