/* alert_read_store.c - reading alerts; see alert_store.h. */
#include "alert_store.h"

enum { STANDING, FILLING, PATIENT, NAMES, OFFICE_STAFF, ASKED_PEOPLE, NUMBER_OFFICES, GET, LOCK, TRIES, LINES, WAS_SEEN, LIST, ANY_DUE, CLAIM_DUE,
       CLAIM_STALE, CLAIM_MOVED, TO_JOIN, PERSON_OFFICE, OVERDUE };

enum { LINES_MOST = 400 };

#define ALERT_COLUMNS \
    "a.municipality, a.alert_id, a.patient_id, a.patient_name, a.patient_kana, a.birth_date::text as birth_date, " \
    "a.patient_phone, a.place, a.place_name, a.place_phone, a.terminal_phase, a.terminal_first_phone, a.urgency, a.tag, " \
    "a.happened, a.callback, a.state, guard.to_us (a.observed_at) as observed_at, guard.to_us (a.received_at) as received_at, " \
    "a.reported_by, a.reporter_name, a.reporter_office, a.chain_version, a.chain_note, a.last_resort_office, " \
    "a.last_resort_name, a.last_resort_phone, a.step, guard.to_us (a.next_action_at) as next_action_at, a.roster_version, " \
    "a.accepted_by, a.accepted_name, guard.to_us (a.arrival_at) as arrival_at, a.outcome, a.version, " \
    "a.class, a.reporter, a.exercise, a.synthetic, a.response, a.rounds, guard.to_us (a.entered_at) as entered_at, " \
    "guard.to_us (a.reading_at) as reading_at, a.reading_by, guard.to_us (a.deadline_at) as deadline_at, " \
    "guard.to_us (a.hospital_due_at) as hospital_due_at, guard.to_us (a.handover_at) as handover_at, a.overdue, " \
    "guard.to_us (a.arrived_at) as arrived_at, guard.to_us (a.in_hand_at) as in_hand_at, " \
    "guard.to_us (a.hospital_asked_at) as hospital_asked_at, a.hospital_answer, a.hospital_refusal, a.failures, " \
    "a.moved_version is not null as has_incident"

/* The reader was asked or told, in person or as staff on call of an asked office, and has not answered. */
#define WAITS \
    "exists (select from alert_try t where t.municipality = a.municipality and t.alert_id = a.alert_id and t.state in (2, 3, 6, 7)" \
    "         and a.state = 1 and (t.person_id = $1::uuid or (t.person_id is null and t.office_id = $2::uuid and $3::boolean)))"

const struct db_statement alert_read_statements[] = {
    [STANDING] = { "alert_standing",
        "select municipality, in_team, in_office, attends, manages, is_last_resort from standing_to ($1::uuid)" },
    [FILLING] = { "alert_filling", "select filling () as sources" },
    [PATIENT] = { "alert_patient",
        "select municipality, name, name_kana, birth_date::text as birth_date, place, place_name, place_phone, phone, terminal_phase,"
        "       terminal_first_phone"
        "  from patient where patient_id = $1::uuid" },
    [NAMES] = { "alert_names",
        "select (select m.name from membership m where m.person_id = $1::uuid order by (m.office_id = $2::uuid) desc,"
        "       m.version desc limit 1) as person,"
        "       o.name as office, coalesce (o.duty_phone, o.phone) as phone,"
        "       (select name from municipality where code = $3) as municipality"
        "  from (select $2::uuid as office_id) q left join office o on o.office_id = q.office_id" },
    [OFFICE_STAFF] = { "alert_office_staff",
        "select coalesce (array_agg (distinct m.person_id::text),"
        "       '{}') as people from membership m where m.office_id = $1::uuid and m.roles & 12297 <> 0" },
    [ASKED_PEOPLE] = { "alert_asked_people",
        "select coalesce (array_agg (distinct q.p::text), '{}') as people from ("
        "  select t.person_id as p from alert_try t"
        "   where t.municipality = $1 and t.alert_id = $2::uuid and t.state <> 1 and ($4::boolean or t.state <> 7) and t.person_id is not null"
        "  union"
        "  select m.person_id from alert_try t join membership m on m.office_id = t.office_id and m.roles & 12297 <> 0"
        "   where t.municipality = $1 and t.alert_id = $2::uuid and t.state <> 1 and ($4::boolean or t.state <> 7) and t.person_id is null"
        "  union select $3::uuid) q where q.p is not null" },
    [NUMBER_OFFICES] = { "alert_number_offices",
        "select coalesce (array_agg (distinct s.office_id::text), '{}') as people from team_seat s"
        " where s.patient_id = $1::uuid and s.seat in (1, 2, 4)" },
    [GET] = { "alert_get", "select " ALERT_COLUMNS " from alert a where a.alert_id = $1::uuid" },
    [LOCK] = { "alert_lock", "select " ALERT_COLUMNS " from alert a where a.alert_id = $1::uuid for no key update" },
    [TRIES] = { "alert_tries",
        "select try_id, position, target, person_id, rotation_id, office_id, name, office, phone, reason, delay_seconds, state,"
        "       guard.to_us (due_at) as due_at, guard.to_us (asked_at) as asked_at, guard.to_us (seen_at) as seen_at,"
        "       guard.to_us (answered_at) as answered_at, answer, guard.to_us (arrival_at) as arrival_at, decline"
        "  from alert_try where municipality = $1 and alert_id = $2::uuid order by position, try_id" },
    [LINES] = { "alert_lines",
        "select guard.to_us (at) as at, kind, person_id, name, text"
        "  from (select * from alert_line where municipality = $1 and alert_id = $2::uuid order by line desc limit $3::bigint) newest"
        " order by line" },
    [WAS_SEEN] = { "alert_was_seen",
        "select exists (select from alert_line where municipality = $1 and alert_id = $2::uuid and kind = 5 and person_id = $3::uuid) as yes" },
    [LIST] = { "alert_list",
        "select " ALERT_COLUMNS ", " WAITS " as waits"
        "  from alert a"
        " where (a.state <> 3 or not $4::boolean)"
        "   and (not $5::boolean or ((a.state <> 3), a.received_at, a.alert_id) < ($6::boolean, guard.to_time ($7::bigint), $8::uuid))"
        " order by (a.state <> 3) desc, a.received_at desc, a.alert_id desc limit $9::bigint" },
    [ANY_DUE] = { "alert_any_due",
        "select exists (select from alert where next_action_at <= guard.to_time ($1::bigint))"
        "    or exists (select from alert where moved_version is not null and moved_version <> version)"
        "    or exists (select from alert a, roster r where a.state = 1 and a.roster_version <> r.version) as yes" },
    /* emergencies first; what failed just now waits (put_off_until) */
    [CLAIM_DUE] = { "alert_claim_due",
        "select " ALERT_COLUMNS " from alert a where a.next_action_at <= guard.to_time ($1::bigint) and a.state <> 3"
        "   and (a.put_off_until is null or a.put_off_until <= guard.to_time ($1::bigint))"
        " order by a.class = 4, a.next_action_at limit 1 for no key update skip locked" },
    [CLAIM_STALE] = { "alert_claim_stale",
        "select " ALERT_COLUMNS " from alert a where a.state = 1 and a.roster_version <> $1::bigint"
        "   and (a.put_off_until is null or a.put_off_until <= guard.now ())"
        " order by a.received_at limit 1 for no key update skip locked" },
    [CLAIM_MOVED] = { "alert_claim_moved",
        "select " ALERT_COLUMNS " from alert a where a.moved_version is not null and a.moved_version <> a.version"
        "   and (a.put_off_until is null or a.put_off_until <= guard.now ())"
        " limit 1 for no key update skip locked" },
    [TO_JOIN] = { "alert_to_join", "select alert_to_join ($1::uuid, guard.to_time ($2::bigint), $3::boolean) as alert_id" },
    [PERSON_OFFICE] = { "alert_person_office",
        "select office_id from membership where person_id = $1::uuid and roles <> 0 order by version desc limit 1" },
    [OVERDUE] = { "alert_overdue",
        "select " ALERT_COLUMNS " from alert a where a.state = 1"
        "   and (a.next_action_at <= guard.to_time ($1::bigint)"
        "        or (a.next_action_at is null and a.response is distinct from 3))"
        " order by a.received_at limit 100" },
    { NULL, NULL },
};

static int run (struct db *db, int statement, const struct db_args *args, db_rows **ret, struct error *err)
{
    return db_run (db, &alert_read_statements[statement], args, ret, err);
}

int alert_standing (struct db *db, struct arena *arena, const char *patient_id, struct standing_to *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct standing_to) { 0 };
    db_text (&args, patient_id);
    if (run (db, STANDING, &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    *ret = (struct standing_to) {
        .municipality = db_copy_text (rows, 0, "municipality", arena), .in_team = db_get_flag (rows, 0, "in_team"),
        .in_office = db_get_flag (rows, 0, "in_office"), .attends = db_get_flag (rows, 0, "attends"),
        .manages = db_get_flag (rows, 0, "manages"), .is_last_resort = db_get_flag (rows, 0, "is_last_resort") };
    return 0;
}

int alert_filling (struct db *db, struct arena *arena, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (run (db, FILLING, &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "sources", arena);
    return 0;
}

int alert_patient (struct db *db, struct arena *arena, const char *patient_id, struct alert_row *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, patient_id);
    if (run (db, PATIENT, &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    ret->patient_name = db_copy_text (rows, 0, "name", arena);
    ret->patient_kana = db_copy_text (rows, 0, "name_kana", arena);
    ret->birth_date = db_copy_text (rows, 0, "birth_date", arena);
    ret->patient_phone = db_copy_text (rows, 0, "phone", arena);
    ret->place = (enum place_kind) db_get_number (rows, 0, "place");
    ret->place_name = db_copy_text (rows, 0, "place_name", arena);
    ret->place_phone = db_copy_text (rows, 0, "place_phone", arena);
    ret->terminal_phase = db_get_flag (rows, 0, "terminal_phase");
    ret->terminal_first_phone = db_copy_text (rows, 0, "terminal_first_phone", arena);
    return 0;
}

int alert_names (struct db *db, struct arena *arena, const char *person_id, const char *office_id, const char *municipality,
                 const char **ret_person, const char **ret_office, const char **ret_phone, const char **ret_municipality, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    db_text (&args, office_id);
    db_text (&args, municipality);
    if (run (db, NAMES, &args, &rows, err) < 0)
        return -1;
    *ret_person = db_copy_text (rows, 0, "person", arena);
    *ret_office = db_copy_text (rows, 0, "office", arena);
    *ret_phone = db_copy_text (rows, 0, "phone", arena);
    *ret_municipality = db_copy_text (rows, 0, "municipality", arena);
    return 0;
}

static int read_people (struct db *db, int statement, const struct db_args *args, struct arena *arena, struct text_list *ret,
                        struct error *err)
{
    DB_ROWS (rows);

    if (run (db, statement, args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "people", arena);
    return 0;
}

int alert_office_staff (struct db *db, struct arena *arena, const char *office_id, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, office_id);
    return read_people (db, OFFICE_STAFF, &args, arena, ret, err);
}

int alert_asked_people (struct db *db, struct arena *arena, const struct alert_row *alert, bool told, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, alert->municipality);
    db_text (&args, alert->alert_id);
    db_text (&args, alert->reported_by);
    db_flag (&args, told);
    return read_people (db, ASKED_PEOPLE, &args, arena, ret, err);
}

int alert_number_offices (struct db *db, struct arena *arena, const char *patient_id, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, patient_id);
    return read_people (db, NUMBER_OFFICES, &args, arena, ret, err);
}

static void read_person (const db_rows *rows, int i, struct arena *arena, struct alert_row *ret)
{
    ret->municipality = db_copy_text (rows, i, "municipality", arena);
    ret->alert_id = db_copy_text (rows, i, "alert_id", arena);
    ret->patient_id = db_copy_text (rows, i, "patient_id", arena);
    ret->patient_name = db_copy_text (rows, i, "patient_name", arena);
    ret->patient_kana = db_copy_text (rows, i, "patient_kana", arena);
    ret->birth_date = db_copy_text (rows, i, "birth_date", arena);
    ret->patient_phone = db_copy_text (rows, i, "patient_phone", arena);
    ret->place = (enum place_kind) db_get_number (rows, i, "place");
    ret->place_name = db_copy_text (rows, i, "place_name", arena);
    ret->place_phone = db_copy_text (rows, i, "place_phone", arena);
    ret->terminal_phase = db_get_flag (rows, i, "terminal_phase");
    ret->terminal_first_phone = db_copy_text (rows, i, "terminal_first_phone", arena);
}

static void read_kind (const db_rows *rows, int i, struct arena *arena, struct alert_row *ret)
{
    ret->class = (enum alert_class) db_get_number (rows, i, "class");
    ret->reporter = (enum reporter_kind) db_get_number (rows, i, "reporter");
    ret->exercise = db_get_flag (rows, i, "exercise");
    ret->synthetic = db_get_flag (rows, i, "synthetic");
    ret->response = (enum incident_response) db_get_number (rows, i, "response");
    ret->rounds = (int) db_get_number (rows, i, "rounds");
    ret->entered_at = db_get_number (rows, i, "entered_at");
    ret->reading_at = db_get_number (rows, i, "reading_at");
    ret->reading_by = db_copy_text (rows, i, "reading_by", arena);
    ret->deadline_at = db_get_number (rows, i, "deadline_at");
    ret->hospital_due_at = db_get_number (rows, i, "hospital_due_at");
    ret->handover_at = db_get_number (rows, i, "handover_at");
    ret->overdue = db_get_flag (rows, i, "overdue");
    ret->arrived_at = db_get_number (rows, i, "arrived_at");
    ret->in_hand_at = db_get_number (rows, i, "in_hand_at");
    ret->hospital_asked_at = db_get_number (rows, i, "hospital_asked_at");
    ret->hospital_answer = (enum hospital_answer) db_get_number (rows, i, "hospital_answer");
    ret->hospital_refusal = (enum hospital_refusal) db_get_number (rows, i, "hospital_refusal");
    ret->failures = (int) db_get_number (rows, i, "failures");
    ret->has_incident = db_get_flag (rows, i, "has_incident");
}

static struct alert_row alert_row_of (const db_rows *rows, int i, struct arena *arena)
{
    struct alert_row alert = {
        .urgency = (enum urgency) db_get_number (rows, i, "urgency"),
        .tag = (enum condition_tag) db_get_number (rows, i, "tag"),
        .happened = db_copy_text (rows, i, "happened", arena),
        .callback = db_copy_text (rows, i, "callback", arena),
        .state = (enum alert_state) db_get_number (rows, i, "state"),
        .observed_at = db_get_number (rows, i, "observed_at"),
        .received_at = db_get_number (rows, i, "received_at"),
        .reported_by = db_copy_text (rows, i, "reported_by", arena),
        .reporter_name = db_copy_text (rows, i, "reporter_name", arena),
        .reporter_office = db_copy_text (rows, i, "reporter_office", arena),
        .chain_version = db_get_number (rows, i, "chain_version"),
        .chain_note = db_copy_text (rows, i, "chain_note", arena),
        .last_resort_office = db_copy_text (rows, i, "last_resort_office", arena),
        .last_resort_name = db_copy_text (rows, i, "last_resort_name", arena),
        .last_resort_phone = db_copy_text (rows, i, "last_resort_phone", arena),
        .step = (int) db_get_number (rows, i, "step"),
        .next_action_at = db_get_number (rows, i, "next_action_at"),
        .roster_version = db_get_number (rows, i, "roster_version"),
        .accepted_by = db_copy_text (rows, i, "accepted_by", arena),
        .accepted_name = db_copy_text (rows, i, "accepted_name", arena),
        .arrival_at = db_get_number (rows, i, "arrival_at"),
        .outcome = db_copy_text (rows, i, "outcome", arena),
        .version = db_get_number (rows, i, "version"),
    };

    read_person (rows, i, arena, &alert);
    read_kind (rows, i, arena, &alert);
    return alert;
}

static int read_one (struct db *db, int statement, const struct db_args *args, struct arena *arena, struct alert_row *ret,
                     struct error *err)
{
    DB_ROWS (rows);

    if (run (db, statement, args, &rows, err) < 0)
        return -1;
    *ret = db_count (rows) ? alert_row_of (rows, 0, arena) : (struct alert_row) { 0 };
    return 0;
}

int alert_get (struct db *db, struct arena *arena, const char *alert_id, bool lock, struct alert_row *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, alert_id);
    return read_one (db, lock ? LOCK : GET, &args, arena, ret, err);
}

int alert_any_due (struct db *db, int64_t now, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, now);
    if (run (db, ANY_DUE, &args, &rows, err) < 0)
        return -1;
    *ret = db_get_flag (rows, 0, "yes");
    return 0;
}

int alert_claim_due (struct db *db, struct arena *arena, int64_t now, struct alert_row *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_time (&args, now);
    return read_one (db, CLAIM_DUE, &args, arena, ret, err);
}

int alert_person_office (struct db *db, struct arena *arena, const char *person_id, const char **ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = NULL;
    db_text (&args, person_id);
    if (run (db, PERSON_OFFICE, &args, &rows, err) < 0)
        return -1;
    if (db_count (rows))
        *ret = db_copy_text (rows, 0, "office_id", arena);
    return 0;
}

int alert_overdue (struct db *db, struct arena *arena, int64_t before, struct alert_rows *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, before);
    if (run (db, OVERDUE, &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = alert_row_of (rows, (int) i, arena);
    return 0;
}

int alert_claim_moved (struct db *db, struct arena *arena, struct alert_row *ret, struct error *err)
{
    struct db_args args = { 0 };

    return read_one (db, CLAIM_MOVED, &args, arena, ret, err);
}

int alert_to_join (struct db *db, struct arena *arena, const char *patient_id, int64_t since, bool exercise, const char **ret,
                   struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, patient_id);
    db_time (&args, since);
    db_flag (&args, exercise);
    if (run (db, TO_JOIN, &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text (rows, 0, "alert_id", arena);
    return 0;
}

int alert_claim_stale (struct db *db, struct arena *arena, int64_t roster_version, struct alert_row *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_number (&args, roster_version);
    return read_one (db, CLAIM_STALE, &args, arena, ret, err);
}

static struct alert_try try_view (const db_rows *rows, int i, struct arena *arena)
{
    return (struct alert_try) {
        .position = db_get_number (rows, i, "position"),
        .target = (enum target_kind) db_get_number (rows, i, "target"),
        .person_id = db_copy_text (rows, i, "person_id", arena),
        .name = db_copy_text (rows, i, "name", arena),
        .office = db_copy_text (rows, i, "office", arena),
        .phone = db_copy_text (rows, i, "phone", arena),
        .reason = db_copy_text (rows, i, "reason", arena),
        .state = (enum try_state) db_get_number (rows, i, "state"),
        .has_due_at = !db_is_null (rows, i, "due_at"), .due_at = db_get_number (rows, i, "due_at"),
        .has_asked_at = !db_is_null (rows, i, "asked_at"), .asked_at = db_get_number (rows, i, "asked_at"),
        .has_seen_at = !db_is_null (rows, i, "seen_at"), .seen_at = db_get_number (rows, i, "seen_at"),
        .has_answered_at = !db_is_null (rows, i, "answered_at"), .answered_at = db_get_number (rows, i, "answered_at"),
        .answer = (enum alert_answer_kind) db_get_number (rows, i, "answer"),
        .has_arrival_at = !db_is_null (rows, i, "arrival_at"), .arrival_at = db_get_number (rows, i, "arrival_at"),
        .office_id = db_copy_text (rows, i, "office_id", arena),
        .decline = (enum decline_reason) db_get_number (rows, i, "decline"),
    };
}

int alert_get_tries (struct db *db, struct arena *arena, const struct alert_row *alert, struct try_rows *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, alert->municipality);
    db_text (&args, alert->alert_id);
    if (run (db, TRIES, &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct try_row) { .view = try_view (rows, i, arena), .try_id = db_get_number (rows, i, "try_id"),
            .rotation_id = db_copy_text (rows, i, "rotation_id", arena), .office_id = db_copy_text (rows, i, "office_id", arena),
            .delay_seconds = (int) db_get_number (rows, i, "delay_seconds") };
    return 0;
}

int alert_get_lines (struct db *db, struct arena *arena, const struct alert_row *alert, struct timeline_line_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct timeline_line *items;
    DB_ROWS (rows);

    db_text (&args, alert->municipality);
    db_text (&args, alert->alert_id);
    db_number (&args, LINES_MOST);
    if (run (db, LINES, &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct timeline_line){ .at = db_get_number (rows, i, "at"),
                                           .kind = (enum timeline_kind)db_get_number (rows, i, "kind"),
                                           .person_id = db_copy_text (rows, i, "person_id", arena),
                                           .name = db_copy_text (rows, i, "name", arena),
                                           .text = db_copy_text (rows, i, "text", arena) };
    ret->items = items;
    ret->count = (size_t) db_count (rows);
    return 0;
}

int alert_was_seen (struct db *db, const struct alert_row *alert, const char *person_id, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, alert->municipality);
    db_text (&args, alert->alert_id);
    db_text (&args, person_id);
    if (run (db, WAS_SEEN, &args, &rows, err) < 0)
        return -1;
    *ret = db_get_flag (rows, 0, "yes");
    return 0;
}

int alert_get_list (struct request *request, bool open_only, bool has_before, bool before_open, int64_t before_at, const char *before_id,
                    int64_t limit, struct alert_rows *ret, bool *ret_waits, struct error *err)
{
    const struct actor *actor = request->actor;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, actor->person_id);
    db_text (&args, actor->office_id);
    db_flag (&args, is_on_call_staff (actor));
    db_flag (&args, open_only);
    db_flag (&args, has_before);
    db_flag (&args, before_open);
    db_time (&args, before_at);
    db_text (&args, before_id);
    db_number (&args, limit);
    if (run (request->db, LIST, &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (request->arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++) {
        ret->items[i] = alert_row_of (rows, i, request->arena);
        ret_waits[i] = db_get_flag (rows, i, "waits");
    }
    return 0;
}
