#include "registry_store.h"
#include "bits.h"

enum { MUNICIPALITY, OFFICE, MEMBERSHIP, AGREEMENT, MARK_EMERGENCY, END_EMERGENCY, STATEMENT_COUNT };

const struct db_statement registry_statements[STATEMENT_COUNT + 1] = {
    [MUNICIPALITY] = { "registry_municipality",
        "insert into municipality as t (code, name, version) values ($1, $2, $3::bigint)"
        " on conflict (code) do update set name = excluded.name, version = excluded.version where t.version < excluded.version" },
    [OFFICE] = { "registry_office",
        "insert into office as t (office_id, name, located_in, phone, version) values ($1::uuid, $2, $3, $4, $5::bigint)"
        " on conflict (office_id) do update set name = excluded.name, located_in = excluded.located_in, phone = excluded.phone,"
        "    version = excluded.version where t.version < excluded.version" },
    [MEMBERSHIP] = { "registry_membership",
        "insert into membership as t (membership_id, person_id, office_id, name, located_in, roles, version)"
        " values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::bigint, $7::bigint)"
        " on conflict (membership_id) do update set name = excluded.name, located_in = excluded.located_in, roles = excluded.roles,"
        "    version = excluded.version where t.version < excluded.version" },
    [AGREEMENT] = { "registry_agreement",
        "insert into agreement as t (agreement_id, giving, receiving, from_date, to_date, version, records)"
        " values ($1::uuid, $2, $3, $4::date, $5::date, $6::bigint, $7::boolean)"
        " on conflict (agreement_id) do update set giving = excluded.giving, receiving = excluded.receiving,"
        "    from_date = excluded.from_date, to_date = excluded.to_date, records = excluded.records, version = excluded.version"
        " where t.version < excluded.version" },
    [MARK_EMERGENCY] = { "registry_mark_emergency",
        "insert into emergency_mark (municipality, patient_id, alert_id, urgency, tag, reported_by, reported_at)"
        " values ($1, $2::uuid, $3::uuid, $4::smallint, $5::smallint, $6::uuid, guard.to_time ($7::bigint))"
        " on conflict (municipality, patient_id, alert_id) do nothing" },
    [END_EMERGENCY] = { "registry_end_emergency",
        "update emergency_mark m set ended_at = guard.to_time ($3::bigint) from patient p"
        " where p.patient_id = $1::uuid and m.municipality = p.municipality and m.patient_id = p.patient_id and m.alert_id = $2::uuid" },
};

int registry_store_municipality (struct db *db, const struct municipality_changed *event, int64_t version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, event->code);
    db_text (&args, event->name);
    db_number (&args, version);
    return db_queue (db, &registry_statements[MUNICIPALITY], &args, err);
}

int registry_store_office (struct db *db, const struct office_changed *event, int64_t version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, event->office_id);
    db_text (&args, event->name);
    db_text (&args, event->municipality);
    db_text (&args, event->phone);
    db_number (&args, version);
    return db_queue (db, &registry_statements[OFFICE], &args, err);
}

int registry_store_membership (struct db *db, const struct membership_changed *event, int64_t version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, event->membership_id);
    db_text (&args, event->person_id);
    db_text (&args, event->office_id);
    db_text (&args, event->name);
    db_text (&args, event->municipality);
    db_number (&args, bits_of_enums (event->roles));
    db_number (&args, version);
    return db_queue (db, &registry_statements[MEMBERSHIP], &args, err);
}

/* An agreement of before kinds were written down is on people's records. */
static bool opens_records (const struct agreement_changed *event)
{
    for (size_t i = 0; i < event->kinds.count; i++)
        if (event->kinds.items[i] == AGREEMENT_KIND_PATIENT_RECORDS)
            return true;
    return event->kinds.count == 0;
}

int registry_store_agreement (struct db *db, const struct agreement_changed *event, int64_t version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, event->agreement_id);
    db_text (&args, event->giving);
    db_text (&args, event->receiving);
    db_text (&args, event->from);
    db_text (&args, event->to);
    db_number (&args, version);
    db_flag (&args, opens_records (event));
    return db_queue (db, &registry_statements[AGREEMENT], &args, err);
}

int registry_store_mark_emergency (struct db *db, const char *municipality, const struct emergency_reported *event, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, event->patient_id);
    db_text (&args, event->alert_id);
    db_number (&args, event->urgency);
    db_number (&args, event->tag);
    db_text (&args, event->reported_by);
    db_time (&args, event->reported_at);
    return db_queue (db, &registry_statements[MARK_EMERGENCY], &args, err);
}

int registry_store_end_emergency (struct db *db, const struct alert_ended *event, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, event->patient_id);
    db_text (&args, event->alert_id);
    db_time (&args, event->ended_at);
    return db_queue (db, &registry_statements[END_EMERGENCY], &args, err);
}
