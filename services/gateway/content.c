/* content.c - answers that are documents (a CSV, a PDF, a calendar, a partner's XML), in one piece or page after page.
 *
 * A document of several pages is asked for as it is read: the next page is asked for when the last byte of the one before has been handed
 * to libmicrohttpd, so one page at a time is held for a reader of any speed, and who goes away is not asked for any more.  The session is
 * looked up again for each page: whose session ends gets no more.  What cannot be completed is cut off without the last chunk, which every
 * client takes for an error.  Source: RFC 9112 §7.1 and §8, RFC 6266 (Content-Disposition), RFC 8187.
 */
#include "command.h"
#include "log.h"

enum { BLOCK_BYTES = 1024 };

struct document {
    struct exchange *exchange;              /* NULL: the reader has gone; who still waits for a page frees the rest */
    struct arena arena;                     /* of the present page */
    void *message;                          /* the query, in the exchange's arena; its page_key names the next page */
    struct request_header header;
    unsigned char token[TOKEN_HASH_BYTES];
    struct bytes page;
    size_t sent;
    char *next;                             /* malloc; NULL: this is the last page */
    bool asking, asleep, failed;
};

static const struct message_field *flagged (const struct message_type *type, unsigned flag)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].flags & flag)
            return &type->fields[i];
    return NULL;
}

const struct message_field *content_field (const struct message_type *answer)
{
    return flagged (answer, IS_CONTENT);
}

static struct bytes bytes_of (const struct message_type *type, const void *answer)
{
    return *(const struct bytes *) ((const char *) answer + content_field (type)->offset);
}

static const char *text_of (const struct message_field *field, const void *answer)
{
    return field ? *(const char *const *) ((const char *) answer + field->offset) : NULL;
}

/* ---- what it is called ------------------------------------------------------------------------------------------------------------ */

static bool is_one_of (unsigned char c, const char *more)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c && strchr (more, c));
}

/* Both forms of RFC 6266: letters everybody knows, and the name itself. */
static const char *disposition (struct arena *arena, const char *name, bool to_be_shown)
{
    char *plain = arena_text (arena, name), *coded = arena_alloc (arena, 3 * strlen (name) + 1);
    size_t used = 0;

    for (char *at = plain; *at; at++)
        *at = is_one_of ((unsigned char) *at, "-._") ? *at : '_';
    for (const char *at = name; *at; at++)
        used += (size_t) snprintf (coded + used, 4, is_one_of ((unsigned char) *at, "!#$&+-.^_`|~") ? "%c" : "%%%02X", (unsigned char) *at);
    return arena_print (arena, "%s; filename=\"%s\"; filename*=UTF-8''%s", to_be_shown ? "inline" : "attachment", plain, coded);
}

bool content_is_shown (const char *media_type)
{
    return media_type && strcmp (media_type, "application/pdf") == 0;
}

static bool is_header_text (const char *text)
{
    for (; *text; text++)
        if ((unsigned char) *text < 0x20 || (unsigned char) *text >= 0x7f)
            return false;
    return true;
}

/* ---- the pages behind the first --------------------------------------------------------------------------------------------------- */

static void free_document (struct document *document)
{
    arena_done (&document->arena);
    free (document->next);
    free (document);
}

static void wake (struct document *document)
{
    if (document->asleep)
        MHD_resume_connection (document->exchange->connection);
    document->asleep = false;
}

static void give_up (struct document *document, const char *why)
{
    document->failed = true;
    log_event (LOG_LEVEL_WARNING, "document_cut_off", "message", document->header.message, "why", why, "trace", document->header.trace,
               NULL);
}

/* Keeps the key of the page behind this one.  False for a service that would go round in circles. */
static bool keep_next (struct document *document, const char *next)
{
    bool again = next && document->next && strcmp (next, document->next) == 0;

    free (document->next);
    document->next = next && *next ? strdup (next) : NULL;
    return !again;
}

static bool take_page (struct document *document, struct bytes body)
{
    const struct message_type *type = document->exchange->match->route->answer;
    void *answer;
    struct error err;

    arena_reset (&document->arena);
    answer = arena_alloc (&document->arena, type->size);
    if (codec_unpack (type, body, &document->arena, answer, &err) < 0)
        return false;
    document->page = bytes_of (type, answer);
    document->sent = 0;
    return keep_next (document, text_of (flagged (type, IS_NEXT_PAGE), answer));
}

static void on_page (void *arg, const struct reply_header *header, struct bytes body)
{
    struct document *document = arg;

    document->asking = false;
    if (!document->exchange) {
        free_document (document);
        return;
    }
    if (!header->ok)
        give_up (document, header->key ? header->key : "refused");
    else if (!take_page (document, body))
        give_up (document, "a page cannot be read");
    wake (document);
}

/* Sends the query for the next page. */
static void ask (struct document *document)
{
    const struct exchange *exchange = document->exchange;
    const struct http_route *route = exchange->match->route;
    ARENA (arena);
    struct bytes packed;
    struct error err;

    *(const char **) ((char *) document->message + flagged (route->message, IS_PAGE_KEY)->offset) = document->next;
    if (codec_pack (route->message, document->message, &arena, &packed, &err) < 0
        || bus_client_send (exchange->gateway->bus, route->service, &document->header, false, packed, ANSWER_TIMEOUT_MS, on_page, document,
                            &err) < 0)
        give_up (document, err.detail);
    else
        document->asking = true;
}

/* Does the session still hold?  session NULL: the database is away. */
static void ask_as (struct document *document, struct session *session)
{
    struct exchange *exchange = document->exchange;

    if (!session || !session->known || session->locked || !(exchange->match->route->roles & session->roles)) {
        give_up (document, "the session has ended");
        return;
    }
    session_drop (&exchange->session);
    exchange->session = session_hold (session);
    command_sign (session, false, &document->header);
    ask (document);
}

static void on_session (void *arg, struct session *session)
{
    struct document *document = arg;

    document->asking = false;
    if (!document->exchange) {
        free_document (document);
        return;
    }
    ask_as (document, session);
    if (document->failed)
        wake (document);
}

static void ask_next (struct document *document)
{
    struct session *session;

    if (document->exchange->match->route->anyone) {
        ask (document);
        return;
    }
    session = sessions_find (document->exchange->gateway->sessions, document->token, on_session, document);
    document->asking = !session;
    if (session)
        ask_as (document, session);
}

/* libmicrohttpd asks for more to send. */
static ssize_t on_read (void *cls, uint64_t position, char *buffer, size_t max)
{
    struct document *document = cls;
    size_t left = document->page.size - document->sent, taken = left < max ? left : max;

    (void) position;
    if (left > 0) {
        memcpy (buffer, document->page.data + document->sent, taken);
        document->sent += taken;
        return (ssize_t) taken;
    }
    if (!document->next && !document->failed)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (!document->failed)
        ask_next (document);
    if (document->failed)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    document->asleep = true;
    MHD_suspend_connection (document->exchange->connection);
    return 0;
}

void content_gone (struct exchange *exchange)
{
    struct document *document = exchange->document;

    exchange->gateway->waiting--;
    exchange->document = NULL;
    document->exchange = NULL;
    if (!document->asking)
        free_document (document);
}

/* ---- the first page, with the headers --------------------------------------------------------------------------------------------- */

/* While it is read the gateway does not stop (at most as long as it waits for anybody). */
static void begin_pages (struct exchange *exchange, struct bytes page, const char *next)
{
    struct document *document = calloc (1, sizeof *document);
    struct error err;

    if (!document)
        abort ();
    document->exchange = exchange;
    document->page = page;
    document->header = command_header (exchange);
    document->message = command_message (exchange, &err);
    keep_next (document, next);
    exchange->response = MHD_create_response_from_callback (MHD_SIZE_UNKNOWN, BLOCK_BYTES, on_read, document, NULL);
    if (!document->message || !exchange->response || (!exchange->match->route->anyone && !command_token (exchange, document->token)))
        abort ();
    exchange->document = document;
    exchange->gateway->waiting++;
}

void content_answer (struct exchange *exchange, const void *answer)
{
    const struct message_type *type = exchange->match->route->answer;
    const char *media = text_of (codec_field (type, "media_type"), answer), *name = text_of (codec_field (type, "file_name"), answer);
    const char *next = text_of (flagged (type, IS_NEXT_PAGE), answer);
    struct error err;

    if (!*media || !is_header_text (media)) {
        fail (&err, ERROR_BUG, NULL, "a media type that is none");
        exchange_refuse (exchange, &err);
        return;
    }
    if (name && *name)
        exchange_header (exchange, "Content-Disposition", disposition (&exchange->arena, name, content_is_shown (media)));
    exchange_answer (exchange, MHD_HTTP_OK, media, bytes_of (type, answer));
    if (next && *next)
        begin_pages (exchange, exchange->answer, next);
}
