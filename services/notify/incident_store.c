/* incident_store.c - see incident_store.h. */
#include "incident_store.h"

enum { PUT, GET, END, OF_ALERT, ADD_ENTRY, ENTRY_ALERT, ENTRIES, PUT_HOSPITAL, GET_HOSPITAL, SEATS, MANAGERS, KEEPERS, CLERKS, DRILL, EMPTY_DRILL,
       ADD_DRILL, DRILLS };

const struct db_statement incident_statements[] = {
    [PUT] = { "incident_put",
        "insert into incident as t (incident_id, municipality, patient_id, alert_id, partner_name, number, complaint, exercise, unit,"
        "                           crew_phone)"
        " values ($1::uuid, $2, $3::uuid, $4::uuid, $5, $6, $7::smallint, $8::boolean, $9, $10)"
        " on conflict (incident_id) do update set municipality = coalesce (excluded.municipality, t.municipality),"
        "        patient_id = coalesce (excluded.patient_id, t.patient_id), alert_id = coalesce (excluded.alert_id, t.alert_id),"
        "        complaint = excluded.complaint, unit = coalesce (excluded.unit, t.unit),"
        "        crew_phone = coalesce (excluded.crew_phone, t.crew_phone)" },
    [GET] = { "incident_get",
        "select municipality, patient_id, alert_id, partner_name, number, complaint, exercise, live, unit, crew_phone"
        "  from incident where incident_id = $1::uuid" },
    [END] = { "incident_end", "update incident set live = false where incident_id = $1::uuid" },
    [OF_ALERT] = { "incidents_of_alert",
        "select coalesce (array_agg (q.id), '{}') as incidents from ("
        "  select incident_id::text as id from incident where alert_id = $1::uuid and (live or not $2::boolean)"
        "   order by incident_id desc limit 10) q" },
    [ADD_ENTRY] = { "entry_add",
        "insert into alert_entry (municipality, alert_id, entry_id, at, class, reported_by, reporter_name, happened, incident_id, number,"
        "                         unit, crew_phone)"
        " values ($1, $2::uuid, $3::uuid, guard.to_time ($4::bigint), $5::smallint, $6::uuid, $7, $8, $9::uuid, $10, $11, $12)" },
    [ENTRY_ALERT] = { "entry_alert", "select alert_id, reported_by from alert_entry where entry_id = $1::uuid" },
    [ENTRIES] = { "entry_list",
        "select entry_id, guard.to_us (at) as at, class, reporter_name, happened, incident_id is not null as incident, number, unit, crew_phone"
        "  from alert_entry where municipality = $1 and alert_id = $2::uuid order by at, entry_id limit 40" },
    [PUT_HOSPITAL] = { "hospital_put",
        "insert into designated_hospital as t (municipality, patient_id, name, office_id, phone, night_phone, parallel_notice, agreed, version)"
        " values ($1, $2::uuid, $3, $4::uuid, $5, $6, $7::boolean, $8::boolean, $9::bigint)"
        " on conflict (municipality, patient_id) do update set name = excluded.name, office_id = excluded.office_id, phone = excluded.phone,"
        "        night_phone = excluded.night_phone, parallel_notice = excluded.parallel_notice, agreed = excluded.agreed,"
        "        version = excluded.version where excluded.version >= t.version" },
    [GET_HOSPITAL] = { "hospital_get",
        "select name, office_id, phone, night_phone, parallel_notice, agreed from designated_hospital where patient_id = $1::uuid" },
    [SEATS] = { "team_seats", "select person_id, office_id, seat from team_seat where patient_id = $1::uuid order by seat, member_id" },
    [MANAGERS] = { "team_managers_and_keepers",
        "select coalesce (array_agg (distinct q.p::text), '{}') as people from ("
        "  select s.person_id as p from team_seat s where s.patient_id = $1::uuid and s.seat = 3"
        "  union select m.person_id from membership m where m.located_in = $2 and m.roles & 6422528 <> 0) q" },
    [KEEPERS] = { "keepers_of", "select coalesce (array_agg (k::text), '{}') as people from keepers ($1) k" },
    [CLERKS] = { "rota_clerks",
        "select coalesce (array_agg (distinct person_id::text), '{}') as people from membership where located_in = $1 and roles & 32 <> 0" },
    [DRILL] = { "drill_get",
        "select coalesce (array_agg (contact_id::text) filter (where not is_office), '{}') as people,"
        "       coalesce (array_agg (contact_id::text) filter (where is_office), '{}') as offices from drill_contact where located_in = $1" },
    [EMPTY_DRILL] = { "drill_empty", "delete from drill_contact where located_in = $1" },
    [ADD_DRILL] = { "drill_add",
        "insert into drill_contact (located_in, contact_id, is_office, set_by)"
        " select $1, c::uuid, $3::boolean, $4::uuid from unnest ($2::text[]) c on conflict do nothing" },
    [DRILLS] = { "drill_lines",
        "select alert_id, class, synthetic, started_at, accepted_name, asked, delivered, accept_seconds, ended_at from drills ($1)" },
    { NULL, NULL },
};

static int queue (struct db *db, int statement, const struct db_args *args, struct error *err)
{
    return db_queue (db, &incident_statements[statement], args, err);
}

static int run (struct db *db, int statement, const struct db_args *args, db_rows **ret, struct error *err)
{
    return db_run (db, &incident_statements[statement], args, ret, err);
}

int incident_put (struct db *db, const struct incident_row *incident, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, incident->incident_id);
    db_text (&args, incident->municipality);
    db_text (&args, incident->patient_id);
    db_text (&args, incident->alert_id);
    db_text (&args, incident->partner_name);
    db_text (&args, incident->number);
    db_number (&args, incident->complaint);
    db_flag (&args, incident->exercise);
    db_text (&args, incident->unit);
    db_text (&args, incident->crew_phone);
    return queue (db, PUT, &args, err);
}

int incident_get (struct db *db, struct arena *arena, const char *incident_id, struct incident_row *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct incident_row) { 0 };
    db_text (&args, incident_id);
    if (run (db, GET, &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    *ret = (struct incident_row) {
        .incident_id = incident_id, .municipality = db_copy_text (rows, 0, "municipality", arena),
        .patient_id = db_copy_text (rows, 0, "patient_id", arena), .alert_id = db_copy_text (rows, 0, "alert_id", arena),
        .partner_name = db_copy_text (rows, 0, "partner_name", arena), .number = db_copy_text (rows, 0, "number", arena),
        .complaint = (enum incident_complaint) db_get_number (rows, 0, "complaint"), .exercise = db_get_flag (rows, 0, "exercise"),
        .live = db_get_flag (rows, 0, "live"), .unit = db_copy_text (rows, 0, "unit", arena),
        .crew_phone = db_copy_text (rows, 0, "crew_phone", arena) };
    return 0;
}

int incident_end (struct db *db, const char *incident_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, incident_id);
    return queue (db, END, &args, err);
}

static int read_list (struct db *db, int statement, const struct db_args *args, const char *column, struct arena *arena,
                      struct text_list *ret, struct error *err)
{
    DB_ROWS (rows);

    if (run (db, statement, args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, column, arena);
    return 0;
}

int incidents_of_alert (struct db *db, struct arena *arena, const char *alert_id, bool live_only, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, alert_id);
    db_flag (&args, live_only);
    return read_list (db, OF_ALERT, &args, "incidents", arena, ret, err);
}

int entry_add (struct db *db, const struct alert_row *alert, const struct entry_row *entry, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, alert->municipality);
    db_text (&args, alert->alert_id);
    db_text (&args, entry->entry_id);
    db_time (&args, entry->at);
    db_number (&args, entry->class);
    db_text (&args, entry->reported_by);
    db_text (&args, entry->reporter_name);
    db_text (&args, entry->happened);
    db_text (&args, entry->incident_id);
    db_text (&args, entry->number);
    db_text (&args, entry->unit);
    db_text (&args, entry->crew_phone);
    return queue (db, ADD_ENTRY, &args, err);
}

int entry_alert (struct db *db, struct arena *arena, const char *entry_id, const char **ret_alert, const char **ret_by, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret_alert = *ret_by = NULL;
    db_text (&args, entry_id);
    if (run (db, ENTRY_ALERT, &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    *ret_alert = db_copy_text (rows, 0, "alert_id", arena);
    *ret_by = db_copy_text (rows, 0, "reported_by", arena);
    return 0;
}

int entry_list (struct db *db, struct arena *arena, const struct alert_row *alert, struct alert_entry_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct alert_entry *items;
    DB_ROWS (rows);

    db_text (&args, alert->municipality);
    db_text (&args, alert->alert_id);
    if (run (db, ENTRIES, &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct alert_entry) {
            .entry_id = db_copy_text (rows, i, "entry_id", arena), .at = db_get_number (rows, i, "at"),
            .class = (enum alert_class) db_get_number (rows, i, "class"), .reported_by = db_copy_text (rows, i, "reporter_name", arena),
            .happened = db_copy_text (rows, i, "happened", arena), .incident = db_get_flag (rows, i, "incident"),
            .number = db_copy_text (rows, i, "number", arena), .unit = db_copy_text (rows, i, "unit", arena),
            .crew_phone = db_copy_text (rows, i, "crew_phone", arena) };
    ret->items = items;
    ret->count = (size_t) db_count (rows);
    return 0;
}

int hospital_put (struct db *db, const struct designated_hospital_changed *event, const char *municipality, int64_t version,
                  struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, event->patient_id);
    db_text (&args, event->facility);
    db_text (&args, event->office_id);
    db_text (&args, event->phone);
    db_text (&args, event->night_phone);
    db_flag (&args, event->parallel_notice);
    db_flag (&args, event->agreed);
    db_number (&args, version);
    return queue (db, PUT_HOSPITAL, &args, err);
}

int hospital_get (struct db *db, struct arena *arena, const char *patient_id, struct hospital_row *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct hospital_row) { 0 };
    db_text (&args, patient_id);
    if (run (db, GET_HOSPITAL, &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    *ret = (struct hospital_row) { .name = db_copy_text (rows, 0, "name", arena), .office_id = db_copy_text (rows, 0, "office_id", arena),
        .phone = db_copy_text (rows, 0, "phone", arena), .night_phone = db_copy_text (rows, 0, "night_phone", arena),
        .parallel_notice = db_get_flag (rows, 0, "parallel_notice"), .agreed = db_get_flag (rows, 0, "agreed") };
    return 0;
}

int team_seats (struct db *db, struct arena *arena, const char *patient_id, struct seat_rows *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, patient_id);
    if (run (db, SEATS, &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = (struct seat_row) { .person_id = db_copy_text (rows, (int) i, "person_id", arena),
            .office_id = db_copy_text (rows, (int) i, "office_id", arena), .seat = (int) db_get_number (rows, (int) i, "seat") };
    return 0;
}

int team_managers_and_keepers (struct db *db, struct arena *arena, const char *patient_id, const char *municipality, struct text_list *ret,
                               struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, patient_id);
    db_text (&args, municipality);
    return read_list (db, MANAGERS, &args, "people", arena, ret, err);
}

int rota_clerks (struct db *db, struct arena *arena, const char *municipality, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    return read_list (db, CLERKS, &args, "people", arena, ret, err);
}

int keepers_of (struct db *db, struct arena *arena, const char *municipality, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    return read_list (db, KEEPERS, &args, "people", arena, ret, err);
}

int drill_get (struct db *db, struct arena *arena, const char *municipality, struct drill *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, municipality);
    if (run (db, DRILL, &args, &rows, err) < 0)
        return -1;
    ret->people = db_copy_text_list (rows, 0, "people", arena);
    ret->offices = db_copy_text_list (rows, 0, "offices", arena);
    return 0;
}

static int add_drill (struct db *db, struct arena *arena, const char *municipality, struct text_list ids, bool offices, const char *by,
                      struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text_list (&args, arena, ids);
    db_flag (&args, offices);
    db_text (&args, by);
    return queue (db, ADD_DRILL, &args, err);
}

int drill_put (struct db *db, struct arena *arena, const struct drill_contact_put *command, const char *by, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, command->municipality);
    if (queue (db, EMPTY_DRILL, &args, err) < 0
        || add_drill (db, arena, command->municipality, command->people, false, by, err) < 0)
        return -1;
    return add_drill (db, arena, command->municipality, command->offices, true, by, err);
}

int drill_lines (struct db *db, struct arena *arena, const char *municipality, struct drill_line_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct drill_line *items;
    DB_ROWS (rows);

    db_text (&args, municipality);
    if (run (db, DRILLS, &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct drill_line) {
            .alert_id = db_copy_text (rows, i, "alert_id", arena), .class = (enum alert_class) db_get_number (rows, i, "class"),
            .synthetic = db_get_flag (rows, i, "synthetic"), .started_at = db_get_number (rows, i, "started_at"),
            .asked = db_get_number (rows, i, "asked"), .delivered = db_get_number (rows, i, "delivered"),
            .accepted_by = db_copy_text (rows, i, "accepted_name", arena),
            .has_accept_seconds = !db_is_null (rows, i, "accept_seconds"), .accept_seconds = db_get_number (rows, i, "accept_seconds"),
            .has_ended_at = !db_is_null (rows, i, "ended_at"), .ended_at = db_get_number (rows, i, "ended_at") };
    ret->items = items;
    ret->count = (size_t) db_count (rows);
    return 0;
}
