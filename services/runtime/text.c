/* text.c - folding for search, telephone numbers, trimming: see text.h. */
#include "text.h"
#include <utf8proc.h>

struct variant { int from, to; };

static const struct variant variants[] = {
#define VARIANT(from, to) { from, to },
#include "text_variants.def"
#undef VARIANT
};

/* Characters people take for a hyphen.  U+30FC stays a long-vowel mark behind kana.  The tilde is what NFKC makes of U+FF5E: the wave dash
 * (U+301C) of everybody else, as CP932 is read on Windows. */
static const int dashes[] = { '~', 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2043, 0x207B, 0x208B, 0x2212, 0x2500, 0x2501,
                              0x301C, 0x30FC, 0xFE58, 0xFE63, 0xFF0D, 0xFF70 };
static const int dropped[] = { ' ', '\t', '\n', '\r', 0xA0, 0xB7, 0x2022, 0x2027, 0x22C5, 0x3000, 0x30FB, 0xFF65 };

static bool is_among (const int *list, size_t count, int c)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == c)
            return true;
    return false;
}

static bool is_dash (int c)
{
    return is_among (dashes, sizeof dashes / sizeof *dashes, c);
}

bool text_is_utf8 (const char *bytes, size_t size)
{
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *) bytes;
    utf8proc_int32_t c;

    for (size_t at = 0; at < size;) {
        utf8proc_ssize_t length = utf8proc_iterate (p + at, (utf8proc_ssize_t) (size - at), &c);

        if (length <= 0 || c == 0)
            return false;
        at += (size_t) length;
    }
    return true;
}

static int variant_of (int c)
{
    size_t low = 0, high = sizeof variants / sizeof *variants;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (variants[middle].from == c)
            return variants[middle].to;
        if (variants[middle].from < c)
            low = middle + 1;
        else
            high = middle;
    }
    return c;
}

/* Old lists write small kana large (フクシヨウグ), so both become large. */
static int large_kana (int c)
{
    static const int small[][2] = { { 0x30A1, 0x30A2 }, { 0x30A3, 0x30A4 }, { 0x30A5, 0x30A6 }, { 0x30A7, 0x30A8 }, { 0x30A9, 0x30AA },
                                    { 0x30C3, 0x30C4 }, { 0x30E3, 0x30E4 }, { 0x30E5, 0x30E6 }, { 0x30E7, 0x30E8 }, { 0x30EE, 0x30EF },
                                    { 0x30F0, 0x30A4 }, { 0x30F1, 0x30A8 }, { 0x30F5, 0x30AB }, { 0x30F6, 0x30B1 } };

    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (small[i][0] == c)
            return small[i][1];
    return c;
}

static bool is_kana (int c)
{
    return (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC;
}

/* One character of NFKC text as it is compared; 0 when it counts for nothing. */
static int fold_one (int c, int before)
{
    if (is_among (dropped, sizeof dropped / sizeof *dropped, c))
        return 0;
    if ((c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E)
        c += 0x60;
    if (c == 0x30FC)
        return is_kana (before) ? c : '-';
    if (is_dash (c))
        return '-';
    if (c >= 0x30A1 && c <= 0x30F6)
        return large_kana (c);
    return c < 0x3400 ? c : variant_of (c);
}

/* *ret_again: a mark has yet to be joined to what now stands before it: it lost the space it stood on ("か゛" is か, space, mark in NFKC), or
 * that was a small kana. */
static char *fold_once (struct arena *arena, const char *text, bool *ret_again)
{
    const utf8proc_option_t how =
        UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_uint8_t *plain = NULL;
    utf8proc_ssize_t size = utf8proc_map ((const utf8proc_uint8_t *) text, 0, &plain, how);
    utf8proc_int32_t written;
    bool changed = false, mark;
    int before = 0, c;
    char *folded, *end;

    *ret_again = false;
    if (size < 0)
        return arena_copy (arena, "", 0);
    /* a variant may take one byte more than what it stands for: 4 bytes hold any character */
    end = folded = arena_alloc (arena, (size_t) size + (size_t) size / 3 + 5);
    for (utf8proc_ssize_t at = 0; at < size;) {
        at += utf8proc_iterate (plain + at, size - at, &written);
        mark = utf8proc_get_property (written)->combining_class != 0;
        *ret_again |= changed && mark;
        c = fold_one (written, before);
        changed = c != written;
        if (!c)
            continue;
        end += utf8proc_encode_char (c, (utf8proc_uint8_t *) end);
        if (!mark)
            before = c;
    }
    free (plain);
    return folded;
}

char *text_fold (struct arena *arena, const char *text)
{
    bool again;
    char *folded = fold_once (arena, text ? text : "", &again);

    return again ? fold_once (arena, folded, &again) : folded;
}

static size_t character_size (const char *p)
{
    unsigned char c = (unsigned char) *p;

    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

static int compare_text (const void *a, const void *b)
{
    return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static size_t without_repeats (const char **items, size_t count)
{
    size_t kept = 0;

    qsort (items, count, sizeof *items, compare_text);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp (items[kept - 1], items[i]) != 0)
            items[kept++] = items[i];
    return kept;
}

struct text_list text_bigrams (struct arena *arena, const char *folded)
{
    size_t size = strlen (folded), count = 0, first, second;
    const char **items;

    if (!size)
        return (struct text_list) { 0 };
    items = arena_alloc (arena, size * sizeof *items);
    first = character_size (folded);
    if (first >= size)
        items[count++] = arena_copy (arena, folded, size);
    for (size_t at = 0; at + first < size; at += first, first = second) {
        second = character_size (folded + at + first);
        items[count++] = arena_copy (arena, folded + at, first + second);
    }
    return (struct text_list) { items, without_repeats (items, count) };
}

/* Bytes of white space at p, 0 when there is none there. */
static size_t space_at (const char *p, size_t left)
{
    if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
        return 1;
    if (left >= 2 && memcmp (p, "\xC2\xA0", 2) == 0)
        return 2;
    if (left >= 3 && (memcmp (p, "\xE3\x80\x80", 3) == 0 || memcmp (p, "\xE2\x80\x8B", 3) == 0 || memcmp (p, "\xEF\xBB\xBF", 3) == 0))
        return 3;
    return 0;
}

char *text_trim (struct arena *arena, const char *text)
{
    size_t size = strlen (text), step, end = 0;

    while (size && (step = space_at (text, size)) > 0)
        text += step, size -= step;
    for (size_t at = 0; at < size; at += step ? step : character_size (text + at)) {
        step = space_at (text + at, size - at);
        if (!step)
            end = at + character_size (text + at);
    }
    return arena_copy (arena, text, end < size ? end : size);
}

char *text_narrow (struct arena *arena, const char *text)
{
    utf8proc_uint8_t *plain = utf8proc_NFKC ((const utf8proc_uint8_t *) text);
    char *copy = plain ? arena_text (arena, (const char *) plain) : arena_copy (arena, "", 0);

    free (plain);
    return copy;
}

char *text_cut (struct arena *arena, const char *text, size_t most)
{
    size_t size = text ? strlen (text) : 0;

    if (!text)
        return NULL;
    if (size > most) {
        size = most;
        while (size && ((unsigned char) text[size] & 0xC0) == 0x80)
            size--;
    }
    return arena_copy (arena, text, size);
}

/* Collects digits; whatever stands between two of them becomes one hyphen. */
static char *digits_and_hyphens (struct arena *arena, const char *plain, size_t size, size_t *ret_digits)
{
    char *phone = arena_alloc (arena, 2 * size + 1), *end = phone;
    bool gap = false;

    *ret_digits = 0;
    for (size_t i = 0; i < size; i++) {
        if (plain[i] < '0' || plain[i] > '9') {
            gap = true;
            continue;
        }
        if (gap && end > phone)
            *end++ = '-';
        *end++ = plain[i];
        gap = false;
        ++*ret_digits;
    }
    *end = 0;
    return phone;
}

char *text_phone (struct arena *arena, const char *text, bool *ret_doubtful)
{
    const char *plain = text_narrow (arena, text);
    size_t digits = 0;
    char *phone = digits_and_hyphens (arena, plain, strlen (plain), &digits);

    if (!digits)
        return NULL;
    *ret_doubtful = digits < 10 || digits > 11 || phone[0] != '0';
    return phone;
}
