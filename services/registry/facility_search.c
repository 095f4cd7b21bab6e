/* facility_search.c - words, grams, kinds of service and codes of a search: see facility_search.h. */
#include "facility_search.h"
#include "bits.h"
#include "clock.h"
#include "facility_item_rules.h"
#include "japan.h"
#include "opening_hours.h"
#include "text.h"

enum { WORDS_MAX = 4, LIMIT_STANDARD = 50, LIMIT_MOST = 200 };

static bool is_one_character (const char *word)
{
    unsigned char lead = (unsigned char) *word;

    return strlen (word) == (lead < 0x80 ? 1u : lead < 0xE0 ? 2u : lead < 0xF0 ? 3u : 4u);
}

static void add (const char **items, size_t *count, struct text_list more)
{
    for (size_t i = 0; i < more.count; i++)
        items[(*count)++] = more.items[i];
}

static struct text_list grams_of (struct arena *arena, struct text_list words)
{
    const char **all;
    size_t room = 1, count = 0;

    for (size_t i = 0; i < words.count; i++)
        room += strlen (words.items[i]) + 1;
    all = arena_alloc (arena, room * sizeof *all);
    for (size_t i = 0; i < words.count; i++)
        if (is_one_character (words.items[i]))
            all[count++] = arena_print (arena, "^%s", words.items[i]);
        else
            add (all, &count, text_bigrams (arena, words.items[i]));
    return (struct text_list) { all, count };
}

static bool names_service (const char *word, struct text_list folded)
{
    for (size_t i = 0; i < folded.count; i++)
        if (!is_one_character (word) && strstr (folded.items[i], word))
            return true;
    return false;
}

/* Kinds of service in whose names every one of these words occurs. */
static struct text_list services_of (struct arena *arena, struct text_list words, const struct service_count_list *services,
                                     struct text_list folded)
{
    const char **found = arena_alloc (arena, (folded.count + 1) * sizeof *found);
    size_t count = 0;

    for (size_t i = 0; i < folded.count && words.count; i++) {
        bool all = true;

        for (size_t j = 0; j < words.count; j++)
            all &= strstr (folded.items[i], words.items[j]) != NULL;
        if (all)
            found[count++] = services->items[i].service;
    }
    return (struct text_list) { found, count };
}

static struct text_list words_of (struct arena *arena, const char *text)
{
    const char **words = arena_alloc (arena, WORDS_MAX * sizeof *words);
    char *rest = text_narrow (arena, text), *word;
    size_t count = 0;

    while (count < WORDS_MAX && (word = strsep (&rest, " \t\r\n")) != NULL) {
        char *folded = text_fold (arena, word);

        if (*folded)
            words[count++] = folded;
    }
    return (struct text_list) { words, count };
}

/* A whole office number typed as the only word. */
static const char *number_of (struct arena *arena, struct text_list words)
{
    char *number;

    if (words.count != 1 || strlen (words.items[0]) != 10
        || words.items[0][strspn (words.items[0], "0123456789abcdefghijklmnopqrstuvwxyz")])
        return "";
    number = arena_text (arena, words.items[0]);
    for (char *p = number; *p; p++)
        if (*p >= 'a')
            *p = (char) (*p - 'a' + 'A');
    return number;
}

static void read_words (struct arena *arena, const char *text, const struct service_count_list *services, struct text_list folded,
                        struct facility_wanted *ret)
{
    const char **kinds = arena_alloc (arena, WORDS_MAX * sizeof *kinds), **others = arena_alloc (arena, WORDS_MAX * sizeof *others);
    struct text_list named = { kinds, 0 };

    ret->words = words_of (arena, text);
    ret->has_words = ret->words.count > 0;
    ret->grams = grams_of (arena, ret->words);
    ret->number = number_of (arena, ret->words);
    ret->other_words.items = others;
    for (size_t i = 0; i < ret->words.count; i++)
        if (names_service (ret->words.items[i], folded))
            kinds[named.count++] = ret->words.items[i];
        else
            others[ret->other_words.count++] = ret->words.items[i];
    ret->services = services_of (arena, named, services, folded);
    ret->other_grams = grams_of (arena, ret->other_words);
}

static void read_place (const struct facility_search *query, struct facility_wanted *ret)
{
    char code[7];
    bool wrong;

    memcpy (ret->low, "000000", 7);
    memcpy (ret->high, "999999", 7);
    if (query->municipality && japan_code_complete (query->municipality, code, &wrong) == 0)
        japan_code_range (wrong ? query->municipality : code, ret->low, ret->high);
    else if (query->prefecture && strlen (query->prefecture) == 2) {
        memcpy (ret->low, query->prefecture, 2);
        memcpy (ret->high, query->prefecture, 2);
    }
}

/* Each once, so that as many must be there as are asked for. */
static int read_items (struct arena *arena, const char *text, struct i64_list *ret, struct error *err)
{
    uint64_t bits = 0;
    char *rest = arena_text (arena, text), *name;

    while ((name = strsep (&rest, ",")) != NULL) {
        int item = enum_number (&facility_item_type, name);

        if (item == 0 && *name)
            return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/items", "no item: %.40s", name);
        if (item)
            bits |= UINT64_C (1) << (item - 1);
    }
    *ret = numbers_of_bits (arena, bits);
    return 0;
}

int facility_search_read (struct arena *arena, const struct facility_search *query, const struct service_count_list *services,
                          struct text_list folded, struct facility_wanted *ret, struct error *err)
{
    *ret = (struct facility_wanted) { .service = query->service && *query->service ? query->service : NULL, .after = query->after };
    ret->limit = !query->has_limit || query->limit < 1 ? LIMIT_STANDARD : query->limit > LIMIT_MOST ? LIMIT_MOST : query->limit;
    read_words (arena, query->text ? query->text : "", services, folded, ret);
    read_place (query, ret);
    return read_items (arena, query->items ? query->items : "", &ret->items, err);
}

/* "now", or day and minute. */
static int read_moment (const char *text, int64_t now, int64_t *ret_day, int *ret_minute, struct error *err)
{
    struct tokyo tokyo = tokyo_of (now);
    char day[11];

    *ret_day = tokyo.day_number;
    *ret_minute = tokyo.minute;
    if (strcmp (text, "now") == 0)
        return 0;
    if (strlen (text) != 16 || text[10] != 'T' || text[13] != ':' || strspn (text + 11, "0123456789") != 2 || strspn (text + 14, "0123456789") != 2)
        return fail (err, ERROR_DATE_INVALID, "/open_at", "not a day and a minute");
    memcpy (day, text, 10);
    day[10] = '\0';
    *ret_day = day_number_of_text (day);
    *ret_minute = (int) (strtol (text + 11, NULL, 10) * 60 + strtol (text + 14, NULL, 10));
    if (*ret_day == INT64_MIN || text[11] > '2' || *ret_minute >= 24 * 60 || text[14] > '5')
        return fail (err, ERROR_DATE_INVALID, "/open_at", "no such day or minute");
    return 0;
}

static void ask_open (int64_t day_number, int minute, int64_t when[WHEN_NUMBERS])
{
    struct opening_day day = opening_day_of (day_number), before = opening_day_of (day_number - 1);

    when[WHEN_ASKS_OPEN] = 1;
    when[WHEN_KIND] = day.kind;
    when[WHEN_PART] = opening_part_of (minute);
    when[WHEN_WEEK] = day.week;
    when[WHEN_YEAR_END] = day.year_end;
    when[WHEN_MINUTE] = minute;
    when[WHEN_KIND_BEFORE] = before.kind;
    when[WHEN_WEEK_BEFORE] = before.week;
    when[WHEN_YEAR_END_BEFORE] = before.year_end;
}

static struct text_list with_places (struct arena *arena, const struct service_count_list *services)
{
    const char **items = arena_alloc (arena, (services->count + 1) * sizeof *items);
    size_t count = 0;

    for (size_t i = 0; i < services->count; i++)
        if (facility_has_places (services->items[i].service))
            items[count++] = services->items[i].service;
    return (struct text_list) { items, count };
}

int facility_search_when (struct arena *arena, const struct facility_search *query, const struct service_count_list *services, int64_t now,
                          struct facility_wanted *ret, struct error *err)
{
    bool asks_open = query->open_at && *query->open_at, asks_free = query->has_free && query->free;
    int64_t day = 0;
    int minute = 0;

    if (asks_open && read_moment (query->open_at, now, &day, &minute, err) < 0)
        return -1;
    ret->has_when = asks_open || asks_free;
    if (asks_open)
        ask_open (day, minute, ret->when);
    ret->when[WHEN_ASKS_FREE] = asks_free;
    ret->when[WHEN_UNSURE] = query->has_unsure && query->unsure;
    ret->when[WHEN_FRESH_SINCE] = tokyo_of (now).day_number - FREE_PLACES_DAYS;
    ret->with_places = with_places (arena, services);
    return 0;
}
