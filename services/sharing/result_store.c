#include <string.h>
#include "result_store.h"

enum { PATIENT, ADD_PLACE, MOVE_PLACE, ADD_SECTION, MOVE_SECTION, STATEMENT_COUNT };

const struct db_statement result_statements[STATEMENT_COUNT + 1] = {
    [PATIENT] = { "result_patient",
        "select p.municipality, p.place_version, p.sections[3] as version,"
        "       coalesce ((select l.kind from place l where l.municipality = p.municipality and l.patient_id = p.patient_id"
        "                     and l.version = p.place_version), 1) as place,"
        "       (select v.content::text from section_version v where v.municipality = p.municipality and v.patient_id = p.patient_id"
        "           and v.section = 3 and v.version = p.sections[3]) as content"
        "  from patient p where p.patient_id = $1::uuid for no key update of p" },
    [ADD_PLACE] = { "result_add_place",
        "insert into place (municipality, patient_id, version, kind, name, phone, from_date, written_by, written_at)"
        " values ($1, $2::uuid, $3::bigint, $4::smallint, $5, $6, $7::date, $8::uuid, guard.to_time ($9::bigint))" },
    [MOVE_PLACE] = { "result_move_place",
        "update patient set place_version = $3::bigint, changed_at = guard.to_time ($4::bigint)"
        " where municipality = $1 and patient_id = $2::uuid" },
    [ADD_SECTION] = { "result_add_section",
        "insert into section_version (municipality, patient_id, section, version, content, urgent, written_by, written_office,"
        "                             written_role, written_at)"
        " values ($1, $2::uuid, 3, $3::bigint, $4::jsonb, true, $5::uuid, $5::uuid, $6::smallint, guard.to_time ($7::bigint))" },
    [MOVE_SECTION] = { "result_move_section",
        "update patient set sections[3] = $3::bigint, changed_at = guard.to_time ($4::bigint)"
        " where municipality = $1 and patient_id = $2::uuid" },
};

static int read_content (const char *json, struct arena *arena, struct sheet_content *ret, struct error *err)
{
    if (!json)
        return 0;
    return codec_json_read (&sheet_content_message, (struct bytes) { (const unsigned char *) json, strlen (json) }, arena, ret, err);
}

int result_store_patient (struct hearing *hearing, const char *patient_id, struct result_patient *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, patient_id);
    if (db_run (hearing->db, &result_statements[PATIENT], &args, &rows, err) < 0)
        return -1;
    *ret = (struct result_patient) { .found = db_count (rows) == 1 };
    if (!ret->found)
        return 0;
    ret->municipality = db_copy_text (rows, 0, "municipality", hearing->arena);
    ret->place = (enum place_kind) db_get_number (rows, 0, "place");
    ret->place_version = db_get_number (rows, 0, "place_version");
    ret->version = db_get_number (rows, 0, "version");
    return read_content (db_get_text (rows, 0, "content"), hearing->arena, &ret->content, err);
}

static struct db_args whose (const struct result_patient *patient, const char *patient_id)
{
    struct db_args args = { 0 };

    db_text (&args, patient->municipality);
    db_text (&args, patient_id);
    return args;
}

static int move (struct hearing *hearing, int statement, const struct result_patient *patient, const char *patient_id, int64_t version,
                 struct error *err)
{
    struct db_args args = whose (patient, patient_id);

    db_number (&args, version);
    db_time (&args, hearing->now);
    return db_queue_expect (hearing->db, &result_statements[statement], &args, 1, ERROR_BUG, err);
}

int result_store_place (struct hearing *hearing, const char *patient_id, const struct result_patient *patient,
                        const struct result_place *place, struct error *err)
{
    struct db_args args = whose (patient, patient_id);

    db_number (&args, patient->place_version + 1);
    db_number (&args, place->kind);
    db_text (&args, place->name);
    db_text (&args, place->phone);
    db_text (&args, place->from);
    db_text (&args, result_writer);
    db_time (&args, hearing->now);
    if (db_queue_expect (hearing->db, &result_statements[ADD_PLACE], &args, 1, ERROR_BUG, err) < 0)
        return -1;
    return move (hearing, MOVE_PLACE, patient, patient_id, patient->place_version + 1, err);
}

int result_store_section (struct hearing *hearing, const char *patient_id, const struct result_patient *patient,
                          const struct sheet_content *content, struct error *err)
{
    struct db_args args = whose (patient, patient_id);
    struct bytes json;

    if (codec_json_write (&sheet_content_message, content, hearing->arena, &json, err) < 0)
        return -1;
    db_number (&args, patient->version + 1);
    db_text (&args, arena_copy (hearing->arena, (const char *) json.data, json.size));
    db_text (&args, result_writer);
    db_number (&args, ROLE_AMBULANCE_CREW);
    db_time (&args, hearing->now);
    if (db_queue_expect (hearing->db, &result_statements[ADD_SECTION], &args, 1, ERROR_BUG, err) < 0)
        return -1;
    return move (hearing, MOVE_SECTION, patient, patient_id, patient->version + 1, err);
}
