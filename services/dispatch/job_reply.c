/* job_reply.c - sends replies to partners that have an address, as signed webhooks (Standard Webhooks 1.0.0); the newest first.
 *
 * One run claims, the next one sends what was claimed and writes what has landed meanwhile: no row is locked during a network call, and a
 * partner that hangs has four replies on their way and holds up nobody else's (courier.h).  At least once: the reply's id is the same at
 * every attempt.  A partner that is away is tried again after 2, 4, 8 … at most 60 s until the reply expires.
 */
#include "clock.h"
#include "courier.h"
#include "dispatch.h"
#include "reply_store.h"
#include "webhook_sign.h"

enum { WHOLE_MS = 4000, AGAIN_MOST = 60, WAIT_MS = 20 };

static int64_t again_after (int64_t attempts)
{
    return attempts >= 6 ? AGAIN_MOST : 1ll << (attempts < 1 ? 1 : attempts);
}

/* NULL: it is on its way; else why not. */
static const char *send_reply (struct dispatch *self, const struct reply_claim *claim, struct arena *arena)
{
    int64_t seconds = clock_real_us () / SECOND_US;
    const char *body = arena_copy (arena, (const char *) claim->body.data, claim->body.size);
    const char *signature = claim->secret ? webhook_signature (arena, claim->secret, claim->reply_id, seconds, body) : NULL;
    const struct parcel parcel = { .number = claim->number, .attempts = claim->attempts, .url = claim->url, .media_type = claim->media_type,
                                   .id = claim->reply_id, .signature = signature, .seconds = seconds, .body = claim->body };

    if (!signature || !webhook_is_allowed (claim->url, self->webhook_allow))
        return "送信先が許可されていないか、署名の鍵がありません";
    return courier_send (self->courier, &parcel) ? NULL : "送信の準備ができませんでした";
}

static int send_claimed (struct dispatch *self, struct job_run *run, struct error *err)
{
    struct claimed_replies claimed = self->claimed;

    self->claimed.count = 0;
    for (int i = 0; i < claimed.count; i++) {
        struct reply_claim claim;
        const char *why;

        if (reply_read (run->db, run->arena, claimed.numbers[i], &claim, err) < 0)
            return -1;
        why = claim.number ? send_reply (self, &claim, run->arena) : NULL;
        if (why && reply_done (run->db, claim.number, false, again_after (claim.attempts), why, err) < 0)
            return -1;
    }
    return 0;
}

static int write_landed (struct dispatch *self, struct job_run *run, struct error *err)
{
    struct landing landing;

    while (courier_landed (self->courier, &landing)) {
        bool reached = landing.status >= 200 && landing.status < 300;
        const char *why = reached ? NULL
                          : landing.status ? arena_print (run->arena, "相手が受け付けませんでした（%ld）", landing.status)
                                           : "相手につながりませんでした";

        if (reply_done (run->db, landing.number, reached, again_after (landing.attempts), why, err) < 0)
            return -1;
    }
    return 0;
}

int dispatch_job_reply (void *service, struct job_run *run, struct error *err)
{
    struct dispatch *self = service;

    if (!self->courier)
        self->courier = courier_open (self->send_ms ? self->send_ms : WHOLE_MS);
    if (send_claimed (self, run, err) < 0)
        return -1;
    if (courier_in_flight (self->courier))
        courier_work (self->courier, WAIT_MS);
    if (write_landed (self, run, err) < 0 || reply_take (run->db, &self->claimed, err) < 0)
        return -1;
    *run->again = self->claimed.count > 0 || courier_in_flight (self->courier) > 0;
    return 0;
}
