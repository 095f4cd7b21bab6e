/* facility_card.c - the cards on paper; see facility_card.h. */
#include "facility_card.h"

static const char *or_dash (const char *text)
{
    return text && *text ? text : "－";
}

static void put_card (struct paper *paper, const struct facility_card *card)
{
    const char **cells = arena_alloc (paper->arena, PAPER_COLUMNS_MAX * sizeof *cells);

    memset (cells, 0, PAPER_COLUMNS_MAX * sizeof *cells);
    cells[0] = or_dash (card->group);
    cells[1] = or_dash (card->ward);
    cells[2] = card->name;
    cells[3] = or_dash (card->address);
    cells[4] = arena_print (paper->arena, "%s\n%s", or_dash (card->phone), or_dash (card->fax));
    cells[5] = "";
    cells[6] = or_dash (card->desk);
    cells[7] = or_dash (card->visits);
    cells[8] = or_dash (card->house_calls);
    cells[9] = or_dash (card->support_clinic);
    paper_row (paper, PAPER_PLAIN, cells);
}

int facility_cards_print (struct arena *arena, const char *place, const struct facility_card_list *cards, int64_t now, struct bytes *ret,
                          struct error *err)
{
    static const struct paper_column columns[] = { { .title = "グループ", .share = 2 }, { .title = "市区町村", .share = 2.2 },
        { .title = "名称", .share = 3.6, .label = true }, { .title = "所在地", .share = 4 }, { .title = "TEL／FAX", .share = 2.6 },
        { .title = "院長名", .share = 2 }, { .title = "窓口担当者", .share = 2.4 }, { .title = "訪問診療（実績）", .share = 2.4 },
        { .title = "かかりつけ患者の往診（実績）", .share = 2.6 }, { .title = "在支診の届出", .share = 2 } };
    const char *title = arena_print (arena, "在宅医療マップ 医療機関の一覧 %s", place);
    struct paper paper = { .arena = arena, .landscape = true, .title = title, .owner = place, .issued_at = now };

    paper_heading (&paper, 1, title);
    paper_small (&paper, "閲覧が認められた内容だけを載せています。「－」は未把握、または見せることへの同意がない項目です。院長名は登録していないので、必要なら書き入れてください。");
    if (cards->count == 0)
        paper_text (&paper, "当てはまる医療機関は登録されていません。");
    else
        paper_table (&paper, columns, 10);
    for (size_t i = 0; i < cards->count; i++)
        put_card (&paper, &cards->items[i]);
    return paper_print (&paper, ret, NULL, err);
}
