#include "hearing_listener.h"
#include "log.h"
#include "metrics.h"

enum { PAGE_ROWS = 200 };

struct fill { const struct heard *heard; bool begun; const char *after; };

/* The next state event of the publisher whose snapshot has not been read to its end; heard NULL: none. */
static int next_fill (struct listener *listener, struct fill *ret, struct error *err)
{
    const struct service *service = listener->runtime->service;

    ret->heard = NULL;
    for (size_t i = 0; i < service->heard_count; i++) {
        const struct heard *heard = &service->heard[i];
        bool done = false;

        if (strcmp (heard->from, listener->source) != 0 || !(heard->event->flags & IS_STATE))
            continue;
        if (hearing_store_fill (listener->db, listener->source, heard->event->name, &listener->arena, &ret->begun, &done, &ret->after, err)
            < 0)
            return -1;
        if (!done) {
            ret->heard = heard;
            return 0;
        }
    }
    return 0;
}

static int ask_page (struct listener *listener, const struct fill *fill, struct snapshot_page *ret, struct error *err)
{
    const struct request_header header = { 0 };
    const struct snapshot_read query = { .event = fill->heard->event->name, .after = fill->after, .limit = PAGE_ROWS };

    return bus_client_call (listener->client, listener->source, &header, &snapshot_read_message, &query, &snapshot_page_message, ret,
                            CALL_MS * 2, &listener->arena, err);
}

/* The rows are upserts by version, so a page may be applied twice.  Positions stay as they are: events that came meanwhile are still to be
 * applied one by one. */
static int apply_rows (struct listener *listener, const struct heard *heard, const struct event_envelope *rows, size_t count,
                       struct error *err)
{
    struct hearing_context context = { .runtime = listener->runtime, .batch = &listener->batch, .arena = &listener->arena,
                                       .source = listener->source, .now = listener->now, .replay = true };

    for (size_t i = 0; i < count; i++)
        if (hearing_handle (&context, heard, &rows[i], err) < 0)
            return -1;
    return 0;
}

/* The position of the very first page is where following begins. */
static int transact_page (struct listener *listener, const struct fill *fill, const struct snapshot_page *page, struct error *err)
{
    if (listener_begin (listener, err) == 0
        && (listener->cursor.known || hearing_store_begin_cursor (listener->db, listener->source, page->position, err) == 0)
        && apply_rows (listener, fill->heard, page->events.items, page->events.count, err) == 0
        && hearing_store_fill_to (listener->db, listener->source, fill->heard->event->name, page->next, !page->next, err) == 0
        && listener_commit (listener, err) == 0)
        return 0;
    listener_give_up (listener);
    return -1;
}

static int apply_row_or_tell (struct listener *listener, const struct fill *fill, const struct event_envelope *row, struct error *err)
{
    if (listener_begin (listener, err) == 0 && apply_rows (listener, fill->heard, row, 1, err) == 0 && listener_commit (listener, err) == 0)
        return 0;
    listener_give_up (listener);
    if (listener_is_lost (listener, err))
        return -1;
    log_event (LOG_LEVEL_ERROR, "projection_row_left_out", "event", fill->heard->event->name, "subject", row->subject, "error",
               error_name_of (err), "detail", err->detail, NULL);
    metric_add (metric_counter ("renkei_fill_rows_left_out_total", "event", "Rows of a snapshot that a projection could not take."),
                fill->heard->event->name, 1);
    return 0;
}

/* A row that cannot be taken is left out and told; the others must not wait for it. */
static int apply_page (struct listener *listener, const struct fill *fill, const struct snapshot_page *page, struct error *err)
{
    struct snapshot_page rest = *page;

    if (transact_page (listener, fill, page, err) == 0)
        return 0;
    if (listener_is_lost (listener, err))
        return -1;
    for (size_t i = 0; i < page->events.count; i++)
        if (apply_row_or_tell (listener, fill, &page->events.items[i], err) < 0)
            return -1;
    rest.events.count = 0;
    return transact_page (listener, fill, &rest, err);
}

/* Without a snapshot the log is read from its beginning. */
static int go_without (struct listener *listener, const struct fill *fill, struct error *err)
{
    log_event (LOG_LEVEL_WARNING, "no_snapshot", "source", listener->source, "event", fill->heard->event->name, NULL);
    if (listener_begin (listener, err) == 0 && hearing_store_from_beginning (listener->db, listener->source, err) == 0
        && hearing_store_fill_to (listener->db, listener->source, fill->heard->event->name, NULL, true, err) == 0
        && listener_commit (listener, err) == 0)
        return 0;
    listener_give_up (listener);
    return -1;
}

static int finish (struct listener *listener, struct error *err)
{
    const struct event_position beginning = { 0 };

    if (listener_begin (listener, err) == 0
        && (listener->cursor.known || hearing_store_begin_cursor (listener->db, listener->source, &beginning, err) == 0)
        && hearing_store_filled (listener->db, listener->source, err) == 0 && listener_commit (listener, err) == 0)
        return hearing_store_cursor (listener->db, listener->source, listener->lease, &listener->cursor, err);
    listener_give_up (listener);
    return -1;
}

int listener_fill (struct listener *listener, struct error *err)
{
    struct fill fill = { 0 };
    struct snapshot_page page = { 0 };

    if (next_fill (listener, &fill, err) < 0)
        return -1;
    if (!fill.heard)
        return finish (listener, err);
    listener_tell (listener, false, "filling %s", fill.heard->event->name);
    if (ask_page (listener, &fill, &page, err) == 0) {
        if (apply_page (listener, &fill, &page, err) < 0)
            return -1;
    } else if (err->key != ERROR_NO_SUCH_MESSAGE || go_without (listener, &fill, err) < 0)
        return -1;
    return hearing_store_cursor (listener->db, listener->source, listener->lease, &listener->cursor, err);
}
