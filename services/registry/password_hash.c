/* password_hash.c - see password_hash.h. */
#include "password_hash.h"

#include <pthread.h>
#include <sodium.h>

_Static_assert (crypto_pwhash_STRBYTES <= PASSWORD_HASH_TEXT, "a hash fits its buffer");

struct hash_gate {
    pthread_mutex_t mutex;
    pthread_cond_t freed;
    int running, waiting;
    unsigned long long passes;
    size_t bytes;
    char nobody[PASSWORD_HASH_TEXT];    /* hash of a random password, verified for names nobody has */
};

struct hash_gate *hash_gate_new (int64_t passes, int64_t kibibytes, struct error *err)
{
    struct hash_gate *gate;
    char random[33];

    if (sodium_init () < 0) {
        fail (err, ERROR_BUG, NULL, "libsodium does not start");
        return NULL;
    }
    gate = calloc (1, sizeof *gate);
    if (!gate)
        abort ();
    pthread_mutex_init (&gate->mutex, NULL);
    pthread_cond_init (&gate->freed, NULL);
    gate->passes = (unsigned long long) passes;
    gate->bytes = (size_t) kibibytes * 1024;
    randombytes_buf (random, sizeof random - 1);
    random[32] = 0;
    if (password_hash_make (gate, random, gate->nobody, err) < 0)
        hash_gate_destroy (&gate);
    return gate;
}

void hash_gate_destroy (struct hash_gate **gate)
{
    if (!*gate)
        return;
    pthread_cond_destroy (&(*gate)->freed);
    pthread_mutex_destroy (&(*gate)->mutex);
    free (*gate);
    *gate = NULL;
}

static int enter (struct hash_gate *gate, struct error *err)
{
    bool full;

    pthread_mutex_lock (&gate->mutex);
    full = gate->running >= HASHES_AT_ONCE && gate->waiting >= HASHES_WAITING;
    if (!full) {
        gate->waiting++;
        while (gate->running >= HASHES_AT_ONCE)
            pthread_cond_wait (&gate->freed, &gate->mutex);
        gate->waiting--;
        gate->running++;
    }
    pthread_mutex_unlock (&gate->mutex);
    return full ? fail (err, ERROR_TRY_LATER, NULL, "too many password hashes are waiting") : 0;
}

static void leave (struct hash_gate *gate)
{
    pthread_mutex_lock (&gate->mutex);
    gate->running--;
    pthread_cond_signal (&gate->freed);
    pthread_mutex_unlock (&gate->mutex);
}

int password_hash_make (struct hash_gate *gate, const char *password, char ret[PASSWORD_HASH_TEXT], struct error *err)
{
    int done;

    if (enter (gate, err) < 0)
        return -1;
    done = crypto_pwhash_str_alg (ret, password, strlen (password), gate->passes, gate->bytes, crypto_pwhash_ALG_ARGON2ID13);
    leave (gate);
    return done == 0 ? 0 : fail (err, ERROR_TRY_LATER, NULL, "no memory for a password hash");
}

int password_hash_verify (struct hash_gate *gate, const char *hash, const char *password, bool *ret_right, struct error *err)
{
    int right;

    if (enter (gate, err) < 0)
        return -1;
    right = crypto_pwhash_str_verify (hash ? hash : gate->nobody, password, strlen (password));
    leave (gate);
    *ret_right = hash && right == 0;
    return 0;
}

bool password_hash_is_old (const struct hash_gate *gate, const char *hash)
{
    return crypto_pwhash_str_needs_rehash (hash, gate->passes, gate->bytes) != 0;
}
