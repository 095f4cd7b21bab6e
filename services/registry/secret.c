/* secret.c - see secret.h. */
#include "secret.h"

#include <sodium.h>
#include <sys/stat.h>

enum { NONCE = crypto_secretbox_NONCEBYTES, MAC = crypto_secretbox_MACBYTES, OWNER = 36 };

int secret_key_read (const char *path, struct secret_key *ret, struct error *err)
{
    FILE *file = fopen (path, "rb");
    struct stat info;
    size_t size = 0;
    bool private = false;

    if (!file)
        return fail (err, ERROR_BUG, NULL, "secret-key-file cannot be read");
    private = fstat (fileno (file), &info) == 0 && (info.st_mode & 077) == 0 && info.st_size == sizeof ret->bytes;
    size = fread (ret->bytes, 1, sizeof ret->bytes, file);
    fclose (file);
    if (!private || size != sizeof ret->bytes)
        return fail (err, ERROR_BUG, NULL, "secret-key-file must hold exactly %zu bytes and be readable by its owner only",
                     sizeof ret->bytes);
    return 0;
}

struct bytes secret_seal (const struct secret_key *key, const char *owner, struct bytes plain, struct arena *arena)
{
    size_t inner = OWNER + plain.size;
    unsigned char *text = arena_alloc (arena, inner), *sealed = arena_alloc (arena, NONCE + MAC + inner);

    memcpy (text, owner, OWNER);
    memcpy (text + OWNER, plain.data, plain.size);
    randombytes_buf (sealed, NONCE);
    crypto_secretbox_easy (sealed + NONCE, text, inner, sealed, key->bytes);
    sodium_memzero (text, inner);
    return (struct bytes) { sealed, NONCE + MAC + inner };
}

bool secret_open (const struct secret_key *key, const char *owner, struct bytes sealed, struct arena *arena, struct bytes *ret)
{
    unsigned char *text;

    if (sealed.size < NONCE + MAC + OWNER)
        return false;
    text = arena_alloc (arena, sealed.size);
    if (crypto_secretbox_open_easy (text, sealed.data + NONCE, sealed.size - NONCE, sealed.data, key->bytes) != 0
        || memcmp (text, owner, OWNER) != 0)
        return false;
    *ret = (struct bytes) { text + OWNER, sealed.size - NONCE - MAC - OWNER };
    return true;
}
