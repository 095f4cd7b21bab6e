/* fhir_outcome.c - see fhir_outcome.h.  Source: HL7 FHIR R4, OperationOutcome and IssueType. */
#include "fhir_outcome.h"
#include <cjson/cJSON.h>

bool fhir_is_asked (const struct target *target)
{
    return target && target->segment_count >= 3 && strcmp (target->segments[0], "api") == 0 && strcmp (target->segments[1], "v1") == 0
        && strcmp (target->segments[2], "fhir") == 0;
}

const char *fhir_parameter (struct arena *arena, const char *name)
{
    char *copy = arena_text (arena, *name == '_' ? name + 1 : name);

    for (char *at = copy; *at; at++)
        if (*at == '-')
            *at = '_';
    return copy;
}

static const char *code_of (const struct reply_header *refusal)
{
    static const char *const codes[] = {
        [ERROR_KIND_INVALID] = "invalid", [ERROR_KIND_FORBIDDEN] = "forbidden", [ERROR_KIND_NOT_FOUND] = "not-found",
        [ERROR_KIND_CONFLICT] = "conflict", [ERROR_KIND_UNAVAILABLE] = "transient", [ERROR_KIND_UNKNOWN] = "timeout",
        [ERROR_KIND_INTERNAL] = "exception", [ERROR_KIND_UNAUTHENTICATED] = "login", [ERROR_KIND_TOO_MANY] = "throttled",
    };
    size_t kind = (size_t) refusal->kind;

    if (refusal->key && strcmp (refusal->key, "field_unknown") == 0)
        return "not-supported";
    return kind < sizeof codes / sizeof *codes && codes[kind] ? codes[kind] : "processing";
}

static cJSON *issue_of (struct arena *arena, const struct reply_header *refusal, enum language language, const char *trace)
{
    cJSON *issue = cJSON_CreateObject (), *details = cJSON_CreateObject ();

    cJSON_AddStringToObject (issue, "severity", "error");
    cJSON_AddStringToObject (issue, "code", code_of (refusal));
    cJSON_AddStringToObject (details, "text", problem_words (arena, refusal, language, trace));
    cJSON_AddItemToObject (issue, "details", details);
    if (refusal->fields.count && *refusal->fields.items[0].pointer)
        cJSON_AddStringToObject (issue, "diagnostics", refusal->fields.items[0].pointer);
    return issue;
}

struct bytes fhir_outcome (struct arena *arena, const struct reply_header *refusal, enum language language, const char *trace)
{
    cJSON *outcome = cJSON_CreateObject ();
    struct bytes bytes;
    char *text;

    cJSON_AddStringToObject (outcome, "resourceType", "OperationOutcome");
    cJSON_AddItemToArray (cJSON_AddArrayToObject (outcome, "issue"), issue_of (arena, refusal, language, trace));
    text = cJSON_PrintUnformatted (outcome);
    if (!text)
        abort ();
    bytes = (struct bytes) { (unsigned char *) arena_text (arena, text), strlen (text) };
    cJSON_free (text);
    cJSON_Delete (outcome);
    return bytes;
}
