/* files.c - the pages: static files of one folder, precompressed where there is a .gz beside them.
 *
 * An address without extension is a page of the application and gets index.html.  Names with a hash never change and may be kept for ever;
 * everything else is asked for again with its ETag.  Addresses were checked by target.c: no "..", no slash inside of a segment.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "exchange.h"

static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

static const struct { const char *extension, *type; } types[] = {
    { ".html", "text/html; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" }, { ".css", "text/css; charset=utf-8" },
    { ".json", "application/json" }, { ".svg", "image/svg+xml" }, { ".png", "image/png" }, { ".ico", "image/x-icon" },
    { ".webmanifest", "application/manifest+json" }, { ".woff2", "font/woff2" }, { ".txt", "text/plain; charset=utf-8" },
};

static void refuse (struct exchange *exchange, int status)
{
    struct error err;

    fail (&err, ERROR_NO_SUCH_MESSAGE, NULL, "no such page");
    exchange_status (exchange, status);
    exchange_refuse (exchange, &err);
}

static const char *extension_of (const char *name)
{
    const char *dot = strrchr (name, '.');

    return dot ? dot : "";
}

static const char *type_of (const char *name)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp (extension_of (name), types[i].extension) == 0)
            return types[i].type;
    return NULL;
}

/* The file below the folder that the address means; NULL when it means none. */
static const char *name_of (struct exchange *exchange)
{
    const struct target *target = exchange->target;
    const char *name = "";

    for (size_t i = 0; i < target->segment_count; i++) {
        if (target->segments[i][0] == '.' || (!target->segments[i][0] && i + 1 < target->segment_count))
            return NULL;
        name = arena_print (&exchange->arena, "%s%s%s", name, i ? "/" : "", target->segments[i]);
    }
    if (target->segment_count && strcmp (target->segments[0], "api") == 0)
        return NULL;
    if (*extension_of (name))
        return name;
    return name[strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/")] ? NULL : "index.html";
}

/* "app-2UGJHRSQ.js": eight or more capitals and digits between a dash and the extension. */
static bool has_hash (const char *name)
{
    const char *dash = strrchr (name, '-');
    size_t size = dash ? strspn (dash + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") : 0;

    return size >= 8 && dash[1 + size] == '.';
}

static bool takes_gzip (struct exchange *exchange)
{
    const char *line = exchange_line (exchange, "Accept-Encoding");

    return line && strstr (line, "gzip") && !strstr (line, "gzip;q=0");
}

/* Opens it, compressed when wanted and there; -1 when there is none. */
static int open_file (struct exchange *exchange, const char *name, bool *ret_gzip)
{
    const char *folder = exchange->gateway->static_dir;
    int file = -1;

    if (takes_gzip (exchange))
        file = open (arena_print (&exchange->arena, "%s/%s.gz", folder, name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    *ret_gzip = file >= 0;
    return file >= 0 ? file : open (arena_print (&exchange->arena, "%s/%s", folder, name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

static void add_headers (struct exchange *exchange, const char *name, const char *etag, bool gzip)
{
    exchange->type = type_of (name);
    exchange_header (exchange, "ETag", etag);
    exchange_header (exchange, "Cache-Control", has_hash (name) ? "public, max-age=31536000, immutable" : "no-cache");
    exchange_header (exchange, "Vary", "Accept-Encoding");
    exchange_header (exchange, "Content-Security-Policy", policy);
    exchange_header (exchange, "Cross-Origin-Opener-Policy", "same-origin");
    if (gzip)
        exchange_header (exchange, "Content-Encoding", "gzip");
}

static void answer_file (struct exchange *exchange, const char *name, int file, const struct stat *about, bool gzip)
{
    const char *known = exchange_line (exchange, "If-None-Match");
    const char *etag = arena_print (&exchange->arena, "\"%llx-%llx%s\"", (unsigned long long) about->st_mtim.tv_sec * 1000000000ull
                                    + (unsigned long long) about->st_mtim.tv_nsec, (unsigned long long) about->st_size, gzip ? "-gz" : "");

    add_headers (exchange, name, etag, gzip);
    exchange->stage = READY;
    if (known && strstr (known, etag)) {
        close (file);
        exchange->status = MHD_HTTP_NOT_MODIFIED;
        exchange->response = MHD_create_response_from_buffer (0, NULL, MHD_RESPMEM_PERSISTENT);
    }
    else {
        exchange->status = MHD_HTTP_OK;
        exchange->response = MHD_create_response_from_fd64 ((uint64_t) about->st_size, file);
    }
    if (!exchange->response)
        abort ();
}

void files_answer (struct exchange *exchange)
{
    const char *name = *exchange->gateway->static_dir ? name_of (exchange) : NULL;
    struct stat about;
    bool gzip = false;
    int file;

    if (strcmp (exchange->method, "GET") != 0 && strcmp (exchange->method, "HEAD") != 0) {
        refuse (exchange, MHD_HTTP_METHOD_NOT_ALLOWED);
        exchange_header (exchange, "Allow", "GET, HEAD");
        return;
    }
    file = name && type_of (name) ? open_file (exchange, name, &gzip) : -1;
    if (file < 0) {
        refuse (exchange, MHD_HTTP_NOT_FOUND);
        return;
    }
    if (fstat (file, &about) < 0 || !S_ISREG (about.st_mode)) {
        close (file);
        refuse (exchange, MHD_HTTP_NOT_FOUND);
        return;
    }
    answer_file (exchange, name, file, &about, gzip);
}
