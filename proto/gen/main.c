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

/* openapi.json once more as a C string, for the gateway to serve. */
static void write_api_paper (FILE *out)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream (&text, &size);

    if (!memory)
        stop ("renkei-gen", 0, "out of memory");
    write_openapi (memory);
    fclose (memory);
    fputs ("/* Written by renkei-gen: openapi.json. */\nstatic const unsigned char api_paper[] =\n", out);
    for (char *line = text, *end; (end = strchr (line, '\n')); line = end + 1) {
        *end = '\0';
        put_string (out, line);
        fputs (" \"\\n\"\n", out);
    }
    fputs (";\n", out);
    free (text);
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
    write_to ("api_paper.h", write_api_paper);
    write_to ("asyncapi.json", write_asyncapi);
    write_to ("messages.ts", write_typescript);
    return 0;
}
