/* receive.h - a partner's message, whichever way it came: read, judged, kept byte for byte, answered; its incident made anew. */
#ifndef DISPATCH_RECEIVE_H
#define DISPATCH_RECEIVE_H

#include "partner_store.h"

struct received { struct bytes body; const char *content_type; };
struct receipt {
    struct bytes body;                  /* Ack or Error in the partner's format */
    const char *media_type;
    bool again;                         /* these bytes were answered before, and that stands */
};

int receive (struct request *request, const struct partner *partner, const struct received *message, struct receipt *ret,
             struct error *err);

#endif
