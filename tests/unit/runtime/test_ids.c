#include <pthread.h>
#include "clock.h"
#include "ids.h"
#include "tap.h"

/* The time in an id is the clock's: 48 bits of milliseconds, then 12 of the fraction. */
static int64_t microseconds_in (const char *id)
{
    char digits[17] = { 0 };
    unsigned long long bits;

    memcpy (digits, id, 8);
    memcpy (digits + 8, id + 9, 4);
    memcpy (digits + 12, id + 15, 3);
    bits = strtoull (digits, NULL, 16);
    return (int64_t) (bits >> 12) * 1000 + (int64_t) (bits & 4095) * 1000 / 4096;
}

static void ids_hold_their_time (void)
{
    int early = 0, late = 0, back = 0;
    char id[UUID_TEXT], before[UUID_TEXT] = "";

    for (int i = 0; i < 2000; i++) {
        int64_t from = clock_real_us (), to;

        uuid_new (id);
        to = clock_real_us ();
        early += microseconds_in (id) < from - 1;
        late += microseconds_in (id) > to;
        back += strncmp (id, before, 18) < 0;
        memcpy (before, id, sizeof before);
    }
    ok (early == 0 && late == 0, "an id holds the time at which it was made, to the microsecond");
    is_number (back, 0, "...so that ids of one thread sort by their making");
}

enum { THREADS = 4, EACH = 5000 };

static void *make_many (void *arg)
{
    char (*ids)[UUID_TEXT] = arg;

    for (int i = 0; i < EACH; i++)
        uuid_new (ids[i]);
    return NULL;
}

static int by_text (const void *a, const void *b)
{
    return strcmp (a, b);
}

static void threads_never_meet (void)
{
    static char ids[THREADS * EACH][UUID_TEXT];
    pthread_t threads[THREADS];
    int twice = 0, wrong = 0;

    for (int i = 0; i < THREADS; i++)
        pthread_create (&threads[i], NULL, make_many, ids[i * EACH]);
    for (int i = 0; i < THREADS; i++)
        pthread_join (threads[i], NULL);
    for (int i = 0; i < THREADS * EACH; i++)
        wrong += !uuid_is_valid (ids[i]) || ids[i][14] != '7' || !strchr ("89ab", ids[i][19]);
    qsort (ids, THREADS * EACH, UUID_TEXT, by_text);
    for (int i = 1; i < THREADS * EACH; i++)
        twice += strcmp (ids[i - 1], ids[i]) == 0;
    is_number (wrong, 0, "twenty thousand ids of four threads are all of version 7");
    is_number (twice, 0, "...and all different");
}

static void names_are_not_guessed_apart (void)
{
    static const char *const pairs[][2] = { { "a", "" }, { "", "a" },  { "a", "b" },   { "b", "a" },  { "ab", "" },
                                            { "", "" },  { "A", "b" }, { "髙", "橋" }, { "高", "橋" } };
    char ids[9][UUID_TEXT];
    int same = 0;

    for (int i = 0; i < 9; i++) {
        uuid_from_name (pairs[i][0], pairs[i][1], ids[i]);
        for (int k = 0; k < i; k++)
            same += strcmp (ids[i], ids[k]) == 0;
    }
    is_number (same, 0, "different names in different spaces give different ids");
    uuid_from_name ("facility", "0170100001 訪問介護 011002", ids[0]);
    is (ids[0], "7e2a3281-37fd-8beb-b7e2-bb16161dc856", "a name gives the id it has always given (an import must find its rows again)");
}

int main (void)
{
    char first[UUID_TEXT], second[UUID_TEXT], last[UUID_TEXT] = "";
    unsigned char bytes[64] = { 0 };
    int unordered = 0, zeros = 0;

    uuid_new (first);
    uuid_new (second);
    ok (uuid_is_valid (first) && first[14] == '7' && strchr ("89ab", first[19]), "a new id is a version 7 UUID");
    ok (strcmp (first, second) != 0, "two ids differ");
    for (int i = 0; i < 10000; i++) {
        uuid_new (second);
        unordered += strncmp (last, second, 13) > 0;
        memcpy (last, second, sizeof last);
    }
    ok (unordered == 0, "later ids sort after earlier ones, to the millisecond");
    uuid_from_name ("facility", "0123456789", first);
    uuid_from_name ("facility", "0123456789", second);
    is (first, second, "the same name gives the same id");
    ok (uuid_is_valid (first) && first[14] == '8', "...of version 8");
    uuid_from_name ("facilit", "y0123456789", second);
    ok (strcmp (first, second) != 0, "space and name do not run into each other");
    ok (!uuid_is_valid (NULL) && !uuid_is_valid ("") && !uuid_is_valid ("0190B0A0-0000-7000-8000-000000000000")
        && !uuid_is_valid ("0190b0a000007000-8000-0000000000000-") && !uuid_is_valid ("0190b0a0-0000-7000-8000-00000000000g"),
        "other text is not an id");
    random_fill (bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        zeros += bytes[i] == 0;
    ok (zeros < 10, "random bytes are not zeros");
    ids_hold_their_time ();
    threads_never_meet ();
    names_are_not_guessed_apart ();
    return done ();
}
