/* letter_paper.c - see letter_paper.h. */
#include "letter_paper.h"

#include "clock.h"

static const char *word_of (const struct enum_type *type, int number)
{
    for (size_t i = 0; i < type->count; i++)
        if (type->values[i].number == number)
            return type->values[i].ja;
    return "";
}

static const char *day_of (struct arena *arena, int64_t at)
{
    struct tokyo day = tokyo_of (at);

    return arena_print (arena, "%d年%d月%d日", day.year, day.month, day.day);
}

static const char *known_text (struct arena *arena, const struct letter_item *item)
{
    const char *word;

    if (!item->answer)
        return "（未把握）";
    word = item->answer == ITEM_ANSWER_NO ? "なし"
        : !item->has_performed ? "あり" : item->performed ? "あり（実績あり）" : "あり（実績なし）";
    if (!item->text || !*item->text)
        return word;
    return facility_item_is_words (item->item) ? item->text : arena_print (arena, "%s\n%s", word, item->text);
}

static const char *answer_boxes (const struct letter_item *item)
{
    const char *unchanged = item->answer ? "□ このままでよい\n" : "";

    if (facility_item_is_words (item->item))
        return *unchanged ? "□ このままでよい\n□ 変更（右に記入）\n□ なし" : "□ 右に記入\n□ なし";
    return *unchanged ? "□ このままでよい\n□ あり（実績 □有 □無）\n□ なし" : "□ あり（実績 □有 □無）\n□ なし";
}

static const char *audience_boxes (struct arena *arena, const struct letter_item *item)
{
    bool on[3] = { false };

    for (size_t i = 0; i < item->audiences.count; i++)
        on[item->audiences.items[i] - 1] = true;
    return arena_print (arena, "%s 行政\n%s 医療・介護\n%s 住民", on[0] ? "■" : "□", on[1] ? "■" : "□", on[2] ? "■" : "□");
}

static void put_items (struct paper *paper, const struct letter_form *form)
{
    static const struct paper_column columns[] = { { .title = "項目", .share = 4, .label = true }, { .title = "現在の登録", .share = 4 },
        { .title = "回答", .share = 4.4 }, { .title = "変更後・内容", .share = 5 }, { .title = "見せてよい相手", .share = 3 } };

    paper_table (paper, columns, 5);
    for (size_t i = 0; i < form->items.count; i++) {
        const struct letter_item *item = &form->items.items[i];
        const char **cells = arena_alloc (paper->arena, PAPER_COLUMNS_MAX * sizeof *cells);

        memset (cells, 0, PAPER_COLUMNS_MAX * sizeof *cells);
        cells[0] = word_of (&facility_item_type, item->item);
        cells[1] = known_text (paper->arena, item);
        cells[2] = answer_boxes (item);
        cells[4] = audience_boxes (paper->arena, item);
        paper_row (paper, PAPER_PLAIN, cells);
    }
}

static void put_head (struct paper *paper, const struct letter_form *form)
{
    const struct letter *letter = form->letter;
    struct arena *arena = paper->arena;

    paper_heading (paper, 1, letter->title ? letter->title : "登録内容の確認のお願い");
    if (form->link)
        paper_qr (paper, form->link, 26, "スマホで回答");
    paper_text (paper, arena_print (arena, "%s 御中（%s）", letter->name, letter->service));
    paper_box (paper, arena_print (arena, "返信コード　%s", letter_code_text (arena, letter->code)));
    paper_text (paper, letter->intro ? letter->intro
        : "在宅医療・介護の資源として登録している内容に変わりがないか、年に一度お尋ねしています。変わりがなければ「このままでよい」に印を付けて返信してください。");
    paper_text (paper, arena_print (arena, "回答期限：%s　返信先：%s%s%s", day_of (arena, letter->due), letter->keeper_name,
                                    letter->desk_phone ? "　問い合わせ " : "", letter->desk_phone ? letter->desk_phone : ""));
}

static void put_foot (struct paper *paper)
{
    static const struct paper_column columns[] = { { .share = 2, .label = true }, { .share = 5 }, { .share = 2, .label = true }, { .share = 4 } };
    static const char *const cells[PAPER_COLUMNS_MAX] = { "回答者", "", "回答日", "　　　年　　月　　日" };

    paper_small (paper, "「見せてよい相手」に印のない項目は、その相手には見せません（公表されている内容を除く）。あとからいつでも取り消せます。");
    paper_table (paper, columns, 4);
    paper_row (paper, PAPER_STRONG, cells);
}

int letter_paper_print (struct arena *arena, const struct letter_form *forms, size_t count, int64_t now, struct bytes *ret, struct error *err)
{
    struct paper paper = { .arena = arena, .title = "回答用紙", .owner = count ? forms[0].letter->keeper_name : NULL, .issued_at = now };

    if (count == 0)
        paper_text (&paper, "お願いする事業所はありません。");
    for (size_t i = 0; i < count; i++) {
        if (i)
            paper_new_page (&paper);
        put_head (&paper, &forms[i]);
        put_items (&paper, &forms[i]);
        put_foot (&paper);
    }
    return paper_print (&paper, ret, NULL, err);
}
