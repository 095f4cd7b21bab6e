/* command_boundaries.c - loads where municipalities lie, from GeoJSON: N03 (行政区域) of 国土数値情報, and P34 (市町村役場) for their offices.
 *
 * Of each feature: N03_007 code (five digits), N03_003 city, N03_004 name; Polygon or MultiPolygon; several features of one code are one
 * municipality.  Only municipalities of the region are sent, for a designated city its wards.  A feature Point with P34_001 code, P34_002 = 1
 * (本庁) and P34_003 name is an office.  Limits: 64 MiB a file, 30,000 points a municipality (take a simplified file).
 */
#include <math.h>
#include <unistd.h>
#include "child.h"
#include "http.h"

enum { FILE_MOST = 64 * 1024 * 1024 };

static const char *text_of (const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue (cJSON_GetObjectItem (object, name));

    return text ? text : "";
}

/* Of the region: the municipality itself, or a ward of a designated city, whose name stands in N03_003. */
static bool is_of_region (const cJSON *municipalities, const cJSON *properties)
{
    const char *code = text_of (properties, "N03_007"), *city = text_of (properties, "N03_003");
    const cJSON *one;

    if (strlen (code) != 5 || strspn (code, "0123456789") != 5)
        return false;
    cJSON_ArrayForEach (one, municipalities)
        if (strncmp (text_of (one, "code"), code, 5) == 0
            || (strncmp (text_of (one, "code"), code, 3) == 0 && code[2] == '1' && *city && strcmp (text_of (one, "name"), city) == 0))
            return true;
    return false;
}

static void add_ring (const cJSON *ring, cJSON *rings, cJSON *points)
{
    const cJSON *point;

    if (cJSON_GetArraySize (ring) < 3)
        return;
    cJSON_AddItemToArray (rings, cJSON_CreateNumber (cJSON_GetArraySize (ring)));
    cJSON_ArrayForEach (point, ring)
        for (int i = 0; i < 2; i++)
            cJSON_AddItemToArray (points, cJSON_CreateNumber (round (cJSON_GetNumberValue (cJSON_GetArrayItem (point, i)) * 1e6)));
}

static void add_shape (const cJSON *geometry, cJSON *rings, cJSON *points)
{
    const cJSON *coordinates = cJSON_GetObjectItem (geometry, "coordinates"), *part, *ring;
    bool is_many = strcmp (text_of (geometry, "type"), "MultiPolygon") == 0;

    cJSON_ArrayForEach (part, coordinates) {
        if (!is_many)
            add_ring (part, rings, points);
        else
            cJSON_ArrayForEach (ring, part)
                add_ring (ring, rings, points);
    }
}

static void add_office (const cJSON *features, const char *code, cJSON *body)
{
    const cJSON *feature;

    cJSON_ArrayForEach (feature, features) {
        const cJSON *properties = cJSON_GetObjectItem (feature, "properties"), *geometry = cJSON_GetObjectItem (feature, "geometry");
        const cJSON *point = cJSON_GetObjectItem (geometry, "coordinates");
        char text[32];

        if (strcmp (text_of (properties, "P34_001"), code) != 0 || strcmp (text_of (properties, "P34_002"), "1") != 0
            || strcmp (text_of (geometry, "type"), "Point") != 0)
            continue;
        cJSON_AddStringToObject (body, "office_name", text_of (properties, "P34_003"));
        snprintf (text, sizeof text, "%.6f", cJSON_GetNumberValue (cJSON_GetArrayItem (point, 1)));
        cJSON_AddStringToObject (body, "office_latitude", text);
        snprintf (text, sizeof text, "%.6f", cJSON_GetNumberValue (cJSON_GetArrayItem (point, 0)));
        cJSON_AddStringToObject (body, "office_longitude", text);
        return;
    }
}

/* Everything of one code, from this feature on. */
static cJSON *body_of (struct operator *self, const cJSON *features, const cJSON *from, const char *code)
{
    const cJSON *properties = cJSON_GetObjectItem (from, "properties"), *feature;
    cJSON *body = cJSON_CreateObject (), *rings = cJSON_CreateArray (), *points = cJSON_CreateArray ();
    const char *city = text_of (properties, "N03_003");
    bool is_ward = strlen (city) > 3 && strcmp (city + strlen (city) - 3, "市") == 0;

    cJSON_AddStringToObject (body, "name", arena_print (&self->arena, "%s%s", is_ward ? city : "", text_of (properties, "N03_004")));
    cJSON_AddStringToObject (body, "edition", option_text (self->options, "date"));
    cJSON_AddStringToObject (body, "credit", option_text (self->options, "credit"));
    for (feature = from; feature; feature = feature->next)
        if (strcmp (text_of (cJSON_GetObjectItem (feature, "properties"), "N03_007"), code) == 0)
            add_shape (cJSON_GetObjectItem (feature, "geometry"), rings, points);
    cJSON_AddItemToObject (body, "rings", rings);
    cJSON_AddItemToObject (body, "points", points);
    add_office (features, code, body);
    return body;
}

static bool came_before (const cJSON *features, const cJSON *feature, const char *code)
{
    for (const cJSON *one = features->child; one != feature; one = one->next)
        if (strcmp (text_of (cJSON_GetObjectItem (one, "properties"), "N03_007"), code) == 0)
            return true;
    return false;
}

static const char *six_of (struct operator *self, const char *code)
{
    int sum = 0;

    for (int i = 0; i < 5; i++)
        sum += (code[i] - '0') * (6 - i);
    return arena_print (&self->arena, "%s%d", code, (11 - sum % 11) % 10);
}

static int send_all (struct operator *self, struct http *http, const cJSON *features, const cJSON *municipalities, int *ret, struct error *err)
{
    const cJSON *feature;

    cJSON_ArrayForEach (feature, features) {
        const cJSON *properties = cJSON_GetObjectItem (feature, "properties");
        const char *code = text_of (properties, "N03_007");

        if (!is_of_region (municipalities, properties) || came_before (features, feature, code))
            continue;
        if (http_call (http, "PUT", arena_print (&self->arena, "/boundaries/%s", six_of (self, code)), body_of (self, features, feature, code),
                       NULL, err) < 0)
            return -1;
        ++*ret;
    }
    return 0;
}

static int show (struct http *http, int sent, struct error *err)
{
    cJSON *answer = NULL;
    const cJSON *name;

    if (http_call (http, "GET", "/boundaries", NULL, &answer, err) < 0)
        return -1;
    printf ("%d市区町村の境界を登録しました。\n", sent);
    cJSON_ArrayForEach (name, cJSON_GetObjectItem (answer, "missing"))
        printf ("  %s の境界はありません。\n", cJSON_GetStringValue (name));
    cJSON_Delete (answer);
    return 0;
}

static int load (struct operator *self, struct http *http, struct error *err)
{
    char *copy[] = { "cat", "--", self->words[1], NULL }, *text = NULL;
    cJSON *file, *region = NULL;
    size_t size = 0;
    int sent = 0, status;

    if (access (self->words[1], R_OK) < 0 || child_read (copy, FILE_MOST, &text, &size) < 0)
        return fail (err, ERROR_FIELD_WRONG_TYPE, NULL, "%s cannot be read (at most 64 MiB)", self->words[1]);
    file = cJSON_ParseWithLength (text, size);
    free (text);
    if (!cJSON_IsArray (cJSON_GetObjectItem (file, "features"))) {
        cJSON_Delete (file);
        return fail (err, ERROR_MALFORMED, NULL, "%s is no GeoJSON with features", self->words[1]);
    }
    status = http_call (http, "GET", "/municipalities?in_region=true", NULL, &region, err);
    if (status == 0)
        status = send_all (self, http, cJSON_GetObjectItem (file, "features"), cJSON_GetObjectItem (region, "municipalities"), &sent, err);
    cJSON_Delete (file);
    cJSON_Delete (region);
    return status < 0 ? -1 : show (http, sent, err);
}

int command_boundaries (struct operator *self)
{
    if (self->word_count == 2 && strcmp (self->words[0], "load") == 0 && *option_text (self->options, "date")
        && *option_text (self->options, "credit"))
        return http_as_person (self, load);
    return say_usage ("boundaries load FILE --date=YYYY-MM-DD --credit=TEXT");
}
