/* shift_cache_store.c - see shift_cache.h. */
#include "shift_cache_store.h"
#include <inttypes.h>
#include <openssl/sha.h>
#include <pthread.h>
#include "cache.h"
#include "clock.h"
#include "roster_layers_store.h"

struct shift_cache {
    pthread_mutex_t lock;
    struct cache *cache;
    int64_t hits;
};

enum { FIND, REMEMBER, STALE };

const struct db_statement shift_statements[] = {
    [FIND] = { "shift_find",
        "select digest, guard.to_us (from_at) as from_at, guard.to_us (to_at) as to_at from shift_table"
        " where rotation_id = $1::uuid and version = $2::bigint" },
    [REMEMBER] = { "shift_remember",
        "insert into shift_table as t (rotation_id, version, from_at, to_at, digest)"
        " values ($1::uuid, $2::bigint, guard.to_time ($3::bigint), guard.to_time ($4::bigint), $5::bytea)"
        " on conflict (rotation_id) do update set version = excluded.version, from_at = excluded.from_at, to_at = excluded.to_at,"
        "        digest = excluded.digest"
        "  where excluded.version >= t.version" },
    [STALE] = { "shift_stale",
        "select coalesce (array_agg (r.rotation_id::text), '{}') as rotations from rotation r left join shift_table t using (rotation_id)"
        " where t.rotation_id is null or t.version <> r.version or t.to_at < guard.to_time ($1::bigint) + interval '30 days'" },
    { NULL, NULL },
};

struct shift_cache *shift_cache_open (const char *redis_socket)
{
    struct shift_cache *cache = calloc (1, sizeof *cache);

    if (!cache)
        abort ();
    pthread_mutex_init (&cache->lock, NULL);
    cache->cache = cache_open (redis_socket);
    return cache;
}

void shift_cache_close (struct shift_cache **cache)
{
    if (!*cache)
        return;
    cache_close (&(*cache)->cache);
    pthread_mutex_destroy (&(*cache)->lock);
    free (*cache);
    *cache = NULL;
}

static const char *or_none (const char *text)
{
    return text ? text : "-";
}

char *shift_text (struct arena *arena, const struct duty_spans *spans)
{
    enum { LINE_MOST = 3 * 21 + 5 * 37 + 2 * 4 };
    char *text = arena_alloc (arena, spans->count * LINE_MOST + 1), *at = text;

    for (size_t i = 0; i < spans->count; i++) {
        const struct duty_span *span = &spans->items[i];

        at += snprintf (at, LINE_MOST + 1, "%" PRId64 " %" PRId64 " %.36s %.36s %.36s %" PRId64 " %.36s %d %.36s\n", span->from, span->to,
                        or_none (span->person_id), or_none (span->office_id), or_none (span->absent_id), span->day, or_none (span->turn_id),
                        span->change ? (int) span->change->kind : 0, or_none (span->change ? span->change->change_id : NULL));
    }
    return text;
}

static const char *copy_or_none (struct arena *arena, const char *text)
{
    return strcmp (text, "-") == 0 ? NULL : arena_text (arena, text);
}

/* What a reader of spans asks of a change: its kind and its id. */
static const struct duty_change *change_of (struct arena *arena, int kind, const char *change_id)
{
    struct duty_change *change;

    if (kind == 0)
        return NULL;
    change = arena_alloc (arena, sizeof *change);
    change->kind = (enum duty_change_kind) kind;
    change->change_id = copy_or_none (arena, change_id);
    return change;
}

static bool parse_line (struct arena *arena, const char **text, struct duty_span *span)
{
    char person[37], office[37], absent[37], turn[37], change_id[37];
    int used = 0, kind;

    if (sscanf (*text, "%" SCNd64 " %" SCNd64 " %36s %36s %36s %" SCNd64 " %36s %d %36s\n%n", &span->from, &span->to, person, office, absent,
                &span->day, turn, &kind, change_id, &used) != 9
        || used == 0)
        return false;
    span->person_id = copy_or_none (arena, person);
    span->office_id = copy_or_none (arena, office);
    span->absent_id = copy_or_none (arena, absent);
    span->turn_id = copy_or_none (arena, turn);
    span->change = change_of (arena, kind, change_id);
    *text += used;
    return true;
}

bool shift_parse (struct arena *arena, const char *text, struct duty_spans *ret)
{
    size_t lines = 0;

    for (const char *c = text; *c; c++)
        lines += *c == '\n';
    *ret = (struct duty_spans) { .items = arena_alloc (arena, (lines + 1) * sizeof *ret->items) };
    while (*text) {
        if (ret->count == lines || !parse_line (arena, &text, &ret->items[ret->count]))
            return false;
        ret->count++;
    }
    return true;
}

static bool digest_fits (struct bytes value, struct bytes digest)
{
    unsigned char own[SHA256_DIGEST_LENGTH];

    SHA256 (value.data, value.size, own);
    return digest.size == sizeof own && memcmp (digest.data, own, sizeof own) == 0;
}

static const char *key_of (struct arena *arena, const char *rotation_id)
{
    return arena_print (arena, "notify:shifts:%s", rotation_id);
}

static bool fetch (struct shift_cache *cache, struct arena *arena, const struct rotation_rule *rule, struct bytes digest,
                   struct duty_spans *ret)
{
    struct bytes value;
    bool found;

    pthread_mutex_lock (&cache->lock);
    found = cache_get (cache->cache, key_of (arena, rule->rotation_id), rule->version, arena, &value)
        && digest_fits (value, digest) && shift_parse (arena, arena_copy (arena, (const char *) value.data, value.size), ret);
    cache->hits += found;
    pthread_mutex_unlock (&cache->lock);
    return found;
}

/* Only whole spans that touch the interval. */
static struct duty_spans between (struct duty_spans spans, int64_t from, int64_t to)
{
    struct duty_spans part = { .items = spans.items };

    while (part.items && spans.count && part.items->to <= from) {
        part.items++;
        spans.count--;
    }
    while (part.count < spans.count && part.items[part.count].from < to)
        part.count++;
    return part;
}

static bool find (struct shift_cache *cache, struct db *db, struct arena *arena, const struct rotation_rule *rule, int64_t from, int64_t to,
                  struct duty_spans *ret)
{
    struct db_args args = { 0 };
    struct error err = { 0 };
    DB_ROWS (rows);

    db_text (&args, rule->rotation_id);
    db_number (&args, rule->version);
    if (db_run (db, &shift_statements[FIND], &args, &rows, &err) < 0 || db_count (rows) == 0)
        return false;
    if (db_get_number (rows, 0, "from_at") > from || db_get_number (rows, 0, "to_at") < to)
        return false;
    if (!fetch (cache, arena, rule, db_copy_bytes (rows, 0, "digest", arena), ret))
        return false;
    *ret = between (*ret, from, to);
    return true;
}

struct duty_spans shift_cache_shifts (void *cache, struct db *db, struct arena *arena, const struct rotation_rule *rule,
                                      const struct absence_list_of *absences, int64_t from, int64_t to)
{
    struct duty_spans spans;

    if (cache && find (cache, db, arena, rule, from, to, &spans))
        return spans;
    return rotation_shifts (arena, rule, absences->items, absences->count, from, to);
}

int shift_cache_write (struct shift_cache *cache, struct db *db, struct arena *arena, const struct rotation_rule *bare, int64_t now,
                       struct error *err)
{
    struct rotation_rule *rule = arena_alloc (arena, sizeof *rule);
    struct rotation_list_of one = { rule, 1 };
    struct roster_layers layers;
    int64_t from = now - 2LL * 86400 * SECOND_US, to = now + (int64_t) SHIFT_TABLE_DAYS * 86400 * SECOND_US;
    unsigned char digest[SHA256_DIGEST_LENGTH];
    struct absence_list_of absences;
    struct duty_spans spans;
    struct db_args args = { 0 };
    char *text;

    *rule = *bare;
    if (roster_load_layers (db, arena, &one, from, to, &layers, err) < 0
        || roster_absences (db, arena, roster_members (arena, &one), from, to, &absences, err) < 0)
        return -1;
    spans = rotation_shifts (arena, rule, absences.items, absences.count, from, to);
    text = shift_text (arena, &spans);
    SHA256 ((const unsigned char *) text, strlen (text), digest);
    db_text (&args, rule->rotation_id);
    db_number (&args, rule->version);
    db_time (&args, from);
    db_time (&args, to);
    db_bytes (&args, (struct bytes) { .data = digest, .size = sizeof digest });
    if (db_queue (db, &shift_statements[REMEMBER], &args, err) < 0 || db_flush (db, err) < 0)
        return -1;
    pthread_mutex_lock (&cache->lock);
    cache_put (cache->cache, key_of (arena, rule->rotation_id), rule->version,
               (struct bytes) { .data = (const unsigned char *) text, .size = strlen (text) }, SHIFT_TABLE_DAYS * 86400);
    pthread_mutex_unlock (&cache->lock);
    return 0;
}

bool shift_cache_holds (struct shift_cache *cache, struct arena *arena, const struct rotation_rule *rule)
{
    struct bytes value;
    bool holds;

    pthread_mutex_lock (&cache->lock);
    holds = cache_get (cache->cache, key_of (arena, rule->rotation_id), rule->version, arena, &value);
    pthread_mutex_unlock (&cache->lock);
    return holds;
}

int64_t shift_cache_hits (const struct shift_cache *cache)
{
    return cache->hits;
}

int shift_stale (struct db *db, struct arena *arena, int64_t now, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, now);
    if (db_run (db, &shift_statements[STALE], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "rotations", arena);
    return 0;
}
