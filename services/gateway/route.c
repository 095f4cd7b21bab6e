#include "route.h"

/* A field of the path and what must stand behind it in the same segment ("{token}.ics").  -1 when it does not fit. */
static int fit_field (const char *path, size_t size, const char *segment, struct match *ret)
{
    size_t name = strcspn (path, "}") + 1, end = size - name, all = strlen (segment);

    if (all <= end || memcmp (segment + all - end, path + name, end) != 0)
        return -1;
    if (ret->value_count < ROUTE_VALUE_MAX) {
        ret->names[ret->value_count] = path + 1;            /* up to the closing brace */
        ret->values[ret->value_count] = segment;
        ret->sizes[ret->value_count++] = all - end;
    }
    return end > 0;
}

/* Fits one template; fields into *ret.  -1 when it does not fit, else how literal it was. */
static int fit (const char *path, const struct target *target, size_t skip, struct match *ret)
{
    int literal = 0, more;
    size_t at = skip;

    ret->value_count = 0;
    while (*path == '/') {
        size_t size = strcspn (++path, "/");
        const char *segment = at < target->segment_count ? target->segments[at++] : NULL;

        if (!segment || !*segment)
            return -1;
        if (*path == '{')
            more = fit_field (path, size, segment, ret);
        else
            more = strlen (segment) == size && memcmp (segment, path, size) == 0 ? 2 : -1;
        if (more < 0)
            return -1;
        literal += more;
        path += size;
    }
    return at == target->segment_count ? literal : -1;
}

static void allow (struct match *match, const char *method)
{
    size_t used = strlen (match->allowed);

    if (!strstr (match->allowed, method))
        snprintf (match->allowed + used, sizeof match->allowed - used, "%s%s", used ? ", " : "", method);
}

void route_match (const struct http_route *routes, size_t count, const char *method, const struct target *target, size_t skip,
                  struct match *ret)
{
    int best = -1;

    memset (ret, 0, sizeof *ret);
    for (size_t i = 0; i < count; i++) {
        struct match candidate = { 0 };
        int literal = fit (routes[i].path, target, skip, &candidate);

        if (literal < 0)
            continue;
        allow (ret, routes[i].method);
        if (literal <= best || strcmp (routes[i].method, method) != 0)
            continue;
        best = literal;
        ret->route = &routes[i];
        ret->value_count = candidate.value_count;
        memcpy (ret->names, candidate.names, sizeof ret->names);
        memcpy (ret->values, candidate.values, sizeof ret->values);
        memcpy (ret->sizes, candidate.sizes, sizeof ret->sizes);
    }
}

const struct message_field *route_if_match (const struct http_route *route)
{
    for (size_t i = 0; i < route->message->field_count; i++)
        if (route->message->fields[i].source == FROM_IF_MATCH)
            return &route->message->fields[i];
    return NULL;
}

bool route_has_body (const struct http_route *route)
{
    for (size_t i = 0; i < route->message->field_count; i++)
        if (route->message->fields[i].source == FROM_BODY)
            return true;
    return false;
}
