/* Framing, and who may send what changes something. */
#include "guard.h"
#include "tap.h"

struct line { const char *name, *value; };

static bool frames (const char *method, const char *version, const struct line *lines)
{
    struct head head = { 0 };

    for (; lines->name; lines++)
        guard_line (&head, lines->name, lines->value);
    return guard_frames (&head, method, version);
}

#define LINES(...) (const struct line[]) { __VA_ARGS__, { NULL, NULL } }
#define HOST { "Host", "a.example:8080" }

static void framing_is_plain (void)
{
    ok (frames ("GET", "HTTP/1.1", LINES (HOST)), "a plain request");
    ok (frames ("POST", "HTTP/1.1", LINES (HOST, { "content-length", "12" })), "with a length");
    ok (frames ("POST", "HTTP/1.1", LINES (HOST, { "Transfer-Encoding", "Chunked" })), "in chunks");
    ok (frames ("GET", "HTTP/1.0", LINES ({ "X-A", "1" })), "HTTP/1.0 needs no Host");
    ok (!frames ("GET", "HTTP/1.1", LINES ({ "X-A", "1" })), "HTTP/1.1 does");
    ok (!frames ("GET", "HTTP/1.1", LINES (HOST, HOST)), "two Hosts");
    ok (!frames ("POST", "HTTP/1.1", LINES (HOST, { "Content-Length", "1" }, { "Content-Length", "1" })), "two lengths");
    ok (!frames ("POST", "HTTP/1.1", LINES (HOST, { "Content-Length", "1" }, { "Transfer-Encoding", "chunked" })), "a length and chunks");
    ok (!frames ("POST", "HTTP/1.1", LINES (HOST, { "Transfer-Encoding", "gzip, chunked" })), "another encoding");
    ok (!frames ("POST", "HTTP/1.0", LINES (HOST, { "Transfer-Encoding", "chunked" })), "chunks in HTTP/1.0");
    ok (!frames ("GET", "HTTP/1.2", LINES (HOST)), "a version nobody knows");
    ok (!frames ("CONNECT", "HTTP/1.1", LINES (HOST)), "CONNECT");
    ok (!frames ("get", "HTTP/1.1", LINES (HOST)), "a method in small letters");
    ok (!frames ("GET", "HTTP/1.1", LINES ({ "Host", "a@b" })), "a Host with user information");
    ok (!frames ("GET", "HTTP/1.1", LINES (HOST, { "X A", "1" })), "a blank in a name");
    ok (!frames ("GET", "HTTP/1.1", LINES (HOST, { "", "1" })), "an empty name");
    ok (!frames ("GET", "HTTP/1.1", LINES (HOST, { "X", "a\x01" })), "a control character in a value");
    ok (frames ("GET", "HTTP/1.1", LINES (HOST, { "X", "a\tb" })), "a tab is none");
    ok (!frames ("GET", "HTTP/1.1", LINES (HOST, { "Upgrade", "websocket" })), "an upgrade");
}

static void lengths_are_digits (void)
{
    static const char *const odd[] = { "", "+1", "-1", "1 ", " 1", "0x1", "1,1", "18446744073709551616", "9999999999999999" };

    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        ok (!frames ("POST", "HTTP/1.1", LINES (HOST, { "Content-Length", odd[i] })), "an odd length is refused");
}

static void lines_are_counted (void)
{
    struct head head = { 0 };

    guard_line (&head, "Host", "a");
    for (int i = 0; i < 63; i++)
        guard_line (&head, "X", "1");
    ok (guard_frames (&head, "GET", "HTTP/1.1"), "64 lines");
    guard_line (&head, "X", "1");
    ok (!guard_frames (&head, "GET", "HTTP/1.1"), "65 are too many");
}

static bool ours (const char *client, const char *origin, const char *site)
{
    const struct head head = { .host = "renkei.example", .client = client, .origin = origin, .site = site };

    return guard_is_ours (&head);
}

static void other_sites_are_kept_out (void)
{
    ok (ours ("web", NULL, NULL), "a program that names itself");
    ok (ours ("web", "https://renkei.example", "same-origin"), "our own page");
    ok (!ours (NULL, "https://renkei.example", "same-origin"), "a form cannot set Renkei-Client");
    ok (!ours ("", NULL, NULL), "an empty one is none");
    ok (!ours ("web", "https://evil.example", NULL), "another origin");
    ok (!ours ("web", "https://renkei.example.evil.example", NULL), "one that begins alike");
    ok (!ours ("web", "null", NULL), "no origin");
    ok (!ours ("web", NULL, "cross-site"), "a browser says it is another site");
    ok (!ours ("web", NULL, "same-site"), "a neighbour is another site");
}

int main (void)
{
    framing_is_plain ();
    lengths_are_digits ();
    lines_are_counted ();
    other_sites_are_kept_out ();
    return done ();
}
