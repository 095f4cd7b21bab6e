#include "paper_store.h"

enum { HOSPITALS, REGISTERED, REQUEST, ANSWER, END, DOCUMENTS, ADD_DOCUMENT, REVOKE_DOCUMENT, CARDS, REPLACE_CARD, ISSUE_CARD, REVOKE_CARD, PHASE,
       PHASE_HEAD, PHASE_CONTACTS, PHASE_MOVE, PHASE_ROW, STATEMENT_COUNT };

#define NAME_OF(person, office) "(select w.name from membership w where w.person_id = " person " and w.office_id = " office ")"

#define HOSPITAL_COLUMNS \
    "d.designation_id, d.state, d.facility, d.office_id, d.phone, d.night_phone, d.parallel_notice," \
    " guard.to_us (d.requested_at) as requested_at, d.requested_by, " NAME_OF ("d.requested_by", "d.requested_office") \
    " as requested_by_name," \
    " guard.to_us (d.answered_at) as answered_at, d.answered_by_name, d.reason, guard.to_us (d.ended_at) as ended_at"

const struct db_statement paper_statements[STATEMENT_COUNT + 1] = {
    [HOSPITALS] = { "paper_hospitals",
        "select " HOSPITAL_COLUMNS "  from designated_hospital d where d.municipality = $1 and d.patient_id = $2::uuid"
        " order by d.requested_at desc, d.designation_id limit 20" },
    [REGISTERED] = { "paper_registered",
        "select " HOSPITAL_COLUMNS ", p.municipality, p.patient_id, h.name, h.name_kana, h.birth_date::text, h.care_level, h.terminal_phase,"
        "       exists (select from access a where a.municipality = d.municipality and a.patient_id = d.patient_id and a.ground = 5"
        "                  and a.from_at <= (select guard.now ()) and (a.to_at is null or a.to_at > (select guard.now ()))) as by_consent"
        "  from designated_hospital d"
        "  join patient p on p.municipality = d.municipality and p.patient_id = d.patient_id"
        "  join patient_head h on h.municipality = p.municipality and h.patient_id = p.patient_id and h.version = p.head_version"
        " where d.office_id = (select guard.office ()) and d.state in (1, 2)"
        " order by d.state, d.requested_at desc, d.designation_id limit 200" },
    [REQUEST] = { "paper_request",
        "insert into designated_hospital (municipality, patient_id, designation_id, state, facility, office_id, phone, night_phone,"
        "                                 parallel_notice, requested_at, requested_by, requested_office)"
        " values ($1, $2::uuid, $3::uuid, 1, $4, $5::uuid, $6, $7, $8::boolean, guard.to_time ($9::bigint), $10::uuid, $11::uuid)" },
    [ANSWER] = { "paper_answer",
        "update designated_hospital set state = $4::smallint, answered_at = guard.to_time ($5::bigint), answered_by = $6::uuid,"
        "       answered_by_name = $7, reason = $8"
        " where municipality = $1 and patient_id = $2::uuid and designation_id = $3::uuid and state = 1" },
    [END] = { "paper_end",
        "update designated_hospital set state = 4, ended_at = guard.to_time ($4::bigint), ended_by = $5::uuid, reason = $6"
        " where municipality = $1 and patient_id = $2::uuid and designation_id = $3::uuid and state in (1, 2)" },
    [DOCUMENTS] = { "paper_documents",
        "select d.document_id, d.kind, d.written_on::text, d.issuer, d.issuer_name, d.direction, d.assumed_condition, d.paper_at,"
        "       d.recorded_by, " NAME_OF ("d.recorded_by", "d.recorded_office") " as recorded_by_name,"
        "       guard.to_us (d.recorded_at) as recorded_at, d.revoked_on::text, d.revoked_reason"
        "  from wish_document d where d.municipality = $1 and d.patient_id = $2::uuid"
        " order by d.written_on desc, d.recorded_at desc limit 40" },
    [ADD_DOCUMENT] = { "paper_add_document",
        "insert into wish_document (municipality, patient_id, document_id, kind, written_on, issuer, issuer_name, direction,"
        "                           assumed_condition, paper_at, recorded_by, recorded_office, recorded_at)"
        " values ($1, $2::uuid, $3::uuid, $4::smallint, $5::date, $6::smallint, $7, $8::smallint, $9, $10, $11::uuid, $12::uuid,"
        "         guard.to_time ($13::bigint))" },
    [REVOKE_DOCUMENT] = { "paper_revoke_document",
        "update wish_document set revoked_on = $4::date, revoked_at = guard.to_time ($5::bigint), revoked_by = $6::uuid,"
        "       revoked_reason = $7"
        " where municipality = $1 and patient_id = $2::uuid and document_id = $3::uuid and revoked_on is null" },
    [CARDS] = { "paper_cards",
        "select card_id, number, state, guard.to_us (issued_at) as issued_at, issued_by, guard.to_us (revoked_at) as revoked_at"
        "  from card where municipality = $1 and patient_id = $2::uuid order by issued_at desc, card_id limit 20" },
    [REPLACE_CARD] = { "paper_replace_card",
        "update card set state = 3, revoked_at = guard.to_time ($3::bigint), revoked_by = $4::uuid"
        " where municipality = $1 and patient_id = $2::uuid and state = 1" },
    [ISSUE_CARD] = { "paper_issue_card",
        "insert into card (municipality, patient_id, card_id, number, state, issued_at, issued_by, issued_office)"
        " values ($1, $2::uuid, $3::uuid, $4, 1, guard.to_time ($5::bigint), $6::uuid, $7::uuid)" },
    [REVOKE_CARD] = { "paper_revoke_card",
        "update card set state = $4::smallint, revoked_at = guard.to_time ($5::bigint), revoked_by = $6::uuid"
        " where municipality = $1 and patient_id = $2::uuid and card_id = $3::uuid and state = 1" },
    [PHASE] = { "paper_phase",
        "select h.terminal_phase, (select t.since::text from terminal_phase t where t.municipality = p.municipality"
        "                             and t.patient_id = p.patient_id and t.begun order by t.head_version desc limit 1) as since"
        "  from patient p"
        "  join patient_head h on h.municipality = p.municipality and h.patient_id = p.patient_id and h.version = p.head_version"
        " where p.municipality = $1 and p.patient_id = $2::uuid" },
    [PHASE_HEAD] = { "paper_phase_head",
        "insert into patient_head (municipality, patient_id, version, name, name_kana, folded, birth_date, sex, insured_number, care_level,"
        "                          address, phone, allergies, infections, told_person, told_family, nursing_phone, terminal_phase,"
        "                          terminal_first_phone, lives_alone, contact_caution, written_by, written_office, written_at)"
        " select h.municipality, h.patient_id, $3::bigint, h.name, h.name_kana, h.folded, h.birth_date, h.sex, h.insured_number,"
        "        h.care_level, h.address, h.phone, h.allergies, h.infections, h.told_person, h.told_family, h.nursing_phone, $4::boolean,"
        "        coalesce ($5, h.terminal_first_phone), h.lives_alone, h.contact_caution, $6::uuid, $7::uuid, guard.to_time ($8::bigint)"
        "   from patient_head h where h.municipality = $1 and h.patient_id = $2::uuid and h.version = $3::bigint - 1" },
    [PHASE_CONTACTS] = { "paper_phase_contacts",
        "insert into emergency_contact (municipality, patient_id, version, position, name, relation, phone)"
        " select c.municipality, c.patient_id, $3::bigint, c.position, c.name, c.relation, c.phone from emergency_contact c"
        "  where c.municipality = $1 and c.patient_id = $2::uuid and c.version = $3::bigint - 1" },
    [PHASE_MOVE] = { "paper_phase_move",
        "update patient set head_version = $3::bigint, changed_at = guard.to_time ($4::bigint)"
        " where municipality = $1 and patient_id = $2::uuid" },
    [PHASE_ROW] = { "paper_phase_row",
        "insert into terminal_phase (municipality, patient_id, head_version, begun, since, set_by, set_office, set_at)"
        " values ($1, $2::uuid, $3::bigint, $4::boolean, $5::date, $6::uuid, $7::uuid, guard.to_time ($8::bigint))" },
};

static struct db_args whose (const char *municipality, const char *patient_id)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, patient_id);
    return args;
}

/* ---- hospital ------------------------------------------------------------------------------------------------------------------------ */

static struct designation_view read_hospital (const db_rows *rows, int row, struct arena *arena)
{
    return (struct designation_view) { .designation_id = db_copy_text (rows, row, "designation_id", arena),
                                       .state = (enum designation_state) db_get_number (rows, row, "state"),
                                       .facility = db_copy_text (rows, row, "facility", arena),
                                       .office_id = db_copy_text (rows, row, "office_id", arena),
                                       .phone = db_copy_text (rows, row, "phone", arena),
                                       .night_phone = db_copy_text (rows, row, "night_phone", arena),
                                       .parallel_notice = db_get_flag (rows, row, "parallel_notice"),
                                       .requested_at = db_get_number (rows, row, "requested_at"),
                                       .requested_by = db_copy_text (rows, row, "requested_by", arena),
                                       .requested_by_name = db_copy_text (rows, row, "requested_by_name", arena),
                                       .has_answered_at = !db_is_null (rows, row, "answered_at"),
                                       .answered_at = db_get_number (rows, row, "answered_at"),
                                       .answered_by_name = db_copy_text (rows, row, "answered_by_name", arena),
                                       .reason = db_copy_text (rows, row, "reason", arena),
                                       .has_ended_at = !db_is_null (rows, row, "ended_at"),
                                       .ended_at = db_get_number (rows, row, "ended_at") };
}

int paper_store_hospitals (struct db *db, struct arena *arena, const char *municipality, const char *patient_id,
                           struct designation_list *ret, struct error *err)
{
    struct db_args args = whose (municipality, patient_id);
    DB_ROWS (rows);

    if (db_run (db, &paper_statements[HOSPITALS], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = read_hospital (rows, i, arena);
    return 0;
}

int paper_store_registered (struct request *request, struct hospital_patient_list *ret, bool **ret_by_consent, struct error *err)
{
    struct db_args args = { 0 };
    struct hospital_patient *items;
    DB_ROWS (rows);

    if (db_run (request->db, &paper_statements[REGISTERED], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, ((size_t) db_count (rows) + 1) * sizeof *items);
    *ret_by_consent = arena_alloc (request->arena, ((size_t) db_count (rows) + 1) * sizeof **ret_by_consent);
    for (int i = 0; i < db_count (rows); i++) {
        struct designation_view *designation = arena_alloc (request->arena, sizeof *designation);

        *designation = read_hospital (rows, i, request->arena);
        (*ret_by_consent)[i] = db_get_flag (rows, i, "by_consent");
        items[i] = (struct hospital_patient) { .patient_id = db_copy_text (rows, i, "patient_id", request->arena),
                                               .name = db_copy_text (rows, i, "name", request->arena),
                                               .name_kana = db_copy_text (rows, i, "name_kana", request->arena),
                                               .birth_date = db_copy_text (rows, i, "birth_date", request->arena),
                                               .municipality = db_copy_text (rows, i, "municipality", request->arena),
                                               .care_level = (enum care_level) db_get_number (rows, i, "care_level"),
                                               .terminal_phase = db_get_flag (rows, i, "terminal_phase"),
                                               .designation = designation };
    }
    *ret = (struct hospital_patient_list) { items, (size_t) db_count (rows) };
    return 0;
}

int paper_store_request (struct request *request, const char *municipality, const struct designated_hospital_request *message,
                         struct error *err)
{
    struct db_args args = whose (municipality, message->patient_id);

    db_text (&args, message->designation_id);
    db_text (&args, message->facility);
    db_text (&args, message->office_id);
    db_text (&args, message->phone);
    db_text (&args, message->night_phone);
    db_flag (&args, message->parallel_notice);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    return db_queue_expect (request->db, &paper_statements[REQUEST], &args, 1, ERROR_ALREADY_THERE, err);
}

int paper_store_answer (struct request *request, const char *municipality, const struct designated_hospital_answer *message,
                        struct error *err)
{
    struct db_args args = whose (municipality, message->patient_id);

    db_text (&args, message->designation_id);
    db_number (&args, message->confirmed ? DESIGNATION_STATE_CONFIRMED : DESIGNATION_STATE_DECLINED);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    db_text (&args, message->answered_by_name);
    db_text (&args, message->reason);
    return db_queue_expect (request->db, &paper_statements[ANSWER], &args, 1, ERROR_NOT_FOR_YOU, err);
}

int paper_store_end (struct request *request, const char *municipality, const struct designated_hospital_end *message, struct error *err)
{
    struct db_args args = whose (municipality, message->patient_id);

    db_text (&args, message->designation_id);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    db_text (&args, message->reason);
    return db_queue_expect (request->db, &paper_statements[END], &args, 1, ERROR_NOT_FOR_YOU, err);
}

/* ---- documents of wish --------------------------------------------------------------------------------------------------------------- */

static struct wish_view read_document (const db_rows *rows, int row, struct arena *arena)
{
    return (struct wish_view) { .document_id = db_copy_text (rows, row, "document_id", arena),
                                .kind = (enum wish_kind) db_get_number (rows, row, "kind"),
                                .written_on = db_copy_text (rows, row, "written_on", arena),
                                .issuer = (enum wish_issuer) db_get_number (rows, row, "issuer"),
                                .issuer_name = db_copy_text (rows, row, "issuer_name", arena),
                                .direction = (enum wish_direction) db_get_number (rows, row, "direction"),
                                .assumed_condition = db_copy_text (rows, row, "assumed_condition", arena),
                                .paper_at = db_copy_text (rows, row, "paper_at", arena),
                                .recorded_by = db_copy_text (rows, row, "recorded_by", arena),
                                .recorded_by_name = db_copy_text (rows, row, "recorded_by_name", arena),
                                .recorded_at = db_get_number (rows, row, "recorded_at"),
                                .revoked_on = db_copy_text (rows, row, "revoked_on", arena),
                                .revoked_reason = db_copy_text (rows, row, "revoked_reason", arena) };
}

int paper_store_documents (struct request *request, const char *municipality, const char *patient_id, struct wish_list *ret,
                           struct error *err)
{
    struct db_args args = whose (municipality, patient_id);
    DB_ROWS (rows);

    if (db_run (request->db, &paper_statements[DOCUMENTS], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (request->arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = read_document (rows, i, request->arena);
    return 0;
}

int paper_store_add_document (struct request *request, const char *municipality, const struct wish_document_record *message,
                              struct error *err)
{
    struct db_args args = whose (municipality, message->patient_id);

    db_text (&args, message->document_id);
    db_number (&args, message->kind);
    db_text (&args, message->written_on);
    db_number (&args, message->issuer);
    db_text (&args, message->issuer_name);
    db_number (&args, message->direction);
    db_text (&args, message->assumed_condition);
    db_text (&args, message->paper_at);
    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &paper_statements[ADD_DOCUMENT], &args, 1, ERROR_ALREADY_THERE, err);
}

int paper_store_revoke_document (struct request *request, const char *municipality, const struct wish_document_revoke *message,
                                 struct error *err)
{
    struct db_args args = whose (municipality, message->patient_id);

    db_text (&args, message->document_id);
    db_text (&args, message->revoked_on);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    db_text (&args, message->reason);
    return db_queue_expect (request->db, &paper_statements[REVOKE_DOCUMENT], &args, 1, ERROR_NOT_FOR_YOU, err);
}

/* ---- cards --------------------------------------------------------------------------------------------------------------------------- */

int paper_store_cards (struct request *request, const char *municipality, const char *patient_id, struct card_list *ret, struct error *err)
{
    struct db_args args = whose (municipality, patient_id);
    DB_ROWS (rows);

    if (db_run (request->db, &paper_statements[CARDS], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (request->arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct card_view) { .card_id = db_copy_text (rows, i, "card_id", request->arena),
                                             .number = db_copy_text (rows, i, "number", request->arena),
                                             .state = (enum card_state) db_get_number (rows, i, "state"),
                                             .issued_at = db_get_number (rows, i, "issued_at"),
                                             .issued_by = db_copy_text (rows, i, "issued_by", request->arena),
                                             .has_revoked_at = !db_is_null (rows, i, "revoked_at"),
                                             .revoked_at = db_get_number (rows, i, "revoked_at") };
    return 0;
}

int paper_store_issue_card (struct request *request, const char *municipality, const struct card_issue *message, const char *number,
                            struct error *err)
{
    struct db_args old = whose (municipality, message->patient_id), args = old;

    db_time (&old, request->now);
    db_text (&old, request->actor->person_id);
    if (db_queue (request->db, &paper_statements[REPLACE_CARD], &old, err) < 0)
        return -1;
    db_text (&args, message->card_id);
    db_text (&args, number);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    return db_queue_expect (request->db, &paper_statements[ISSUE_CARD], &args, 1, ERROR_ALREADY_THERE, err);
}

int paper_store_revoke_card (struct request *request, const char *municipality, const struct card_revoke *message, struct error *err)
{
    struct db_args args = whose (municipality, message->patient_id);

    db_text (&args, message->card_id);
    db_number (&args, message->state);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    return db_queue_expect (request->db, &paper_statements[REVOKE_CARD], &args, 1, ERROR_NOT_FOR_YOU, err);
}

/* ---- 看取り ----------------------------------------------------------------------------------------------------------------------------- */

int paper_store_phase (struct request *request, const char *municipality, const char *patient_id, bool *ret_phase, const char **ret_since,
                       struct error *err)
{
    struct db_args args = whose (municipality, patient_id);
    DB_ROWS (rows);

    if (db_run (request->db, &paper_statements[PHASE], &args, &rows, err) < 0)
        return -1;
    *ret_phase = db_count (rows) > 0 && db_get_flag (rows, 0, "terminal_phase");
    *ret_since = *ret_phase ? db_copy_text (rows, 0, "since", request->arena) : NULL;
    return 0;
}

int paper_store_note_phase (struct request *request, const char *municipality, const char *patient_id, int64_t version, bool begun,
                            const char *since, struct error *err)
{
    struct db_args args = whose (municipality, patient_id);

    db_number (&args, version);
    db_flag (&args, begun);
    db_text (&args, since);
    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &paper_statements[PHASE_ROW], &args, 1, ERROR_NOT_FOR_YOU, err);
}

static int queue_phase_head (struct request *request, const char *municipality, const struct terminal_phase_set *message, int64_t version,
                             struct error *err)
{
    struct db_args args = whose (municipality, message->patient_id), contacts = args;

    db_number (&args, version);
    db_flag (&args, message->terminal_phase);
    db_text (&args, message->terminal_first_phone);
    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    db_time (&args, request->now);
    if (db_queue_expect (request->db, &paper_statements[PHASE_HEAD], &args, 1, ERROR_NOT_FOR_YOU, err) < 0)
        return -1;
    db_number (&contacts, version);
    return db_queue (request->db, &paper_statements[PHASE_CONTACTS], &contacts, err);
}

int paper_store_set_phase (struct request *request, const char *municipality, const struct terminal_phase_set *message, int64_t version,
                           struct error *err)
{
    struct db_args move = whose (municipality, message->patient_id);

    if (queue_phase_head (request, municipality, message, version, err) < 0)
        return -1;
    db_number (&move, version);
    db_time (&move, request->now);
    if (db_queue_expect (request->db, &paper_statements[PHASE_MOVE], &move, 1, ERROR_NOT_FOR_YOU, err) < 0)
        return -1;
    return paper_store_note_phase (request, municipality, message->patient_id, version, message->terminal_phase, message->since, err);
}
