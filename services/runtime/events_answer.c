/* events_answer.c - what subscribers pull from: events of a subject, the whole log below the horizon, and the present state in pages.
 *
 * Run on an engine connection; self is the process's struct runtime.  Refuses nothing to services: the route table lets only them in.
 */
#include "events.h"
#include "events_store.h"
#include "ids.h"
#include "runtime.h"
#include "runtime_routes.h"

enum { EVENT_OVERHEAD = 400 /* of an envelope around its data, at most */, HORIZON_STEP = 1000 /* transactions */ };

static void add_rows (struct event_page *page, const db_rows *rows, const char *source, struct arena *arena)
{
    int count = db_count (rows);
    struct event_envelope *events = arena_alloc (arena, (size_t) (count + 1) * sizeof *events);
    size_t bytes = 0;

    page->events.items = events;
    for (int i = 0; i < count && page->events.count < EVENT_PAGE_MOST; i++) {
        events[i] = events_store_row (rows, i, source, arena);
        bytes += events[i].data.size + EVENT_OVERHEAD;
        if (i > 0 && bytes > EVENT_PAGE_BYTES)
            break;
        page->events.count++;
    }
    page->more = page->events.count < (size_t) count;
}

/* Takes: subjects, each with the last version the asker has.  Repeats: freely. */
int runtime_handle_events_of (struct runtime *self, struct request *request, const struct events_of *message, struct event_page *answer,
                              struct error *err)
{
    size_t count = message->also.count + 1;
    const char **subjects = arena_alloc (request->arena, count * sizeof *subjects);
    int64_t *versions = arena_alloc (request->arena, count * sizeof *versions);
    DB_ROWS (rows);

    subjects[0] = message->subject;
    versions[0] = message->after_version;
    for (size_t i = 1; i < count; i++) {
        subjects[i] = message->also.items[i - 1].subject;
        versions[i] = message->also.items[i - 1].after_version;
    }
    if (events_store_of (request->db, (struct text_list) { subjects, count }, (struct i64_list) { versions, count }, EVENTS_OF_SUBJECT,
                         request->arena, &rows, err) < 0)
        return -1;
    add_rows (answer, rows, self->service->name, request->arena);
    return 0;
}

static int64_t clamp (int64_t limit)
{
    return limit < 1 ? 1 : limit > EVENT_PAGE_MOST ? EVENT_PAGE_MOST : limit;
}

/* Beyond the last event nothing was wanted up to the horizon.  The position follows it only from afar, so that quiet hours write nothing.
 */
static const struct event_position *position_reached (const struct event_page *page, const struct event_position *after,
                                                      const struct event_position *horizon)
{
    const struct event_position *last = page->events.count ? page->events.items[page->events.count - 1].position : after;
    bool is_far = horizon->incarnation > last->incarnation || horizon->xid > last->xid + HORIZON_STEP;

    return !page->more && is_far ? horizon : last;
}

/* Takes: a position.  Also notes how far the asking service has come: the log is kept for it from there. */
int runtime_handle_events_after (struct runtime *self, struct request *request, const struct events_after *message,
                                 struct event_page *answer, struct error *err)
{
    const char *principal = request->actor->principal;
    bool is_service = strncmp (principal, "svc:", 4) == 0;
    struct text_list names = is_service ? events_heard_by (principal + 4, request->arena) : (struct text_list) { 0 };
    struct event_position *horizon = arena_alloc (request->arena, sizeof *horizon);
    DB_ROWS (rows);

    if (events_store_horizon (request->db, horizon, err) < 0
        || events_store_after (request->db, message->after, names, clamp (message->limit) + 1, request->arena, &rows, err) < 0)
        return -1;
    add_rows (answer, rows, self->service->name, request->arena);
    if ((int64_t) answer->events.count > clamp (message->limit)) {
        answer->events.count = (size_t) clamp (message->limit);
        answer->more = true;
    }
    answer->position = position_reached (answer, message->after, horizon);
    if (!is_service)
        return 0;
    return events_store_subscriber (request->db, principal, message->after, err);
}

static const struct snapshot *find_snapshot (const struct service *service, const char *event)
{
    for (size_t i = 0; i < service->snapshot_count; i++)
        if (strcmp (service->snapshots[i].event->name, event) == 0)
            return &service->snapshots[i];
    return NULL;
}

static int write_row (const struct snapshot *snapshot, const struct snapshot_row *row, struct request *request, struct event_envelope *ret,
                      struct error *err)
{
    char id[UUID_TEXT];

    uuid_new (id);
    *ret = (struct event_envelope){
        .id = arena_text (request->arena, id),
        .source = snapshot->event->service,
        .type =
            arena_print (request->arena, "jp.renkei.%s.%s.v%d", snapshot->event->service, snapshot->event->name, snapshot->event->version),
        .subject = row->subject,
        .subjectversion = row->version,
        .time = request->now,
        .municipality = row->municipality,
    };
    return codec_pack (snapshot->event, row->event, request->arena, &ret->data, err);
}

static int write_rows (const struct snapshot *snapshot, const struct snapshot_row *rows, size_t count, int64_t limit,
                       struct request *request, struct snapshot_page *answer, struct error *err)
{
    struct event_envelope *events = arena_alloc (request->arena, (count + 1) * sizeof *events);
    size_t bytes = 0, used = 0;

    for (; used < count; used++) {
        if (write_row (snapshot, &rows[used], request, &events[used], err) < 0)
            return -1;
        bytes += events[used].data.size + EVENT_OVERHEAD;
        if (used > 0 && bytes > EVENT_PAGE_BYTES)
            break;
    }
    answer->events = (struct event_envelope_list) { events, used };
    if (used > 0 && (used < count || (int64_t) count == limit))
        answer->next = rows[used - 1].next;
    return 0;
}

/* Takes: the name of a state event, and the key of the last row.  Refuses: an event that has no snapshot (no_such_message). */
int runtime_handle_snapshot_read (struct runtime *self, struct request *request, const struct snapshot_read *message,
                                  struct snapshot_page *answer, struct error *err)
{
    const struct snapshot *snapshot = find_snapshot (self->service, message->event);
    struct event_position *position = arena_alloc (request->arena, sizeof *position);
    int64_t limit = clamp (message->limit);
    struct snapshot_row *rows = arena_alloc (request->arena, (size_t) limit * sizeof *rows);
    size_t count = 0;

    if (!snapshot)
        return fail (err, ERROR_NO_SUCH_MESSAGE, "/event", "%s keeps no snapshot of %s", self->service->name, message->event);
    if (events_store_horizon (request->db, position, err) < 0
        || snapshot->page (self->self, request, message->after, limit, rows, &count, err) < 0
        || write_rows (snapshot, rows, count, limit, request, answer, err) < 0)
        return -1;
    answer->position = position;
    return 0;
}
