/* fax_in_job_store.c - FAX that comes in, written by the job fax_in; see fax_in_store.h. */
#include "fax_in_store.h"
#include "clock.h"
#include "ids.h"

enum { PLACE, CODE, ADD, ADD_PAGE, EVENT, CONFIRM, PEOPLE, OVERDUE };

/* 1 << (role - 1): visiting_nurse, care_manager, clinic_proxy, service_manager, hospital_liaison, consultation_desk. */
#define OPENS_THE_POST "35349"

const struct db_statement fax_in_job_statements[] = {
    [PLACE] = { "fax_in_place",
        "select o.located_in, i.fax_in_id is not null as known, i.why = 9 and i.pages = 0 as was_bad from office o"
        "  left join fax_in i on i.municipality = o.located_in and i.office_id = o.office_id and i.digest = $2 where o.office_id = $1::uuid" },
    [CODE] = { "fax_in_code",
        "select c.kind, c.for_office, c.person_id, c.office_id, o.name as office, c.number, c.test_code, c.fax_id, c.patient_id, c.until <= guard.now () as old,"
        "       coalesce (f.state = 2 and f.number = c.number and f.test_code = c.test_code, false) as number_stands"
        "  from fax_code c left join fax_number f on f.office_id = c.office_id and c.kind = 1 left join office o on o.office_id = c.office_id"
        " where c.code = $1" },
    [ADD] = { "fax_in_add",
        "insert into fax_in (municipality, fax_in_id, office_id, digest, file_name, received_at, number, pages, state, why, code_fax_id, fax_id,"
        "       patient_id, settled_at, settled_to)"
        " values ($1, $2::uuid, $3::uuid, $4, $5, guard.to_time ($6::bigint), $7, $8, $9, $10, $11::uuid, $12::uuid, $13::uuid,"
        "        case when $9::smallint <> 1 then guard.to_time ($6::bigint) end,"
        "        coalesce ((select f.office || '：' || f.title from fax f where f.fax_id = $12::uuid), $14))" },
    [ADD_PAGE] = { "fax_in_add_page",
        "insert into fax_in_page (municipality, fax_in_id, page, office_id, image, width, height) values ($1, $2::uuid, $3, $4::uuid, $5, $6, $7)" },
    [EVENT] = { "fax_in_arrived",
        "insert into fax_in_event (municipality, fax_in_id, office_id, at, state, why, fax_id, patient_id)"
        " values ($1, $2::uuid, $3::uuid, guard.to_time ($4::bigint), $5, $6, $7::uuid, $8::uuid)" },
    [CONFIRM] = { "fax_in_confirm",
        "update fax_number set state = 3, confirmed_by = $4::uuid, confirmed_at = guard.now ()"
        " where office_id = $1::uuid and number = $2 and test_code = $3 and state = 2" },
    /* Who opens the post there; where nobody does, everybody. */
    [PEOPLE] = { "fax_in_people",
        "with staff as (select person_id, roles from membership where office_id = $1::uuid and roles <> 0)"
        " select distinct person_id from staff where roles & " OPENS_THE_POST " <> 0 or not exists (select from staff where roles & " OPENS_THE_POST " <> 0)"
        "  order by person_id limit 50" },
    [OVERDUE] = { "fax_in_overdue",
        "with told as (update fax_in set told_again_at = guard.now () where state = 1 and told_again_at is null"
        "                 and received_at < guard.now () - interval '30 minutes' returning office_id)"
        " select distinct office_id from told" },
    { NULL, NULL },
};

int fax_in_place (struct job_run *run, const char *office_id, const unsigned char *digest, struct fax_in_place *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct fax_in_place) { .municipality = NULL };
    db_text (&args, office_id);
    db_bytes (&args, (struct bytes) { digest, FAX_DIGEST_BYTES });
    if (db_run (run->db, &fax_in_job_statements[PLACE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0)
        *ret = (struct fax_in_place) { db_copy_text (rows, 0, "located_in", run->arena), db_get_flag (rows, 0, "was_bad"), db_get_flag (rows, 0, "known") };
    return 0;
}

int fax_in_code (struct job_run *run, const char *code, struct fax_known *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct fax_known) { .code = NULL };
    db_text (&args, code);
    if (db_run (run->db, &fax_in_job_statements[CODE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) != 1)
        return 0;
    *ret = (struct fax_known) { .code = code, .kind = (enum fax_code_kind) db_get_number (rows, 0, "kind"),
        .for_office = db_copy_text (rows, 0, "for_office", run->arena), .person_id = db_copy_text (rows, 0, "person_id", run->arena),
        .office_id = db_copy_text (rows, 0, "office_id", run->arena), .office = db_copy_text (rows, 0, "office", run->arena),
        .number = db_copy_text (rows, 0, "number", run->arena), .test_code = db_copy_text (rows, 0, "test_code", run->arena),
        .fax_id = db_copy_text (rows, 0, "fax_id", run->arena), .patient_id = db_copy_text (rows, 0, "patient_id", run->arena),
        .old = db_get_flag (rows, 0, "old"), .number_stands = db_get_flag (rows, 0, "number_stands") };
    return 0;
}

/* ---- what arrived -------------------------------------------------------------------------------------------------------------------- */

static int add_page (struct job_run *run, const char *municipality, const char *fax_in_id, const char *office_id, const struct fax_read *read,
                     size_t at, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, fax_in_id);
    db_number (&args, (int64_t) at + 1);
    db_text (&args, office_id);
    db_bytes (&args, read->pages[at].image);
    db_number (&args, read->pages[at].width);
    db_number (&args, read->pages[at].height);
    return db_queue (run->db, &fax_in_job_statements[ADD_PAGE], &args, err);
}

static int add_event (struct job_run *run, const char *municipality, const char *fax_in_id, const char *office_id, const struct fax_verdict *verdict,
                      const struct fax_known *filed, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, fax_in_id);
    db_text (&args, office_id);
    db_time (&args, run->now);
    db_number (&args, verdict->state);
    db_optional (&args, verdict->why != 0, verdict->why);
    db_text (&args, filed ? filed->fax_id : NULL);
    db_text (&args, filed ? filed->patient_id : NULL);
    return db_queue (run->db, &fax_in_job_statements[EVENT], &args, err);
}

static int add_row (struct job_run *run, const char *municipality, const char *fax_in_id, const struct fax_work *work, const struct fax_read *read,
                    const struct fax_verdict *verdict, const struct fax_known *known, const struct fax_known *filed, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, fax_in_id);
    db_text (&args, fax_work_office (work, run->arena));
    db_bytes (&args, (struct bytes) { work->digest, FAX_DIGEST_BYTES });
    db_text (&args, fax_work_name (work));
    db_time (&args, run->now);
    db_text (&args, read->number);
    db_number (&args, (int64_t) read->count);
    db_number (&args, verdict->state);
    db_optional (&args, verdict->why != 0, verdict->why);
    db_text (&args, verdict->by_code ? known->fax_id : NULL);
    db_text (&args, filed ? filed->fax_id : NULL);
    db_text (&args, filed ? filed->patient_id : NULL);
    db_text (&args, verdict->state == FAX_IN_STATE_CONFIRMED ? known->office : NULL);
    return db_queue (run->db, &fax_in_job_statements[ADD], &args, err);
}

int fax_in_add (struct job_run *run, const char *municipality, const struct fax_work *work, const struct fax_read *read,
                const struct fax_verdict *verdict, const struct fax_known *known, struct error *err)
{
    const struct fax_known *filed = verdict->state == FAX_IN_STATE_FILED ? known : NULL;
    const char *office_id = fax_work_office (work, run->arena), *fax_in_id;
    char id[UUID_TEXT];

    uuid_new (id);
    fax_in_id = arena_text (run->arena, id);
    if (add_row (run, municipality, fax_in_id, work, read, verdict, known, filed, err) < 0
        || add_event (run, municipality, fax_in_id, office_id, verdict, filed, err) < 0)
        return -1;
    for (size_t i = 0; i < read->count; i++)
        if (add_page (run, municipality, fax_in_id, office_id, read, i, err) < 0)
            return -1;
    return 0;
}

int fax_in_confirm (struct job_run *run, const struct fax_known *known, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, known->office_id);
    db_text (&args, known->number);
    db_text (&args, known->test_code);
    db_text (&args, known->person_id);
    return db_queue (run->db, &fax_in_job_statements[CONFIRM], &args, err);
}

/* ---- who is told --------------------------------------------------------------------------------------------------------------------- */

static struct text_list column_of (const db_rows *rows, const char *name, struct arena *arena)
{
    const char **items = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *items);

    for (int i = 0; i < db_count (rows); i++)
        items[i] = db_copy_text (rows, i, name, arena);
    return (struct text_list) { items, (size_t) db_count (rows) };
}

int fax_in_people (struct job_run *run, const char *office_id, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, office_id);
    if (db_run (run->db, &fax_in_job_statements[PEOPLE], &args, &rows, err) < 0)
        return -1;
    *ret = column_of (rows, "person_id", run->arena);
    return 0;
}

int fax_in_overdue (struct job_run *run, struct text_list *ret_offices, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (db_run (run->db, &fax_in_job_statements[OVERDUE], &args, &rows, err) < 0)
        return -1;
    *ret_offices = column_of (rows, "office_id", run->arena);
    return 0;
}
