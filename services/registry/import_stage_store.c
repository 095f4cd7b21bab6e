/* import_stage_store.c - rows of a file compared with the registry and copied into import_row: see import_store.h. */
#include "ids.h"
#include "import_store.h"
#include "japan.h"
#include "messages.h"
#include "text.h"

enum { COMPARE, STATEMENT_COUNT };

const struct db_statement import_stage_statements[] = {
    [COMPARE] = { "import_compare",
        "select f.content, f.not_in_latest is not null as away,"
        "       (select true from import_row r where r.import_id = $2::uuid and r.facility_id = i.facility_id limit 1) as double"
        "  from unnest ($1::uuid[]) with ordinality as i (facility_id, n) left join facility f on f.facility_id = i.facility_id"
        " order by i.n" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

static const char copy_rows[] =
    "copy import_row (import_id, line, facility_id, kind, service, located_in, number, city, prefecture, place, name, name_kana, address, "
    "building,"
    " latitude, longitude, phone, phone_doubtful, fax, corporation_number, corporation_name, days, days_note, capacity, url, email,"
    " shared_service, care_standard, disability_standard, remark, extra, provenance, content, search, sort_key, grams, service_folded,"
    " event_id, event, scheme, postal_code, valid_from, valid_until, items, hours) from stdin";
enum { FOLDED_MOST = 600 };
enum { COPY_COLUMNS = 45, SLIM_COLUMNS = 6, PHONE_COLUMN = 16, FAX_COLUMN = 18, ITEMS_COLUMN = 43,
       HOURS_COLUMN = 44 };

static int by_facility (const void *a, const void *b)
{
    const struct import_row *one = *(struct import_row *const *) a, *two = *(struct import_row *const *) b;
    int order = strcmp (one->facility_id, two->facility_id);

    return order ? order : one->read->line < two->read->line ? -1 : 1;
}

/* The same facility twice within these rows: the later ones are doubles. */
static void find_doubles (struct arena *arena, struct import_row *rows, size_t count)
{
    struct import_row **sorted = arena_alloc (arena, (count + 1) * sizeof *sorted);
    size_t used = 0;

    for (size_t i = 0; i < count; i++)
        if (rows[i].kind == 'n')
            sorted[used++] = &rows[i];
    qsort (sorted, used, sizeof *sorted, by_facility);
    for (size_t i = 1; i < used; i++)
        if (strcmp (sorted[i]->facility_id, sorted[i - 1]->facility_id) == 0)
            sorted[i]->kind = 'd';
}

int import_store_compare (struct db *db, struct arena *arena, const struct import *import, struct import_row *rows, size_t count,
                          struct error *err)
{
    const char **ids = arena_alloc (arena, (count + 1) * sizeof *ids);
    struct db_args args = { 0 };
    size_t used = 0;
    int at = 0;
    DB_ROWS (found);

    find_doubles (arena, rows, count);
    for (size_t i = 0; i < count; i++)
        if (rows[i].kind == 'n')
            ids[used++] = rows[i].facility_id;
    db_text_list (&args, arena, (struct text_list) { ids, used });
    db_text (&args, import->import_id);
    if (db_run (db, &import_stage_statements[COMPARE], &args, &found, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        const char *content;

        if (rows[i].kind != 'n')
            continue;
        content = db_get_text (found, at, "content");
        if (db_get_flag (found, at, "double"))
            rows[i].kind = 'd';
        else if (content)
            rows[i].kind = strcmp (content, rows[i].content) == 0 && !db_get_flag (found, at, "away") ? 'u' : 'c';
        at++;
    }
    return 0;
}

/* text[] as COPY reads it: every item quoted. */
static char *array_text (struct arena *arena, struct text_list list)
{
    size_t size = 3;
    char *text, *end;

    for (size_t i = 0; i < list.count; i++)
        size += 2 * strlen (list.items[i]) + 3;
    end = text = arena_alloc (arena, size);
    *end++ = '{';
    for (size_t i = 0; i < list.count; i++) {
        if (i)
            *end++ = ',';
        *end++ = '"';
        for (const char *p = list.items[i]; *p; p++) {
            if (*p == '"' || *p == '\\')
                *end++ = '\\';
            *end++ = *p;
        }
        *end++ = '"';
    }
    *end = '}';
    return text;
}

static char *first_character (struct arena *arena, const char *folded)
{
    unsigned char lead = (unsigned char) *folded;
    size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;

    return arena_print (arena, "^%s", text_cut (arena, folded, size));
}

/* What finds the facility: pairs of name, of kana and of the kind of service, and the first character of the names for a search by one. */
static char *grams_of (struct arena *arena, const char *name, const char *kana, const char *service)
{
    struct text_list parts[] = { text_bigrams (arena, name), text_bigrams (arena, kana), text_bigrams (arena, service) };
    const char **all = arena_alloc (arena, (parts[0].count + parts[1].count + parts[2].count + 2) * sizeof *all);
    size_t count = 0;

    for (size_t part = 0; part < sizeof parts / sizeof *parts; part++)
        for (size_t i = 0; i < parts[part].count; i++)
            all[count++] = parts[part].items[i];
    all[count++] = first_character (arena, name);
    if (*kana)
        all[count++] = first_character (arena, kana);
    return array_text (arena, (struct text_list) { all, count });
}

int import_event (struct arena *arena, const char *facility_id, const char *located_in, const char *service, const char **ret_id,
                  const char **ret_payload, struct error *err)
{
    static const char hex[] = "0123456789abcdef";
    struct facility_changed event = { .facility_id = facility_id, .municipality = located_in, .service = service };
    struct bytes packed;
    char id[UUID_TEXT], *text;

    if (codec_pack (&facility_changed_message, &event, arena, &packed, err) < 0)
        return -1;
    uuid_new (id);
    *ret_id = arena_text (arena, id);
    *ret_payload = text = arena_alloc (arena, 2 * packed.size + 3);
    text[0] = '\\';
    text[1] = 'x';
    for (size_t i = 0; i < packed.size; i++) {
        text[2 + 2 * i] = hex[packed.data[i] >> 4];
        text[3 + 2 * i] = hex[packed.data[i] & 15];
    }
    return 0;
}

static void put_texts (const char **values, int *count, const char *const *texts, int text_count)
{
    for (int i = 0; i < text_count; i++)
        values[(*count)++] = texts[i];
}

/* An entry of an index holds 2,700 bytes, and a single sign may fold to thirty. */
static const char *folded_of (struct arena *arena, const char *text) { return text_cut (arena, text_fold (arena, text), FOLDED_MOST); }

/* Values behind the slim columns, in the order of copy_rows. */
static int put_values (struct arena *arena, const struct import *import, const struct import_row *row, const struct import_profile *profile,
                       const char **values, struct error *err)
{
    const struct facility_row *r = row->read;
    const char *name = folded_of (arena, r->name), *kana = folded_of (arena, r->name_kana ? r->name_kana : "");
    const char *service = folded_of (arena, r->service);
    const char *event_id, *event, *slash = r->valid ? strchr (r->valid, '/') : NULL, *until = slash ? slash + 1 : "";
    const char *valid_from = slash ? arena_copy (arena, r->valid, (size_t) (slash - r->valid)) : NULL;
    int count = SLIM_COLUMNS;

    if (import_event (arena, row->facility_id, r->located_in, r->service, &event_id, &event, err) < 0)
        return -1;
    put_texts (values, &count, (const char *const[]) {
        r->number, japan_city_of (r->located_in),
        r->prefecture_name ? r->prefecture_name : "", r->city_name ? r->city_name : "",
        r->name, r->name_kana, r->address, r->building, r->latitude, r->longitude, r->phone, r->phone_doubtful ? "t" : "f", r->fax,
        r->corporation_number, r->corporation_name, r->days, r->days_note, r->capacity, r->url, r->email, r->shared_service,
        r->care_standard, r->disability_standard, r->remark, r->extra, import_provenance (r, profile->source, import->source_date, arena),
        row->content, arena_print (arena, "%s\n%s\r%s", name, kana, service), text_cut (arena, *kana ? kana : name, 300),
        grams_of (arena, name, kana, service), service, event_id, event, profile->scheme, r->postal_code, valid_from, *until ? until : NULL,
        import_items_json (r, arena), r->hours }, COPY_COLUMNS - SLIM_COLUMNS);
    return 0;
}

static int stage_row (struct db *db, struct arena *arena, const struct import *import, const struct import_row *row, const struct import_profile *profile,
                      struct error *err)
{
    const char kind[2] = { row->kind, 0 };
    const char *values[COPY_COLUMNS] = { import->import_id,  arena_print (arena, "%lld", (long long)row->read->line),
                                         row->facility_id,   kind,
                                         row->read->service, row->read->located_in };

    if (row->kind != 'u' && put_values (arena, import, row, profile, values, err) < 0)
        return -1;
    /* what may differ from a survey is told again each time */
    values[PHONE_COLUMN] = row->read->phone;
    values[FAX_COLUMN] = row->read->fax;
    values[ITEMS_COLUMN] = import_items_json (row->read, arena);
    values[HOURS_COLUMN] = row->read->hours;
    return db_copy_line (db, values, COPY_COLUMNS, err);
}

int import_store_stage (struct db *db, struct arena *arena, const struct import *import, const struct import_row *rows, size_t count,
                        const struct import_profile *profile, struct error *err)
{
    size_t staged = 0;

    for (size_t i = 0; i < count; i++)
        staged += rows[i].kind == 'n' || rows[i].kind == 'c' || rows[i].kind == 'u';
    if (!staged)
        return 0;
    if (db_copy_begin (db, copy_rows, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        if ((rows[i].kind == 'n' || rows[i].kind == 'c' || rows[i].kind == 'u') && stage_row (db, arena, import, &rows[i], profile, err) < 0)
            return -1;
    return db_copy_end (db, err);
}
