/* stranger_gate.c - see stranger_gate.h. */
#include "stranger_gate.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { COUNTERS = 65536 };

/* What is left at that time; a fresh counter is full. */
struct counter { int64_t at_us, left_us; };

struct stranger_gate {
    pthread_mutex_t lock;
    int64_t each_us, full_us;           /* one question costs each_us; time pays it back */
    unsigned char key[crypto_shorthash_KEYBYTES];
    struct counter counters[COUNTERS];
};

struct stranger_gate *stranger_gate_new (int64_t per_minute, int64_t burst)
{
    struct stranger_gate *gate = calloc (1, sizeof *gate);

    if (!gate)
        abort ();
    pthread_mutex_init (&gate->lock, NULL);
    gate->each_us = 60 * INT64_C (1000000) / per_minute;
    gate->full_us = gate->each_us * burst;
    randombytes_buf (gate->key, sizeof gate->key);
    return gate;
}

void stranger_gate_destroy (struct stranger_gate **gate)
{
    if (!*gate)
        return;
    pthread_mutex_destroy (&(*gate)->lock);
    free (*gate);
    *gate = NULL;
}

static struct counter *counter_of (struct stranger_gate *gate, const char *source)
{
    unsigned char hash[crypto_shorthash_BYTES];
    const char *text = source ? source : "";

    crypto_shorthash (hash, (const unsigned char *) text, strlen (text), gate->key);
    return &gate->counters[(hash[0] << 8 | hash[1]) % COUNTERS];
}

/* A clock that went back pays nothing and takes nothing. */
static int64_t left_of (const struct stranger_gate *gate, const struct counter *counter, int64_t now_us)
{
    int64_t paid = now_us > counter->at_us ? now_us - counter->at_us : 0;

    if (counter->at_us == 0 || paid >= gate->full_us - counter->left_us)
        return gate->full_us;
    return counter->left_us + paid;
}

bool stranger_gate_pass (struct stranger_gate *gate, const char *source, int64_t now_us)
{
    struct counter *counter = counter_of (gate, source);
    bool pass;

    pthread_mutex_lock (&gate->lock);
    counter->left_us = left_of (gate, counter, now_us);
    counter->at_us = now_us;
    pass = counter->left_us >= gate->each_us;
    if (pass)
        counter->left_us -= gate->each_us;
    pthread_mutex_unlock (&gate->lock);
    return pass;
}
