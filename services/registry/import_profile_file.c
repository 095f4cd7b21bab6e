/* import_profile_file.c - profiles an operator has written, beside the built-in ones: see import_profile.h. */
#include "import_profile.h"

enum { PROFILE_MOST = 64 * 1024 };

static bool is_plain_name (const char *name)
{
    return *name && strlen (name) <= 40 && name[strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-")] == 0;
}

const struct import_profile *profile_open (struct arena *arena, const char *folder, const char *name)
{
    const struct import_profile *built_in = profile_find (arena, name);
    char *text, *path;
    size_t size;
    FILE *in;

    if (built_in || !folder || !*folder || !is_plain_name (name))
        return built_in;
    path = arena_print (arena, "%s/%s.profile", folder, name);
    in = fopen (path, "re");
    if (!in)
        return NULL;
    text = arena_alloc (arena, PROFILE_MOST);
    size = fread (text, 1, PROFILE_MOST, in);
    fclose (in);
    return size < PROFILE_MOST ? profile_read (arena, text, size) : NULL;
}
