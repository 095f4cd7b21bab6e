/* adapter_push.c - Web Push: a message encrypted for one browser, handed to its push service; see adapter.h and push_crypt.h.
 *
 * Source: RFC 8030 (TTL, Urgency, Topic), RFC 8291, RFC 8292.
 */
#include <curl/curl.h>
#include "adapter.h"
#include "clock.h"
#include "push_crypt.h"
#include "sender.h"
#include "webhook_sign.h"

enum { TTL_ASKS = 600, TTL_INFORMS = 24 * 3600, PROOF_SECONDS = 12 * 3600 };

struct push_state { struct push_pair key; const char *subject, *allow; };

const void *push_state (struct arena *arena, const struct sender_settings *settings)
{
    struct push_state *state = arena_alloc (arena, sizeof *state);

    *state = (struct push_state) { .key = *settings->push_key, .subject = settings->push_subject, .allow = settings->push_allow };
    return state;
}

void push_begin (struct adapter *adapter, struct hand *hand)
{
    const struct push_state *state = adapter->state;
    const struct claimed *claim = &hand->claim;
    size_t first = claim->secret ? strcspn (claim->secret, " ") : 0;
    const char *p256dh = claim->secret ? arena_copy (hand->arena, claim->secret, first) : NULL;
    struct bytes body = p256dh && claim->secret[first]
        ? push_encrypt (hand->arena, p256dh, claim->secret + first + 1, claim->text, NULL, NULL) : (struct bytes) { NULL, 0 };
    const char *proof = push_authorization (hand->arena, &state->key, claim->address, state->subject,
                                            clock_real_us () / SECOND_US + PROOF_SECONDS);

    if (!body.data || !proof || !webhook_is_allowed (claim->address, state->allow)) {
        hand_answer (hand, SENT_PERMANENT, "この端末には送れません");
        return;
    }
    if (!hand_open (hand, claim->address, "http,https"))
        return;
    hand_header (hand, "Authorization: %s", proof);
    hand_header (hand, "Content-Type: application/octet-stream");
    hand_header (hand, "Content-Encoding: aes128gcm");
    hand_header (hand, "TTL: %d", claim->asks ? TTL_ASKS : TTL_INFORMS);
    hand_header (hand, "Urgency: %s", claim->asks ? "high" : "normal");
    hand_post (hand, body.data, body.size);
}

/* 404 and 410: the browser has gone; 4xx about ourselves (401, 403) is nobody's wrong address. */
void push_end (struct adapter *adapter, struct hand *hand, int code, long status)
{
    (void) adapter;
    if (code != CURLE_OK)
        hand_answer (hand, SENT_TEMPORARY, "相手につながりませんでした");
    else if (status >= 200 && status < 300)
        hand_answer (hand, SENT_DELIVERED, NULL);
    else if (status == 404 || status == 410 || status == 413)
        hand_answer (hand, SENT_PERMANENT, arena_print (hand->arena, "この端末には届きません（%ld）", status));
    else
        hand_answer (hand, SENT_TEMPORARY, arena_print (hand->arena, "相手が受け付けませんでした（%ld）", status));
}
