#include "status.h"
#include <inttypes.h>
#include "clock.h"
#include "hearing.h"
#include "runtime_routes.h"

enum { FACTS, FACT_MAX = 40 };

/* Lag is real time, not decision time: how long the oldest running write transaction holds the horizon back. */
const struct db_statement status_statements[] = {
    [FACTS] = { "runtime_status",
        "select 'incarnation' as name, guard.incarnation ()::text as value, true as ready"
        " union all select 'mode', m.mode, true from guard.mode m"
        " union all select 'subscriber ' || s.name,"
        "                  'seen ' || extract (epoch from guard.real_now () - s.recorded_at)::bigint || ' s ago', true"
        "             from subscriber s"
        " union all select 'oldest writer', coalesce (max (extract (epoch from guard.real_now () - a.xact_start)), 0)::bigint || ' s', true"
        "             from pg_stat_activity a where a.backend_xid is not null" },
    { NULL, NULL },
};

void status_mesh (struct runtime *runtime, bool sound)
{
    atomic_store (&runtime->mesh_is_sound, sound);
}

static void add (struct status_fact *facts, size_t *count, struct arena *arena, const char *name, const char *value, bool ready)
{
    if (*count < FACT_MAX)
        facts[(*count)++] = (struct status_fact) { .name = arena_text (arena, name), .value = arena_text (arena, value), .ready = ready };
}

int runtime_handle_service_status (struct runtime *self, struct request *request, const struct service_status *message,
                                   struct service_status_answer *answer, struct error *err)
{
    struct status_fact *facts = arena_alloc (request->arena, FACT_MAX * sizeof *facts);
    size_t count = 0;
    DB_ROWS (rows);

    (void) message;
    if (db_run (request->db, &status_statements[FACTS], &(struct db_args) { 0 }, &rows, err) < 0)
        return -1;
    add (facts, &count, request->arena, "database", "answers", true);
    add (facts, &count, request->arena, "mesh", self->mesh_is_sound ? "refuses strangers" : "canary failed", self->mesh_is_sound);
    add (facts, &count, request->arena, "up",
         arena_print (request->arena, "%" PRId64 " s", (clock_monotonic_us () - self->started_us) / SECOND_US), true);
    for (int row = 0; row < db_count (rows); row++)
        add (facts, &count, request->arena, db_get_text (rows, row, "name"), db_get_text (rows, row, "value"),
             db_get_flag (rows, row, "ready"));
    if (self->hearing)
        count += hearing_facts (self->hearing, request->arena, facts + count, FACT_MAX - count);
    answer->service = self->service->name;
    answer->facts = (struct status_fact_list) { facts, count };
    answer->ready = true;
    for (size_t i = 0; i < count; i++)
        answer->ready &= facts[i].ready;
    return 0;
}
