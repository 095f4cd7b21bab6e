/* csv.c - the CSV reader: see csv.h. */
#include "csv.h"

/* Where reading stands inside a record; the reader itself moves only over whole records. */
struct cursor {
    const char *bytes;
    size_t size, at;
    int64_t line;
};

enum ending { END_FIELD, END_RECORD, END_CUT };         /* a comma · a line end or the end of the file · the piece ends inside */

void csv_begin (struct csv *csv, const char *bytes, size_t size, int64_t line, bool last)
{
    *csv = (struct csv) { bytes, size, 0, line, last };
}

size_t csv_consumed (const struct csv *csv)
{
    return csv->at;
}

static int shape (struct error *err, int64_t line, const char *why)
{
    fail (err, ERROR_FILE_SHAPE, NULL, "line %lld: %s", (long long) line, why);
    return fail_param (err, "why", "%lld行目：%s", (long long) line, why);
}

/* Steps over one line end at the cursor (LF, CR or CRLF); false when there is none, or its LF may come with the next piece. */
static bool skip_line_end (struct cursor *at)
{
    if (at->bytes[at->at] == '\r') {
        at->at++;
        if (at->at < at->size && at->bytes[at->at] == '\n')
            at->at++;
    } else if (at->bytes[at->at] == '\n')
        at->at++;
    else
        return false;
    at->line++;
    return true;
}

/* The end of a field: a comma, a line end or the end. */
static enum ending end_of_field (struct cursor *at, bool last)
{
    if (at->at >= at->size)
        return last ? END_RECORD : END_CUT;
    if (at->bytes[at->at] == ',') {
        at->at++;
        return END_FIELD;
    }
    /* a CR that ends the piece may be half of a CRLF */
    if (at->bytes[at->at] == '\r' && at->at + 1 == at->size && !last)
        return END_CUT;
    skip_line_end (at);
    return END_RECORD;
}

static size_t plain_length (const struct cursor *at)
{
    const char *p = at->bytes + at->at, *end = at->bytes + at->size;

    while (p < end && *p != ',' && *p != '\n' && *p != '\r')
        p++;
    return (size_t) (p - (at->bytes + at->at));
}

static int plain_field (struct cursor *at, struct arena *arena, struct csv_field *ret, struct error *err)
{
    size_t size = plain_length (at);

    if (size > CSV_FIELD_MAX)
        return shape (err, at->line, "1つの欄が64KiBを超えています");
    *ret = (struct csv_field) { arena_copy (arena, at->bytes + at->at, size), size };
    at->at += size;
    return 0;
}

/* Finds the closing quote of the field whose opening quote is behind us: 1 found (length without quotes), 0 not in this piece, -1 too long.
 */
static int quoted_length (const struct cursor *at, size_t *ret_raw)
{
    const char *begin = at->bytes + at->at, *end = at->bytes + at->size, *p = begin;

    while ((p = memchr (p, '"', (size_t) (end - p))) != NULL) {
        if ((size_t) (p - begin) > 2 * CSV_FIELD_MAX)
            return -1;
        if (p + 1 < end && p[1] == '"') {
            p += 2;
            continue;
        }
        *ret_raw = (size_t) (p - begin);
        return 1;
    }
    return (size_t) (end - begin) > 2 * CSV_FIELD_MAX ? -1 : 0;
}

static void count_lines (struct cursor *at, size_t size)
{
    const char *p = at->bytes + at->at;

    for (size_t i = 0; i < size; i++)
        at->line += p[i] == '\n' || (p[i] == '\r' && (i + 1 == size || p[i + 1] != '\n'));
}

static size_t undouble (char *text, size_t size)
{
    size_t kept = 0;

    for (size_t i = 0; i < size; i++) {
        text[kept++] = text[i];
        i += text[i] == '"';
    }
    text[kept] = 0;
    return kept;
}

/* 1: read; 0: the piece ends inside it. */
static int quoted_field (struct cursor *at, bool last, struct arena *arena, struct csv_record *record, struct csv_field *ret,
                         struct error *err)
{
    int64_t opened = at->line;
    size_t raw = 0, extra;
    int found;
    char *text;

    at->at++;
    found = quoted_length (at, &raw);
    if (found < 0 || (!found && last))
        return shape (err, opened, found < 0 ? "引用符が閉じていないか、1つの欄が64KiBを超えています" : "引用符が閉じていません");
    if (!found || (!last && at->at + raw + 1 == at->size))
        return 0;
    text = arena_copy (arena, at->bytes + at->at, raw);
    *ret = (struct csv_field) { text, undouble (text, raw) };
    if (ret->size > CSV_FIELD_MAX)
        return shape (err, opened, "1つの欄が64KiBを超えています");
    count_lines (at, raw);
    at->at += raw + 1;
    extra = plain_length (at);
    at->at += extra;
    record->misquoted |= extra > 0;
    return 1;
}

/* 1: a whole record; 0: the piece ends inside it. */
static int read_record (struct cursor *at, bool last, struct arena *arena, struct csv_record *ret, struct error *err)
{
    enum ending ending;

    ret->count = 0;
    ret->misquoted = false;
    ret->line = at->line;
    do {
        struct csv_field *field = &ret->fields[ret->count];

        if (ret->count == CSV_FIELDS_MAX)
            return shape (err, ret->line, "列が200を超えています");
        if (at->at < at->size && at->bytes[at->at] == '"') {
            int whole = quoted_field (at, last, arena, ret, field, err);

            if (whole <= 0)
                return whole;
        } else if (plain_field (at, arena, field, err) < 0)
            return -1;
        ret->count++;
        ending = end_of_field (at, last);
    } while (ending == END_FIELD);
    return ending == END_RECORD;
}

static void skip_empty_lines (struct cursor *at, bool last)
{
    while (at->at < at->size && (at->at + 1 < at->size || last || at->bytes[at->at] != '\r') && skip_line_end (at))
        continue;
}

int csv_next (struct csv *csv, struct arena *arena, struct csv_record *ret, struct error *err)
{
    struct cursor at = { csv->bytes, csv->size, csv->at, csv->line };
    int whole;

    skip_empty_lines (&at, csv->last);
    csv->at = at.at;
    csv->line = at.line;
    if (at.at >= at.size)
        return 0;
    whole = read_record (&at, csv->last, arena, ret, err);
    if (whole == 1) {
        csv->at = at.at;
        csv->line = at.line;
    }
    return whole;
}
