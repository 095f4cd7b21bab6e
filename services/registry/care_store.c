/* care_store.c - see care_store.h. */
#include "care_store.h"

#include "people_store.h"

enum { OFFICE, STANDING, PLEDGE, APPROVE, KEEP, SHOWN, REVIEW, COURSE, SET_COURSE, STATEMENT_COUNT };

const struct db_statement care_statements[STATEMENT_COUNT + 1] = {
    [OFFICE] = { "care_office",
        "select office_id, municipality, roles, open, keeper_id, office_id = any (managed_offices ()) as managed"
        "  from office_standing where office_id = $1::uuid" },
    [STANDING] = { "care_standing",
        "select guard.to_us (s.pledged_at) as pledged_at, p.name as pledged_by, s.text_version, guard.to_us (s.approved_at) as approved_at,"
        "       a.name as approved_by, s.roles, s.open, s.keeper_id, k.name as keeper, guard.to_us (s.reviewed_at) as reviewed_at,"
        "       r.name as reviewed_by, s.looked_at < guard.to_time ($2::bigint) - interval '1 year' as review_due,"
        "       s.office_id = any (managed_offices ()) as managed"
        "  from office_standing s left join person p on p.person_id = s.pledged_by left join person a on a.person_id = s.approved_by"
        "  left join person r on r.person_id = s.reviewed_by left join office k on k.office_id = s.keeper_id"
        " where s.office_id = $1::uuid" },
    [PLEDGE] = { "care_pledge",
        "insert into office_pledge (municipality, office_id, pledged_at, text_version, person_id)"
        " values ($1, $2::uuid, guard.to_time ($3::bigint), $4, $5::uuid)" },
    [APPROVE] = { "care_approve",
        "insert into office_approval (municipality, office_id, decided_at, approved, roles, person_id)"
        " values ($1, $2::uuid, guard.to_time ($3::bigint), $4::boolean, $5::text[], $6::uuid)" },
    [KEEP] = { "care_keep",
        "insert into office_keeper (municipality, office_id, set_at, keeper_id, person_id)"
        " values ($1, $2::uuid, guard.to_time ($3::bigint), $4::uuid, $5::uuid)" },
    [SHOWN] = { "care_shown",
        "select coalesce (array_agg (person_id::text || ' ' || array_to_string (roles, ' ') order by person_id), '{}') as shown from membership"
        " where office_id = $1::uuid and ended_at is null" },
    [REVIEW] = { "care_review",
        "insert into rights_review (municipality, office_id, reviewed_at, shown, person_id)"
        " values ($1, $2::uuid, guard.to_time ($3::bigint), $4::text[], $5::uuid)" },
    [COURSE] = { "care_course", "select course_left from account where person_id = $1::uuid" },
    [SET_COURSE] = { "care_set_course", "update account set course_left = $2::smallint where person_id = $1::uuid" },
};

int care_store_office (struct db *db, const char *office_id, struct arena *arena, bool *ret_found, struct office_care *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, office_id);
    if (db_run (db, &care_statements[OFFICE], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    if (*ret_found)
        *ret = (struct office_care) { .office_id = db_copy_text (rows, 0, "office_id", arena),
                                      .municipality = db_copy_text (rows, 0, "municipality", arena),
                                      .keeper_id = db_copy_text (rows, 0, "keeper_id", arena),
                                      .managed = db_get_flag (rows, 0, "managed"), .open = db_get_flag (rows, 0, "open"),
                                      .roles = roles_of_names (arena, db_copy_text_list (rows, 0, "roles", arena)) };
    return 0;
}

int care_store_standing (struct db *db, const char *office_id, int64_t now, struct arena *arena, struct office_standing **ret,
                         struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = NULL;
    db_text (&args, office_id);
    db_time (&args, now);
    if (db_run (db, &care_statements[STANDING], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    *ret = arena_alloc (arena, sizeof **ret);
    **ret = (struct office_standing) {
        .has_pledged_at = !db_is_null (rows, 0, "pledged_at"), .pledged_at = db_get_number (rows, 0, "pledged_at"),
        .pledged_by = db_copy_text (rows, 0, "pledged_by", arena),
        .pledge_version = db_copy_text (rows, 0, "text_version", arena),
        .has_approved_at = !db_is_null (rows, 0, "approved_at"), .approved_at = db_get_number (rows, 0, "approved_at"),
        .approved_by = db_copy_text (rows, 0, "approved_by", arena), .open = db_get_flag (rows, 0, "open"),
        .roles = roles_of_names (arena, db_copy_text_list (rows, 0, "roles", arena)),
        .keeper_id = db_copy_text (rows, 0, "keeper_id", arena), .keeper = db_copy_text (rows, 0, "keeper", arena),
        .has_reviewed_at = !db_is_null (rows, 0, "reviewed_at"), .reviewed_at = db_get_number (rows, 0, "reviewed_at"),
        .reviewed_by = db_copy_text (rows, 0, "reviewed_by", arena),
        .review_due = db_get_flag (rows, 0, "review_due"), .manages = db_get_flag (rows, 0, "managed") };
    return 0;
}

static void begin (struct db_args *args, const struct office_care *care, int64_t now)
{
    db_text (args, care->municipality);
    db_text (args, care->office_id);
    db_time (args, now);
}

int care_store_pledge (struct db *db, const struct office_care *care, const char *version, const char *person_id, int64_t now,
                       struct error *err)
{
    struct db_args args = { 0 };

    begin (&args, care, now);
    db_text (&args, version);
    db_text (&args, person_id);
    return db_queue (db, &care_statements[PLEDGE], &args, err);
}

int care_store_approve (struct db *db, const struct office_care *care, bool approved, struct text_list roles, const char *person_id,
                        int64_t now, struct arena *arena, struct error *err)
{
    struct db_args args = { 0 };

    begin (&args, care, now);
    db_flag (&args, approved);
    db_text_list (&args, arena, roles);
    db_text (&args, person_id);
    return db_queue (db, &care_statements[APPROVE], &args, err);
}

int care_store_keep (struct db *db, const struct office_care *care, const char *keeper_id, const char *person_id, int64_t now,
                     struct error *err)
{
    struct db_args args = { 0 };

    begin (&args, care, now);
    db_text (&args, keeper_id);
    db_text (&args, person_id);
    return db_queue (db, &care_statements[KEEP], &args, err);
}

int care_store_shown (struct db *db, const char *office_id, struct arena *arena, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, office_id);
    if (db_run (db, &care_statements[SHOWN], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "shown", arena);
    return 0;
}

int care_store_review (struct db *db, const struct office_care *care, struct text_list shown, const char *person_id, int64_t now,
                       struct arena *arena, struct error *err)
{
    struct db_args args = { 0 };

    begin (&args, care, now);
    db_text_list (&args, arena, shown);
    db_text (&args, person_id);
    return db_queue (db, &care_statements[REVIEW], &args, err);
}

int care_store_course (struct db *db, const char *person_id, int64_t *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    if (db_run (db, &care_statements[COURSE], &args, &rows, err) < 0)
        return -1;
    *ret = db_count (rows) > 0 ? db_get_number (rows, 0, "course_left") : 0;
    return 0;
}

int care_store_set_course (struct db *db, const char *person_id, int64_t left, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, person_id);
    db_number (&args, left);
    return db_queue (db, &care_statements[SET_COURSE], &args, err);
}
