/* snapshot_store.c - see snapshot_store.h. */
#include "snapshot_store.h"

#include "agreement_store.h"
#include "people_store.h"
#include "text_same.h"

enum { MUNICIPALITIES, OFFICES, MEMBERSHIPS, CONTACT_POINTS, AGREEMENTS, AUTHENTICATORS, STATEMENT_COUNT };

/* Key of a page: the subject's id; $1 NULL from the beginning, $2 how many. */
#define PAGE(id) " join subject v on v.id = " id \
    " where v.version > 0 and v.id > coalesce ($1::uuid, '00000000-0000-0000-0000-000000000000') order by v.id limit $2::bigint"

const struct db_statement snapshot_statements[] = {
    [MUNICIPALITIES] = { "snapshot_municipalities", "select v.id, v.version, m.code, m.name from municipality m" PAGE ("m.subject") },
    [OFFICES] = { "snapshot_offices",
        "select v.id, v.version, o.name, o.municipality, o.phone, o.duty_phone, o.email from office o" PAGE ("o.office_id") },
    [MEMBERSHIPS] = { "snapshot_memberships",
        "select v.id, v.version, m.person_id, p.name, m.office_id, m.municipality,"
        "       case when m.ended_at is null then m.roles else '{}' end as roles"
        "  from membership m join person p on p.person_id = m.person_id" PAGE ("m.membership_id") },
    [CONTACT_POINTS] = { "snapshot_contact_points",
        "select v.id, v.version, c.person_id, c.kind, coalesce (c.address, '') as address, c.verified, c.phi_ok from ("
        "  select p.email_point as point, p.person_id, 2 as kind, p.email as address, null::boolean as verified, null::boolean as phi_ok from person p"
        "  union all select p.voice_point, p.person_id, 4, p.phone, null, null from person p"
        "  union all select o.contact_point_id, o.person_id, o.kind, o.address, o.verified_at is not null, o.phi_ok from own_contact o) c"
        PAGE ("c.point") },
    [AGREEMENTS] = { "snapshot_agreements",
        "select v.id, v.version, a.giving, a.receiving, a.from_day::text, a.to_day::text, a.kinds, a.professions"
        "  from agreement a" PAGE ("a.agreement_id") },
    /* Of every account, also those made before this was announced: their version may be 0. */
    [AUTHENTICATORS] = { "snapshot_authenticators",
        "select a.person_id as id, coalesce (v.version, 0) as version,"
        "       1 + (select count (*) from passkey k where k.person_id = a.person_id) as authenticators"
        "  from account a left join subject v on v.id = a.person_id"
        " where a.person_id > coalesce ($1::uuid, '00000000-0000-0000-0000-000000000000') order by a.person_id limit $2::bigint" },
    [STATEMENT_COUNT] = { 0 },
};

static int read_page (struct request *request, int statement, const char *after, int64_t limit, db_rows **ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, text_or_null (after));
    db_number (&args, limit);
    return db_run (request->db, &snapshot_statements[statement], &args, ret, err);
}

/* What every row has; the caller adds event and municipality. */
static struct snapshot_row row_of (const db_rows *rows, int i, struct arena *arena)
{
    const char *id = db_copy_text (rows, i, "id", arena);

    return (struct snapshot_row) { .subject = id, .version = db_get_number (rows, i, "version"), .next = id };
}

int snapshot_municipalities (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *ret,
                             size_t *ret_count, struct error *err)
{
    struct arena *arena = request->arena;
    DB_ROWS (rows);

    (void) service;
    if (read_page (request, MUNICIPALITIES, after, limit, &rows, err) < 0)
        return -1;
    for (int i = 0; i < db_count (rows); i++) {
        struct municipality_changed *event = arena_alloc (arena, sizeof *event);

        ret[i] = row_of (rows, i, arena);
        *event = (struct municipality_changed) { ret[i].subject, db_copy_text (rows, i, "code", arena),
                                                 db_copy_text (rows, i, "name", arena) };
        ret[i].municipality = event->code;
        ret[i].event = event;
    }
    *ret_count = (size_t) db_count (rows);
    return 0;
}

int snapshot_offices (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *ret, size_t *ret_count,
                      struct error *err)
{
    struct arena *arena = request->arena;
    DB_ROWS (rows);

    (void) service;
    if (read_page (request, OFFICES, after, limit, &rows, err) < 0)
        return -1;
    for (int i = 0; i < db_count (rows); i++) {
        struct office_changed *event = arena_alloc (arena, sizeof *event);

        ret[i] = row_of (rows, i, arena);
        *event = (struct office_changed) { ret[i].subject, db_copy_text (rows, i, "name", arena),
                                           db_copy_text (rows, i, "municipality", arena),
                                           db_copy_text (rows, i, "phone", arena), db_copy_text (rows, i, "duty_phone", arena),
                                           db_copy_text (rows, i, "email", arena) };
        ret[i].municipality = event->municipality;
        ret[i].event = event;
    }
    *ret_count = (size_t) db_count (rows);
    return 0;
}

int snapshot_memberships (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *ret,
                          size_t *ret_count, struct error *err)
{
    struct arena *arena = request->arena;
    DB_ROWS (rows);

    (void) service;
    if (read_page (request, MEMBERSHIPS, after, limit, &rows, err) < 0)
        return -1;
    for (int i = 0; i < db_count (rows); i++) {
        struct membership_changed *event = arena_alloc (arena, sizeof *event);

        ret[i] = row_of (rows, i, arena);
        *event = (struct membership_changed) { ret[i].subject, db_copy_text (rows, i, "person_id", arena),
                                               db_copy_text (rows, i, "name", arena),
                                               db_copy_text (rows, i, "office_id", arena), db_copy_text (rows, i, "municipality", arena),
                                               roles_of_names (arena, db_copy_text_list (rows, i, "roles", arena)) };
        ret[i].municipality = event->municipality;
        ret[i].event = event;
    }
    *ret_count = (size_t) db_count (rows);
    return 0;
}

int snapshot_contact_points (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *ret,
                             size_t *ret_count, struct error *err)
{
    struct arena *arena = request->arena;
    DB_ROWS (rows);

    (void) service;
    if (read_page (request, CONTACT_POINTS, after, limit, &rows, err) < 0)
        return -1;
    for (int i = 0; i < db_count (rows); i++) {
        struct contact_point_changed *event = arena_alloc (arena, sizeof *event);

        ret[i] = row_of (rows, i, arena);
        *event = (struct contact_point_changed) { .contact_point_id = ret[i].subject, .person_id = db_copy_text (rows, i, "person_id", arena),
                                                  .kind = (enum contact_kind) db_get_number (rows, i, "kind"),
                                                  .address = db_copy_text (rows, i, "address", arena),
                                                  .has_verified = !db_is_null (rows, i, "verified"),
                                                  .verified = db_get_flag (rows, i, "verified"),
                                                  .has_phi_ok = !db_is_null (rows, i, "phi_ok"),
                                                  .phi_ok = db_get_flag (rows, i, "phi_ok") };
        ret[i].event = event;
    }
    *ret_count = (size_t) db_count (rows);
    return 0;
}

int snapshot_agreements (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *ret,
                         size_t *ret_count, struct error *err)
{
    struct arena *arena = request->arena;
    DB_ROWS (rows);

    (void) service;
    if (read_page (request, AGREEMENTS, after, limit, &rows, err) < 0)
        return -1;
    for (int i = 0; i < db_count (rows); i++) {
        struct agreement_changed *event = arena_alloc (arena, sizeof *event);

        ret[i] = row_of (rows, i, arena);
        *event = (struct agreement_changed) { ret[i].subject, db_copy_text (rows, i, "giving", arena),
                                              db_copy_text (rows, i, "receiving", arena),
                                              db_copy_text (rows, i, "from_day", arena), db_copy_text (rows, i, "to_day", arena),
                                              agreement_kinds_of (rows, i, arena), agreement_professions_of (rows, i, arena) };
        ret[i].event = event;
    }
    *ret_count = (size_t) db_count (rows);
    return 0;
}

int snapshot_authenticators (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *ret,
                             size_t *ret_count, struct error *err)
{
    struct arena *arena = request->arena;
    DB_ROWS (rows);

    (void) service;
    if (read_page (request, AUTHENTICATORS, after, limit, &rows, err) < 0)
        return -1;
    for (int i = 0; i < db_count (rows); i++) {
        struct authenticators_changed *event = arena_alloc (arena, sizeof *event);

        ret[i] = row_of (rows, i, arena);
        *event = (struct authenticators_changed) { ret[i].subject, db_get_number (rows, i, "authenticators") };
        ret[i].event = event;
    }
    *ret_count = (size_t) db_count (rows);
    return 0;
}
