/* The keys directory after refusals: what a refused or failed change leaves behind, and what the reader of a file refuses. */
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>
#include "keys.h"
#include "tap.h"

static char dir[] = "/tmp/renkei-keys.XXXXXX";
static struct error err;

static const char *path_to (const char *name)
{
    static char paths[2][300];
    static int which;
    char *path = paths[which++ % 2];

    snprintf (path, sizeof paths[0], "%s/%s", dir, name);
    return path;
}

static void write_text (const char *name, const char *text, size_t size, mode_t mode)
{
    FILE *file = fopen (path_to (name), "w");

    fwrite (text, 1, size, file);
    fclose (file);
    chmod (path_to (name), mode);
}

static char *read_text (const char *name)
{
    static char texts[2][ALLOW_LIST_BYTES_MAX + 1];
    static int which;
    char *text = texts[which++ % 2];
    FILE *file = fopen (path_to (name), "r");
    size_t size = file ? fread (text, 1, ALLOW_LIST_BYTES_MAX, file) : 0;

    text[size] = '\0';
    if (file)
        fclose (file);
    return text;
}

static struct allow_list list;

static const struct allow_list *read_list (void)
{
    unsigned char region[REGION_PUBLIC_BYTES];
    char *text = read_text ("allow-list");

    if (keys_read_region (dir, region, &err) < 0 || allow_list_parse (text, strlen (text), region, &list, &err) < 0)
        list.version = -1;
    return &list;
}

/* ---- rotation ---------------------------------------------------------------------------------------------------------------------- */

static void rotation_is_whole_or_not_at_all (void)
{
    char before[ALLOW_LIST_BYTES_MAX + 1], name[32];
    struct key_pair pair;

    snprintf (before, sizeof before, "%s", read_text ("allow-list"));
    is_number (keys_rotate (dir, "svc:registri", 60, &err), -1, "rotating a principal nobody knows is refused");
    is_number (err.key, ERROR_NOT_FOR_YOU, "...as unknown: a slip of the pen must not look like a rotation");
    ok (access (path_to ("svc-registri.key"), F_OK) < 0, "...and makes no key");
    is (read_text ("allow-list"), before, "...and no new list");
    is_number (keys_rotate (dir, NULL, -1, &err), -1, "a grace before now is refused");
    is_number (keys_rotate (dir, NULL, INT64_MAX, &err), -1, "one that would never end too");
    is (read_text ("allow-list"), before, "...and nothing has changed");
    for (int i = 0; i < 200; i++) {
        snprintf (name, sizeof name, "svc:n%d", i);
        if (keys_make_principal (dir, name, &err) < 0)
            note ("%s", err.detail);
    }
    is_number ((int64_t) read_list ()->count, 202, "two hundred more principals find room");
    snprintf (before, sizeof before, "%s", read_text ("allow-list"));
    keys_read_pair (dir, "gateway", &pair, &err);
    is_number (keys_rotate (dir, NULL, 60, &err), -1, "a rotation that would need 404 rows is refused");
    ok (strstr (err.detail, "no room for 202") != NULL, "...with the number of keys");
    is (read_text ("allow-list"), before, "...the list stays as it was");
    ok (strstr (read_text ("gateway.key"), pair.secret_key) != NULL, "...and so does every key file: nobody is shut out");
    for (int i = 0; i < 200; i++) {
        snprintf (name, sizeof name, "svc:n%d", i);
        keys_revoke (dir, name, &err);
    }
    is_number ((int64_t) read_list ()->count, 2, "they can be revoked again");
}

static void a_second_rotation_shortens_no_grace (void)
{
    int64_t first;

    keys_rotate (dir, "gateway", 100, &err);
    first = read_list ()->keys[1].until;
    keys_rotate (dir, "gateway", 5000, &err);
    read_list ();
    is_number (list.keys[1].until, first, "a longer grace later does not keep an old key alive");
    is_number ((int64_t) list.count, 4, "three generations stand side by side");
    keys_rotate (dir, "gateway", 0, &err);
    keys_rotate (dir, "gateway", 0, &err);
    read_list ();
    ok (list.count <= 3 && !list.keys[list.count - 1].until, "after two without grace the old ones are gone");
}

/* ---- files that are not what they should be ---------------------------------------------------------------------------------------- */

static void odd_files_are_refused (void)
{
    static const struct { const char *text, *name;
    } pairs[] = {
        { "", "an empty key file is refused" },
        { "public x\nsecret y\n", "short keys are refused" },
        { "secret 0000000000000000000000000000000000000000\npublic 0000000000000000000000000000000000000000\n",
          "the halves changed over are refused" },
        { "public 0000000000000000000000000000000000000000\n", "half a pair is refused" },
        { "public 00000000000000000000000000000000000000001\nsecret 0000000000000000000000000000000000000000\n",
          "a key too long is refused" },
    };
    static char huge[ALLOW_LIST_BYTES_MAX + 10];
    unsigned char region[REGION_PUBLIC_BYTES];
    struct key_pair pair;
    char *text = NULL;
    size_t size;

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        write_text ("odd.key", pairs[i].text, strlen (pairs[i].text), 0600);
        ok (keys_read_pair (dir, "odd", &pair, &err) < 0, pairs[i].name);
        ok (!strstr (err.detail, "0000000"), "...and the refusal holds nothing of it");
    }
    ok (keys_read_pair (dir, "nobody", &pair, &err) < 0 && strstr (err.detail, "No such file"), "a file that is not there is told");
    ok (keys_read_pair (dir, "../allow-list", &pair, &err) < 0, "a name that would leave the folder is refused");
    memset (huge, 'a', sizeof huge);
    write_text ("allow-list.kept", read_text ("allow-list"), strlen (read_text ("allow-list")), 0644);
    write_text ("allow-list", huge, sizeof huge, 0644);
    ok (keys_read_list (dir, &text, &size, &err) < 0 && strstr (err.detail, "too long"), "a list over 64 KiB is not read");
    is_number (keys_make_principal (dir, "svc:late", &err), -1, "no key is made while the list is broken");
    ok (access (path_to ("svc-late.key"), F_OK) < 0, "...and no file");
    write_text ("allow-list", read_text ("allow-list.kept"), strlen (read_text ("allow-list.kept")), 0644);
    write_text ("region.pub.kept", read_text ("region.pub"), strlen (read_text ("region.pub")), 0644);
    write_text ("region.pub", "zz", 2, 0644);
    is_number (keys_read_region (dir, region, &err), -1, "a region key that is not hex is refused");
    write_text ("region.pub", read_text ("region.pub.kept"), strlen (read_text ("region.pub.kept")) - 3, 0644);
    is_number (keys_read_region (dir, region, &err), -1, "...so is one that is too short");
    write_text ("region.pub", read_text ("region.pub.kept"), strlen (read_text ("region.pub.kept")), 0644);
    is_number (keys_read_region (dir, region, &err), 0, "the whole one is read");
}

static void the_region_key_stays_private (void)
{
    chmod (path_to ("region.key"), 0644);
    is_number (keys_make_principal (dir, "svc:x", &err), -1, "a region key others can read signs nothing");
    ok (strstr (err.detail, "0600") != NULL, "...until its mode is put right");
    chmod (path_to ("region.key"), 0600);
    is_number (keys_make_principal (dir, "svc:x", &err), 0, "then it does");
    rename (path_to ("region.key"), path_to ("kept"));
    is_number (keys_revoke (dir, "svc:x", &err), -1, "without the secret half nothing is revoked");
    ok (allow_list_key_of (read_list (), "svc:x", 0, 1) != NULL, "...and the key stays valid");
    is_number (keys_make_region (dir, &err), -1, "a region whose secret half is kept elsewhere gets no second key");
    ok (allow_list_key_of (read_list (), "svc:x", 0, 1) != NULL, "...and its list stays");
    rename (path_to ("kept"), path_to ("region.key"));
    keys_revoke (dir, "svc:x", &err);
    keys_revoke (dir, "gateway", &err);
    keys_revoke (dir, "svc:registry", &err);
    unlink (path_to ("region.key"));
    is_number (keys_make_region (dir, &err), 0, "what names nobody may be begun anew");
    unlink (path_to ("region.pub"));
    is_number (keys_make_region (dir, &err), 0, "so may what an init that was killed before its last file left");
    is_number (keys_make_region (dir, &err), -1, "...once");
    ok (access (path_to ("gateway.key.new"), F_OK) < 0 && access (path_to ("allow-list.new"), F_OK) < 0, "no half-written file is left");
}

static void a_folder_that_cannot_be_written (void)
{
    static const char missing[] = "/tmp/renkei-keys-not-there/keys";
    char longer[600];

    is_number (keys_make_region (missing, &err), -1, "a folder that is not there is refused");
    is_number (keys_make_principal (missing, "gateway", &err), -1, "...for principals too");
    memset (longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    is_number (keys_make_region (longer, &err), -1, "so is a path longer than there is room for");
    ok (strlen (err.detail) < sizeof err.detail, "...and told without an overrun");
}

int main (void)
{
    char command[80];

    if (sodium_init () < 0 || !mkdtemp (dir) || keys_make_region (dir, &err) < 0)
        return 1;
    keys_make_principal (dir, "svc:registry", &err);
    keys_make_principal (dir, "gateway", &err);
    rotation_is_whole_or_not_at_all ();
    a_second_rotation_shortens_no_grace ();
    odd_files_are_refused ();
    the_region_key_stays_private ();
    a_folder_that_cannot_be_written ();
    snprintf (command, sizeof command, "rm -r %s", dir);
    return system (command) != 0 || done ();
}
