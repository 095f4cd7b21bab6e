#include "ems_store.h"
#include "ids.h"

enum { ENTER, FIND, HEAD, CONTACTS, TEAM, WORDS, DOCUMENTS, HOSPITAL, RELEASE, OPEN, STATEMENT_COUNT };

const struct db_statement ems_statements[STATEMENT_COUNT + 1] = {
    [ENTER] = { "ems_enter",
        "select set_config ('renkei.ems_municipalities', array_to_string ($1::text[], ','), true),"
        "       set_config ('renkei.ems_break', coalesce ($2, ''), true),"
        "       array (select m.name from municipality m where m.code = any ($1::text[]) order by length (m.name) desc) as names" },
    [FIND] = { "ems_find",
        "select p.municipality, p.patient_id, h.name, h.name_kana, h.birth_date::text, h.sex, h.address, f.keys"
        "  from (select k.municipality, k.patient_id, bit_or (1 << k.kind) as keys"
        "          from unnest ($1::bigint[]::smallint[], $2::text[]) w (kind, key)"
        "         cross join lateral (select e.municipality, e.patient_id, e.kind::int as kind from ems_key e"
        "                              where e.kind = w.kind and e.key = w.key limit 100) k"
        "         group by k.municipality, k.patient_id) f"
        "  join patient p on p.municipality = f.municipality and p.patient_id = f.patient_id"
        "  join patient_head h on h.municipality = p.municipality and h.patient_id = p.patient_id and h.version = p.head_version" },
    [HEAD] = { "ems_head",
        "select p.municipality, p.head_version, p.sections, h.name, h.name_kana, h.birth_date::text, h.care_level, h.allergies,"
        "       h.infections, h.terminal_phase, coalesce (l.kind, 1) as place, l.name as place_name, l.phone as place_phone,"
        "       (select t.since::text from terminal_phase t where t.municipality = p.municipality and t.patient_id = p.patient_id"
        "           and t.begun order by t.head_version desc limit 1) as terminal_since,"
        "       (select b.partner_id from break_glass b where b.municipality = p.municipality and b.patient_id = p.patient_id)"
        "           as break_partner"
        "  from patient p"
        "  join patient_head h on h.municipality = p.municipality and h.patient_id = p.patient_id and h.version = p.head_version"
        "  left join place l on l.municipality = p.municipality and l.patient_id = p.patient_id and l.version = p.place_version"
        " where p.patient_id = $1::uuid" },
    [CONTACTS] = { "ems_contacts",
        "select name, relation, phone from emergency_contact"
        " where municipality = $1 and patient_id = $2::uuid and version = $3::bigint order by position" },
    [TEAM] = { "ems_team",
        "select m.seat, coalesce (w.name, '') as name, coalesce (o.name, '') as office, o.phone"
        "  from care_team_member m"
        "  left join membership w on w.person_id = m.person_id and w.office_id = m.office_id"
        "  left join office o on o.office_id = m.office_id"
        " where m.municipality = $1 and m.patient_id = $2::uuid and m.ended_at is null order by m.seat, m.since, m.member_id limit 60" },
    [WORDS] = { "ems_words",
        "select v.content::text as content, (v.written_at at time zone 'Asia/Tokyo')::date::text as written_on"
        "  from unnest ($3::bigint[]) with ordinality n (version, section)"
        "  join section_version v on v.municipality = $1 and v.patient_id = $2::uuid and v.section = n.section and v.version = n.version"
        " where n.section in (4, 5, 7, 10)" },
    [DOCUMENTS] = { "ems_documents",
        "select document_id, kind, written_on::text, issuer, direction, assumed_condition, paper_at, revoked_on::text,"
        "       guard.to_us (recorded_at) as recorded_at"
        "  from wish_document where municipality = $1 and patient_id = $2::uuid order by written_on desc, recorded_at desc limit 40" },
    [HOSPITAL] = { "ems_hospital",
        "select facility, phone, night_phone, parallel_notice, state = 2 as agreed from designated_hospital"
        " where municipality = $1 and patient_id = $2::uuid and state in (1, 2)" },
    [RELEASE] = { "ems_release",
        "insert into ems_release (municipality, patient_id, release_id, at, ground, partner_id, partner_name, unit, person_id, incident_id,"
        "                         incident_municipality, break_id, fields)"
        " values ($1, $2::uuid, $3::uuid, guard.to_time ($4::bigint), $5::smallint, $6::uuid, $7, $8, $9::uuid, $10::uuid, $11, $12::uuid,"
        "         $13)" },
    [OPEN] = { "ems_open",
        "select o.of_municipality, o.of_patient, guard.to_us (o.until) as until"
        "  from ems_break_open ($1::uuid, $2::text[], $3::bigint[], $4::text[], $5::date, $6::uuid, $7, $8, $9, $10::uuid, $11::uuid) o" },
};

int ems_store_enter (struct request *request, struct text_list municipalities, const char *break_id, struct text_list *ret_names,
                     struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    for (size_t i = 0; i < municipalities.count; i++)
        if (strspn (municipalities.items[i], "0123456789") != strlen (municipalities.items[i]))
            return fail (err, ERROR_MALFORMED, "/municipalities", "not an official code");
    db_text_list (&args, request->arena, municipalities);
    db_text (&args, break_id);
    if (db_run (request->db, &ems_statements[ENTER], &args, &rows, err) < 0)
        return -1;
    if (ret_names)
        *ret_names = db_copy_text_list (rows, 0, "names", request->arena);
    return 0;
}

int ems_store_find (struct request *request, const struct ems_keys *keys, struct ems_hit_list *ret, struct error *err)
{
    struct arena *arena = request->arena;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_number_list (&args, arena, (struct i64_list) { keys->kinds, keys->count });
    db_text_list (&args, arena, (struct text_list) { keys->keys, keys->count });
    if (db_run (request->db, &ems_statements[FIND], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct ems_hit) { .patient_id = db_copy_text (rows, i, "patient_id", arena),
                                           .municipality = db_copy_text (rows, i, "municipality", arena),
                                           .name = db_copy_text (rows, i, "name", arena),
                                           .name_kana = db_copy_text (rows, i, "name_kana", arena),
                                           .birth_date = db_copy_text (rows, i, "birth_date", arena),
                                           .address = db_copy_text (rows, i, "address", arena),
                                           .sex = (enum sex) db_get_number (rows, i, "sex"),
                                           .keys = (unsigned) db_get_number (rows, i, "keys") };
    return 0;
}

int ems_store_head (struct request *request, const char *patient_id, struct ems_person_view *ret, struct error *err)
{
    struct arena *arena = request->arena;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, patient_id);
    if (db_run (request->db, &ems_statements[HEAD], &args, &rows, err) < 0)
        return -1;
    *ret = (struct ems_person_view) { .found = db_count (rows) == 1 };
    if (!ret->found)
        return 0;
    ret->municipality = db_copy_text (rows, 0, "municipality", arena);
    ret->head_version = db_get_number (rows, 0, "head_version");
    ret->sections = db_copy_text_list (rows, 0, "sections", arena);
    ret->name = db_copy_text (rows, 0, "name", arena);
    ret->name_kana = db_copy_text (rows, 0, "name_kana", arena);
    ret->birth_date = db_copy_text (rows, 0, "birth_date", arena);
    ret->care_level = (enum care_level) db_get_number (rows, 0, "care_level");
    ret->allergies = db_copy_text (rows, 0, "allergies", arena);
    ret->infections = db_copy_text (rows, 0, "infections", arena);
    ret->terminal_phase = db_get_flag (rows, 0, "terminal_phase");
    ret->terminal_since = db_copy_text (rows, 0, "terminal_since", arena);
    ret->place = (enum place_kind) db_get_number (rows, 0, "place");
    ret->place_name = db_copy_text (rows, 0, "place_name", arena);
    ret->place_phone = db_copy_text (rows, 0, "place_phone", arena);
    ret->break_partner = db_copy_text (rows, 0, "break_partner", arena);
    return 0;
}

static void read_contacts (const db_rows *rows, struct arena *arena, struct ems_person_view *ret)
{
    struct emergency_contact *contacts = arena_alloc (arena, ((size_t) db_count (rows) + 1) * sizeof *contacts);

    for (int i = 0; i < db_count (rows); i++)
        contacts[i] = (struct emergency_contact) { .name = db_copy_text (rows, i, "name", arena),
                                                   .relation = db_copy_text (rows, i, "relation", arena),
                                                   .phone = db_copy_text (rows, i, "phone", arena) };
    ret->contacts = (struct emergency_contact_list) { contacts, (size_t) db_count (rows) };
}

static void read_team (const db_rows *rows, struct arena *arena, struct ems_person_view *ret)
{
    struct ems_team_member *team = arena_alloc (arena, ((size_t) db_count (rows) + 1) * sizeof *team);

    for (int i = 0; i < db_count (rows); i++)
        team[i] = (struct ems_team_member) { .seat = (enum team_seat) db_get_number (rows, i, "seat"),
                                             .name = db_copy_text (rows, i, "name", arena),
                                             .office = db_copy_text (rows, i, "office", arena),
                                             .phone = db_copy_text (rows, i, "phone", arena) };
    ret->team = (struct ems_team_member_list) { team, (size_t) db_count (rows) };
}

static int read_words (const db_rows *rows, struct arena *arena, struct ems_person_view *ret, struct error *err)
{
    enum { ENTRIES_MOST = 12 };
    struct ems_words *words = arena_alloc (arena, ((size_t) db_count (rows) * ENTRIES_MOST + 1) * sizeof *words);
    size_t count = 0;

    for (int i = 0; i < db_count (rows); i++) {
        const char *json = db_get_text (rows, i, "content"), *written_on = db_copy_text (rows, i, "written_on", arena);
        struct sheet_content content = { 0 };

        if (codec_json_read (&sheet_content_message, (struct bytes) { (const unsigned char *) json, strlen (json) }, arena, &content,
                             err) < 0)
            return -1;
        for (size_t k = 0; k < content.entries.count && k < ENTRIES_MOST; k++)
            words[count++] = (struct ems_words) { .item = content.entries.items[k].item, .text = content.entries.items[k].text,
                                                  .level = content.entries.items[k].level, .written_on = written_on };
    }
    ret->words = (struct ems_words_list) { words, count };
    return 0;
}

static void read_documents (const db_rows *rows, struct arena *arena, struct ems_person_view *ret)
{
    struct wish_view *documents = arena_alloc (arena, ((size_t) db_count (rows) + 1) * sizeof *documents);

    for (int i = 0; i < db_count (rows); i++)
        documents[i] = (struct wish_view) { .document_id = db_copy_text (rows, i, "document_id", arena),
                                            .kind = (enum wish_kind) db_get_number (rows, i, "kind"),
                                            .written_on = db_copy_text (rows, i, "written_on", arena),
                                            .issuer = (enum wish_issuer) db_get_number (rows, i, "issuer"),
                                            .direction = (enum wish_direction) db_get_number (rows, i, "direction"),
                                            .assumed_condition = db_copy_text (rows, i, "assumed_condition", arena),
                                            .paper_at = db_copy_text (rows, i, "paper_at", arena),
                                            .revoked_on = db_copy_text (rows, i, "revoked_on", arena),
                                            .recorded_at = db_get_number (rows, i, "recorded_at") };
    ret->documents = (struct wish_list) { documents, (size_t) db_count (rows) };
}

static const struct ems_hospital *read_hospital (const db_rows *rows, struct arena *arena)
{
    struct ems_hospital *hospital = arena_alloc (arena, sizeof *hospital);

    if (db_count (rows) == 0)
        return NULL;
    *hospital = (struct ems_hospital) { .name = db_copy_text (rows, 0, "facility", arena),
                                        .phone = db_copy_text (rows, 0, "phone", arena),
                                        .night_phone = db_copy_text (rows, 0, "night_phone", arena),
                                        .agreed = db_get_flag (rows, 0, "agreed"),
                                        .parallel_notice = db_get_flag (rows, 0, "parallel_notice") };
    return hospital;
}

/* The same three parameters for all, of which a statement takes the first two or three. */
static int queue (struct request *request, int statement, const struct ems_person_view *person, const char *patient_id, db_rows **ret,
                  struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, person->municipality);
    db_text (&args, patient_id);
    if (statement == CONTACTS)
        db_number (&args, person->head_version);
    if (statement == WORDS)
        db_text_list (&args, request->arena, person->sections);
    return db_queue_rows (request->db, &ems_statements[statement], &args, ret, err);
}

int ems_store_rest (struct request *request, const char *patient_id, struct ems_person_view *ret, struct error *err)
{
    db_rows **rows = arena_alloc (request->arena, STATEMENT_COUNT * sizeof *rows);

    for (int statement = CONTACTS; statement <= HOSPITAL; statement++)
        if (queue (request, statement, ret, patient_id, &rows[statement], err) < 0)
            return -1;
    if (db_flush (request->db, err) < 0)
        return -1;
    read_contacts (rows[CONTACTS], request->arena, ret);
    read_team (rows[TEAM], request->arena, ret);
    read_documents (rows[DOCUMENTS], request->arena, ret);
    ret->hospital = read_hospital (rows[HOSPITAL], request->arena);
    return read_words (rows[WORDS], request->arena, ret, err);
}

int ems_store_release (struct request *request, const struct ems_record *message, const char *municipality, const char *release_id,
                       const char *fields, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, message->patient_id);
    db_text (&args, release_id);
    db_time (&args, request->now);
    db_number (&args, message->ground);
    db_text (&args, message->partner_id);
    db_text (&args, message->partner_name);
    db_text (&args, message->unit);
    db_text (&args, message->person_id);
    db_text (&args, message->incident_id);
    db_text (&args, message->incident_municipality);
    db_text (&args, message->break_id);
    db_text (&args, fields);
    return db_queue_expect (request->db, &ems_statements[RELEASE], &args, 1, ERROR_NOT_FOR_YOU, err);
}

int ems_store_open (struct request *request, const struct ems_break_glass *message, const struct ems_keys *keys, struct ems_opening *ret,
                    struct error *err)
{
    struct arena *arena = request->arena;
    char break_id[UUID_TEXT];
    struct db_args args = { 0 };
    DB_ROWS (rows);

    uuid_new (break_id);
    db_text (&args, break_id);
    db_text_list (&args, arena, message->municipalities);
    db_number_list (&args, arena, (struct i64_list) { keys->kinds, keys->count });
    db_text_list (&args, arena, (struct text_list) { keys->keys, keys->count });
    db_text (&args, message->birth_date);
    db_text (&args, message->partner_id);
    db_text (&args, message->partner_name);
    db_text (&args, message->unit);
    db_text (&args, message->reason);
    db_text (&args, message->incident_id);
    db_text (&args, message->person_id);
    if (db_run (request->db, &ems_statements[OPEN], &args, &rows, err) < 0)
        return -1;
    *ret = (struct ems_opening) { .found = db_count (rows) > 0 };
    if (!ret->found)
        return 0;
    ret->break_id = arena_text (arena, break_id);
    ret->patient_id = db_copy_text (rows, 0, "of_patient", arena);
    ret->municipality = db_copy_text (rows, 0, "of_municipality", arena);
    ret->until = db_get_number (rows, 0, "until");
    return 0;
}
