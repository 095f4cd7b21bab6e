#include "cache.h"
#include <hiredis/hiredis.h>
#include "clock.h"
#include "metrics.h"

enum { TIMEOUT_US = 50000, OPEN_US = SECOND_US, HEAD_BYTES = 8, VALUE_MOST = 1024 * 1024, REPLY_OVERHEAD = 64 * 1024 };

/* A value is its version (8 bytes, big-endian, so that Lua can compare them as text) and the bytes.  One write, or none when what is there
 * is as new. */
static const char put_script[] =
    "local old = redis.call ('get', KEYS[1])\n"
    "if old and #old >= 8 and string.sub (old, 1, 8) >= string.sub (ARGV[1], 1, 8) then return 0 end\n"
    "redis.call ('set', KEYS[1], ARGV[1], 'EX', ARGV[2])\n"
    "return 1\n";

struct cache {
    char *path;
    redisContext *connection;
    int64_t closed_until;               /* monotonic µs: the circuit is open until then */
};

static void count (const char *outcome)
{
    metric_add (metric_counter ("renkei_cache_total", "outcome", "Reads and writes of the cache, by what came of them."), outcome, 1);
}

struct cache *cache_open (const char *socket_path)
{
    struct cache *cache = calloc (1, sizeof *cache);

    if (!cache || !(cache->path = strdup (socket_path)))
        abort ();
    return cache;
}

static void disconnect (struct cache *cache)
{
    if (cache->connection)
        redisFree (cache->connection);
    cache->connection = NULL;
}

void cache_close (struct cache **cache)
{
    if (!*cache)
        return;
    disconnect (*cache);
    free ((*cache)->path);
    free (*cache);
    *cache = NULL;
}

static void open_circuit (struct cache *cache)
{
    disconnect (cache);
    cache->closed_until = clock_monotonic_us () + OPEN_US;
    count ("away");
}

static bool is_connected (struct cache *cache)
{
    const struct timeval timeout = { .tv_usec = TIMEOUT_US };

    if (clock_monotonic_us () < cache->closed_until)
        return false;
    if (cache->connection)
        return true;
    cache->connection = redisConnectUnixWithTimeout (cache->path, timeout);
    if (cache->connection && !cache->connection->err && redisSetTimeout (cache->connection, timeout) == REDIS_OK)
        return true;
    open_circuit (cache);
    return false;
}

/* The first bytes of a reply: of the wanted kind, or a nil, or an error of one line, and not too long.  Looked at before hiredis parses
 * them: a lying server could have it allocate as much as it says. */
static bool is_plausible (const redisReader *reader, char kind)
{
    if (reader->len == 0 || (reader->buf[0] != kind && reader->buf[0] != '-'))
        return reader->len == 0;
    return reader->buf[0] != '$' || strtoll (reader->buf + 1, NULL, 10) <= VALUE_MOST;
}

static bool is_new (const redisReader *reader)
{
    return reader->pos == 0 && reader->ridx < 0;
}

/* The reply to what was appended; NULL when it did not come whole within the time. */
static redisReply *receive (redisContext *connection, char kind)
{
    int64_t until = clock_monotonic_us () + TIMEOUT_US;
    void *reply = NULL;

    for (int sent = 0; !sent;)
        if (redisBufferWrite (connection, &sent) != REDIS_OK)
            return NULL;
    while (!reply && clock_monotonic_us () < until)
        if (redisBufferRead (connection) != REDIS_OK
            || connection->reader->len > VALUE_MOST + REPLY_OVERHEAD
            || (is_new (connection->reader) && !is_plausible (connection->reader, kind))
            || redisGetReplyFromReader (connection, &reply) != REDIS_OK)
            return NULL;
    return reply;
}

static void put_version (unsigned char head[HEAD_BYTES], int64_t version)
{
    for (int i = 0; i < HEAD_BYTES; i++)
        head[i] = (unsigned char) ((uint64_t) version >> (56 - 8 * i));
}

static bool is_of_version (const redisReply *reply, int64_t version)
{
    unsigned char head[HEAD_BYTES];

    put_version (head, version);
    return reply->len >= HEAD_BYTES && reply->len <= VALUE_MOST && memcmp (reply->str, head, HEAD_BYTES) == 0;
}

/* Any other reply than what was asked for means that this is not the server, or not the stream, we thought. */
static bool take_value (const redisReply *reply, int64_t version, struct arena *arena, struct bytes *ret)
{
    size_t size;

    if (reply->type != REDIS_REPLY_STRING || !is_of_version (reply, version)) {
        count (reply->type == REDIS_REPLY_NIL ? "empty" : "other version");
        return false;
    }
    size = (size_t) reply->len - HEAD_BYTES;
    *ret = (struct bytes) { (const unsigned char *) arena_copy (arena, reply->str + HEAD_BYTES, size), size };
    count ("hit");
    return true;
}

bool cache_get (struct cache *cache, const char *key, int64_t version, struct arena *arena, struct bytes *ret)
{
    redisReply *reply;
    bool found;

    if (version < 0 || !is_connected (cache))
        return false;
    redisAppendCommand (cache->connection, "GET %s", key);
    reply = receive (cache->connection, '$');
    if (!reply || (reply->type != REDIS_REPLY_STRING && reply->type != REDIS_REPLY_NIL)) {
        if (reply)
            freeReplyObject (reply);
        open_circuit (cache);
        return false;
    }
    found = take_value (reply, version, arena, ret);
    freeReplyObject (reply);
    return found;
}

void cache_put (struct cache *cache, const char *key, int64_t version, struct bytes value, int seconds)
{
    unsigned char *framed;
    redisReply *reply;

    if (version < 0 || seconds < 1 || value.size > VALUE_MOST - HEAD_BYTES || !is_connected (cache))
        return;
    framed = malloc (value.size + HEAD_BYTES);
    if (!framed)
        abort ();
    put_version (framed, version);
    if (value.size)
        memcpy (framed + HEAD_BYTES, value.data, value.size);
    redisAppendCommand (cache->connection, "EVAL %s 1 %s %b %d", put_script, key, framed, value.size + HEAD_BYTES, seconds);
    free (framed);
    reply = receive (cache->connection, ':');
    if (reply && reply->type == REDIS_REPLY_INTEGER)
        count (reply->integer ? "written" : "newer there");
    else
        open_circuit (cache);
    if (reply)
        freeReplyObject (reply);
}
