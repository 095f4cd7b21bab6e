/* adapter_network.c - the built-in channels: e-mail by SMTP, signed webhooks, calls and SMS as JSON to one address; see adapter.h. */
#include <curl/curl.h>
#include "adapter.h"
#include "clock.h"
#include "sender.h"
#include "webhook_sign.h"

enum { BODY_MOST = 20 * 1024 };

struct mail_state { const char *url, *from; };

const void *mail_state (struct arena *arena, const char *url, const char *from)
{
    struct mail_state *state = arena_alloc (arena, sizeof *state);

    *state = (struct mail_state) { url, from };
    return state;
}

static size_t give (char *buffer, size_t size, size_t count, void *with)
{
    struct hand *hand = with;
    size_t bytes = size * count < hand->give_left ? size * count : hand->give_left;

    memcpy (buffer, hand->give, bytes);
    hand->give += bytes;
    hand->give_left -= bytes;
    return bytes;
}

/* ---- e-mail -------------------------------------------------------------------------------------------------------------------------- */

void mail_begin (struct adapter *adapter, struct hand *hand)
{
    const struct mail_state *state = adapter->state;
    const struct claimed *claim = &hand->claim;
    const char *text = mail_text (hand->arena, state->from, claim->address, claim->subject, claim->text, claim->delivery_id,
                                  clock_real_us ());

    if (!text) {
        hand_answer (hand, SENT_PERMANENT, "メールアドレスの形が正しくありません");
        return;
    }
    if (!hand_open (hand, state->url, "smtp,smtps"))
        return;
    hand->give = text;
    hand->give_left = strlen (text);
    hand->lists[1] = curl_slist_append (NULL, claim->address);
    curl_easy_setopt (hand->easy, CURLOPT_FORBID_REUSE, 1L);          /* a mail server may take one client at a time */
    curl_easy_setopt (hand->easy, CURLOPT_MAIL_FROM, state->from);
    curl_easy_setopt (hand->easy, CURLOPT_MAIL_RCPT, hand->lists[1]);
    curl_easy_setopt (hand->easy, CURLOPT_READFUNCTION, give);
    curl_easy_setopt (hand->easy, CURLOPT_READDATA, hand);
    curl_easy_setopt (hand->easy, CURLOPT_UPLOAD, 1L);
}

void mail_end (struct adapter *adapter, struct hand *hand, int code, long status)
{
    const bool refused = status >= 500 && status < 600;

    (void) adapter;
    if (code == CURLE_OK)
        hand_answer (hand, SENT_DELIVERED, NULL);
    else if (refused)
        hand_answer (hand, SENT_PERMANENT, arena_print (hand->arena, "メールサーバーが受け付けませんでした（%ld）", status));
    else
        hand_answer (hand, SENT_TEMPORARY, "メールサーバーに送れませんでした");
}

/* ---- HTTP ---------------------------------------------------------------------------------------------------------------------------- */

void http_end (struct adapter *adapter, struct hand *hand, int code, long status)
{
    enum sent sent = sent_of_status (status);

    (void) adapter;
    /* a partner that talks without end has answered: its status counts, its words are not wanted */
    if (code != CURLE_OK && !(code == CURLE_WRITE_ERROR && hand->got_too_much))
        hand_answer (hand, SENT_TEMPORARY, "相手につながりませんでした");
    else
        hand_answer (hand, sent, sent == SENT_DELIVERED ? NULL : arena_print (hand->arena, "相手が受け付けませんでした（%ld）", status));
}

void webhook_begin (struct adapter *adapter, struct hand *hand)
{
    const struct sender_settings *settings = adapter->state;
    const struct claimed *claim = &hand->claim;
    int64_t seconds = clock_real_us () / SECOND_US;
    const char *signature = claim->secret ? webhook_signature (hand->arena, claim->secret, claim->delivery_id, seconds, claim->text) : NULL;

    if (!signature || !webhook_is_allowed (claim->address, settings->webhook_allow) || strlen (claim->text) >= BODY_MOST) {
        hand_answer (hand, SENT_PERMANENT, "送信先が許可されていません");
        return;
    }
    if (!hand_open (hand, claim->address, "http,https"))
        return;
    hand_header (hand, "Content-Type: application/json");
    hand_header (hand, "webhook-id: %s", claim->delivery_id);
    hand_header (hand, "webhook-timestamp: %lld", (long long) seconds);
    hand_header (hand, "webhook-signature: %s", signature);
    if (claim->possible_duplicate)
        hand_header (hand, "Renkei-Possible-Duplicate: true");
    hand_post (hand, claim->text, strlen (claim->text));
}

void call_begin (struct adapter *adapter, struct hand *hand)
{
    const struct sender_settings *settings = adapter->state;
    const struct claimed *claim = &hand->claim;
    const char *body = message_call (hand->arena, claim->delivery_id, claim->kind == CONTACT_KIND_SMS ? "sms" : "voice", claim->address,
                                     claim->text, claim->alert_id);

    if (!hand_open (hand, settings->voice_url, "http,https"))
        return;
    hand_header (hand, "Content-Type: application/json");
    hand_header (hand, "Idempotency-Key: %s", claim->delivery_id);
    if (claim->possible_duplicate)
        hand_header (hand, "Renkei-Possible-Duplicate: true");
    hand_post (hand, body, strlen (body));
}
