/* incident_fold.c - see incident_fold.h. */
#include "incident_fold.h"
#include <stdlib.h>

static int by_sending (const void *a, const void *b)
{
    const struct intake_message *one = *(const struct intake_message *const *) a, *other = *(const struct intake_message *const *) b;

    if (one->sent != other->sent)
        return one->sent < other->sent ? -1 : 1;
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    return strcmp (one->id, other->id);
}

static size_t bytes_of (const struct message_field *field)
{
    if (field->max_items)
        return sizeof (struct text_list);
    switch (field->type) {
    case FIELD_BOOL: return sizeof (bool);
    case FIELD_I64:
    case FIELD_TIME: return sizeof (int64_t);
    case FIELD_ENUM: return sizeof (int);
    case FIELD_BYTES: return sizeof (struct bytes);
    default: return sizeof (void *);
    }
}

static void lay_over (struct intake_message *below, const struct intake_message *above)
{
    for (size_t i = 0; i < intake_message_message.field_count; i++) {
        const struct message_field *field = &intake_message_message.fields[i];

        if (!codec_is_present (field, above))
            continue;
        memcpy ((char *) below + field->offset, (const char *) above + field->offset, bytes_of (field));
        if (field->has_offset != SIZE_MAX)
            memcpy ((char *) below + field->has_offset, (const char *) above + field->has_offset, sizeof (bool));
    }
}

void incident_fold (const struct intake_message **messages, size_t count, struct incident_fold *ret)
{
    bool has_report = false, has_cancel = false, has_result = false, in_earnest = false;
    int64_t reported = INT64_MIN, cancelled = INT64_MIN;

    *ret = (struct incident_fold) { 0 };
    if (count > 1)
        qsort (messages, count, sizeof *messages, by_sending);
    for (size_t i = 0; i < count; i++) {
        const struct intake_message *message = messages[i];

        lay_over (&ret->content, message);
        in_earnest |= message->status == INCIDENT_STATUS_ACTUAL;
        ret->raise |= message->has_raise && message->raise;
        has_result |= message->kind == INCIDENT_KIND_RESULT;
        has_report |= message->kind == INCIDENT_KIND_REPORT || message->kind == INCIDENT_KIND_UPDATE;
        if (message->kind == INCIDENT_KIND_REPORT) {
            reported = message->sent;
            ret->reporter = ret->reporter ? ret->reporter : message->sender;
        }
        if (message->kind == INCIDENT_KIND_CANCEL) {
            has_cancel = true;
            cancelled = message->sent;
        }
    }
    ret->exercise = !in_earnest;
    ret->state = has_result ? INCIDENT_STATE_CLOSED
                 : has_cancel && reported <= cancelled ? has_report ? INCIDENT_STATE_CANCELLED : INCIDENT_STATE_ANNOUNCED
                 : has_report ? INCIDENT_STATE_OPEN : INCIDENT_STATE_ANNOUNCED;
}

static bool same_text (const char *a, const char *b)
{
    return a && b ? strcmp (a, b) == 0 : a == b;
}

/* What a responder or the resolver would want to know anew. */
static bool is_news (const struct intake_message *was, const struct intake_message *now)
{
    return !was || was->complaint != now->complaint || !same_text (was->unit, now->unit) || !same_text (was->crew_phone, now->crew_phone)
           || !same_text (was->address, now->address) || !same_text (was->complaint_text, now->complaint_text);
}

static bool result_is_news (const struct intake_message *was, const struct intake_message *now)
{
    return !was || was->outcome != now->outcome || !same_text (was->hospital_name, now->hospital_name)
           || !same_text (was->handed_to, now->handed_to) || was->has_arrived_at != now->has_arrived_at
           || was->arrived_at != now->arrived_at;
}

struct incident_step incident_next (const struct incident_was *was, const struct incident_fold *now)
{
    struct incident_step step = { 0 };
    bool was_raised = was->content && was->content->has_raise && was->content->raise;
    bool was_in_hand = was->content && was->content->has_in_hand && was->content->in_hand;

    if (now->state == INCIDENT_STATE_OPEN) {
        step.reopen = was->opened && was->state == INCIDENT_STATE_CANCELLED;
        step.open = !was->opened || step.reopen;
        step.raised = !step.open && now->raise && !was_raised;
        step.in_hand = !step.open && now->content.has_in_hand && now->content.in_hand && !was_in_hand;
        step.updated = !step.open && !step.raised && is_news (was->content, &now->content);
    }
    step.cancelled = was->opened && was->state == INCIDENT_STATE_OPEN && now->state == INCIDENT_STATE_CANCELLED;
    step.result =
        now->state == INCIDENT_STATE_CLOSED && (was->state != INCIDENT_STATE_CLOSED || result_is_news (was->content, &now->content));
    step.reply = step.open || step.raised || step.updated || (now->state == INCIDENT_STATE_CLOSED && was->state != INCIDENT_STATE_CLOSED);
    return step;
}
