/* sender.h - takes messages to the outside from their rows and sends them: e-mail by SMTP, signed webhooks, calls and SMS by an HTTPS
 * adapter.
 *
 * Three threads with a connection each (engine role), so that a slow partner holds neither the engine nor other messages.  Claim → commit →
 * send → result → commit: no transaction is open during a network call.  At least once: a sender that dies leaves its claim to the next
 * after 30 s of the real clock; the delivery id is the idempotency key of every attempt.  A message that asks is tried until its alert
 * needs no answer any more (5 s, 15 s, 60 s, 5 min, then every 15 min); one that informs, eight times.  After a restore nothing leaves
 * until outbound_release. Limits: 10 s a connection, 20 s a message; no redirects; only http, https, smtp, smtps; webhooks only to the
 * allow-list. Source: RFC 5321, 5322, 2045-2047; Standard Webhooks 1.0.0.
 */
#ifndef NOTIFY_SENDER_H
#define NOTIFY_SENDER_H

#include "delivery_store.h"

struct sender_settings {
    const char *smtp_url;               /* "smtp://host:25"; "" sends no e-mail */
    const char *mail_from;
    const char *voice_url;              /* adapter for calls and SMS; "" makes none */
    const char *webhook_allow;          /* prefixes */
};

struct sender;

struct sender *sender_start (const char *conninfo, const struct sender_settings *settings, struct error *err);
void sender_poke (struct sender *sender);
void sender_stop (struct sender **sender);              /* waits for the message being sent */

/* One round on this connection; tests call it.  Gives how many were claimed. */
int sender_round (struct db *db, const struct sender_settings *settings, size_t *ret_claimed, struct error *err);

/* What an HTTP status means. */
enum sent sent_of_status (long status);
int64_t retry_seconds (int64_t attempts);
/* An RFC 5322 message of the instant `at` (µs), CRLF, UTF-8 in base64; NULL when address or sender would break the header. */
const char *mail_text (struct arena *arena, const char *from, const char *to, const char *subject, const char *text,
                       const char *delivery_id, int64_t at);

#endif
