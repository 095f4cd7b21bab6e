/* office_paper.c - see office_paper.h. */
#include "office_paper.h"
#include "clock.h"

static const char *instant (struct arena *arena, int64_t at)
{
    struct tokyo when = tokyo_of (at);

    return arena_print (arena, "%d/%d %d:%02d", when.month, when.day, when.minute / 60, when.minute % 60);
}

static const char **cells_of (struct arena *arena, const char *one, const char *two, const char *three, const char *four)
{
    const char **cells = arena_alloc (arena, PAPER_COLUMNS_MAX * sizeof *cells);

    cells[0] = one;
    cells[1] = two;
    cells[2] = three;
    cells[3] = four;
    return cells;
}

static void put_duty (struct paper *paper, const struct office_paper_facts *facts)
{
    static const struct paper_column columns[] = { { .title = "当番", .share = 3 }, { .title = "時間", .share = 4 }, { .title = "氏名・所属", .share = 5 },
                                                   { .title = "電話", .share = 3 } };
    struct arena *arena = paper->arena;
    int64_t end = facts->now + OFFICE_PAPER_HOURS * 3600LL * SECOND_US;
    size_t shown = 0;

    paper_heading (paper, 2, "往診当番");
    paper_table (paper, columns, 4);
    for (size_t i = 0; i < facts->lines->count; i++) {
        const struct duty_line *line = &facts->lines->items[i];

        if (line->to <= facts->now || line->from >= end)
            continue;
        paper_row (paper, line->gap ? PAPER_SHADED : PAPER_PLAIN, cells_of (arena, line->rotation,
            arena_print (arena, "%s–%s", instant (arena, line->from), instant (arena, line->to)),
            line->gap ? "当番なし。下の最終連絡先へ" : arena_print (arena, "%s\n%s", line->name, line->office ? line->office : ""), line->phone));
        shown++;
    }
    if (!shown)
        paper_text (paper, "この期間の当番は登録されていません。下の最終連絡先へ連絡してください。");
}

static void put_numbers (struct paper *paper, const struct office_paper_facts *facts)
{
    static const struct paper_column columns[] = { { .title = "連絡先", .share = 4 }, { .title = "電話", .share = 3 } };

    paper_heading (paper, 2, "電話番号");
    paper_table (paper, columns, 2);
    paper_row (paper, PAPER_STRONG, cells_of (paper->arena, "救急", "119", NULL, NULL));
    for (size_t i = 0; i < facts->number_count; i++)
        paper_row (paper, i ? PAPER_PLAIN : PAPER_STRONG, cells_of (paper->arena, facts->numbers[i].name, facts->numbers[i].phone, NULL, NULL));
}

int office_paper_print (struct arena *arena, const struct office_paper_facts *facts, struct bytes *ret, struct error *err)
{
    const char *title = arena_print (arena, "夜間の控え %s", facts->office);
    struct paper paper = { .arena = arena, .title = title, .owner = facts->municipality, .issued_at = facts->now };

    paper_heading (&paper, 1, title);
    paper_box (&paper, arena_print (arena, "システムが使えないときの当番と電話番号です（%sから%d時間）。使えるときは画面の当番が正しい内容です。",
                                    instant (arena, facts->now), OFFICE_PAPER_HOURS));
    put_duty (&paper, facts);
    put_numbers (&paper, facts);
    return paper_print (&paper, ret, NULL, err);
}
