/* import_profile.c - reads profiles and finds their columns in a header: see import_profile.h. */
#include "import_profile.h"
#include "import_profile_times.h"
#include "messages.h"
#include "text.h"

static const char *const field_names[FACILITY_FIELD_COUNT] = {
    "located_in", "number", "prefecture_name", "city_name", "name", "name_kana", "service", "address", "building", "latitude", "longitude",
    "phone", "fax", "corporation_number", "corporation_name", "days", "days_note", "capacity", "url", "shared_service", "care_standard",
    "disability_standard", "remark", "unused", "prefecture_code", "city_code", "postal_code", "valid", "open_days", "opens", "closes",
    "open_note",
};

const char *facility_field_name (enum facility_field field)
{
    return field_names[field];
}

static int number_in (const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp (names[i], name) == 0)
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
    int field = name ? number_in (field_names, FACILITY_FIELD_COUNT, name) : -1;
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

static bool read_parts (const char **parts, int most, struct arena *arena, char *rest)
{
    char *part;

    for (int i = 0; (part = next_word (&rest)) != NULL; i++) {
        if (i == most)
            return false;
        parts[i] = text_fold (arena, part);
    }
    return true;
}

static bool read_drops (struct import_profile *profile, struct arena *arena, char *rest)
{
    return read_parts (profile->drops, PROFILE_DROPS_MAX, arena, rest);
}

static bool read_sum (struct import_profile *profile, struct arena *arena, char *rest)
{
    return read_parts (profile->sum, PROFILE_PARTS_MAX, arena, rest);
}

/* values "1" "病院" …: what the service column says, and what that means. */
static bool read_values (struct import_profile *profile, struct arena *arena, char *rest)
{
    char *said, *means;

    while ((said = next_word (&rest)) != NULL) {
        if (profile->service_count == PROFILE_VALUES_MAX || !(means = next_word (&rest)))
            return false;
        profile->services[profile->service_count++] = (struct profile_value) { text_fold (arena, said), arena_text (arena, means) };
    }
    return profile->service_count > 0;
}

/* item departments "診療科目" */
static bool read_item (struct import_profile *profile, struct arena *arena, char *rest)
{
    char *name = next_word (&rest), *header = next_word (&rest);
    int item = name ? (int) enum_number (&facility_item_type, name) : 0;

    if (item < 1 || !header || profile->item_count == PROFILE_ITEMS_MAX)
        return false;
    profile->items[profile->item_count++] = (struct profile_item) { item, text_fold (arena, header) };
    return true;
}

/* header "医療機関コード" …: the columns of a file that begins with its first row. */
static bool read_header (struct import_profile *profile, struct arena *arena, char *rest)
{
    struct csv_record *header = arena_alloc (arena, sizeof *header);
    char *title;

    while ((title = next_word (&rest)) != NULL) {
        if (header->count == CSV_FIELDS_MAX)
            return false;
        header->fields[header->count++] = (struct csv_field) { arena_text (arena, title), strlen (title) };
    }
    profile->header = header;
    return header->count > 0;
}

static bool read_number (struct import_profile *profile, struct arena *arena, char *rest)
{
    static const char *const forms[] = { "kaigo", "navii", "kouseikyoku", "iryo", "any" };
    char *form = next_word (&rest);
    int number = form ? number_in (forms, sizeof forms / sizeof *forms, form) : -1;

    (void) arena;
    profile->number = number < 0 ? 0 : (enum number_form) number;
    return number >= 0;
}

static bool read_gives (struct import_profile *profile, struct arena *arena, char *rest)
{
    char *source = next_word (&rest);

    (void) arena;
    profile->gives = source ? (int) enum_number (&item_source_type, source) : 0;
    return profile->gives == ITEM_SOURCE_PUBLISHED || profile->gives == ITEM_SOURCE_BODIES || profile->gives == ITEM_SOURCE_PREFECTURE;
}

static bool read_open (struct import_profile *profile, struct arena *arena, char *rest)
{
    char *what = next_word (&rest), *header = next_word (&rest);

    return what && header && profile_time_open (profile, arena, what, header);
}

static bool read_slot (struct import_profile *profile, struct arena *arena, char *rest)
{
    char *from = next_word (&rest), *to = next_word (&rest);

    return from && to && profile_time_slot (profile, arena, from, to);
}

static bool read_text (struct import_profile *profile, struct arena *arena, const char *word, char *rest)
{
    const struct { const char *word, **text; } texts[] = {
        { "profile", &profile->name }, { "about", &profile->about }, { "source", &profile->source }, { "scheme", &profile->scheme },
        { "service", &profile->service }, { "prefecture", &profile->prefecture },
    };
    char *text = next_word (&rest);

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp (texts[i].word, word) == 0 && text) {
            *texts[i].text = arena_text (arena, text);
            return true;
        }
    return false;
}

static bool read_line (struct import_profile *profile, struct arena *arena, char *line)
{
    static const struct { const char *word; bool (*read) (struct import_profile *, struct arena *, char *); } lines[] = {
        { "column", read_column }, { "drop", read_drops }, { "values", read_values }, { "item", read_item }, { "header", read_header },
        { "number", read_number }, { "gives", read_gives }, { "open", read_open }, { "slot", read_slot }, { "sum", read_sum },
    };
    char *word = next_word (&line);

    if (!word)
        return true;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (strcmp (lines[i].word, word) == 0)
            return lines[i].read (profile, arena, line);
    return read_text (profile, arena, word, line);
}

/* What a profile must say; a prefecture is two digits. */
static bool is_whole (struct import_profile *profile)
{
    if (!profile->name || !profile->source)
        return false;
    if (profile->prefecture && (strlen (profile->prefecture) != 2 || strspn (profile->prefecture, "0123456789") != 2))
        return false;
    profile->scheme = profile->scheme ? profile->scheme : profile->name;
    profile->gives = profile->gives ? profile->gives : ITEM_SOURCE_PUBLISHED;
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
    return is_whole (profile) ? profile : NULL;
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
    for (int i = 0; i < profile->time_count; i++)
        if (strcmp (profile->times[i].header, header) == 0)
            return MAP_TIME + i;
    for (int i = 0; i < profile->item_count; i++)
        if (strcmp (profile->items[i].header, header) == 0)
            return MAP_ITEM + i;
    return is_dropped (profile, header) || strcmp (header, IMPORT_REASON_TITLE) == 0 ? MAP_DROPPED : MAP_EXTRA;
}

/* 1: the column is the sum, 2: a part of it. */
static int part_of_sum (const struct import_profile *profile, const char *header)
{
    for (int i = 0; i < PROFILE_PARTS_MAX && profile->sum[i]; i++)
        if (strcmp (profile->sum[i], header) == 0)
            return i ? 2 : 1;
    return 0;
}

int profile_map (const struct import_profile *profile, struct arena *arena, const struct csv_record *header, struct profile_map *ret,
                 struct error *err)
{
    bool seen[FACILITY_FIELD_COUNT] = { false };

    ret->profile = profile;
    ret->count = header->count;
    for (size_t i = 0; i < header->count; i++) {
        const char *folded = text_fold (arena, header->fields[i].text);
        int field = field_of_header (profile, folded);

        ret->titles[i] = text_trim (arena, header->fields[i].text);
        ret->field_at[i] = field;
        ret->sum_at[i] = part_of_sum (profile, folded);
        if (field < 0 || field >= FACILITY_FIELD_COUNT)
            continue;
        if (field != FACILITY_UNUSED && seen[field])
            return shape (err, "が2回あります", profile->columns[field].title);
        seen[field] = true;
    }
    for (int field = 0; field < FACILITY_FIELD_COUNT; field++)
        if (profile->columns[field].required && !seen[field])
            return shape (err, "がありません", profile->columns[field].title);
    return 0;
}
