/* Every statement of the service, planned as its own role under row-level security on a grown region: by index, never table by table.
 *
 * Generic plans, as prepared statements get them after five runs.
 */
#include "region.h"
#include "../../../services/sharing/ems_export_store.h"
#include "../../../services/sharing/ems_store.h"

enum { GROWN = 3000 };

static void grow (struct harness *harness)
{
    harness_sql (harness,
                 "insert into patient (municipality, patient_id, recorder_office, recorded_by, registered_at, head_version, changed_at)"
                 " select case when i %% 3 = 0 then '" TOWN_B "' else '" TOWN_A "' end, md5 (i::text)::uuid, '" CARE_OFFICE "', '" MANAGER "',"
                 "        guard.now (), 1, guard.now () - i * interval '1 minute' from generate_series (1, %d) i", GROWN);
    harness_sql (harness, "insert into patient_head (municipality, patient_id, version, name, name_kana, folded, birth_date, written_by,"
                 " written_office, written_at) select municipality, patient_id, v, 'name', 'カナ', 'name|カナ', '1940-01-01', '" MANAGER "', '"
                 CARE_OFFICE "', guard.now () from patient, generate_series (1, 2) v");
    harness_sql (harness,
                 "insert into patient_bigram select municipality, chr (19968 + b), patient_id from patient, generate_series (1, 20) b");
    harness_sql (harness,
        "insert into access select municipality, patient_id, md5 ((n * 100 + abs (hashtext (patient_id::text)) %% 40)::text)::uuid, n,"
                 " patient_id, null, guard.now (), null from patient, generate_series (1, 3) n");
    harness_sql (harness,
                 "insert into section_version select municipality, patient_id, s, v, '{\"entries\": []}', false, '" NURSE "', '" STATION
                 "', 1, guard.now () from patient, generate_series (2, 11) s, generate_series (1, 3) v");
    harness_sql (harness, "insert into section_read select municipality, patient_id, s, '" DOCTOR "', 1, '" CLINIC "', 4, guard.now ()"
                 " from patient, generate_series (2, 6) s");
    harness_sql (harness,
                 "insert into care_team_member select municipality, patient_id, gen_random_uuid (), n, md5 ((n * 100 + abs (hashtext"
                 " (patient_id::text)) %% 40)::text)::uuid, md5 ((n * 100 + abs (hashtext (patient_id::text)) %% 40)::text)::uuid, 1, guard.now (), '"
                 MANAGER "' from patient, generate_series (1, 6) n");
    harness_sql (harness,
                 "insert into consent (municipality, patient_id, consent_id, scope, giver, method, from_date, to_date, recorded_by,"
                 " recorded_office, recorded_at, in_force) select municipality, patient_id, gen_random_uuid (), 1, 1, 1, '2020-01-01', '2090-01-01', '"
                 MANAGER "', '" CARE_OFFICE "', guard.now (), true from patient");
    harness_sql (harness,
        "insert into place select municipality, patient_id, 1, 1, null, null, '2026-01-01', null, '" MANAGER "', guard.now () from patient");
    harness_sql (harness, "insert into emergency_contact select municipality, patient_id, 1, 1, 'n', 'r', '119' from patient");
    harness_sql (harness,
        "insert into emergency_mark select municipality, patient_id, gen_random_uuid (), 1, 1, '" NURSE "', guard.now () from patient");
    harness_sql (harness,
                 "insert into membership select gen_random_uuid (), gen_random_uuid (), md5 (i::text)::uuid, 'n', '" TOWN_A "', 1, 1"
                 " from generate_series (1, 2000) i");
    harness_sql (harness, "insert into office select md5 (i::text)::uuid, 'n', '" TOWN_A "', null, 1 from generate_series (1, 1000) i");
    harness_sql (harness, "insert into ems_key select municipality, 1 + n %% 5, md5 (n || patient_id::text), patient_id from patient,"
                 " generate_series (1, 6) n");
    harness_sql (harness,
                 "insert into ems_change select municipality, patient_id, 1, (n || '')::xid8 from (select *, row_number () over () as n"
                 " from patient) p on conflict do nothing");
    harness_sql (harness, "insert into designated_hospital (municipality, patient_id, designation_id, state, facility, parallel_notice,"
                 " requested_at, requested_by, requested_office) select municipality, patient_id, gen_random_uuid (), s, 'f', false,"
                 " guard.now (), '" NURSE "', '" STATION "' from patient, generate_series (2, 4) s");
    harness_sql (harness, "insert into wish_document (municipality, patient_id, document_id, kind, written_on, issuer, direction,"
                 " recorded_by, recorded_office, recorded_at) select municipality, patient_id, gen_random_uuid (), 1, '2026-01-01', 1, 1, '"
                 NURSE "', '" STATION "', guard.now () from patient, generate_series (1, 2)");
    harness_sql (harness, "insert into card (municipality, patient_id, card_id, number, state, issued_at, issued_by, issued_office)"
                 " select municipality, patient_id, gen_random_uuid (), md5 (s || patient_id::text), s, guard.now (), '" NURSE "', '"
                 STATION "' from patient, generate_series (1, 2) s");
    harness_sql (harness, "insert into terminal_phase select municipality, patient_id, 1, true, '2026-01-01', '" DOCTOR "', '" CLINIC
                 "', guard.now () from patient");
    harness_sql (harness,
                 "insert into break_glass select municipality, patient_id, gen_random_uuid (), '" NURSE "', 'p', 'u', 'r', null, null,"
                 " guard.now (), guard.now () from patient");
    harness_sql (harness, "insert into ems_release select municipality, patient_id, gen_random_uuid (), guard.now (), 1, '" NURSE
                 "', 'p', null, null, null, null, null, 'name' from patient, generate_series (1, 2)");
    harness_sql (harness,
                 "insert into consent (municipality, patient_id, consent_id, scope, giver, method, from_date, to_date, recorded_by,"
                 " recorded_office, recorded_at, in_force) select municipality, patient_id, gen_random_uuid (), 3, 1, 1, '2020-01-01',"
                 " null, '" MANAGER "', '" CARE_OFFICE "', guard.now (), true from patient");
    harness_sql (harness,
                 "insert into night_entrust select municipality, patient_id, gen_random_uuid (),"
                 " md5 ((n * 100 + abs (hashtext (patient_id::text)) %% 40)::text)::uuid,"
                 " guard.now (), guard.now () + interval '1 day', '{1}', 'r', false, null, guard.now (), '" DOCTOR "', '" CLINIC "', null, null,"
                 " guard.now (), guard.now (), guard.now () + interval '1 day' from patient, generate_series (1, 2) n");
    harness_sql (harness,
                 "insert into night_visit select municipality, patient_id, gen_random_uuid (), null, null, null, guard.now (), guard.now (),"
                 " 'f', 'd', null, null, null, false, null, guard.now (), '" NURSE "', md5 (n || patient_id::text)::uuid"
                 " from patient, generate_series (1, 2) n");
    harness_sql (harness, "insert into night_visit_read select municipality, patient_id, visit_id, '" DOCTOR "', '" CLINIC
                 "', guard.now () from night_visit");
    harness_sql (harness,
                 "insert into municipality select (100000 + i)::text, 'm', 1 from generate_series (1, 300) i on conflict do nothing");
    harness_sql (harness, "insert into subject select patient_id, 1 from patient");
    harness_sql (harness,
                 "insert into closure select gen_random_uuid (), case when i %% 2 = 0 then (100000 + i / 10)::text end,"
                 " case when i %% 2 = 1 then md5 (i::text)::uuid end, '2026-08-13', '2026-08-15', 'お盆休み', i %% 5 = 0, 1 from generate_series (1, 3000) i");
    harness_sql (harness, "analyze");
    harness_sql (harness, "create function scans (statement text, arguments text) returns text language plpgsql as $$"
                 " declare line text; found text := ''; begin"
                 "   set local plan_cache_mode = force_generic_plan;"
                 "   execute 'prepare probe as ' || statement;"
                 "   for line in execute 'explain execute probe' || arguments loop"
                 "     if line ~ 'Seq Scan on' and line !~ 'Seq Scan on (clock|context_key|agreement|incarnation|mode|"
                 "municipality|break_glass_rule)' then"
                 "       found := found || trim (line) || '; '; end if;"
                 "   end loop;"
                 "   deallocate probe;"
                 "   return found; end $$");
}

/* "(null, null)" for as many parameters as the statement has. */
static void arguments_of (const char *sql, char ret[200])
{
    size_t length = 0;
    long most = 0;

    for (const char *p = strchr (sql, '$'); p; p = strchr (p + 1, '$'))
        if (strtol (p + 1, NULL, 10) > most)
            most = strtol (p + 1, NULL, 10);
    ret[0] = '\0';
    for (long i = 0; i < most; i++)
        length += (size_t) snprintf (ret + length, 200 - length, "%snull", i ? ", " : "(");
    if (most)
        snprintf (ret + length, 200 - length, ")");
}

/* Once for an agreement: every seat of a whole town; for a closure: every entrustment of it; once for a new name: every person of it.  Every
 * person, or every changed one: exports.  Once a minute: up to 200 consents, openings or people, for which the planner reads a small table
 * whole. */
static bool reads_much (const char *name)
{
    return strcmp (name, "team_served_from") == 0 || strcmp (name, "consent_turn") == 0 || strcmp (name, "ems_key_renamed") == 0
           || strcmp (name, "night_closure_put") == 0 || strcmp (name, "break_glass_call") == 0
           || strcmp (name, "ems_key_waiting") == 0 || strncmp (name, "ems_export_", strlen ("ems_export_")) == 0;
}

static void plan (struct harness *harness, const struct db_statement *statement, const char *role)
{
    char arguments[200], name[120];
    const char *scans;

    if (reads_much (statement->name))
        return;
    arguments_of (statement->sql, arguments);
    snprintf (name, sizeof name, "%s is planned by index", statement->name);
    harness_sql (harness, "begin");
    harness_sql (harness, "set local role %s", role);
    scans = harness_text (harness, "select scans ($statement$%s$statement$, '%s')", statement->sql, arguments);
    harness_sql (harness, "rollback");
    if (!ok (scans && !*scans, name))
        note ("%s", scans);
}

/* Statements that only the engine runs. */
static bool is_of_engine (const char *name)
{
    static const char *const names[] = { "registry_", "ems_key_waiting", "ems_key_done", "ems_key_renamed", "result_", "snapshot_",
                                         "team_leave",
                                         "team_served", "consent_municipality", "consent_open",
                                         "consent_turn", "night_closure_put", "break_glass_call", "hand_on_move" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp (name, names[i], strlen (names[i])) == 0)
            return true;
    return false;
}

/* EMS-06: planned as the role of the fire service, under its own policies. */
static const char *role_of (const struct db_statement *list, const struct db_statement *statement)
{
    if (is_of_engine (statement->name))
        return "renkei_sharing_engine";
    return list == ems_statements || list == ems_export_statements ? "renkei_sharing_ems" : "renkei_sharing";
}

int main (void)
{
    struct harness *harness = region_open ();

    harness_sql (harness, "set jit = off");
    grow (harness);
    harness_as (harness, &manager);
    for (size_t i = 0; sharing_service.statements[i]; i++)
        for (const struct db_statement *statement = sharing_service.statements[i]; statement->name; statement++)
            plan (harness, statement, role_of (sharing_service.statements[i], statement));
    harness_sql (harness, "drop function scans (text, text)");
    harness_empty (harness, "patient, access");
    harness_close (&harness);
    return done ();
}
