#include "events.h"
#include "hearers.h"
#include "metrics.h"

enum { DIRECT_TIMEOUT_MS = 2000 };

const char *event_hearer (const char *event, size_t nth)
{
    for (int i = 0; i < HEARER_COUNT; i++)
        if (strcmp (hearers[i].event, event) == 0 && nth-- == 0)
            return hearers[i].service;
    return NULL;
}

struct text_list events_heard_by (const char *service, struct arena *arena)
{
    const char **names = arena_alloc (arena, (HEARER_COUNT + 1) * sizeof *names);
    size_t count = 0;

    for (int i = 0; i < HEARER_COUNT; i++)
        if (strcmp (hearers[i].service, service) == 0)
            names[count++] = hearers[i].event;
    return (struct text_list) { names, count };
}

bool event_name_of (const char *type, char ret[64])
{
    const char *last = strrchr (type, '.'), *first = last;

    while (first && first > type && first[-1] != '.')
        first--;
    if (!last || first == type || last - first >= 64 || last == first)
        return false;
    memcpy (ret, first, (size_t) (last - first));
    ret[last - first] = '\0';
    return true;
}

static void sent (void *arg, const struct reply_header *header, struct bytes body)
{
    (void) arg;
    (void) body;
    metric_add (metric_counter ("renkei_direct_events_total", "outcome", "Events sent on the emergency lane, by what came back."),
                header->ok ? "taken" : header->key, 1);
}

int direct_event_send (struct bus_client *client, const struct event_envelope *event, struct error *err)
{
    ARENA (arena);
    const struct direct_event direct = { .event = event };
    const struct request_header header = { .message = "direct_event", .version = 1, .trace = event->traceparent };
    struct bytes body;
    const char *hearer;
    char name[64];
    int rc = 0;

    if (!event_name_of (event->type, name))
        return fail (err, ERROR_BUG, NULL, "not the type of an event: %.60s", event->type);
    if (codec_pack (&direct_event_message, &direct, &arena, &body, err) < 0)
        return -1;
    for (size_t i = 0; (hearer = event_hearer (name, i)) != NULL; i++)
        if (bus_client_send (client, hearer, &header, true, body, DIRECT_TIMEOUT_MS, sent, NULL, err) < 0)
            rc = -1;
    return rc;
}
