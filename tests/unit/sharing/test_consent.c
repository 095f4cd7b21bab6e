/* Consents: default deny, day by day, rotation by rotation (S-22, S-23, S-25). */
#include "../../../services/sharing/consent.h"
#include "tap.h"

#define ROTATION "0190a3b4-0000-7000-8000-000000000001"
#define OTHER_ROTATION "0190a3b4-0000-7000-8000-000000000002"
#define TODAY "2026-04-10"

static bool opens (struct consent_view consent, enum consent_scope scope, const char *rotation)
{
    return consent_for (&consent, 1, scope, rotation, TODAY) != NULL;
}

static void table (void)
{
    struct consent_view team = { .scope = CONSENT_SCOPE_TEAM, .from = "2026-04-01" };
    struct consent_view past = { .scope = CONSENT_SCOPE_TEAM, .from = "2026-03-01", .to = "2026-04-09" };
    struct consent_view first_day = { .scope = CONSENT_SCOPE_TEAM, .from = TODAY, .to = TODAY };
    struct consent_view future = { .scope = CONSENT_SCOPE_TEAM, .from = "2026-04-11" };
    struct consent_view withdrawn = { .scope = CONSENT_SCOPE_TEAM, .from = "2026-04-01", .has_withdrawn_at = true, .withdrawn_at = 1 };
    struct consent_view duty = { .scope = CONSENT_SCOPE_DUTY_DOCTORS, .rotation_id = ROTATION, .from = "2026-04-01" };

    ok (consent_for (NULL, 0, CONSENT_SCOPE_TEAM, NULL, TODAY) == NULL, "S-23: none: denied");
    ok (opens (team, CONSENT_SCOPE_TEAM, NULL), "S-23: permitted for the scope it names");
    for (int scope = CONSENT_SCOPE_HOSPITAL; scope <= CONSENT_SCOPE_STATISTICS; scope++)
        if (opens (team, (enum consent_scope) scope, ROTATION))
            ok (false, "S-23: a consent for the team opened another scope");
    ok (opens (first_day, CONSENT_SCOPE_TEAM, NULL), "first and last day are included");
    ok (!opens (past, CONSENT_SCOPE_TEAM, NULL), "denied after the last day");
    ok (!opens (future, CONSENT_SCOPE_TEAM, NULL), "denied before the first day");
    ok (!opens (withdrawn, CONSENT_SCOPE_TEAM, NULL), "S-25: withdrawn is denied");
    ok (opens (duty, CONSENT_SCOPE_DUTY_DOCTORS, ROTATION), "the doctors of the named rotation");
    ok (!opens (duty, CONSENT_SCOPE_DUTY_DOCTORS, OTHER_ROTATION), "…not of another");
    ok (!opens (duty, CONSENT_SCOPE_DUTY_DOCTORS, NULL), "…nor of none");
}

static void alerts (void)
{
    ok (consent_scope_of (TARGET_KIND_ROTATION) == CONSENT_SCOPE_DUTY_DOCTORS, "a rotation asks for duty doctors");
    ok (consent_scope_of (TARGET_KIND_LAST_RESORT) == CONSENT_SCOPE_LAST_RESORT, "the last resort asks for its own scope");
    ok (consent_scope_of (TARGET_KIND_PERSON) == 0 && consent_scope_of (TARGET_KIND_OFFICE) == 0, "who is asked by name gets nothing new");
}

static int check (struct consent_record consent, struct error *err)
{
    *err = (struct error) { 0 };
    return consent_check (&consent, err) < 0 ? (int) err->key : 0;
}

static void records (void)
{
    struct consent_record good = { .scope = CONSENT_SCOPE_TEAM, .giver = CONSENT_GIVER_PERSON, .method = CONSENT_METHOD_WRITTEN,
                                   .from = "2026-04-01" };
    struct consent_record agent = good, duty = good, reversed = good;
    struct error err;

    is_number (check (good, &err), 0, "S-22: the person's own consent");
    agent.giver = CONSENT_GIVER_AGENT;
    is_number (check (agent, &err), ERROR_FIELD_MISSING, "S-22: an agent is named");
    is (err.fields[0].pointer, "/giver_name", "…the field is told");
    agent.giver_name = "北野 花";
    is_number (check (agent, &err), ERROR_FIELD_MISSING, "S-22: …with the relation");
    agent.relation = "長女";
    is_number (check (agent, &err), 0, "S-22: …and then it stands");
    duty.scope = CONSENT_SCOPE_DUTY_DOCTORS;
    is_number (check (duty, &err), ERROR_FIELD_MISSING, "duty doctors need the rotation");
    duty.rotation_id = ROTATION;
    is_number (check (duty, &err), 0, "…and then it stands");
    reversed.to = "2026-03-31";
    is_number (check (reversed, &err), ERROR_PERIOD_REVERSED, "a consent does not end before it begins");
}

static void summary (void)
{
    struct consent_view all[] = {
        { .scope = CONSENT_SCOPE_TEAM, .from = "2026-04-01" },
        { .scope = CONSENT_SCOPE_TEAM, .from = "2026-04-02" },
        { .scope = CONSENT_SCOPE_EMS, .from = "2026-05-01" },
        { .scope = CONSENT_SCOPE_DUTY_DOCTORS, .rotation_id = ROTATION, .from = "2026-04-01" },
        { .scope = CONSENT_SCOPE_DUTY_DOCTORS, .rotation_id = ROTATION, .from = "2026-04-03" },
        { .scope = CONSENT_SCOPE_DUTY_DOCTORS, .rotation_id = OTHER_ROTATION, .from = "2026-04-01", .has_withdrawn_at = true },
    };
    struct consent_changed event = { 0 };
    ARENA (arena);

    consent_summary (all, sizeof all / sizeof *all, TODAY, &arena, &event);
    ok (event.scopes.count == 2 && event.scopes.items[0] == CONSENT_SCOPE_TEAM && event.scopes.items[1] == CONSENT_SCOPE_DUTY_DOCTORS,
        "every scope in force stands once");
    ok (event.rotations.count == 1 && strcmp (event.rotations.items[0], ROTATION) == 0, "every rotation in force stands once");
    consent_summary (NULL, 0, TODAY, &arena, &event);
    ok (event.scopes.count == 0 && event.scopes.items && event.rotations.items, "nothing in force is an empty list, not an absent one");
}

int main (void)
{
    table ();
    alerts ();
    records ();
    summary ();
    return done ();
}
