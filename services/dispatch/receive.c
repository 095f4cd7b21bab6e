/* receive.c - see receive.h. */
#include <openssl/evp.h>
#include "receive.h"
#include "document.h"
#include "ids.h"
#include "incident_change.h"
#include "intake_rules.h"
#include "text.h"

struct receiving {
    struct request *request;
    const struct received *message;
    const struct partner *partner;
    struct intake intake;
    struct bytes sha256;
    const char *sender, *id;            /* under which it is kept */
    const char *incident_id, *number;   /* NULL: of no incident */
    struct incident incident;
    unsigned warnings;
};

static struct bytes hash_of (struct arena *arena, struct bytes raw)
{
    unsigned char *hash = arena_alloc (arena, 32);

    EVP_Digest (raw.data, raw.size, hash, NULL, EVP_sha256 (), NULL);
    return (struct bytes) { hash, 32 };
}

static const char *name_of_hash (struct arena *arena, struct bytes hash)
{
    char text[65];

    for (size_t i = 0; i < hash.size; i++)
        snprintf (text + 2 * i, 3, "%02x", hash.data[i]);
    return arena_print (arena, "sha256:%s", text);
}

/* What cannot be named is kept under its bytes. */
static void keep_under_bytes (struct receiving *all)
{
    all->sender = "";
    all->id = name_of_hash (all->request->arena, all->sha256);
}

/* The incident's number: its own, else that of the message it refers to. */
static int find_number (struct receiving *all, bool *ret_known, struct error *err)
{
    struct intake_message *message = &all->intake.message;
    const char *number = NULL;

    *ret_known = false;
    if (message->reference
        && message_incident (all->request->db, all->request->arena, all->partner->partner_id,
                             message->reference_sender ? message->reference_sender : message->sender, message->reference, &number,
                             ret_known, err)
               < 0)
        return -1;
    if (!message->incident)
        message->incident = number;
    if (message->incident) {
        all->number = message->incident;
        all->incident_id = incident_id_of (all->request->arena, all->partner->partner_id, message->incident);
    }
    return 0;
}

static const char *reporter_of (const struct intake_message **messages, size_t count)
{
    struct incident_fold fold;

    incident_fold (messages, count, &fold);
    return fold.reporter;
}

/* Locks the incident before anything is decided about it. */
static int look_back (struct receiving *all, struct intake_before *ret, struct error *err)
{
    struct request *request = all->request;
    const struct intake_message **messages;
    int64_t version;
    size_t count;

    *ret = (struct intake_before) { 0 };
    if (find_number (all, &ret->reference_known, err) < 0)
        return -1;
    if (!all->incident_id)
        return 0;
    if (subject_lock (request->db, request->arena, all->incident_id, &version, err) < 0
        || incident_find (request->db, request->arena, all->incident_id, &all->incident, err) < 0
        || message_all (request->db, request->arena, all->incident_id, &messages, &count, err) < 0)
        return -1;
    ret->incident_known = all->incident.incident_id && all->incident.state != INCIDENT_STATE_ANNOUNCED;
    ret->incident_sender = reporter_of (messages, count);
    return 0;
}

/* True when it was answered before; *ret_done. */
static int answer_again (struct receiving *all, struct receipt *answer, bool *ret_done, struct error *err)
{
    struct kept_message kept;

    *ret_done = false;
    if (message_find (all->request->db, all->request->arena, all->partner->partner_id, all->sender, all->id, &kept, err) < 0)
        return -1;
    if (kept.there && kept.sha256.size == all->sha256.size && memcmp (kept.sha256.data, all->sha256.data, all->sha256.size) == 0) {
        answer->body = kept.ack;
        answer->media_type = kept.ack_media;
        *ret_done = true;
    } else if (kept.there) {
        all->intake.verdict = (enum intake_verdict) 0;
        intake_refuse (&all->intake, INTAKE_VERDICT_ID_REUSE, "this id was used for other content");
        keep_under_bytes (all);
        return answer_again (all, answer, ret_done, err);
    }
    return 0;
}

static struct bytes write_ack (struct receiving *all, const char **ret_media)
{
    const struct intake_message *message = &all->intake.message;
    struct arena *arena = all->request->arena;
    struct document_head head = { .region = all->partner->region,
                                  .to = message->sender              ? message->sender
                                        : all->partner->senders.count ? all->partner->senders.items[0]
                                                                     : "-",
                                  .status = message->status ? message->status : INCIDENT_STATUS_ACTUAL,
                                  .sent = all->request->now,
                                  .incident = message->incident,
                                  .reference = message->id,
                                  .reference_sent = message->sent };
    char id[UUID_TEXT];

    uuid_new (id);
    head.id = arena_print (arena, "renkei-ack-%s", id);
    if (strpbrk (head.to, " ,<>&\""))
        head.to = "-";
    if (head.reference && strpbrk (head.reference, " ,<>&\"\n\r\t"))
        head.reference = NULL;
    return document_ack (arena, all->intake.format, &head, all->intake.verdict, all->intake.why, all->warnings, ret_media);
}

static int keep (struct receiving *all, struct receipt *answer, bool *ret_new, struct error *err)
{
    struct arena *arena = all->request->arena;
    bool counts = intake_counts (&all->intake) && all->incident_id;
    struct new_message message = {
        .partner_id = all->partner->partner_id, .sender = all->sender, .id = all->id, .incident_id = counts ? all->incident_id : NULL,
        .content_type = text_cut (arena, all->message->content_type, 120), .intake = &all->intake, .raw = all->message->body,
        .sha256 = all->sha256, .has_sent = all->intake.message.sent != 0 };

    if (counts && codec_pack (&intake_message_message, &all->intake.message, arena, &message.content, err) < 0)
        return -1;
    answer->body = message.ack = write_ack (all, &message.ack_media);
    answer->media_type = message.ack_media;
    return message_add (all->request->db, &message, all->request->now, ret_new, err);
}

static int take (struct receiving *all, struct receipt *answer, struct error *err)
{
    bool counts = intake_counts (&all->intake) && all->incident_id, is_new;

    if (counts
        && incident_change (all->request, all->partner, all->incident_id, all->number, &all->intake.message, &all->incident, err) < 0)
        return -1;
    if (keep (all, answer, &is_new, err) < 0)
        return -1;
    return is_new ? 0 : fail (err, ERROR_TRY_LATER, NULL, "the same message came twice at once");
}

int receive (struct request *request, const struct partner *partner, const struct received *message, struct receipt *ret, struct error *err)
{
    struct receiving all = { .request = request, .message = message, .partner = partner };
    struct intake_partner bound = { partner->region, partner->senders, partner->formats };
    struct intake_before before = { 0 };

    *ret = (struct receipt) { 0 };
    all.sha256 = hash_of (request->arena, message->body);
    intake_read (intake_format (message->content_type, message->body), message->body, partner->mail_template, request->arena, &all.intake);
    if (all.intake.verdict == INTAKE_VERDICT_ACCEPTED && !all.intake.message.sent)
        all.intake.message.sent = request->now;                 /* a dispatch mail without a time */
    if (all.intake.verdict == INTAKE_VERDICT_ACCEPTED && look_back (&all, &before, err) < 0)
        return -1;
    all.sender = all.intake.message.sender;
    all.id = all.intake.message.id;
    if (all.intake.verdict != INTAKE_VERDICT_ACCEPTED)
        keep_under_bytes (&all);
    if (answer_again (&all, ret, &ret->again, err) < 0 || ret->again)
        return ret->again ? 0 : -1;
    intake_judge (&all.intake, &bound, &before, request->now, &all.warnings);
    return take (&all, ret, err);
}
