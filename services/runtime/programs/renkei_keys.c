/* renkei-keys - makes the keys of a region and says who may speak on its mesh.
 *
 *   renkei-keys init DIR                             region key and an empty allow-list
 *   renkei-keys add DIR PRINCIPAL...                 a key pair each (gateway, svc:registry, operator …); replaces an older one at once
 *   renkei-keys revoke DIR PRINCIPAL                 running services drop its next message
 *   renkei-keys rotate DIR [--grace=SECONDS] [PRINCIPAL]   new keys; old ones stay valid for an hour: restart the services meanwhile
 *   renkei-keys list DIR
 */
#include "allow_list.h"
#include "clock.h"
#include "keys.h"

enum { GRACE_SECONDS = 3600 };

static int usage (void)
{
    fputs (
        "usage: renkei-keys init DIR | add DIR PRINCIPAL... | revoke DIR PRINCIPAL | rotate DIR [--grace=SECONDS] [PRINCIPAL] | list DIR\n",
        stderr);
    return 2;
}

static int list (const char *dir, struct error *err)
{
    unsigned char region[REGION_PUBLIC_BYTES];
    struct allow_list *allowed = calloc (1, sizeof *allowed);
    char *text = NULL;
    size_t size = 0;
    int rc;

    if (!allowed)
        abort ();
    rc = keys_read_region (dir, region, err) < 0 || keys_read_list (dir, &text, &size, err) < 0
        || allow_list_parse (text, size, region, allowed, err) < 0 ? -1 : 0;
    if (rc == 0)
        printf ("version %lld\n", (long long) allowed->version);
    for (size_t i = 0; rc == 0 && i < allowed->count; i++) {
        const struct allowed_key *key = &allowed->keys[i];
        bool ended = key->until && key->until <= clock_real_us () / SECOND_US;

        printf ("%-24s %s %s\n", key->principal, key->key, ended ? "ended" : key->until ? "ending" : "valid");
    }
    free (text);
    free (allowed);
    return rc;
}

static int add (const char *dir, char **principals, int count, struct error *err)
{
    for (int i = 0; i < count; i++)
        if (keys_make_principal (dir, principals[i], err) < 0)
            return -1;
    return 0;
}

static int rotate (const char *dir, char **words, int count, struct error *err)
{
    const char *principal = NULL;
    int64_t grace = GRACE_SECONDS;

    for (int i = 0; i < count; i++)
        if (strncmp (words[i], "--grace=", 8) == 0) {
            char *end;

            grace = strtoll (words[i] + 8, &end, 10);
            if (*end || end == words[i] + 8)
                return fail (err, ERROR_MALFORMED, NULL, "%s: not a whole number of seconds", words[i]);
        }
        else if (principal)
            return fail (err, ERROR_MALFORMED, NULL, "rotate takes one principal, or none for all");
        else
            principal = words[i];
    return keys_rotate (dir, principal, grace, err);
}

int main (int argc, char **argv)
{
    struct error err = { 0 };
    const char *verb = argc > 2 ? argv[1] : "", *dir = argc > 2 ? argv[2] : "";
    int rc;

    if (strcmp (verb, "init") == 0 && argc == 3)
        rc = keys_make_region (dir, &err);
    else if (strcmp (verb, "add") == 0 && argc > 3)
        rc = add (dir, argv + 3, argc - 3, &err);
    else if (strcmp (verb, "revoke") == 0 && argc == 4)
        rc = keys_revoke (dir, argv[3], &err);
    else if (strcmp (verb, "rotate") == 0)
        rc = rotate (dir, argv + 3, argc - 3, &err);
    else if (strcmp (verb, "list") == 0 && argc == 3)
        rc = list (dir, &err);
    else
        return usage ();
    if (rc < 0)
        fprintf (stderr, "renkei-keys: %s\n", err.detail);
    return rc < 0;
}
