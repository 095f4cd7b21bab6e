/* Messages as dispatch centres write them: JSON, CAP 1.2, dispatch mail; and everything that is none. */
#include "messages_of_partners.h"
#include "clock.h"
#include "tap.h"

#define AT(text) (tokyo_instant (day_number_of_text (text), 0))

static void test_json (void)
{
    ARENA (arena);
    struct intake intake;
    const struct intake_message *message = &intake.message;

    read_text (MESSAGE_FORMAT_JSON, REPORT_JSON, &arena, &intake);
    is_number (intake.verdict, INTAKE_VERDICT_ACCEPTED, "the canonical report is read");
    is (message->id, "suko-fire-20261231-000123-1", "...with its id");
    is_number (message->kind, INCIDENT_KIND_REPORT, "...as a report");
    is_number (message->complaint, INCIDENT_COMPLAINT_CPA, "...\"CPA疑い\" is cardiac arrest");
    is (message->caller_phone, "0262-45-1234", "V-13: a full-width telephone is written in digits and hyphens");
    is (message->birth_date, "1940-03-02", "...a date of birth stays a date");
    is_number (message->sent, AT ("2026-12-31") + (23 * 3600 + 58 * 60 + 30) * (int64_t) SECOND_US, "...its time is an instant");
    is (message->to.items[0], "renkei.suko", "...addressed to this region");
    is_number (message->sex, SEX_FEMALE, "...F is female");
    is (message->unit, "須坂救急1", "...and the ambulance's name");
}

static void test_json_refused (void)
{
    static const struct { const char *text; enum intake_verdict verdict; const char *name;
    } cases[] = {
        { "", INTAKE_VERDICT_NOT_READABLE, "nothing" },
        { "[]", INTAKE_VERDICT_NOT_READABLE, "a list" },
        { "{\"v\":1,", INTAKE_VERDICT_NOT_READABLE, "half a message" },
        { "{\"v\":1,\"v\":1}", INTAKE_VERDICT_NOT_READABLE, "a name twice" },
        { "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}", INTAKE_VERDICT_NOT_READABLE, "V-01: nine levels" },
        { "{\"v\":2,\"type\":\"ems.incident\",\"id\":\"a\",\"sender\":\"b\",\"kind\":\"report\",\"status\":\"actual\",\"sent\":\"2026-01-"
          "01T00:00:00+09:00\",\"incident\":\"1\"}",
          INTAKE_VERDICT_SCHEMA, "another version" },
        { "{\"v\":1,\"type\":\"ems.weather\",\"id\":\"a\",\"sender\":\"b\",\"kind\":\"report\",\"status\":\"actual\",\"sent\":\"2026-01-"
          "01T00:00:00+09:00\",\"incident\":\"1\"}",
          INTAKE_VERDICT_UNKNOWN_KIND, "V-12: an unknown type" },
        { "{\"v\":1,\"type\":\"ems.incident\",\"id\":\"a\",\"sender\":\"b\",\"kind\":\"poem\",\"status\":\"actual\",\"sent\":\"2026-01-"
          "01T00:00:00+09:00\",\"incident\":\"1\"}",
          INTAKE_VERDICT_UNKNOWN_KIND, "V-12: an unknown kind" },
        { "{\"v\":1,\"type\":\"ems.incident\",\"id\":\"a "
          "b\",\"sender\":\"b\",\"kind\":\"report\",\"status\":\"actual\",\"sent\":\"2026-01-01T00:00:00+09:00\",\"incident\":\"1\"}",
          INTAKE_VERDICT_SCHEMA, "an id with a space" },
        { "{\"v\":1,\"type\":\"ems.incident\",\"id\":\"a\",\"sender\":\"b\",\"kind\":\"report\",\"status\":\"actual\",\"sent\":\"gestern\","
          "\"incident\":\"1\"}",
          INTAKE_VERDICT_SCHEMA, "a time that is none" },
        { "{\"v\":1,\"type\":\"ems.incident\",\"id\":\"a\",\"sender\":\"b\",\"kind\":\"report\",\"status\":\"actual\",\"incident\":\"1\"}",
          INTAKE_VERDICT_SCHEMA, "no time" },
        { "{\"v\":1,\"type\":\"ems.incident\",\"id\":\"a\",\"sender\":\"b\",\"kind\":\"report\",\"status\":\"actual\",\"sent\":\"2026-01-"
          "01T00:00:00+09:00\"}",
          INTAKE_VERDICT_SCHEMA, "a report without an incident's number" },
        { "{\"v\":1,\"type\":\"ems.incident\",\"id\":\"a\",\"sender\":\"b\",\"kind\":\"cancel\",\"status\":\"actual\",\"sent\":\"2026-01-"
          "01T00:00:00+09:00\"}",
          INTAKE_VERDICT_SCHEMA, "a cancel of nothing" },
        { "{\"v\":1,\"type\":\"ems.incident\",\"id\":\"a\",\"sender\":\"b\",\"kind\":\"result\",\"status\":\"actual\",\"sent\":\"2026-01-"
          "01T00:00:00+09:00\",\"incident\":\"1\"}",
          INTAKE_VERDICT_SCHEMA, "a result without an outcome" },
        { "{\"v\":1,\"type\":\"ems.incident\",\"id\":\"a\",\"sender\":\"b\",\"kind\":\"report\",\"status\":\"actual\",\"sent\":\"2026-01-"
          "01T00:00:00+09:00\",\"incident\":\"1\",\"person\":{\"name\":\"a\\u0007b\"}}",
          INTAKE_VERDICT_SCHEMA, "V-14: a control character" },
        { "{\"v\":1,\"type\":\"ems.incident\",\"id\":\"a\",\"sender\":\"b\",\"kind\":\"report\",\"status\":\"actual\",\"sent\":\"2026-01-"
          "01T00:00:00+09:00\",\"incident\":\"1\",\"age\":[1]}",
          INTAKE_VERDICT_SCHEMA, "V-02: a list where a number belongs" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[160];

        snprintf (name, sizeof name, "EMS-14: refused: %s", cases[i].name);
        is_number (verdict_of (MESSAGE_FORMAT_JSON, cases[i].text), cases[i].verdict, name);
    }
}

static void test_sizes (void)
{
    static unsigned char big[INTAKE_BYTES_MOST + 1];
    ARENA (arena);
    struct intake intake;

    memset (big, ' ', sizeof big);
    intake_read (MESSAGE_FORMAT_JSON, (struct bytes) { big, sizeof big }, NULL, &arena, &intake);
    is_number (intake.verdict, INTAKE_VERDICT_TOO_LARGE, "V-01: a byte over 256 KiB is too large");
    intake_read (MESSAGE_FORMAT_CAP, (struct bytes) { (const unsigned char *) "<a>\xff</a>", 8 }, NULL, &arena, &intake);
    is_number (intake.verdict, INTAKE_VERDICT_NOT_READABLE, "V-01: what is not UTF-8 is not read");
    ok (verdict_of (MESSAGE_FORMAT_JSON,
                    "{\"v\":1,\"type\":\"ems.incident\",\"unknown\":{\"x\":[1,2]},\"id\":\"a\",\"sender\":\"b\",\"kind\":\"report\","
                    "\"status\":\"test\",\"sent\":\"2026-01-01T00:00:00+09:00\",\"incident\":\"1\"}")
            == INTAKE_VERDICT_ACCEPTED,
        "V-12: unknown items are passed over");
    is_number (intake_format ("application/cap+xml; charset=utf-8", (struct bytes){ NULL, 0 }), MESSAGE_FORMAT_CAP,
               "a media type names XML");
    is_number (intake_format (NULL, (struct bytes){ (const unsigned char *)"\xef\xbb\xbf {", 5 }), MESSAGE_FORMAT_JSON,
               "a brace names JSON");
    is_number (intake_format ("text/plain", (struct bytes){ (const unsigned char *)"<", 1 }), MESSAGE_FORMAT_MAIL,
               "plain text is a dispatch mail");
}

static void test_complaint_in_other_words (void)
{
    ARENA (arena);
    struct intake intake = { 0 };

    ok (intake_set (&intake, "complaint", "蜂に刺された", &arena), "a complaint in other words is still an incident");
    is_number (intake.message.complaint, INCIDENT_COMPLAINT_OTHER, "...of another kind");
    is (intake.message.complaint_text, "蜂に刺された", "...with its words kept");
}

static const char template[] = "sender:=mail@fd.suko\nto:=renkei.suko\nincident=事案番号\nsent=指令時刻\ncalled_at=覚知\ncomplaint=事故種別\n"
                               "address=発生場所\ncaller_phone=通報者電話\nname=傷病者\nunit=出動隊\n";

static void test_mail (void)
{
    static const char mail[] = "Subject: 指令\r\n事案番号：R8-0123\r\n指令時刻: 2026/12/31 23:58:30\r\n覚知　2026/12/31 23:57\r\n事故種別：呼吸苦\r\n"
                               "発生場所：みずき市本町1-2-3\r\n通報者電話：０９９０－１１－２２２２\r\n出動隊：みずき救急2\r\n";
    ARENA (arena);
    struct intake intake, again;
    struct bytes body = { (const unsigned char *) mail, sizeof mail - 1 };

    intake_read (MESSAGE_FORMAT_MAIL, body, template, &arena, &intake);
    is_number (intake.verdict, INTAKE_VERDICT_ACCEPTED, "a 指令メール is read by the partner's template");
    is (intake.message.incident, "R8-0123", "...with its number");
    is_number (intake.message.complaint, INCIDENT_COMPLAINT_BREATHING, "...its complaint");
    is (intake.message.caller_phone, "0990-11-2222", "...the telephone in digits");
    is_number (intake.message.called_at, AT ("2026-12-31") + (23 * 60 + 57) * 60 * (int64_t) SECOND_US, "...times in Japanese time");
    is (intake.message.sender, "mail@fd.suko", "...the sender as the template says");
    is_number (intake.message.status, INCIDENT_STATUS_ACTUAL, "V-07: in earnest unless it says otherwise");
    intake_read (MESSAGE_FORMAT_MAIL, body, template, &arena, &again);
    is (again.message.id, intake.message.id, "V-03: a mail is named by its bytes");
    intake_read (MESSAGE_FORMAT_MAIL, body, NULL, &arena, &intake);
    is_number (intake.verdict, INTAKE_VERDICT_FORMAT_OFF, "without a template no mail is read");
    intake_read (MESSAGE_FORMAT_MAIL, (struct bytes) { (const unsigned char *) "a\0b", 3 }, template, &arena, &intake);
    is_number (intake.verdict, INTAKE_VERDICT_NOT_READABLE, "a NUL is refused in a mail as well");
}

int main (void)
{
    test_json ();
    test_json_refused ();
    test_sizes ();
    test_complaint_in_other_words ();
    test_mail ();
    return done ();
}
