/* stream.h - live streams of notices (server-sent events), each a suspended connection that wakes when there is something to send.
 *
 * notify rings (topic feed) with the notice and its place in each feed: a stream that has everything before it is told at once.  For whoever
 * misses something there is one feed_since at a time, and what comes back goes to all of that person's streams.  Bells may be lost: every stream's person is asked for again within 5 s.  registry rings (topic session)
 * when a session ends; lost bells of that kind cost at most a second, because all sessions are checked every second. Memory: an idle stream
 * is this struct and libmicrohttpd's connection; text waits in a buffer of at most 64 KiB, then the stream is closed. Source: WHATWG HTML,
 * server-sent events.
 */
#ifndef GATEWAY_STREAM_H
#define GATEWAY_STREAM_H

#include "gateway.h"

struct streams *streams_open (struct gateway *gateway, struct error *err);      /* subscribes to the bells */
void streams_close (struct streams **streams);
void streams_work (struct streams *streams);        /* asks for those whose bell rang; after every round of the loop */
void streams_tick (struct streams *streams);        /* once a second: heartbeats, sessions, lost bells */
void streams_end (struct streams *streams);         /* all of them: the gateway stops */
size_t streams_count (const struct streams *streams);

#endif
