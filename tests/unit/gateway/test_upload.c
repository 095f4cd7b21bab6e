/* Bodies of stream routes: passed on in parts of 256 KiB, one at a time, the last one with what is left. */
#include "door.h"

#define UPLOAD "/api/v1/uploads/" PATIENT

static const char *whole;               /* bytes of the present body */

static struct response put (size_t size, const char *lines)
{
    char *body = arena_alloc (&door_arena, size + 1);

    for (size_t i = 0; i < size; i++)
        body[i] = (char) ('a' + i % 23);
    whole = body;
    return ask_with ("admin", "PUT", UPLOAD, arena_print (&door_arena, "Content-Type: application/octet-stream\r\n%s", lines), body, size);
}

/* Every byte once, in order, in parts that are full but for the last. */
static bool parts_are_the_whole (size_t size)
{
    size_t at = 0;

    for (size_t i = 0; i < sent_count; i++) {
        const struct upload_part *part = sent_message (i, &upload_part_message);

        if (part->offset != (int64_t) at || part->bytes.size > UPLOAD_PART || memcmp (part->bytes.data, whole + at, part->bytes.size) != 0
            || (i + 1 < sent_count && part->bytes.size != UPLOAD_PART) || strcmp (part->upload_id, PATIENT) != 0)
            return false;
        at += part->bytes.size;
    }
    return at == size;
}

static void split (void)
{
    static const struct { size_t size, parts; const char *name; } cases[] = {
        { 1, 1, "one byte is one part" },
        { UPLOAD_PART - 1, 1, "a byte less than a part" },
        { UPLOAD_PART, 1, "exactly one part: no empty one follows" },
        { UPLOAD_PART + 1, 2, "a byte more than a part" },
        { 2 * UPLOAD_PART, 2, "exactly two parts" },
        { 700000, 3, "three parts" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        is_number (put (cases[i].size, "").status, 200, cases[i].name);
        is_number (sent_count, cases[i].parts, "…goes in so many");
        ok (parts_are_the_whole (cases[i].size), "…every byte once and in order");
    }
    is_number (put (0, "").status, 200, "an empty body is left to the service to judge");
    is_number (sent_count, 1, "…as one empty part");
}

static void heads (void)
{
    put (UPLOAD_PART + 1, "Idempotency-Key: file-1\r\n");
    ok (sent_count == 2 && !sent[0].header.key && !sent[1].header.key, "the key is of the whole file: no part carries it");
    ok (sent[0].is_command && strcmp (sent[0].header.person_id, PERSON) == 0, "each part is a command of the person");
}

/* In pieces of no particular size, as a browser sends a stream. */
static struct response put_chunked (size_t size, size_t piece)
{
    char *body = arena_alloc (&door_arena, size + 1), *chunks = arena_alloc (&door_arena, size + 20 * (size / piece + 2)), *end = chunks;

    for (size_t i = 0; i < size; i++)
        body[i] = (char) ('A' + i % 19);
    whole = body;
    for (size_t at = 0; at < size; at += piece) {
        size_t now = size - at < piece ? size - at : piece;

        end += snprintf (end, 16, "%zx\r\n", now);
        memcpy (end, body + at, now);
        memcpy (end + now, "\r\n", 2);
        end += now + 2;
    }
    end += snprintf (end, 8, "0\r\n\r\n");
    return ask_with ("admin", "PUT", UPLOAD, "Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n", chunks,
                     (size_t) (end - chunks));
}

static void chunked (void)
{
    is_number (put_chunked (2 * UPLOAD_PART, 1000).status, 200, "a body in chunks");
    ok (sent_count == 2 && parts_are_the_whole (2 * UPLOAD_PART), "…is cut into the same parts");
}

static void refusals (void)
{
    struct response response;

    refuse_with (ERROR_KIND_NOT_FOUND, "not_for_you");
    response = put (3 * UPLOAD_PART, "");
    ok (response.status == 404 && strstr (response.body, "not_for_you"), "a refused part is the answer to the whole");
    is_number (sent_count, 1, "…and nothing more is sent");
    replies[0].header = (struct reply_header) { .ok = true };
    replies[1] = (struct reply) { .header = { .kind = ERROR_KIND_UNKNOWN, .key = "outcome_unknown" } };
    reply_count = 2;
    is_number (put (3 * UPLOAD_PART, "").status, 504, "a part nobody answered leaves it unknown");
    is_number (sent_count, 2, "…and ends it");
    reply_done ();
    refused (ask_with ("admin", "PUT", UPLOAD, "Content-Type: application/octet-stream\r\nContent-Length: 67108865\r\n", "x", 1), 413,
             "too_large", "more than 64 MiB are refused when they are announced");
    refused (ask_with ("admin", "PUT", UPLOAD, NULL, "{}", 2), 415, "malformed", "a file is octets, not JSON");
    refused (ask_with ("nurse", "PUT", UPLOAD, "Content-Type: application/octet-stream\r\n", "x", 1), 403, "not_for_role",
             "a role that imports nothing sends nothing");
    refused (ask_with ("later-nurse", "PUT", UPLOAD, "Content-Type: application/octet-stream\r\n", "x", 1), 403, "not_for_role",
             "…also when that is known only after the first bytes");
    refused (ask_with ("", "PUT", UPLOAD, "Content-Type: application/octet-stream\r\n", "x", 1), 401, "log_in_first", "nor does nobody");
    refused (ask_with ("admin", "PUT", "/api/v1/uploads/x", "Content-Type: application/octet-stream\r\n", "x", 1), 400, "field_wrong_type",
             "an upload whose id is none");
    bus_is_full = true;
    refused (put (UPLOAD_PART + 1, ""), 503, "try_later", "a bus that takes no more ends it, too");
    bus_is_full = false;
}

/* However long the file is, who sends it hears why it was refused: the rest is read and thrown away. */
static void long_refusals (void)
{
    enum { LONG = 6 * 1024 * 1024 };
    char *body = arena_alloc (&door_arena, LONG);
    struct response response;

    refused (ask_with ("", "PUT", UPLOAD, "Content-Type: application/octet-stream\r\n", body, LONG), 401, "log_in_first",
             "a file of 6 MiB from a session that has ended is answered: log in");
    refused (ask_with ("later-nurse", "PUT", UPLOAD, "Content-Type: application/octet-stream\r\n", body, LONG), 403, "not_for_role",
             "…from a role that may not, too");
    refused (ask_with ("admin", "PUT", "/api/v1/nothing", "Content-Type: application/octet-stream\r\n", body, LONG), 404, "no_such_message",
             "…and sent to nowhere");
    refuse_with (ERROR_KIND_NOT_FOUND, "not_for_you");
    response = ask_with ("admin", "PUT", UPLOAD, "Content-Type: application/octet-stream\r\n", body, LONG);
    ok (response.status == 404 && sent_count == 1, "…and one whose first part was refused");
    reply_done ();
    response = ask_with ("", "PUT", "/api/v1/nothing", "Content-Length: 99999999999\r\n", "x", 1);
    ok (response.status == 404 && strcmp (line_of (&response, "Connection"), "close") == 0, "what nobody would wait for is refused before it comes");
}

/* A client that goes away in the middle leaves nothing behind. */
static void hanging_up (void)
{
    static const char head[] = "PUT " UPLOAD " HTTP/1.1\r\nHost: a\r\nRenkei-Client: t\r\nCookie: renkei=admin\r\n"
                               "Content-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\nonly this";
    int file = connect_door ();

    sent_count = answered_count = 0;
    if (write (file, head, sizeof head - 1) < 0)
        abort ();
    for (int i = 0; i < 20; i++)
        MHD_run (gateway.daemon);
    close (file);
    for (int i = 0; i < 20; i++)
        MHD_run (gateway.daemon);
    is_number (sent_count, 0, "half a part of somebody who hung up is not sent");
    is_number (gateway.waiting, 0, "…and nothing waits for the rest");
}

int main (void)
{
    open_door ();
    split ();
    heads ();
    chunked ();
    refusals ();
    long_refusals ();
    hanging_up ();
    close_door ();
    return done ();
}
