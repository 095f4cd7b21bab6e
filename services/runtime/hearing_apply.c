#include "hearing_apply.h"
#include "db_internal.h"
#include "events.h"
#include "failpoint.h"
#include "job_store.h"

int hearing_compare (const struct event_position *a, const struct event_position *b)
{
    if (a->incarnation != b->incarnation)
        return a->incarnation < b->incarnation ? -1 : 1;
    if (a->xid != b->xid)
        return a->xid < b->xid ? -1 : 1;
    return a->seq < b->seq ? -1 : a->seq > b->seq;
}

bool hearing_is_hopeless (const struct error *err)
{
    return error_kind_of (err) == ERROR_KIND_INVALID && !err->sqlstate[0];
}

int hearing_find (const struct service *service, const char *source, const struct event_envelope *event, const struct heard **ret,
                  struct error *err)
{
    char name[64], type[120];

    *ret = NULL;
    if (!event_name_of (event->type, name))
        return fail (err, ERROR_MALFORMED, "/type", "not the type of an event");
    for (size_t i = 0; i < service->heard_count; i++) {
        const struct heard *heard = &service->heard[i];

        if (strcmp (heard->from, source) != 0 || strcmp (heard->event->name, name) != 0)
            continue;
        snprintf (type, sizeof type, "jp.renkei.%s.%s.v%d", heard->event->service, name, heard->event->version);
        if (strcmp (type, event->type) != 0)
            return fail (err, ERROR_MALFORMED, "/type", "%s is heard, %.60s is not", type, event->type);
        *ret = heard;
    }
    return 0;
}

int hearing_handle (const struct hearing_context *context, const struct heard *heard, const struct event_envelope *event, struct error *err)
{
    void *message = arena_alloc (context->arena, heard->event->size);
    struct hearing hearing = { .db = context->batch->db, .arena = context->arena, .event = event, .now = context->now,
                               .replay = context->replay, .batch = context->batch };

    if (codec_unpack (heard->event, event->data, context->arena, message, err) < 0)
        return -1;
    return heard->handle (context->runtime->self, &hearing, message, err);
}

/* ---- subjects of a batch ----------------------------------------------------------------------------------------------------------- */

static int by_subject (const void *a, const void *b)
{
    return strcmp (((const struct hearing_subject *) a)->subject, ((const struct hearing_subject *) b)->subject);
}

/* Sorted: every transaction locks in the same order. */
static size_t collect (const struct hearing_item *items, size_t count, const char *also, struct hearing_subject *subjects)
{
    size_t used = 0, kept = 0;

    for (size_t i = 0; i < count; i++)
        subjects[used++] = (struct hearing_subject) { .subject = items[i].event->subject };
    if (also)
        subjects[used++] = (struct hearing_subject) { .subject = also };
    qsort (subjects, used, sizeof *subjects, by_subject);
    for (size_t i = 0; i < used; i++)
        if (kept == 0 || strcmp (subjects[kept - 1].subject, subjects[i].subject) != 0)
            subjects[kept++] = subjects[i];
    return kept;
}

static struct hearing_subject *find (struct hearing_subject *subjects, size_t count, const char *subject)
{
    const struct hearing_subject key = { .subject = subject };

    return bsearch (&key, subjects, count, sizeof key, by_subject);
}

/* ---- one event --------------------------------------------------------------------------------------------------------------------- */

static bool is_before_start (const struct hearing_context *context, const struct event_envelope *event)
{
    return context->start && event->position && hearing_compare (event->position, context->start) <= 0;
}

static enum hearing_outcome judge (const struct hearing_item *item, const struct hearing_subject *subject)
{
    int64_t version = item->event->subjectversion;

    if (version <= subject->now)
        return HEARING_OLD;
    if (subject->waits)
        return HEARING_WAITS;
    return version == subject->now + 1 || item->complete_from <= subject->last ? HEARING_APPLIED : HEARING_GAP;
}

static int apply_one (const struct hearing_context *context, struct hearing_item *item, struct hearing_subject *subject, struct error *err)
{
    const struct heard *heard = NULL;

    item->outcome = judge (item, subject);
    if (item->outcome != HEARING_APPLIED)
        return 0;
    if (!is_before_start (context, item->event)) {
        if (hearing_find (context->runtime->service, context->source, item->event, &heard, err) < 0)
            return -1;
        if (heard && hearing_handle (context, heard, item->event, err) < 0)
            return -1;
        if (heard)
            failpoint_about (heard->event->name);
    }
    subject->now = item->event->subjectversion;
    return 0;
}

static int note_ids (const struct hearing_context *context, const struct hearing_item *items, size_t count, struct error *err)
{
    const char **ids = arena_alloc (context->arena, (count + 1) * sizeof *ids);
    size_t used = 0;

    for (size_t i = 0; i < count; i++)
        if (items[i].outcome == HEARING_APPLIED)
            ids[used++] = items[i].event->id;
    return hearing_store_inbox (context->batch->db, context->source, (struct text_list) { ids, used }, context->arena, err);
}

static int apply_all (const struct hearing_context *context, struct hearing_item *items, size_t count, struct hearing_subject *subjects,
                      size_t subject_count, struct error *err)
{
    struct db *db = context->batch->db;

    for (size_t i = 0; i < count; i++) {
        if (context->tags)
            db_tag (db, (int) i);
        if (apply_one (context, &items[i], find (subjects, subject_count, items[i].event->subject), err) < 0)
            return -1;
    }
    if (context->tags)
        db_tag (db, -1);
    for (size_t i = 0; i < count; i++)
        items[i].reached = find (subjects, subject_count, items[i].event->subject)->now;
    if (note_ids (context, items, count, err) < 0)
        return -1;
    return hearing_store_advance (db, context->source, subjects, subject_count, context->arena, err);
}

int hearing_apply (const struct hearing_context *context, struct hearing_item *items, size_t count, const char *also, struct error *err)
{
    struct hearing_subject subjects[HEARING_BATCH + 1];
    struct hearing_context dated = *context;
    size_t subject_count = collect (items, count, also, subjects);

    if (subject_count == 0)
        return 0;
    if (hearing_store_lock (context->batch->db, context->source, subjects, subject_count, context->arena, err) < 0)
        return -1;
    if (context->lease && !lease_is_held (context->lease->rows, &dated.now)) {
        context->lease->is_lost = true;
        return fail (err, ERROR_TRY_LATER, NULL, "the lease over %s is somebody else's", context->source);
    }
    return apply_all (&dated, items, count, subjects, subject_count, err);
}
