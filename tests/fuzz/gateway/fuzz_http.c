/* Any bytes as target, Cookie, Accept-Language and header lines: refused or read, and what is read is text.
 * The input is split at newlines: target, cookie, language, then "name:value" lines. */
#define DEFINE_HTTP_ROUTES
#include "http_routes.h"
#include "guard.h"
#include "problem.h"
#include "route.h"
#include "text.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static char *next_line (char **rest)
{
    char *line = *rest, *end = line ? strchr (line, '\n') : NULL;

    if (end)
        *end = '\0';
    *rest = end ? end + 1 : NULL;
    return line ? line : (char *) "";
}

static void try_target (const char *raw, struct arena *arena)
{
    static const char *const methods[] = { "GET", "POST", "PUT", "DELETE" };
    struct target target;
    struct match match;

    if (!target_read (raw, arena, &target))
        return;
    for (size_t i = 0; i < target.segment_count; i++)
        if (!text_is_utf8 (target.segments[i], strlen (target.segments[i])) || strchr (target.segments[i], '/')
            || strcmp (target.segments[i], "..") == 0)
            abort ();
    for (size_t i = 0; i < 4; i++) {
        route_match (http_routes, HTTP_ROUTE_COUNT, methods[i], &target, 2, &match);
        if (match.route && !strstr (match.allowed, methods[i]))
            abort ();
    }
}

static void try_lines (char *rest)
{
    struct head head = { 0 };

    while (rest) {
        char *line = next_line (&rest), *colon = strchr (line, ':');

        if (colon)
            *colon = '\0';
        guard_line (&head, line, colon ? colon + 1 : "");
    }
    if (guard_frames (&head, "POST", "HTTP/1.1") && (head.lengths + head.encodings > 1 || head.hosts != 1))
        abort ();
    (void) guard_is_ours (&head);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    ARENA (arena);
    char *rest = arena_copy (&arena, (const char *) data, size);

    try_target (next_line (&rest), &arena);
    (void) cookie_value (&arena, next_line (&rest), "renkei");
    (void) language_of (next_line (&rest));
    try_lines (rest);
    return 0;
}
