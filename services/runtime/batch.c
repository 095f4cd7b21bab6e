#include "batch_store.h"
#include "events.h"
#include "failpoint.h"
#include "ids.h"

enum { BELL_DATA_MAX = 4096 };          /* a bell is heard by everybody, needed by one */

static const char *event_type_name (struct arena *arena, const struct message_type *type)
{
    return arena_print (arena, "jp.renkei.%s.%s.v%d", type->service, type->name, type->version);
}

static int fill_envelope (struct batch *batch, struct batch_event *noted, const void *event, const char *municipality, const char *person,
                          const char *trace, int64_t now, struct error *err)
{
    struct event_envelope *envelope = &noted->envelope;
    char id[UUID_TEXT], buffer[64];
    const char *subject = noted->type->key ? codec_text_of (noted->type->key, event, buffer) : NULL;

    if (!subject)
        return fail (err, ERROR_BUG, NULL, "%s has no subject", noted->type->name);
    uuid_new (id);
    envelope->id = arena_text (&batch->arena, id);
    envelope->source = noted->type->service;
    envelope->type = event_type_name (&batch->arena, noted->type);
    envelope->subject = arena_text (&batch->arena, subject);
    envelope->time = now;
    envelope->municipality = arena_text (&batch->arena, municipality);
    envelope->actor = arena_text (&batch->arena, person);
    envelope->traceparent = arena_text (&batch->arena, trace);
    envelope->has_urgent = envelope->urgent = (noted->type->flags & IS_URGENT) != 0;
    return codec_pack (noted->type, event, &batch->arena, &envelope->data, err);
}

int batch_announce (struct batch *batch, struct arena *arena, const struct message_type *type, const void *event, const char *municipality,
                    const char *person, const char *trace, int64_t now, struct error *err)
{
    struct batch_event *noted = arena_alloc (&batch->arena, sizeof *noted);

    (void) arena;
    noted->type = type;
    if (fill_envelope (batch, noted, event, municipality, person, trace, now, err) < 0
        || store_announce (batch->db, noted, &noted->version, err) < 0)
        return -1;
    if (batch->last_event)
        batch->last_event->next = noted;
    else
        batch->events = noted;
    batch->last_event = noted;
    return 0;
}

int announce (struct request *request, const struct message_type *type, const void *event, const char *municipality, struct error *err)
{
    return batch_announce (request->batch, request->arena, type, event, municipality, request->actor->person_id, request->header->trace,
                           request->now, err);
}

int hearing_announce (struct hearing *hearing, const struct message_type *type, const void *event, const char *municipality,
                      struct error *err)
{
    return batch_announce (hearing->batch, hearing->arena, type, event, municipality, hearing->event->actor, hearing->event->traceparent,
                           hearing->now, err);
}

int job_announce (struct job_run *run, const struct message_type *type, const void *event, const char *municipality, struct error *err)
{
    return batch_announce (run->batch, run->arena, type, event, municipality, NULL, NULL, run->now, err);
}

int subject_lock (struct db *db, struct arena *arena, const char *subject, int64_t *ret_version, struct error *err)
{
    (void) arena;
    return store_subject_lock (db, subject, ret_version, err);
}

int disclose (struct request *request, struct text_list subjects, const char *items, const char *ground, struct error *err)
{
    if (subjects.count == 0)
        return 0;
    return store_ledger (request, subjects, items, ground, err);
}

void ring_after_commit_with (struct batch *batch, const char *topic, const char *subject, int64_t position, struct bytes data)
{
    struct batch_bell *noted = arena_alloc (&batch->arena, sizeof *noted);

    noted->bell = (struct doorbell) { .topic = arena_text (&batch->arena, topic), .subject = arena_text (&batch->arena, subject),
                                      .position = position, .data = data.size <= BELL_DATA_MAX ? data : (struct bytes) { 0 } };
    noted->next = batch->bells;
    batch->bells = noted;
}

void ring_after_commit (struct batch *batch, const char *topic, const char *subject, int64_t position)
{
    ring_after_commit_with (batch, topic, subject, position, (struct bytes) { 0 });
}

void do_after_commit (struct batch *batch, void (*work) (struct batch *batch, void *arg), void *arg)
{
    struct batch_ending *ending = arena_alloc (&batch->arena, sizeof *ending);

    *ending = (struct batch_ending) { batch->endings, work, arg };
    batch->endings = ending;
}

struct arena *batch_arena (struct batch *batch)
{
    return &batch->arena;
}

void poke_after_commit (struct batch *batch, const char *job)
{
    struct batch_poke *poke = arena_alloc (&batch->arena, sizeof *poke);

    poke->job = arena_text (&batch->arena, job);
    poke->next = batch->pokes;
    batch->pokes = poke;
}

/* ---- the end of the transaction ----------------------------------------------------------------------------------------------------- */

/* The event goes with its bell, so that whoever has the one before it need not ask. */
static void ring_event (struct batch *batch, const struct event_envelope *envelope)
{
    struct doorbell bell = { .topic = "event", .subject = envelope->subject, .position = envelope->subjectversion };
    struct bytes packed;
    struct error err = { 0 };

    if (codec_pack (&event_envelope_message, envelope, &batch->arena, &packed, &err) == 0 && packed.size <= BELL_DATA_MAX)
        bell.data = packed;
    batch->runtime->ring (batch->runtime, &bell);
}

/* Direct events leave first: somebody waits for them. */
static void send_events (struct batch *batch)
{
    struct runtime *runtime = batch->runtime;

    for (struct batch_event *event = batch->events; event; event = event->next) {
        event->envelope.subjectversion = event->version;
        if (event->envelope.urgent && runtime->send_direct)
            runtime->send_direct (runtime, &event->envelope);
    }
    for (struct batch_event *event = batch->events; event; event = event->next)
        if (event_hearer (event->type->name, 0))        /* an import announces a quarter of a million events that nobody hears */
            ring_event (batch, &event->envelope);
}

void batch_committed (struct batch *batch)
{
    failpoint ("after_commit");
    send_events (batch);
    for (struct batch_ending *ending = batch->endings; ending; ending = ending->next)
        ending->work (batch, ending->arg);
    for (struct batch_bell *noted = batch->bells; noted; noted = noted->next)
        batch->runtime->ring (batch->runtime, &noted->bell);
    for (struct batch_poke *poke = batch->pokes; poke; poke = poke->next)
        if (batch->runtime->poke)
            batch->runtime->poke (batch->runtime, poke->job);
    failpoint ("after_publish");
    batch_dropped (batch);
}

void batch_dropped (struct batch *batch)
{
    batch->endings = NULL;
    batch->bells = NULL;
    batch->pokes = NULL;
    batch->events = batch->last_event = NULL;
    arena_reset (&batch->arena);
}

void batch_close (struct batch *batch)
{
    batch_dropped (batch);
    arena_done (&batch->arena);
}

int ask (struct request *request, const char *service, const struct message_type *query, const void *message,
         const struct message_type *answer, void *ret_answer, int timeout_ms, struct error *err)
{
    return request->batch->runtime->ask (request, service, query, message, answer, ret_answer, timeout_ms, err);
}
