/* delivery_store.h - messages to the outside as rows: queued with the change that causes them, claimed and sent by the sender (sender.h).
 */
#ifndef NOTIFY_DELIVERY_STORE_H
#define NOTIFY_DELIVERY_STORE_H

#include "message_text.h"
#include "service.h"

extern const struct db_statement delivery_statements[];         /* commands and jobs */
extern const struct db_statement sender_statements[];           /* the sender's connection */

/* In which order messages leave: an emergency overtakes any number of waiting ones.  Lanes of the first two have a sender of their own. */
enum lane { LANE_E0, LANE_ASKS, LANE_CODES, LANE_INFORMS, LANE_NEWS };
enum { LANE_URGENT_LAST = LANE_ASKS, CODE_SECONDS = 900 };     /* a contact's code is not sent when it is too old to be used */

struct outgoing {
    struct db *db;
    struct arena *arena;
    const struct outside_facts *facts;
    int64_t now;
    bool asks, voice;                                           /* voice: an adapter for calls and SMS is configured */
    bool is_e0;                                                 /* an emergency of the fire service: overtakes everything, never bundled */
    int step;                                                   /* of the alert; 0: none */
    struct text_list silent;                                    /* these are not called, nor sent a text message */
};

enum lane delivery_lane (const struct outgoing *out);
/* To every contact point of these people (informed people only by e-mail). */
int delivery_add_people (const struct outgoing *out, struct text_list people, struct error *err);
/* E-mail to everybody of the alert's circle but `but`. */
int delivery_add_circle (const struct outgoing *out, struct text_list but, struct error *err);
/* E-mail to one person about the own account: no alert, nobody else named.  can_wait: behind everything else; or_sms: as a text message to
 * who has no e-mail. */
struct letter { const char *municipality, *person_id, *subject, *text; int64_t now; bool can_wait, or_sms; };
int delivery_add_letter (struct db *db, const struct letter *letter, struct error *err);
/* The code that verifies a contact, to that contact; MESSAGE_CODE in the text stands for it. */
int delivery_add_code (struct db *db, const struct contact_code_wanted *wanted, const char *municipality, const char *subject,
                       const char *text, int64_t now, struct error *err);
/* A letter to a facility, to its own address; MESSAGE_LETTER in the text stands for the link. */
int delivery_add_facility_letter (struct db *db, const struct facility_letter_wanted *wanted, const char *municipality, const char *subject,
                                  const char *text, int64_t now, struct error *err);
/* A call to an office's or desk's telephone. */
int delivery_add_call (const struct outgoing *out, const char *office_id, const char *phone, struct error *err);

/* The same to tell somebody who is only informed: nobody answers it. */
int delivery_add_telling (const struct outgoing *out, const char *office_id, const char *phone, struct error *err);

struct webhook_target { const char *subscription_id; };
struct webhook_targets { struct webhook_target *items; size_t count; };
int delivery_subscriptions (struct db *db, struct arena *arena, const char *municipality, struct webhook_targets *ret, struct error *err);
int delivery_add_webhook (const struct outgoing *out, const char *delivery_id, const char *subscription_id, const char *body,
                          struct error *err);

/* Nothing that asks leaves any more; what is being sent at this moment may still arrive. */
int delivery_cancel (struct db *db, const char *alert_id, struct error *err);
int delivery_list_rows (struct request *request, const char *alert_id, struct delivery_list_answer *answer, struct error *err);
int delivery_put_subscription (struct db *db, const struct subscription_put *command, const char *by, struct error *err);
/* Of every municipality, also those the actor does not see. */
int delivery_discard_older (struct db *db, int64_t than, struct error *err);
int delivery_release (struct db *db, const char *by, struct error *err);

/* ---- sender ---- */

struct claimed {
    const char *municipality, *delivery_id, *alert_id, *person_id, *office_id, *contact_point_id;
    bool asks;
    enum contact_kind kind;
    const char *address, *secret, *subject, *text, *code, *reply_id;     /* address NULL: the contact has gone */
    const char *page_code;                                      /* FAX: printed as a square; NULL: none */
    int64_t attempts;                                           /* this one included; also the fence of its result */
    int64_t age_seconds;                                        /* since it was queued */
    bool alert_open;                                            /* still being searched for somebody */
    bool possible_duplicate;                                    /* an earlier sender died holding it */
    enum lane lane;
};
struct claims { struct claimed *items; size_t count; };

enum { CLAIM_SECONDS = 30, KINDS = 8 };                         /* longer than any sending: see adapter.h */

/* Messages of lanes first … last, at most `most` in all and most_of[kind] of each channel. */
struct wish { enum lane first, last; int64_t most, most_of[KINDS]; };

enum sent { SENT_DELIVERED = 1, SENT_TEMPORARY, SENT_PERMANENT, SENT_CANCELLED, SENT_ACCEPTED };

struct result {
    enum sent sent;
    int64_t retry_seconds;                                      /* for SENT_TEMPORARY */
    const char *words, *adapter, *provider_id;                  /* adapter NULL: none was asked */
    bool gave_up;                                               /* SENT_PERMANENT because it was tried long enough */
    bool next_channel;                                          /* the person's next channel may go now */
};

int delivery_may_leave (struct db *db, bool *ret, struct error *err);
/* Claims of a sender that died are free again after CLAIM_SECONDS of the real clock, and marked possible_duplicate. */
int delivery_claim (struct db *db, struct arena *arena, const struct wish *wish, struct claims *ret, struct error *err);
/* A result of an older claim changes nothing. */
int delivery_result (struct db *db, const struct claimed *claim, const struct result *result, struct error *err);

/* ---- receipts (receipt_store.c) ---- */

struct receipt {
    const char *adapter, *provider_id, *message_id;             /* found by the adapter's id, or by our own */
    int kind;                                                   /* enum receipt_kind */
    bool has_sequence;
    int64_t sequence;
    const char *words;
};

extern const struct db_statement receipt_statements[];
/* *ret_known false: no such message; nothing was changed. */
int delivery_receipt (struct db *db, struct arena *arena, const struct receipt *receipt, bool *ret_known, struct error *err);

#endif
