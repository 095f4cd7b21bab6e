/* night_store.c - see night_store.h. */
#include "night_store.h"
#include "bits.h"
#include "night_rules.h"

enum { PUT_ENTRUSTS, ADD, CLOSE, READ, READERS, LETTERS, UNREAD };

enum { AT_ONCE = 200 };

const struct db_statement night_statements[] = {
    [PUT_ENTRUSTS] = { "night_put_entrusts",
        "insert into night_entrust as t (municipality, patient_id, offices, from_us, until_us, bands, call_doctor, version)"
        " values ($1, $2::uuid, $3::text[]::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[]::int[]::boolean[], $8::bigint)"
        " on conflict (municipality, patient_id) do update set offices = excluded.offices, from_us = excluded.from_us,"
        "    until_us = excluded.until_us, bands = excluded.bands, call_doctor = excluded.call_doctor, version = excluded.version"
        "  where t.version < excluded.version" },
    [ADD] = { "night_report_add",
        "insert into night_report (municipality, patient_id, visit_id, office_id, reported_by, reported_at, next_action_at)"
        " values ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, guard.to_time ($6::bigint), guard.to_time ($7::bigint)) on conflict do nothing" },
    [CLOSE] = { "night_report_close",
        "update night_report set step = 2, next_action_at = null"
        " where municipality = $1 and patient_id = $2::uuid and visit_id = $3::uuid and step < 2" },
    [READ] = { "night_report_read",
        "update night_report set step = 2, next_action_at = null, read_at = coalesce (read_at, guard.to_time ($4::bigint)),"
        "       read_by = coalesce (read_by, $5::uuid)"
        " where municipality = $1 and patient_id = $2::uuid and visit_id = $3::uuid" },
    [READERS] = { "night_readers",
        "select coalesce (array_agg (distinct person_id::text), '{}') as people from team_seat"
        " where patient_id = $1::uuid and seat in (1, 2, 4)" },
    [LETTERS] = { "night_letters",
        "with due as ("
        "    select municipality, patient_id, visit_id from night_report where step = 0 and next_action_at <= guard.to_time ($1::bigint)"
        "     order by next_action_at limit $3::bigint for no key update skip locked"
        " ), moved as ("
        "    update night_report r set step = 1, next_action_at = guard.to_time ($2::bigint) from due d"
        "     where r.municipality = d.municipality and r.patient_id = d.patient_id and r.visit_id = d.visit_id"
        "    returning r.municipality, r.patient_id"
        " )"
        " select m.municipality, s.person_id, count (*) as reports"
        "   from moved m join team_seat s on s.municipality = m.municipality and s.patient_id = m.patient_id and s.seat in (1, 2)"
        "  group by m.municipality, s.person_id order by s.person_id" },
    /* 4: deputies; the clinic of the attending doctor: doctors and proxies (8 + 16); who visited: doctors and nurses (1 + 8); 32: rota office */
    [UNREAD] = { "night_unread",
        "with due as ("
        "    select municipality, patient_id, visit_id from night_report where step = 1 and next_action_at <= guard.to_time ($1::bigint)"
        "     order by next_action_at limit $4::bigint for no key update skip locked"
        " ), moved as ("
        "    update night_report r set reminded = r.reminded + 1, step = case when r.reminded + 1 < $3::bigint then 1 else 2 end,"
        "           next_action_at = case when r.reminded + 1 < $3::bigint then guard.to_time ($2::bigint) end"
        "      from due d where r.municipality = d.municipality and r.patient_id = d.patient_id and r.visit_id = d.visit_id"
        "    returning r.municipality, r.patient_id, r.visit_id, r.office_id"
        " )"
        " select m.municipality, m.patient_id, m.visit_id,"
        "        (select coalesce (array_agg (distinct q.person::text), '{}') from ("
        "            select s.person_id as person from team_seat s"
        "             where s.municipality = m.municipality and s.patient_id = m.patient_id and s.seat in (1, 2)"
        "            union select w.person_id from team_seat s join membership w on w.office_id = s.office_id and w.roles & 24 <> 0"
        "             where s.municipality = m.municipality and s.patient_id = m.patient_id and s.seat = 1"
        "            union select w.person_id from membership w where w.office_id = m.office_id and w.roles & 9 <> 0"
        "            union select w.person_id from membership w where w.located_in = m.municipality and w.roles & 32 <> 0) q) as people"
        "   from moved m order by m.patient_id, m.visit_id" },
    { NULL, NULL },
};

static struct db_args whose (const char *municipality, const char *patient_id)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, patient_id);
    return args;
}

int night_entrust_put (struct db *db, struct arena *arena, const struct night_entrust_changed *event, const char *municipality,
                       int64_t version, struct error *err)
{
    struct db_args args = whose (municipality, event->patient_id);
    size_t count = event->entrusts.count;
    const char **offices = arena_alloc (arena, (count + 1) * sizeof *offices);
    int64_t *numbers = arena_alloc (arena, 4 * (count + 1) * sizeof *numbers);

    for (size_t i = 0; i < count; i++) {
        const struct night_entrust_known *known = &event->entrusts.items[i];

        offices[i] = known->office_id;
        numbers[i] = known->from;
        numbers[count + i] = known->until;
        numbers[2 * count + i] = bits_of_enums (known->bands);
        numbers[3 * count + i] = known->call_doctor;
    }
    db_text_list (&args, arena, (struct text_list) { .items = offices, .count = count });
    for (size_t i = 0; i < 4; i++)
        db_number_list (&args, arena, (struct i64_list) { .items = numbers + i * count, .count = count });
    db_number (&args, version);
    return db_queue (db, &night_statements[PUT_ENTRUSTS], &args, err);
}

int night_report_add (struct db *db, const struct night_visit_reported *event, const char *municipality, int64_t letter_at,
                      struct error *err)
{
    struct db_args args = whose (municipality, event->patient_id), corrected = args;

    db_text (&args, event->visit_id);
    db_text (&args, event->office_id);
    db_text (&args, event->by);
    db_time (&args, event->reported_at);
    db_time (&args, letter_at);
    if (db_queue (db, &night_statements[ADD], &args, err) < 0)
        return -1;
    if (!event->corrects)
        return 0;
    db_text (&corrected, event->corrects);
    return db_queue (db, &night_statements[CLOSE], &corrected, err);
}

int night_report_read (struct db *db, const struct night_visit_read *event, const char *municipality, int64_t at, struct error *err)
{
    struct db_args args = whose (municipality, event->patient_id);

    db_text (&args, event->visit_id);
    db_time (&args, at);
    db_text (&args, event->by);
    return db_queue (db, &night_statements[READ], &args, err);
}

int night_readers (struct db *db, struct arena *arena, const char *patient_id, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, patient_id);
    if (db_run (db, &night_statements[READERS], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "people", arena);
    return 0;
}

int night_letters_due (struct db *db, struct arena *arena, int64_t now, int64_t read_by, struct night_addressees *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, now);
    db_time (&args, read_by);
    db_number (&args, AT_ONCE);
    if (db_run (db, &night_statements[LETTERS], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct night_addressee) { db_copy_text (rows, i, "municipality", arena),
            db_copy_text (rows, i, "person_id", arena), db_get_number (rows, i, "reports") };
    return 0;
}

int night_unread_due (struct db *db, struct arena *arena, int64_t now, int64_t again_at, struct night_unread_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, now);
    db_time (&args, again_at);
    db_number (&args, NIGHT_REMINDERS_MOST);
    db_number (&args, AT_ONCE);
    if (db_run (db, &night_statements[UNREAD], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct night_unread) { db_copy_text (rows, i, "municipality", arena), db_copy_text (rows, i, "patient_id", arena),
            db_copy_text (rows, i, "visit_id", arena), db_copy_text_list (rows, i, "people", arena) };
    return 0;
}
