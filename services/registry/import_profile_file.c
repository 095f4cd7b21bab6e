/* import_profile_file.c - profiles an operator has written, beside the built-in ones: see import_profile.h. */
#include <dirent.h>
#include <stdlib.h>
#include "import_profile.h"

enum { PROFILE_MOST = 64 * 1024 };

static bool is_plain_name (const char *name)
{
    return *name && strlen (name) <= 40 && name[strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-")] == 0;
}

/* A profile bears its file's name: what is asked for is what is read. */
const struct import_profile *profile_open (struct arena *arena, const char *folder, const char *name)
{
    const struct import_profile *profile = profile_find (arena, name);
    char *text, *path;
    size_t size;
    FILE *in;

    if (profile || !folder || !*folder || !is_plain_name (name))
        return profile;
    path = arena_print (arena, "%s/%s.profile", folder, name);
    in = fopen (path, "re");
    if (!in)
        return NULL;
    text = arena_alloc (arena, PROFILE_MOST);
    size = fread (text, 1, PROFILE_MOST, in);
    fclose (in);
    profile = size < PROFILE_MOST ? profile_read (arena, text, size) : NULL;
    return profile && strcmp (profile->name, name) == 0 ? profile : NULL;
}

static int is_profile (const struct dirent *entry)
{
    size_t length = strlen (entry->d_name);

    return length > 8 && strcmp (entry->d_name + length - 8, ".profile") == 0;
}

static size_t add_folder (struct arena *arena, const char *folder, const struct import_profile **ret, size_t count, size_t most)
{
    struct dirent **entries = NULL;
    int found = scandir (folder, &entries, is_profile, alphasort);

    for (int i = 0; i < found; i++) {
        const char *name = arena_copy (arena, entries[i]->d_name, strlen (entries[i]->d_name) - 8);
        const struct import_profile *profile = count < most && !profile_find (arena, name) ? profile_open (arena, folder, name) : NULL;

        if (profile)
            ret[count++] = profile;
        free (entries[i]);
    }
    free (entries);
    return count;
}

size_t profile_list (struct arena *arena, const char *folder, const struct import_profile **ret, size_t most)
{
    const struct import_profile *profile;
    size_t count = 0;

    while (count < most && (profile = profile_built_in (arena, (int) count)) != NULL)
        ret[count++] = profile;
    return folder && *folder ? add_folder (arena, folder, ret, count, most) : count;
}
