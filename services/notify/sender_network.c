/* sender_network.c - see sender_network.h. */
#include "sender_network.h"
#include <curl/curl.h>
#include "clock.h"
#include "webhook_sign.h"

enum { CONNECT_MS = 10000, WHOLE_MS = 20000, QUIT_SECONDS = 5, BODY_MOST = 20 * 1024 };

struct reading { const char *text; size_t left; };

static size_t give (char *buffer, size_t size, size_t count, void *with)
{
    struct reading *reading = with;
    size_t bytes = size * count < reading->left ? size * count : reading->left;

    memcpy (buffer, reading->text, bytes);
    reading->text += bytes;
    reading->left -= bytes;
    return bytes;
}

static size_t drop (char *bytes, size_t size, size_t count, void *with)
{
    (void) bytes;
    (void) with;
    return size * count;
}

static CURL *open_curl (const char *url, const char *protocols)
{
    CURL *curl = curl_easy_init ();

    if (!curl)
        return NULL;
    curl_easy_setopt (curl, CURLOPT_URL, url);
    curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt (curl, CURLOPT_PROXY, "");
    curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT_MS, (long) CONNECT_MS);
    curl_easy_setopt (curl, CURLOPT_TIMEOUT_MS, (long) WHOLE_MS);
    curl_easy_setopt (curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)QUIT_SECONDS); /* also of the QUIT that cleanup sends; else 120 s */
    curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, drop);
    return curl;
}

enum sent network_mail (struct arena *arena, const struct sender_settings *settings, const struct claimed *claim, const char **ret_error)
{
    const char *text = mail_text (arena, settings->mail_from, claim->address, claim->subject, claim->text, claim->delivery_id,
                                  clock_real_us ());
    struct reading reading = { .text = text, .left = text ? strlen (text) : 0 };
    struct curl_slist *to;
    long status = 0;
    CURLcode code;
    CURL *curl;

    *ret_error = "メールアドレスの形が正しくありません";
    if (!text)
        return SENT_PERMANENT;
    *ret_error = "メールサーバーに送れませんでした";
    curl = open_curl (settings->smtp_url, "smtp,smtps");
    to = curl ? curl_slist_append (NULL, claim->address) : NULL;
    if (!curl)
        return SENT_TEMPORARY;
    curl_easy_setopt (curl, CURLOPT_MAIL_FROM, settings->mail_from);
    curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt (curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt (curl, CURLOPT_READDATA, &reading);
    curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
    code = curl_easy_perform (curl);
    curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all (to);
    curl_easy_cleanup (curl);
    if (code == CURLE_OK)
        return SENT_DELIVERED;
    if (status >= 500 && status < 600)
        *ret_error = arena_print (arena, "メールサーバーが受け付けませんでした（%ld）", status);
    return status >= 500 && status < 600 ? SENT_PERMANENT : SENT_TEMPORARY;
}

static enum sent post (struct arena *arena, const char *url, struct curl_slist *headers, const char *body, const char **ret_error)
{
    CURL *curl = open_curl (url, "http,https");
    long status = 0;
    CURLcode code;

    *ret_error = "相手につながりませんでした";
    if (!curl)
        return SENT_TEMPORARY;
    curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt (curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE, (long) strlen (body));
    code = curl_easy_perform (curl);
    curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup (curl);
    if (code != CURLE_OK)
        return SENT_TEMPORARY;
    *ret_error = arena_print (arena, "相手が受け付けませんでした（%ld）", status);
    return sent_of_status (status);
}

enum sent network_webhook (struct arena *arena, const struct sender_settings *settings, const struct claimed *claim, const char **ret_error)
{
    int64_t seconds = clock_real_us () / SECOND_US;
    const char *signature = claim->secret ? webhook_signature (arena, claim->secret, claim->delivery_id, seconds, claim->text) : NULL;
    struct curl_slist *headers;
    enum sent sent;

    *ret_error = "送信先が許可されていません";
    if (!signature || !webhook_is_allowed (claim->address, settings->webhook_allow) || strlen (claim->text) >= BODY_MOST)
        return SENT_PERMANENT;
    headers = curl_slist_append (NULL, "Content-Type: application/json");
    headers = curl_slist_append (headers, arena_print (arena, "webhook-id: %s", claim->delivery_id));
    headers = curl_slist_append (headers, arena_print (arena, "webhook-timestamp: %lld", (long long) seconds));
    headers = curl_slist_append (headers, arena_print (arena, "webhook-signature: %s", signature));
    sent = post (arena, claim->address, headers, claim->text, ret_error);
    curl_slist_free_all (headers);
    return sent;
}

enum sent network_voice (struct arena *arena, const struct sender_settings *settings, const struct claimed *claim, const char **ret_error)
{
    const char *body = message_call (arena, claim->delivery_id, claim->kind == CONTACT_KIND_SMS ? "sms" : "voice", claim->address,
                                     claim->text, claim->alert_id);
    struct curl_slist *headers = curl_slist_append (NULL, "Content-Type: application/json");
    enum sent sent;

    headers = curl_slist_append (headers, arena_print (arena, "Idempotency-Key: %s", claim->delivery_id));
    sent = post (arena, settings->voice_url, headers, body, ret_error);
    curl_slist_free_all (headers);
    return sent;
}
