#include "stream.h"
#include "clock.h"
#include "exchange.h"
#include "feed_text.h"
#include "ids.h"
#include "log.h"
#include "metrics.h"

enum {
    BUCKETS = 4096,
    TOGETHER_MAX = 500,
    WAITING_MAX = 64 * 1024,
    BLOCK_BYTES = 64,
    HEARTBEAT_S = 15,
    ASK_AGAIN_S = 5,
    ASK_TIMEOUT_MS = 3000
};

struct person {                             /* somebody with at least one stream */
    struct person *next;                    /* in its bucket */
    struct person *next_rung;               /* in the list of those to ask for */
    struct stream *streams;
    bool rung;
    unsigned char turn;                     /* in which second of ASK_AGAIN_S it is asked for anyway */
    char id[UUID_TEXT];
};

struct stream {
    struct stream *next;                    /* of the same person */
    struct person *person;
    struct exchange *exchange;
    char session_id[UUID_TEXT];             /* the session itself is not kept: it is larger than all of this */
    int64_t incarnation, position;          /* last one written */
    char *text;                             /* what waits to be sent: malloc, freed when it is */
    unsigned size, sent;
    unsigned wrote_s;                       /* second of the last byte, for heartbeats */
    bool asleep, ended;                     /* suspended; closes when text is sent */
    bool asked;                             /* its session was in the last question */
};

struct streams {
    struct gateway *gateway;
    struct person *buckets[BUCKETS];
    struct person *rung;
    size_t count;
    bool asking;
    unsigned second;
};

/* ---- text ------------------------------------------------------------------------------------------------------------------------- */

static void wake (struct stream *stream)
{
    if (!stream->asleep)
        return;
    stream->asleep = false;
    MHD_resume_connection (stream->exchange->connection);
}

static void end (struct stream *stream)
{
    stream->ended = true;
    wake (stream);
}

/* A reader that lets more than WAITING_MAX wait is closed: it comes back with its position and misses nothing. */
static void put (struct streams *self, struct stream *stream, const char *text)
{
    size_t more = strlen (text), left = stream->size - stream->sent;

    if (stream->ended)
        return;
    if (left + more > WAITING_MAX) {
        end (stream);
        return;
    }
    if (stream->sent) {
        memmove (stream->text, stream->text + stream->sent, left);
        stream->size = (unsigned) left;
        stream->sent = 0;
    }
    stream->text = realloc (stream->text, left + more);
    if (!stream->text)
        abort ();
    memcpy (stream->text + left, text, more);
    stream->size += (unsigned) more;
    stream->wrote_s = self->second;
    wake (stream);
}

/* libmicrohttpd asks for more to send. */
static ssize_t on_read (void *cls, uint64_t position, char *buffer, size_t max)
{
    struct stream *stream = cls;
    size_t left = stream->size - stream->sent, taken = left < max ? left : max;

    (void) position;
    if (left == 0 && stream->ended)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (left == 0) {
        stream->asleep = true;
        MHD_suspend_connection (stream->exchange->connection);
        return 0;
    }
    memcpy (buffer, stream->text + stream->sent, taken);
    stream->sent += (unsigned) taken;
    if (stream->sent == stream->size) {
        free (stream->text);
        stream->text = NULL;
        stream->size = stream->sent = 0;
    }
    return (ssize_t) taken;
}

/* ---- people ----------------------------------------------------------------------------------------------------------------------- */

static struct person **bucket_of (struct streams *self, const char *id)
{
    uint32_t hash = 2166136261u;

    for (; *id; id++)
        hash = (hash ^ (unsigned char) *id) * 16777619u;
    return &self->buckets[hash % BUCKETS];
}

static struct person *find_person (struct streams *self, const char *id)
{
    struct person *person = *bucket_of (self, id);

    while (person && strcmp (person->id, id) != 0)
        person = person->next;
    return person;
}

static struct person *take_person (struct streams *self, const char *id)
{
    struct person *person = find_person (self, id), **bucket = bucket_of (self, id);

    if (person)
        return person;
    person = calloc (1, sizeof *person);
    if (!person)
        abort ();
    snprintf (person->id, sizeof person->id, "%s", id);
    person->turn = (unsigned char) (self->count % ASK_AGAIN_S);
    person->next = *bucket;
    *bucket = person;
    return person;
}

static void ring (struct streams *self, struct person *person)
{
    if (person->rung)
        return;
    person->rung = true;
    person->next_rung = self->rung;
    self->rung = person;
}

/* A person without streams stays only while it is in the list of those to ask for. */
static void forget_person (struct streams *self, struct person *person)
{
    struct person **at = bucket_of (self, person->id);

    if (person->streams || person->rung)
        return;
    while (*at != person)
        at = &(*at)->next;
    *at = person->next;
    free (person);
}

/* ---- a stream begins and ends ----------------------------------------------------------------------------------------------------- */

static struct MHD_Response *response_of (struct stream *stream)
{
    struct MHD_Response *response = MHD_create_response_from_callback (MHD_SIZE_UNKNOWN, BLOCK_BYTES, on_read, stream, NULL);

    if (!response)
        abort ();
    if (stream->exchange->gateway->behind_tls)
        MHD_add_response_header (response, "X-Accel-Buffering", "no");      /* nginx passes each piece on at once */
    return response;
}

/* ?after= of the page, or Last-Event-ID of a browser that comes back by itself. */
static const char *wanted_position (struct exchange *exchange)
{
    const char *last = exchange_line (exchange, "Last-Event-ID");

    return last ? last : target_value (exchange->target, "after");
}

void stream_begin (struct exchange *exchange)
{
    struct streams *self = exchange->gateway->streams;
    struct stream *stream = calloc (1, sizeof *stream);

    if (!stream)
        abort ();
    feed_position_read (wanted_position (exchange), &stream->incarnation, &stream->position);
    stream->exchange = exchange;
    snprintf (stream->session_id, sizeof stream->session_id, "%s", exchange->session->session_id);
    stream->person = take_person (self, exchange->session->person_id);
    session_drop (&exchange->session);
    stream->next = stream->person->streams;
    stream->person->streams = stream;
    self->count++;
    put (self, stream, "retry: 2000\n\n");
    ring (self, stream->person);
    exchange->stream = stream;
    exchange->response = response_of (stream);
    exchange->type = "text/event-stream";
    exchange->status = MHD_HTTP_OK;
    exchange->stage = READY;
    exchange->target = NULL;
    exchange->head = NULL;
    exchange->method = exchange->raw = NULL;
    arena_done (&exchange->arena);          /* a stream may stay for days */
    metric_set (exchange->gateway->metrics.streams, NULL, (double) self->count);
}

void stream_gone (struct exchange *exchange)
{
    struct streams *self = exchange->gateway->streams;
    struct stream *stream = exchange->stream, **at = &stream->person->streams;

    while (*at != stream)
        at = &(*at)->next;
    *at = stream->next;
    self->count--;
    forget_person (self, stream->person);
    free (stream->text);
    free (stream);
    exchange->stream = NULL;
    metric_set (exchange->gateway->metrics.streams, NULL, (double) self->count);
}

/* ---- news ------------------------------------------------------------------------------------------------------------------------- */

static void resync (struct streams *self, struct stream *stream, const struct feed_of *feed)
{
    stream->incarnation = feed->incarnation;
    stream->position = feed->position;
    put (self, stream, "event: resync\ndata: {}\n\n");
}

/* A stream that began while the question was under way may be further behind than the question asked; it has rung for itself. */
static bool is_answered (const struct stream *stream, const struct feed_of *feed)
{
    return stream->incarnation == feed->incarnation && stream->position + 1 >= feed->items.items[0].position;
}

static void deliver (struct streams *self, struct person *person, const struct feed_of *feed)
{
    ARENA (arena);

    if (feed->resync)
        for (struct stream *stream = person->streams; stream; stream = stream->next)
            if (stream->incarnation != feed->incarnation || stream->position < feed->position)
                resync (self, stream, feed);
    for (size_t i = 0; i < feed->items.count; i++) {
        const struct feed_item *item = &feed->items.items[i];
        const char *text = feed_event (&arena, feed->incarnation, item);

        for (struct stream *stream = person->streams; text && stream; stream = stream->next)
            if (is_answered (stream, feed) && stream->position < item->position) {
                stream->position = item->position;
                put (self, stream, text);
            }
    }
    if (!feed->resync && feed->items.count && feed->items.items[feed->items.count - 1].position < feed->position)
        ring (self, person);                /* there was more than one answer holds */
}

static void on_feeds (void *arg, const struct reply_header *header, struct bytes body)
{
    struct streams *self = arg;
    struct feed_since_answer answer;
    struct error err;
    ARENA (arena);

    self->asking = false;
    if (!header->ok)
        return;                             /* notify is away: those people are asked for again within ASK_AGAIN_S */
    if (codec_unpack (&feed_since_answer_message, body, &arena, &answer, &err) < 0) {
        log_event (LOG_LEVEL_ERROR, "feed not read", "detail", err.detail, NULL);
        return;
    }
    for (size_t i = 0; i < answer.feeds.count; i++) {
        struct person *person = find_person (self, answer.feeds.items[i].person_id);

        if (person)
            deliver (self, person, &answer.feeds.items[i]);
    }
}

/* The person's stream that is furthest behind decides from where. */
static struct feed_wanted wanted_of (const struct person *person)
{
    const struct stream *behind = person->streams;

    for (const struct stream *stream = behind; stream; stream = stream->next)
        if (stream->incarnation < behind->incarnation
            || (stream->incarnation == behind->incarnation && stream->position < behind->position))
            behind = stream;
    return (struct feed_wanted) { person->id, behind->incarnation, behind->position };
}

/* Takes people off the list; those whose streams are gone are dropped. */
static size_t take_rung (struct streams *self, struct feed_wanted wanted[TOGETHER_MAX])
{
    size_t count = 0;

    while (self->rung && count < TOGETHER_MAX) {
        struct person *person = self->rung;

        self->rung = person->next_rung;
        person->rung = false;
        if (person->streams)
            wanted[count++] = wanted_of (person);
        else
            forget_person (self, person);
    }
    return count;
}

void streams_work (struct streams *self)
{
    const struct request_header header = { .message = feed_since_message.name, .version = feed_since_message.version };
    struct feed_wanted wanted[TOGETHER_MAX];
    struct feed_since question = { { wanted, 0 } };
    struct bytes body;
    struct error err;
    ARENA (arena);

    if (self->asking || !self->rung)
        return;
    question.wanted.count = take_rung (self, wanted);
    if (question.wanted.count == 0)
        return;
    if (codec_pack (&feed_since_message, &question, &arena, &body, &err) < 0
        || bus_client_send (self->gateway->bus, "notify", &header, false, body, ASK_TIMEOUT_MS, on_feeds, self, &err) < 0)
        log_event (LOG_LEVEL_ERROR, "feed not asked for", "detail", err.detail, NULL);
    else
        self->asking = true;
}

/* Streams that have everything before it are told at once; whoever misses something asks. */
static void tell (struct streams *self, struct person *person, const struct feed_told *told, int64_t position)
{
    struct feed_item item = *told->item;
    const char *text;
    ARENA (arena);

    item.position = position;
    text = feed_event (&arena, told->incarnation, &item);
    for (struct stream *stream = person->streams; stream; stream = stream->next)
        if (text && stream->incarnation == told->incarnation && stream->position + 1 == position) {
            stream->position = position;
            put (self, stream, text);
        } else if (stream->incarnation != told->incarnation || stream->position < position)
            ring (self, person);
}

static void ring_for (struct streams *self, const char *person_id)
{
    struct person *person = find_person (self, person_id);

    if (person)
        ring (self, person);
}

static void on_feed_bell (void *arg, const char *service, const struct doorbell *bell)
{
    struct streams *self = arg;
    struct feed_told told = { 0 };
    struct error ignored;
    ARENA (arena);

    (void) service;
    if (bell->data.size == 0 || codec_unpack (&feed_told_message, bell->data, &arena, &told, &ignored) < 0) {
        ring_for (self, bell->subject);
        return;
    }
    for (size_t i = 0; i < told.people.count; i++) {
        struct person *person = find_person (self, told.people.items[i].person_id);

        if (person)
            tell (self, person, &told, told.people.items[i].position);
    }
}

/* ---- sessions that end ------------------------------------------------------------------------------------------------------------ */

static void say_ended (struct streams *self, struct stream *stream)
{
    put (self, stream, "event: ended\ndata: {}\n\n");
    end (stream);
}

static void each_stream (struct streams *self, void (*work) (struct streams *, struct stream *, void *), void *arg)
{
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct person *person = self->buckets[i]; person; person = person->next)
            for (struct stream *stream = person->streams; stream; stream = stream->next)
                work (self, stream, arg);
}

static void end_if_of (struct streams *self, struct stream *stream, void *session_id)
{
    if (strcmp (stream->session_id, session_id) == 0)
        say_ended (self, stream);
}

static void on_session_bell (void *arg, const char *service, const struct doorbell *bell)
{
    struct streams *self = arg;

    (void) service;
    sessions_forget (self->gateway->sessions, bell->subject);
    each_stream (self, end_if_of, (void *) bell->subject);
}

static int by_text (const void *a, const void *b)
{
    return strcmp (*(const char *const *) a, *(const char *const *) b);
}

struct checked { const char **open; size_t count; };

/* A stream younger than the question was not in it; it is left for the next one. */
static void end_if_not_open (struct streams *self, struct stream *stream, void *arg)
{
    const struct checked *checked = arg;
    const char *id = stream->session_id;

    if (stream->asked && !bsearch (&id, checked->open, checked->count, sizeof *checked->open, by_text))
        say_ended (self, stream);
}

static void on_checked (void *arg, const struct text_list *open)
{
    struct checked checked;

    if (!open)
        return;                             /* the database is away: nobody is thrown out for that */
    checked = (struct checked) { (const char **) open->items, open->count };
    qsort (checked.open, checked.count, sizeof *checked.open, by_text);
    each_stream (arg, end_if_not_open, &checked);
}

struct collected { const char **ids; size_t count; };

static void collect (struct streams *self, struct stream *stream, void *arg)
{
    struct collected *collected = arg;

    (void) self;
    collected->ids[collected->count++] = stream->session_id;
}

static void mark_asked (struct streams *self, struct stream *stream, void *arg)
{
    (void) self;
    (void) arg;
    stream->asked = true;
}

static void check_sessions (struct streams *self)
{
    struct collected collected = { calloc (self->count + 1, sizeof *collected.ids), 0 };

    if (!collected.ids)
        abort ();
    each_stream (self, collect, &collected);
    if (collected.count && sessions_check (self->gateway->sessions, (struct text_list){ collected.ids, collected.count }, on_checked, self))
        each_stream (self, mark_asked, NULL);
    free (collected.ids);
}

/* ---- every second ----------------------------------------------------------------------------------------------------------------- */

static void keep_alive (struct streams *self, struct stream *stream, void *arg)
{
    (void) arg;
    if (self->second - stream->wrote_s >= HEARTBEAT_S)
        put (self, stream, ":\n\n");
    if (self->second % ASK_AGAIN_S == stream->person->turn)
        ring (self, stream->person);
}

void streams_tick (struct streams *self)
{
    self->second++;
    each_stream (self, keep_alive, NULL);
    check_sessions (self);
}

/* ---- open and close --------------------------------------------------------------------------------------------------------------- */

struct streams *streams_open (struct gateway *gateway, struct error *err)
{
    struct streams *self = calloc (1, sizeof *self);

    if (!self)
        abort ();
    self->gateway = gateway;
    if (bus_client_subscribe (gateway->bus, "notify", "feed", on_feed_bell, self, err) < 0
        || bus_client_subscribe (gateway->bus, "registry", "session", on_session_bell, self, err) < 0)
        streams_close (&self);
    return self;
}

static void end_for_good (struct streams *self, struct stream *stream, void *arg)
{
    (void) self;
    (void) arg;
    end (stream);
}

void streams_end (struct streams *self)
{
    each_stream (self, end_for_good, NULL);
}

void streams_close (struct streams **streams)
{
    struct streams *self = *streams;

    if (!self)
        return;
    for (size_t i = 0; i < BUCKETS; i++)
        while (self->buckets[i]) {
            struct person *person = self->buckets[i];

            self->buckets[i] = person->next;
            free (person);
        }
    free (self);
    *streams = NULL;
}

size_t streams_count (const struct streams *self)
{
    return self->count;
}
