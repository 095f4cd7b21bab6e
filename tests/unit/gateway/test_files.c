/* The pages: which file an address means, how long it may be kept, and that nothing outside the folder is read. */
#include "door.h"
#include <sys/stat.h>

static char folder[] = "/tmp/renkei-pages-XXXXXX";

static void put_file (const char *name, const char *text)
{
    const char *path = arena_print (&door_arena, "%s/%s", folder, name);
    int file = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    if (file < 0 || write (file, text, strlen (text)) < 0)
        abort ();
    close (file);
}

static void make_pages (void)
{
    if (!mkdtemp (folder) || mkdir (arena_print (&door_arena, "%s/assets", folder), 0700) < 0)
        abort ();
    put_file ("index.html", "<title>連携</title>");
    put_file ("assets/app-2UGJHRSQ.js", "app ()");
    put_file ("assets/app-2UGJHRSQ.js.gz", "squeezed");
    put_file ("assets/app-small.js", "small ()");
    put_file ("assets/data.sqlite", "secret");
    put_file (".hidden.txt", "secret");
    if (symlink ("/etc/hostname", arena_print (&door_arena, "%s/link.txt", folder)) < 0)
        abort ();
    gateway.static_dir = folder;
}

static void which_file (void)
{
    static const struct { const char *path, *type, *name; } found[] = {
        { "/", "text/html; charset=utf-8", "the first page" },
        { "/patients/0190a3b4-0000-7000-8000-00000000e001", "text/html; charset=utf-8", "a page of the application has no file of its own" },
        { "/index.html", "text/html; charset=utf-8", "the page by its name" },
        { "/assets/app-small.js", "text/javascript; charset=utf-8", "a script" },
        { "/assets/app-small.js?v=1", "text/javascript; charset=utf-8", "…whatever is asked of it" },
    };
    static const struct { const char *path; int status; const char *name; } missing[] = {
        { "/nothing.js", 404, "a file there is not" },
        { "/assets/data.sqlite", 404, "a file of a kind we do not serve" },
        { "/.hidden.txt", 404, "a hidden file" },
        { "/assets/.hidden", 404, "a hidden page" },
        { "/link.txt", 404, "a link out of the folder" },
        { "/assets/app-2UGJHRSQ.js.gz", 404, "the squeezed form by its own name" },
        { "/assets//app-small.js", 404, "a segment without a name" },
        { "/a%20b", 404, "a page with a blank in its address" },
        { "/api/v2/patients", 404, "an interface there is not is no page" },
        { "/../../etc/hostname", 400, "a way out" },
        { "/%2e%2e/%2e%2e/etc/hostname", 400, "…in disguise" },
        { "/assets/..%2findex.html", 400, "…with a slash in disguise" },
        { "/index.html%00.js", 400, "a NUL" },
    };

    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        struct response response = ask ("", "GET", found[i].path, NULL, NULL);

        ok (response.status == 200 && response.body_size > 0, found[i].name);
        is (line_of (&response, "Content-Type"), found[i].type, "…says what it is");
    }
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        struct response response = ask ("", "GET", missing[i].path, NULL, NULL);

        ok (response.status == missing[i].status && !strstr (response.body, "secret"), missing[i].name);
    }
}

static void how_long (void)
{
    struct response hashed = ask ("", "GET", "/assets/app-2UGJHRSQ.js", NULL, NULL), page = ask ("", "GET", "/", NULL, NULL), again;
    const char *etag = line_of (&page, "ETag");

    is (line_of (&hashed, "Cache-Control"), "public, max-age=31536000, immutable", "a name with its hash may be kept for ever");
    is (line_of (&page, "Cache-Control"), "no-cache", "…anything else is asked for again");
    again = ask ("", "GET", "/", arena_print (&door_arena, "If-None-Match: %s\r\n", etag), NULL);
    ok (again.status == 304 && again.body_size == 0, "the same file is not sent twice");
    is (line_of (&again, "ETag"), etag, "…under the same mark");
    again = ask ("", "GET", "/", "If-None-Match: \"another\"\r\n", NULL);
    is_number (again.status, 200, "another mark gets the file");
    put_file ("index.html", "<title>新しい連携</title>");
    again = ask ("", "GET", "/", arena_print (&door_arena, "If-None-Match: %s\r\n", etag), NULL);
    ok (again.status == 200 && strstr (again.body, "新しい"), "a changed file is sent at once");
    ok (strstr (line_of (&page, "Content-Security-Policy"), "default-src 'none'") != NULL, "S-12: a page loads nothing from elsewhere");
    ok (!strstr (line_of (&page, "Content-Security-Policy"), "unsafe"), "…and runs no script written into it");
    is (line_of (&page, "Referrer-Policy"), "no-referrer", "…and tells nobody where it was");
}

static void squeezed (void)
{
    static const struct { const char *line; bool squeezed; } cases[] = {
        { "Accept-Encoding: gzip, deflate, br\r\n", true }, { "Accept-Encoding: identity\r\n", false }, { "Accept-Encoding: gzip;q=0\r\n", false },
        { NULL, false },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct response response = ask ("", "GET", "/assets/app-2UGJHRSQ.js", cases[i].line, NULL);

        ok (strcmp (response.body, cases[i].squeezed ? "squeezed" : "app ()") == 0, "a file goes squeezed to who takes it so");
        is (line_of (&response, "Content-Encoding"), cases[i].squeezed ? "gzip" : NULL, "…and says so");
        is (line_of (&response, "Content-Type"), "text/javascript; charset=utf-8", "…and what it is unsqueezed");
        is (line_of (&response, "Vary"), "Accept-Encoding", "…for what lies between");
    }
}

static void methods (void)
{
    struct response response = ask ("", "HEAD", "/", NULL, NULL);

    ok (response.status == 200 && response.body_size == 0 && line_of (&response, "ETag"), "HEAD tells of a page without it");
    response = ask ("", "POST", "/", NULL, "{}");
    is_number (response.status, 405, "a page takes nothing");
    is (line_of (&response, "Allow"), "GET, HEAD", "…and says what it does");
    gateway.static_dir = "";
    is_number (ask ("", "GET", "/", NULL, NULL).status, 404, "without a folder there are no pages");
}

int main (void)
{
    open_door ();
    make_pages ();
    which_file ();
    how_long ();
    squeezed ();
    methods ();
    if (system (arena_print (&door_arena, "rm -rf '%s'", folder)) != 0)
        note ("%s is left", folder);
    close_door ();
    return done ();
}
