/* What leaves for a partner: acks, errors and replies, as JSON and as CAP that validates against the XSD (EMS-15), and never an
 * instruction. */
#include <cjson/cJSON.h>
#include <libxml/xmlschemas.h>
#include <unistd.h>
#include "../../../services/dispatch/intake_rules.h"
#include "../../../services/dispatch/reply.h"
#include "tap.h"

#define NOW 1798729505000000ll          /* 2027-01-01 00:05:05 +09:00 */

static xmlSchema *schema;

static void quiet (void *arg, const char *format, ...)
{
    (void) arg;
    (void) format;
}

static void open_schema (void)
{
    const char *shared = getenv ("RENKEI_SHARED");
    char path[500];
    xmlSchemaParserCtxt *parser;

    snprintf (path, sizeof path, "%s/data/cap-1.2/CAP-v1.2.xsd", shared ? shared : "");
    if (access (path, R_OK) != 0) {
        note ("the XSD is not beside this checkout: CAP is read by our own table only");
        return;
    }
    parser = xmlSchemaNewParserCtxt (path);
    schema = xmlSchemaParse (parser);
    xmlSchemaFreeParserCtxt (parser);
}

/* Valid by the XSD where it is, and by our own reading always. */
static bool is_valid_cap (struct arena *arena, struct bytes body)
{
    xmlDoc *document =
        xmlReadMemory ((const char *)body.data, (int)body.size, "", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlSchemaValidCtxt *context;
    struct intake intake;
    bool valid = document != NULL;

    if (schema && document) {
        context = xmlSchemaNewValidCtxt (schema);
        xmlSchemaSetValidErrors (context, quiet, quiet, NULL);
        valid = xmlSchemaValidateDoc (context, document) == 0;
        xmlSchemaFreeValidCtxt (context);
    }
    xmlFreeDoc (document);
    intake_read (MESSAGE_FORMAT_CAP, body, NULL, arena, &intake);
    return valid && intake.verdict == INTAKE_VERDICT_ACCEPTED;
}

static const struct document_head head = { .id = "renkei-ack-1",
                                           .region = "renkei.suko",
                                           .to = "fd.suko",
                                           .status = INCIDENT_STATUS_ACTUAL,
                                           .sent = NOW,
                                           .incident = "suko-123",
                                           .reference = "suko-123-1",
                                           .reference_sent = NOW - 5000000 };

static void test_times (void)
{
    ARENA (arena);

    is (document_time (&arena, NOW), "2027-01-01T00:05:05+09:00", "EMS-15: times have a numeric offset and whole seconds");
    is (document_xml (&arena, "a<b>&\"'\x01"), "a&lt;b&gt;&amp;&quot;&apos;", "XML cannot be broken out of");
}

static void test_acks (void)
{
    ARENA (arena);
    const char *media;
    struct bytes body = document_ack (&arena, MESSAGE_FORMAT_CAP, &head, INTAKE_VERDICT_ACCEPTED, "", WARN_SKEW, &media);
    struct document_head nameless = head;

    ok (is_valid_cap (&arena, body), "EMS-15: an Ack is valid CAP");
    ok (strstr ((const char *) body.data, "<msgType>Ack</msgType>") != NULL, "...an Ack");
    ok (strstr ((const char *) body.data, "<references>fd.suko,suko-123-1,2027-01-01T00:05:00+09:00</references>") != NULL,
        "EMS-15: ...whose references are sender, identifier, sent");
    ok (strstr ((const char *) body.data, "clock_skew") != NULL, "EMS-24: ...and says that the clocks differ");
    is (media, MEDIA_CAP, "...called what it is");
    for (int verdict = INTAKE_VERDICT_TOO_LARGE; verdict <= INTAKE_VERDICT_FORMAT_OFF; verdict++) {
        body = document_ack (&arena, MESSAGE_FORMAT_CAP, &head, (enum intake_verdict) verdict, "why <&>", 0, &media);
        ok (is_valid_cap (&arena, body), "EMS-14, EMS-15: every verdict is valid CAP");
        ok ((strstr ((const char *)body.data, "<msgType>Error</msgType>") != NULL) == (verdict != INTAKE_VERDICT_EXPIRED),
            "...an Error unless expired");
    }
    nameless.reference = nameless.incident = NULL;
    body = document_ack (&arena, MESSAGE_FORMAT_JSON, &nameless, INTAKE_VERDICT_NOT_READABLE, "why", 0, &media);
    ok (strstr ((const char *)body.data, "\"kind\":\"error\"") != NULL
            && strstr ((const char *)body.data, "\"verdict\":\"not_readable\"") != NULL,
        "EMS-14: what could not be read is answered too");
    ok (!strstr ((const char *) body.data, "\"ref\""), "...without a reference");
    body = document_ack (&arena, MESSAGE_FORMAT_JSON, &head, INTAKE_VERDICT_ACCEPTED, "", WARN_REFERENCE, &media);
    ok (strstr ((const char *) body.data, "\"warnings\":[\"unknown_reference\"]") != NULL, "V-10: an unknown reference is a warning");
}

/* ---- replies ------------------------------------------------------------------------------------------------------------------------ */

static const struct ems_contact contacts[] = {
    { .order = 1, .target = TARGET_KIND_ROTATION, .role = "往診当番医", .name = "海野 武", .phone = "0990-10-0001",
      .state = EMS_CONTACT_STATE_ACCEPTED, .eta = EMS_ETA_LE45M },
    { .order = 2, .target = TARGET_KIND_LAST_RESORT, .role = "最終連絡先", .name = "みずきコンタクトセンター", .phone = "0990-00-2000",
      .state = EMS_CONTACT_STATE_ALWAYS },
};
static const struct ems_hospital hospital = { .name = "みずき病院", .phone = "0990-20-0000", .agreed = true };
static const struct ems_acp acp = { .status = ACP_STATUS_RECORDED, .written_on = "2026-10-02", .assumed_condition = "肝癌終末期",
                                    .paper_at = "冷蔵庫 <キット>", .note = "救急隊は通常の手順を開始し、医師に直接確認すること" };
static const struct ems_record_answer record = {
    .patient_id = "0190a3b4-0000-7000-8000-000000000001", .municipality = "011002", .at = NOW, .name = "海野 花", .name_kana = "ウミノ ハナ",
    .has_age = true, .age = 86, .hospital = &hospital, .acp = &acp, .allergies = "なし" };
static const struct intake_message content = { .id = "1", .sender = "fd.suko", .unit = "救急1" };

static struct reply_facts facts_of (const struct incident *incident)
{
    struct reply_facts facts = { .head = head,
                                 .incident = incident,
                                 .result = MATCH_RESULT_UNIQUE,
                                 .contacts = contacts,
                                 .contact_count = 2,
                                 .contacts_at = NOW,
                                 .record = &record,
                                 .expires = NOW + 3600000000ll };

    facts.head.id = "renkei-reply-1";
    return facts;
}

static struct incident incident_of (void)
{
    static const int by[] = { MATCH_KEY_CARD, MATCH_KEY_PHONE };

    return (struct incident) { .incident_id = "0190a3b4-0000-7000-8000-000000000009", .state = INCIDENT_STATE_OPEN,
                               .patient_id = "0190a3b4-0000-7000-8000-000000000001", .matched_by = { by, 2 }, .read = &content };
}

static void test_reply_json (void)
{
    ARENA (arena);
    struct incident incident = incident_of ();
    struct reply_facts facts = facts_of (&incident);
    const char *media;
    struct bytes body = reply_write (&arena, MESSAGE_FORMAT_JSON, &facts, &media);
    cJSON *document = cJSON_ParseWithLength ((const char *) body.data, body.size), *list, *part;

    ok (document != NULL, "a reply is JSON");
    list = cJSON_GetObjectItem (document, "contacts");
    is_number (cJSON_GetArraySize (list), 2, "EMS-03: it holds who can be called");
    is (cJSON_GetStringValue (cJSON_GetObjectItem (cJSON_GetArrayItem (list, 0), "eta")), "le45m",
        "EMS-04: the doctor's time in the crew's thresholds");
    is (cJSON_GetStringValue (cJSON_GetObjectItem (cJSON_GetArrayItem (list, 1), "state")), "always", "EMS-05: the last resort comes last");
    is (cJSON_GetStringValue (cJSON_GetObjectItem (cJSON_GetObjectItem (document, "backup_hospital"), "name")), "みずき病院",
        "EMS-03: the designated hospital");
    part = cJSON_GetObjectItem (document, "acp");
    is (cJSON_GetStringValue (cJSON_GetObjectItem (part, "note")), "救急隊は通常の手順を開始し、医師に直接確認すること",
        "EMS-09: the recorded wish with the fixed sentence");
    is (cJSON_GetStringValue (cJSON_GetObjectItem (part, "written_on")), "2026-10-02", "EMS-09: ...and its date");
    is (cJSON_GetStringValue (cJSON_GetObjectItem (cJSON_GetObjectItem (document, "match"), "patient_ref")), incident.patient_id,
        "...and who it is");
    cJSON_Delete (document);
}

static void test_reply_cap (void)
{
    ARENA (arena);
    struct incident incident = incident_of ();
    struct reply_facts facts = facts_of (&incident);
    const char *media, *const missing[] = { "contacts" };
    struct bytes body = reply_write (&arena, MESSAGE_FORMAT_CAP, &facts, &media);

    ok (is_valid_cap (&arena, body), "EMS-15: a reply is valid CAP");
    ok (strstr ((const char *) body.data, "冷蔵庫 &lt;キット&gt;") != NULL, "...with what people wrote escaped");
    ok (strstr ((const char *) body.data, "urn:renkei:acp.note") != NULL, "EMS-09: ...and the fixed sentence");
    incident.patient_id = NULL;
    incident.exercise = true;
    facts = (struct reply_facts){ .head = head,
                                  .incident = &incident,
                                  .result = MATCH_RESULT_NONE,
                                  .contacts = contacts + 1,
                                  .contact_count = 1,
                                  .missing = { missing, 1 },
                                  .expires = NOW };
    facts.head.status = INCIDENT_STATUS_EXERCISE;
    body = reply_write (&arena, MESSAGE_FORMAT_CAP, &facts, &media);
    ok (is_valid_cap (&arena, body), "EMS-19: nobody found is valid CAP as well");
    ok (strstr ((const char *)body.data, "0990-00-2000") != NULL && !strstr ((const char *)body.data, "patient_ref"),
        "V-15, EMS-19: ...with the centre's number and no name");
    ok (strstr ((const char *)body.data, "【訓練】") != NULL && strstr ((const char *)body.data, "<status>Exercise<") != NULL,
        "V-06: an exercise says so");
    ok (strstr ((const char *) body.data, "urn:renkei:missing") != NULL, "EMS-23: what is missing is named");
}

int main (void)
{
    open_schema ();
    test_times ();
    test_acks ();
    test_reply_json ();
    test_reply_cap ();
    xmlSchemaFree (schema);
    return done ();
}
