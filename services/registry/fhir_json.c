/* fhir_json.c - see fhir_json.h. */
#include "fhir_json.h"

static void put_name (struct fhir_json *json, const char *name)
{
    char before = json->out.size ? json->out.text[json->out.size - 1] : '{';

    if (!strchr ("{[", before))
        json_put (&json->out, ",");
    if (!name)
        return;
    json_string (&json->out, name);
    json_put (&json->out, ":");
}

void fhir_open (struct fhir_json *json, const char *name, char bracket)
{
    put_name (json, name);
    json_add (&json->out, &bracket, 1);
}

void fhir_close (struct fhir_json *json, char bracket)
{
    json_add (&json->out, &bracket, 1);
}

void fhir_text (struct fhir_json *json, const char *name, const char *value)
{
    char *clean = arena_text (json->out.arena, value);

    for (char *at = clean; *at; at++)
        if ((unsigned char) *at < ' ' && *at != '\n')
            *at = ' ';
    put_name (json, name);
    json_string (&json->out, clean);
}

void fhir_number (struct fhir_json *json, const char *name, const char *digits)
{
    put_name (json, name);
    json_put (&json->out, digits);
}

void fhir_flag (struct fhir_json *json, const char *name, bool value)
{
    fhir_number (json, name, value ? "true" : "false");
}

struct bytes fhir_bytes (const struct fhir_json *json)
{
    return (struct bytes) { (const unsigned char *) json->out.text, json->out.size };
}
