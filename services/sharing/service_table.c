#define DEFINE_ROUTES
#include "sharing.h"
#include "break_glass_store.h"
#include "consent_store.h"
#include "ems_export_store.h"
#include "ems_key_store.h"
#include "ems_store.h"
#include "hand_on_store.h"
#include "jobs.h"
#include "options.h"
#include "ledger_store.h"
#include "list_store.h"
#include "night_closure_store.h"
#include "night_store.h"
#include "paper_store.h"
#include "patient_store.h"
#include "registry_store.h"
#include "result_store.h"
#include "sheet_store.h"
#include "snapshot_store.h"
#include "team_store.h"

static const struct db_statement *const statements[] = {
    patient_statements, sheet_statements, team_statements, consent_statements, list_statements, ledger_statements, registry_statements,
    snapshot_statements, ems_key_statements, ems_statements, paper_statements, ems_export_statements,
    break_glass_statements, result_statements, night_statements, night_closure_statements, hand_on_statements, NULL,
};

static const struct job jobs[] = {
    { "consent_turn", 60000, sharing_consent_turn },
    { "ems_keys", 10000, sharing_ems_keys },
    { "night_turn", 60000, sharing_night_turn },
    { "break_glass_calls", 10000, sharing_break_glass_calls },
};

/* What leaves for fire and ambulance services is read by a role that sees only who has consented (schema/0010_ems.sql). */
static const struct message_type *const ems_messages[] = { &ems_find_message, &ems_record_message, &ems_export_message,
                                                           &ems_break_glass_message, NULL };
static const struct aside aside = { "ems", ems_messages };

static const struct option options[] = {
    { "ems-database", OPTION_TEXT, NULL, 0, 0, "libpq connection string of the role that answers fire and ambulance services." },
    { 0 },
};

static const struct snapshot snapshots[] = {
    { &patient_changed_message, sharing_patient_page },
    { &care_team_changed_message, sharing_team_page },
    { &consent_changed_message, sharing_consent_page },
    { &designated_hospital_changed_message, sharing_hospital_page },
    { &night_entrust_changed_message, sharing_entrusts_page },
};

const struct service sharing_service = {
    .name = "sharing",
    .routes = sharing_routes, .route_count = SHARING_ROUTE_COUNT,
    .heard = sharing_heard, .heard_count = SHARING_HEARD_COUNT,
    .jobs = jobs, .job_count = sizeof jobs / sizeof *jobs,
    .snapshots = snapshots, .snapshot_count = sizeof snapshots / sizeof *snapshots,
    .statements = statements,
    .options = options,
    .aside = &aside,
};
