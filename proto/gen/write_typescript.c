/* write_typescript.c - messages.ts: types of everything that goes over HTTP, words of enums and errors, and where each message is sent. */
#include "gen.h"

#define EACH(d) for (const struct declaration *d = declarations; d < declarations + declaration_count; d++)

static void write_enum (FILE *out, const struct declaration *d)
{
    fprintf (out, "\n/** %s */\nexport type %s =", d->about, camel (d->name));
    for (int i = 0; i < d->value_count; i++)
        fprintf (out, "%s\"%s\"", i ? " | " : " ", d->values[i].name);
    fputs (";\n", out);
}

/* labels.sheet_section.wishes is [Japanese, English]. */
static void write_labels (FILE *out)
{
    fputs ("\n/** Words of every choice: [Japanese, English]. */\nexport const labels = {\n", out);
    EACH (d) {
        if (d->kind != ENUM)
            continue;
        fprintf (out, "  %s: {\n", d->name);
        for (int i = 0; i < d->value_count; i++) {
            fprintf (out, "    %s: [", d->values[i].name);
            put_string (out, d->values[i].ja);
            fputs (", ", out);
            put_string (out, d->values[i].en);
            fputs ("],\n", out);
        }
        fputs ("  },\n", out);
    }
    fputs ("} as const;\n", out);
}

static const char *script_type (const struct field *f)
{
    if (f->of)
        return camel (f->of);
    if (strcmp (f->type, "bool") == 0)
        return "boolean";
    return strcmp (f->type, "i64") == 0 ? "number" : "string";
}

static void write_interface (FILE *out, const struct declaration *d)
{
    fprintf (out, "\n/** %s */\nexport interface %s {\n", d->about, camel (d->name));
    for (int i = 0; i < d->field_count; i++) {
        const struct field *f = &d->fields[i];

        if (!f->cookie && f->source != BEARER && f->source != RAW && f->source != CONTENT_TYPE)      /* no page sends those */
            fprintf (out, "  /** %s */\n  %s%s: %s%s;\n", f->text, f->name, f->optional ? "?" : "", script_type (f), f->list ? "[]" : "");
    }
    fputs ("}\n", out);
}

static bool is_spoken (const struct declaration *d)
{
    return d->kind == RECORD || d->kind == ANSWER || d->path;
}

static void write_errors (FILE *out)
{
    const struct declaration *errors = errors_declaration ();

    fputs ("\n/** Words of every refusal: [Japanese, English, kind]; {name} stands for a parameter. */\nexport const errors = {\n", out);
    for (int i = 0; errors && i < errors->value_count; i++) {
        fprintf (out, "  %s: [", errors->values[i].name);
        put_string (out, errors->values[i].ja);
        fputs (", ", out);
        put_string (out, errors->values[i].en);
        fprintf (out, ", \"%s\"],\n", errors->values[i].kind);
    }
    fputs ("} as const;\n", out);
}

static void put_names_from (FILE *out, const struct declaration *d, const char *word, enum source source)
{
    int count = 0;

    fprintf (out, ", %s: [", word);
    for (int i = 0; i < d->field_count; i++)
        if (d->fields[i].source == source)
            fprintf (out, "%s\"%s\"", count++ ? ", " : "", d->fields[i].name);
    fputc (']', out);
}

static void write_route (FILE *out, const struct declaration *d)
{
    fprintf (out, "  %s: { method: \"%s\", path: \"%s\"", d->name, d->method, d->path);
    put_names_from (out, d, "from_path", PATH);
    put_names_from (out, d, "from_query", QUERY_STRING);
    for (int i = 0; i < d->field_count; i++)
        if (d->fields[i].source == IF_MATCH)
            fprintf (out, ", if_match: \"%s\"", d->fields[i].name);
    if (d->stream)
        fputs (", stream: true", out);
    if (find_declaration (d->answer)->content)
        fputs (", content: true", out);
    fputs (" },\n", out);
}

static void write_routes (FILE *out)
{
    fputs ("\n/** What is sent and what comes back. */\nexport interface Messages {\n", out);
    EACH (d)
        if (d->path)
            fprintf (out, "  %s: { message: %s; answer: %s; conflict: %s };\n", d->name, camel (d->name), camel (d->answer),
                     d->conflict ? camel (d->conflict) : "never");
    fputs ("}\n\nexport interface Route {\n  method: \"GET\" | \"POST\" | \"PUT\" | \"DELETE\";\n  /** below /api/v1 */\n  path: string;\n"
           "  from_path: readonly string[];\n  from_query: readonly string[];\n  if_match?: string;\n  stream?: boolean;\n  /** the answer is a document, not JSON */\n  content?: boolean;\n}\n\n"
           "/** Everything that is in none of the lists goes into the body. */\n"
           "export const routes: Record<keyof Messages, Route> = {\n", out);
    EACH (d)
        if (d->path)
            write_route (out, d);
    fputs ("};\n", out);
}

void write_typescript (FILE *out)
{
    fputs ("// Written by renkei-gen; edit the declarations in proto/ instead.\n", out);
    EACH (d) {
        if (d->kind == ENUM)
            write_enum (out, d);
        else if (is_message (d) && is_spoken (d))
            write_interface (out, d);
    }
    write_labels (out);
    write_errors (out);
    write_routes (out);
}
