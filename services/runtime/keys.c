#include "keys.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "clock.h"
#include "zeromq.h"

enum { PATH_BYTES = 512, GRACE_MAX = 366 * 86400 };

static int path_of (char ret[PATH_BYTES], const char *dir, const char *name, const char *suffix, struct error *err)
{
    int size = snprintf (ret, PATH_BYTES, "%s/%s%s", dir, name, suffix);

    if (size < 0 || size >= PATH_BYTES)
        return fail (err, ERROR_MALFORMED, NULL, "keys: path too long");
    for (char *at = ret + strlen (dir) + 1; *at; at++)
        if (*at == ':')
            *at = '-';
    return 0;
}

static int cannot (struct error *err, const char *what, const char *path)
{
    return fail (err, ERROR_BUG, NULL, "keys: cannot %s %s: %s", what, path, strerror (errno));
}

/* The file's bytes with a NUL behind; at most ALLOW_LIST_BYTES_MAX of them. */
static int read_file (const char *path, bool secret, char **ret, size_t *ret_size, struct error *err)
{
    struct stat about;
    char *bytes;
    ssize_t got;
    int fd = open (path, O_RDONLY | O_CLOEXEC);

    if (fd < 0 || fstat (fd, &about) < 0)
        return fd >= 0 ? (close (fd), cannot (err, "read", path)) : cannot (err, "read", path);
    if (secret && (about.st_mode & 077)) {
        close (fd);
        return fail (err, ERROR_BUG, NULL, "keys: %s is open to others; mode must be 0600", path);
    }
    bytes = calloc (1, ALLOW_LIST_BYTES_MAX + 2);
    if (!bytes)
        abort ();
    got = read (fd, bytes, ALLOW_LIST_BYTES_MAX + 1);
    close (fd);
    if (got < 0 || got > ALLOW_LIST_BYTES_MAX) {
        free (bytes);
        return fail (err, ERROR_BUG, NULL, "keys: %s cannot be read or is too long", path);
    }
    *ret = bytes;
    *ret_size = (size_t) got;
    return 0;
}

static int fill (const char *path, int fd, const char *text)
{
    size_t size = strlen (text);
    bool done = write (fd, text, size) == (ssize_t) size && fsync (fd) == 0;

    (void) path;
    return close (fd) == 0 && done ? 0 : -1;
}

static void sync_directory (const char *dir)
{
    int fd = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        fsync (fd);
        close (fd);
    }
}

/* Whole or not at all: a reader sees the old file or the new one. */
static int write_file (const char *dir, const char *path, const char *text, mode_t mode, struct error *err)
{
    char temporary[PATH_BYTES + 8];
    int fd;

    snprintf (temporary, sizeof temporary, "%s.new", path);
    unlink (temporary);
    fd = open (temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0 || fill (temporary, fd, text) < 0 || rename (temporary, path) < 0)
        return cannot (err, "write", path);
    sync_directory (dir);
    return 0;
}

static int read_hex (const char *dir, const char *name, bool secret, unsigned char *ret, size_t size, struct error *err)
{
    char path[PATH_BYTES], *text = NULL;
    size_t bytes = 0, read = 0;
    int rc;

    if (path_of (path, dir, name, "", err) < 0 || read_file (path, secret, &text, &bytes, err) < 0)
        return -1;
    rc = sodium_hex2bin (ret, size, text, bytes, "\n", &read, NULL);
    sodium_memzero (text, bytes);
    free (text);
    if (rc < 0 || read != size)
        return fail (err, ERROR_BUG, NULL, "keys: %s is not a key", name);
    return 0;
}

static int write_hex (const char *dir, const char *name, const unsigned char *bytes, size_t size, mode_t mode, struct error *err)
{
    char path[PATH_BYTES], hex[2 * REGION_SECRET_BYTES + 2];
    int rc;

    if (path_of (path, dir, name, "", err) < 0)
        return -1;
    sodium_bin2hex (hex, sizeof hex, bytes, size);
    hex[2 * size] = '\n';
    hex[2 * size + 1] = '\0';
    rc = write_file (dir, path, hex, mode, err);
    sodium_memzero (hex, sizeof hex);
    return rc;
}

int keys_read_region (const char *dir, unsigned char ret[REGION_PUBLIC_BYTES], struct error *err)
{
    return read_hex (dir, "region.pub", false, ret, REGION_PUBLIC_BYTES, err);
}

int keys_read_list (const char *dir, char **ret, size_t *ret_size, struct error *err)
{
    char path[PATH_BYTES];

    return path_of (path, dir, "allow-list", "", err) < 0 ? -1 : read_file (path, false, ret, ret_size, err);
}

int keys_read_pair (const char *dir, const char *principal, struct key_pair *ret, struct error *err)
{
    char path[PATH_BYTES], *text = NULL;
    size_t size = 0;
    int fields;

    if (!principal_is_valid (principal))
        return fail (err, ERROR_MALFORMED, NULL, "keys: not the name of a principal");
    if (path_of (path, dir, principal, ".key", err) < 0 || read_file (path, true, &text, &size, err) < 0)
        return -1;
    fields = sscanf (text, "public %40s secret %40s", ret->public_key, ret->secret_key);
    sodium_memzero (text, size);
    free (text);
    if (fields != 2 || strlen (ret->public_key) != KEY_TEXT - 1 || strlen (ret->secret_key) != KEY_TEXT - 1)
        return fail (err, ERROR_BUG, NULL, "keys: %s is not a key pair", path);
    return 0;
}

/* ---- changes of the allow-list: read, change, sign, replace; one at a time --------------------------------------------------------- */

struct change { const char *dir; int lock; unsigned char secret[REGION_SECRET_BYTES]; struct allow_list list; };

static void change_done (struct change *change)
{
    sodium_memzero (change->secret, sizeof change->secret);
    if (change->lock >= 0)
        close (change->lock);
}

static int change_begin (struct change *change, const char *dir, struct error *err)
{
    unsigned char region[REGION_PUBLIC_BYTES];
    char *text = NULL;
    size_t size = 0;
    int rc;

    change->dir = dir;
    change->lock = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (change->lock < 0 || flock (change->lock, LOCK_EX) < 0)
        return cannot (err, "lock", dir);
    if (read_hex (dir, "region.key", true, change->secret, sizeof change->secret, err) < 0 || keys_read_region (dir, region, err) < 0
        || keys_read_list (dir, &text, &size, err) < 0)
        return -1;
    rc = allow_list_parse (text, size, region, &change->list, err);
    free (text);
    return rc;
}

static int change_write (struct change *change, struct error *err)
{
    char path[PATH_BYTES], *text;
    int rc;

    change->list.version++;
    text = allow_list_print (&change->list, change->secret);
    rc = path_of (path, change->dir, "allow-list", "", err) < 0 ? -1 : write_file (change->dir, path, text, 0644, err);
    free (text);
    return rc;
}

static int new_pair (const char *dir, const char *principal, struct key_pair *ret, struct error *err)
{
    char path[PATH_BYTES], text[2 * KEY_TEXT + 32];
    int rc;

    if (zmq_curve_keypair (ret->public_key, ret->secret_key) != 0)
        return fail (err, ERROR_BUG, NULL, "keys: libzmq was built without CURVE");
    snprintf (text, sizeof text, "public %s\nsecret %s\n", ret->public_key, ret->secret_key);
    rc = path_of (path, dir, principal, ".key", err) < 0 ? -1 : write_file (dir, path, text, 0600, err);
    sodium_memzero (text, sizeof text);
    return rc;
}

static void drop (struct allow_list *list, const char *principal, int64_t ended_before)
{
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++) {
        const struct allowed_key *key = &list->keys[i];

        if (!(principal && strcmp (key->principal, principal) == 0) && !(key->until && key->until <= ended_before))
            list->keys[kept++] = *key;
    }
    list->count = kept;
}

static int add_key (struct change *change, const char *principal, struct error *err)
{
    struct key_pair pair;
    struct allowed_key *row = &change->list.keys[change->list.count];

    if (change->list.count == ALLOWED_KEYS_MAX)
        return fail (err, ERROR_MALFORMED, NULL, "keys: the allow-list is full");
    if (new_pair (change->dir, principal, &pair, err) < 0)
        return -1;
    memset (row, 0, sizeof *row);
    snprintf (row->principal, sizeof row->principal, "%s", principal);
    snprintf (row->key, sizeof row->key, "%s", pair.public_key);
    change->list.count++;
    sodium_memzero (&pair, sizeof pair);
    return 0;
}

/* The secret half may be kept elsewhere; a list that names somebody shows that the region lives.  The public half is written last: without
 * it nobody can have used what an interrupted init left. */
static bool is_in_use (const char *dir, const char *secret_path)
{
    struct error ignored = { 0 };
    struct allow_list *list = calloc (1, sizeof *list);
    unsigned char region[REGION_PUBLIC_BYTES];
    char *text = NULL;
    size_t size = 0;
    bool used = keys_read_region (dir, region, &ignored) == 0;

    if (!list)
        abort ();
    if (used && access (secret_path, F_OK) < 0)
        used = keys_read_list (dir, &text, &size, &ignored) == 0 && allow_list_parse (text, size, region, list, &ignored) == 0
               && list->count > 0;
    free (text);
    free (list);
    return used;
}

int keys_make_region (const char *dir, struct error *err)
{
    unsigned char public_half[REGION_PUBLIC_BYTES];
    struct change change = { .dir = dir, .lock = -1 };
    char path[PATH_BYTES];
    int rc;

    if (sodium_init () < 0)
        return fail (err, ERROR_BUG, NULL, "keys: libsodium does not start");
    if (mkdir (dir, 0700) < 0 && errno != EEXIST)
        return cannot (err, "make", dir);
    if (path_of (path, dir, "region.key", "", err) < 0)
        return -1;
    if (is_in_use (dir, path))
        return fail (err, ERROR_ALREADY_THERE, NULL, "keys: %s has a region key already", dir);
    crypto_sign_keypair (public_half, change.secret);
    rc = change_write (&change, err) < 0 || write_hex (dir, "region.key", change.secret, sizeof change.secret, 0600, err) < 0
        || write_hex (dir, "region.pub", public_half, sizeof public_half, 0644, err) < 0 ? -1 : 0;
    change_done (&change);
    return rc;
}

typedef int edit (struct change *change, const char *principal, struct error *err);

static int with_list (const char *dir, const char *principal, edit *change_it, struct error *err)
{
    struct change change = { .lock = -1 };
    int rc;

    if (sodium_init () < 0 || (principal && !principal_is_valid (principal)))
        return fail (err, ERROR_MALFORMED, NULL, "keys: not the name of a principal");
    rc = change_begin (&change, dir, err) < 0 || change_it (&change, principal, err) < 0 || change_write (&change, err) < 0 ? -1 : 0;
    change_done (&change);
    return rc;
}

static int edit_add (struct change *change, const char *principal, struct error *err)
{
    drop (&change->list, principal, 0);
    return add_key (change, principal, err);
}

static int edit_revoke (struct change *change, const char *principal, struct error *err)
{
    size_t before = change->list.count;

    drop (&change->list, principal, 0);
    if (change->list.count == before)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "keys: %s is not in the allow-list", principal);
    return 0;
}

int keys_make_principal (const char *dir, const char *principal, struct error *err)
{
    return with_list (dir, principal, edit_add, err);
}

int keys_revoke (const char *dir, const char *principal, struct error *err)
{
    return with_list (dir, principal, edit_revoke, err);
}

static bool is_named_before (const struct allow_list *list, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp (list->keys[i].principal, list->keys[at].principal) == 0)
            return true;
    return false;
}

static bool is_meant (const struct allowed_key *key, const char *principal)
{
    return !principal || strcmp (principal, key->principal) == 0;
}

/* Before the first key file is replaced: a file whose key then found no room in the list would shut its principal out. */
static int check_rotation (const struct allow_list *list, const char *principal, struct error *err)
{
    size_t fresh = 0;

    for (size_t i = 0; i < list->count; i++)
        fresh += is_meant (&list->keys[i], principal) && !is_named_before (list, i);
    if (principal && fresh == 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "keys: %s is not in the allow-list", principal);
    if (list->count + fresh > ALLOWED_KEYS_MAX)
        return fail (err, ERROR_MALFORMED, NULL, "keys: the allow-list has no room for %zu more keys", fresh);
    return 0;
}

static int rotate_all (struct change *change, const char *principal, int64_t now, int64_t grace, struct error *err)
{
    size_t old;

    drop (&change->list, NULL, now);
    if (check_rotation (&change->list, principal, err) < 0)
        return -1;
    old = change->list.count;
    for (size_t i = 0; i < old; i++) {
        struct allowed_key *key = &change->list.keys[i];

        if (!is_meant (key, principal))
            continue;
        if (!key->until || key->until > now + grace)
            key->until = now + grace;
        if (!is_named_before (&change->list, i) && add_key (change, key->principal, err) < 0)
            return -1;
    }
    return 0;
}

int keys_rotate (const char *dir, const char *principal, int64_t grace_seconds, struct error *err)
{
    struct change change = { .lock = -1 };
    int rc;

    if (sodium_init () < 0 || (principal && !principal_is_valid (principal)))
        return fail (err, ERROR_MALFORMED, NULL, "keys: not the name of a principal");
    if (grace_seconds < 0 || grace_seconds > GRACE_MAX)
        return fail (err, ERROR_FIELD_OUT_OF_RANGE, NULL, "keys: the old keys may stay valid for 0 to %d seconds", GRACE_MAX);
    rc = change_begin (&change, dir, err) < 0
        || rotate_all (&change, principal, clock_real_us () / SECOND_US, grace_seconds, err) < 0
        || change_write (&change, err) < 0 ? -1 : 0;
    change_done (&change);
    return rc;
}
