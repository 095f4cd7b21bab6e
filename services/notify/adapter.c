/* adapter.c - see adapter.h. */
#include "adapter.h"
#include <curl/curl.h>
#include <stdarg.h>
#include <stdlib.h>
#include "adapter_file.h"
#include "clock.h"
#include "sender.h"

enum { CONNECT_MS = 5000, QUIT_SECONDS = 5, HEADER_MOST = 1200 };

size_t adapters_for (const struct adapters *adapters, enum contact_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < adapters->count; i++)
        count += adapter_serves (&adapters->items[i], kind);
    return count;
}

struct adapter *adapters_choose (struct adapters *adapters, enum contact_kind kind, int64_t attempt)
{
    size_t count = adapters_for (adapters, kind), wanted = count ? (size_t) (attempt > 0 ? attempt - 1 : 0) % count : 0;

    for (size_t i = 0; i < adapters->count; i++)
        if (adapter_serves (&adapters->items[i], kind) && wanted-- == 0)
            return &adapters->items[i];
    return NULL;
}

static void add (struct adapters *adapters, const struct adapter *adapter)
{
    if (adapters->count < ADAPTER_MOST)
        adapters->items[adapters->count++] = *adapter;
}

#define BIT(kind) (1u << (CONTACT_KIND_##kind - 1))

int adapters_of_settings (struct arena *arena, const struct sender_settings *settings, struct adapters *ret, struct error *err)
{
    const struct adapter webhook = { .name = "webhook", .channels = BIT (WEBHOOK), .begin = webhook_begin, .end = http_end, .state = settings };
    const struct adapter mail = { .name = "mail", .channels = BIT (EMAIL), .begin = mail_begin, .end = mail_end,
                                  .state = mail_state (arena, settings->smtp_url, settings->mail_from) };
    const struct adapter mail_2 = { .name = "mail-2", .channels = BIT (EMAIL), .begin = mail_begin, .end = mail_end,
                                    .state = mail_state (arena, settings->smtp_url_2, settings->mail_from) };
    const struct adapter call = { .name = "voice-url", .channels = BIT (VOICE) | BIT (SMS), .begin = call_begin, .end = http_end,
                                  .state = settings };

    *ret = (struct adapters) { .links = settings->links };
    add (ret, &webhook);
    if (settings->push_key)
        add (ret, &(struct adapter) { .name = "push", .channels = BIT (PUSH), .begin = push_begin, .end = push_end,
                                      .state = push_state (arena, settings) });
    if (settings->fax_command && *settings->fax_command)
        add (ret, &(struct adapter) { .name = "fax", .channels = BIT (FAX), .begin = fax_begin, .end = fax_end, .state = settings->fax_command });
    if (settings->fax_mail && *settings->fax_mail && settings->smtp_url && *settings->smtp_url)
        add (ret, &(struct adapter) { .name = "fax-mail", .channels = BIT (FAX), .begin = fax_mail_begin, .end = fax_mail_end,
                                      .state = fax_mail_state (arena, settings) });
    if (settings->smtp_url && *settings->smtp_url)
        add (ret, &mail);
    if (settings->smtp_url_2 && *settings->smtp_url_2)
        add (ret, &mail_2);
    if (settings->adapter_files && adapter_files_add (arena, settings->adapter_files, ret, err) < 0)
        return -1;
    if (settings->voice_url && *settings->voice_url)
        add (ret, &call);
    return 0;
}

/* ---- one transfer -------------------------------------------------------------------------------------------------------------------- */

static size_t keep (char *bytes, size_t size, size_t count, void *with)
{
    struct hand *hand = with;
    size_t add = size * count;

    if (hand->got_size + add > RESPONSE_MOST) {
        hand->got_too_much = true;
        return 0;
    }
    if (!hand->got)
        hand->got = arena_alloc (hand->arena, RESPONSE_MOST + 1);
    memcpy (hand->got + hand->got_size, bytes, add);
    hand->got_size += add;
    return add;
}

bool hand_open (struct hand *hand, const char *url, const char *protocols)
{
    CURL *curl = curl_easy_init ();

    if (!curl) {
        hand_answer (hand, SENT_TEMPORARY, "送信の準備ができませんでした");
        return false;
    }
    hand->easy = curl;
    curl_easy_setopt (curl, CURLOPT_URL, url);
    curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt (curl, CURLOPT_PROXY, "");
    curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT_MS, (long) CONNECT_MS);
    curl_easy_setopt (curl, CURLOPT_TIMEOUT_MS, (long) HAND_OVER_SECONDS * 1000);
    curl_easy_setopt (curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long) QUIT_SECONDS); /* also of the QUIT that cleanup sends; else 120 s */
    curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt (curl, CURLOPT_WRITEDATA, hand);
    curl_easy_setopt (curl, CURLOPT_PRIVATE, hand);
    return true;
}

void hand_header (struct hand *hand, const char *fmt, ...)
{
    char line[HEADER_MOST];
    va_list args;

    va_start (args, fmt);
    vsnprintf (line, sizeof line, fmt, args);
    va_end (args);
    line[strcspn (line, "\r\n")] = '\0';
    hand->lists[0] = curl_slist_append (hand->lists[0], line);
    curl_easy_setopt (hand->easy, CURLOPT_HTTPHEADER, hand->lists[0]);
}

void hand_post (struct hand *hand, const void *body, size_t size)
{
    curl_easy_setopt (hand->easy, CURLOPT_POSTFIELDSIZE, (long) size);
    curl_easy_setopt (hand->easy, CURLOPT_POSTFIELDS, body);
}

void hand_close (struct hand *hand)
{
    for (size_t i = 0; i < sizeof hand->lists / sizeof *hand->lists; i++)
        curl_slist_free_all (hand->lists[i]);
    if (hand->easy)
        curl_easy_cleanup (hand->easy);
    curl_mime_free (hand->mime);
    hand->mime = NULL;
    hand->easy = NULL;
    hand->lists[0] = hand->lists[1] = NULL;
}

struct adapter_answer hand_over_now (struct arena *arena, struct adapter *adapter, const struct claimed *claim)
{
    struct hand hand = { .arena = arena, .claim = *claim, .adapter = adapter };

    adapter->begin (adapter, &hand);
    if (hand.answer.sent == 0 && hand.easy) {
        long status = 0;
        CURLcode code = curl_easy_perform (hand.easy);

        curl_easy_getinfo (hand.easy, CURLINFO_RESPONSE_CODE, &status);
        adapter->end (adapter, &hand, (int) code, status);
    }
    hand_close (&hand);
    return hand.answer;
}
