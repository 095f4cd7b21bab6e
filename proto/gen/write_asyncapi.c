/* write_asyncapi.c - asyncapi.json (AsyncAPI 3.0.0): the events between the services; envelope as in event_envelope. */
#include "gen.h"

#define EACH(d) for (const struct declaration *d = declarations; d < declarations + declaration_count; d++)

static void put_channels (struct json *json)
{
    json_open (json, "channels", '{');
    EACH (d) {
        if (d->kind != EVENT)
            continue;
        json_open (json, d->name, '{');
        json_format (json, "address", "jp.renkei.%s.%s.v%d", d->from[0], d->name, d->version);
        json_text (json, "description", d->about);
        json_open (json, "messages", '{');
        json_open (json, d->name, '{');
        json_format (json, "$ref", "#/components/messages/%s", d->name);
        json_close (json, '}');
        json_close (json, '}');
        json_close (json, '}');
    }
    json_close (json, '}');
}

static void put_operation (struct json *json, const struct declaration *d, const char *service, const char *action)
{
    char name[160];

    snprintf (name, sizeof name, "%s_%ss_%s", service, action, d->name);
    json_open (json, name, '{');
    json_text (json, "action", action);
    json_open (json, "channel", '{');
    json_format (json, "$ref", "#/channels/%s", d->name);
    json_close (json, '}');
    json_open (json, "tags", '[');
    json_open (json, NULL, '{');
    json_text (json, "name", service);
    json_close (json, '}');
    json_close (json, ']');
    json_close (json, '}');
}

static void put_operations (struct json *json)
{
    json_open (json, "operations", '{');
    EACH (d) {
        if (d->kind != EVENT)
            continue;
        put_operation (json, d, d->from[0], "send");
        for (char **to = d->to; *to; to++)
            if (strcmp (*to, "none") != 0)
                put_operation (json, d, *to, "receive");
    }
    json_close (json, '}');
}

static void put_message (struct json *json, const struct declaration *d)
{
    json_open (json, d->name, '{');
    json_text (json, "name", d->name);
    json_text (json, "summary", d->about);
    json_text (json, "contentType", "application/msgpack");
    json_open (json, "payload", '{');
    json_format (json, "$ref", "#/components/schemas/%s", d->name);
    json_close (json, '}');
    json_text (json, "x-subject", d->key);
    json_flag (json, "x-urgent", d->urgent);
    json_flag (json, "x-state", d->state);
    json_close (json, '}');
}

void write_asyncapi (FILE *out)
{
    struct json json = { out, 0, false };

    json_open (&json, NULL, '{');
    json_text (&json, "asyncapi", "3.0.0");
    json_open (&json, "info", '{');
    json_text (&json, "title", "Renkei events");
    json_text (&json, "version", "1");
    json_text (&json, "description", "What has happened: ids, versions and kinds. Written by renkei-gen from the declarations in proto/.");
    json_close (&json, '}');
    put_channels (&json);
    put_operations (&json);
    json_open (&json, "components", '{');
    json_open (&json, "messages", '{');
    EACH (d)
        if (d->kind == EVENT)
            put_message (&json, d);
    json_close (&json, '}');
    json_open (&json, "schemas", '{');
    EACH (d) {
        if (d->kind == ENUM)
            schema_of_enum (&json, d);
        else if (d->kind == RECORD || d->kind == EVENT)
            schema_of_message (&json, d->name, d, ALL_FIELDS);
    }
    json_close (&json, '}');
    json_close (&json, '}');
    json_close (&json, '}');
}
