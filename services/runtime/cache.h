/* cache.h - Redis as a cache that may be empty, stale, stopped or lying without changing an answer.
 *
 * Every value carries the version of the data it was made from; a reader compares it with the version in PostgreSQL.  Writes are guarded:
 * an older version never replaces a newer one.  Limits: 50 ms per call, then the circuit stays open for 1 s.  Threads: one cache each.
 * The process ignores SIGPIPE (service_run does).
 */
#ifndef RUNTIME_CACHE_H
#define RUNTIME_CACHE_H

#include <stdbool.h>
#include <stdint.h>
#include "arena.h"
#include "codec.h"

struct cache;

struct cache *cache_open (const char *socket_path);      /* never fails: an unreachable Redis is a cache that misses */
void cache_close (struct cache **cache);
/* True only for a value of that version. */
bool cache_get (struct cache *cache, const char *key, int64_t version, struct arena *arena, struct bytes *ret);
void cache_put (struct cache *cache, const char *key, int64_t version, struct bytes value, int seconds);

#endif
