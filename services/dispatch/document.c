/* document.c - see document.h. */
#include "document.h"
#include <cjson/cJSON.h>
#include "cap_table.h"
#include "clock.h"
#include "intake_rules.h"

const char *document_time (struct arena *arena, int64_t us)
{
    struct tokyo at = tokyo_of (us);
    int second = (int) (((us / SECOND_US) % 60 + 60) % 60);

    return arena_print (arena, "%04d-%02d-%02dT%02d:%02d:%02d+09:00", at.year, at.month, at.day, at.minute / 60, at.minute % 60, second);
}

const char *document_xml (struct arena *arena, const char *text)
{
    size_t size = strlen (text);
    char *copy = arena_alloc (arena, size * 6 + 1), *to = copy;

    for (const unsigned char *c = (const unsigned char *) text; *c; c++) {
        const char *entity = *c == '<'    ? "&lt;"
                             : *c == '>'  ? "&gt;"
                             : *c == '&'  ? "&amp;"
                             : *c == '"'  ? "&quot;"
                             : *c == '\'' ? "&apos;"
                                          : NULL;

        if (entity)
            to += snprintf (to, 7, "%s", entity);
        else if (*c == 0xef && c[1] == 0xbf && (c[2] == 0xbe || c[2] == 0xbf))       /* U+FFFE, U+FFFF */
            c += 2;
        else if (*c >= 0x20 || *c == '\n' || *c == '\t')
            *to++ = (char) *c;
    }
    return copy;
}

static const char *status_word (enum incident_status status)
{
    return status == INCIDENT_STATUS_EXERCISE ? "Exercise" : status == INCIDENT_STATUS_TEST ? "Test" : "Actual";
}

/* A name with a space stands in quotes. */
static const char *address (struct arena *arena, const char *to)
{
    return strchr (to, ' ') ? arena_print (arena, "\"%s\"", to) : to;
}

const char *document_cap_head (struct arena *arena, const struct document_head *head, const char *type, const char *note)
{
    const char *text = arena_print (
        arena,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"" CAP_NAMESPACE "\">\n<identifier>%s</identifier><sender>%s</sender>"
        "<sent>%s</sent><status>%s</status><msgType>%s</msgType><scope>Private</scope><addresses>%s</addresses>",
        document_xml (arena, head->id), document_xml (arena, head->region), document_time (arena, head->sent), status_word (head->status),
        type, document_xml (arena, address (arena, head->to)));

    if (note)
        text = arena_print (arena, "%s<note>%s</note>", text, document_xml (arena, note));
    if (head->reference)
        text = arena_print (arena, "%s<references>%s,%s,%s</references>", text, document_xml (arena, head->to),
                            document_xml (arena, head->reference), document_time (arena, head->reference_sent));
    if (head->incident)
        text = arena_print (arena, "%s<incidents>%s</incidents>", text, document_xml (arena, head->incident));
    return text;
}

static bool is_ack (enum intake_verdict verdict)
{
    return verdict == INTAKE_VERDICT_ACCEPTED || verdict == INTAKE_VERDICT_EXPIRED;
}

static const char *warnings_text (struct arena *arena, unsigned warnings)
{
    return arena_print (arena, "%s%s%s", warnings & WARN_SKEW ? " clock_skew" : "", warnings & WARN_REFERENCE ? " unknown_reference" : "",
                        warnings & WARN_NO_INCIDENT ? " no_earlier_incident" : "");
}

static struct bytes finish (struct arena *arena, const char *text)
{
    (void) arena;
    return (struct bytes) { (const unsigned char *) text, strlen (text) };
}

static struct bytes ack_cap (struct arena *arena, const struct document_head *head, enum intake_verdict verdict, const char *why,
                             unsigned warnings)
{
    const char *note = is_ack (verdict)
                           ? arena_print (arena, "%s%s", enum_name (&intake_verdict_type, verdict), warnings_text (arena, warnings))
                           : arena_print (arena, "%s: %s", enum_name (&intake_verdict_type, verdict), why);

    return finish (arena, arena_print (arena, "%s\n</alert>\n", document_cap_head (arena, head, is_ack (verdict) ? "Ack" : "Error", note)));
}

static void add_text (cJSON *object, const char *name, const char *text)
{
    if (text)
        cJSON_AddStringToObject (object, name, text);
}

static struct bytes ack_json (struct arena *arena, const struct document_head *head, enum intake_verdict verdict, const char *why,
                              unsigned warnings)
{
    static const struct { unsigned bit; const char *name; } words[] = {
        { WARN_SKEW, "clock_skew" }, { WARN_REFERENCE, "unknown_reference" }, { WARN_NO_INCIDENT, "no_earlier_incident" } };
    cJSON *document = cJSON_CreateObject (), *list;
    char *text;

    cJSON_AddNumberToObject (document, "v", 1);
    add_text (document, "type", "ems.ack");
    add_text (document, "id", head->id);
    add_text (document, "sender", head->region);
    cJSON_AddItemToArray (cJSON_AddArrayToObject (document, "to"), cJSON_CreateString (head->to));
    add_text (document, "kind", is_ack (verdict) ? "ack" : "error");
    add_text (document, "status", enum_name (&incident_status_type, head->status ? head->status : INCIDENT_STATUS_ACTUAL));
    add_text (document, "sent", document_time (arena, head->sent));
    add_text (document, "ref", head->reference);
    add_text (document, "incident", head->incident);
    add_text (document, "verdict", enum_name (&intake_verdict_type, verdict));
    if (!is_ack (verdict))
        add_text (document, "why", why);
    list = cJSON_AddArrayToObject (document, "warnings");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (warnings & words[i].bit)
            cJSON_AddItemToArray (list, cJSON_CreateString (words[i].name));
    text = cJSON_PrintUnformatted (document);
    cJSON_Delete (document);
    if (!text)
        abort ();
    why = arena_text (arena, text);
    cJSON_free (text);
    return finish (arena, why);
}

struct bytes document_ack (struct arena *arena, enum message_format format, const struct document_head *head, enum intake_verdict verdict,
                           const char *why, unsigned warnings, const char **ret_media)
{
    *ret_media = format == MESSAGE_FORMAT_CAP ? MEDIA_CAP : MEDIA_JSON;
    return format == MESSAGE_FORMAT_CAP ? ack_cap (arena, head, verdict, why, warnings) : ack_json (arena, head, verdict, why, warnings);
}
