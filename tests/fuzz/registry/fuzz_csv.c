/* fuzz_csv.c - no bytes crash the reader or the rules; a file cut anywhere gives the same records; what is stored is UTF-8. */
#include <stdint.h>
#include "csv.h"
#include "import_rules.h"
#include "text.h"

int LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size);

static void insist (int condition)
{
    if (!condition)
        abort ();
}

static uint64_t mix (uint64_t hash, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char) text[i]) * 1099511628211u;
    return (hash ^ size) * 1099511628211u;
}

/* Reads all records of two pieces cut at `cut`; false when the reader refused. */
static int walk (const char *text, size_t size, size_t cut, struct arena *arena, uint64_t *ret_hash)
{
    struct csv_record *record = arena_alloc (arena, sizeof *record);
    struct error err = { 0 };
    size_t begin = 0;
    int64_t line = 1;
    int got = 0;

    *ret_hash = 1469598103934665603u;
    for (int last = 0; last < 2; last++) {
        struct csv csv;

        csv_begin (&csv, text + begin, (last ? size : cut) - begin, line, last);
        while ((got = csv_next (&csv, arena, record, &err)) == 1)
            for (size_t i = 0; i < record->count; i++)
                *ret_hash = mix (*ret_hash ^ (uint64_t) record->line, record->fields[i].text, record->fields[i].size);
        if (got < 0)
            return 0;
        begin += csv_consumed (&csv);
        line = csv.line;
    }
    insist (begin == size);
    return 1;
}

static void rules (const char *text, size_t size, struct arena *arena)
{
    static const char *const titles[] = { "都道府県コード又は市町村コード", "事業所番号", "事業所名", "サービスの種類", "電話番号", "緯度", "経度",
                                          "URL", "定員", "利用可能曜日", "法人番号", "メモ" };
    struct csv_record *record = arena_alloc (arena, sizeof *record), *header = arena_alloc (arena, sizeof *header);
    struct facility_row *row = arena_alloc (arena, sizeof *row);
    struct profile_map map;
    struct error err = { 0 };
    struct csv csv;
    char print[37];

    header->count = sizeof titles / sizeof *titles;
    for (size_t i = 0; i < header->count; i++)
        header->fields[i] = (struct csv_field) { titles[i], strlen (titles[i]) };
    insist (profile_map (profile_find (arena, "kaigo-jigyosho"), arena, header, &map, &err) == 0);
    csv_begin (&csv, text, size, 1, true);
    while (csv_next (&csv, arena, record, &err) == 1) {
        map.count = record->count <= header->count ? record->count : header->count;
        import_row_read (&map, arena, record, row);
        if (row->refused)
            continue;
        import_fingerprint (row, arena, print);
        insist (text_is_utf8 (row->raw, strlen (row->raw)));
        for (int i = 0; i < row->problem_count; i++)
            insist (!row->problems[i].value || text_is_utf8 (row->problems[i].value, strlen (row->problems[i].value)));
        text_bigrams (arena, text_fold (arena, row->name));
    }
}

int LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size)
{
    ARENA (arena);
    uint64_t whole, pieces;
    size_t cut = size > 1 ? (size_t) bytes[0] * size / 256 : 0;

    if (size > 100000)
        return 0;
    if (walk ((const char *) bytes, size, 0, &arena, &whole) && walk ((const char *) bytes, size, cut, &arena, &pieces))
        insist (whole == pieces);
    rules ((const char *) bytes, size, &arena);
    return 0;
}
