/* roster_page_store.c - see roster_page_store.h. */
#include "roster_page_store.h"
#include "office_phone_store.h"

enum { ABSENCES, ROTATIONS_OF, CHAIN_HEAD, TEAM, PERSON, NUMBERS, DOCTORS_TOLD };

#define NAME_OF(column) \
    "(select m.name from membership m where m.person_id = " column " order by m.version desc limit 1)"

const struct db_statement roster_page_statements[] = {
    [ABSENCES] = { "page_absences",
        "select a.absence_id, a.person_id, " NAME_OF ("a.person_id") " as name, guard.to_us (a.from_at) as from_at,"
        "       guard.to_us (a.to_at) as to_at, a.reason"
        "  from absence a"
        " where a.removed_at is null and a.to_at > guard.now ()"
        "   and ($1::boolean or a.person_id = $2::uuid"
        "        or exists (select from membership m where m.person_id = a.person_id and m.office_id = $3::uuid and m.roles <> 0))"
        " order by a.from_at, a.absence_id limit 500" },
    [ROTATIONS_OF] = { "page_rotations_of",
        "select coalesce (array_agg (distinct r::text), '{}') as rotations from ("
        " select rotation_id from rotation_member where person_id = $1::uuid"
        " union select rotation_id from rotation_past where until_at > guard.to_time ($2::bigint) and $1::uuid = any (members)"
        " union select rotation_id from duty_change"
        "        where removed_at is null and add_person = $1::uuid and to_at > guard.to_time ($2::bigint) and rotation_id is not null"
        " union select m.rotation_id from duty_change d join rotation_member m on m.person_id = d.remove_person"
        "        where d.removed_at is null and d.rotation_id is null and d.add_person = $1::uuid and d.to_at > guard.to_time ($2::bigint)"
        " union select t.rotation_id from duty_table t join duty_entry e using (table_id)"
        "        where t.replaced_at is null and e.person_id = $1::uuid and e.to_at > guard.to_time ($2::bigint)"
        " ) found (r)" },
    [CHAIN_HEAD] = { "page_chain_head",
        "select c.version, guard.to_us (c.set_at) as set_at, " NAME_OF ("c.set_by") " as set_by, c.terminal, c.emergency_nursing"
        "  from chain c where c.patient_id = $1::uuid and c.terminal = $2::boolean order by c.version desc limit 1" },
    [TEAM] = { "page_team",
        "select coalesce (array_agg (distinct s.person_id::text), '{}') as people from team_seat s"
        " where s.patient_id = $1::uuid and s.seat in (1, 2, 4)" },
    [PERSON] = { "page_person",
        "select s.municipality from standing_to ($1::uuid) s"
        "  join patient p on p.municipality = s.municipality and p.patient_id = $1::uuid and p.name is not null" },
    [NUMBERS] = { "page_numbers",
        "select o.office_id, o.name, coalesce (o.duty_phone, o.phone) as phone, false as unreachable, false as staff,"
        "       array (select " PHONE_LINE ("p") " from office_phone p where p.office_id = o.office_id order by p.position) as lines"
        "  from office o"
        " where o.office_id = any (array (select t.office_id from team_seat t where t.patient_id = $1::uuid and t.seat in (1, 2, 4)))"
        "   and (coalesce (o.duty_phone, o.phone) is not null or exists (select from office_phone p where p.office_id = o.office_id))"
        " order by o.office_id" },
    [DOCTORS_TOLD] = { "page_doctors_told",
        "select t.person_id, t.name, guard.to_us (t.at) as at, t.was_read from doctors_told ($1::uuid) t" },
    { NULL, NULL },
};

static int run (struct db *db, int statement, const struct db_args *args, db_rows **ret, struct error *err)
{
    return db_run (db, &roster_page_statements[statement], args, ret, err);
}

int page_absences (struct db *db, struct arena *arena, bool everybody, const char *person_id, const char *office_id,
                   struct absence_line_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct absence_line *items;
    DB_ROWS (rows);

    db_flag (&args, everybody);
    db_text (&args, person_id);
    db_text (&args, office_id);
    if (run (db, ABSENCES, &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++) {
        const char *name = db_copy_text (rows, i, "name", arena);

        items[i] = (struct absence_line) { .absence_id = db_copy_text (rows, i, "absence_id", arena),
            .person_id = db_copy_text (rows, i, "person_id", arena), .name = name ? name : "氏名未取得",
            .from = db_get_number (rows, i, "from_at"), .to = db_get_number (rows, i, "to_at"),
            .reason = db_copy_text (rows, i, "reason", arena), .may_remove = true };
    }
    *ret = (struct absence_line_list) { items, (size_t) db_count (rows) };
    return 0;
}

int page_rotations_of (struct db *db, struct arena *arena, const char *person_id, int64_t from, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    db_time (&args, from);
    if (run (db, ROTATIONS_OF, &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "rotations", arena);
    return 0;
}

int page_chain_head (struct db *db, struct arena *arena, const char *patient_id, bool terminal, struct chain_head *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct chain_head) { .terminal = terminal };
    db_text (&args, patient_id);
    db_flag (&args, terminal);
    if (run (db, CHAIN_HEAD, &args, &rows, err) < 0)
        return -1;
    if (db_count (rows))
        *ret = (struct chain_head) { .version = db_get_number (rows, 0, "version"), .set_at = db_get_number (rows, 0, "set_at"),
            .set_by = db_copy_text (rows, 0, "set_by", arena), .terminal = terminal,
            .emergency_nursing = db_get_flag (rows, 0, "emergency_nursing") };
    return 0;
}

int page_team (struct db *db, struct arena *arena, const char *patient_id, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, patient_id);
    if (run (db, TEAM, &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "people", arena);
    return 0;
}

static int ask_of (struct db *db, int statement, const char *patient_id, db_rows **ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, patient_id);
    return db_queue_rows (db, &roster_page_statements[statement], &args, ret, err);
}

int page_ask_person (struct db *db, const char *patient_id, struct page_asked *ret, struct error *err)
{
    return ask_of (db, PERSON, patient_id, &ret->person, err) < 0 ? -1 : ask_of (db, NUMBERS, patient_id, &ret->numbers, err);
}

const char *page_take_person (const struct page_asked *asked, struct arena *arena, struct known_offices *ret_numbers)
{
    roster_take_offices (asked->numbers, arena, ret_numbers);
    return db_count (asked->person) ? db_copy_text (asked->person, 0, "municipality", arena) : NULL;
}

int page_doctors_told (struct db *db, struct arena *arena, const char *patient_id, struct chain_told_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct chain_told *items;
    DB_ROWS (rows);

    db_text (&args, patient_id);
    if (run (db, DOCTORS_TOLD, &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct chain_told) { .person_id = db_copy_text (rows, i, "person_id", arena), .name = db_copy_text (rows, i, "name", arena),
                                         .at = db_get_number (rows, i, "at"), .read = db_get_flag (rows, i, "was_read") };
    *ret = (struct chain_told_list) { items, (size_t) db_count (rows) };
    return 0;
}
