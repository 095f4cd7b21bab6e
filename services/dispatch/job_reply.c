/* job_reply.c - sends replies to partners that have an address, as signed webhooks (Standard Webhooks 1.0.0); the newest first.
 *
 * One run claims, the next one sends and writes the result: no row is locked during a network call.  At least once: the reply's id is the
 * same at every attempt.  A partner that is away is tried again after 2, 4, 8 … at most 60 s until the reply expires.
 */
#include <curl/curl.h>
#include "clock.h"
#include "dispatch.h"
#include "reply_store.h"
#include "webhook_sign.h"

enum { CONNECT_MS = 2000, WHOLE_MS = 4000, AGAIN_MOST = 60 };

static size_t drop (char *bytes, size_t size, size_t count, void *with)
{
    (void) bytes;
    (void) with;
    return size * count;
}

static long post (const struct reply_claim *claim, struct curl_slist *headers)
{
    CURL *curl = curl_easy_init ();
    long status = 0;

    if (!curl)
        return 0;
    curl_easy_setopt (curl, CURLOPT_URL, claim->url);
    curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt (curl, CURLOPT_PROXY, "");
    curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT_MS, (long) CONNECT_MS);
    curl_easy_setopt (curl, CURLOPT_TIMEOUT_MS, (long) WHOLE_MS);
    curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, drop);
    curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt (curl, CURLOPT_POSTFIELDS, claim->body.data);
    curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE, (long) claim->body.size);
    if (curl_easy_perform (curl) == CURLE_OK)
        curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup (curl);
    return status;
}

/* NULL: it has arrived; else why not. */
static const char *send_reply (const struct dispatch *self, const struct reply_claim *claim, struct arena *arena)
{
    int64_t seconds = clock_real_us () / SECOND_US;
    const char *body = arena_copy (arena, (const char *) claim->body.data, claim->body.size);
    const char *signature = claim->secret ? webhook_signature (arena, claim->secret, claim->reply_id, seconds, body) : NULL;
    struct curl_slist *headers;
    long status;

    if (!signature || !webhook_is_allowed (claim->url, self->webhook_allow))
        return "送信先が許可されていないか、署名の鍵がありません";
    headers = curl_slist_append (NULL, arena_print (arena, "Content-Type: %s", claim->media_type));
    headers = curl_slist_append (headers, arena_print (arena, "webhook-id: %s", claim->reply_id));
    headers = curl_slist_append (headers, arena_print (arena, "webhook-timestamp: %lld", (long long) seconds));
    headers = curl_slist_append (headers, arena_print (arena, "webhook-signature: %s", signature));
    status = post (claim, headers);
    curl_slist_free_all (headers);
    return status >= 200 && status < 300 ? NULL
           : status ? arena_print (arena, "相手が受け付けませんでした（%ld）", status) : "相手につながりませんでした";
}

static int64_t again_after (int64_t attempts)
{
    return attempts >= 6 ? AGAIN_MOST : 1ll << (attempts < 1 ? 1 : attempts);
}

int dispatch_job_reply (void *service, struct job_run *run, struct error *err)
{
    struct dispatch *self = service;
    int64_t number = self->sending;
    struct reply_claim claim;
    const char *why;

    self->sending = 0;
    if (number) {
        if (reply_read (run->db, run->arena, number, &claim, err) < 0)
            return -1;
        why = claim.number ? send_reply (self, &claim, run->arena) : NULL;
        if (claim.number && reply_done (run->db, number, !why, again_after (claim.attempts), why, err) < 0)
            return -1;
    }
    if (reply_take (run->db, run->arena, &claim, err) < 0)
        return -1;
    self->sending = claim.number;
    *run->again = claim.number > 0;
    return 0;
}
