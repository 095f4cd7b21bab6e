/* runtime_routes.c - the messages every service takes beside its own: events, snapshots, quarantine, status, the emergency lane. */
#define DEFINE_ROUTES
#include "runtime.h"
#include "runtime_routes.h"
#include "events.h"
#include "hearing_store.h"
#include "status.h"

static const struct db_statement *const statements[] = { events_statements, hearing_statements, status_statements, NULL };

void runtime_use_common_routes (struct runtime *runtime)
{
    runtime->common_routes = runtime_routes;
    runtime->common_route_count = RUNTIME_ROUTE_COUNT;
    runtime->common_statements = statements;
}
