/* snapshots.c - the present state of every patient as state events, for subscribers that begin or rebuild.  Engine role, keyset pages.
 *
 * The version is read before the state, so a row is at least as new as it says; a newer event on top does no harm.
 */
#include "consent.h"
#include "consent_store.h"
#include "jobs.h"
#include "patient_store.h"
#include "team.h"
#include "team_store.h"
#include "today.h"

enum { PAGE, STATEMENT_COUNT };

const struct db_statement snapshot_statements[STATEMENT_COUNT + 1] = {
    [PAGE] = { "snapshot_page",
        "select p.municipality, p.patient_id, coalesce (s.version, 0) as version from patient p left join subject s on s.id = p.patient_id"
        " where p.patient_id > coalesce ($1::uuid, '00000000-0000-0000-0000-000000000000') order by p.patient_id limit $2::bigint" },
};

/* The state event of one patient. */
typedef int (*read_state) (struct request *request, const struct patient_key *patient, const void **ret, struct error *err);

static int page_of (struct request *request, const char *after, int64_t limit, read_state state, struct snapshot_row *page,
                    size_t *ret_count, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, after && *after ? after : NULL);
    db_number (&args, limit);
    if (db_run (request->db, &snapshot_statements[PAGE], &args, &rows, err) < 0)
        return -1;
    for (int i = 0; i < db_count (rows); i++) {
        struct patient_key patient = { db_copy_text (rows, i, "municipality", request->arena),
                                       db_copy_text (rows, i, "patient_id", request->arena) };

        page[i] = (struct snapshot_row) { .subject = patient.patient_id, .version = db_get_number (rows, i, "version"),
                                          .municipality = patient.municipality, .next = patient.patient_id };
        if (state (request, &patient, &page[i].event, err) < 0)
            return -1;
    }
    *ret_count = (size_t) db_count (rows);
    return 0;
}

static int patient_state (struct request *request, const struct patient_key *patient, const void **ret, struct error *err)
{
    struct patient_changed *event = arena_alloc (request->arena, sizeof *event);

    *ret = event;
    return patient_store_state (request->db, request->arena, patient->municipality, patient->patient_id, event, err);
}

static int team_state (struct request *request, const struct patient_key *patient, const void **ret, struct error *err)
{
    struct care_team_changed *event = arena_alloc (request->arena, sizeof *event);
    struct team_list team;

    if (team_store_list (request->db, request->arena, patient->municipality, patient->patient_id, &team, err) < 0)
        return -1;
    event->patient_id = patient->patient_id;
    team_summary (team.items, team.count, NULL, NULL, request->arena, event);
    *ret = event;
    return 0;
}

static int consent_state (struct request *request, const struct patient_key *patient, const void **ret, struct error *err)
{
    struct consent_changed *event = arena_alloc (request->arena, sizeof *event);
    struct consent_list consents;
    char today[DATE_TEXT];

    today_text (request->now, today);
    if (consent_store_list (request->db, request->arena, patient->municipality, patient->patient_id, &consents, err) < 0)
        return -1;
    event->patient_id = patient->patient_id;
    consent_summary (consents.items, consents.count, today, request->arena, event);
    *ret = event;
    return 0;
}

int sharing_patient_page (void *self, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                          size_t *ret_count, struct error *err)
{
    (void) self;
    return page_of (request, after, limit, patient_state, rows, ret_count, err);
}

int sharing_team_page (void *self, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                       size_t *ret_count, struct error *err)
{
    (void) self;
    return page_of (request, after, limit, team_state, rows, ret_count, err);
}

int sharing_consent_page (void *self, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                          size_t *ret_count, struct error *err)
{
    (void) self;
    return page_of (request, after, limit, consent_state, rows, ret_count, err);
}
