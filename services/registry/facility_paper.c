/* facility_paper.c - see facility_paper.h. */
#include "facility_paper.h"

#include "clock.h"
#include "facility_words.h"
#include "paper.h"

static const struct paper_column columns[] = {
    { .title = "名称", .share = 3.2 }, { .title = "住所", .share = 3.2 }, { .title = "電話", .share = 1.7 },
    { .title = "対応できること・時間", .share = 3.9 },
};
enum { COLUMNS = sizeof columns / sizeof *columns };

/* ---- order --------------------------------------------------------------------------------------------------------------------------- */

static int in_order (const void *a, const void *b)
{
    const struct paper_facility *one = *(const struct paper_facility *const *) a, *other = *(const struct paper_facility *const *) b;
    int order = (int) facility_kind_of (one->service) - (int) facility_kind_of (other->service);

    order = order ? order : strcmp (one->service, other->service);
    order = order ? order : strcmp (one->place, other->place);
    return order ? order : one < other ? -1 : one > other;
}

static const struct paper_facility **sorted (struct arena *arena, const struct facility_paper_facts *facts)
{
    const struct paper_facility **order = arena_alloc (arena, (facts->count + 1) * sizeof *order);

    for (size_t i = 0; i < facts->count; i++)
        order[i] = &facts->items[i];
    qsort (order, facts->count, sizeof *order, in_order);
    return order;
}

/* ---- lines --------------------------------------------------------------------------------------------------------------------------- */

/* What it says yes to, one after the other, then hours and departments: "往診（実績あり）、経管栄養\n月〜金 9時〜17時". */
static const char *can_do (struct arena *arena, const struct known_items *items)
{
    const char *hours = item_text (items, FACILITY_ITEM_HOURS), *departments = item_text (items, FACILITY_ITEM_DEPARTMENTS);
    const char *text = "";

    for (size_t i = 0; i < items->count; i++) {
        const struct known_item *one = &items->items[i];
        bool again = i > 0 && items->items[i - 1].item == one->item && items->items[i - 1].answer == ITEM_ANSWER_YES;

        if (one->answer == ITEM_ANSWER_YES && !item_is_words (one->item) && !again)
            text = arena_print (arena, "%s%s%s%s", text, *text ? "、" : "", words_of (&facility_item_type, one->item),
                                one->performed == PERFORMED_YES ? "（実績あり）" : "");
    }
    if (departments)
        text = arena_print (arena, "%s%s%s", text, *text ? "\n" : "", departments);
    return hours ? arena_print (arena, "%s%s%s", text, *text ? "\n" : "", hours) : text;
}

static void put_facility (struct paper *paper, const struct paper_facility *facility)
{
    const char **cells = arena_alloc (paper->arena, COLUMNS * sizeof *cells);
    const char *phone = facility->phone ? facility->phone : item_text (&facility->items, FACILITY_ITEM_PHONE);
    const char *fax = item_text (&facility->items, FACILITY_ITEM_FAX);

    cells[0] = facility->unproofed ? arena_print (paper->arena, "※%s", facility->name) : facility->name;
    cells[1] = facility->address;
    cells[2] = arena_print (paper->arena, "%s%s%s", phone ? phone : "", fax ? "\nFAX " : "", fax ? fax : "");
    cells[3] = can_do (paper->arena, &facility->items);
    paper_row (paper, PAPER_PLAIN, cells);
}

static void put_head (struct paper *paper, const struct facility_paper_facts *facts)
{
    struct tokyo day = tokyo_of (facts->now);
    const char *audience = words_of (&audience_type, (int) facts->audience);

    paper_heading (paper, 1, paper->title);
    paper_text (paper, arena_print (paper->arena, "%d年%d月%d日現在　%s向け　%zu件", day.year, day.month, day.day, audience, facts->count));
    if (facts->desk_phone)
        paper_text (paper, arena_print (paper->arena, "お問い合わせ　%s　電話 %s", facts->municipality, facts->desk_phone));
    paper_small (paper, facts->audience == AUDIENCE_RESIDENTS
                            ? "各機関が公開に同意した内容です。変わっていることがありますので、利用の前に電話で確認してください。※は、内容の確認がまだの事業所です。"
                            : "各機関が共有に同意した内容と公表情報です。住民への配布には、住民向けの一覧を使ってください。");
    if (facts->count == 0)
        paper_text (paper, "載せられる機関はまだありません。");
}

int facility_paper_print (struct arena *arena, const struct facility_paper_facts *facts, struct bytes *ret, struct error *err)
{
    const struct paper_facility **order = sorted (arena, facts), *before = NULL;
    struct paper paper = { .arena = arena, .owner = facts->municipality, .issued_at = facts->now,
                           .title = arena_print (arena, "%s 在宅医療・介護の一覧", facts->municipality) };

    put_head (&paper, facts);
    for (size_t i = 0; i < facts->count; i++) {
        const struct paper_facility *one = order[i];
        bool kind = !before || facility_kind_of (before->service) != facility_kind_of (one->service);
        bool service = kind || strcmp (before->service, one->service) != 0, place = service || strcmp (before->place, one->place) != 0;

        if (kind)
            paper_heading (&paper, 2, words_of (&facility_kind_type, (int) facility_kind_of (one->service)));
        if (place) {
            paper_heading (&paper, 3, arena_print (arena, "%s（%s）", one->service, one->place));
            paper_table (&paper, columns, COLUMNS);
        }
        put_facility (&paper, one);
        before = one;
    }
    return paper_print (&paper, ret, NULL, err);
}
