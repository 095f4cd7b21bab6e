#include "gen.h"

static void put_plain (struct json *json, const struct field *f)
{
    static const struct { const char *type, *word, *value; } rows[] = {
        { "uuid", "format", "uuid" }, { "date", "format", "date" }, { "time", "format", "date-time" },
        { "decimal", "pattern", "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$" }, { "bytes", "contentEncoding", "base64" },
    };

    if (strcmp (f->type, "bool") == 0 || strcmp (f->type, "i64") == 0) {
        json_text (json, "type", f->type[0] == 'b' ? "boolean" : "integer");
        if (f->type[0] == 'i')
            json_text (json, "format", "int64");
        return;
    }
    json_text (json, "type", "string");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp (f->type, rows[i].type) == 0)
            json_text (json, rows[i].word, rows[i].value);
    if (strcmp (f->type, "text") == 0) {
        json_number (json, "maxLength", f->limit);
        json_number (json, "x-max-bytes", f->limit);
    }
}

static void put_type (struct json *json, const struct field *f)
{
    if (f->of)
        json_format (json, "$ref", "#/components/schemas/%s", f->of);
    else
        put_plain (json, f);
}

void schema_of_field (struct json *json, const char *name, const struct field *f)
{
    json_open (json, name, '{');
    if (f->list) {
        json_text (json, "type", "array");
        json_number (json, "maxItems", f->max);
        json_open (json, "items", '{');
        put_type (json, f);
        json_close (json, '}');
    }
    else
        put_type (json, f);
    json_text (json, "description", f->text);
    if (f->personal)
        json_flag (json, "x-personal", true);
    json_close (json, '}');
}

static bool is_wanted (const struct field *f, enum wanted wanted)
{
    return !f->cookie && (wanted == ALL_FIELDS || f->source == BODY);
}

bool has_body (const struct declaration *d)
{
    for (int i = 0; i < d->field_count; i++)
        if (is_wanted (&d->fields[i], BODY_FIELDS))
            return true;
    return false;
}

void schema_of_message (struct json *json, const char *name, const struct declaration *d, enum wanted wanted)
{
    json_open (json, name, '{');
    json_text (json, "type", "object");
    json_text (json, "description", d->about);
    json_open (json, "properties", '{');
    for (int i = 0; i < d->field_count; i++)
        if (is_wanted (&d->fields[i], wanted))
            schema_of_field (json, d->fields[i].name, &d->fields[i]);
    json_close (json, '}');
    json_open (json, "required", '[');
    for (int i = 0; i < d->field_count; i++)
        if (is_wanted (&d->fields[i], wanted) && d->fields[i].required)
            json_text (json, NULL, d->fields[i].name);
    json_close (json, ']');
    if (d->kind == COMMAND)
        json_flag (json, "additionalProperties", false);
    json_close (json, '}');
}

void schema_of_enum (struct json *json, const struct declaration *d)
{
    json_open (json, d->name, '{');
    json_text (json, "type", "string");
    json_text (json, "description", d->about);
    json_open (json, "enum", '[');
    for (int i = 0; i < d->value_count; i++)
        json_text (json, NULL, d->values[i].name);
    json_close (json, ']');
    json_open (json, "x-words", '{');
    for (int i = 0; i < d->value_count; i++) {
        json_open (json, d->values[i].name, '{');
        json_text (json, "ja", d->values[i].ja);
        json_text (json, "en", d->values[i].en);
        json_close (json, '}');
    }
    json_close (json, '}');
    json_close (json, '}');
}
