/* What other systems send: a body as it is (`raw`), a key instead of a session (`bearer`), and what is refused before a service hears of
 * it. */
#include "probe_routes.h"

#define REPORTS "/api/v1/partners/p1/reports"
#define KEY "Authorization: Bearer abc.DEF-1~2_3+4/5==\r\n"
#define XML "Content-Type: application/cap+xml; charset=utf-8\r\n"

static const char alert[] = "<alert>\xe6\x80\xa5\xe5\xa4\x89</alert>";

static struct response report (const char *lines, const char *body, size_t size)
{
    return ask_with ("", "POST", REPORTS, lines, body, size);
}

static void the_body_goes_as_it_is (void)
{
    static const char bytes[] = "\x00\x01{\"not\":json]\xff\xfe\r\n\r\n";
    const struct report *got;

    is_number (report (KEY XML, alert, sizeof alert - 1).status, 200, "a partner's message is taken without a session");
    got = sent_message (0, &report_message);
    ok (got->text.size == sizeof alert - 1 && memcmp (got->text.data, alert, sizeof alert - 1) == 0, "…byte for byte");
    is (got->content_type, "application/cap+xml; charset=utf-8", "…with what it calls itself");
    is (got->key, "abc.DEF-1~2_3+4/5==", "…the key of its connection");
    is (got->partner, "p1", "…and what stood in the address");
    ok (sent[0].is_command && !sent[0].header.person_id && !sent[0].header.context, "…as nobody's command");
    is_number (report (KEY "Content-Type: application/octet-stream\r\n", bytes, sizeof bytes - 1).status, 200, "bytes that are no text");
    got = sent_message (0, &report_message);
    ok (got->text.size == sizeof bytes - 1 && memcmp (got->text.data, bytes, sizeof bytes - 1) == 0, "…come through as well");
    is_number (ask_with ("nurse", "POST", REPORTS, KEY XML, alert, sizeof alert - 1).status, 200, "a cookie that comes along");
    ok (sent_count == 1 && !sent[0].header.person_id, "…makes nobody of the partner");
}

/* A program of a fire department sets neither our header nor an idempotency key: its message has an id of its own (V-03). */
static void it_needs_no_headers_of_ours (void)
{
    static const char bare[] = "POST " REPORTS " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" KEY XML "Content-Length: 1\r\n\r\nx";
    struct response response = ask_raw (bare, sizeof bare - 1);

    is_number (response.status, 200, "neither Renkei-Client nor Idempotency-Key is needed");
    ok (sent_count == 1 && !sent[0].header.key, "…and none is made up");
    report (KEY XML "Idempotency-Key: k-7\r\n", "x", 1);
    is (sent_count ? sent[0].header.key : NULL, "k-7", "a key that is given goes along");
    refused (report (KEY XML "Idempotency-Key: a b\r\n", "x", 1), 400, "key_missing", "…but must be one");
}

static void without_a_key_nobody_is_heard (void)
{
    static const struct { const char *line, *name; } wrong[] = {
        { "", "no Authorization" },
        { "Authorization: Basic abc=\r\n", "another scheme" },
        { "Authorization: Bearer\r\n", "a scheme without a key" },
        { "Authorization: Bearer  \r\n", "…or with blanks only" },
        { "Authorization: Bearerabc\r\n", "…or run together" },
        { "Authorization: Bearer a b\r\n", "two words" },
        { "Authorization: Bearer \"abc\"\r\n", "a key in quotes" },
        { "Authorization: Bearer =abc\r\n", "a key that begins with its end" },
        { "Authorization: Bearer 鍵\r\n", "a key of other letters" },
    };
    struct response response = report (XML, alert, sizeof alert - 1);
    char *longest = arena_alloc (&door_arena, 202);

    is (line_of (&response, "WWW-Authenticate"), "Bearer", "V-04: a missing key is asked for");
    is (line_of (&response, "Content-Type"), "application/problem+json", "…as problem+json");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        refused (report (arena_print (&door_arena, "%s%s", wrong[i].line, XML), "x", 1), 401, "bearer_missing", wrong[i].name);
    refused (report (KEY KEY XML, "x", 1), 400, "malformed", "two keys are none: which one would a proxy in front have seen?");
    memset (longest, 'k', 201);
    refused (report (arena_print (&door_arena, "Authorization: Bearer %s\r\n%s", longest, XML), "x", 1), 401, "bearer_missing",
             "a key of 201 letters");
    longest[200] = '\0';
    is_number (report (arena_print (&door_arena, "authorization: bearer   %s\r\n%s", longest, XML), "x", 1).status, 200,
               "one of 200, the scheme in small letters behind more blanks");
    refuse_with (ERROR_KIND_UNAUTHENTICATED, "bearer_missing");
    response = report (KEY XML, "x", 1);
    ok (response.status == 401 && line_of (&response, "WWW-Authenticate"), "a service that does not know the key answers likewise");
    ok (!strstr (response.body, "abc.DEF") && !strstr (response.head, "abc.DEF"), "…and the key does not come back");
    reply_done ();
}

static void media_types (void)
{
    static const struct { const char *line, *name; } wrong[] = {
        { "Content-Type: \r\n", "an empty one" },
        { "Content-Type: xml\r\n", "one without a subtype" },
        { "Content-Type: /xml\r\n", "one without a type" },
        { "Content-Type: text/\r\n", "one that ends early" },
        { "Content-Type: text/xml,text/plain\r\n", "two of them" },
        { "Content-Type: multipart/form-data; boundary=x\r\n", "a browser's form" },
        { "Content-Type: application/x-www-form-urlencoded\r\n", "…of either kind" },
        { "Content-Type: text/xml; charset=0123456789012345678901234567890123456789012\r\n", "one longer than the field" },
        { "Content-Type: application/cap+xml\r\nContent-Encoding: gzip\r\n", "a body that is packed" },
    };
    static const char none[] = "POST " REPORTS " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" KEY "Content-Length: 1\r\n\r\nx";

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        refused (report (arena_print (&door_arena, "%s%s", KEY, wrong[i].line), "x", 1), 415, "media_type", wrong[i].name);
    refused (ask_raw (none, sizeof none - 1), 415, "media_type", "a body that does not say what it is");
    refuse_with (ERROR_KIND_INVALID, "media_type");
    is_number (report (KEY "Content-Type: text/csv\r\n", "x", 1).status, 415, "one that the service does not take is told alike");
    reply_done ();
    is_number (report (KEY "Content-Type: TEXT/XML ;charset=utf-8\r\n", "x", 1).status, 200, "any case of letters, with a parameter");
}

static void limits (void)
{
    char *body = arena_alloc (&door_arena, RAW_MOST + 2);
    const struct report *got;

    memset (body, 'x', RAW_MOST + 1);
    is_number (report (KEY XML, body, RAW_MOST).status, 200, "V-01: 256 KiB are taken");
    got = sent_message (0, &report_message);
    is_number ((int64_t) got->text.size, RAW_MOST, "…whole");
    refused (report (KEY XML, body, RAW_MOST + 1), 413, "too_large", "V-01: one byte more is refused");
    refused (report (KEY XML "Transfer-Encoding: chunked\r\n", arena_print (&door_arena, "%x\r\n%s\r\n0\r\n\r\n", RAW_MOST + 1, body),
                     RAW_MOST + 1 + 14), 413, "too_large", "…also when it comes in chunks and never said so");
    refused (report (KEY XML "Content-Length: 5000000\r\n", "x", 1), 413, "too_large", "5 MB are refused when they are announced");
    refused (report (KEY XML, "", 0), 400, "field_missing", "an empty body is no message");
}

int main (void)
{
    open_probe_door ();
    the_body_goes_as_it_is ();
    it_needs_no_headers_of_ours ();
    without_a_key_nobody_is_heard ();
    media_types ();
    limits ();
    close_door ();
    return done ();
}
