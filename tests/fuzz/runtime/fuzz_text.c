/* Any bytes as text people wrote: folding is stable, what comes out is well formed, nothing is read beyond the end.
 * The first byte chooses: bytes of CP932, or text taken as it is when it is UTF-8. */
#include "text.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void must (bool holds)
{
    if (!holds)
        abort ();
}

static bool is_text (const char *text)
{
    return text_is_utf8 (text, strlen (text));
}

static void try_phone (struct arena *arena, const char *text)
{
    bool doubtful = false;
    char *phone = text_phone (arena, text, &doubtful);

    if (phone)
        must (strspn (phone, "0123456789-") == strlen (phone) && *phone != '-' && phone[strlen (phone) - 1] != '-'
              && !strstr (phone, "--"));
}

static void try_text (struct arena *arena, const char *text, size_t most)
{
    char *folded = text_fold (arena, text), *trimmed = text_trim (arena, text), *cut = text_cut (arena, text, most);
    struct text_list pairs = text_bigrams (arena, folded);

    must (is_text (folded) && strcmp (text_fold (arena, folded), folded) == 0);
    must (is_text (trimmed) && strcmp (text_trim (arena, trimmed), trimmed) == 0 && strstr (text, trimmed));
    must (is_text (cut) && strlen (cut) <= most && strncmp (text, cut, strlen (cut)) == 0);
    must (is_text (text_narrow (arena, text)));
    for (size_t i = 0; i < pairs.count; i++)
        must (is_text (pairs.items[i]) && strstr (folded, pairs.items[i]) && (i == 0 || strcmp (pairs.items[i - 1], pairs.items[i]) < 0));
    try_phone (arena, text);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    ARENA (arena);
    struct bytes utf8 = { data + 1, size - 1 };
    char *text;

    if (size < 2 || size > 4096)
        return 0;
    if (data[0] & 1) {
        if (text_from_cp932 (&arena, (struct bytes) { data + 1, size - 1 }, &utf8) < 0)
            return 0;
        must (utf8.size <= 3 * (size - 1));
    }
    if (!text_is_utf8 ((const char *) utf8.data, utf8.size))
        return 0;
    text = arena_copy (&arena, (const char *) utf8.data, utf8.size);
    try_text (&arena, text, data[0] >> 1);
    return 0;
}
