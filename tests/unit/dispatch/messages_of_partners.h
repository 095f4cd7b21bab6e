/* messages_of_partners.h - what a fire organisation would send; all invented. */
#ifndef MESSAGES_OF_PARTNERS_H
#define MESSAGES_OF_PARTNERS_H

#include "../../../services/dispatch/intake.h"

#define REPORT_JSON \
    "{\"v\":1,\"type\":\"ems.incident\",\"id\":\"suko-fire-20261231-000123-1\",\"sender\":\"fd.suko\",\"to\":[\"renkei.suko\"]," \
    "\"kind\":\"report\",\"status\":\"actual\",\"sent\":\"2026-12-31T23:58:30+09:00\",\"expires\":\"2027-01-01T03:58:30+09:00\"," \
    "\"incident\":\"suko-fire-20261231-000123\",\"received_call\":\"2026-12-31T23:57:40+09:00\"," \
    "\"event\":\"dispatch\",\"complaint\":\"CPA疑い\",\"age\":86,\"sex\":\"F\"," \
    "\"caller\":{\"phone\":\"０２６２-45-1234\",\"relation\":\"family\"}," \
    "\"person\":{\"name_kana\":\"スザカ ハナコ\",\"dob\":\"1940-03-02\",\"card\":\"AR-0012345\"}," \
    "\"place\":{\"pref\":\"20\",\"city\":\"20207\",\"address\":\"須坂市大字須坂１丁目２番３号\",\"lat\":36.651,\"lon\":138.307}," \
    "\"crew\":{\"unit\":\"須坂救急1\",\"callback\":\"09000000119\"}}"

#define CAP_OPEN "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">"
#define CAP_HEAD(type, sent) \
    "<identifier>suko-1</identifier><sender>cad@fd.suko.example.jp</sender><sent>" sent "</sent><status>Actual</status><msgType>" type \
    "</msgType><scope>Private</scope><addresses>renkei@suko.example.jp</addresses>"
#define CAP_INFO                                                                                                                           \
    "<info><language>ja-JP</language><category>Health</category><event>救急出動</event><urgency>Immediate</urgency><severity>Severe</" \
    "severity>"                                                                                                                            \
    "<certainty>Observed</certainty><expires>2027-01-01T03:58:30+09:00</expires><description>呼びかけに応じない</description>"    \
    "<contact>090-0000-0119</contact><parameter><valueName>urn:renkei:card</valueName><value>AR-0012345</value></parameter>"               \
    "<parameter><valueName>urn:renkei:complaint</valueName><value>cpa</value></parameter>"                                                 \
    "<parameter><valueName>urn:renkei:caller_phone</valueName><value>0262451234</value></parameter>"                                       \
    "<parameter><valueName>elsewhere:thing</valueName><value>x</value></parameter>"                                                        \
    "<area><areaDesc>須坂市大字須坂1-2-3</areaDesc></area></info>"
#define CAP_REPORT CAP_OPEN CAP_HEAD ("Alert", "2026-12-31T23:58:30+09:00") "<incidents>suko-000123</incidents>" CAP_INFO "</alert>"

static inline void read_text (enum message_format format, const char *text, struct arena *arena, struct intake *ret)
{
    intake_read (format, (struct bytes) { (const unsigned char *) text, strlen (text) }, NULL, arena, ret);
}

static inline enum intake_verdict verdict_of (enum message_format format, const char *text)
{
    ARENA (arena);
    struct intake intake;

    read_text (format, text, &arena, &intake);
    return intake.verdict;
}

#endif
