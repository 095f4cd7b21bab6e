/* outbox.h - what other threads want the bus thread to send: replies, doorbells, direct events. */
#ifndef RUNTIME_OUTBOX_H
#define RUNTIME_OUTBOX_H

#include "runtime.h"

enum outgoing_kind { OUTGOING_REPLY, OUTGOING_BELL, OUTGOING_DIRECT };

struct outgoing {
    struct outgoing *next;
    enum outgoing_kind kind;
    struct task *task;                  /* reply */
    struct arena arena;                 /* of what follows */
    const char *topic;                  /* bell */
    struct bytes body;
    struct event_envelope event;        /* direct */
};

struct outbox *outbox_open (void);
void outbox_free (struct outbox **outbox);
int outbox_fd (const struct outbox *outbox);                    /* readable when something waits */
struct outgoing *outbox_take (struct outbox *outbox);           /* everything, in order; NULL when nothing */
void outgoing_free (struct outgoing *one);

void outbox_replies (struct outbox *outbox, struct task *tasks);        /* takes the list */
void outbox_bell (struct outbox *outbox, const struct doorbell *bell);
void outbox_direct (struct outbox *outbox, const struct event_envelope *event);

#endif
