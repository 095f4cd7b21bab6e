#include "allow_list.h"
#include <sodium.h>

static const char heading[] = "renkei allow-list 1\n";
static const char signature_word[] = "signature ";

bool principal_is_valid (const char *name)
{
    size_t size = strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_.:");

    return size > 0 && size < PRINCIPAL_TEXT && name[size] == '\0';
}

static bool key_is_valid (const char *key)
{
    return strlen (key) == KEY_TEXT - 1
        && strspn (key, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#") == KEY_TEXT - 1;
}

/* The signature stands on the last line, over everything before that line. */
static const char *signature_line (const char *text, size_t size)
{
    const char *last = text;

    for (const char *at = text; (at = memchr (at, '\n', (size_t) (text + size - at))) != NULL && at + 1 < text + size; at++)
        last = at + 1;
    return last;
}

static bool is_signed (const char *text, size_t size, const unsigned char region[REGION_PUBLIC_BYTES])
{
    const char *last = signature_line (text, size);
    size_t left = (size_t) (text + size - last), word = sizeof signature_word - 1, read = 0;
    unsigned char signature[crypto_sign_BYTES];

    if (left != word + 2 * sizeof signature + 1 || memcmp (last, signature_word, word) != 0 || text[size - 1] != '\n')
        return false;
    if (sodium_hex2bin (signature, sizeof signature, last + word, 2 * sizeof signature, NULL, &read, NULL) < 0 || read != sizeof signature)
        return false;
    return crypto_sign_verify_detached (signature, (const unsigned char *) text, (unsigned long long) (last - text), region) == 0;
}

static int parse_key (const char *line, struct allow_list *list, struct error *err)
{
    struct allowed_key *row = &list->keys[list->count];
    long long from, until;

    if (list->count == ALLOWED_KEYS_MAX)
        return fail (err, ERROR_MALFORMED, NULL, "allow-list: more than %d keys", ALLOWED_KEYS_MAX);
    if (sscanf (line, "key %31s %40s %lld %lld", row->principal, row->key, &from, &until) != 4 || !principal_is_valid (row->principal)
        || !key_is_valid (row->key))
        return fail (err, ERROR_MALFORMED, NULL, "allow-list: line of key %zu is not understood", list->count + 1);
    row->from = from;
    row->until = until;
    list->count++;
    return 0;
}

static int parse_lines (char *text, struct allow_list *list, struct error *err)
{
    char *rest = text, *line = strsep (&rest, "\n");
    long long version = 0;

    if (!line || sscanf (line, "version %lld", &version) != 1 || version < 1)
        return fail (err, ERROR_MALFORMED, NULL, "allow-list: no version");
    list->version = version;
    while ((line = strsep (&rest, "\n")) != NULL && strncmp (line, signature_word, sizeof signature_word - 1) != 0)
        if (parse_key (line, list, err) < 0)
            return -1;
    return 0;
}

int allow_list_parse (const char *text, size_t size, const unsigned char region[REGION_PUBLIC_BYTES], struct allow_list *ret,
                      struct error *err)
{
    struct allow_list *list;
    char *copy;
    int rc;

    if (size == 0 || size > ALLOW_LIST_BYTES_MAX || memchr (text, '\0', size) || !is_signed (text, size, region))
        return fail (err, ERROR_MALFORMED, NULL, "allow-list: not signed by the region key");
    if (size < sizeof heading || memcmp (text, heading, sizeof heading - 1) != 0)
        return fail (err, ERROR_MALFORMED, NULL, "allow-list: unknown heading");
    copy = strndup (text + sizeof heading - 1, size - sizeof heading + 1);
    list = calloc (1, sizeof *list);
    if (!copy || !list)
        abort ();
    rc = parse_lines (copy, list, err);
    if (rc == 0)
        *ret = *list;
    free (list);
    free (copy);
    return rc;
}

char *allow_list_print (const struct allow_list *list, const unsigned char region_secret[REGION_SECRET_BYTES])
{
    unsigned char signature[crypto_sign_BYTES];
    char hex[2 * crypto_sign_BYTES + 1], *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream (&text, &size);

    if (!out)
        abort ();
    fprintf (out, "%sversion %lld\n", heading, (long long) list->version);
    for (size_t i = 0; i < list->count; i++)
        fprintf (out, "key %s %s %lld %lld\n", list->keys[i].principal, list->keys[i].key, (long long) list->keys[i].from,
                 (long long) list->keys[i].until);
    fflush (out);
    crypto_sign_detached (signature, NULL, (const unsigned char *) text, size, region_secret);
    sodium_bin2hex (hex, sizeof hex, signature, sizeof signature);
    fprintf (out, "%s%s\n", signature_word, hex);
    if (fclose (out) != 0)
        abort ();
    return text;
}

static bool is_valid_at (const struct allowed_key *key, int64_t now)
{
    return key->from <= now && (key->until == 0 || now < key->until);
}

const struct allowed_key *allow_list_find (const struct allow_list *list, const char *key, int64_t now_seconds)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp (list->keys[i].key, key) == 0 && is_valid_at (&list->keys[i], now_seconds))
            return &list->keys[i];
    return NULL;
}

/* Rows are kept in the order in which keys were made, so the newest stands last. */
const struct allowed_key *allow_list_key_of (const struct allow_list *list, const char *principal, size_t nth, int64_t now_seconds)
{
    for (size_t i = list->count; i-- > 0;)
        if (strcmp (list->keys[i].principal, principal) == 0 && is_valid_at (&list->keys[i], now_seconds) && nth-- == 0)
            return &list->keys[i];
    return NULL;
}
