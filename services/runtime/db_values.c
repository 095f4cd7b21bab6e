#include "db_internal.h"
#include <assert.h>
#include <inttypes.h>

static int next_place (struct db_args *args)
{
    assert (args->count < DB_PARAM_MAX);
    return args->count++;
}

void db_text (struct db_args *args, const char *value)
{
    args->values[next_place (args)] = value;
}

void db_number (struct db_args *args, int64_t value)
{
    int place = next_place (args);

    snprintf (args->digits[place], sizeof args->digits[place], "%" PRId64, value);
    args->values[place] = args->digits[place];
}

void db_optional (struct db_args *args, bool has, int64_t value)
{
    if (has)
        db_number (args, value);
    else
        db_text (args, NULL);
}

void db_flag (struct db_args *args, bool value)
{
    db_text (args, value ? "t" : "f");
}

void db_time (struct db_args *args, int64_t microseconds)
{
    db_number (args, microseconds);
}

void db_bytes (struct db_args *args, struct bytes value)
{
    int place = next_place (args);

    args->values[place] = (const char *) value.data;
    args->lengths[place] = (int) value.size;
    args->formats[place] = 1;
}

/* "{a,"b c",NULL}": every item quoted, so that nothing in it means anything. */
void db_text_list (struct db_args *args, struct arena *arena, struct text_list list)
{
    size_t size = 3;
    char *text, *at;

    for (size_t i = 0; i < list.count; i++)
        size += 2 * strlen (list.items[i]) + 3;
    at = text = arena_alloc (arena, size);
    *at++ = '{';
    for (size_t i = 0; i < list.count; i++) {
        if (i > 0)
            *at++ = ',';
        *at++ = '"';
        for (const char *c = list.items[i]; *c; c++) {
            if (*c == '"' || *c == '\\')
                *at++ = '\\';
            *at++ = *c;
        }
        *at++ = '"';
    }
    *at = '}';
    db_text (args, text);
}

void db_number_list (struct db_args *args, struct arena *arena, struct i64_list list)
{
    size_t size = list.count * 21 + 3, used = 1;
    char *text = arena_alloc (arena, size);

    text[0] = '{';
    for (size_t i = 0; i < list.count; i++)
        used += (size_t) snprintf (text + used, size - used, "%s%" PRId64, i > 0 ? "," : "", list.items[i]);
    text[used] = '}';
    db_text (args, text);
}

/* ---- results ------------------------------------------------------------------------------------------------------------------------ */

void db_clear (db_rows **rows)
{
    PQclear (*rows);
    *rows = NULL;
}

int db_count (const db_rows *rows)
{
    return PQntuples (rows);
}

static int column_of (const db_rows *rows, const char *column)
{
    int i = PQfnumber (rows, column);

    if (i < 0) {
        fprintf (stderr, "no column \"%s\" in the answer\n", column);
        abort ();
    }
    return i;
}

bool db_is_null (const db_rows *rows, int row, const char *column)
{
    return PQgetisnull (rows, row, column_of (rows, column));
}

const char *db_get_text (const db_rows *rows, int row, const char *column)
{
    int i = column_of (rows, column);

    return PQgetisnull (rows, row, i) ? NULL : PQgetvalue (rows, row, i);
}

int64_t db_number_of (const char *text)
{
    return text ? strtoll (text, NULL, 10) : 0;
}

int64_t db_get_number (const db_rows *rows, int row, const char *column)
{
    return db_number_of (db_get_text (rows, row, column));
}

bool db_get_flag (const db_rows *rows, int row, const char *column)
{
    const char *text = db_get_text (rows, row, column);

    return text && *text == 't';
}

const char *db_copy_text (const db_rows *rows, int row, const char *column, struct arena *arena)
{
    return arena_text (arena, db_get_text (rows, row, column));
}

static unsigned nibble (char c)
{
    return (unsigned) (c <= '9' ? c - '0' : (c | 32) - 'a' + 10) & 15;
}

struct bytes db_copy_bytes (const db_rows *rows, int row, const char *column, struct arena *arena)
{
    const char *text = db_get_text (rows, row, column);
    struct bytes bytes = { 0 };
    unsigned char *data;

    if (!text || strncmp (text, "\\x", 2) != 0)
        return bytes;
    bytes.size = (strlen (text) - 2) / 2;
    data = arena_alloc (arena, bytes.size + 1);
    for (size_t i = 0; i < bytes.size; i++)
        data[i] = (unsigned char) (nibble (text[2 * i + 2]) << 4 | nibble (text[2 * i + 3]));
    bytes.data = data;
    return bytes;
}

/* Room for the item at `text`: up to its end, quoted or not. */
static size_t item_room (const char *text)
{
    const char *end = text + 1;

    if (*text != '"')
        return strcspn (text, ",}") + 1;
    for (; *end && *end != '"'; end++)
        if (*end == '\\' && end[1])
            end++;
    return (size_t) (end - text) + 1;
}

/* One item of an array in text form, from *at; *at then stands behind its ',' or '}'.  An unquoted NULL becomes "". */
static char *take_item (const char **at, struct arena *arena)
{
    const char *from = *at;
    bool quoted = *from == '"';
    char *item = arena_alloc (arena, item_room (from)), *to = item;

    for (from += quoted; *from && (quoted ? *from != '"' : *from != ',' && *from != '}'); from++) {
        if (*from == '\\' && from[1])
            from++;
        *to++ = *from;
    }
    from += quoted;
    *at = *from ? from + 1 : from;
    if (!quoted && strcmp (item, "NULL") == 0)
        *item = '\0';
    return item;
}

static size_t items_in (const char *text)
{
    size_t count = 1;
    bool quoted = false;

    for (const char *c = text; *c; c++) {
        if (*c == '\\' && c[1])
            c++;
        else if (*c == '"')
            quoted = !quoted;
        else if (*c == ',' && !quoted)
            count++;
    }
    return count;
}

struct text_list db_copy_text_list (const db_rows *rows, int row, const char *column, struct arena *arena)
{
    const char *text = db_get_text (rows, row, column);
    struct text_list list = { 0 };
    const char **items;

    if (!text)
        return list;
    if (strcmp (text, "{}") == 0) {
        list.items = arena_alloc (arena, sizeof *list.items);
        return list;
    }
    list.count = items_in (text);
    items = arena_alloc (arena, list.count * sizeof *items);
    text++;
    for (size_t i = 0; i < list.count; i++)
        items[i] = take_item (&text, arena);
    list.items = items;
    return list;
}
