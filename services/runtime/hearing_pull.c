#include "hearing_listener.h"
#include "clock.h"
#include "events.h"

enum { ROUNDS_MAX = 40 };       /* of pulling the same subjects, EVENTS_OF_SUBJECT events each */

/* ---- what is remembered ------------------------------------------------------------------------------------------------------------ */

static struct mark *place_of (struct mark *known, const char *subject)
{
    uint32_t hash = 2166136261u;

    for (; *subject; subject++)
        hash = (hash ^ (unsigned char) *subject) * 16777619u;
    return &known[hash % KNOWN_MAX];
}

void listener_know (struct listener *listener, const char *subject, int64_t version)
{
    struct mark *mark = place_of (listener->known, subject);

    snprintf (mark->subject, UUID_TEXT, "%s", subject);
    mark->version = version;
}

int64_t listener_known (const struct listener *listener, const char *subject)
{
    const struct mark *mark = place_of ((struct mark *) listener->known, subject);

    return strcmp (mark->subject, subject) == 0 ? mark->version : 0;
}

static struct bytes copy_of (struct bytes from)
{
    unsigned char *copy = from.size ? malloc (from.size) : NULL;

    if (!copy)
        return (struct bytes) { 0 };    /* it is asked for instead */
    memcpy (copy, from.data, from.size);
    return (struct bytes) { copy, from.size };
}

void listener_rung (void *arg, const char *service, const struct doorbell *bell)
{
    struct listener *listener = arg;
    struct rung *rung;

    (void) service;
    if (listener->fence == 0 || listener_known (listener, bell->subject) >= bell->position)
        return;
    if (listener->behind_count == BEHIND_MAX) {
        listener->sweep_due = true;
        return;
    }
    rung = &listener->behind[(listener->behind_first + listener->behind_count++) % BEHIND_MAX];
    snprintf (rung->mark.subject, UUID_TEXT, "%s", bell->subject);
    rung->mark.version = bell->position;
    rung->event = copy_of (bell->data);
}

static struct rung *first_rung (struct listener *listener)
{
    return &listener->behind[listener->behind_first];
}

static void drop_rung (struct listener *listener)
{
    struct rung *rung = first_rung (listener);

    free ((void *) rung->event.data);
    rung->event = (struct bytes) { 0 };
    listener->behind_first = (listener->behind_first + 1) % BEHIND_MAX;
    listener->behind_count--;
}

void listener_forget_rung (struct listener *listener)
{
    while (listener->behind_count > 0)
        drop_rung (listener);
}

/* ---- pulling subjects -------------------------------------------------------------------------------------------------------------- */

static struct wanted *find_wanted (struct wanted *wanted, size_t count, const char *subject)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp (wanted[i].subject, subject) == 0)
            return &wanted[i];
    return NULL;
}

static int ask_events (struct listener *listener, const struct wanted *wanted, size_t count, struct event_page *ret, struct error *err)
{
    struct subject_version *also = arena_alloc (&listener->arena, count * sizeof *also);
    const struct request_header header = { 0 };
    struct events_of query = { .subject = wanted[0].subject, .after_version = wanted[0].after, .also = { also, count - 1 } };

    for (size_t i = 1; i < count; i++)
        also[i - 1] = (struct subject_version) { wanted[i].subject, wanted[i].after };
    if (count == 1)
        query.also.items = NULL;
    return bus_client_call (listener->client, listener->source, &header, &events_of_message, &query, &event_page_message, ret, CALL_MS,
                            &listener->arena, err);
}

/* In batches of HEARING_BATCH.  What a batch leaves as a gap is asked for again, from where the subject really stands. */
static int apply_page (struct listener *listener, struct wanted *wanted, size_t count, const struct event_page *page, struct error *err)
{
    struct hearing_item items[HEARING_BATCH];

    for (size_t done = 0; done < page->events.count;) {
        size_t used = 0;

        for (; used < HEARING_BATCH && done + used < page->events.count; used++) {
            const struct event_envelope *event = &page->events.items[done + used];
            const struct wanted *by = find_wanted (wanted, count, event->subject);

            items[used] = (struct hearing_item) { .event = event, .complete_from = by ? by->after : HEARING_INCOMPLETE };
        }
        if (listener_apply (listener, items, used, NULL, err) < 0)
            return -1;
        for (size_t i = 0; i < used; i++) {
            struct wanted *by = find_wanted (wanted, count, items[i].event->subject);

            if (by && items[i].outcome != HEARING_WAITS)
                by->reached = items[i].reached;
            else if (by)
                by->reached = by->version;      /* nothing more to do for it now */
        }
        done += used;
    }
    return 0;
}

/* Those not there yet, asked again from where they are; a subject of which nothing came is as new as its owner has it. */
static size_t keep_unfinished (struct wanted *wanted, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (wanted[i].reached >= 0 && wanted[i].reached < wanted[i].version) {
            wanted[i].after = wanted[i].reached;
            wanted[i].reached = -1;
            wanted[kept++] = wanted[i];
        }
    return kept;
}

static int pull (struct listener *listener, struct wanted *wanted, size_t count, struct error *err)
{
    for (int round = 0; count > 0 && round < ROUNDS_MAX; round++) {
        struct event_page page = { 0 };
        bool more;

        for (size_t i = 0; i < count; i++)
            wanted[i].reached = -1;
        if (ask_events (listener, wanted, count, &page, err) < 0 || apply_page (listener, wanted, count, &page, err) < 0)
            return -1;
        more = page.more;
        for (size_t i = 0; more && i < count; i++)
            if (wanted[i].reached < 0)
                wanted[i].reached = wanted[i].after;    /* its events did not fit into the page */
        count = keep_unfinished (wanted, count);
    }
    return count == 0 ? 0 : fail (err, ERROR_TRY_LATER, NULL, "%zu subjects are not whole yet", count);
}

static size_t take_behind (struct listener *listener, struct wanted wanted[WANTED_MAX])
{
    size_t count = 0;

    for (; listener->behind_count > 0 && count < WANTED_MAX && first_rung (listener)->event.size == 0; drop_rung (listener)) {
        const struct mark *mark = &first_rung (listener)->mark;
        struct wanted *same = find_wanted (wanted, count, mark->subject);
        int64_t known = listener_known (listener, mark->subject);

        if (same && mark->version > same->version)
            same->version = mark->version;
        if (same || known >= mark->version || listener_is_resting (listener, mark->subject))
            continue;
        wanted[count].version = mark->version;
        wanted[count].after = known ? known : mark->version - 1;
        memcpy (wanted[count++].subject, mark->subject, UUID_TEXT);
    }
    return count;
}

static size_t collect_gaps (const struct hearing_item *items, size_t count, struct wanted wanted[WANTED_MAX])
{
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        struct wanted *same = find_wanted (wanted, used, items[i].event->subject);

        if (items[i].outcome != HEARING_GAP)
            continue;
        if (!same) {
            same = &wanted[used++];
            *same = (struct wanted) { .after = items[i].reached };
            snprintf (same->subject, UUID_TEXT, "%s", items[i].event->subject);
        }
        if (items[i].event->subjectversion > same->version)
            same->version = items[i].event->subjectversion;
    }
    return used;
}

/* Events from nowhere in particular: what is the next of its subject is applied, what is later is pulled. */
static int apply_loose (struct listener *listener, struct hearing_item *items, size_t count, struct error *err)
{
    struct wanted wanted[WANTED_MAX];
    size_t gaps;

    if (count == 0)
        return 0;
    if (listener_apply (listener, items, count, NULL, err) < 0)
        return -1;
    gaps = collect_gaps (items, count, wanted);
    return gaps ? pull (listener, wanted, gaps, err) : 0;
}

/* An event that is not what its bell says is worth nothing; the sweep brings the true one. */
static const struct event_envelope *event_of (struct listener *listener, const struct rung *rung)
{
    struct event_envelope *event = arena_alloc (&listener->arena, sizeof *event);
    unsigned char *bytes = arena_alloc (&listener->arena, rung->event.size);
    struct error err = { 0 };

    memcpy (bytes, rung->event.data, rung->event.size);
    if (codec_unpack (&event_envelope_message, (struct bytes) { bytes, rung->event.size }, &listener->arena, event, &err) < 0
        || strcmp (event->subject, rung->mark.subject) != 0 || event->subjectversion != rung->mark.version
        || strcmp (event->source, listener->source) != 0)
        return NULL;
    return event;
}

static size_t take_carried (struct listener *listener, struct hearing_item items[HEARING_BATCH])
{
    size_t count = 0;

    for (; listener->behind_count > 0 && count < HEARING_BATCH && first_rung (listener)->event.size > 0; drop_rung (listener)) {
        const struct rung *rung = first_rung (listener);
        const struct event_envelope *event = event_of (listener, rung);

        if (!event)
            listener->sweep_due = true;
        else if (listener_known (listener, event->subject) < event->subjectversion && !listener_is_resting (listener, event->subject))
            items[count++] = (struct hearing_item) { .event = event, .complete_from = HEARING_INCOMPLETE };
    }
    return count;
}

int listener_pull_behind (struct listener *listener, struct error *err)
{
    struct hearing_item items[HEARING_BATCH];
    struct wanted wanted[WANTED_MAX];
    size_t carried = take_carried (listener, items), count;

    if (apply_loose (listener, items, carried, err) < 0)
        return -1;
    count = take_behind (listener, wanted);
    return count ? pull (listener, wanted, count, err) : 0;
}

/* Subjects with a failed event whose pause is over; one at a time, since another failure is likely. */
int listener_pull_due (struct listener *listener, struct error *err)
{
    struct hearing_due due[64];
    size_t count = 0;

    if (hearing_store_due (listener->db, listener->source, &listener->arena, due, &count, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        int64_t known = listener_known (listener, due[i].subject);
        struct wanted wanted = { .version = due[i].version, .after = known ? known : due[i].version - 1 };

        if (listener_is_resting (listener, due[i].subject))
            continue;
        snprintf (wanted.subject, UUID_TEXT, "%s", due[i].subject);
        if (listener_apply (listener, NULL, 0, due[i].subject, err) < 0 || pull (listener, &wanted, 1, err) < 0)
            return -1;
    }
    return 0;
}

/* ---- the sweep --------------------------------------------------------------------------------------------------------------------- */

static int ask_after (struct listener *listener, struct event_page *ret, struct error *err)
{
    const struct request_header header = { 0 };
    const struct events_after query = { .after = &listener->cursor.at, .limit = EVENT_PAGE_MOST };

    return bus_client_call (listener->client, listener->source, &header, &events_after_message, &query, &event_page_message, ret, CALL_MS,
                            &listener->arena, err);
}

static bool is_news (const struct listener *listener, const struct event_envelope *event)
{
    const struct heard *heard = NULL;
    struct error ignored = { 0 };

    if (listener_known (listener, event->subject) >= event->subjectversion || listener_is_resting (listener, event->subject))
        return false;
    return hearing_find (listener->runtime->service, listener->source, event, &heard, &ignored) < 0 || heard;
}

static int move_cursor (struct listener *listener, const struct event_position *to, struct error *err)
{
    if (hearing_compare (to, &listener->cursor.at) == 0)
        return 0;
    if (listener_begin (listener, err) < 0 || hearing_store_move_cursor (listener->db, listener->source, to, err) < 0
        || db_commit (listener->db, err) < 0) {
        listener_give_up (listener);
        return -1;
    }
    listener->cursor.at = *to;
    return 0;
}

/* The cursor passes only what is applied, old, or written down as an attempt. */
int listener_sweep (struct listener *listener, struct error *err)
{
    struct event_page page = { 0 };
    struct hearing_item items[HEARING_BATCH];
    size_t used = 0;

    if (ask_after (listener, &page, err) < 0)
        return -1;
    for (size_t i = 0; i < page.events.count; i++) {
        if (is_news (listener, &page.events.items[i]))
            items[used++] = (struct hearing_item) { .event = &page.events.items[i], .complete_from = HEARING_INCOMPLETE };
        if (used == HEARING_BATCH || (used > 0 && i + 1 == page.events.count)) {
            if (apply_loose (listener, items, used, err) < 0)
                return -1;
            used = 0;
        }
    }
    listener->sweep_due = page.more;
    return page.position ? move_cursor (listener, page.position, err) : 0;
}
