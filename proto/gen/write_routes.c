/* write_routes.c - <service>_routes.h (what a service must define, and the tables that call it), http_routes.h (for the gateway) and
 * hearers.h (who hears which event).
 *
 * A handler nobody wrote becomes an undefined symbol when the service links: the tables name it.  Each table row calls through a small
 * static function, so that no function is called through a pointer of another type.
 */
#include "gen.h"

static const char *const top = "/* Written by renkei-gen; edit the declarations in proto/ instead. */\n";

#define EACH(d) for (const struct declaration *d = declarations; d < declarations + declaration_count; d++)

static bool takes (const char *service, const struct declaration *d)
{
    return (d->kind == COMMAND || d->kind == QUERY) && strcmp (d->to[0], service) == 0;
}

static bool hears (const char *service, const struct declaration *d)
{
    return d->kind == EVENT && has_word (d->to, service);
}

static void write_prototypes (FILE *out, const char *service)
{
    EACH (d) {
        if (takes (service, d))
            fprintf (out, "\n/* %s */\nint %s_handle_%s (struct %s *self, struct request *request, const struct %s *message,\n"
                     "    struct %s *answer, struct error *err);\n", d->about, service, d->name, service, d->name, d->answer);
        if (hears (service, d))
            fprintf (out,
                     "\n/* %s */\nint %s_hear_%s (struct %s *self, struct hearing *hearing, const struct %s *event, struct error *err);\n",
                     d->about, service, d->name, service, d->name);
    }
}

static void write_calls (FILE *out, const char *service)
{
    EACH (d) {
        if (takes (service, d))
            fprintf (out,
                     "\nstatic int call_%s_%s (void *self, struct request *request, const void *message, void *answer, struct error *err)\n"
                     "{\n    return %s_handle_%s (self, request, message, answer, err);\n}\n",
                     service, d->name, service, d->name);
        if (hears (service, d))
            fprintf (out, "\nstatic int call_%s_%s (void *self, struct hearing *hearing, const void *event, struct error *err)\n"
                     "{\n    return %s_hear_%s (self, hearing, event, err);\n}\n", service, d->name, service, d->name);
    }
}

static int write_route_rows (FILE *out, const char *service)
{
    int count = 0;

    fprintf (out, "\nstatic const struct route %s_routes[] = {\n", service);
    EACH (d) {
        if (!takes (service, d))
            continue;
        fprintf (out, "    { &%s_message, &%s_message, ", d->name, d->answer);
        if (d->conflict)
            fprintf (out, "&%s_message, ", d->conflict);
        else
            fputs ("NULL, ", out);
        fprintf (out, "0x%llxull, %s, %s, call_%s_%s },\n", (unsigned long long) d->roles, d->anyone ? "true" : "false",
                 d->service ? "true" : "false", service, d->name);
        count++;
    }
    fprintf (out, "    { NULL, NULL, NULL, 0, false, false, NULL },\n};\nenum { %s_ROUTE_COUNT = %d };\n", upper (service), count);
    return count;
}

static void write_heard_rows (FILE *out, const char *service)
{
    int count = 0;

    fprintf (out, "\nstatic const struct heard %s_heard[] = {\n", service);
    EACH (d)
        if (hears (service, d)) {
            fprintf (out, "    { \"%s\", &%s_message, call_%s_%s },\n", d->from[0], d->name, service, d->name);
            count++;
        }
    fprintf (out, "    { NULL, NULL, NULL },\n};\nenum { %s_HEARD_COUNT = %d };\n", upper (service), count);
}

void write_service_routes (FILE *out, const char *service)
{
    fprintf (
        out,
        "%s/* Define DEFINE_ROUTES in the one file that needs the tables.  Tables end with an empty row, which the counts leave out. */\n"
        "#ifndef %s_ROUTES_H\n#define %s_ROUTES_H\n\n#include \"messages.h\"\n#include \"service.h\"\n\nstruct %s;\n",
        top, upper (service), upper (service), service);
    write_prototypes (out, service);
    fprintf (out, "\n#endif\n\n#if defined (DEFINE_ROUTES) && !defined (%s_ROUTES_DEFINED)\n#define %s_ROUTES_DEFINED\n", upper (service),
             upper (service));
    write_calls (out, service);
    write_route_rows (out, service);
    if (strcmp (service, "runtime") != 0)
        write_heard_rows (out, service);
    fputs ("\n#endif\n", out);
}

static void write_http_row (FILE *out, const struct declaration *d)
{
    fprintf (out, "    { \"%s\", \"%s\", \"%s\", &%s_message, &%s_message, ", d->method, d->path, d->to[0], d->name, d->answer);
    if (d->conflict)
        fprintf (out, "&%s_message, ", d->conflict);
    else
        fputs ("NULL, ", out);
    fprintf (out, "0x%llxull, %s },\n", (unsigned long long) d->roles, d->anyone ? "true" : "false");
}

void write_http_routes (FILE *out)
{
    int count = 0;

    fprintf (out,
             "%s#ifndef HTTP_ROUTES_H\n#define HTTP_ROUTES_H\n\n#include \"messages.h\"\n\n"
             "struct http_route {\n"
             "    const char *method, *path;                  /* \"PUT\", \"/patients/{patient_id}/head\": below /api/v1 */\n"
             "    const char *service;                        /* who takes it */\n"
             "    const struct message_type *message, *answer;\n"
             "    const struct message_type *conflict;        /* NULL when there is none */\n"
             "    uint64_t roles;                             /* who may send it: bit ROLE_X - 1 */\n"
             "    bool anyone;                                /* without a session */\n"
             "};\n\n#endif\n\n#if defined (DEFINE_HTTP_ROUTES) && !defined (HTTP_ROUTES_DEFINED)\n#define HTTP_ROUTES_DEFINED\n\nstatic "
             "const struct http_route http_routes[] = {\n",
             top);
    EACH (d)
        if (d->path) {
            write_http_row (out, d);
            count++;
        }
    fprintf (out, "};\nenum { HTTP_ROUTE_COUNT = %d };\n\n#endif\n", count);
}

void write_hearers (FILE *out)
{
    int count = 0;

    fprintf (out, "%s/* Include it in one file. */\n#ifndef HEARERS_H\n#define HEARERS_H\n\n#include \"messages.h\"\n\n"
             "struct hearer { const char *event, *service; };     /* name of an event, and who hears it */\n\n"
             "static const struct hearer hearers[] = {\n", top);
    EACH (d)
        for (char **to = d->kind == EVENT ? d->to : NULL; to && *to; to++)
            if (strcmp (*to, "none") != 0) {
                fprintf (out, "    { \"%s\", \"%s\" },\n", d->name, *to);
                count++;
            }
    fprintf (out, "    { NULL, NULL },\n};\nenum { HEARER_COUNT = %d };\n\n#endif\n", count);
}
