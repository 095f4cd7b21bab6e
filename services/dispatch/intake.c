/* intake.c - see intake.h: what the three formats share. */
#include "intake.h"
#include <stdarg.h>
#include "text.h"

enum { ADDRESSEES_MOST = 10 };

struct word { const char *field, *word, *name; };

/* Words as dispatch centres write them → names of our enums. */
static const struct word words[] = {
    { "complaint", "CPA疑い", "cpa" },           { "complaint", "CPA", "cpa" },
    { "complaint", "心肺停止", "cpa" },          { "complaint", "心肺停止の疑い", "cpa" },
    { "complaint", "医師要請", "doctor_requested" }, { "complaint", "医師の要請", "doctor_requested" },
    { "complaint", "呼吸困難", "breathing" },    { "complaint", "呼吸苦", "breathing" },
    { "complaint", "意識障害", "consciousness" }, { "complaint", "意識なし", "consciousness" },
    { "complaint", "胸痛", "chest_pain" },       { "complaint", "けが", "injury" },
    { "complaint", "転倒", "injury" },           { "complaint", "外傷", "injury" },
    { "complaint", "出血", "bleeding" },         { "complaint", "発熱", "fever" },
    { "complaint", "その他", "other" },
    { "sex", "F", "female" },   { "sex", "女", "female" },   { "sex", "女性", "female" },
    { "sex", "M", "male" },     { "sex", "男", "male" },     { "sex", "男性", "male" },
    { "status", "Actual", "actual" }, { "status", "Exercise", "exercise" }, { "status", "Test", "test" },
    { "status", "実働", "actual" },   { "status", "訓練", "exercise" },     { "status", "試験", "test" },
    { "kind", "Alert", "report" },    { "kind", "Update", "update" },       { "kind", "Cancel", "cancel" },
    { "kind", "Ack", "ack" },         { "kind", "Error", "error" },
    { "kind", "出動", "report" },     { "kind", "続報", "update" },         { "kind", "取消", "cancel" },  { "kind", "結果", "result" },
    { "outcome", "搬送", "transported" },         { "outcome", "不搬送", "not_transported" },
    { "outcome", "死亡確認", "death_confirmed" }, { "outcome", "医師引継", "handed_to_doctor" },
};

static const char *name_of (const char *field, const char *text)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp (words[i].field, field) == 0 && strcmp (words[i].word, text) == 0)
            return words[i].name;
    return text;
}

bool intake_refuse (struct intake *intake, enum intake_verdict verdict, const char *fmt, ...)
{
    va_list args;

    if (intake->verdict)
        return false;
    intake->verdict = verdict;
    va_start (args, fmt);
    vsnprintf (intake->why, sizeof intake->why, fmt, args);
    va_end (args);
    return false;
}

enum message_format intake_format (const char *content_type, struct bytes body)
{
    size_t i = 0;

    if (content_type && (strstr (content_type, "json") || strstr (content_type, "JSON")))
        return MESSAGE_FORMAT_JSON;
    if (content_type && strstr (content_type, "xml"))
        return MESSAGE_FORMAT_CAP;
    if (content_type && (strstr (content_type, "rfc822") || strncmp (content_type, "text/plain", 10) == 0))
        return MESSAGE_FORMAT_MAIL;
    if (body.size >= 3 && memcmp (body.data, "\xef\xbb\xbf", 3) == 0)
        i = 3;
    while (i < body.size && strchr (" \t\r\n", body.data[i]) && body.data[i])
        i++;
    return i < body.size && body.data[i] == '<' ? MESSAGE_FORMAT_CAP
           : i < body.size && body.data[i] == '{' ? MESSAGE_FORMAT_JSON : MESSAGE_FORMAT_MAIL;
}

/* V-14: control characters are refused (a line break and a tab are none), and 2,000 characters are enough. */
static bool is_clean (const char *text)
{
    size_t characters = 0;

    for (const unsigned char *c = (const unsigned char *) text; *c; c++) {
        if ((*c < 0x20 && *c != '\n' && *c != '\t' && *c != '\r') || *c == 0x7f || (*c == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0))
            return false;
        characters += (*c & 0xc0) != 0x80;
    }
    return characters <= INTAKE_TEXT_MOST;
}

/* A telephone as written is kept raw in the message's bytes; here digits and hyphens (V-13). */
static const char *phone_of (struct arena *arena, const char *text)
{
    bool doubtful;

    return text_phone (arena, text, &doubtful);
}

bool intake_set (struct intake *intake, const char *name, const char *text, struct arena *arena)
{
    const struct message_field *field = codec_field (&intake_message_message, name);
    struct error err = { 0 };

    if (!field || field->max_items)
        return true;
    if (!is_clean (text))
        return intake_refuse (intake, INTAKE_VERDICT_SCHEMA, "%s: control characters, or longer than %d characters", name,
                              INTAKE_TEXT_MOST);
    text = text_trim (arena, text);
    if (!*text)
        return true;
    if (strstr (name, "phone")) {
        text = phone_of (arena, text);
        if (!text)
            return true;
    }
    if (codec_set_text (&intake_message_message, field, name_of (name, text), arena, &intake->message, &err) < 0) {
        /* A complaint in other words is still an incident. */
        if (strcmp (name, "complaint") == 0) {
            intake->message.complaint = INCIDENT_COMPLAINT_OTHER;
            return intake->message.complaint_text ? true : intake_set (intake, "complaint_text", text, arena);
        }
        return intake_refuse (intake, strcmp (name, "kind") == 0 ? INTAKE_VERDICT_UNKNOWN_KIND : INTAKE_VERDICT_SCHEMA, "%s: %s", name,
                              error_name_of (&err));
    }
    return true;
}

void intake_add_addressee (struct intake *intake, const char *text, size_t size, struct arena *arena)
{
    size_t count = intake->message.to.count;
    const char **items = arena_alloc (arena, (count + 1) * sizeof *items);

    if (count == ADDRESSEES_MOST || size == 0 || size > 120)
        return;
    for (size_t i = 0; i < count; i++)
        items[i] = intake->message.to.items[i];
    items[count] = arena_copy (arena, text, size);
    intake->message.to.items = items;
    intake->message.to.count = count + 1;
}

/* A space or a comma would break CAP's references, and an id is repeated in every answer. */
static bool is_id (const char *text)
{
    return text && *text && strpbrk (text, " ,<>&\t\r\n\"") == NULL;
}

void intake_complete (struct intake *intake, bool has_sent)
{
    const struct intake_message *message = &intake->message;

    if (intake->verdict)
        return;
    if (!is_id (message->id) || !is_id (message->sender))
        intake_refuse (intake, INTAKE_VERDICT_SCHEMA, "id and sender must be there, without spaces, commas and <>&\"");
    else if (!message->kind)
        intake_refuse (intake, INTAKE_VERDICT_UNKNOWN_KIND, "kind is missing");
    else if (!message->status || !has_sent)
        intake_refuse (intake, INTAKE_VERDICT_SCHEMA, "status and sent must be there");
    else if ((message->kind == INCIDENT_KIND_REPORT || message->kind == INCIDENT_KIND_RESULT) && !message->incident)
        intake_refuse (intake, INTAKE_VERDICT_SCHEMA, "a %s needs its incident's number",
                       message->kind == INCIDENT_KIND_REPORT ? "report" : "result");
    else if (message->kind != INCIDENT_KIND_REPORT && message->kind != INCIDENT_KIND_RESULT && !message->incident && !message->reference)
        intake_refuse (intake, INTAKE_VERDICT_SCHEMA, "an incident's number or a reference must be there");
    else if (message->kind == INCIDENT_KIND_RESULT && !message->outcome)
        intake_refuse (intake, INTAKE_VERDICT_SCHEMA, "a result needs its outcome");
    else if (message->incident && !is_id (message->incident))
        intake_refuse (intake, INTAKE_VERDICT_SCHEMA, "the incident's number holds spaces, commas or <>&\"");
    else
        intake->verdict = INTAKE_VERDICT_ACCEPTED;
}

void intake_read (enum message_format format, struct bytes body, const char *mail_template, struct arena *arena, struct intake *ret)
{
    *ret = (struct intake) { .format = format };
    if (body.size > INTAKE_BYTES_MOST)
        intake_refuse (ret, INTAKE_VERDICT_TOO_LARGE, "more than %d bytes", INTAKE_BYTES_MOST);
    else if (format != MESSAGE_FORMAT_MAIL && !text_is_utf8 ((const char *) body.data, body.size))
        intake_refuse (ret, INTAKE_VERDICT_NOT_READABLE, "not UTF-8, or a NUL in it");
    else if (format == MESSAGE_FORMAT_JSON)
        intake_read_json (body, arena, ret);
    else if (format == MESSAGE_FORMAT_CAP)
        intake_read_cap (body, arena, ret);
    else
        intake_read_mail (body, mail_template, arena, ret);
}
