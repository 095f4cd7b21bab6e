/* message_text.h - words that leave the region: e-mail, telephone, text message, webhook.  They carry urgency, municipality, the reporter's
 * office and its number, a short number of the alert and where to answer; never a name, an address or a diagnosis of the person concerned.
 * Pure; the record they are made from has no such fields. */
#ifndef NOTIFY_MESSAGE_TEXT_H
#define NOTIFY_MESSAGE_TEXT_H

#include "messages.h"

/* Stand in a text until it is handed over: how this channel and this adapter are answered, and a contact's code. */
#define MESSAGE_ANSWER "{answer}"
#define MESSAGE_CODE "{code}"
/* The link that answers a letter to a facility; the delivery's code names the letter. */
#define MESSAGE_LETTER "{letter}"
/* A line of its own with a one-time link; gone where there are none. */
#define MESSAGE_LINK "{link}"

struct outside_facts {
    const char *alert_id;
    const char *municipality, *municipality_name;       /* official code; name or NULL */
    enum urgency urgency;
    enum condition_tag tag;
    enum alert_class class;                             /* 0: a sudden change */
    bool exercise;                                      /* every text begins 【訓練】 */
    const char *office, *callback;                      /* reporter's office and number to call back; may be NULL */
    int64_t reported_at;
    const char *last_resort_name, *last_resort_phone;
};

/* Digits, full-width ones too, with what is written between them: what a reporter types as a number may be a name, and a name does not
 * leave. */
bool message_can_be_dialled (const char *text);

const char *message_number (struct arena *arena, const char *alert_id);        /* "#A1B2C3": short, the same in every message of an alert */
const char *message_subject (struct arena *arena, const struct outside_facts *facts, bool asks);
const char *message_body (struct arena *arena, const struct outside_facts *facts, bool asks);
const char *message_spoken (struct arena *arena, const struct outside_facts *facts);   /* for voice and SMS: one or two sentences */

const char *message_push (struct arena *arena, const struct outside_facts *facts, bool asks);     /* JSON for the page's service worker */

/* People on duty now in the webhook: doctors and desk, with telephone. */
struct outside_duty { const char *role, *name, *office, *phone; };
/* JSON below 20 KB. */
const char *message_webhook (struct arena *arena, const char *delivery_id, const struct outside_facts *facts,
                             const struct outside_duty *duty, size_t count);

/* What the adapter for calls and SMS is given: {"delivery_id", "kind", "to", "text", "number"}. */
const char *message_call (struct arena *arena, const char *delivery_id, const char *kind, const char *to, const char *text,
                          const char *alert_id);

#endif
