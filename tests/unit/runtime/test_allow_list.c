/* The signed allow-list as text, and the key files renkei-keys keeps beside it. */
#include "tap.h"
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>
#include "allow_list.h"
#include "keys.h"

static unsigned char region[REGION_PUBLIC_BYTES], secret[REGION_SECRET_BYTES];
static struct error err;

static const char one_key[] = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
static const char other_key[] = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID";

static struct allow_list sample (void)
{
    struct allow_list list = { .version = 3, .count = 3 };

    list.keys[0] = (struct allowed_key) { .principal = "gateway", .from = 0, .until = 100 };
    list.keys[1] = (struct allowed_key) { .principal = "svc:notify", .from = 0, .until = 0 };
    list.keys[2] = (struct allowed_key) { .principal = "gateway", .from = 50, .until = 0 };
    memcpy (list.keys[0].key, one_key, KEY_TEXT);
    memcpy (list.keys[1].key, other_key, KEY_TEXT);
    memcpy (list.keys[2].key, "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs", KEY_TEXT);
    return list;
}

static void round_trip (void)
{
    struct allow_list list = sample (), back = { 0 };
    char *text = allow_list_print (&list, secret);

    ok (allow_list_parse (text, strlen (text), region, &back, &err) == 0, "a signed list is read");
    ok (back.version == 3 && back.count == 3 && memcmp (&back, &list, sizeof list) == 0, "...as it was written");
    is (allow_list_find (&back, one_key, 10)->principal, "gateway", "a key names its principal");
    ok (!allow_list_find (&back, one_key, 100), "a key ends when its time is over");
    ok (!allow_list_find (&back, "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs", 49), "...and is not valid before it");
    is (allow_list_key_of (&back, "gateway", 0, 60)->key, list.keys[2].key, "a peer's newest key comes first");
    is (allow_list_key_of (&back, "gateway", 1, 60)->key, one_key, "...then the one before");
    ok (!allow_list_key_of (&back, "gateway", 2, 60) && !allow_list_key_of (&back, "nobody", 0, 60), "...and then none");
    free (text);
}

static void empty_list (void)
{
    struct allow_list list = { .version = 1 }, back = { .count = 5 };
    char *text = allow_list_print (&list, secret);

    ok (allow_list_parse (text, strlen (text), region, &back, &err) == 0 && back.count == 0, "an empty list is a list that allows nobody");
    free (text);
}

static void tampering (void)
{
    struct allow_list list = sample (), back = { .version = 99 };
    unsigned char strange_region[REGION_PUBLIC_BYTES], strange_secret[REGION_SECRET_BYTES];
    char *text = allow_list_print (&list, secret), *strange;
    size_t size = strlen (text);
    int accepted = 0;

    for (size_t i = 0; i < size; i++) {
        text[i] ^= 1;
        accepted += allow_list_parse (text, size, region, &back, &err) == 0;
        text[i] ^= 1;
        accepted += allow_list_parse (text, i, region, &back, &err) == 0;
    }
    ok (accepted == 0, "S-13: a list with one bit changed, or cut anywhere, is refused");
    ok (back.version == 99, "...and nothing is taken from it");
    crypto_sign_keypair (strange_region, strange_secret);
    strange = allow_list_print (&list, strange_secret);
    ok (allow_list_parse (strange, strlen (strange), region, &back, &err) < 0, "S-13: a list signed by another key is refused");
    free (strange);
    free (text);
}

static void bad_lines (void)
{
    static const char *const bodies[] = {
        "renkei allow-list 2\nversion 1\n",
        "renkei allow-list 1\n",
        "renkei allow-list 1\nversion 0\n",
        "renkei allow-list 1\nversion 1\nkey x\n",
        "renkei allow-list 1\nversion 1\nkey Upper rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7 0 0\n",
        "renkei allow-list 1\nversion 1\nkey gateway short 0 0\n",
        "renkei allow-list 1\nversion 1\n\n",
    };
    struct allow_list back;
    int accepted = 0;

    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        unsigned char signature[crypto_sign_BYTES];
        char hex[2 * crypto_sign_BYTES + 1], text[512];

        crypto_sign_detached (signature, NULL, (const unsigned char *) bodies[i], strlen (bodies[i]), secret);
        sodium_bin2hex (hex, sizeof hex, signature, sizeof signature);
        snprintf (text, sizeof text, "%ssignature %s\n", bodies[i], hex);
        accepted += allow_list_parse (text, strlen (text), region, &back, &err) == 0;
    }
    ok (accepted == 0, "well signed nonsense is refused too");
}

static bool mode_is (const char *dir, const char *name, mode_t mode)
{
    char path[256];
    struct stat about;

    snprintf (path, sizeof path, "%s/%s", dir, name);
    return stat (path, &about) == 0 && (about.st_mode & 0777) == mode;
}

static void read_back (const char *dir, struct allow_list *ret)
{
    unsigned char key[REGION_PUBLIC_BYTES];
    char *text = NULL;
    size_t size = 0;

    if (keys_read_region (dir, key, &err) < 0 || keys_read_list (dir, &text, &size, &err) < 0
        || allow_list_parse (text, size, key, ret, &err) < 0)
        ret->version = -1;
    free (text);
}

static void files (const char *dir)
{
    struct allow_list list;
    struct key_pair first, second;
    char path[256];

    ok (keys_make_region (dir, &err) == 0, "a region gets its key");
    ok (mode_is (dir, "region.key", 0600), "...whose secret half only the owner may read");
    ok (keys_make_region (dir, &err) < 0 && err.key == ERROR_ALREADY_THERE, "...and only once");
    ok (keys_make_principal (dir, "svc:notify", &err) == 0 && keys_make_principal (dir, "gateway", &err) == 0, "principals get keys");
    ok (mode_is (dir, "svc-notify.key", 0600) && mode_is (dir, "gateway.key", 0600), "...each in its own file, 0600");
    read_back (dir, &list);
    ok (list.version == 3 && list.count == 2, "...and stand in the allow-list");
    ok (keys_read_pair (dir, "svc:notify", &first, &err) == 0 && strcmp (first.public_key, list.keys[0].key) == 0,
        "...with their public halves");
    ok (keys_make_principal (dir, "svc:notify", &err) == 0 && keys_read_pair (dir, "svc:notify", &second, &err) == 0
        && strcmp (first.public_key, second.public_key) != 0, "a principal added again gets a new key");
    read_back (dir, &list);
    ok (list.count == 2 && !allow_list_find (&list, first.public_key, 1), "...and the old one is gone at once");
    ok (keys_rotate (dir, NULL, 600, &err) == 0, "keys can be rotated");
    read_back (dir, &list);
    ok (list.count == 4 && list.keys[0].until > 0 && list.keys[2].until == 0, "...old and new are valid together for a while");
    ok (keys_rotate (dir, "gateway", 0, &err) == 0 && keys_rotate (dir, "gateway", 0, &err) == 0,
        "rotation without grace ends the old key");
    read_back (dir, &list);
    ok (list.count <= 5, "...and ended keys leave the list");
    ok (keys_revoke (dir, "svc:notify", &err) == 0, "a principal can be revoked");
    read_back (dir, &list);
    ok (!allow_list_key_of (&list, "svc:notify", 0, 1), "...with all its keys");
    ok (keys_revoke (dir, "svc:notify", &err) < 0, "...once");
    ok (keys_make_principal (dir, "../evil", &err) < 0 && keys_make_principal (dir, "a b", &err) < 0
            && keys_make_principal (dir, "", &err) < 0,
        "a name that is not a principal's makes no file");
    snprintf (path, sizeof path, "%s/gateway.key", dir);
    chmod (path, 0640);
    ok (keys_read_pair (dir, "gateway", &first, &err) < 0 && strstr (err.detail, "0600"), "a private key open to others is refused");
}

int main (void)
{
    char dir[] = "/tmp/renkei-keys.XXXXXX", command[64];

    if (sodium_init () < 0 || !mkdtemp (dir))
        return 1;
    crypto_sign_keypair (region, secret);
    round_trip ();
    empty_list ();
    tampering ();
    bad_lines ();
    files (dir);
    snprintf (command, sizeof command, "rm -rf %s", dir);
    return system (command) != 0 || done ();
}
