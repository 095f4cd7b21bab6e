/* sender.h - takes messages to the outside from their rows and hands them to adapters (adapter.h).
 *
 * Two threads with a connection each (engine role): one only for what asks in an emergency, one for the rest, so that an E0 passes any
 * number of waiting notices.  Each runs many transfers at once, so that a slow partner holds up nobody else.  Results and the next claims
 * share a transaction; none is open during a network call.  At least once: a sender that dies leaves its claims to the next after 30 s of
 * the real clock, marked possible_duplicate; the delivery id is the idempotency key of every attempt.
 *
 * After a temporary failure the channel's other adapter is asked at once, then this person's next channel may go, then the same again
 * after 5 s, 15 s, 60 s, 5 min, then every 15 min: what asks until its alert needs no answer any more, what informs for three days; then
 * it is given up, visibly.  After a restore nothing leaves until outbound_release.  Limits: 10 s a message, 64 at once a thread; no
 * redirects; only http, https, smtp, smtps; webhooks only to the allow-list.  Source: RFC 5321, 5322, 2045-2047; Standard Webhooks 1.0.0.
 */
#ifndef NOTIFY_SENDER_H
#define NOTIFY_SENDER_H

#include "adapter.h"

struct sender_settings {
    const char *smtp_url;               /* "smtp://host:25"; "" sends no e-mail */
    const char *smtp_url_2;             /* the second server, asked when the first fails; NULL or "": none */
    const char *mail_from;
    const char *voice_url;              /* address that takes calls and SMS as JSON; "" makes none */
    const char *webhook_allow;          /* prefixes */
    const char *adapter_files;          /* comma-separated; NULL or "": none */
    const struct push_pair *push_key;   /* of this region, for push messages; NULL: none are sent */
    const char *push_subject, *push_allow;      /* "mailto:…"; prefixes of push services */
    const char *fax_command;            /* path of HylaFAX's sendfax; NULL or "": none */
    const char *fax_mail;               /* address of a gateway with %s for the number; NULL or "": none */
    const struct link_key *links;       /* of one-time links; NULL: none */
};

enum { INFORM_HOURS = 72 };

struct sender;

struct sender *sender_start (const char *conninfo, const struct sender_settings *settings, struct error *err);
void sender_poke (struct sender *sender);
void sender_stop (struct sender **sender);              /* waits for what is being handed over */
const struct adapters *sender_adapters (const struct sender *sender);

/* Claims once, hands over, waits for every outcome, writes it.  Tests call it.  Gives how many were claimed. */
int sender_round (struct db *db, const struct sender_settings *settings, size_t *ret_claimed, struct error *err);
int sender_round_with (struct db *db, struct adapters *adapters, enum lane first, enum lane last, size_t *ret_claimed, struct error *err);

/* What an HTTP status means. */
enum sent sent_of_status (long status);
int64_t retry_seconds (int64_t attempts);
/* What becomes of a message after this answer.  adapters: how many serve its channel. */
struct result result_of (const struct claimed *claim, const struct adapter_answer *answer, const char *adapter, size_t adapters);
/* An RFC 5322 message of the instant `at` (µs), CRLF, UTF-8 in base64; NULL when address or sender would break the header. */
const char *mail_text (struct arena *arena, const char *from, const char *to, const char *subject, const char *text,
                       const char *delivery_id, int64_t at);

#endif
