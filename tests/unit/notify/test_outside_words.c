/* What leaves the region, byte by byte: addresses webhooks may go to, secrets, mails, JSON with hostile names, sizes at the limits of the
 * declarations; never a name, an address or a diagnosis (N-58). */
#include <openssl/evp.h>
#include "clock.h"
#include "message_text.h"
#include "report_rules.h"
#include "sender.h"
#include "tap.h"
#include "webhook_sign.h"
#include "words.h"

enum { WEBHOOK_MOST = 20 * 1024 };

static struct outside_facts facts (void)
{
    return (struct outside_facts) { .alert_id = "01900000-0000-7000-8000-00000000ab1c", .municipality = "011002",
        .municipality_name = "中央市", .urgency = URGENCY_URGENT, .tag = CONDITION_TAG_BREATHING, .office = "みどり訪問看護",
        .callback = "090-0000-0001", .reported_at = 1763800000000000, .last_resort_name = "夜間連絡センター",
        .last_resort_phone = "011-000-0015" };
}

/* ---- where webhooks may go ----------------------------------------------------------------------------------------------------------- */

static void test_addresses (void)
{
    static const char list[] = "https://desk.example/hooks/,http://127.0.0.1:8090/";
    static const struct { const char *url; bool allowed;
    } rows[] = { { "https://desk.example/hooks/", true },
                 { "https://desk.example/hooks/a/b?c=d&e=f", true },
                 { "http://127.0.0.1:8090/", true },
                 { "https://desk.example/hooks", false },
                 { "https://desk.example/hooksx/a", false },
                 { "https://desk.example", false },
                 { "http://desk.example/hooks/", false },
                 { "HTTPS://desk.example/hooks/", false },
                 { "https://DESK.example/hooks/", false },
                 { "https://desk.example:443/hooks/", false },
                 { "https://desk.example/hooks/..", false },
                 { "https://desk.example/hooks/.", false },
                 { "https://desk.example/hooks/../x", false },
                 { "https://desk.example/hooks/./x", false },
                 { "https://desk.example/hooks/..?x", false },
                 { "https://desk.example/hooks/x/..", false },
                 { "https://desk.example/hooks/..#x", false },
                 { "https://desk.example/hooks/...", true },
                 { "https://desk.example/hooks/..x", true },
                 { "https://desk.example/hooks/%2e%2e/x", false },
                 { "https://desk.example/hooks/\\..\\x", false },
                 { "https://desk.example/hooks/a b", false },
                 { "https://desk.example/hooks/\t", false },
                 { "https://desk.example/hooks/a\nb", false },
                 { "https://desk.example/hooks/あ", false },
                 { "https://user@desk.example/hooks/", false },
                 { "https://desk.example/hooks/#x", false },
                 { "https://desk.example/hooks/x@y", true },
                 { "http://127.0.0.1:8090@evil.example/", false },
                 { "http://127.0.0.1:80900/", false },
                 { "file:///etc/passwd", false },
                 { "gopher://127.0.0.1:8090/", false },
                 { "//desk.example/hooks/", false },
                 { "", false },
                 { "x", false },
                 { NULL, false } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[120];

        snprintf (name, sizeof name, "%s: a webhook %s there", rows[i].url ? rows[i].url : "(none)",
                  rows[i].allowed ? "may go" : "does not go");
        for (char *c = name; *c; c++)
            *c = *c == '#' || *c == '\n' || *c == '\t' ? '_' : *c;
        is_number (webhook_is_allowed (rows[i].url, list), rows[i].allowed, name);
    }
    static const char *const poor[] = { "https://desk.example", "https://", "/", ",", ",,", "https:///", "*" };
    for (size_t i = 0; i < sizeof poor / sizeof *poor; i++)
        if (webhook_is_allowed ("https://desk.example/hooks/", poor[i]))
            ok (false, poor[i]);
    ok (!webhook_is_allowed ("https://desk.example/", NULL),
        "a list that is not there allows nothing, a prefix without host or path neither");
}

/* ---- secrets ------------------------------------------------------------------------------------------------------------------------- */

static void test_secrets (void)
{
    static const struct { const char *rest; int repeat; const char *tail; bool valid; const char *says;
    } rows[] = { { "AAAA", 8, "", true, "24 bytes are enough" },
                 { "AAAA", 7, "AAA=", false, "23 are not" },
                 { "AAAA", 7, "AA==", false, "22 neither" },
                 { "AAAA", 21, "AA==", true, "64 bytes are taken" },
                 { "AAAA", 21, "AAA=", false, "65 are not" },
                 { "AAAA", 22, "", false, "66 neither" },
                 { "AAAA", 100, "", false, "nor a long one" },
                 { "AAAA", 8, "A", false, "a cut one is not base64" },
                 { "====", 9, "", false, "nothing but padding is no secret" },
                 { "AA==", 9, "", false, "padding in the middle neither" },
                 { "AAA=", 12, "", false, "...of one character neither" },
                 { "A=AA", 8, "", false, "...nor inside a group" },
                 { "AAAA", 8, "=AAA", false, "...nor at the beginning of the last" },
                 { "    ", 1, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false, "blanks before it" },
                 { "AAAA", 8, "    ", false, "...or behind it" },
                 { "AA\nA", 8, "", false, "a line break inside" },
                 { "あ", 12, "", false, "letters that are not base64" },
                 { "A-_A", 8, "", false, "the alphabet of URLs" },
                 { "+/09", 8, "", true, "the whole alphabet" },
                 { "", 0, "", false, "nothing" } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char secret[500] = "whsec_";
        ARENA (arena);

        for (int n = 0; n < rows[i].repeat; n++)
            snprintf (secret + strlen (secret), sizeof secret - strlen (secret), "%s", rows[i].rest);
        snprintf (secret + strlen (secret), sizeof secret - strlen (secret), "%s", rows[i].tail);
        is_number (webhook_secret_is_valid (secret), rows[i].valid, rows[i].says);
        if ((webhook_signature (&arena, secret, "id", 1, "{}") != NULL) != rows[i].valid)
            ok (false, "...and signs exactly when it is valid");
    }
}

/* The signature covers every byte: id, time and body. */
static void test_signature_covers (void)
{
    static const char secret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", other[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx";
    ARENA (arena);
    const char *first = webhook_signature (&arena, secret, "a", 1, "{}");
    const char *changed[] = { webhook_signature (&arena, other, "a", 1, "{}"), webhook_signature (&arena, secret, "b", 1, "{}"),
                              webhook_signature (&arena, secret, "a", 2, "{}"), webhook_signature (&arena, secret, "a", 1, "{} "),
                              webhook_signature (&arena, secret, "a.1", 1, "{}") };

    ok (first && strncmp (first, "v1,", 3) == 0 && strlen (first) == 47, "a signature is v1, and 32 bytes in base64");
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++)
        if (!changed[i] || strcmp (first, changed[i]) == 0)
            ok (false, "another secret, id, time or body signs otherwise");
    is (webhook_signature (&arena, secret, "a", 1, "{}"), first, "the same signs the same");
}

/* ---- JSON ---------------------------------------------------------------------------------------------------------------------------- */

static const char *skip_value (const char *p);

static const char *skip_string (const char *p)
{
    if (*p++ != '"')
        return NULL;
    for (; *p && *p != '"'; p++) {
        if ((unsigned char) *p < 0x20)
            return NULL;
        if (*p == '\\') {
            p++;
            if (*p == 'u' && strspn (p + 1, "0123456789abcdef") >= 4)
                p += 4;
            else if (*p != '"' && *p != '\\')
                return NULL;
        }
    }
    return *p ? p + 1 : NULL;
}

static const char *skip_list (const char *p, char end, bool named)
{
    if (*++p == end)
        return p + 1;
    for (;;) {
        if (named && (!(p = skip_string (p)) || *p++ != ':'))
            return NULL;
        if (!(p = skip_value (p)))
            return NULL;
        if (*p == end)
            return p + 1;
        if (*p++ != ',')
            return NULL;
    }
}

static const char *skip_value (const char *p)
{
    if (*p == '{' || *p == '[')
        return skip_list (p, *p == '{' ? '}' : ']', *p == '{');
    if (*p == '"')
        return skip_string (p);
    if (strncmp (p, "null", 4) == 0)
        return p + 4;
    return strspn (p, "-0123456789") ? p + strspn (p, "-0123456789") : NULL;
}

static bool is_json (const char *text)
{
    const char *end = text ? skip_value (text) : NULL;

    return end && !*end;
}

static void test_hostile_names (void)
{
    static const char *const names[] = { "\"",         "\\", "\\\"",   "\",\"admin\":true,\"x\":\"", "\n\r\t\b\f\001\037", "</script>",
                                         "あ\"い\\う", "",   "\\u0000" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct outside_facts f = facts ();
        struct outside_duty duty[] = { { names[i], names[i], names[i], names[i] }, { "x", NULL, NULL, NULL } };
        char name[60];
        ARENA (arena);

        f.municipality_name = f.last_resort_name = f.last_resort_phone = f.municipality = names[i];
        snprintf (name, sizeof name, "hostile name %zu stays inside its quotes", i);
        ok (is_json (message_webhook (&arena, names[i], &f, duty, 2))
                && is_json (message_call (&arena, names[i], "voice", names[i], names[i], f.alert_id)),
            name);
    }
}

/* N-12: the size of a webhook at the limits of the declarations: forty people, each with the longest names there may be. */
static void test_sizes (void)
{
    static char person[121], office[201], phone[21];
    struct outside_duty duty[60];
    struct outside_facts f = facts ();
    const char *json;
    ARENA (arena);

    memset (person, '"', sizeof person - 1);
    memset (office, '\\', sizeof office - 1);
    memset (phone, '9', sizeof phone - 1);
    for (int i = 0; i < 60; i++)
        duty[i] = (struct outside_duty) { "往診当番医", person, office, phone };
    f.municipality_name = f.last_resort_name = office;
    json = message_webhook (&arena, "00000000-0000-7000-8000-000000000001", &f, duty, 60);
    ok (is_json (json), "a webhook with forty of the longest names is whole JSON");
    ok (strlen (json) < WEBHOOK_MOST, "...below 20 KB, so that it is sent and not given up");
    ok (strstr (json, "\"last_resort\":{\"name\":\""), "...and the last resort is in it");
}

/* ---- mail ---------------------------------------------------------------------------------------------------------------------------- */

/* The subject as a reader's program shows it. */
static const char *decoded_subject (struct arena *arena, const char *mail)
{
    const char *at = strstr (mail, "Subject: "), *end = at ? strstr (at, "\r\nMessage-ID") : NULL, *text = "";

    for (at = at ? strstr (at, "=?UTF-8?B?") : NULL; at && at < end; at = strstr (at, "=?UTF-8?B?")) {
        const char *close = strstr (at, "?=");
        size_t size = (size_t) (close - at) - 10, padding = (size_t) (close[-1] == '=') + (close[-2] == '=');
        unsigned char *bytes = arena_alloc (arena, size + 4);
        int decoded = EVP_DecodeBlock (bytes, (const unsigned char *) at + 10, (int) size);

        text = arena_print (arena, "%s%.*s", text, decoded - (int) padding, (const char *) bytes);
        at = close + 2;
    }
    return text;
}

static void test_subjects (void)
{
    char subject[400] = "";
    int wrong = 0;

    for (int length = 0; length < 120; length++) {
        const char *mail;
        ARENA (arena);

        mail = mail_text (&arena, "r@example.invalid", "a@example.invalid", subject, "本文", "d", 1763800000000000);
        wrong += strcmp (decoded_subject (&arena, mail), subject) != 0;
        for (const char *line = mail; line; line = strstr (line, "\r\n") ? strstr (line, "\r\n") + 2 : NULL)
            wrong += strcspn (line, "\r") > 78;
        snprintf (subject + strlen (subject), sizeof subject - strlen (subject), "%s", length % 3 == 0 ? "あ" : length % 3 == 1 ? "x" : "𠮷");
        if (strlen (subject) > 380)
            break;
    }
    is_number (wrong, 0, "subjects of every length fold between characters, in short lines, and read back whole");
}

static void test_mail_headers (void)
{
    static const char *const bad[] = { "",      "@",     "a@",      "@b",    "a",       "a b@c", "a@b c",  "a@b\r\nBcc: x@y",
                                       "a@b\n", "<a@b>", "a@b,c@d", "a;b@c", "\"a\"@b", "あ@b",  "a@b\x7f" };
    char lengthy[300];
    ARENA (arena);
    const char *mail = mail_text (&arena, "renkei@example.invalid", "a@example.invalid", "件名", "本文", "d1", 1763800000000000);

    ok (mail && strstr (mail, "Date: Sat, 22 Nov 2025 17:26:40 +0900\r\n"), "RFC 5322 a mail has its date, in the time of Japan");
    ok (mail && strstr (mail, "From: renkei@example.invalid\r\n") == mail && strstr (mail, "To: a@example.invalid\r\n"),
        "RFC 5322 ...its sender and its reader");
    ok (mail && strstr (mail, "Auto-Submitted: auto-generated\r\n"), "...and says that no person answers");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (mail_text (&arena, "r@example.invalid", bad[i], "s", "t", "d", 0)
            || mail_text (&arena, bad[i], "a@example.invalid", "s", "t", "d", 0))
            ok (false, "a bad address makes no mail, at either end");
    memset (lengthy, 'a', sizeof lengthy);
    snprintf (lengthy + 250, sizeof lengthy - 250, "@example.invalid");
    ok (!mail_text (&arena, "r@example.invalid", lengthy, "s", "t", "d", 0) && !mail_text (&arena, NULL, NULL, NULL, "t", "d", 0),
        "nor does one of more than 254 characters, or none");
    ok (mail_text (&arena, "r@e", "a@e", NULL, "", "d", 0) != NULL, "an empty text is a mail, too");
}

/* ---- words --------------------------------------------------------------------------------------------------------------------------- */

static void test_late (void)
{
    static const struct { int64_t seconds; const char *words; } rows[] = {
        { -5, NULL }, { 0, NULL }, { 59, NULL }, { 60, "1分前の報告（通信遅れ）" }, { 3599, "59分前の報告（通信遅れ）" },
        { 3600, "1時間0分前の報告（通信遅れ）" }, { 93784, "26時間3分前の報告（通信遅れ）" } };
    ARENA (arena);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *words = report_late_words (&arena, 1000 * SECOND_US, (1000 + rows[i].seconds) * SECOND_US);

        ok (words && rows[i].words ? strcmp (words, rows[i].words) == 0 : words == rows[i].words,
            rows[i].words ? rows[i].words : "a report that came at once says nothing of lateness");
    }
    is_number (report_observed_at (5, 4), 4, "a sender's clock never puts a report into the future");
    is_number (report_observed_at (INT64_MAX, 4), 4, "...however far it runs ahead");
    is_number (report_observed_at (3, 4), 3, "...and keeps its past");
}

/* N-58: only what can be dialled leaves as a number to call back. */
static void test_callback (void)
{
    static const struct { const char *typed; bool leaves; } rows[] = {
        { "090-0000-0001", true }, { "+81 90 0000 0001", true }, { "(011)000-0001", true }, { "０９０－００００－０００１", true }, { "119", true },
        { "山田花子", false }, { "山田 090-0000-0001", false }, { "090-0000-0001 山田", false }, { "がん", false }, { "", false }, { "--", false },
        { "a", false }, { "090\n0000", false }, { NULL, false } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[100];

        snprintf (name, sizeof name, "N-58 \"%.40s\" typed as a number to call back %s", rows[i].typed ? rows[i].typed : "(nothing)",
                  rows[i].leaves ? "leaves the region" : "stays inside");
        for (char *c = name; *c; c++)
            *c = *c == '\n' ? ' ' : *c;
        is_number (message_can_be_dialled (rows[i].typed), rows[i].leaves, name);
    }
}

static void test_status (void)
{
    for (long status = 0; status < 700; status++) {
        bool delivered = status / 100 == 2;
        bool permanent = status / 100 == 4 && status != 408 && status != 425 && status != 429;

        if (sent_of_status (status) != (delivered ? SENT_DELIVERED : permanent ? SENT_PERMANENT : SENT_TEMPORARY))
            ok (false, "a status means what it says");
    }
    ok (sent_of_status (0) == SENT_TEMPORARY,
        "N-54 2xx is delivered, 4xx is given up but for 408, 425 and 429, everything else is tried again");
    for (int64_t attempts = -1; attempts < 100; attempts++)
        if (retry_seconds (attempts) > retry_seconds (attempts + 1) || retry_seconds (attempts) < 5 || retry_seconds (attempts) > 900)
            ok (false, "waits grow from 5 s to 15 minutes");
    is_number (retry_seconds (INT64_MAX), 900, "...and stay there");
}

static void test_clip (void)
{
    static const char text[] = "a\u00e9\u3042\U00020bb7z";                              /* 1, 2, 3, 4, 1 bytes */
    static const size_t wanted[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11 };
    ARENA (arena);

    for (size_t bytes = 0; bytes < sizeof wanted / sizeof *wanted; bytes++)
        if (strlen (words_clip (&arena, text, bytes)) != wanted[bytes])
            ok (false, "text is cut before the character that does not fit whole");
    ok (words_clip (&arena, NULL, 3) == NULL, "no text stays none");
}

int main (void)
{
    test_addresses ();
    test_secrets ();
    test_signature_covers ();
    test_hostile_names ();
    test_sizes ();
    test_subjects ();
    test_mail_headers ();
    test_late ();
    test_callback ();
    test_status ();
    test_clip ();
    return done ();
}
