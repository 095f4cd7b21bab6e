/* facility_search.c - words, grams, kinds of service and codes of a search: see facility_search.h. */
#include "facility_search.h"
#include "bits.h"
#include "clock.h"
#include "facility_item_rules.h"
#include "japan.h"
#include "opening_hours.h"
#include "text.h"

enum { LIMIT_STANDARD = 50, LIMIT_MOST = 200, NUMBER_DIGITS_LEAST = 5, FACETS_MOST = 8 };

static bool is_one_character (const char *word)
{
    unsigned char lead = (unsigned char) *word;

    return strlen (word) == (lead < 0x80 ? 1u : lead < 0xE0 ? 2u : lead < 0xF0 ? 3u : 4u);
}

/* An office number is ten digits and capitals, most of them digits: a name of ten letters is a name. */
static const char *number_of (struct arena *arena, const char *word)
{
    size_t digits = 0;
    char *number;

    if (strlen (word) != 10 || word[strspn (word, "0123456789abcdefghijklmnopqrstuvwxyz")])
        return NULL;
    number = arena_text (arena, word);
    for (char *p = number; *p; p++) {
        digits += *p <= '9';
        if (*p >= 'a')
            *p = (char) (*p - 'a' + 'A');
    }
    return digits >= NUMBER_DIGITS_LEAST ? number : NULL;
}

static void push (struct text_list *list, const char *text)
{
    ((const char **) list->items)[list->count++] = text;
}

static struct text_list room_for (struct arena *arena, size_t count)
{
    return (struct text_list) { .items = arena_alloc (arena, (count + 1) * sizeof (const char *)) };
}

/* A word becomes what has to match and the keys that narrow it. */
static void read_word (struct arena *arena, const char *word, size_t at, struct facility_wanted *ret)
{
    const char *number = number_of (arena, word);

    if (number) {
        ret->number = number;
        push (&ret->keys, arena_print (arena, "n:%s", number));
        return;
    }
    if (is_one_character (word)) {
        ret->words[at] = arena_print (arena, "\n%s", word);
        push (&ret->keys, arena_print (arena, "^%s", word));
    } else {
        struct text_list pairs = text_bigrams (arena, word);

        ret->words[at] = word;
        for (size_t i = 0; i < pairs.count; i++)
            push (&ret->keys, pairs.items[i]);
    }
}

static void read_words (struct arena *arena, const char *text, struct facility_wanted *ret)
{
    const char *words[FACILITY_WORDS_MAX];
    char *rest = text_narrow (arena, text), *word;
    size_t count = 0, room = 0;

    while (count < FACILITY_WORDS_MAX && (word = strsep (&rest, " \t\r\n")) != NULL)
        if (*(words[count] = text_fold (arena, word)))
            room += strlen (words[count++]);
    ret->keys = room_for (arena, room + FACETS_MOST);
    for (size_t i = 0; i < count; i++)
        read_word (arena, words[i], i, ret);
}

/* A city of several codes (its wards) has only its prefecture as a key. */
static void read_place (struct arena *arena, const struct facility_search *query, struct facility_wanted *ret)
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
    if (strcmp (ret->low, ret->high) == 0)
        push (&ret->keys, arena_print (arena, "m:%s", ret->low));
    else if (memcmp (ret->low, ret->high, 2) == 0)
        push (&ret->keys, arena_print (arena, "p:%.2s", ret->low));
}

/* Each once, so that as many must be there as are asked for. */
static int read_items (struct arena *arena, const char *text, struct facility_wanted *ret, struct error *err)
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
    ret->items = numbers_of_bits (arena, bits);
    ret->item_keys = room_for (arena, ret->items.count + 1);            /* one more: who has places */
    for (size_t i = 0; i < ret->items.count; i++)
        push (&ret->item_keys, arena_print (arena, "i:%lld", (long long) ret->items.items[i]));
    return 0;
}

int facility_search_read (struct arena *arena, const struct facility_search *query, struct facility_wanted *ret, struct error *err)
{
    *ret = (struct facility_wanted) { .service = query->service && *query->service ? query->service : NULL, .after = query->after };
    ret->limit = !query->has_limit || query->limit < 1 ? LIMIT_STANDARD : query->limit > LIMIT_MOST ? LIMIT_MOST : query->limit;
    read_words (arena, query->text ? query->text : "", ret);
    if (ret->service)
        push (&ret->keys, arena_print (arena, "s:%s", ret->service));
    read_place (arena, query, ret);
    ret->care_area = query->care_area;
    ret->medical_area = query->medical_area && *query->medical_area ? query->medical_area : NULL;
    ret->has_placed = query->has_placed;
    ret->placed = query->placed;
    if (spot_read (query, &ret->spot, err) < 0 || square_read (query->box, "/box", &ret->in_box, &ret->box, err) < 0)
        return -1;
    return read_items (arena, query->items ? query->items : "", ret, err);
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
    if (asks_free && !(query->has_unsure && query->unsure))
        push (&ret->item_keys, arena_print (arena, "i:%d", FACILITY_ITEM_FREE_PLACES));
    ret->when[WHEN_UNSURE] = query->has_unsure && query->unsure;
    ret->when[WHEN_FRESH_SINCE] = tokyo_of (now).day_number - FREE_PLACES_DAYS;
    ret->with_places = with_places (arena, services);
    return 0;
}
