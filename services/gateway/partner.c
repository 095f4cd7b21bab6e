/* partner.c - what other systems send: bodies that are not JSON, and keys that are no sessions.
 *
 * A key is only looked at here, never checked: the service knows its hash.  It is not logged and not kept.  Source: RFC 6750 §2.1 (the
 * token's letters), RFC 9110 §8.3 (media types), §11.6 (challenges).
 */
#include "command.h"

/* ---- the key ---------------------------------------------------------------------------------------------------------------------- */

const struct message_field *partner_field (const struct http_route *route)
{
    for (size_t i = 0; i < route->message->field_count; i++)
        if (route->message->fields[i].source == FROM_BEARER)
            return &route->message->fields[i];
    return NULL;
}

/* b64token: letters, then = signs only. */
static bool is_token (const char *text, size_t most)
{
    size_t size = strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/");

    return size > 0 && strlen (text) <= most && text[size + strspn (text + size, "=")] == '\0';
}

const char *partner_key (struct exchange *exchange)
{
    const char *line = exchange_line (exchange, "Authorization");

    if (!line || strncasecmp (line, "Bearer ", 7) != 0)
        return NULL;
    line += 7 + strspn (line + 7, " ");
    return is_token (line, partner_field (exchange->match->route)->max_bytes) ? line : NULL;
}

int partner_read (struct exchange *exchange, void *message, struct error *err)
{
    const struct http_route *route = exchange->match->route;
    const struct message_field *field = partner_field (route);

    if (!field)
        return 0;
    return codec_set_text (route->message, field, arena_text (&exchange->arena, partner_key (exchange)), &exchange->arena, message, err);
}

/* ---- the body --------------------------------------------------------------------------------------------------------------------- */

static const struct message_field *field_from (const struct message_type *type, enum field_origin source)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].source == source)
            return &type->fields[i];
    return NULL;
}

size_t raw_limit (const struct message_type *type)
{
    return field_from (type, FROM_RAW)->max_bytes;
}

/* "type/subtype", with or without parameters.  What only a form of a browser sends is none: no partner calls a message so. */
static bool is_media_type (const char *text)
{
    static const char token[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&^_.+-";
    size_t type = strspn (text, token), subtype = text[type] == '/' ? strspn (text + type + 1, token) : 0;

    if (type == 0 || subtype == 0 || !strchr ("; \t", text[type + 1 + subtype]))
        return false;
    return strncasecmp (text, "multipart/", 10) != 0 && strncasecmp (text, "application/x-www-form-urlencoded", 33) != 0;
}

bool raw_check (struct exchange *exchange)
{
    const char *type = exchange_line (exchange, "Content-Type"), *coding = exchange_line (exchange, "Content-Encoding");
    const struct message_field *field = field_from (exchange->match->route->message, FROM_CONTENT_TYPE);
    struct error err;

    if (type && is_media_type (type) && (!field || strlen (type) <= field->max_bytes) && (!coding || strcasecmp (coding, "identity") == 0))
        return true;
    fail (&err, ERROR_MEDIA_TYPE, NULL, "Content-Type");
    exchange_refuse (exchange, &err);
    return false;
}

int raw_read (struct exchange *exchange, struct bytes body, void *message, struct error *err)
{
    const struct message_type *type = exchange->match->route->message;
    const struct message_field *raw = field_from (type, FROM_RAW), *media = field_from (type, FROM_CONTENT_TYPE);

    if (body.size == 0)
        return fail (err, ERROR_FIELD_MISSING, arena_print (&exchange->arena, "/%s", raw->name), "an empty body");
    *(struct bytes *) ((char *) message + raw->offset) = body;
    if (!media)
        return 0;
    return codec_set_text (type, media, arena_text (&exchange->arena, exchange_line (exchange, "Content-Type")), &exchange->arena, message,
                           err);
}
