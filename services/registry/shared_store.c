/* shared_store.c - see shared_store.h. */
#include "shared_store.h"

enum { IN_USE, NOTE, SIGNS, STATEMENT_COUNT };

const struct db_statement shared_statements[STATEMENT_COUNT + 1] = {
    [IN_USE] = { "shared_in_use",
        "select person_id, device, source from session s"
        " where s.ended_at is null and s.seen_at > guard.to_time ($1::bigint) and s.expires_at > guard.to_time ($1::bigint)"
        "   and exists (select from session t where t.person_id = s.person_id and t.session_id <> s.session_id and t.ended_at is null"
        "                  and t.seen_at > guard.to_time ($1::bigint))"
        " order by person_id, started_at limit 2000" },
    [NOTE] = { "shared_note",
        "insert into shared_sign as s (person_id, day, first_at, last_at, devices, places)"
        " values ($1::uuid, (guard.to_time ($2::bigint) at time zone 'Asia/Tokyo')::date, guard.to_time ($2::bigint), guard.to_time ($2::bigint),"
        "         $3::text[], $4::bigint)"
        " on conflict (person_id, day) do update set last_at = excluded.last_at, devices = excluded.devices,"
        "    places = greatest (s.places, excluded.places)" },
    [SIGNS] = { "shared_signs",
        "select s.person_id, p.name, s.day::text as day, guard.to_us (s.last_at) as last_at, s.devices, s.places"
        "  from membership m join shared_sign s on s.person_id = m.person_id join person p on p.person_id = m.person_id"
        " where m.office_id = $1::uuid and m.ended_at is null and s.last_at > guard.to_time ($2::bigint) - interval '90 days'"
        " order by s.last_at desc, s.person_id limit 50" },
};

int shared_store_in_use (struct db *db, int64_t now, struct arena *arena, struct shared_person **ret, size_t *ret_count, struct error *err)
{
    struct db_args args = { 0 };
    struct shared_use *uses;
    struct shared_person *people;
    size_t count = 0;
    DB_ROWS (rows);

    db_time (&args, now - SHARED_MINUTES * 60 * 1000000ll);
    if (db_run (db, &shared_statements[IN_USE], &args, &rows, err) < 0)
        return -1;
    uses = arena_alloc (arena, ((size_t) db_count (rows) + 1) * sizeof *uses);
    people = arena_alloc (arena, ((size_t) db_count (rows) + 1) * sizeof *people);
    for (int i = 0; i < db_count (rows); i++) {
        const char *person = db_copy_text (rows, i, "person_id", arena);

        uses[i] = (struct shared_use) { db_copy_text (rows, i, "device", arena), db_copy_text (rows, i, "source", arena) };
        if (count == 0 || strcmp (people[count - 1].person_id, person) != 0)
            people[count++] = (struct shared_person) { person, &uses[i], 0 };
        people[count - 1].count++;
    }
    *ret = people;
    *ret_count = count;
    return 0;
}

int shared_store_note (struct db *db, const char *person_id, struct text_list devices, int64_t places, int64_t now, struct arena *arena,
                       struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, person_id);
    db_time (&args, now);
    db_text_list (&args, arena, devices);
    db_number (&args, places);
    return db_queue (db, &shared_statements[NOTE], &args, err);
}

int shared_store_signs (struct db *db, const char *office_id, int64_t now, struct arena *arena, struct shared_sign_list *ret,
                        struct error *err)
{
    struct db_args args = { 0 };
    struct shared_sign *items;
    DB_ROWS (rows);

    db_text (&args, office_id);
    db_time (&args, now);
    if (db_run (db, &shared_statements[SIGNS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, ((size_t) db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct shared_sign) { .person_id = db_copy_text (rows, i, "person_id", arena), .name = db_copy_text (rows, i, "name", arena),
                                          .day = db_copy_text (rows, i, "day", arena), .last_at = db_get_number (rows, i, "last_at"),
                                          .devices = db_copy_text_list (rows, i, "devices", arena),
                                          .places = db_get_number (rows, i, "places") };
    *ret = (struct shared_sign_list) { items, (size_t) db_count (rows) };
    return 0;
}
