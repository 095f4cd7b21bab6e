/* import_refused_store.c - see import_refused_store.h. */
#include "import_refused_store.h"
#include "text.h"

enum { KEEP, HEAD, PAGE, STATEMENT_COUNT };

const struct db_statement import_refused_statements[] = {
    [KEEP] = { "import_refused_keep",
        "insert into import_refused (municipality, import_id, line, record, reasons)"
        " select $1, $2::uuid, t.* from unnest ($3::bigint[], $4::text[], $5::text[]) t on conflict do nothing" },
    [HEAD] = { "import_refused_head", "select i.file, i.profile, i.header from import i where i.import_id = $1::uuid" },
    [PAGE] = { "import_refused_page",
        "select r.line, r.record, r.reasons from import_refused r where r.import_id = $1::uuid and r.line > $2::bigint"
        " order by r.line limit $3::int" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

/* The line without its end, as UTF-8; bytes of no encoding become question marks, since they have to be typed anew. */
static char *record_text (struct arena *arena, const char *encoding, struct bytes record)
{
    const char *text = (const char *) record.data;
    size_t size = record.size;
    struct bytes utf8;
    char *plain;

    while (size && (*text == '\r' || *text == '\n')) {
        text++;
        size--;
    }
    while (size && (text[size - 1] == '\r' || text[size - 1] == '\n'))
        size--;
    if (strcmp (encoding, "cp932") == 0
        && text_from_cp932 (arena, (struct bytes) { (const unsigned char *) text, size }, &utf8) == 0 && !memchr (utf8.data, 0, utf8.size))
        return arena_copy (arena, (const char *) utf8.data, utf8.size);
    plain = arena_copy (arena, text, size);
    if (strcmp (encoding, "utf-8") != 0 || !text_is_utf8 (text, size))
        for (size_t i = 0; i < size; i++)
            if (plain[i] < ' ' || (unsigned char) plain[i] >= 0x80)
                plain[i] = plain[i] == '\n' || plain[i] == '\r' || plain[i] == '\t' ? plain[i] : '?';
    return plain;
}

static const char *reasons_of (struct arena *arena, const struct facility_row *row)
{
    const char *reasons = "";

    for (int i = 0; i < row->problem_count; i++)
        if (row->problems[i].refused)
            reasons = arena_print (arena, "%s%s%s：%s", reasons, *reasons ? "／" : "", row->problems[i].column, row->problems[i].reason);
    return reasons;
}

int import_refused_store_keep (struct db *db, struct arena *arena, const struct import *import, const struct import_row *rows, size_t count,
                               struct error *err)
{
    const char **records = arena_alloc (arena, (2 * count + 1) * sizeof *records), **reasons = records + count;
    int64_t *lines = arena_alloc (arena, (count + 1) * sizeof *lines);
    struct db_args args = { 0 };
    size_t used = 0;

    for (size_t i = 0; i < count; i++)
        if (rows[i].kind == 'r' && rows[i].record.size <= IMPORT_RECORD_MOST) {
            lines[used] = rows[i].read->line;
            records[used] = record_text (arena, import->encoding, rows[i].record);
            reasons[used++] = reasons_of (arena, rows[i].read);
        }
    if (used == 0)
        return 0;
    db_text (&args, import->municipality);
    db_text (&args, import->import_id);
    db_number_list (&args, arena, (struct i64_list) { lines, used });
    db_text_list (&args, arena, (struct text_list) { records, used });
    db_text_list (&args, arena, (struct text_list) { reasons, used });
    return db_queue (db, &import_refused_statements[KEEP], &args, err);
}

int import_refused_store_head (struct db *db, struct arena *arena, const char *import_id, bool *ret_found, struct refused_import *ret,
                               struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, import_id);
    if (db_run (db, &import_refused_statements[HEAD], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) == 1;
    if (*ret_found)
        *ret = (struct refused_import) { db_copy_text (rows, 0, "file", arena), db_copy_text (rows, 0, "profile", arena),
                                         db_copy_text (rows, 0, "header", arena) };
    return 0;
}

int import_refused_store_page (struct db *db, struct arena *arena, const char *import_id, int64_t after, int64_t limit,
                               struct refused_row **ret, size_t *ret_count, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, import_id);
    db_number (&args, after);
    db_number (&args, limit);
    if (db_run (db, &import_refused_statements[PAGE], &args, &rows, err) < 0)
        return -1;
    *ret_count = (size_t) db_count (rows);
    *ret = arena_alloc (arena, (*ret_count + 1) * sizeof **ret);
    for (int row = 0; row < db_count (rows); row++)
        (*ret)[row] = (struct refused_row) { db_get_number (rows, row, "line"), db_copy_text (rows, row, "record", arena),
                                             db_copy_text (rows, row, "reasons", arena) };
    return 0;
}
