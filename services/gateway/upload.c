/* upload.c - the body of a stream route, passed on in parts of at most 256 KiB.
 *
 * Back-pressure: while a part is on its way the connection is suspended, so nothing more is read from the socket than one part and
 * libmicrohttpd's own buffer.  The answer to the last part is the answer to the whole; a refused part ends it.
 */
#include "command.h"

struct upload {
    struct arena arena;                     /* of the part on its way */
    unsigned char *part;
    size_t used;
    int64_t offset;                         /* of the part in the whole */
    bool last, failed;
};

void upload_begin (struct exchange *exchange)
{
    exchange->upload = calloc (1, sizeof *exchange->upload);
    if (!exchange->upload)
        abort ();
}

void upload_free (struct upload **upload)
{
    if (!*upload)
        return;
    arena_done (&(*upload)->arena);
    free ((*upload)->part);
    free (*upload);
    *upload = NULL;
}

/* Fields of the message that are not addressed: where the part lies, and its bytes. */
static void set_part (const struct message_type *type, void *message, const struct upload *upload)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const struct message_field *field = &type->fields[i];
        char *at = (char *) message + field->offset;

        if (field->source == FROM_BODY && field->type == FIELD_I64)
            *(int64_t *) at = upload->offset;
        if (field->type == FIELD_BYTES)
            *(struct bytes *) at = (struct bytes) { upload->part ? upload->part : (const unsigned char *) "", upload->used };
    }
}

static void on_reply (void *arg, const struct reply_header *header, struct bytes body)
{
    struct exchange *exchange = arg;
    struct upload *upload = exchange->upload;

    command_pass (exchange, "before_answer");
    upload->offset += (int64_t) upload->used;
    upload->used = 0;
    if (upload->last || !header->ok)
        command_reply (exchange, header, body);         /* READY: what still comes in is thrown away */
    exchange_resume (exchange);
}

static int send_part (struct exchange *exchange, struct error *err)
{
    const struct http_route *route = exchange->match->route;
    struct upload *upload = exchange->upload;
    struct request_header header = command_header (exchange);
    void *message = command_message (exchange, err);
    struct bytes packed;

    if (!message)
        return -1;
    header.key = NULL;                      /* the sender's key is of the whole body; a part is known by its offset and may come twice */
    arena_reset (&upload->arena);
    set_part (route->message, message, upload);
    if (codec_pack (route->message, message, &upload->arena, &packed, err) < 0)
        return -1;
    command_pass (exchange, "before_send");
    if (bus_client_send (exchange->gateway->bus, route->service, &header, true, packed, ANSWER_TIMEOUT_MS, on_reply, exchange, err) < 0)
        return -1;
    command_pass (exchange, "after_send");
    return 0;
}

static void send_or_refuse (struct exchange *exchange, enum stage after)
{
    struct error err;

    if (send_part (exchange, &err) < 0)
        exchange_refuse (exchange, &err);
    else
        exchange_wait (exchange, after);
}

size_t upload_take (struct exchange *exchange, const char *data, size_t size)
{
    struct upload *upload = exchange->upload;
    size_t room = UPLOAD_PART - upload->used, taken = size < room ? size : room;
    struct error err;

    if ((size_t) upload->offset + upload->used + size > exchange->body_limit) {
        fail (&err, ERROR_TOO_LARGE, NULL, "upload");
        exchange_refuse (exchange, &err);
        return size;
    }
    if (!upload->part && !(upload->part = malloc (UPLOAD_PART)))
        abort ();
    memcpy (upload->part + upload->used, data, taken);
    upload->used += taken;
    if (taken == size)
        return taken;                       /* a part that is just full goes when more comes: so the last one is never empty */
    send_or_refuse (exchange, READING);
    return exchange->stage == READY ? size : taken;
}

void upload_end (struct exchange *exchange)
{
    exchange->upload->last = true;
    send_or_refuse (exchange, READY);
}
