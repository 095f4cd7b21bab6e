/* message_text.c - see message_text.h. */
#include "message_text.h"
#include <ctype.h>
#include "words.h"

enum { DUTY_MOST = 40, DUTY_BYTES = 12 * 1024 };        /* whoever is asked first comes first; the rest is left out, not the webhook */

const char *message_number (struct arena *arena, const char *alert_id)
{
    size_t size = strlen (alert_id);
    char *text = arena_print (arena, "#%s", size > 6 ? alert_id + size - 6 : alert_id);

    for (char *c = text; *c; c++)
        *c = (char) toupper ((unsigned char) *c);
    return text;
}

/* Bytes of what stands for a digit (counted) or between digits, half or full width; 0 for anything else. */
static size_t dialled (const char *c, int *digits)
{
    if (*c >= '0' && *c <= '9') {
        (*digits)++;
        return 1;
    }
    if (strchr ("-+() ", *c))
        return 1;
    if (strncmp (c, "\xEF\xBC", 2) != 0)
        return 0;
    if ((unsigned char) c[2] >= 0x90 && (unsigned char) c[2] <= 0x99) {     /* ０ … ９ */
        (*digits)++;
        return 3;
    }
    return c[2] && strchr ("\x8D\x8B\x88\x89", c[2]) ? 3 : 0;              /* －＋（） */
}

bool message_can_be_dialled (const char *text)
{
    int digits = 0;
    size_t size;

    for (const char *c = text; c && *c; c += size)
        if ((size = dialled (c, &digits)) == 0)
            return false;
    return digits >= 3;
}

static const char *place_of (const struct outside_facts *facts)
{
    return facts->municipality_name ? facts->municipality_name : facts->municipality;
}

static const char *drill_mark (const struct outside_facts *facts)
{
    return facts->exercise ? "【訓練】" : "";
}

static const char *what_happened (const struct outside_facts *facts)
{
    return facts->class == ALERT_CLASS_E0 ? "救急出動" : facts->class == ALERT_CLASS_E2 ? "状態変化" : "急変";
}

const char *message_subject (struct arena *arena, const struct outside_facts *facts, bool asks)
{
    return arena_print (arena, "%s【%s%s】%s %s %s", drill_mark (facts), what_happened (facts), asks ? "・対応のお願い" : "のお知らせ",
                        place_of (facts),
                        words_of (&urgency_type, (int) facts->urgency), message_number (arena, facts->alert_id));
}

const char *message_body (struct arena *arena, const struct outside_facts *facts, bool asks)
{
    const char *call = facts->callback ? facts->callback : "（登録なし）";

    return arena_print (arena,
        "%s%sで在宅療養中の方の%sが報告されました。\n\n"
        "緊急度：%s\n報告：%s\n報告元：%s\n折り返し：%s\n受付番号：%s\n最終連絡先：%s %s\n\n%s\n" MESSAGE_LINK
        "この連絡には、ご本人の氏名と病名は書かれていません。\n",
        drill_mark (facts), place_of (facts), what_happened (facts), words_of (&urgency_type, (int) facts->urgency),
        words_time (arena, facts->reported_at),
        facts->office ? facts->office : "（登録なし）", call, message_number (arena, facts->alert_id),
        facts->last_resort_name, facts->last_resort_phone,
        asks ? "ログインして、4つの答え（電話で指示する・往診する・救急搬送を依頼・今は対応できない）から選んでください。"
             : "経過はログインして確認できます。");
}

const char *message_spoken (struct arena *arena, const struct outside_facts *facts)
{
    return arena_print (arena, "%s連携です。%sで%sの報告がありました。%s。報告元は%s、折り返しは%s。受付番号は%s。" MESSAGE_ANSWER,
                        drill_mark (facts), place_of (facts), what_happened (facts), words_of (&urgency_type, (int) facts->urgency), facts->office ? facts->office : "登録なし",
                        facts->callback ? facts->callback : "登録なし", message_number (arena, facts->alert_id));
}

/* A JSON string with its quotes; absent becomes null. */
static const char *quoted (struct arena *arena, const char *text)
{
    char *out, *at;

    if (!text)
        return "null";
    at = out = arena_alloc (arena, strlen (text) * 6 + 3);
    *at++ = '"';
    for (const unsigned char *c = (const unsigned char *) text; *c; c++) {
        if (*c < 0x20)
            at += snprintf (at, 7, "\\u%04x", *c);
        else {
            if (*c == '"' || *c == '\\')
                *at++ = '\\';
            *at++ = (char) *c;
        }
    }
    *at = '"';
    return out;
}

const char *message_push (struct arena *arena, const struct outside_facts *facts, bool asks)
{
    const char *text = arena_print (arena, "%s、報告元：%s、折り返し：%s%s", words_of (&urgency_type, (int) facts->urgency),
                                    facts->office ? facts->office : "登録なし", facts->callback ? facts->callback : "登録なし",
                                    asks ? "。押して開き、4つの答えから選んでください" : "");

    return arena_print (arena, "{\"title\":%s,\"body\":%s,\"tag\":%s,\"url\":%s,\"asks\":%s}",
                        quoted (arena, message_subject (arena, facts, asks)), quoted (arena, words_clip (arena, text, 900)),
                        quoted (arena, facts->alert_id), quoted (arena, arena_print (arena, "/alerts/%s", facts->alert_id)),
                        asks ? "true" : "false");
}

static const char *choice (struct arena *arena, const struct enum_type *type, int number)
{
    for (size_t i = 0; i < type->count; i++)
        if (type->values[i].number == number)
            return quoted (arena, type->values[i].name);
    return "null";
}

const char *message_webhook (struct arena *arena, const char *delivery_id, const struct outside_facts *facts,
                             const struct outside_duty *duty, size_t count)
{
    const char *people = "";

    for (size_t i = 0; i < count && i < DUTY_MOST && strlen (people) < DUTY_BYTES; i++)
        people =
            arena_print (arena, "%s%s{\"role\":%s,\"name\":%s,\"office\":%s,\"phone\":%s}", people, i ? "," : "",
                         quoted (arena, duty[i].role), quoted (arena, duty[i].name),
                         quoted (arena, duty[i].office ? words_clip (arena, duty[i].office, 120) : NULL), quoted (arena, duty[i].phone));
    return arena_print (arena,
        "{\"type\":\"jp.renkei.emergency_reported\",\"delivery_id\":%s,\"data\":{\"alert_id\":%s,\"number\":%s,\"municipality\":%s,"
        "\"municipality_name\":%s,\"urgency\":%s,\"tag\":%s,\"reported_at_us\":%lld,\"on_duty\":[%s],"
        "\"last_resort\":{\"name\":%s,\"phone\":%s}}}",
        quoted (arena, delivery_id), quoted (arena, facts->alert_id), quoted (arena, message_number (arena, facts->alert_id)),
        quoted (arena, facts->municipality), quoted (arena, facts->municipality_name), choice (arena, &urgency_type, (int) facts->urgency),
        choice (arena, &condition_tag_type, (int) facts->tag), (long long) facts->reported_at, people,
        quoted (arena, facts->last_resort_name), quoted (arena, facts->last_resort_phone));
}

const char *message_call (struct arena *arena, const char *delivery_id, const char *kind, const char *to, const char *text,
                          const char *alert_id)
{
    return arena_print (arena, "{\"delivery_id\":%s,\"kind\":%s,\"to\":%s,\"text\":%s,\"number\":%s}", quoted (arena, delivery_id),
                        quoted (arena, kind), quoted (arena, to), quoted (arena, text),
                        quoted (arena, alert_id ? message_number (arena, alert_id) : NULL));
}
