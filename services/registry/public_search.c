/* public_search.c - see public_search.h. */
#include "public_search.h"

#include <stdlib.h>
#include "facility_search.h"

enum { LIMIT_STANDARD = 20, LIMIT_MOST = 50, KINDS_MOST = 20 };

/* "訪問看護,居宅介護支援"; what is behind the twentieth is left out. */
static struct text_list parts_of (struct arena *arena, const char *text)
{
    const char **parts = arena_alloc (arena, KINDS_MOST * sizeof *parts);
    char *rest = arena_text (arena, text), *part;
    size_t count = 0;

    while (count < KINDS_MOST && (part = strsep (&rest, ",")) != NULL)
        if (*part)
            parts[count++] = part;
    return (struct text_list) { parts, count };
}

static int read_degrees (const char *text, const char *pointer, double most, struct error *err)
{
    double degrees = strtod (text, NULL);

    return degrees >= -most && degrees <= most ? 0 : fail_range (err, pointer, (int64_t) -most, (int64_t) most);
}

static int read_place (const struct public_facility_search *query, struct public_wanted *ret, struct error *err)
{
    bool has_latitude = query->latitude && *query->latitude, has_longitude = query->longitude && *query->longitude;

    if (!has_latitude && !has_longitude)
        return 0;
    if (!has_latitude || !has_longitude)
        return fail (err, ERROR_FIELD_MISSING, has_latitude ? "/longitude" : "/latitude", "half a place");
    ret->latitude = query->latitude;
    ret->longitude = query->longitude;
    return read_degrees (query->latitude, "/latitude", 90, err) < 0 || read_degrees (query->longitude, "/longitude", 180, err) < 0 ? -1 : 0;
}

int public_search_read (struct arena *arena, const struct public_facility_search *query, struct public_wanted *ret, struct error *err)
{
    const struct facility_search words = { .text = query->text, .municipality = query->municipality, .items = query->items,
                                           .after = query->after };

    *ret = (struct public_wanted) { 0 };
    if (facility_search_read (arena, &words, &ret->words, err) < 0 || read_place (query, ret, err) < 0)
        return -1;
    ret->words.limit = !query->has_limit || query->limit < 1 ? LIMIT_STANDARD : query->limit > LIMIT_MOST ? LIMIT_MOST : query->limit;
    if (ret->latitude)
        ret->words.limit = LIMIT_MOST;
    ret->services = parts_of (arena, query->services ? query->services : "");
    ret->items = ret->words.items;
    ret->has_wants = ret->services.count + ret->items.count > 0;
    return 0;
}

int stranger_may_ask (struct registry *self, const struct request *request, struct error *err)
{
    if (!self->strangers || stranger_gate_pass (self->strangers, request->header->source, request->now))
        return 0;
    return fail (err, ERROR_TOO_MANY_REQUESTS, NULL, "one source");
}
