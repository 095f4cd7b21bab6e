/* sender_text.c - pure parts of sending: the mail as bytes, what a status means, when to try again; see sender.h. */
#include "sender.h"
#include "clock.h"
#include <openssl/evp.h>

enum { LINE_BYTES = 57, HEADER_BYTES = 42 };

enum sent sent_of_status (long status)
{
    if (status >= 200 && status < 300)
        return SENT_DELIVERED;
    if (status == 408 || status == 425 || status == 429 || status >= 500 || status < 400)
        return SENT_TEMPORARY;
    return SENT_PERMANENT;
}

int64_t retry_seconds (int64_t attempts)
{
    static const int64_t waits[] = { 5, 15, 60, 300, 900 };
    size_t last = sizeof waits / sizeof *waits - 1;

    return attempts < 1 ? waits[0] : waits[(size_t) attempts - 1 < last ? (size_t) attempts - 1 : last];
}

/* When the channel has another adapter, every second failure only asks the other one. */
struct result result_of (const struct claimed *claim, const struct adapter_answer *answer, const char *adapter, size_t adapters)
{
    const int64_t ways = adapters > 1 ? (int64_t) adapters : 1, round = (claim->attempts + ways - 1) / ways;
    const bool all_tried = claim->attempts % ways == 0;
    struct result result = { .sent = answer->sent, .words = answer->sent == SENT_DELIVERED ? NULL : answer->words, .adapter = adapter,
                             .provider_id = answer->provider_id };

    if (result.sent != SENT_TEMPORARY)
        return result;
    result.retry_seconds = all_tried ? retry_seconds (round) : 0;
    result.next_channel = all_tried;
    if (!claim->asks && claim->age_seconds >= (int64_t) INFORM_HOURS * 3600) {
        result.sent = SENT_PERMANENT;
        result.gave_up = true;
    }
    return result;
}

static const char *base64 (struct arena *arena, const char *bytes, size_t size)
{
    char *text = arena_alloc (arena, (size + 2) / 3 * 4 + 1);

    EVP_EncodeBlock ((unsigned char *) text, (const unsigned char *) bytes, (int) size);
    return text;
}

/* Lines of 76 characters. */
static const char *base64_lines (struct arena *arena, const char *text)
{
    size_t size = strlen (text), count = (size + LINE_BYTES - 1) / LINE_BYTES;
    char *out = arena_alloc (arena, count * (LINE_BYTES / 3 * 4 + 3) + 1), *at = out;

    for (size_t from = 0; from < size; from += LINE_BYTES) {
        const char *line = base64 (arena, text + from, size - from < LINE_BYTES ? size - from : LINE_BYTES);
        size_t length = strlen (line);

        memcpy (at, line, length);
        memcpy (at + length, "\r\n", 2);
        at += length + 2;
    }
    return out;
}

/* Encoded words of whole characters, at most 75 characters each (RFC 2047). */
static const char *encoded_words (struct arena *arena, const char *text)
{
    const char *out = "";

    while (*text) {
        size_t size = strlen (text) < HEADER_BYTES ? strlen (text) : HEADER_BYTES;

        while (((unsigned char) text[size] & 0xC0) == 0x80)
            size--;
        out = arena_print (arena, "%s%s=?UTF-8?B?%s?=", out, *out ? "\r\n " : "", base64 (arena, text, size));
        text += size;
    }
    return out;
}

static bool is_address (const char *text)
{
    size_t at = strcspn (text, "@");

    if (at == 0 || !text[at] || !text[at + 1] || strlen (text) > 254)
        return false;
    for (const unsigned char *c = (const unsigned char *) text; *c; c++)
        if (*c <= 0x20 || *c >= 0x7f || strchr ("<>()\",;\\", *c))
            return false;
    return true;
}

/* "Sat, 22 Nov 2025 17:26:40 +0900" (RFC 5322 §3.3) */
static const char *mail_date (struct arena *arena, int64_t at)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct tokyo t = tokyo_of (at);

    return arena_print (arena, "%s, %d %s %04d %02d:%02d:%02d +0900", days[t.weekday - 1], t.day, months[t.month - 1], t.year,
                        t.minute / 60, t.minute % 60, (int) (at / SECOND_US % 60));
}

const char *mail_text (struct arena *arena, const char *from, const char *to, const char *subject, const char *text,
                       const char *delivery_id, int64_t at)
{
    if (!from || !to || !is_address (from) || !is_address (to))
        return NULL;
    return arena_print (
        arena,
        "From: %s\r\nTo: %s\r\nDate: %s\r\nSubject: %s\r\nMessage-ID: <%s@%s>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n%s",
        from, to, mail_date (arena, at), encoded_words (arena, subject ? subject : ""), delivery_id, strchr (from, '@') + 1,
        base64_lines (arena, text));
}
