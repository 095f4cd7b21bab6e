/* intake_rules.c - see intake_rules.h. */
#include "intake_rules.h"

static bool is_among (struct text_list list, const char *text)
{
    for (size_t i = 0; i < list.count; i++)
        if (strcmp (list.items[i], text) == 0)
            return true;
    return false;
}

static bool format_is_allowed (const struct intake_partner *partner, enum message_format format)
{
    for (size_t i = 0; i < partner->formats.count; i++)
        if (partner->formats.items[i] == (int) format)
            return true;
    return false;
}

static void change (struct intake *intake, enum intake_verdict verdict, const char *why)
{
    intake->verdict = (enum intake_verdict) 0;
    intake_refuse (intake, verdict, "%s", why);
}

/* V-10, V-11.  An update of something unknown is taken as a report, a result as one of its own: an incident is never lost. */
static void judge_reference (struct intake *intake, const struct intake_before *before, unsigned *warnings)
{
    const struct intake_message *message = &intake->message;
    bool known = before->incident_known || before->reference_known;

    if (message->kind == INCIDENT_KIND_UPDATE && !known && !message->incident)
        change (intake, INTAKE_VERDICT_UNKNOWN_REFERENCE, "the update names no incident and an unknown message");
    else if (message->kind == INCIDENT_KIND_UPDATE && (!known || (message->reference && !before->reference_known)))
        *warnings |= WARN_REFERENCE;
    else if (message->kind == INCIDENT_KIND_RESULT && !known)
        *warnings |= WARN_NO_INCIDENT;
    else if (message->kind == INCIDENT_KIND_CANCEL && !known)
        change (intake, INTAKE_VERDICT_UNKNOWN_REFERENCE, "nothing to cancel");
    else if (message->kind == INCIDENT_KIND_CANCEL && before->incident_sender && strcmp (before->incident_sender, message->sender) != 0)
        change (intake, INTAKE_VERDICT_NOT_THE_SENDER, "only who reported it may cancel it");
}

void intake_judge (struct intake *intake, const struct intake_partner *partner, const struct intake_before *before, int64_t now,
                   unsigned *ret_warnings)
{
    const struct intake_message *message = &intake->message;

    *ret_warnings = 0;
    if (intake->verdict != INTAKE_VERDICT_ACCEPTED)
        return;
    if (!format_is_allowed (partner, intake->format))
        change (intake, INTAKE_VERDICT_FORMAT_OFF, "this partner may not use this format");
    else if (!is_among (partner->senders, message->sender))
        change (intake, INTAKE_VERDICT_WRONG_SENDER, "the sender is not bound to this key");
    else if (!is_among (message->to, partner->region))
        change (intake, INTAKE_VERDICT_WRONG_ADDRESSEE, "not addressed to this region");
    else
        judge_reference (intake, before, ret_warnings);
    if (intake->verdict == INTAKE_VERDICT_ACCEPTED && message->has_expires
        && (message->expires <= now || message->expires <= message->sent))
        change (intake, INTAKE_VERDICT_EXPIRED, "expired");
    if (message->sent > now + SKEW_MOST_US)
        *ret_warnings |= WARN_SKEW;
}

bool intake_counts (const struct intake *intake)
{
    enum incident_kind kind = intake->message.kind;

    if (kind == INCIDENT_KIND_ACK || kind == INCIDENT_KIND_ERROR || !intake->message.incident)
        return false;
    return intake->verdict == INTAKE_VERDICT_ACCEPTED
           || (intake->verdict == INTAKE_VERDICT_UNKNOWN_REFERENCE && kind == INCIDENT_KIND_CANCEL);
}
