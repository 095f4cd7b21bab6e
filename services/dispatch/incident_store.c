/* incident_store.c - see incident_store.h. */
#include "incident_store.h"

enum {
    FIND,
    CLAIM,
    WRITE,
    LIST,
    MESSAGE_FIND,
    MESSAGE_ADD,
    MESSAGE_ALL,
    MESSAGE_INCIDENT,
    MESSAGE_LIST,
    MESSAGE_REPORT,
    RESULT_ADD,
    MOVED,
    WAITING
};

#define COLUMNS "i.incident_id, i.partner_id, i.number, i.alert_id, i.patient_id, i.located_in, i.state, i.match," \
    " coalesce (i.matched_by, '{}')::text[] as matched_by, i.match_attempts, i.opened, i.exercise, i.raised, i.terminal, i.reply_due," \
    " i.result_due, i.contacts_fresh, i.complaint, i.response, i.outcome, i.alert_state, i.content, i.contacts," \
    " guard.to_us (i.contacts_at) as contacts_at, guard.to_us (i.received_at) as received_at, guard.to_us (i.last_at) as last_at," \
    " coalesce (i.match_next <= guard.now (), false) as match_due"

const struct db_statement incident_statements[] = {
    [FIND] = { "incident_find", "select " COLUMNS " from incident i where i.incident_id = $1::uuid" },
    [CLAIM] = { "incident_claim",
                "with due as (select d.incident_id, d.received_at from incident d where d.reply_due or d.result_due"
                "             union select d.incident_id, d.received_at from incident d where d.match_next <= guard.to_time ($1::bigint))"
                " select " COLUMNS " from incident i where i.incident_id in (select d.incident_id from due d)"
                "  order by i.match_attempts, i.received_at limit 1 offset $2::bigint" },
    [WRITE] = { "incident_write",
                "insert into incident (incident_id, partner_id, number, alert_id, patient_id, located_in, state, match, matched_by, "
                "match_attempts,"
                "   match_next, opened, exercise, raised, terminal, reply_due, result_due, complaint, response, outcome, content, "
                "called_at,"
                "   received_at, last_at)"
                " values ($1::uuid, $2::uuid, $3, $4::uuid, $5::uuid, $6, $7::smallint, $8::smallint, $9::smallint[], $10::integer,"
                "   guard.to_time ($11::bigint), ($12::bigint & 1) > 0, ($12::bigint & 2) > 0, ($12::bigint & 4) > 0, ($12::bigint & 8) > "
                "0,"
                "   ($12::bigint & 16) > 0, ($12::bigint & 32) > 0, $13::smallint, $14::smallint, $15::smallint, $16::bytea,"
                "   guard.to_time ($17::bigint), guard.to_time ($18::bigint), guard.to_time ($19::bigint))"
                " on conflict (incident_id) do update set alert_id = excluded.alert_id, patient_id = excluded.patient_id,"
                "   located_in = excluded.located_in, state = excluded.state, match = excluded.match, matched_by = excluded.matched_by,"
                "   match_attempts = excluded.match_attempts, match_next = excluded.match_next, opened = excluded.opened,"
                "   exercise = excluded.exercise, raised = excluded.raised, terminal = excluded.terminal, reply_due = excluded.reply_due,"
                "   result_due = excluded.result_due, complaint = excluded.complaint, response = excluded.response, outcome = "
                "excluded.outcome,"
                "   content = excluded.content, called_at = excluded.called_at, last_at = excluded.last_at,"
                "   contacts = coalesce ($20::bytea, incident.contacts), contacts_at = coalesce (guard.to_time ($21::bigint), "
                "incident.contacts_at),"
                "   contacts_fresh = incident.contacts_fresh and $20::bytea is null and not $22::boolean" },
    [LIST] = { "incident_list",
               "select " COLUMNS ", p.name as partner, guard.to_us (i.called_at) as called_at, i.called_at is not null as has_called,"
               "       (select count (*) from reply r where r.incident_id = i.incident_id and r.state = 1) as waiting"
               "  from incident i join partner p on p.partner_id = i.partner_id"
               " where p.office_id = $1::uuid and (not $2::boolean or i.state = 2)"
               "   and ($3::bigint is null or (i.received_at, i.incident_id) < (guard.to_time ($3::bigint), $4::uuid))"
               " order by i.received_at desc, i.incident_id desc limit $5::bigint" },
    [MESSAGE_FIND] = { "message_find",
                       "select sha256, ack, ack_media from incident_message where partner_id = $1::uuid and sender = $2 and id = $3" },
    [MESSAGE_ADD] = { "message_add", "insert into incident_message (partner_id, sender, id, incident_id, kind, verdict, format, "
                                     "content_type, raw, sha256, content,"
                                     "   sent_at, received_at, ack, ack_media)"
                                     " values ($1::uuid, $2, $3, $4::uuid, $5::smallint, $6::smallint, $7::smallint, $8, $9::bytea, "
                                     "$10::bytea, $11::bytea,"
                                     "   guard.to_time ($12::bigint), guard.to_time ($13::bigint), $14::bytea, $15)"
                                     " on conflict do nothing returning id" },
    [MESSAGE_ALL] = { "message_all", "select content from incident_message where incident_id = $1::uuid and content is not null order by "
                                     "received_at limit 1000" },
    [MESSAGE_INCIDENT] = { "message_of_incident",
                           "select i.number from incident_message m left join incident i on i.incident_id = m.incident_id"
                           " where m.partner_id = $1::uuid and m.sender = $2 and m.id = $3" },
    [MESSAGE_LIST] = { "message_list", "select id, coalesce (kind, 0) as kind, verdict, guard.to_us (sent_at) as sent, guard.to_us "
                                       "(received_at) as received"
                                       "  from incident_message where incident_id = $1::uuid order by received_at, id limit 50" },
    [MESSAGE_REPORT] = { "message_report",
                         "select id, sender, format, guard.to_us (sent_at) as sent from incident_message where incident_id = $1::uuid"
                         " order by kind, sent_at limit 1" },
    [RESULT_ADD] = { "crew_result_add", "insert into crew_result (incident_id, at, outcome, hospital_name, hospital_phone, arrived_at, "
                                        "family_joined, handed_to, person_id)"
                                        " values ($1::uuid, guard.to_time ($2::bigint), $3::smallint, $4, $5, guard.to_time ($6::bigint), "
                                        "$7::boolean, $8, $9::uuid)"
                                        " on conflict do nothing" },
    [MOVED] = { "incident_moved",
                "update incident set contacts = $2::bytea, alert_state = $3::smallint, contacts_at = guard.to_time ($4::bigint),"
                "       contacts_fresh = true, reply_due = true"
                " where incident_id = $1::uuid and (contacts_at is null or contacts_at <= guard.to_time ($4::bigint))" },
    [WAITING] = { "incident_waiting", "select count (*) as n from reply where incident_id = $1::uuid and state = 1" },
    { NULL, NULL },
};

/* ---- one incident ------------------------------------------------------------------------------------------------------------------- */

static struct enum_list numbers_of (const db_rows *rows, int row, struct arena *arena)
{
    struct text_list texts = db_copy_text_list (rows, row, "matched_by", arena);
    int *items = arena_alloc (arena, (texts.count + 1) * sizeof *items);

    for (size_t i = 0; i < texts.count; i++)
        items[i] = (int) strtol (texts.items[i], NULL, 10);
    return (struct enum_list) { items, texts.count };
}

static int read_content (struct incident *incident, struct arena *arena, struct error *err)
{
    struct intake_message *message = arena_alloc (arena, sizeof *message);

    incident->read = message;
    return codec_unpack (&intake_message_message, incident->content, arena, message, err);
}

static int incident_of (const db_rows *rows, int row, struct arena *arena, struct incident *ret, struct error *err)
{
    *ret = (struct incident) {
        .incident_id = db_copy_text (rows, row, "incident_id", arena), .partner_id = db_copy_text (rows, row, "partner_id", arena),
        .number = db_copy_text (rows, row, "number", arena), .alert_id = db_copy_text (rows, row, "alert_id", arena),
        .patient_id = db_copy_text (rows, row, "patient_id", arena), .located_in = db_copy_text (rows, row, "located_in", arena),
        .state = (enum incident_state) db_get_number (rows, row, "state"), .match = (enum match_state) db_get_number (rows, row, "match"),
        .matched_by = numbers_of (rows, row, arena),
        .complaint = (enum incident_complaint) db_get_number (rows, row, "complaint"),
        .response = (enum incident_response) db_get_number (rows, row, "response"),
        .outcome = (enum transport_outcome) db_get_number (rows, row, "outcome"),
        .alert_state = (enum alert_state) db_get_number (rows, row, "alert_state"),
        .opened = db_get_flag (rows, row, "opened"), .exercise = db_get_flag (rows, row, "exercise"),
        .raised = db_get_flag (rows, row, "raised"), .terminal = db_get_flag (rows, row, "terminal"),
        .reply_due = db_get_flag (rows, row, "reply_due"), .result_due = db_get_flag (rows, row, "result_due"),
        .contacts_fresh = db_get_flag (rows, row, "contacts_fresh"), .match_due = db_get_flag (rows, row, "match_due"),
        .match_attempts = db_get_number (rows, row, "match_attempts"), .received_at = db_get_number (rows, row, "received_at"),
        .last_at = db_get_number (rows, row, "last_at"), .contacts_at = db_get_number (rows, row, "contacts_at"),
        .has_contacts_at = !db_is_null (rows, row, "contacts_at"),
        .content = db_copy_bytes (rows, row, "content", arena), .contacts = db_copy_bytes (rows, row, "contacts", arena),
    };
    return read_content (ret, arena, err);
}

static int read_one (struct db *db, struct arena *arena, int statement, const struct db_args *args, struct incident *ret, struct error *err)
{
    DB_ROWS (rows);

    *ret = (struct incident) { 0 };
    if (db_run (db, &incident_statements[statement], args, &rows, err) < 0)
        return -1;
    return db_count (rows) ? incident_of (rows, 0, arena, ret, err) : 0;
}

int incident_find (struct db *db, struct arena *arena, const char *incident_id, struct incident *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, incident_id);
    return read_one (db, arena, FIND, &args, ret, err);
}

int incident_claim (struct db *db, struct arena *arena, int64_t now, int64_t pass, struct incident *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_number (&args, now);
    db_number (&args, pass);
    return read_one (db, arena, CLAIM, &args, ret, err);
}

static int64_t flags_of (const struct incident *incident)
{
    return incident->opened | incident->exercise << 1 | incident->raised << 2 | incident->terminal << 3 | incident->reply_due << 4
           | incident->result_due << 5;
}

int incident_write (struct db *db, const struct incident *incident, int64_t match_next_us, struct error *err)
{
    struct db_args args = { 0 };
    char by[64] = "{";
    size_t used = 1;

    for (size_t i = 0; i < incident->matched_by.count && used < sizeof by - 8; i++)
        used += (size_t) snprintf (by + used, sizeof by - used, "%s%d", i ? "," : "", incident->matched_by.items[i]);
    snprintf (by + used, sizeof by - used, "}");
    db_text (&args, incident->incident_id);
    db_text (&args, incident->partner_id);
    db_text (&args, incident->number);
    db_text (&args, incident->alert_id);
    db_text (&args, incident->patient_id);
    db_text (&args, incident->located_in);
    db_number (&args, incident->state);
    db_number (&args, incident->match);
    db_text (&args, by);
    db_number (&args, incident->match_attempts);
    db_optional (&args, match_next_us != 0, match_next_us);
    db_number (&args, flags_of (incident));
    db_optional (&args, incident->complaint != 0, incident->complaint);
    db_optional (&args, incident->response != 0, incident->response);
    db_optional (&args, incident->outcome != 0, incident->outcome);
    db_bytes (&args, incident->content);
    db_optional (&args, incident->read->has_called_at, incident->read->called_at);
    db_number (&args, incident->received_at);
    db_number (&args, incident->last_at);
    if (incident->contacts_new.data)
        db_bytes (&args, incident->contacts_new);
    else
        db_text (&args, NULL);
    db_optional (&args, incident->contacts_new.data != NULL, incident->contacts_at);
    db_flag (&args, !incident->contacts_fresh);
    return db_queue (db, &incident_statements[WRITE], &args, err);
}

/* ---- lists -------------------------------------------------------------------------------------------------------------------------- */

static struct incident_line line_of (const db_rows *rows, int row, const struct incident *incident, struct arena *arena)
{
    return (struct incident_line) {
        .incident_id = incident->incident_id, .number = incident->number, .partner = db_copy_text (rows, row, "partner", arena),
        .state = incident->state, .match = incident->match, .exercise = incident->exercise, .complaint = incident->complaint,
        .unit = incident->read->unit, .outcome = incident->outcome, .has_called_at = db_get_flag (rows, row, "has_called"),
        .called_at = db_get_number (rows, row, "called_at"), .received_at = incident->received_at, .last_at = incident->last_at,
        .replies_waiting = db_get_number (rows, row, "waiting"),
    };
}

/* "µs incident" */
static bool read_page_key (const char *after, int64_t *ret_at, char ret_id[37])
{
    long long at;

    if (!after || sscanf (after, "%20lld %36s", &at, ret_id) != 2 || strlen (ret_id) != 36)
        return false;
    *ret_at = at;
    return true;
}

int incident_list_read (struct request *request, bool only_open, const char *after, int64_t limit, struct incident_list_answer *answer,
                        struct error *err)
{
    struct db_args args = { 0 };
    struct incident_line *lines;
    char id[37] = "";
    int64_t at = 0;
    bool has = read_page_key (after, &at, id);
    DB_ROWS (rows);

    db_text (&args, request->actor->office_id);
    db_flag (&args, only_open);
    db_optional (&args, has, at);
    db_text (&args, has ? id : NULL);
    db_number (&args, limit + 1);
    if (db_run (request->db, &incident_statements[LIST], &args, &rows, err) < 0)
        return -1;
    answer->incidents.items = lines = arena_alloc (request->arena, ((size_t) db_count (rows) + 1) * sizeof *lines);
    for (int i = 0; i < db_count (rows) && i < limit; i++) {
        struct incident incident;

        if (incident_of (rows, i, request->arena, &incident, err) < 0)
            return -1;
        lines[answer->incidents.count++] = line_of (rows, i, &incident, request->arena);
        if (i + 1 == limit && db_count (rows) > limit)
            answer->next = arena_print (request->arena, "%lld %s", (long long) incident.received_at, incident.incident_id);
    }
    return 0;
}

/* ---- messages ----------------------------------------------------------------------------------------------------------------------- */

int message_find (struct db *db, struct arena *arena, const char *partner_id, const char *sender, const char *id, struct kept_message *ret,
                  struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct kept_message) { 0 };
    db_text (&args, partner_id);
    db_text (&args, sender);
    db_text (&args, id);
    if (db_run (db, &incident_statements[MESSAGE_FIND], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows))
        *ret = (struct kept_message){ .there = true,
                                      .sha256 = db_copy_bytes (rows, 0, "sha256", arena),
                                      .ack = db_copy_bytes (rows, 0, "ack", arena),
                                      .ack_media = db_copy_text (rows, 0, "ack_media", arena) };
    return 0;
}

int message_add (struct db *db, const struct new_message *message, int64_t now, bool *ret_new, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, message->partner_id);
    db_text (&args, message->sender);
    db_text (&args, message->id);
    db_text (&args, message->incident_id);
    db_optional (&args, message->intake->message.kind != 0, message->intake->message.kind);
    db_number (&args, message->intake->verdict);
    db_number (&args, message->intake->format);
    db_text (&args, message->content_type);
    db_bytes (&args, message->raw);
    db_bytes (&args, message->sha256);
    if (message->content.data)
        db_bytes (&args, message->content);
    else
        db_text (&args, NULL);
    db_optional (&args, message->has_sent, message->intake->message.sent);
    db_number (&args, now);
    db_bytes (&args, message->ack);
    db_text (&args, message->ack_media);
    if (db_run (db, &incident_statements[MESSAGE_ADD], &args, &rows, err) < 0)
        return -1;
    *ret_new = db_count (rows) == 1;
    return 0;
}

int message_all (struct db *db, struct arena *arena, const char *incident_id, const struct intake_message ***ret, size_t *ret_count,
                 struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, incident_id);
    if (db_run (db, &incident_statements[MESSAGE_ALL], &args, &rows, err) < 0)
        return -1;
    *ret_count = (size_t) db_count (rows);
    *ret = arena_alloc (arena, (*ret_count + 1) * sizeof **ret);
    for (int i = 0; i < db_count (rows); i++) {
        struct intake_message *message = arena_alloc (arena, sizeof *message);

        if (codec_unpack (&intake_message_message, db_copy_bytes (rows, i, "content", arena), arena, message, err) < 0)
            return -1;
        (*ret)[i] = message;
    }
    return 0;
}

int message_incident (struct db *db, struct arena *arena, const char *partner_id, const char *sender, const char *id,
                      const char **ret_number, bool *ret_known, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, partner_id);
    db_text (&args, sender);
    db_text (&args, id);
    if (db_run (db, &incident_statements[MESSAGE_INCIDENT], &args, &rows, err) < 0)
        return -1;
    *ret_known = db_count (rows) > 0;
    *ret_number = *ret_known ? db_copy_text (rows, 0, "number", arena) : NULL;
    return 0;
}

int message_list (struct db *db, struct arena *arena, const char *incident_id, const struct incident_message_line **ret, size_t *ret_count,
                  struct error *err)
{
    struct db_args args = { 0 };
    struct incident_message_line *lines;
    DB_ROWS (rows);

    db_text (&args, incident_id);
    if (db_run (db, &incident_statements[MESSAGE_LIST], &args, &rows, err) < 0)
        return -1;
    *ret_count = (size_t) db_count (rows);
    *ret = lines = arena_alloc (arena, (*ret_count + 1) * sizeof *lines);
    for (int i = 0; i < db_count (rows); i++)
        lines[i] = (struct incident_message_line) {
            .id = db_copy_text (rows, i, "id", arena), .kind = (enum incident_kind) db_get_number (rows, i, "kind"),
            .verdict = (enum intake_verdict) db_get_number (rows, i, "verdict"), .has_sent_at = !db_is_null (rows, i, "sent"),
            .sent_at = db_get_number (rows, i, "sent"), .received_at = db_get_number (rows, i, "received") };
    return 0;
}

int message_report (struct db *db, struct arena *arena, const char *incident_id, struct report *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct report) { 0 };
    db_text (&args, incident_id);
    if (db_run (db, &incident_statements[MESSAGE_REPORT], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows))
        *ret = (struct report) { db_copy_text (rows, 0, "id", arena), db_copy_text (rows, 0, "sender", arena),
                                 (enum message_format) db_get_number (rows, 0, "format"), db_get_number (rows, 0, "sent") };
    return 0;
}

int incident_waiting (struct db *db, const char *incident_id, int64_t *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, incident_id);
    if (db_run (db, &incident_statements[WAITING], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_number (rows, 0, "n");
    return 0;
}

int incident_moved (struct db *db, const char *incident_id, struct bytes contacts, enum alert_state state, int64_t at, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, incident_id);
    db_bytes (&args, contacts);
    db_number (&args, state);
    db_number (&args, at);
    return db_queue (db, &incident_statements[MOVED], &args, err);
}

int result_add (struct db *db, const char *incident_id, const struct intake_message *result, const char *person_id, int64_t now,
                struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, incident_id);
    db_number (&args, now);
    db_number (&args, result->outcome);
    db_text (&args, result->hospital_name);
    db_text (&args, result->hospital_phone);
    db_optional (&args, result->has_arrived_at, result->arrived_at);
    db_text (&args, !result->has_family_joined ? NULL : result->family_joined ? "true" : "false");
    db_text (&args, result->handed_to);
    db_text (&args, person_id);
    return db_queue (db, &incident_statements[RESULT_ADD], &args, err);
}
