/* import_profile.c - reads profiles and finds their columns in a header: see import_profile.h. */
#include "import_profile.h"
#include "text.h"

/* The profiles lie in the program as written. */
__asm__ (".section .rodata\n"
         "registry_profile_kaigo:\n"
         ".incbin \"services/registry/profiles/kaigo-jigyosho.profile\"\n"
         "registry_profile_kaigo_end:\n"
         ".byte 0\n"
         ".previous\n");
extern const char registry_profile_kaigo[], registry_profile_kaigo_end[];

static const char *const field_names[FACILITY_FIELD_COUNT] = {
    "located_in", "number", "prefecture_name", "city_name", "name", "name_kana", "service", "address", "building", "latitude", "longitude",
    "phone", "fax", "corporation_number", "corporation_name", "days", "days_note", "capacity", "url", "shared_service", "care_standard",
    "disability_standard", "remark", "unused",
};

const char *facility_field_name (enum facility_field field)
{
    return field_names[field];
}

static int field_number (const char *name)
{
    for (int i = 0; i < FACILITY_FIELD_COUNT; i++)
        if (strcmp (field_names[i], name) == 0)
            return i;
    return -1;
}

/* The next word of a line, or text between quotes; NULL at its end. */
static char *next_word (char **at)
{
    char *word = *at + strspn (*at, " \t"), *end;

    if (!*word || *word == '#')
        return NULL;
    if (*word == '"') {
        word++;
        end = word + strcspn (word, "\"");
    } else
        end = word + strcspn (word, " \t");
    *at = *end ? end + 1 : end;
    *end = 0;
    return word;
}

static bool read_column (struct import_profile *profile, struct arena *arena, char *rest)
{
    char *name = next_word (&rest), *need = next_word (&rest), *header;
    int field = name ? field_number (name) : -1;
    struct profile_column *column = &profile->columns[field < 0 ? 0 : field];

    if (field < 0 || !need || column->title)
        return false;
    column->required = strcmp (need, "required") == 0;
    for (int i = 0; (header = next_word (&rest)) != NULL; i++) {
        if (i == PROFILE_ALIASES_MAX)
            return false;
        column->title = column->title ? column->title : arena_text (arena, header);
        column->headers[i] = text_fold (arena, header);
    }
    return column->title != NULL;
}

static bool read_drops (struct import_profile *profile, struct arena *arena, char *rest)
{
    char *part;

    for (int i = 0; (part = next_word (&rest)) != NULL; i++) {
        if (i == PROFILE_DROPS_MAX)
            return false;
        profile->drops[i] = text_fold (arena, part);
    }
    return true;
}

static bool read_line (struct import_profile *profile, struct arena *arena, char *line)
{
    char *word = next_word (&line);
    const char **text = NULL;

    if (!word)
        return true;
    if (strcmp (word, "column") == 0)
        return read_column (profile, arena, line);
    if (strcmp (word, "drop") == 0)
        return read_drops (profile, arena, line);
    if (strcmp (word, "profile") == 0)
        text = &profile->name;
    else if (strcmp (word, "about") == 0)
        text = &profile->about;
    else if (strcmp (word, "source") == 0)
        text = &profile->source;
    if (!text || !(word = next_word (&line)))
        return false;
    *text = arena_text (arena, word);
    return true;
}

const struct import_profile *profile_read (struct arena *arena, const char *text, size_t size)
{
    struct import_profile *profile = arena_alloc (arena, sizeof *profile);
    char *line = arena_copy (arena, text, size), *end = line + size, *next;

    for (; line < end; line = next) {
        next = line + strcspn (line, "\n");
        if (next < end)
            *next++ = 0;
        if (!read_line (profile, arena, line))
            return NULL;
    }
    return profile->name && profile->source ? profile : NULL;
}

const struct import_profile *profile_find (struct arena *arena, const char *name)
{
    if (strcmp (name, "kaigo-jigyosho") != 0)
        return NULL;
    return profile_read (arena, registry_profile_kaigo, (size_t) (registry_profile_kaigo_end - registry_profile_kaigo));
}

static int shape (struct error *err, const char *what, const char *title)
{
    fail (err, ERROR_FILE_SHAPE, NULL, "header: %s", what);
    return fail_param (err, "why", "見出しに「%s」%s", title, what);
}

static bool is_dropped (const struct import_profile *profile, const char *header)
{
    for (int i = 0; i < PROFILE_DROPS_MAX && profile->drops[i]; i++)
        if (strstr (header, profile->drops[i]))
            return true;
    return false;
}

static int field_of_header (const struct import_profile *profile, const char *header)
{
    for (int field = 0; field < FACILITY_FIELD_COUNT; field++)
        for (int i = 0; i < PROFILE_ALIASES_MAX && profile->columns[field].headers[i]; i++)
            if (strcmp (profile->columns[field].headers[i], header) == 0)
                return field;
    return is_dropped (profile, header) ? MAP_DROPPED : MAP_EXTRA;
}

int profile_map (const struct import_profile *profile, struct arena *arena, const struct csv_record *header, struct profile_map *ret,
                 struct error *err)
{
    bool seen[FACILITY_FIELD_COUNT] = { false };

    ret->count = header->count;
    for (size_t i = 0; i < header->count; i++) {
        int field = field_of_header (profile, text_fold (arena, header->fields[i].text));

        ret->titles[i] = text_trim (arena, header->fields[i].text);
        ret->field_at[i] = field;
        if (field >= 0 && field != FACILITY_UNUSED && seen[field])
            return shape (err, "が2回あります", profile->columns[field].title);
        if (field >= 0)
            seen[field] = true;
    }
    for (int field = 0; field < FACILITY_FIELD_COUNT; field++)
        if (profile->columns[field].required && !seen[field])
            return shape (err, "がありません", profile->columns[field].title);
    return 0;
}
