/* write_openapi.c - openapi.json (OpenAPI 3.1.0): what browsers and partners may send to the gateway. */
#include "gen.h"

#define EACH(d) for (const struct declaration *d = declarations; d < declarations + declaration_count; d++)

/* ---- one operation ---------------------------------------------------------------------------------------------------------------- */

static void put_parameter (struct json *json, const struct field *f)
{
    json_open (json, NULL, '{');
    json_text (json, "name", f->source == IF_MATCH ? "If-Match" : f->name);
    json_text (json, "in", f->source == PATH ? "path" : f->source == QUERY_STRING ? "query" : "header");
    json_flag (json, "required", f->required);
    json_text (json, "description", f->text);
    if (f->source == IF_MATCH) {
        json_open (json, "schema", '{');
        json_text (json, "type", "string");
        json_text (json, "pattern", "^\"[0-9]+\"$");
        json_close (json, '}');
    }
    else
        schema_of_field (json, "schema", f);
    json_close (json, '}');
}

static void put_reference (struct json *json, const char *name, const char *folder, const char *what)
{
    json_open (json, name, '{');
    json_format (json, "$ref", "#/components/%s/%s", folder, what);
    json_close (json, '}');
}

static void put_parameters (struct json *json, const struct declaration *d)
{
    json_open (json, "parameters", '[');
    for (int i = 0; i < d->field_count; i++)
        if (d->fields[i].source == PATH || d->fields[i].source == QUERY_STRING || d->fields[i].source == IF_MATCH)
            put_parameter (json, &d->fields[i]);
    if (d->kind == COMMAND && !has_bearer (d))
        put_reference (json, NULL, "parameters", "renkei_client");
    if (strcmp (d->method, "POST") == 0 && !has_bearer (d))
        put_reference (json, NULL, "parameters", "idempotency_key");
    json_close (json, ']');
}

static void put_content (struct json *json, const char *media, const char *schema)
{
    json_open (json, "content", '{');
    json_open (json, media, '{');
    put_reference (json, "schema", "schemas", schema);
    json_close (json, '}');
    json_close (json, '}');
}

/* Bytes as they are, of this media type. */
static void put_bytes (struct json *json, const char *media)
{
    json_open (json, "content", '{');
    json_open (json, media, '{');
    json_close (json, '}');
    json_close (json, '}');
}

static void put_request_body (struct json *json, const struct declaration *d)
{
    if (!has_body (d) && !d->raw)
        return;
    json_open (json, "requestBody", '{');
    json_flag (json, "required", true);
    if (d->stream || d->raw)
        put_bytes (json, d->raw ? "*/*" : "application/octet-stream");
    else
        put_content (json, "application/json", d->name);
    json_close (json, '}');
}

static void put_etag (struct json *json, const struct declaration *answer)
{
    for (int i = 0; i < answer->field_count; i++)
        if (answer->fields[i].etag) {
            json_open (json, "headers", '{');
            json_open (json, "ETag", '{');
            json_text (json, "description", answer->fields[i].text);
            json_open (json, "schema", '{');
            json_text (json, "type", "string");
            json_close (json, '}');
            json_close (json, '}');
            json_close (json, '}');
        }
}

static void put_conflict (struct json *json, const struct declaration *d, const char *status)
{
    json_open (json, status, '{');
    json_text (json, "description", "Somebody else has changed it; the record as it is now comes along.");
    json_open (json, "content", '{');
    json_open (json, "application/problem+json", '{');
    json_open (json, "schema", '{');
    json_open (json, "allOf", '[');
    put_reference (json, NULL, "schemas", "problem");
    json_open (json, NULL, '{');
    json_open (json, "properties", '{');
    put_reference (json, "conflict", "schemas", d->conflict);
    json_close (json, '}');
    json_close (json, '}');
    json_close (json, ']');
    json_close (json, '}');
    json_close (json, '}');
    json_close (json, '}');
    json_close (json, '}');
}

static bool has_if_match (const struct declaration *d)
{
    for (int i = 0; i < d->field_count; i++)
        if (d->fields[i].source == IF_MATCH)
            return true;
    return false;
}

static void put_responses (struct json *json, const struct declaration *d)
{
    const struct declaration *answer = find_declaration (d->answer);

    json_open (json, "responses", '{');
    json_open (json, "200", '{');
    json_text (json, "description", answer->about);
    put_etag (json, answer);
    if (answer->content)
        put_bytes (json, "*/*");
    else
        put_content (json, "application/json", d->answer);
    json_close (json, '}');
    if (d->conflict)
        put_conflict (json, d, has_if_match (d) ? "412" : "409");
    put_reference (json, "default", "responses", "problem");
    json_close (json, '}');
}

static void put_roles (struct json *json, const struct declaration *d)
{
    const struct declaration *roles = find_declaration ("role");

    json_open (json, "x-roles", '[');
    for (int i = 0; roles && i < roles->value_count; i++)
        if (d->roles >> (roles->values[i].number - 1) & 1)
            json_text (json, NULL, roles->values[i].name);
    json_close (json, ']');
}

static void put_operation (struct json *json, const struct declaration *d)
{
    char method[8];

    for (size_t i = 0; i < sizeof method; i++)
        method[i] = (char) (i < strlen (d->method) ? d->method[i] | 0x20 : 0);
    json_open (json, method, '{');
    json_text (json, "operationId", d->name);
    json_text (json, "summary", d->about);
    json_open (json, "tags", '[');
    json_text (json, NULL, d->to[0]);
    json_close (json, ']');
    put_roles (json, d);
    if (d->anyone) {
        json_open (json, "security", '[');
        if (has_bearer (d)) {
            json_open (json, NULL, '{');
            json_open (json, "partner", '[');
            json_close (json, ']');
            json_close (json, '}');
        }
        json_close (json, ']');
    }
    put_parameters (json, d);
    put_request_body (json, d);
    put_responses (json, d);
    json_close (json, '}');
}

/* ---- the whole -------------------------------------------------------------------------------------------------------------------- */

static bool is_first_of_path (const struct declaration *d)
{
    for (const struct declaration *other = declarations; other < d; other++)
        if (other->path && strcmp (other->path, d->path) == 0)
            return false;
    return true;
}

static void put_paths (struct json *json)
{
    json_open (json, "paths", '{');
    EACH (d) {
        if (!d->path || !is_first_of_path (d))
            continue;
        json_open (json, d->path, '{');
        EACH (other)
            if (other->path && strcmp (other->path, d->path) == 0)
                put_operation (json, other);
        json_close (json, '}');
    }
    json_close (json, '}');
}

static void put_webhooks (struct json *json)
{
    EACH (d) {
        if (d->kind != EVENT || strcmp (d->name, "emergency_reported") != 0)
            continue;
        json_open (json, "webhooks", '{');
        json_open (json, d->name, '{');
        json_open (json, "post", '{');
        json_text (json, "summary", d->about);
        json_text (json, "description",
                   "Signed as Standard Webhooks 1.0: webhook-id, webhook-timestamp, webhook-signature (v1, HMAC-SHA256). "
                   "Sent again until it is answered with 2xx; the same webhook-id is the same message.");
        json_open (json, "requestBody", '{');
        put_content (json, "application/json", d->name);
        json_close (json, '}');
        json_open (json, "responses", '{');
        json_open (json, "2XX", '{');
        json_text (json, "description", "Taken.");
        json_close (json, '}');
        json_close (json, '}');
        json_close (json, '}');
        json_close (json, '}');
        json_close (json, '}');
    }
}

static void put_problem_schema (struct json *json)
{
    static const char *const texts[] = { "type", "title", "detail", "key", "traceId" };

    json_open (json, "problem", '{');
    json_text (json, "type", "object");
    json_text (json, "description", "RFC 9457; title is in the language of Accept-Language.");
    json_open (json, "properties", '{');
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_open (json, texts[i], '{');
        json_text (json, "type", "string");
        json_close (json, '}');
    }
    json_open (json, "status", '{');
    json_text (json, "type", "integer");
    json_close (json, '}');
    json_open (json, "errors", '{');
    json_text (json, "type", "array");
    json_open (json, "items", '{');
    json_text (json, "type", "object");
    json_open (json, "properties", '{');
    for (size_t i = 0; i < 3; i++) {
        json_open (json, ((const char *[]) { "pointer", "key", "title" })[i], '{');
        json_text (json, "type", "string");
        json_close (json, '}');
    }
    json_close (json, '}');
    json_close (json, '}');
    json_close (json, '}');
    json_close (json, '}');
    json_close (json, '}');
}

static bool is_spoken (const struct declaration *d)
{
    return d->kind == RECORD || d->kind == ANSWER || (d->kind == COMMAND && d->path && has_body (d) && !d->stream)
        || (d->kind == EVENT && strcmp (d->name, "emergency_reported") == 0);
}

static void put_schemas (struct json *json)
{
    json_open (json, "schemas", '{');
    EACH (d) {
        if (d->kind == ENUM)
            schema_of_enum (json, d);
        else if (is_spoken (d))
            schema_of_message (json, d->name, d, d->kind == COMMAND ? BODY_FIELDS : ALL_FIELDS);
    }
    put_problem_schema (json);
    json_close (json, '}');
}

static void put_header_parameter (struct json *json, const char *key, const char *name, const char *about)
{
    json_open (json, key, '{');
    json_text (json, "name", name);
    json_text (json, "in", "header");
    json_flag (json, "required", true);
    json_text (json, "description", about);
    json_open (json, "schema", '{');
    json_text (json, "type", "string");
    json_number (json, "maxLength", 80);
    json_close (json, '}');
    json_close (json, '}');
}

static void put_components (struct json *json)
{
    json_open (json, "components", '{');
    put_schemas (json);
    json_open (json, "parameters", '{');
    put_header_parameter (json, "idempotency_key", "Idempotency-Key",
                          "Chosen by the sender; the same key with the same body is done once.");
    put_header_parameter (json, "renkei_client", "Renkei-Client", "Which program sends this; keeps other sites' forms out.");
    json_close (json, '}');
    json_open (json, "responses", '{');
    json_open (json, "problem", '{');
    json_text (json, "description", "Refused, or not possible now.");
    put_content (json, "application/problem+json", "problem");
    json_close (json, '}');
    json_close (json, '}');
    json_open (json, "securitySchemes", '{');
    json_open (json, "session", '{');
    json_text (json, "type", "apiKey");
    json_text (json, "in", "cookie");
    json_text (json, "name", "renkei");
    json_close (json, '}');
    json_open (json, "partner", '{');
    json_text (json, "type", "http");
    json_text (json, "scheme", "bearer");
    json_text (json, "description", "The key of a partner's connection.");
    json_close (json, '}');
    json_close (json, '}');
    json_close (json, '}');
}

void write_openapi (FILE *out)
{
    struct json json = { out, 0, false };

    json_open (&json, NULL, '{');
    json_text (&json, "openapi", "3.1.0");
    json_open (&json, "info", '{');
    json_text (&json, "title", "Renkei");
    json_text (&json, "version", "1");
    json_text (&json, "description", "Home care and medical care in one region: written by renkei-gen from the declarations in proto/.");
    json_open (&json, "license", '{');
    json_text (&json, "name", "Apache-2.0");
    json_text (&json, "identifier", "Apache-2.0");
    json_close (&json, '}');
    json_close (&json, '}');
    json_open (&json, "servers", '[');
    json_open (&json, NULL, '{');
    json_text (&json, "url", "/api/v1");
    json_close (&json, '}');
    json_close (&json, ']');
    json_open (&json, "security", '[');
    json_open (&json, NULL, '{');
    json_open (&json, "session", '[');
    json_close (&json, ']');
    json_close (&json, '}');
    json_close (&json, ']');
    put_paths (&json);
    put_webhooks (&json);
    put_components (&json);
    json_close (&json, '}');
}
