/* Which message an address means: the generated table, and a small one where two templates fit. */
#define DEFINE_HTTP_ROUTES
#include "http_routes.h"
#include "route.h"
#include "tap.h"

static struct match match_of (const char *method, const char *path)
{
    static struct arena arena;
    static struct target target;
    struct match match;

    arena_reset (&arena);
    target_read (path, &arena, &target);
    route_match (http_routes, HTTP_ROUTE_COUNT, method, &target, 2, &match);
    return match;
}

static void addresses_mean_messages (void)
{
    struct match match = match_of ("PUT", "/api/v1/patients/p1/sheet/wishes");

    ok (match.route, "an address is found");
    is (match.route->message->name, "sheet_section_update", "...as its message");
    is (match.route->service, "sharing", "...for its service");
    is_number ((int64_t) match.value_count, 2, "its path has two values");
    is (match.values[0], "p1", "the first");
    is (match.values[1], "wishes", "the second");
    ok (strncmp (match.names[1], "section}", 8) == 0, "...with its name");
    is (route_if_match (match.route)->name, "base_version", "the field of If-Match");
    ok (route_has_body (match.route), "it has a body");
    match = match_of ("GET", "/api/v1/patients/p1/sheet");
    is (match.route->message->name, "sheet", "another method and length");
    ok (!route_if_match (match.route) && !route_has_body (match.route), "without If-Match and body");
}

static void others_are_told (void)
{
    struct match match = match_of ("DELETE", "/api/v1/patients/p1/sheet/wishes");

    ok (!match.route, "a method that is not taken");
    is (match.allowed, "PUT", "...is told which are");
    match = match_of ("PATCH", "/api/v1/patients");
    ok (!match.route && strstr (match.allowed, "GET") && strstr (match.allowed, "POST"), "all of them");
    ok (!match_of ("GET", "/api/v1/nothing").allowed[0], "an unknown address has none");
    ok (!match_of ("GET", "/api/v1/patients/").route, "a slash at the end is another address");
    ok (!match_of ("GET", "/api/v1/patients/p1/sheet/").route, "...also deeper");
    ok (!match_of ("GET", "/api/v1/patients//sheet").route, "an empty value is none");
    ok (!match_of ("GET", "/api/v1").route, "nothing");
}

static void a_literal_wins (void)
{
    static const struct http_route table[] = {
        { "GET", "/a/{id}", "x", &sheet_message, &done_message, NULL, 1, false },
        { "GET", "/a/now", "x", &feed_message, &done_message, NULL, 1, false },
    };
    ARENA (arena);
    struct target target;
    struct match match;

    target_read ("/a/now", &arena, &target);
    route_match (table, 2, "GET", &target, 0, &match);
    ok (match.route == &table[1] && match.value_count == 0, "a literal segment wins over a field");
    target_read ("/a/then", &arena, &target);
    route_match (table, 2, "GET", &target, 0, &match);
    ok (match.route == &table[0] && match.value_count == 1, "anything else is the field");
}

static void every_route_is_reached (void)
{
    int wrong = 0;

    for (int i = 0; i < HTTP_ROUTE_COUNT; i++) {
        char path[200] = "/api/v1";
        const char *p = http_routes[i].path;

        for (size_t used = strlen (path); *p; p++)
            if (*p == '{') {
                path[used++] = 'x';
                p += strcspn (p, "}");
            }
            else
                path[used++] = *p;
        wrong += match_of (http_routes[i].method, path).route != &http_routes[i];
    }
    is_number (wrong, 0, "every declared address means its own message");
}

int main (void)
{
    addresses_mean_messages ();
    others_are_told ();
    a_literal_wins ();
    every_route_is_reached ();
    return done ();
}
