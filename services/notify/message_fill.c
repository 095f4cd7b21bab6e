/* message_fill.c - what a message says that is known only when it is handed over; see adapter.h. */
#include "adapter_file.h"
#include "message_text.h"

static const char *replaced (struct arena *arena, const char *text, const char *mark, const char *with)
{
    const char *at = strstr (text, mark);

    return at ? arena_print (arena, "%.*s%s%s", (int) (at - text), text, with, replaced (arena, at + strlen (mark), mark, with)) : text;
}

/* "4 8 2 1 7 0": a voice reads digit by digit. */
static const char *spelled (struct arena *arena, const char *code)
{
    char *out = arena_alloc (arena, strlen (code) * 2 + 1), *to = out;

    for (; *code; code++) {
        *to++ = *code;
        if (code[1])
            *to++ = ' ';
    }
    return out;
}

static const char *link_of (struct arena *arena, const struct claimed *claim, const struct link_key *links)
{
    const char *token = links && links->set && *links->base && claim->reply_id ? link_token (arena, links, "reply", claim->reply_id) : NULL;

    return token ? arena_print (arena, "ログインせずに答える（1回だけ使えます）：%s/r/%s\n", links->base, token) : "";
}

static const char *letter_link (struct arena *arena, const struct claimed *claim, const struct link_key *links)
{
    const char *token = links && links->set && *links->base && claim->code ? link_token (arena, links, "letter", claim->code) : NULL;

    return token ? arena_print (arena, "%s/l/%s", links->base, token) : "（市町村の担当へご連絡ください）";
}

/* By key where the adapter takes keys, by a reply where it takes replies; else by the page. */
static const char *answer_of (struct arena *arena, const struct hand *hand, const char *link)
{
    const struct claimed *claim = &hand->claim;
    const struct adapter_file *file = hand->adapter ? adapter_file_of (hand->adapter) : NULL;

    if (!claim->asks)
        return "経過はログインして確認できます。";
    if (!claim->code)                                   /* a hospital without an office here: nobody of it could be told from others */
        return "お返事は、折り返しの番号へお電話ください。";
    if (file && claim->kind == CONTACT_KIND_VOICE && file->digits_at)
        return arena_print (arena, "答えは番号を押してください。%s。", keypad_words (arena, &file->keypad));
    if (file && claim->kind == CONTACT_KIND_SMS && file->text_at && claim->code)
        return arena_print (arena, "返信は「%s」に続けて答えの数字：%s。%s", claim->code, keypad_words (arena, &file->keypad), link);
    return claim->kind == CONTACT_KIND_SMS && *link ? link : "ログインして答えてください。";
}

void hand_fill (struct hand *hand, const struct link_key *links)
{
    struct claimed *claim = &hand->claim;
    const char *link;

    if (claim->kind == CONTACT_KIND_WEBHOOK || claim->kind == CONTACT_KIND_PUSH || !claim->text)
        return;
    link = link_of (hand->arena, claim, links);
    claim->text = replaced (hand->arena, claim->text, MESSAGE_ANSWER, answer_of (hand->arena, hand, link));
    claim->text = replaced (hand->arena, claim->text, MESSAGE_LETTER, letter_link (hand->arena, claim, links));
    claim->text = replaced (hand->arena, claim->text, MESSAGE_CODE,
                            !claim->code ? "" : claim->kind == CONTACT_KIND_VOICE ? spelled (hand->arena, claim->code) : claim->code);
    claim->text = replaced (hand->arena, claim->text, MESSAGE_LINK, link);
    if (!claim->possible_duplicate)
        return;
    claim->text = arena_print (hand->arena, "（同じ連絡がすでに届いている可能性があります）%s", claim->text);
    if (claim->subject)
        claim->subject = arena_print (hand->arena, "【再送の可能性】%s", claim->subject);
}
