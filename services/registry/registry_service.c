/* registry_service.c - what registry is made of. */
#define DEFINE_ROUTES
#include "registry_routes.h"

#include "access_store.h"
#include "area_store.h"
#include "agreement_store.h"
#include "care_store.h"
#include "boundary_store.h"
#include "contact_store.h"
#include "export_store.h"
#include "facility_card.h"
#include "facility_hours_store.h"
#include "facility_item_store.h"
#include "facility_past_store.h"
#include "facility_proof_store.h"
#include "facility_report_store.h"
#include "facility_review_store.h"
#include "facility_store.h"
#include "import.h"
#include "import_item_store.h"
#include "import_list_store.h"
#include "import_refused_store.h"
#include "import_store.h"
#include "jobs.h"
#include "letter_job.h"
#include "letter_store.h"
#include "login_store.h"
#include "mandate_store.h"
#include "office_store.h"
#include "people_store.h"
#include "plan_store.h"
#include "public_store.h"
#include "region_store.h"
#include "registry.h"
#include "scheme_store.h"
#include "session_store.h"
#include "shared.h"
#include "shared_store.h"
#include "snapshot_store.h"
#include "staff_list_store.h"
#include "support_desk_store.h"
#include "survey_store.h"
#include "terminal_store.h"
#include "upkeep_store.h"
#include "upload_store.h"

static const struct db_statement *const statements[] = {
    confirm_statements, office_statements, people_statements, session_statements, snapshot_statements,
    facility_statements, facility_item_statements, import_statements, import_stage_statements, import_list_statements, upload_statements,
    facility_hours_statements, import_item_statements, import_refused_statements,
    letter_statements, survey_statements, upkeep_statements, facility_card_statements,
    access_statements, contact_statements, staff_list_statements, scheme_statements, terminal_statements, facility_review_statements,
    facility_report_statements, facility_proof_statements, public_statements,
    agreement_statements, support_desk_statements, region_statements, mandate_statements, facility_past_statements,
    export_statements, care_statements, shared_statements, plan_statements,
    area_statements, boundary_statements, NULL,
};

static const struct snapshot snapshots[] = {
    { &municipality_changed_message, snapshot_municipalities },
    { &office_changed_message, snapshot_offices },
    { &membership_changed_message, snapshot_memberships },
    { &contact_point_changed_message, snapshot_contact_points },
    { &agreement_changed_message, snapshot_agreements },
    { &scheme_part_changed_message, snapshot_scheme_parts },
    { &authenticators_changed_message, snapshot_authenticators },
};

static const struct job jobs[] = {
    { "import", 1000, import_job },
    { "agreement_warnings", 60000, agreement_warnings_job },
    { "letters", 60000, letter_job },
    { "shared_accounts", 60000, shared_job },
};

const struct service registry_service = {
    .name = "registry",
    .routes = registry_routes,
    .route_count = REGISTRY_ROUTE_COUNT,
    .jobs = jobs,
    .job_count = sizeof jobs / sizeof *jobs,
    .snapshots = snapshots,
    .snapshot_count = sizeof snapshots / sizeof *snapshots,
    .statements = statements,
    .options = registry_options,
    .start = registry_start,
    .stop = registry_stop,
};
