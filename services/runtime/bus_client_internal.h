/* bus_client_internal.h - the two halves of a bus client: peers (sockets that come and go) and requests (slots with deadlines). */
#ifndef RUNTIME_BUS_CLIENT_INTERNAL_H
#define RUNTIME_BUS_CLIENT_INTERNAL_H

#include "bus_client.h"
#include "zeromq.h"

enum { BUS_PEERS_MAX = 32, BUS_SUBSCRIPTIONS_MAX = 64, BUS_REQUESTS_MAX = 10000, BUS_NAME_BYTES = 48, BUS_DRAIN_MAX = 256 };

struct bus_peer {
    char name[BUS_NAME_BYTES];          /* "registry", "registry.2" */
    zsock_t *requests, *bell;           /* NULL: not open (not needed, or its key is not known yet) */
    bool wants_requests, wants_bell;
    int nth;                            /* which of the peer's keys is tried */
    int64_t opened;                     /* when, monotonic µs */
    uint32_t first_waiting, last_waiting;           /* slots not handed over yet, in order; BUS_NONE: none */
};

static const uint32_t BUS_NONE = UINT32_MAX;

struct bus_subscription { struct bus_peer *peer; const char *topic; bus_rung rung; void *arg; };

struct bus_slot {
    uint32_t generation;                /* so that a late answer does not meet a later request */
    bool used, sent, is_command;
    int64_t due;
    struct bus_peer *peer;
    struct bytes header, body;          /* ours, until handed over */
    bus_answered done;
    void *arg;
    uint32_t next;                      /* in the peer's queue, or in the list of free slots */
};

struct bus_client {
    char *run_dir;
    int epoll;
    bool again;                         /* more to read than one round allows */
    struct bus_peer peers[BUS_PEERS_MAX];
    size_t peer_count;
    struct bus_subscription subscriptions[BUS_SUBSCRIPTIONS_MAX];
    size_t subscription_count;
    struct bus_slot *slots;
    uint32_t slot_count, used_count, first_free;
    int64_t next_due;                   /* no request ends before; may be early */
};

/* A peer that has let requests wait this long is tried again with its next key. */
static const int64_t BUS_RETRY_US = 1000000;

/* Finds or makes the peer; NULL when there are too many or the name is not one. */
struct bus_peer *bus_peer_find (struct bus_client *client, const char *service);
void bus_peer_open (struct bus_client *client, struct bus_peer *peer);      /* what it wants and has not; failures are tried again later */
void bus_peer_close (struct bus_client *client, struct bus_peer *peer);
void bus_peer_retry (struct bus_client *client, struct bus_peer *peer, int64_t now);
bool bus_peer_hand_over (struct bus_peer *peer, uint32_t number, struct bus_slot *slot);   /* false: not now */
bool bus_peer_is_waiting (const struct bus_peer *peer);     /* it has reason to be retried */

/* Receives at most max parts of one message, dropping further ones; returns how many, -1 when nothing came. */
int bus_receive (zsock_t *socket, zmq_msg_t *parts, int max);
bool bus_readable (zsock_t *socket);
bool bus_writable (zsock_t *socket);

#endif
