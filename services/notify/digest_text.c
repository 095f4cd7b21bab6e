/* digest_text.c - see digest_text.h. */
#include "digest_text.h"
#include "words.h"

const char *digest_subject (struct arena *arena, const struct digest_items *items)
{
    return arena_print (arena, "【連携】まとめてのお知らせ（%zu件）", items->count);
}

const char *digest_text (struct arena *arena, const struct digest_items *items)
{
    const char *text = arena_print (arena, "お知らせを控える時間帯に届いた%zu件です。\n\n", items->count);

    for (size_t i = 0; i < items->count; i++)
        text = arena_print (arena, "%s%zu. %s %s\n", text, i + 1, words_time (arena, items->items[i].at),
                            items->items[i].subject ? items->items[i].subject : words_clip (arena, items->items[i].text, 200));
    return arena_print (arena, "%s\n経過はログインして確認できます。この連絡には、ご本人の氏名と病名は書かれていません。\n", text);
}
