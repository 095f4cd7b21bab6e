/* Answers that are documents: one piece or page after page, for quick readers, slow ones and those who leave. */
#include "probe_routes.h"

enum { PAGE = 256 * 1024, PAGES = 50 };

static char page_bytes[PAGE];

static struct bytes text_bytes (const char *text)
{
    return (struct bytes) { (const unsigned char *) text, strlen (text) };
}

static struct export_answer *page_of (struct bytes rows, const char *next)
{
    struct export_answer *answer = arena_alloc (&door_arena, sizeof *answer);

    *answer = (struct export_answer) { .rows = rows, .media_type = "text/csv; charset=utf-8", .next = next };
    return answer;
}

static void add_reply (const struct export_answer *answer)
{
    replies[reply_count++] = (struct reply) { { .ok = true }, &export_answer_message, answer, { (const unsigned char *) "", 0 } };
}

/* The page keys that were asked for, joined: "-,2,3" */
static const char *asked_for (void)
{
    const char *all = "";

    for (size_t i = 0; i < sent_count; i++) {
        const struct export *message = sent_message (i, &export_message);

        all = arena_print (&door_arena, "%s%s%s", all, i ? "," : "", message->page ? message->page : "-");
    }
    return all;
}

/* A body in chunks, put together; cut off when the last chunk does not come. */
static const char *joined (const struct response *response, bool *ret_whole)
{
    char *all = arena_alloc (&door_arena, response->body_size + 1);
    const char *at = response->body, *end = at + response->body_size;
    size_t used = 0;

    *ret_whole = false;
    while (at < end) {
        char *behind;
        unsigned long size = strtoul (at, &behind, 16);

        if (behind == at || size > (size_t) (end - behind))
            break;
        *ret_whole = size == 0;
        memcpy (all + used, behind + 2, size);
        used += size;
        at = behind + 2 + size + 2;
    }
    return all;
}

static void one_piece (void)
{
    struct export_answer *answer = page_of (text_bytes ("a,b\r\n1,\xe5\x85\xab\r\n"), NULL);
    struct response response;

    answer->file_name = "支援情報 \"12\";月.csv";
    answer->has_version = true;
    answer->version = 7;
    reply_with (&(struct reply_header) { .ok = true }, &export_answer_message, answer);
    response = ask ("", "GET", "/api/v1/exports/list.csv", NULL, NULL);
    is_number (response.status, 200, "a document is answered");
    is (response.body, "a,b\r\n1,\xe5\x85\xab\r\n", "…as it is, not as JSON");
    is (((const struct export *) sent_message (0, &export_message))->name, "list", "a field of the path ends where the address says");
    is (line_of (&response, "Content-Type"), "text/csv; charset=utf-8", "…called what the service calls it");
    is (line_of (&response, "Content-Length"), "12", "…with its length");
    is (line_of (&response, "Content-Disposition"),
        "attachment; filename=\"______________12_____.csv\"; filename*=UTF-8''%E6%94%AF%E6%8F%B4%E6%83%85%E5%A0%B1%20%2212%22%3B%E6%9C%88.csv",
        "…and a name that no character of it breaks");
    is (line_of (&response, "Cache-Control"), "no-store", "nobody keeps it");
    is (line_of (&response, "X-Content-Type-Options"), "nosniff", "…or takes it for something else");
    is (line_of (&response, "ETag"), "\"7\"", "its version is the ETag");
    answer->media_type = "application/pdf";
    response = ask ("", "GET", "/api/v1/exports/list.csv", NULL, NULL);
    ok (strncmp (line_of (&response, "Content-Disposition"), "inline;", 7) == 0, "a PDF is shown");
    ok (strstr (line_of (&response, "Content-Security-Policy"), "object-src 'self'"), "…and may be");
    answer->media_type = "text/html\r\nSet-Cookie: a=b";
    response = ask ("", "GET", "/api/v1/exports/list.csv", NULL, NULL);
    ok (response.status == 500 && !line_of (&response, "Set-Cookie"), "a media type with a line of its own never goes out");
}

static void who_may (void)
{
    reply_with (&(struct reply_header) { .ok = true }, &export_answer_message, page_of (text_bytes ("x"), NULL));
    refused (ask ("", "GET", "/api/v1/exports/list", NULL, NULL), 401, "log_in_first", "a document for officers needs a session");
    refused (ask ("nurse", "GET", "/api/v1/exports/list", NULL, NULL), 403, "not_for_role", "…of the right role");
    is_number (ask ("officer", "GET", "/api/v1/exports/list", NULL, NULL).status, 200, "…and is given then");
    refuse_with (ERROR_KIND_NOT_FOUND, "not_for_you");
    ok (ask ("officer", "GET", "/api/v1/exports/list", NULL, NULL).status == 404, "a refusal is a problem as ever");
    reply_with (&(struct reply_header) { .ok = true }, &export_answer_message, page_of (text_bytes ("<ack/>"), NULL));
    is (ask_with ("", "PUT", "/api/v1/partners/p/reports", "Authorization: Bearer k\r\nContent-Type: text/xml\r\n", "<a/>", 4).body,
        "<ack/>",
        "a command may be answered by a document, too");
}

static void page_after_page (const char *cookie, const char *path, const char *name)
{
    struct response response;
    bool whole;

    reply_count = 0;
    add_reply (page_of (text_bytes ("one\n"), "2"));
    add_reply (page_of (text_bytes (""), "3"));
    add_reply (page_of (text_bytes ("three\n"), NULL));
    response = ask (cookie, "GET", path, NULL, NULL);
    is_number (response.status, 200, name);
    is (joined (&response, &whole), "one\nthree\n", "…its pages are one document, an empty one between them, too");
    ok (whole, "…with an end");
    is (line_of (&response, "Transfer-Encoding"), "chunked", "…in chunks");
    is (asked_for (), "-,2,3", "…each asked for once, by the key of the one before");
    is (line_of (&response, "Cache-Control"), "no-store", "nobody keeps it");
    is_number (gateway.waiting, 0, "nothing waits any more");
}

static void a_reader_of_the_first_version (void)
{
    static const char old[] = "GET /api/v1/exports/list.csv HTTP/1.0\r\n\r\n";
    struct response response;

    reply_count = 0;
    add_reply (page_of (text_bytes ("one\n"), "2"));
    add_reply (page_of (text_bytes ("two\n"), NULL));
    response = ask_raw (old, sizeof old - 1);
    ok (strstr (response.body, "one\ntwo\n"), "HTTP/1.0 knows no chunks and reads to the end of the connection");
}

static void cut_off (void)
{
    struct response response;
    bool whole;

    reply_count = 0;
    add_reply (page_of (text_bytes ("one\n"), "2"));
    replies[reply_count++] = (struct reply) { .header = { .kind = ERROR_KIND_UNAVAILABLE, .key = "try_later" } };
    response = ask ("", "GET", "/api/v1/exports/list.csv", NULL, NULL);
    is (joined (&response, &whole), "one\n", "when the next page does not come");
    ok (!whole, "…the document has no end: its reader knows that it is not whole");
    reply_count = 0;
    add_reply (page_of (text_bytes ("one\n"), "2"));
    add_reply (page_of (text_bytes ("again\n"), "2"));
    response = ask ("", "GET", "/api/v1/exports/list.csv", NULL, NULL);
    joined (&response, &whole);
    ok (!whole && sent_count == 2, "a service that names the same page again is not followed in circles");
    reply_count = 0;
    add_reply (page_of (text_bytes ("one\n"), "2"));
    replies[reply_count++] = (struct reply) { .header = { .ok = true }, .raw = text_bytes ("\xc1nonsense") };
    response = ask ("", "GET", "/api/v1/exports/list.csv", NULL, NULL);
    joined (&response, &whole);
    ok (!whole, "…nor is a page that cannot be read");
    is_number (gateway.waiting, 0, "nothing waits any more");
}

/* ---- readers that are not ask () -------------------------------------------------------------------------------------------------- */

static void many_pages (void)
{
    reply_count = 0;
    for (int i = 1; i <= PAGES; i++)
        add_reply (page_of ((struct bytes) { (const unsigned char *) page_bytes, PAGE },
                            i < PAGES ? arena_print (&door_arena, "%d", i + 1) : NULL));
}

static int begin_reading (const char *cookie)
{
    const char *head = arena_print (&door_arena, "GET /api/v1/exports/%s HTTP/1.1\r\nHost: a\r\nCookie: renkei=%s\r\n\r\n",
                                    *cookie ? "list" : "list.csv", cookie);
    int file = connect_door ();

    sent_count = answered_count = 0;
    if (write (file, head, strlen (head)) < 0)
        abort ();
    return file;
}

static void turn (int rounds)
{
    for (int i = 0; i < rounds; i++) {
        MHD_run (gateway.daemon);
        find_waiting ();
        answer_open ();
    }
    MHD_run (gateway.daemon);
}

static void a_slow_reader (void)
{
    static char got[64 * 1024];
    size_t all = 0, held;
    int file;

    many_pages ();
    file = begin_reading ("");
    turn (2000);
    held = sent_count;
    ok (held < PAGES / 2, "who does not read is not read for: pages are asked for one at a time");
    turn (2000);
    is_number ((int64_t) sent_count, (int64_t) held, "…and no more of them however long it takes");
    is_number (gateway.waiting, 1, "a document under way keeps the gateway from stopping");
    for (int64_t until = clock_monotonic_us () + PATIENCE_US; gateway.waiting && clock_monotonic_us () < until;) {
        ssize_t part = recv (file, got, sizeof got, 0);

        all += part > 0 ? (size_t) part : 0;
        turn (1);
    }
    for (ssize_t part; (part = recv (file, got, sizeof got, 0)) > 0;)
        all += (size_t) part;
    is_number ((int64_t) sent_count, PAGES, "when it reads on, all of it comes");
    ok (all > (size_t) PAGES * PAGE, "…every byte");
    close (file);
    turn (5);
}

static void who_goes_away (void)
{
    size_t held;
    int file;

    many_pages ();
    file = begin_reading ("");
    turn (200);
    close (file);
    turn (200);
    held = sent_count;
    ok (held < PAGES, "who goes away in the middle is not asked for any more");
    turn (50);
    is_number ((int64_t) sent_count, (int64_t) held, "…nothing is asked for");
    is_number (gateway.waiting, 0, "…and nothing is kept");
}

/* The reader leaves while a page is on its way: the page comes to nobody. */
static void who_goes_away_while_a_page_is_made (void)
{
    int file;

    reply_count = 0;
    add_reply (page_of (text_bytes ("one\n"), "2"));
    add_reply (page_of (text_bytes ("two\n"), NULL));
    file = begin_reading ("");
    for (int i = 0; i < 50 && sent_count < 1; i++)
        MHD_run (gateway.daemon);
    answer_open ();
    for (int i = 0; i < 50 && sent_count < 2; i++)
        MHD_run (gateway.daemon);
    is_number ((int64_t) sent_count, 2, "the second page is on its way");
    close (file);
    turn (20);
    is_number (gateway.waiting, 0, "…when its reader has gone it is thrown away");
}

static void a_session_that_ends (void)
{
    static const char *const names[] = { "officer", "later-officer" };
    static char got[64 * 1024];

    for (size_t i = 0; i < 2; i++) {
        size_t all = 0;
        int file;

        many_pages ();
        file = begin_reading (names[i]);
        for (int64_t until = clock_monotonic_us () + PATIENCE_US; sent_count < 3 && clock_monotonic_us () < until; turn (1))
            all += (size_t) (recv (file, got, sizeof got, 0) > 0);
        sessions_ended = true;
        for (int64_t until = clock_monotonic_us () + PATIENCE_US; gateway.waiting && clock_monotonic_us () < until; turn (1))
            (void) !recv (file, got, sizeof got, 0);
        sessions_ended = false;
        ok (all > 0 && sent_count < 10, "whose session ends in the middle gets no further page");
        is_number (gateway.waiting, 0, "…and the document ends");
        close (file);
        turn (5);
    }
}

int main (void)
{
    memset (page_bytes, 'x', PAGE);
    open_probe_door ();
    one_piece ();
    who_may ();
    page_after_page ("", "/api/v1/exports/list.csv", "a document of three pages");
    page_after_page ("officer", "/api/v1/exports/list", "…for somebody who is logged in");
    page_after_page ("later-officer", "/api/v1/exports/list", "…whose session is looked up again for every page");
    a_reader_of_the_first_version ();
    cut_off ();
    a_slow_reader ();
    who_goes_away ();
    who_goes_away_while_a_page_is_made ();
    a_session_that_ends ();
    close_door ();
    return done ();
}
