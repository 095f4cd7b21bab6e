#include "patient_store.h"
#include "ems_key_store.h"
#include "text.h"

enum { FIND, LOCK, MAY_RECORD, REGISTER, FIRST_HEAD, NEXT_HEAD, MOVE_HEAD, CONTACT, UNNAME, NAME, ADD_PLACE, MOVE_PLACE, TOUCH,
       MOVE_SECTION, HEAD, CONTACTS, STATE, REFRESH, STATEMENT_COUNT };

/* $1 patient, $2 section, $3 now */
#define FIND_SQL \
    "select p.municipality, p.head_version, p.place_version, p.sections, coalesce (p.sections[$2::int], 0) as section_version," \
    "       coalesce (s.version, 0) as version, t.seat, coalesce (t.grounds, 0) as grounds, coalesce (t.others, 0) as others" \
    "  from patient p" \
    "  left join subject s on s.id = p.patient_id" \
    " cross join lateral standing_of (p.municipality, p.patient_id, guard.to_time ($3::bigint)) t" \
    " where p.patient_id = $1::uuid"

#define IN_FORCE_PLACE \
    " left join place l on l.municipality = p.municipality and l.patient_id = p.patient_id and l.version = p.place_version"
#define CURRENT_HEAD \
    " join patient_head h on h.municipality = p.municipality and h.patient_id = p.patient_id and h.version = p.head_version"

const struct db_statement patient_statements[STATEMENT_COUNT + 1] = {
    [FIND] = { "patient_find", FIND_SQL },
    [LOCK] = { "patient_lock", FIND_SQL " for no key update of p" },
    [MAY_RECORD] = { "patient_may_record",
        "select coalesce ($1 = any (guard.municipalities ()), false) as may" },
    [REGISTER] = { "patient_register",
        "insert into patient (municipality, patient_id, recorder_office, recorded_by, registered_at, head_version, changed_at,"
        "                     search_rules)"
        " values ($1, $2::uuid, $3::uuid, $4::uuid, guard.to_time ($5::bigint), 1, guard.to_time ($5::bigint), 1)" },
    [FIRST_HEAD] = { "patient_first_head",
        "insert into patient_head (municipality, patient_id, version, name, name_kana, folded, birth_date, sex, insured_number, care_level,"
        "                          address, phone, written_by, written_office, written_at)"
        " values ($1, $2::uuid, 1, $3, $4, $5, $6::date, $7::smallint, $8, $9::smallint, $10, $11, $12::uuid, $13::uuid,"
        "         guard.to_time ($14::bigint))" },
    [NEXT_HEAD] = { "patient_next_head",
        "insert into patient_head (municipality, patient_id, version, name, name_kana, folded, birth_date, sex, insured_number, care_level,"
        "                          address, phone, allergies, infections, told_person, told_family, nursing_phone, terminal_phase,"
        "                          terminal_first_phone, lives_alone, contact_caution, written_by, written_office, written_at)"
        " select h.municipality, h.patient_id, $3::bigint, $4, $5, $6, $7::date, $8::smallint, h.insured_number, $9::smallint,"
        "        $10, $11, $12, case when $13::boolean then $14 else h.infections end, $15::smallint, $16::smallint, $17, $18::boolean,"
        "        $19, $20::boolean, $21, $22::uuid, $23::uuid, guard.to_time ($24::bigint)"
        "   from patient_head h where h.municipality = $1 and h.patient_id = $2::uuid and h.version = $3::bigint - 1" },
    [MOVE_HEAD] = { "patient_move_head",
        "update patient set head_version = $3::bigint, search_rules = 1, changed_at = guard.to_time ($4::bigint)"
        " where municipality = $1 and patient_id = $2::uuid" },
    [CONTACT] = { "patient_contact",
        "insert into emergency_contact (municipality, patient_id, version, position, name, relation, phone)"
        " values ($1, $2::uuid, $3::bigint, $4::smallint, $5, $6, $7)" },
    [UNNAME] = { "patient_unname",
        "delete from patient_bigram where municipality = $1 and patient_id = $2::uuid" },
    [NAME] = { "patient_name",
        "insert into patient_bigram (municipality, bigram, patient_id) select $1, b, $2::uuid from unnest ($3::text[]) b"
        " on conflict do nothing" },
    [ADD_PLACE] = { "patient_add_place",
        "insert into place (municipality, patient_id, version, kind, name, phone, from_date, to_date, written_by, written_at)"
        " values ($1, $2::uuid, $3::bigint, $4::smallint, $5, $6, $7::date, $8::date, $9::uuid, guard.to_time ($10::bigint))" },
    [MOVE_PLACE] = { "patient_move_place",
        "update patient set place_version = $3::bigint, changed_at = guard.to_time ($4::bigint)"
        " where municipality = $1 and patient_id = $2::uuid" },
    [TOUCH] = { "patient_touch",
        "update patient set changed_at = guard.to_time ($3::bigint) where municipality = $1 and patient_id = $2::uuid" },
    [MOVE_SECTION] = { "patient_move_section",
        "with moved as (update patient set sections[$3::int] = $4::bigint, changed_at = guard.to_time ($5::bigint)"
        "                where municipality = $1 and patient_id = $2::uuid returning 1)"
        "select guard.touched (count (*), 1) from moved" },
    [HEAD] = { "patient_head",
        "select h.name, h.name_kana, h.birth_date::text, h.sex, h.care_level, h.address, h.phone, h.allergies, h.infections, h.told_person,"
        "       h.told_family, h.nursing_phone, h.terminal_phase, h.terminal_first_phone, h.lives_alone, h.contact_caution,"
        "       coalesce (l.kind, 1) as place, l.name as place_name, l.phone as place_phone, l.from_date::text as place_from,"
        "       l.to_date::text as place_to"
        "  from patient p" CURRENT_HEAD IN_FORCE_PLACE
        " where p.municipality = $1 and p.patient_id = $2::uuid" },
    [CONTACTS] = { "patient_contacts",
        "select name, relation, phone from emergency_contact"
        " where municipality = $1 and patient_id = $2::uuid and version = $3::bigint order by position" },
    [STATE] = { "patient_state",
        "select h.name, h.name_kana, h.birth_date::text, h.phone, h.terminal_phase, h.terminal_first_phone,"
        "       coalesce (l.kind, 1) as place, l.name as place_name, l.phone as place_phone"
        "  from patient p" CURRENT_HEAD IN_FORCE_PLACE
        " where p.municipality = $1 and p.patient_id = $2::uuid" },
    [REFRESH] = { "patient_access_refresh", "select access_refresh ($1, $2::uuid)" },
};

static int find (struct request *request, int statement, const char *patient_id, enum sheet_section section, struct record *ret,
                 struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, patient_id);
    db_number (&args, section);
    db_time (&args, request->now);
    if (db_run (request->db, &patient_statements[statement], &args, &rows, err) < 0)
        return -1;
    *ret = (struct record) { .standing.roles = request->actor->roles };
    if (db_count (rows) == 0)
        return 0;
    ret->standing.found = true;
    ret->standing.seat = db_get_flag (rows, 0, "seat");
    ret->standing.grounds = (unsigned) db_get_number (rows, 0, "grounds");
    ret->municipality = db_copy_text (rows, 0, "municipality", request->arena);
    ret->version = db_get_number (rows, 0, "version");
    ret->head_version = db_get_number (rows, 0, "head_version");
    ret->place_version = db_get_number (rows, 0, "place_version");
    ret->section_version = db_get_number (rows, 0, "section_version");
    ret->sections = db_copy_text_list (rows, 0, "sections", request->arena);
    ret->others = db_get_number (rows, 0, "others");
    return 0;
}

int patient_store_find (struct request *request, const char *patient_id, enum sheet_section section, struct record *ret, struct error *err)
{
    return find (request, FIND, patient_id, section, ret, err);
}

int patient_store_lock (struct request *request, const char *patient_id, enum sheet_section section, struct record *ret, struct error *err)
{
    return find (request, LOCK, patient_id, section, ret, err);
}

int patient_store_may_record_in (struct request *request, const char *municipality, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, municipality);
    if (db_run (request->db, &patient_statements[MAY_RECORD], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_flag (rows, 0, "may");
    return 0;
}

/* The search form holds both names with a bar between, so that no pair of characters reaches from one into the other. */
static char *folded_names (struct arena *arena, const char *name, const char *name_kana)
{
    return arena_print (arena, "%s|%s", text_fold (arena, name), text_fold (arena, name_kana));
}

static size_t add_terms (struct text_list pairs, const char **terms, size_t count)
{
    for (size_t i = 0; i < pairs.count; i++)
        terms[count++] = pairs.items[i];
    return count;
}

/* Pairs of both names, and every character alone, so that one character is enough to search. */
static struct text_list terms_of (struct arena *arena, const char *name, const char *name_kana)
{
    struct text_list pairs = text_bigrams (arena, text_fold (arena, name));
    struct text_list kana_pairs = text_bigrams (arena, text_fold (arena, name_kana));
    size_t most = strlen (name) * 4 + strlen (name_kana) * 4 + pairs.count + kana_pairs.count, count = 0;
    const char **terms = arena_alloc (arena, (most + 1) * sizeof *terms);
    const char *folded = folded_names (arena, name, name_kana);

    count = add_terms (kana_pairs, terms, add_terms (pairs, terms, 0));
    for (const char *p = folded; *p && count < most; ) {
        size_t size = 1;

        while ((p[size] & 0xc0) == 0x80)
            size++;
        if (*p != '|')
            terms[count++] = arena_copy (arena, p, size);
        p += size;
    }
    return (struct text_list) { terms, count };
}

static int queue_names (struct request *request, const char *municipality, const char *patient_id, const char *name,
                        const char *name_kana, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, patient_id);
    db_text_list (&args, request->arena, terms_of (request->arena, name, name_kana));
    return db_queue (request->db, &patient_statements[NAME], &args, err);
}

static int queue_row (struct request *request, const struct patient_register *person, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, person->municipality);
    db_text (&args, person->patient_id);
    db_text (&args, request->actor->office_id);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &patient_statements[REGISTER], &args, 1, ERROR_NOT_FOR_YOU, err);
}

static int queue_first_head (struct request *request, const struct patient_register *person, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, person->municipality);
    db_text (&args, person->patient_id);
    db_text (&args, person->name);
    db_text (&args, person->name_kana);
    db_text (&args, folded_names (request->arena, person->name, person->name_kana));
    db_text (&args, person->birth_date);
    db_optional (&args, person->sex != 0, person->sex);
    db_text (&args, person->insured_number);
    db_optional (&args, person->care_level != 0, person->care_level);
    db_text (&args, person->address);
    db_text (&args, person->phone);
    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    db_time (&args, request->now);
    return db_queue (request->db, &patient_statements[FIRST_HEAD], &args, err);
}

int patient_store_refresh (struct db *db, const char *municipality, const char *patient_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, patient_id);
    return db_queue (db, &patient_statements[REFRESH], &args, err);
}

static int register_keys (struct request *request, const struct patient_register *message, struct error *err)
{
    struct ems_person person = { .municipality = message->municipality, .patient_id = message->patient_id, .name = message->name,
                                 .name_kana = message->name_kana, .birth_date = message->birth_date, .phone = message->phone,
                                 .address = message->address };

    return ems_key_store_replace (request->db, request->arena, &person, err);
}

int patient_store_register (struct request *request, const struct patient_register *person, struct error *err)
{
    if (queue_row (request, person, err) < 0
        || patient_store_refresh (request->db, person->municipality, person->patient_id, err) < 0
        || queue_first_head (request, person, err) < 0
        || register_keys (request, person, err) < 0)
        return -1;
    return queue_names (request, person->municipality, person->patient_id, person->name, person->name_kana, err);
}

static void add_head_words (struct db_args *args, struct request *request, const struct patient_head_update *change, bool with_infections)
{
    db_text (args, change->name);
    db_text (args, change->name_kana);
    db_text (args, folded_names (request->arena, change->name, change->name_kana));
    db_text (args, change->birth_date);
    db_optional (args, change->sex != 0, change->sex);
    db_optional (args, change->care_level != 0, change->care_level);
    db_text (args, change->address);
    db_text (args, change->phone);
    db_text (args, change->allergies);
    db_flag (args, with_infections);
    db_text (args, change->infections);
    db_optional (args, change->told_person != 0, change->told_person);
    db_optional (args, change->told_family != 0, change->told_family);
    db_text (args, change->nursing_phone);
    db_flag (args, change->terminal_phase);
    db_text (args, change->terminal_first_phone);
    db_flag (args, change->lives_alone);
    db_text (args, change->contact_caution);
}

static int queue_next_head (struct request *request, const char *municipality, const struct patient_head_update *change, int64_t version,
                            bool with_infections, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, change->patient_id);
    db_number (&args, version);
    add_head_words (&args, request, change, with_infections);
    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &patient_statements[NEXT_HEAD], &args, 1, ERROR_NOT_FOR_YOU, err);
}

static int queue_contact (struct request *request, const char *municipality, const char *patient_id, int64_t version, size_t at,
                          const struct emergency_contact *contact, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, patient_id);
    db_number (&args, version);
    db_number (&args, (int64_t) at + 1);
    db_text (&args, contact->name);
    db_text (&args, contact->relation);
    db_text (&args, contact->phone);
    return db_queue (request->db, &patient_statements[CONTACT], &args, err);
}

static int queue_of_patient (struct request *request, int statement, const char *municipality, const char *patient_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, patient_id);
    return db_queue (request->db, &patient_statements[statement], &args, err);
}

/* MOVE_HEAD and MOVE_PLACE */
static int queue_move (struct request *request, int statement, const char *municipality, const char *patient_id, int64_t version,
                       struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, patient_id);
    db_number (&args, version);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &patient_statements[statement], &args, 1, ERROR_NOT_FOR_YOU, err);
}

static int rewrite_keys (struct request *request, const char *municipality, const struct patient_head_update *change, struct error *err)
{
    const char **phones = arena_alloc (request->arena, (change->contacts.count + 1) * sizeof *phones);
    struct ems_person person = { .municipality = municipality, .patient_id = change->patient_id, .name = change->name,
                                 .name_kana = change->name_kana, .birth_date = change->birth_date, .phone = change->phone,
                                 .address = change->address, .contact_phones = { phones, change->contacts.count } };

    for (size_t i = 0; i < change->contacts.count; i++)
        phones[i] = change->contacts.items[i].phone;
    return ems_key_store_replace (request->db, request->arena, &person, err);
}

int patient_store_write_head (struct request *request, const char *municipality, const struct patient_head_update *change,
                              int64_t version, bool with_infections, struct error *err)
{
    if (queue_next_head (request, municipality, change, version, with_infections, err) < 0)
        return -1;
    for (size_t i = 0; i < change->contacts.count; i++)
        if (queue_contact (request, municipality, change->patient_id, version, i, &change->contacts.items[i], err) < 0)
            return -1;
    if (queue_of_patient (request, UNNAME, municipality, change->patient_id, err) < 0
        || queue_names (request, municipality, change->patient_id, change->name, change->name_kana, err) < 0
        || rewrite_keys (request, municipality, change, err) < 0)
        return -1;
    return queue_move (request, MOVE_HEAD, municipality, change->patient_id, version, err);
}

int patient_store_set_place (struct request *request, const char *municipality, const struct place_set *place, int64_t version,
                             struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, place->patient_id);
    db_number (&args, version);
    db_number (&args, place->place);
    db_text (&args, place->name);
    db_text (&args, place->phone);
    db_text (&args, place->from);
    db_text (&args, place->to);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    if (db_queue (request->db, &patient_statements[ADD_PLACE], &args, err) < 0)
        return -1;
    return queue_move (request, MOVE_PLACE, municipality, place->patient_id, version, err);
}

int patient_store_touch (struct request *request, const char *municipality, const char *patient_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, patient_id);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &patient_statements[TOUCH], &args, 1, ERROR_NOT_FOR_YOU, err);
}

int patient_store_set_section (struct request *request, const char *municipality, const char *patient_id, enum sheet_section section,
                               int64_t version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, patient_id);
    db_number (&args, section);
    db_number (&args, version);
    db_time (&args, request->now);
    return db_queue_sure (request->db, &patient_statements[MOVE_SECTION], &args, ERROR_NOT_FOR_YOU, err);
}

static void read_head (const db_rows *rows, struct arena *arena, struct patient_answer *ret)
{
    ret->name = db_copy_text (rows, 0, "name", arena);
    ret->name_kana = db_copy_text (rows, 0, "name_kana", arena);
    ret->birth_date = db_copy_text (rows, 0, "birth_date", arena);
    ret->sex = (enum sex) db_get_number (rows, 0, "sex");
    ret->care_level = (enum care_level) db_get_number (rows, 0, "care_level");
    ret->address = db_copy_text (rows, 0, "address", arena);
    ret->phone = db_copy_text (rows, 0, "phone", arena);
    ret->place = (enum place_kind) db_get_number (rows, 0, "place");
    ret->place_name = db_copy_text (rows, 0, "place_name", arena);
    ret->place_phone = db_copy_text (rows, 0, "place_phone", arena);
    ret->place_from = db_copy_text (rows, 0, "place_from", arena);
    ret->place_to = db_copy_text (rows, 0, "place_to", arena);
    ret->allergies = db_copy_text (rows, 0, "allergies", arena);
    ret->infections = db_copy_text (rows, 0, "infections", arena);
    ret->told_person = (enum disclosure_status) db_get_number (rows, 0, "told_person");
    ret->told_family = (enum disclosure_status) db_get_number (rows, 0, "told_family");
    ret->nursing_phone = db_copy_text (rows, 0, "nursing_phone", arena);
    ret->terminal_phase = db_get_flag (rows, 0, "terminal_phase");
    ret->terminal_first_phone = db_copy_text (rows, 0, "terminal_first_phone", arena);
    ret->lives_alone = db_get_flag (rows, 0, "lives_alone");
    ret->contact_caution = db_copy_text (rows, 0, "contact_caution", arena);
}

static int read_contacts (struct request *request, const struct record *patient, const char *patient_id, struct patient_answer *ret,
                          struct error *err)
{
    struct emergency_contact *contacts;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, patient->municipality);
    db_text (&args, patient_id);
    db_number (&args, patient->head_version);
    if (db_run (request->db, &patient_statements[CONTACTS], &args, &rows, err) < 0)
        return -1;
    contacts = arena_alloc (request->arena, ((size_t) db_count (rows) + 1) * sizeof *contacts);
    for (int i = 0; i < db_count (rows); i++)
        contacts[i] = (struct emergency_contact) { .name = db_copy_text (rows, i, "name", request->arena),
                                                   .relation = db_copy_text (rows, i, "relation", request->arena),
                                                   .phone = db_copy_text (rows, i, "phone", request->arena) };
    ret->contacts.items = contacts;
    ret->contacts.count = (size_t) db_count (rows);
    return 0;
}

int patient_store_head (struct request *request, const struct record *patient, const char *patient_id, struct patient_answer *ret,
                        struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, patient->municipality);
    db_text (&args, patient_id);
    if (db_run (request->db, &patient_statements[HEAD], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "the record was closed meanwhile");
    ret->patient_id = patient_id;
    ret->head_version = patient->head_version;
    ret->version = patient->version;
    ret->municipality = patient->municipality;
    read_head (rows, request->arena, ret);
    return read_contacts (request, patient, patient_id, ret, err);
}

int patient_store_state (struct db *db, struct arena *arena, const char *municipality, const char *patient_id, struct patient_changed *ret,
                         struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, municipality);
    db_text (&args, patient_id);
    if (db_run (db, &patient_statements[STATE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "the record was closed meanwhile");
    *ret = (struct patient_changed) {
        .patient_id = patient_id,
        .name = db_copy_text (rows, 0, "name", arena),
        .name_kana = db_copy_text (rows, 0, "name_kana", arena),
        .birth_date = db_copy_text (rows, 0, "birth_date", arena),
        .municipality = municipality,
        .place = (enum place_kind) db_get_number (rows, 0, "place"),
        .place_name = db_copy_text (rows, 0, "place_name", arena),
        .place_phone = db_copy_text (rows, 0, "place_phone", arena),
        .phone = db_copy_text (rows, 0, "phone", arena),
        .terminal_phase = db_get_flag (rows, 0, "terminal_phase"),
        .terminal_first_phone = db_copy_text (rows, 0, "terminal_first_phone", arena),
    };
    return 0;
}
