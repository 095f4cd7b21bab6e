/* alert_news.c - words of the mails to whoever is only informed; see alert_news.h. */
#include "alert_news.h"
#include "message_text.h"
#include "words.h"

const char *news_subject (struct arena *arena, const struct alert_row *alert, const char *municipality, bool ended)
{
    return arena_print (arena, "【%s】%s %s", ended ? "急変対応の終了" : "急変の経過", municipality ? municipality : alert->municipality,
                        message_number (arena, alert->alert_id));
}

const char *news_body (struct arena *arena, const struct alert_row *alert, const char *municipality, const struct news_rows *news)
{
    const char *text = arena_print (arena, "%sで在宅療養中の方の急変（受付番号 %s）の経過です。\n\n",
                                    municipality ? municipality : alert->municipality, message_number (arena, alert->alert_id));

    for (size_t i = 0; i < news->count; i++)
        if (*news->items[i].text)
            text = arena_print (arena, "%s%s　%s\n", text, words_time (arena, news->items[i].at), news->items[i].text);
    return arena_print (arena, "%s\n詳しい経過はログインして確認できます。\nこの連絡には、ご本人の氏名と病名は書かれていません。\n", text);
}
