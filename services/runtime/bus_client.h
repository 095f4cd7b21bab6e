/* bus_client.h - speaks to other services over the mesh: requests with deadlines, and the doorbells they ring after commit.
 *
 * Threads: a bus_client belongs to the thread that opened it; every callback runs inside bus_client_work () or bus_client_call () of that
 * thread.  mesh_open () comes first.  Connections open by themselves at first use, come back by themselves, and are watched by heartbeats.
 *
 * What a caller gets when nobody answers: a request that was never handed to a connected peer, and every query, ends at its deadline as
 * `try_later`; a command that was handed over ends as `outcome_unknown` (send it again with the same idempotency key).
 * Limits: 10,000 requests in flight, message 1 MiB.
 *
 * In an event loop:  add bus_client_fd () to epoll (readable, level-triggered); wait at most bus_client_timeout (); then call
 * bus_client_work () whether or not the fd was readable.
 */
#ifndef RUNTIME_BUS_CLIENT_H
#define RUNTIME_BUS_CLIENT_H

#include <stdbool.h>
#include "arena.h"
#include "codec.h"
#include "error.h"
#include "messages.h"

struct bus_client;

/* The header is never NULL: when nobody answered it says so (ok false, kind and key of try_later or outcome_unknown).  The body is the
 * answer's msgpack, the conflict record's (header->conflict), or empty.  Both live only during the callback. */
typedef void (*bus_answered) (void *arg, const struct reply_header *header, struct bytes body);
/* A doorbell rang.  Bells may be lost; whoever needs everything also asks. */
typedef void (*bus_rung) (void *arg, const char *service, const struct doorbell *bell);

struct bus_client *bus_client_open (const char *run_dir, struct error *err);
void bus_client_close (struct bus_client **client);        /* open requests end as if their deadline had come */

/* Sends a request to service ("registry", or "registry.2" for an instance); is_command decides what silence means.  The message name,
 * version and deadline of header are used as given; the deadline is filled from timeout_ms when it is absent.  -1 only for a request that
 * cannot be packed or when 10,000 are in flight: then done is not called. */
int bus_client_send (struct bus_client *client, const char *service, const struct request_header *header, bool is_command,
                     struct bytes body, int timeout_ms, bus_answered done, void *arg, struct error *err);

/* topic: "event", "feed" or "session".  topic and arg must outlive the client. */
int bus_client_subscribe (struct bus_client *client, const char *service, const char *topic, bus_rung rung, void *arg, struct error *err);

int bus_client_fd (const struct bus_client *client);
int bus_client_timeout (const struct bus_client *client);  /* ms until the next deadline; -1 when there is none; 0 when work waits */
void bus_client_work (struct bus_client *client);          /* receives, resends, expires; never blocks */

/* One request, waited for; other traffic of this client goes on meanwhile.  *ret_answer (of type answer) is decoded into the arena.
 * A refusal of the service becomes *err as it was there. */
int bus_client_call (struct bus_client *client, const char *service, const struct request_header *header, const struct message_type *type,
                     const void *message, const struct message_type *answer, void *ret_answer, int timeout_ms, struct arena *arena,
                     struct error *err);

/* A refusal as it stood in a reply header, as an error of this process.  Returns -1, so that it can be returned. */
int bus_error (const struct reply_header *header, struct error *err);

#endif
