#include "gen.h"

static const char *out_directory;

static FILE *open_out (const char *name, char path[1024])
{
    FILE *out;

    snprintf (path, 1024, "%s/%s", out_directory, name);
    out = fopen (path, "w");
    if (!out)
        stop (path, 0, "cannot be written");
    return out;
}

static void close_out (FILE *out, const char *path)
{
    bool bad = ferror (out) != 0;

    if (fclose (out) != 0 || bad)
        stop (path, 0, "could not be written");
}

static void write_to (const char *name, void (*write) (FILE *))
{
    char path[1024];
    FILE *out = open_out (name, path);

    write (out);
    close_out (out, path);
}

static void write_routes (const char *service)
{
    char name[100], path[1024];
    FILE *out;

    snprintf (name, sizeof name, "%s_routes.h", service);
    out = open_out (name, path);
    write_service_routes (out, service);
    close_out (out, path);
}

int main (int argc, char **argv)
{
    const char *services[32];
    int count;

    if (argc < 3) {
        fprintf (stderr, "usage: renkei-gen OUT FILE...\n");
        return 2;
    }
    for (int i = 2; i < argc; i++)
        read_declarations (argv[i]);
    check_declarations ();
    out_directory = argv[1];
    write_to ("messages.h", write_messages_header);
    write_to ("messages.c", write_messages_tables);
    write_to ("errors.h", write_errors_header);
    write_to ("errors.c", write_errors_table);
    write_to ("http_routes.h", write_http_routes);
    write_to ("hearers.h", write_hearers);
    count = services_of (services, 32);
    for (int i = 0; i < count; i++)
        write_routes (services[i]);
    write_to ("CATALOG.md", write_catalog);
    write_to ("openapi.json", write_openapi);
    write_to ("asyncapi.json", write_asyncapi);
    write_to ("messages.ts", write_typescript);
    return 0;
}
