/* write_messages.c - messages.h and messages.c: enums, structs, and the field tables that services/runtime/codec*.c walks. */
#include "gen.h"

static const char *const top = "/* Written by renkei-gen; edit the declarations in proto/ instead. */\n";

#define EACH(d) for (const struct declaration *d = declarations; d < declarations + declaration_count; d++)

static void write_enum (FILE *out, const struct declaration *d)
{
    /* enum error_kind stands in errors.h, which this header includes */
    if (strcmp (d->name, "error_kind") != 0) {
        fprintf (out, "\n/* %s */\nenum %s {\n", d->about, d->name);
        for (int i = 0; i < d->value_count; i++)
            fprintf (out, "    %s_%s = %d,    /* %s: %s */\n", upper (d->name), upper (d->values[i].name), d->values[i].number,
                     d->values[i].ja, d->values[i].en);
        fputs ("};\n", out);
    }
    fprintf (out, "extern const struct enum_type %s_type;\n", d->name);
}

static void put_list_type (FILE *out, const struct field *f)
{
    if (f->of)
        fprintf (out, f->type[0] == 'e' ? "struct enum_list " : "struct %s_list ", f->of);
    else if (strcmp (f->type, "i64") == 0 || strcmp (f->type, "time") == 0)
        fputs ("struct i64_list ", out);
    else
        fputs ("struct text_list ", out);
}

static void put_c_type (FILE *out, const struct field *f)
{
    if (f->list)
        put_list_type (out, f);
    else if (strcmp (f->type, "enum") == 0)
        fprintf (out, "enum %s ", f->of);
    else if (strcmp (f->type, "record") == 0)
        fprintf (out, "const struct %s *", f->of);
    else if (strcmp (f->type, "bool") == 0)
        fputs ("bool ", out);
    else if (strcmp (f->type, "bytes") == 0)
        fputs ("struct bytes ", out);
    else if (strcmp (f->type, "i64") == 0 || strcmp (f->type, "time") == 0)
        fputs ("int64_t ", out);
    else
        fputs ("const char *", out);
}

static void write_struct (FILE *out, const struct declaration *d)
{
    fprintf (out, "\n/* %s: %s */\nstruct %s {\n", kind_name (d), d->about, d->name);
    for (int i = 0; i < d->field_count; i++) {
        const struct field *f = &d->fields[i];

        if (needs_has (f))
            fprintf (out, "    bool has_%s;\n", f->name);
        fputs ("    ", out);
        put_c_type (out, f);
        fprintf (out, "%s;    /* %s%s%s */\n", f->name, f->optional ? "optional; " : "", f->personal ? "personal; " : "", f->text);
    }
    if (d->field_count == 0)
        fputs ("    char nothing;\n", out);
    fprintf (out, "};\nextern const struct message_type %s_message;\n", d->name);
    if (d->listed)
        fprintf (out, "struct %s_list { const struct %s *items; size_t count; };\n", d->name, d->name);
}

void write_messages_header (FILE *out)
{
    fprintf (out, "%s#ifndef MESSAGES_H\n#define MESSAGES_H\n\n#include \"codec.h\"\n", top);
    EACH (d) {
        if (d->kind == ENUM)
            write_enum (out, d);
        else if (is_message (d))
            write_struct (out, d);
    }
    fputs ("\n/* Groups of roles, as masks: bit ROLE_X - 1. */\n", out);
    EACH (d)
        if (d->kind == GROUP)
            fprintf (out, "#define ROLES_%s 0x%llxull    /* %s */\n", upper (d->name), (unsigned long long) d->roles, d->about);
    fputs ("\n/* Every type of this file, records included, by name. */\n"
           "extern const struct message_type *const all_messages[];\nextern const size_t all_message_count;\n\n#endif\n", out);
}

/* ---- tables ----------------------------------------------------------------------------------------------------------------------- */

static void write_enum_table (FILE *out, const struct declaration *d)
{
    fprintf (out, "\nstatic const struct enum_value %s_values[] = {\n", d->name);
    for (int i = 0; i < d->value_count; i++) {
        const struct value *v = &d->values[i];

        fprintf (out, "    { \"%s\", %d, ", v->name, v->number);
        put_string (out, v->ja);
        fputs (", ", out);
        put_string (out, v->en);
        fputs (" },\n", out);
    }
    fprintf (out, "};\nconst struct enum_type %s_type = { \"%s\", %s_values, %d };\n", d->name, d->name, d->name, d->value_count);
}

static void put_flags (FILE *out, const struct field *f)
{
    fprintf (out, "%s%s%s%s%s%s%s%s%s", f->required ? "IS_REQUIRED" : "0", f->personal ? " | IS_PERSONAL" : "", f->etag ? " | IS_ETAG" : "",
             f->cookie ? " | IS_COOKIE" : "", f->page_key ? " | IS_PAGE_KEY" : "", f->page_limit ? " | IS_PAGE_LIMIT" : "",
             f->next_page ? " | IS_NEXT_PAGE" : "", f->content ? " | IS_CONTENT" : "",
             f->lasting ? " | IS_LASTING" : "");
}

static void write_field_row (FILE *out, const struct declaration *d, const struct field *f)
{
    static const char *const sources[] = { "FROM_BODY", "FROM_PATH", "FROM_QUERY", "FROM_IF_MATCH",
                                           "FROM_BEARER", "FROM_RAW", "FROM_CONTENT_TYPE" };

    fprintf (out, "    { \"%s\", FIELD_%s, offsetof (struct %s, %s), ", f->name, upper (f->type), d->name, f->name);
    if (needs_has (f))
        fprintf (out, "offsetof (struct %s, has_%s), ", d->name, f->name);
    else
        fputs ("SIZE_MAX, ", out);
    fprintf (out, "%u, %u, %s, ", f->limit, f->max, sources[f->source]);
    put_flags (out, f);
    if (f->of && f->type[0] == 'e')
        fprintf (out, ", &%s_type, NULL },\n", f->of);
    else if (f->of)
        fprintf (out, ", NULL, &%s_message },\n", f->of);
    else
        fputs (", NULL, NULL },\n", out);
}

static void write_message_row (FILE *out, const struct declaration *d)
{
    int key = -1;

    for (int i = 0; d->key && i < d->field_count; i++)
        if (strcmp (d->fields[i].name, d->key) == 0)
            key = i;
    fprintf (out, "const struct message_type %s_message = { \"%s\", \"%s\", %d, sizeof (struct %s), ", d->name, d->name, d->folder,
             d->version ? d->version : 1, d->name);
    if (d->field_count)
        fprintf (out, "%s_fields, %d, ", d->name, d->field_count);
    else
        fputs ("NULL, 0, ", out);
    fprintf (out, "%s%s%s%s%s%s%s%s%s, ",
             d->kind == COMMAND ? "IS_COMMAND"
             : d->kind == QUERY ? "IS_QUERY"
             : d->kind == EVENT ? "IS_EVENT"
                                : "0",
             d->urgent ? " | IS_URGENT" : "", d->secret_answer ? " | IS_SECRET" : "", d->state ? " | IS_STATE" : "",
             d->stream ? " | IS_STREAM" : "", d->locked ? " | IS_LOCKED_TOO" : "",
             d->away ? " | IS_AWAY_TOO" : "", d->gateway ? " | IS_OF_GATEWAY" : "", d->raw ? " | IS_RAW" : "");
    if (key >= 0)
        fprintf (out, "&%s_fields[%d] };\n", d->name, key);
    else
        fputs ("NULL };\n", out);
}

static int by_plain_name (const void *a, const void *b)
{
    return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void write_all_messages (FILE *out)
{
    const char **names = calloc ((size_t) declaration_count + 1, sizeof *names);
    size_t count = 0;

    if (!names)
        stop ("renkei-gen", 0, "out of memory");
    EACH (d)
        if (is_message (d))
            names[count++] = d->name;
    qsort (names, count, sizeof *names, by_plain_name);
    fputs ("\nconst struct message_type *const all_messages[] = {\n", out);
    for (size_t i = 0; i < count; i++)
        fprintf (out, "    &%s_message,\n", names[i]);
    fprintf (out, "};\nconst size_t all_message_count = %zu;\n", count);
    free (names);
}

void write_messages_tables (FILE *out)
{
    fprintf (out, "%s#include \"messages.h\"\n", top);
    EACH (d) {
        if (d->kind == ENUM)
            write_enum_table (out, d);
        if (!is_message (d))
            continue;
        fputc ('\n', out);
        if (d->field_count)
            fprintf (out, "static const struct message_field %s_fields[] = {\n", d->name);
        for (int i = 0; i < d->field_count; i++)
            write_field_row (out, d, &d->fields[i]);
        if (d->field_count)
            fputs ("};\n", out);
        write_message_row (out, d);
    }
    write_all_messages (out);
}
