/* operator_store.c - questions to the database: see operator_store.h.  Prepared when asked: the schema may be gone while restoring. */
#include "operator_store.h"

static const struct db_statement facts[] = {
    { "operator_facts",
      "select current_setting ('server_version') as version, current_setting ('TimeZone') as zone,"
      "       to_char (timestamptz '2026-01-01 00:00:00+00' at time zone 'Asia/Tokyo', 'YYYY-MM-DD HH24:MI') as tokyo,"
      "       (select s.setting from pg_settings s where s.name = 'data_directory') as folder,"
      "       (select d.datcollate from pg_database d where d.datname = current_database ()) as collation,"
      "       (extract (epoch from clock_timestamp ()) * 1000000)::bigint as now_us,"
      "       current_setting ('max_prepared_transactions')::bigint as prepared,"
      "       (select count(*) from pg_namespace n where n.nspname in ('guard', 'registry', 'sharing', 'notify', 'dispatch')) as schemas,"
      "       (select count(*) from pg_stat_activity a where a.usename like 'renkei\\_%' and a.usename <> 'renkei_backup'"
      "           and a.application_name <> 'renkei-watch' and a.datname = current_database ()) as services,"
      "       (select count(*) from pg_stat_activity a where a.application_name = 'renkei-watch' and a.datname = current_database ()) as watches,"
      "       (select coalesce (max (extract (epoch from clock_timestamp () - a.xact_start))::bigint, 0) from pg_stat_activity a"
      "         where a.datname = current_database () and a.state <> 'idle' and a.backend_type = 'client backend') as longest" },
};
static const struct db_statement alerts[] = {
    { "operator_alerts",
      "select (select string_agg (what, ',') from notify.trouble ()) as trouble,"
      "       to_char (notify.self_test_done () at time zone 'Asia/Tokyo', 'YYYY-MM-DD HH24:MI') as tested" },
};
static const struct db_statement services[] = {
    { "operator_services",
      "select count(*) as services from pg_stat_activity a where a.usename like 'renkei\\_%' and a.usename <> 'renkei_backup'"
      "   and a.application_name <> 'renkei-watch' and a.datname = current_database ()" },
};
static const struct { const char *service; struct db_statement statement; } seals[] = {
    { "registry", { "operator_seals_registry", "select registry.verify_ledger () as seal" } },
    { "sharing", { "operator_seals_sharing", "select sharing.verify_ledger () as seal" } },
    { "notify", { "operator_seals_notify", "select notify.verify_ledger () as seal" } },
    { "dispatch", { "operator_seals_dispatch", "select dispatch.verify_ledger () as seal" } },
};
/* A ledger of years takes longer than a statement of a service may. */
static const struct db_statement patience[] = { { "operator_patience", "select set_config ('statement_timeout', '0', false)" } };
const char operator_store_drop[] = "drop schema if exists guard, registry, sharing, notify, dispatch cascade";
const char operator_store_hold[] = "select notify.outbound_hold (), guard.raise_incarnation ()";

static int run (struct db *db, const struct db_statement *statement, db_rows **ret, struct error *err)
{
    struct db_args args = { 0 };

    return db_prepare (db, statement, 1, err) < 0 || db_run (db, statement, &args, ret, err) < 0 ? -1 : 0;
}

int operator_store_facts (struct db *db, struct arena *arena, struct database_facts *ret, struct error *err)
{
    DB_ROWS (rows);

    if (run (db, facts, &rows, err) < 0)
        return -1;
    *ret = (struct database_facts) {
        .version = db_copy_text (rows, 0, "version", arena), .time_zone = db_copy_text (rows, 0, "zone", arena),
        .tokyo = db_copy_text (rows, 0, "tokyo", arena), .collation = db_copy_text (rows, 0, "collation", arena),
        .folder = db_copy_text (rows, 0, "folder", arena),
        .now_us = db_get_number (rows, 0, "now_us"), .prepared = db_get_number (rows, 0, "prepared"),
        .schemas = db_get_number (rows, 0, "schemas"), .services = db_get_number (rows, 0, "services"),
        .longest_seconds = db_get_number (rows, 0, "longest"), .watches = db_get_number (rows, 0, "watches"),
    };
    return 0;
}

int operator_store_alerts (struct db *db, struct arena *arena, struct alert_facts *ret, struct error *err)
{
    DB_ROWS (rows);

    if (run (db, alerts, &rows, err) < 0)
        return -1;
    *ret = (struct alert_facts) { db_copy_text (rows, 0, "trouble", arena), db_copy_text (rows, 0, "tested", arena) };
    return 0;
}

int operator_store_services (struct db *db, int64_t *ret, struct error *err)
{
    DB_ROWS (rows);

    if (run (db, services, &rows, err) < 0)
        return -1;
    *ret = db_get_number (rows, 0, "services");
    return 0;
}

int operator_store_broken_seal (struct db *db, const char *service, int64_t *ret, struct error *err)
{
    size_t which = 0;
    DB_ROWS (rows);
    DB_ROWS (unused);

    while (which < sizeof seals / sizeof *seals && strcmp (seals[which].service, service) != 0)
        which++;
    if (which == sizeof seals / sizeof *seals)
        return fail (err, ERROR_BUG, NULL, "%s has no ledger", service);
    if (run (db, patience, &unused, err) < 0 || run (db, &seals[which].statement, &rows, err) < 0)
        return -1;
    *ret = db_get_number (rows, 0, "seal");
    return 0;
}
