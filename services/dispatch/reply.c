/* reply.c - see reply.h. */
#include "reply.h"
#include <cjson/cJSON.h>

static const char *ja_of (const struct enum_type *type, int number)
{
    for (size_t i = 0; i < type->count; i++)
        if (type->values[i].number == number)
            return type->values[i].ja;
    return "";
}

const char *reply_contact_line (struct arena *arena, const struct ems_contact *contact)
{
    return arena_print (arena, "%lld. %s %s %s %s%s%s%s", (long long) contact->order, contact->role, contact->name,
                        contact->phone ? contact->phone : "電話なし", ja_of (&ems_contact_state_type, (int) contact->state),
                        contact->eta ? "（" : "", contact->eta ? ja_of (&ems_eta_type, (int) contact->eta) : "", contact->eta ? "）" : "");
}

/* ---- JSON --------------------------------------------------------------------------------------------------------------------------- */

static void add_text (cJSON *object, const char *name, const char *text)
{
    if (text)
        cJSON_AddStringToObject (object, name, text);
}

static cJSON *json_of (struct arena *arena, const struct message_type *type, const void *message)
{
    struct error err = { 0 };
    struct bytes text;
    cJSON *object;

    if (codec_json_write (type, message, arena, &text, &err) < 0)
        return cJSON_CreateObject ();
    object = cJSON_ParseWithLength ((const char *) text.data, text.size);
    return object ? object : cJSON_CreateObject ();
}

static cJSON *match_of (const struct reply_facts *facts)
{
    cJSON *match = cJSON_CreateObject (), *by;

    add_text (match, "result", facts->result ? enum_name (&match_result_type, (int) facts->result) : "waiting");
    by = cJSON_AddArrayToObject (match, "by");
    for (size_t i = 0; facts->incident->patient_id && i < facts->incident->matched_by.count; i++)
        cJSON_AddItemToArray (by, cJSON_CreateString (enum_name (&match_key_type, facts->incident->matched_by.items[i])));
    add_text (match, "patient_ref", facts->incident->patient_id);
    return match;
}

static void add_record (cJSON *document, struct arena *arena, const struct ems_record_answer *record)
{
    cJSON *summary = json_of (arena, &ems_record_answer_message, record), *part;

    part = cJSON_DetachItemFromObjectCaseSensitive (summary, "hospital");
    if (part)
        cJSON_AddItemToObject (document, "backup_hospital", part);
    part = cJSON_DetachItemFromObjectCaseSensitive (summary, "acp");
    if (part)
        cJSON_AddItemToObject (document, "acp", part);
    cJSON_DeleteItemFromObjectCaseSensitive (summary, "patient_id");
    cJSON_AddItemToObject (document, "summary", summary);
}

static const char *headline (struct arena *arena, const struct reply_facts *facts)
{
    const char *drill = facts->incident->exercise ? "【訓練】" : "";
    const char *what = facts->incident->patient_id ? "在宅医療の登録あり" : facts->result ? "在宅医療の登録なし、または確定できません" : "照合中";

    return arena_print (arena, "%s%s", drill, what);
}

static struct bytes write_json (struct arena *arena, const struct reply_facts *facts)
{
    cJSON *document = cJSON_CreateObject (), *list;
    char *text;
    const char *copy;

    cJSON_AddNumberToObject (document, "v", 1);
    add_text (document, "type", "ems.reply");
    add_text (document, "id", facts->head.id);
    add_text (document, "sender", facts->head.region);
    cJSON_AddItemToArray (cJSON_AddArrayToObject (document, "to"), cJSON_CreateString (facts->head.to));
    add_text (document, "kind", "update");
    add_text (document, "status", enum_name (&incident_status_type, (int) facts->head.status));
    add_text (document, "sent", document_time (arena, facts->head.sent));
    add_text (document, "expires", document_time (arena, facts->expires));
    add_text (document, "ref", facts->head.reference);
    add_text (document, "incident", facts->head.incident);
    add_text (document, "state", enum_name (&incident_state_type, (int) facts->incident->state));
    add_text (document, "headline", headline (arena, facts));
    cJSON_AddItemToObject (document, "match", match_of (facts));
    list = cJSON_AddArrayToObject (document, "contacts");
    for (size_t i = 0; i < facts->contact_count; i++)
        cJSON_AddItemToArray (list, json_of (arena, &ems_contact_message, &facts->contacts[i]));
    if (facts->contact_count)
        add_text (document, "contacts_at", document_time (arena, facts->contacts_at));
    if (facts->record)
        add_record (document, arena, facts->record);
    list = cJSON_AddArrayToObject (document, "missing");
    for (size_t i = 0; i < facts->missing.count; i++)
        cJSON_AddItemToArray (list, cJSON_CreateString (facts->missing.items[i]));
    text = cJSON_PrintUnformatted (document);
    cJSON_Delete (document);
    if (!text)
        abort ();
    copy = arena_text (arena, text);
    cJSON_free (text);
    return (struct bytes) { (const unsigned char *) copy, strlen (copy) };
}

/* ---- CAP ---------------------------------------------------------------------------------------------------------------------------- */

static const char *parameter (struct arena *arena, const char *before, const char *name, const char *value)
{
    if (!value || !*value)
        return before;
    return arena_print (arena, "%s<parameter><valueName>urn:renkei:%s</valueName><value>%s</value></parameter>", before, name,
                        document_xml (arena, value));
}

static const char *words_of (struct arena *arena, const struct ems_words *words)
{
    return words && words->text ? arena_print (arena, "%s（%s）", words->text, words->written_on) : NULL;
}

static const char *record_parameters (struct arena *arena, const char *text, const struct ems_record_answer *record)
{
    text = parameter (arena, text, "name", record->name);
    text = parameter (arena, text, "name_kana", record->name_kana);
    text = parameter (arena, text, "age", record->has_age ? arena_print (arena, "%lld", (long long) record->age) : NULL);
    text = parameter (arena, text, "care_level", record->care_level ? ja_of (&care_level_type, (int) record->care_level) : NULL);
    text = parameter (arena, text, "history", words_of (arena, record->history));
    text = parameter (arena, text, "drugs", words_of (arena, record->drugs));
    text = parameter (arena, text, "allergies", record->allergies);
    text = parameter (arena, text, "device", words_of (arena, record->device));
    text = parameter (arena, text, "infection", record->infection);
    text = parameter (arena, text, "entry", words_of (arena, record->entry));
    for (size_t i = 0; i < record->adl.count; i++)
        text = parameter (arena, text, "adl", words_of (arena, &record->adl.items[i]));
    for (size_t i = 0; i < record->contacts.count; i++)
        text = parameter (arena, text, "kin",
                          arena_print (arena, "%s %s %s", record->contacts.items[i].relation ? record->contacts.items[i].relation : "",
                                       record->contacts.items[i].name,
                                       record->contacts.items[i].phone ? record->contacts.items[i].phone : ""));
    text = parameter (arena, text, "place", record->place ? arena_print (arena, "%s %s %s", ja_of (&place_kind_type, (int) record->place),
                      record->place_name ? record->place_name : "", record->place_phone ? record->place_phone : "") : NULL);
    for (size_t i = 0; i < record->team.count; i++)
        text = parameter (arena, text, "team", arena_print (arena, "%s %s %s %s", ja_of (&team_seat_type, (int) record->team.items[i].seat),
                          record->team.items[i].name, record->team.items[i].office,
                          record->team.items[i].phone ? record->team.items[i].phone : ""));
    if (record->hospital)
        text = parameter (arena, text, "backup_hospital",
                          arena_print (arena, "%s %s", record->hospital->name,
                                       record->hospital->night_phone ? record->hospital->night_phone
                                       : record->hospital->phone     ? record->hospital->phone
                                                                     : ""));
    if (record->acp) {
        text = parameter (arena, text, "acp.status", enum_name (&acp_status_type, (int) record->acp->status));
        text = parameter (arena, text, "acp.written_on", record->acp->written_on);
        text = parameter (arena, text, "acp.assumed_condition", record->acp->assumed_condition);
        text = parameter (arena, text, "acp.paper_at", record->acp->paper_at);
        text = parameter (arena, text, "acp.note", record->acp->note);
    }
    return text;
}

static struct bytes write_cap (struct arena *arena, const struct reply_facts *facts)
{
    const char *parameters = "", *description = "", *text;

    parameters = parameter (arena, parameters, "match", facts->result ? enum_name (&match_result_type, (int) facts->result) : "waiting");
    parameters = parameter (arena, parameters, "patient_ref", facts->incident->patient_id);
    for (size_t i = 0; i < facts->contact_count; i++) {
        parameters = parameter (arena, parameters, "contact", reply_contact_line (arena, &facts->contacts[i]));
        description = arena_print (arena, "%s%s\n", description, reply_contact_line (arena, &facts->contacts[i]));
    }
    if (facts->record)
        parameters = record_parameters (arena, parameters, facts->record);
    for (size_t i = 0; i < facts->missing.count; i++)
        parameters = parameter (arena, parameters, "missing", facts->missing.items[i]);
    text = arena_print (
        arena,
        "%s\n<info><language>ja-JP</language><category>Health</category><event>在宅医療情報</event><urgency>Immediate</urgency>"
        "<severity>Unknown</severity><certainty>Observed</certainty><expires>%s</expires><headline>%s</headline><description>%s</"
        "description>"
        "%s</info>\n</alert>\n",
        document_cap_head (arena, &facts->head, "Update", NULL), document_time (arena, facts->expires),
        document_xml (arena, headline (arena, facts)), document_xml (arena, description), parameters);
    return (struct bytes) { (const unsigned char *) text, strlen (text) };
}

struct bytes reply_write (struct arena *arena, enum message_format format, const struct reply_facts *facts, const char **ret_media)
{
    *ret_media = format == MESSAGE_FORMAT_CAP ? MEDIA_CAP : MEDIA_JSON;
    return format == MESSAGE_FORMAT_CAP ? write_cap (arena, facts) : write_json (arena, facts);
}
