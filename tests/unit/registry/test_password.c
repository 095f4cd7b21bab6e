/* S-03: thirty passwords and what becomes of them; hashes; secrets at rest. */
#include "password.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>
#include "password_hash.h"
#include "secret.h"
#include "tap.h"

#define OWNER "0190a3b4-0000-7000-8000-000000000001"
#define OTHER "0190a3b4-0000-7000-8000-000000000002"

static void table (void)
{
    static const struct { const char *password; enum password_verdict verdict; } rows[] = {
        { "", PASSWORD_SHORT },
        { "short", PASSWORD_SHORT },
        { "twelve-chars", PASSWORD_SHORT },
        { "十二文字のパスワードです", PASSWORD_SHORT },
        { "thirteen-char", PASSWORD_GOOD },
        { "correct horse battery staple", PASSWORD_GOOD },
        { "雪の朝に訪問看護師が自転車で出かける", PASSWORD_GOOD },
        { "Tr0ub4dor&3-and-more", PASSWORD_GOOD },
        { "mizu-no-oto furuike", PASSWORD_GOOD },
        { "kP9#vL2$xQ7!mW4", PASSWORD_GOOD },
        { "              ", PASSWORD_MONOTONOUS },
        { "aaaaaaaaaaaaa", PASSWORD_MONOTONOUS },
        { "ababababababab", PASSWORD_MONOTONOUS },
        { "abcdeabcdeabcde", PASSWORD_MONOTONOUS },
        { "1234567890123", PASSWORD_MONOTONOUS },
        { "0987654321098", PASSWORD_MONOTONOUS },
        { "abcdefghijklm", PASSWORD_MONOTONOUS },
        { "qwertyuiopasdf", PASSWORD_MONOTONOUS },
        { "QWERTYUIOPASDF", PASSWORD_MONOTONOUS },
        { "ああああああああああああああ", PASSWORD_MONOTONOUS },
        { "あいうえおかきくけこさしす", PASSWORD_MONOTONOUS },
        { "password12345", PASSWORD_COMMON },
        { "Password!2026!", PASSWORD_COMMON },
        { "P@ssw0rdP@ssw0rd!", PASSWORD_COMMON },
        { "administrator1", PASSWORD_COMMON },
        { "renkei-zaitaku-2026", PASSWORD_COMMON },
        { "1234!!5678!!90", PASSWORD_COMMON },
        { "nurse.sato-2026", PASSWORD_IS_LOGIN },
        { "2026NURSE.SATO", PASSWORD_IS_LOGIN },
        { "nurse.sato rides a red bicycle", PASSWORD_GOOD },
        { "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdefXYZ", PASSWORD_GOOD },
    };
    char name[120];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf (name, sizeof name, "S-03: \"%s\"", rows[i].password);
        is_number (password_check (rows[i].password, "nurse.sato"), rows[i].verdict, name);
    }
}

static void hashes (void)
{
    struct error err = { 0 };
    struct hash_gate *gate = hash_gate_new (1, 8192, &err), *stronger = hash_gate_new (2, 8192, &err);
    char hash[PASSWORD_HASH_TEXT], again[PASSWORD_HASH_TEXT];
    bool right = true;

    is_number (password_hash_make (gate, "correct horse battery staple", hash, &err), 0, "a password is hashed");
    ok (strncmp (hash, "$argon2id$", 10) == 0, "…with Argon2id");
    password_hash_make (gate, "correct horse battery staple", again, &err);
    ok (strcmp (hash, again) != 0, "…salted: never twice the same");
    ok (password_hash_verify (gate, hash, "correct horse battery staple", &right, &err) == 0 && right, "the right password is recognised");
    ok (password_hash_verify (gate, hash, "correct horse battery stapler", &right, &err) == 0 && !right, "another one is not");
    ok (password_hash_verify (gate, NULL, "correct horse battery staple", &right, &err) == 0 && !right,
        "S-08: nobody's password is never right");
    ok (!password_hash_is_old (gate, hash) && password_hash_is_old (stronger, hash), "a hash of other settings is renewed");
    hash_gate_destroy (&gate);
    hash_gate_destroy (&stronger);
    ok (gate == NULL, "the gate is gone");
}

enum { CROWD = 24 };

static struct hash_gate *crowded;

static void *hash_one (void *arg)
{
    struct error err = { 0 };
    char hash[PASSWORD_HASH_TEXT];
    int *outcome = arg;

    *outcome = password_hash_make (crowded, "correct horse battery staple", hash, &err) == 0 ? 1 : err.key == ERROR_TRY_LATER ? 2 : 3;
    return NULL;
}

/* More threads than may run and wait: each is served or told to come later, none hangs, and the gate is free afterwards. */
static void crowd (void)
{
    struct error err = { 0 };
    pthread_t threads[CROWD];
    int outcomes[CROWD] = { 0 }, counts[4] = { 0 };

    crowded = hash_gate_new (2, 19456, &err);
    for (int i = 0; i < CROWD; i++)
        pthread_create (&threads[i], NULL, hash_one, &outcomes[i]);
    for (int i = 0; i < CROWD; i++)
        pthread_join (threads[i], NULL);
    for (int i = 0; i < CROWD; i++)
        counts[outcomes[i]]++;
    note ("%d served, %d told to come later", counts[1], counts[2]);
    ok (counts[1] >= HASHES_AT_ONCE + HASHES_WAITING && counts[1] + counts[2] == CROWD,
        "S-08: a flood of hashes is bounded: served or told to come later");
    hash_one (&outcomes[0]);
    is_number (outcomes[0], 1, "…and afterwards the gate is free");
    hash_gate_destroy (&crowded);
}

static void write_key (const char *path, size_t size, mode_t mode)
{
    int fd = open (path, O_CREAT | O_WRONLY | O_TRUNC, 0600);

    for (size_t i = 0; i < size; i++)
        if (write (fd, "k", 1) != 1)
            abort ();
    close (fd);
    chmod (path, mode);
}

static void secrets (void)
{
    char path[] = "/tmp/renkei-key-XXXXXX";
    struct secret_key key, other = { { 1 } };
    struct bytes plain = { (const unsigned char *) "12345678901234567890", 20 }, sealed, opened;
    struct error err = { 0 };
    unsigned char broken[200];
    int accepted = 0;
    ARENA (arena);

    close (mkstemp (path));
    write_key (path, 32, 0644);
    ok (secret_key_read (path, &key, &err) < 0, "a key file others may read is refused");
    write_key (path, 31, 0600);
    ok (secret_key_read (path, &key, &err) < 0, "a key of 31 bytes is refused");
    write_key (path, 32, 0600);
    ok (secret_key_read (path, &key, &err) == 0, "a key of 32 bytes is read");
    unlink (path);
    ok (secret_key_read (path, &key, &err) < 0, "a missing key file is refused");
    sealed = secret_seal (&key, OWNER, plain, &arena);
    ok (secret_open (&key, OWNER, sealed, &arena, &opened) && opened.size == 20 && memcmp (opened.data, plain.data, 20) == 0,
        "what was sealed opens");
    ok (!secret_open (&key, OTHER, sealed, &arena, &opened), "…not for another person");
    ok (!secret_open (&other, OWNER, sealed, &arena, &opened), "…not with another key");
    for (size_t bit = 0; bit < sealed.size * 8; bit++) {
        memcpy (broken, sealed.data, sealed.size);
        broken[bit / 8] ^= (unsigned char) (1 << bit % 8);
        accepted += secret_open (&key, OWNER, (struct bytes) { broken, sealed.size }, &arena, &opened);
    }
    is_number (accepted, 0, "…nor with any bit changed");
    ok (!secret_open (&key, OWNER, (struct bytes) { sealed.data, 10 }, &arena, &opened), "…nor cut off");
}

int main (void)
{
    table ();
    hashes ();
    crowd ();
    secrets ();
    return done ();
}
