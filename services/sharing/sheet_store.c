#include "sheet_store.h"

enum { ADD_VERSION, CURRENT, HISTORY, VERSION, READERS, MARK_READ, STATEMENT_COUNT };

#define VIEW_COLUMNS \
    " v.content::text as content, v.written_by, v.written_role, guard.to_us (v.written_at) as written_at," \
    " coalesce (w.name, '') as written_by_name, o.name as written_by_office, r.version as seen_version"
#define VIEW_JOINS(section) \
    "  left join membership w on w.person_id = v.written_by and w.office_id = v.written_office" \
    "  left join office o on o.office_id = v.written_office" \
    "  left join section_read r on r.municipality = $1 and r.patient_id = $2::uuid and r.section = " section " and r.person_id = $3::uuid"

const struct db_statement sheet_statements[STATEMENT_COUNT + 1] = {
    [ADD_VERSION] = { "sheet_add_version",
        "insert into section_version (municipality, patient_id, section, version, content, urgent, written_by, written_office,"
        "                             written_role, written_at)"
        " values ($1, $2::uuid, $3::smallint, $4::bigint, $5::jsonb, $6::boolean, $7::uuid, $8::uuid, $9::smallint,"
        "         guard.to_time ($10::bigint))" },
    [CURRENT] = { "sheet_current",
        "select n.section, n.version," VIEW_COLUMNS
        "  from unnest ($4::bigint[]) with ordinality n (version, section)"
        "  left join lateral (select * from section_version c where c.municipality = $1 and c.patient_id = $2::uuid"
        "                        and c.section = n.section and c.version = n.version offset 0) v on true"
        VIEW_JOINS ("n.section")
        " order by n.section" },
    [HISTORY] = { "sheet_history",
        "select v.section, v.version," VIEW_COLUMNS
        "  from section_version v" VIEW_JOINS ("v.section")
        " where v.municipality = $1 and v.patient_id = $2::uuid and v.section = $4::smallint and v.version < $5::bigint"
        " order by v.version desc limit $6::bigint" },
    [VERSION] = { "sheet_version",
        "select v.section, v.version," VIEW_COLUMNS
        "  from section_version v" VIEW_JOINS ("v.section")
        " where v.municipality = $1 and v.patient_id = $2::uuid and v.section = $4::smallint and v.version = $5::bigint" },
    [READERS] = { "sheet_readers",
        "select r.section, r.version, r.person_id, coalesce (w.name, '') as name, r.role, guard.to_us (r.read_at) as read_at"
        "  from section_read r join unnest ($3::bigint[]) with ordinality n (version, section)"
        "    on n.section = r.section and n.version = r.version"
        "  left join membership w on w.person_id = r.person_id and w.office_id = r.office_id"
        " where r.municipality = $1 and r.patient_id = $2::uuid order by r.section, r.read_at limit 600" },
    [MARK_READ] = { "sheet_mark_read",
        "insert into section_read as r (municipality, patient_id, section, person_id, version, office_id, role, read_at)"
        " values ($1, $2::uuid, $3::smallint, $4::uuid, $5::bigint, $6::uuid, $7::smallint, guard.to_time ($8::bigint))"
        " on conflict (municipality, patient_id, section, person_id) do update"
        "    set version = excluded.version, office_id = excluded.office_id, role = excluded.role, read_at = excluded.read_at"
        "  where r.version < excluded.version"
        " returning r.version" },
};

int sheet_store_add_version (struct request *request, const char *municipality, const struct sheet_section_update *change,
                             int64_t version, enum role role, struct error *err)
{
    struct sheet_content content = { .entries = change->entries };
    struct db_args args = { 0 };
    struct bytes json;

    if (codec_json_write (&sheet_content_message, &content, request->arena, &json, err) < 0)
        return -1;
    db_text (&args, municipality);
    db_text (&args, change->patient_id);
    db_number (&args, change->section);
    db_number (&args, version);
    db_text (&args, arena_copy (request->arena, (const char *) json.data, json.size));
    db_flag (&args, change->has_urgent && change->urgent);
    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    db_number (&args, role);
    db_time (&args, request->now);
    return db_queue_sure (request->db, &sheet_statements[ADD_VERSION], &args, ERROR_MOVED_ON, err);
}

static int read_content (const db_rows *rows, int row, struct arena *arena, struct section_view *view, struct error *err)
{
    const char *json = db_get_text (rows, row, "content");
    struct sheet_content content = { 0 };

    if (!json)
        return 0;
    if (codec_json_read (&sheet_content_message, (struct bytes) { (const unsigned char *) json, strlen (json) }, arena, &content, err) < 0)
        return -1;
    view->entries = content.entries;
    return 0;
}

static int read_view (const db_rows *rows, int row, struct arena *arena, struct section_view *view, struct error *err)
{
    *view = (struct section_view) {
        .section = (enum sheet_section) db_get_number (rows, row, "section"),
        .version = db_get_number (rows, row, "version"),
        .has_seen_version = !db_is_null (rows, row, "seen_version"),
        .seen_version = db_get_number (rows, row, "seen_version"),
    };
    view->entries.items = arena_alloc (arena, 1);       /* required: there, even when empty */
    if (db_is_null (rows, row, "content"))
        return 0;
    view->written_by = db_copy_text (rows, row, "written_by", arena);
    view->written_by_name = db_copy_text (rows, row, "written_by_name", arena);
    view->written_by_role = (enum role) db_get_number (rows, row, "written_role");
    view->written_by_office = db_copy_text (rows, row, "written_by_office", arena);
    view->has_written_at = true;
    view->written_at = db_get_number (rows, row, "written_at");
    return read_content (rows, row, arena, view, err);
}

static int read_views (const db_rows *rows, struct arena *arena, struct section_list *ret, struct error *err)
{
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        if (read_view (rows, i, arena, &ret->items[i], err) < 0)
            return -1;
    return 0;
}

static void add_whose (struct db_args *args, const struct request *request, const char *municipality, const char *patient_id)
{
    db_text (args, municipality);
    db_text (args, patient_id);
    db_text (args, request->actor->person_id);
}

int sheet_store_current (struct request *request, const struct record *patient, const char *patient_id, struct section_list *ret,
                         struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    add_whose (&args, request, patient->municipality, patient_id);
    db_text_list (&args, request->arena, patient->sections);
    if (db_run (request->db, &sheet_statements[CURRENT], &args, &rows, err) < 0)
        return -1;
    return read_views (rows, request->arena, ret, err);
}

int sheet_store_history (struct request *request, const char *municipality, const char *patient_id, enum sheet_section section,
                         int64_t before, int64_t most, struct section_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    add_whose (&args, request, municipality, patient_id);
    db_number (&args, section);
    db_number (&args, before > 0 ? before : INT64_MAX);
    db_number (&args, most);
    if (db_run (request->db, &sheet_statements[HISTORY], &args, &rows, err) < 0)
        return -1;
    return read_views (rows, request->arena, ret, err);
}

int sheet_store_version (struct request *request, const char *municipality, const char *patient_id, enum sheet_section section,
                         int64_t version, struct section_view *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    add_whose (&args, request, municipality, patient_id);
    db_number (&args, section);
    db_number (&args, version);
    if (db_run (request->db, &sheet_statements[VERSION], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0)
        return read_view (rows, 0, request->arena, ret, err);
    *ret = (struct section_view) { .section = section };
    ret->entries.items = arena_alloc (request->arena, 1);
    return 0;
}

int sheet_store_readers (struct request *request, const struct record *patient, const char *patient_id, struct sheet_answer *ret,
                         struct error *err)
{
    struct section_reader *readers;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, patient->municipality);
    db_text (&args, patient_id);
    db_text_list (&args, request->arena, patient->sections);
    if (db_run (request->db, &sheet_statements[READERS], &args, &rows, err) < 0)
        return -1;
    readers = arena_alloc (request->arena, ((size_t) db_count (rows) + 1) * sizeof *readers);
    for (int i = 0; i < db_count (rows); i++)
        readers[i] = (struct section_reader) { .section = (enum sheet_section) db_get_number (rows, i, "section"),
                                               .version = db_get_number (rows, i, "version"),
                                               .person_id = db_copy_text (rows, i, "person_id", request->arena),
                                               .name = db_copy_text (rows, i, "name", request->arena),
                                               .role = (enum role) db_get_number (rows, i, "role"),
                                               .read_at = db_get_number (rows, i, "read_at") };
    ret->readers.items = readers;
    ret->readers.count = (size_t) db_count (rows);
    return 0;
}

int sheet_store_mark_read (struct request *request, const char *municipality, const struct section_read_mark *mark, enum role role,
                           bool *ret_new, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, municipality);
    db_text (&args, mark->patient_id);
    db_number (&args, mark->section);
    db_text (&args, request->actor->person_id);
    db_number (&args, mark->version);
    db_text (&args, request->actor->office_id);
    db_number (&args, role);
    db_time (&args, request->now);
    if (db_run (request->db, &sheet_statements[MARK_READ], &args, &rows, err) < 0)
        return -1;
    *ret_new = db_count (rows) > 0;
    return 0;
}
