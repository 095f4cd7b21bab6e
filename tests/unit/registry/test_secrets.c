/* Sealed one-time secrets, the file of their key, password hashes and the gate before them. */
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>
#include "password_hash.h"
#include "secret.h"
#include "tap.h"

#define OWNER "0190a3b4-0000-7000-8000-00000000a001"
#define OTHER "0190a3b4-0000-7000-8000-00000000a002"

static struct arena arena;
static struct error err;

static void sealing (void)
{
    struct secret_key key = { { 1, 2, 3 } }, other = { { 1, 2, 4 } };
    struct bytes plain = { (const unsigned char *) "12345678901234567890", 20 }, sealed = secret_seal (&key, OWNER, plain, &arena), opened;
    unsigned char *changed = arena_alloc (&arena, sealed.size);
    int broken = 0;

    ok (secret_open (&key, OWNER, sealed, &arena, &opened) && opened.size == 20 && memcmp (opened.data, plain.data, 20) == 0,
        "a sealed secret opens for its owner");
    ok (memcmp (sealed.data, secret_seal (&key, OWNER, plain, &arena).data, sealed.size) != 0, "…and never looks the same twice");
    ok (!secret_open (&key, OTHER, sealed, &arena, &opened), "a row moved to somebody else does not open");
    ok (!secret_open (&other, OWNER, sealed, &arena, &opened), "nor with another key");
    for (size_t i = 0; i < sealed.size; i++) {
        memcpy (changed, sealed.data, sealed.size);
        changed[i] ^= 1;
        broken += secret_open (&key, OWNER, (struct bytes) { changed, sealed.size }, &arena, &opened);
    }
    is_number (broken, 0, "nor with any bit changed");
    for (size_t size = 0; size < sealed.size; size++)
        broken += secret_open (&key, OWNER, (struct bytes) { sealed.data, size }, &arena, &opened);
    is_number (broken, 0, "nor cut off anywhere");
}

static int key_file (const char *text, size_t size, int mode)
{
    char path[] = "/tmp/renkei-key-XXXXXX";
    struct secret_key key;
    int file = mkstemp (path), status;

    if (write (file, text, size) < 0 || fchmod (file, (mode_t) mode) < 0)
        abort ();
    close (file);
    status = secret_key_read (path, &key, &err);
    unlink (path);
    return status;
}

static void key_files (void)
{
    static const char bytes[33] = "0123456789abcdef0123456789abcdefX";
    struct secret_key key;

    is_number (key_file (bytes, 32, 0600), 0, "a key of 32 bytes, for its owner only");
    is_number (key_file (bytes, 32, 0400), 0, "…also one nobody may write");
    is_number (key_file (bytes, 32, 0640), -1, "a key its group can read stops the service");
    is_number (key_file (bytes, 32, 0604), -1, "…or everybody");
    is_number (key_file (bytes, 31, 0600), -1, "a short one does");
    is_number (key_file (bytes, 33, 0600), -1, "…a long one, too");
    is_number (key_file (bytes, 0, 0600), -1, "…and an empty one");
    is_number (secret_key_read ("/nonexistent/key", &key, &err), -1, "none is none");
    is_number (secret_key_read ("/tmp", &key, &err), -1, "a folder is none");
}

static void hashes (struct hash_gate *gate)
{
    char one[PASSWORD_HASH_TEXT], two[PASSWORD_HASH_TEXT];
    struct hash_gate *stronger = hash_gate_new (3, 12288, &err);
    bool right = false;

    is_number (password_hash_make (gate, "correct horse", one, &err), 0, "a password is hashed");
    is_number (strncmp (one, "$argon2id$", 10), 0, "…by Argon2id");
    password_hash_make (gate, "correct horse", two, &err);
    ok (strcmp (one, two) != 0, "…never the same way twice");
    is_number (password_hash_verify (gate, one, "correct horse", &right, &err) == 0 && right, 1, "the right password is right");
    is_number (password_hash_verify (gate, one, "Correct horse", &right, &err) == 0 && !right, 1, "another case is another password");
    is_number (password_hash_verify (gate, one, "", &right, &err) == 0 && !right, 1, "…none is wrong");
    is_number (password_hash_verify (gate, NULL, "correct horse", &right, &err) == 0 && !right, 1, "S-08: without an account every password is wrong");
    is_number (password_hash_verify (gate, "not a hash", "x", &right, &err) == 0 && !right, 1, "a hash that is none is wrong, not an error");
    ok (!password_hash_is_old (gate, one), "a hash as made now is not old");
    ok (password_hash_is_old (stronger, one), "…with other settings it is");
    hash_gate_destroy (&stronger);
}

struct knock { struct hash_gate *gate; int busy, right; };

static void *knock (void *arg)
{
    struct knock *mine = arg;
    struct error why = { 0 };
    bool right;

    if (password_hash_verify (mine->gate, NULL, "a flood", &right, &why) == 0)
        mine->right += 1 + right;
    else
        mine->busy += why.key == ERROR_TRY_LATER;
    return NULL;
}

/* As many as run and wait are let in, the rest is told to come again: a flood holds neither memory nor threads. */
static void floods (struct hash_gate *gate)
{
    enum { KNOCKS = 40 };
    struct knock knocks[KNOCKS];
    pthread_t threads[KNOCKS];
    int answered = 0, busy = 0;
    bool right;

    for (int i = 0; i < KNOCKS; i++) {
        knocks[i] = (struct knock) { gate, 0, 0 };
        if (pthread_create (&threads[i], NULL, knock, &knocks[i]) != 0)
            abort ();
    }
    for (int i = 0; i < KNOCKS; i++) {
        pthread_join (threads[i], NULL);
        answered += knocks[i].right;
        busy += knocks[i].busy;
    }
    is_number (answered + busy, KNOCKS, "every one of forty at once is answered or told to come again");
    ok (answered >= HASHES_AT_ONCE, "…some are answered");
    is_number (password_hash_verify (gate, NULL, "x", &right, &err), 0, "…and afterwards the gate is open");
}

int main (void)
{
    struct hash_gate *gate = hash_gate_new (2, 12288, &err);

    sealing ();
    key_files ();
    hashes (gate);
    floods (gate);
    hash_gate_destroy (&gate);
    hash_gate_destroy (&gate);
    arena_done (&arena);
    return done ();
}
