/* Any bytes as a partner's message, in each format: a verdict comes back, and what is accepted can be packed, judged, laid over and
 * answered. */
#include "document.h"
#include "incident_fold.h"
#include "intake_rules.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void answer_it (struct arena *arena, const struct intake *intake, unsigned warnings)
{
    const struct intake_message *message = &intake->message;
    struct document_head head = { .id = "a", .region = "r", .to = "p", .status = INCIDENT_STATUS_ACTUAL, .sent = 1800000000ll * 1000000,
                                  .incident = message->incident, .reference = message->id, .reference_sent = message->sent };
    const char *media;
    struct intake again;
    struct bytes ack;

    if (!intake->verdict)
        abort ();
    if (intake->verdict != INTAKE_VERDICT_ACCEPTED)
        head.incident = head.reference = NULL;
    ack = document_ack (arena, intake->format, &head, intake->verdict, intake->why, warnings, &media);
    if (intake->format != MESSAGE_FORMAT_CAP)
        return;
    head.reference = "x";
    ack = document_ack (arena, intake->format, &head, intake->verdict, intake->why, warnings, &media);
    intake_read (MESSAGE_FORMAT_CAP, ack, NULL, arena, &again);
    if (again.verdict == INTAKE_VERDICT_NOT_READABLE)
        abort ();                               /* our own answer is XML whatever was sent */
}

static void keep_it (struct arena *arena, const struct intake *intake)
{
    const struct intake_message *messages[] = { &intake->message };
    struct incident_was was = { 0 };
    struct incident_fold fold;
    struct error err = { 0 };
    struct bytes packed;

    if (intake->verdict != INTAKE_VERDICT_ACCEPTED)
        return;
    if (codec_pack (&intake_message_message, &intake->message, arena, &packed, &err) < 0)
        abort ();
    incident_fold (messages, 1, &fold);
    (void) incident_next (&was, &fold);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    static const char *const senders[] = { "fd.mizuki" };
    static const int formats[] = { MESSAGE_FORMAT_JSON, MESSAGE_FORMAT_CAP };
    const struct intake_partner partner = { "renkei.mizuki", { senders, 1 }, { formats, 2 } };
    const struct intake_before before = { 0 };

    for (int format = MESSAGE_FORMAT_JSON; format <= MESSAGE_FORMAT_MAIL; format++) {
        ARENA (arena);
        struct intake intake;
        unsigned warnings;

        intake_read ((enum message_format)format, (struct bytes){ data, size }, "incident=事案\nsent=時刻\nsender:=fd.mizuki\n", &arena,
                     &intake);
        keep_it (&arena, &intake);
        intake_judge (&intake, &partner, &before, 1800000000ll * 1000000, &warnings);
        answer_it (&arena, &intake, warnings);
    }
    return 0;
}
