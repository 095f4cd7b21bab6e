/* command_areas.c - loads which municipality lies in which 二次医療圏, from a table of the ministry or of a prefecture.
 *
 * The file is CSV in UTF-8 with a header that names muni_code, area_code and area_name (in any place, beside others); fields without line
 * breaks, with or without quotes.  Limits: 4 MiB, 2,500 rows.
 */
#include <unistd.h>
#include "child.h"
#include "http.h"

enum { FILE_MOST = 4 * 1024 * 1024, COLUMNS_MAX = 40 };

/* One line into its fields, in place; how many. */
static int split (char *line, char *fields[COLUMNS_MAX])
{
    int count = 0;

    for (char *from = line; from && count < COLUMNS_MAX;) {
        bool quoted = *from == '"';
        char *end = quoted ? strchr (from + 1, '"') : from + strcspn (from, ",\r");
        char *next = end ? strchr (end, ',') : NULL;

        fields[count++] = from + quoted;
        if (end)
            *end = '\0';
        from = next ? next + 1 : NULL;
    }
    return count;
}

static int column_of (char *const *fields, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp (fields[i], name) == 0)
            return i;
    return -1;
}

/* The rows as the region takes them; NULL: the header is another one, or a row is too short. */
static cJSON *rows_of (char *text)
{
    static const char *const columns[] = { "muni_code", "area_code", "area_name" }, *const fields_of[] = { "municipality", "area", "name" };
    cJSON *rows = cJSON_CreateArray ();
    char *fields[COLUMNS_MAX], *line;
    int places[3] = { -1, -1, -1 };

    if (strncmp (text, "\xEF\xBB\xBF", 3) == 0)
        text += 3;
    for (int number = 0; (line = strsep (&text, "\n")) != NULL; number++) {
        int count = *line && *line != '\r' ? split (line, fields) : 0;
        cJSON *row = count && number ? cJSON_CreateObject () : NULL;

        for (int i = 0; i < 3 && count; i++) {
            if (number == 0)
                places[i] = column_of (fields, count, columns[i]);
            if (places[i] < 0 || places[i] >= count) {
                cJSON_Delete (row);
                cJSON_Delete (rows);
                return NULL;
            }
            if (row)
                cJSON_AddStringToObject (row, fields_of[i], fields[places[i]]);
        }
        if (row)
            cJSON_AddItemToArray (rows, row);
    }
    return rows;
}

static void show (const cJSON *answer, int rows)
{
    const cJSON *missing = cJSON_GetObjectItem (answer, "missing"), *code;

    printf ("%d行を読みました。新しい・変わった市区町村 %d。\n", rows, (int) cJSON_GetNumberValue (cJSON_GetObjectItem (answer, "written")));
    cJSON_ArrayForEach (code, missing)
        printf ("  %s は、どの二次医療圏にあるか分かりません。\n", cJSON_GetStringValue (code));
}

static int load (struct operator *self, struct http *http, struct error *err)
{
    char *copy[] = { "cat", "--", self->words[1], NULL }, *text = NULL;
    cJSON *rows, *body, *answer = NULL;
    size_t size = 0;
    int count;

    if (access (self->words[1], R_OK) < 0 || child_read (copy, FILE_MOST, &text, &size) < 0)
        return fail (err, ERROR_FIELD_WRONG_TYPE, NULL, "%s cannot be read (at most 4 MiB)", self->words[1]);
    rows = rows_of (text);
    free (text);
    if (!rows)
        return fail (err, ERROR_FIELD_MISSING, NULL, "columns muni_code, area_code and area_name are needed in every row");
    count = cJSON_GetArraySize (rows);
    body = cJSON_CreateObject ();
    cJSON_AddItemToObject (body, "areas", rows);
    if (http_call (http, "POST", "/areas/medical", body, &answer, err) < 0)
        return -1;
    show (answer, count);
    cJSON_Delete (answer);
    return 0;
}

int command_areas (struct operator *self)
{
    if (self->word_count == 2 && strcmp (self->words[0], "load") == 0)
        return http_as_person (self, load);
    return say_usage ("areas load FILE");
}
