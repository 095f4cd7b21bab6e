/* intake_json.c - the canonical JSON of notify-and-ems.md §4.5: a table of paths.  Unknown members are passed over (V-12); the raw bytes
 * are kept beside. */
#include <cjson/cJSON.h>
#include "codec_value.h"
#include "intake.h"

struct path { const char *at, *field; };

static const struct path paths[] = {
    { "id", "id" }, { "sender", "sender" }, { "kind", "kind" }, { "status", "status" }, { "sent", "sent" }, { "expires", "expires" },
    { "incident", "incident" }, { "ref", "reference" }, { "ref_sender", "reference_sender" }, { "received_call", "called_at" },
    { "complaint", "complaint" }, { "complaint_text", "complaint_text" }, { "age", "age" }, { "sex", "sex" },
    { "caller.phone", "caller_phone" }, { "person.phone", "phone" }, { "person.name", "name" }, { "person.name_kana", "name_kana" },
    { "person.dob", "birth_date" }, { "person.card", "card" }, { "place.address", "address" }, { "crew.unit", "unit" },
    { "crew.callback", "crew_phone" }, { "raise", "raise" }, { "in_hand", "in_hand" }, { "result.outcome", "outcome" }, { "result.hospital", "hospital_name" },
    { "result.hospital_phone", "hospital_phone" }, { "result.arrived_at", "arrived_at" }, { "result.family_joined", "family_joined" },
    { "result.handed_to", "handed_to" },
};

static const cJSON *find (const cJSON *object, const char *path)
{
    const char *dot = strchr (path, '.');
    char name[40];

    if (!dot)
        return cJSON_GetObjectItemCaseSensitive (object, path);
    snprintf (name, sizeof name, "%.*s", (int) (dot - path), path);
    return cJSON_GetObjectItemCaseSensitive (cJSON_GetObjectItemCaseSensitive (object, name), dot + 1);
}

static bool set (struct intake *intake, const struct path *path, const cJSON *value, struct arena *arena)
{
    if (!value || cJSON_IsNull (value))
        return true;
    if (cJSON_IsString (value))
        return intake_set (intake, path->field, value->valuestring, arena);
    if (cJSON_IsBool (value))
        return intake_set (intake, path->field, cJSON_IsTrue (value) ? "true" : "false", arena);
    if (cJSON_IsNumber (value) && value->valuedouble >= 0 && value->valuedouble <= 200)
        return intake_set (intake, path->field, arena_print (arena, "%d", (int) value->valuedouble), arena);
    return intake_refuse (intake, INTAKE_VERDICT_SCHEMA, "%s has the wrong form", path->at);
}

static void read_document (const cJSON *document, struct arena *arena, struct intake *ret)
{
    const cJSON *type = find (document, "type"), *to = find (document, "to"), *version = find (document, "v"), *one;
    bool ours = cJSON_IsString (type) && (strcmp (type->valuestring, "ems.incident") == 0 || strcmp (type->valuestring, "ems.result") == 0
                                          || strcmp (type->valuestring, "ems.ack") == 0);

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (!set (ret, &paths[i], find (document, paths[i].at), arena))
            break;
    cJSON_ArrayForEach (one, to)
        if (cJSON_IsString (one))
            intake_add_addressee (ret, one->valuestring, strlen (one->valuestring), arena);
    if (!cJSON_IsNumber (version) || version->valueint != 1)
        intake_refuse (ret, INTAKE_VERDICT_SCHEMA, "v must be 1");
    if (!ours)
        intake_refuse (ret, INTAKE_VERDICT_UNKNOWN_KIND, "type is not one of ems.incident, ems.result, ems.ack");
    if (!ret->message.kind && ours && strcmp (type->valuestring, "ems.result") == 0)
        ret->message.kind = INCIDENT_KIND_RESULT;
    intake_complete (ret, find (document, "sent") != NULL);
}

void intake_read_json (struct bytes body, struct arena *arena, struct intake *ret)
{
    struct error err = { 0 };
    cJSON *document;

    if (body.size >= 3 && memcmp (body.data, "\xef\xbb\xbf", 3) == 0)
        body = (struct bytes) { body.data + 3, body.size - 3 };
    if (json_check (body, &err) < 0) {
        intake_refuse (ret, INTAKE_VERDICT_NOT_READABLE, "%s", err.detail);
        return;
    }
    document = cJSON_ParseWithLength ((const char *) body.data, body.size);
    if (!document || !cJSON_IsObject (document))
        intake_refuse (ret, INTAKE_VERDICT_NOT_READABLE, "not a JSON object");
    else
        read_document (document, arena, ret);
    cJSON_Delete (document);
}
