/* CAP 1.2 in: what the XSD refuses is refused by our table as well, and what it lets pass but is wrong (§4.5); checked against the XSD
 * itself where it is there. */
#include <libxml/xmlschemas.h>
#include <unistd.h>
#include "../../../services/dispatch/cap_table.h"
#include "messages_of_partners.h"
#include "tap.h"

static const char *change (const char *text, const char *from, const char *to)
{
    static char all[4][8192];
    static int next;
    char *into = all[next++ % 4];
    const char *at = strstr (text, from);

    snprintf (into, sizeof all[0], "%.*s%s%s", at ? (int)(at - text) : (int)strlen (text), text, at ? to : "",
              at ? at + strlen (from) : "");
    return into;
}

static void quiet (void *arg, const char *format, ...)
{
    (void) arg;
    (void) format;
}

static xmlSchema *schema;

/* 1 valid, 0 not, -1 no XSD here. */
static int by_schema (const char *text)
{
    xmlSchemaValidCtxt *context;
    xmlDoc *document;
    int result;

    if (!schema)
        return -1;
    document = xmlReadMemory (text, (int) strlen (text), "", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!document)
        return 0;
    context = xmlSchemaNewValidCtxt (schema);
    xmlSchemaSetValidErrors (context, quiet, quiet, NULL);
    result = xmlSchemaValidateDoc (context, document) == 0;
    xmlSchemaFreeValidCtxt (context);
    xmlFreeDoc (document);
    return result;
}

static void open_schema (void)
{
    const char *shared = getenv ("RENKEI_SHARED");
    char path[500];
    xmlSchemaParserCtxt *parser;

    snprintf (path, sizeof path, "%s/data/cap-1.2/CAP-v1.2.xsd", shared ? shared : "");
    if (access (path, R_OK) != 0) {
        note ("the XSD is not beside this checkout: compared with our own table only");
        return;
    }
    parser = xmlSchemaNewParserCtxt (path);
    schema = xmlSchemaParse (parser);
    xmlSchemaFreeParserCtxt (parser);
}

static void test_report (void)
{
    ARENA (arena);
    struct intake intake;
    const struct intake_message *message = &intake.message;

    read_text (MESSAGE_FORMAT_CAP, CAP_REPORT, &arena, &intake);
    is_number (intake.verdict, INTAKE_VERDICT_ACCEPTED, "a CAP alert is read");
    is (message->id, "suko-1", "...with its identifier");
    is (message->incident, "suko-000123", "...its incident");
    is (message->card, "AR-0012345", "...a parameter of ours");
    is_number (message->complaint, INCIDENT_COMPLAINT_CPA, "...the complaint");
    is (message->crew_phone, "090-0000-0119", "...the crew's number");
    is (message->address, "須坂市大字須坂1-2-3", "...the place");
    is (message->complaint_text, "呼びかけに応じない", "...and its words");
    ok (message->has_expires, "...until when it holds");
}

/* What the XSD says of it: 1 valid, 0 not. */
struct wrong { const char *from, *to; int by_schema; const char *name; };

static const struct wrong wrongs[] = {
    { "+09:00</sent>", "Z</sent>", 0, "sent with Z" },
    { "30+09:00</sent>", "30.5+09:00</sent>", 0, "sent with a fraction" },
    { "+09:00</sent>", ",09:00</sent>", 0, "sent with a comma" },
    { "2026-12-31T23:58:30+09:00</sent>", "2026-02-30T23:58:30+09:00</sent>", 0, "30 February" },
    { "<status>Actual", "<status>Real", 0, "an unknown status" },
    { "<status>Actual</status><msgType>Alert</msgType>", "<msgType>Alert</msgType><status>Actual</status>", 0, "the wrong order" },
    { "<sender>cad@fd.suko.example.jp</sender>", "", 0, "no sender" },
    { "cap:1.2", "cap:1.1", 0, "CAP 1.1" },
    { "<event>救急出動</event>", "", 0, "no event" },
    { "</alert>", "<extra/></alert>", 0, "an element nobody knows" },
    { "<alert ", "<alert level=\"1\" ", 0, "an attribute nobody knows" },
    { "<areaDesc>", "<areaDesc><b/>", 0, "an element inside text" },
    { "<info>", "<info>text", 0, "text between elements" },
    { "ja-JP", "日本語", 0, "a language that is none" },
    { "<identifier>suko-1", "<identifier>suko 1", 1, "an identifier with a space" },
    { "<identifier>suko-1", "<identifier>suko,1", 1, "an identifier with a comma" },
    { "<addresses>renkei@suko.example.jp</addresses>", "", 1, "Private without addresses" },
    { "<scope>Private", "<scope>Restricted", 1, "Restricted without a restriction" },
    { "<msgType>Alert", "<msgType>Update", 1, "an update without references" },
    { "<msgType>Alert", "<msgType>Cancel", 1, "a cancel without references" },
    { "<msgType>Alert", "<msgType>Ack", 1, "an ack without references" },
    { "<status>Actual", "<status>Draft", 1, "a draft" },
    { "<status>Actual", "<status>System", 1, "a system message" },
    { "2026-12-31T23:58:30+09:00</sent>", "2026-12-31T24:00:00+09:00</sent>", 1, "24:00:00" },
    { "2027-01-01T03:58:30+09:00</expires>", "2027-01-01T03:58:30Z</expires>", 0, "expires with Z" },
};

static void test_wrong (void)
{
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        const char *text = change (CAP_REPORT, wrongs[i].from, wrongs[i].to);
        char name[120];
        int valid = by_schema (text);

        snprintf (name, sizeof name, "EMS-14, V-02: refused: %s", wrongs[i].name);
        ok (verdict_of (MESSAGE_FORMAT_CAP, text) != INTAKE_VERDICT_ACCEPTED, name);
        snprintf (name, sizeof name, "...%s by the XSD itself", wrongs[i].by_schema ? "let pass" : "refused");
        ok (valid < 0 || valid == wrongs[i].by_schema, name);
    }
}

static void test_right (void)
{
    static const struct wrong rights[] = {
        { "+09:00</sent>", "-05:00</sent>", 1, "another offset" },
        { "<scope>Private", "<!-- a comment --><scope>Private", 1, "a comment" },
        { "</alert>", "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/></alert>", 1, "a signature behind" },
        { "救急出動", "<![CDATA[救急 & 出動]]>", 1, "a CDATA section" },
        { "<alert xmlns=", "<c:alert xmlns:c=\"urn:oasis:names:tc:emergency:cap:1.2\" xmlns=", 0, "" },
    };

    for (size_t i = 0; i < 4; i++) {
        const char *text = change (CAP_REPORT, rights[i].from, rights[i].to);
        char name[80];

        snprintf (name, sizeof name, "taken: %s", rights[i].name);
        is_number (verdict_of (MESSAGE_FORMAT_CAP, text), INTAKE_VERDICT_ACCEPTED, name);
        ok (by_schema (text) != 0, "...as by the XSD");
    }
}

static void test_hostile (void)
{
    static const struct { const char *text; enum intake_verdict verdict; const char *name; } cases[] = {
        { "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", INTAKE_VERDICT_FORBIDDEN_PART, "an external entity" },
        { "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\"><a/>", INTAKE_VERDICT_FORBIDDEN_PART, "an external DTD" },
        { "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a/>", INTAKE_VERDICT_NOT_READABLE, "another encoding declared" },
        { "<a>&x;</a>", INTAKE_VERDICT_NOT_READABLE, "an entity nobody has declared" },
        { "<a><b></a>", INTAKE_VERDICT_NOT_READABLE, "tags that do not close" },
        { "<alert/>", INTAKE_VERDICT_SCHEMA, "no namespace" },
        { CAP_OPEN "</alert>" CAP_OPEN "</alert>", INTAKE_VERDICT_NOT_READABLE, "two alerts" },
    };
    char deep[2048] = "";

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[120];

        snprintf (name, sizeof name, "EMS-14, V-01: refused: %s", cases[i].name);
        is_number (verdict_of (MESSAGE_FORMAT_CAP, cases[i].text), cases[i].verdict, name);
    }
    for (int i = 0; i < 40; i++)
        snprintf (deep + strlen (deep), sizeof deep - strlen (deep), "<a>");
    for (int i = 0; i < 40; i++)
        snprintf (deep + strlen (deep), sizeof deep - strlen (deep), "</a>");
    is_number (verdict_of (MESSAGE_FORMAT_CAP, deep), INTAKE_VERDICT_TOO_LARGE, "V-01: forty levels are too deep");
}

static void test_references (void)
{
    ARENA (arena);
    struct intake intake;
    const char *text = change (CAP_REPORT, "Alert</msgType>", "Cancel</msgType>");

    text = change (text, "<incidents>", "<references>cad@fd.suko.example.jp,suko-0,2026-12-31T23:58:00+09:00</references><incidents>");
    read_text (MESSAGE_FORMAT_CAP, text, &arena, &intake);
    is_number (intake.verdict, INTAKE_VERDICT_ACCEPTED, "a cancel with its references is read");
    is (intake.message.reference, "suko-0", "...and what it refers to");
    is (intake.message.reference_sender, "cad@fd.suko.example.jp", "...of whom");
    text = change (text, ",2026-12-31T23:58:00+09:00</references>", "</references>");
    is_number (verdict_of (MESSAGE_FORMAT_CAP, text), INTAKE_VERDICT_SCHEMA, "a reference without its time is refused");
    text = change (CAP_REPORT, "<value>cpa</value></parameter>",
                   "<value>cpa</value></parameter><parameter><valueName>urn:renkei:outcome</valueName>"
                   "<value>不搬送</value></parameter>");
    read_text (MESSAGE_FORMAT_CAP, text, &arena, &intake);
    is_number (intake.message.kind, INCIDENT_KIND_RESULT, "a message with an outcome is a result");
}

int main (void)
{
    open_schema ();
    test_report ();
    test_wrong ();
    test_right ();
    test_hostile ();
    test_references ();
    ok (by_schema (CAP_REPORT) != 0, "our sample is valid by the XSD");
    xmlSchemaFree (schema);
    return done ();
}
