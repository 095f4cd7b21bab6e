/* plans.c - see plans.h. */
#include "plans.h"

#include "clock.h"
#include "paper.h"
#include "sessions.h"

enum { DAYS_MOST = 366 };

static int check_days (const struct plan_wish *wish, struct error *err)
{
    int64_t from = day_number_of_text (wish->from), to = day_number_of_text (wish->to);

    if (from == INT64_MIN || to == INT64_MIN)
        return fail (err, ERROR_DATE_INVALID, from == INT64_MIN ? "/from" : "/to", "not a date");
    if (to < from)
        return fail (err, ERROR_PERIOD_REVERSED, "/to", "ends before it starts");
    if (to - from > DAYS_MOST) {
        fail (err, ERROR_PERIOD_TOO_LONG, "/to", "too many days");
        return fail_param (err, "most", "%d", DAYS_MOST);
    }
    return 0;
}

int plans_read (struct request *request, const struct plan_wish *wish, struct staff_plan_list *ret, struct error *err)
{
    struct plan_wish own = *wish;

    own.managed = !acts_for_region (request->actor) && !actor_is (request->actor, ROLE_MUNICIPAL_OFFICER);
    if (session_must_be_open (request, err) < 0 || check_days (wish, err) < 0)
        return -1;
    return plan_store_list (request->db, &own, request->arena, ret, err);
}

/* "2027-04-01" → "2027年4月1日" */
static const char *day_ja (const char *date, struct arena *arena)
{
    return arena_print (arena, "%ld年%ld月%ld日", strtol (date, NULL, 10), strtol (date + 5, NULL, 10), strtol (date + 8, NULL, 10));
}

static const char *word_of (int kind)
{
    for (size_t i = 0; i < staff_plan_kind_type.count; i++)
        if (staff_plan_kind_type.values[i].number == kind)
            return staff_plan_kind_type.values[i].ja;
    return "";
}

int plans_print (const struct staff_plan_list *plans, const struct plan_wish *wish, const char *region, int64_t now, struct arena *arena,
                 struct bytes *ret, struct error *err)
{
    static const struct paper_column columns[] = { { "日", 3, true, false }, { "事業所", 4, false, false }, { "氏名", 3, false, false },
                                                   { "内容", 3, false, false }, { "席・引き継ぎ先など", 6, false, false } };
    struct paper paper = { .arena = arena, .title = "異動の引き継ぎ一覧", .owner = region, .issued_at = now };

    paper_heading (&paper, 1, paper.title);
    paper_text (&paper, arena_print (arena, "%sから%sまで", day_ja (wish->from, arena), day_ja (wish->to, arena)));
    if (plans->count == 0)
        paper_text (&paper, "予定はありません。");
    else
        paper_table (&paper, columns, 5);
    for (size_t i = 0; i < plans->count; i++) {
        const struct staff_plan *plan = &plans->items[i];
        const char **cells = arena_alloc (arena, 5 * sizeof *cells);

        cells[0] = day_ja (plan->on, arena);
        cells[1] = plan->office;
        cells[2] = plan->name;
        cells[3] = word_of (plan->kind);
        cells[4] = plan->note;
        paper_row (&paper, PAPER_PLAIN, cells);
    }
    return paper_print (&paper, ret, NULL, err);
}
