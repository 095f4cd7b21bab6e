/* intake_mail.c - 指令メール: plain text, one item a line, read by the partner's template.
 *
 * The template has one line for each item, FIELD=words: the rest of a line of the mail that begins with these words (":" "：" and spaces
 * behind them are passed over) is the field.  "FIELD:=value" gives a field the same value always (sender, status).  UTF-8, ISO-2022-JP is
 * turned into UTF-8 by whoever hands the mail over; CP932 is understood.  Header lines of a mail are read like the others.  A mail without
 * an id is named by its bytes, one without a time by "received now" (sent is then absent and the rules take the receipt).
 */
#include <openssl/evp.h>
#include "clock.h"
#include "intake.h"
#include "text.h"

struct lines { char *rest; };

static char *next_line (struct lines *lines)
{
    char *line = lines->rest ? strsep (&lines->rest, "\n") : NULL;
    size_t size = line ? strlen (line) : 0;

    if (size && line[size - 1] == '\r')
        line[size - 1] = '\0';
    return line;
}

static const char *after (const char *line, const char *words)
{
    size_t size = strlen (words);

    if (size == 0 || strncmp (line, words, size) != 0)
        return NULL;
    line += size;
    for (;;) {
        if (*line == ' ' || *line == ':' || *line == '\t')
            line++;
        else if (strncmp (line, "：", 3) == 0 || strncmp (line, "　", 3) == 0)
            line += 3;
        else
            return line;
    }
}

/* "2026-12-31 23:58", "2026/12/31 23:58:30": Japanese time. */
static const char *time_of (const char *text, struct arena *arena)
{
    int year, month, day, hour, minute, second = 0;

    text = text_narrow (arena, text);
    if (sscanf (text, "%4d%*[-/]%2d%*[-/]%2d%*[ T]%2d:%2d:%2d", &year, &month, &day, &hour, &minute, &second) < 5 || strchr (text, '+'))
        return text;
    return arena_print (arena, "%04d-%02d-%02dT%02d:%02d:%02d+09:00", year, month, day, hour, minute, second);
}

static bool is_time (const char *field)
{
    return strcmp (field, "sent") == 0 || strcmp (field, "called_at") == 0 || strcmp (field, "expires") == 0
           || strcmp (field, "arrived_at") == 0;
}

static void set (struct intake *intake, const char *field, const char *value, struct arena *arena)
{
    if (strcmp (field, "to") == 0)
        intake_add_addressee (intake, value, strlen (value), arena);
    else
        intake_set (intake, field, is_time (field) ? time_of (value, arena) : value, arena);
}

/* One line of the template over all lines of the mail; the first that fits counts. */
static void read_item (char *item, const char *mail, struct intake *ret, struct arena *arena)
{
    struct lines lines = { arena_text (arena, mail) };
    char *words = strchr (item, '=');

    if (!words || words == item)
        return;
    *words++ = '\0';
    if (words[-2] == ':') {
        words[-2] = '\0';
        set (ret, item, words, arena);
        return;
    }
    for (char *line; (line = next_line (&lines)) != NULL;) {
        const char *value = after (line, words);

        if (value && *value) {
            set (ret, item, value, arena);
            return;
        }
    }
}

static const char *name_of_bytes (struct bytes body, struct arena *arena)
{
    unsigned char hash[32];

    EVP_Digest (body.data, body.size, hash, NULL, EVP_sha256 (), NULL);
    return arena_print (arena, "mail-%02x%02x%02x%02x%02x%02x%02x%02x", hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6],
                        hash[7]);
}

void intake_read_mail (struct bytes body, const char *mail_template, struct arena *arena, struct intake *ret)
{
    struct lines items = { arena_text (arena, mail_template) };
    struct bytes text = body;

    if (!mail_template) {
        intake_refuse (ret, INTAKE_VERDICT_FORMAT_OFF, "no template for dispatch mails");
        return;
    }
    if (!text_is_utf8 ((const char *) body.data, body.size) && text_from_cp932 (arena, body, &text) < 0) {
        intake_refuse (ret, INTAKE_VERDICT_NOT_READABLE, "neither UTF-8 nor CP932");
        return;
    }
    if (memchr (text.data, '\0', text.size)) {
        intake_refuse (ret, INTAKE_VERDICT_NOT_READABLE, "a NUL in it");
        return;
    }
    for (char *item; (item = next_line (&items)) != NULL;)
        read_item (item, arena_copy (arena, (const char *) text.data, text.size), ret, arena);
    if (!ret->message.id)
        ret->message.id = name_of_bytes (body, arena);
    if (!ret->message.kind)
        ret->message.kind = INCIDENT_KIND_REPORT;
    if (!ret->message.status)
        ret->message.status = INCIDENT_STATUS_ACTUAL;
    intake_complete (ret, true);
}
