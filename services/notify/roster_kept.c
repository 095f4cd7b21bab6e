/* roster_kept.c - see roster_kept.h. */
#include "roster_kept.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "clock.h"

enum { BUCKETS = 1024, ENTRIES_MOST = 20000 };

static const int64_t HOUR_US = 3600LL * SECOND_US;

struct entry { struct entry *next; const char *key; const void *value; };

struct roster_kept {
    struct arena arena;
    struct entry *buckets[BUCKETS];
    size_t count;
    struct rows_version version;
    int64_t from;                           /* the hour it holds for */
};

struct roster_keeper { pthread_key_t of_thread; };

static void kept_free (void *arg)
{
    struct roster_kept *kept = arg;

    if (!kept)
        return;
    arena_done (&kept->arena);
    free (kept);
}

struct roster_keeper *roster_keeper_open (void)
{
    struct roster_keeper *keeper = calloc (1, sizeof *keeper);

    if (!keeper || pthread_key_create (&keeper->of_thread, kept_free) != 0)
        abort ();
    return keeper;
}

void roster_keeper_close (struct roster_keeper **keeper)
{
    if (!*keeper)
        return;
    kept_free (pthread_getspecific ((*keeper)->of_thread));
    pthread_key_delete ((*keeper)->of_thread);
    free (*keeper);
    *keeper = NULL;
}

static struct roster_kept *own (struct roster_keeper *keeper)
{
    struct roster_kept *kept = pthread_getspecific (keeper->of_thread);

    if (kept)
        return kept;
    kept = calloc (1, sizeof *kept);
    if (!kept || pthread_setspecific (keeper->of_thread, kept) != 0)
        abort ();
    return kept;
}

struct roster_kept *roster_kept_begin (struct roster_keeper *keeper, struct rows_version version, int64_t instant)
{
    struct roster_kept *kept = own (keeper);
    int64_t from = instant - instant % HOUR_US;

    if (kept->version.incarnation == version.incarnation && kept->version.version == version.version && kept->from == from
        && kept->count < ENTRIES_MOST)
        return kept;
    arena_reset (&kept->arena);
    memset (kept->buckets, 0, sizeof kept->buckets);
    kept->count = 0;
    kept->version = version;
    kept->from = from;
    return kept;
}

void roster_kept_hour (const struct roster_kept *kept, int64_t *ret_from, int64_t *ret_to)
{
    *ret_from = kept->from;
    *ret_to = kept->from + HOUR_US;
}

/* Counted, so that fillings that fail come to an end, too. */
struct arena *roster_kept_arena (struct roster_kept *kept)
{
    kept->count++;
    return &kept->arena;
}

/* FNV-1a */
static size_t bucket_of (const char *key)
{
    uint64_t hash = 14695981039346656037u;

    for (; *key; key++)
        hash = (hash ^ (unsigned char) *key) * 1099511628211u;
    return (size_t) (hash % BUCKETS);
}

const void *roster_kept_find (const struct roster_kept *kept, const char *key)
{
    for (const struct entry *entry = kept->buckets[bucket_of (key)]; entry; entry = entry->next)
        if (strcmp (entry->key, key) == 0)
            return entry->value;
    return NULL;
}

void roster_kept_put (struct roster_kept *kept, const char *key, const void *value)
{
    struct entry **bucket = &kept->buckets[bucket_of (key)], *entry = arena_alloc (&kept->arena, sizeof *entry);

    *entry = (struct entry) { *bucket, arena_text (&kept->arena, key), value };
    *bucket = entry;
    kept->count++;
}
