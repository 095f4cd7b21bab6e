/* import_file.c - encoding and header of a file: see import_file.h. */
#include "import_file.h"
#include "text.h"

enum { SAMPLE = 64 * 1024 };

static bool begins (struct bytes piece, const char *with, size_t size)
{
    return piece.size >= size && memcmp (piece.data, with, size) == 0;
}

static const char *not_a_text_file (struct bytes piece)
{
    if (piece.size == 0)
        return "ファイルが空です";
    if (begins (piece, "PK\x03\x04", 4))
        return "zipまたはExcelのファイルです。CSVを取り出してください";
    if (begins (piece, "\xFF\xFE", 2) || begins (piece, "\xFE\xFF", 2))
        return "文字コードがUTF-16です。UTF-8で保存してください";
    if (begins (piece, "%PDF", 4) || begins (piece, "\xD0\xCF\x11\xE0", 4))
        return "CSVではないファイルです";
    return NULL;
}

/* Whole lines of the beginning, so that no character is cut. */
static struct bytes sample_of (struct bytes piece)
{
    size_t size = piece.size < SAMPLE ? piece.size : SAMPLE;

    while (size && size < piece.size && piece.data[size - 1] != '\n')
        size--;
    return (struct bytes) { piece.data, size ? size : piece.size };
}

static const char *find_encoding (struct arena *arena, struct bytes piece)
{
    struct bytes sample = sample_of (piece), utf8;

    if (text_is_utf8 ((const char *) sample.data, sample.size))
        return "utf-8";
    return text_from_cp932 (arena, sample, &utf8) == 0 && !memchr (utf8.data, 0, utf8.size) ? "cp932" : NULL;
}

static char *csv_line (struct arena *arena, const struct csv_record *record)
{
    size_t size = 1;
    char *line, *end;

    for (size_t i = 0; i < record->count; i++)
        size += 2 * record->fields[i].size + 3;
    end = line = arena_alloc (arena, size);
    for (size_t i = 0; i < record->count; i++) {
        if (i)
            *end++ = ',';
        *end++ = '"';
        for (const char *p = record->fields[i].text; *p; p++) {
            if (*p == '"')
                *end++ = '"';
            *end++ = *p;
        }
        *end++ = '"';
    }
    return line;
}

static bool is_readable (const struct csv_record *record)
{
    for (size_t i = 0; i < record->count; i++)
        if (!text_is_utf8 (record->fields[i].text, record->fields[i].size))
            return false;
    return true;
}

/* The first record is the header. */
static void read_header (struct arena *arena, struct bytes piece, size_t skip, bool last, struct file_head *ret)
{
    struct csv_record *record = arena_alloc (arena, sizeof *record);
    struct error err = { 0 };
    struct csv csv;

    csv_begin (&csv, (const char *) piece.data + skip, piece.size - skip, 1, last);
    if (csv_next (&csv, arena, record, &err) != 1) {
        ret->why = err.param_count ? arena_text (arena, err.params[0].value) : "見出しの行がありません";
        return;
    }
    import_file_decode (arena, ret->encoding, record);
    if (!is_readable (record)) {
        ret->why = "見出しを読み取れません（文字コードを確認してください）";
        return;
    }
    ret->header = csv_line (arena, record);
    ret->consumed = skip + csv_consumed (&csv);
    ret->line = csv.line;
}

void import_file_begin (struct arena *arena, struct bytes piece, bool last, const char *wanted, const struct csv_record *columns,
                        struct file_head *ret)
{
    bool marked = begins (piece, "\xEF\xBB\xBF", 3);
    size_t skip = marked ? 3 : 0;

    *ret = (struct file_head) { .why = not_a_text_file (piece) };
    if (ret->why)
        return;
    ret->encoding = marked ? "utf-8" : wanted ? wanted : find_encoding (arena, piece);
    if (!ret->encoding) {
        ret->why = "文字コードを判別できません（UTF-8 または CP932 にしてください）";
        return;
    }
    if (!columns) {
        read_header (arena, piece, skip, last, ret);
        return;
    }
    ret->header = csv_line (arena, columns);
    ret->consumed = skip;
    ret->line = 1;
}

int import_file_header (struct arena *arena, const char *header, struct csv_record *ret, struct error *err)
{
    struct csv csv;

    csv_begin (&csv, header, strlen (header), 1, true);
    return csv_next (&csv, arena, ret, err) == 1 ? 0 : fail (err, ERROR_BUG, NULL, "the kept header is empty");
}

static bool is_ascii (const struct csv_field *field)
{
    for (size_t i = 0; i < field->size; i++)
        if ((unsigned char) field->text[i] >= 0x80)
            return false;
    return true;
}

void import_file_decode (struct arena *arena, const char *encoding, struct csv_record *record)
{
    struct bytes utf8;

    if (strcmp (encoding, "cp932") != 0)
        return;
    for (size_t i = 0; i < record->count; i++) {
        struct csv_field *field = &record->fields[i];

        if (!is_ascii (field) && text_from_cp932 (arena, (struct bytes) { (const unsigned char *) field->text, field->size }, &utf8) == 0)
            *field = (struct csv_field) { (const char *) utf8.data, utf8.size };
    }
}
