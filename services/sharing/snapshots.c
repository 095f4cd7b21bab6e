/* snapshots.c - the present state of every patient as state events, for subscribers that begin or rebuild.  Engine role, keyset pages.
 *
 * The version is read before the state, so a row is at least as new as it says; a newer event on top does no harm.
 */
#include "consent.h"
#include "consent_store.h"
#include "jobs.h"
#include "night_store.h"
#include "paper_store.h"
#include "patient_store.h"
#include "snapshot_store.h"
#include "team.h"
#include "team_store.h"
#include "today.h"

/* The state event of one patient. */
typedef int (*read_state) (struct request *request, const struct patient_key *patient, const void **ret, struct error *err);

static int page_of (struct request *request, const char *after, int64_t limit, read_state state, struct snapshot_row *page,
                    size_t *ret_count, struct error *err)
{
    if (snapshot_store_page (request, after, limit, page, ret_count, err) < 0)
        return -1;
    for (size_t i = 0; i < *ret_count; i++) {
        struct patient_key patient = { page[i].municipality, page[i].subject };

        if (state (request, &patient, &page[i].event, err) < 0)
            return -1;
    }
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

static int hospital_state (struct request *request, const struct patient_key *patient, const void **ret, struct error *err)
{
    struct designated_hospital_changed *event = arena_alloc (request->arena, sizeof *event);
    struct designation_list hospitals;

    if (paper_store_hospitals (request->db, request->arena, patient->municipality, patient->patient_id, &hospitals, err) < 0)
        return -1;
    designation_summary (&hospitals, patient->patient_id, event);
    *ret = event;
    return 0;
}

static int entrusts_state (struct request *request, const struct patient_key *patient, const void **ret, struct error *err)
{
    struct night_entrust_changed *event = arena_alloc (request->arena, sizeof *event);

    *ret = event;
    return night_store_summary (request->db, request->arena, patient->municipality, patient->patient_id, event, err);
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

int sharing_hospital_page (void *self, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                           size_t *ret_count, struct error *err)
{
    (void) self;
    return page_of (request, after, limit, hospital_state, rows, ret_count, err);
}

int sharing_entrusts_page (void *self, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                           size_t *ret_count, struct error *err)
{
    (void) self;
    return page_of (request, after, limit, entrusts_state, rows, ret_count, err);
}
