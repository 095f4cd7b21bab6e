/* adapter.h - the one protocol behind which every channel to the outside stands: e-mail, webhook, voice, SMS, FAX, push.
 *
 * Request: message id (the idempotency key of every attempt), channel, address, text, deadline.  Answer, one of
 *
 *     delivered   taken, and the channel tells no more (a mail server's 250, a webhook's 2xx)
 *     accepted    taken; receipts follow under the adapter's own id of the message
 *     temporary   not taken now: no connection, no answer within HAND_OVER_SECONDS, 5xx, an empty or unreadable answer.  The channel's
 *                 other adapter is tried at once, then the person's next channel, then this one again later
 *     permanent   never: no such number, refused.  The person's next channel at once; the contact is marked
 *
 * Receipts come later, repeated or out of order; they carry the adapter's id, what happened and, if the provider counts, a sequence.
 * They never move a message backwards (receipt_rules.h).
 *
 * Several adapters may serve one channel, in order: odd attempts go to the first, even ones to the second.  per_second is the contract
 * with the provider; it slows information, and emergencies only by what exceeds a second's worth of it (pace.h).
 *
 * A hand lives on one sender thread (sender.c).  begin () either answers at once or prepares a transfer (easy), which the sender runs
 * beside others; end () then answers from its outcome.  Words of an answer stand in the course of the alert: no address, no name.
 * How a provider is attached without a line of C: adapter_file.h.  For integrators: docs/adapters.md.
 */
#ifndef NOTIFY_ADAPTER_H
#define NOTIFY_ADAPTER_H

#include "delivery_store.h"
#include "pace.h"
#include "link_token.h"

enum { ADAPTER_MOST = 16, HAND_OVER_SECONDS = 10, RESPONSE_MOST = 64 * 1024 };

struct sender_settings;

struct adapter_answer { enum sent sent; const char *words, *provider_id; };     /* sent 0: not yet */

/* One message in an adapter's hands.  Memory comes from the arena. */
struct hand {
    struct arena *arena;
    struct claimed claim;
    struct adapter *adapter;
    struct adapter_answer answer;
    void *easy;                             /* CURL *: a transfer that the sender runs */
    void *lists[2];                         /* struct curl_slist *: headers, recipients */
    void *mime;                             /* curl_mime * (FAX by mail) */
    const char *give;                       /* left to upload (mail) */
    size_t give_left;
    char *got;                              /* what came back, NUL-terminated */
    size_t got_size;
    bool got_too_much;
    int child;                              /* pid of a command the sender waits for; 0: none */
    int64_t begun;                          /* monotonic, µs */
    struct batch_memory *memory;            /* the sender's */
    struct hand *next;
};

struct adapter {
    const char *name;
    unsigned channels;                      /* bit (contact_kind - 1) */
    void (*begin) (struct adapter *adapter, struct hand *hand);
    void (*end) (struct adapter *adapter, struct hand *hand, int code, long status);    /* code: CURLcode, or the command's exit status */
    const void *state;                      /* its own settings */
    struct pace pace;
};

struct adapters { struct adapter items[ADAPTER_MOST]; size_t count; const struct link_key *links; /* NULL: no one-time links */ };

static inline bool adapter_serves (const struct adapter *adapter, enum contact_kind kind)
{
    return adapter->channels >> (kind - 1) & 1;
}

size_t adapters_for (const struct adapters *adapters, enum contact_kind kind);      /* how many serve this channel */
/* For the attempt, counted from 1; NULL when the channel is not set up. */
struct adapter *adapters_choose (struct adapters *adapters, enum contact_kind kind, int64_t attempt);
/* What the settings say, in order; *err names a file that cannot be read.  Memory from the arena. */
int adapters_of_settings (struct arena *arena, const struct sender_settings *settings, struct adapters *ret, struct error *err);

void adapter_forget (struct adapter *adapter);          /* what its file holds; the rest is the arena's */

static inline void hand_answer (struct hand *hand, enum sent sent, const char *words)
{
    hand->answer = (struct adapter_answer) { .sent = sent, .words = words, .provider_id = hand->answer.provider_id };
}

/* What is known only now: the answer's code and keys for this channel, and whether it may arrive twice. */
void hand_fill (struct hand *hand, const struct link_key *links);
/* Prepares hand->easy for an address, with the limits every transfer has; false (and a temporary answer) when that fails. */
bool hand_open (struct hand *hand, const char *url, const char *protocols);
void hand_header (struct hand *hand, const char *fmt, ...) __attribute__ ((format (printf, 2, 3)));
void hand_post (struct hand *hand, const void *body, size_t size);
void hand_close (struct hand *hand);                                    /* frees the transfer, not the arena */

/* Hands one message over and waits for the answer: tests, and whoever has a thread to spare. */
struct adapter_answer hand_over_now (struct arena *arena, struct adapter *adapter, const struct claimed *claim);

/* What the built-in channels are (adapter_network.c); state: struct sender_settings. */
const void *mail_state (struct arena *arena, const char *url, const char *from);
void mail_begin (struct adapter *adapter, struct hand *hand);
void mail_end (struct adapter *adapter, struct hand *hand, int code, long status);
void webhook_begin (struct adapter *adapter, struct hand *hand);
void call_begin (struct adapter *adapter, struct hand *hand);
const void *push_state (struct arena *arena, const struct sender_settings *settings);
void push_begin (struct adapter *adapter, struct hand *hand);            /* adapter_push.c */
void push_end (struct adapter *adapter, struct hand *hand, int code, long status);
const void *fax_mail_state (struct arena *arena, const struct sender_settings *settings);
/* The page as PDF bytes, in the arena. */
int fax_print (struct arena *arena, const struct claimed *claim, struct bytes *ret, struct error *err);
void fax_begin (struct adapter *adapter, struct hand *hand);             /* adapter_fax.c; state: path of sendfax */
void fax_end (struct adapter *adapter, struct hand *hand, int code, long status);
void fax_mail_begin (struct adapter *adapter, struct hand *hand);
void fax_mail_end (struct adapter *adapter, struct hand *hand, int code, long status);
void http_end (struct adapter *adapter, struct hand *hand, int code, long status);     /* the status alone counts */

#endif
