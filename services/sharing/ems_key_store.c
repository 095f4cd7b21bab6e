#include "ems_key_store.h"

enum { NAME_OF, DROP, DROP_CARD, ADD, WAITING, DONE, RENAMED, STATEMENT_COUNT };

const struct db_statement ems_key_statements[STATEMENT_COUNT + 1] = {
    [NAME_OF] = { "ems_key_municipality", "select name from municipality where code = $1" },
    [DROP] = { "ems_key_drop", "delete from ems_key where municipality = $1 and patient_id = $2::uuid and kind <> 1" },
    [DROP_CARD] = { "ems_key_drop_card", "delete from ems_key where municipality = $1 and patient_id = $2::uuid and kind = 1" },
    [ADD] = { "ems_key_add",
        "insert into ems_key (municipality, kind, key, patient_id)"
        " select $1, w.kind, w.key, $2::uuid from unnest ($3::bigint[], $4::text[]) w (kind, key)" },
    [WAITING] = { "ems_key_waiting",
        "select p.municipality, m.name as municipality_name, p.patient_id, h.name, h.name_kana, h.birth_date::text, h.phone, h.address,"
        "       array (select c.phone from emergency_contact c where c.municipality = p.municipality and c.patient_id = p.patient_id"
        "                 and c.version = p.head_version) as contact_phones,"
        "       (select c.number from card c where c.municipality = p.municipality and c.patient_id = p.patient_id and c.state = 1) as card"
        "  from (select * from patient where search_rules < 1 order by patient_id limit $1::bigint for no key update) p"
        "  join patient_head h on h.municipality = p.municipality and h.patient_id = p.patient_id and h.version = p.head_version"
        "  left join municipality m on m.code = p.municipality" },
    [DONE] = { "ems_key_done", "update patient set search_rules = 1 where municipality = $1 and patient_id = $2::uuid" },
    [RENAMED] = { "ems_key_renamed",
        "update patient set search_rules = 0 where municipality = $1 and search_rules > 0"
        "   and exists (select from municipality m where m.code = $1 and m.name <> $2)" },
};

void ems_keys_of (const struct ems_person *person, struct arena *arena, struct ems_keys *ret)
{
    ems_keys_add (ret, MATCH_KEY_CARD, ems_card_key (arena, person->card));
    ems_keys_add (ret, MATCH_KEY_PHONE, ems_phone_key (arena, person->phone));
    for (size_t i = 0; i < person->contact_phones.count; i++)
        ems_keys_add (ret, MATCH_KEY_PHONE, ems_phone_key (arena, person->contact_phones.items[i]));
    ems_keys_add (ret, MATCH_KEY_KANA_BIRTH, ems_kana_birth_key (arena, person->name_kana, person->birth_date));
    ems_keys_add (ret, MATCH_KEY_ADDRESS, ems_address_key (arena, person->address, person->municipality_name));
    ems_keys_add (ret, MATCH_KEY_NAME, ems_name_key (arena, person->name));
    ems_keys_add (ret, MATCH_KEY_NAME, ems_name_key (arena, person->name_kana));
}

static int queue_of (struct db *db, int statement, const char *municipality, const char *patient_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, patient_id);
    return db_queue (db, &ems_key_statements[statement], &args, err);
}

static int queue_keys (struct db *db, struct arena *arena, const char *municipality, const char *patient_id, const struct ems_keys *keys,
                       struct error *err)
{
    struct db_args args = { 0 };

    if (keys->count == 0)
        return 0;
    db_text (&args, municipality);
    db_text (&args, patient_id);
    db_number_list (&args, arena, (struct i64_list) { keys->kinds, keys->count });
    db_text_list (&args, arena, (struct text_list) { keys->keys, keys->count });
    return db_queue_expect (db, &ems_key_statements[ADD], &args, (int) keys->count, ERROR_NOT_FOR_YOU, err);
}

static int read_municipality_name (struct db *db, struct arena *arena, struct ems_person *person, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person->municipality);
    if (db_run (db, &ems_key_statements[NAME_OF], &args, &rows, err) < 0)
        return -1;
    person->municipality_name = db_count (rows) > 0 ? db_copy_text (rows, 0, "name", arena) : NULL;
    return 0;
}

int ems_key_store_replace (struct db *db, struct arena *arena, struct ems_person *person, struct error *err)
{
    struct ems_keys *keys = arena_alloc (arena, sizeof *keys);

    if (read_municipality_name (db, arena, person, err) < 0)
        return -1;
    person->card = NULL;
    ems_keys_of (person, arena, keys);
    if (queue_of (db, DROP, person->municipality, person->patient_id, err) < 0)
        return -1;
    return queue_keys (db, arena, person->municipality, person->patient_id, keys, err);
}

int ems_key_store_card (struct db *db, struct arena *arena, const char *municipality, const char *patient_id, const char *number,
                        struct error *err)
{
    struct ems_keys *keys = arena_alloc (arena, sizeof *keys);

    ems_keys_add (keys, MATCH_KEY_CARD, ems_card_key (arena, number));
    if (queue_of (db, DROP_CARD, municipality, patient_id, err) < 0)
        return -1;
    return queue_keys (db, arena, municipality, patient_id, keys, err);
}

int ems_key_store_waiting (struct db *db, struct arena *arena, int64_t most, struct ems_person_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_number (&args, most);
    if (db_run (db, &ems_key_statements[WAITING], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct ems_person) { .municipality = db_copy_text (rows, i, "municipality", arena),
                                              .municipality_name = db_copy_text (rows, i, "municipality_name", arena),
                                              .patient_id = db_copy_text (rows, i, "patient_id", arena),
                                              .name = db_copy_text (rows, i, "name", arena),
                                              .name_kana = db_copy_text (rows, i, "name_kana", arena),
                                              .birth_date = db_copy_text (rows, i, "birth_date", arena),
                                              .phone = db_copy_text (rows, i, "phone", arena),
                                              .address = db_copy_text (rows, i, "address", arena),
                                              .contact_phones = db_copy_text_list (rows, i, "contact_phones", arena),
                                              .card = db_copy_text (rows, i, "card", arena) };
    return 0;
}

int ems_key_store_fill (struct db *db, struct arena *arena, const struct ems_person *person, struct error *err)
{
    struct ems_keys *keys = arena_alloc (arena, sizeof *keys);
    struct db_args args = { 0 };

    ems_keys_of (person, arena, keys);
    if (queue_of (db, DROP, person->municipality, person->patient_id, err) < 0
        || queue_of (db, DROP_CARD, person->municipality, person->patient_id, err) < 0
        || queue_keys (db, arena, person->municipality, person->patient_id, keys, err) < 0)
        return -1;
    db_text (&args, person->municipality);
    db_text (&args, person->patient_id);
    return db_queue_expect (db, &ems_key_statements[DONE], &args, 1, ERROR_BUG, err);
}

int ems_key_store_renamed (struct db *db, const char *municipality, const char *name, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, name);
    return db_queue (db, &ems_key_statements[RENAMED], &args, err);
}
